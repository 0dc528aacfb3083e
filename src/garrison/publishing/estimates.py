"""Estimates in words, as lines through time, and what each claim adds to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from garrison.publishing.layout import Column, Line, table
from garrison.publishing.wording import date_words, printable
from garrison.vocabulary import Citation, Estimate, Heard

POINT_COLUMNS = ("row", "as_of", "low", "median", "high", "presence", "no_longer_stated")
DISPUTE_COLUMNS = ("row", "as", "claim", "voice", "because", "weight", "right", "part", "quote")
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
    doubt = f"\nthere: {estimate.presence:.0%}" if estimate.presence < _SURE else ""
    dropped = f"\nno longer stated since {date_words(estimate.dropped)}" if estimate.dropped else ""
    return words + doubt + dropped


def weight_words(heard: Heard) -> str:
    """What an estimate makes of a claim, for someone who has to defend it."""
    voice = printable(heard.voice) + (f" ({printable(heard.because)})" if heard.because else "")
    if heard.weight > 0.95:
        counts = "counts in full"
    elif heard.weight < 0.02:
        counts = "adds nothing to what the same voice or its house says besides"
    else:
        counts = f"counts {heard.weight:.0%}, as the same voice, its house or its figure is heard besides"
    part = "; bounds the whole from below, being about a part of it" if heard.part else ""
    if heard.right is None:
        return f"the word of {voice}; a move: it shifts what may be there{part}"
    likely = f"right with {heard.right:.0%}, all claims heard"
    return f"the word of {voice}; {counts}; {likely}{' (OUTLYING)' if heard.outlying else ''}{part}"


def estimate_line(estimate: Estimate) -> Text:
    """The estimate of a row on a line of its own."""
    words = estimate_words(estimate).replace("\n", "; ")
    return Text(f"{words} on {date_words(estimate.as_of)}\n")


def weighed(estimate: Estimate) -> dict[str, str]:
    """What the estimate makes of each claim, by its id: of what it says of the row itself before what of a part."""
    words: dict[str, str] = {}
    for each in sorted(estimate.heard, key=lambda one: (one.part, -one.weight)):
        words.setdefault(each.citation.claim, weight_words(each))
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
        text.append(f"{printable(estimate.row)}  ", "bold").append(
            f"{estimate_words(estimate)}\n".replace("\n", "  ", 1)
        )
        text.append("\n")
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
    return Line((word, f"{said} {weight_words(heard)}"), cited.claim[:12])


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
