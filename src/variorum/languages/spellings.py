"""How likely two words are spellings of one name, by a small network over their letters.

Each letter has a vector that knows its neighbours. Every letter of a word is answered by the
letter of the other that is most like it, as the words of a query are in ColBERT (Khattab and
Zaharia 2020); how well they are answered, weighted by how much each tells, and how badly the worst
is, makes the score. So "dzh" answers "j", a doubled letter or a vowel left out costs little, and
another first consonant much. training/spellings.py trains it; numpy runs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from variorum.languages.folding import fold_plain
from variorum.languages.tables import DEFAULT_LANGUAGE
from variorum.languages.word_table import Floats, WordTable

N_LETTERS = 16
"""Letters of a word that are read, its borders among them; few names' words are longer."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
BEGIN, END = len(ALPHABET) + 1, len(ALPHABET) + 2
N_CODES = len(ALPHABET) + 3

BLOCK = 256
"""Pairs scored together."""
LENGTH_SCALE = 10.0
NOBODY = -1.0
"""How like a letter is what stands behind the end of a word: cosines are no less."""
EPSILON = 1e-6


def encode_letters(word: str) -> list[int]:
    """Return the letters of a word as numbers, ``N_LETTERS`` of them; 0 behind its end."""
    letters = [1 + ALPHABET.index(letter) for letter in fold_plain(word)[: N_LETTERS - 2]]
    codes = [BEGIN, *letters, END]
    return codes + [0] * (N_LETTERS - len(codes))


class SpellingNetwork:
    """Scores pairs of words, the same whatever stands beside a pair.

    Args:
        path: A file that training/spellings.py wrote.

    Attributes:
        weights: As they were trained, by name.
    """

    def __init__(self, path: Path) -> None:
        self.weights: dict[str, Floats] = load_file(path)
        self._width = self.weights["out.weight"].shape[0]
        self._depth = sum(name.startswith("convs.") for name in self.weights) // 2
        self._table = WordTable(self._read)

    def score(self, pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float64]:
        """Return how likely the words of each pair are one name's spellings, 0.0 to 1.0.

        Shape: ``(len(pairs),)``, float64, rounded to 4 places.
        """
        scores = np.zeros(len(pairs))
        for start in range(0, len(pairs), BLOCK):
            block = pairs[start : start + BLOCK]
            left = self._table.look_up([left for left, _ in block])
            right = self._table.look_up([right for _, right in block])
            scores[start : start + BLOCK] = self._score_block(left, right)
        return scores.round(4)

    def _score_block(self, left: Floats, right: Floats) -> Floats:
        one, own, is_one = self._split(left)
        other, others, is_other = self._split(right)
        likeness = one @ other.transpose(0, 2, 1)
        likeness[~(is_one[:, :, None] & is_other[:, None, :])] = NOBODY
        answers, back = likeness.max(2), likeness.max(1)
        told, told_back = (own * answers).sum(1), (others * back).sum(1)
        worst = np.where(is_one, answers, 1).min(1)
        worst_back = np.where(is_other, back, 1).min(1)
        length, length_back = is_one.sum(1) / LENGTH_SCALE, is_other.sum(1) / LENGTH_SCALE
        features = np.stack(
            [
                np.minimum(told, told_back),
                np.maximum(told, told_back),
                np.minimum(worst, worst_back),
                np.maximum(worst, worst_back),
                np.minimum(length, length_back),
                np.abs(length - length_back),
            ],
            axis=1,
        ).astype(np.float32)
        hidden = np.maximum(self._apply("hidden", features), 0)
        return np.asarray(1 / (1 + np.exp(-self._apply("last", hidden)[:, 0])))

    def _apply(self, name: str, rows: Floats) -> Floats:
        # Summed row by row: a product's last bits would depend on how many rows there are.
        weight = self.weights[f"{name}.weight"].T
        return np.asarray((rows[:, :, None] * weight).sum(1) + self.weights[f"{name}.bias"])

    def _split(self, rows: Floats) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
        """Return unit vectors of letters, how much each tells, and which are there."""
        cut = N_LETTERS * self._width
        vectors = rows[:, :cut].reshape(-1, N_LETTERS, self._width)
        own = rows[:, cut : cut + N_LETTERS]
        return vectors, own, own > 0

    def _read(self, words: Sequence[str]) -> Floats:
        """Return one row a word: its letters' vectors, then how much each letter tells."""
        codes = np.array([encode_letters(word) for word in words])
        is_there = codes > 0
        states = self.weights["letters.weight"][codes]
        for number in range(self._depth):
            states = states + np.maximum(self._convolve(f"convs.{number}", states), 0)
            states = states * is_there[:, :, None]
        vectors = states @ self.weights["out.weight"].T + self.weights["out.bias"]
        length = np.linalg.norm(vectors, axis=2, keepdims=True)
        vectors = vectors / np.maximum(length, EPSILON)
        tells = states @ self.weights["tells.weight"].T + self.weights["tells.bias"]
        tells = np.where(is_there, np.exp(tells[:, :, 0]), 0)
        tells = tells / tells.sum(1, keepdims=True)
        return np.concatenate([vectors.reshape(len(words), -1), tells], axis=1).astype(np.float32)

    def _convolve(self, name: str, states: Floats) -> Floats:
        weight = self.weights[f"{name}.weight"]
        padded = np.pad(states, ((0, 0), (1, 1), (0, 0)))
        near = np.concatenate([padded[:, at : at + N_LETTERS] for at in range(3)], axis=2)
        flat = weight.transpose(2, 1, 0).reshape(-1, weight.shape[0])
        return np.asarray(near @ flat + self.weights[f"{name}.bias"])


@cache
def load_spellings(language: str = DEFAULT_LANGUAGE) -> SpellingNetwork:
    """Return the network that ships."""
    file = resources.files("variorum.languages") / language / "spellings/spellings.safetensors"
    with resources.as_file(file) as path:
        return SpellingNetwork(path)
