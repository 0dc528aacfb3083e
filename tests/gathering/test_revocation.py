"""Revocation: a certificate that its issuer took back is refused; a list that cannot be had stands in nobody's way."""

import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from garrison.gathering.exchange import Fetched, Wanted
from garrison.gathering.gatherer import Gatherer
from garrison.gathering.guard import Guard, TestServer
from garrison.gathering.manners import Manners

NOW = datetime.now(UTC)
LIST = "http://lists.test/issuer.crl"


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@dataclass
class Issuer:
    """Who issues certificates, and takes them back."""

    name: str = "Issuer"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def own(self) -> x509.Certificate:
        made = self._made(self.name, self.key.public_key()).add_extension(x509.BasicConstraints(True, None), True)
        return made.sign(self.key, hashes.SHA256())

    def issued(self, host: str, folder: Path, *, url: str = LIST, serial: int = 77) -> ssl.SSLContext:
        """What a server at ``host`` is secured by, whose certificate names ``url`` for the issuer's list."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._made(host, key.public_key(), serial)
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)
        made = made.add_extension(x509.CRLDistributionPoints([point]), False)
        file = folder / f"{host}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def listed(self, *serials: int, by: "Issuer | None" = None, reason=x509.ReasonFlags.key_compromise) -> bytes:
        """The list with ``serials`` on it; signed ``by`` another in this one's name, if wanted."""
        made = x509.CertificateRevocationListBuilder().issuer_name(named(self.name))
        made = made.last_update(NOW - timedelta(days=1)).next_update(NOW + timedelta(days=6))
        for serial in serials:
            entry = (
                x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(datetime(2026, 5, 3, tzinfo=UTC))
            )
            made = made.add_revoked_certificate(entry.add_extension(x509.CRLReason(reason), False).build())
        return made.sign((by or self).key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _made(self, name: str, key, serial: int = 1) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(named(name)).issuer_name(named(self.name)).public_key(key)
        made = made.serial_number(serial).not_valid_before(NOW - timedelta(days=2))
        return made.not_valid_after(NOW + timedelta(days=30))


def serve(context: ssl.SSLContext) -> int:
    """The port of a secured server that answers every request with a page."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def answer(connection: ssl.SSLSocket) -> None:
        with connection, contextlib.suppress(OSError):
            while connection.recv(65536):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>ok")

    def accept() -> None:
        with context.wrap_socket(listener, server_side=True) as waiting:
            while True:
                with contextlib.suppress(OSError):
                    connection, _ = waiting.accept()
                    threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return port


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def trust(issuer) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=issuer.own.public_bytes(serialization.Encoding.PEM).decode())


@pytest.fixture
def fetched(web, trust):
    """What comes of fetching pages of a secured host ``own.test``, whose issuer's list is on the local web."""

    def of(context: ssl.SSLContext, pages: int = 1, **chosen):
        servers = TestServer("own.test", "127.0.0.1", serve(context)), TestServer("*.test", "127.0.0.1", web.port)
        manners = Manners("Garrison/1.0", delay_s=0.0, robots=False, guard=Guard(servers), **chosen)
        with Gatherer(manners, trust=trust) as gatherer:
            return list(gatherer.fetch(Wanted(f"https://own.test/{n}") for n in range(pages)))

    return of


def test_a_revoked_certificate_is_refused_with_day_and_reason(web, issuer, fetched, tmp_path):
    web.put(LIST, web.answer(issuer.listed(12, 77, 90)))
    (missed,) = fetched(issuer.issued("own.test", tmp_path))
    assert missed.reason == (
        "its certificate was revoked by its issuer on 3 May 2026 (its key is in other hands); nothing was read"
    )
    assert missed.again_s


def test_a_certificate_that_is_not_on_the_list_is_taken_and_the_list_asked_for_once(web, issuer, fetched, tmp_path):
    web.put(LIST, web.answer(issuer.listed(12, 90)))
    got = fetched(issuer.issued("own.test", tmp_path), pages=4)
    assert [each.body for each in got] == [b"<p>ok"] * 4
    assert [path for path in web.paths() if path.startswith("lists.test")] == ["lists.test/issuer.crl"]


@pytest.mark.parametrize("said", ["nothing", "gone", "no list", "another issuer's", "falsely signed", "too large"])
def test_a_list_that_is_missing_or_not_the_issuers_keeps_no_page_away(web, issuer, fetched, tmp_path, said):
    lists = {
        "gone": web.answer(status="404 Not Found"),
        "no list": web.answer(b"<html>maintenance</html>"),
        "another issuer's": web.answer(Issuer("Another").listed(77)),
        "falsely signed": web.answer(issuer.listed(77, by=Issuer())),
        "too large": web.answer(issuer.listed(77) + b"\0" * (17 * 2**20)),
    }
    if said in lists:
        web.put(LIST, lists[said])
    (got,) = fetched(issuer.issued("own.test", tmp_path))
    assert isinstance(got, Fetched)


def test_a_list_on_an_inner_address_is_not_asked_for(web, issuer, fetched, tmp_path):
    inside = f"http://127.0.0.1:{web.port}/issuer.crl"
    web.put(inside, web.answer(issuer.listed(77)))
    (got,) = fetched(issuer.issued("own.test", tmp_path, url=inside))
    assert isinstance(got, Fetched)
    assert web.asked == []


def test_no_list_is_asked_for_where_that_is_not_wanted(web, issuer, fetched, tmp_path):
    web.put(LIST, web.answer(issuer.listed(77)))
    (got,) = fetched(issuer.issued("own.test", tmp_path), revocation=False)
    assert isinstance(got, Fetched)
    assert web.asked == []


def test_a_page_behind_a_revoked_certificate_is_told_and_the_rest_is_read(
    garrison, web, issuer, trust, tmp_path, monkeypatch
):
    web.put(LIST, web.answer(issuer.listed(77)))
    good = web.put("http://news.test/story", web.answer(web.article("Russia has 7,000 troops in Tajikistan.")))
    port = serve(issuer.issued("own.test", tmp_path))
    monkeypatch.setenv("GARRISON_TEST_SERVERS", f"own.test=127.0.0.1:{port},{web.setting}")
    monkeypatch.setattr("httpx.create_ssl_context", lambda **_: trust)
    status, out, err = garrison("read", "https://own.test/", good)
    assert (status, "1 new" in out, "1 failed" in out) == (1, True, True)
    assert "its certificate was revoked by its issuer on 3 May 2026" in err
    assert len(garrison.documents()) == 1
