"""For everyone: screen readers, keyboards, narrow windows, dark rooms, and when things go wrong."""

from __future__ import annotations

import pytest

from garrison.ledger import Ledger

from .conftest import ROOT, VIEWS, settle

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"


def shown(page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("main h1, main .empty")
    settle(page)


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (npm --prefix web ci)")
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious(opening, edited, colours):
    page = opening(colours=colours, bypass_csp=True)
    found = {}
    for name, path in VIEWS.items():
        shown(page, edited + path)
        page.add_script_tag(path=str(AXE))
        told = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
        serious = [
            f"{one['id']}: {node['html'][:200]}"
            for one in told["violations"]
            if one["impact"] in {"serious", "critical"}
            for node in one["nodes"]
        ]
        if serious:
            found[name] = serious
    assert found == {}


def test_nothing_is_wider_than_the_narrowest_telephone(opening, edited):
    page = opening(width=360, height=740)
    for name, path in VIEWS.items():
        shown(page, edited + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name


def test_the_first_key_offers_to_skip_to_the_content(page, edited):
    shown(page, edited + VIEWS["country"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_colours_can_be_chosen_and_are_kept(page, edited):
    shown(page, edited + VIEWS["countries"])
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    page.wait_for_selector("h1")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_day_without_forces_says_so_and_offers_a_way_on(page, edited):
    shown(page, edited + VIEWS["nothing"])
    assert "Absence here is not absence there" in page.inner_text("main")
    page.get_by_role("link", name="Go to the day of the newest claim").click()
    page.wait_for_selector(".force-line")


UNKNOWN = {
    "/country/XX": "No country or place called “XX” is known",
    "/actor/Nobody": "No forces of “Nobody” are known",
    "/unit?name=Nobody's brigade": "No unit called “Nobody's brigade” is known",
    "/unit/Nobody's brigade": "No unit called “Nobody's brigade” is known",
    "/row?id=RUS/personnel/XXX": "There is no row “RUS/personnel/XXX”",
    "/claim/00000000000000000000000000000000": "There is no such claim",
    "/document/00000000000000000000000000000000": "There is no such document",
}


@pytest.mark.parametrize("width", [1280, 360])
def test_what_nobody_knows_is_said_with_where_to_look(opening, edited, watched, width):
    watched.expected.append("status of 40")
    page = opening(width=width)
    refused = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    for path, title in UNKNOWN.items():
        refused.clear()
        page.goto(edited + path)
        page.wait_for_selector(".unknown h1")
        settle(page)
        assert page.inner_text("h1") == title
        assert page.title().startswith(title)
        assert page.get_by_role("link", name="Search the claims").count() == 1, path
        assert page.locator(".timebar, .error").count() == 0, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        # Whether it is known has to be asked; nothing else of it is, once it is not.
        assert len(refused) == 1, refused


@pytest.mark.parametrize("path", ["no-such-view", "unit", "row", "claim", "document/"])
def test_an_address_that_names_nothing_is_no_page(page, edited, path):
    page.goto(f"{edited}/{path}")
    page.wait_for_selector(".empty")
    assert "There is no such page" in page.inner_text("main")


def test_a_unit_and_a_row_are_found_by_their_names_in_the_path_too(page, edited):
    page.goto(f"{edited}/unit/201st military base")
    page.wait_for_selector("h1:has-text('201st military base')")
    page.goto(f"{edited}/row/RUS/personnel/TJK")
    page.wait_for_selector("h1:has-text('Russia, personnel in Tajikistan')")


def test_a_name_cut_short_leads_to_what_was_meant(page, edited, watched):
    watched.expected.append("status of 40")
    page.goto(f"{edited}/country/Dushanb")
    page.wait_for_selector(".unknown")
    page.get_by_role("link", name="Dushanbe", exact=True).click()
    page.wait_for_selector("h1:text-is('Dushanbe')")
    page.wait_for_selector(".timebar")


def test_a_unit_not_cited_by_that_day_is_found_by_moving_it(page, edited, watched):
    watched.expected.append("status of 40")
    page.goto(f"{edited}/unit?name=201st military base&as_of=2001-01-01")
    page.wait_for_selector(".unknown")
    assert page.inner_text("h1") == "No claim tells where “201st military base” was by this day"
    assert page.locator(".timebar").count() == 1
    page.get_by_role("link", name="The same today").click()
    page.wait_for_selector("h1:has-text('201st military base')")


def test_an_empty_ledger_says_so_without_idle_controls(page, serve, tmp_path):
    path = tmp_path / "empty.db"
    Ledger.open(path).close()
    site = serve(path)
    for path in ("/", "/countries", "/units", "/moves", "/disputes", "/search", "/country/TJK"):
        shown(page, site + path)
        assert page.locator(".timebar").count() == 0, path
        assert "This ledger has no claims yet" in page.inner_text(".empty"), path


def test_a_server_that_is_gone_is_said_to_be_and_can_be_tried_again(page, edited, watched):
    watched.expected.append("net::ERR")
    shown(page, edited + VIEWS["countries"])
    page.route("**/api/v1/actors**", lambda route: route.abort())
    page.get_by_role("link", name="Actors", exact=True).click()
    page.wait_for_selector(".error")
    assert "does not answer" in page.inner_text(".error")
    page.unroute("**/api/v1/actors**")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector("table")


FOCUSED = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const symbols = at.querySelector('.pin-symbols');
    const box = (symbols || at).getBoundingClientRect();
    const style = getComputedStyle(at);
    const ring = style.outlineStyle !== 'none' || (symbols && getComputedStyle(symbols).outlineStyle !== 'none');
    const label = at.labels && at.labels[0] ? at.labels[0].innerText : '';
    return {
        what: at.outerHTML.slice(0, 120),
        seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0,
        ring: ring || at.matches('input[type=range]'),
        name: (at.getAttribute('aria-label') || at.title || at.innerText || label || at.placeholder || '').trim(),
    };
}"""


@pytest.mark.parametrize("view", ["map", "country", "row", "claim", "document", "disputes", "search", "review"])
def test_a_keyboard_reaches_everything_and_shows_where_it_is(page, edited, view):
    shown(page, edited + VIEWS[view])
    wanted = page.evaluate(
        "() => [...document.querySelectorAll('main a[href], main button:not([disabled]), main input, main select')]"
        ".filter((one) => one.offsetParent !== null).length"
    )
    page.evaluate("document.querySelector('.skip').focus()")
    reached = set()
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or "API</a>" in at["what"]:
            break
        assert at["name"], at
        assert at["seen"], at
        assert at["ring"], at
        reached.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    assert len(reached) >= wanted
