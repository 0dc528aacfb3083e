"""``garrison read``: documents in, and every sort of bad input."""

import gzip
import json
import os
import sys

import pytest

from garrison.cli.main import main
from garrison.pipeline import sources

STORY = """The base at Dushanbe
Published: 2021-07-08
Outlet: Northern Wire

Russia has about 7,000 troops in Tajikistan, officials said. The road was open all day.
"""


@pytest.fixture
def story(tmp_path):
    """A text file with one dated story."""
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def test_reading_ends_with_what_was_read_new_unchanged_failed_and_claimed(garrison, story):
    ran = garrison("read", story)
    assert ran.status == 0
    assert ran.out == "1 document read, 1 new, 0 unchanged, 0 failed, 1 claim\n"


def test_reading_the_same_thing_twice_changes_nothing(garrison, story):
    garrison("read", story)
    before = garrison("claims", "--format", "json").out
    ran = garrison("read", story)
    assert ran.out == "1 document read, 0 new, 1 unchanged, 0 failed, 0 claims\n"
    assert garrison("claims", "--format", "json").out == before


def test_a_folder_is_read_through_with_what_is_inside_it(garrison, story, tmp_path):
    folder = tmp_path / "in" / "deeper"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(STORY)
    (folder / "b.html.gz").write_bytes(gzip.compress(b"<html><body><p>" + STORY.encode() * 3 + b"</p></body></html>"))
    (folder / "style.css").write_text("p {}")
    (folder / ".hidden.txt").write_text("hidden")
    assert garrison("read", tmp_path / "in").out.startswith("2 documents read, 2 new")


def test_standard_input_is_read(garrison):
    assert garrison("read", "-", stdin=STORY.encode()).out.startswith("1 document read, 1 new")


def test_json_lines_on_standard_input_are_told_by_their_brace(garrison):
    rows = [{"text": "Russia has 7,000 troops in Tajikistan.", "published": f"2021-07-0{n}"} for n in (1, 2, 3)]
    stdin = "".join(json.dumps(row) + "\n" for row in rows).encode()
    assert garrison("read", "-", stdin=stdin).out.startswith("3 documents read, 3 new")


def test_what_a_file_lacks_is_filled_from_the_command_line(garrison, tmp_path):
    (tmp_path / "bare.txt").write_text("A title\n\nRussia has about 7,000 troops in Tajikistan.\n")
    garrison("read", tmp_path / "bare.txt", "--published", "2021-07", "--outlet", "Evening Post")
    (entry,) = json.loads(garrison("documents", "--format", "json").out)
    assert (entry["published"], entry["outlet"]) == ("2021-07", "Evening Post")


def test_what_a_file_states_is_not_overridden(garrison, story):
    garrison("read", story, "--published", "2001", "--outlet", "Evening Post")
    (entry,) = json.loads(garrison("documents", "--format", "json").out)
    assert (entry["published"], entry["outlet"]) == ("2021-07-08", "Northern Wire")


def test_a_date_on_the_command_line_that_is_none_is_wrong_usage(garrison, story):
    ran = garrison("read", story, "--published", "8 July")
    assert ran.status == 2
    assert "'8 July' is not a date; write 2021, 2021-07 or 2021-07-15" in ran.err


def test_an_unknown_extractor_is_wrong_usage(garrison, story):
    ran = garrison("read", story, "--extractor", "oracle")
    assert ran.status == 2
    assert "oracle" in ran.err


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "blank.html": b"<html><body></body></html>",
    "damaged.html.gz": gzip.compress(b"<p>words</p>" * 100)[:-20],
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_reported_by_name_and_the_rest_are_read(garrison, story, tmp_path, name):
    (tmp_path / name).write_bytes(BAD[name])
    ran = garrison("read", tmp_path / name, story)
    assert ran.status == 1
    assert ran.out.startswith("1 document read, 1 new, 0 unchanged, 1 failed")
    assert ran.err.startswith(f"garrison: {tmp_path / name}: ")


def test_a_missing_file_is_reported_and_the_rest_are_read(garrison, story, tmp_path):
    ran = garrison("read", tmp_path / "none.html", story)
    assert ran.status == 1
    assert "none.html: there is no such file or folder" in ran.err
    assert "1 new" in ran.out


def test_a_folder_without_documents_is_reported(garrison, tmp_path):
    (tmp_path / "in").mkdir()
    ran = garrison("read", tmp_path / "in")
    assert ran.status == 1
    assert "the folder holds no documents" in ran.err


def test_a_folder_without_permission_is_reported_and_the_rest_are_read(garrison, story, tmp_path, monkeypatch):
    closed = tmp_path / "in" / "closed"
    closed.mkdir(parents=True)
    (tmp_path / "in" / "story.txt").write_text(STORY)
    scan = os.scandir

    def refusing(path):
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    ran = garrison("read", tmp_path / "in")
    assert ran.status == 1
    assert f"{closed}: no permission to read it" in ran.err
    assert "1 new" in ran.out


def test_a_document_beyond_the_limit_is_refused_with_the_limit(garrison, tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "PIECE_LIMIT", 2**20)
    (tmp_path / "large.txt").write_bytes(b"word " * 2**18)
    ran = garrison("read", tmp_path / "large.txt")
    assert ran.status == 1
    assert "larger than the 1 MB that one document may have" in ran.err


def test_a_gzip_bomb_is_refused_before_it_is_unpacked_whole(garrison, tmp_path):
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(b"\0" * (64 * 2**20)))
    ran = garrison("read", tmp_path / "bomb.html.gz")
    assert ran.status == 1
    assert "larger than the 32 MB" in ran.err


