"""Noticing: what is new in a ledger by somebody's rules, each thing once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from garrison.ledger import Ledger, citing, columns, keys, noticing
from garrison.ledger.noticing import Notice, Seen, Stood
from garrison.pipeline import picture
from garrison.pipeline.estimates import estimates
from garrison.pipeline.evidence import evidence
from garrison.pipeline.notice_rules import News, Rule, Rules
from garrison.publishing.estimates import rounded
from garrison.publishing.notices import Told
from garrison.publishing.wording import asset_words, counted, printable
from garrison.vocabulary import Citation, Estimate, Kind, Place, Row, UsageError

_SINCE = "\0since"
_LEVELS = frozenset({"present", "move"})
_UNSAID = frozenset({"denied"})


@dataclass(frozen=True, slots=True)
class Found:
    """Something new: the key that it is remembered by with its value, in words, and the claim it rests on."""

    key: str
    words: str
    claim: str
    value: str = ""


class Noticer:
    """Notices what is new by ``rules`` from now on; what a rule never seen before finds already there is not news.

    Without ``keep`` nothing is written to the ledger: for trying rules out.
    """

    def __init__(self, ledger: Ledger, rules: Rules, *, keep: bool = True) -> None:
        self.ledger, self.rules = ledger, rules
        self.keep = keep
        self._seen = Seen(ledger.session, keep=keep)
        for rule in rules.rules:
            if self._seen.value(rule.mark, _SINCE) is None:
                self._written(lambda rule=rule: self._check(rule, first=True))  # type: ignore[misc]  # mypy: a default

    def news(self) -> list[Told]:
        """What is new since the last time, by each rule; kept for those who are to be told, where anything is kept."""
        told: list[Told] = []
        for rule in self.rules.rules:
            self._written(lambda rule=rule: told.extend(self._check(rule, first=False)))  # type: ignore[misc]  # as above
        return told

    def _written(self, work: Callable[[], object]) -> None:
        if self.keep:
            with self.ledger.session.writing():
                work()
        else:
            work()

    def _check(self, rule: Rule, *, first: bool) -> list[Told]:
        session, seen, mark = self.ledger.session, self._seen, rule.mark
        now, _ = columns.last_change(session)
        since = int(seen.value(mark, _SINCE) or 0)
        fresh = [each for each in noticing.stood(session, since) if rule.covers(each)] if now != since else []
        told: list[Told] = []
        for found in _FINDERS[rule.news](self.ledger, rule, fresh, seen, first) if fresh or first else ():
            seen.put(mark, found.key, found.value)
            if first or not found.words:
                continue
            at = session.now().isoformat(timespec="seconds")
            notice = Notice(0, rule.name, rule.news, found.words, found.claim, at)
            if self.keep:
                to = self.rules.to
                noticing.add(session, rule.name, rule.news, found.words, found.claim, to, time.time())
            told.extend(told_of(self.ledger, [notice]))
        seen.put(mark, _SINCE, str(now))
        return told


def told_of(ledger: Ledger, notices: Iterable[Notice]) -> list[Told]:
    """``notices`` with the evidence behind each; those whose claim was erased are left out."""
    found = []
    for notice in notices:
        try:
            (proof,) = evidence(ledger, (ledger.claim(notice.claim),))
        except UsageError:
            continue
        found.append(Told(notice.pk, notice.rule, notice.news, notice.words, notice.at, proof))
    return found


def recent(ledger: Ledger, limit: int) -> list[Told]:
    """The newest notices of a ledger with their evidence, newest first."""
    return told_of(ledger, noticing.recent(ledger.session, limit))


def _first_claims(ledger: Ledger, rule: Rule, fresh: Sequence[Stood], seen: Seen, first: bool) -> Iterator[Found]:
    def key(each: Stood) -> str:
        return f"{each.actor_key}/{each.place_key}"

    # An actor's forces in its own country are no news; countries have codes of three letters.
    abroad = (each for each in fresh if len(each.place_key) == 3 and each.actor_key != each.place_key)
    for each, cited in _unseen(ledger, rule, (one for one in abroad if one.bucket not in _UNSAID), seen, key):
        yield Found(key(each), f"{_who(cited)}: first claim in {_country(cited)}", each.claim)


def _new_assets(ledger: Ledger, rule: Rule, fresh: Sequence[Stood], seen: Seen, first: bool) -> Iterator[Found]:
    def key(each: Stood) -> str:
        return f"{each.actor_key}/{each.asset}/{each.place_key}/{each.site_key}"

    for each, cited in _unseen(ledger, rule, (one for one in fresh if one.bucket in _LEVELS), seen, key):
        what = asset_words(cited.asset)
        yield Found(key(each), f"{_who(cited)}: {what} in {_where(cited)}, not claimed there before", each.claim)


def _moved_units(ledger: Ledger, rule: Rule, fresh: Sequence[Stood], seen: Seen, first: bool) -> Iterator[Found]:
    def key(each: Stood) -> str:
        return f"{each.unit_key}/{each.actor_key}/{each.place_key}/{each.site_key}"

    named = (each for each in fresh if each.unit_key and each.bucket in _LEVELS)
    for each, cited in _unseen(ledger, rule, named, seen, key):
        if cited.place is not None and cited.kind is not Kind.WITHDRAW:
            whose = f" ({_who(cited)})" if cited.actor else ""
            yield Found(key(each), f"{printable(cited.unit or '')}{whose}: now in {_where(cited)}", each.claim)


def _disputes(ledger: Ledger, rule: Rule, fresh: Sequence[Stood], seen: Seen, first: bool) -> Iterator[Found]:
    try:
        found = picture.posture(ledger, place=rule.place, actor=rule.actor, asset=rule.asset)
    except UsageError:  # a place that no claim is about yet
        return
    rows = [each for each in (*found.rows, *found.own, *found.strengths) if each.disputed]
    # One that was settled and breaks out anew is news again.
    seen.only(rule.mark, [_SINCE, *(each.id for each in rows)])
    for each in rows:
        if seen.value(rule.mark, each.id) is None:
            where = "all" if each.place.name == keys.STRENGTH_PLACE else _named(each.place)
            what = f"{each.actor.name}, {asset_words(each.asset)} in {where}"
            yield Found(
                each.id, printable(f"{what}: {counted(each.voices, 'voice')} do not agree"), each.stated[0].claim
            )


def _moved_estimates(ledger: Ledger, rule: Rule, fresh: Sequence[Stood], seen: Seen, first: bool) -> Iterator[Found]:
    try:
        found = estimates(ledger, place=rule.place, actor=rule.actor, asset=rule.asset)
    except UsageError:  # as above
        return
    for row, each in found.items():
        # A whole country's row, neither a site's nor a component's.
        if not each.sized or row.count("/") != 2 or ":" in row:
            continue
        before = seen.value(rule.mark, row)
        interval = json.dumps([each.low, each.high])
        if before is None:
            yield Found(row, "", "", interval)
        elif not (held := json.loads(before))[0] <= (each.median or 0) <= held[1]:
            shown, cited = picture.row(ledger, row)
            # What moved it is, as a rule, what was recorded last.
            newest = max(cited, key=lambda one: (one.recorded, one.claim))
            yield Found(row, _moved_words(shown, each, held), newest.claim, interval)


def _moved_words(row: Row, each: Estimate, held: Sequence[int]) -> str:
    where = "all" if row.place.name == keys.STRENGTH_PLACE else _named(row.place)
    low, median, high, *was = (f"{rounded(one or 0):,}" for one in (each.low, each.median, each.high, *held))
    what = f"{row.actor.name}, {asset_words(row.asset)} in {where}"
    return printable(f"{what}: est. {median} ({low}–{high}), was {was[0]}–{was[1]}")


def _unseen(
    ledger: Ledger, rule: Rule, stood: Iterable[Stood], seen: Seen, key: Callable[[Stood], str]
) -> Iterator[tuple[Stood, Citation]]:
    """The first claim of each key that ``rule`` has not seen."""
    found: dict[str, Stood] = {}
    for each in stood:
        if seen.value(rule.mark, key(each)) is None:
            found.setdefault(key(each), each)
    cited = citing.citations(ledger.session, [each.pk for each in found.values()])
    yield from zip(found.values(), cited, strict=True)


def _who(cited: Citation) -> str:
    return printable(cited.actor.name) if cited.actor else "a force not named"


def _where(cited: Citation) -> str:
    return printable(_named(cited.place)) if cited.place else _country(cited)


def _named(place: Place) -> str:
    from garrison.naming.countries import country_by_code

    country = country_by_code().get(place.iso3 or "")
    return f"{place.name} ({country.name})" if country and country.name != place.name else place.name


def _country(cited: Citation) -> str:
    from garrison.naming.countries import country_by_code

    places = [each for each in (cited.place, cited.origin) if each is not None]
    country = next((country_by_code().get(each.iso3 or "") for each in places if each.iso3), None)
    return country.name if country else printable(places[0].name) if places else "a place not named"


_FINDERS: dict[News, Callable[[Ledger, Rule, Sequence[Stood], Seen, bool], Iterator[Found]]] = {
    News.FIRST_CLAIM: _first_claims,
    News.NEW_ASSET: _new_assets,
    News.UNIT_MOVED: _moved_units,
    News.NEW_DISPUTE: _disputes,
    News.ESTIMATE_MOVED: _moved_estimates,
}
