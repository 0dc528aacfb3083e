"""Every view, as a reader walks through them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from garrison.ledger import Ledger
from garrison.pipeline import intake
from garrison.vocabulary import Asset, Kind

from .conftest import settle

DAY = "2021-08-07"


def asked(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def text(page) -> str:
    return page.inner_text("main")


def test_the_map_shows_the_forces_of_the_day_and_lists_them_beside_it(page, site):
    page.goto(f"{site}/?as_of={DAY}")
    page.wait_for_selector(".pin")
    settle(page)
    pins = page.locator(".leaflet-marker-icon[title]")
    assert any("Dushanbe" in (pin.get_attribute("title") or "") for pin in pins.all())
    listed = page.inner_text(".world-list")
    assert "201st military base" in listed
    assert "about 7,000; up to 5,000" in listed
    assert "disputed" in listed
    assert page.locator("path.hatched").count() > 20
    assert page.locator(".leaflet-base-pane canvas").count() == 1


def test_the_day_moves_by_keyboard_and_the_address_holds_it(page, site):
    page.goto(f"{site}/?as_of={DAY}")
    page.wait_for_selector(".pin")
    settle(page)
    slider = page.locator("#slider-as_of")
    before = slider.get_attribute("aria-valuetext")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: f"as_of={DAY}" not in url)
    settle(page)
    day = asked(page)["as_of"][0]
    assert day > DAY
    assert slider.get_attribute("aria-valuetext") != before
    assert page.request.get(f"{site}/api/v1/world?as_of={day}").json()["as_of"] == day
    page.keyboard.press("End")
    page.wait_for_url(lambda url: f"as_of={day}" not in url)


def test_what_was_not_known_yet_is_not_shown(page, site):
    page.goto(f"{site}/?as_of=2021-08-18")
    page.wait_for_selector(".pin")
    settle(page)
    assert "Kabul airport" in page.inner_text(".world-list")
    field = page.get_by_label("Known on, as year, month and day")
    field.fill("2021-08-01")
    field.press("Enter")
    page.wait_for_url("**known=2021-08-01**")
    page.wait_for_function("() => !document.querySelector('.world-list').innerText.includes('Kabul airport')")
    slider = page.locator("#slider-known")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(lambda url: "known=2021-08-01" not in url)
    assert asked(page)["known"][0] < "2021-08-01"


def test_an_address_sent_to_a_colleague_opens_the_same_view(opening, site):
    first, second = opening(), opening()
    first.goto(f"{site}/?as_of={DAY}&known=2021-07-09&actor=RUS&home=no")
    first.wait_for_selector(".force-line")
    settle(first)
    second.goto(first.url)
    second.wait_for_selector(".force-line")
    settle(second)
    assert first.inner_text(".world-list") == second.inner_text(".world-list")
    assert "United States" not in second.inner_text(".world-list ul")


def test_a_pin_is_picked_by_keyboard_and_narrows_the_list(page, site):
    page.goto(f"{site}/?as_of={DAY}&map=6/36/69")
    page.wait_for_selector(".pin")
    settle(page)
    pin = page.locator('.leaflet-marker-icon[title^="Afghanistan"]').first
    pin.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**at=**")
    settle(page)
    listed = page.inner_text(".world-list")
    assert "2,500" in listed
    assert "201st" not in listed
    page.get_by_role("link", name="show all").click()
    page.wait_for_function("() => document.querySelector('.world-list').innerText.includes('201st')")


def test_from_the_map_to_the_words_themselves(page, site):
    page.goto(f"{site}/?as_of={DAY}")
    page.wait_for_selector(".force-line")
    settle(page)
    page.locator(".country-group").get_by_role("link", name="Tajikistan", exact=True).first.click()
    page.wait_for_url("**/country/TJK**")
    page.wait_for_selector("table.rows")
    settle(page)
    assert asked(page)["as_of"] == [DAY]
    country = text(page)
    for words in ("3 voices do not agree", "Announced", "denied", "Movements", "Exercises"):
        assert words in country
    assert re.search(r"\b0 of \d+ claims checked", country)
    page.wait_for_function(
        "() => /there: 9\\d%/.test(document.querySelector('.estimated')?.closest('table').innerText)"
    )

    page.locator("td.stated").get_by_role("link", name="about 7,000; up to 5,000").click()
    page.wait_for_url("**/row?**")
    page.wait_for_selector("figure.chart svg")
    settle(page)
    row = text(page)
    counted = re.search(r"\b(\d+) claims of 3 voices", row)
    assert counted is not None
    assert f"0 of {counted[1]} checked" in row
    assert page.locator("figure.chart svg path.band, figure.chart svg .band path").count() >= 1
    assert page.locator("figure.chart svg style").count() == 0

    page.get_by_role("link", name=re.compile("up to 5,000 personnel")).first.click()
    page.wait_for_url("**/claim/**")
    page.wait_for_selector("mark")
    settle(page)
    assert page.inner_text("mark") == "Russia has no more than 5,000 troops in Tajikistan today"
    claim = text(page)
    assert "two Western diplomats" in claim
    assert "up to 5,000" in claim
    original = page.get_by_role("link", name=re.compile("original at these words"))
    assert "#:~:text=" in original.get_attribute("href")
    assert "noreferrer" in original.get_attribute("rel")
    assert "Northgate Defence Letter" in page.inner_text(".footnote")

    page.get_by_role("link", name="In its document").click()
    page.wait_for_url("**/document/**")
    page.wait_for_selector("mark.is-chosen")
    assert page.inner_text("mark.is-chosen") == "Russia has no more than 5,000 troops in Tajikistan today"
    assert "Kulob" in page.inner_text(".document-text")


def test_an_actors_forces_and_a_units_whereabouts(page, site):
    page.goto(f"{site}/actor/RUS?as_of={DAY}")
    page.wait_for_selector("table.rows")
    settle(page)
    assert page.inner_text("h1") == "Russia"
    page.locator("table.rows").get_by_role("link", name="201st military base").first.click()
    page.wait_for_url("**/unit?**")
    page.wait_for_selector(".gantt-bar")
    settle(page)
    assert "Dushanbe" in text(page)
    assert page.locator("article.claim").count() >= 1


def test_lists_of_countries_actors_units_moves_and_disputes(page, site):
    for path, words in (
        ("countries", ("Tajikistan", "Afghanistan")),
        ("actors", ("Russia", "United States")),
        ("units", ("201st military base", "Dushanbe")),
        ("moves", ("6,000 personnel", "denied", "open")),
        ("disputes", ("up to 5,000", "about 7,000", "Read right?", "true as said")),
    ):
        page.goto(f"{site}/{path}?as_of={DAY}")
        page.wait_for_selector("table, .dispute")
        settle(page)
        shown = text(page)
        for word in words:
            assert word in shown, (path, word)


def test_search_finds_quotations_and_filters_them(page, site):
    page.goto(f"{site}/search")
    page.wait_for_selector("article.claim")
    settle(page)
    everything = page.locator("article.claim").count()
    assert everything == page.request.get(f"{site}/api/v1/claims").json()["number"] > 20
    page.get_by_label("Words in the quotation").fill("tanks")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**q=tanks**")
    page.wait_for_function("(n) => document.querySelectorAll('article.claim').length < n", arg=everything)
    settle(page)
    assert all("tank" in quote for quote in page.locator("article.claim .quote").all_inner_texts())
    page.get_by_label("Words in the quotation").fill("")
    page.get_by_label("Kind").select_option("exercise")
    page.wait_for_url("**kind=exercise**")
    drills = page.request.get(f"{site}/api/v1/claims?kind=exercise").json()["number"]
    assert 0 < drills < everything
    page.wait_for_function("(n) => document.querySelectorAll('article.claim').length === n", arg=drills)


def test_names_are_suggested_as_they_are_typed(page, site):
    page.goto(f"{site}/search")
    page.wait_for_selector("article.claim")
    box = page.get_by_role("combobox", name=re.compile("Find a country"))
    box.fill("tajik")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/country/TJK**")


def saved(page, name: str, role: str = "link") -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator(".downloads, figcaption").get_by_role(role, name=name, exact=True).first.click()
    download = waiting.value
    return download.suggested_filename, Path(download.path()).read_bytes()


def test_what_is_on_screen_can_be_saved(page, site):
    page.goto(f"{site}/?as_of={DAY}&actor=RUS")
    page.wait_for_selector(".pin")
    settle(page)
    _, table = saved(page, "CSV")
    rows = list(csv.DictReader(io.StringIO(table.decode())))
    assert {row["actor"] for row in rows} == {"Russia"}
    _, places = saved(page, "GeoJSON")
    assert json.loads(places)["type"] == "FeatureCollection"
    name, drawing = saved(page, "SVG", "button")
    assert name == f"garrison-{DAY}.svg"
    assert b"As of" in drawing or b"as of 7 August 2021" in drawing
    assert b"Tajikistan" in drawing
    assert b"Uzbekistan" in drawing
    assert "↘".encode() in drawing
    name, picture = saved(page, "PNG", "button")
    assert picture.startswith(b"\x89PNG")
    page.goto(f"{site}/claim/dc28a0376014")
    page.wait_for_selector("mark")
    page.goto(f"{site}/row?id=RUS/personnel/TJK&as_of={DAY}")
    page.wait_for_selector("figure.chart svg")
    settle(page)
    _, citations = saved(page, "citations (CSL-JSON)")
    titles = {each["title"] for each in json.loads(citations)}
    assert {"Correction: the Russian base in Tajikistan", "What Russia keeps in Tajikistan"} <= titles
    _, drawing = saved(page, "SVG", "button")
    assert b"Russia, personnel in Tajikistan through time" in drawing
    assert b"Northgate Defence Letter" in drawing


def test_a_reader_can_go_back(page, site):
    page.goto(f"{site}/countries?as_of={DAY}")
    page.wait_for_selector("table")
    page.get_by_role("link", name="Tajikistan").click()
    page.wait_for_url("**/country/TJK**")
    page.go_back()
    page.wait_for_url("**/countries**")
    page.wait_for_function("() => document.querySelector('h1')?.innerText === 'Countries'")


AGENCY = (
    "Russia keeps 7,000 troops in Tajikistan, the defence ministry in Dushanbe said in a statement on Friday, and "
    "nothing in the plans for the coming winter will change that, whatever the papers of the neighbours may write."
)
COPIES = {
    "Oxus Herald": f"{AGENCY}\n\nThe Herald asked the embassy, which did not answer before this edition closed.",
    "Pamir Courier": f"Dushanbe was quiet on Friday.\n\n{AGENCY}",
    "Vakhsh Observer": "Our own correspondent counted lorries at the gate of the base, thirty of them.",
}


def test_a_document_tells_which_others_share_its_words(page, serve, tmp_path, certain):
    for number, (outlet, words) in enumerate(COPIES.items()):
        (tmp_path / f"{number}.txt").write_text(
            f"Report of the {outlet}\nPublished: 2021-07-{9 + number:02}\nOutlet: {outlet}\n\n{words}\n",
            encoding="utf-8",
        )
    path = tmp_path / "copies.db"
    with Ledger.open(path) as ledger:
        intake.read(ledger, [str(each) for each in sorted(tmp_path.glob("*.txt"))], extractor=certain)
        copied = next(one for one in ledger.claims() if one.outlet == "Oxus Herald")
    site = serve(path)
    page.goto(f"{site}/document/{copied.document}")
    page.wait_for_selector(".document-text mark")
    settle(page)
    shared = page.locator("section", has_text="Shares its words with")
    assert "Pamir Courier" in shared.inner_text()
    assert "10 July 2021" in shared.inner_text()
    assert "nothing in the plans for the coming winter" in shared.inner_text()
    assert "Vakhsh Observer" not in shared.inner_text()
    shared.get_by_role("link", name="Report of the Pamir Courier").click()
    page.wait_for_function("() => document.querySelector('h1')?.innerText === 'Report of the Pamir Courier'")


def test_claims_read_too_unsurely_are_told_of_and_led_to(page, serve, tmp_path, claim, reading):
    path = tmp_path / "unsure.db"
    with Ledger.open(path) as ledger:
        said = "Russia keeps 7,000 troops in Tajikistan."
        ledger.record(reading(said, claim(said, number=7000)))
        text = "Russia may keep 300 tanks in Tajikistan. Russia sent 900 troops to Tajikistan."
        tanks = claim(text, "300 tanks in Tajikistan", number=300, asset=Asset.TANK, confidence=0.4)
        sent = claim(text, "Russia sent 900 troops", number=900, kind=Kind.DEPLOY, confidence=0.5)
        ledger.record(replace(reading(text, tanks, sent), sure=0.6))
    site = serve(path, "--edit")
    page.goto(f"{site}/country/TJK")
    page.wait_for_selector("h1")
    settle(page)
    note = page.locator(".note", has_text="read with too little confidence")
    assert "2 more claims wait to be checked" in note.inner_text()
    note.get_by_role("link", name="2 more claims wait").click()
    page.wait_for_url("**/search?**unsure=true**")
    settle(page)
    assert page.get_by_label("In pictures").input_value() == "true"
    assert "2 claims" in page.inner_text(".list-head")
    assert page.locator("article.claim").count() == 2
    page.get_by_label("In pictures").select_option("false")
    page.wait_for_url("**unsure=false**")
    settle(page)
    assert "1 claim" in page.inner_text(".list-head")
    page.go_back()
    page.go_back()
    page.wait_for_url("**/country/TJK**")
    page.get_by_role("link", name="Review them").click()
    page.wait_for_selector(".desk mark")
    assert page.locator(".tabs [aria-current=page]").inner_text().split() == ["Unsure", "2"]
    assert "in Tajikistan" in page.inner_text(".view-sub")


def test_a_claim_of_the_headline_is_marked_there_and_not_in_the_text(page, serve, tmp_path, certain):
    (tmp_path / "headline.txt").write_text(
        "🚀 Russia keeps 7,000 troops in Tajikistan\nPublished: 2021-07-10\nOutlet: Oxus Herald\n\n"
        "The government said on Friday that it would not comment on the matter. Nothing else was said.\n",
        encoding="utf-8",
    )
    path = tmp_path / "headline.db"
    with Ledger.open(path) as ledger:
        intake.read(ledger, [str(tmp_path / "headline.txt")], extractor=certain)
    site = serve(path)
    page.goto(f"{site}/search")
    page.wait_for_selector("article.claim")
    assert "headline" in page.inner_text("article.claim .flags")
    page.locator(".claim-title a").click()
    page.wait_for_selector("h1 mark")
    settle(page)
    assert page.inner_text("h1 mark") == "Russia keeps 7,000 troops in Tajikistan"
    assert page.inner_text("h1").startswith("🚀")
    assert page.locator(".document-text mark").count() == 0
    page.locator("h1 mark a").click()
    page.wait_for_url("**/claim/**")
    page.wait_for_selector(".passage mark")
    assert "In the headline".upper() in page.inner_text("main").upper()
    assert page.inner_text(".passage mark") == "Russia keeps 7,000 troops in Tajikistan"
