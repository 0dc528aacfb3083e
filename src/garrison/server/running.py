"""Running: the application on a port, until it is told to stop."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn

from garrison.server import pages
from garrison.server.answer import COLLECTED
from garrison.server.app import READY, application
from garrison.server.settings import EXCERPT_CHARACTERS, Settings, checked
from garrison.vocabulary import UsageError

_IDLE_S = 30
# Of a million claims the pages of all countries are made in less.
_PATIENCE_S = 30.0


class Running:
    """A server that has its port; :meth:`run` answers on it.

    Raises:
        UsageError: the address cannot be bound to, or the settings are not safe to serve by.
        LedgerError: the ledger cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        settings = checked(settings)
        if settings.shared and settings.excerpt_chars is None:
            settings = replace(settings, excerpt_chars=EXCERPT_CHARACTERS)
        self.settings = settings
        self._application = application(settings, ready=READY, patience_s=_PATIENCE_S)
        self._socket = _bound(settings.host, settings.port)
        self.port = int(self._socket.getsockname()[1])

    @property
    def address(self) -> str:
        """Where to open the page."""
        host = self.settings.host
        if host in ("0.0.0.0", "::"):  # noqa: S104 (compared with, not bound to)
            host = self.settings.names[0] if self.settings.names else socket.gethostname()
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self.port}/"

    @property
    def notes(self) -> tuple[str, ...]:
        """What the person who started it should know."""
        told = []
        if not (pages.folder() / "index.html").is_file():
            told.append("the web page is not built; its address says how, and the API answers under /api/v1")
        if self.settings.edit:
            told.append("readers can judge and add claims (--edit)")
        if self.settings.token is not None:
            told.append(
                "readers open it once with ?token=TOKEN at the end; put HTTPS in front of it beyond your network"
            )
        return tuple(told)

    def run(self, listening: Callable[[], None] = lambda: None) -> None:
        """Answer until Ctrl-C; ``listening`` is called once there is an answer to whoever asks."""
        gc.set_threshold(*COLLECTED)
        config = uvicorn.Config(
            self._application,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=_IDLE_S,
            limit_concurrency=512,
            proxy_headers=False,
        )
        _Server(config, listening).run(sockets=[self._socket])


class _Server(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and tell."""
        await super().startup(sockets=sockets)
        if self.started:
            self._listening()


def _bound(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        made = socket.socket(family, kind, protocol)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} cannot be served on: {error.strerror or error}; take another --port (0 for any) or --host"
        ) from None
    return made
