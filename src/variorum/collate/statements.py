"""One thing said, with each article's reading of it.

Quotations of one speaker are joined when their sentences say the same: by vectors of meaning and
by weighed words, sentence against sentence, so that an excerpt finds the long quotation it was
cut from and a translation finds the other translation.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.model.annotation import Annotations, Quotation
from variorum.model.article import Article
from variorum.model.ids import make_id
from variorum.model.ports import Encoder, Vectors, WordWeights
from variorum.model.span import Span
from variorum.model.story import Reading, Statement, Story

# On the development gold (make eval, statements.b3): 0.57, 0.68, 0.85 give P 90.1, R 57.7;
# 0.52, 0.74, 0.8 give P 92.0, R 58.2; lower ones for the unknown join unlike statements.
MIN_LIKENESS = 0.52
"""Of the best sentences of two readings of one speaker."""

MIN_LIKENESS_UNKNOWN = 0.74
"""The same where one of the speakers is not known by name."""

MIN_LIKENESS_OTHER = 0.8
"""The same where the speakers differ: only one and the same sentence told of two."""

MEANING, WORDS = 0.55, 0.45
"""What meaning and common words weigh in the likeness."""

ROUNDING = 0.001
"""Two ways to multiply the same vectors differ by less."""

SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[”\"’]?")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
MIN_SENTENCE_WORDS = 3
MAX_SENTENCES = 40

NEGLIGIBLE_WORDS = 3
"""Quotations of fewer words ("No.") are no statement that could be found again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A quotation as a candidate reading.

    Attributes:
        relayers: Through whom it came, as ``speaker``.
        named: Words of the content that name an entity, each with that entity's id.
    """

    article: Article
    quotation: Quotation
    speaker: str | None
    relayers: frozenset[str]
    sentences: tuple[str, ...]
    named: tuple[tuple[str, str], ...]

    @property
    def key(self) -> tuple[str, Span]:
        return self.article.id, self.quotation.content[0].span

    @property
    def n_words(self) -> int:
        return sum(len(sentence.split()) for sentence in self.sentences)


def collate_statements(
    story: Story,
    articles: Mapping[str, Article],
    annotations: Mapping[str, Annotations],
    entity_of: Mapping[str, str],
    *,
    encoder: Encoder,
    weights: WordWeights,
    min_confidence: float = 0.0,
) -> tuple[Statement, ...]:
    """Return the statements of a story; those that one article alone has are among them.

    Args:
        entity_of: Entity ids by chain id.
        min_confidence: Of the quotations that become readings.
    """
    versions = _find_versions(story, articles, annotations, entity_of, min_confidence)
    if not versions:
        return ()
    twins = _find_twins(versions)
    chiefs = [same[0] for same in twins]
    pairs = _compare_all([versions[n] for n in chiefs], encoder, weights)
    groups = _join(
        versions, twins, [(like, chiefs[left], chiefs[right]) for like, left, right in pairs]
    )
    made = [_make_statement([versions[n] for n in group]) for group in groups]
    place = {article: n for n, article in enumerate(story.articles)}

    def first(statement: Statement) -> tuple[int, int, str]:
        return (
            *min((place[r.article], r.spans[0].start) for r in statement.readings),
            statement.id,
        )

    return tuple(sorted(made, key=first))


def _find_versions(
    story: Story,
    articles: Mapping[str, Article],
    annotations: Mapping[str, Annotations],
    entity_of: Mapping[str, str],
    min_confidence: float,
) -> list[_Version]:
    versions = []
    for article_id in sorted(story.articles):
        article = articles[article_id]
        for quotation in annotations[article_id].quotations:
            spans = [run.span for run in quotation.content]
            words = " ".join(span.of(article.text) for span in spans)
            least = LEAST_CONFIDENCE if quotation.kind == "indirect" else 0.0
            is_unsure = quotation.confidence < max(least, min_confidence)
            if is_unsure or len(words.split()) < NEGLIGIBLE_WORDS:
                continue
            versions.append(
                _Version(
                    article=article,
                    quotation=quotation,
                    speaker=_find_speaker(entity_of, quotation.chain, quotation.speaker_name),
                    relayers=frozenset(
                        name
                        for via in quotation.via
                        if (name := _find_speaker(entity_of, via.chain, via.name)) is not None
                    ),
                    sentences=tuple(_split(words)),
                    named=_find_named(article, annotations[article_id], spans, entity_of),
                )
            )
    return versions


def _find_twins(versions: Sequence[_Version]) -> list[list[int]]:
    """Return the versions in sets of those that are word for word the same, by one speaker.

    What fifty outlets printed of one wire is compared once, not fifty times fifty. An article that
    says a thing twice has it in two sets.
    """
    sets: dict[tuple[object, ...], list[int]] = {}
    told: Counter[tuple[object, ...]] = Counter()
    for n, version in enumerate(versions):
        words = (version.speaker, version.sentences, version.named)
        told[words, version.article.id] += 1
        is_telling = version.speaker is not None or version.n_words >= MIN_UNSAID_WORDS
        place = told[words, version.article.id] if is_telling else -n
        sets.setdefault((words, place), []).append(n)
    return list(sets.values())


LEAST_CONFIDENCE = 0.6
"""Of reported words to be laid beside others: less sure ones were right in half of all cases
(docs/attribution.md). When it was set, statements of the events had F1 74.6 for 72.8, and 48
differences were found for 39.
"""

MIN_UNSAID_WORDS = 8
"""Equal words of nobody known are one thing said from this length on; fewer may be chance."""


def _find_named(
    article: Article,
    annotations: Annotations,
    spans: Sequence[Span],
    entity_of: Mapping[str, str],
) -> tuple[tuple[str, str], ...]:
    found = [
        (" ".join(mention.span.of(article.text).split()), entity_of[mention.chain])
        for mention in annotations.mentions
        if mention.form == "name"
        and mention.chain in entity_of
        and any(mention.span.overlaps(span) for span in spans)
    ]
    return tuple(dict.fromkeys(found))


def _find_speaker(entity_of: Mapping[str, str], chain: str | None, name: str | None) -> str | None:
    """Return the entity's id, or the words of an unnamed one: "police" agrees with "police"."""
    entity = entity_of.get(chain or "")
    if entity is not None:
        return entity
    words = WORD.findall((name or "").casefold())
    return " ".join(word for word in words if word not in {"the", "a", "an"}) or None


