"""Articles about one event, and what their accounts have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.model.span import Span

DifferenceKind = Literal[
    "omission",
    "addition",
    "substitution",
    "negation",
    "hedge",
    "condition",
    "scope",
    "number",
    "name",
    "tense",
    "cue",
    "speaker",
    "verbatim",
]
Relation = Literal["agree", "update", "conflict", "scope", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event.

    Attributes:
        id: Made from its first article's id.
        aliases: Ids that the story had before.
        started: Day of the earliest article, ISO 8601; None means not known.
        storylines: Ids of the storylines it belongs to.
        articles: Ids, earliest first, then by id.
    """

    id: str
    title: str
    articles: tuple[str, ...]
    started: str | None = None
    ended: str | None = None
    aliases: tuple[str, ...] = ()
    storylines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyline:
    """Stories that belong together."""

    id: str
    title: str
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedPassage:
    """The same words in two articles."""

    earlier: Span
    later: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Two articles of which one has words of the other, or both of a third.

    Attributes:
        earlier: Article id; where ``directed`` is False, only the first by time or id.
        later: Article id.
        directed: Whether the direction can be told.
        share: Part of the later article's own words, those inside quotation marks left out, that
            stands in the earlier one, 0.0 to 1.0.
        evidence: What tells: ``"both credit Meridian"``.
    """

    earlier: str
    later: str
    directed: bool
    share: float
    passages: tuple[CopiedPassage, ...]
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One article's version of a statement.

    Attributes:
        quotation: Id of the quotation; None where it is the outlet's own sentence.
        origin: Index into the statement's origins.
    """

    article: str
    spans: tuple[Span, ...]
    quotation: str | None
    origin: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where two readings of one statement part.

    Attributes:
        left: Index of a reading of the base: the article of the statement's ``gist``.
        right: Index of the other reading.
        left_spans: The words concerned, in the left article's text; empty where absent.
        weight: How much a careful reader would care, 0.0 to 1.0.
        says: One sentence for the reader.
        caveat: What the reader should bear in mind of it; None if there is nothing.
    """

    left: int
    right: int
    kind: DifferenceKind
    left_spans: tuple[Span, ...]
    right_spans: tuple[Span, ...]
    weight: float
    says: str
    caveat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An independent source behind readings of a statement.

    Attributes:
        outlet: From whom the articles have it: ``"Reuters"``.
        articles: Ids, in the order of the story.
        evidence: Why they are held to have it from there.
    """

    outlet: str
    articles: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing said, with each article's reading of it.

    Attributes:
        speaker: Entity id; None if it can't be told.
        gist: Index of the reading that the others are compared with: quoted rather than reported,
            in no translation if it can be, then the one that keeps most of the words.
        not_found: Outlets of the story in whose articles it was not found.
    """

    id: str
    speaker: str | None
    gist: int
    readings: tuple[Reading, ...]
    differences: tuple[Difference, ...] = ()
    not_found: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Something that most accounts have and that was not found in one article.

    Attributes:
        kind: ``"statement"`` or ``"figure_group"``.
        target: Id of the statement or figure group.
        since: Day since which others had it, ISO 8601; None if not known.
    """

    outlet: str
    article: str
    kind: Literal["statement", "figure_group"]
    target: str
    since: str | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """A sentence that tells what happened on a day.

    Attributes:
        date: TIMEX3 value of a day or longer: ``"2016-02-12"``.
    """

    date: str
    article: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSentence:
    """A sentence of the brief, verbatim from an article.

    Attributes:
        text: ``span`` of the article's text, character for character.
        n_origins: How many independent origins stand behind it.
    """

    text: str
    article: str
    span: Span
    n_origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    """One quantity over the articles.

    Attributes:
        members: Ids of figures, in the order of time.
        says: One sentence for the reader.
    """

    id: str
    what: str
    stories: tuple[str, ...]
    members: tuple[str, ...]
    relation: Relation
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One story told side by side: what ``collate`` and ``compare`` make of it."""

    story: Story
    statements: tuple[Statement, ...] = ()
    copies: tuple[Copy, ...] = ()
    not_found: tuple[Absence, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    brief: tuple[BriefSentence, ...] = ()
