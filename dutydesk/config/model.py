"""What can be set, key by key: frozen tables that refuse unknown keys and wrong types."""

from __future__ import annotations

import re
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, StrictStr, model_validator

from dutydesk.config.channels import Channel, ChannelName
from dutydesk.config.outside import Files, Print
from dutydesk.config.rota import check_rule
from dutydesk.config.spans import span
from dutydesk.config.table import Table
from dutydesk.config.workdays import OneDay, WorkCalendar
from dutydesk.i18n import _
from dutydesk.text import fold
from dutydesk.workflow.duty.hours import Hours as PlannedHours
from dutydesk.workflow.duty.hours import Span
from dutydesk.workflow.time.calendar import Calendar

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def _time(value: object) -> object:
    """`"08:30"` as a time; 24:00 is the 00:00 that ends the day."""
    if not isinstance(value, str):
        return value
    found = _CLOCK.fullmatch(fold(value).replace(" ", ""))
    hour, minute = (int(found[1]), int(found[2])) if found else (99, 0)
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23 or minute > 59:
        raise ValueError(_('“{text}”不是时刻，应写成 "08:30"（00:00 至 24:00）').format(text=value))
    return time(hour, minute)


_NOW = {"min_commander": "min_operators"}
ClockTime = Annotated[time, BeforeValidator(_time)]
Day = OneDay
AreaCode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]


class Desk(Table):
    """[desk]: whose desk this is."""

    area: AreaCode = "140901"
    procedure: str = "xinchenglu"
    language: Literal["zh_CN", "en"] = "zh_CN"
    operator: str = ""
    seat: str = ""
    places: str = ""


class Database(Table):
    """[database]: where the record is kept; empty means a file in the user's data folder."""

    url: str = Field(default="", repr=False)

    _named_by: str | None = PrivateAttr(default=None)

    def model_post_init(self, context: Any) -> None:
        """Keeps the option or variable that named the store in the settings' place."""
        object.__setattr__(self, "_named_by", (context or {}).get("named_by"))

    @property
    def named_by(self) -> str | None:
        """`--database`, `DUTYDESK_DATABASE`, or None where the settings say it."""
        return self._named_by


class Extension(Table):
    """[[hours.extension]]: other hours on a weekday or a date, of one area or of all (X-5.1.2)."""

    area: AreaCode | None = None
    weekday: Annotated[int, Field(ge=1, le=7)] | None = None
    date: Day | None = None
    open: ClockTime | None = None
    close: ClockTime | None = None
    closed: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Extension:
        if (self.weekday is None) == (self.date is None):
            raise ValueError(_("weekday（1 至 7）和 date 要写一个，也只能写一个"))
        if self.closed and self.date is None:
            raise ValueError(_("closed 只能和 date 一起用"))
        if self.closed == (self.open is not None and self.close is not None):
            raise ValueError(_("要么写 open 和 close，要么写 closed = true"))
        return self

    @property
    def span(self) -> Span | None:
        """The day's hours; None where it stays closed."""
        return Span(self.open, self.close) if self.open and self.close is not None else None


