"""Raster: charts as PNG, drawn by Pillow, which is not installed with Garrison itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from garrison.vocabulary import UsageError

if TYPE_CHECKING:
    from garrison.publishing.chart import Shape

# Points are drawn by so many pixels each way: sharp on a screen of today.
SCALE = 2
_COLOURS = {
    "axis": ((204, 204, 204, 255), 1),
    "median": ((39, 84, 138, 255), 2),
    "truth": ((181, 83, 42, 255), 1),
    "claim": ((51, 51, 51, 190), 1.5),
    "claim false": ((204, 34, 34, 230), 1.5),
}
_BAND = (74, 127, 181, 64)
_TEXT = (51, 51, 51, 255)
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(charts: Sequence[Sequence[Shape]], size: tuple[int, int]) -> bytes:
    """The charts, each ``size`` points wide and high, beneath each other on white.

    Raises:
        UsageError: Pillow is not installed.
    """
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ImportError:
        raise UsageError(
            "PNG files need Pillow: pip install 'garrison[png]', or write to a file that ends in .svg"
        ) from None
    width, height = size[0] * SCALE, size[1] * SCALE
    image = Image.new("RGBA", (width, height * len(charts)), (255, 255, 255, 255))
    font = ImageFont.load_default(12 * SCALE)
    for number, shapes in enumerate(charts):
        for shape in shapes:
            # Each on a sheet of its own, so that what is half transparent shows what lies beneath.
            sheet = Image.new("RGBA", image.size, (0, 0, 0, 0))
            pen = ImageDraw.Draw(sheet)
            points = [(x * SCALE, y * SCALE + number * height) for x, y in shape.points]
            if shape.text is not None:
                pen.text(points[0], shape.text, fill=_TEXT, font=font, anchor=_ANCHORS[shape.anchor])
            elif shape.kind == "band":
                pen.polygon(points, fill=_BAND)
            else:
                colour, wide = _COLOURS[shape.kind]
                pen.line(points, fill=colour, width=round(wide * SCALE))
            image.alpha_composite(sheet)
    kept = io.BytesIO()
    image.convert("RGB").save(kept, "PNG", optimize=True)
    return kept.getvalue()
