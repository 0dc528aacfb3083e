"""The program that answers searches beside the first one."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from garrison.server import app as apps
from garrison.server import keeping
from garrison.server import shelf as shelves
from garrison.server.answer import answered_by, scope_of
from garrison.server.app import application, bare
from garrison.server.asked import Room
from garrison.server.keeping import Keeper
from garrison.server.pool import Pool
from garrison.server.second import SEARCH, Second
from garrison.server.settings import Settings

QUESTIONS = ("limit=5", "q=troops", "place=TJK&asset=tank", "q=%D0%B2%D0%BE%D0%B9%D1%81%D0%BA%D0%B0", "place=Nowhere")
SERVE = """
import sys
from garrison.cli.main import main
from garrison.server import app, shelf
shelf.LARGE, app._cores = 0, lambda: 2
sys.argv = ["garrison", "serve", "--ledger", sys.argv[1], "--port", "0"]
main()
"""


@pytest.fixture
def large(monkeypatch):
    """Every ledger is taken for a large one, and every machine for one of several processors."""
    monkeypatch.setattr(shelves, "LARGE", 0)
    monkeypatch.setattr(apps, "_cores", lambda: 2)
    monkeypatch.setattr(apps, "REHEARSED", ())


@pytest.fixture
def handed(monkeypatch):
    """The searches handed to the second program, which are all once it is ready."""
    asked = []
    answer = Second.answer

    async def noted(self, path, query):
        asked.append(query.decode())
        return await answer(self, path, query)

    monkeypatch.setattr(Second, "answer", noted)
    monkeypatch.setattr(Second, "takes", lambda self, path, _: self.ready and path == SEARCH)
    return asked


@pytest.fixture
def start(large, copied, tmp_path):
    """Starts a server with a second program, which is ready unless told otherwise."""
    clients = []

    def started(*, waited=True, **settings):
        app = application(Settings(copied, **settings), tmp_path / "no page", ready=("/api/v1/health",))
        clients.append(TestClient(app, base_url="http://127.0.0.1:8750").__enter__())
        until = time.monotonic() + 120
        while waited and not second_of(app).ready and time.monotonic() < until:
            time.sleep(0.05)
        return clients[-1]

    yield started
    for client in clients:
        client.__exit__(None, None, None)


def second_of(app):
    return app.app.second


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ended(pid):
    until = time.monotonic() + 60
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_running(pid)


def children(pid):
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_it_gives_the_same_answers_as_the_first_to_the_byte(examples, awaited):
    async def both():
        first, second = bare(Room(Settings(examples), Pool(examples))), Second(examples, 0)
        await second.start()
        while not second.ready:
            await asyncio.sleep(0.05)
        try:
            return [
                (await second.answer(SEARCH, each.encode()), await answered_by(first, scope_of(SEARCH, each.encode())))
                for each in QUESTIONS
            ]
        finally:
            await second.close()

    found = awaited(both())
    assert [given for given, _ in found] == [made for _, made in found]
    assert [made.status for _, made in found] == [200, 200, 200, 200, 400]


def test_searches_are_handed_to_it_and_nothing_else(start, handed, serving, copied):
    client = start()
    alone = serving(copied)
    for path in ("/api/v1/claims?q=troops", "/api/v1/world", "/api/v1/countries/TJK", "/api/v1/claims?limit=0"):
        given, made = client.get(path), alone.get(path)
        assert (given.status_code, given.content) == (made.status_code, made.content)
        assert given.headers.get("etag") == made.headers.get("etag")
    assert handed == ["q=troops", "limit=0"]
    assert client.get("/api/v1/claims?q=troops").json()["items"]
    assert handed == ["q=troops", "limit=0"], "what was answered is kept"


def test_it_goes_on_where_a_page_of_the_first_ended(start, handed, serving, copied):
    client, alone = start(), serving(copied)
    first = alone.get("/api/v1/claims?limit=3").json()
    assert (
        client.get("/api/v1/claims", params={"limit": 3, "cursor": first["next"]}).json()["items"]
        == (alone.get("/api/v1/claims", params={"limit": 3, "cursor": first["next"]}).json()["items"])
    )
    assert len(handed) == 1


def test_a_judgement_made_in_the_first_is_seen_at_once(start, handed):
    client = start(edit=True)
    for verdict, checked in (("accept", True), ("reject", None)):
        claim = client.get("/api/v1/claims?limit=1").json()["items"][0]
        body = {"claim": claim["id"], "verdict": verdict, "by": "Amal", "because": "read again"}
        client.post("/api/v1/review/judgements", json=body).raise_for_status()
        found = client.get("/api/v1/claims?limit=200").json()["items"]
        assert [one["checked"] for one in found if one["id"] == claim["id"]] == ([] if checked is None else [checked])
    assert len(handed) == 4


def test_it_keeps_back_what_an_embargo_does(start, handed, serving, copied):
    path = "/api/v1/claims?limit=200"
    hidden = start(embargo_days=36_500).get(path).json()
    assert hidden == serving(copied, embargo_days=36_500).get(path).json()
    assert len(hidden["items"]) < len(serving(copied).get(path).json()["items"])
    assert handed == ["limit=200"]


def test_while_it_is_not_ready_the_first_answers(start, handed):
    assert start(waited=False).get("/api/v1/claims?q=troops").json()["items"]
    assert handed == []


def test_what_it_can_no_longer_answer_the_first_does(start, handed):
    client = start()
    process = second_of(client.app)._process
    process.kill()
    ended(process.pid)
    assert client.get("/api/v1/claims?q=troops").json()["items"]


class Starting:
    """A second program that gets ready when it is told to."""

    getting_ready = True

    async def start(self):
        pass

    async def close(self):
        pass


class NothingToMake:
    """What would make the rest, which is made."""

    going_on = failed = False

    def start(self):
        return True

    def close(self):
        pass


def test_a_server_is_ready_once_changes_and_the_second_program_are_prepared_for(awaited, monkeypatch):
    monkeypatch.setattr(keeping, "_READY_S", 0.01)
    told, second, prepared = [], Starting(), threading.Event()

    async def app(scope, receive, send):
        await send({"type": "lifespan.startup.complete"})
        await receive()

    async def live():
        keeper = Keeper(
            app,
            lambda: ((1, ""), 1),
            ("/api/v1/world",),
            beside=NothingToMake(),
            told=told.append,
            patience_s=60,
            afterwards=lambda: prepared.wait(60),
            second=second,
        )
        keeper._ready = lambda path: asyncio.sleep(0)
        ended = asyncio.Event()

        async def send(message):
            pass

        async def waits(until):
            for _ in range(6000):
                if until():
                    return
                await asyncio.sleep(0.01)

        running = asyncio.create_task(keeper({"type": "lifespan"}, ended.wait, send))
        await asyncio.sleep(0.1)
        before_changes = list(told)
        prepared.set()
        await waits(lambda: told)
        before_second = list(told)
        second.getting_ready = False
        await waits(lambda: told[-1])
        ended.set()
        await running
        return before_changes, before_second, told[-1]

    before_changes, before_second, ready = awaited(live())
    assert before_changes == []
    assert set(before_second) == {False}
    assert ready


def test_it_is_getting_ready_from_its_start_until_it_is_or_ends(copied, awaited):
    async def started(end):
        second = Second(copied, 0)
        states = [second.getting_ready]
        await second.start()
        states.append(second.getting_ready)
        if end:
            second._process.kill()
        while second.getting_ready:
            await asyncio.sleep(0.05)
        states.append(second.ready)
        await second.close()
        return states

    assert awaited(started(end=False)) == [False, True, True]
    assert awaited(started(end=True)) == [False, True, False]


def test_it_is_handed_a_search_only_where_it_is_at_less_than_the_first(large, copied):
    second = Second(copied, 0)
    assert not second.takes(SEARCH, 1)
    second.ready = True
    assert not second.takes(SEARCH, 0)
    assert second.takes(SEARCH, 1)
    assert not second.takes("/api/v1/world", 1)
    second._waiting[1] = None
    assert not second.takes(SEARCH, 1)
    assert second.takes(SEARCH, 2)


def test_there_is_none_for_a_small_ledger_or_one_processor(copied, tmp_path, large, monkeypatch):
    def made():
        return second_of(application(Settings(copied), tmp_path / "no page", ready=("/api/v1/health",)))

    assert made() is not None
    monkeypatch.setattr(apps, "_cores", lambda: 1)
    assert made() is None
    monkeypatch.setattr(apps, "_cores", lambda: 2)
    monkeypatch.setattr(shelves, "LARGE", 20_000)
    assert made() is None


@pytest.fixture
def served(copied):
    """A server as a process of its own, with its address and the second program's number."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(copied)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    address = process.stdout.readline().split()[-1]
    found = [
        pid for pid in children(process.pid) if "garrison.server.second" in Path(f"/proc/{pid}/cmdline").read_text()
    ]
    yield process, address, found[0]
    process.kill()
    process.communicate()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks at other processes as Linux tells of them")
def test_ctrl_c_ends_both_without_a_trace(served):
    process, address, second = served

    def search(number):
        return httpx.get(f"{address}api/v1/claims?limit={number}").status_code

    with ThreadPoolExecutor(8) as readers:
        assert set(readers.map(search, range(1, 40))) == {200}
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert ended(second)
    assert "Traceback" not in told


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks at other processes as Linux tells of them")
def test_it_ends_when_the_first_is_killed(served):
    process, _, second = served
    assert is_running(second)
    process.kill()
    assert ended(second)
