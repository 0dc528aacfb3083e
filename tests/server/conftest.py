"""The bundled dispatches in a ledger, and clients that ask a server about them without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from garrison.ledger import Ledger
from garrison.pipeline import intake
from garrison.server.app import application
from garrison.server.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples" / "tajikistan-2021"
HERE = "http://127.0.0.1:8750"


@pytest.fixture(scope="session")
def examples(tmp_path_factory, certain) -> Path:
    """A ledger with the bundled dispatches; not to be written to."""
    path = tmp_path_factory.mktemp("examples") / "examples.db"
    with Ledger.open(path) as ledger:
        intake.read(ledger, [str(EXAMPLES)], extractor=certain)
    return path


@pytest.fixture(scope="session")
def dispatches() -> Path:
    """The folder of the bundled dispatches."""
    return EXAMPLES


@pytest.fixture
def copied(examples, tmp_path) -> Path:
    """A copy of that ledger, to be written to."""
    with Ledger.open(examples) as ledger:
        ledger.session.sql(f"VACUUM INTO '{tmp_path / 'copy.db'}'")
    return tmp_path / "copy.db"


@pytest.fixture
def serving(tmp_path) -> Iterator[Callable[..., TestClient]]:
    """Makes a client of a server with the settings given."""
    clients: list[TestClient] = []

    def client(ledger: Path, *, base: str = HERE, page: Path | None = None, **settings) -> TestClient:
        app = application(Settings(ledger, **settings), page or tmp_path / "no page")
        made = TestClient(app, base_url=base, raise_server_exceptions=False, follow_redirects=False)
        made.__enter__()
        clients.append(made)
        return made

    yield client
    for made in clients:
        made.__exit__(None, None, None)


@pytest.fixture(scope="session")
def reader(examples, tmp_path_factory) -> Iterator[TestClient]:
    """A client of a server on the bundled dispatches, as on one's own machine."""
    app = application(Settings(examples), tmp_path_factory.mktemp("no page"))
    with TestClient(app, base_url=HERE, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client
