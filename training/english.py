"""Trains the English pipeline that Variorum ships: tags, trees, names.

    python training/english.py [--data ../shared/data] [--out FOLDER]

Two small convolutional networks (Honnibal's "embed, encode, attend, predict"; spaCy's
MultiHashEmbed with static vectors of our own sentence encoder): one for tags and trees over UD
English-EWT and GUM, then one for names over GUM, wikigold, WNUT17, UNER-EWT and re3d, which starts
from the first one's word representations and goes its own way. README.md has the scores.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import corpora
import numpy as np
import spacy
import swaps
from spacy.cli.train import train as spacy_train
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.vectors import Vectors

SEED = 20162
HERE = Path(__file__).parent
PACKAGE = HERE.parent / "src/variorum/languages/en"
VECTOR_DIMENSIONS = 96
MIN_COUNT = 2
INFIXES = (
    r"\.\.\.+",
    "…",
    r"(?<=[^\s\d])[–—―](?=\S)",
    r"[<>\[\](){}]",
    r"(?<=[a-z])[,;:](?=[A-Za-z])",
)
TREEBANKS = ("ewt", "gum-open")
TREE_METRICS = ("tag_acc", "dep_uas", "dep_las", "sents_f")
NAME_METRICS = ("ents_p", "ents_r", "ents_f")
NAME_STEPS = 3_200

Scores = dict[str, dict[str, float]]
"""By test set and measure, in percent."""


def make_blank() -> Language:
    """Return an English tokenizer that also splits what newspapers run together."""
    nlp = spacy.blank("en")
    infixes = spacy.util.compile_infix_regex([*nlp.Defaults.infixes, *INFIXES])
    nlp.tokenizer.infix_finditer = infixes.finditer
    return nlp


def make_vectors(nlp: Language, words: Iterable[str]) -> None:
    """Give ``nlp`` the sentence encoder's vectors of ``words``, reduced by PCA."""
    from model2vec import StaticModel

    model = StaticModel.from_pretrained(PACKAGE / "embeddings")
    listed = sorted(set(words))
    raw = np.asarray(model.encode(listed, use_multiprocessing=False), dtype=np.float32)
    known = np.linalg.norm(raw, axis=1) > 0
    listed = [word for word, is_known in zip(listed, known, strict=True) if is_known]
    centred = raw[known] - raw[known].mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    data = centred @ axes[:VECTOR_DIMENSIONS].T
    data /= np.linalg.norm(data, axis=1, keepdims=True)
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings, data=data.astype(np.float32), keys=listed, attr="LOWER"
    )


def iter_words(data: Path) -> Iterable[str]:
    """Yield the words worth a vector: whole word pieces, and what recurs in the treebanks."""
    pieces = json.loads((PACKAGE / "embeddings/tokenizer.json").read_text(encoding="utf-8"))
    yield from (w for w in pieces["model"]["vocab"] if w.isalpha() and len(w) > 1)
    counts: dict[str, int] = {}
    for name in TREEBANKS:
        for sentence in corpora.iter_treebank(data / f"treebanks/{name}-train.conllu.gz"):
            for word in sentence.words:
                counts[word.lower()] = counts.get(word.lower(), 0) + 1
    yield from (word for word, count in counts.items() if count >= MIN_COUNT and word.isalpha())


def iter_tree_docs(nlp: Language, data: Path, part: str, *names: str) -> Iterable[Doc]:
    """Yield the documents of a part (train, dev, test) of the treebanks."""
    for name in names:
        path = data / f"treebanks/{name}-{part}.conllu.gz"
        yield from corpora.make_tree_docs(nlp.vocab, corpora.iter_treebank(path))


def iter_name_docs(nlp: Language, data: Path) -> Iterable[Doc]:
    """Yield every sentence whose names are all marked."""
    ner, vocab = data / "ner", nlp.vocab
    yield from corpora.iter_gum_names(vocab, data / "treebanks/gum-open-train.conllu.gz")
    yield from corpora.iter_columns(vocab, ner / "wikigold.conll.gz", word=0, tag=1, sep=" ")
    for name in ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"):
        yield from corpora.iter_columns(vocab, ner / f"{name}.gz", word=0, tag=1, sep="\t")
    for name in ("uner-ewt-dev", "uner-ewt-test"):
        yield from corpora.iter_columns(vocab, ner / f"{name}.iob2.gz", word=1, tag=2, sep="\t")
    yield from corpora.iter_re3d(nlp, ner / "re3d-open.jsonl.gz")


def save_tree_corpora(nlp: Language, data: Path, build: Path) -> None:
    """Write what the network of tags and trees is trained and tuned on."""
    for part in ("train", "dev"):
        _save(iter_tree_docs(nlp, data, part, *TREEBANKS), build / f"trees-{part}.spacy")


