from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st
from told import analyse, chain_named, link, quote, words_of

from variorum.annotate.coreference import link_mentions


def test_surnames_and_pronouns_follow_the_full_name() -> None:
    """A surname alone and "he" are the person named in full before."""
    text = (
        "Norwegian Foreign Minister Sergei Branov met reporters in Oslo. "
        "Branov was late. He left soon."
    )

    assert words_of(link(text), text, "Sergei Branov") == [
        "Norwegian Foreign Minister",
        "Sergei Branov",
        "Branov",
        "He",
    ]


def test_descriptions_follow_roles() -> None:
    """A description finds the person whose title it fits, not another."""
    text = (
        "Norwegian Foreign Minister Sergei Branov met U.S. Secretary of State John Merrow.\n"
        "The minister smiled. The Norwegian diplomat left early. "
        "Norway's top diplomat was tired."
    )
    words = words_of(link(text), text, "Sergei Branov")

    assert words[-3:] == ["The minister", "The Norwegian diplomat", "Norway's top diplomat"]


def test_acronyms_stated_in_brackets_are_the_name() -> None:
    """A group and the acronym stated after it are one chain."""
    text = "The Free Harbour Front (FHF) took the town. The FHF then left."

    assert words_of(link(text), text, "Free Harbour Front") == ["Free Harbour Front", "FHF", "FHF"]


def test_renamings_join_both_names() -> None:
    """A text that says who changed its name makes one chain of both names."""
    text = "The al-Qamar Front, which changed its name to Jabhat Bahr al-Nur, left the town."
    annotations = link(text)
    chains = {mention.chain for mention in annotations.mentions if mention.form == "name"}

    assert len(chains) == 1
    assert annotations.chains[0].keys == ("bahr nur", "kamar")


def test_half_a_country_is_the_country() -> None:
    """The North is North Korea where the article names no other country of the north."""
    text = "North Korea tested a missile. The North denied it."
    assert words_of(link(text), text, "North Korea") == ["North Korea", "North"]

    text = "North Korea met North Macedonia in Oslo. The North denied it."
    assert "North" not in words_of(link(text), text, "North Korea")


def test_misspelt_surnames_find_their_bearer() -> None:
    """A surname that machine translation spelt anew is the person named often."""
    text = (
        "Sergei Branov spoke in Oslo. Branov was late. "
        "The suburbs, according to Branowe, are quiet. Then Branov left."
    )

    assert "Branowe" in words_of(link(text), text, "Sergei Branov")


def test_a_spouse_is_not_the_bare_surname() -> None:
    """A bare surname means who holds the office, not the spouse named in full."""
    text = (
        "President Keltner spoke on Monday. First lady Maria Keltner stood beside him.\n"
        "Keltner then left for Oslo."
    )
    annotations = link(text)

    assert words_of(annotations, text, "Maria Keltner")[-1] != "Keltner"
    assert words_of(annotations, text, "Keltner").count("Keltner") == 2


def test_a_pronoun_may_stand_before_its_name() -> None:
    """Who "added" is named only at the end of the paragraph."""
    text = (
        "Oslo’s envoy Sergei Branov was angry. “It is over.” She added, “We have seen it all.” "
        "Adding, “Nobody helps,” Samantha Tilbeck said."
    )
    added = quote(text, "We have seen it all.", "She", "added", after=text.index("She"))
    said = quote(text, "Nobody helps,", "Samantha Tilbeck")
    annotations = link(text, (added, said))

    assert [quotation.speaker_name for quotation in annotations.quotations] == [
        "Samantha Tilbeck",
        "Samantha Tilbeck",
    ]


def test_i_is_the_speaker() -> None:
    """The first person inside a quotation is who is quoted."""
    text = "“I was never there,” said Maria Tilbeck, a teacher."
    quotation = quote(text, "I was never there,", "Maria Tilbeck, a teacher")

    assert "I" in words_of(link(text, (quotation,)), text, "Maria Tilbeck")


def test_he_inside_a_quotation_is_somebody_else() -> None:
    """Nobody calls himself "he": the speaker is not the antecedent."""
    text = "Sergei Branov met Robert Keltner. “He was late,” said Keltner."
    quotation = quote(text, "He was late,", "Keltner", after=text.index("said"))

    assert "He" in words_of(link(text, (quotation,)), text, "Sergei Branov")


