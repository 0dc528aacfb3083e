"""Estimates in words, as lines through time, and what each claim adds to one."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from garrison.publishing.layout import Column, Line, table
from garrison.publishing.wording import date_words, printable
from garrison.vocabulary import Citation, Estimate, Heard, Less

POINT_COLUMNS = ("row", "as_of", "low", "median", "high", "presence", "no_longer_stated")
DISPUTE_COLUMNS = ("row", "as", "claim", "voice", "because", "weight", "holds", "right", "part", "quote")
TRIAL_COLUMNS = ("questions", "n", "inside", "error", "latest_error")
_BARS = "▁▂▃▄▅▆▇█"
# Below this the presence itself is in doubt, and is said.
_SURE = 0.95


def rounded(number: int) -> int:
    """To two leading digits from a hundred up: an estimate is no finer."""
    if number < 100:
        return number
    unit = int(10 ** (len(str(number)) - 2))
    return round(number / unit) * unit


def estimate_words(estimate: Estimate) -> str:
    """The estimate as a cell says it: ``est. 4,000 (2,700–5,600)``."""
    if estimate.low is None or estimate.median is None or estimate.high is None:
        return f"there: {estimate.presence:.0%}"
    low, median, high = (f"{rounded(each):,}" for each in (estimate.low, estimate.median, estimate.high))
    words = f"est. {median}" if low == high else f"est. {median} ({low}–{high})"
    if estimate.by_records is not None:
        first, middle, last = (f"{rounded(each):,}" for each in estimate.by_records)
        words += f"\nby records {middle} ({first}–{last})"
    doubt = f"\nthere: {estimate.presence:.0%}" if estimate.presence < _SURE else ""
    dropped = f"\nno longer stated since {date_words(estimate.dropped)}" if estimate.dropped else ""
    return words + doubt + dropped


_LESS = {
    Less.AGAIN: "as the same voice has spoken again since",
    Less.HOUSE: "as others of its house speak too",
    Less.FIGURE: "as others give the same figure in the same days",
}


def weight_words(heard: Heard) -> str:
    """How much a claim counts in an estimate and why, for someone who has to defend it."""
    voice = printable(heard.voice) + (f" ({printable(heard.because)})" if heard.because else "")
    if heard.right is None:
        counts = "a move, which shifts what may be there"
    elif heard.less is None:
        counts = "counts in full"
    elif heard.weight < 0.02:
        counts = f"adds nothing, {_LESS[heard.less]}"
    else:
        counts = f"counts {heard.weight:.0%}, {_LESS[heard.less]}"
    part = "; bounds the whole from below, being about a part of it" if heard.part else ""
    return f"the word of {voice}; {counts}{part}"


def likely_words(heard: Heard) -> str | None:
    """How probable it is that a claim is true as said, and that it is simply false; ``None`` for moves."""
    if heard.right is None or heard.holds is None:
        return None
    outlying = "; OUTLYING" if heard.outlying else ""
    return f"true as said with {heard.holds:.0%}, simply false with {1 - heard.right:.0%}, all claims heard{outlying}"


def records_note(known_by: str, version: str, outlets: int, width: int) -> Text:
    """What "by records" stands for, beneath a picture."""
    if not outlets:
        note = f"No outlet had 30 contested numbers by {date_words(known_by)}: there are no records to go by."
    else:
        note = (
            f'"By records": each of {outlets} outlets trusted by how often others contradicted its numbers, as known '
            f"on {date_words(known_by)} (version {version}). A second opinion, for this screen only: outlets that "
            "agree with each other would outvote a lone honest one."
        )
    return Text(f"{textwrap.fill(note, width)}\n", "dim")


def estimate_lines(estimates: Sequence[Estimate]) -> Text:
    """The estimates of a row on several days, a line each."""
    text = Text()
    for estimate in estimates:
        words = estimate_words(estimate).replace("\n", "; ")
        text.append(f"{words} on {date_words(estimate.as_of)}\n")
    return text


def weighed(estimate: Estimate) -> dict[str, tuple[str, str | None]]:
    """What the estimate makes of each claim, by its id: of what it says of the row itself before what of a part."""
    words: dict[str, tuple[str, str | None]] = {}
    for each in sorted(estimate.heard, key=lambda one: (one.part, -one.weight)):
        words.setdefault(each.citation.claim, (weight_words(each), likely_words(each)))
    return words


def point_shape(estimate: Estimate) -> dict[str, Any]:
    """One point of a series."""
    return {
        "row": estimate.row,
        "as_of": estimate.as_of,
        "low": estimate.low,
        "median": estimate.median,
        "high": estimate.high,
        "presence": round(estimate.presence, 4),
        "no_longer_stated": estimate.dropped,
    }


def sparkline(numbers: Sequence[int], width: int) -> str:
    """Numbers as bars, the highest full; so many at most, each the last of its stretch."""
    if not numbers:
        return ""
    shown = [numbers[(at + 1) * len(numbers) // min(width, len(numbers)) - 1] for at in range(min(width, len(numbers)))]
    top = max(*shown, 1)
    return "".join(" " if each == 0 else _BARS[min(7, each * 8 // (top + 1))] for each in shown)


def through_time(series: Sequence[Sequence[Estimate]], width: int) -> Text:
    """Each row's estimate at the beginning and the end of the time, with a line of bars between."""
    lines = []
    for of_row in series:
        numbers = [each.median or 0 for each in of_row]
        first, last = of_row[0], of_row[-1]
        bars = sparkline(numbers, max(8, width - 62))
        lines.append(Line((_short(first), bars, _short(last)), printable(of_row[0].row)))
    start, end = date_words(series[0][0].as_of), date_words(series[0][-1].as_of)
    columns = (Column(start), Column("median by month", wraps=False), Column(end))
    return table("Estimates through time, with 90 % intervals", columns, lines, width)


