"""`dutydesk due`: when a limit ends, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from dutydesk.cli.words import N_
from dutydesk.config.time_words import (
    beyond_message,
    instant_message,
    limit_message,
    not_counted_message,
    rule_words,
    warning_words,
    why_words,
)
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.time import counting
from dutydesk.workflow.time.ledger import Due, Stretch
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
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """何时到期，为什么。"""
    start_at, wanted = read_start(from_), read_limit(limit)
    found = find_due(wanted, start_at, counting_of(procedure))
    if as_json:
        typer.echo(json.dumps(as_document(start_at, limit, found), ensure_ascii=False))
    else:
        typer.echo(as_text(start_at, limit, found))


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


def find_due(limit: Limit, start_at: datetime, switches: counting.Counting) -> Due:
    """The due time and its ledger; BadInput in plain words where it cannot be counted."""
    try:
        return counting.due(limit, start_at, counting=switches)
    except counting.NotCountedYet as error:
        raise BadInput(not_counted_message(error)) from error
    except counting.BeyondCalendar as error:
        raise BadInput(beyond_message(error)) from error


def counting_of(procedure: str | None) -> counting.Counting:
    """The counting switches of a procedure, the defaults without one."""
    if procedure is None:
        return counting.DEFAULT_COUNTING
    from dutydesk.config.procedures import load  # slow import

    return switches(procedure, load(procedure).values)


def switches(procedure: str, values: Mapping[str, Any]) -> counting.Counting:
    """The switches among a procedure's values; BadInput where one has no known value."""
    given = {name: values[name] for name in ("natural_day", "working_day") if name in values}
    try:
        return counting.Counting(**given)
    except ValueError as error:
        raise BadInput(str(error), file=procedure) from error


def as_document(start_at: datetime, limit: str, found: Due) -> dict[str, Any]:
    """The contract's JSON document."""
    return {
        "from": iso(start_at),
        "limit": limit,
        "due_at": iso(found.due_at),
        "rule": found.rule.value,
        "ledger": [_row(stretch) for stretch in found.ledger],
        "warnings": [warning_words(warned) for warned in found.warnings],
    }


def _row(stretch: Stretch) -> dict[str, Any]:
    return {
        "from": iso(stretch.from_at),
        "to": iso(stretch.to_at),
        "counted_s": stretch.counted_s,
        "why": stretch.why.value,
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
            why=why_words(stretch.why),
        )
        for stretch in found.ledger
    ]
    lines += [_("注意 {warning}").format(warning=warning_words(each)) for each in found.warnings]
    return "\n".join(lines)


def _plain(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
