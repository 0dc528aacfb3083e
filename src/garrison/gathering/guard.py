"""The guard: which addresses a socket may be connected to, so that nothing inside is reachable from outside."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from garrison.vocabulary.errors import UsageError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]

# Beyond what ``ipaddress`` calls not global (IANA special-purpose registries): relays into other networks, and the
# metadata services of clouds that have public addresses.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
        "::/96",
        "64:ff9b:1::/48",
        "fec0::/10",
        "fd00:ec2::/32",
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_INNER_SUFFIXES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa")
_TEST_NAMES = (".test", ".localhost")


class AddressError(OSError):
    """A connection that the guard did not allow; the message says why."""


@dataclass(frozen=True, slots=True)
class TestServer:
    """A developer's own server: hosts whose names match ``pattern`` are reached at ``address`` and ``port``."""

    pattern: str
    address: str
    port: int

    __test__ = False

    def serves(self, host: str) -> bool:
        """Whether ``host`` is one of its names."""
        return fnmatchcase(host.lower(), self.pattern)


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be connected to: public addresses, and ``servers`` of a developer allowed by name."""

    servers: tuple[TestServer, ...] = ()

    def server_for(self, host: str) -> TestServer | None:
        """The test server that ``host`` is allowed as."""
        return next((server for server in self.servers if server.serves(host)), None)

    def checked(self, host: str, answers: Iterable[str]) -> str:
        """The first of the addresses that ``host`` resolved to which may be connected to.

        Raises:
            AddressError: none of them may be.
        """
        reasons = []
        for answer in answers:
            reason = refusal(answer)
            if reason is None:
                return answer
            reasons.append(f"{'it' if answer == host.strip('[]') else answer} is {reason}")
        raise AddressError(f"{host} leads inside: {'; '.join(reasons) or 'it has no address'}")


def refusal(address: str) -> str | None:
    """Why ``address`` may not be connected to; ``None`` if it may."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "no address"
    for each in _meanings(ip):
        if each.is_loopback:
            return "this machine"
        if each.is_link_local:
            return "a link-local address (a cloud's metadata service, say)"
        if each.is_private:
            return "a private address"
        if (
            each.is_multicast
            or not each.is_global
            or any(each in net for net in _REFUSED if net.version == each.version)
        ):
            return "a reserved address"
    return None


def name_refusal(host: str) -> str | None:
    """Why a host may not be asked for through a proxy, by its name alone (nothing is resolved); ``None`` if it may."""
    plain = host.lower().rstrip(".")
    try:
        ipaddress.ip_address(plain.strip("[]"))
    except ValueError:
        if _is_number(plain.rpartition(".")[2]):
            return "it is a number that some systems take for an address"
        if "." not in plain or plain.endswith(_INNER_SUFFIXES):
            return "it is a name of an inner network"
        return None
    reason = refusal(plain.strip("[]"))
    return f"it is {reason}" if reason else None


def allowed_servers(setting: str) -> tuple[TestServer, ...]:
    """The test servers in a developer's setting such as ``*.test=127.0.0.1:8080,127.0.0.1=127.0.0.1:8080``.

    Raises:
        UsageError: it is written otherwise, or names hosts outside ``.test``, ``.localhost`` and loopback.
    """
    found = []
    for part in filter(None, (each.strip() for each in setting.split(","))):
        pattern, _, target = part.partition("=")
        address, _, port = target.rpartition(":")
        try:
            server = TestServer(pattern.strip().lower(), str(ipaddress.ip_address(address.strip("[]"))), int(port))
        except ValueError:
            raise UsageError(
                f"a test server is written NAME=ADDRESS:PORT, such as *.test=127.0.0.1:8080, not {part!r}"
            ) from None
        if not server.pattern.endswith(_TEST_NAMES) and not _is_loopback(server.pattern):
            raise UsageError(
                f"a test server's names end in .test or .localhost, or are loopback, not {server.pattern!r}"
            )
        found.append(server)
    return tuple(found)


def _meanings(ip: Address) -> Iterable[Address]:
    """``ip`` and the IPv4 addresses that it stands for (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(ip, ipaddress.IPv4Address):
        return (ip,)
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip in _NAT64:
        return (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF),)
    inner = [ip.sixtofour] if ip.sixtofour else list(ip.teredo or ())
    return (ip, *inner)


def _is_number(label: str) -> bool:
    return label.isdecimal() or label.startswith("0x")


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost"
