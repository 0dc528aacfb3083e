"""The program as a whole: help, statuses, messages."""

import os
import subprocess
import sys
from importlib import import_module

import pytest

from garrison.cli.main import COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(garrison, name):
    ran = garrison(*name.split(), "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"Usage: garrison {name} ")
    assert f"\n    garrison {name}" in ran.out or f"| garrison {name}" in ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_commands_own_help_says(name):
    module, words = COMMANDS[name]
    docstring = getattr(import_module(f"garrison.cli.{module}"), module).__doc__
    assert docstring.splitlines()[0].rstrip(".").startswith(words.rstrip("."))


def test_help_imports_nothing_of_the_other_rooms():
    code = (
        "import sys\nsys.argv = ['garrison', '--help']\nfrom garrison.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'sqlalchemy', 'trafilatura', 'rich', 'lxml', 're2', 'garrison.ledger', 'garrison.pipeline'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "[]"


def test_an_unknown_command_is_wrong_usage_and_the_near_one_is_named(garrison):
    ran = garrison("postur")
    assert ran.status == 2
    assert "posture" in ran.err


def test_the_version_is_printed(garrison):
    assert garrison("--version").out.startswith("garrison 0")


def test_a_missing_ledger_is_told_with_what_to_do(garrison, tmp_path):
    ran = garrison("posture", "Tajikistan")
    assert ran.status == 2
    assert ran.err.startswith(f"garrison: there is no ledger at {tmp_path}")
    assert "garrison read SOURCE" in ran.err
    assert "Traceback" not in ran.err


def test_a_command_that_only_reads_makes_no_ledger(garrison, tmp_path):
    garrison("claims")
    assert not (tmp_path / "ledger").exists()


def test_debug_shows_where_an_error_arose(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["garrison", "--debug", "claims", "--ledger", str(tmp_path / "none.db")])
    with pytest.raises(Exception, match="there is no ledger"):
        main()


def test_an_error_of_garrison_itself_is_told_in_a_line(garrison, monkeypatch):
    monkeypatch.setattr("garrison.cli.ledger_file.ledger_path", lambda given: 1 / 0)
    ran = garrison("claims")
    assert ran.status == 2
    assert "an error in Garrison itself (ZeroDivisionError" in ran.err
    assert "Traceback" not in ran.err


@pytest.fixture
def ledger(garrison, lines, passage, claim, tmp_path):
    """A ledger with 300 claims."""
    rows = [passage(id=str(n), url=f"https://wire.example/{n}", claims=[claim()]) for n in range(300)]
    assert garrison("record", lines(*rows)).status == 0
    return tmp_path / "ledger" / "garrison.db"


def test_a_reader_that_has_seen_enough_ends_the_program_in_peace(ledger):
    command = f'"{sys.executable}" -m garrison claims --format csv --ledger "{ledger}" | head -n 1'
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("id,document")
    assert ran.stderr == ""
    assert ran.returncode == 0


def test_piped_tables_have_no_colour_and_fit_80_columns(ledger):
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    ran = subprocess.run(
        [sys.executable, "-m", "garrison", "claims", "--ledger", str(ledger)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert "\x1b" not in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 80
    assert "the first 100 are shown" in ran.stderr
