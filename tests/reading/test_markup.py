"""Markup that no tree is built of: counting a page's tags at once says what walking through them says."""

from hypothesis import given
from hypothesis import strategies as st

from garrison.reading import markup

PIECES = (
    "<div>", "</div>", '<DIV a=">">', "</Div >", "<!--", "-->", "<script>", "</script>", "</SCRIPT x>", "<style>",
    "</style", "<p>", "</p>", "words", "<", ">", "<!doctype html>", "<scripty>", "</scripty>", "<b", "</b", "<br/>",
    '<a href="<i>">', "<?xml ?>", '<script src="<!--">', "<!- -", "-", "!--", " ", "<!", "/", "<script <!-- ",
)  # fmt: skip


def walked(text, monkeypatch):
    """How many tags, and how many open at once, walking finds: the least limits under which it minds nothing."""

    def minds(limit):
        with monkeypatch.context() as patch:
            patch.setattr(markup, limit[0], limit[1])
            return markup._is_found_monstrous(text)

    tags = next(most for most in range(200) if not minds(("TAGS_LIMIT", most)))
    depth = next(most for most in range(200) if not minds(("DEPTH_LIMIT", most)))
    return tags, depth


def test_counting_says_what_walking_says(monkeypatch):
    @given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
    def same(text):
        assert markup._counted(text) == walked(text, monkeypatch)

    same()


def test_tags_hidden_in_comments_and_scripts_close_nothing():
    assert markup.is_monstrous("<div><!--</div>--><script>'</div>'</script>" * 300)
    assert not markup.is_monstrous("<div><!--<div>--><script>'<div>'</script></div>" * 300)


def test_closing_what_is_not_open_does_not_make_room():
    assert markup.is_monstrous("</div>" * 300 + "<div>" * 300)


def test_a_very_long_tag_is_walked_over():
    assert markup._counted(f'<a b="{"x" * 20_000}">') is None
    assert not markup.is_monstrous(f'<a b="{"x" * 20_000}">words</a>')
    assert markup.is_monstrous("<a " + "b " * 20_000 + ">words</a>")
