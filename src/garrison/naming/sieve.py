"""The first sieve: whether a sentence can speak of a force at all, decided in one scan."""

from __future__ import annotations

from functools import cache
from typing import Any

from garrison.naming.echelons import unit_words
from garrison.naming.equipment import designations
from garrison.naming.formations import formations
from garrison.naming.lexicon import listed, reference_rows
from garrison.naming.spelled import either, spelled

# Words that say that a force moves or stays where the force itself has no word ("the drawdown", "a deployment").
_MOVES = (
    r"drawdown|draw-down|redeploy\w*|deploy(?:s|ed|ing|ment|ments)?|garrisoned|stationed|airlifted|"
    r"withdraw(?:s|n|al|als|ing)?|withdrew|pull(?:s|ed|ing)?[ -](?:out|back)|pull-?out|pullback|driven out|expelled|"
    r"incursions?|invasions?|invad(?:e|es|ed|ing)|interven(?:e|es|ed|ing) (?:militarily )?in|"
    r"pull(?:s|ed|ing)? [^.;:]{1,30} out of|"
    r"military|militaries|paramilitary|army|armies|navy|navies|air force|presence|war ?games?|manoeuvres|"
    r"(?:joint|naval|live-fire|air|annual|large-scale|combat) (?:exercises?|drills?)|"
    r"(?:held|holds?|holding|conduct\w*|beg[aiu]n\w*|started|starts|staged?|launch\w*|took part in) "
    r"(?:an? )?(?:[a-z-]+ ){0,3}(?:exercises?|drills|man(?:oeuv|euv)(?:re|er)s)|"
    r"tak(?:e|es|ing|en) part in|took part in|"
    r"(?:moved|sent|deployed|dispatched) (?:an? |the |its |their |another |more )?(?:[a-z-]+ ){0,2}"
    r"(?:divisions?|units?|corps|columns?|regiments?|squadrons?)|"
    r"troop (?:surges?|build-?ups?|levels?|numbers|reductions?|increases?|cuts?|movements?|presence|withdrawals?)|"
    r"(?:cross(?:ed|es|ing)?|push(?:ed|es|ing)?|swept|sweep(?:s|ing)?) (?:over |deeper |further )?(?:into|from|out of)|"
    r"(?:driven|ousted|dislodged|ejected|chased) (?:out of|from)|"
    r"\d-strong|forces? (?:in|of|to|from)"
)
_COUNTED = (
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundreds?|"
    r"thousands?|dozens?|scores|several|few|couple|dozen)\b)[^.;:]{1,28}\b"
)


def has_force(text: str) -> bool:
    """Whether ``text`` can speak of a force; ``False`` is safe to drop, ``True`` is only a reason to look closer.

    Covers the force words of ``forces.csv`` that are not too common, the common ones after a number ("300 men"),
    designations of equipment, numbered and capitalised formations, ships with a prefix, missions, services and armed
    groups by name, "Operation X", and words for moves without a force ("drawdown"). One linear scan (RE2).
    """
    return _sieve().search(text.encode("utf-8", "surrogatepass")) is not None


@cache
def _sieve() -> Any:  # RE2's compiled patterns have no stubs
    import re2

    strong: set[str] = set()
    counted: set[str] = set()
    typed: set[str] = set()
    for row in reference_rows("forces.csv"):
        flags = row["flags"].split()
        arms = "typed" in flags and not {row["asset"], *listed(row["others"])} <= {"personnel", "unit"}
        for term in filter(None, (row["singular"], row["plural"], row["collective"])):
            if arms and "weak" in flags:
                typed.update(spelled(term))
            if "weak" not in flags and "upper" not in flags:
                strong.update(spelled(term))
            elif "civil" not in flags and "needstype" not in flags:
                counted.update(spelled(term))
    names = set(designations())
    for formation in formations():
        names.update(name.rstrip("?") for name in (formation.name, *formation.aliases) if not name.startswith("~"))
    for row in reference_rows("groups.csv"):
        if row["kind"] in {"armed_group", "pmc"}:
            names.update(name for name in (row["name"], *listed(row["aliases"])) if not name.startswith("~"))
    prefixes = either(row["prefix"] for row in reference_rows("ship_prefixes.csv"))
    acronyms = either(unit_words().acronyms)
    echelon = (
        "Battalion|Brigade|Division|Regiment|Company|Corps|Squadron|Battery|Fleet|Army|Navy|Air Force|Guards?|Command|"
        "Forces?|Group|Wing|Base|Sector|Unit|Militia|Police|Camp|Barracks|Garrison"
    )
    number = r"(?:\d{1,4}(?:st|nd|rd|th)?|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|[IVX]+)"
    pattern = (
        rf"(?i:\b(?:{either(strong)})\b)"
        rf"|(?i:\b(?:{_MOVES})\b)"
        rf"|(?i:{_COUNTED}(?:{either(counted)})\b)"
        rf"|\b(?:{either(names)})(?:s\b|\b|[A-Z\d])"
        rf"|\b{number} (?:[A-Z][\w-]* ){{0,4}}(?i:{echelon})\b"
        rf"|\b[A-Z][\w'-]+ (?:{echelon})\b|\b(?:Sector|Camp|Unit) [A-Z\d]|(?i:\bcarriers?) [A-Z]"
        rf"|\b(?:{prefixes}) [A-Z]|\b(?:{acronyms})[ -]?\d|\bUN[A-Z]{{3,}}\b"
        rf"|\b[A-Z][\w-]+ (?i:{either(typed)})\b"
        r"|\bOp(?:eration|ération|\.)? [A-Z]|\bOPERATION\b"
    )
    options = re2.Options()
    options.max_mem = 256 << 20
    options.never_capture = True
    return re2.compile(pattern.encode(), options)
