"""What one article says, found inside that article alone.

Quotations, labels and figures point to chains of the same article, never to entities: who a chain
is, over all articles, only ``resolve`` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.model.span import Span

EntityKind = Literal["person", "organisation", "place", "group", "other"]
Form = Literal["name", "description", "pronoun"]
QuotationKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["statement", "belief", "intention", "question", "order"]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
CreditKind = Literal["wire", "relay", "interview", "caption", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; a tag after a quotation is in one sentence with the quotation's last words."""

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that stand for a person, an organisation, a place or a group.

    Attributes:
        chain: Id of the chain of this article that it belongs to.
        confidence: How likely it does, 0.0 to 1.0; 1.0 for what begins a chain and for names.
    """

    span: Span
    kind: EntityKind
    form: Form
    chain: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The mentions of one participant in one article.

    Attributes:
        id: Unique in the edition.
        name: Its best name here, as written: ``"Sergei Lavrov"``; a description if it has no name.
        is_named: Whether ``name`` is a proper name.
        keys: Normal forms of its names, for blocking and grouping, sorted: ``("lavrov",)``.
        roles: Titles and descriptions told of it here, lower case, sorted: ``("minister",)``.
    """

    id: str
    kind: EntityKind
    name: str
    is_named: bool
    keys: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentSpan:
    """A run of a quotation's content, without its quotation marks.

    Attributes:
        is_quoted: Whether it stood inside quotation marks; of what is told inside another
            quotation, marks of its own.
    """

    span: Span
    is_quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """Through whom a quotation reached the article: ``RBC reported that Lavrov said ...``.

    Attributes:
        name: The relayer's words or its chain's best name.
        chain: Its chain; None if it is none of the article's participants.
    """

    span: Span
    name: str
    chain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Something that somebody is said to have said, written or thought.

    Attributes:
        content: One or more runs; several when interrupted or over paragraphs.
        cue: The reporting words: ``"said"``; None where there are none.
        source: The words that name the source where it is quoted: ``"he"``; None if absent.
        chain: Who that is in this article; None if it can't be told.
        speaker_name: The chain's best name, or the source's words; None if neither is known.
        candidates: Chains it may be, the nearest first, where ``chain`` can't be told.
        via: Outer sources, nearest first.
        medium: How it was said, if told: ``"interview"``.
        hearer: The words for whom it was said to: ``"reporters"``; None if not told.
        place: The place named where it was said; None if not told.
        time: The words for when it was said, one of the article's dates; None if not told.
        is_clause: Whether something is said of something: not in "warned of floods".
        confidence: 0.0 to 1.0.
    """

    id: str
    kind: QuotationKind
    stance: Stance
    content: tuple[ContentSpan, ...]
    cue: Span | None
    source: Span | None
    chain: str | None = None
    speaker_name: str | None = None
    candidates: tuple[str, ...] = ()
    via: tuple[Via, ...] = ()
    medium: str | None = None
    hearer: Span | None = None
    place: Span | None = None
    time: Span | None = None
    is_clause: bool = True
    confidence: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that a text states, and what it counts.

    Attributes:
        low: Smallest value it can mean, in plain units: 1200000; None where open below.
        high: Largest value; None where open above ("more than 70").
        modifier: One of "exact", "about", "at least", "more than", "up to", "less than",
            "between", "dozens".
        unit: Singular noun, ISO 4217 code, "%", or "" for a bare number.
        what: The head noun phrase and what it did: ``"people killed"``.
        as_of: TIMEX3 value; None if not told.
        attributed_to: Id of the quotation it stands in; None for the outlet's own voice.
    """

    id: str
    span: Span
    low: float | int | None
    high: float | int | None
    modifier: str
    unit: str
    what: str
    as_of: str | None = None
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRef:
    """A time that a text names.

    Attributes:
        value: TIMEX3 (TimeML 1.2.1): ``"2016-02-12"``, ``"P3D"``, ``"PRESENT_REF"``.
    """

    span: Span
    type: DateType
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """An evaluating or categorising word that another outlet could have chosen otherwise.

    Attributes:
        chain: Whom it is said of; None if it can't be told.
        is_scare_quoted: Whether it stands in quotation marks of its own, or after "so-called".
        quotation: Id of the quotation in whose words it stands; None for the outlet's own voice.
    """

    span: Span
    text: str
    chain: str | None
    is_scare_quoted: bool
    quotation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A place where the article says from whom it has its text or a part of it.

    Attributes:
        outlet: The outlet's usual name: ``"Reuters"``.
    """

    span: Span
    outlet: str
    kind: CreditKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """All that was found in one article; every tuple is in text order.

    Attributes:
        version: Of the stage ``annotate`` that found it (``MADE_BY`` in ``pipeline.py``).
        model: The spaCy pipeline that took the place of the shipped one; None if none did.
    """

    article_id: str
    version: int = 1
    model: str | None = None
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    chains: tuple[Chain, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateRef, ...] = ()
    labels: tuple[Label, ...] = ()
    credits: tuple[Credit, ...] = ()
