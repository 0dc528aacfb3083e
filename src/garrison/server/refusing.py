"""Refusing: what cannot be met, said in one shape for the person who asked."""

from __future__ import annotations

import json
import logging
import sqlite3

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DatabaseError
from starlette.exceptions import HTTPException

from garrison.vocabulary import ClaimError, GarrisonError, LedgerError, UsageError, WithheldError

logger = logging.getLogger("garrison.server")
_CODES = {
    400: "bad_request",
    401: "unauthorised",
    403: "forbidden",
    404: "not_found",
    405: "not_allowed",
    413: "too_large",
    415: "bad_request",
    421: "forbidden",
    422: "bad_request",
    503: "busy",
}
_SHOWN = 400
_AGAIN_S = 30


class NotFoundError(UsageError):
    """Nothing of that name is in the ledger."""


class TooLargeError(UsageError):
    """The answer would be too large: ask for less."""


class BeingMadeError(GarrisonError):
    """The answer takes long and is being made; whoever asks again later gets it."""


def problem(status: int, message: str, hint: str | None = None) -> bytes:
    """The body of an answer that refuses."""
    code = _CODES.get(status, "internal")
    return json.dumps({"error": {"code": code, "message": message[:_SHOWN], "hint": hint}}, ensure_ascii=False).encode(
        "utf-8", "backslashreplace"
    )


def refusal(status: int, message: str, hint: str | None = None, code: str | None = None) -> JSONResponse:
    """An answer that refuses; ``code`` where the status does not tell."""
    code = code or _CODES.get(status, "internal")
    shown = message[:_SHOWN].encode("utf-8", "backslashreplace").decode()
    return JSONResponse({"error": {"code": code, "message": shown, "hint": hint}}, status)


def install(app: FastAPI) -> None:
    """Have every error of ``app`` answered in that shape."""

    @app.exception_handler(GarrisonError)
    def _asked_wrongly(_: Request, error: Exception) -> JSONResponse:
        match error:
            case WithheldError():
                return refusal(403, str(error), code="withheld")
            case NotFoundError():
                return refusal(404, str(error))
            case TooLargeError():
                return refusal(413, str(error))
            case BeingMadeError():
                told = refusal(503, str(error), code="being_made")
                told.headers["retry-after"] = str(_AGAIN_S)
                return told
            case UsageError() | ClaimError():
                return refusal(400, str(error))
            case LedgerError():
                logger.error("%s", error)
                return refusal(503, "the ledger cannot be read or written just now; try again in a moment")
        return refusal(400, str(error))

    @app.exception_handler(RequestValidationError)
    def _of_wrong_shape(_: Request, error: Exception) -> JSONResponse:
        first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
        where = ".".join(str(part) for part in first.get("loc", ()) if part not in ("query", "body", "path"))
        return refusal(400, f"{where or 'the request'}: {first.get('msg', 'is not understood')}")

    @app.exception_handler(HTTPException)
    def _refused(_: Request, error: Exception) -> JSONResponse:
        if not isinstance(error, HTTPException):
            return refusal(500, "something went wrong")
        words = "there is nothing at this address" if error.status_code == 404 else str(error.detail)
        return refusal(error.status_code, words)

    @app.exception_handler(DatabaseError)
    @app.exception_handler(sqlite3.Error)
    def _unreadable(_: Request, error: Exception) -> JSONResponse:
        logger.error("the ledger: %s", error)
        return refusal(503, "the ledger cannot be read or written just now; try again in a moment")

    @app.exception_handler(Exception)
    def _broken(request: Request, error: Exception) -> JSONResponse:
        logger.exception("an error in Garrison itself, at %s", request.url.path, exc_info=error)
        return refusal(500, "an error in Garrison itself; its log says more")
