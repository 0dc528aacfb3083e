"""The headline of a page, among all that the page calls itself."""

import pytest

BODY = """
<p>Russia will send up to 6,000 servicemen and more than a hundred tanks to the base, an official said on Tuesday.</p>
<p>The official did not say when they would come, or from where; the ministry has declined to comment on it so far.</p>
<p>About 7,000 troops of the division are stationed in three facilities, the largest of which is in the capital.</p>
<p>A readiness check of the garrison in the south will end on Friday, according to a statement by the district.</p>
"""


@pytest.fixture
def title(read):
    """The title of a page with this head and these headings before its article."""

    def one(head, headings):
        data = f"<html><head>{head}</head><body>{headings}<article>{BODY}</article></body></html>"
        return read(data.encode(), name="page.html").title

    return one


def test_a_kicker_within_the_heading_is_not_the_headline(title):
    head = "<title>Tanks for the southern base - Herald</title>"
    assert title(head, "<h1><span>Tajikistan</span><span>Tanks for the southern base</span></h1>") == (
        "Tanks for the southern base"
    )


def test_a_kicker_that_the_page_counts_to_its_title_is_joined_as_there(title):
    head = '<meta property="og:title" content="Tajikistan: Tanks for the southern base">'
    assert title(head, "<h1><span>Tajikistan</span><span>Tanks for the southern base</span></h1>") == (
        "Tajikistan: Tanks for the southern base"
    )


def test_parts_of_a_heading_do_not_run_together(title):
    assert title("", "<h1>Tanks for<br>the southern base <span>of the</span><span>division</span></h1>") == (
        "Tanks for the southern base of the division"
    )


def test_a_heading_with_a_letter_set_apart_is_one_word(title):
    assert title("", "<h1><b>T</b><i>anks</i> for the base</h1>") == "Tanks for the base"


def test_the_only_heading_with_words_of_the_title_is_read_though_others_are_told_another(title):
    head = '<meta property="og:title" content="Why so many tanks go to a base in the south">'
    assert title(head, "<h1>Tanks for the southern base</h1>") == "Tanks for the southern base"


def test_a_heading_about_something_else_is_no_headline(title):
    head = '<meta property="og:title" content="Tanks for the southern base">'
    assert title(head, "<h1>Subscribe to our weekly letter</h1>") == "Tanks for the southern base"


def test_the_name_of_an_unknown_outlet_is_told_by_what_the_page_shows(title):
    head = "<title>Tanks for the southern base - Herald Online</title>"
    assert title(head, "<div class='head'>Tanks for the southern base</div>") == "Tanks for the southern base"


def test_a_heading_of_one_word_is_the_title_of_a_page_without_another(title):
    assert title("", "<h1>Tanks</h1>") == "Tanks"


def test_a_subject_before_a_dash_is_no_headline_though_the_page_shows_it(title):
    head = "<title>Russia-Ukraine war – what we know of the southern base</title>"
    assert (
        title(head, "<div><a>Russia-Ukraine war</a></div>") == "Russia-Ukraine war – what we know of the southern base"
    )
