"""The documentation: what it shows is what the program prints, and it names every field, command and page."""

import contextlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from garrison.publishing import shapes
from garrison.vocabulary import Asset, Hedge, Kind, Status
from garrison.vocabulary.guide_form import FIELDS, OPTIONAL

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md", "docs/reference-commands.md"])
def test_a_page_shows_what_its_commands_print(page):
    command = [sys.executable, str(ROOT / "tools" / "write_docs.py"), "--check", str(ROOT / page)]
    ended = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert ended.returncode == 0, f"run tools/write_docs.py and read the change:\n{ended.stdout}{ended.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    text = page.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    missing = []
    for target in targets:
        file, _, heading = target.partition("#")
        aim = (page.parent / file).resolve() if file else page
        if not aim.exists() or (heading and f"# {heading}" not in aim.read_text(encoding="utf-8").lower()):
            missing.append(target)
    assert missing == []


def test_every_page_is_in_the_index():
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = [str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md") if page.name != "index.md"]
    assert [page for page in pages if f"({page})" not in index] == []


def test_the_reference_of_fields_names_every_column_and_every_value():
    named = set(re.findall(r"`([^`]+)`", (DOCS / "reference-fields.md").read_text(encoding="utf-8")))
    nested = {f"{name}_{inner}" for name, fields in shapes._NESTED.items() for inner in fields}
    columns = {*shapes.ROW_COLUMNS, *shapes.CLAIM_COLUMNS, *shapes.POSITION_COLUMNS} - nested
    values = {member.value for members in (Asset, Kind, Status, Hedge) for member in members}
    assert (columns | values | FIELDS | OPTIONAL) - named == set()


def test_the_files_that_the_documentation_names_are_there():
    page = (DOCS / "how-a-claim-is-read.md").read_text(encoding="utf-8")
    named = [
        name for row in re.findall(r"^\|.*\| (`.*) \|$", page, re.M) for name in re.findall(r"`([\w/.]+\.csv)`", row)
    ]
    source = ROOT / "src" / "garrison"
    folders = (source, source / "naming" / "reference", source / "extraction" / "words")
    assert named
    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []


def test_the_examples_of_the_python_page_run(tmp_path, capsys):
    if importlib.util.find_spec("pandas") is None:
        pytest.skip("pandas is not installed: pip install 'garrison[pandas]'")
    page = (DOCS / "reference-python.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.S)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    with contextlib.chdir(tmp_path):
        for example in examples:
            exec(compile(example, "reference-python.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "18 18 0 0" in printed
    assert "RUS/personnel/TJK 5000 7000 3 True" in printed
    assert "Northgate Defence Letter Russia has no more than 5,000 troops in Tajikistan today" in printed
    assert "present Russia 7000 Tajikistan" in printed
