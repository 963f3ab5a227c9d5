"""How likely a quotation is right: its content and, where it has one, its source.

Fitted by benchmarks/confidence.py on PolNeAR's training part (Newell, Margolin and Ruths 2018), by
logistic regression (Platt 1999) over the way in which a quotation was found and what the network
of attributions thinks of its tag.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

BIASES: Mapping[str, float] = {
    "tag inside": 0.14,
    "tag after": -0.57,
    "tag before": -0.81,
    "that clause": -0.9,
    "according": -0.76,
    "clause": -1.45,
    "mixed": -1.05,
    "nested": -1.45,
    "next sentence": 0.41,
    "no tag": -1.26,
    "carried on": -0.78,
    # Fewer than ten in the training part: nine in ten, as before the fit.
    "signed": 2.2,
}
PROBABILITY_WEIGHT = 0.2
CERTAINTY_WEIGHT = 0.26

MAX_LOGIT = 7.0
"""A network is never surer than one in a thousand."""


def rate(way: str, sureness: tuple[float, float] | None) -> float:
    """Return the confidence of a quotation, 0.0 to 1.0, in hundredths.

    Args:
        way: A key of :data:`BIASES`.
        sureness: The probability of its cue and the certainty of its edges; None without a tag.
    """
    total = BIASES[way]
    if sureness is not None:
        probability, certainty = map(find_logit, sureness)
        total += PROBABILITY_WEIGHT * probability + CERTAINTY_WEIGHT * certainty
    return round(1 / (1 + math.exp(-total)), 2)


def find_logit(probability: float) -> float:
    """Return the logarithm of the odds, at most :data:`MAX_LOGIT` from zero."""
    if not 0 < probability < 1:
        return math.copysign(MAX_LOGIT, probability - 0.5)
    return max(-MAX_LOGIT, min(MAX_LOGIT, math.log(probability / (1 - probability))))
