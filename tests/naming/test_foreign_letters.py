"""Names in other letters than Latin ones."""

import pytest

from garrison.naming.place_surroundings import readings_of
from garrison.naming.places import find_places
from garrison.naming.spelling import is_foreign, script_of
from garrison.vocabulary import Span


def countries(*names):
    text = f"Troops were seen in {' and '.join(names)} on Monday."
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return [reading.place.iso3 for reading in readings_of(spans, text)]


@pytest.mark.parametrize(
    ("names", "iso3"),
    [
        (("Москва", "Харків"), ["RUS", "UKR"]),
        (("Київ", "Москва"), ["UKR", "RUS"]),
        (("Минск", "Харків"), ["BLR", "UKR"]),
        (("София", "Скопје"), ["BGR", "MKD"]),
        (("Тбилиси", "Ереван"), ["GEO", "ARM"]),
        (("Париж", "Москва"), ["FRA", "RUS"]),
        (("بغداد", "دمشق"), ["IRQ", "SYR"]),
        (("حلب", "الموصل"), ["SYR", "IRQ"]),
        (("تهران", "کابل"), ["IRN", "AFG"]),
    ],
)
def test_names_of_two_countries_side_by_side_are_each_in_their_own(names, iso3):
    assert countries(*names) == iso3
    assert countries(*reversed(names)) == iso3[::-1]


@pytest.mark.parametrize("name", ["Αθήνα", "תל אביב", "北京", "서울", "გორი"])
def test_a_name_in_letters_that_the_gazetteer_lacks_is_not_put_in_the_country_beside_it(name):
    assert countries(name, "Kharkiv") == [None, "UKR"]


def test_a_strange_name_in_letters_that_it_has_takes_the_country_of_its_passage():
    assert countries("Жжэбуково", "Харків") == ["UKR", "UKR"]


def test_arabic_names_are_found_in_a_text_though_they_have_no_capitals():
    text = "Forces left بغداد for دمشق, he said; an unknown word: ءءءءء."
    assert [(found.span.of(text), found.value.iso3) for found in find_places(text)] == [
        ("بغداد", "IRQ"),
        ("دمشق", "SYR"),
    ]


@pytest.mark.parametrize(
    ("name", "script"),
    [("Paris", "LATIN"), ("Łódź", "LATIN"), ("Москва", "CYRILLIC"), ("حلب", "ARABIC"), ("北京", "CJK"), ("7!", "")],
)
def test_the_script_of_a_name_is_that_of_its_first_letter(name, script):
    assert script_of(name) == script
    assert is_foreign(name) == (script not in ("LATIN", ""))


def test_a_preposition_that_begins_a_russian_sentence_is_no_part_of_the_name():
    text = "В Алеппо вошли войска."
    (found,) = find_places(text)
    assert (found.span.of(text), found.value.iso3) == ("Алеппо", "SYR")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("دخلت القوات إلى حلب أمس", ["حلب"]),
        ("وصل الجنود إلى المعسكر في مدينة بنغازي شرق ليبيا", ["بنغازي"]),
        ("قال الرئيس في بيان إن القوات ستبقى", []),
    ],
)
def test_larger_places_are_found_in_arabic_text_after_words_that_say_that_one_follows(text, names):
    assert [mention.span.of(text) for mention in find_places(text)] == names
