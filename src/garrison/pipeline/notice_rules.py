"""Rules of notification: what is news to whom, out of a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from garrison.ledger import asking, keys
from garrison.ledger.identity import hashed
from garrison.ledger.noticing import Stood
from garrison.vocabulary import Asset, UsageError

RULES_LIMIT = 2**20
"""Bytes that a file of rules may have."""


class News(StrEnum):
    """What may be news."""

    ESTIMATE_MOVED = "estimate-moved"
    NEW_ASSET = "new-asset"
    FIRST_CLAIM = "first-claim"
    UNIT_MOVED = "unit-moved"
    NEW_DISPUTE = "new-dispute"


@dataclass(frozen=True, slots=True)
class Rule:
    """One sort of news, of an actor, a place or a class of force if named; ``name`` is what its reader calls it."""

    name: str
    news: News
    actor: str | None = None
    place: str | None = None
    asset: Asset | None = None

    @property
    def mark(self) -> str:
        """What the ledger remembers the rule by: what it asks for, whatever it is called."""
        return hashed(self.news, self.actor, self.place, self.asset)

    def covers(self, stood: Stood) -> bool:
        """Whether a claim is about what the rule asks for."""
        if self.asset is not None and stood.asset != self.asset:
            return False
        if self.actor is not None and stood.actor_key != asking.someone(self.actor):
            return False
        if self.place is None:
            return True
        iso3 = keys.country_named(self.place)
        if iso3 is not None:
            return stood.place_key == iso3
        return bool({stood.site_key, stood.place_key} & set(keys.site_keys(self.place)))


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a file, and whom to tell.

    ``to`` are addresses as apprise writes them. ``content`` is whether messages carry what is said, with quotation and
    link; without it they name the claim's id alone. ``outside_proxy`` lets messages go out though pages are fetched
    through a proxy, which messages do not use.
    """

    rules: tuple[Rule, ...]
    to: tuple[str, ...] = ()
    content: bool = True
    outside_proxy: bool = False


def rules_in(file: Path) -> Rules:
    """The rules in ``file``.

    Raises:
        UsageError: it cannot be read, is no TOML, or says what no rule can; with what may be said instead.
    """
    try:
        with file.expanduser().open("rb") as stream:
            words = stream.read(RULES_LIMIT + 1)
        told = tomllib.loads(words[:RULES_LIMIT].decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"the rules {file} cannot be read ({error.strerror or error})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is no TOML file ({error})") from error
    _only(told, {"send", "rule"}, file, "the file")
    send = told.get("send", {})
    rows = told.get("rule", [])
    if not isinstance(send, dict) or not isinstance(rows, list) or not rows:
        raise UsageError(f"{file} has no rule: write [[rule]], and beneath it news = one of {_listed(News)}")
    _only(send, {"to", "content", "outside_proxy"}, file, "[send]")
    to = send.get("to", [])
    to = [to] if isinstance(to, str) else to
    if not isinstance(to, list) or not all(isinstance(each, str) and each for each in to):
        raise UsageError(f"{file}: to is a list of addresses as apprise writes them, such as mailto://…")
    return Rules(
        rules=tuple(_rule(row, number, file) for number, row in enumerate(rows, start=1)),
        to=tuple(dict.fromkeys(to)),
        content=_flag(send, "content", file, default=True),
        outside_proxy=_flag(send, "outside_proxy", file, default=False),
    )


def _rule(row: Any, number: int, file: Path) -> Rule:
    where = f"rule {number}"
    if not isinstance(row, dict):
        raise UsageError(f"{file}: {where} is no table; write [[rule]]")
    _only(row, {"name", "news", "actor", "place", "asset"}, file, where)
    for name, value in row.items():
        if not isinstance(value, str) or not value.strip():
            raise UsageError(f"{file}: {where}: {name} must be words in quotes, not {value!r}")
    try:
        news = News(row.get("news", ""))
    except ValueError:
        raise UsageError(f"{file}: {where}: news must be one of {_listed(News)}, not {row.get('news')!r}") from None
    try:
        asset = Asset(row["asset"]) if "asset" in row else None
    except ValueError:
        raise UsageError(f"{file}: {where}: asset must be one of {_listed(Asset)}, not {row['asset']!r}") from None
    return Rule(row.get("name", f"{where}, {news}"), news, row.get("actor"), row.get("place"), asset)


def _only(table: dict[str, Any], known: set[str], file: Path, where: str) -> None:
    if strange := sorted(table.keys() - known):
        raise UsageError(f"{file}: {where} has {strange[0]!r}, which is none of {', '.join(sorted(known))}")


def _flag(table: dict[str, Any], name: str, file: Path, *, default: bool) -> bool:
    value = table.get(name, default)
    if not isinstance(value, bool):
        raise UsageError(f"{file}: {name} must be true or false, not {value!r}")
    return value


def _listed(names: type[StrEnum]) -> str:
    return ", ".join(names)
