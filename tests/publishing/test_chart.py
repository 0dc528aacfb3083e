"""Charts and the words of estimates."""

import io
import sys
from collections import Counter
from xml.dom import minidom

import pytest
from PIL import Image

from garrison.publishing.chart import Chart, Mark, drawn, svg
from garrison.publishing.estimates import estimate_words, rounded, sparkline
from garrison.vocabulary import Estimate, UsageError

CHART = Chart(
    "RUS/personnel/TJK <all>",
    (737_000, 737_400, 737_800),
    (0, 3000, 2000),
    (5000, 4000, 3000),
    (9000, 5000, 8000),
    (Mark(737_010, 5000, 7000), Mark(737_500, 90_000, 90_000, false=True), Mark(1, 5, 5)),
)


def test_a_chart_is_well_formed_and_has_band_line_and_the_claims_of_its_time():
    image = minidom.parseString(svg([CHART, CHART]))
    kinds = Counter(each.getAttribute("class") for each in image.getElementsByTagName("polyline"))
    assert len(image.getElementsByTagName("polygon")) == 2
    assert (kinds["median"], kinds["claim"], kinds["claim false"]) == (2, 2, 2)


def test_a_png_has_the_size_of_its_charts_and_the_colours_of_their_parts():
    image = Image.open(io.BytesIO(drawn([CHART, CHART], ".PNG")))
    assert image.size == (2 * 720, 2 * 2 * 200)
    colours = {colour for _, colour in image.getcolors(100_000)}
    assert (39, 84, 138) in colours
    assert (255, 255, 255) in colours


def test_an_image_of_another_kind_is_refused():
    with pytest.raises(UsageError, match="are drawn to"):
        drawn([CHART], ".gif")


def test_without_pillow_a_png_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(UsageError, match=r"garrison\[png\]"):
        drawn([CHART], ".png")


def test_nothing_is_drawn_outside_the_chart():
    image = minidom.parseString(svg([CHART]))
    for shape in (*image.getElementsByTagName("polygon"), *image.getElementsByTagName("polyline")):
        for point in shape.getAttribute("points").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= 720
            assert 0 <= y <= 200


def test_a_chart_of_a_day_on_which_nothing_is_there_is_drawn():
    empty = Chart("none", (737_000,), (0,), (0,), (0,))
    assert minidom.parseString(svg([empty])).documentElement.tagName == "svg"


def test_an_estimate_is_told_no_finer_than_two_digits():
    assert [rounded(number) for number in (0, 7, 99, 104, 3_746, 61_234)] == [0, 7, 99, 100, 3_700, 61_000]


def test_the_words_give_median_interval_doubt_and_what_was_dropped():
    words = estimate_words(Estimate("RUS/personnel/TJK", "2025-06-15", 362, 3992, 6401, 0.94, dropped="2025-05-29"))
    assert words.splitlines() == ["est. 4,000 (360–6,400)", "there: 94%", "no longer stated since 29 May 2025"]
    assert estimate_words(Estimate("RUS/base/TJK", "2025-06-15", None, None, None, 0.98)) == "there: 98%"


def test_a_line_of_bars_is_as_wide_as_it_may_be_and_empty_where_nothing_is():
    assert sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8], 20)[0] == " "
    assert len(sparkline(list(range(100)), 12)) == 12
    assert sparkline([], 12) == ""
