"""A local server that answers under many names, as well or as badly as a test wants."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from garrison.cli.main import main
from garrison.gathering.guard import Guard, TestServer
from garrison.gathering.manners import Manners

ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="{published}"><meta property="og:site_name" content="{outlet}"></head>
<body><article><h1>{title}</h1><p>{text}</p><p>The road from the capital was open all day, and the shops along it did
the business that they do on any other day of the week, people who live there said.</p></article></body></html>"""


def article(text, title="The base at Dushanbe", published="2021-07-08", outlet="Northern Wire") -> bytes:
    return ARTICLE.format(text=text, title=title, published=published, outlet=outlet).encode()


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    stated = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"}
    stated |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in stated.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


@dataclass
class Asked:
    """A request as the server saw it."""

    host: str
    path: str
    headers: dict[str, str]
    at: float


Reply = bytes | Callable[[Asked, socket.socket], bytes | None]


@dataclass
class Web:
    """The server: replies by address, and what was asked. Nothing but ``.test`` and loopback leads here."""

    port: int = 0
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    answer = staticmethod(answer)
    article = staticmethod(article)

    def put(self, url: str, reply: Reply) -> str:
        self.replies[url] = reply
        return url

    def paths(self, *, robots: bool = False) -> list[str]:
        return [f"{each.host}{each.path}" for each in self.asked if robots or each.path != "/robots.txt"]

    @property
    def guard(self) -> Guard:
        return Guard((TestServer("*.test", "127.0.0.1", self.port),))

    @property
    def setting(self) -> str:
        return f"*.test=127.0.0.1:{self.port}"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        web: Web = self.server.web
        line = self.rfile.readline(65536).decode("latin-1").split()
        if len(line) < 2:
            return
        headers = {}
        while (raw := self.rfile.readline(65536).strip()) != b"":
            name, _, value = raw.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        asked = Asked(headers.get("host", ""), line[1], headers, time.monotonic())
        web.asked.append(asked)
        reply = web.replies.get(f"http://{asked.host}{asked.path}", answer(b"no such page", "404 Not Found"))
        found = reply(asked, self.connection) if callable(reply) else reply
        if found is not None:
            self.connection.sendall(found)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up on a hostile answer is what is wanted."""


@pytest.fixture
def web():
    """A local server."""
    served = Web()
    with _Server(("127.0.0.1", 0), _Handler) as server:
        served.port = server.server_address[1]
        server.web = served
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield served
        server.shutdown()


@pytest.fixture
def polite(web):
    """A function that makes manners towards the server: without delay unless asked for."""

    def made(**chosen) -> Manners:
        chosen.setdefault("delay_s", 0.0)
        return Manners("Garrison/1.0", guard=web.guard, **chosen)

    return made


@pytest.fixture
def garrison(monkeypatch, capsys, tmp_path, web):
    """A function that runs ``garrison`` against the local web, on a ledger of this test's own."""
    monkeypatch.setenv("GARRISON_LEDGER", str(tmp_path / "ledger" / "garrison.db"))
    monkeypatch.setenv("GARRISON_TEST_SERVERS", web.setting)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*args):
        words = [*map(str, args), *(("--delay", "0") if args[0] in ("read", "watch") else ())]
        monkeypatch.setattr("sys.argv", ["garrison", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    run.claims = lambda: json.loads(run("claims", "--format", "json")[1])
    run.documents = lambda: json.loads(run("documents", "--format", "json")[1])
    return run
