"""Review by keyboard, on a server that lets readers judge."""

from __future__ import annotations

import shutil

import pytest

from garrison.ledger import Ledger
from garrison.pipeline import intake

from .conftest import EXAMPLES, settle


@pytest.fixture
def desk(examples, serve, tmp_path) -> str:
    """A server with ``--edit`` on a copy of the bundled dispatches."""
    copy = tmp_path / "judged.db"
    shutil.copy(examples, copy)
    return serve(copy, "--edit")


def claim_of(page) -> str:
    return page.locator(".desk h2 a").get_attribute("href").split("/claim/")[1].split("?")[0]


def read(page, site: str, claim: str) -> dict:
    return page.request.get(f"{site}/api/v1/claims/{claim}").json()


def test_claims_are_judged_one_after_another_by_keyboard(page, desk):
    page.goto(f"{desk}/review")
    page.wait_for_selector(".desk mark")
    page.get_by_label("Your name").fill("R. Analyst")
    page.locator(".desk").focus()

    accepted = claim_of(page)
    page.keyboard.press("a")
    page.wait_for_function("(id) => !document.querySelector('.desk h2 a').href.includes(id)", arg=accepted)
    told = read(page, desk, accepted)
    assert told["claim"]["checked"] is True
    assert told["judgements"][0]["by"] == "R. Analyst"

    rejected = claim_of(page)
    page.keyboard.press("r")
    page.keyboard.type("it speaks of another year")
    page.keyboard.press("Enter")
    page.wait_for_function("(id) => !document.querySelector('.desk h2 a').href.includes(id)", arg=rejected)
    judged = read(page, desk, rejected)["judgements"]
    assert [(one["verdict"], one["because"]) for one in judged] == [("reject", "it speaks of another year")]

    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => document.querySelector('.review-said').innerText.includes('Withdrawn')")
    assert all(one["withdrawn"] for one in read(page, desk, rejected)["judgements"])


def test_a_reason_alone_sends_nothing_and_a_rejection_can_be_sent_by_mouse(page, desk):
    page.goto(f"{desk}/review")
    page.wait_for_selector(".desk mark")
    page.get_by_label("Your name").fill("R. Analyst")
    claim = claim_of(page)
    page.get_by_label("Reason").fill("another year")
    page.get_by_label("Reason").press("Enter")
    page.wait_for_selector(".desk .error")
    assert page.locator(".desk-form button").count() == 0
    assert read(page, desk, claim)["judgements"] == []
    page.get_by_label("Reason").fill("")
    page.locator(".desk-keys").get_by_role("button", name="Reject").click()
    page.get_by_label("Reason").fill("it speaks of another year")
    page.locator(".desk-form").get_by_role("button", name="Reject").click()
    page.wait_for_function("(id) => !document.querySelector('.desk h2 a').href.includes(id)", arg=claim)
    (judged,) = read(page, desk, claim)["judgements"]
    assert judged["verdict"] == "reject"
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => document.querySelector('.review-said').innerText.includes('Withdrawn')")


def test_a_claim_is_corrected(page, desk):
    page.goto(f"{desk}/review?document=4af182615f9958e3901054f721a93870&claim=f4717dc42b8e099679da62192a53ba2c")
    page.wait_for_selector(".desk mark")
    page.get_by_label("Your name").fill("R. Analyst")
    page.locator(".desk").focus()
    claim = claim_of(page)
    assert claim == "f4717dc42b8e099679da62192a53ba2c"
    page.keyboard.press("c")
    page.wait_for_function("() => document.activeElement.tagName === 'SELECT'")
    assert page.get_by_label("What is wrong").input_value() == "quantity"
    page.keyboard.press("Tab")
    page.keyboard.type("about 6500")
    page.keyboard.press("Tab")
    page.keyboard.type("the printed edition has another number")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.review-said').innerText.includes('Corrected')")
    told = read(page, desk, claim)
    assert told["claim"]["quantity"]["low"] == 6500
    assert told["as_read"]["quantity"]["low"] == 7000
    page.goto(f"{desk}/claim/{claim}")
    page.wait_for_selector("mark")
    settle(page)
    assert "corrected by a person" in page.inner_text("main")


