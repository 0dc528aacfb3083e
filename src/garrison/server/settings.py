"""Settings: what a server serves, to whom, and what it keeps back."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from garrison.vocabulary import UsageError

TOKEN_CHARACTERS = 16
EXCERPT_CHARACTERS = 600
"""How much of a document a shared server shows where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served.

    ``host`` is the address bound to, ``names`` further host names that the server answers to. ``edit`` allows review.
    ``token`` must be shown by every reader if set. ``embargo_days`` hides claims about places finer than a country
    for so many days. ``excerpt_chars`` is how much of a document is shown, ``None`` for all.
    ``tiles`` is the address of map tiles with ``{z}``, ``{x}`` and ``{y}``, ``attribution`` who is to be credited.
    """

    ledger: Path
    host: str = "127.0.0.1"
    port: int = 8750
    names: tuple[str, ...] = ()
    edit: bool = False
    token: str | None = None
    embargo_days: int = 0
    excerpt_chars: int | None = None
    tiles: str | None = None
    attribution: str | None = None

    @property
    def shared(self) -> bool:
        """Whether others than this machine's users can reach it, or it asks for a token as if they could."""
        return self.token is not None or not is_own(self.host)

    @property
    def tile_origin(self) -> str | None:
        """The origin that tiles are loaded from, as a Content-Security-Policy names it; ``None`` without tiles."""
        if self.tiles is None:
            return None
        address = urlsplit(self.tiles)
        return f"{address.scheme}://{address.netloc.replace('{s}', '*')}"


def is_own(host: str) -> bool:
    """Whether ``host`` is this machine alone: ``localhost`` or a loopback address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def checked(settings: Settings) -> Settings:
    """``settings`` if they are safe to serve by, with the excerpt that a shared server has where none was asked for.

    Raises:
        UsageError: an address that others can reach without a token, a short token, tiles that are no web address.
    """
    if not is_own(settings.host) and not settings.token:
        raise UsageError(
            f"{settings.host} can be reached from other machines, so readers must show a token: set GARRISON_TOKEN to "
            "a long random one (python -c 'import secrets; print(secrets.token_urlsafe(24))'), or serve on 127.0.0.1"
        )
    if settings.token is not None and len(settings.token) < TOKEN_CHARACTERS:
        raise UsageError(f"the token is shorter than {TOKEN_CHARACTERS} characters and can be guessed; take a longer")
    if settings.tiles is not None:
        address = urlsplit(settings.tiles)
        missing = [part for part in ("{z}", "{x}", "{y}") if part not in settings.tiles]
        plain = all(letter.isprintable() and letter not in " ;,'\"" for letter in address.netloc)
        if address.scheme not in ("http", "https") or not address.netloc or missing or not plain:
            raise UsageError(
                f"{settings.tiles!r} is no address of map tiles; it looks like https://tiles.example/{{z}}/{{x}}/{{y}}.png"
            )
    return settings
