"""Tags: the words that say whose a piece of speech is, as the network of attributions finds them.

The network draws runs of words; here their edges are brought to whole phrases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from spacy.tokens import Doc, Span, Token

from variorum.annotate.analysis import Paragraph
from variorum.annotate.attribution_network import Attribution, Run
from variorum.annotate.attribution_reader import (
    LEAST_KNOWN,
    LEAST_MARKED_OTHER,
    LEAST_OTHER,
)
from variorum.annotate.cues import (
    BEING,
    COMPLEMENTISERS,
    CUE_FORMS,
    NEGATIONS,
    NOBODY,
    PASSIVE,
    PERFECT,
    QUESTIONS,
    RAISING,
    RELATIVES,
    STATES,
    TO,
    find_stance,
)
from variorum.annotate.marks import iter_top
from variorum.model.annotation import Stance

DANGLING = frozenset(
    {"amod", "aux", "auxpass", "case", "cc", "compound", "det", "mark", "nummod", "nmod:poss"}
)
"""Relations to a word further right that no phrase ends before: "such a | wall"."""

SUBJECTS = frozenset({"nsubj"})
OBJECTS = frozenset({"iobj", "obj"})
SHARING = frozenset({"advcl", "conj", "xcomp"})
"""Relations of a verb to the one whose subject it shares."""

MAX_STEPS = 6
"""Words by which an edge is moved at most."""

MAX_SOURCE = 12
"""Words of a source that an inverted cue of a translation is given."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A cue with its source and what it reports, in tokens of one paragraph.

    Attributes:
        token: The cue's main word.
        content: What the sentence of the cue has of it; empty if it stands in another.
        sureness: The network's probability of the cue and its certainty of the rest; None where a
            rule found it.
        relayer: Who cites the source, if another does.
    """

    token: Token
    cue: Run
    source: Run | None
    content: tuple[Run, ...]
    stance: Stance
    sureness: tuple[float, float] | None
    relayer: Run | None = None

    @property
    def first(self) -> int:
        """Index of the first token of the cue or the source."""
        return min(self.cue[0], self.source[0]) if self.source else self.cue[0]

    @property
    def last(self) -> int:
        """Index after the last token of the cue or the source."""
        return max(self.cue[1], self.source[1]) if self.source else self.cue[1]

    def reports(self, place: int) -> bool:
        """Return whether a token is in what the tag reports."""
        return any(start <= place < end for start, end in self.content)


def find_tags(paragraph: Paragraph) -> list[Tag]:
    """Return the tags of a paragraph, in the order of their cues."""
    marked = [paragraph.tokens_in(region.outer) for region in iter_top(paragraph.regions)]
    quoted = [(tokens.start, tokens.end) for tokens in marked]
    found = [one for one in paragraph.attributions if _is_likely(paragraph.doc, one, quoted)]
    tags = [_make_tag(paragraph.doc, one, quoted) for one in found]
    return [
        _settle(tag, beside[:number], beside[number + 1 :])
        for _, group in groupby(tags, key=lambda tag: tag.token.sent.start)
        for beside in [list(group)]
        for number, tag in enumerate(beside)
        if not _is_doubled(tag, beside[:number])
    ]


def _is_doubled(tag: Tag, before: Sequence[Tag]) -> bool:
    """Return whether a colon is taken for a cue of what a verb reports: ``Lane told us: “Go.”``."""
    is_word = any(char.isalnum() for char in tag.token.text)
    return not is_word and any(one.reports(run[0]) for one in before for run in tag.content)


def _settle(tag: Tag, before: Sequence[Tag], after: Sequence[Tag]) -> Tag:
    """Return a tag in view of those of its sentence: "Lane said it was late, adding that ..."."""
    stops = [one.cue[0] - 1 for one in after if _is_adding(one)]
    content = tuple(
        (start, min([end, *(stop for stop in stops if start < stop)])) for start, end in tag.content
    )
    source = tag.source
    if source is None and _is_adding(tag):
        source = before[-1].source if before else None
    return replace(tag, content=content, source=source)


def _is_adding(tag: Tag) -> bool:
    start = tag.cue[0]
    return tag.token.tag_ == "VBG" and start > 0 and tag.token.doc[start - 1].text == ","


def _is_likely(doc: Doc, found: Attribution, quoted: Sequence[Run]) -> bool:
    words = [doc[n].lower_ for start, end in found.cue for n in range(start, end)]
    least = [LEAST_KNOWN[CUE_FORMS[word]] for word in words if word in CUE_FORMS]
    if _is_beside_marks(found, quoted):
        return found.probability >= LEAST_MARKED_OTHER or bool(least and found.source)
    return found.probability >= min(least, default=LEAST_OTHER)


def _is_beside_marks(found: Attribution, quoted: Sequence[Run]) -> bool:
    """Return whether a cue outside marks reports what for the most part stands inside them."""

    def count(runs: Iterable[Run]) -> int:
        return sum(
            max(0, min(end, last) - max(start, first))
            for start, end in runs
            for first, last in quoted
        )

    n_words = sum(end - start for start, end in found.content)
    return not count([(found.head, found.head + 1)]) and 2 * count(found.content) > n_words


def _make_tag(doc: Doc, found: Attribution, quoted: Sequence[Run]) -> Tag:
    token = doc[found.head]
    cue = next((run for run in found.cue if run[0] <= found.head < run[1]), found.cue[0])
    cue = _strip(doc, cue) or (found.head, found.head + 1)
    source = min(found.source, key=lambda run: _rank_source(run, cue), default=None)
    if source is not None:
        source = _strip(doc, _before_participle(doc, _stop_at(source, quoted)))
    runs = list(found.content)
    if source is None and _is_inverted(doc, cue):
        source = find_after(doc, cue)
        runs = [run for run in runs if source is None or run[0] < cue[0] or run[0] >= source[1]]
    if source is None:
        is_heard = _is_quoting(doc[slice(*cue)])
        source = _own_subject(token) if is_heard else _find_subject(token)
    runs = _join(doc, runs)
    # What is completed stops where the next run begins.
    limits = [start for start, _ in runs[1:]] + [len(doc)] * bool(runs)
    whole = [_complete(doc, run, found) for run in runs]
    content = [(start, min(end, most)) for (start, end), most in zip(whole, limits, strict=True)]
    content = [run for run in (_strip(doc, run) for run in content) if run is not None]
    tag = Tag(
        token=token,
        cue=cue,
        source=source,
        content=tuple(content),
        stance=find_stance(token, content[0][0] if content else None),
        sureness=(found.probability, found.certainty),
    )
    return _with_relative(_with_raised(tag)) if content else tag


def _with_raised(tag: Tag) -> Tag:
    """Return a tag whose cue's subject is no source of it: ``Roe was told that it was shut``.

    It is of what is reported where that has no subject of its own: ``Lane seems to agree``, ``the
    ferry is expected to sail`` (Postal 1974, "On Raising").
    """
    doc, first = tag.token.doc, tag.content[0][0]
    run = _own_subject(tag.token)
    if run is None or not _is_raised(tag):
        return tag
    is_source = tag.source is not None and tag.source[0] < run[1] and run[0] < tag.source[1]
    source = None if is_source else tag.source
    is_bare = doc[first].lower_ == TO or doc[first].tag_ == "VBG" or tag.token.lower_ in RAISING
    is_clause = doc[first].lower_ in COMPLEMENTISERS | QUESTIONS
    if first < tag.last or is_clause or not is_bare:
        return replace(tag, source=source)
    return replace(tag, source=source, content=(run, *tag.content))


def _is_raised(tag: Tag) -> bool:
    """Return whether a cue is a passive or a word such as "seems".

    Neither "is convinced", a state, nor "was quoted as saying".
    """
    if tag.token.lower_ in RAISING:
        return True
    helpers = {child.lower_ for child in tag.token.children if child.dep_ == "aux"}
    is_passive = tag.token.tag_ == "VBN" and bool(helpers & BEING)
    is_state = tag.token.lower_ in STATES
    return is_passive and not is_state and not _is_quoting(tag.token.doc[slice(*tag.cue)])


def _is_quoting(cue: Span) -> bool:
    """Return whether a cue tells that its subject was heard: ``was quoted as saying``."""
    return cue[-1].tag_ == "VBG" and cue[-1].lower_ in CUE_FORMS


def _with_relative(tag: Tag) -> Tag:
    """Return the tag with the pronoun before it, of what it reports: ``which Lane called unsafe``.

    Not ``in which Lane said``, where it says when or where.
    """
    doc, place = tag.token.doc, tag.first - 1
    if tag.source is None or place < 0 or doc[place].lower_ not in RELATIVES:
        return tag
    is_inside = place >= tag.token.sent.start and not tag.reports(place)
    is_led = place > 0 and doc[place - 1].tag_ == "IN"
    if not is_inside or is_led or tag.content[0][0] < tag.last:
        return tag
    return replace(tag, content=((place, place + 1), *tag.content))


def _find_subject(token: Token) -> Run | None:
    """Return the subject that a cue without one of its own has: ``Lane left, vowing to return``.

    None for a passive one: "and was expected to return" is others' expectation.
    """
    head = token
    if _is_passive(token):
        return None
    while not _has_subject(head):
        above = head.head
        has_object = any(child.dep_ in OBJECTS for child in above.children)
        if head.dep_ not in SHARING or above.i >= head.i or _is_passive(above):
            return None
        if head.dep_ == "xcomp" and has_object:
            return None
        head = above
    return None if head is token else _own_subject(head, token.i)


def _own_subject(verb: Token, limit: int | None = None) -> Run | None:
    """Return the words of a verb's subject, which end before ``limit``, or before the verb."""
    doc, last = verb.doc, verb.i if limit is None else limit
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.i < last:
            end = min(child.right_edge.i + 1, last)
            while end < last and doc[end].tag_ == doc[end - 1].tag_ == "NNP":
                # A tree that cuts a name: "Donald | Trump".
                end += 1
            return _strip(doc, (child.left_edge.i, end))
    return None


