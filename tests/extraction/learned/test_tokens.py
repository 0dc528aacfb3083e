"""The encoder's tokens of a text are put together from those of its words."""

from hypothesis import example, given
from hypothesis import strategies as st

from garrison.extraction.learned.encoder import tokenizer
from garrison.extraction.learned.tokens import tokens_of
from garrison.vocabulary import Document

WORDS = [
    "Troops",
    "don’t",
    "Dushanbe's",
    "[SEP]",
    "1,500",
    "е\u0301тап",
    "中文部隊",
    "\x00",
    "\u200b",
    "\xa0",
    "ß",
    "İ",
    "x" * 40,
]
SPACES = [" ", "\n", "\t", "\r\n", "  ", "\u2028", "\x0b", ""]


@example("e\u0301 \u0301a")
@given(
    st.lists(st.sampled_from([*WORDS, *SPACES]) | st.characters(exclude_categories=["Cs"]), max_size=30).map("".join)
)
def test_the_tokens_of_a_text_are_those_that_the_tokenizer_finds_in_it_whole(text):
    whole = tokenizer().encode(text, add_special_tokens=False)
    found = tokens_of(Document(text), tokenizer())
    assert found.text == tuple(whole.ids)
    assert list(zip(found.starts, found.ends, strict=True)) == whole.offsets
