"""What a text says of an order that is known already: urged, returned, withdrawn, due moved."""

from __future__ import annotations

import re
from datetime import datetime

from dutydesk.intake.pasting.labelled import Labelled
from dutydesk.intake.pasting.moments import moment, moments
from dutydesk.intake.pasting.searching import number_in, tokens_in
from dutydesk.intake.pasting.words import narrowed, words

_MOVED = re.compile(
    r"(?:延期|顺延|延长|调整|变更|推迟|改期|改)[^，。；\n\d今明后]{0,8}(?:至|到|为)[ ：:]{0,2}"
)
LONGEST = 120


def standing_of(found: Labelled) -> tuple[str, str]:
    """The standing and the words that say so: by status and reason, else by what stands outside
    the labels; a citizen's own story never counts."""
    known = words().standing
    label = found.raw.get("reason", ("", ""))
    status = f"{found.value('status')} {label[0]}"
    spoken = [line for line in (*found.head, *found.free) if not _of_another(line, found)]
    for name, marks in known.items():
        if any(mark in status for mark in marks):
            return name, (label[1] or _line(spoken, marks) or found.value("status"))[:LONGEST]
    if found.value("moved_due"):
        return "due_moved", label[1]
    for name, marks in known.items():
        if line := _line(spoken, marks):
            return name, line[:LONGEST]
    urges = found.value("urges")
    if urges.isdecimal() and int(urges) > 0:
        return "urged", ""
    return "open", ""


def _of_another(line: str, found: Labelled) -> bool:
    """Whether a line speaks of another order: it names a number, and not the one of the label."""
    own = "".join(narrowed(found.value("external_no")).split())
    plain = narrowed(line)
    named = number_in(line) or any(c.isalpha() for token in tokens_in(line) for c in token)
    return bool(own and named) and own not in plain


def _line(lines: list[str], marks: tuple[str, ...]) -> str:
    return next((line for line in lines if any(mark in line for mark in marks)), "")


def moved_due(found: Labelled, now: datetime) -> datetime | None:
    """The new due that the text names, None without one."""
    if value := found.value("moved_due"):
        return moment(value, now, ahead=True)
    for line in (*found.head, *found.free, found.value("reason")):
        sign = _MOVED.search(line)
        if sign is not None:
            after = next(moments(line[sign.end() :][:40], now, ahead=True), None)
            if after is not None and after.start <= 1:
                return after.at
    return None
