"""Runs of capitalised words that are names, with the titles told before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.annotate.descriptions import POSSESSIVES
from variorum.annotate.name_kinds import guess_kind, kind_beside
from variorum.annotate.titles import (
    SPACES,
    drop_trailing_title,
    find_person_after_organisation,
    find_title_before,
    find_title_end,
    is_acronym,
    look_back_for_head,
    widen_title,
)
from variorum.annotate.words import Word
from variorum.languages.folding import fold_word
from variorum.languages.names import (
    COMPASS,
    DEMONYMS,
    FOREIGN_HEADS,
    HONORIFICS,
    NO_NAMES,
    ORGANISATION_HEADS,
    PLACE_HEADS,
    PLACES,
    SURNAME_PARTICLES,
    TITLE_HEADS,
    TITLE_MODIFIERS,
    TITLE_TAILS,
)
from variorum.languages.tables import load_table
from variorum.model.annotation import EntityKind

MAX_RUN_WORDS = 14
OWNERS = frozenset(load_table("organisations")["owners"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A name among the words of a paragraph: ``words[first:end]``.

    Attributes:
        title_first: Where the titles before it start; ``first`` if there are none.
        title_end: Where they end.
        kind: What its words say it is; None if they say nothing.
    """

    first: int
    end: int
    title_first: int
    title_end: int
    kind: EntityKind | None


def find_runs(words: Sequence[Word], known: frozenset[str]) -> tuple[Run, ...]:
    """Return the names of a line in order; ``known`` are words that are names elsewhere."""
    runs: list[Run] = []
    at = 0
    while at < len(words):
        if not _starts_run(words, at, known):
            at += 1
            continue
        end = _extend_run(words, at)
        first = _widen_head(words, at, end)
        while runs and runs[-1].end > first:
            runs.pop()
        runs += (run for run in _split_run(words, first, end) if not _is_empty(words, run))
        at = end
    return tuple(runs)


def _is_empty(words: Sequence[Word], run: Run) -> bool:
    """Whether it is only an adjective ("Syrian troops") or a direction ("the West side")."""
    own = words[run.first : run.end]
    if len(own) == 2 and " ".join(word.low for word in own) in DEMONYMS:
        return not own[-1].low.endswith("s")
    if len(own) > 1:
        return False
    word = own[0]
    if word.low in PLACE_HEADS or word.low in ORGANISATION_HEADS:
        return not word.entity
    if word.low in COMPASS:
        return run.first == 0 or words[run.first - 1].low != "the"
    if not word.is_people or word.low.endswith("s"):
        return False
    following = words[run.end] if run.end < len(words) else None
    stands_alone = following is None or following.gap not in SPACES
    return not (stands_alone or following.tag.startswith(("V", "MD", "IN")))  # type: ignore[union-attr]


def _starts_run(words: Sequence[Word], at: int, known: frozenset[str]) -> bool:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    if not word.is_capital:
        is_head = fold_word(word.text) in FOREIGN_HEADS
        return is_head and following is not None and _joins_capital(following)
    if word.low in NO_NAMES and not (word.entity == "person" and not word.is_first):
        is_owner = word.is_possessor and word.low in OWNERS
        opens = is_owner or word.low.rstrip(".") in HONORIFICS
        return opens and following is not None and following.is_capital
    if len(word.text) == 1 and not (following is not None and _joins_capital(following)):
        return False
    if not word.is_first or word.entity or word.low in known or word.low in PLACES:
        return True
    if word.tag in ("NNP", "NNPS"):
        return True
    return following is not None and _joins_capital(following) and _is_name_like(word)


def _is_name_like(word: Word) -> bool:
    # The first word of a sentence is capital whatever it is: "Yesterday President ...".
    return word.tag in ("", "NN", "JJ", "NNS") or word.low in HONORIFICS | TITLE_HEADS


def _joins_capital(word: Word) -> bool:
    return word.is_capital and word.gap in SPACES and word.low not in NO_NAMES


def _extend_run(words: Sequence[Word], first: int) -> int:
    end = first + 1
    while end < len(words) and end - first < MAX_RUN_WORDS:
        step = _step_over(words, end)
        if step == 0:
            break
        end += step
    return end


def _step_over(words: Sequence[Word], at: int) -> int:
    """Return how many words from ``at`` on belong to the run that ends before it."""
    word, before = words[at], words[at - 1]
    if _owns_body(before, word):
        return 1
    if before.is_possessor and not (before.low in OWNERS and word.is_capital):
        return 0
    if word.gap not in SPACES or _is_place_after_place(word, before):
        return 0
    if before.low in TITLE_HEADS and (width := _step_over_tail(words, at)):
        return width
    if word.is_capital:
        is_name = word.low not in NO_NAMES or word.entity == "person" == before.entity
        return 1 if is_name else _step_over_owner(words, at)
    return _step_over_small(words, at)


