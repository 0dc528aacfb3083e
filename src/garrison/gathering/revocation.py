"""Revocation: whether a host's certificate was taken back, by the list of whoever issued it (RFC 5280, 5).

A certificate names where its issuer publishes the list of those that it took back. The list is asked for, and counts if
the issuer signed it. Where there is none, or it cannot be had, the certificate is taken as it is: whoever can keep the
list away could keep the page away as well.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    from cryptography import x509

Load = Callable[[str], Awaitable[bytes | None]]
"""What brings the list at an address; ``None`` where it cannot be had."""

LARGEST_LIST = 16 * 2**20
"""Bytes that a list may have."""
LIST_S = 10.0
"""Seconds that asking for a list may take."""
_KEPT = 32 * 2**20
_AGAIN_S = 3600.0
_LONGEST_S = 24 * 3600.0
_MOST_ADDRESSES = 2
_HELD_BACK = "certificateHold"


class RevokedError(OSError):
    """A certificate that its issuer took back; the message says when and why."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A list with its size in bytes, and until when (``time.time``) it is not asked for again."""

    found: x509.CertificateRevocationList | None
    size: int
    until: float


class RevocationLists:
    """The lists of issuers, each asked for once and kept until it is replaced, some 32 MB of them at most."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}

    async def check(self, chain: Sequence[bytes]) -> None:
        """Nothing, unless a certificate of ``chain`` (DER, the host's first, its issuer's next) was revoked.

        Raises:
            RevokedError: one was.
        """
        from cryptography import x509

        try:
            certificates = [x509.load_der_x509_certificate(each) for each in chain]
        except ValueError:
            # TLS took it for good; what this library cannot read, it cannot judge.
            return
        for certificate, issuer in pairwise(certificates):
            for url in _addresses(certificate):
                found = await self._list_at(url)
                if found is not None and _is_of(found, issuer):
                    _judge(found, certificate, is_host=certificate is certificates[0])
                    break

    async def _list_at(self, url: str) -> x509.CertificateRevocationList | None:
        async with self._asking.setdefault(url, asyncio.Lock()):
            held = self._held.get(url)
            if held is None or not 0 <= held.until - time.time() <= _LONGEST_S:
                held = _parsed(await self._load(url))
                self._held[url] = held
            self._held.move_to_end(url)
            while len(self._held) > 1 and sum(each.size for each in self._held.values()) > _KEPT:
                oldest, _ = self._held.popitem(last=False)
                self._asking.pop(oldest, None)
            return held.found


class CheckedStream(httpcore.AsyncNetworkStream):
    """A connection that is closed again where the certificate on it turns out to be revoked."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, lists: RevocationLists) -> None:
        self._inner, self._lists = inner, lists

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes as they come."""
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close."""
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        """The same connection, secured.

        Raises:
            RevokedError: the host's certificate, or its issuer's, was revoked.
        """
        secure = await self._inner.start_tls(ssl_context, server_hostname, timeout)
        try:
            await self._lists.check(chain_of(secure.get_extra_info("ssl_object")))
        except BaseException:
            await secure.aclose()
            raise
        return secure

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of its own streams."""
        return self._inner.get_extra_info(info)


def chain_of(secured: Any) -> list[bytes]:
    """The certificates (DER) by which a connection was found secure, the host's first; empty if Python tells none."""
    if secured is None:
        return []
    # Public since Python 3.13; before, the same method stands on the object within.
    tell = getattr(secured, "get_verified_chain", None)
    if tell is None:
        tell = getattr(getattr(secured, "_sslobj", None), "get_verified_chain", None)
    chain: Iterable[Any] = (tell() if tell is not None else None) or ()
    return [each if isinstance(each, bytes) else ssl.PEM_cert_to_DER_cert(each.public_bytes()) for each in chain]


def _addresses(certificate: x509.Certificate) -> list[str]:
    """Where the issuer of ``certificate`` publishes its list, over plain http as is the custom: it is signed."""
    from cryptography import x509

    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    # A point that names another issuer, or only some reasons, has no list of all that this issuer took back.
    names = (name for point in points if not point.crl_issuer and not point.reasons for name in point.full_name or ())
    urls = (name.value for name in names if isinstance(name, x509.UniformResourceIdentifier))
    return [url for url in urls if url.lower().startswith("http://")][:_MOST_ADDRESSES]


def _parsed(data: bytes | None) -> _Held:
    from cryptography import x509

    now = time.time()
    nothing = _Held(None, 0, now + _AGAIN_S)
    if data is None:
        return nothing
    try:
        found = x509.load_der_x509_crl(data)
        if any(not _is_whole(each) for each in found.extensions):
            return nothing
        replaced = found.next_update_utc
    except ValueError:
        return nothing
    due = replaced.timestamp() if replaced is not None else 0.0
    return _Held(found, len(data), min(max(due, now + _AGAIN_S), now + _LONGEST_S))


def _is_whole(extension: x509.Extension[x509.ExtensionType]) -> bool:
    """Whether a list that says this of itself is one of a single issuer, and not of what has changed alone."""
    from cryptography import x509

    value = extension.value
    if isinstance(value, x509.IssuingDistributionPoint):
        return not value.indirect_crl
    return not isinstance(value, x509.DeltaCRLIndicator)


def _is_of(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether ``issuer`` signed the list."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    if found.issuer != issuer.subject:
        return False
    try:
        return found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]  # others raise TypeError
    except (InvalidSignature, UnsupportedAlgorithm, TypeError, ValueError):
        return False


def _judge(found: x509.CertificateRevocationList, certificate: x509.Certificate, *, is_host: bool) -> None:
    from cryptography import x509

    entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None:
        return
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.value
    except (x509.ExtensionNotFound, ValueError):
        reason = "unspecified"
    day = entry.revocation_date_utc
    whose = "its certificate" if is_host else "the certificate of who issued its certificate"
    done = "put on hold" if reason == _HELD_BACK else "revoked"
    why = _WORDS.get(reason)
    raise RevokedError(
        f"{whose} was {done} by its issuer on {day.day} {day:%B %Y}{f' ({why})' if why else ''}; nothing was read"
    )


_WORDS: Mapping[str, str] = {
    "keyCompromise": "its key is in other hands",
    "cACompromise": "the issuer's key is in other hands",
    "affiliationChanged": "the owner's name has changed",
    "superseded": "it was replaced",
    "cessationOfOperation": "the host was given up",
    "privilegeWithdrawn": "a right was withdrawn",
    "aACompromise": "the issuer's key is in other hands",
}
"""What the reasons of RFC 5280, 5.3.1, say."""