def test_a_million_nested_tags_stop_nothing(garrison, story, tmp_path):
    (tmp_path / "deep.html").write_bytes(b"<div>" * 1_000_000)
    ran = garrison("read", tmp_path / "deep.html", story)
    assert ran.status in (0, 1)
    assert "1 new" in ran.out or "2 new" in ran.out
    assert "Traceback" not in ran.err


def test_a_broken_json_line_is_reported_with_its_number_and_the_rest_are_read(garrison, lines):
    path = lines({"text": "Russia has 7,000 troops in Tajikistan."}, '{"text": ', {"text": "All was quiet there."})
    ran = garrison("read", path)
    assert ran.status == 1
    assert "claims.jsonl, line 2: " in ran.err
    assert ran.out.startswith("2 documents read, 2 new, 0 unchanged, 1 failed")


def test_a_document_without_a_date_is_kept_and_told(garrison, tmp_path):
    (tmp_path / "bare.txt").write_text("A title\n\nRussia has about 7,000 troops in Tajikistan.\n")
    ran = garrison("read", tmp_path / "bare.txt")
    assert ran.status == 0
    assert "no date stated" in ran.err
    (entry,) = json.loads(garrison("documents", "--format", "json").out)
    assert entry["known_basis"] == "recorded"


def test_a_future_date_is_kept_as_stated_and_told(garrison, tmp_path):
    (tmp_path / "later.txt").write_text(STORY.replace("2021-07-08", "2999-01-01"))
    ran = garrison("read", tmp_path / "later.txt")
    assert ran.status == 0
    assert "dated 2999-01-01, in the future" in ran.err
    (entry,) = json.loads(garrison("documents", "--format", "json").out)
    assert entry["published"] == "2999-01-01"
    assert entry["known"] < "2999"


def test_another_language_is_kept_and_marked_without_claims(garrison, tmp_path):
    french = (
        "Les militaires russes\nPublished: 2021-07-08\n\nLa Russie maintient environ sept mille soldats au Tadjikistan "
        "depuis de nombreuses années, selon le ministère de la défense, qui n'a pas souhaité faire d'autre commentaire."
    )
    (tmp_path / "french.txt").write_text(french)
    ran = garrison("read", tmp_path / "french.txt")
    assert ran.status == 0
    assert "in another language (fr)" in ran.err
    assert ran.out.endswith("0 claims\n")
    assert json.loads(garrison("documents", "--format", "json").out)[0]["language"] == "fr"


def test_a_wrongly_encoded_text_is_read_or_reported_but_never_stops_the_rest(garrison, story, tmp_path):
    (tmp_path / "odd.txt").write_bytes(
        "Ein Titel — mit Umlauten äöü\n\nRussia has 7,000 troops.\n".encode("utf-16-le")[1:]
    )
    ran = garrison("read", tmp_path / "odd.txt", story)
    assert ran.status in (0, 1)
    assert "Traceback" not in ran.err
    assert json.loads(garrison("documents", "--format", "json", "--outlet", "Northern Wire").out)


def test_an_extractor_that_fails_on_one_document_does_not_stop_the_rest(garrison, story, tmp_path, monkeypatch):
    class Fails:
        name, version, sure = "fails", "1", 0.0

        def claims(self, document):
            if "quiet" in document.text:
                raise KeyError("quiet")
            return ()

    monkeypatch.setattr("garrison.extraction.registry.extractor_named", lambda name: Fails())
    (tmp_path / "quiet.txt").write_text("A title\n\nAll was quiet in the capital on Thursday.\n")
    ran = garrison("read", tmp_path / "quiet.txt", story)
    assert ran.status == 1
    assert "its claims could not be read (KeyError" in ran.err
    assert "1 new" in ran.out


def test_an_interrupted_reading_keeps_what_was_read_and_says_so(garrison, tmp_path, monkeypatch):
    class Interrupted:
        name, version, sure = "interrupted", "1", 0.0

        def claims(self, document):
            if "second" in document.text:
                raise KeyboardInterrupt
            return ()

    monkeypatch.setattr("garrison.extraction.registry.extractor_named", lambda name: Interrupted())
    (tmp_path / "1.txt").write_text("One\n\nThis is the first story of the day.\n")
    (tmp_path / "2.txt").write_text("Two\n\nThis is the second story of the day.\n")
    ran = garrison("read", tmp_path / "1.txt", tmp_path / "2.txt")
    assert ran.status == 130
    assert ran.out.startswith("stopped; 1 document read")
    assert len(json.loads(garrison("documents", "--format", "json").out)) == 1


def test_a_file_that_is_no_ledger_is_told_in_a_line(garrison, story, tmp_path):
    (tmp_path / "notes.db").write_text("these are notes, not a ledger, and long enough to be looked at" * 20)
    ran = garrison("read", story, "--ledger", tmp_path / "notes.db")
    assert ran.status == 2
    assert ran.err.startswith("garrison: ")
    assert "notes.db" in ran.err
    assert "Traceback" not in ran.err


def test_a_progress_bar_is_drawn_only_where_a_person_looks(garrison, story, monkeypatch, capsys, tmp_path):
    assert garrison("read", story).err == ""
    monkeypatch.setattr(sys, "argv", ["garrison", "read", str(story)])
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit):
        main()
    assert "1 unchanged" in capsys.readouterr().out


def test_half_a_surrogate_pair_in_a_text_stops_nothing(garrison, lines):
    ran = garrison(
        "read", lines('{"text": "Troops \\ud800 are there.", "title": "a"}', {"text": "All was quiet there."})
    )
    assert ran.status in (0, 1)
    assert "1 new" in ran.out or "2 new" in ran.out
    assert "Traceback" not in ran.err
