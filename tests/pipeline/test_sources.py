"""Sources: files, folders and streams as pieces of bytes."""

import gzip
import io

import pytest

from garrison.pipeline import sources
from garrison.pipeline.sources import Piece, located, pieces


def of(*names):
    """What all pieces of the sources named are, in order."""
    return [piece for file in located(map(str, names)) for piece in (pieces(file) if hasattr(file, "path") else [file])]


def test_a_folder_is_walked_in_order_of_names(tmp_path):
    for name in ("b.txt", "a.txt", "c/a.txt", "a/z.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [piece.name for piece in of(tmp_path)] == [
        str(tmp_path / name) for name in ("a.txt", "b.txt", "a/z.html", "c/a.txt")
    ]


def test_gzip_is_known_by_its_bytes_and_not_by_its_name(tmp_path):
    (tmp_path / "page.html").write_bytes(gzip.compress(b"words"))
    assert of(tmp_path / "page.html") == [Piece(str(tmp_path / "page.html"), b"words")]


def test_json_lines_come_a_line_at_a_time_with_their_numbers(tmp_path):
    (tmp_path / "many.jsonl.gz").write_bytes(gzip.compress(b'{"a": 1}\n\n{"a": 2}'))
    assert [(piece.line, piece.data) for piece in of(tmp_path / "many.jsonl.gz")] == [
        (1, b'{"a": 1}\n'),
        (3, b'{"a": 2}'),
    ]


def test_a_line_without_end_is_refused_at_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "PIECE_LIMIT", 1000)
    (tmp_path / "long.jsonl").write_bytes(b'{"a": 1}\n' + b"x" * 5000)
    first, refused = of(tmp_path / "long.jsonl")
    assert first.data == b'{"a": 1}\n'
    assert refused.where.endswith("long.jsonl, line 2")


def test_a_bomb_of_lines_is_refused_at_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "LINES_LIMIT", 10_000)
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b'{"a": 1}\n' * 5000))
    *_, refused = of(tmp_path / "bomb.jsonl.gz")
    assert "the rest is not read" in refused.reason


def test_an_endless_stream_is_read_no_further_than_the_limit(tmp_path, monkeypatch):
    class Endless(io.RawIOBase):
        given = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            self.given += len(buffer)
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    stream = Endless()
    monkeypatch.setattr(sources, "PIECE_LIMIT", 2**20)
    monkeypatch.setattr(sources.sys, "stdin", type("Stdin", (), {"buffer": stream})())
    (refused,) = of("-")
    assert "larger than the 1 MB" in refused.reason
    assert stream.given < 2 * 2**20


@pytest.mark.parametrize("cut", [1, 10, 30])
def test_damaged_gzip_is_told(tmp_path, cut):
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(b"words " * 1000)[:-cut])
    (refused,) = of(tmp_path / "cut.html.gz")
    assert "damaged or cut short" in refused.reason


def test_a_file_that_goes_away_is_told(tmp_path):
    (refused,) = of(tmp_path / "gone.html")
    assert refused.reason == "there is no such file or folder"


def test_a_link_that_runs_in_a_circle_is_told(tmp_path):
    (tmp_path / "loop.html").symlink_to(tmp_path / "loop.html")
    (refused,) = of(tmp_path / "loop.html")
    assert refused.where.endswith("loop.html")


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', [1, 2]),
        (b'{\n "text": "a"\n}\n', [None]),
        (b"[{}]", [None]),
        (b"text", [None]),
    ],
)
def test_a_stream_without_a_name_is_taken_for_lines_where_its_first_object_fills_a_line(tmp_path, data, lines):
    (tmp_path / "unnamed").write_bytes(data)
    assert [piece.line for piece in of(tmp_path / "unnamed")] == lines
