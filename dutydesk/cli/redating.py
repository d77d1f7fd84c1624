"""`dutydesk procedure|calendar|matters redate`: old due → new due, then the act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.errors import Refused
from dutydesk.i18n import _
from dutydesk.workflow.time.zone import iso

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.redating import Redated
    from dutydesk.workflow.cases.model import Actor

REASON = N_("为什么改期限；写进每件案件的经过")
YES = N_("确认改期限；不写只给看")
BY = N_("谁改，默认管理员")
CLOCK = N_("只改这个时限")
AS_JSON = N_("输出 JSON")

Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=REASON)]
Yes = Annotated[bool, typer.Option("--yes", help=YES)]
By = Annotated[str | None, typer.Option("--by", metavar="ROLE[:NAME]", help=BY)]
Only = Annotated[str | None, typer.Option("--clock", metavar="NAME", help=CLOCK)]
AsJson = Annotated[bool, typer.Option("--json", help=AS_JSON)]


def redate(
    reason: Reason = "",
    yes: Yes = False,
    by: By = None,
    clock: Only = None,
    as_json: AsJson = False,
) -> None:
    """Which open cases today's rules would date otherwise; with --yes and --reason re-date them."""
    _redate(reason, yes, by, clock, as_json)


def redate_calendar(
    reason: Reason = "",
    yes: Yes = False,
    by: By = None,
    clock: Only = None,
    as_json: AsJson = False,
) -> None:
    """Which open cases today's calendar would date otherwise; with --yes and --reason re-date."""
    _redate(reason, yes, by, clock, as_json, "calendar")


def redate_matters(
    reason: Reason = "",
    yes: Yes = False,
    by: By = None,
    clock: Only = None,
    as_json: AsJson = False,
) -> None:
    """Which open cases the matter table of now would date otherwise; --yes and --reason re-date."""
    _redate(reason, yes, by, clock, as_json, "matters")


def _redate(
    reason: str, yes: bool, by: str | None, clock: str | None, as_json: bool, only: str = ""
) -> None:
    from dutydesk.desk.redating import Redating  # slow import
    from dutydesk.desk.redating import redate as redate_all  # slow import

    with here.desk() as desk:
        found = desk.read(Redating(only == "calendar", only == "matters"))
        if clock is not None:
            found = tuple(each for each in found if each.clock == clock)
        name, refused = "", list[tuple[str, Refused]]()
        if yes and found:
            name, refused = redate_all(desk, found, _actor(by, desk), reason)
        if as_json:
            outlet.say_json(_document(found, name, reason, refused))
        else:
            _tell(desk, found, name, refused, yes=yes)
    if refused:
        raise typer.Exit(Refused.exit_code)


def _actor(by: str | None, desk: Desk) -> Actor:
    """Who re-dates: as given, else whom the procedure lets do it (X-9.1)."""
    from dutydesk.workflow.cases.model import Actor  # slow import

    procedure = desk.ground.procedure
    if by is not None:
        return here.actor(by, procedure)
    rows = [row for row in procedure.transitions if row.verb == "redate"]
    return Actor(rows[0].by[0])


def _document(
    found: tuple[Redated, ...], name: str, reason: str, refused: list[tuple[str, Refused]]
) -> dict[str, Any]:
    return {
        "applied": bool(name),
        "list": name or None,
        "reason": reason.strip() or None,
        "cases": len({each.no for each in found}),
        "clocks": rows(found),
        "refused": [{"case": no, "code": answer.code} for no, answer in refused],
    }


def rows(found: tuple[Redated, ...]) -> list[dict[str, Any]]:
    """The clocks of a list as JSON: old due time, new one, the rules of both."""
    return [
        {
            "case": each.no,
            "run": each.run,
            "clock": each.clock,
            "party": each.party,
            "due_at": iso(each.due_at),
            "would_be": iso(each.would_be),
            "rule": each.rule,
            "new_rule": each.new_rule,
        }
        for each in found
    ]


def _tell(
    desk: Desk,
    found: tuple[Redated, ...],
    name: str,
    refused: list[tuple[str, Refused]],
    *,
    yes: bool,
) -> None:
    from dutydesk.views.wording import word  # slow import

    for each in found:
        label = desk.words.clock(each.clock)
        who = f"{label} {each.party or ''}".strip()
        outlet.say(f"{each.no}  {who}  {iso(each.due_at)} → {iso(each.would_be)}")
    for no, answer in refused:
        outlet.tell(f"{no}: {word(answer, desk.words)}")
    if not found:
        outlet.say(_("没有要改期限的在办案件"))
    elif name:
        done = len({each.no for each in found}) - len(refused)
        outlet.say(_("已按清单 {list} 改 {count} 件的期限").format(list=name, count=done))
    elif not yes:
        cases = len({each.no for each in found})
        said = _("{count} 件在办案件会改期；没有改动，确认请加 --yes 和 --reason")
        outlet.say(said.format(count=cases))