def save_name_corpora(nlp: Language, data: Path, build: Path) -> None:
    """Write what the network of names is trained and tuned on: as it stands, and names swapped."""
    docs = list(iter_name_docs(nlp, data))
    lists = swaps.load_lists(data / "names", docs)
    _save(chain(docs, swaps.iter_swapped(docs, lists, SEED)), build / "names-train.spacy")
    dev = corpora.iter_gum_names(nlp.vocab, data / "treebanks/gum-open-dev.conllu.gz")
    _save(dev, build / "names-dev.spacy")


def _save(docs: Iterable[Doc], file: Path) -> None:
    found = list(docs)
    random.Random(SEED).shuffle(found)
    DocBin(docs=found, store_user_data=False).to_disk(file)


def train(build: Path, part: str, max_steps: int) -> None:
    """Train one network; of its states, the best on the development part stays."""
    paths = {"train": f"{part}-train.spacy", "dev": f"{part}-dev.spacy", "vectors": "vectors"}
    if part == "names":
        paths["trees"] = "trees/model-best"
    overrides: dict[str, str | int] = {f"paths.{key}": str(build / p) for key, p in paths.items()}
    overrides |= {"training.max_steps": max_steps, "training.seed": SEED, "system.seed": SEED}
    spacy_train(HERE / f"{part}.cfg", build / part, overrides=overrides)


def assemble(build: Path) -> Language:
    """Return both networks as one pipeline; neither needs the other to run."""
    nlp = spacy.load(build / "trees/model-best")
    names = spacy.load(build / "names/model-best")
    names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=names)
    nlp.meta.update(
        lang="en", name="variorum", version="1.0.0", license="CC BY-SA 4.0",
        description="Tags, trees and names for news in English; see NOTICE.",
    )  # fmt: skip
    # Where the parts lay on this machine is no one's business.
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    return nlp


def ship(nlp: Language, scores: Scores, out: Path) -> None:
    """Write the pipeline with its notices and scores to ``out``, whole or not at all."""
    fresh, former = (out.with_name(f".{out.name}.{word}") for word in ("new", "old"))
    for folder in (fresh, former):
        shutil.rmtree(folder, ignore_errors=True)
    nlp.to_disk(fresh)
    for name in ("NOTICE", "LICENSE"):
        shutil.copy(HERE / f"model-{name}", fresh / name)
    text = json.dumps(scores, indent=1)
    (fresh / "scores.json").write_text(f"{text}\n", encoding="utf-8")
    if out.exists():
        out.rename(former)
    fresh.rename(out)
    shutil.rmtree(former, ignore_errors=True)


def score(nlp: Language, data: Path) -> Scores:
    """Return scores in percent, each on a set that the network scored has not seen."""
    scores = {}
    for name in TREEBANKS:
        scores[f"{name}-test"] = _evaluate(
            nlp, iter_tree_docs(nlp, data, "test", name), TREE_METRICS, disable=["ner"]
        )
    pud = corpora.iter_columns(
        nlp.vocab, data / "ner/uner-pud-test.iob2.gz", word=1, tag=2, sep="\t"
    )
    scores["uner-pud-test"] = _evaluate(nlp, pud, NAME_METRICS, disable=["parser", "tagger"])
    gum = corpora.iter_gum_names(nlp.vocab, data / "treebanks/gum-open-test.conllu.gz")
    scores["gum-open-test names"] = _evaluate(nlp, gum, NAME_METRICS, disable=["parser", "tagger"])
    return scores


def _evaluate(
    nlp: Language, docs: Iterable[Doc], metrics: Iterable[str], disable: list[str]
) -> dict[str, float]:
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    with nlp.select_pipes(disable=disable):
        found = nlp.evaluate(examples)
    return {metric: round(100 * found[metric], 1) for metric in metrics}


def main() -> None:
    """Train, assemble, score, ship."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=PACKAGE / "model")
    parser.add_argument("--build", type=Path, default=Path("build/training"))
    parser.add_argument("--tree-steps", type=int, default=14_000)
    parser.add_argument("--name-steps", type=int, default=NAME_STEPS)
    parser.add_argument("--keep-trees", action="store_true", help="use the trees in --build")
    options = parser.parse_args()
    options.build.mkdir(parents=True, exist_ok=True)
    nlp = make_blank()
    if not options.keep_trees:
        make_vectors(nlp, iter_words(options.data))
        nlp.to_disk(options.build / "vectors")
        save_tree_corpora(nlp, options.data, options.build)
        train(options.build, "trees", options.tree_steps)
    save_name_corpora(nlp, options.data, options.build)
    train(options.build, "names", options.name_steps)
    pipeline = assemble(options.build)
    scores = score(pipeline, options.data)
    ship(pipeline, scores, options.out)
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