def _split(words: str) -> list[str]:
    folded = " ".join(words.split()).removeprefix("that ")
    found = [match[0].strip() for match in SENTENCE.finditer(folded)]
    kept = [sentence for sentence in found if len(sentence.split()) >= MIN_SENTENCE_WORDS]
    return (kept or [folded])[:MAX_SENTENCES]


def _compare_all(
    versions: Sequence[_Version], encoder: Encoder, weights: WordWeights
) -> list[tuple[float, int, int]]:
    """Return likeness and indices of the pairs that could be one statement, the strongest first.

    What is only named ("warned of floods") comes after what is said of something, which it would
    else keep from its like.
    """
    owners = [n for n, version in enumerate(versions) for _ in version.sentences]
    texts = [sentence for version in versions for sentence in version.sentences]
    vectors = encoder.encode(texts)
    bags = [
        _weigh(sentence, version.named, weights)
        for version in versions
        for sentence in version.sentences
    ]
    rows: dict[int, list[int]] = defaultdict(list)
    for row, owner in enumerate(owners):
        rows[owner].append(row)
    found = []
    for left, right, least in _iter_candidates(versions, rows, vectors):
        likeness = _likeness(rows[left], rows[right], vectors, bags)
        if likeness >= least:
            found.append((likeness, left, right))

    def rank(row: tuple[float, int, int]) -> tuple[bool, float, tuple[str, Span], tuple[str, Span]]:
        left, right = versions[row[1]], versions[row[2]]
        are_clauses = left.quotation.is_clause and right.quotation.is_clause
        return not are_clauses, -row[0], left.key, right.key

    return sorted(found, key=rank)


def _iter_candidates(
    versions: Sequence[_Version], rows: Mapping[int, Sequence[int]], vectors: Vectors
) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs whose meaning alone does not rule them out, with how alike they must be."""
    starts = [rows[n][0] for n in range(len(versions))]
    for left, version in enumerate(versions[:-1]):
        after = left + 1
        cosines = vectors[rows[left]] @ vectors[starts[after] :].T
        best = np.maximum.reduceat(cosines.max(axis=0), np.array(starts[after:]) - starts[after])
        # Words in common add WORDS at most.
        near = np.flatnonzero(best >= (MIN_LIKENESS - WORDS) / MEANING - ROUNDING)
        for step in near.tolist():
            least = _find_least(version, versions[after + step])
            if least is not None and best[step] >= (least - WORDS) / MEANING - ROUNDING:
                yield left, after + step, least


def _find_least(left: _Version, right: _Version) -> float | None:
    """Return how alike two versions must be; None if they can't be one statement."""
    if left.article.id == right.article.id:
        return None
    if left.speaker is not None and left.speaker == right.speaker:
        return MIN_LIKENESS
    if left.speaker in right.relayers or right.speaker in left.relayers:
        # "RBC reported" here is "officials said, RBC reported" there.
        return MIN_LIKENESS
    both_named = _is_entity(left.speaker) and _is_entity(right.speaker)
    return MIN_LIKENESS_OTHER if both_named else MIN_LIKENESS_UNKNOWN


