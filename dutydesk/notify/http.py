"""One request to a message platform: no redirects, a deadline, and never a doubt swept away."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from dutydesk.config.channels import Channel

LARGEST_ANSWER = 64 * 1024
"""Bytes of an answer that are read; a longer one is unclear."""


class NotSent(Exception):
    """The request certainly did not reach the platform; `code` and `detail` say why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())


class Unclear(Exception):
    """The platform may have taken the message: no answer, or one that cannot be read."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())


class Rejected(Exception):
    """The server answered that it will not: a status of 3xx or 4xx."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())


@dataclass(frozen=True, slots=True)
class Server:
    """Where a platform answers: base address, path prefix, certificates, proxy, seconds."""

    base_url: str
    prefix: str = "/cgi-bin"
    ca_file: str = ""
    proxy: str = ""
    timeout: float = 10.0

    def ask(
        self, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The JSON that a path answers: GET without a body, POST with one.

        Raises NotSent, Unclear or Rejected. Nothing of the query is ever part of a reason.
        """
        parts = urlsplit(self.base_url)
        deadline = time.monotonic() + self.timeout
        connection = self._connected(parts)
        try:
            return _exchange(connection, self._target(parts, path, query), body, deadline)
        finally:
            connection.close()

    def _target(self, parts: SplitResult, path: str, query: Mapping[str, str]) -> str:
        target = f"{parts.path}{self.prefix}{path}?{urlencode(query)}"
        # A plain proxy is given the whole address; https goes through a tunnel.
        return f"http://{parts.netloc}{target}" if self.proxy and parts.scheme == "http" else target

    def _connected(self, parts: SplitResult) -> http.client.HTTPConnection:
        secure = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if secure else 80)
        try:
            connection = self._connection(secure, host, port)
            connection.connect()
        except ssl.SSLCertVerificationError as error:
            raise NotSent("certificate", error.verify_message) from error
        except ssl.SSLError as error:
            raise NotSent("certificate", error.reason or "SSL") from error
        except FileNotFoundError as error:
            raise NotSent("ca_file", self.ca_file) from error
        except TimeoutError as error:
            raise NotSent("unreachable", f"{self._way(host, port)} timeout") from error
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise NotSent("unreachable", f"{self._way(host, port)} {_why(error)}") from error
        return connection

    def _way(self, host: str, port: int) -> str:
        """Where it was asked, and through which proxy."""
        via = f" via {urlsplit(self.proxy).netloc}" if self.proxy else ""
        return f"{host}:{port}{via}"

    def _connection(self, secure: bool, host: str, port: int) -> http.client.HTTPConnection:
        context = ssl.create_default_context(cafile=self.ca_file or None) if secure else None
        if not self.proxy:
            if context is None:
                return http.client.HTTPConnection(host, port, timeout=self.timeout)
            return http.client.HTTPSConnection(host, port, timeout=self.timeout, context=context)
        via = urlsplit(self.proxy)
        near = (via.hostname or "", via.port or 80)
        if context is None:
            return http.client.HTTPConnection(*near, timeout=self.timeout)
        tunnel = http.client.HTTPSConnection(*near, timeout=self.timeout, context=context)
        tunnel.set_tunnel(host, port)
        return tunnel


def server_of(settings: Channel, path: Callable[[str], Path]) -> Server:
    """Where a channel's platform answers, as its table of the settings says."""
    return Server(
        base_url=settings.base_url,
        prefix=settings.prefix.rstrip("/"),
        ca_file=str(path(settings.ca_file)) if settings.ca_file else "",
        proxy=settings.proxy,
        timeout=float(settings.timeout_seconds),
    )


def _exchange(
    connection: http.client.HTTPConnection,
    target: str,
    body: Mapping[str, Any] | None,
    deadline: float,
) -> dict[str, Any]:
    try:
        if body is None:
            connection.request("GET", target)
        else:
            raw = json.dumps(body, ensure_ascii=False).encode("utf-8")
            kind = {"Content-Type": "application/json; charset=utf-8"}
            connection.request("POST", target, raw, kind)
        answer = connection.getresponse()
        read = _read(answer, connection.sock, deadline)
    except TimeoutError as error:
        raise Unclear("no_answer", "timeout") from error
    except (OSError, http.client.HTTPException) as error:
        raise Unclear("no_answer", _why(error)) from error
    if 300 <= answer.status < 500:
        raise Rejected("http", str(answer.status))
    if answer.status != 200:
        raise Unclear("http", str(answer.status))
    return _parsed(read)


def _read(answer: http.client.HTTPResponse, sock: socket.socket | None, deadline: float) -> bytes:
    """The whole answer before the deadline, however slowly it drips."""
    read = b""
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if sock is not None:
            sock.settimeout(left)
        part = answer.read1(LARGEST_ANSWER)
        if not part:
            return read
        read += part
        if len(read) > LARGEST_ANSWER:
            raise Unclear("too_long")


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Unclear("no_json") from error
    if not isinstance(found, dict) or type(found.get("errcode")) is not int:
        raise Unclear("no_errcode")
    return found


def _why(error: BaseException) -> str:
    """The system's own short word; never a text that could hold the address with its key."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__
