"""What bytes are: told by content first, refused with what to do where they are not read."""

import gzip
import io
import subprocess
import sys
import zipfile

import pytest

from garrison.reading import read_bytes, reader_name


def zipped(name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "content")
    return packed.getvalue()


@pytest.mark.parametrize("data", [b"", b"  \n\t \r\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json"])
def test_nothing_is_refused_as_empty(refused, data, name):
    assert "empty" in refused(data, name)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG image"),
        (zipped("word/document.xml"), "Word document"),
        (zipped("xl/workbook.xml"), "Excel workbook"),
        (zipped("pages.html"), "ZIP archive"),
        (b"SQLite format 3\x00" + bytes(50), "SQLite database"),
        (b"{\\rtf1 text}", "RTF"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(50), "MP4"),
        (bytes(range(256)) * 40, "binary data"),
        (b"\x00" * 5000, "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_what_it_is(refused, data, what):
    assert what in refused(data, "file.txt")


def test_json_lines_are_told_by_their_brace(read):
    assert read(b'{"text": "Russia has 7,000 troops there."}\n', "download").text == "Russia has 7,000 troops there."


def test_a_text_that_opens_with_a_bracket_is_text(read):
    assert read(b"[Updated] The base\n\nIt is still there.", "story.txt").title == "[Updated] The base"


def test_a_gzip_bomb_is_refused(refused):
    assert "gzip bomb" in refused(gzip.compress(b"a" * 60_000_000), "bomb.txt.gz")


def test_a_gzip_bomb_of_lines_is_refused(refused):
    assert "gzip bomb" in refused(gzip.compress(b'{"text": "' + b"a" * 60_000_000), "bomb.jsonl.gz")


def test_what_is_packed_twice_is_refused(refused):
    assert "twice" in refused(gzip.compress(gzip.compress(b"A title\n\nWords.")), "a.txt.gz")


def test_packed_data_cut_short_are_refused(refused):
    words = " ".join(str(number**2) for number in range(5000)).encode()
    assert "cut short" in refused(gzip.compress(words)[:-200], "a.txt.gz")


def test_a_failure_says_where():
    (found,) = read_bytes(b"", name="folder/empty.txt")
    assert found.where == "folder/empty.txt"


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (b"<html><p>x</p>", "x", "html"),
        (b"words", "x.txt", "text"),
        (b'{"text": "x"}', "x.jsonl", "json"),
        (gzip.compress(b"%PDF-1.7", mtime=0), "x.pdf.gz", "pdf"),
    ],
)
def test_the_reader_has_a_name_with_a_version(data, name, reader):
    first, _, version = reader_name(name, data).partition(" ")
    assert first == reader
    assert version[0].isdigit()


def test_importing_the_reading_room_loads_no_parser():
    code = "import sys, garrison.reading; print({'trafilatura', 'lxml', 'pypdf', 'py3langid'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
