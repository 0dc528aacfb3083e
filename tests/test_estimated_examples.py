"""The examples of 2021, from files to estimates."""

import json
import sys
from pathlib import Path

import pytest

from garrison.cli.main import main

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "tajikistan-2021"
TROOPS = "RUS/personnel/TJK"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A ledger of the examples."""
    path = tmp_path_factory.mktemp("examples") / "garrison.db"
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(sys, "argv", ["garrison", "read", str(EXAMPLES), "--ledger", str(path)])
        main()
    return str(path)


@pytest.fixture
def asked(ledger, monkeypatch, capsys):
    """A function that gives the JSON of a command on the examples."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["garrison", *words, "--ledger", ledger, "--format", "json"])
        capsys.readouterr()
        with pytest.raises(SystemExit):
            main()
        return json.loads(capsys.readouterr().out)

    return run


def rows(picture):
    return {row["id"]: row for row in picture["rows"]}


def test_in_july_the_level_has_an_interval_and_the_reinforcement_is_not_in_it(asked):
    estimate = rows(asked("posture", "Tajikistan", "--as-of", "2021-07-08", "--known", "2021-07-08", "--estimate"))[
        TROOPS
    ]["estimate"]
    assert estimate["low"] < 7000 < estimate["high"]
    assert estimate["median"] < 8000


def test_the_reinforcement_is_open_until_it_is_denied(asked):
    question = ("moves", "Tajikistan", "--actor", "Russia", "--asset", "personnel")
    before = {
        move["quantity"]["text"]: move["state"]
        for move in asked(*question, "--as-of", "2021-07-09")
        if move["quantity"]
    }
    after = {
        move["quantity"]["text"]: move["state"]
        for move in asked(*question, "--as-of", "2021-07-15")
        if move["quantity"]
    }
    assert set(before.values()) == {"open"}
    assert set(after.values()) == {"denied"}


def test_the_base_is_counted_once(asked):
    estimate = rows(asked("posture", "Tajikistan", "--as-of", "2021-07-15", "--estimate"))["RUS/base/TJK"]["estimate"]
    assert estimate["median"] == 3


def test_a_later_voice_with_a_lower_figure_pulls_the_estimate_down_and_is_not_outlying(asked):
    early = rows(asked("posture", "Tajikistan", "--as-of", "2021-07-15", "--known", "2021-07-08", "--estimate"))
    late = rows(asked("posture", "Tajikistan", "--as-of", "2021-07-15", "--known", "2021-07-15", "--estimate"))
    assert late[TROOPS]["estimate"]["median"] < early[TROOPS]["estimate"]["median"]
    assert late[TROOPS]["estimate"]["outlying"] == []
