"""Encodings: declared rightly, wrongly and not at all."""

import pytest

from garrison.reading.encoding import decoded

RUSSIAN = "Министерство обороны сообщило, что на базе находятся семь тысяч военнослужащих и сто танков. " * 5
WESTERN = "The général said — “we’ll stay” — that 7,000 soldiers are in the café district of the town. " * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_any_form_is_read(encoding):
    assert decoded(WESTERN.encode(encoding)) == WESTERN


@pytest.mark.parametrize("declared", ["utf-8", "ascii", "no-such-encoding", "iso-8859-1"])
def test_western_text_is_read_whatever_is_declared(declared):
    assert decoded(WESTERN.encode("cp1252"), f"text/plain; charset={declared}") == WESTERN


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_cyrillic_text_without_a_declaration_is_guessed(encoding):
    assert decoded(RUSSIAN.encode(encoding)) == RUSSIAN


def test_utf8_declared_as_something_else_is_utf8():
    assert decoded(RUSSIAN.encode(), "text/plain; charset=windows-1252") == RUSSIAN


def test_utf8_with_one_broken_byte_loses_that_byte_only():
    broken = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()
    assert decoded(broken).replace("\ufffd", "") == RUSSIAN * 2


def test_a_declaration_inside_markup_counts_only_for_markup():
    data = b'<meta charset="koi8-r">' + RUSSIAN.encode("koi8-r")
    assert decoded(data, markup=True).endswith(RUSSIAN)


def test_line_ends_are_one_sign():
    assert decoded(b"a\r\nb\rc\n") == "a\nb\nc\n"
