"""Moments and limits: typed short, read back in full while they are typed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from textual.app import ComposeResult

from dutydesk.config.when import EXAMPLES, PAST, BadWhen, parse_when
from dutydesk.i18n import _
from dutydesk.screens.forms.entry import Entry
from dutydesk.screens.forms.rows import FieldRow
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.text import remaining
from dutydesk.views.labels import Words
from dutydesk.views.spoken import spoken
from dutydesk.workflow.procedure import Field
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.counting import DEFAULT_COUNTING, Counting, NoCalendar, due_at
from dutydesk.workflow.time.limits import ACCEPTED_LIMITS, BadLimit
from dutydesk.workflow.time.limits import parse as parse_limit
from dutydesk.workflow.time.zone import iso, to_local


def reading(at: datetime, now: datetime, words: Words) -> str:
    """A moment as one says it, and how far it is away."""
    said = spoken(at, now, words.lang)
    seconds = int((at - now).total_seconds())
    if abs(seconds) < 60:
        return _("{when}（现在）").format(when=said)
    span = remaining(seconds, words.lang) if abs(seconds) >= 600 else _minutes(seconds, words)
    if seconds < 0:
        return _("{when}（{span}前）").format(when=said, span=span)
    return _("{when}（还有 {span}）").format(when=said, span=span)


def _minutes(seconds: int, words: Words) -> str:
    return remaining(600, words.lang).replace("10", str(abs(seconds) // 60))


def dated(at: datetime) -> str:
    """A moment with its whole date, as it can be typed."""
    return f"{to_local(at):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def written(at: datetime, now: datetime) -> str:
    """A moment as it can be typed: the time of day, with the day in front of another day's."""
    here, today = to_local(at), to_local(now)
    clock = f"{here:%H:%M:%S}" if here.second else f"{here:%H:%M}"
    if here.date() == today.date():
        return clock
    day = f"{here:%m-%d}" if here.year == today.year else f"{here:%Y-%m-%d}"
    return f"{day} {clock}"


class TimeRow(FieldRow):
    """A moment; empty means now for the act's own time, else nothing."""

    DEFAULT_CSS = "TimeRow Entry { width: 24; } TimeRow Saying.reading { padding: 0 1; }"

    def compose_control(self) -> ComposeResult:
        """A short entry, and beside it how the desk reads it."""
        place = _("现在") if self.spec.name == "_at" else ""
        self.entry = Entry(placeholder=place, plain=True)
        self.said = Saying(id=None)
        self.said.add_class("reading")
        yield self.entry
        yield self.said

    @property
    def now(self) -> datetime:
        """The moment from which `-7` counts: the clock's while the form is open."""
        now = getattr(self.app, "now", None)
        return now if isinstance(now, datetime) else self.scene.now

    @property
    def value(self) -> object:
        text = self.entry.value.strip()
        if not text:
            return None
        try:
            return self._parsed(text)
        except BadWhen:
            return text

    @property
    def state(self) -> Any:
        value = self.value
        return iso(value) if isinstance(value, datetime) else value

    def _parsed(self, text: str) -> datetime:
        return parse_when(text, self.now, ahead=self.spec.name not in PAST)

    def propose(self, value: object) -> None:
        if isinstance(value, str):
            with suppress(BadWhen):
                value = parse_when(value, self.scene.now)
        text = self._written(value) if isinstance(value, datetime) else str(value or "")
        self.entry.propose(text)
        self.reread()

    def _written(self, value: datetime) -> str:
        """As short as it can be typed and still mean this very moment."""
        text = written(value, self.scene.now)
        return text if self._parsed(text) == value else dated(value)

    def read(self, values: Values) -> None:
        self.reread()

    def reread(self) -> None:
        """Say how the text is read now."""
        value = self.value
        if value is None:
            self.said.say("")
        elif isinstance(value, datetime):
            self.said.say("→ " + reading(value, self.now, self.scene.words))
        else:
            forms = " ".join(EXAMPLES)
            self.said.say(_("读不懂，可写 {forms}").format(forms=forms), "amber")

    @property
    def bad(self) -> str:
        """What is wrong with the text, empty where it can be read."""
        if isinstance(self.value, str):
            return _("“{text}”不是时间").format(text=self.value)
        return ""


class LimitRow(FieldRow):
    """How long: in the one grammar of limits, with the due time it leads to."""

    DEFAULT_CSS = "LimitRow Entry { width: 24; } LimitRow Saying.reading { padding: 0 1; }"

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(scene, spec, label)
        self.start = scene.now

    def compose_control(self) -> ComposeResult:
        """A short entry, and beside it when that would be due."""
        self.entry = Entry(plain=True)
        self.said = Saying()
        self.said.add_class("reading")
        yield self.entry
        yield self.said

    @property
    def value(self) -> object:
        return self.entry.value.strip()

    def propose(self, value: object) -> None:
        self.entry.propose("" if value is None else str(value))
        self.reread()

    def read(self, values: Values) -> None:
        at = values.get("_at")
        self.start = at if isinstance(at, datetime) else self.scene.now
        self.reread()

    def reread(self) -> None:
        """Say when the limit would be due."""
        rules = self.scene.context
        calendar, counting = rules.hours.calendar, Counting.of(rules.procedure.values)
        text, ink = limit_reading(
            self.entry.value, self.start, self.scene.words, calendar, counting
        )
        self.said.say(text, ink)


def limit_reading(
    text: str,
    start: datetime,
    words: Words,
    calendar: Calendar | None = None,
    counting: Counting = DEFAULT_COUNTING,
) -> tuple[str, str]:
    """What a limit that starts then leads to, `→ 至 明18:00`, and the ink to say it in."""
    if not text.strip():
        return "", "dim"
    try:
        at = due_at(parse_limit(text), start, counting=counting, calendar=calendar)
    except BadLimit as bad:
        forms = " ".join(ACCEPTED_LIMITS[1:12:2])
        said = _("第 {at} 个字起读不懂，可写 {forms}")
        return said.format(at=bad.position + 1, forms=forms), "amber"
    except NoCalendar:
        return _("这里不能用工作日"), "amber"
    return _("→ 至 {when}").format(when=spoken(at, start, words.lang)), "dim"
