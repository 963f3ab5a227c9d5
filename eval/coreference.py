"""Scores the chains inside articles against the coreference of GUM's open genres.

    python eval/coreference.py --data ../shared [--part test]

Every document becomes an article as a user's would, its text with its paragraphs, and the product's
chains are compared with GUM's entities (Zeldes 2017, "The GUM Corpus"). Two mentions are the same
if they have the same head word: GUM's ``minspan`` on its side, on ours the word by which, in GUM's
tree, the mention hangs on the rest of the sentence. Of mentions of one chain with one head (a
title and the name after it) one counts.

mentions.p, .r, .f1: of the mentions in chains of two or more, those that the other side has, too
muc, b3, ceaf: as in the reference scorer (Pradhan et al. 2014, "Scoring Coreference Partitions of
    Predicted Mentions"); entities and chains of one mention are left out on both sides; ceaf is
    CEAF with phi-4, over entities
conll: the mean of their F1
participants.*: the same, of GUM's persons, organisations and places and of our chains of a kind
pronouns.*: of GUM's anaphoric pronouns of the third person (link ``ana``) whose entity has a
    mention that is no pronoun, those whose chain of ours has one, too, and the nearest such one is
    of the same entity; .he, .she, .it, .they by pronoun, .persons he and she, .news in news and
    interviews; .gold how many there are, .open how many have no such chain, .wrong the others
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from variorum.annotate.annotators import annotate_article
from variorum.annotate.language import Language, load_language
from variorum.clean.articles import clean_page
from variorum.model.annotation import Mention
from variorum.model.article import Page

sys.path.append(str(Path(__file__).parents[1] / "training"))
from gum import GumDocument, GumMention, iter_gum

PARTICIPANTS = frozenset({"person", "organization", "place"})
NEWS = frozenset({"news", "interview"})

Groups = list[frozenset[str]]
"""Entities or chains as sets of mentions, each mention by a name that both sides share."""


@dataclass(frozen=True, slots=True)
class Chained:
    """A mention of ours beside the gold's.

    Attributes:
        key: Shared by both sides if the gold has it, else its own.
    """

    mention: Mention
    gold: GumMention | None
    key: str


def main() -> None:
    """Print the figures of one part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--part", choices=["train", "dev", "test"], default="dev")
    options = parser.parse_args()
    language = load_language()
    documents = list(iter_gum(options.data / f"data/treebanks/gum-open-{options.part}.conllu.gz"))
    pairs = [(one, link_document(one, language)) for one in documents]
    print(f"documents             {len(documents)}")
    for name, figures in score_groups(pairs).items():
        title = f"{name}.p/r/f1" if len(figures) > 1 else name
        print(f"{title:<30}" + " ".join(f"{100 * value:5.1f}" for value in figures))
    for name, value in score_pronouns(pairs).items():
        print(f"{name:<22}{value:5.1f}" if isinstance(value, float) else f"{name:<22}{value:5}")


def link_document(document: GumDocument, language: Language) -> list[Chained]:
    """Return the product's mentions in a document, each with the gold's that has its head."""
    page = Page(where=document.id, path=f"{document.id}.txt", media="text", content=document.text)
    return align(document, annotate_article(clean_page(page), language).mentions)


def align(document: GumDocument, mentions: Sequence[Mention]) -> list[Chained]:
    """Return mentions beside the gold's, one for each gold mention; names are served first."""
    taken: dict[GumMention, str] = {}
    found: list[Chained] = []
    order = {"name": 0, "pronoun": 1, "description": 2}
    for mention in sorted(mentions, key=lambda one: (order[one.form], one.span)):
        gold = document.align(mention.span.start, mention.span.end)
        if gold is not None and gold in taken:
            if taken[gold] == mention.chain:
                continue
            gold = None
        key = f"{document.id} ours {mention.span.start} {mention.span.end}"
        if gold is not None:
            taken[gold] = mention.chain
            key = name_gold(document, gold)
        found.append(Chained(mention, gold, key))
    return sorted(found, key=lambda one: one.mention.span)


def name_gold(document: GumDocument, mention: GumMention) -> str:
    """Return a name for a mention that both sides share."""
    return f"{document.id} {mention.first} {mention.end}"


Pairs = Sequence[tuple[GumDocument, list[Chained]]]


def score_groups(pairs: Pairs) -> dict[str, tuple[float, ...]]:
    """Return precision, recall and F1 of mentions and links; conll is one figure."""
    figures: dict[str, tuple[float, ...]] = {}
    for prefix, kinds in (("", None), ("participants.", PARTICIPANTS)):
        gold: Groups = []
        ours: Groups = []
        for document, chained in pairs:
            gold += group_gold(document, kinds)
            ours += group_ours(chained, with_others=kinds is None)
        figures[f"{prefix}mentions"] = score_mentions(gold, ours)
        scores = [score_muc(gold, ours), score_b3(gold, ours), score_ceaf(gold, ours)]
        for name, score in zip(("muc", "b3", "ceaf"), scores, strict=True):
            figures[prefix + name] = score
        figures[f"{prefix}conll"] = (sum(score[2] for score in scores) / len(scores),)
    return figures


