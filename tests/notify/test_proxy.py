"""Messages go through the proxy of the settings: plain ones whole, https through a tunnel."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from outbox_stage import channel

from dutydesk.notify.channel import Letter, Post
from dutydesk.notify.stand_in import StandIn

OWN = Path(__file__).parent / "own_certificate.pem"
ONE = Post("m#1", (Letter("m", "请到场", "公安", "u-公安"),))


class Proxy(ThreadingTCPServer):
    """Passes on what it is given and remembers every first line, and all that it could read."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.asked: list[str] = []
        self.read = b""
        self.refuses = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Passing(BaseRequestHandler):
    server: Proxy

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            part = self.request.recv(65536)
            if not part:
                return
            head += part
        first = head.split(b"\r\n", 1)[0].decode()
        self.server.asked.append(first)
        self.server.read += head
        if self.server.refuses:
            self.request.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            return
        method, target, _version = first.split(" ")
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        with socket.create_connection((parts.hostname or "", parts.port or 80), 5) as far:
            if method == "CONNECT":
                self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = f"{parts.path}?{parts.query}"
                far.sendall(head.replace(target.encode(), path.encode(), 1))
            back = Thread(target=self._pass, args=(far, self.request), daemon=True)
            back.start()
            self._pass(self.request, far)
            back.join(5)

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while part := one.recv(65536):
                if one is self.request:
                    self.server.read += part
                other.sendall(part)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            # One side has gone; the other is told by the end of the handler.
            return


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with Proxy() as running:
        Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield running
        running.shutdown()


def test_a_plain_server_is_asked_by_its_whole_address(platform: StandIn, proxy: Proxy) -> None:
    reply = channel("wecom", platform.base_url, {"proxy": proxy.url}).send(ONE)["m"]
    assert reply.state == "SENT"
    assert [line.partition("?")[0] for line in proxy.asked] == [
        f"GET {platform.base_url}/cgi-bin/gettoken",
        f"POST {platform.base_url}/cgi-bin/message/send",
    ]
    assert [one["text"] for one in platform.accepted] == ["请到场"]


def test_https_goes_through_a_tunnel_that_reads_nothing(proxy: Proxy) -> None:
    with StandIn(secret="s3cret-app", key="k3y-of-robot") as platform:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(OWN)
        platform._server.socket = context.wrap_socket(platform._server.socket, server_side=True)
        url = platform.base_url.replace("http:", "https:")
        given = {"proxy": proxy.url, "ca_file": str(OWN)}
        assert channel("robot", url, given).send(ONE)["m"].state == "SENT"
        assert [line.rpartition(" ")[0] for line in proxy.asked] == [
            f"CONNECT {urlsplit(url).netloc}"
        ]
        assert b"k3y-of-robot" not in proxy.read
        assert len(platform.accepted) == 1


def test_a_proxy_that_is_away_or_refuses_is_named_and_nothing_was_sent(
    platform: StandIn, proxy: Proxy
) -> None:
    away = channel("robot", platform.base_url, {"proxy": "http://127.0.0.1:9"}).send(ONE)["m"]
    assert away.state == "DRAFT"
    assert (away.reason or "").endswith("via 127.0.0.1:9 Connection refused")
    proxy.refuses = True
    refused = channel("robot", platform.base_url, {"proxy": proxy.url}).send(ONE)["m"]
    assert (refused.state, refused.reason) == ("FAILED", "http 403")
    url = platform.base_url.replace("http:", "https:")
    tunnel = channel("robot", url, {"proxy": proxy.url}).send(ONE)["m"]
    assert tunnel.state == "DRAFT"
    assert f"via {urlsplit(proxy.url).netloc}" in (tunnel.reason or "")
    assert not platform.accepted
