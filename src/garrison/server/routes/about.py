"""What this server is, and on which days anything changed."""

from __future__ import annotations

from fastapi import APIRouter, Response

from garrison import __version__
from garrison.ledger import Verdict, asking, changing
from garrison.ledger.correction import FIELDS
from garrison.ledger.days import day_text, today
from garrison.naming.symbols import symbol
from garrison.publishing.wording import asset_words
from garrison.server.asked import Known, Name, Recorded, Room, answered
from garrison.server.models.about import About, AssetClass, Change, Counts, Day, Days, Health, Tiles
from garrison.vocabulary import Actor, Asset, Hedge, Kind, Status

_DAYS = 5000


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["server"])

    @routes.get("/health", response_model=Health)
    def health() -> Response:
        """Whether the server answers, and whether all that it makes beforehand is made, so that it answers at once."""
        return answered(Health(status="ok", ready=room.readiness.ready))

    @routes.get("/about", response_model=About)
    def about() -> Response:
        """What this server is, what it lets one do, and how much its ledger holds."""
        settings = room.settings
        with room.pool.reading() as ledger:
            now = asking.moment(ledger.session, None, None)
            held, unsure = changing.held(ledger.session, now), changing.unsure(ledger.session, now)
        seq, at = room.pool.change()
        return answered(
            About(
                version=__version__,
                ledger=settings.ledger.name,
                today=day_text(today()),
                edit=settings.edit,
                shared=settings.shared,
                embargo_days=settings.embargo_days,
                excerpt_chars=settings.excerpt_chars,
                tiles=Tiles(url=settings.tiles, attribution=settings.attribution) if settings.tiles else None,
                changed=Change(seq=seq, at=at or None),
                counts=Counts(
                    documents=held.documents,
                    claims=held.claims,
                    unsure=unsure,
                    rows=held.rows,
                    waiting=held.waiting,
                ),
                first_day=day_text(held.first_day) if held.first_day else None,
                last_day=day_text(held.last_day) if held.last_day else None,
                assets=[
                    AssetClass(id=each, words=asset_words(each), symbol=symbol(each, Actor("a state", "XXX")))
                    for each in Asset
                ],
                kinds=list(Kind),
                statuses=list(Status),
                hedges=list(Hedge),
                verdicts=[each.value for each in Verdict],
                fields=list(FIELDS),
            )
        )

    @routes.get("/days", response_model=Days)
    def days(place: Name = None, actor: Name = None, known: Known = None, recorded: Recorded = None) -> Response:
        """The days on which claims begin to hold, and on which they became known, for sliders that snap to them."""
        with room.pool.reading() as ledger:
            session = ledger.session
            held, seen = changing.days(
                session,
                asking.moment(session, known, recorded),
                asking.somewhere(session, place) if place else None,
                asking.someone(actor) if actor else None,
            )
        return answered(Days(as_of=_thinned(held), known=_thinned(seen), more=max(len(held), len(seen)) > _DAYS))

    return routes


def _thinned(found: list[tuple[int, int]]) -> list[Day]:
    """The days, or where they are too many the last one of each month."""
    if len(found) <= _DAYS:
        return [Day(day=day_text(day), claims=claims) for day, claims in found]
    months: dict[str, Day] = {}
    for day, claims in found:
        text = day_text(day)
        before = months.get(text[:7])
        months[text[:7]] = Day(day=text, claims=claims + (before.claims if before else 0))
    return list(months.values())[-_DAYS:]
