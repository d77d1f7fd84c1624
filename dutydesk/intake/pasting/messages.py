"""Messages as a chat copies them: who sent them, when, and what they say."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from dutydesk.intake.pasting.moments import moments
from dutydesk.intake.pasting.words import narrowed, words

_WHEN = (
    r"(?:20\d{2}[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ ]{0,2}|\d{1,2}[-/月]\d{1,2}日?[ ]{1,2}"
    r"|(?:昨天|今天|前天|星期.|周.)[ ]?)?"
    r"(?:上午|下午|早上|晚上|凌晨|中午)?[ ]?\d{1,2}:\d{2}(?::\d{2})?"
)
_WHO = r"(?P<who>(?!\d)[^\s:：【】\[\]][^\t\n:：【】\[\]]{0,29}?)"
_HEAD = re.compile(rf"{_WHO}[ ]{{1,4}}(?P<when>{_WHEN})[ ]?:?(?P<said>)$")
_BEFORE = re.compile(rf"\[?(?P<when>{_WHEN})\]?[ ]{{1,4}}{_WHO}(?::[ ]?(?P<said>.*))?$")
_ALONE = re.compile(rf"{_WHO}:(?P<when>)(?P<said>)$")
_DATE = re.compile(
    r"[—\-─ ]{0,12}(?:20\d{2}[-/年.])?\d{1,2}[-/月.]\d{1,2}日?"
    r"(?:[ ]?(?:周|星期)[一二三四五六日天])?[—\-─ ]{0,12}$"
)
_WEEKDAY = re.compile(r"[ ]?(?:周|星期)[一二三四五六日天]$")


class Message(NamedTuple):
    """One message: sender, moment, text."""

    sender: str
    at: datetime | None
    text: str


def messages_in(text: str, now: datetime) -> list[Message]:
    """The messages of a copied chat; nothing where no line heads a message."""
    found: list[tuple[str, datetime | None, list[str]]] = []
    day = ""
    for line in text.splitlines():
        plain = narrowed(line).strip()
        if _DATE.match(plain):
            day = _WEEKDAY.sub("", plain.strip("—-─ "))
            continue
        head = _head(plain, not found)
        if head is not None:
            who, when, said = head
            dated = f"{day} {when}" if day and len(when) <= 8 else when
            moment = next(moments(dated, now), None)
            found.append((who, moment.at if moment else None, [said] if said else []))
        elif found:
            found[-1][2].append(line)
        elif plain:
            found.append(("", None, [line]))
    if not any(sender for sender, _at, _lines in found):
        return []
    return [Message(sender, at, "\n".join(lines).strip()) for sender, at, lines in found]


def _head(line: str, first: bool) -> tuple[str, str, str] | None:
    """Who, when, and what stands on the same line; a name without a time only heads a chat."""
    if not line or ("\t" in line):
        return None
    found = _HEAD.match(line) if len(line) <= 60 else None
    found = found or _BEFORE.match(line)
    if found is None and first and (alone := _ALONE.match(line)) and channel_of(alone["who"]):
        found = alone
    if found is None or words().field(found["who"]) is not None or "20" in found["who"]:
        return None
    return found["who"].strip(), found["when"], found["said"] or ""


def channel_of(sender: str) -> str:
    """The channel by which a message of this sender comes in: what his remark says he is."""
    for name, marks in words().senders.items():
        if any(mark in sender for mark in marks):
            return name
    return ""


def is_chatter(text: str) -> bool:
    """Whether a message only answers: 收到, [图片]."""
    known = words()
    parts = [part.strip("。.！!~，, ") for part in text.splitlines() if part.strip()]
    return all(part in known.chatter or part in known.page for part in parts)
