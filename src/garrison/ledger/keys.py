"""Keys: under which row, place, actor, unit and voice a claim is filed."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from garrison.naming import echelons
from garrison.naming.actors import group_of
from garrison.naming.countries import country_by_code, country_of
from garrison.naming.gazetteer import Candidate, candidates
from garrison.naming.lexicon import key
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
        return name_key(place.name), ""
    return iso3, "" if named == iso3 else site_key(place.name, iso3)


@lru_cache(maxsize=65536)
def site_key(name: str, iso3: str) -> str:
    """The key of a site in a country: of the name that the gazetteer has for it there, else of the words."""
    site = located(name, iso3)
    return name_key(site.name if site else name)


def site_keys(name: str) -> tuple[str, ...]:
    """The keys under which a site of that name may be filed, in whatever country it is."""
    return tuple(dict.fromkeys([name_key(name), *(name_key(found.name) for found in candidates(name))]))


@lru_cache(maxsize=65536)
def located(name: str, iso3: str) -> Candidate | None:
    """What ``name`` most likely stands for in a country, by the gazetteer."""
    return next((found for found in candidates(name) if found.iso3 == iso3), None)


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
    place = _code(parts[2])
    site = site_key(parts[3], place) if len(parts) == 4 else ""
    police = name_key(component).endswith("police") and len(component) > len("police")
    part = f"{unit_key(component[: -len(' police')])} police" if police else unit_key(component)
    return joined_row_key(_actor_code(parts[0]), parts[1].lower(), place, site, part)


def _actor_code(text: str) -> str:
    code = _code(text)
    return code if code in country_by_code() else group_key(text)


def _code(text: str) -> str:
    upper = text.strip().upper()
    return upper if upper in country_by_code() else country_named(text) or name_key(text)


def voice(document: Document, document_id: str) -> tuple[str, str]:
    """Whose word a document is, and its key: the outlet, else the site it came from, else the document alone."""
    if document.outlet:
        return document.outlet, name_key(document.outlet)
    host = urlsplit(document.url).hostname if document.url else None
    if host:
        return host, name_key(host.removeprefix("www."))
    return f"document {document_id[:10]}", f"document {document_id}"


def series(document: Document) -> str | None:
    """The series that a document is an edition of, by outlet and title; ``None`` without both."""
    if not document.outlet or not document.title:
        return None
    return f"{name_key(document.outlet)}|{name_key(document.title)}"
