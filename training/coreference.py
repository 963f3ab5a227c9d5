"""Learns the weights by which pronouns find whom they stand for.

    python training/coreference.py --data ../shared/data

Reads GUM's train part (its ``Entity=`` brackets) and the invented stories of ``newsroom/``. Every
text goes through the product's own annotation; for each pronoun the options that the product would
rank are noted with the right one, which is also what the pronoun is linked to, so that those after
it find what they should. The weights are those of a conditional logit with a quadratic penalty;
``languages/en/antecedents.toml`` holds them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gum import GumDocument, iter_gum
from newsroom import Story, iter_stories
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from variorum.annotate.candidates import Candidate
from variorum.annotate.coreference import link_mentions
from variorum.annotate.credits import add_hearers, find_credits
from variorum.annotate.language import load_language
from variorum.annotate.pronouns import Choice, Option, class_of
from variorum.annotate.quotations import find_quotations
from variorum.clean.articles import clean_page
from variorum.model.article import Page
from variorum.model.span import Span

HERE = Path(__file__).parent
TABLE = HERE.parent / "src/variorum/languages/en/antecedents.toml"
PENALTY = 1.0
"""Of 0.3, 1 and 3 the held-out folds differ by less than a point."""
LEAST_WEIGHT = 0.02
N_FOLDS = 5
NEWS_WEIGHT = 2.0
"""How much a pronoun of our stories counts, GUM's news and interviews as well; others count 1."""
NEWS_GENRES = frozenset({"news", "interview"})
LEAST_SHARED = 0.5

HEAD = """\
# How much each feature of an antecedent counts, by class of pronoun; "he" is "she" as well.
# Written by training/coreference.py; variorum/annotate/pronouns.py says what the features mean.
"""

Name = Callable[[Span], str | None]
"""Says which participant of the gold some words stand for; None if it has none there."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pronoun with its options; ``right`` are those that it may stand for."""

    text: str
    kind: str
    options: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]
    weight: float


class Teacher:
    """Picks by the gold and notes what there was to pick from."""

    def __init__(self, text: str, name: Name, weight: float, *, is_whole: bool) -> None:
        self.examples: list[Example] = []
        self._text = text
        self._name = name
        self._weight = weight
        self._is_whole = is_whole

    def pick(self, pronoun: Candidate, options: Sequence[Option]) -> Choice:
        """Return the option of the pronoun's own participant, nobody if there is none."""
        wanted = self._name(pronoun.span)
        right = [
            at
            for at, option in enumerate(options)
            if option.told is not None and wanted is not None and self._name(option.told) == wanted
        ]
        nobody = len(options) - 1
        if wanted is None and self._is_whole:
            right = [nobody]
        kind = class_of(pronoun)
        if right and kind is not None and nobody:
            told = tuple(option.features for option in options)
            self.examples.append(Example(self._text, kind, told, tuple(right), self._weight))
        return Choice(options[right[0] if right else nobody].participant, 1.0)


def main() -> None:
    """Read the texts, fit the weights of each class, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--table", type=Path, default=TABLE)
    options = parser.parse_args()
    examples = [*iter_gum_examples(options.data), *iter_story_examples()]
    lines = [HEAD]
    for kind in ("he", "it", "they"):
        own = [one for one in examples if one.kind == kind]
        weights = fit(own)
        print(f"{kind}: {len(own):,} pronouns, {len(weights)} weights, {measure(own):.1%} right")
        lines.append(f"[{kind}]")
        lines += [f'"{name}" = {value}' for name, value in sorted(weights.items())]
        lines.append("")
    options.table.write_text("\n".join(lines), encoding="utf-8")


def iter_gum_examples(data: Path) -> Iterator[Example]:
    """Yield the pronouns of GUM's train part."""
    for document in iter_gum(data / "treebanks/gum-open-train.conllu.gz"):
        weight = NEWS_WEIGHT if document.genre in NEWS_GENRES else 1.0
        name = _name_by_gum(document)
        yield from teach(document.id, document.text, name, weight, is_whole=True)


