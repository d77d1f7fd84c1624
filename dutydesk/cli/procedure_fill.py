"""`dutydesk procedure fill`: a list that the source does not give, from a file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dutydesk.cli import outlet
from dutydesk.cli.words import N_
from dutydesk.clock import SystemClock
from dutydesk.i18n import _, listed


def fill(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help=N_("规程名，或规程文件 .toml"))],
    slot: Annotated[str, typer.Argument(metavar="SLOT", help=N_("清单的代码，见 procedure show"))],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("toml、xlsx、csv 等"))],
    committee: Annotated[
        str | None,
        typer.Option("--for", metavar="COMMITTEE", help=N_("只给这个居（村）：一居一方案的自选项")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("只看结果，不写入"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """Fill a slot whole, with the counts of its text; local additions are counted apart."""
    from dutydesk.desk.slots import fill_slot, fill_variant  # slow import

    now = SystemClock().now()
    if committee is None:
        found = fill_slot(name, slot, file, now, dry_run=dry_run)
    else:
        found = fill_variant(name, slot, file, now, committee, dry_run=dry_run)
    if as_json:
        outlet.say_json(
            {
                "procedure": found.procedure,
                "slot": found.slot,
                "applied": not found.dry_run,
                **found.counts._asdict(),
                "added": list(found.added),
                "removed": list(found.removed),
                "file": found.place,
            }
        )
        return
    if found.dry_run:
        outlet.say(_("只是预览，没有写入"))
    outlet.say(
        _("{slot}：规定 {classes} 类 {items} 项，自选 {own} 项").format(
            slot=found.slot, **found.counts._asdict()
        )
    )
    for words, items in ((_("新增：{items}"), found.added), (_("去掉：{items}"), found.removed)):
        if items:
            outlet.say(words.format(items=listed(items)))
    if not found.dry_run:
        outlet.say(_("记在 {file}；开着的值班台重开后生效").format(file=found.place))
