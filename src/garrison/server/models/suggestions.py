"""What a person may mean by the letters typed so far."""

from __future__ import annotations

from typing import Literal

from garrison.server.models.parts import Part


class Suggestion(Part):
    """Something that a person may mean, and the page's path to it."""

    type: Literal["country", "actor", "unit", "site", "outlet"]
    id: str
    name: str
    detail: str
    path: str


class Suggestions(Part):
    """What a person may mean by the letters typed so far, best first."""

    items: list[Suggestion]
