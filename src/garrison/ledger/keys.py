"""Keys: under which row, place, actor, unit and voice a claim is filed."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import urlsplit

from garrison.naming import echelons
from garrison.naming.actors import group_of
from garrison.naming.countries import country_by_code, country_of
from garrison.naming.gazetteer import Candidate, candidates
from garrison.naming.lexicon import key
from garrison.naming.outlets import outlet_id
from garrison.vocabulary import Actor, Asset, Claim, Document, Kind, Place

UNKNOWN_ACTOR = "unknown"
UNSTATED_PLACE = "unstated"
STRENGTH_PLACE = "strength"
_POLICE = ("police", "policem", "policew", "gendarm", "carabinier", "constabular")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The form under which names are compared: no case, marks, article or the separators of row ids."""
    plain = " ".join(key(name).replace("/", "-").replace(":", "-").split())
    return plain.removeprefix("the ") or plain


@lru_cache(maxsize=65536)
def unit_key(name: str) -> str:
    """The form under which units' names are compared (``naming.echelons``), without the separators of row ids."""
    return name_key(echelons.unit_key(name)) or name_key(name)


@lru_cache(maxsize=65536)
def country_named(name: str) -> str | None:
    """The code of the country that ``name`` is a name of, taken at its letters (no misspellings, no adjectives)."""
    found = country_of(name)
    return found.iso3 if found and name_key(name) in {name_key(each) for each in (*found.names, found.iso3)} else None


def actor_key(actor: Actor | None) -> str:
    """The code for a country, else the key of the group's name, else ``unknown``."""
    if actor is None:
        return UNKNOWN_ACTOR
    return actor.iso3 or country_named(actor.name) or group_key(actor.name)


@lru_cache(maxsize=65536)
def group_key(name: str) -> str:
    """The key of the name that the group called ``name`` goes by."""
    group = group_of(name)
    return name_key(group.name if group else name)


def place_keys(place: Place | None) -> tuple[str, str]:
    """The key of the country (or of the sea or region that lies in none), and of the site in it, empty for none."""
    if place is None:
        return UNSTATED_PLACE, ""
    named = country_named(place.name)
    iso3 = place.iso3 or named
    if iso3 is None:
        return site_key(place.name, None), ""
    return iso3, "" if named == iso3 else site_key(place.name, iso3)


def is_fine(place: Place | None) -> bool:
    """Whether ``place`` is anything but a whole country: a site, a region, a border, a sea."""
    if place is None:
        return False
    key, site = place_keys(place)
    return bool(site) or key not in country_by_code()


@lru_cache(maxsize=65536)
def site_key(name: str, iso3: str | None) -> str:
    """The key of a site in a country, or of a sea or region that lies in none (``None``).

    It is that of the name that the gazetteer has for it there, else of its words in their plain form.
    """
    site = located(name, iso3)
    return name_key(site.name) if site else plain_site(name)


def site_keys(name: str) -> tuple[str, ...]:
    """The keys under which a site of that name may be filed, in whatever country it is."""
    plain = plain_site(name)
    found = [one.name for form in dict.fromkeys((name, plain)) for one in candidates(form)]
    return tuple(dict.fromkeys([plain, *map(name_key, found)]))


@lru_cache(maxsize=65536)
def located(name: str, iso3: str | None) -> Candidate | None:
    """What ``name`` most likely stands for in a country, by the gazetteer.

    A place that is the only one of its name is taken wherever the gazetteer has it: a contested area (the Golan
    Heights) is counted to one state and may be spoken of as another's.
    """
    for form in dict.fromkeys((name, plain_site(name))):
        found = candidates(form)
        here = next((one for one in found if one.iso3 == iso3), None)
        if here is not None or (len(found) == 1 and found[0].likeness == 1):
            return here or found[0]
    return None


