"""`dutydesk contacts`: the list of whom the desk rings, in from a file, shown, out into one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.i18n import _
from dutydesk.text import cleaned

AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]
SHOWN_ROWS = 20


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("xlsx、csv 等通讯录文件"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("只看结果，不写入"))] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("文件就是全部名单：里面没有的人从通讯录去掉"))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a list of contacts; exit code 1 where rows were rejected."""
    from dutydesk.desk.contacts import import_contacts  # slow import

    using = here.settings()
    with here.desk(using=using) as desk:
        whole = here.sitting(desk, using) if replace else None
        found = import_contacts(desk, file, dry_run=dry_run, whole=whole)
    if as_json:
        outlet.say_json(asdict(found))
    else:
        said = _("共 {rows} 行，新 {new}，变 {changed}，同 {unchanged}，拒 {refused}")
        if replace and not found.rejected:
            said += _("；从通讯录去掉 {removed}").format(removed=found.removed)
        counts = {n: getattr(found, n) for n in ("rows", "new", "changed", "unchanged")}
        if dry_run:
            outlet.say(_("只是预览，没有写入"))
        outlet.say(said.format(refused=len(found.rejected), **counts))
        for row in found.rejected[:SHOWN_ROWS]:
            text = _("第 {row} 行 {column}：{reason}")
            outlet.tell(text.format(row=row.row, column=row.column or "", reason=row.reason))
        if (more := len(found.rejected) - SHOWN_ROWS) > 0:
            outlet.tell(_("另有 {count} 行被拒；用 --json 看全部").format(count=more))
    if found.rejected:
        if replace:
            outlet.tell(_("有行被拒，所以没有从通讯录去掉任何人：改好这些行再导入"))
        raise typer.Exit(1)


def list_(
    find: Annotated[
        str | None, typer.Option("--find", metavar="T", help=N_("首字母、汉字、单位或号码"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The people whom the desk rings, of the roster and the list; their numbers covered."""
    from dutydesk.views.contacts import People  # slow import

    with here.desk() as desk:
        rows = desk.read(People(cleaned(find) or "", limit=10_000))
    if as_json:
        outlet.say_json({"people": [{"party": row.party, **row._asdict()} for row in rows]})
        return
    for row in rows:
        told = (row.unit, row.name, row.kind, row.grid or "", row.phone, row.alternate, row.note)
        outlet.say("  ".join(part for part in told if part))
    outlet.say(_("{count} 人").format(count=len(rows)))


def remove(
    party: Annotated[str, typer.Argument(metavar="PARTY", help=N_("单位和姓名，像列表里那样"))],
    as_json: AsJson = False,
) -> None:
    """Take somebody off the list, his numbers with him; that goes on the record."""
    from dutydesk.desk.contacts import remove_contact  # slow import

    using = here.settings()
    with here.desk(using=using) as desk:
        found = remove_contact(desk, cleaned(party) or "", here.sitting(desk, using))
    if as_json:
        outlet.say_json({"unit": found.unit, "name": found.name})
    else:
        who = f"{found.unit} {found.name}".strip()
        outlet.say(_("从通讯录去掉 {names}").format(names=who))


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("写到哪个文件"))],
    as_json: AsJson = False,
) -> None:
    """Write the contacts with their numbers; that they left goes on the record."""
    from dutydesk.desk.contacts import export_contacts  # slow import

    using = here.settings()
    with here.desk(using=using) as desk:
        count = export_contacts(desk, file, here.sitting(desk, using))
    if as_json:
        outlet.say_json({"file": str(file), "rows": count})
    else:
        outlet.say(_("已写出 {count} 条到 {file}").format(count=count, file=file))
