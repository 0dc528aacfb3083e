"""Downloads: what is on screen, as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Response

from garrison.estimation.announcements import Announcement, Fate
from garrison.ledger import Ledger
from garrison.pipeline import announced, picture, positions
from garrison.pipeline.disagreement import in_dispute
from garrison.pipeline.evidence import evidence
from garrison.pipeline.filters import Filters
from garrison.publishing import citations, formats, geojson, shapes
from garrison.server.asked import OptionalId, Room, When, Which
from garrison.server.refusing import NotFoundError
from garrison.server.routes.estimates import DISPUTED, ESTIMATED_CLAIMS
from garrison.vocabulary import Citation, Picture, UsageError

CLAIMS = 10_000
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "json": "application/json",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "txt": "text/plain; charset=utf-8",
}
File = Annotated[
    Literal[
        "claims.csv",
        "claims.geojson",
        "claims.json",
        "claims.csl.json",
        "claims.txt",
        "rows.csv",
        "rows.geojson",
        "rows.json",
        "units.csv",
        "units.json",
        "moves.csv",
        "moves.geojson",
        "moves.json",
        "moves.csl.json",
        "moves.txt",
        "disputes.csv",
        "disputes.geojson",
        "disputes.json",
        "disputes.csl.json",
        "disputes.txt",
    ],
    Path(),
]


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["downloads"])

    @routes.get(
        "/download/{file}",
        response_class=Response,
        responses={200: {"content": {kind: {} for kind in _TYPES.values()}, "description": "The file."}},
    )
    def download(
        file: File,
        which: Which,
        when: When,
        row: OptionalId = None,
        state: Fate | None = None,
    ) -> Response:
        """What a view shows, as CSV, GeoJSON, JSON, and citations as CSL-JSON or footnotes.

        Rows, units, disputes and announced moves (of one `state`, or of all) are those of a day, of today where `as_of`
        names none; claims, of a row apart, then of any day, those that speak of a day ahead too, as `/claims` lists
        them. Of disputes and moves it is their claims, with the row or with what became of the move.
        """
        what, _, form = file.partition(".")
        asked, times = when.meant(), when.given()
        place, actor = which.place, which.actor
        with room.pool.reading() as ledger:
            if what == "rows":
                found = picture.posture(
                    ledger, place=place, actor=actor, asset=which.asset, unit=which.unit, listed=0, **times
                )
                pieces = _rows(found, form)
            elif what == "units":
                runs = positions.positions(ledger, which.unit, place=place, actor=actor, **times)
                shown = [shapes.position_shape(run) for run in runs]
                pieces = _listed(shown, shapes.POSITION_COLUMNS, form)
            elif what == "moves":
                made = announced.moves(ledger, place=place, actor=actor, asset=which.asset, fate=state, **times)
                pieces = _told(ledger, [(_fate(each), each.citation) for each in made], ("state", "by"), form)
            elif what == "disputes":
                about = Filters(place=place, actor=actor, asset=which.asset)
                sides = in_dispute(ledger, ESTIMATED_CLAIMS, DISPUTED, **about, **times)
                pieces = _told(ledger, [({"row": key}, one) for key, one in sides], ("row",), form)
            elif row:
                try:
                    _, cited = picture.row(ledger, row, limit=CLAIMS, **times)
                except UsageError as error:
                    raise NotFoundError(str(error)) from None
                pieces = _claims(ledger, cited, form)
            else:
                shown_on = replace(which, as_of=when.as_of)
                pieces = _claims(ledger, islice(ledger.claims(shown_on), CLAIMS), form)
            body = "".join(pieces)
        name = f"garrison-{what}-{asked['as_of']}.{form}"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(body, media_type=_TYPES[form], headers=headers)

    return routes


def _rows(found: Picture, form: str) -> Iterable[str]:
    if form == "geojson":
        return geojson.picture_map(found)
    tables = (("forces", found.rows), ("own", found.own), ("strengths", found.strengths))
    shown = [{"table": name, **shapes.row_shape(row)} for name, table in tables for row in table]
    return _listed(shown, ("table", *shapes.ROW_COLUMNS), form)


def _fate(each: Announcement) -> dict[str, str | None]:
    return {"state": each.fate.value, "by": each.by.claim if each.by else None}


def _told(
    ledger: Ledger, told: Iterable[tuple[dict[str, str | None], Citation]], names: tuple[str, ...], form: str
) -> Iterable[str]:
    """Claims with what else is told of each, where the form has room for it; cited, each once."""
    if form in ("csv", "json"):
        shown = ({**more, **shapes.citation_shape(one)} for more, one in told)
        return _listed(shown, (*names, *shapes.CLAIM_COLUMNS), form)
    return _claims(ledger, list({one.claim: one for _, one in told}.values()), form)


def _claims(ledger: Ledger, cited: Iterable[Citation], form: str) -> Iterable[str]:
    match form:
        case "geojson":
            return geojson.claims_map(cited)
        case "csl.json":
            return [formats.as_json([citations.csl_item(one) for one in evidence(ledger, cited)])]
        case "txt":
            return _footnotes(ledger, cited)
    return _listed((shapes.citation_shape(one) for one in cited), shapes.CLAIM_COLUMNS, form)


def _footnotes(ledger: Ledger, cited: Iterable[Citation]) -> Iterator[str]:
    for number, one in enumerate(evidence(ledger, cited), 1):
        yield f"{citations.footnote(one, number)}\n"


def _listed(shown: Iterable[dict[str, Any]], columns: tuple[str, ...], form: str) -> Iterable[str]:
    return formats.csv_lines(shown, columns) if form == "csv" else formats.json_array(shown)
