"""Where the quotation of a learned claim begins and ends."""

import numpy as np
import pytest

from garrison.extraction.learned.boundaries import BOUNDARY_WIDTH, boundaries_of
from garrison.extraction.learned.candidates import Role, Sort
from garrison.extraction.learned.encoder import tokenizer
from garrison.extraction.learned.passage import passage_of
from garrison.extraction.learned.quoting import likeliest
from garrison.extraction.learned.tokens import tokens_of
from garrison.vocabulary import Document, Kind, Span

TEXT = "Officials said on Monday that France has 1,500 soldiers in Chad, and that it will keep them there."


def ready(text):
    document = Document(text, None, "2019-02-04")
    return passage_of(document, tokens_of(document, tokenizer()))


@pytest.fixture(scope="module")
def passage():
    return ready(TEXT)


@pytest.fixture(scope="module")
def boundaries(passage):
    number = next(i for i, anchor in enumerate(passage.anchors) if anchor.sort is Sort.QUANTITY)
    where = {Role.PLACE: Span(TEXT.index("Chad"), TEXT.index("Chad") + 4)}
    return boundaries_of(passage, number, Kind.PRESENT, passage.anchors[number].span, where)


def test_a_quotation_may_begin_at_any_word_up_to_its_anchor(boundaries):
    assert boundaries.lefts[0].of(TEXT) == "Officials"
    assert boundaries.lefts[-1].of(TEXT) == "1,500"


def test_a_quotation_may_end_at_any_word_from_its_anchor_on_without_the_punctuation_after_it(boundaries):
    assert [word.of(TEXT) for word in boundaries.rights][:4] == ["1,500", "soldiers", "in", "Chad"]
    assert boundaries.rights[-1].of(TEXT) == "there"


def test_every_word_has_a_row_of_features(boundaries):
    assert boundaries.left_features.shape == (len(boundaries.lefts), BOUNDARY_WIDTH)
    assert boundaries.right_features.shape == (len(boundaries.rights), BOUNDARY_WIDTH)


def test_the_word_that_takes_in_the_place_is_told_from_the_one_before_it(boundaries):
    words = [word.of(TEXT) for word in boundaries.rights]
    inside, outside = boundaries.right_features[words.index("Chad")], boundaries.right_features[words.index("in")]
    assert not np.array_equal(inside[-35:], outside[-35:])


def test_of_ends_that_are_equally_likely_the_middle_shares_most_with_the_others():
    left = np.asarray([0.3, 0.05, 0.3, 0.05, 0.3], dtype=np.float32)
    right = np.asarray([1.0], dtype=np.float32)
    assert likeliest(left, right) == (2, 0)


def test_ends_that_are_certain_are_taken():
    left = np.asarray([0.01, 0.98, 0.01], dtype=np.float32)
    right = np.asarray([0.02, 0.02, 0.96], dtype=np.float32)
    assert likeliest(left, right) == (1, 2)


@pytest.mark.parametrize("text", ["", "7,000", "“ — ”", "tanks."])
def test_a_text_of_hardly_a_word_has_ends_or_none(text):
    short = ready(text)
    for number in range(len(short.anchors)):
        found = boundaries_of(short, number, Kind.PRESENT, short.anchors[number].span, {})
        assert found is None or (found.lefts and found.rights)
