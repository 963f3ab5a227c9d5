"""Who has whose words: exact and near copies, passage by passage.

Candidates share shingles of eight words (Broder 1997); passages are then the longest common runs
of words, joined over light edits. Words inside quotation marks are no evidence: two reporters at
one press conference write down the same.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import combinations, islice, pairwise, product

from variorum.languages.outlets import fold_outlet
from variorum.model.annotation import Annotations
from variorum.model.article import Article
from variorum.model.span import Span
from variorum.model.story import CopiedPassage, Copy
from variorum.model.times import find_instant

SHINGLE_WORDS = 8
"""So many words in a row are not found twice by chance outside set phrases."""

MAX_HOLDERS = 60
"""So many with the same words are each compared with each; of more, each with the earliest."""

MIN_SHARED_SHINGLES = 3
MIN_SHARED_WIDELY = 50
"""The same where the shingles stand in more texts than MAX_HOLDERS: few are a formula ("this is a
developing story and will be updated"), many a wire's text. In the development events and incidents
the longest formula of twenty events has 30 words, 23 shingles; of ten events 68, a form of one
outlet that its pages have in each article."""

MAX_GAP_WORDS = 6
"""An edit this light does not end a passage: a changed word, a name put in full."""

MIN_PASSAGE_WORDS = 12
MIN_SHARE = 0.08
EXACT_SHARE = 0.95
MAX_WORDS = 6_000

MIN_AHEAD = timedelta(hours=1)
"""Clocks of two newsrooms differ by less."""

MAX_ZONE = timedelta(hours=14)
"""So far from UTC is the last time zone; a time without one may be off by as much."""

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """An article's own words in order, those in quotation marks and clutter left out.

    Attributes:
        wires: The wires that it credits, by their folded names.
    """

    article: Article
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    wires: Mapping[str, str]


def find_copies(
    articles: Sequence[Article], annotations: Sequence[Annotations]
) -> tuple[Copy, ...]:
    """Return the pairs of articles of which one has passages of the other, by their ids.

    Where more than MAX_HOLDERS have the same words each is paired with the earliest only, so that
    the copies of one text grow with its articles, not with their square.
    """
    holders: dict[tuple[str, ...], list[_Words]] = defaultdict(list)
    both = zip(articles, annotations, strict=True)
    for words in sorted((_make_words(*pair) for pair in both), key=_when):
        holders[words.words].append(words)
    texts = list(holders.values())
    copies = [
        copy
        for left, right in _find_alike([same[0] for same in texts])
        for pair in _iter_pairs(texts[left], texts[right])
        if (copy := _compare(*pair)) is not None
    ]
    return tuple(sorted(copies, key=lambda copy: (copy.earlier, copy.later)))


def _make_words(article: Article, annotations: Annotations) -> _Words:
    quoted = [run.span for q in annotations.quotations for run in q.content if run.is_quoted]
    quoted.sort()
    spans = list(islice(_iter_words(article), MAX_WORDS))
    inside = _mark_inside(spans, quoted)
    kept = tuple(span for span, is_quoted in zip(spans, inside, strict=True) if not is_quoted)
    return _Words(
        article=article,
        words=tuple(span.of(article.text).casefold() for span in kept),
        spans=kept,
        wires={
            fold_outlet(credit.outlet): credit.outlet
            for credit in annotations.credits
            if credit.kind == "wire"
        },
    )


def _iter_words(article: Article) -> Iterator[Span]:
    for segment in article.iter_segments("body"):
        for match in WORD.finditer(article.text, segment.span.start, segment.span.end):
            yield Span(match.start(), match.end())


def _mark_inside(spans: Sequence[Span], quoted: Sequence[Span]) -> list[bool]:
    inside, at = [], 0
    for span in spans:
        while at < len(quoted) and quoted[at].end <= span.start:
            at += 1
        inside.append(at < len(quoted) and quoted[at].overlaps(span))
    return inside


def _iter_shingles(words: Sequence[str]) -> Iterator[bytes]:
    for start in range(len(words) - SHINGLE_WORDS + 1):
        shingle = " ".join(words[start : start + SHINGLE_WORDS])
        yield hashlib.blake2b(shingle.encode(), digest_size=8).digest()


def _find_alike(texts: Sequence[_Words]) -> list[tuple[int, int]]:
    """Return the pairs of texts that share shingles, in order; each is a pair with itself too."""
    shingles = [frozenset(_iter_shingles(text.words)) for text in texts]
    holders: dict[bytes, list[int]] = defaultdict(list)
    for number, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(number)
    n_shared: Counter[tuple[int, int]] = Counter()
    wide: set[tuple[int, int]] = set()
    for group in holders.values():
        if len(group) <= MAX_HOLDERS:
            n_shared.update(combinations(group, 2))
        else:
            wide.update(_iter_links(group, texts))
    alike = {pair for pair, n in n_shared.items() if n >= MIN_SHARED_SHINGLES}
    alike |= {(a, b) for a, b in wide if len(shingles[a] & shingles[b]) >= MIN_SHARED_WIDELY}
    alike |= {(n, n) for n, own in enumerate(shingles) if len(own) >= MIN_SHARED_SHINGLES}
    return sorted(alike)


def _iter_pairs(left: Sequence[_Words], right: Sequence[_Words]) -> Iterable[tuple[_Words, _Words]]:
    """Return the pairs to tell of those that print two texts, or one if both are the same."""
    if left is right:
        if len(left) <= MAX_HOLDERS:
            return combinations(left, 2)
        return ((left[a], left[b]) for a, b in _iter_links(range(len(left)), left))
    if len(left) * len(right) <= MAX_HOLDERS:
        return product(left, right)
    in_time = sorted((*left, *right), key=_when)
    return (pair for pair in pairwise(in_time) if pair[0].words != pair[1].words)


def _iter_links(numbers: Iterable[int], texts: Sequence[_Words]) -> Iterator[tuple[int, int]]:
    """Yield each of many with the earliest of its day, and those of the days with each other.

    A copy is told within a story only, and stories come apart by their days: with one earliest
    for all, those of a later story would have nothing left that binds them.
    """
    first_of: dict[str, int] = {}
    for number in numbers:
        day = (texts[number].article.published or "")[: len("2031-05-04")]
        first = first_of.setdefault(day, number)
        if first != number:
            yield first, number
    yield from pairwise(first_of.values())


def _compare(left: _Words, right: _Words) -> Copy | None:
    earlier, later, directed, evidence = _order(left, right)
    runs = _find_common(earlier.words, later.words)
    passages = tuple(
        CopiedPassage(
            earlier=Span(earlier.spans[a].start, earlier.spans[b - 1].end),
            later=Span(later.spans[c].start, later.spans[d - 1].end),
        )
        for a, b, c, d in runs
    )
    n_copied = sum(d - c for _, _, c, d in runs)
    share = round(n_copied / max(1, len(later.words)), 4)
    if not passages or (share < MIN_SHARE and n_copied < 3 * MIN_PASSAGE_WORDS):
        return None
    kind = (
        "the same text" if share >= EXACT_SHARE else f"{len(passages)} passages in the same words"
    )
    return Copy(
        earlier=earlier.article.id,
        later=later.article.id,
        directed=directed,
        share=min(1.0, share),
        passages=passages,
        confidence=round(min(0.99, 0.6 + share / 2), 4),
        evidence=(kind, *evidence),
    )


@lru_cache(maxsize=2)
def _find_common(
    earlier: tuple[str, ...], later: tuple[str, ...]
) -> list[tuple[int, int, int, int]]:
    """Return the passages two texts share; all who print the two ask for them in a row."""
    return _join(_find_runs(earlier, later))


def _find_runs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return maximal common runs of a shingle or more, in the order of ``right``, no word twice."""
    starts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in range(len(left) - SHINGLE_WORDS + 1):
        starts[tuple(left[n : n + SHINGLE_WORDS])].append(n)
    runs, at = [], 0
    while at <= len(right) - SHINGLE_WORDS:
        best: tuple[int, int] | None = None
        for start in starts.get(tuple(right[at : at + SHINGLE_WORDS]), ())[:20]:
            length = SHINGLE_WORDS
            while (
                start + length < len(left)
                and at + length < len(right)
                and left[start + length] == right[at + length]
            ):
                length += 1
            if best is None or length > best[1]:
                best = (start, length)
        if best is None:
            at += 1
            continue
        runs.append((best[0], best[0] + best[1], at, at + best[1]))
        at += best[1]
    return runs


def _join(runs: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join runs that only a light edit separates, and drop what stays short."""
    joined: list[tuple[int, int, int, int]] = []
    for run in runs:
        if joined:
            a, b, c, d = joined[-1]
            if 0 <= run[0] - b <= MAX_GAP_WORDS and 0 <= run[2] - d <= MAX_GAP_WORDS:
                joined[-1] = (a, run[1], c, run[3])
                continue
        joined.append(run)
    return [run for run in joined if run[3] - run[2] >= MIN_PASSAGE_WORDS]


def _order(left: _Words, right: _Words) -> tuple[_Words, _Words, bool, list[str]]:
    """Return the two in order, whether the direction can be told, and what tells.

    A wire credit tells, and so does an agency's own; clocks of two outlets do only when they are
    an hour apart, whatever their time zones, and neither stands at midnight, which is a date and
    not a time.
    """
    evidence: list[str] = []
    for source, user in ((left, right), (right, left)):
        if fold_outlet(source.article.outlet) in user.wires:
            evidence.append(f"{user.article.outlet} credits {source.article.outlet}")
            return source, user, True, evidence
    common = sorted(left.wires.keys() & right.wires.keys())
    if common:
        names = (min(left.wires[wire], right.wires[wire]) for wire in common)
        evidence.append(f"both credit {', '.join(names)}")
    for source, user in ((left, right), (right, left)):
        own = fold_outlet(source.article.outlet)
        if own in source.wires and not common:
            evidence.append(f"{source.article.outlet} signs it as its own wire copy")
            return source, user, True, evidence
    for first, second in ((left, right), (right, left)):
        if not common and _is_ahead(first.article, second.article):
            evidence.append(f"{first.article.outlet} published first")
            return first, second, True, evidence
    first, second = sorted((left, right), key=_when)
    return first, second, False, evidence


def _is_ahead(first: Article, second: Article) -> bool:
    """Return whether the times of day told leave no doubt that ``first`` came out first."""
    if {first.published_precision, second.published_precision} - {"minute", "second"}:
        return False
    earlier, later = (datetime.fromisoformat(a.published or "") for a in (first, second))
    if (earlier.tzinfo is None) == (later.tzinfo is None):
        return later - earlier >= MIN_AHEAD
    earlier, later = (
        time if time.tzinfo else time.replace(tzinfo=UTC) for time in (earlier, later)
    )
    return later - earlier >= MAX_ZONE + MIN_AHEAD


def _when(text: _Words) -> tuple[datetime, str]:
    return find_instant(text.article.published), text.article.id
