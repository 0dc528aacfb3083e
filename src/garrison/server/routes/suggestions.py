"""Suggestions for the search box."""

from __future__ import annotations

from threading import Lock
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from garrison.pipeline.suggesting import Named, Sort, named, suggested
from garrison.server.asked import Room, answered
from garrison.server.models.suggestions import Suggestion, Suggestions

_PATHS = {
    Sort.COUNTRY: "/countries/",
    Sort.SITE: "/countries/",
    Sort.ACTOR: "/actors/",
    Sort.UNIT: "/units/",
    Sort.OUTLET: "/search?outlet=",
}


class Index:
    """The names in the ledger, gathered anew when it has changed."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._held: tuple[object, tuple[Named, ...]] | None = None
        self._making = Lock()

    def names(self) -> tuple[Named, ...]:
        """Everything that has a name."""
        state = self._room.pool.change()
        with self._making:
            if self._held is None or self._held[0] != state:
                with self._room.pool.reading() as ledger:
                    self._held = (state, named(ledger))
            return self._held[1]


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["search"])
    index = Index(room)

    @routes.get("/suggest", response_model=Suggestions)
    def suggest(q: Annotated[str, Query(max_length=200)]) -> Response:
        """What a person may mean by the letters typed so far: countries, actors, units, sites and outlets."""
        found = suggested(index.names(), q)
        return answered(
            Suggestions(
                items=[
                    Suggestion(
                        type=each.sort.value,
                        id=each.id,
                        name=each.name,
                        detail=each.detail,
                        path=_PATHS[each.sort] + quote(each.id, safe=""),
                    )
                    for each in found
                ]
            )
        )

    return routes
