"""Citations and rows to print."""

from dataclasses import replace

import pytest

from garrison.vocabulary import (
    Actor,
    Asset,
    Citation,
    Hedge,
    Kind,
    Measure,
    Place,
    Quantity,
    Row,
    Status,
)

RUSSIA = Actor("Russia", "RUS")
TAJIKISTAN = Place("Tajikistan", "TJK")


@pytest.fixture
def cited():
    """A function that makes a citation: Russia's 7,000 in Tajikistan, with the fields that are given changed."""

    def made(**fields) -> Citation:
        return replace(
            Citation(
                claim="3f2a9c01d4e5f60718293a4b5c6d7e8f",
                document="77b0e412",
                outlet="Northern Wire",
                voice="Northern Wire",
                title="The base at Dushanbe",
                url="https://wire.example/base",
                published="2021-07-08",
                known="2021-07-08",
                known_basis="stated",
                recorded="2021-07-20T10:00:00+00:00",
                quote="Tajikistan hosts about 7,000 Russian troops",
                kind=Kind.PRESENT,
                status=Status.FACT,
                measure=Measure.LEVEL,
                actor=RUSSIA,
                unit=None,
                asset=Asset.PERSONNEL,
                quantity=Quantity("about 7,000", 7000, 7000, Hedge.ABOUT),
                place=TAJIKISTAN,
                origin=None,
                when=None,
                sources=(),
                confidence=0.9,
                extractor="grammar 1",
                checked=False,
                verified=True,
            ),
            **fields,
        )

    return made


@pytest.fixture
def row(cited):
    """A function that makes a row of Russian personnel in Tajikistan, with the fields that are given changed."""

    def made(**fields) -> Row:
        return replace(
            Row(
                id="RUS/personnel/TJK",
                actor=RUSSIA,
                asset=Asset.PERSONNEL,
                place=TAJIKISTAN,
                component=None,
                stated=(cited(),),
                low=7000,
                high=7000,
                claims=3,
                voices=2,
                checked=0,
                first_cited="2019-02-01",
                last_cited="2021-07-08",
                disputed=False,
            ),
            **fields,
        )

    return made