def _is_passive(token: Token) -> bool:
    """Return whether a participle tells what is done to its subject; a bare one may."""
    if token.tag_ != "VBN":
        return False
    helpers = {child.lower_ for child in token.children if child.dep_ == "aux"}
    is_bare = not helpers and token.dep_ != "conj"
    return is_bare or bool(helpers & PASSIVE) or bool(helpers and not helpers & PERFECT)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children)


def _rank_source(run: Run, cue: Run) -> tuple[int, int]:
    """Return how far a source stands from its cue; of two as near the longer comes first."""
    return max(cue[0] - run[1], run[0] - cue[1]), run[0] - run[1]


def _is_inverted(doc: Doc, cue: Run) -> bool:
    """Return whether a cue follows a dash or a closing mark: ``“...”, – said Lane``."""
    return cue[0] > 0 and doc[cue[0] - 1].text in {"–", "—", "-", "”", '"', "»", ","}


def find_after(doc: Doc, cue: Run) -> Run | None:
    """Return the words between an inverted cue and the next mark, if a noun is among them."""
    end = cue[1]
    limit = min(doc[cue[0]].sent.end, cue[1] + MAX_SOURCE)
    while end < limit and _is_word(doc[end]):
        end += 1
    has_noun = any(token.tag_[:2] in {"NN", "PR"} for token in doc[cue[1] : end])
    return (cue[1], end) if has_noun and end < limit else None


