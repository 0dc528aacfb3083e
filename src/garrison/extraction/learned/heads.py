"""Heads: what the exported weights say of anchors, claims and options, given the encoder's token vectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Heads", "Pool"]

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
Floats = npt.NDArray[np.floating[Any]]
_GELU = 0.7978845608028654  # sqrt(2 / pi)


@dataclass(frozen=True)
class Heads:
    """The weights by name, as ``training/network.py`` names its layers."""

    weights: Mapping[str, Array]

    def spans(self, pooled: Array) -> Array:
        """Vectors of spans, brought to one width from what ``pooled`` gives of them."""
        return _gelu(self._linear("span", pooled))

    def anchors(self, spans: Array, features: Array, marks: Array) -> Array:
        """Vectors of the anchors."""
        mixed = self._linear("anchor", np.concatenate([spans, features], 1)) + self._linear("mark", marks)
        hidden = _gelu(mixed)
        return _gelu(self._linear("middle", hidden)) + hidden

    def kinds(self, anchors: Array, odds: Array) -> Array:
        """The chance, 0 to 1, of a claim of each kind at each anchor, given the odds that the rules give."""
        return _sigmoid(self._linear("kind", anchors) + self._linear("odds", odds))

    def claims(self, anchors: Array, kinds: Indices) -> Array:
        """Vectors of anchors read as claims of the given kinds."""
        return _gelu(self._linear("claim", np.concatenate([anchors, self.weights["kinds.weight"][kinds]], 1)))

    def labels(self, name: str, claims: Array) -> Array:
        """Scores of the labels of a field (``status``, ``measure``, ``asset``), a row per claim."""
        return self._linear(name, claims)

    def options(self, role: str, spans: Array) -> Array:
        """Vectors of spans as options of ``role``."""
        return self._linear(f"role_option.{role}", spans)

    def scores(self, role: str, claim: Array, options: Array, pairs: Array) -> tuple[Array, float]:
        """Scores of the options of ``role`` for one claim, and of none of them."""
        mixed = self._linear(f"role_claim.{role}", claim[None]) + options
        mixed += self._linear(f"role_pair.{role}", pairs)
        scores = self._linear(f"role_score.{role}", _gelu(mixed)) + self._linear(f"role_direct.{role}", pairs)
        return scores[:, 0], float(self._linear(f"role_none.{role}", claim[None])[0, 0])

    def _linear(self, name: str, rows: Array) -> Array:
        out: Array = np.matmul(rows, self.weights[f"{name}.weight"].T)
        bias = self.weights.get(f"{name}.bias")
        if bias is not None:
            out += bias
        return out


class Pool:
    """Token vectors, from which the vectors of spans are drawn."""

    def __init__(self, tokens: Array) -> None:
        """``tokens`` has a row per token."""
        self._tokens = tokens
        self._sums = np.concatenate([np.zeros((1, tokens.shape[1]), np.float32), tokens.cumsum(0, dtype=np.float32)])

    def spans(self, where: Indices) -> Array:
        """The first, last and mean vector of each of the spans ``where`` (first and last token), side by side."""
        first, last = where[:, 0], where[:, 1]
        mean = (self._sums[last + 1] - self._sums[first]) / (last - first + 1)[:, None]
        return np.concatenate([self._tokens[first], self._tokens[last], mean], 1).astype(np.float32, copy=False)


def _gelu(x: Array) -> Array:
    curved: Floats = 0.5 * x * (1.0 + np.tanh(_GELU * (x + 0.044715 * x * x * x)))
    return curved.astype(np.float32, copy=False)


def _sigmoid(x: Array) -> Array:
    curved: Floats = 0.5 * (1.0 + np.tanh(0.5 * x))  # stable for large x of either sign
    return curved.astype(np.float32, copy=False)
