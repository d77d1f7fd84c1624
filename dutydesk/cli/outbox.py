"""`dutydesk outbox`: what became of each message, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.tabular import columns
from dutydesk.cli.typed import read_when
from dutydesk.cli.words import N_
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.time.zone import iso, to_local

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.views.outbox import OutboxRow
    from dutydesk.workflow.cases.model import Actor

Lines = Annotated[bool, typer.Option("--json", help=N_("每行一个 JSON"))]
AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]
Key = Annotated[str, typer.Argument(metavar="KEY", help=N_("消息的编号，如 outbox list 所列"))]
EVERY = 10_000


def list_(
    all_: Annotated[bool, typer.Option("--all", help=N_("连已发的和不再发的"))] = False,
    as_json: Lines = False,
) -> None:
    """What needs a person first, then what is on its way."""
    with here.desk() as desk:
        from dutydesk.views.outbox import Outbox  # slow import

        found = desk.read(Outbox(all_, EVERY))
    if as_json:
        for row in found.rows:
            outlet.say_json(as_document(row))
        return
    for line in columns([_cells(row) for row in found.rows]):
        outlet.say(line)
    outlet.say(_("要人处理 {needs} 条").format(needs=found.needs))


def show(key: Key, as_json: AsJson = False) -> None:
    """One message whole, its numbers covered."""
    with here.desk() as desk:
        from dutydesk.views.outbox import Outbox  # slow import

        row = next((r for r in desk.read(Outbox(True, EVERY)).rows if r.key == key), None)
    if row is None:
        raise BadInput(_("没有这条消息：{key}").format(key=shown(key)))
    if as_json:
        outlet.say_json(as_document(row))
        return
    outlet.say("  ".join(cell for cell in _cells(row) if cell))
    outlet.say(row.text)


def resend(key: Key, as_json: AsJson = False) -> None:
    """Send once more what failed or is unclear: a choice, never done by itself."""
    from dutydesk.desk.outboxing import resend as work  # slow import

    _decide(key, work, _("会再发一次：{key}"), as_json)


def confirm(key: Key, as_json: AsJson = False) -> None:
    """Say that it was sent by hand, or told face to face or by telephone."""
    from dutydesk.desk.outboxing import confirm as work  # slow import

    _decide(key, work, _("记为已由人发出或告知：{key}"), as_json)


def drop(key: Key, as_json: AsJson = False) -> None:
    """Take it off the list unsent."""
    from dutydesk.desk.outboxing import give_up as work  # slow import

    _decide(key, work, _("不再发：{key}"), as_json)


def counts(
    since: Annotated[
        str | None, typer.Option("--from", metavar="T", help=N_("从何时起；缺省三十天前"))
    ] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="T", help=N_("到何时止"))] = None,
    as_json: Lines = False,
) -> None:
    """Messages and answers of each recipient in a period (X-7.1.2)."""
    with here.desk() as desk:
        from dutydesk.views.reached import PushCounts  # slow import

        now = desk.now()
        end = read_when(until, now) if until else now + timedelta(seconds=1)
        start = read_when(since, now) if since else now - timedelta(days=30)
        rows = desk.read(PushCounts(start, end))
    if as_json:
        for row in rows:
            outlet.say_json({**row._asdict(), "from": iso(start), "to": iso(end)})
        return
    heads = [_("对象"), _("推送"), _("已发"), _("没有发出"), _("不知"), _("有回应")]
    for line in columns([heads, *([str(cell) for cell in row] for row in rows)]):
        outlet.say(line)


def preview(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=N_("消息种类，如 urge"))],
    case: Annotated[str, typer.Argument(metavar="NO", help=N_("案件编号或尾号"))],
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help=N_("消息里的栏目，可写几个")),
    ] = None,
) -> None:
    """The text that a message of this kind would have for a case, its numbers covered."""
    from dutydesk.desk.outboxing import previewed  # slow import

    fields = dict(_pair(text) for text in given or ())
    using = here.settings()
    with here.desk(using=using) as desk:
        text = previewed(desk, kind, desk.resolve(case), fields, here.sitting(desk, using))
    outlet.say(text)


def as_document(row: OutboxRow) -> dict[str, Any]:
    """One message as JSON."""
    return {
        "key": row.key,
        "case": row.case,
        "kind": row.kind,
        "channel": row.channel,
        "recipient": row.recipient,
        "state": row.state,
        "reason": row.reason,
        "message": row.reason_label,
        "tries": row.tries,
        "created_at": iso(row.created_at),
        "changed_at": iso(row.changed_at),
        "sent_at": iso(row.sent_at) if row.sent_at else None,
        "by": row.by,
        "receipt": row.receipt,
        "needs_a_person": row.needs,
        "text": row.text,
    }


def _decide(
    key: str, work: Callable[[Desk, Sequence[str], Actor], int], said: str, as_json: bool
) -> None:
    using = here.settings()
    with here.desk(using=using) as desk:
        done = work(desk, [key], here.sitting(desk, using))
    if as_json:
        outlet.say_json({"key": key, "done": done})
    elif done:
        outlet.say(said.format(key=key))
    else:
        outlet.say(_("没有变动：这条消息已发，或正在发"))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadInput(_("--set 要写成 栏目=内容，读到 {text}").format(text=shown(text)))
    return name.strip(), value


def _cells(row: OutboxRow) -> list[str]:
    return [
        row.key,
        f"{to_local(row.changed_at):%m-%d %H:%M}",
        row.kind_label,
        f"{row.recipient} {row.person}".strip(),
        row.channel,
        row.state_label,
        row.reason_label,
    ]
