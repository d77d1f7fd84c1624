"""`dutydesk sweep` and `dutydesk watch`: one pass of the clock, and the process that keeps it."""

from __future__ import annotations

import signal
from typing import Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.unlocking import unlock_early
from dutydesk.cli.words import N_
from dutydesk.i18n import _
from dutydesk.workflow.time.zone import iso


def sweep(
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """Raise every alarm whose moment has come, once."""
    with here.desk() as desk:
        swept = desk.sweep()
    found = {
        "alarms": len(swept.alarms),
        "yellow": sum(alarm.light == "yellow" for alarm in swept.alarms),
        "red": sum(alarm.light == "red" for alarm in swept.alarms),
        "rings": sum(alarm.rings for alarm in swept.alarms),
        "next_due_at": iso(swept.next_due_at) if swept.next_due_at is not None else None,
    }
    if outlet.answers_json(as_json):
        outlet.say_json(found)
        return
    outlet.say(
        _("告警 {alarms} 条：黄 {yellow}，红 {red}，响铃 {rings}").format(
            **{name: found[name] for name in ("alarms", "yellow", "red", "rings")}
        )
    )
    if found["next_due_at"] is not None:
        outlet.say(_("下一次：{at}").format(at=found["next_due_at"]))


def watch() -> None:
    """Keep the clock without a screen until asked to stop; SIGTERM and Ctrl-C end it cleanly."""
    from dutydesk.cli.calendar import years_missing  # slow import

    using = here.settings()
    unlock_early()

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    with here.desk(using=using) as desk:
        from dutydesk.daemon import watch as keep  # slow import

        outlet.tell(_("守着时限；Ctrl-C 停止"))
        if words := years_missing(using):
            outlet.tell(words)
        try:
            code = keep(desk, using)
        except KeyboardInterrupt:
            code = 0
    if code:
        raise typer.Exit(code)