def group_gold(document: GumDocument, kinds: frozenset[str] | None) -> Groups:
    """Return the entities of two mentions or more; of ``kinds``, by the kind most mentions have."""
    groups: dict[str, list[GumMention]] = defaultdict(list)
    for mention in document.mentions:
        groups[mention.group].append(mention)
    return [
        frozenset(name_gold(document, one) for one in members)
        for members in groups.values()
        if len(members) > 1
        and (kinds is None or Counter(one.kind for one in members).most_common(1)[0][0] in kinds)
    ]


def group_ours(chained: Sequence[Chained], *, with_others: bool) -> Groups:
    """Return the chains of two mentions or more, those of kind "other" on request."""
    groups: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for one in chained:
        groups[one.mention.chain].add(one.key)
        kinds[one.mention.chain][one.mention.kind] += 1
    return [
        frozenset(keys)
        for chain, keys in groups.items()
        if len(keys) > 1 and (with_others or kinds[chain].most_common(1)[0][0] != "other")
    ]


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def score_mentions(gold: Groups, ours: Groups) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the mentions in chains."""
    left = frozenset[str]().union(*gold)
    right = frozenset[str]().union(*ours)
    same = len(left & right)
    return _f1(same / max(1, len(right)), same / max(1, len(left)))


def _place(groups: Groups) -> Mapping[str, int]:
    return {key: number for number, group in enumerate(groups) for key in group}


def score_muc(gold: Groups, ours: Groups) -> tuple[float, float, float]:
    """Return MUC: of the links that hold a side's groups together those the other side has."""

    def share(left: Groups, right: Groups) -> float:
        place = _place(right)
        links = sum(len(group) - 1 for group in left)
        # Each mention that the other side lacks is a part of its own.
        kept = sum(len(group) - len({place.get(key, key) for key in group}) for group in left)
        return kept / max(1, links)

    return _f1(share(ours, gold), share(gold, ours))


def score_b3(gold: Groups, ours: Groups) -> tuple[float, float, float]:
    """Return B-cubed: for each mention the share of its group that the other side's has, too."""

    def share(left: Groups, right: Groups) -> float:
        place = _place(right)
        total = 0.0
        for group in left:
            shared = Counter(place[key] for key in group if key in place)
            total += sum(count**2 for count in shared.values()) / len(group)
        return total / max(1, sum(len(group) for group in left))

    return _f1(share(ours, gold), share(gold, ours))


def score_ceaf(gold: Groups, ours: Groups) -> tuple[float, float, float]:
    """Return CEAF with phi-4: how alike groups are under the best one-to-one mapping."""
    place = _place(ours)
    alike = np.zeros((len(gold), len(ours)))
    for row, group in enumerate(gold):
        for column, count in Counter(place[key] for key in group if key in place).items():
            alike[row, column] = 2 * count / (len(group) + len(ours[column]))
    best = alike[linear_sum_assignment(alike, maximize=True)].sum()
    return _f1(best / max(1, len(ours)), best / max(1, len(gold)))


def score_pronouns(pairs: Pairs) -> dict[str, float | int]:
    """Return the accuracy of pronouns in hundredths, and counts."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document, chained in pairs:
        for pronoun, verdict in judge_pronouns(document, chained):
            counts["pronouns"][verdict] += 1
            counts[f"pronouns.{pronoun}"][verdict] += 1
            if pronoun in ("he", "she"):
                counts["pronouns.persons"][verdict] += 1
            if document.genre in NEWS:
                counts["pronouns.news"][verdict] += 1
    figures: dict[str, float | int] = {}
    for name, votes in sorted(counts.items()):
        figures[name] = 100 * votes["right"] / votes.total()
        figures[f"{name}.gold"] = votes.total()
        figures[f"{name}.open"] = votes["open"]
        figures[f"{name}.wrong"] = votes["wrong"]
    return figures


def judge_pronouns(document: GumDocument, chained: Sequence[Chained]) -> Iterator[tuple[str, str]]:
    """Yield every anaphoric pronoun's class and right, wrong or open."""
    nouns = {one.group for one in document.mentions if not document.is_pronoun(one)}
    ours = {one.gold: one for one in chained if one.gold is not None}
    told: dict[str, list[Chained]] = defaultdict(list)
    for one in chained:
        if one.mention.form != "pronoun":
            told[one.mention.chain].append(one)
    for pronoun in document.mentions:
        kind = document.pronoun_class(pronoun)
        if kind is None or pronoun.link != "ana" or pronoun.group not in nouns:
            continue
        own = ours.get(pronoun)
        others = told[own.mention.chain] if own is not None else []
        if own is None or not others:
            yield kind, "open"
            continue
        at = own.mention.span.start
        nearest = min(others, key=lambda one: abs(one.mention.span.start - at))
        is_right = nearest.gold is not None and nearest.gold.group == pronoun.group
        yield kind, "right" if is_right else "wrong"


if __name__ == "__main__":
    main()
