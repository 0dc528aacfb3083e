"""Outlets: one identity behind names, abbreviations, domains and addresses."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.naming.countries import country_by_code
from garrison.naming.outlets import OutletKind, outlet_id, outlet_of, outlets

GOLD = Path(__file__).parents[3] / "shared" / "gold"


@pytest.mark.parametrize(
    "asked",
    [
        "nyt",
        "NYT",
        "nytimes",
        "New York Times",
        "The New York Times",
        "www.nytimes.com",
        "nytimes.com",
        "https://www.nytimes.com/2021/07/08/world/asia/page.html?x=1#y",
        "HTTP://NYTIMES.COM",
    ],
)
def test_every_way_to_write_an_outlet_gives_the_same_identity(asked):
    assert outlet_id(asked) == "nytimes.com"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("wash-post", "Washington Post"),
        ("usa-today", "USA Today"),
        ("huff-post", "HuffPost"),
        ("www.huffingtonpost.com", "HuffPost"),
        ("edition.cnn.com", "CNN"),
        ("Guardian", "The Guardian"),
        ("theguardian", "The Guardian"),
        ("https://guardian.ng/news/x", "The Guardian (Nigeria)"),
        ("news.un.org", "UN News"),
        ("BBC Online", "BBC"),
        ("https://ria.ru/20210707/", "RIA Novosti"),
        ("AFP", "Agence France-Presse"),
        ("P.M. News", "P.M. News"),
        ("El Pais", "El País"),
        ("SOHR", "Syrian Observatory for Human Rights"),
        ("Russian Defence Ministry", "Russian Ministry of Defence"),
    ],
)
def test_an_outlet_is_known_by_its_aliases_and_domains(asked, name):
    found = outlet_of(asked)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "asked", ["", "  ", "Meridian Wire", "https://example.org/nyt", "notnytimes.com", "//", "http://["]
)
def test_an_unknown_outlet_is_none(asked):
    assert outlet_of(asked) is None


@pytest.mark.parametrize(
    ("asked", "identity"),
    [
        ("The Calder Review", "calder-review"),
        ("calder review", "calder-review"),
        ("Sextant & Compass", "sextant-compass"),
        ("https://news.example.co.uk/a/b", "example.co.uk"),
        ("www.example.com", "example.com"),
        ("http://192.0.2.7/x", "192.0.2.7"),
        ("Šiauliai Observer", "siauliai-observer"),
    ],
)
def test_an_unknown_outlet_has_a_stable_identity_too(asked, identity):
    assert outlet_id(asked) == identity


def test_state_control_is_yes_no_or_unknown():
    assert [outlet_of(name).state_controlled for name in ("TASS", "Reuters", "Al Jazeera")] == [True, False, None]


def test_three_hundred_outlets_of_every_kind_are_known():
    assert len(outlets()) >= 300
    assert {outlet.kind for outlet in outlets()} == set(OutletKind)


def test_every_name_and_domain_leads_back_to_its_own_outlet():
    lost = [o.name for o in outlets() if outlet_of(o.name) != o or any(outlet_of(d) != o for d in o.domains)]
    assert lost == []


def test_identities_are_unique():
    assert len({outlet.id for outlet in outlets()}) == len(outlets())


def test_every_country_is_a_code_of_iso_3166():
    assert {o.country for o in outlets() if o.country} - country_by_code().keys() == set()


@given(st.text(max_size=60))
def test_any_words_at_all_have_an_identity(asked):
    identity = outlet_id(asked)
    assert identity == outlet_id(f"  {asked} ")
    assert identity or not any(char.isalnum() for char in outlet_id(asked))


@pytest.mark.skipif(not GOLD.exists(), reason="needs the annotated passages of ../shared/gold")
def test_nearly_all_outlets_of_the_real_passages_are_known():
    lines = (GOLD / "train.jsonl").read_text(encoding="utf-8").strip().split("\n")
    names = [outlet for line in lines if (outlet := json.loads(line)["outlet"])]
    known = [name for name in names if outlet_of(name)]
    assert len(known) / len(names) >= 0.98
