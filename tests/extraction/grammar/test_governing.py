"""What is told of the words between a force and a verb without a pattern is what the pattern tells."""

from hypothesis import given
from hypothesis import strategies as st

from garrison.extraction.grammar import governing

WORDS = [*governing._VERB_WORDS, *governing._CLAUSE_WORDS, "to", "the", "troops", "re-", "That's", "TO", "ſaid", "İf"]
MARKS = [" ", " ", "\n", ", ", ";", ": ", " - ", " – ", "—", ")", "’", "1.5"]
between_words = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=10).map("".join)


@given(between_words)
def test_a_clause_breaks_off_as_often_as_the_pattern_is_found(between):
    assert governing._clauses(between) == len(governing._CLAUSE_BREAK.findall(between))


@given(between_words)
def test_a_chain_of_verbs_ends_in_one_of_its_words(between):
    chained = between.rstrip().lower().endswith(governing._CHAINED)
    assert chained or not between.isascii() or not governing._CHAIN.search(between)


@given(between_words)
def test_what_is_inserted_is_what_the_pattern_takes_for_it(between):
    assert governing.inserted(between) == (governing._INSERTED.fullmatch(between) is not None)
