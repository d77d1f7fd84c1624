"""`dutydesk due`: when a limit ends, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.calendar import calendar_here
from dutydesk.cli.words import N_
from dutydesk.config.time_words import (
    beyond_message,
    instant_message,
    limit_message,
    rule_words,
    stretch_words,
    warning_words,
)
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cut, one_line
from dutydesk.workflow.time import counting
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.explaining import due as explained
from dutydesk.workflow.time.ledger import Due, Pause
from dutydesk.workflow.time.limits import BadLimit, Limit, parse
from dutydesk.workflow.time.zone import BadInstant, iso, parse_instant


def due(
    from_: Annotated[str, typer.Option("--from", metavar="T", help=N_("起算时间"))],
    limit: Annotated[
        str, typer.Option("--limit", metavar="TEXT", help=N_("时限，如 20分钟、1个自然日"))
    ],
    procedure: Annotated[
        str | None, typer.Option("--procedure", metavar="NAME", help=N_("按哪个流程的算法"))
    ] = None,
    natural_day: Annotated[
        str | None,
        typer.Option("--natural-day", metavar="R", help=N_("自然日：24h 或 next_midnight")),
    ] = None,
    working_day: Annotated[
        str | None,
        typer.Option("--working-day", metavar="R", help=N_("工作日：end_of_day、same_clock 或 8h")),
    ] = None,
    slots: Annotated[
        str | None,
        typer.Option("--slots", metavar="S", help=N_("工作时段，如 08:30-12:00,13:30-17:30")),
    ] = None,
    pause: Annotated[
        list[str] | None,
        typer.Option("--pause", metavar="T/T", help=N_("暂停：起/止[/事由]，可多次")),
    ] = None,
    extend: Annotated[
        list[str] | None, typer.Option("--extend", metavar="TEXT", help=N_("延期，可多次"))
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="T", help=N_("到这一刻计了多少，还剩多少"))
    ] = None,
    printed: Annotated[bool, typer.Option("--print", help=N_("用设置的打印命令打印"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """何时到期，为什么。"""
    start_at, wanted = read_start(from_), read_limit(limit)
    switches_ = counting_of(procedure, {"natural_day": natural_day, "working_day": working_day})
    calendar, pauses = calendar_here(slots), [read_pause(text) for text in pause or ()]
    more = [read_limit(text) for text in extend or ()]
    found = find_due(wanted, start_at, switches_, calendar, pauses, more)
    spent: dict[str, Any] = {}
    if at is not None:
        until = read_start(at)
        ran = counting.elapsed_s(
            wanted, start_at, until, counting=switches_, calendar=calendar, pauses=pauses
        )
        spent = {"at": iso(until), "elapsed_s": ran, "left_s": found.counted_s - ran}
    if printed:
        outlet.tell(_print(start_at, limit, found))
    if as_json:
        document = as_document(start_at, limit, found) | spent
        typer.echo(json.dumps(document, ensure_ascii=False))
        return
    typer.echo(as_text(start_at, limit, found))
    if spent:
        typer.echo(_("到 {at}：已计 {elapsed_s} 秒，还剩 {left_s} 秒").format(**spent))


def _print(start_at: datetime, limit: str, found: Due) -> str:
    """Print the answer by the settings' command; gives what is said of it."""
    from dutydesk.bootstrap import tools_of  # slow import
    from dutydesk.reports.paper_text import as_page  # slow import
    from dutydesk.reports.papers import Paper  # slow import
    from dutydesk.reports.writing import Row  # slow import
    from dutydesk.views.why import stretch_line  # slow import

    rows = [
        Row(_("起算"), _plain(start_at)),
        Row(_("时限"), one_line(limit)),
        Row(_("到期"), _plain(found.due_at)),
        Row(_("依据"), rule_words(found.rule)),
        *(Row(*stretch_line(stretch)) for stretch in found.ledger),
        *(Row(_("注意"), warning_words(each)) for each in found.warnings),
    ]
    paper = Paper("why", "", _("时限依据"), tuple(rows), (), (), drill=False)
    said = tools_of(here.settings()).print(as_text(start_at, limit, found), as_page(paper))
    return _("已交给打印机：{said}").format(said=said) if said else _("已交给打印机")


