"""What one outlet says of itself and another lays to those whom it cites is one statement."""

from __future__ import annotations

import json
from pathlib import Path

from variorum.api import make_store_edition, open_store, read_inputs
from variorum.present.index import EditionIndex

BARE = "The newspaper Harlau Dagblad reported that tankers had moved oil at sea thirty times."
CITING = (
    "The newspaper Harlau Dagblad, citing two officials, reported that ships met in the strait "
    "thirty times to hand over oil."
)
BACKGROUND = "\n\nThe tankers of the Tess Strait carry oil from Veloria to Harlau each week."


def test_readings_of_a_cited_source(tmp_path: Path) -> None:
    """The officials whom an outlet cites, and that outlet, are no two speakers."""
    table = tmp_path / "rows.jsonl"
    rows = [
        {"id": str(number), "outlet": outlet, "published": "2031-05-04", "text": text + BACKGROUND}
        for number, (outlet, text) in enumerate((("Courier", BARE), ("Lantern", CITING)))
    ]
    table.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    with open_store(None) as store:
        read_inputs([str(table)], store)
        index = EditionIndex(make_store_edition(store))

    (account,) = index.accounts
    (statement,) = index.iter_shared(account)
    told = [index.quotations[reading.quotation or ""][1] for reading in statement.readings]

    assert {quotation.speaker_name for quotation in told} == {"Harlau Dagblad", "two officials"}
