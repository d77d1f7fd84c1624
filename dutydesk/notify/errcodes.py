"""What an errcode of the platform means for a message (standards.md 4.5); errmsg is only shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from dutydesk.notify.channel import SENT, Reply
from dutydesk.notify.http import NotSent, Rejected, Unclear
from dutydesk.storage import Sending
from dutydesk.text import cut, one_line

TOKEN_GONE = frozenset((40014, 42001))
"""Fetch a new token once and send once more."""
BUSY, TOO_OFTEN, TOO_FAST = -1, 45009, 130101
_LATER: Mapping[int, tuple[str, timedelta, int]] = {
    BUSY: ("busy", timedelta(seconds=15), 3),
    TOO_OFTEN: ("too_often", timedelta(seconds=60), 10),
    TOO_FAST: ("too_often", timedelta(minutes=10), 6),
}
_STOP: Mapping[int, str] = {
    40001: "bad_secret",
    40013: "bad_corp",
    60020: "ip_not_allowed",
    81013: "nobody",
    93000: "bad_key",
}
UNREACHABLE = timedelta(seconds=15)
_FROM_IP = re.compile(r"from ip:\s*([0-9a-fA-F.:]+)")
SHOWN = 120


def reply_of(answer: Mapping[str, Any]) -> Reply:
    """What an answer of the platform means; its receipt where it gave one."""
    code = answer["errcode"]
    if code == 0:
        number = answer.get("msgid")
        return SENT if number is None else Reply(Sending.SENT, receipt=shown(number))
    if code in _LATER:
        word, wait, tries = _LATER[code]
        return Reply(Sending.DRAFT, f"{word} {code}", retry=wait, most_tries=tries)
    said = shown(answer.get("errmsg", ""))
    if code in _STOP:
        where = _FROM_IP.search(said)
        detail = where[1] if where else str(code)
        return Reply(Sending.FAILED, f"{_STOP[code]} {detail}")
    return Reply(Sending.FAILED, f"errcode {code} {said}".strip())


def reply_to(error: NotSent | Unclear | Rejected) -> Reply:
    """What a request without an answer means: UNKNOWN wherever it may have been taken."""
    if isinstance(error, Unclear):
        return Reply(Sending.UNKNOWN, str(error))
    word = str(error).partition(" ")[0]
    if word == "unreachable":
        return Reply(Sending.DRAFT, str(error), retry=UNREACHABLE)
    return Reply(Sending.FAILED, str(error))


def cut_at(reply: Reply, most: int) -> Reply:
    """The reply to a text of which only its first bytes were sent: the record says so."""
    return replace(reply, reason=f"cut {most}") if reply.state is Sending.SENT else reply


def shown(value: object) -> str:
    """Somebody else's words, on one line and short."""
    return cut(one_line(str(value)), SHOWN)[0]
