from __future__ import annotations

from dataclasses import replace

from records import COURIER, find, make_small_edition

from variorum.model.edition import Edition
from variorum.model.story import Story, Storyline
from variorum.present.index import EditionIndex
from variorum.present.views import PageView, make_page_view
from variorum.present.views.stories import StoryView


class EqualWeights:
    """Finds every word equally telling."""

    def weight_of(self, word: str) -> float:
        return 1.0


def view(edition: Edition) -> PageView:
    return make_page_view(EditionIndex(edition), EqualWeights())


def view_story(edition: Edition) -> StoryView:
    return view(edition).storylines[0].stories[0]


EDITION = make_small_edition()


def test_whole_page() -> None:
    """The page counts what was read and tells what was not."""
    page = view(EDITION)

    assert (page.n_articles, page.n_outlets, page.n_stories) == (2, 2, 1)
    assert page.failures == (("three.pdf", "is a PDF, not text"),)


def test_story() -> None:
    """A story has its days, its headlines, what several tell and what one tells."""
    story = view_story(EDITION)

    assert story.days == "4–6 May 2031"
    assert [(h.outlet, h.title, h.dated) for h in story.headlines] == [
        ("The Courier", "Ferry sinks", "4 May 2031"),
        ("The Lantern", "without a title", "date not known"),
    ]
    assert [row.id for row in story.shared] == ["s-killed"]
    assert [(outlet, [s.id for s in alone]) for outlet, alone in story.alone] == [
        ("The Lantern", ["s-owners"])
    ]
    assert (story.n_meaning, story.n_conflicts, story.n_alone) == (1, 1, 1)
    assert story.brief[0].n_origins == 2
    assert [day for day, _ in story.timeline] == ["4 May 2031"]


def test_figures() -> None:
    """A figure has its relation, its sentence, and a number for each outlet that gives one."""
    (row,) = view_story(EDITION).shared_figures

    assert (row.head, row.badge, row.says) == (
        "people killed",
        "conflict",
        "12 or at least 14 people killed.",
    )
    assert [[link.text for link in cell] for cell in row.cells] == [
        ["Twelve people"],
        ["At least 14 people"],
    ]
    assert row.cells[0][0].note == "Ana Reyes, as of 4 May 2031"
    assert [link.text for link in row.missing[1]] == ["people killed"]


def test_agreement_is_not_told_twice() -> None:
    """Where the cells show that all agree, no sentence repeats them."""
    groups = tuple(replace(group, relation="agree") for group in EDITION.figure_groups)
    (row,) = view_story(replace(EDITION, figure_groups=groups)).shared_figures

    assert row.says == ""


def test_names() -> None:
    """A name has its spellings with the outlets that write so, and its change of name."""
    (name,) = view_story(EDITION).names

    assert [(s.text, [p.text for p in s.places]) for s in name.spellings] == [
        ("Ana Reyes", ["The Courier"]),
        ("Reyes", ["The Lantern"]),
    ]
    assert [link.text for link in name.renamed] == ["Ida Reyes → Ana Reyes"]
    assert not name.is_alike


def test_doubtful_name() -> None:
    """A spelling that is only perhaps the entity's says so, and why."""
    links = tuple(replace(link, score=0.6) if link.reasons else link for link in EDITION.links)
    (name,) = view_story(replace(EDITION, links=links)).names

    assert name.spellings[1].places[0].note == "perhaps: both are called Reyes"


def test_labels() -> None:
    """A label says in whose voice it stands, and whether in scare quotes."""
    courier, lantern = EDITION.annotations
    label = replace(lantern.labels[0], chain="c-reyes-lantern", is_scare_quoted=True)
    notes = (courier, replace(lantern, labels=(label,)))
    (row,) = view_story(replace(EDITION, annotations=notes)).labels

    assert row.head == "Ana Reyes"
    assert [(link.text, link.note) for cell in row.cells for link in cell] == [
        ("reckless", "own voice, in scare quotes")
    ]


def test_voices() -> None:
    """Who is quoted is listed with every place, by outlet."""
    (voice,) = view_story(EDITION).voices

    assert (voice.name, voice.n_quotations) == ("Ana Reyes", "2 quotations")
    assert [(outlet, len(links)) for outlet, links in voice.outlets] == [
        ("The Courier", 1),
        ("The Lantern", 1),
    ]


def test_copies() -> None:
    """A copy says who has how much from whom, why, and how sure that is."""
    (copy,) = view_story(EDITION).copies

    assert (copy.earlier, copy.later, copy.percent, copy.sure) == (
        "The Courier",
        "The Lantern",
        "12%",
        "75%",
    )
    assert copy.evidence == "credits it; later by a day"


def test_order_of_stories() -> None:
    """The most widely told story comes first, and those of its storyline follow it."""
    (account,) = EDITION.accounts

    def told(name: str, *articles: str) -> Story:
        return Story(id=name, title=name, articles=articles)

    stories = (told("t-a", "a-courier"), told("t-b", "a-courier"), told("t-c", "a-lantern"))
    accounts = (*(replace(account, story=s, statements=(), copies=(), not_found=(), brief=(),
                          timeline=()) for s in stories), account)  # fmt: skip
    lines = (Storyline(id="l", title="After the Orla", stories=("t-c", "t-orla")),)
    page = view(replace(EDITION, accounts=accounts, storylines=lines))

    assert [(line.title, [s.id for s in line.stories]) for line in page.storylines] == [
        ("After the Orla", ["t-orla", "t-c"]),
        ("", ["t-a"]),
        ("", ["t-b"]),
    ]


def test_article_is_whole() -> None:
    """The reader's pieces are the segments, and every place that is linked begins one."""
    article, _ = view(EDITION).articles
    text = "\n".join("".join(piece.text for piece in s.pieces) for s in article.segments)
    anchors = {a for s in article.segments for piece in s.pieces for a in piece.anchors}

    assert text == "\n".join(line for line in COURIER.split("\n") if line)
    assert article.author == "Ida Brandt"
    span = find(COURIER, "Twelve people were killed")
    assert f"a-courier:{span.start}-{span.end}" in anchors


def test_only_web_addresses_are_links() -> None:
    """An address that a browser would run is shown and is no link."""
    courier, lantern = EDITION.articles
    edition = replace(EDITION, articles=(replace(courier, url="javascript:alert(1)"), lantern))
    article, _ = view(edition).articles

    assert article.address is None
    assert article.place == "javascript:alert(1)"
