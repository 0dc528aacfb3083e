"""Columns with room: what is added to one is seen in no other, whoever adds to it in which order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.estimation.room import LEAST, appended, joined


@given(
    st.lists(st.integers(0, 9), max_size=5),
    st.lists(st.tuples(st.integers(0, 20), st.lists(st.integers(10, 99), max_size=LEAST // 2)), max_size=20),
)
def test_each_column_has_what_was_added_to_it_and_no_other(first, additions):
    columns, expected = [np.array(first, dtype=np.int64)], [first]
    for of, more in additions:
        at = of % len(columns)
        columns.append(appended(columns[at], np.array(more, dtype=np.int64)))
        expected.append([*expected[at], *more])
    assert [column.tolist() for column in columns] == expected


def test_columns_joined_from_parts_have_room_behind_each():
    parts = [[np.arange(3), np.arange(2)], [np.array([True]), np.array([], dtype=bool)], [np.array([0.5])]]
    columns = joined(parts)
    assert [column.tolist() for column in columns] == [[0, 1, 2, 0, 1], [True], [0.5]]
    assert [column.dtype for column in columns] == [np.int64, np.bool_, np.float64]
    longer = [appended(column, column) for column in columns]
    assert [np.shares_memory(*pair) for pair in zip(columns, longer, strict=True)] == [True] * 3
    assert [column.tolist() for column in longer] == [[0, 1, 2, 0, 1] * 2, [True] * 2, [0.5] * 2]


def test_what_is_added_to_the_longest_column_is_written_behind_it():
    column = appended(np.arange(3), np.arange(2))
    longer = appended(column, np.arange(4))
    assert np.shares_memory(column, longer)
    assert not np.shares_memory(appended(column, np.arange(4)), longer)


def test_a_part_of_a_column_has_no_room_behind_it():
    column = appended(np.arange(3), np.arange(2))
    assert appended(column[1:], np.arange(1)).tolist() == [1, 2, 0, 1, 0]
    assert appended(column[:2], np.arange(1)).tolist() == [0, 1, 0]
    assert column.tolist() == [0, 1, 2, 0, 1]


def test_nobody_writes_to_a_column():
    with pytest.raises(ValueError, match="read-only"):
        appended(np.arange(3), np.arange(2))[0] = 1
