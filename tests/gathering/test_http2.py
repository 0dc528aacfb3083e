"""HTTP/2: spoken where a host offers it, through the same checked sockets."""

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading

import h2.config
import h2.connection
import h2.events
import pytest

from garrison.gathering.exchange import Wanted
from garrison.gathering.gatherer import Gatherer
from garrison.gathering.guard import Guard, TestServer
from garrison.gathering.manners import Manners


def serve(connection: ssl.SSLSocket) -> None:
    """Answer every request on one connection with its path."""
    spoken = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    spoken.initiate_connection()
    connection.sendall(spoken.data_to_send())
    while data := connection.recv(65536):
        for event in spoken.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                path = dict(event.headers)[b":path"]
                spoken.send_headers(event.stream_id, [(":status", "200"), ("content-type", "text/html")])
                spoken.send_data(event.stream_id, b"<p>" + path, end_stream=True)
        connection.sendall(spoken.data_to_send())


@pytest.fixture
def secure(tmp_path):
    """The port of a local server that speaks HTTP/2, and what trusts its certificate."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    key, public = tmp_path / "key.pem", tmp_path / "public.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    asked += ["-subj", "/CN=two.test", "-addext", "subjectAltName=DNS:two.test"]
    subprocess.run([*asked, "-keyout", str(key), "-out", str(public)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, key)
    context.set_alpn_protocols(["h2"])
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def accept() -> None:
        with context.wrap_socket(listener, server_side=True) as waiting, contextlib.suppress(OSError):
            while True:
                connection, _ = waiting.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return port, ssl.create_default_context(cafile=str(public))


def test_a_host_that_offers_http2_is_asked_in_it(secure):
    port, trust = secure
    manners = Manners(
        "Garrison/1.0", delay_s=0.0, robots=False, guard=Guard((TestServer("*.test", "127.0.0.1", port),))
    )
    with Gatherer(manners, trust=trust) as gatherer:
        got = {each.wanted.url: each for each in gatherer.fetch(Wanted(f"https://two.test/{n}") for n in range(3))}
    assert [got[f"https://two.test/{n}"].body for n in range(3)] == [b"<p>/0", b"<p>/1", b"<p>/2"]
    assert {each.last.protocol for each in got.values()} == {"HTTP/2"}


def test_a_certificate_for_another_name_is_refused(secure):
    port, trust = secure
    manners = Manners("Garrison/1.0", robots=False, guard=Guard((TestServer("*.test", "127.0.0.1", port),)))
    with Gatherer(manners, trust=trust) as gatherer:
        (missed,) = gatherer.fetch([Wanted("https://three.test/")])
    assert "its certificate is not to be trusted" in missed.reason
