"""Lexicons: whole words, longest first, whatever the marks on the letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.naming.lexicon import JointLexicon, Lexicon, folded, key


def words(lexicon, text):
    return [(mention.span.of(text), mention.value) for mention in lexicon.find(text)]


def test_a_name_is_found_only_as_a_whole_word():
    lexicon = Lexicon([("Niger", 1)])
    assert words(lexicon, "Nigeria borders Niger, Nigerien troops say; Niger_1") == [("Niger", 1)]


def test_the_longest_name_wins_over_those_inside_it():
    lexicon = Lexicon([("Korea", "K"), ("South Korea", "S"), ("Guinea", "G"), ("Guinea-Bissau", "B")])
    assert words(lexicon, "South Korea and Guinea-Bissau") == [("South Korea", "S"), ("Guinea-Bissau", "B")]


def test_exact_names_are_found_in_their_own_case_only():
    lexicon = Lexicon([("tank", 1)], exact=[("US", 2)])
    assert words(lexicon, "US TANKS told us of a Tank") == [("US", 2), ("Tank", 1)]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Türkiye", "in Turkiye today", "Turkiye"),
        ("Turkiye", "in Tu\u0308rkiye today", "Tu\u0308rkiye"),
        ("Côte d'Ivoire", "Cote d’Ivoire’s army", "Cote d’Ivoire"),
        ("Islamic State", "the Islamic\r\n  State group", "Islamic\r\n  State"),
        ("al-Shabaab", "an al\u2011Shabaab base", "al\u2011Shabaab"),
        ("Ansar Allah", "Ansar\u00a0Allah", "Ansar\u00a0Allah"),
        ("Izmir", "near İzmir.", "İzmir"),
    ],
)
def test_marks_dashes_and_white_space_do_not_matter(name, text, found):
    assert words(Lexicon([(name, 0)]), text) == [(found, 0)]


def test_a_name_given_twice_keeps_its_first_value():
    assert Lexicon([("Congo", "COG"), ("CONGO", "COD")]).get("congo") == "COG"


def test_a_lexicon_without_names_finds_nothing():
    assert Lexicon[int]().find("anything") == ()


NAMES = st.lists(st.text(alphabet="ab ’é", min_size=1, max_size=5), max_size=6)


@given(NAMES, NAMES, st.text(alphabet="ab ’é\u200b", max_size=30))
def test_two_lexicons_find_together_what_each_finds_alone(first, second, text):
    ours, theirs = [(name, name) for name in first], [(name, len(name)) for name in second]
    together = JointLexicon(ours, theirs)
    assert together.find(text) == (Lexicon(exact=ours).find(text), Lexicon(exact=theirs).find(text))
    assert all(together.first(name) == Lexicon(exact=ours).get(name) for name in first)


@given(st.text(alphabet=st.sampled_from("aé’e\u0301 \n\u200b-İ"), max_size=40))
def test_a_folded_text_leads_back_into_the_original(text):
    form = folded(text)
    for start in range(len(form.text)):
        span = form.span(start, start + 1)
        assert 0 <= span.start < span.end <= len(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_name_between_spaces_is_always_found(before, after):
    lexicon = Lexicon([("Zanzibar", 7)])
    text = f"{before} Zanzibar {after}"
    assert ("Zanzibar", 7) in words(lexicon, text)


def test_keys_ignore_case_and_marks():
    assert key(" São Tomé ") == key("SAO TOME")
