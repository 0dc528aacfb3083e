from __future__ import annotations

import hashlib

import pytest

from garrison.pipeline.picture import posture
from garrison.vocabulary import Place, UsageError

SECRET = "Villagers said Russia keeps 7,000 troops at Zarkamar in Tajikistan."
OTHER = "Russia keeps 6,000 troops in Tajikistan."


@pytest.fixture
def secret(claim, reading):
    told = claim(SECRET, number=7000, place=Place("Zarkamar", "TJK"), source=("Villagers",))
    return reading(SECRET, told, title="Seen at Zarkamar", url="https://news.example/zarkamar", location="zarkamar.txt")


def everything(ledger) -> bytes:
    """Every byte that the ledger keeps on disk."""
    return b"".join(path.read_bytes() for path in ledger.path.parent.iterdir())


def test_redaction_erases_text_quotations_and_judgements_from_the_file(ledger, secret, claim, reading):
    recorded = ledger.record(secret)
    ledger.record(reading(OTHER, claim(OTHER, number=6000), outlet="Gazette"))
    judged = next(one.claim for one in ledger.claims() if one.quote == SECRET)
    ledger.judge(judged, "accept", by="A. Analyst", because="spoke with the people of Zarkamar")
    assert b"arkamar" in everything(ledger)
    ledger.redact(recorded.document, because="protects a witness")
    for words in (b"arkamar", b"Villagers", b"illagers", b"7,000"):
        assert words not in everything(ledger)
    assert [one.quote for one in ledger.claims()] == [OTHER]
    assert ledger.judgements() == ()
    assert [row.id for row in posture(ledger, place="TJK").rows] == ["RUS/personnel/TJK"]


def test_redaction_leaves_a_stub_with_hash_date_and_reason(ledger, secret):
    recorded = ledger.record(secret)
    stub = ledger.redact(recorded.document[:10], because="protects a witness")
    assert stub.versions == (hashlib.sha256(SECRET.encode()).hexdigest(),)
    assert (stub.document, stub.because) == (recorded.document, "protects a witness")
    entry = ledger.document(recorded.document)
    assert (entry.document, entry.redacted, entry.because) == (None, stub.redacted, stub.because)
    assert [one.id for one in ledger.documents()] == [recorded.document]


def test_reading_the_same_bytes_or_address_again_does_not_bring_it_back(ledger, secret, claim, reading):
    recorded = ledger.record(secret)
    ledger.redact(recorded.document, because="protects a witness")
    changed = "Changed. " + SECRET
    again = [
        secret,
        reading(SECRET, claim(SECRET), reader="text 2", url="https://mirror.example/"),
        reading(changed, claim(changed), url="https://news.example/zarkamar?utm_source=feed"),
    ]
    assert [ledger.record(one).outcome for one in again] == ["redacted"] * 3
    assert list(ledger.claims()) == [] and b"arkamar" not in everything(ledger)


def test_redacting_twice_is_harmless_and_keeps_the_first_reason(ledger, secret):
    recorded = ledger.record(secret)
    first = ledger.redact(recorded.document, because="protects a witness")
    assert ledger.redact(recorded.document, because="again") == first


def test_an_erased_edition_lets_the_one_before_it_count_again(ledger, claim, reading):
    for published, number in (("2020", 5000), ("2021", 7000)):
        text = f"Russia: {number} troops in Tajikistan"
        recorded = ledger.record(reading(text, claim(text, number=number), title="Country notes", published=published))
    assert posture(ledger, place="TJK").rows[0].low == 7000
    ledger.redact(recorded.document, because="court order")
    assert posture(ledger, place="TJK").rows[0].low == 5000


def test_redaction_needs_a_reason_and_a_document(ledger, secret):
    recorded = ledger.record(secret)
    with pytest.raises(UsageError, match="needs its reason"):
        ledger.redact(recorded.document, because="")
    with pytest.raises(UsageError, match="has no document"):
        ledger.redact("0123456789", because="x")
    with pytest.raises(UsageError, match="finish recording"), ledger.recording():
        ledger.redact(recorded.document, because="x")


def test_the_index_of_quotations_forgets_erased_words(ledger, secret):
    from garrison.ledger import ClaimFilter

    recorded = ledger.record(secret)
    assert len(list(ledger.claims(ClaimFilter(words="villagers TROOPS")))) == 1
    ledger.redact(recorded.document, because="x")
    assert list(ledger.claims(ClaimFilter(words="villagers"))) == []
