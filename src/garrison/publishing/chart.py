"""Charts: estimates through time as SVG, the interval as a band, the median as a line, the claims as marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import expm1, log1p
from xml.sax.saxutils import escape

from garrison.estimation.days import holding
from garrison.vocabulary import Estimate

_WIDTH, _HEIGHT = 720, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 28, 28
_STYLE = (
    "text{font:12px sans-serif;fill:#333}.title{font-weight:bold}.axis{stroke:#ccc}.band{fill:#4a7fb5;fill-opacity:.25}"
    ".median{fill:none;stroke:#27548a;stroke-width:2}.truth{fill:none;stroke:#b5532a;stroke-dasharray:4 3}"
    ".claim{stroke:#333;stroke-width:1.5;stroke-opacity:.7}.false{stroke:#c22}"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim in a chart: the day that it holds for (ordinal), its bounds, and whether it is known to be false."""

    day: int
    low: float
    high: float
    false: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """One row through time; ``days`` are ordinals, ``truth`` the true levels where they are known."""

    title: str
    days: tuple[int, ...]
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    marks: tuple[Mark, ...] = ()
    truth: tuple[float, ...] = ()


def of_estimates(series: Sequence[Estimate]) -> Chart:
    """The chart of a row's estimates, with the numbers stated of the row itself."""
    marks = []
    for each in series[-1].heard:
        quantity = each.citation.quantity
        if quantity is not None and not each.part and each.right is not None:
            low = quantity.low if quantity.low is not None else quantity.high or 0
            high = quantity.high if quantity.high is not None else low
            marks.append(Mark(holding(each.citation)[0], low, high, each.outlying))
    return Chart(
        series[0].row,
        tuple(date.fromisoformat(each.as_of).toordinal() for each in series),
        tuple(each.low or 0 for each in series),
        tuple(each.median or 0 for each in series),
        tuple(each.high or 0 for each in series),
        tuple(marks),
    )


def svg(charts: Sequence[Chart]) -> str:
    """The charts beneath each other; levels are on a scale of log(1 + x), so that tens and thousands both show."""
    body = "".join(f'<g transform="translate(0 {at * _HEIGHT})">{_drawn(each)}</g>' for at, each in enumerate(charts))
    size = f'width="{_WIDTH}" height="{_HEIGHT * len(charts)}"'
    view = f'viewBox="0 0 {_WIDTH} {_HEIGHT * len(charts)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view}><style>{_STYLE}</style>{body}</svg>\n'


def _drawn(chart: Chart) -> str:
    first, last = chart.days[0], max(chart.days[-1], chart.days[0] + 1)
    shown = [mark for mark in chart.marks if first <= mark.day <= last]
    top = log1p(max([1.0, *chart.high, *chart.truth, *(mark.high for mark in shown)]))

    def x(day: int) -> float:
        return round(_LEFT + (day - first) / (last - first) * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(level: float) -> float:
        return round(_HEIGHT - _BOTTOM - log1p(max(level, 0.0)) / top * (_HEIGHT - _TOP - _BOTTOM), 1)

    def line(levels: Sequence[float]) -> str:
        return " ".join(f"{x(day)},{y(level)}" for day, level in zip(chart.days, levels, strict=True))

    parts = [f'<text class="title" x="{_LEFT}" y="16">{escape(chart.title)}</text>']
    for level in _ticks(expm1(top)):
        parts.append(f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(level)}" y2="{y(level)}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y(level) + 4}" text-anchor="end">{level:,}</text>')
    for year in range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1):
        at = x(date(year, 1, 1).toordinal())
        parts.append(f'<text x="{at}" y="{_HEIGHT - 8}" text-anchor="middle">{year}</text>')
    back = " ".join(f"{x(day)},{y(level)}" for day, level in reversed(list(zip(chart.days, chart.low, strict=True))))
    parts.append(f'<polygon class="band" points="{line(chart.high)} {back}"/>')
    parts.append(f'<polyline class="median" points="{line(chart.median)}"/>')
    if chart.truth:
        parts.append(f'<polyline class="truth" points="{line(chart.truth)}"/>')
    for mark in shown:
        lower, upper = y(mark.low), y(mark.high)
        kind = "claim false" if mark.false else "claim"
        at = x(mark.day)
        parts.append(f'<line class="{kind}" x1="{at}" x2="{at}" y1="{upper - 3}" y2="{lower + 3}"/>')
    return "".join(parts)


def _ticks(top: float) -> list[int]:
    """Zero and the powers of ten up to the top."""
    found, power = [0], 1
    while power <= top:
        found.append(power)
        power *= 10
    return found