def _step_over_owner(words: Sequence[Word], at: int) -> int:
    """Return 2 for what a campaign calls its own: the "Our Girls" of "Bring Back Our Girls"."""
    is_inside = at + 1 < len(words) and _joins_capital(words[at + 1])
    is_inside = is_inside and words[at - 1].entity != "person"
    return 2 if words[at].low in POSSESSIVES and is_inside else 0


def _owns_body(owner: Word, body: Word) -> bool:
    """Whether a plural owns a body that is named after it: "Health Workers' Union"."""
    is_plural = owner.low.endswith("s") and body.gap in ("' ", "’ ")
    return is_plural and body.is_capital and body.low in ORGANISATION_HEADS


def _step_over_small(words: Sequence[Word], at: int) -> int:
    """Return how many words "of the" before a capital is, with it; 0 if it ends the name."""
    word, before = words[at], words[at - 1]
    after = at + 1
    if word.low in ("of", "for"):
        after += after < len(words) and words[after].low == "the" and words[after].gap in SPACES
        heads = ORGANISATION_HEADS if word.low == "for" else _OF_HEADS
        joins = before.low in heads or word.entity == "organisation"
    elif word.low == "and":
        joins = word.entity == "organisation"
    else:
        joins = word.low in SURNAME_PARTICLES
    if not joins or after >= len(words) or not _joins_capital(words[after]):
        return 0
    return 0 if _is_adjective(words, after) else after - at + 1


_OF_HEADS = ORGANISATION_HEADS | PLACE_HEADS | TITLE_HEADS


def _is_adjective(words: Sequence[Word], at: int) -> bool:
    """Whether it is the "Russian" of "the Council of the Russian draft"."""
    following = words[at + 1] if at + 1 < len(words) else None
    is_alone = following is None or not _joins_capital(following)
    return words[at].is_people and not words[at].low.endswith("s") and is_alone


def _is_place_after_place(word: Word, before: Word) -> bool:
    # "official Damascus Moscow called on": two names that a comma was lost between.
    together = f"{before.low} {word.low}"
    return word.low in PLACES and before.low in PLACES and together not in PLACES


def _step_over_tail(words: Sequence[Word], at: int) -> int:
    """Return the width of "of state" where a name follows it."""
    for width in (2, 1):
        tail = " ".join(word.low for word in words[at : at + width])
        after = at + width
        if tail in TITLE_TAILS and after < len(words) and _joins_capital(words[after]):
            return width
    return 0


def _widen_head(words: Sequence[Word], first: int, end: int) -> int:
    """Return where a name starts of which only the head is capital: "Russian foreign Ministry"."""
    if end - first > 1 or words[first].low not in ORGANISATION_HEADS:
        return first
    at = first
    while at > 0 and words[at].gap in SPACES and words[at - 1].low in TITLE_MODIFIERS:
        at -= 1
    before = words[at - 1] if at > 0 and at < first and words[at].gap in SPACES else None
    if before is not None and (before.is_people or before.low in PLACES or is_acronym(before)):
        at -= 1
    return at


def _split_run(words: Sequence[Word], first: int, end: int) -> Iterator[Run]:
    """Yield the name or names in a run, titles apart."""
    stop = drop_trailing_title(words, first, end)
    if stop < end:
        if stop > first:
            yield _make_run(words, first, stop, first, first)
        return
    title_end = find_title_end(words, first, end)
    if title_end is None:
        cut = find_person_after_organisation(words, first, end)
        if cut is not None:
            yield _make_run(words, first, cut, first, first)
            title_first = look_back_for_head(words, first)
            yield _make_run(words, cut, end, title_first, cut, kind="person")
            return
        title_first, title_stop = find_title_before(words, first, end)
        if title_first < first:
            yield _make_run(words, first, end, title_first, title_stop, kind="person")
        else:
            yield _make_run(words, first, end, first, first)
    elif title_end < end:
        title_first = widen_title(words, first)
        yield _make_run(words, title_end, end, title_first, title_end, kind="person")


def _make_run(
    words: Sequence[Word],
    first: int,
    end: int,
    title_first: int,
    title_end: int,
    kind: EntityKind | None = None,
) -> Run:
    beside = kind_beside(words, first, end)
    if beside == "place" and title_end > title_first:
        # "Sheikh Maqsood neighborhood" is no sheikh.
        first = title_end = title_first
        kind = "place"
    # "Mr." stays with the name; offices are told apart from it.
    while first > title_first and words[first - 1].low.rstrip(".") in HONORIFICS:
        first -= 1
    return Run(
        first=first,
        end=end,
        title_first=title_first,
        title_end=min(title_end, first),
        kind=kind or beside or guess_kind(words, first, end),
    )
