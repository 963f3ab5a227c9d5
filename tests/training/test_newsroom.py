from __future__ import annotations

from pathlib import Path

import newsroom
import pytest

FOLDER = Path(newsroom.__file__).parent / "newsroom"
MARKED = (
    "{ORG:union|Dock Union} rejects offer\n\n"
    "<c1>“{:union|We} are not for sale,”</c1> <q1>said</q1> "
    "<s1>{PER:dahl|Ilan Dahl}, {:dahl|{:union|its} head}</s1>. "
    "<c1>“Nor is {LOC:karsa|Karsa}.”</c1> {ORG:pd|{LOC:karsa|Karsa} Police} kept watch."
)


def words_of(story: newsroom.Story, *spans: newsroom.Span) -> list[str]:
    return [story.text[start:end] for start, end in spans]


def test_marks() -> None:
    """Marks leave the text; what they say stays, nested and in several parts."""
    story = newsroom.parse_story("strike-1", "agency", MARKED)

    assert story.text.startswith("Dock Union rejects offer\n\n“We are not for sale,” said Ilan")
    assert [(m.kind, m.id, story.text[m.start : m.end]) for m in story.mentions] == [
        ("ORG", "union", "Dock Union"),
        ("", "union", "We"),
        ("PER", "dahl", "Ilan Dahl"),
        ("", "dahl", "its head"),
        ("", "union", "its"),
        ("LOC", "karsa", "Karsa"),
        ("ORG", "pd", "Karsa Police"),
        ("LOC", "karsa", "Karsa"),
    ]
    (told,) = story.attributions
    assert words_of(story, *told.source) == ["Ilan Dahl, its head"]
    assert words_of(story, *told.cue) == ["said"]
    assert words_of(story, *told.content) == ["“We are not for sale,”", "“Nor is Karsa.”"]


@pytest.mark.parametrize(
    ("marked", "wrong"),
    [
        ("{PER:a|Ann said so", "opened and not closed"),
        ("Ann} said so", "none opened"),
        ("<c1>So</c1>, Ann said", "lacks its cue"),
        ("<q1>said</q1> <c1>so", "opened and not closed"),
        ("<c1>a<c1>b</c1>", "opened twice"),
        ("{CAT:a|Tom} slept", "unknown kind"),
        ("a <b>bold</b> word", "stray mark"),
    ],
)
def test_broken_marks(marked: str, wrong: str) -> None:
    """A mark that does not fit is told with its story."""
    with pytest.raises(newsroom.MarkError, match=f"strike-1: .*{wrong}"):
        newsroom.parse_story("strike-1", "agency", marked)


def test_stories() -> None:
    """All stories can be read; each has a name of its own, names and attributions."""
    stories = [
        story for path in sorted(FOLDER.glob("*.txt")) for story in newsroom.iter_stories(path)
    ]
    assert len({story.slug for story in stories}) == len(stories) > 200
    for story in stories:
        assert len(story.attributions) >= 3, story.slug
        assert any(mention.kind == "PER" for mention in story.mentions), story.slug