def _stop_at(run: Run, quoted: Sequence[Run]) -> Run:
    """Return the run up to the first words in marks that reach out of it."""
    start, end = run
    for first, last in quoted:
        if start < first < end < last:
            end = first
    return start, end


def _before_participle(doc: Doc, run: Run) -> Run:
    """Return the run up to what its bearer does meanwhile: ``Lane, speaking in Karsa,``.

    As PolNeAR draws sources; a relative clause belongs to them.
    """
    start, end = run
    for place in range(start + 1, end - 1):
        if doc[place].text == "," and doc[place + 1].tag_ == "VBG":
            return start, place
    return run


def _join(doc: Doc, runs: Iterable[Run]) -> list[Run]:
    """Return the runs with those made one that only marks part."""
    joined: list[Run] = []
    for start, end in runs:
        if joined and not any(_is_word(token) for token in doc[joined[-1][1] : start]):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _complete(doc: Doc, run: Run, found: Attribution) -> Run:
    """Return a run that does not end between a word and what it introduces."""
    start, end = run
    barred = {
        n for part in (found.cue, found.source) for first, last in part for n in range(first, last)
    }
    limit = min(doc[found.head].sent.end, end + MAX_STEPS)
    while end < limit and end not in barred:
        last = doc[end - 1]
        if last.dep_ not in DANGLING or not end <= last.head.i < limit:
            break
        if any(n in barred for n in range(end, last.head.i + 1)):
            break
        end = last.head.i + 1
    return start, _take_joined(doc, start, end, barred)


def _take_joined(doc: Doc, start: int, end: int, barred: Collection[int]) -> int:
    """Return where a run ends with what "and" joins to a word of it."""
    limit = doc[end - 1].sent.end
    at = end
    while at < limit and not _is_word(doc[at]):
        at += 1
    if at >= limit or doc[at].dep_ != "cc":
        return end
    joined = doc[at].head
    first = joined.head
    inside = joined.dep_ == "conj" and start <= first.i < end
    last: int = min(joined.right_edge.i + 1, limit)
    if not inside or joined.i < at or any(n in barred for n in range(at, last)):
        return end
    return last


def _strip(doc: Doc, run: Run) -> Run | None:
    """Return the run without marks at its ends; None if nothing else is in it."""
    start, end = run
    while start < end and not _is_word(doc[start]) and doc[start].text not in "($[#@":
        start += 1
    while end > start and not _is_word(doc[end - 1]) and doc[end - 1].text not in ")]%":
        end -= 1
    return (start, end) if end > start else None


def _is_word(token: Token) -> bool:
    return any(char.isalnum() for char in token.text)


def is_silence(doc: Doc, tag: Tag) -> bool:
    """Return whether nothing was said: ``Nobody can say how``, ``has not said whether``."""
    if not tag.content:
        return False
    first = tag.content[0][0]
    if not any(token.lower_ in QUESTIONS for token in doc[first : first + 2]):
        return False
    if tag.source is not None and doc[tag.source[0]].lower_ in NOBODY:
        return True
    # A negation outside the cue is another verb's: "Lane, who was not there, asked why".
    return any(token.lower_ in NEGATIONS for token in doc[slice(*tag.cue)])
