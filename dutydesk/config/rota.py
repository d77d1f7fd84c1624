"""One rota line: when its turns fall (RRULE) and whose turn each is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from dateutil.rrule import rrule, rrulestr

from dutydesk.i18n import _
from dutydesk.workflow.time.zone import ZONE, to_local

_COARSE = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYSETPOS", "BYMONTH"}
_KNOWN |= {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}
_DAY = timedelta(days=1)


class Turn(NamedTuple):
    """One turn: its number from 0, who, from when to when (the end is outside)."""

    number: int
    name: str
    from_at: datetime
    to_at: datetime


class Rotation:
    """The turns of one rota line, found once and kept; turn n belongs to name n modulo names.

    `close` at or before `open` is on the next day, so 19:00–08:30 is a night.
    """

    def __init__(
        self, names: tuple[str, ...], rule: str, start: date, opens: time, closes: time
    ) -> None:
        self._names = names
        length = datetime.combine(start, closes) - datetime.combine(start, opens)
        self._length = length if length > timedelta(0) else length + _DAY
        self._coming: Iterator[datetime] = iter(read_rule(rule, datetime.combine(start, opens)))
        self._known: list[datetime] = []
        self._ended = False

    def at(self, at: datetime) -> Turn | None:
        """The turn that holds at the instant; where two overlap, the later one."""
        number = self._count_until(at) - 1
        if number < 0:
            return None
        turn = self._turn(number)
        return turn if at < turn.to_at else None

    def between(self, from_at: datetime, to_at: datetime) -> tuple[Turn, ...]:
        """The turns that share time with the stretch, in order."""
        turns = (self._turn(number) for number in range(self._count_until(to_at)))
        return tuple(turn for turn in turns if turn.from_at < to_at and turn.to_at > from_at)

    def _count_until(self, at: datetime) -> int:
        """How many turns begin at or before the instant."""
        wall = to_local(at).replace(tzinfo=None)
        while not self._ended and (not self._known or self._known[-1] <= wall):
            chunk = list(islice(self._coming, 64))
            self._known += chunk
            self._ended = len(chunk) < 64
        return bisect_right(self._known, wall)

    def _turn(self, number: int) -> Turn:
        begins = self._known[number].replace(tzinfo=ZONE)
        name = self._names[number % len(self._names)]
        return Turn(number, name, begins, begins + self._length)


def read_rule(rule: str, begins: datetime) -> rrule:
    """An RRULE anchored at a naive wall time; raises ValueError in plain words."""
    text = rule.strip().upper().removeprefix("RRULE:")
    if not text or "\n" in text or "DTSTART" in text:
        raise ValueError(_("rule 只写一行 RRULE，开始日写在 start"))
    parts = dict(part.partition("=")[::2] for part in text.split(";"))
    if strange := [key for key in parts if key not in _KNOWN]:
        raise ValueError(
            _("rule “{rule}”：这里不能用 {key}；每班几点起写在 open").format(
                rule=rule, key=strange[0]
            )
        )
    if not re.fullmatch(r"0*[1-9]\d{0,4}", parts.get("INTERVAL", "1"), re.ASCII):
        raise ValueError(_("rule “{rule}”：INTERVAL 至少是 1").format(rule=rule))
    if parts.get("FREQ") not in _COARSE:
        raise ValueError(
            _("rule “{rule}”：FREQ 应为 {known} 之一").format(rule=rule, known=", ".join(_COARSE))
        )
    try:
        read = rrulestr(text, dtstart=begins)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            _("rule “{rule}”读不懂：{why}；例如 FREQ=DAILY 或 FREQ=WEEKLY;BYDAY=MO,WE,FR").format(
                rule=rule, why=error
            )
        ) from error
    if not isinstance(read, rrule):
        raise ValueError(_("rule 只写一行 RRULE，开始日写在 start"))
    return read


def check_rule(rule: str, start: date) -> None:
    """Raises ValueError in plain words when the line gives no turn at all."""
    if next(iter(read_rule(rule, datetime.combine(start, time(0)))), None) is None:
        raise ValueError(
            _("rule “{rule}”：从 {start} 起一次也轮不到").format(rule=rule, start=start)
        )
