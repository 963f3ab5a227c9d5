from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.annotate.sentences import iter_starts

QUOTED = [
    "“We left at noon.” |The harbour was empty.",
    "“We left. |The sea was calm,” Ann Lane said. |She slept.",
    '"It sank," said the mayor. |"Nobody knows why."',
    "«It sank», – said the mayor. |«Nobody knows why».",
    "„It sank“, said the mayor. |„Nobody knows why.“",
    "‘It sank,’ said the mayor. |‘Nobody knows why.’",
    "''It sank,'' said the mayor. |''Nobody knows why.''",
    "She said: “He told me ‘it sank.’” |Then she left.",
    "“Why did it sink?” asked the mayor. |Nobody knew.",
    "“Why did it sink?” Ann Lane asked. |Nobody knew.",
    "“Bring them home!” Mr. Lane told reporters on Monday. |He wept.",
    "“Why did it sink?” |Ann Lane said the owner knew.",
    "“It sank.” he added. |Nobody knew why.",
    '" It sank. " |The mayor left.',
    "He left. |(The mayor had gone before.) |She stayed.",
    "“We were saved by fishermen.” — Ann Lane",
]
DATELINES = [
    "BEIRUT (Reuters) - |The ferry sank off Karsa. |All were saved.",
    "KARSA, March 4 (Meridian) — |The ferry sank.",
    "NORTH KARSA – |The ferry sank.",
    "KARSA/VELORIA (Meridian) -- |The ferry sank.",
    "ST. OLAF, Vel. (MP) — |The ferry sank.",
    "KARSA is a port - a small one. |It has a ferry.",
]
ABBREVIATIONS = [
    "Mr. Lane and Dr. Roe met Gen. Varga. |They spoke of St. Olaf.",
    "He wrote to Sen. Lane, then-Gov. Roe and the Revs. Olaf and Dahl. |Nobody wrote back.",
    "The ferry belongs to Orla Lines Inc. said the mayor.",
    "The ferry belongs to Orla Lines Inc. |The mayor rents it.",
    "Orla Ltd. Chairman Jon Dahl resigned.",
    "It is Lane vs. Roe in the final. |It begins at 9 p.m. |The hall is full.",
    "It left at 9 a.m. Monday. |It sank at 10 a.m. (0900 GMT) on the reef.",
    "The U.S. Navy sent a ship. |It came from the U.S. |The crew rested.",
    "See No. 5 and Figs. 3 to 7 on p. 12. |Was it? |No. |It was not.",
    "They were ill. |Many slept.",
    "He lives in Elko, Nev. |Ann Lane does not. |The Elko, Nev. – based firm closed.",
    "On Feb. 3 the ferry sank, e.g. off Karsa, i.e. at sea. |Nobody knows why.",
    "Ships, boats, etc. |They all sank.",
    "She told Yahoo! News that it sank. |Wow! |News came late.",
    "Sen. Ann Lane (D-Vel.) |The vote was close.",
]
INITIALS = [
    "J. R. Dahl met Ann B. Lane. |He left.",
    "Ann B. (Bee) Lane won.",
    "J.R. Dahl left.",
    "He chose plan B. |The mayor did not.",
    "“Neither do I. |Lane should know.”",
    "It was the mayor’s. |Lane’s was older.",
]
LISTS = [
    "1. The ferry was old.",
    "The demands are: 1. The ferry must be raised. |2. The owner must pay.",
    "a) The ferry was old.",
    "• The ferry was old. |• The crew was young.",
    "The ferry was old. |- The crew was young.",
    "It began in 1971. [1] [2] |It ended soon. [3]",
]
ODD = [
    "Ferry sinks off Karsa",
    "Ferry sinks off Karsa – mayor",
    "Why? |How? |Nobody knows…",
    "It sank… |Nobody knows why.",
    "It is … a shame.",
    "It sank. |... Nobody knows why.",
    "It is about ... 150 miles.",
    "It cost 1.2 million. |$90 is too much. |#Karsa weeps.",
    "Read it all. |https://karsa.example/ferry",
    "Write to Ann.Lane@karsa.example or see www.Karsa.example today.",
    "It sank off Karsa.|The crew was saved.”|Ann Lane left.",
]
TRANSLATED = [
    "The ferry sank in the evening. |the source said that all are saved.",
    "Fighters of the group left. |al-Nahra Front took the town. |el-Said was seen.",
    "The town is taken. |bin Said was seen there.",
    "The phone was found. |iPhone and eBay are known.",
    "“The ferry, – he noted, – is old”. |The Minister added that it is “not new”.",
    "“We will raise it”, — said the Minister. |— He left.",
    "“We will raise it. – he added. |– In spring”.",
    "It is noted, that the ferry sank. |According to the Ministry, 12 persons are missing.",
    "\ufffdThe ferry sank. |\ufffdThe crew was saved.",
]


@pytest.mark.parametrize(
    "marked",
    [*QUOTED, *DATELINES, *ABBREVIATIONS, *INITIALS, *LISTS, *ODD, *TRANSLATED],
)
def test_starts(marked: str) -> None:
    """A sentence begins where ``|`` stands, and nowhere else."""
    sentences = marked.split("|")
    places = [sum(map(len, sentences[:n])) for n in range(len(sentences))]

    assert list(iter_starts("".join(sentences))) == places


PIECES = st.sampled_from(
    [*"Aa1.!?…,\"“”‘’'«»()[]-— \n", "Mr. ", "U.S. ", "al-", ". ", "said ", "\u200f"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text(text: str) -> None:
    """Whatever the text, starts ascend, begin at 0, and stand before what is not blank."""
    starts = list(iter_starts(text))

    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(text[at : at + 1].strip() for at in starts[1:])
