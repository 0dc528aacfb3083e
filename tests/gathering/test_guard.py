"""The guard: nothing inside is reachable from outside."""

import httpcore
import httpx
import pytest

from garrison.gathering.guard import AddressError, Guard, TestServer, allowed_servers, name_refusal, refusal
from garrison.gathering.manners import Manners, manners
from garrison.gathering.network import CheckedBackend, Transport
from garrison.vocabulary import UsageError

INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "192.0.2.1", "203.0.113.7", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "168.63.129.16", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "2001:db8::1", "no address",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused(address):
    assert refusal(address) is not None


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_allowed(address):
    assert refusal(address) is None


class Recording(httpcore.AsyncNetworkBackend):
    """A backend that connects to nothing and tells what it was asked to connect to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.asked.append((host, port))
        raise httpcore.ConnectError("recorded")


@pytest.fixture
def connect(awaited):
    """What a connection to ``host`` comes to, where it resolves to ``answers``, a list a time."""

    def connected(guard, host, answers):
        inner, times = Recording(), iter(answers)
        backend = CheckedBackend(guard, inner, resolve=lambda host, port: next(times))
        with pytest.raises((AddressError, httpcore.ConnectError)) as raised:
            awaited(backend.connect_tcp(host, 80, timeout=5))
        return inner.asked, raised.value

    return connected


def test_a_name_that_leads_inside_is_never_connected_to(connect):
    asked, error = connect(Guard(), "inner.example", [["10.0.0.5"]])
    assert asked == []
    assert str(error) == "inner.example leads inside: 10.0.0.5 is a private address"


def test_a_name_is_resolved_once_and_its_checked_address_is_connected_to(connect):
    # The second answer is what a rebinding server would give to a second question; there is none.
    asked, _ = connect(Guard(), "rebound.example", [["8.8.8.8"], ["127.0.0.1"]])
    assert asked == [("8.8.8.8", 80)]


def test_of_several_addresses_the_public_one_is_connected_to(connect):
    asked, _ = connect(Guard(), "mixed.example", [["127.0.0.1", "8.8.8.8"]])
    assert asked == [("8.8.8.8", 80)]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.1", "127.1"])
def test_this_machine_is_refused_however_it_is_written(host, awaited):
    inner = Recording()
    with pytest.raises((AddressError, httpcore.ConnectError)):
        awaited(CheckedBackend(Guard(), inner).connect_tcp(host, 80, timeout=5))
    assert inner.asked == []


def test_a_test_server_is_reached_by_the_names_it_is_allowed_by_and_no_other(connect):
    guard = Guard((TestServer("*.test", "127.0.0.1", 8123),))
    assert connect(guard, "a.test", [])[0] == [("127.0.0.1", 8123)]
    assert connect(guard, "a.example", [["127.0.0.1"]])[0] == []


def test_a_test_server_is_set_by_name_and_only_by_names_that_exist_nowhere():
    assert allowed_servers("*.test=127.0.0.1:80, 127.0.0.1=127.0.0.1:81") == (
        TestServer("*.test", "127.0.0.1", 80),
        TestServer("127.0.0.1", "127.0.0.1", 81),
    )
    for setting in ("*=127.0.0.1:80", "example.org=10.0.0.1:80", "*.test=127.0.0.1", "*.test=a.test:80"):
        with pytest.raises(UsageError, match="test server"):
            allowed_servers(setting)


@pytest.mark.parametrize(
    "host", ["localhost", "router", "printer.local", "a.internal", "10.0.0.1", "[::1]", "2130706433", "127.1", "0x7f.1"]
)
def test_through_a_proxy_inner_names_are_refused_without_being_resolved(host):
    assert name_refusal(host) is not None


@pytest.mark.parametrize("host", ["example.org", "2gtzkomidxgnxcev.onion", "8.8.8.8"])
def test_through_a_proxy_other_names_are_left_to_it(host):
    assert name_refusal(host) is None


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/"])
def test_only_http_and_https_are_fetched(url, awaited):
    async def fetch() -> None:
        async with httpx.AsyncClient(transport=Transport(Manners("Garrison/1.0"), inner=Recording())) as client:
            await client.get(url)

    with pytest.raises((AddressError, httpx.UnsupportedProtocol)):
        awaited(fetch())


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:80", "socks5://127.0.0.1:9050", "127.0.0.1:9050", "socks5h://"])
def test_a_proxy_that_would_resolve_names_here_is_wrong_usage(proxy):
    with pytest.raises(UsageError, match="socks5h"):
        manners(proxy=proxy, environment={})


def test_a_contact_is_told_in_the_user_agent():
    assert manners(user_agent="Desk/2", contact="desk@a.test", environment={}).user_agent == "Desk/2 (+desk@a.test)"


def test_a_user_agent_that_no_header_can_carry_is_wrong_usage():
    with pytest.raises(UsageError, match="header"):
        manners(contact="a\r\nX-Evil: 1", environment={})
