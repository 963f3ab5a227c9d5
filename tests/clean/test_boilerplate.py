from __future__ import annotations

from itertools import permutations

import pytest

from variorum.clean import clean_page
from variorum.clean.boilerplate import mark_recurring
from variorum.model.article import Article, Page

TOPICS = ("ferry", "harvest", "school", "bridge", "election")
TAIL = "The Courier was founded by fishermen and still prints on their old press in the harbour."
NEWS = "At least 12 ferries have sunk since 2020, the coast guard said in its report on Friday."


def make_article(topic: str, *extra: str, outlet: str = "Courier") -> Article:
    lines = [
        f"The {topic} in Karsa makes news",
        f"The {topic} of Karsa was the talk of the town on Monday, said the mayor.",
        f"“I never saw such a {topic},” said Mira Holt, who has lived near the {topic} for long.",
        f"The {topic} will be shown on Friday.",
        *extra,
    ]  # fmt: skip
    content = "\n\n".join(lines)
    path = f"{topic}.txt"
    return clean_page(Page(where=path, path=path, media="text", content=content, outlet=outlet))


def clutter_of(article: Article) -> list[str]:
    return [part.span.of(article.text) for part in article.iter_segments("boilerplate")]


def test_paragraph_of_three_unrelated_articles() -> None:
    """It becomes boilerplate in each, with the reason; one article more does not change that."""
    for n_articles in (3, 4):
        marked = mark_recurring([make_article(topic, TAIL) for topic in TOPICS[:n_articles]])

        assert all(clutter_of(article) == [TAIL] for article in marked)
        (segment,) = marked[0].iter_segments("boilerplate")
        assert segment.reason == f"stands in {n_articles} articles of Courier"


def test_two_articles_are_not_enough() -> None:
    """Twice may be chance."""
    marked = mark_recurring([make_article(topic, TAIL) for topic in TOPICS[:2]])

    assert not any(clutter_of(article) for article in marked)


def test_outlets_are_apart() -> None:
    """What three outlets share is a wire story."""
    articles = [make_article(topic, TAIL, outlet=topic) for topic in TOPICS[:3]]

    assert list(mark_recurring(articles)) == articles


def test_versions_of_one_article_are_not_unrelated() -> None:
    """Updates of a story repeat its paragraphs and are news all the same."""
    articles = [make_article("ferry", TAIL, f"Update {n}: it rains.") for n in range(4)]

    assert list(mark_recurring(articles)) == articles


def test_background_with_its_source_stays() -> None:
    """A paragraph that reports who said what is news, however often an outlet prints it."""
    articles = [make_article(topic, NEWS) for topic in TOPICS]

    assert list(mark_recurring(articles)) == articles


def test_order_does_not_matter() -> None:
    """Any order of the articles gives the same segments."""
    articles = [make_article(topic, *([TAIL] if n else [])) for n, topic in enumerate(TOPICS[:4])]
    expected = {article.id: article for article in mark_recurring(articles)}

    for order in permutations(articles):
        assert {article.id: article for article in mark_recurring(order)} == expected


def test_sites_own_line_is_no_headline() -> None:
    """A banner that was taken for the headline gives way to the line below it."""
    banner = "Karsa Courier, the voice of the coast"
    articles = [
        clean_page(
            Page(
                where=topic,
                path=f"{topic}.txt",
                media="text",
                content=f"{banner}\n\n{make_article(topic).text}",
                outlet="Courier",
            )
        )
        for topic in TOPICS[:3]
    ]

    marked = mark_recurring(articles)

    assert [article.title for article in articles] == [banner] * 3
    assert [article.title for article in marked] == [
        f"The {topic} in Karsa makes news" for topic in TOPICS[:3]
    ]
    assert all(clutter_of(article) == [banner] for article in marked)


RESCUE = (
    "Rescuers from three islands left Karsa for the wreck again on Monday, the coast guard said.",
    "The rescue resumed at dawn in calmer seas, and divers from Karsa went down to the lower deck.",
    "Nobody was brought ashore in Karsa on Wednesday, though the rescue boats stayed until dusk.",
)


def make_articles(
    headline: str, bodies: tuple[str, ...], title: str | None = None
) -> list[Article]:
    """Return an outlet's articles of one headline, each with a body of its own."""
    return [
        clean_page(
            Page(
                where=f"{n}.txt",
                path=f"{n}.txt",
                media="text",
                content=f"{headline}\n\n{body}\n\n{TAIL}",
                outlet="Courier",
                title=title,
            )
        )
        for n, body in enumerate(bodies)
    ]


def test_headline_that_runs_for_days() -> None:
    """It names what its articles tell: it stays their headline, also where one hardly does."""
    headline = "Rescue goes on off Karsa"
    bodies = (*RESCUE, "Flowers lay on the quay, and all the shops of the island were shut.")

    marked = mark_recurring(make_articles(headline, bodies))

    assert [article.title for article in marked] == [headline] * 4
    assert all(clutter_of(article) == [TAIL] for article in marked)


@pytest.mark.parametrize("section", ["World news", "News from the islands", "Karsa Harbour"])
def test_name_of_a_section_is_no_headline(section: str) -> None:
    """A section heads whatever is filed under it, also if the page gives it as the title."""
    bodies = (*RESCUE[:2], "The harbour of Karsa got a new crane, the mayor said on Tuesday.")

    marked = mark_recurring(make_articles(section, bodies, title=section))

    assert [article.title for article in marked] == [None] * 3
    assert all(clutter_of(article) == [section, TAIL] for article in marked)
