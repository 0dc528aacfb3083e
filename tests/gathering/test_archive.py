"""The archive: pages as received, whole after whatever happens to the program or the disk."""

import errno
import gzip
import io
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from garrison.gathering.archive import Archive
from garrison.gathering.exchange import Exchange, Fetched, Wanted
from garrison.vocabulary import LedgerError, SourceError


def fetched(body=b"<p>Words.</p>", url="http://a.test/page", at="2026-03-01T10:00:00+00:00", **headers):
    answered = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), *headers.items())
    asked = (("Host", "a.test"),)
    hop = Exchange("http://a.test/old", at, "HTTP/1.1", 301, "Moved", asked, (("Location", url),), b"")
    last = Exchange(url, at, "HTTP/2", 200, "", asked, answered, body)
    return Fetched(Wanted(hop.url), (hop, last), body)


@pytest.fixture
def archive(tmp_path):
    return Archive.beside(tmp_path / "ledger.db", "Garrison/1.0")


def types(path):
    with path.open("rb") as file:
        return [record.rec_type for record in ArchiveIterator(file)]


def path_of(archive, place):
    return Path(archive.folder, place.file)


def test_a_page_is_kept_with_the_way_to_it_in_the_file_of_its_day(archive):
    place = archive.keep(fetched())
    assert place.file == "garrison-20260301.warc.gz"
    assert types(path_of(archive, place)) == ["warcinfo", "response", "request", "response", "request"]
    found = archive.answer(place)
    assert (found.url, found.body, found.intact) == ("http://a.test/page", b"<p>Words.</p>", True)


def test_the_file_follows_the_standard_and_its_digests_are_right(archive, capsys):
    place = archive.keep(fetched())
    checker = Checker(type("Asked", (), {"inputs": [str(path_of(archive, place))], "verbose": True, "offset": 0})())
    checker.process_all()
    assert "failed" not in capsys.readouterr().out
    assert checker.exit_value == 0
    assert gzip.decompress(path_of(archive, place).read_bytes()).startswith(b"WARC/1.1\r\n")


def test_a_body_is_kept_packed_as_it_came_and_read_unpacked(archive):
    packed = gzip.compress(b"words" * 100)
    place = archive.keep(fetched(packed, **{"Content-Encoding": "gzip"}))
    assert archive.answer(place).body == b"words" * 100


def test_a_changed_byte_is_found_out(archive):
    place = archive.keep(fetched(bytes(range(256)) * 20))
    path = path_of(archive, place)
    raw = bytearray(path.read_bytes())
    whole = gzip.decompress(raw[place.answer : place.answer + place.answer_length])
    forged = gzip.compress(whole.replace(bytes(range(256)), bytes(reversed(range(256))), 1))
    path.write_bytes(raw[: place.answer] + forged + raw[place.answer + place.answer_length :])
    from dataclasses import replace

    assert archive.answer(replace(place, answer_length=len(forged))).intact is False


def test_a_damaged_record_is_told(archive):
    place = archive.keep(fetched())
    path = path_of(archive, place)
    raw = bytearray(path.read_bytes())
    raw[place.answer + place.answer_length // 2] ^= 255
    path.write_bytes(raw)
    try:
        assert archive.answer(place).intact is False
    except SourceError as error:
        assert "damaged" in str(error)


def test_half_a_record_left_by_a_killed_process_is_cut_off_and_whole_ones_stay(archive, tmp_path):
    first = archive.keep(fetched())
    path = path_of(archive, first)
    path.write_bytes(path.read_bytes() + gzip.compress(b"WARC/1.1\r\n" * 50)[:-9])
    again = Archive.beside(tmp_path / "ledger.db", "Garrison/1.0", {first.file: first.start + first.length})
    second = again.keep(fetched(b"later"))
    assert second.start == first.start + first.length
    assert types(path).count("response") == 4
    assert again.answer(second).body == b"later"


def test_two_writers_take_turns_in_one_file(archive, tmp_path):
    other = Archive.beside(tmp_path / "ledger.db", "Garrison/1.0")
    places = [one.keep(fetched(b"%d" % n)) for n in range(5) for one in (archive, other)]
    assert [archive.answer(place).body for place in places] == [b"%d" % n for n in range(5) for _ in "ab"]


def test_a_full_disk_leaves_the_file_as_it_was(archive, monkeypatch):
    first = archive.keep(fetched())
    path = path_of(archive, first)
    before = path.read_bytes()

    class Full(io.BufferedRandom):
        def write(self, data):
            super().write(data[: len(data) // 2])
            super().flush()
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fdopen", lambda descriptor, mode: Full(io.FileIO(descriptor, "r+b")))
    with pytest.raises(LedgerError, match="No space left on device"):
        archive.keep(fetched(b"later" * 1000))
    assert path.read_bytes() == before


def test_what_is_erased_is_gone_and_nothing_else_moves(archive):
    first, second, third = (archive.keep(fetched(b"words %d" % n)) for n in range(3))
    path = path_of(archive, first)
    size = path.stat().st_size
    archive.erase(second)
    assert path.stat().st_size == size
    assert b"words 1" not in gzip.decompress(path.read_bytes())
    assert [archive.answer(place).body for place in (first, third)] == [b"words 0", b"words 2"]
    with pytest.raises(SourceError):
        archive.answer(second)
    assert types(path).count("response") == 4


def test_a_name_that_leads_out_of_the_folder_is_refused(archive):
    with pytest.raises(SourceError, match="no name of a file"):
        archive.data("../ledger.db", 0, 1)
