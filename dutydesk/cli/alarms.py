"""`dutydesk alarms`, `ladder`, `forecast`: what calls, who would be told, what turns red next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.tabular import columns
from dutydesk.cli.typed import read_when
from dutydesk.cli.words import N_
from dutydesk.errors import BadInput
from dutydesk.i18n import _, listed
from dutydesk.workflow.time.zone import to_local

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.views.alarms import AlarmRow
    from dutydesk.views.forecast import ForecastRow

Lines = Annotated[bool, typer.Option("--json", help=N_("每行一个 JSON"))]
Which = Annotated[
    str,
    typer.Option(
        "--list",
        metavar="L",
        help=N_("standing 现在的、shelved 搁置的、late 迟到的、today 今天全部"),
    ),
]
Keys = Annotated[list[str], typer.Argument(metavar="KEY…", help=N_("告警的编号，见 alarms list"))]
Some = Annotated[
    list[str] | None, typer.Argument(metavar="KEY…", help=N_("告警的编号；不写就是全部"))
]
Number = Annotated[str, typer.Argument(metavar="NO", help=N_("案件编号或末几位"))]
Until = Annotated[
    str | None, typer.Option("--until", metavar="TIME", help=N_("到几时；不写就是十分钟"))
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=N_("为什么；过十分钟必填"))]
Minutes = Annotated[int, typer.Option("--minutes", metavar="N", min=1, max=1440, help=N_("多久"))]


def list_(which: Which = "standing", as_json: Lines = False) -> None:
    """List the alarms, what calls first; the figures at the end."""
    from dutydesk.views.alarm_list import LISTS, AlarmBook, as_document  # slow import

    if which not in LISTS:
        message = _("没有“{which}”这一栏").format(which=which)
        raise BadInput(message, expected=", ".join(LISTS))
    with here.desk() as desk:
        found, now = desk.read(AlarmBook(which)), desk.now()
        lines = [_row(row, desk, now) for row in found.rows]
    if as_json:
        for row in found.rows:
            outlet.say_json(as_document(row))
        return
    for line in columns(lines, widest=60):
        outlet.say(line)
    figures = found.figures
    said = _("{count} 条；近一小时 {hour}，未了 {standing}，超过一天 {stale}，搁置 {shelved}")
    outlet.say(
        said.format(
            count=len(found.rows),
            hour=figures.hour,
            standing=figures.standing,
            stale=figures.stale,
            shelved=figures.shelved,
        )
    )


def _row(row: AlarmRow, desk: Desk, now: datetime) -> list[str]:
    from dutydesk.views.alarm_list import PRIORITIES, at, state_words  # slow import
    from dutydesk.views.alarms import worded  # slow import

    said = worded(row, int(now.timestamp()) * 1000, desk.words)
    when = f"{at(row.raised_at):%m-%d %H:%M}"
    state, priority = state_words(row, desk.words, now), _(PRIORITIES[row.priority])
    return [row.key, when, row.light, priority, state, " ".join(part for part in said if part)]


def acknowledge(keys: Some = None, as_json: Lines = False) -> None:
    """Acknowledge alarms, all of the area without a key."""
    from dutydesk.desk.alarming import acknowledge as do  # slow import

    with here.desk() as desk:
        done = do(desk, here.sitting(desk, here.settings()), keys or None)
    _said(done, as_json, _("已确认 {count} 条").format(count=len(done)))


def shelve(keys: Keys, until: Until = None, reason: Reason = "", as_json: Lines = False) -> None:
    """Put alarms aside: ten minutes without a reason, a day at most with one."""
    from dutydesk.desk.alarming import shelve as do  # slow import
    from dutydesk.workflow.alarms.states import AGAIN  # slow import

    with here.desk() as desk:
        end = read_when(until, desk.now()) if until is not None else desk.now() + AGAIN
        done = do(desk, here.sitting(desk, here.settings()), keys, end, reason)
    said = _("搁置 {count} 条，到 {time}")
    _said(done, as_json, said.format(count=len(done), time=f"{to_local(end):%m-%d %H:%M}"))


def unshelve(keys: Keys, as_json: Lines = False) -> None:
    """Take shelved alarms back before their time."""
    from dutydesk.desk.alarming import unshelve as do  # slow import

    with here.desk() as desk:
        done = do(desk, here.sitting(desk, here.settings()), keys)
    _said(done, as_json, _("取回 {count} 条").format(count=len(done)))


def history(
    key: Annotated[str, typer.Argument(metavar="KEY", help=N_("告警的编号，见 alarms list"))],
    as_json: Lines = False,
) -> None:
    """Say what became of one alarm: who, when, why, until when."""
    from dutydesk.views.alarm_list import DID, AlarmHistory  # slow import
    from dutydesk.workflow.time.zone import iso  # slow import

    with here.desk() as desk:
        steps = desk.read(AlarmHistory(key))
    for step in steps:
        until = iso(step.until) if step.until is not None else None
        if as_json:
            outlet.say_json(
                {
                    "at": iso(step.at),
                    "did": step.did,
                    "by": step.by,
                    "reason": step.reason,
                    "until": until,
                }
            )
            continue
        parts = [f"{to_local(step.at):%m-%d %H:%M:%S}", _(DID[step.did]), step.by]
        outlet.say("  ".join([*parts, *(part for part in (step.reason, until) if part)]))
    if not steps and not as_json:
        outlet.say(_("这条告警之后没有人动过"))


def ladder(no: Number, as_json: Lines = False) -> None:
    """Say who would be told of a case, when and by which channel, if nobody acts."""
    from dutydesk.views.alarm_list import SILENCES  # slow import
    from dutydesk.views.ladder import LadderAhead, as_document, channel_words  # slow import
    from dutydesk.views.standing import told_words  # slow import

    with here.desk() as desk:
        plan = desk.read(LadderAhead(desk.resolve(no), desk.ground.carries))
        words = desk.words
    rows = plan.rows if plan is not None else ()
    found = []
    for row in rows:
        if as_json:
            outlet.say_json({"case": plan.no if plan else None, **as_document(row)})
            continue
        reached = (
            f"{listed(told_words((one.told,), words))} {channel_words(one.channel)} {one.number}"
            for one in row.reached
        )
        quiet = _(SILENCES[row.silence]) if row.silence else ""
        step = f"{words.clock(row.clock)} {row.party or ''}".strip()
        when = f"{to_local(row.at):%m-%d %H:%M}"
        found.append([when, row.light, step, "；".join(one.strip() for one in reached), quiet])
    for line in columns(found, widest=90):
        outlet.say(line)
    if not rows and not as_json:
        outlet.say(_("没有时限在走，不会再告诉谁"))


def forecast(minutes: Minutes = 60, as_json: Lines = False) -> None:
    """List what breaches next, the first first, with the act that saves each."""
    from dutydesk.views.forecast import MinutesToRed, as_documents  # slow import

    with here.desk() as desk:
        found, now = desk.read(MinutesToRed(timedelta(minutes=minutes))), desk.now()
        words = desk.words
    if as_json:
        for document in as_documents(found, now):
            outlet.say_json(document)
        return
    rows = [_breach(row, now) for row in found.rows]
    for row, source in zip(rows, found.rows, strict=True):
        row[3] = words.clock(source.clock)
        row[5] = words.verb(source.act) if source.act else _("去催")
    for line in columns(rows, widest=40):
        outlet.say(line)
    for crowd in found.crowds:
        said = _("{time} 起 {unit} {count} 件一起超时").format(
            time=f"{to_local(crowd.from_at):%H:%M}",
            unit=words.party(crowd.unit),
            count=len(crowd.cases),
        )
        outlet.say(said)
    outlet.say(_("{count} 件").format(count=len(found.rows)))


def _breach(row: ForecastRow, now: datetime) -> list[str]:
    left = int((row.due_at - now).total_seconds() // 60)
    minutes = _("{minutes} 分").format(minutes=left)
    when = f"{to_local(row.due_at):%H:%M}"
    return [when, minutes, row.case, row.clock, row.unit, row.act or "", row.place]


def _said(done: tuple[str, ...], as_json: bool, words: str) -> None:
    if outlet.answers_json(as_json):
        outlet.say_json({"alarms": list(done)})
    else:
        outlet.say(words)
