from __future__ import annotations

from coreference import Example, fit


def test_weights_prefer_what_was_right() -> None:
    """A feature that the right options have, and the others not, gets a positive weight."""
    options = (("far",), ("near", "plain"), ("nobody", "plain"))
    examples = [Example(f"text {n}", "he", options, (1,), 1.0) for n in range(20)]
    weights = fit(examples)

    assert weights["near"] > 0 > weights["far"]
    assert weights == fit(examples[::-1])
