from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations

from events import EVENTS, PlainWeights, WordEncoder, make_article, make_notes
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.group import Grouping, group_articles
from variorum.model.article import Article
from variorum.model.story import Story

FERRY, HARVEST, MUSEUM = EVENTS["ferry"], EVENTS["harvest"], EVENTS["museum"]


def group(*articles: Article) -> Grouping:
    notes = [make_notes(article) for article in articles]
    return group_articles(articles, notes, encoder=WordEncoder(), weights=PlainWeights())


def story_of(grouping: Grouping, article_id: str) -> Story:
    """Return the only story that has the article."""
    (story,) = [story for story in grouping.stories if article_id in story.articles]
    return story


def members_of(grouping: Grouping) -> set[frozenset[str]]:
    return {frozenset(story.articles) for story in grouping.stories}


@st.composite
def drawn(draw: st.DrawFn) -> list[Article]:
    """Draw articles that each tell some sentences of one event or of two."""
    articles = []
    for number in range(draw(st.integers(1, 8))):
        sentences = draw(st.lists(st.sampled_from(FERRY + HARVEST), min_size=1, max_size=5))
        day = draw(st.none() | st.integers(1, 28))
        articles.append(
            make_article(
                f"a{number}",
                *sentences,
                outlet=f"Outlet {number % 3}",
                title=draw(st.sampled_from([None, "Fog", "Hail"])),
                published=f"2031-05-{day:02}" if day else None,
                translated=draw(st.sampled_from([0.0, 0.9])),
            )
        )
    return articles


