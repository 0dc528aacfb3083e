"""The page about the API says what the OpenAPI document says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from garrison.server.app import API, bare
from garrison.server.asked import Room
from garrison.server.pool import Pool
from garrison.server.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "reference-api.md"


@pytest.fixture(scope="module")
def document(examples):
    pool = Pool(examples)
    yield bare(Room(Settings(examples, edit=True), pool)).openapi()
    pool.close()


def test_every_request_and_parameter_is_on_the_page(document):
    rows = re.findall(r"^\| `([A-Z]+) (/[^`]*)` \| (.*?) \| .+ \|$", PAGE.read_text(encoding="utf-8"), re.M)
    told = {(method, path): set(re.findall(r"`([^`]+)`", names)) for method, path, names in rows}
    there = {
        (method.upper(), path.removeprefix(API)): {
            each["name"] for each in asked.get("parameters", ()) if each["in"] == "query"
        }
        for path, methods in document["paths"].items()
        for method, asked in methods.items()
    }
    assert told == there


def test_every_file_to_download_is_on_the_page(document):
    (parameter,) = [
        each for each in document["paths"][f"{API}/download/{{file}}"]["get"]["parameters"] if each["name"] == "file"
    ]
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in parameter["schema"]["enum"] if f"`{name}`" not in page] == []


def test_every_answer_is_typed(document):
    for path, methods in document["paths"].items():
        for method, asked in methods.items():
            good = next(answer for code, answer in asked["responses"].items() if code.startswith("2"))
            typed = "content" not in good or all(
                "$ref" in kind.get("schema", {"$ref": ""}) for kind in good["content"].values()
            )
            assert typed, (method, path)
            assert asked["description"], (method, path)


def test_the_page_is_written_against_the_answers_that_are_given(document):
    """``web/openapi.json``, which the page's types are made of, names what the server does."""
    kept = json.loads((Path(__file__).parents[2] / "web" / "openapi.json").read_text(encoding="utf-8"))
    assert set(kept["paths"]) == set(document["paths"])

    def fields(of):
        return {name: sorted(schema.get("properties", ())) for name, schema in of["components"]["schemas"].items()}

    assert fields(kept) == fields(document)
