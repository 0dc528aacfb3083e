"""What the exported weights make of spans."""

import numpy as np
import pytest

from garrison.extraction.learned.encoder import model
from garrison.extraction.learned.heads import pooled, shares

RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def tokens():
    return RNG.normal(size=(6, 384)).astype(np.float32)


def test_a_span_is_pooled_to_its_first_last_and_mean_token(tokens):
    where = np.asarray([[1, 3]])
    row = pooled(tokens, where, shares(where, len(tokens)))[0]
    assert np.allclose(row, np.concatenate([tokens[1], tokens[3], tokens[1:4].mean(0)]), atol=1e-6)


def test_a_span_of_one_token_is_the_same_by_the_short_way(tokens):
    heads = model().panel
    where = np.asarray([[0, 0], [4, 4]])
    members = len(heads.weights["span.weight"])
    long = heads.spans(np.stack([pooled(tokens, where, shares(where, len(tokens)))] * members))
    short = heads.tokens(np.stack([tokens[where[:, 0]]] * members))
    assert long.shape == short.shape
    assert np.allclose(long, short, atol=1e-4)
