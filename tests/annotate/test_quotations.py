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
            "“The bridge is shut, – has declared the head of the union Ann Lane. – It stays shut”.",
            ["The bridge is shut", "It stays shut"],
            "has declared", "the head of the union Ann Lane",
        ),
        (
            "“The bridge is shut,” she told the Courier. “It stays shut.”",
            ["The bridge is shut,", "It stays shut."], "told", "she",
        ),
        (
            "“It is late,” Ann Lane, speaking in Karsa, said.",
            ["It is late,"], "said", "Ann Lane",
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


def test_note_of_the_desk() -> None:
    """What an outlet says of its own article is no speaker's turn."""
    text = "The two met.\n\nCORRECTION: An earlier version named the wrong bridge. It was mended."

    assert not annotate(text).quotations


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
        "She said on “Good Morning Harlau” that the road was long.",
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
        (
            ("The newspaper Harlau Dagblad reported that boats had met at sea.\n\nThe report said "
            "the smuggling took place at night."),
            "the smuggling", "Harlau Dagblad",
        ),
        (
            ("A couple died, according to a statement from Rabbi Jonas Blik in Scarsdal.\n\n“It "
            "hits our town hard,” the statement said."),
            "It hits", "Rabbi Jonas Blik",
        ),
        (
            ("A statement from the Safety Ministry said ten people were aboard the plane of Norrin "
            "Lines. It said the plane had taken off near Yeosta."),
            "the plane had", "Safety Ministry",
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


@pytest.mark.parametrize(
    ("text", "part", "source"),
    [
        (
            "Ann Lane raised the tax in 2016, and last month threatened to leave the town.",
            "to leave", "Ann Lane",
        ),
        ("Lane has left and has vowed to return.", "to return", "Lane"),
        ("Lane was booed and was urged to resign.", "to resign", None),
    ],
)  # fmt: skip
def test_shared_subject(text: str, part: str, source: str | None) -> None:
    """A cue that shares its verb's subject has that source; a passive one has none."""
    quotation = find(text, part)

    assert (None if quotation.source is None else quotation.source.of(text)) == source


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        # What is expected of Lane is nobody's word that the article names.
        ("Lane is expected to win on Sunday.", None, ["Lane", "to win on Sunday"]),
        ("The union was asked to leave the port.", None, ["The union", "to leave the port"]),
        ("Roe was told that the bridge was shut.", None, ["that the bridge was shut"]),
        ("Roe is convinced that it will rain.", "Roe", ["that it will rain"]),
        ("Roe was quoted as saying that it was late.", "Roe", ["that it was late"]),
    ],
)
def test_raised_subject(text: str, source: str | None, content: list[str]) -> None:
    """The subject of a passive cue is no source; it is of the content of an infinitive."""
    (quotation,) = annotate(text).quotations
    assert (quotation.source and quotation.source.of(text)) == source
    assert words(quotation, text) == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("He admired the plan, which Lane called “a mess”.", ["which", "a mess"]),
        ("The bridge, in which Lane said cracks were found, was shut.", ["cracks were found"]),
    ],
)
def test_relative_before_the_tag(text: str, content: list[str]) -> None:
    """A relative pronoun before a tag is of what it reports, unless it says when or where."""
    assert content in [words(q, text) for q in annotate(text).quotations]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Instead, Lane said, “the bridge was shut in May.”",
            ["Instead", "the bridge was shut in May."],
        ),
        (
            "When the rule is in force, Dr. Roe added, “it will at least feel like you’re out.”",
            ["When the rule is in force", "it will at least feel like you’re out."],
        ),
        (
            "Asked about the ferry, Lane said, “It was late, and nobody came.”",
            ["It was late, and nobody came."],
        ),
        ("As for the ferry, he said: “It would sink.”", ["It would sink."]),
        (
            "She jumped when she heard the bang, one survivor recalled. “It was dark,” Roe said.",
            ["She jumped when she heard the bang"],
        ),
        (
            "Lane followed up with a word on his job: “There is just a ton of it,” he said.",
            ["There is just a ton of it,"],
        ),
    ],
)
def test_lead(text: str, content: list[str]) -> None:
    """What begins the sentence is quoted where the words in marks go on with it."""
    assert content in [words(q, text) for q in annotate(text).quotations]


