"""Sessions: a token kept in a cookie."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, Response

from garrison.server.asked import Room
from garrison.server.guarding import session_cookie
from garrison.server.models.reviewing import Login
from garrison.server.refusing import refusal


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["server"])

    @routes.post("/session", status_code=204, response_class=Response)
    def login(given: Login) -> Response:
        """Show the token once; a cookie shows it from then on."""
        token = room.settings.token
        if token is None:
            return Response(status_code=204)
        if not hmac.compare_digest(given.token.encode("utf-8", "replace"), token.encode("utf-8")):
            return refusal(401, "that is not this server's token")
        return Response(status_code=204, headers={"set-cookie": session_cookie(token)})

    return routes
