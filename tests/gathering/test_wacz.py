"""WACZ: what a player of web archives needs, as its specification has it."""

import json
import zipfile

import pytest

from garrison.gathering.wacz import surt


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Herald.example/A?b=2&a=1", "example,herald)/a?a=1&b=2"),
        ("http://herald.example", "example,herald)/"),
        ("http://herald.example:8080/x", "example,herald:8080)/x"),
        ("https://herald.example:443/x?q", "example,herald)/x?q="),
        ("https://www2.herald.example/", "example,herald)/"),
    ],
)
def test_addresses_are_sorted_as_players_look_them_up(url, key):
    assert surt(url) == key


def exported(garrison, web, tmp_path):
    moved = web.put(f"{BASE}/old", web.answer(status="301 Moved", Location="/story"))
    web.put(f"{BASE}/story", web.answer(web.article("Russia has about 7,000 troops in Tajikistan, officials said.")))
    garrison("read", moved)
    (claim,) = garrison.claims()
    target = tmp_path / "evidence.wacz"
    status, out, _ = garrison("archive", "export", claim["id"], target)
    assert (status, out) == (0, f"1 archived page written to {target}\n")
    return target


BASE = "http://news.test"


def test_a_package_lists_its_page_and_finds_every_answer_by_its_index(garrison, web, tmp_path):
    import gzip
    import io

    from warcio.archiveiterator import ArchiveIterator

    with zipfile.ZipFile(exported(garrison, web, tmp_path)) as package:
        assert all(each.compress_type == zipfile.ZIP_STORED for each in package.infolist())
        _, page = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
        lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
        records = package.read("archive/data.warc.gz")
        table = package.read("indexes/index.idx").decode().splitlines()
        described = json.loads(package.read("datapackage.json"))
    assert (page["url"], page["title"]) == (f"{BASE}/story", "The base at Dushanbe")
    assert described["mainPageUrl"] == f"{BASE}/story"
    assert [line.split(" ")[0] for line in lines] == ["test,news)/old", "test,news)/story"]
    for line, status in zip(lines, ("301", "200"), strict=True):
        found = json.loads(line.split(" ", 2)[2])
        assert found["status"] == status
        start, length = int(found["offset"]), int(found["length"])
        (record,) = ArchiveIterator(io.BytesIO(records[start : start + length]))
        assert record.rec_headers.get_header("WARC-Target-URI") == found["url"]
    block = json.loads(table[1].split(" ", 2)[2])
    assert table[1].startswith(" ".join(lines[0].split(" ", 2)[:2]))
    assert block["filename"] == "index.cdx.gz"


def test_the_validator_of_the_format_finds_nothing_wrong(garrison, web, tmp_path):
    validate = pytest.importorskip("wacz.validate", reason="the validator of WACZ is not installed")
    checked = validate.Validation(str(exported(garrison, web, tmp_path)))
    assert checked.version == "1.1.1"
    assert checked.check_required_contents() == 0
    for check in ("frictionless_validate", "check_file_paths", "check_compression", "check_indexes",
                  "check_file_hashes", "check_data_package_hash_and_sig"):  # fmt: skip
        assert getattr(checked, check)(), check


def test_an_export_without_a_file_to_write_says_so(garrison):
    status, _, err = garrison("archive", "export", "3f2a9c01")
    assert (status, "ends in .wacz" in err) == (2, True)
