"""Places that the gazetteer lacks lie, on maps, among the other places of their passage."""

import pytest

from garrison.naming.place_context import context_of
from garrison.naming.place_features import FEATURES, IN_THE_PASSAGE, OF_THE_PLACE
from garrison.naming.place_ranking import choice
from garrison.naming.place_surroundings import REACH_KM, readings_of
from garrison.naming.places import resolve_place
from garrison.vocabulary import Span

LOCAL = "Crews from Lexington and Frankfort, Kentucky, met at Qqzelburg. Georgetown, Kentucky, sent two trucks."


def reading(text, *names):
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return dict(zip(names, readings_of(spans, text), strict=True))


def test_an_unknown_town_lies_among_the_towns_beside_it():
    found = reading(LOCAL, "Lexington", "Frankfort", "Qqzelburg", "Georgetown")
    unknown = found["Qqzelburg"]
    assert (unknown.score, unknown.place.lat) == (0.0, None)
    assert unknown.area.radius_km == REACH_KM
    assert (unknown.area.lat, unknown.area.lon) == (pytest.approx(38.1, abs=0.5), pytest.approx(-84.6, abs=0.5))
    assert unknown.area.iso3 == "USA"


def test_what_stands_alone_keeps_the_reach_of_its_country():
    only = reading("Hezbollah has sent 300 men to Qqaltun.", "Qqaltun")["Qqaltun"]
    assert only.around is None
    assert only.area.iso3 == "LBN"


def test_what_has_no_name_of_its_own_is_put_nowhere_near():
    text = "Troops left Aleppo and Idlib for the border."
    assert reading(text, "Aleppo", "Idlib", "the border")["the border"].around is None


def test_known_places_keep_theirs():
    found = reading(LOCAL, "Lexington", "Qqzelburg")["Lexington"]
    assert found.around is None
    assert found.area == found.place


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("California", "Firefighters came from Fresno, Oakland and Bakersfield. California will pay them."),
        ("Minnesota", "Police in Wisconsin and Iowa had followed the car from Minnesota."),
    ],
)
def test_a_state_is_no_hamlet_of_its_name(name, text):
    place = resolve_place(name, text)
    assert place.radius_km is not None
    assert place.radius_km > 150, place


def test_a_stated_state_decides_against_a_town_of_the_name_in_another():
    text = "HOLLIDAY, Mo. — A man of Holliday, Missouri, was hurt near Paris, Missouri."
    assert "Texas" not in resolve_place("HOLLIDAY", text).within


@pytest.mark.parametrize(
    ("name", "country"), [("East Sussex", "GBR"), ("County Cork", "IRL"), ("Lake Michigan", "USA"), ("Calvados", "FRA")]
)
def test_counties_departments_and_lakes_are_known(name, country):
    place = resolve_place(name, f"There were storms in {name} on Monday.")
    assert (place.iso3, place.lat is not None) == (country, True)


def test_words_that_begin_sentences_and_surnames_tell_no_country():
    text = "We left. At noon it rained. Abraham Truman spoke. Truman was tired."
    assert context_of(text, None).weights() == {}


def test_each_candidate_has_every_feature():
    context = context_of("Troops left Tripoli, Lebanon.", None)
    found = choice("Tripoli", context, 12)
    assert found is not None
    assert {len(row) for row in found.numbers} == {len(FEATURES)}
    assert len(found.numbers) == len(found.pool) + 1
    assert len(OF_THE_PLACE) + len(IN_THE_PASSAGE) == len(FEATURES)
