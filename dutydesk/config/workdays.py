"""[calendar]: the working slots, the desk's own days, and where loaded year tables lie."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from dutydesk.config.table import Table
from dutydesk.i18n import _
from dutydesk.text import fold
from dutydesk.workflow.time.calendar import Day, DayKind
from dutydesk.workflow.time.slots import BadSlots, Slot, Slots, read_slots


def _date(value: object) -> object:
    """A TOML date, or the same in quotes."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(fold(value).strip())
    except ValueError as error:
        raise ValueError(_("“{text}”不是日期，应写成 2026-11-28").format(text=value)) from error


def _slots(value: object) -> object:
    """Working slots as text: checked, and kept as they were written."""
    if isinstance(value, str):
        try:
            read_slots(value)
        except BadSlots as error:
            raise ValueError(
                _("“{text}”不是工作时段，可写成 {forms}").format(
                    text=value, forms=" | ".join(error.accepted)
                )
            ) from error
    return value


OneDay = Annotated[date, BeforeValidator(_date)]
SlotText = Annotated[str, BeforeValidator(_slots)]


class DaySlots(Table):
    """[[calendar.slot]]: other working slots on a weekday or a date that is worked."""

    weekday: Annotated[int, Field(ge=1, le=7)] | None = None
    date: OneDay | None = None
    slots: SlotText

    @model_validator(mode="after")
    def _whole(self) -> DaySlots:
        if (self.weekday is None) == (self.date is None):
            raise ValueError(_("weekday（1 至 7）和 date 要写一个，也只能写一个"))
        return self


class OwnDay(Table):
    """[[calendar.day]]: a day that this desk works, or does not, whatever the tables say."""

    date: OneDay
    kind: Literal["work", "rest", "holiday", "makeup"]
    name: str = ""
    reason: Annotated[str, Field(min_length=1)]

    @property
    def day(self) -> Day:
        """The day as the calendar holds it; its source is the reason."""
        return Day(self.date, DayKind(self.kind), self.name, self.reason)


class WorkCalendar(Table):
    """[calendar]: slots of a working day, own days, and the folder of loaded year tables."""

    folder: str = ""
    slots: SlotText = "08:30-12:00, 13:30-17:30"
    slot: Annotated[tuple[DaySlots, ...], Field(strict=False)] = ()
    day: Annotated[tuple[OwnDay, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _once(self) -> WorkCalendar:
        for own in self.day:
            if sum(each.date == own.date for each in self.day) > 1:
                raise ValueError(_("{date} 写了两次").format(date=own.date))
        return self

    def made_slots(self) -> Slots:
        """The working slots by weekday and by date."""

        def of(entry: DaySlots) -> tuple[Slot, ...]:
            return read_slots(entry.slots)

        return Slots(
            read_slots(self.slots),
            {entry.weekday - 1: of(entry) for entry in self.slot if entry.weekday},
            {entry.date: of(entry) for entry in self.slot if entry.date},
        )

    def own_days(self) -> dict[date, Day]:
        """The desk's own days by date."""
        return {own.date: own.day for own in self.day}
