"""Finds the strings of the examples' gold in their articles and writes their offsets.

    python eval/gold/build.py [--check]

`<event>.src.json` is what a person edits: annotations as exact strings. `<event>.json` is the same
with offsets into `Article.text`, in the format of the development events' gold; articles are named
by their path below `examples/`, rows by `path#id`. `after` says from where on to look for a string
that an article has twice; cue and source are whole words, taken where the two stand closest to the
content and to each other.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from itertools import product
from pathlib import Path
from typing import Any

from variorum.clean import clean_page
from variorum.ingest import IngestOptions, iter_pages
from variorum.model.article import Failure

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"

Json = dict[str, Any]


def load_texts() -> dict[str, str]:
    """Return the articles' texts by the name that the gold gives them."""
    texts = {}
    for page in iter_pages([str(EXAMPLES)], IngestOptions()):
        if not isinstance(page, Failure):
            name = f"{page.path}#{page.input_id}" if page.row is not None else str(page.path)
            texts[name] = clean_page(page).text
    return texts


def build(source: Json, texts: dict[str, str]) -> Json:
    """Return the gold with offsets.

    Raises:
        ValueError: If a string does not stand in its article.
    """
    made = dict(source)
    made["quotations"] = [_quotation(row, texts[row["article"]]) for row in source["quotations"]]
    made["figures"] = [_figure(row, texts[row["article"]]) for row in source["figures"]]
    made["labels"] = [_figure(row, texts[row["article"]]) for row in source.get("labels", [])]
    return made


def _quotation(row: Json, text: str) -> Json:
    spans = []
    start = text.index(row["after"]) if row.get("after") else 0
    for words in row["content"]:
        span = _find(text, words, start, row)
        spans.append(span)
        start = span["end"]
    made = {key: value for key, value in row.items() if key != "after"}
    pairs = product(_find_all(text, row["cue"], row), _find_all(text, row["source"], row))
    cue, said_by = min(pairs, key=lambda pair: _spread(text, spans, *pair))
    return made | {"content": spans, "cue": cue, "source": said_by}


def _figure(row: Json, text: str) -> Json:
    after = row.get("after")
    start = _find(text, after, 0, row)["end"] if after else 0
    made = {key: value for key, value in row.items() if key not in {"after", "text"}}
    return made | _find(text, row["text"], start, row)


def _find(text: str, words: str, start: int, row: Json) -> Json:
    at = text.find(words, start)
    if at < 0:
        raise ValueError(f"{row['article']}, {row.get('id', 'label')}: no {words!r}")
    return {"start": at, "end": at + len(words), "text": words}


def _find_all(text: str, words: str | None, row: Json) -> list[Json | None]:
    if words is None:
        return [None]
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    places = [match.span() for match in whole.finditer(text)]
    if not places:
        raise ValueError(f"{row['article']}, {row['id']}: no {words!r}")
    return [{"start": start, "end": end, "text": words} for start, end in places]


def _spread(text: str, content: list[Json], *others: Json | None) -> tuple[int, int, int]:
    """Rank places for cue and source: outside content, in its paragraph, close together."""
    places = [place for place in others if place]
    gaps = [min((_gap(place, span) for span in content), key=_length) for place in places]
    if len(places) > 1:
        gaps.append(_gap(*places))
    n_inside = sum(_length(gap) < 0 for gap in gaps)
    n_breaks = sum("\n" in text[slice(*gap)] for gap in gaps)
    return n_inside, n_breaks, sum(map(_length, gaps))


def _gap(left: Json, right: Json) -> tuple[int, int]:
    """Return what lies between two spans; its end is before its start where they overlap."""
    first, last = sorted((left, right), key=lambda span: int(span["start"]))
    return first["end"], last["start"]


def _length(gap: tuple[int, int]) -> int:
    return gap[1] - gap[0]


def main() -> int:
    """Write the gold files, or say whether they are as the sources and articles have them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if one is stale")
    options = parser.parse_args()
    texts = load_texts()
    stale = []
    for path in sorted(HERE.glob("*.src.json")):
        made = build(json.loads(path.read_text(encoding="utf-8")), texts)
        target = path.with_name(path.name.replace(".src", ""))
        written = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
        if options.check and (not target.is_file() or target.read_text("utf-8") != written):
            stale.append(target.name)
        elif not options.check:
            target.write_text(written, encoding="utf-8")
    if stale:
        print(f"not as built from its source: {', '.join(stale)}", file=sys.stderr)
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
