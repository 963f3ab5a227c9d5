"""Which articles tell one event, and which events belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from variorum.group.clusters import find_clusters
from variorum.group.features import Features, find_day, make_features
from variorum.group.likeness import Pairs, find_pairs
from variorum.group.paraphrases import encode_sentences, score_paraphrases
from variorum.model.annotation import Annotations
from variorum.model.article import Article
from variorum.model.ids import make_id
from variorum.model.ports import Encoder, WordWeights
from variorum.model.story import Story, Storyline
from variorum.model.times import find_instant

STORY_THRESHOLD = 0.19
"""Mean likeness of the articles of one story.

B-cubed F1 on the development events and on 1,000 of the incidents (make eval, stories and
incidents): 0.16 gives 93.4 and 79.3, 0.19 91.1 and 87.2, 0.22 87.6 and 90.6. Look-alikes must come
apart, and the dates of the first set are often those of a later crawl.
"""

STORYLINE_THRESHOLD = 0.12
"""Mean likeness, time left aside, of the articles of two stories of one storyline.

Read by eye on the development events: from 0.11 to 0.13 every storyline is one (five), at 0.09
four of nine are not.
"""

PARAPHRASE_BONUS = 0.1
"""What sentences said alike add to the likeness of two dated articles."""

MAX_TOLD_APART = 3
"""Days between the nearest days that two articles of one event name."""

TOLD_APART_FACTOR = 0.9
"""What is left of the likeness where they are further apart: on the sets above 91.1 stays, 87.0
becomes 87.2; 0.7 gives 89.8 and 87.8."""

UNDATED_FACTOR = 0.3
"""What is left of the likeness of articles without dates that say no sentence alike: only time
tells two events of one kind apart, and where it is silent the sentences must speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Stories by id, and storylines by id."""

    stories: tuple[Story, ...]
    storylines: tuple[Storyline, ...]


def group_articles(
    articles: Sequence[Article],
    annotations: Sequence[Annotations],
    *,
    encoder: Encoder,
    weights: WordWeights,
) -> Grouping:
    """Return the stories and storylines of articles, whatever their order.

    Every article is in exactly one story; a storyline has at least two stories.
    """
    both = sorted(zip(articles, annotations, strict=True), key=lambda pair: pair[0].id)
    articles, annotations = [pair[0] for pair in both], [pair[1] for pair in both]
    features = [make_features(*pair, weights) for pair in both]
    alike = find_pairs(features)
    vectors = encode_sentences(articles, annotations, encoder)
    weighed = _weigh_by_texts(alike, features, vectors)
    clusters = find_clusters(weighed, len(articles), STORY_THRESHOLD)
    central = _find_centrality(clusters, alike, len(articles))
    stories = [
        _make_story([articles[n] for n in cluster], [central[n] for n in cluster])
        for cluster in clusters
    ]
    lines = _find_storylines(clusters, find_pairs([replace(f, day=None) for f in features]))
    return _with_storylines(stories, lines)


def _weigh_by_texts(
    pairs: Pairs, features: Sequence[Features], vectors: Sequence[np.ndarray]
) -> Pairs:
    likeness = pairs.likeness.copy()
    for n, (left, right) in enumerate(zip(pairs.left, pairs.right, strict=True)):
        paraphrases = score_paraphrases(vectors[left], vectors[right])
        if features[left].day is None or features[right].day is None:
            likeness[n] *= UNDATED_FACTOR + (1 - UNDATED_FACTOR) * paraphrases
        else:
            likeness[n] += PARAPHRASE_BONUS * paraphrases
        if _is_told_apart(features[left], features[right]):
            likeness[n] *= TOLD_APART_FACTOR
    return pairs._replace(likeness=np.round(np.minimum(likeness, 1.0), 4))


def _is_told_apart(left: Features, right: Features) -> bool:
    apart = min((abs(one - other) for one in left.told for other in right.told), default=0)
    return apart > MAX_TOLD_APART


def _find_centrality(
    clusters: Sequence[Sequence[int]], pairs: Pairs, n_articles: int
) -> list[float]:
    """Return for each article its summed likeness to the others of its story."""
    story_of = np.zeros(n_articles, dtype=np.int64)
    for number, cluster in enumerate(clusters):
        story_of[list(cluster)] = number
    within = story_of[pairs.left] == story_of[pairs.right]
    sums = np.zeros(n_articles)
    for side in (pairs.left, pairs.right):
        np.add.at(sums, side[within], pairs.likeness[within])
    return [round(float(total), 4) for total in sums]


def _make_story(articles: Sequence[Article], central: Sequence[float]) -> Story:
    ordered = sorted(articles, key=lambda article: (find_instant(article.published), article.id))
    days = [day for article in ordered if (day := find_day(article.published)) is not None]
    return Story(
        id=make_id("s", ordered[0].id),
        title=_pick_title(articles, central),
        articles=tuple(article.id for article in ordered),
        started=date.fromordinal(min(days)).isoformat() if days else None,
        ended=date.fromordinal(max(days)).isoformat() if days else None,
    )


def _pick_title(articles: Sequence[Article], central: Sequence[float]) -> str:
    """Return the headline of the article that is most like all others of its story."""
    titled = [
        (-round(weight * (1 - article.translated), 4), article.id, article.title)
        for weight, article in zip(central, articles, strict=True)
        if article.title
    ]
    return min(titled)[2] if titled else "Untitled"


def _find_storylines(clusters: Sequence[Sequence[int]], pairs: Pairs) -> list[list[int]]:
    """Return groups of stories, as indices into ``clusters``."""
    story_of = np.zeros(sum(len(cluster) for cluster in clusters), dtype=np.int64)
    for number, cluster in enumerate(clusters):
        story_of[list(cluster)] = number
    totals: dict[tuple[int, int], float] = defaultdict(float)
    for left, right, likeness in zip(
        story_of[pairs.left], story_of[pairs.right], pairs.likeness, strict=True
    ):
        if left != right:
            totals[(int(min(left, right)), int(max(left, right)))] += float(likeness)
    means = {
        (left, right): round(total / (len(clusters[left]) * len(clusters[right])), 4)
        for (left, right), total in sorted(totals.items())
    }
    between = Pairs(
        np.array([left for left, _ in means], dtype=np.int64),
        np.array([right for _, right in means], dtype=np.int64),
        np.array(list(means.values()), dtype=np.float64),
    )
    found = find_clusters(between, len(clusters), STORYLINE_THRESHOLD)
    return [group for group in found if len(group) > 1]


def _with_storylines(stories: Sequence[Story], groups: Sequence[Sequence[int]]) -> Grouping:
    line_of: dict[int, str] = {}
    lines = []
    for group in groups:
        members = sorted((stories[n] for n in group), key=lambda s: (s.started or "9999", s.id))
        line_id = make_id("l", members[0].id)
        largest = min(members, key=lambda s: (-len(s.articles), s.started or "9999", s.id))
        ids = tuple(story.id for story in members)
        lines.append(Storyline(id=line_id, title=largest.title, stories=ids))
        line_of |= dict.fromkeys(group, line_id)
    placed = [
        replace(story, storylines=(line_of[n],)) if n in line_of else story
        for n, story in enumerate(stories)
    ]
    return Grouping(
        stories=tuple(sorted(placed, key=lambda story: story.id)),
        storylines=tuple(sorted(lines, key=lambda line: line.id)),
    )
