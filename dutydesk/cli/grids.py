"""`dutydesk grids`: the register of grids, in from files, listed, shown and checked."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.matters import AsJson, loaded_document, told
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.i18n import _, listed
from dutydesk.text import cleaned, one_line

if TYPE_CHECKING:
    from dutydesk.workflow.check_grids import Finding
    from dutydesk.workflow.grids import GridRecord


def load(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("台账 xlsx、csv，边界 geojson"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("只看结果，不写入"))] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a register of grids or their boundaries; exit code 1 where lines were refused."""
    from dutydesk.desk.grids import load_grids  # slow import

    using = here.settings()
    with here.desk(using=using) as desk:
        found = load_grids(desk, file, here.sitting(desk, using), dry_run=dry_run)
    if as_json:
        outlet.say_json(loaded_document(found))
    else:
        told(found, _("网格台账"), grid_word)
    if found.refused:
        raise typer.Exit(1)


def list_(
    find: Annotated[
        str | None, typer.Option("--find", metavar="T", help=N_("编码、名称或其中几个字"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The grids of the register in their order, retired ones marked."""
    from dutydesk.workflow.matters import folded  # slow import

    with here.desk() as desk:
        records = desk.ground.books.grids.records
    wanted = folded(cleaned(find) or "")
    rows = [one for one in records if wanted in folded(f"{one.code} {one.name}")]
    if as_json:
        outlet.say_json({"grids": [_document(one) for one in rows]})
        return
    cells = [
        [one.code, one.name, one.level, one.layer or one.kind, one.households, _retired(one)]
        for one in rows
    ]
    for line in columns(cells, widest=40):
        outlet.say(line)
    outlet.say(_("{count} 个网格").format(count=len(rows)))


def show(
    grid: Annotated[str, typer.Argument(metavar="GRID", help=N_("编码或名称"))],
    as_json: AsJson = False,
) -> None:
    """Everything about a grid, and which professional grids and teams lie over it."""
    from dutydesk.desk.grids import record  # slow import

    with here.desk() as desk:
        grids = desk.ground.books.grids
        found = record(desk, cleaned(grid) or "")
    rows = [(one, grids.below(one.code), grids.over(one.code)) for one in found]
    if as_json:
        told_of = [
            _document(one)
            | {"below": [r.code for r in below], "over": [_document(r) for r in over]}
            for one, below, over in rows
        ]
        outlet.say_json({"grids": told_of})
        return
    for one, below, over in rows:
        for name, text in asdict(one).items():
            if text and name != "boundary":
                outlet.say(f"{grid_word(name)}  {one_line(text)}")
        if one.boundary:
            outlet.say(_("边界  {count} 个面").format(count=len(one.shape)))
        if below:
            outlet.say(_("下级  {names}").format(names=listed(r.name for r in below)))
        for other in over:
            outlet.say(
                _("叠加  {layer} {name} {staff}")
                .format(layer=other.layer, name=other.name, staff=other.staff)
                .rstrip()
            )
        outlet.say("")


def check(
    places: Annotated[
        Path | None,
        typer.Option("--places", metavar="FILE", help=N_("地点、经度、纬度的表：逐个对边界")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Places in no grid or in two, odd sizes, open bounds; exit code 1 where something is wrong."""
    from dutydesk.desk.grids import check_grids  # slow import

    with here.desk() as desk:
        found = check_grids(desk, places)
    wrong = [one for one in found if not one.warning]
    if as_json:
        outlet.say_json({"ok": not wrong, "findings": [_finding(one) for one in found]})
    else:
        for one in found:
            mark = _("注意") if one.warning else "✗"
            outlet.say(f"{mark} {one.where}  {finding_words(one)}")
        outlet.say(
            _("{wrong} 处不对，{odd} 处请留意").format(
                wrong=len(wrong), odd=len(found) - len(wrong)
            )
        )
    if wrong:
        raise typer.Exit(1)


def next_(
    above: Annotated[str, typer.Argument(metavar="CODE", help=N_("上级编码，如 370112001002"))],
    as_json: AsJson = False,
) -> None:
    """The next code under one above; one that was ever given is never given again."""
    from dutydesk.desk.grids import next_code  # slow import

    with here.desk() as desk:
        code = next_code(desk, above)
    if as_json:
        outlet.say_json({"code": code})
    else:
        outlet.say(code)


def _retired(one: GridRecord) -> str:
    return _("停用") if one.retired else ""


def finding_words(one: Finding) -> str:
    """What a finding says, in the language in use."""
    words = {
        "code_form": _("编码不合 {form}"),
        "unknown_word": _("{field} 写着“{value}”，应为 {known}"),
        "bounds_open": _("四至还缺 {missing}"),
        "size": _("{field} {value}，不在 {range} 之间；特殊的请在“特殊”一栏写 是"),
        "no_such_grid": _("{field} 写的 {value} 不是在用的属地网格"),
        "not_mapped": _("{layer}网格没有写对应网格"),
        "in_no_grid": _("不在任何网格里"),
        "in_two_grids": _("同时在 {grids}"),
        "level_count": _("应有 {expected} 个（{clause}），现有 {count} 个"),
    }
    shown = {
        name: grid_word(str(value)) if name == "field" else _plain(value)
        for name, value in one.params.items()
    }
    return words[one.code].format_map(shown)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return listed(grid_word(str(part)) for part in value)
    return "" if value is None else str(value)


def grid_word(name: str) -> str:
    """What a field of the register is called."""
    words = {
        **{"code": _("网格编码"), "name": _("名称"), "level": _("层级"), "above": _("上级编码")},
        **{"layer": _("专业"), "kind": _("网格类型"), "type": _("细类")},
        **{"area_type": _("区域类型"), "unit": _("划分单位"), "rule": _("划分依据")},
        **{"units": _("辖区单位"), "committees": _("居委会"), "roads": _("道路")},
        **{"places": _("地点"), "households": _("户数"), "persons": _("人口")},
        **{"special": _("特殊"), "kilometres": _("公里"), "east": _("东至"), "south": _("南至")},
        **{"west": _("西至"), "north": _("北至"), "sketch": _("示意图"), "boundary": _("边界")},
        **{"circle": _("生活圈"), "party": _("党组织"), "staff": _("人员")},
        **{"maps_to": _("对应网格"), "retired": _("停用")},
    }
    return words.get(name, name)


def _document(one: GridRecord) -> dict[str, Any]:
    from dutydesk.workflow.grids import MEMBERS  # slow import

    lists = {name: list(one.members(name)) for name in (*MEMBERS, "maps_to")}
    return asdict(one) | lists | {"retired": bool(one.retired), "special": bool(one.special)}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "where": one.where,
        "params": dict(one.params),
        "warning": one.warning,
        "message": finding_words(one),
    }