def test_a_claim_is_called_the_same_as_another_once_that_is_chosen(page, desk):
    page.goto(f"{desk}/review?document=4af182615f9958e3901054f721a93870&claim=f4717dc42b8e099679da62192a53ba2c")
    page.wait_for_selector(".desk mark")
    page.get_by_label("Your name").fill("R. Analyst")
    page.locator(".desk").focus()
    claim, waiting = claim_of(page), int(page.locator(".tabs [aria-current] .count").inner_text())
    page.keyboard.press("s")
    page.wait_for_function("() => document.querySelectorAll('.desk select option').length > 1")
    page.get_by_label("Reason").focus()
    page.keyboard.type("taken over word by word")
    page.keyboard.press("Enter")
    # Without the other claim nothing is sent, and the field that lacks it is where one is.
    assert page.evaluate("() => document.activeElement.matches(':invalid')")
    assert read(page, desk, claim)["judgements"] == []
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    other = page.locator(".desk select").input_value()
    page.get_by_label("Reason").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.review-said').innerText.includes('Called the same')")
    (judged,) = read(page, desk, claim)["judgements"]
    assert (judged["verdict"], judged["same_as"]) == ("same-as", other)
    assert int(page.locator(".tabs [aria-current] .count").inner_text()) == waiting - 1
    page.goto(f"{desk}/claim/{claim}")
    page.wait_for_selector("mark")
    settle(page)
    assert "it counts as the claim that it repeats" in page.inner_text("main")
    flags = page.locator(".view-head .flags")
    assert "same as" in flags.inner_text()
    assert "unchecked" not in flags.inner_text()
    flags.get_by_role("link").click()
    page.wait_for_url(f"**/claim/{other}**")


def test_a_missed_claim_is_added_by_selecting_its_words(page, desk):
    page.goto(f"{desk}/review?document=4af182615f9958e3901054f721a93870")
    page.wait_for_selector(".desk mark")
    page.get_by_label("Your name").fill("R. Analyst")
    page.locator(".desk").focus()
    page.keyboard.press("m")
    words = page.locator("textarea.document-words")
    words.wait_for()
    page.wait_for_function("() => document.querySelector('textarea.document-words').value.length > 50")
    quote = "Russia has had one in the country for decades"
    start = words.input_value().index(quote)
    words.evaluate("(area, [from, to]) => area.setSelectionRange(from, to)", [start, start + len(quote)])
    page.get_by_role("button", name="Take the selected words").click()
    form = page.locator(".missed form")
    form.wait_for()
    assert quote in form.inner_text()
    form.locator("[name=asset]").select_option("base")
    form.locator("[name=actor]").fill("Russia")
    form.locator("[name=quantity]").fill("1")
    form.locator("[name=place]").fill("Tajikistan")
    form.get_by_role("button", name="Add the claim").click()
    page.wait_for_function("() => document.querySelector('.review-said').innerText.includes('Added')")
    document = page.request.get(f"{desk}/api/v1/documents/4af182615f9958e3901054f721a93870").json()
    added = [claim for claim in document["claims"] if claim["quote"] == quote]
    assert [claim["asset"] for claim in added] == ["base"]


class Without:
    """An extractor as if changed: it no longer reads one quotation, and reads all else as before."""

    version = "999"

    def __init__(self, before, quote):
        self.name, self.sure, self._before, self._quote = before.name, before.sure, before, quote

    def claims(self, document):
        return tuple(each for each in self._before.claims(document) if each.quote != self._quote)


def test_a_judgement_whose_claim_is_gone_says_so_and_is_withdrawn_by_key(page, examples, serve, tmp_path, certain):
    copy = tmp_path / "waiting.db"
    shutil.copy(examples, copy)
    with Ledger.open(copy) as ledger:
        gone = ledger.claim("f4717dc42b8e099679da62192a53ba2c")
        ledger.judge(gone.claim, "accept", by="R. Analyst", because="the words say so")
        intake.read(ledger, [str(EXAMPLES)], extractor=Without(certain, gone.quote))
    site = serve(copy, "--edit")
    page.goto(f"{site}/review?of=waiting")
    page.wait_for_selector(".desk mark")
    assert page.inner_text(".desk mark") == gone.quote
    assert "A newer reading no longer makes this claim" in page.inner_text(".desk .note")
    assert page.locator(".desk-keys").inner_text().split("\n")[0].endswith("Withdraw"), "nothing is left to judge"
    page.get_by_label("Your name").fill("R. Analyst")
    page.locator(".desk").focus()
    page.keyboard.press("w")
    page.wait_for_function("() => document.activeElement.matches('.desk input, .desk textarea')")
    page.keyboard.type("it is read otherwise now")
    page.keyboard.press("Enter")
    page.wait_for_selector(".empty:has-text('Nothing more waits here')")
    assert "Judgement withdrawn" in page.inner_text(".review-said")
    assert read(page, site, gone.claim)["judgements"][0]["withdrawn_because"] == "it is read otherwise now"


def test_without_a_name_nothing_is_judged(page, desk):
    page.goto(f"{desk}/review")
    page.wait_for_selector(".desk mark")
    assert page.evaluate("document.activeElement.autocomplete") == "name"
    page.locator(".desk").focus()
    page.keyboard.press("a")
    page.wait_for_selector(".desk [role=alert]")
    assert "name" in page.inner_text(".desk [role=alert]")


def test_a_server_for_readers_has_no_review(page, site):
    page.goto(f"{site}/review")
    page.wait_for_selector(".empty")
    assert "--edit" in page.inner_text(".empty")
    assert page.get_by_role("link", name="Review").count() == 0