@given(drawn(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_order_of_articles(articles: list[Article], chance: random.Random) -> None:
    """The same articles in another order are the same stories and storylines, ids and all."""
    shuffled = list(articles)
    chance.shuffle(shuffled)

    assert group(*shuffled) == group(*articles)


def test_equals() -> None:
    """Where two articles are as like a third, it is not their order that decides between them."""
    left, right = "oak elm fir ash yew box", "cod eel ray gar ide dab"
    both = "oak elm fir cod eel ray one two six ten low far"
    articles = [
        make_article(f"a{n}", text, published="2031-05-04")
        for n, text in enumerate((left, both, right))
    ]
    grouping = group(*articles)

    assert sorted(len(story.articles) for story in grouping.stories) == [1, 2]
    assert all(group(*order) == grouping for order in permutations(articles))


@given(drawn())
@settings(deadline=None, max_examples=60)
def test_every_article_has_a_story(articles: list[Article]) -> None:
    """Every article is in one story; a storyline has two at least, which all name it."""
    grouping = group(*articles)
    stories = {story.id: story for story in grouping.stories}

    told = [article for story in grouping.stories for article in story.articles]
    assert sorted(told) == [article.id for article in articles]
    assert len(stories) == len(grouping.stories)
    of_lines = [story for line in grouping.storylines for story in line.stories]
    assert all(len(line.stories) > 1 for line in grouping.storylines)
    assert [stories[story].storylines for story in of_lines] == [
        (line.id,) for line in grouping.storylines for _ in line.stories
    ]
    assert all(not s.storylines for s in grouping.stories if s.id not in of_lines)


def test_articles_of_one_event() -> None:
    """Accounts of one event are one story, those of other events stay apart."""
    told = {"published": "2031-05-04"}
    grouping = group(
        make_article("f1", *FERRY[:4], outlet="The Courier", **told),
        make_article("f2", *FERRY[2:], outlet="The Lantern", **told),
        make_article("h1", *HARVEST[:4], outlet="The Courier", **told),
        make_article("h2", *HARVEST[1:5], outlet="The Lantern", **told),
        make_article("m1", *MUSEUM, outlet="The Courier", **told),
    )

    assert members_of(grouping) == {
        frozenset({"f1", "f2"}),
        frozenset({"h1", "h2"}),
        frozenset({"m1"}),
    }
    assert grouping.storylines == ()


def test_articles_of_two_zones() -> None:
    """The articles of a story stand in the order in which they came out, whatever their clocks."""
    west = make_article("f1", *FERRY, published="2031-05-03T23:00-05:00")
    utc = make_article("f2", *FERRY, published="2031-05-04T01:00+00:00")

    (story,) = group(west, utc).stories

    assert story.articles == ("f2", "f1")


def test_no_articles() -> None:
    """Of nothing there is no story."""
    assert group() == Grouping(stories=(), storylines=())


def test_undated_look_alikes() -> None:
    """Where no date tells two like events apart, only sentences said alike make them one."""
    one = "The ferry Orla hit a reef near Karsa port and forty people swam ashore safely."
    two = "Near Karsa a ferry sank: safely ashore are forty people who left the Orla at the reef."
    dated = {"published": "2031-05-04"}

    assert len(group(make_article("a1", one), make_article("a2", two)).stories) == 2
    assert len(group(make_article("a1", one, **dated), make_article("a2", two)).stories) == 2
    assert (
        len(group(make_article("a1", one, **dated), make_article("a2", two, **dated)).stories) == 1
    )
    assert len(group(make_article("a1", *FERRY[:3]), make_article("a2", *FERRY[:3])).stories) == 1


def test_days_told_in_the_text() -> None:
    """Where the texts name other days, like events published on one day come apart."""
    alike = "On {} Orla sank. Fog hid the reef."
    others = (" ".join(HARVEST[:2]), " ".join(MUSEUM[:2]))

    def count(*days: str) -> int:
        articles = [
            make_article(f"a{n}", alike.format(day), other, published="2031-06-01")
            for n, (day, other) in enumerate(zip(days, others, strict=True))
        ]
        notes = [
            make_notes(article, dates={day: f"2031-05-{int(day.split()[0]):02}"})
            for article, day in zip(articles, days, strict=True)
        ]
        grouping = group_articles(articles, notes, encoder=WordEncoder(), weights=PlainWeights())
        return len(grouping.stories)

    assert count("4 May", "7 May") == 1
    assert count("4 May", "8 May") == 2


def test_storylines() -> None:
    """What would be one story on one day is, years apart, two stories of one storyline."""
    early = make_article("a1", *FERRY[:2], *MUSEUM[:2], title="Reef", published="2030-01-01")
    late = make_article("a2", *FERRY[:1], *HARVEST[:4], title="Hail", published="2032-01-01")
    other = make_article("a3", *MUSEUM[3:], title="Masks", published="2032-01-01")

    grouping = group(early, late, other)

    assert len(group(early, replace(late, published="2030-01-01")).stories) == 1
    assert len(grouping.stories) == 3
    (line,) = grouping.storylines
    assert line.stories == (story_of(grouping, "a1").id, story_of(grouping, "a2").id)
    assert line.title == "Reef"


def test_storylines_over_years() -> None:
    """How far apart two stories are does not count against their storyline."""
    early = make_article("a1", *FERRY[:3], published="2001-01-01")
    late = make_article("a2", *FERRY[3:], published="2031-01-01")

    assert [len(line.stories) for line in group(early, late).storylines] == [2]


def test_days_of_a_story() -> None:
    """Articles come earliest first, undated ones last; the days of a story are those told."""
    days = {"a1": None, "a2": "2031-05-06", "a3": "2031-05-04T10:00", "a4": "2031-05-04"}
    articles = [make_article(key, *FERRY, published=day) for key, day in days.items()]

    (story,) = group(*articles).stories

    assert story.articles == ("a4", "a3", "a2", "a1")
    assert (story.started, story.ended) == ("2031-05-04", "2031-05-06")
    (undated,) = group(articles[0]).stories
    assert (undated.started, undated.ended) == (None, None)


def test_later_articles_keep_the_id() -> None:
    """A story keeps its id while no earlier article joins it."""
    told = [
        make_article(f"a{number}", *FERRY[: 6 - number], published=f"2031-05-0{number}")
        for number in (3, 2, 1)
    ]
    before = story_of(group(*told[1:]), "a1").id

    assert story_of(group(*told), "a1").id == before
    assert story_of(group(*told[:2]), "a2").id != before


def test_title() -> None:
    """The headline of the article most like the others, unless a machine translated it."""
    dated = {"published": "2031-05-04"}
    central = make_article("a1", *FERRY, title="Ferry Orla sinks", **dated)
    first = make_article("a2", *FERRY[:3], title="Reef", **dated)
    last = make_article("a3", *FERRY[3:], title="Wreck", **dated)
    clumsy = make_article("a1", *FERRY, title="Ferry of Orla sank", translated=0.9, **dated)
    nameless = make_article("a4", *HARVEST, **dated)

    assert story_of(group(first, central, last, nameless), "a1").title == "Ferry Orla sinks"
    assert story_of(group(first, clumsy, last), "a1").title in {"Reef", "Wreck"}
    assert story_of(group(nameless), "a4").title == "Untitled"
