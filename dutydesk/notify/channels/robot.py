"""The group robot 群机器人: one post for a whole group, three seconds apart, merged above that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from dutydesk.config.channels import Channel as Settings
from dutydesk.i18n import _
from dutydesk.notify import lengths
from dutydesk.notify.channel import Exchange, Letter, Pace, Post, Reply, Secret
from dutydesk.notify.errcodes import cut_at, reply_of, reply_to
from dutydesk.notify.http import NotSent, Rejected, Server, Unclear, server_of
from dutydesk.storage import Sending

KIND: Final = "robot"
TEXT_BYTES, MARKDOWN_BYTES = 2048, 4096
MENTION_BYTES = 200
"""Kept free for the names that are mentioned in markdown."""
MOST_MENTIONS = 20


class Robot:
    """Posts to a group; who is meant is mentioned where his account is known."""

    kind = KIND
    needs_address = False

    def __init__(self, name: str, settings: Settings, secret: Secret, server: Server) -> None:
        self.name = name
        self.max_age = settings.max_age
        spacing = timedelta(seconds=60 / settings.per_minute)
        self.pace = Pace(per_minute=settings.per_minute, spacing=spacing)
        self._markdown = settings.markdown
        self._most = MARKDOWN_BYTES - MENTION_BYTES if settings.markdown else TEXT_BYTES
        self._secret = secret
        self._server = server

    def together(self, one: Sequence[Letter], other: Letter, *, crowded: bool) -> bool:
        """The same text for several is one post; when crowded, whatever still fits."""
        texts = list(dict.fromkeys(letter.text for letter in one))
        if other.text in texts:
            return True
        return crowded and lengths.size(self._joined([*texts, other.text])) <= self._most

    def send(self, post: Post) -> Mapping[str, Reply]:
        """One post; all letters in it share its fate."""
        texts = list(dict.fromkeys(letter.text for letter in post.letters))
        whom = list(dict.fromkeys(one.address for one in post.letters if one.address))
        text = self._joined(texts)
        reply = self._posted(self._body(text, whom[:MOST_MENTIONS]))
        if lengths.size(text) > self._most:
            reply = cut_at(reply, self._most)
        return {letter.key: reply for letter in post.letters}

    def probe(self, text: str, to: str) -> Iterator[Exchange]:
        """Whether the key is there, and what the group says to a trial post."""
        if not self._secret():
            yield Exchange(_("取密钥"), False, _("没有密钥"))
            return
        yield Exchange(_("取密钥"), True, _("有"))
        reply = self._posted(self._body(text, [to] if to else []))
        yield Exchange("webhook/send", reply.state is Sending.SENT, reply.reason or "errcode 0")

    def _posted(self, body: Mapping[str, Any]) -> Reply:
        key = self._secret()
        if not key:
            return Reply(Sending.FAILED, "no_secret")
        try:
            return reply_of(self._server.ask("/webhook/send", {"key": key}, body))
        except (NotSent, Unclear, Rejected) as error:
            return reply_to(error)

    def _joined(self, texts: Sequence[str]) -> str:
        safe = lengths.escaped if self._markdown else lengths.plain
        return lengths.BETWEEN.join(safe(text) for text in texts)

    def _body(self, text: str, whom: list[str]) -> dict[str, Any]:
        if self._markdown:
            called = "".join(f"<@{name}>" for name in whom)
            content = lengths.cut_bytes(text, self._most)
            named = f"{content}\n{called}" if called else content
            return {"msgtype": "markdown", "markdown": {"content": named}}
        body: dict[str, Any] = {"content": lengths.cut_bytes(text, self._most)}
        if whom:
            body["mentioned_list"] = whom
        return {"msgtype": "text", "text": body}


def make(name: str, settings: Settings, secret: Secret, path: Callable[[str], Path]) -> Robot:
    """The robot of one table of the settings."""
    return Robot(name, settings, secret, server_of(settings, path))
