"""A stand-in for the message platform, on this machine only, with faults: for tests and trying."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, ClassVar, Final
from urllib.parse import parse_qs, urlsplit

HOST: Final = "127.0.0.1"
FAULTS: Final = (
    "slow",
    "drop",
    "no-json",
    "http-500",
    "token-early",
    "busy",
    "too-often",
    "ip",
    "partial",
    "bad-key",
)
SLOW_S = 3.0
LARGEST_BODY = 64 * 1024
KEPT = 1000
"""How many accepted messages are remembered."""
ROBOT_MINUTE = 20
_SAID: Final[Mapping[str, tuple[int, str]]] = {
    "busy": (-1, "system busy"),
    "too-often": (45009, "api freq out of limit"),
    "ip": (60020, "not allow to access from your ip, from ip: 10.9.8.7"),
    "bad-key": (93000, "invalid webhook url"),
}


class Accepted(dict[str, Any]):
    """One message that the stand-in took: path, whom, text."""


class StandIn:
    """A server of its own thread; `faults` are used up one by one, `always` stays.

    The only secret, key and corp that it takes are those given.
    """

    def __init__(
        self,
        *,
        secret: str = "stand-in",
        key: str = "stand-in",
        members: Iterable[str] = (),
        port: int = 0,
        slow_s: float = SLOW_S,
    ) -> None:
        self.secret, self.key = secret, key
        self.members = frozenset(members)
        """The accounts that exist; empty: all."""
        self.faults: deque[str] = deque(maxlen=KEPT)
        self.always: str | None = None
        self.accepted: deque[Accepted] = deque(maxlen=KEPT)
        self.asked: deque[str] = deque(maxlen=KEPT)
        self.slow_s = slow_s
        self.told: Callable[[str], object] = lambda line: None
        """Called with one line for each request, without its query."""
        self._token = 0
        self._lock = Lock()
        self._posts: deque[float] = deque(maxlen=ROBOT_MINUTE)
        handler = type("Handler", (_Handler,), {"stand_in": self})
        self._server = ThreadingHTTPServer((HOST, port), handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def base_url(self) -> str:
        """What goes into `base_url` of the settings."""
        return f"http://{HOST}:{self._server.server_address[1]}"

    def __enter__(self) -> StandIn:
        self._thread.start()
        return self

    def __exit__(self, *_of: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    # What it answers.

    def fault(self) -> str | None:
        """The fault of this request to a message path, if any."""
        with self._lock:
            return self.faults.popleft() if self.faults else self.always

    def token(self, query: Mapping[str, str]) -> dict[str, Any]:
        """The answer to gettoken."""
        self.asked.append("gettoken")
        if query.get("corpsecret") != self.secret:
            return _error(40001, "invalid credential")
        with self._lock:
            self._token += 1
            return _error(0, "ok") | {"access_token": f"token-{self._token}", "expires_in": 7200}

    def message(
        self, query: Mapping[str, str], body: Mapping[str, Any], fault: str | None
    ) -> dict[str, Any]:
        """The answer to message/send."""
        self.asked.append("message/send")
        if fault == "token-early":
            with self._lock:
                self._token += 1
            return _error(42001, "access_token expired")
        if query.get("access_token") != f"token-{self._token}":
            return _error(40014, "invalid access_token")
        if fault is not None and fault in _SAID:
            return _error(*_SAID[fault])
        whom = [one for one in str(body.get("touser", "")).split("|") if one]
        bad = [one for one in whom if self.members and one not in self.members]
        bad += whom[:1] if fault == "partial" and whom[:1] != bad[:1] else []
        good = [one for one in whom if one not in bad]
        if not good:
            return _error(81013, "user & party & tag all invalid")
        if not self._twice(body):
            self._take("message/send", good, body)
        answer = _error(0, "ok") | {"msgid": f"msg-{len(self.accepted)}"}
        return answer | ({"invaliduser": "|".join(bad)} if bad else {})

    def webhook(
        self, query: Mapping[str, str], body: Mapping[str, Any], fault: str | None
    ) -> dict[str, Any]:
        """The answer to webhook/send."""
        self.asked.append("webhook/send")
        if query.get("key") != self.key:
            return _error(*_SAID["bad-key"])
        if fault is not None and fault in _SAID:
            return _error(*_SAID[fault])
        now = time.monotonic()
        with self._lock:
            if len(self._posts) == ROBOT_MINUTE and now - self._posts[0] < 60:
                return _error(*_SAID["too-often"])
            self._posts.append(now)
        self._take("webhook/send", [], body)
        return _error(0, "ok")

    def _twice(self, body: Mapping[str, Any]) -> bool:
        """Whether the duplicate check throws this request away, as the platform does in silence."""
        known = (one["body"] for one in self.accepted)
        return bool(body.get("enable_duplicate_check")) and dict(body) in known

    def _take(self, path: str, whom: list[str], body: Mapping[str, Any]) -> None:
        kind = str(body.get("msgtype"))
        inside = body.get(kind)
        text = inside.get("content", "") if isinstance(inside, dict) else ""
        self.accepted.append(Accepted(path=path, to=whom, text=text, body=dict(body)))


def _error(code: int, said: str) -> dict[str, Any]:
    return {"errcode": code, "errmsg": said}


class _Handler(BaseHTTPRequestHandler):
    stand_in: ClassVar[StandIn]
    timeout = 30

    def do_GET(self) -> None:
        """gettoken."""
        path, query = self._asked()
        if path.endswith("/gettoken"):
            self._answer(self.stand_in.token(query))
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """message/send and webhook/send, with the fault that is due."""
        path, query = self._asked()
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.send_error(413)
            return
        try:
            body = json.loads(self.rfile.read(length))
        except ValueError:
            self._answer(_error(47001, "data format error"))
            return
        kinds = {"message/send": self.stand_in.message, "webhook/send": self.stand_in.webhook}
        answer = next((kinds[end] for end in kinds if path.endswith(end)), None)
        if answer is None or not isinstance(body, dict):
            self.send_error(404)
            return
        fault = self.stand_in.fault()
        found = answer(query, body, fault)
        self.stand_in.told(f"{path} {fault or ''} → {found['errcode']}")
        self._told(found, fault)

    def _told(self, found: dict[str, Any], fault: str | None) -> None:
        if fault == "slow":
            time.sleep(self.stand_in.slow_s)
        if fault == "drop":
            self.close_connection = True
        elif fault == "no-json":
            self._raw(200, b"<html>gateway</html>")
        elif fault == "http-500":
            self._raw(502, b"bad gateway")
        else:
            self._answer(found)

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        return parts.path, {name: found[0] for name, found in parse_qs(parts.query).items()}

    def _answer(self, found: Mapping[str, Any]) -> None:
        self._raw(200, json.dumps(found, ensure_ascii=False).encode())

    def _raw(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            # Whoever asked has given up waiting.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the path of a request holds its key."""
