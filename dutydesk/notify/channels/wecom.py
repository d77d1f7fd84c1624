"""Application messages 政务微信/企业微信应用消息: to each person by account, with a token kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from dutydesk.config.channels import Channel as Settings
from dutydesk.i18n import _
from dutydesk.notify import lengths
from dutydesk.notify.channel import Exchange, Letter, Pace, Post, Reply, Secret
from dutydesk.notify.errcodes import TOKEN_GONE, cut_at, reply_of, reply_to, shown
from dutydesk.notify.http import NotSent, Rejected, Server, Unclear, server_of
from dutydesk.storage import Sending

KIND: Final = "wecom"
TEXT_BYTES = 2048
MOST_RECIPIENTS = 1000
MEMBER_MINUTE, MEMBER_HOUR = 30, 1000
"""What is above these is thrown away by the platform without a word (path/90236)."""
AVOIDED = frozenset((0, 30))
"""The minutes at which everybody's timed messages go out; the platform asks to avoid them."""
DUPLICATE_S = 1800
EARLY_S = 300
"""House: how long before its end a token is fetched anew."""


class NoToken(Exception):
    """No token was to be had; `reply` says what that means for the message."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.reason)
        self.reply = reply


class Application:
    """Sends texts to accounts; who was not reached by name is told apart from who was."""

    kind = KIND
    needs_address = True
    pace = Pace(member_minute=MEMBER_MINUTE, member_hour=MEMBER_HOUR, avoids=AVOIDED)

    def __init__(self, name: str, settings: Settings, secret: Secret, server: Server) -> None:
        self.name = name
        self.max_age = settings.max_age
        self._corp, self._agent = settings.corp_id, settings.agent_id
        self._secret = secret
        self._server = server
        self._token: tuple[str, float] | None = None
        self._lock = threading.Lock()

    def together(self, one: Sequence[Letter], other: Letter, *, crowded: bool) -> bool:
        """The same text goes to several at once."""
        return one[0].text == other.text and len(one) < MOST_RECIPIENTS

    def send(self, post: Post) -> Mapping[str, Reply]:
        """One request for all accounts; a token that has gone early is fetched anew, once."""
        whom = list(dict.fromkeys(one.address for one in post.letters))
        try:
            answer = self._asked(self._body(post.letters[0].text, whom))
        except NoToken as none:
            return {one.key: none.reply for one in post.letters}
        except (NotSent, Unclear, Rejected) as error:
            reply = reply_to(error)
            return {one.key: reply for one in post.letters}
        found = {one.key: _for(one.address, answer) for one in post.letters}
        if lengths.size(lengths.plain(post.letters[0].text)) <= TEXT_BYTES:
            return found
        return {key: cut_at(reply, TEXT_BYTES) for key, reply in found.items()}

    def probe(self, text: str, to: str) -> Iterator[Exchange]:
        """Secret, token, and a trial message to one account."""
        secret = self._secret()
        yield Exchange(_("取密钥"), bool(secret), _("有") if secret else _("没有密钥"))
        if not secret:
            return
        try:
            self._fresh_token()
        except NoToken as none:
            yield Exchange("gettoken", False, none.reply.reason or "")
            return
        yield Exchange("gettoken", True, "errcode 0")
        if not to:
            yield Exchange("message/send", False, _("没有说发给谁：--to 账号"))
            return
        reply = self.send(Post("probe", (Letter("probe", text, to, to),)))["probe"]
        yield Exchange("message/send", reply.state is Sending.SENT, reply.reason or "errcode 0")

    # The request.

    def _asked(self, body: Mapping[str, Any]) -> dict[str, Any]:
        answer = self._sent(body)
        if answer["errcode"] in TOKEN_GONE:
            with self._lock:
                self._token = None
            answer = self._sent(body)
        return answer

    def _sent(self, body: Mapping[str, Any]) -> dict[str, Any]:
        token = {"access_token": self._current_token()}
        return self._server.ask("/message/send", token, body)

    def _body(self, text: str, whom: Sequence[str]) -> dict[str, Any]:
        return {
            "touser": "|".join(whom),
            "msgtype": "text",
            "agentid": self._agent,
            "text": {"content": lengths.cut_bytes(lengths.plain(text), TEXT_BYTES)},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": DUPLICATE_S,
        }

    # The token.

    def _current_token(self) -> str:
        with self._lock:
            kept = self._token
        if kept is not None and time.monotonic() < kept[1]:
            return kept[0]
        return self._fresh_token()

    def _fresh_token(self) -> str:
        """A new token, kept until shortly before its end. Raises NoToken."""
        secret = self._secret()
        if not secret:
            raise NoToken(Reply(Sending.FAILED, "no_secret"))
        try:
            asked = {"corpid": self._corp, "corpsecret": secret}
            answer = self._server.ask("/gettoken", asked)
        except (NotSent, Rejected) as error:
            raise NoToken(reply_to(error)) from None
        except Unclear as error:
            # Nothing but a token was asked for: no message can have gone out.
            later = reply_to(NotSent("unreachable", str(error)))
            raise NoToken(later) from None
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if answer["errcode"] != 0:
            raise NoToken(reply_of(answer))
        if not isinstance(token, str) or not token:
            raise NoToken(Reply(Sending.FAILED, "no_token"))
        lasts = seconds if isinstance(seconds, int) else 0
        with self._lock:
            self._token = (token, time.monotonic() + max(0, lasts - EARLY_S))
        return token


def _for(address: str, answer: Mapping[str, Any]) -> Reply:
    """What an answer means for one account: named as invalid or unlicensed is not delivered."""
    reply = reply_of(answer)
    if reply.state is not Sending.SENT:
        return reply
    for kind in ("invaliduser", "unlicenseduser"):
        named = str(answer.get(kind) or "").split("|")
        if address.lower() in (one.lower() for one in named if one):
            return Reply(Sending.FAILED, f"{kind} {shown(address)}")
    return reply


def make(name: str, settings: Settings, secret: Secret, path: Callable[[str], Path]) -> Application:
    """The application of one table of the settings. Raises ValueError where it is not whole."""
    if not settings.corp_id:
        raise ValueError(_("kind = “wecom” 时要写 corp_id（企业编号）"))
    if not settings.agent_id:
        raise ValueError(_("kind = “wecom” 时要写 agent_id（应用编号）"))
    return Application(name, settings, secret, server_of(settings, path))