def _short(estimate: Estimate) -> str:
    return estimate_words(estimate).replace("est. ", "")


def dispute_page(
    rows: Sequence[tuple[Estimate, Sequence[Heard], Sequence[Heard]]], denials: Sequence[Citation], width: int
) -> Text:
    """Each row in dispute with its estimate, both sides and the outlying claims; then the denials of own forces."""
    text = Text()
    columns = (Column("", wraps=False), Column(""))
    for estimate, sides, outlying in rows:
        text.append(printable(estimate.row), "bold")
        text.append("  " + estimate_words(estimate).replace("\n", "; ") + "\n")
        lines = [_side("says", each) for each in sides] + [_side("OUTLYING", each) for each in outlying]
        text.append_text(table("", columns, lines, width))
    if denials:
        text.append("Denied by the actor itself\n", "bold")
        lines = [
            Line(
                (date_words(each.published) or "undated", f"{_outlet(each)}: »{printable(each.quote)}«"),
                each.claim[:12],
            )
            for each in denials
        ]
        text.append_text(table("", columns, lines, width))
    return text


def _side(word: str, heard: Heard) -> Line:
    cited = heard.citation
    said = f"{_outlet(cited)}, {date_words(cited.published) or 'undated'}: »{printable(cited.quote)}«"
    judged = "; ".join(part for part in (weight_words(heard), likely_words(heard)) if part)
    return Line((word, f"{said} – {judged}"), cited.claim[:12])


def _outlet(citation: Citation) -> str:
    return printable(citation.outlet or "outlet unknown")


def trial_page(found: Sequence[Mapping[str, Any]], width: int) -> Text:
    """How often the interval held the truth, overall and by stratum, and how far off the median was."""
    columns = (
        Column("questions"),
        Column("how many"),
        Column("truth inside 90 %"),
        Column("error"),
        Column("latest claim's"),
    )
    lines = [
        Line(
            (
                str(each["questions"]),
                f"{each['n']:,}",
                f"{each['inside']:.1%}",
                f"{each['error']:.2f}",
                f"{each['latest_error']:.2f}",
            )
        )
        for each in found
    ]
    return table("Simulated worlds; errors are mean |log(1 + estimate) - log(1 + truth)|", columns, lines, width)
