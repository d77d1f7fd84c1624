"""`dutydesk promises` and `dutydesk shift-log`: what stands, and what was said in a day.

A promise is settled by `dutydesk do NO settle --set promise=ID --set outcome=kept`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.time.zone import FIRST_YEAR, LAST_YEAR, iso, to_local

if TYPE_CHECKING:
    from dutydesk.views.promises import PromiseRow
    from dutydesk.views.shiftlog import LogRow

Lines = Annotated[bool, typer.Option("--json", help=N_("每行一个 JSON"))]
Day = Annotated[
    str | None, typer.Option("--day", metavar="YYYY-MM-DD", help=N_("哪一天；默认今天"))
]


def promises(as_json: Lines = False) -> None:
    """List what was promised and what is to be remembered, the earliest first."""
    with here.desk() as desk:
        from dutydesk.views.promises import StandingPromises  # slow import

        rows, now = desk.read(StandingPromises()), desk.now()
    if as_json:
        for row in rows:
            outlet.say_json(as_document(row))
        return
    found = []
    for row in rows:
        passed = _("已过") if row.at is not None and row.at <= now else ""
        when = f"{to_local(row.at):%m-%d %H:%M}" if row.at is not None else ""
        found.append([str(row.id), when, passed, row.case or "", row.text])
    for line in columns(found, widest=60):
        outlet.say(line)
    outlet.say(_("{count} 条").format(count=len(rows)))


def as_document(row: PromiseRow) -> dict[str, Any]:
    """One line of JSON; `id` is what `settle` calls the promise."""
    return {
        "id": row.id,
        "at": iso(row.at) if row.at is not None else None,
        "case": row.case,
        "by": row.by or None,
        "to": row.to or None,
        "party": row.party,
        "again": row.again,
        "text": row.text,
    }


def shift_log(day: Day = None, as_json: Lines = False) -> None:
    """Print the notes, promises and calls on no case of one day."""
    wanted = read_day(day)
    with here.desk() as desk:
        from dutydesk.views.shiftlog import ShiftLog, paper  # slow import

        rows = desk.read(ShiftLog(wanted))
        place = desk.context.places.area(desk.context.area)
        day_shown = wanted or to_local(desk.now()).date()
        name = place.name if place else desk.context.area
        text = paper(rows, name, day_shown, desk.words, exercise=desk.context.drill)
    if as_json:
        for row in rows:
            outlet.say_json(log_document(row))
    else:
        outlet.say(text.rstrip("\n"))


def read_day(text: str | None) -> date | None:
    """The day a text names, None for none; BadInput where it names none that there is."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text.strip())
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        raise ValueError(day.year)
    except ValueError:
        message = _("“{day}”不是日期").format(day=shown(text))
        raise BadInput(message, expected="2026-11-20") from None


def log_document(row: LogRow) -> dict[str, Any]:
    """One line of JSON."""
    return {
        "id": row.id,
        "at": iso(row.at),
        "case": row.case,
        "act": row.verb,
        "text": row.text,
        "until": iso(row.until) if row.until is not None else None,
        "by": row.by,
        "late_entry": row.late_entry,
    }
