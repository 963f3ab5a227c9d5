"""Who said what in one article: words, cue, source, speaker."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import make_article

from variorum.annotate.annotators import annotate_article
from variorum.annotate.language import load_language
from variorum.model.annotation import Annotations, Quotation


def annotate(text: str) -> Annotations:
    return annotate_article(make_article(text), load_language())


def words(quotation: Quotation, text: str) -> list[str]:
    return [" ".join(run.span.of(text).split()) for run in quotation.content]


def find(text: str, part: str) -> Quotation:
    """Return the quotation that begins with ``part``, the innermost if several do."""
    found = [q for q in annotate(text).quotations if words(q, text)[0].startswith(part)]
    assert found, [words(q, text) for q in annotate(text).quotations]
    return min(found, key=lambda q: sum(len(run.span) for run in q.content))


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        (
            "“The bridge is shut,” Mayor Ann Lane said on Monday.",
            ["The bridge is shut,"], "said", "Mayor Ann Lane",
        ),
        (
            '"The bridge is shut," said Ann Lane.',
            ["The bridge is shut,"], "said", "Ann Lane",
        ),
        (
            "Ann Lane said: “The bridge is shut. It stays shut.”",
            ["The bridge is shut. It stays shut."], "said", "Ann Lane",
        ),
        (
            "“The bridge is shut,” said Ann Lane, the mayor, “and it stays shut.”",
            ["The bridge is shut,", "and it stays shut."], "said", "Ann Lane, the mayor",
        ),
        (
            "“The bridge is shut, – said Ann Lane. – It stays shut”.",
            ["The bridge is shut", "It stays shut"], "said", "Ann Lane",
        ),
        (
            "“The bridge is shut,” she told the Courier. “It stays shut.”",
            ["The bridge is shut,", "It stays shut."], "told", "she",
        ),
        (
            "“They packed us in,” Jon Varga, whose brother is missing, shouted.",
            ["They packed us in,"], "shouted", "Jon Varga, whose brother is missing",
        ),
    ],
)  # fmt: skip
def test_direct(text: str, content: list[str], cue: str, source: str) -> None:
    """Words in marks have the speaker tag before, after or between them, in every style."""
    quotation = find(text, content[0])
    assert quotation.kind == "direct"
    assert words(quotation, text) == content
    assert quotation.cue is not None
    assert quotation.cue.of(text) == cue
    assert quotation.source is not None
    assert quotation.source.of(text) == source


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("The mayor said that the bridge was shut.", "that the bridge was shut", "The mayor"),
        (
            "According to police, two men fled the scene.",
            "two men fled the scene", "police",
        ),
        ("The bridge is shut, the ministry said.", "The bridge is shut", "the ministry"),
        (
            "According to its spokesman, Tobias Wren, the ship was sound.",
            "the ship was sound", "its spokesman, Tobias Wren",
        ),
    ],
)  # fmt: skip
def test_indirect(text: str, content: str, source: str) -> None:
    """Reported clauses are quotations without marks."""
    quotation = find(text, content)
    assert quotation.kind == "indirect"
    assert words(quotation, text) == [content]
    assert quotation.source is not None
    assert quotation.source.of(text) == source


def test_mixed() -> None:
    """Words in marks inside a reported clause are one quotation with it, cut at the marks."""
    text = "The envoy said that the truce was “a reward for conquest” and must end."
    quotation = find(text, "that the truce")
    assert quotation.kind == "mixed"
    assert [(run.span.of(text).strip(), run.is_quoted) for run in quotation.content] == [
        ("that the truce was", False),
        ("a reward for conquest", True),
        ("and must end", False),
    ]


def test_turn() -> None:
    """A paragraph of a transcript is its speaker's, all its sentences."""
    text = (
        "The two met on Monday.\n\nANN LANE: The bridge is shut. It stays shut.\n\nThe hour ended."
    )
    quotation = find(text, "The bridge is shut")
    assert words(quotation, text) == ["The bridge is shut. It stays shut."]
    assert quotation.kind == "direct"
    assert quotation.source is not None
    assert quotation.source.of(text) == "ANN LANE"


def test_over_paragraphs() -> None:
    """A quotation opened anew in each paragraph and closed in the last is one."""
    text = (
        "“The children ask whether the ceiling will fall,” said Yusra Halim, a surgeon. “I have "
        "no answer.\n\n“I tell them no. I do not know if that is a lie.”"
    )
    quotation = find(text, "The children ask")
    assert len(quotation.content) == 3
    assert words(quotation, text)[-1] == "I tell them no. I do not know if that is a lie."


def test_bracketed_insertion() -> None:
    """What an editor inserts in brackets stays inside the quotation."""
    text = "“They [the owners] knew it. <...> They knew,” said Olaf Brandt."
    assert words(find(text, "They"), text) == ["They [the owners] knew it. <...> They knew,"]