@pytest.mark.parametrize(
    ("text", "part", "source", "via"),
    [
        (
            "The newspaper Harlau Dagblad, quoting two officials, reported that boats had met.",
            "that boats", "two officials", ["Harlau Dagblad"],
        ),
        (
            "The South Korean newspaper Ilbo Harlau, citing sources, said that boats had met.",
            "that boats", "sources", ["Korean newspaper Ilbo Harlau"],
        ),
        (
            "Boats had met at sea, Reuters reported on Friday, citing two security sources.",
            "Boats had", "two security sources", ["Reuters"],
        ),
        (
            "Ann Lane, citing the police, said that it was late.",
            "that it was", "Ann Lane", [],
        ),
        (
            "The ministry said that the port was shut, citing safety concerns.",
            "that the port", "The ministry", [],
        ),
    ],
)  # fmt: skip
def test_cited(text: str, part: str, source: str, via: list[str]) -> None:
    """Whom an outlet cites is the source, the outlet the way; a person's grounds are neither."""
    quotation = find(text, part)

    assert quotation.source is not None
    assert quotation.source.of(text) == source
    assert [one.span.of(text).split(maxsplit=2)[-1] for one in quotation.via] == via


NESTED = (
    "Ann Lane is mayor. “The minister told us that the dam would hold, and they said ‘not before "
    "Friday’ to me. I think that is late,” Lane said."
)


def test_nested_inside_marks() -> None:
    """What a quoted person reports of another is the other's, told through the quoted person."""
    outer, inner = find(NESTED, "The minister told us"), find(NESTED, "that the dam")

    assert (outer.kind, inner.kind) == ("direct", "indirect")
    assert inner.speaker_name == "The minister"
    assert [via.name for via in inner.via] == ["Lane"]
    assert not inner.content[0].is_quoted


def test_own_thoughts_are_not_nested() -> None:
    """“I think” inside a quotation is told by nobody else."""
    sources = {q.source.of(NESTED) for q in annotate(NESTED).quotations if q.source is not None}

    assert "I" not in sources


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            ("“We had floods before,” Lane said after meeting the minister, who had come from the "
            "capital by train that morning and stayed for the night in a small hotel by the river "
            "without any luggage at all. “We stay.”"),
            ["We had floods before,", "We stay."],
        ),
        (
            ("“They are slow,” Quina Jonas, 25, said as she and hundreds of others moved through "
            "the town. “We are not going to stop.”"),
            ["They are slow,", "We are not going to stop."],
        ),
        (
            "“We had floods before,” Lane said. He did not suggest leaving. “We stay.”",
            ["We had floods before,", "We stay."],
        ),
        (
            ("“It is late,” said Donal Orr, summing up talks that went beyond safety to wealth, "
            "migration and a host of other things. “People are worried.”"),
            ["It is late,", "People are worried."],
        ),
    ],
)  # fmt: skip
def test_goes_on_in_the_paragraph(text: str, content: list[str]) -> None:
    """What a speaker says further on in a paragraph is of one quotation, the tag is of none."""
    assert words(find(text, content[0]), text) == content


@pytest.mark.parametrize(
    ("text", "part", "speaker"),
    [
        (
            ("The town is quiet, the Castle said on Friday.\n\n“It is deeply worried over more "
            "floods, which can lead to hunger.”"),
            "It is deeply", "Castle",
        ),
        (
            "Yosef Nator, 77, opposed the idea. “The promise not to build has kept the town safe.”",
            "The promise", "Yosef Nator",
        ),
    ],
)  # fmt: skip
def test_speaker_of_the_sentence_before(text: str, part: str, speaker: str) -> None:
    """A quotation without a tag is of whom the sentence before reports."""
    assert find(text, part).speaker_name == speaker


