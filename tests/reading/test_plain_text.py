"""Plain text: title, header lines, and an article as it was pasted."""

from pathlib import Path

import pytest

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "article.txt"

STORY = """The base at Dushanbe
Published: 8 July 2021
Outlet: Northern Wire
URL: https://northern-wire.example/2021/07/08/base
By: A. Writer and B. Reporter

Russia has about 7,000 troops in Tajikistan, officials said.

They have been there for years.
"""

PASTED = """A column on the move

A column of tanks near the border on Tuesday. Source Northern Wire.

Some 200 tanks left the base, the ministry said.

Read more: Ten things to know
Share this article

© 2021, Northern Wire. Unauthorized use of this material is strictly prohibited.

Be the first to comment

Leave a Reply

I saw 500 tanks there myself.

This site uses Akismet to reduce spam. Learn how your comment data is processed.
"""


def test_the_first_line_is_the_title_and_is_not_repeated_in_the_text(read):
    document = read(STORY.encode(), "story.txt")
    assert document.title == "The base at Dushanbe"
    assert document.text.startswith("Russia has about 7,000 troops")


def test_header_lines_after_the_title_say_when_where_and_by_whom(read):
    document = read(STORY.encode(), "story.txt")
    assert document.published == "2021-07-08"
    assert document.outlet == "Northern Wire"
    assert document.url == "https://northern-wire.example/2021/07/08/base"
    assert document.authors == ("A. Writer", "B. Reporter")


def test_a_line_of_prose_that_looks_like_a_header_stays_in_the_text(read):
    document = read(b"Title\n\nSource: " + b"officials who asked not to be named say that " * 5 + b"\n", "story.txt")
    assert document.outlet is None
    assert document.text.startswith("Source: officials")


def test_paragraphs_stay_as_they_are(read):
    assert read(STORY.encode()).text.endswith("officials said.\n\nThey have been there for years.")


def test_windows_line_ends_are_read_as_line_ends(read):
    document = read(STORY.replace("\n", "\r\n").encode())
    assert document.published == "2021-07-08"
    assert "\r" not in document.text


def test_what_stands_around_a_pasted_article_is_not_in_its_text(read):
    text = read(PASTED.encode()).text
    assert text.endswith("Some 200 tanks left the base, the ministry said.")
    for furniture in ("Akismet", "Leave a Reply", "first to comment", "©", "Read more", "Share", "500 tanks"):
        assert furniture not in text


def test_the_rights_notice_is_kept_with_the_document(read):
    rights = read(PASTED.encode()).rights
    assert rights == "© 2021, Northern Wire. Unauthorized use of this material is strictly prohibited."


def test_a_caption_is_told_by_its_credit_and_marked_in_the_text(read):
    document = read(PASTED.encode())
    (caption,) = document.captions
    assert caption.of(document.text) == "A column of tanks near the border on Tuesday. Source Northern Wire."


def test_a_single_line_is_title_and_text(read):
    document = read(b"Russia has about 7,000 troops in Tajikistan.")
    assert document.text == "Russia has about 7,000 troops in Tajikistan."


def test_an_opening_paragraph_without_a_title_is_text(read):
    document = read(b"Russia has about 7,000 troops in Tajikistan. " * 10)
    assert document.title is None
    assert document.text.startswith("Russia has")


def test_a_text_without_a_date_has_none(read):
    assert read(b"A title\n\nNothing dated here.").published is None


def test_a_future_date_is_kept_as_stated(read):
    assert read(b"A title\nPublished: 2999-01-01\n\nNothing yet.").published == "2999-01-01"


def test_another_language_is_told(read):
    french = "Les militaires\n\nLa Russie maintient environ sept mille soldats au Tadjikistan depuis de longues années."
    assert read(french.encode()).language == "fr"


def test_a_short_english_text_is_english(read):
    assert read(b"A title\n\nNATO keeps 900 there.").language == "en"


def test_fifty_megabytes_of_text_are_read_whole(read):
    line = b"Russia has about 7,000 troops in Tajikistan, officials said. "
    document = read(b"Title\n\n" + line * 820_000, "large.txt")
    assert len(document.text) == len(line) * 820_000 - 1


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seed/article.txt")
def test_the_article_that_the_project_began_with_is_read_without_its_furniture(read):
    document = read(SEED.read_bytes(), "article.txt")
    assert document.title.startswith("Russia sends troops")
    assert document.title not in document.text
    assert document.rights.startswith("© 2021")
    for furniture in ("©", "Leave a Reply", "Akismet", "first to comment"):
        assert furniture not in document.text
    (caption,) = document.captions
    assert "armored vehicles" in caption.of(document.text)
