"""Lets the tests import the training scripts, and writes them a data folder of invented text."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))

WORDS = (
    # number, form, universal tag, tag, head, relation, misc
    ("1", "Tamsin", "PROPN", "NNP", "3", "nsubj", "Entity=(1-person-new-cf1-1-sgl"),
    ("2", "Okoro", "PROPN", "NNP", "1", "flat", "Entity=1)"),
    ("3", "told", "VERB", "VBD", "0", "root", "_"),
    ("4", "the", "DET", "DT", "6", "det", "Entity=(2-organization-new-cf2-3-coref"),
    ("5", "Lorn", "PROPN", "NNP", "6", "compound", "Entity=(3-place-new-cf3-1-sgl)"),
    ("6", "Gazette", "PROPN", "NNPS", "3", "iobj", "Entity=2)"),
    ("7-8", "she'd", "_", "_", "_", "_", "_"),
    ("7", "she", "PRON", "PRP", "9", "nsubj", "Entity=(1-person-giv-cf1-1-ana)"),
    ("8", "'d", "AUX", "MD", "9", "aux", "_"),
    ("9", "leave", "VERB", "VB", "3", "ccomp", "SpaceAfter=No"),
    ("10", ".", "PUNCT", ".", "3", "punct", "_"),
)
TEXT = "Tamsin Okoro told the Lorn Gazette she'd leave."


def make_conllu(n_sentences: int = 12) -> str:
    """Return a treebank of one sentence, again and again, in two documents."""
    rows = [
        "\t".join((n, form, "_", pos, tag, "_", head, deprel, "_", misc))
        for n, form, pos, tag, head, deprel, misc in WORDS
    ]
    sentence = "\n".join([f"# text = {TEXT}", *rows, "", ""])
    half = sentence * (n_sentences // 2)
    return f"# newdoc id = first\n{half}# newdoc id = second\n{half}"


COLUMNS = (("Aldo", "PER"), ("Finch", "PER"), ("left", ""), ("Ruritania", "LOC"), (".", ""))


def make_columns(template: str) -> str:
    """Return one sentence in columns; the template places word and tag in a row."""
    rows = []
    for number, (word, label) in enumerate(COLUMNS, start=1):
        prefix = "I" if number == 2 else "B"
        tag = f"{prefix}-{label}" if label else "O"
        rows.append(template.format(number=number, word=word, tag=tag))
    return "\n".join([*rows, "", ""]) * 6


STORY = """\
=== harbour-01 | news agency
{ORG:union|Dock Union} rejects offer

{LOC:karsa|KARSA} (Meridian) - <s1>{PER:dahl|Ilan Dahl}</s1> <q1>said</q1> <c1>{:dahl|he} would not
accept</c1>.

The {NORP:karsan|Karsan} ferry {VEHICLE:anna|Anna Maria} sailed.
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.write(text)
    else:
        path.write_text(text, encoding="utf-8")


def _mark(text: str, phrase: str, kind: str) -> dict[str, str | int]:
    start = text.rindex(phrase)
    return {"start": start, "end": start + len(phrase), "type": kind}


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder laid out as the real one, with a few invented sentences in each file."""
    folder = tmp_path_factory.mktemp("data")
    for bank in ("ewt", "gum-open"):
        for part in ("train", "dev", "test"):
            write(folder / f"treebanks/{bank}-{part}.conllu.gz", make_conllu())
    tabbed = make_columns("{word}\t{tag}")
    for name in ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"):
        write(folder / f"ner/{name}.gz", tabbed.replace("PER", "person").replace("LOC", "location"))
    for name in ("uner-ewt-dev", "uner-ewt-test", "uner-pud-test"):
        write(folder / f"ner/{name}.iob2.gz", make_columns("{number}\t{word}\t{tag}\t-\t-"))
    wikigold = "-DOCSTART- O\n\n" + make_columns("{word} {tag}").replace("B-", "I-")
    write(folder / "ner/wikigold.conll.gz", wikigold)
    text = "President Iva Brandt met the army of Ruritania. I was there."
    phrases = {
        "President Iva Brandt": "Person",
        "army of Ruritania": "Organisation",
        "Ruritania": "Location",
        "I": "Person",
    }
    entities = [_mark(text, phrase, kind) for phrase, kind in phrases.items()]
    record = json.dumps({"text": text, "entities": entities})
    write(folder / "ner/re3d-open.jsonl.gz", f"{record}\n")
    for name in ("arabic", "chinese", "hebrew", "korean", "russian"):
        write(folder / f"names/variants-{name}.tsv", "слово\tvaska|waska|vaśka\n")
    write(folder / "newsroom/harbour.txt", STORY)
    return folder
