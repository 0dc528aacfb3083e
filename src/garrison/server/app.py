"""The application: endpoints, page and guards put together."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI, Response
from starlette.types import ASGIApp

from garrison import __version__
from garrison.ledger.days import today
from garrison.pipeline.forces import current
from garrison.server import pages, refusing
from garrison.server.asked import Room
from garrison.server.guarding import Guard
from garrison.server.keeping import Keeper
from garrison.server.models.parts import Problem
from garrison.server.pool import Pool
from garrison.server.routes import (
    about,
    claims,
    documents,
    downloads,
    estimates,
    feeds,
    pictures,
    reviewing,
    rows,
    sessions,
    suggestions,
    units,
    world,
)
from garrison.server.second import Second
from garrison.server.settings import Settings, checked
from garrison.server.shelf import Shelf
from garrison.server.warming import Warming, countries

API = "/api/v1"
_SUBJECTS = (about, world, pictures, units, estimates, rows, claims, documents, suggestions, downloads)


READY = (f"{API}/world", f"{API}/days", f"{API}/about", f"{API}/claims")
"""What every reader asks for first."""
_SEARCHES = (
    "q=troops",
    "q=has+tanks&actor=RUS",
    "actor=USA",
    "place=SYR&asset=tank",
    "outlet=Reuters",
    "unit=1st+Brigade",
)
_NARROWED = (
    "since=2019&until=2020",
    "kind=deploy&place=MLI",
    "status=planned",
    "checked=false&limit=60",
    "q=base&place=DJI",
)
# Of each several at once, so that all readers are opened and have prepared what each way of asking needs.
REHEARSED = tuple(f"{API}/claims?{each}" for each in (*_SEARCHES, *_NARROWED)) * 3


def application(
    settings: Settings, page: Path | None = None, ready: tuple[str, ...] = (), patience_s: float = 0.0
) -> ASGIApp:
    """The application that serves by ``settings``.

    Args:
        settings: what is served, to whom.
        page: the folder of another built page than the package's.
        ready: addresses whose answers are made before anyone asks, and anew after each change.
        patience_s: for how many seconds nobody is let in before these, and the countries of a large ledger, are made.

    Raises:
        UsageError: settings that are not safe to serve by.
        LedgerError: the ledger cannot be opened.
    """
    room = Room(checked(settings), Pool(settings.ledger, embargo_days=settings.embargo_days))
    app = bare(room)
    pages.install(app, page)
    room.readiness.tell(not ready)
    shelf = Shelf(room.pool) if ready else None
    is_large = shelf is not None and shelf.is_large()
    beside = Warming("countries", settings.ledger, settings.embargo_days) if is_large else None
    second = Second(settings.ledger, settings.embargo_days, REHEARSED) if is_large and _cores() > 1 else None
    kept = Keeper(
        app,
        lambda: (room.pool.change(), today()),
        ready,
        later=lambda: countries(room.pool) if ready else (),
        shelf=shelf,
        beside=beside,
        told=room.readiness.tell,
        patience_s=patience_s,
        rehearsed=REHEARSED,
        afterwards=lambda: _hold_forces(room.pool),
        second=second,
    )
    return Guard(kept, settings)


def _cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _hold_forces(pool: Pool) -> None:
    """Make the rows of the map, of which a change then touches a few: a map from the shelf comes without them."""
    with pool.reading() as ledger:
        if not ledger.session.embargo_days:
            current(ledger, today())


def bare(room: Room) -> FastAPI:
    """The endpoints alone."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        room.estimating.close()
        room.pool.close()

    app = FastAPI(
        title="Garrison",
        version=__version__,
        summary="Who has what forces where, as of when, and on whose word.",
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
        lifespan=lifespan,
        default_response_class=Response,
    )
    refusing.install(app)
    problems: dict[int | str, dict[str, object]] = {"4XX": {"model": Problem}, "5XX": {"model": Problem}}
    api = APIRouter(prefix=API, responses=problems)
    api.include_router(sessions.router(room))
    for subject in _SUBJECTS:
        api.include_router(subject.router(room))
    if room.settings.edit:
        api.include_router(reviewing.router(room))
    app.include_router(api)
    app.include_router(feeds.router(room))
    return app
