"""Who may ask, under which name, and what a browser may do with the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from garrison.ledger import Ledger
from garrison.server.settings import Settings, checked
from garrison.vocabulary import Attribution, Role, UsageError

API = "/api/v1"
TOKEN = "a long enough token 0123"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8750", "127.0.0.1.evil.example", "", "[", "0.0.0.0"])
def test_a_name_that_is_not_the_servers_is_refused(reader, host):
    answer = reader.get(f"{API}/health", headers={"host": host})
    assert (answer.status_code, answer.json()["error"]["code"]) == (421, "forbidden")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:5173", "localhost:8750", "[::1]:8750"])
def test_the_names_of_this_machine_are_its_own(reader, host):
    assert reader.get(f"{API}/health", headers={"host": host}).status_code == 200


def test_a_further_name_is_answered_to_where_it_was_told(serving, examples):
    client = serving(examples, names=("desk.example",))
    assert client.get(f"{API}/health", headers={"host": "desk.example"}).status_code == 200


@pytest.mark.parametrize("path", ["/", f"{API}/health", f"{API}/nothing", "/anything/at/all"])
def test_every_answer_keeps_a_browser_strict(reader, path):
    headers = reader.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == ("'none'",) * 3
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers


def test_tiles_are_let_through_as_pictures_and_nothing_else(serving, examples):
    client = serving(examples, tiles="https://{s}.tiles.example/{z}/{x}/{y}.png", attribution="Tiles Ltd")
    policy = client.get(f"{API}/about").headers["content-security-policy"]
    assert policy.count("tiles.example") == 1
    assert "img-src 'self' data: blob: https://*.tiles.example;" in policy
    assert client.get(f"{API}/about").json()["tiles"]["attribution"] == "Tiles Ltd"


@pytest.mark.parametrize(
    "settings",
    [
        {"host": "0.0.0.0"},
        {"host": "192.0.2.7"},
        {"host": "desk.example"},
        {"host": "192.0.2.7", "token": "short"},
        {"tiles": "javascript:alert(1)"},
        {"tiles": "https://tiles.example/"},
        {"tiles": "https://tiles.example; script-src *//{z}/{x}/{y}.png"},
    ],
)
def test_what_is_not_safe_to_serve_by_is_refused(examples, settings):
    with pytest.raises(UsageError):
        checked(Settings(examples, **settings))


@pytest.fixture
def shared(serving, examples):
    return serving(examples, host="192.0.2.7", token=TOKEN, base="http://192.0.2.7:8750")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": f"Basic {TOKEN}"},
        {"cookie": "garrison=wrong"},
        {"cookie": "garrison"},
        {"cookie": "\x01\x02"},
        {"authorization": "Bearer \xe9"},
    ],
)
def test_without_the_token_nothing_of_the_ledger_is_told(shared, headers):
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    for path in ("/world", "/about", "/claims", "/openapi.json", "/download/claims.csv", "/nothing"):
        answer = shared.get(API + path, headers=raw)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorised")


def test_the_token_is_taken_as_a_header(shared):
    assert shared.get(f"{API}/about", headers={"authorization": f"Bearer {TOKEN}"}).json()["shared"]


def test_the_token_in_a_pages_address_becomes_a_cookie_and_leaves_the_address(shared):
    answer = shared.get("/countries/TJK", params={"as_of": "2021", "token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/countries/TJK?as_of=2021")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert shared.get(f"{API}/about").status_code == 200


def test_the_address_after_the_token_is_on_this_server(shared):
    answer = shared.get("http://192.0.2.7:8750//evil.example/", params={"token": TOKEN})
    assert answer.headers["location"] == "/evil.example/"


def test_the_token_can_be_shown_once_to_log_in(shared):
    assert shared.post(f"{API}/session", json={"token": "wrong wrong wrong wrong"}).status_code == 401
    assert shared.get(f"{API}/about").status_code == 401
    assert shared.post(f"{API}/session", json={"token": TOKEN}).status_code == 204
    assert shared.get(f"{API}/about").status_code == 200


def test_another_site_cannot_log_a_reader_in(shared):
    answer = shared.post(f"{API}/session", json={"token": TOKEN}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


def test_a_shared_server_does_not_tell_where_files_lie(shared):
    shared.headers["authorization"] = f"Bearer {TOKEN}"
    document = shared.get(f"{API}/documents").json()["items"][0]["id"]
    assert [each["location"] for each in shared.get(f"{API}/documents/{document}").json()["versions"]] == [None]


def test_a_shared_server_shows_an_excerpt_with_where_to_find_the_rest(serving, examples):
    client = serving(examples, excerpt_chars=100)
    for listed in client.get(f"{API}/documents").json()["items"]:
        document = client.get(f"{API}/documents/{listed['id']}").json()
        assert len(document["text"]) <= 100
        assert not document["whole"]
        assert document["outlet"] and document["published"] and document["length"] > 100
    claim = client.get(f"{API}/claims", params={"q": "about 7,000"}).json()["items"][0]
    page = client.get(f"{API}/claims/{claim['id']}").json()["passage"]
    assert len(page["before"] + page["quote"] + page["after"]) <= 100


def test_what_is_published_by_a_private_person_is_described_only(serving, tmp_path, reading, claim):
    text = "Jane Roe, a shopkeeper, says that Russia has 7,000 troops in Tajikistan."
    path = tmp_path / "private.db"
    said = claim(text, "Russia has 7,000 troops in Tajikistan", 7000)
    said = replace(said, source=(Attribution("Jane Roe", Role.PRIVATE_PERSON),))
    with Ledger.open(path) as ledger:
        ledger.record(reading(text, said))
    client = serving(path)
    id = client.get(f"{API}/claims").json()["items"][0]["id"]
    row = client.get(f"{API}/claims").json()["items"][0]["row"]
    paths = (
        "/claims",
        f"/claims/{id}",
        "/countries/TJK",
        "/row?id=" + row,
        "/row/series?id=" + row,
        "/download/claims.csv",
        "/download/claims.json",
        "/download/claims.geojson",
    )
    for each in paths:
        answer = client.get(API + each)
        assert answer.status_code == 200, answer.text
        told = answer.json() if each.startswith("/claims/") else None
        shown = str({**told, "passage": None}) if told else answer.text
        assert "Jane Roe" not in shown, each