def test_quotation_inside_a_quotation() -> None:
    """Marks inside marks do not end the outer quotation."""
    text = "“He told me, ‘There is no more money,’ and showed me the door,” said Dolores Quint."
    outer = find(text, "He told me")
    assert words(outer, text) == ["He told me, ‘There is no more money,’ and showed me the door,"]
    assert outer.speaker_name == "Dolores Quint"


@pytest.mark.parametrize(
    "text",
    [
        "The ferry “Orla Maid” sank off Karsa on Monday.",
        "She wrote the novel “The Long Road to Harlau” in 2019.",
        "The so-called “moderate opposition” left the town.",
        'He bought a 12" pipe and a 5\'10" ladder for the harbour.',
        "The nurses' union and the company's office were shut.",
    ],
)
def test_no_quotation(text: str) -> None:
    """Names, titles, scare quotes, inches and apostrophes are no quotations."""
    assert [q for q in annotate(text).quotations if q.kind != "indirect"] == []


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        (
            "Ann Lane shut the bridge on Monday. “It was not safe,” she said.",
            "It was not safe", "Ann Lane",
        ),
        (
            "Foreign Minister Sergo Ladanov met reporters. “We talked,” the minister said.",
            "We talked", "Sergo Ladanov",
        ),
        (
            "She added, “It is a reward for conquest.” “There is no excuse,” Maud Perrin said.",
            "It is a reward", "Maud Perrin",
        ),
        (
            "Dolores Quint said: “We walk.”\n\nLena Torvald calmed them. “We can,” she said.",
            "We can", "Lena Torvald",
        ),
        (
            "Ann Lane wept. A spokesman for Norrin Lines said that the ship was sound.",
            "that the ship", "Norrin Lines",
        ),
    ],
)  # fmt: skip
def test_speaker(text: str, part: str, speaker: str) -> None:
    """Pronouns, also before the name, and titles lead to whoever they stand for."""
    assert find(text, part).speaker_name == speaker


def test_via() -> None:
    """Through whom words reached the article is kept, and the words stay their speaker's."""
    text = (
        "Sergo Ladanov met reporters. According to Ladanov, Joan Kersey “said that she was "
        "troubled by the attacks”."
    )
    quotation = find(text, "that she was troubled")
    assert quotation.speaker_name == "Joan Kersey"
    assert [via.name for via in quotation.via] == ["Ladanov"]


def test_addressee_is_no_source() -> None:
    """“Told the Post” names who heard it, not who said it."""
    text = "“I voted for it,” Jette Moll, a nurse for 26 years, told the Evening Post."
    quotation = find(text, "I voted")
    assert quotation.speaker_name == "Jette Moll"


def test_unbalanced_marks() -> None:
    """A mark that is never closed does not swallow the article."""
    text = "“The bridge is shut, said Ann Lane.\n\n" + "The road is open today.\n\n" * 30
    longest = max(
        (len(run.span) for q in annotate(text).quotations for run in q.content), default=0
    )
    assert longest < 60


@given(st.text(alphabet="ab “”\"'‘’«»—–-,.:;\n[]<>()!? said", max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text(text: str) -> None:
    """Whatever the marks, spans lie in the text, in order, and hold more than white space."""
    for quotation in annotate(f"Ann Lane said. {text}").quotations:
        whole = f"Ann Lane said. {text}"
        spans = [run.span for run in quotation.content]
        assert spans == sorted(spans)
        assert all(0 <= s.start < s.end <= len(whole) and s.of(whole).strip() for s in spans)


def test_hundred_thousand_marks() -> None:
    """A text of nothing but marks costs bounded time."""
    assert len(annotate("“" * 50_000 + "”" * 50_000).quotations) <= 1


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The nurses, Ann Lane said, had not walked out on their patients.",
            ["The nurses", "had not walked out on their patients"],
        ),
        (
            "Ann Lane had said that the beds were covered, a spokesman said; reports were wrong.",
            ["that the beds were covered"],
        ),
    ],
)
def test_clauses_end_where_the_outlet_speaks(text: str, content: list[str]) -> None:
    """What stands before a tag between commas is reported too, another tag's words are not."""
    found = [words(quotation, text) for quotation in annotate(text).quotations]

    assert content in found


@pytest.mark.parametrize(
    "text", ["Nobody on Karsa can say how many were on board.", "The union has not said whether."]
)
def test_silence(text: str) -> None:
    """Who says nothing is not quoted."""
    assert not annotate(text).quotations


def test_silence_of_another_verb() -> None:
    """A question is one, whatever its asker had not done."""
    text = "Ann Lane, who was not there, asked why the ferry had sunk."

    assert find(text, "why the ferry").cue is not None
