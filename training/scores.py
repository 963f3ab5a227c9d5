"""Scores a network on the sets that it never saw, over their own words."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import corpora
import numpy as np
from labels import Labels
from samples import NAME_TAGS, PLAIN_KINDS, Sample, iter_batches, iter_trees, make_sample, spans

from variorum.annotate.name_tags import NameTags
from variorum.annotate.tokens import make_blank

BATCH_WORDS = 2_400

Predict = Callable[[Sequence[Sample]], Mapping[str, Any]]
"""Gives the logits of lines: tags, names, deps, and the numbers of heads."""


def _iter_found(
    samples: Sequence[Sample], predict: Predict, labels: Labels
) -> Iterator[tuple[Sample, dict[str, list[int]]]]:
    decoder = NameTags(labels.names)
    batches = iter_batches([len(s.words) for s in samples], BATCH_WORDS, random.Random(0))
    for batch in batches:
        chosen = [samples[n] for n in batch]
        found = predict(chosen)
        best = {name: found[name].argmax(-1).tolist() for name in ("tags", "deps")}
        best["heads"] = found["heads"].tolist()
        for n, sample in enumerate(chosen):
            end = len(sample.words)
            names = decoder.decode(np.asarray(found["names"][n, :end])).tolist()
            yield sample, {"names": names, **{name: rows[n][:end] for name, rows in best.items()}}


def percent(part: float, whole: float) -> float:
    """Return a share in percent, one digit."""
    return round(100 * part / whole, 1) if whole else 0.0


def score_names(data: Path, predict: Predict, labels: Labels) -> dict[str, float]:
    """Return precision, recall and F1 over PUD's persons, organisations and places."""
    nlp = make_blank()
    path = data / "ner/uner-pud-test.iob2.gz"
    docs = corpora.iter_columns(nlp.vocab, path, word=1, tag=2, sep="\t")
    samples = [sample for doc in docs for sample in make_sample(doc, "uner")]
    counts: Counter[str] = Counter()
    for sample, found in _iter_found(samples, predict, labels):
        gold = spans(_read(sample))
        mine = {
            name
            for name in spans(labels.names[n] for n in found["names"])
            if name[2] in PLAIN_KINDS
        }
        for kind in ("", *PLAIN_KINDS):
            wanted = {name for name in gold if not kind or name[2] == kind}
            got = {name for name in mine if not kind or name[2] == kind}
            counts[f"{kind} both"] += len(wanted & got)
            counts[f"{kind} gold"] += len(wanted)
            counts[f"{kind} mine"] += len(got)
    scores = {
        "p": percent(counts[" both"], counts[" mine"]),
        "r": percent(counts[" both"], counts[" gold"]),
        "f1": percent(2 * counts[" both"], counts[" mine"] + counts[" gold"]),
    }
    for kind in sorted(PLAIN_KINDS):
        whole = counts[f"{kind} mine"] + counts[f"{kind} gold"]
        scores[f"{kind} f1"] = percent(2 * counts[f"{kind} both"], whole)
    return scores


def _read(sample: Sample) -> Iterator[str]:
    for bits in sample.allowed or ():
        # Where "O" is allowed no name was marked; elsewhere one tag is.
        yield "O" if bits & 1 else NAME_TAGS[bits.bit_length() - 1]


def score_trees(data: Path, predict: Predict, labels: Labels) -> dict[str, float]:
    """Return tags, UAS and LAS on GUM's test part, its sentences of at most 90 words.

    Each word has its likeliest head, whether these are a tree or not: ``eval/language.py`` scores
    what ships. Not on EWT's: its sentences are among those that names are learned from.
    """
    samples = list(iter_trees(make_blank(), data, "test", "gum-open"))
    counts: Counter[str] = Counter()
    for sample, found in _iter_found(samples, predict, labels):
        counts["words"] += len(sample.words)
        for n in range(len(sample.words)):
            is_head = found["heads"][n] == (sample.heads or ())[n]
            is_dep = labels.deps[found["deps"][n]] == (sample.deps or ())[n]
            counts["tags"] += labels.tags[found["tags"][n]] == (sample.tags or ())[n]
            counts["uas"] += is_head
            counts["las"] += is_head and is_dep
    return {key: percent(counts[key], counts["words"]) for key in ("tags", "uas", "las")}
