import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.estimation import lineage
from garrison.estimation.fingerprints import Paragraph, paragraphs
from garrison.estimation.lineage import Kinship, lineages
from garrison.vocabulary import Span

WIRE = (
    "Some 6,000 soldiers are to be sent across the river before the end of the month, a source in the security "
    "services of the republic told the agency on Thursday, adding that tanks would follow them by rail."
)
LEAD = "The ministry would not comment on the report when it was asked about it by telephone on Friday morning."
OTHER = (
    "Farmers in the valley expect a poor harvest this year because the spring rains came late and the canals that feed "
    "the lower fields have not been cleared since the flood of two years ago."
)


def found(**texts: str):
    return lineages([each for name, text in texts.items() for each in paragraphs(name, text)])


def test_documents_that_share_a_paragraph_are_one_lineage_the_first_known_first():
    (lineage,) = found(wire=WIRE, herald=f"{OTHER}\n{WIRE}", gazette=OTHER.replace("poor", "good"))[:1]
    assert lineage.documents[0] == "wire"
    assert "herald" in lineage.documents


def test_a_copy_that_was_cut_is_contained_and_so_of_the_lineage():
    half = " ".join(WIRE.split()[:22])
    (lineage,) = found(wire=WIRE, cut=half)
    assert lineage.documents == ("wire", "cut")


def test_the_shared_words_are_shown_where_they_stand():
    text = f"{LEAD}\n{WIRE}"
    (lineage,) = found(wire=WIRE, herald=text)
    passage = next(each for each in lineage.passages if each.document == "herald")
    assert passage.paragraph.of(text) == WIRE
    assert all(span.of(text) in WIRE for span in passage.shared)


def test_paragraphs_that_share_no_words_share_no_lineage():
    assert found(wire=WIRE, herald=OTHER, gazette=LEAD) == ()


def test_a_document_that_repeats_itself_copies_nobody():
    assert found(wire=f"{WIRE}\n{WIRE}") == ()


def test_case_punctuation_and_line_ends_do_not_hide_a_copy():
    (lineage,) = found(wire=WIRE, shouting=WIRE.upper().replace(",", ";"))
    assert len(lineage.documents) == 2


def test_headings_are_too_short_to_know_a_copy_by():
    assert found(one="Russia: Military deployments", other="Russia: Military deployments") == ()


def joined(found):
    return {frozenset((each.document, each.paragraph) for each in one.passages) for one in found}


prints = st.sets(st.integers(0, 12), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), prints), min_size=1, max_size=14), st.data())
def test_paragraphs_added_in_any_order_or_taken_away_are_the_lineages_that_all_at_once_make(made, data):
    standing = {
        (f"20{at:02}", str(of), of, Span(at, at + 1)): Paragraph(
            str(of), Span(at, at + 1), dict.fromkeys(own, Span(at, at + 1))
        )
        for at, (of, own) in enumerate(made)
    }
    order = data.draw(st.permutations(list(standing)))
    kinship = Kinship()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lineage, "COMMON", 4)
        for _ in range(3):
            some = order[: data.draw(st.integers(0, len(order)))]
            at_once = lineages([standing[place] for place in sorted(some)])
            assert joined(kinship.lineages({place: standing[place] for place in some})) == joined(at_once)
