"""Lists of places: those that a sentence names side by side, so that what it says holds for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from garrison.extraction.grammar.prepositions import JOIN, Where
from garrison.extraction.grammar.scene import Scene
from garrison.vocabulary import Mention, Place, PlaceKind, Span

_LIES_IN = re.compile(r",?\s(?:in|near|outside)\s(?:the\s)?")
_POSSESSIVE = re.compile(r"^[’']s?\s+$")
_COUNTED = re.compile(r"\s(?:some\s|about\s)?\d")  # "1,000 in Masisi, and Kenya 900": whose the next are
_OWNS = re.compile(r"[’']s?\s+(?=[a-z])")  # "Syria and the UK's junior minister"
_AND = re.compile(r"\b(?:and|or|as well as)\b|[/&]")
_UNDER = re.compile(
    r"\s(?:(?:areas|districts|villages|towns|sectors|localities|wards|communities|provinces|counties)\s)?"
    r"(?:(?:which|that|where)\s)?(?:(?:is|are|was|were|has|have|had|remains?|remained|been|still|now|also|already|long|once)\s)*"
    r"(?:under|witness(?:ed)?|seen|saw|experienced|suffered|known)\s(?:(?:the|a|an|some|active|heavy|strong|large)\s)*"
)
"""What says of places that a force is there: "are still under", "which had witnessed"."""
_IN = re.compile(r"\s(?:in|on|at|near)\s(?:the\s)?")
_PART = re.compile(
    r"\bincluding\s(?:(?:about|some|nearly|around|at\sleast|more\sthan)\s)?"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d[\d,.]*|several|many|most|half|dozens|hundreds|an?)"
    r"(?:\sof\s(?:them|these|those))?\s(?:in|at|on|near|around|off|outside)\s(?:the\s)?$"
)
_LONGEST_PART = 60  # characters before a place in which it is said to be of a part alone
_NAMELY = re.compile(r"^,?\s*(?:notably|including|especially|namely|mainly|chiefly)\s+(?:in |at |the )*$")


def listed_from(scene: Scene, options: Sequence[Where], first: Where) -> tuple[Mention[Place], ...]:
    """The first place and those listed with it ("Estonia, Latvia and Poland"), without what only contains it.

    Commas alone make no list: "in Gao, Bamako said".
    """
    chosen = [_finer(scene, options, first).mention]
    end = chosen[0].span.end
    sure = 1
    for where in options:
        if where.mention.span.start <= end:
            continue
        gap = scene.text[end : where.mention.span.start]
        if not JOIN.match(gap) or _is_owned(scene, where):
            break
        end = where.mention.span.end
        if _contains(chosen[-1].value, where.mention.value, gap):
            continue
        chosen.append(where.mention)
        if gap.strip(" ,"):
            sure = len(chosen)
    return tuple(chosen[:sure])


def listed_up_to(scene: Scene, options: Sequence[Where]) -> tuple[Mention[Place], ...]:
    """The last of ``options`` and those listed before it ("Gao and Kidal host …"), in order.

    Of "Al Udeid in Qatar hosts" it is the first.
    """
    last = len(options) - 1
    if last and _LIES_IN.fullmatch(scene.text, options[-2].mention.span.end, options[-1].mention.span.start):
        last -= _contains(options[-2].mention.value, options[-1].mention.value)
    chosen = [options[last].mention]
    for where in reversed(options[:last]):
        gap = scene.text[where.mention.span.end : chosen[0].span.start]
        if not JOIN.match(gap):
            break
        if not _contains(where.mention.value, chosen[0].value, gap):
            chosen.insert(0, where.mention)
    return tuple(chosen)


def named_as_held(scene: Scene, options: Sequence[Where], start: int) -> tuple[Mention[Place], ...]:
    """The places that are said to be under, or to have seen, the presence that is named at ``start``."""
    before = [where for where in options if where.mention.span.end < start]
    if not before or _UNDER.fullmatch(scene.text, before[-1].mention.span.end, start) is None:
        return ()
    return listed_up_to(scene, before)


def is_of_a_part(scene: Scene, start: int, place: Span) -> bool:
    """Whether a ``place`` is of a part of the force that ends at ``start``: "34 batteries, including one in Kure"."""
    return _PART.search(scene.text, max(start, place.start - _LONGEST_PART), place.start) is not None


def _is_owned(scene: Scene, where: Where) -> bool:
    """Whether a place only says whose what follows is: "1,000 in Masisi, and Kenya 900", "and the UK's minister"."""
    end = where.mention.span.end
    return (_COUNTED.match(scene.text, end) or _OWNS.match(scene.text, end)) is not None


def _finer(scene: Scene, options: Sequence[Where], first: Where) -> Where:
    """The place that follows a wider or vaguer one ("Yerevan's Zvartnots airport", "Iraq, notably Mosul").

    So also "American bases in Iraq", which are not in America.
    """
    vague = first.mention.span.of(scene.text).lower().endswith(" bases")
    for where in options:
        if where.mention.span.start >= first.mention.span.end:
            gap = scene.text[first.mention.span.end : where.mention.span.start]
            if _POSSESSIVE.match(gap) or _NAMELY.match(gap) or (vague and _IN.fullmatch(gap)):
                return _finer(scene, options, where)
            break
    return first


def _contains(inner: Place, outer: Place, between: str = "") -> bool:
    """Whether ``outer`` is the country (or region) that ``inner`` lies in, as in "Latakia, Syria".

    What the words ``between`` add with "and" does not only contain it.
    """
    if _AND.search(between) or inner.iso3 is None or inner.iso3 != outer.iso3:
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return inner.kind is not PlaceKind.COUNTRY
    return outer.kind is PlaceKind.REGION and inner.kind in (PlaceKind.CITY, PlaceKind.BASE)
