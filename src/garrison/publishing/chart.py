"""Charts: estimates through time as SVG, the interval as a band, the median as a line, the claims as marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import expm1, log1p
from xml.sax.saxutils import escape

from garrison.estimation.days import holding
from garrison.vocabulary import Estimate, UsageError

WIDTH, HEIGHT = 720, 200
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


def drawn(charts: Sequence[Chart], suffix: str) -> bytes:
    """The charts beneath each other as an image file of the kind that ``suffix`` names: ``.svg`` or ``.png``.

    Raises:
        UsageError: of another kind, or PNG without Pillow.
    """
    match suffix.lower():
        case ".svg":
            return svg(charts).encode()
        case ".png":
            from garrison.publishing.raster import png

            return png([shapes(each) for each in charts], (WIDTH, HEIGHT))
    raise UsageError(f"charts are drawn to .svg and .png files, not to {suffix or 'a file without an ending'}")


def svg(charts: Sequence[Chart]) -> str:
    """The charts beneath each other; levels are on a scale of log(1 + x), so that tens and thousands both show."""
    body = "".join(
        f'<g transform="translate(0 {at * HEIGHT})">{"".join(map(_element, shapes(each)))}</g>'
        for at, each in enumerate(charts)
    )
    size = f'width="{WIDTH}" height="{HEIGHT * len(charts)}"'
    view = f'viewBox="0 0 {WIDTH} {HEIGHT * len(charts)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view}><style>{_STYLE}</style>{body}</svg>\n'


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of a chart: an area, a line or a label, of the kind that styles go by, at points from the upper left.

    ``text`` is a label's, ``anchor`` where in it its point is (``start``, ``middle``, ``end``).
    """

    kind: str
    points: tuple[tuple[float, float], ...]
    text: str | None = None
    anchor: str = "start"


def _element(shape: Shape) -> str:
    if shape.text is not None:
        ((x, y),) = shape.points
        return f'<text class="{shape.kind}" x="{x}" y="{y}" text-anchor="{shape.anchor}">{escape(shape.text)}</text>'
    points = " ".join(f"{x},{y}" for x, y in shape.points)
    return f'<{"polygon" if shape.kind == "band" else "polyline"} class="{shape.kind}" points="{points}"/>'


def shapes(chart: Chart) -> list[Shape]:
    """The parts of a chart, from the back to the front."""
    first, last = chart.days[0], max(chart.days[-1], chart.days[0] + 1)
    shown = [mark for mark in chart.marks if first <= mark.day <= last]
    top = log1p(max([1.0, *chart.high, *chart.truth, *(mark.high for mark in shown)]))

    def x(day: int) -> float:
        return round(_LEFT + (day - first) / (last - first) * (WIDTH - _LEFT - _RIGHT), 1)

    def y(level: float) -> float:
        return round(HEIGHT - _BOTTOM - log1p(max(level, 0.0)) / top * (HEIGHT - _TOP - _BOTTOM), 1)

    def line(levels: Sequence[float]) -> tuple[tuple[float, float], ...]:
        return tuple((x(day), y(level)) for day, level in zip(chart.days, levels, strict=True))

    found = [Shape("title", ((_LEFT, 16),), chart.title)]
    for level in _ticks(expm1(top)):
        found.append(Shape("axis", ((_LEFT, y(level)), (WIDTH - _RIGHT, y(level)))))
        found.append(Shape("tick", ((_LEFT - 6, y(level) + 4),), f"{level:,}", "end"))
    for year in range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1):
        found.append(Shape("tick", ((x(date(year, 1, 1).toordinal()), HEIGHT - 8),), str(year), "middle"))
    found.append(Shape("band", line(chart.high) + tuple(reversed(line(chart.low)))))
    found.append(Shape("median", line(chart.median)))
    if chart.truth:
        found.append(Shape("truth", line(chart.truth)))
    for mark in shown:
        kind = "claim false" if mark.false else "claim"
        found.append(Shape(kind, ((x(mark.day), y(mark.high) - 3), (x(mark.day), y(mark.low) + 3))))
    return found


def _ticks(top: float) -> list[int]:
    """Zero and the powers of ten up to the top."""
    found, power = [0], 1
    while power <= top:
        found.append(power)
        power *= 10
    return found
