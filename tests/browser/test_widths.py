"""Every view at every width: nothing reaches beyond the window, and no words are cut short at its edge."""

from __future__ import annotations

import pytest

from .conftest import DAY, VIEWS, settle

SEEN = VIEWS | {"country as known then": f"/country/TJK?{DAY}&known=2021-07-12"}
WIDTHS = (1440, 1280, 1100, 1000, 900, 800, 760, 640, 480, 360)

# Tables that are scrolled within the window and the map, which is dragged, may hold more than is shown; what is there
# for screen readers alone is a pixel wide.
BEYOND = """() => {
    const width = document.documentElement.clientWidth;
    const found = [];
    const tell = (one, why) => found.push(`${why}: ${one.outerHTML.slice(0, 100)}`);
    for (const one of document.querySelectorAll('body *')) {
        const box = one.getBoundingClientRect();
        if (!box.width || !box.height || one.closest('.skip, .visually-hidden, .leaflet-container, svg *')) continue;
        let scrolled = false;
        for (let around = one.parentElement; around; around = around.parentElement)
            scrolled ||= ['auto', 'scroll'].includes(getComputedStyle(around).overflowX);
        if (!scrolled && (box.right > width + 1 || box.left < -1)) tell(one, 'beyond the window');
        const isCut = one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1;
        if (isCut && ['hidden', 'clip'].includes(getComputedStyle(one).overflowX)) tell(one, 'cut short');
    }
    if (document.documentElement.scrollWidth > width) found.push('the page is scrolled sideways');
    return found;
}"""


@pytest.mark.parametrize("view", SEEN)
def test_nothing_reaches_beyond_the_window_at_any_width(page, edited, view):
    page.goto(edited + SEEN[view])
    page.wait_for_selector("main h1, main .empty")
    settle(page)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 860})
        # Charts are drawn anew once their room has changed.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        settle(page)
        if beyond := page.evaluate(BEYOND):
            found[width] = beyond[:5]
    assert found == {}
