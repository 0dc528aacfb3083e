"""A local web for the benchmarks: any number of hosts behind one port of this machine, and when each was asked.

``python bench/_web.py PAGES`` prints its port and serves until its input ends. Host ``hN.test`` has PAGES pages, ``/0``
and on; its feed is ``/feed``; ``http://times.test/`` gives the times at which each host was asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

FILLER = (
    "The road from the capital was open all day, and the shops along it did the business that they do on any other "
    "day of the week, people who live there said. Nobody could say how long that would last, nor why it had begun. "
)
REST = "".join(f"<p>{n}. {FILLER}</p>" for n in range(40))


def page(host: int, number: int) -> bytes:
    """A page of some 20 kB with one claim of its own."""
    troops = 1000 + host * 50 + number
    text = f"<p>Russia has about {troops:,} troops in Tajikistan, officials said on Thursday.</p>"
    title = f"Story {number} of host {host}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="2021-07-08">'
        f'<meta property="og:site_name" content="Host {host}">'
        f"</head><body><article><h1>{title}</h1>{text}{REST}</article></body></html>"
    ).encode()


class Served(asyncio.Protocol):
    """One connection."""

    pages = 0
    times: ClassVar[dict[str, list[float]]] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.held = transport, b""

    def data_received(self, data: bytes) -> None:
        self.held += data
        while b"\r\n\r\n" in self.held:
            head, _, self.held = self.held.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            host = next((line[5:].strip() for line in lines if line.lower().startswith("host:")), "")
            path = lines[0].split()[1]
            self.transport.write(self.answer(host, path))

    def answer(self, host: str, path: str) -> bytes:
        if host == "times.test":
            return _answer(json.dumps(self.times).encode(), "application/json")
        self.times.setdefault(host, []).append(time.monotonic())
        number = int(host.removeprefix("h").removesuffix(".test"))
        if path == "/feed":
            items = "".join(f"<item><link>http://{host}/{n}</link></item>" for n in range(self.pages))
            return _answer(f"<rss><channel>{items}</channel></rss>".encode(), "application/rss+xml")
        if path.strip("/").isdecimal():
            return _answer(page(number, int(path.strip("/"))), "text/html; charset=utf-8")
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def _answer(body: bytes, media: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(pages: int) -> None:
    """Serve until the input ends."""
    Served.pages = pages
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Served, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


@contextlib.contextmanager
def web(pages: int) -> Iterator[int]:
    """The port of a local web in a process of its own."""
    command = [sys.executable, str(Path(__file__)), str(pages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