def _is_entity(speaker: str | None) -> bool:
    """Return whether a speaker is an entity's id, not the words of a source that is none.

    "A government spokesman" may be whom another outlet names.
    """
    return speaker is not None and speaker.startswith("e-")


def _likeness(
    left: Sequence[int], right: Sequence[int], vectors: Vectors, bags: Sequence[dict[str, float]]
) -> float:
    """Return the likeness of the two most alike sentences, 0.0 to 1.0."""
    cosines = vectors[list(left)] @ vectors[list(right)].T
    best = 0.0
    for i, j in np.argwhere(cosines >= cosines.max() - 0.2):
        meaning = float(cosines[i, j])
        common = _overlap(bags[left[i]], bags[right[j]])
        best = max(best, MEANING * meaning + WORDS * common)
    return round(best, 4)


def _weigh(text: str, named: Iterable[tuple[str, str]], weights: WordWeights) -> dict[str, float]:
    """Return the weights of a sentence's words; a name counts as whom it names, however spelt."""
    weighed = {}
    for name, entity in named:
        if name in text:
            text = text.replace(name, " ")
            weighed[entity] = NAME_WEIGHT
    words = (word.casefold().removesuffix("'s").removesuffix("’s") for word in WORD.findall(text))
    weighed |= {word[:STEM_CHARS]: weights.weight_of(word) for word in words}
    return {word: weight for word, weight in weighed.items() if weight > 0}


NAME_WEIGHT = 4.0
"""Of a name, as of a word that one text in 55 has (ln 55 = 4.0)."""

STEM_CHARS = 6
"""Words are compared by their beginnings: "occupied" and "occupation" tell of one thing."""


def _overlap(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the weight of common words over that of the lighter side: an excerpt has all of it.

    A side of few words needs more than its few: two words in common are no evidence.
    """
    common = sum(min(left[word], right[word]) for word in left.keys() & right.keys())
    lighter = min(sum(left.values()), sum(right.values()))
    return common / max(lighter, LEAST_WEIGHT)


LEAST_WEIGHT = 12.0
"""About three telling words."""


def _join(
    versions: Sequence[_Version],
    twins: Iterable[list[int]],
    pairs: Iterable[tuple[float, int, int]],
) -> list[list[int]]:
    """Join twins, then pairs of them, in the order given.

    Two versions of one article join only through a third that holds them both: excerpts of
    different sentences of one utterance.
    """
    group_of = {n: same for same in twins for n in same}
    for likeness, left, right in pairs:
        first, second = group_of[left], group_of[right]
        if first is second or not _may_join(versions, first, second, likeness):
            continue
        first += second
        for n in second:
            group_of[n] = first
    return list({id(group): sorted(group) for group in group_of.values()}.values())


SURE_LIKENESS = 0.8


def _may_join(
    versions: Sequence[_Version], first: Sequence[int], second: Sequence[int], likeness: float
) -> bool:
    """Return whether two groups name no two speakers, and share no article unless surely alike."""
    speakers = {s for n in (*first, *second) if _is_entity(s := versions[n].speaker)}
    articles = {versions[n].article.id for n in first} & {versions[n].article.id for n in second}
    if articles and likeness < SURE_LIKENESS:
        return False
    return len(speakers) <= 1 or likeness >= MIN_LIKENESS_OTHER


def _make_statement(versions: Sequence[_Version]) -> Statement:
    ordered = sorted(versions, key=lambda version: version.key)
    readings = tuple(
        Reading(
            article=version.article.id,
            spans=tuple(run.span for run in version.quotation.content),
            quotation=version.quotation.id,
        )
        for version in ordered
    )
    return Statement(
        id=make_id("t", *(reading.quotation for reading in readings)),
        speaker=_pick_speaker(ordered),
        gist=_pick_gist(ordered),
        readings=readings,
    )


def _pick_speaker(versions: Sequence[_Version]) -> str | None:
    counts: dict[str, int] = defaultdict(int)
    for version in versions:
        if version.speaker is not None and _is_entity(version.speaker):
            counts[version.speaker] += 1
    return min(counts, key=lambda speaker: (-counts[speaker], speaker)) if counts else None


def _pick_gist(versions: Sequence[_Version]) -> int:
    """Return the reading that keeps most of the words, quoted before reported or translated.

    Of what is reported the longest run counts: what stands before a tag between commas may be
    the outlet's own.
    """

    def rank(n: int) -> tuple[bool, bool, int, tuple[str, Span]]:
        version = versions[n]
        is_indirect = version.quotation.kind == "indirect"
        runs = (run.span.of(version.article.text) for run in version.quotation.content)
        n_words = max(len(run.split()) for run in runs) if is_indirect else version.n_words
        return is_indirect, version.article.is_translated, -n_words, version.key

    return min(range(len(versions)), key=rank)
