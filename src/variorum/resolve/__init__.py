"""Knows one entity by all its names: links the chains of all articles."""

from __future__ import annotations

from variorum.resolve.entities import resolve_chains
from variorum.resolve.score import Score, iter_scores, score_names

__all__ = ["Score", "iter_scores", "resolve_chains", "score_names"]