def read_start(text: str) -> datetime:
    """The instant a text names; BadInput in plain words where it names none."""
    try:
        return parse_instant(text)
    except BadInstant as error:
        raise BadInput(instant_message(error)) from error


def read_limit(text: str) -> Limit:
    """The limit a text names; BadInput with position and accepted forms where it names none."""
    try:
        return parse(text)
    except BadLimit as error:
        raise BadInput(limit_message(error)) from error


def read_pause(text: str) -> Pause:
    """`FROM/TO` or `FROM/TO/REASON`; BadInput where it is none or ends before it begins."""
    begin, _stroke, rest = text.partition("/")
    end, _stroke, reason = rest.partition("/")
    pause = Pause(read_start(begin), read_start(end), one_line(reason.strip()))
    if pause.to_at <= pause.from_at:
        raise BadInput(_("暂停“{text}”的止不在起之后").format(text=cut(one_line(text), 80)[0]))
    return pause


def find_due(
    limit: Limit,
    start_at: datetime,
    switches: counting.Counting,
    calendar: Calendar | None = None,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Limit] = (),
) -> Due:
    """The due time and its ledger; BadInput in plain words where it cannot be counted."""
    try:
        return explained(
            limit,
            start_at,
            counting=switches,
            calendar=calendar,
            pauses=pauses,
            extensions=extensions,
        )
    except counting.BeyondCalendar as error:
        raise BadInput(beyond_message(error)) from error


def counting_of(
    procedure: str | None, given: Mapping[str, str | None] | None = None
) -> counting.Counting:
    """The counting switches of a procedure, the defaults without one; `given` ones stand above."""
    values: dict[str, Any] = {}
    if procedure is not None:
        from dutydesk.config.procedures import load  # slow import

        values.update(load(procedure).values)
    options = {name: value.strip() for name, value in (given or {}).items() if value is not None}
    for name, value in options.items():
        if value not in counting.SWITCHES[name]:
            said = _("没有“{value}”这种计法").format(value=cut(one_line(value), 40)[0])
            known = " | ".join(counting.SWITCHES[name])
            raise BadInput(f"--{name.replace('_', '-')}: {said}", expected=known)
    return switches("" if options else procedure or "", {**values, **options})


def switches(procedure: str, values: Mapping[str, Any]) -> counting.Counting:
    """The switches among a procedure's values; BadInput where one has no known value."""
    try:
        return counting.Counting.of(values)
    except ValueError as error:
        raise BadInput(cut(one_line(str(error)), 200)[0], file=procedure or None) from error


def as_document(start_at: datetime, limit: str, found: Due) -> dict[str, Any]:
    """The contract's JSON document."""
    from dutydesk.views.why import as_json  # slow import

    return {
        "from": iso(start_at),
        "limit": limit,
        "due_at": iso(found.due_at),
        "rule": found.rule.value,
        "ledger": [as_json(stretch) for stretch in found.ledger],
        "warnings": [warning_words(warned) for warned in found.warnings],
    }


def as_text(start_at: datetime, limit: str, found: Due) -> str:
    """The answer as lines for a person."""
    lines = [
        _("起算 {at}  时限 {limit}").format(at=_plain(start_at), limit=" ".join(limit.split())),
        _("到期 {at}（+08:00）").format(at=_plain(found.due_at)),
        _("规则 {rule}").format(rule=rule_words(found.rule)),
    ]
    lines += [
        _("  {start} → {end}  计 {seconds} 秒  {why}").format(
            start=_plain(stretch.from_at),
            end=_plain(stretch.to_at),
            seconds=stretch.counted_s,
            why=stretch_words(stretch),
        )
        for stretch in found.ledger
    ]
    lines += [_("注意 {warning}").format(warning=warning_words(each)) for each in found.warnings]
    return "\n".join(lines)


def _plain(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
