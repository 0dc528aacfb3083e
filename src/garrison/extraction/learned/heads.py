"""Heads: what the exported weights say of anchors, claims and options, given the encoder's token vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Heads", "pooled", "shares"]

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
Floats = npt.NDArray[np.floating[Any]]
_GELU = 0.7978845608028654  # sqrt(2 / pi)
_WEIGHT, _BIAS = ".weight", ".bias"
_ALONE = "span.alone"  # a span's weight for its first, last and mean token together


@dataclass(frozen=True)
class Heads:
    """The weights of a panel's members by name, as ``training/network.py`` names its layers.

    Each array has the members along its first axis, so that one product asks all of them; a layer's weight has its
    inputs before its outputs. What is given to a method, and what it gives, has the members first too, except where a
    table of features is the same for all of them.
    """

    weights: Mapping[str, Array]

    @classmethod
    def of(cls, members: Sequence[Mapping[str, Array]]) -> Heads:
        """The heads of a panel from the exported weights of each member, a layer's outputs before its inputs."""
        stacked: dict[str, Array] = {}
        for name in members[0]:
            each = np.stack([member[name] for member in members]).astype(np.float32, copy=False)
            is_layer = name.endswith(_WEIGHT) and name != "kinds.weight"
            stacked[name] = np.ascontiguousarray(each.swapaxes(1, 2) if is_layer else each)
        span = stacked["span.weight"]
        stacked[_ALONE] = span.reshape(len(span), 3, -1, span.shape[2]).sum(1)
        return cls(_together(stacked))

    def spans(self, vectors: Array) -> Array:
        """Vectors of spans, brought to one width from what ``pooled`` gives of them."""
        return _gelu(self._linear("span", vectors))

    def tokens(self, vectors: Array) -> Array:
        """Vectors of spans of a single token each, which is their first, their last and their mean."""
        mixed: Array = np.matmul(vectors, self.weights[_ALONE])
        mixed += self.weights["span.bias"][:, None]
        return _gelu(mixed)

    def anchors(self, spans: Array, features: Array, marks: Array) -> Array:
        """Vectors of the anchors; ``features`` and ``marks`` have a row per anchor, for all members."""
        mixed = self._linear("anchor", spans, features)
        # Few anchors have marks, and of all marks only some.
        rows = np.flatnonzero(marks.any(1))
        columns = np.flatnonzero(marks[rows].any(0))
        if len(rows):
            mixed[:, rows] += np.matmul(marks[np.ix_(rows, columns)], self.weights["mark.weight"][:, columns])
        hidden = _gelu(mixed)
        out = _gelu(self._linear("middle", hidden))
        out += hidden
        return out

    def kinds(self, anchors: Array, odds: Array) -> Array:
        """The chance, 0 to 1, of a claim of each kind at each anchor, given the odds that the rules give."""
        return _sigmoid(self._linear("kind", anchors) + self._linear("odds", odds))

    def claims(self, anchors: Array, kinds: Indices) -> Array:
        """Vectors of anchors read as claims of the given kinds."""
        return _gelu(self._linear("claim", anchors, self.weights["kinds.weight"][:, kinds]))

    def labels(self, name: str, claims: Array) -> Array:
        """Scores of the labels of a field (``status``, ``measure``, ``asset``), a row per claim."""
        return self._linear(name, claims)

    def options(self, role: str, spans: Array) -> Array:
        """Vectors of spans as options of ``role``."""
        return self._linear(f"role_option.{role}", spans)

    def scores(self, role: str, claims: Array, options: Array, pairs: Array) -> tuple[Array, Array]:
        """Scores of the options of ``role`` (a row each) for every claim (a column each), and of none of them.

        Args:
            role: the field.
            claims: vectors of the claims.
            options: vectors of the options, as ``options`` gives them.
            pairs: features of every option (first axis) with every claim (second axis), for all members.
        """
        flat = pairs.reshape(-1, pairs.shape[2])
        shape = (len(claims), *pairs.shape[:2])
        mixed = self._linear(f"role_pair.{role}", flat).reshape(*shape, -1)
        mixed += self._linear(f"role_claim.{role}", claims)[:, None]
        mixed += options[:, :, None]
        scores = np.matmul(
            _gelu(mixed).reshape(len(claims), -1, mixed.shape[-1]), self.weights[f"role_score.{role}.weight"]
        )
        scores += self._linear(f"role_direct.{role}", flat)
        return scores.reshape(shape), self._linear(f"role_none.{role}", claims)[..., 0]

    def _linear(self, name: str, rows: Array, more: Array | None = None) -> Array:
        """A layer's outputs, given its inputs; ``more`` are those that stand beside each of the ``rows``."""
        weight, width = self.weights[name + _WEIGHT], rows.shape[-1]
        out: Array = np.matmul(rows, weight[:, :width])
        if more is not None:
            out += np.matmul(more, weight[:, width:])
        bias = self.weights.get(name + _BIAS)
        if bias is not None:
            out += bias[:, None]
        return out


def _together(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The ``arrays`` side by side in one stretch of memory, so large that the system gives it large pages: the heads
    are read anew for each passage, and finding the pages of many small arrays takes a tenth of that time."""
    whole, at = np.empty(sum(array.size for array in arrays.values()), dtype=np.float32), 0
    found: dict[str, Array] = {}
    for name, array in arrays.items():
        part = whole[at : at + array.size].reshape(array.shape)
        part[:] = array
        found[name], at = part, at + array.size
    return found


def shares(where: Indices, count: int) -> Array:
    """The share that each of ``count`` tokens (a column each) has in the mean of each of the spans ``where``."""
    first, last = where[:, 0], where[:, 1]
    numbers = np.arange(count)
    inside = (numbers >= first[:, None]) & (numbers <= last[:, None])
    share: Array = inside.astype(np.float32) / (last - first + 1).astype(np.float32)[:, None]
    return share


def pooled(tokens: Array, where: Indices, share: Array) -> Array:
    """The first, last and mean vector of each of the spans ``where`` (first and last token), side by side.

    ``tokens`` has a row per token; ``share`` is as ``shares`` gives it.
    """
    return np.concatenate([tokens[where[:, 0]], tokens[where[:, 1]], share @ tokens], 1)


def _gelu(x: Array) -> Array:
    curved: Array = x * x
    curved *= _GELU * 0.044715
    curved += _GELU
    curved *= x
    np.tanh(curved, out=curved)
    curved += 1.0
    curved *= x
    curved *= 0.5
    return curved


def _sigmoid(x: Array) -> Array:
    curved: Floats = 0.5 * (1.0 + np.tanh(0.5 * x))  # stable for large x of either sign
    return curved.astype(np.float32, copy=False)