class Hours(Table):
    """[hours]: planned hours on working days (X-5.1.1)."""

    open: ClockTime = time(8, 30)
    close: ClockTime = time(19, 0)
    extension: Annotated[tuple[Extension, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _forwards(self) -> Hours:
        spans = [(self.open, self.close), *((entry.open, entry.close) for entry in self.extension)]
        for opens, closes in spans:
            if opens is not None and closes is not None and time(0) != closes <= opens:
                raise ValueError(
                    _("close {close:%H:%M} 要晚于 open {open:%H:%M}").format(
                        open=opens, close=closes
                    )
                )
        return self

    def planned(self, area: str, calendar: Calendar) -> PlannedHours:
        """The planned hours of one area; its own extensions win over those of all areas."""
        mine = [entry for entry in self.extension if entry.area is None]
        mine += [entry for entry in self.extension if entry.area == area]
        return PlannedHours(
            calendar=calendar,
            opens=self.open,
            closes=self.close,
            by_weekday={
                entry.weekday - 1: entry.span for entry in mine if entry.weekday and entry.span
            },
            by_date={entry.date: entry.span for entry in mine if entry.date},
        )


class Alarm(Table):
    """[alarm]: how an alarm is heard, and how often the safety sweep looks."""

    bell: Literal["terminal", "command", "off"] = "terminal"
    command: str = ""
    urgent_command: str = ""
    sweep_seconds: Annotated[int, Field(ge=5, le=600)] = 30

    @model_validator(mode="after")
    def _has_command(self) -> Alarm:
        if self.bell == "command" and not self.command:
            raise ValueError(_('bell = "command" 时要写 command'))
        return self


class Inbox(Table):
    """[inbox]: the watched folder; empty means none."""

    folder: str = ""
    every_seconds: Annotated[int, Field(ge=2, le=3600)] = 10


class Board(Table):
    """[board]: the paper for an outage, written to a second place; empty: beside the data."""

    folder: str = ""
    every: Annotated[timedelta, BeforeValidator(span)] = timedelta(minutes=30)
    keep: Annotated[int, Field(ge=1, le=100)] = 3


class Fallback(Table):
    """[fallback]: when force counts as insufficient outside planned hours (A-09; house).

    `min_commander` is the former name of `min_operators` and goes on being read.
    """

    min_operators: Annotated[int, Field(ge=1, le=4)] = 1
    min_leads: Annotated[int, Field(ge=0, le=3)] = 1

    @model_validator(mode="before")
    @classmethod
    def _renamed(cls, given: Any) -> Any:
        if isinstance(given, dict) and "min_commander" in given and "min_operators" not in given:
            return {_NOW.get(key, key): value for key, value in given.items()}
        return given


class Secrets(Table):
    """[secrets]: where `dutydesk secret set` keeps them; an empty file lies in the data folder."""

    store: Literal["keyring", "file"] = "keyring"
    file: str = ""


class Person(Table):
    """[[person]]: one person whom the desk rings; posts without a rota line are held always."""

    name: Annotated[str, Field(min_length=1)]
    posts: Annotated[tuple[StrictStr, ...], Field(strict=False)] = ()
    department: str | None = None
    area: AreaCode | None = None
    grid: str = ""
    office: str = ""
    phone: str = Field(default="", repr=False)
    alternate: str = Field(default="", repr=False)
    userid: str = ""
    by_phone: bool = False


class Rota(Table):
    """[[rota]]: who takes turns at a post; the turns fall where the RRULE says."""

    post: str
    department: str | None = None
    area: AreaCode | None = None
    names: Annotated[tuple[StrictStr, ...], Field(strict=False, min_length=1)]
    rule: str
    start: Day
    open: ClockTime = time(8, 30)
    close: ClockTime = time(19, 0)

    @model_validator(mode="after")
    def _whole(self) -> Rota:
        check_rule(self.rule, self.start)
        return self


def _one_way_each(channels: dict[str, Channel]) -> dict[str, Channel]:
    """Each kind of message leaves by one channel."""
    by: dict[str, str] = {}
    for name, channel in channels.items():
        for kind in channel.carries:
            if kind in by:
                said = _("{kind} 写在两个渠道里：{one}、{other}；只留一个")
                raise ValueError(said.format(kind=kind, one=by[kind], other=name))
            by[kind] = name
    return channels


class Settings(Table):
    """Everything in dutydesk.toml; `file` is where it was found, None for shipped defaults."""

    desk: Desk = Desk()
    database: Database = Database()
    hours: Hours = Hours()
    calendar: WorkCalendar = WorkCalendar()
    alarm: Alarm = Alarm()
    inbox: Inbox = Inbox()
    board: Board = Board()
    fallback: Fallback = Fallback()
    files: Files = Files()
    print: Print = Print()
    secrets: Secrets = Secrets()
    channel: Annotated[dict[ChannelName, Channel], AfterValidator(_one_way_each)] = Field(
        default_factory=dict
    )
    person: Annotated[tuple[Person, ...], Field(strict=False)] = ()
    rota: Annotated[tuple[Rota, ...], Field(strict=False)] = ()

    _file: Path | None = PrivateAttr(default=None)

    def model_post_init(self, context: Any) -> None:
        """Keeps the file that the settings were read from."""
        object.__setattr__(self, "_file", (context or {}).get("file"))

    @property
    def file(self) -> Path | None:
        """The settings file, or None where the shipped defaults hold."""
        return self._file

    def path(self, text: str) -> Path:
        """A folder or file named in the settings: `~` opened, relative to the settings file."""
        folder = self._file.parent if self._file else Path()
        return folder / Path(text).expanduser()
