"""Walks through doubtful names with a person, who judges them one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from variorum.api import add_judgement
from variorum.errors import UsageError
from variorum.model.article import Article
from variorum.model.judgement import NamedOne, Verdict
from variorum.model.ports import Store
from variorum.present.controls import make_harmless
from variorum.resolve.review import DoubtfulPair, Place

AROUND = 60
"""Characters shown on each side of a name."""

QUESTION = "[s]ame, [d]ifferent, [Enter] leave open, [q]uit: "
ANSWERS: Mapping[str, Verdict] = {
    "s": "same",
    "same": "same",
    "d": "different",
    "different": "different",
}


def review_names(
    console: Console,
    pairs: Sequence[DoubtfulPair],
    articles: dict[str, Article],
    store: Store,
    *,
    ask: Callable[[str], str],
    made: str,
) -> int:
    """Ask of each pair until the person has enough; return how many judgements were kept.

    Args:
        ask: Shows a question and returns the answer; EOFError ends the review.
    """
    n_made = 0
    for number, pair in enumerate(pairs, start=1):
        _print_pair(console, pair, articles, f"{number} of {len(pairs)}")
        while True:
            try:
                answer = ask(QUESTION).strip().casefold()
            except EOFError:
                return n_made
            if answer in ("q", "quit"):
                return n_made
            if answer and answer not in ANSWERS:
                console.print(f"not understood: {make_harmless(answer)}", markup=False)
                continue
            if answer:
                n_made += _judge(console, pair, answer, store, made)
            break
    return n_made


def _judge(console: Console, pair: DoubtfulPair, answer: str, store: Store, made: str) -> bool:
    left, right = NamedOne(pair.left), NamedOne(pair.right)
    try:
        judgement = add_judgement(store, ANSWERS[answer], left, right, made=made)
    except UsageError as error:
        console.print(Text.assemble(("not kept: ", "bold yellow"), make_harmless(str(error))))
        return False
    console.print(f"judgement {judgement.number} kept")
    return True


def _print_pair(
    console: Console, pair: DoubtfulPair, articles: dict[str, Article], number: str
) -> None:
    held = "held to be one" if pair.is_one else "held to be two"
    console.print()
    console.print(
        Text.assemble(
            (f"{number}  ", "dim"),
            (make_harmless(pair.left), "bold"),
            "  |  ",
            (make_harmless(pair.right), "bold"),
            f"  {held}, {pair.score.value:.2f}",
        )
    )
    console.print(Text(make_harmless(f"  {'; '.join(pair.score.reasons)}"), "dim"))
    for place, n_articles in zip(pair.places, pair.n_articles, strict=True):
        console.print(_show_place(place, articles[place.article], n_articles))


def _show_place(place: Place, article: Article, n_articles: int) -> Text:
    span, text = place.span, article.text
    before = text[max(0, span.start - AROUND) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + AROUND].partition("\n")[0]
    more = f", and {n_articles - 1} more" if n_articles > 1 else ""
    return Text.assemble(
        make_harmless(f"  … {before}"),
        (make_harmless(span.of(text)), "bold"),
        make_harmless(f"{after} …  "),
        (make_harmless(f"({article.outlet}{more})"), "dim"),
    )
