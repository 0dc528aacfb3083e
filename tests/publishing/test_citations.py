"""Links to quoted words, footnotes and CSL-JSON."""

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from garrison.publishing.citations import csl_item, footnote, fragment_url, link, quote_selector
from garrison.publishing.evidence import Evidence

PAGE = "https://wire.example/base"


def test_a_link_carries_the_quoted_words_percent_encoded():
    url = fragment_url(PAGE, "the 17-strong unit, & more")
    assert url == f"{PAGE}#:~:text=the%2017%2Dstrong%20unit%2C%20%26%20more"


def test_a_link_keeps_the_fragment_that_the_address_had():
    assert fragment_url(f"{PAGE}#part:~:text=old", "new words") == f"{PAGE}#part:~:text=new%20words"


def test_a_long_quotation_is_named_by_its_ends():
    words = "Russia " + "keeps troops " * 20 + "at three places"
    assert fragment_url(PAGE, words) == (f"{PAGE}#:~:text=Russia%20keeps%20troops%20keeps,troops%20at%20three%20places")


def test_words_that_stand_twice_on_a_page_are_told_apart_by_their_context():
    url = fragment_url(PAGE, "7,000 troops", "In the north, ", " are said to be there", repeated=True)
    assert url == f"{PAGE}#:~:text=In%20the%20north%2C-,7%2C000%20troops,-are%20said%20to%20be"


def test_a_quotation_that_begins_inside_a_word_is_widened_to_the_word():
    assert fragment_url(PAGE, "army of 500", "the well-equipped sub", "0 men").endswith("text=subarmy%20of%205000")


@given(st.text(min_size=1), st.text(), st.text(), st.booleans())
def test_a_text_fragment_never_holds_a_character_of_its_own_grammar(words, before, after, repeated):
    fragment = fragment_url(PAGE, words, before, after, repeated=repeated).removeprefix(PAGE)
    target = fragment.removeprefix("#:~:text=")
    assert target.count(",") <= 3
    assert target.isascii()
    assert "&" not in target
    assert target.count("-") <= 2


@given(st.text(alphabet=st.characters(whitelist_categories=["L", "P", "S"]), min_size=1, max_size=60))
def test_a_short_quotation_comes_back_when_the_link_is_decoded(words):
    assert unquote(fragment_url(PAGE, words).partition(":~:text=")[2]) == words


def test_the_archived_copy_comes_before_the_live_page(cited):
    evidence = Evidence(cited(), archived="https://archive.example/1/base")
    assert link(evidence).startswith("https://archive.example/1/base#:~:text=")
    assert "(live page: https://wire.example/base)" in footnote(evidence, 1)


def test_an_address_that_is_no_web_page_gives_no_link(cited):
    assert link(Evidence(cited(url="id:7"))) is None


def test_a_footnote_names_author_title_outlet_date_page_and_quotation(cited):
    note = footnote(Evidence(cited(), authors=("R. Author",), page=4), 2)
    assert note.startswith(
        "2. R. Author, “The base at Dushanbe”, Northern Wire, 8 July 2021, p. 4, https://wire.example"
    )
    assert note.endswith("“Tajikistan hosts about 7,000 Russian troops”. Not checked by a person.")


def test_a_footnote_says_when_the_quotation_is_unverified(cited):
    assert "the quotation is unverified" in footnote(Evidence(cited(verified=False)), 1)


def test_a_footnote_and_csl_json_of_a_claim_that_was_set_aside_say_so(cited):
    rejected = Evidence(cited(checked=True), set_aside="rejected")
    assert footnote(rejected, 1).endswith("troops”. Rejected by a person; no picture counts it.")
    assert csl_item(rejected)["note"].endswith("troops” Rejected by a person; no picture counts it.")
    repeated = Evidence(cited(), set_aside="same as")
    assert footnote(repeated, 1).endswith("”. Judged by a person to repeat another claim; no picture counts it.")
    unverified = Evidence(cited(verified=False), set_aside="rejected")
    assert "Rejected by a person" in footnote(unverified, 1) and "unverified" in footnote(unverified, 1)


def test_csl_json_has_partial_dates_as_date_parts(cited):
    item = csl_item(Evidence(cited(published="2021-07"), page=4))
    assert item["issued"] == {"date-parts": [[2021, 7]]}
    assert item["container-title"] == "Northern Wire"
    assert item["page"] == "4"


def test_csl_json_leaves_out_what_is_not_known(cited):
    assert item_keys(csl_item(Evidence(cited(title=None, published=None, url=None)))).isdisjoint(
        {"title", "issued", "URL"}
    )


def item_keys(item):
    return set(item)


def test_a_quote_selector_has_the_words_and_their_surroundings(cited):
    selector = quote_selector(Evidence(cited(), before="It is said that ", after=", in three places."))
    assert selector["exact"] == "Tajikistan hosts about 7,000 Russian troops"
    assert selector["prefix"] == "It is said that "
    assert selector["suffix"] == ", in three places."
