"""Plain passages: every kind of force does, in the plainest words, every thing that a claim can say, in every tense.

Annotated passages of the news hold few of the plainest sentences ("Hezbollah is based in the Bekaa valley"), and a
model that has seen few reads them badly. These are made from ``plain.toml``, seeded, two to four sentences each, claims
among sentences that speak of forces and claim nothing.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alignment import Row
from garrison.extraction.periods import parse_period
from garrison.extraction.quantities import parse_quantity
from garrison.naming.actors import actor_of
from garrison.naming.countries import country_by_code
from garrison.vocabulary import Quantity

__all__ = ["plain_passages"]

_WORDS = Path(__file__).with_name("plain.toml")
_LEVELS = ("present", "strength", "exercise")
_MISSIONS = frozenset({"present", "withdraw"})  # what is said of missions
_SHARE_OF_MISSIONS = 0.12
_EITHER = re.compile(r"\[([^|\]]*)\|([^|\]]*)\]")
_ARTICLED = frozenset({"USA", "GBR", "ARE", "PHL"})


@dataclass(frozen=True, slots=True)
class _Force:
    """A force as a noun phrase, and what an annotator writes of it."""

    phrase: str
    many: bool
    actor: str
    iso3: str | None
    asset: str
    noun: str | None = None
    unit: str | None = None
    quantity: Quantity | None = None


def plain_passages(count: int, seed: int = 7) -> list[Row]:
    """``count`` annotated passages, in the annotators' form."""
    rng = random.Random(seed)
    return [_passage(number, rng) for number in range(count)]


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def _passage(number: int, rng: random.Random) -> Row:
    published = f"{rng.randint(2014, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    sentences: list[str] = []
    claims: list[Row] = []
    for _ in range(rng.choice((2, 3, 3, 4))):
        make = rng.choices((_statement, _mention, _silence), (6, 1, 4))[0]
        sentence, claim = make(rng, published)
        sentences.append(sentence[0].upper() + sentence[1:])
        if claim is not None and all(claim["quote"] != known["quote"] for known in claims):
            claims.append(claim)
    text = " ".join(sentences)
    for claim in claims:
        if claim["quote"] not in text:
            claim["quote"] = claim["quote"][0].upper() + claim["quote"][1:]
    return {
        "id": f"plain-{number:04}",
        "title": None,
        "published": published,
        "outlet": None,
        "text": text,
        "claims": claims,
    }


def _statement(rng: random.Random, published: str) -> tuple[str, Row]:
    words = _words()
    manner = rng.choices(("does", "done"), (3, 2))[0]
    kind = rng.choices(("present", "deploy", "withdraw", "exercise"), (5, 5, 5, 4))[0]
    kind = "deploy" if manner == "done" and kind == "exercise" else kind
    template, status = rng.choice(words[manner][kind])
    bare = "{N}" in template
    force = _people(rng, bare=True) if bare else _force(rng, kind) if manner == "does" else _counted(rng)
    place = rng.choice([p for p in words["places"] if p[1] != force.iso3 or rng.random() < 0.1])
    if manner == "does" and not bare and kind in _MISSIONS and rng.random() < _SHARE_OF_MISSIONS:
        force, place = _mission(rng)
    time = rng.choice(words["times"])
    subject = _owner(rng, force.iso3) if manner == "done" else force
    sentence = _EITHER.sub(lambda either: either[2 if subject.many else 1], template)
    if "{T}" not in template:
        time = ""
    sentence = sentence.format(S=force.phrase, O=subject.phrase, F=force.phrase, N=force.phrase, P=place[0], T=time)
    return f"{sentence}.", _claim(sentence, kind, status, force, place, time.strip(), published)


def _mention(rng: random.Random, published: str) -> tuple[str, Row]:
    words = _words()["named"]
    kind = rng.choice(("present", "present", "deploy", "withdraw", "exercise"))
    things = kind == "present" and rng.random() < 0.4
    force = _things(rng) if things else _people(rng, bare=True)
    place = rng.choice([p for p in _words()["places"] if p[1] != force.iso3])
    template = rng.choice(words[kind])
    if "{A}" in template:
        country = country_by_code()[force.iso3 or "USA"]
        force = _Force(country.adjectives[0], False, country.name, country.iso3, "personnel")
    carried = template.format(S=force.phrase, A=f"the {force.phrase}", P=place[0])
    return rng.choice(words["carriers"]).format(C=carried), _claim(carried, kind, "fact", force, place, "", published)


