"""`dutydesk matters`: the matter table, in from a case standards file, listed, shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.redating import redate_matters as redate
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cleaned, cut, one_line
from dutydesk.workflow.time.zone import iso

if TYPE_CHECKING:
    from dutydesk.desk.books import BookLoaded
    from dutydesk.intake.books.sheet import RefusedLine
    from dutydesk.workflow.matters import Standard

__all__ = ["list_", "load", "redate", "show"]

AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]
SHOWN_CELLS = 60
SHOWN = 20
"""How many changes, refusals and unnamed entries are told one by one; `--json` tells all."""


def load(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("立结案标准表：xlsx、csv 等"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("只看结果，不写入"))] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a case standards table; exit code 1 where lines were refused."""
    from dutydesk.cli.redating import rows  # slow import
    from dutydesk.desk.matters import load_matters, moved_by  # slow import

    using = here.settings()
    with here.desk(using=using) as desk:
        found = load_matters(desk, file, here.sitting(desk, using), dry_run=dry_run)
        moved = moved_by(desk, found)
    cases = len({each.no for each in moved})
    if as_json:
        outlet.say_json(loaded_document(found) | {"cases": cases, "clocks": rows(moved)})
    else:
        told(found, _("事项表"))
        said = _("按这一版另算，{count} 件在办案件会改期；已起算的不随之改，要改用 matters redate")
        outlet.say(said.format(count=cases))
    if found.refused:
        raise typer.Exit(1)


def list_(
    find: Annotated[
        str | None, typer.Option("--find", metavar="T", help=N_("代码、小类名称或其中几个字"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The matter table: code, class, filing condition, limit."""
    from dutydesk.desk.books import editions  # slow import
    from dutydesk.workflow.matters import folded  # slow import

    with here.desk() as desk:
        table, made = desk.context.matters(), editions(desk, "matters")
    wanted = folded(cleaned(find) or "")
    rows = [one for one in table.standards if wanted in folded(f"{one.text} {one.filing}")]
    if as_json:
        outlet.say_json(
            {
                "edition": table.edition,
                "editions": [{**asdict(one), "at": iso(one.at)} for one in made],
                "matters": [asdict(one) for one in rows],
            }
        )
        return
    if not table.standards:
        outlet.say(_("事项表还没有装入；装入：dutydesk matters load 文件"))
        return
    cells = [[one.code, one.small, one.limit, one_line(one.filing)] for one in rows]
    for line in columns(cells, widest=60):
        outlet.say(line)
    outlet.say(
        _("第 {edition} 版，{at} 由 {by} 从 {file} 装入，共 {count} 条").format(
            edition=table.edition,
            at=f"{made[0].at:%Y-%m-%d %H:%M}",
            by=made[0].by,
            file=made[0].file,
            count=len(table.standards),
        )
    )


def show(
    matter: Annotated[str, typer.Argument(metavar="MATTER", help=N_("代码或小类名称"))],
    as_json: AsJson = False,
) -> None:
    """Everything that the table says of one matter, and which editions said it."""
    from dutydesk.desk.books import history  # slow import

    with here.desk() as desk:
        found = desk.context.matters().find(cleaned(matter) or "")
        past = {one.code: history(desk, "matters", one.code) for one in found}
    if not found:
        raise BadInput(
            _("事项表里没有“{matter}”").format(matter=one_line(matter)),
            expected=_("dutydesk matters list 列出的代码或小类名称"),
        )
    if as_json:
        outlet.say_json({"matters": [asdict(one) | {"history": past[one.code]} for one in found]})
        return
    for one in found:
        for label, text in _lines(one):
            outlet.say(f"{label}  {text}")
        for row in past[one.code]:
            outlet.say(_("第 {edition} 版  {what}").format(edition=row["edition"], what=_said(row)))
        outlet.say("")


def loaded_document(found: BookLoaded) -> dict[str, Any]:
    """What became of a list's file, as JSON."""
    one = found.difference
    return {
        "file": found.file,
        "rows": found.rows,
        "edition": found.edition,
        "applied": not found.dry_run and not one.nothing,
        "added": list(one.added),
        "changed": [asdict(change) for change in one.changes],
        "unchanged": len(one.unchanged),
        "not_in_file": list(one.absent),
        "rejected": [asdict(row) for row in found.refused],
    }


def told(found: BookLoaded, title: str, word: Callable[[str], str] | None = None) -> None:
    """What became of a list's file, for a person: counts, then change by change.

    `word` says what a field is called.
    """
    word = word or field_word
    one = found.difference
    if found.dry_run:
        outlet.say(_("只是预览，没有写入"))
    outlet.say(
        _("共 {rows} 行，新 {new}，变 {changed}，同 {same}，拒 {refused}").format(
            rows=found.rows,
            new=len(one.added),
            changed=len(one.changed),
            same=len(one.unchanged),
            refused=len(found.refused),
        )
    )
    for change in one.changes[:SHOWN]:
        outlet.say(
            _("{name}  {field}：{old} → {new}").format(
                name=found.names[change.code],
                field=word(change.field),
                old=_short(change.old) or "—",
                new=_short(change.new) or "—",
            )
        )
    _more(len(one.changes))
    if one.absent:
        outlet.say(_("文件里没有的 {count} 条，照旧保留").format(count=len(one.absent)))
    _refusals(found.refused)
    outlet.say(
        _("{title}没有变，仍是第 {edition} 版").format(title=title, edition=found.edition)
        if one.nothing
        else _("{title}现在是第 {edition} 版").format(title=title, edition=found.edition)
        if not found.dry_run
        else _("确认请去掉 --dry-run")
    )


def _refusals(rows: Sequence[RefusedLine]) -> None:
    """The refused lines one by one; the accepted forms of a limit once."""
    forms: dict[str, None] = {}
    for row in rows[:SHOWN]:
        reason, *rest = row.reason.split("\n")
        said = _("{sheet} 第 {row} 行 {column}：{reason}").format(
            sheet=row.sheet, row=row.row, column=row.column or "", reason=reason
        )
        outlet.tell("\n".join([said.strip(), *rest[:-1]]))
        forms.update(dict.fromkeys(rest[-1:]))
    for line in forms:
        outlet.tell(line)
    _more(len(rows))


def _short(text: str) -> str:
    return cut(one_line(text), SHOWN_CELLS)[0]


def field_word(name: str) -> str:
    """What a field of a list is called."""
    words = {
        "kind": _("类型"),
        "big_code": _("大类代码"),
        "big": _("大类"),
        "small_code": _("小类代码"),
        "small": _("小类"),
        "unit": _("处置单位"),
        "owner": _("主管部门"),
        "filing": _("立案条件"),
        "closing": _("结案条件"),
        "limit": _("时限"),
        "basis": _("依据"),
    }
    return words.get(name, name)


def _more(count: int) -> None:
    if count > SHOWN:
        outlet.say(_("另有 {count} 处；用 --json 看全部").format(count=count - SHOWN))


def _lines(one: Standard) -> list[tuple[str, str]]:
    told_of = [(_("代码"), one.code)]
    return told_of + [
        (field_word(name), text) for name, text in asdict(one).items() if text and name != "code"
    ]


def _said(row: dict[str, Any]) -> str:
    if row["added"]:
        return _("新增")
    return "；".join(
        _("{field}：{old} → {new}").format(
            field=field_word(c["field"]), old=c["old"] or "—", new=c["new"] or "—"
        )
        for c in row["changed"]
    )
