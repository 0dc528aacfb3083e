"""The command line, run in this process, and small files to run it on."""

import io
import json
import sys
from dataclasses import dataclass

import pytest

from garrison.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def garrison(monkeypatch, capsys, tmp_path):
    """A function that runs ``garrison`` with arguments, on a ledger of this test's own."""
    monkeypatch.setenv("GARRISON_LEDGER", str(tmp_path / "ledger" / "garrison.db"))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*args, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["garrison", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Ran(ended.value.code or 0, printed.out, printed.err)

    return run


@pytest.fixture
def claim():
    """A function that makes a claim in the guide's form, with the fields that are given changed."""

    def made(quote="Tajikistan hosts about 7,000 troops from Russia", **fields):
        return {
            "quote": quote,
            "kind": "present",
            "status": "fact",
            "actor": "Russia",
            "actor_iso3": "RUS",
            "unit": None,
            "asset": "personnel",
            "asset_text": "troops",
            "quantity": {"text": "about 7,000", "low": 7000, "high": 7000, "hedge": "about"},
            "measure": "level",
            "place": "Tajikistan",
            "place_iso3": "TJK",
            "origin": None,
            "origin_iso3": None,
            "when": None,
            "source": [],
        } | fields

    return made


@pytest.fixture
def passage(claim):
    """A function that makes a line of a claims file, with the fields that are given changed."""

    def made(**fields):
        return {
            "id": "p1",
            "title": "The base",
            "published": "2021-07-08",
            "outlet": "Northern Wire",
            "text": "Tajikistan hosts about 7,000 troops from Russia, and has for years.",
            "url": "https://wire.example/base",
            "claims": [claim()],
        } | fields

    return made


@pytest.fixture
def lines(tmp_path):
    """A function that writes objects as JSON lines to a file and gives its path; strings are written as they are."""

    def written(*rows, name="claims.jsonl"):
        path = tmp_path / name
        path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
        return path

    return written
