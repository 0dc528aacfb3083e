"""The web page's files, as they were built, and what to do where they were not."""

from __future__ import annotations

import gzip
import mimetypes
from functools import cache
from importlib import resources
from pathlib import Path, PurePosixPath

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response

from garrison.server.refusing import refusal

_UNBUILT = """\
Garrison serves its API at /api/v1, but its web page is not built.

In a clone, with Node.js 20.19 or later and npm:

    make page

and reload this page; the server need not be started anew. An installed package without the page was built where npm
is not: build it anew where npm is, or after make page.
"""
_FOREVER = "public, max-age=31536000, immutable"
_PACKED = frozenset({".js", ".css", ".json", ".svg"})


def folder() -> Path:
    """Where the built page lies."""
    return Path(str(resources.files("garrison.server").joinpath("page")))


def install(app: FastAPI, page: Path | None = None) -> None:
    """Serve the page's files, and its first file for every address that the page itself makes sense of."""
    root = (page or folder()).resolve()

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def file(path: str, request: Request) -> Response:
        """A file of the page."""
        if path == "api" or path.startswith("api/"):
            return refusal(404, "there is nothing at this address")
        first = root / "index.html"
        if not first.is_file():
            return PlainTextResponse(_UNBUILT, 503 if path else 200, headers={"cache-control": "no-store"})
        wanted = _inside(root, path)
        if wanted is not None:
            forever = PurePosixPath(path).parts[:1] == ("assets",)
            headers = {"cache-control": _FOREVER if forever else "no-cache", "vary": "Accept-Encoding"}
            if forever and wanted.suffix in _PACKED and "gzip" in request.headers.get("accept-encoding", ""):
                kind = mimetypes.guess_type(wanted.name)[0]
                return Response(_packed(wanted), media_type=kind, headers={**headers, "content-encoding": "gzip"})
            return FileResponse(wanted, headers=headers)
        if PurePosixPath(path).parts[:1] == ("assets",):
            return refusal(404, "there is nothing at this address")
        return FileResponse(first, media_type="text/html", headers={"cache-control": "no-cache"})


@cache
def _packed(file: Path) -> bytes:
    """A file compressed, kept: those under assets/ have a hash in their name and never change."""
    return gzip.compress(file.read_bytes(), mtime=0)


def _inside(root: Path, path: str) -> Path | None:
    """The file of the page at ``path``; ``None`` if there is none, or it is not one of the page."""
    if not path or "\x00" in path or "\\" in path:
        return None
    try:
        wanted = (root / path).resolve()
        return wanted if wanted.is_relative_to(root) and wanted.is_file() else None
    except (OSError, ValueError):
        return None
