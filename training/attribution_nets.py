"""The network of attributions as torch trains it, teacher's and student's alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from attribution_samples import Example, Frame
from torch import Tensor, nn

from variorum.annotate.attribution_features import (
    N_CROSSED,
    N_DISTANCES,
    N_MARKS,
    Parsed,
    count_paths,
    find_ancestors,
    find_children,
    find_crossed,
    find_distances,
    find_marks,
    find_paths,
    find_window,
)
from variorum.annotate.attribution_network import LABELS

CUE_DILATIONS = (1, 2)
DILATIONS = (1, 2, 4, 8)
DROP, DROP_STATES = 0.2, 0.15

States = Sequence[Tensor]


class Reader(nn.Module):
    """The network as torch trains it."""

    def __init__(self, n_relations: int, states: int, width: int) -> None:
        super().__init__()
        self.cue_word, self.cue_head = nn.Linear(states, width), nn.Linear(states, width)
        self.cue_children = nn.Linear(2 * n_relations, width, bias=False)
        self.cue_relations = nn.Embedding(n_relations, width)
        self.cue_marks = nn.Embedding(2, width)
        self.cue_norm = nn.LayerNorm(width)
        self.cue_convolutions = nn.ModuleList(nn.Linear(3 * width, width) for _ in CUE_DILATIONS)
        self.cue_convolutions_norm = nn.LayerNorm(width)
        self.cue_out = nn.Linear(width, 1)
        self.word, self.head = nn.Linear(states, width), nn.Linear(states, width)
        self.distances = nn.Embedding(N_DISTANCES, width)
        self.paths = nn.Embedding(count_paths(n_relations), width)
        self.crossed = nn.Embedding(N_CROSSED, width)
        self.marks = nn.Embedding(N_MARKS, width)
        self.norm = nn.LayerNorm(width)
        self.convolutions = nn.ModuleList(nn.Linear(3 * width, width) for _ in DILATIONS)
        self.convolutions_norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, len(LABELS))
        self.drop, self.drop_states = nn.Dropout(DROP), nn.Dropout(DROP_STATES)
        for part in self.modules():
            if isinstance(part, nn.Embedding):
                nn.init.normal_(part.weight, std=0.1)

    def find_cues(self, rows: dict[str, Tensor]) -> Tensor:
        """Return the logit of each word's being a cue, ``(paragraphs, words)``."""
        x = self.cue_word(self.drop_states(rows["states"]))
        x = x + self.cue_head(self.drop_states(rows["head_states"]))
        x = x + self.cue_children(rows["children"]) + self.cue_relations(rows["relations"])
        x = x + self.cue_marks(rows["marks"])
        x = self.drop(torch.relu(self.cue_norm(x)))
        x = self._convolve(x, rows["real"], "cue_convolutions", CUE_DILATIONS)
        return self.cue_out(x)[..., 0]

    def label(self, rows: dict[str, Tensor]) -> Tensor:
        """Return the logits of the labels of each cue's words, ``(cues, words, labels)``."""
        x = self.word(self.drop_states(rows["states"]))
        x = x + self.head(self.drop_states(rows["head_states"]))[:, None]
        x = x + self.distances(rows["distances"]) + self.paths(rows["paths"])
        x = x + self.crossed(rows["crossed"]) + self.marks(rows["marks"])
        x = self.drop(torch.relu(self.norm(x)))
        return self.out(self._convolve(x, rows["real"], "convolutions", DILATIONS))

    def _convolve(self, x: Tensor, real: Tensor, name: str, dilations: Sequence[int]) -> Tensor:
        norm = getattr(self, f"{name}_norm")
        real = real[..., None]
        x = x * real
        for step, convolution in zip(dilations, getattr(self, name), strict=True):
            padded = nn.functional.pad(x, (0, 0, step, step))
            length = x.shape[1]
            window = [padded[:, n : n + length] for n in (0, step, 2 * step)]
            found = torch.relu(convolution(torch.cat(window, -1)))
            x = norm(x + self.drop(found)) * real
        return x


def stack(rows: Sequence[Tensor]) -> Tensor:
    """Return rows of unlike lengths as one tensor, zeros beyond their ends."""
    return nn.utils.rnn.pad_sequence(list(rows), batch_first=True)


def stack_arrays(rows: Sequence[np.ndarray]) -> Tensor:
    """Return arrays of unlike lengths as one tensor, zeros beyond their ends."""
    return stack([torch.from_numpy(np.ascontiguousarray(row)) for row in rows])


def make_cue_rows(batch: Sequence[Example], states: States, n_relations: int) -> dict[str, Tensor]:
    """Return what :meth:`Reader.find_cues` reads, and what is ``wanted`` of it."""
    parsed = [one.parsed for one in batch]
    above = [torch.from_numpy(one.heads) for one in parsed]
    children = [find_children(one.heads, one.relations, n_relations) for one in parsed]
    return {
        "states": stack(states),
        "head_states": stack([own[heads] for own, heads in zip(states, above, strict=True)]),
        "children": stack_arrays(children),
        "relations": stack_arrays([one.relations for one in parsed]),
        "marks": stack_arrays([one.is_quoted.astype(np.int64) for one in parsed]),
        "real": stack_arrays([np.ones(len(one.heads), np.float32) for one in parsed]),
        "wanted": stack_arrays([one.cues for one in batch]),
    }


def make_frame_rows(
    batch: Sequence[tuple[Parsed, Frame]], states: States, n_relations: int
) -> dict[str, Tensor]:
    """Return what :meth:`Reader.label` reads, and what is ``wanted`` of it."""
    rows: dict[str, list[np.ndarray]] = {
        name: [] for name in ("distances", "paths", "crossed", "marks", "real", "wanted")
    }
    windows = [find_window(parsed.sentences, frame.head) for parsed, frame in batch]
    for (parsed, frame), window in zip(batch, windows, strict=True):
        heads, relations = parsed.heads.tolist(), parsed.relations.tolist()
        paths = find_paths(heads, relations, window, frame.head, n_relations)
        ancestors = find_ancestors(heads, frame.head)
        rows["distances"].append(find_distances(*window, frame.head))
        rows["paths"].append(np.array(paths, np.int64))
        rows["crossed"].append(find_crossed(parsed.heads, window, ancestors))
        rows["marks"].append(find_marks(parsed.is_quoted, *window, frame.head))
        rows["real"].append(np.ones(window[1] - window[0], np.float32))
        rows["wanted"].append(frame.wanted)
    found = {name: stack_arrays(row) for name, row in rows.items()}
    found["states"] = stack([own[slice(*w)] for own, w in zip(states, windows, strict=True)])
    heads_of = [own[frame.head] for own, (_, frame) in zip(states, batch, strict=True)]
    found["head_states"] = torch.stack(heads_of)
    return found


def lose_cues(model: Reader, rows: dict[str, Tensor]) -> Tensor:
    """Return the mean loss of a word's being a cue."""
    found = nn.functional.binary_cross_entropy_with_logits(
        model.find_cues(rows), rows["wanted"], reduction="none"
    )
    return (found * rows["real"]).sum() / rows["real"].sum()


def lose_frames(model: Reader, rows: dict[str, Tensor]) -> Tensor:
    """Return the mean loss of a word's label, against what is wanted, sure or not."""
    found = nn.functional.log_softmax(model.label(rows), -1)
    return -(found * rows["wanted"]).sum() / rows["real"].sum()
