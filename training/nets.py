"""What teachers and students share: losses over partly marked lines, heads' shapes, the descent."""

from __future__ import annotations

import torch
from labels import UNMARKED
from samples import NAME_TAGS
from torch import Tensor, nn
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


class Descent:
    """Steps against the gradient; the rate rises while it is warmed up, then falls along a line.

    Args:
        warm: Steps of warming up.
        steps: All steps.
        fall: Steps in which the rate would fall to nothing; None for those after ``warm``.
    """

    def __init__(
        self,
        model: nn.Module,
        optimiser: torch.optim.Optimizer,
        *,
        warm: int,
        steps: int,
        fall: int | None = None,
    ) -> None:
        self._model, self._optimiser = model, optimiser
        length = fall or steps - warm + 1
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda n: min((n + 1) / warm, max(0.0, (steps - n) / length))
        )

    def step(self, loss: Tensor) -> None:
        """Take one step; gradients longer than one are cut to it."""
        self._optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimiser.step()
        self._schedule.step()
