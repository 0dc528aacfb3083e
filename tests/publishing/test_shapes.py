"""The shapes of JSON, CSV and frames."""

import csv
import io
import json

import pytest

from garrison.publishing import formats, shapes
from garrison.publishing.frames import frame
from garrison.vocabulary import Position, Span


def test_the_columns_of_a_claim_are_its_fields(cited):
    assert tuple(shapes.flat(shapes.citation_shape(cited()))) == shapes.CLAIM_COLUMNS
    assert tuple(shapes.flat(shapes.citation_shape(cited(quantity=None, span=Span(0, 4))))) == shapes.CLAIM_COLUMNS


def test_the_columns_of_a_row_are_its_fields(row):
    assert tuple(shapes.flat(shapes.row_shape(row()))) == shapes.ROW_COLUMNS


def test_the_columns_of_a_position_are_its_fields(cited):
    run = Position("201st Base", None, cited().place, "site", "2019-01-01", "2021-07-08", (cited(),))
    assert tuple(shapes.flat(shapes.position_shape(run))) == shapes.POSITION_COLUMNS


def test_csv_of_nothing_still_has_its_header():
    assert "".join(formats.csv_lines([], ("id", "place"))) == "id,place\r\n"


def test_csv_comes_back_as_it_was_written(cited):
    quote = 'He said "7,000",\nthen "none"'
    written = "".join(formats.csv_lines([shapes.citation_shape(cited(quote=quote))], shapes.CLAIM_COLUMNS))
    (back,) = csv.DictReader(io.StringIO(written, newline=""))
    assert back["quote"] == quote
    assert back["quantity_low"] == "7000"


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_json_array_written_in_pieces_is_one_array(number, row):
    listed = [shapes.row_shape(row())] * number
    assert json.loads("".join(formats.json_array(listed))) == listed


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_frame_has_the_columns_of_the_csv(library, cited):
    pytest.importorskip(library)
    made = frame([cited(), cited(quantity=None)], library)
    assert tuple(made.columns) == shapes.CLAIM_COLUMNS
    assert made.shape[0] == 2


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_frame_of_nothing_has_no_rows(library):
    pytest.importorskip(library)
    assert frame([], library).shape[0] == 0