def iter_story_examples() -> Iterator[Example]:
    """Yield the pronouns of the invented stories; in them only participants are marked."""
    for path in sorted((HERE / "newsroom").glob("*.txt")):
        for story in iter_stories(path):
            name = _name_by_marks(story)
            yield from teach(story.slug, story.text, name, NEWS_WEIGHT, is_whole=False)


def teach(slug: str, text: str, name: Name, weight: float, *, is_whole: bool) -> list[Example]:
    """Return the pronouns of a text; ``is_whole`` where the gold marks all that they stand for."""
    page = Page(where=slug, path=f"{slug}.txt", media="text", content=text)
    analysis = load_language().analyse(clean_page(page))
    teacher = Teacher(slug, name, weight, is_whole=is_whole)
    quotations = add_hearers(analysis, find_quotations(analysis), find_credits(analysis))
    link_mentions(analysis, quotations, teacher.pick)
    return teacher.examples


def _name_by_gum(document: GumDocument) -> Name:
    nouns = {one.group for one in document.mentions if not document.is_pronoun(one)}

    def name(span: Span) -> str | None:
        found = document.align(span.start, span.end)
        # What is told by pronouns alone has no antecedent.
        return found.group if found is not None and found.group in nouns else None

    return name


def _name_by_marks(story: Story) -> Name:
    def share(start: int, end: int, span: Span) -> float:
        both = min(end, span.end) - max(start, span.start)
        same_edge = start == span.start or end == span.end
        return both / (max(end, span.end) - min(start, span.start)) + same_edge * (both > 0)

    def name(span: Span) -> str | None:
        best = max(story.mentions, key=lambda one: share(one.start, one.end, span), default=None)
        is_same = best is not None and share(best.start, best.end, span) >= LEAST_SHARED
        return best.id if best is not None and is_same else None

    return name


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights under which the right options are likeliest."""
    names = sorted({one for example in examples for told in example.options for one in told})
    number = {name: at for at, name in enumerate(names)}
    rows = [told for example in examples for told in example.options]
    columns = [number[one] for told in rows for one in told]
    ends = np.cumsum([0, *(len(told) for told in rows)])
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    starts = np.cumsum([0, *(len(example.options) for example in examples)])[:-1]
    sizes = [len(example.options) for example in examples]
    right = np.zeros(len(rows), dtype=bool)
    for start, example in zip(starts, examples, strict=True):
        right[start + np.array(example.right)] = True
    counts = np.array([example.weight for example in examples])

    def lose(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        total = np.add.reduceat(scores, starts)
        good = np.add.reduceat(scores * right, starts)
        loss = float(counts @ (np.log(total) - np.log(good + 1e-30)))
        slope = scores / np.repeat(total, sizes)
        slope -= scores * right / np.repeat(good + 1e-30, sizes)
        slope *= np.repeat(counts, sizes)
        return loss + PENALTY / 2 * float(weights @ weights), matrix.T @ slope + PENALTY * weights

    found = minimize(lose, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    rounded = {name: round(float(value), 2) for name, value in zip(names, found, strict=True)}
    return {name: value for name, value in rounded.items() if abs(value) >= LEAST_WEIGHT}


def measure(examples: Sequence[Example]) -> float:
    """Return how many are right by weights learned from the texts of the other folds."""
    texts = sorted({example.text for example in examples})
    fold = {text: at % N_FOLDS for at, text in enumerate(texts)}
    votes: Counter[bool] = Counter()
    for held in range(N_FOLDS):
        weights = fit([one for one in examples if fold[one.text] != held])
        for example in examples:
            if fold[example.text] == held:
                scores = [sum(weights.get(f, 0.0) for f in told) for told in example.options]
                votes[int(np.argmax(scores)) in example.right] += 1
    return votes[True] / votes.total()


if __name__ == "__main__":
    main()
