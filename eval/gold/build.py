"""Finds the strings of the examples' gold in their articles and writes their offsets.

    python eval/gold/build.py [--check]

`<event>.src.json` is what a person edits: annotations as exact strings. `<event>.json` is the same
with offsets into `Article.text`, in the format of the development events' gold; articles are named
by their path below `examples/`, rows by `path#id`. `after` says from where on to look for a string
that an article has twice; cue and source are sought nearest to the content.
"""

from __future__ import annotations

import argparse
import json
import sys
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
    near = spans[0]["start"], spans[-1]["end"]
    made = {key: value for key, value in row.items() if key != "after"}
    return made | {
        "content": spans,
        "cue": _find_near(text, row["cue"], near, row),
        "source": _find_near(text, row["source"], near, row),
    }


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


def _find_near(text: str, words: str | None, near: tuple[int, int], row: Json) -> Json | None:
    if words is None:
        return None
    places = []
    at = text.find(words)
    while at >= 0:
        distance = min(abs(at - near[1]), abs(near[0] - at - len(words)))
        places.append((distance, at))
        at = text.find(words, at + 1)
    if not places:
        raise ValueError(f"{row['article']}, {row['id']}: no {words!r}")
    at = min(places)[1]
    return {"start": at, "end": at + len(words), "text": words}


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
