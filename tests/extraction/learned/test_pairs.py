"""What is known of an anchor with what may fill its fields."""

import numpy as np
import pytest

from garrison.extraction.learned.candidates import Role, Sort
from garrison.extraction.learned.encoder import tokenizer
from garrison.extraction.learned.pairs import CHOSEN, PAIR_WIDTH
from garrison.extraction.learned.passage import passage_of
from garrison.extraction.learned.tokens import tokens_of
from garrison.vocabulary import Document

TEXT = (
    "Officials in Paris said on Monday that France has 1,500 soldiers in Chad, and that 400 will leave Mali. "
    "Two German frigates sailed from Kiel to the Baltic Sea in May."
)


def ready(text):
    document = Document(text, "France and its troops abroad", "2019-02-04")
    return passage_of(document, tokens_of(document, tokenizer()))


@pytest.fixture(scope="module")
def passage():
    return ready(TEXT)


def quantity(passage, words):
    return next(
        number
        for number, anchor in enumerate(passage.anchors)
        if anchor.sort is Sort.QUANTITY and anchor.span.of(TEXT) == words
    )


def rows(passage, role, words):
    return [i for i, option in enumerate(passage.options[role]) if not option.titled and option.span.of(TEXT) == words]


def test_anchors_paired_together_have_the_features_that_each_has_alone(passage):
    together = passage.pair_tables(range(len(passage.anchors)))
    for number in range(len(passage.anchors)):
        alone = passage.pair_tables([number])
        assert together.keys() == alone.keys()
        for role, table in alone.items():
            assert np.array_equal(table[:, 0], together[role][:, number])


def test_every_option_has_a_row_for_every_anchor(passage):
    for role, table in passage.pair_tables([0, 1, 2]).items():
        assert table.shape == (len(passage.options[role]), 3, PAIR_WIDTH)


def test_a_near_place_is_told_from_a_far_one_and_one_of_another_sentence(passage):
    table = passage.pair_tables([quantity(passage, "1,500")])[Role.PLACE][:, 0]
    chad, mali, kiel = (table[rows(passage, Role.PLACE, name)[0]] for name in ("Chad", "Mali", "Kiel"))
    assert not np.array_equal(chad, mali)
    assert not np.array_equal(mali[:18], kiel[:18])


def test_what_the_rules_chose_is_marked(passage):
    number = quantity(passage, "1,500")
    table = passage.pair_tables([number])[Role.PLACE][:, 0]
    assert "chad" in passage.hints[number].chosen(Role.PLACE)
    chosen = [passage.options[Role.PLACE][i].entity for i in np.flatnonzero(table[:, CHOSEN.start])]
    assert set(chosen) == {"chad"}
