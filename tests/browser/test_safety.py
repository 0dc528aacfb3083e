"""What documents say is text, nothing leaves the machine, and a policy holds that."""

from __future__ import annotations

import pytest

from garrison.ledger import Ledger
from garrison.pipeline import intake

from .conftest import settle

MARKUP = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


@pytest.fixture(scope="module")
def hostile(serve, tmp_path_factory, certain) -> str:
    """A server on a document whose every field tries to be markup."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.txt").write_text(
        f"Troops {MARKUP}\nPublished: 2021-07-10\nOutlet: Herald {MARKUP}\nURL: https://hostile.example/{MARKUP}\n\n"
        f"Russia has about 7,000 troops in Tajikistan {MARKUP}, two {MARKUP} diplomats said on Friday. "
        f"The 201st {MARKUP} military base is stationed in Dushanbe. {MARKUP}\n",
        encoding="utf-8",
    )
    path = folder / "hostile.db"
    with Ledger.open(path) as ledger:
        intake.read(ledger, [str(folder / "hostile.txt")], extractor=certain)
    return serve(path, "--edit")


def test_hostile_documents_are_shown_as_text(page, hostile):
    claims = page.request.get(f"{hostile}/api/v1/claims").json()["items"]
    assert claims
    [document] = {claim["document"] for claim in claims}
    row = next(claim["row"] for claim in claims if claim["row"])
    paths = [
        "/?as_of=2021-07-10",
        "/country/TJK?as_of=2021-07-10",
        f"/row?id={row}&as_of=2021-07-10",
        "/units?as_of=2021-07-10",
        "/search",
        "/search?outlet=Herald",
        f"/document/{document}",
        "/review",
        *(f"/claim/{claim['id']}" for claim in claims),
    ]
    for path in paths:
        page.goto(hostile + path)
        page.wait_for_selector("main h1, main .empty")
        settle(page)
        assert page.title() != "owned"
        assert page.locator("main img:not(.leaflet-tile), main script, main iframe").count() == 0, path
    page.goto(f"{hostile}/document/{document}")
    page.wait_for_selector(".document-text")
    assert "<script>" in page.inner_text(".document-text")
    assert "<img src=x" in page.inner_text("h1")


def test_a_hostile_address_does_nothing(page, hostile):
    for path in (f"/search?q={MARKUP}", f"/country/{MARKUP}", f"/unit?name={MARKUP}", "/?as_of=%3Cscript%3E"):
        page.goto(hostile + path)
        page.wait_for_selector("main h1, main .error, main .empty")
        assert page.title() != "owned"
        assert page.locator("main img, main script").count() == 0


@pytest.fixture(autouse=True)
def _refusals_are_told_on_the_console(watched):
    # The browser itself notes every answer from 400 on; these tests ask for some.
    watched.expected.append("Failed to load resource: the server responded with a status of 40")


def test_the_policy_forbids_whatever_is_not_of_this_server(page, site):
    answer = page.goto(f"{site}/")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_links_out_say_nothing_of_where_they_were_followed(page, site):
    page.goto(f"{site}/search")
    page.wait_for_selector("article.claim")
    links = page.locator('a[href^="http"]').all()
    out = [link for link in links if not (link.get_attribute("href") or "").startswith(site)]
    assert len(out) > 10
    assert all("noreferrer" in (link.get_attribute("rel") or "") for link in out)


def test_a_server_with_a_token_asks_for_it_once(opening, serve, examples, watched):
    address = serve(examples, "--token", "a-token-of-some-length-0123456789")
    page = opening()
    watched.expected.append("status of 401")
    page.goto(f"{address}/?token=a-token-of-some-length-0123456789")
    page.wait_for_selector(".world-list .force-line, .empty")
    settle(page)
    assert "token" not in page.url
