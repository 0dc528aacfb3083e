"""Proper names: runs of capitalised words in a text, the raw material of places."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import re2

from garrison.naming.letters import CAPITAL, LETTER, MARK, NUMBER, whole_sorted_out
from garrison.naming.lexicon import lowered, scannable
from garrison.vocabulary import Span

# A word that begins with a capital, with an article joined to it ("al-Tanf") or standing alone before it ("Al Udeid",
# "Deir ez-Zor"); "at", "as" and "an" alone are English. Numbers belong to a few words only ("Base 201").
_BOUND = ("al", "el", "ar", "as", "ad", "an", "at", "az", "ash", "ath", "ul", "ed", "es", "ez")
_JOINED = frozenset((*_BOUND, *(article.capitalize() for article in _BOUND)))
_FREE = frozenset({"al", "Al", "el", "El", "ar", "Ar", "ez", "Ez", "ash", "Ash"})
_MARKS = " -‐‑"
# The letters that an article ends with, one that is joined and one that stands alone.
_LAST = frozenset(word[-1] for word in _JOINED), frozenset(word[-1] for word in _FREE)
_ARTICLE = rf"(?:(?:{'|'.join(sorted(_JOINED))})[-‐‑]|(?:{'|'.join(sorted(_FREE))}) )"
_REST = rf"[{LETTER}{MARK}{NUMBER}]*(?:['’‘ʿʾ‐‑.-][{LETTER}{MARK}{NUMBER}]+)*"
_SHORT = r"(?:St|Sto|Sta|Mt|Ft|D\.R)\."
# The distance in "a base 50 km from Sirte" is not the base's number.
_NUMBER = r"\d{1,3}\b(?! (?:km|kilomet|miles?\b|met(?:re|er)|nautical|yards))"
_NUMBERED = rf"(?:[Bb]ase|Tower|Camp|Point|Sector|Zone|Post|Hill|Battalion) {_NUMBER}"
_SMALL = "of the|of|de la|de los|de|del|la|los|es|an|el|al|e|bin|da|do|dos|du|di"
_PART = rf"(?:{_NUMBERED}|{_SHORT}|['’‘]?[{CAPITAL}]{_REST})"
_FURTHER = rf"(?: (?:{_SMALL}) |-| )(?:(?=[AEUaeu]){_ARTICLE})?{_PART}"
# A name's first part again, its first character told apart: so the search leaps from one such character to the next.
_FIRST = (
    rf"[{CAPITAL}b'’‘](?:(?<=[BCHPSTZb])(?:(?<=[Bb])ase|(?<=T)ower|(?<=C)amp|(?<=P)oint|(?<=S)ector|(?<=Z)one"
    rf"|(?<=P)ost|(?<=H)ill|(?<=B)attalion) {_NUMBER}"
    rf"|(?<=[DFMS])(?:(?<=S)t|(?<=S)to|(?<=S)ta|(?<=[MF])t|(?<=D)\.R)\."
    rf"|(?<=[{CAPITAL}]){_REST}|(?<=['’‘])[{CAPITAL}]{_REST})"
)
# So many parts are looked for at once, as the search keeps each in mind; a run of so many has so many characters.
_AT_ONCE = 60
_LONG = 2 * _AT_ONCE
# Four or more words in capitals: a shouted line, in which capitals tell nothing.
_SHOUT = r"\p{Lu}[\p{Lu}\pN'’.-]*(?:[ ,:;]+[\p{Lu}\pN(][\p{Lu}\pN'’.,)-]*){3,}"


@cache
def _runs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns of a run of capitalised words and of how a long one may go on, in a text that is sorted out."""
    begun, further = rf"{_FIRST}(?:{_FURTHER}){{0,{_AT_ONCE}}}", rf"(?:{_FURTHER}){{1,{_AT_ONCE}}}"
    return re.compile(begun, re.ASCII), re.compile(further, re.ASCII)


@cache
def _loud() -> re.Pattern[str]:
    """What every shout has, told more cheaply in a text that is sorted out: seven such characters in a row."""
    return re.compile(rf"[{CAPITAL}][{CAPITAL}{NUMBER} '’.,:;()-]{{6}}")


@cache
def _shout() -> Any:
    return re2.compile(_SHOUT)


@cache
def _small_words() -> frozenset[str]:
    small = "a an and as at been but by for from has have in into is it its near not of off on or out over that the to "
    small += "up was were will with across along around between inside outside through toward towards within until"
    return frozenset(small.split())


def eased(text: str) -> str:
    """``text`` with shouted lines as they would be printed, so that "TROOPS IN SAUDI ARABIA" names a country.

    Each character stays where it is.
    """
    text = scannable(text)
    if not _loud().search(whole_sorted_out(text)) or not _shout().search(text):
        return text
    return str(_shout().sub(lambda match: _spoken(match.group()), text))


def _spoken(shout: str) -> str:
    if "\u0130" in shout or "ẞ" in shout or sum(char.islower() for char in shout):
        return shout
    return " ".join(_capitalised(word) for word in shout.split(" "))


def _capitalised(word: str) -> str:
    lower = lowered(word)
    if lower.strip(".,:;()'") in _small_words():
        return lower
    return "-".join(part[:1] + lowered(part[1:]) for part in word.split("-"))


def _article_before(text: str, start: int) -> int:
    """The length of the article that belongs to the name after a mark, such as "al-" or "Al "; 0 if there is none.

    Looked for here since a look-behind would slow the search for every name, and RE2 has none.
    """
    articles = _FREE if text[start - 1] == " " else _JOINED
    for length in (2, 3):
        at = start - 1 - length
        if at >= 0 and text[at : start - 1] in articles and not (at and text[at - 1].isalnum()):
            return length + 1
    return 0


def proper_names(text: str) -> tuple[Span, ...]:
    """The runs of capitalised words in ``text``, a possessive's owner and what it owns apart ("Syria's Idlib")."""
    found: list[Span] = []
    add = found.append
    begun, further = _runs()
    letters = whole_sorted_out(text)
    at: int | None = 0
    while at is not None:
        resumed: int | None = None
        for run in begun.finditer(letters, at):
            start, end = run.span()
            if end - start >= _LONG:
                more = further.match(letters, end)
                while more is not None:
                    end = resumed = more.end()
                    more = further.match(letters, end)
            # The last letter of an article before the name, looked at first, as few names have one.
            if start > 2 and (mark := text[start - 1]) in _MARKS and text[start - 2] in _LAST[mark == " "]:
                start -= _article_before(text, start)
            words_ = text[start:end]
            if "'s" not in words_ and "’s" not in words_:
                add(Span(start, end))
            else:
                found.extend(Span(start + first, start + last) for first, last in _owners(words_))
            if resumed is not None:
                break
        at = resumed
    return tuple(found)


def _owners(run: str) -> list[tuple[int, int]]:
    """The pieces of a run between possessive endings, as offsets; the endings themselves belong to none."""
    if run.endswith(("'s", "’s")):
        run = run[:-2]
    if "'s " not in run and "’s " not in run:
        return [(0, len(run))]
    pieces: list[tuple[int, int]] = []
    start = 0
    for piece in run.replace("’s ", "'s ").split("'s "):
        pieces.append((start, start + len(piece)))
        start += len(piece) + 3
    return [piece for piece in pieces if piece[1] > piece[0]]
