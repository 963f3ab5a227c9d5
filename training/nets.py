"""What teacher and student share: the losses over partly marked lines, and the heads' shapes."""

from __future__ import annotations

import torch
from labels import UNMARKED
from samples import NAME_TAGS
from torch import Tensor
from torch.nn import functional

MAX_OFFSET = 40
"""Heads further away than this many words share one bias."""


def cross_entropy(logits: Tensor, gold: Tensor) -> Tensor:
    """Return the mean over the marked words; zero where none is marked."""
    if not (gold != UNMARKED).any():
        return logits.sum() * 0
    return functional.cross_entropy(
        logits.reshape(-1, logits.shape[-1]), gold.reshape(-1), ignore_index=UNMARKED
    )


def marginal(logits: Tensor, allowed: Tensor, real: Tensor) -> Tensor:
    """Return the mean negative logarithm of the probability of what is allowed, by word."""
    bits = (allowed[..., None] >> torch.arange(len(NAME_TAGS))) & 1
    scores = functional.log_softmax(logits, -1)
    inside = torch.logsumexp(scores.masked_fill(bits == 0, -1e9), -1)
    told = real & (bits.sum(-1) < len(NAME_TAGS))
    return -inside[told].mean() if told.any() else logits.sum() * 0


def mask_arcs(arcs: Tensor, sentences: Tensor) -> Tensor:
    """Forbid heads outside a word's own sentence; ``arcs`` is ``(lines, words, heads)``."""
    same = sentences[:, :, None] == sentences[:, None, :]
    return arcs.masked_fill(~same, -1e4)


def offsets(length: int) -> Tensor:
    """Return the number of each pair's distance, ``(words, heads)``, at most 2 * MAX_OFFSET."""
    places = torch.arange(length)
    return (places[None, :] - places[:, None]).clamp(-MAX_OFFSET, MAX_OFFSET) + MAX_OFFSET


def divergence(logits: Tensor, target: Tensor, chosen: Tensor) -> Tensor:
    """Return the mean over the chosen words of the Kullback-Leibler divergence from ``target``.

    ``target`` holds logarithms of probabilities. Hinton et al. 2015, "Distilling the Knowledge
    in a Neural Network".
    """
    if not chosen.any():
        return logits.sum() * 0
    found = functional.log_softmax(logits[chosen], -1)
    wanted = target[chosen]
    return (wanted.exp() * (wanted - found)).sum(-1).mean()
