"""The built page's files, as the server hands them out."""

from pathlib import Path

HEAVY = "const words = 'present, size not stated';\n" * 200


def test_files_with_a_hash_in_their_name_come_compressed_to_who_takes_that(serving, examples, tmp_path):
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>Garrison</title>")
    (page / "assets" / "map-1a2b.js").write_text(HEAVY)
    reader = serving(examples, page=page)
    packed = reader.get("/assets/map-1a2b.js", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(HEAVY) / 10
    assert packed.text == HEAVY
    assert "javascript" in packed.headers["content-type"]
    plain = reader.get("/assets/map-1a2b.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == HEAVY


def test_where_the_page_is_not_built_its_address_says_how_and_shows_it_once_it_is(serving, examples, tmp_path):
    page = tmp_path / "page"
    reader = serving(examples, page=page)
    told = reader.get("/")
    assert "not built" in told.text
    commands = [line.strip() for line in told.text.splitlines() if line.startswith("    ")]
    assert commands == ["make page"]
    assert "\npage:" in (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    page.mkdir()
    (page / "index.html").write_text("<!doctype html><title>Garrison</title>")
    assert "<title>Garrison</title>" in reader.get("/").text
