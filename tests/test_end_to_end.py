"""The bundled dispatches and the article that the project began with, from files to pictures, as a user runs them."""

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from garrison.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
DISPATCHES = ROOT / "examples" / "tajikistan-2021"
SEED = ROOT.parent / "shared" / "seed" / "article.txt"


class Ledger:
    """A ledger's file and the commands run on it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def run(self, *args: str) -> str:
        """What ``garrison`` prints at 80 columns; fails the test when it fails."""
        printed, complaints = io.StringIO(), io.StringIO()
        words = ["garrison", *map(str, args), "--ledger", str(self.path)]
        with (
            mock.patch.object(sys, "argv", words),
            mock.patch.dict(os.environ, COLUMNS="80"),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(complaints),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        assert not ended.value.code, complaints.getvalue()
        return printed.getvalue()

    def json(self, *args: str):
        """What ``garrison`` prints as JSON."""
        return json.loads(self.run(*args, "--format", "json"))


@pytest.fixture(scope="module")
def summer(tmp_path_factory):
    """The ledger of the bundled dispatches, read once."""
    opened = Ledger(tmp_path_factory.mktemp("summer") / "summer.db")
    opened.summary = opened.run("read", DISPATCHES)
    return opened


@pytest.fixture(scope="module")
def claims(summer):
    """Every claim in it."""
    return summer.json("claims")


@pytest.fixture(scope="module")
def tajikistan(summer):
    """The picture of Tajikistan on 7 August 2021, from all that is known."""
    return summer.json("posture", "Tajikistan", "--as-of", "2021-08-07")


def bounds(claim):
    quantity = claim["quantity"]
    return (quantity["low"], quantity["high"]) if quantity else None


def those(claims, **fields):
    """The claims whose fields are these; ``quantity`` is a pair of bounds."""
    wanted = fields.pop("bounds", ...)
    return [
        claim
        for claim in claims
        if all(claim[name] == value for name, value in fields.items()) and (wanted is ... or bounds(claim) == wanted)
    ]


def source_text(name: str) -> str:
    return (DISPATCHES / name).read_text(encoding="utf-8")


def test_every_dispatch_is_read_and_the_readme_beside_them_is_not(summer):
    assert summer.summary.startswith("18 documents read, 18 new, 0 unchanged, 0 failed")
    assert len(summer.json("documents")) == 18


def test_every_quotation_stands_word_for_word_in_a_dispatch(claims):
    dispatches = " ".join(" ".join(source_text(file.name).split()) for file in DISPATCHES.iterdir())
    assert claims
    assert [claim["quote"] for claim in claims if " ".join(claim["quote"].split()) not in dispatches] == []


def test_no_claim_comes_from_comments_footers_banners_or_labels(claims):
    quotes = " ".join(claim["quote"] for claim in claims)
    for words in ("spam", "40,000", "rights reserved", "Unauthorized", "cookies", "soups", "demonstration", "Agencies"):
        assert words not in quotes
    assert not those(claims, bounds=(40_000, 40_000))


def test_a_dispatch_that_says_nothing_of_where_a_force_is_has_no_claims(summer):
    [document] = [one for one in summer.json("documents") if one["url"] == "https://steppe-wire.example/a/31207"]
    assert document["claims"] == 0
    assert summer.json("claims", "--document", document["id"]) == []


def test_a_minister_who_says_that_obligations_are_in_force_places_no_force(claims):
    assert those(claims, place_iso3="LAO") == []


def test_voices_that_exclude_each_other_make_the_size_of_the_base_disputed(tajikistan):
    [dispute] = tajikistan["disagreements"]
    assert dispute["row"] == "RUS/personnel/TJK"
    assert {bounds(stated) for stated in dispute["stated"]} == {(7_000, 7_000), (None, 5_000)}


def test_the_disputed_row_shows_both_figures_and_how_many_voices_it_rests_on(summer):
    table = summer.run("posture", "Tajikistan", "--as-of", "2021-08-07", "--asset", "personnel")
    assert "about 7,000" in table
    assert "up to 5,000" in table
    assert "3 voices" in table
    assert "DISPUTED" in table


def test_both_sides_of_the_dispute_are_traced_to_their_words_and_pages(summer):
    words = summer.run("why", "RUS/personnel/TJK")
    assert "»Russia has no more than 5,000\n    troops in Tajikistan today«" in words
    assert "two Western diplomats → Northgate Defence Letter" in words
    assert "https://northgate-letter.example/counting-the-201st#:~:text=" in words
    assert "https://oxus-herald.example/2021/07/10/correction#:~:text=" in words


def test_men_and_tanks_announced_on_one_word_are_two_claims_with_their_source(claims):
    announced = {"status": "planned", "kind": "deploy", "actor": "Russia", "place_iso3": "TJK"}
    [men] = those(claims, **announced, asset="personnel")
    [tanks] = those(claims, **announced, asset="tank")
    assert bounds(men) == (None, 6_000)
    assert bounds(tanks) == (100, None)
    assert men["source"] == tanks["source"] == ["a source in the Tajik security services"]
    assert men["outlet"] == tanks["outlet"] == "Oxus Herald"


def test_the_denial_stands_beside_the_announcement_and_removes_neither(tajikistan):
    assert {bounds(move) for move in tajikistan["denied"]} == {(6_000, 6_000)}
    assert (None, 6_000) in {bounds(move) for move in tajikistan["announced"]}


def test_reservists_are_announced_for_the_border_and_counted_nowhere_else(claims):
    [reservists] = those(claims, bounds=(20_000, 20_000))
    assert (reservists["kind"], reservists["status"]) == ("deploy", "planned")
    assert (reservists["actor"], reservists["place_iso3"]) == ("Tajikistan", "TJK")


def test_soldiers_in_retreat_arrive_in_the_country_that_they_cross_into(claims):
    [soldiers] = those(claims, bounds=(1_000, 1_000))
    assert (soldiers["kind"], soldiers["actor"], soldiers["place"]) == ("deploy", "Afghanistan", "Tajikistan")


def test_fighting_vehicles_are_sent_on_the_word_of_the_military_district(claims):
    [vehicles] = those(claims, asset="armoured_vehicle", bounds=(17, 17))
    assert (vehicles["kind"], vehicles["measure"], vehicles["place_iso3"]) == ("deploy", "change", "TJK")
    assert vehicles["source"] == ["Central Military District"]


def test_a_readiness_check_is_an_exercise_and_not_the_strength_of_the_forces(claims, tajikistan):
    [check] = those(claims, bounds=(230_000, 230_000))
    assert (check["kind"], check["actor"]) == ("exercise", "Tajikistan")
    assert tajikistan["strengths"] == []


def test_drills_with_two_guests_name_both_and_give_neither_the_joint_figure(claims):
    drills = [claim for claim in those(claims, kind="exercise") if "Termez" in claim["place"]]
    assert {claim["actor"] for claim in drills} == {"Russia", "Uzbekistan"}
    assert {bounds(claim) for claim in drills} == {None}
    assert {(claim["when"]["start"], claim["when"]["end"]) for claim in drills} == {("2021-07-30", "2021-08-10")}


def test_the_same_drill_in_a_copied_dispatch_is_kept_with_each_outlet(claims):
    drills = those(claims, kind="exercise", actor="Russia", bounds=(1_800, 1_800))
    assert {claim["outlet"] for claim in drills} == {"Pamir Courier", "Amu Darya Today"}
    assert {claim["quote"] for claim in drills} == {drills[0]["quote"]}
    assert {claim["place_iso3"] for claim in drills} == {"TJK"}


def test_the_drills_of_the_alliance_are_its_own(claims):
    [drills] = those(claims, bounds=(5_000, None))
    assert (drills["kind"], drills["actor"], drills["place_iso3"]) == ("exercise", "CSTO", "TJK")


def test_the_american_withdrawal_is_told_from_its_old_level_to_the_last_soldier(claims):
    americans = those(claims, actor_iso3="USA", place_iso3="AFG")
    assert those(americans, kind="present", status="fact", bounds=(2_500, 2_500))
    assert those(americans, kind="present", status="planned", bounds=(650, 650))
    assert those(americans, kind="deploy", measure="change", bounds=(3_000, 3_000))
    assert those(americans, kind="present", status="possible", bounds=(None, 6_000))
    left = those(americans, kind="withdraw", published="2021-08-31")
    assert [claim["when"]["start"] for claim in left] == ["2021-08-30"]


def test_what_was_published_later_is_not_known_earlier(summer):
    picture = summer.json("posture", "Tajikistan", "--as-of", "2021-07-08", "--known", "2021-07-06")
    assert {move["published"] for name in ("announced", "denied", "moves") for move in picture[name]} <= {"2021-07-05"}
    assert picture["disagreements"] == []
    table = summer.run("posture", "Tajikistan", "--as-of", "2021-07-08", "--known", "2021-07-06")
    assert "about 7,000" in table
    assert "6,000 personnel" not in table
    assert "5,000" not in table
    assert "Oxus Herald" not in table


def test_the_base_is_a_unit_with_a_seat(summer):
    table = summer.run("units", "201st military base")
    assert "Dushanbe" in table
    assert "2021-07-06" in table


def test_a_misspelt_country_is_the_same_country(summer, tajikistan):
    again = summer.json("posture", "Tajikstan", "--as-of", "2021-08-07")
    assert again["rows"] == tajikistan["rows"]


def test_reading_the_dispatches_again_changes_nothing(summer, claims, tajikistan):
    assert summer.run("read", DISPATCHES).startswith("18 documents read, 0 new, 18 unchanged, 0 failed")
    assert summer.json("claims") == claims
    assert summer.json("posture", "Tajikistan", "--as-of", "2021-08-07") == tajikistan


def test_a_rejected_claim_leaves_the_picture_until_the_judgement_is_withdrawn(tmp_path):
    ledger = Ledger(tmp_path / "judged.db")
    ledger.run("read", DISPATCHES)
    [low] = those(ledger.json("claims"), bounds=(None, 5_000))
    question = ("posture", "Tajikistan", "--as-of", "2021-08-07", "--asset", "personnel")
    ledger.run("judge", low["id"], "reject", "--by", "R. Analyst", "--because", "the diplomats are not named")
    assert "up to 5,000" not in ledger.run(*question)
    ledger.run("judge", low["id"], "withdraw", "--by", "R. Analyst", "--because", "one of them has come forward")
    assert "up to 5,000" in ledger.run(*question)


def test_the_demonstration_builds_a_ledger_on_which_the_three_commands_that_it_ends_with_work(tmp_path):
    ended = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "demo.py")],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert ended.returncode == 0, ended.stderr
    _, _, rest = ended.stdout.partition("Three commands to try next:")
    commands = [line.split()[2:-2] for line in rest.splitlines() if line.startswith("$ ")]
    assert [words[0] for words in commands] == ["posture", "why", "claims"]
    assert all(Ledger(tmp_path / "demo.db").run(*words).strip() for words in commands)


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    """The ledger of the article that the project began with."""
    if not SEED.exists():
        pytest.skip(f"{SEED} is not there: the article is not part of this repository")
    opened = Ledger(tmp_path_factory.mktemp("seed") / "seed.db")
    opened.run("read", SEED, "--published", "2021-07-08")
    return opened


def test_the_first_article_says_how_many_russians_are_in_tajikistan_and_how_many_are_to_come(seed):
    claims = seed.json("claims", "--place", "Tajikistan", "--actor", "Russia")
    assert those(claims, kind="present", asset="personnel", bounds=(7_000, 7_000))
    assert those(claims, kind="deploy", status="planned", asset="personnel", bounds=(None, 6_000))
    assert those(claims, kind="deploy", status="planned", asset="tank", bounds=(100, None))


def test_the_picture_from_the_first_article_shows_the_force_and_its_announced_growth(seed):
    picture = seed.json("posture", "Tajikistan", "--as-of", "2021-07-08")
    assert {(row["actor"], row["low"], row["high"]) for row in picture["rows"] if row["asset"] == "personnel"} == {
        ("Russia", 7_000, 7_000)
    }
    assert {(None, 6_000), (100, None)} <= {bounds(move) for move in picture["announced"]}


def test_nothing_is_claimed_from_the_comment_form_or_the_copyright_line_of_the_first_article(seed):
    quotes = " ".join(claim["quote"] for claim in seed.json("claims"))
    for words in ("Akismet", "Leave a Reply", "©", "comment", "strictly prohibited"):
        assert words not in quotes