def _silence(rng: random.Random, published: str) -> tuple[str, None]:
    words = _words()
    place, time = rng.choice(words["places"]), rng.choice(words["times"])
    force, owner = _people(rng, bare=True), _owner(rng)
    other = _owner(rng)
    noun = rng.choice(words["people"]["words"])
    line = rng.choice(words["silent"]["lines"])
    sentence = line.format(
        S=force.phrase,
        G=rng.choice(words["groups"]),
        O=owner.phrase,
        O2=other.phrase,
        N=noun,
        P=place[0],
        T=time,
        M=_mission(rng)[0].phrase,
    )
    return sentence, None


def _force(rng: random.Random, kind: str) -> _Force:
    """A force as the subject of a sentence; a state goes and leaves, but is not said to be somewhere."""
    states = {"present": 0, "exercise": 6}.get(kind, 2)
    make = rng.choices((_group, _owner, _people, _things, _unit, _army), (5, states, 6, 3, 2, 3))[0]
    return make(rng)


def _counted(rng: random.Random) -> _Force:
    """A force as the object of a sentence."""
    return rng.choices((_people, _things, _unit), (6, 3, 1))[0](rng, owned=False)


def _group(rng: random.Random) -> _Force:
    name = rng.choice(_words()["groups"])
    known = actor_of(name.removeprefix("the "))
    many = name in {"the Houthis", "the Syrian Democratic Forces", "the Rapid Support Forces", "the Peshmerga"}
    return _Force(name, many, known.name if known else name, None, "personnel")


def _owner(rng: random.Random, iso3: str | None = None) -> _Force:
    """A country as the subject of a sentence: the given one, else any."""
    code = iso3 or rng.choice(_words()["owners"])
    country = country_by_code()[code]
    article = "the " if code in _ARTICLED else ""
    return _Force(f"{article}{country.name}", False, country.name, code, "personnel")


def _adjective(rng: random.Random) -> tuple[str, str, str]:
    country = country_by_code()[rng.choice(_words()["owners"])]
    return country.adjectives[0], country.name, country.iso3


def _people(rng: random.Random, *, owned: bool = True, bare: bool = False) -> _Force:
    adjective, actor, iso3 = _adjective(rng)
    noun = rng.choice(_words()["people"]["words"])
    number = "" if bare else rng.choice(_words()["numbers"])
    phrase = " ".join(part for part in (number, adjective if owned else "", noun) if part)
    return _Force(phrase, True, actor, iso3, "personnel", noun, quantity=_quantity(number))


def _army(rng: random.Random) -> _Force:
    adjective, actor, iso3 = _adjective(rng)
    noun = rng.choice(_words()["armies"]["words"])
    return _Force(f"the {adjective} {noun}", noun.endswith("forces"), actor, iso3, "personnel", noun)


def _things(rng: random.Random, *, owned: bool = True) -> _Force:
    adjective, actor, iso3 = _adjective(rng)
    asset, nouns = rng.choice(list(_words()["things"].items()))
    noun = rng.choice(nouns)
    number = rng.choice(("", "", "12", "six", "about 40", "several", "two"))
    phrase = " ".join(part for part in (number, adjective if owned else "", noun) if part)
    return _Force(phrase, True, actor, iso3, asset, noun, quantity=_quantity(number))


def _unit(rng: random.Random, *, owned: bool = True) -> _Force:
    adjective, actor, iso3 = _adjective(rng)
    name = rng.choice(_words()["units"]["names"])
    phrase = f"the {adjective} {name}" if owned else f"the {name}"
    return _Force(phrase, False, actor, iso3, "unit", name, unit=name)


def _mission(rng: random.Random) -> tuple[_Force, Sequence[str]]:
    """A mission, and where it is."""
    name, actor, *place = rng.choice(_words()["missions"]["known"])
    unit = name.removeprefix("the ").partition(" (")[0]
    return _Force(name, False, actor, None, "unit", unit=unit), place


def _quantity(number: str) -> Quantity | None:
    return parse_quantity(number.removesuffix(" of")) if number else None


def _claim(quote: str, kind: str, status: str, force: _Force, place: Sequence[str], time: str, published: str) -> Row:
    period = parse_period(time, published) if time else None
    amount = force.quantity
    return {
        "quote": quote,
        "kind": kind,
        "status": status,
        "actor": force.actor,
        "actor_iso3": force.iso3,
        "unit": force.unit,
        "asset": force.asset,
        "asset_text": force.noun,
        "quantity": amount
        and {"text": amount.text, "low": amount.low, "high": amount.high, "hedge": amount.hedge.value},
        "measure": "level" if kind in _LEVELS else "change",
        "place": place[0].removeprefix("the "),
        "place_iso3": place[1],
        "origin": None,
        "origin_iso3": None,
        "when": period and {"text": time, "start": period.start, "end": period.end},
        "source": [],
    }
