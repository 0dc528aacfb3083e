"""One document or failure out of bytes."""

import pytest

from garrison.reading import Failure, read_bytes
from garrison.vocabulary import Document


@pytest.fixture
def read():
    """Read bytes that hold exactly one document."""

    def one(data, name="file", media=None):
        (found,) = read_bytes(data, name=name, media=media)
        assert isinstance(found, Document), found
        return found

    return one


@pytest.fixture
def refused():
    """The reason for which bytes are not read."""

    def reason(data, name="file", media=None):
        (found,) = read_bytes(data, name=name, media=media)
        assert isinstance(found, Failure), found
        return found.reason

    return reason
