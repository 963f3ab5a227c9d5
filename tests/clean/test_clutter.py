from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.clutter import RULES, Evidence, has_rule, score_clutter
from variorum.clean.lines import make_line


def evidence_of(text: str) -> Evidence:
    return score_clutter(make_line(text, 0))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Advertisement", "labels an advertisement"),
        ("Story continues below", "labels an advertisement"),
        ("Toggle caption", "stands in for a picture or a player"),
        ("Your browser does not play this", "speaks of the page's player"),
        ("Read more", "leads to other articles"),
        ("Read more: a second ferry sinks", "leads to another article"),
        ("All that we know: watch the full video here", "leads to another page"),
        ("Share on Facebook", "offers to share the page"),
        ("Follow us on Twitter", "asks to be followed"),
        ("Sign up for our newsletter", "offers a subscription or newsletter"),
        ("Stay tuned", "asks the reader to stay"),
        ("Please donate to our fund", "asks for money"),
        ("Noticed a typo? Please let us know", "asks for corrections"),
        ("Support The Courier!", "asks for support"),
        ("Leave a comment", "invites comments"),
        ("Contact our newsroom", "tells how to reach the newsroom"),
        ("All rights reserved", "states rights"),
        ("© Courier", "states rights"),
        ("Privacy policy", "states the page's policy"),
        ("Opinions expressed here are the author's own", "states whose opinion it is"),
        ("This story has been updated", "speaks of the article itself"),
        ("The site is available at these mirror addresses", "lists addresses of the site"),
        ("Free trial", "sells something"),
        ("Back to top", "belongs to the page's navigation"),
        ("Take our poll", "invites to a poll"),
        ("https://courier.example.com/ferry", "is nothing but an address"),
        ("News / Vellan / Karsa", "says where the page lies in the site"),
        ("* * *", "holds no word"),
        ("#ferry #karsa @courier", "is nothing but tags"),
    ],
)
def test_clutter(text: str, reason: str) -> None:
    """What a page says to its reader is rather boilerplate, and the reason says what it does."""
    evidence = evidence_of(text)

    assert evidence.value > 0
    assert evidence.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank off Karsa.",
        "The minister, who reads the comments, said that he would not share the report.",
        "Ferry sinks off Karsa",
        "Its owners run an advertisement agency.",
        "He asked readers to donate, the mayor said.",
    ],
)
def test_news(text: str) -> None:
    """News is news though it speaks of comments, donations and advertisements."""
    assert evidence_of(text).value < 0


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("The ferry sank", "The ferry sank."),
        ("The ferry sank.", "The ferry sank, said the mayor."),
        ("The ferry sank.", "The “ferry” sank."),
        ("It sank off the coast of Karsa at night.", "It sank" + " at night" * 20 + "."),
        ("The ferry sank.", "The old ferry Orla sank off the coast of Karsa."),
    ],
)
def test_look_of_news(weaker: str, stronger: str) -> None:
    """A full stop, a verb of saying, quotation marks and length speak for the article."""
    assert evidence_of(stronger).value < evidence_of(weaker).value


def test_quoted_pleas() -> None:
    """What somebody is quoted with is not the page's own word, where a rule says so."""
    assert has_rule(make_line("Our newsroom is small.", 0))
    assert not has_rule(make_line("The mayor asked: “Is our newsroom safe?”", 0))


def test_length() -> None:
    """What is a link in a short line is told of in a long one."""
    words = "The swindlers wrote to all of them: click here"

    assert has_rule(make_line(f"{words}.", 0))
    assert not has_rule(make_line(f"{words}, and nobody in the town did{' so' * 30}.", 0))


def test_standing_alone() -> None:
    """An advertisement says nothing of the lines around it, a share link does."""
    news = (
        "The mayor said that the report on the reefs, which all of the pilots of the coast had on "
    )
    news += "board and which many of them knew by heart, was first published in Karsa."

    assert evidence_of("Advertisement").is_alone
    assert not evidence_of("Share on Facebook").is_alone
    assert has_rule(make_line(news, 0))
    assert not evidence_of(news).is_alone


def test_curly_marks() -> None:
    """Typographic apostrophes and quotation marks make no difference."""
    for text in ("Don't miss", "Editor's note: this story has been updated", 'The "ferry" sank.'):
        curly = text.replace("'", "’").replace(' "', " “").replace('"', "”")
        assert evidence_of(curly) == evidence_of(text)


def test_every_rule_gives_its_reason() -> None:
    """A rule is tried by its words, has a pattern or a closed list, and tells the reader why."""
    for rule in RULES:
        assert rule.words
        assert rule.words == {word.lower() for word in rule.words}
        assert (rule.pattern is None) == bool(rule.only)
        assert rule.reason
        assert rule.weight > 0


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_any_line(text: str) -> None:
    """Whatever the line: what speaks for boilerplate has a reason."""
    evidence = evidence_of(text)

    assert evidence.value <= 0 or evidence.reason
    assert not evidence.is_alone or evidence.value > 0
