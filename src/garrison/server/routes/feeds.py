"""Feeds: what rules of notification found, for readers of news."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from garrison.pipeline.noticing import recent
from garrison.publishing.atom import MEDIA, feed
from garrison.server.asked import Room

LISTED = 100


def router(room: Room) -> APIRouter:
    """The feed, which stands beside the API and not under it, as readers of feeds show its address to people."""
    routes = APIRouter()

    @routes.get("/feed.atom", response_class=Response, include_in_schema=False)
    def news(request: Request) -> Response:
        """The newest notices as an Atom feed; those that an embargo hides are left out."""
        with room.pool.reading() as ledger:
            told = recent(ledger, LISTED)
            title = f"Garrison: news in {ledger.path.stem}"
        address = str(request.url.replace(query=""))
        return Response(feed(told, title=title, address=address), media_type=f"{MEDIA}; charset=utf-8")

    return routes