def test_signpost() -> None:
    """A line that announces whose words follow tells their source."""
    text = (
        "The ship was seized.\n\nFrom the Valley Post:\n\n“The ship was chartered by a company of "
        "Harlau and had visited the port before.”"
    )
    quotation = find(text, "The ship was chartered")

    assert quotation.source is not None
    assert quotation.source.of(text) == "Valley Post"


def test_tag_that_the_network_doubts() -> None:
    """Beside quotation marks a known word of reporting is enough."""
    text = (
        "On Thursday Ann Lane tweeted: “Caught RED HANDED — very disappointed that they are "
        "allowing oil to go into the lake.”"
    )
    assert find(text, "Caught RED").speaker_name == "Ann Lane"


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        (
            ("“The bridge is shut,” Ann Lane said.\n\nIt rained.\n\nIt snowed.\n\nIt froze.\n\n"
            "“We were never told what the bridge had cost the town.”"),
            ["Ann Lane"],
        ),
        ("The findings suggest that the bridge was safe, Ann Lane said.", []),
    ],
)  # fmt: skip
def test_candidates(text: str, candidates: list[str]) -> None:
    """Where the speaker can't be told, those who speak near are kept as candidates."""
    found = annotate(text)
    names = {chain.id: chain.name for chain in found.chains}

    unknown = [q for q in found.quotations if q.chain is None]

    assert [names[chain] for q in unknown for chain in q.candidates] == candidates
    assert all(not q.candidates for q in found.quotations if q.chain is not None)


@pytest.mark.parametrize(
    ("text", "is_clause"),
    [
        ("Ann Lane warned of floods in the town.", False),
        ("Ann Lane demanded a ban on boats.", False),
        ("Ann Lane said that it was late.", True),
        ("Ann Lane pledged to go.", True),
        ("Ann Lane denied breaking the dam.", True),
        ("Ann Lane said: “A ban on boats!”", True),
    ],
)
def test_is_clause(text: str, is_clause: bool) -> None:
    """What is only named, not said of something, is marked; words in marks count as they are."""
    (quotation,) = annotate(text).quotations

    assert quotation.is_clause is is_clause


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            ("Ann Lane, who was in Harlau, told reporters on Friday that the talks in Tessmouth "
            "had failed."),
            ("reporters", None, "Friday"),
        ),
        (
            ("“It is late,” Lane said in an interview with Radio Veloria on Monday, speaking from "
            "London."),
            ("Radio Veloria", "London", "Monday"),
        ),
        ("“We go,” she said to the council in Paris.", ("the council", "Paris", None)),
        ("On Thursday, Lane said in Berlin that she would stay.", (None, "Berlin", "Thursday")),
        (
            "Lane, speaking to reporters in Berlin on Monday, said she would stay.",
            ("reporters", "Berlin", "Monday"),
        ),
        ("Lane told reporters about Sunday's vote: “It was fair.”", ("reporters", None, None)),
        ("“We stay,” Lane said in support of Berlin.", (None, None, None)),
        ("Lane told reporters, tears in her eyes: “Go.”", ("reporters", None, None)),
        (
            "Speaking in Berlin on Monday, she told members of the council: “Go.”",
            ("members of the council", "Berlin", "Monday"),
        ),
        ("Lane said after the talks in Paris on Monday that she would stay.", (None, None, None)),
        ("According to Lane, the dam broke in Rome on Monday.", (None, None, None)),
    ],
)  # fmt: skip
def test_circumstances(text: str, told: tuple[str | None, ...]) -> None:
    """To whom, where and when is told beside the cue, not in another clause or in what is said."""
    (quotation,) = annotate(text).quotations

    spans = (quotation.hearer, quotation.place, quotation.time)

    assert tuple(None if span is None else span.of(text) for span in spans) == told


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
