"""JSON lines: a document per line, and what a broken line does."""

import gzip
import json

import pytest

from garrison.reading import Failure, read_bytes
from garrison.vocabulary import Document

ROW = {"text": "Russia has 7,000 troops in Tajikistan.", "title": "The base", "published": "2021-07-08",
       "outlet": "Northern Wire", "url": "https://northern-wire.example/base", "country": "ignored"}  # fmt: skip


def lines(*rows):
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def test_a_line_gives_a_document_with_what_it_states(read):
    document = read(lines(ROW), "rows.jsonl")
    assert document == Document(
        text=ROW["text"],
        title="The base",
        published="2021-07-08",
        outlet="Northern Wire",
        url=ROW["url"],
        language="en",
    )


def test_a_text_is_kept_to_the_character(read):
    text = "  Two spaces, a tab\t and © 2021 All rights reserved.\n\nLeave a Reply "
    assert read(lines({"text": text}), "rows.jsonl").text == text


def test_line_separators_inside_a_string_do_not_break_the_line(read):
    text = "one\u2028two\u2029three\u0085four"
    assert read(lines({"text": text}), "rows.jsonl").text == text


def test_a_broken_line_is_a_failure_with_its_number_and_the_others_go_on():
    data = lines(ROW) + b'{"text": \n\n' + lines({"text": "All was quiet."}, {"title": "no text"}, ["list"])
    found = list(read_bytes(data, name="rows.jsonl"))
    assert [type(one) for one in found] == [Document, Failure, Document, Failure, Failure]
    assert [one.where for one in found if isinstance(one, Failure)] == [
        "rows.jsonl, line 2",
        "rows.jsonl, line 5",
        "rows.jsonl, line 6",
    ]
    assert "not valid JSON" in found[1].reason
    assert "'text' must be a string" in found[3].reason


def test_packed_lines_are_read_a_line_at_a_time():
    found = read_bytes(gzip.compress(lines(*[ROW] * 3)), name="rows.jsonl.gz")
    assert next(found).title == "The base"
    assert len(list(found)) == 2


def test_packed_lines_cut_short_give_what_there_is_and_say_so():
    rows = [{"text": f"{n} troops {n * n} and {n**3} vehicles"} for n in range(3000)]
    found = list(read_bytes(gzip.compress(lines(*rows))[:-2000], name="rows.jsonl.gz"))
    assert len(found) > 1000
    assert "cut short" in found[-1].reason


def test_an_array_of_documents_is_read(read):
    found = list(read_bytes(json.dumps([ROW, ROW, 3], indent=1).encode(), name="rows.json"))
    assert [type(one) for one in found] == [Document, Document, Failure]
    assert found[2].where == "rows.json, entry 3"


def test_one_object_over_many_lines_is_read(read):
    assert read(json.dumps(ROW, indent=2).encode(), "row.json").title == "The base"


def test_a_line_with_a_mark_before_it_is_read(read):
    assert read(b"\xef\xbb\xbf" + lines(ROW), "rows.jsonl").title == "The base"


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [("2021", "2021"), ("2021-07-08T10:00:00Z", "2021-07-08"), ("8 July 2021", "2021-07-08"), ("", None), (None, None)],
)
def test_dates_are_read_as_precisely_as_they_are_stated(read, stated, read_as):
    assert read(lines(ROW | {"published": stated}), "rows.jsonl").published == read_as


def test_a_date_that_is_none_is_a_failure_that_says_how_to_write_one(refused):
    assert "no date; write 2021" in refused(lines(ROW | {"published": "soon"}), "rows.jsonl")


def test_lone_surrogates_and_nul_are_replaced_in_place(read):
    assert read(b'{"text": "a\\ud800b\\u0000c"}\n', "rows.jsonl").text == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("data", [b"[" * 1_000_000, b'{"a":' * 100_000])
def test_json_nested_without_end_is_a_failure(refused, data):
    assert "nested too deeply" in refused(data, "deep.jsonl")


def test_an_empty_array_is_a_failure(refused):
    assert "empty" in refused(b"[]", "rows.json")