def test_relatives_are_not_the_speaker() -> None:
    """The source is the head of its words, not the one by whom it is told who she is."""
    text = "“We are in shock,” said Bruce Keltner’s sister, Tamara Tilbeck."
    source = "Bruce Keltner’s sister, Tamara Tilbeck"
    (quotation,) = link(text, (quote(text, "We are in shock,", source),)).quotations

    assert quotation.speaker_name == "Tamara Tilbeck"


def test_unnamed_sources_stay_unnamed() -> None:
    """A source without a name has a chain of its own and keeps its words."""
    text = "Sergei Branov left. “It was a mistake,” two people briefed on the plan said."
    source = "two people briefed on the plan"
    annotations = link(text, (quote(text, "It was a mistake,", source),))
    (quotation,) = annotations.quotations
    (chain,) = [chain for chain in annotations.chains if chain.id == quotation.chain]

    assert quotation.speaker_name == source
    assert not chain.is_named


def test_an_unnamed_spokesperson_speaks_for_the_institution() -> None:
    """A spokesman without a name is quoted for the ministry."""
    text = "“No comment,” said a spokesman for the Harbour Safety Ministry."
    source = "a spokesman for the Harbour Safety Ministry"
    (quotation,) = link(text, (quote(text, "No comment,", source),)).quotations

    assert quotation.speaker_name == "Harbour Safety Ministry"


def test_roles_and_keys_are_told() -> None:
    """A chain carries its roles and the folded key of its surname."""
    chain = chain_named(link("Norwegian Foreign Minister Sergey Branov left."), "Sergey Branov")

    assert chain.keys == ("branov",)
    assert chain.roles == ("norwegian foreign minister",)


def test_it_may_be_a_thing() -> None:
    """A thing takes its pronouns in; one without a pronoun is no mention."""
    text = "Maria Tilbeck bought a new boat and a map. She painted the boat. It sank in May."
    annotations = link(text)

    assert words_of(annotations, text, "a new boat") == ["a new boat", "the boat", "It"]
    assert "a map" not in [mention.span.of(text) for mention in annotations.mentions]


def test_links_tell_how_likely_they_are() -> None:
    """A name is certain, a pronoun as likely as the ranker holds it to be."""
    text = "Maria Tilbeck met Sergei Branov. She smiled."
    annotations = link(text)
    confidence = {one.span.of(text): one.confidence for one in annotations.mentions}

    assert confidence["Maria Tilbeck"] == 1.0
    assert 0.5 < confidence["She"] < 1.0


def test_short_verbs_leave_the_pronoun() -> None:
    """A verb that is joined to "she" is no part of it."""
    text = "Maria Tilbeck was tired. She’d rowed all night, and she's proud."

    assert words_of(link(text), text, "Maria Tilbeck")[1:] == ["She", "she"]


def test_body_that_only_others_told_of() -> None:
    """“The government said” is not the foreign one that a quoted person spoke of."""
    text = (
        "“It was brokered by the Norwegian government,” Maria Tilbeck said. "
        "The girls were freed, the government said."
    )
    told = [quote(text, "It was brokered by the Norwegian government", "Maria Tilbeck")]
    told.append(quote(text, "The girls were freed", "the government", after=60))

    found = link(text, told)
    names = {chain.id: chain.name for chain in found.chains}

    assert names[found.quotations[1].chain or ""] == "the government"


SENTENCES = (
    "Sergei Branov said so. ",
    "He left. ",
    "The minister agreed.\n",
    "Mr. Branov and FHF met. ",
    "“I know,” she said. ",
    "the Free Harbour Front (FHF) ",
    "A B C. ",
    "\n",
    "\U0001f600 ",
    "it ",
)


@given(st.lists(st.sampled_from(SENTENCES), max_size=14))
@settings(max_examples=40, deadline=None)
def test_every_mention_has_its_chain(parts: list[str]) -> None:
    """Every mention's chain exists, every chain has a mention, ids are unique."""
    mentions, chains, _ = link_mentions(analyse("".join(parts)), ())
    ids = [chain.id for chain in chains]

    assert len(set(ids)) == len(ids)
    assert {mention.chain for mention in mentions} == set(ids)


def test_time_grows_with_the_text_alone() -> None:
    """Twice the text takes about twice the time: nothing compares all pairs of mentions."""
    unit = "Sergei Branov{} met the group in Oslo. He said the minister would stay.\n"

    def seconds(n: int) -> float:
        analysis = analyse("".join(unit.format(chr(97 + i % 26) * (i % 5)) for i in range(n)))
        start = time.process_time()
        link_mentions(analysis, ())
        return time.process_time() - start

    seconds(50)
    assert seconds(1_600) < 8 * max(seconds(400), 0.02)