@lru_cache(maxsize=65536)
def plain_site(name: str) -> str:
    """The words of a site's name in one form: no article or word of its sort, parts of the compass in one spelling.

    "the city of Hama" is "hama"; "north-eastern Syria" and "the northeast of Syria" are "northeast syria".
    """
    words = name_key(name).replace("-", " ").split()
    sorts, compass = site_words()
    for at in range(len(words) - 1):
        # "north east" as well as "northeast" and "north-eastern".
        if words[at] in compass and words[at + 1] in compass and compass[words[at]] in ("north", "south"):
            words[at : at + 2] = [compass[words[at]] + compass[words[at + 1]]]
            break
    words = [compass.get(word, word) for word in words]
    if len(words) > 2 and words[1] == "of" and (words[0] in sorts or words[0] in compass.values()):
        kept = words[2:]
        words = kept if words[0] in sorts else [words[0], *kept]
    if len(words) > 1 and words[-1] in sorts:
        words = words[:-1]
    return " ".join(word for word in words if word != "the") or name_key(name)


@cache
def site_words() -> tuple[frozenset[str], dict[str, str]]:
    """Words for the sort of a site, and the spellings of the parts of the compass (``site_words.csv``)."""
    text = resources.files("garrison.ledger").joinpath("site_words.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    sorts = frozenset(row["word"] for row in rows if row["role"] == "sort")
    return sorts, {row["word"]: row["plain"] for row in rows if row["role"] == "compass"}


def component_key(claim: Claim) -> str:
    """The mission or formation that a claim is about, and whether it is about police; empty for neither."""
    unit = unit_key(claim.unit) if claim.unit else ""
    return " ".join(part for part in (unit, "police" if is_police(claim) else "") if part)


def is_police(claim: Claim) -> bool:
    """Whether the words for the force say police or gendarmes."""
    return claim.asset_text is not None and any(word in key(claim.asset_text) for word in _POLICE)


def row_key(claim: Claim) -> str:
    """The key of the row that a claim of a level belongs to: ``actor/asset/place[/site][:component]``."""
    if claim.kind is Kind.STRENGTH:
        place, site = STRENGTH_PLACE, ""
    else:
        place, site = place_keys(claim.place)
    return joined_row_key(actor_key(claim.actor), claim.asset, place, site, component_key(claim))


def joined_row_key(actor: str, asset: str, place: str, site: str, component: str) -> str:
    """The parts of a row's key as one."""
    return f"{actor}/{asset}/{place}" + (f"/{site}" if site else "") + (f":{component}" if component else "")


def split_row_key(text: str) -> str | None:
    """The key of the row that a person names by ``text``; ``None`` if it cannot be a row's id."""
    head, _, component = text.strip().partition(":")
    parts = head.split("/")
    if len(parts) not in (3, 4) or not all(parts) or parts[1].lower() not in set(Asset):
        return None
    place = _place_code(parts[2])
    site = site_key(parts[3], place) if len(parts) == 4 else ""
    police = name_key(component).endswith("police") and len(component) > len("police")
    part = f"{unit_key(component[: -len(' police')])} police" if police else unit_key(component)
    return joined_row_key(_actor_code(parts[0]), parts[1].lower(), place, site, part)


def _actor_code(text: str) -> str:
    code = _code(text)
    return code if code in country_by_code() else group_key(text)


def _place_code(text: str) -> str:
    code = _code(text)
    return code if code in country_by_code() or code in (STRENGTH_PLACE, UNSTATED_PLACE) else site_key(text, None)


def _code(text: str) -> str:
    upper = text.strip().upper()
    return upper if upper in country_by_code() else country_named(text) or name_key(text)


def voice(document: Document, document_id: str) -> tuple[str, str]:
    """Whose word a document is, and its key: the outlet, else the site it came from, else the document alone."""
    if document.outlet:
        return document.outlet, outlet_key(document.outlet)
    host = _host(document.url) if document.url else None
    if host:
        return host, outlet_key(host)
    return f"document {document_id[:10]}", f"document {document_id}"


def series(document: Document) -> str | None:
    """The series that a document is an edition of, by outlet and title; ``None`` without both."""
    if not document.outlet or not document.title:
        return None
    return f"{outlet_key(document.outlet)}|{name_key(document.title)}"


@lru_cache(maxsize=65536)
def outlet_key(name: str) -> str:
    """The identity of an outlet, by whichever of its names or addresses (``naming.outlets``)."""
    return outlet_id(name) or name_key(name)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
