"""The desk's ground read from data: areas, grids, stations, and the table of heads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn, cast

from dutydesk.config.toml_text import nearest, read_toml
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.places import Area, Grid, GridKind, Places, Side

_TOP = {"boundary", "street", "demo", "outside", "procedure", "area", "heads"}
_AREA = {"code", "name", "short", "side", "police_area", "grid"}
_GRID = {"code", "name", "short", "kind", "station", "aliases", "estates", "roads", "circle"}
_AREA_CODE = re.compile(r"\d{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One area's heads: the eight fields of the table, numbers in full (X-3.2.3)."""

    grid_name: str
    grid_code: str
    head_name: str
    head_office: str
    head_contact: str
    deputy_name: str
    deputy_office: str
    deputy_contact: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A places file as a whole; `demo` tells that estates, roads and heads are invented.

    `procedure` is the one whose ground it is; empty where it says none.
    """

    places: Places
    heads: tuple[HeadRow, ...]
    demo: bool
    procedure: str = ""


def load_places(path: Path | None = None) -> Places:
    """The areas and grids of a places file, or of the shipped one; raises BadInput."""
    return load_ground(path).places


def load_ground(path: Path | None = None) -> Ground:
    """Everything in a places file, or in the shipped one.

    Raises BadInput naming file and entry for an unknown key, a missing or mistyped
    value, a code that is no code, or a name or code that stands twice.
    """
    if path is None:
        shipped = files("dutydesk.config").joinpath("places.toml").read_text(encoding="utf-8")
        return _Reader("places.toml").ground(tomllib.loads(shipped))
    return _Reader(str(path)).ground(read_toml(path).data)


class _Reader:
    """Turns the tables of one file into ground, naming the file in every fault."""

    def __init__(self, file: str) -> None:
        self._file = file

    def ground(self, data: Mapping[str, Any]) -> Ground:
        self._known(data, _TOP, _("文件顶层"))
        areas = tuple(self._area(table) for table in self._tables(data, "area"))
        if not areas:
            self._fail(_("没有任何片区：至少要有一个 [[area]]"))
        grids = [grid for area in areas for grid in area.grids]
        self._unique(_("片区编号"), (area.code for area in areas))
        self._unique(_("片区方位"), (area.side for area in areas))
        self._unique(_("警务责任区"), (area.police_area for area in areas))
        self._unique(_("网格代码"), (grid.code for grid in grids))
        self._unique(_("网格名称"), (grid.name for grid in grids))
        self._unique(_("网格简称"), (grid.short for grid in grids))
        places = Places(
            areas=areas,
            boundary=self._text(data, "boundary", _("文件顶层"), ""),
            street=self._text(data, "street", _("文件顶层"), ""),
            outside=self._texts(data, "outside", _("文件顶层")),
        )
        heads = tuple(self._head(table, places) for table in self._tables(data, "heads"))
        demo = data.get("demo", False)
        if not isinstance(demo, bool):
            self._fail(_("demo 应为 true 或 false"))
        procedure = self._text(data, "procedure", _("文件顶层"), "")
        return Ground(places, heads, demo, procedure)

    def _area(self, table: Mapping[str, Any]) -> Area:
        where = f"[[area]] {table.get('name', '')}".strip()
        self._known(table, _AREA, where)
        code = self._text(table, "code", where)
        if not _AREA_CODE.fullmatch(code):
            self._fail(
                _("{where}：片区编号应为 6 位数字，读到“{code}”").format(where=where, code=code)
            )
        side = self._text(table, "side", where)
        if side not in ("west", "east"):
            self._fail(
                _("{where}：side 应为 west 或 east，读到“{side}”").format(where=where, side=side)
            )
        return Area(
            code=code,
            name=self._text(table, "name", where),
            police_area=self._text(table, "police_area", where),
            side=cast(Side, side),
            grids=tuple(self._grid(entry, code) for entry in self._tables(table, "grid")),
            short=self._text(table, "short", where, ""),
        )

    def _grid(self, table: Mapping[str, Any], area: str) -> Grid:
        where = f"[[area.grid]] {table.get('name', '')}".strip()
        self._known(table, _GRID, where)
        kind = self._text(table, "kind", where)
        if kind not in ("社区", "村"):
            self._fail(
                _("{where}：kind 应为 社区 或 村，读到“{kind}”").format(where=where, kind=kind)
            )
        name = self._text(table, "name", where)
        return Grid(
            code=self._text(table, "code", where),
            name=name,
            short=self._text(table, "short", where),
            kind=cast(GridKind, kind),
            area=area,
            station=self._text(table, "station", where, f"{name}城运工作站"),
            aliases=self._texts(table, "aliases", where),
            estates=self._texts(table, "estates", where),
            roads=self._texts(table, "roads", where),
            circle=self._text(table, "circle", where, ""),
        )

    def _head(self, table: Mapping[str, Any], places: Places) -> HeadRow:
        where = f"[[heads]] {table.get('grid_code', '')}".strip()
        names = [entry.name for entry in fields(HeadRow)]
        self._known(table, set(names), where)
        row = HeadRow(**{name: self._text(table, name, where) for name in names})
        area = places.area(row.grid_code)
        if area is None or area.name != row.grid_name:
            self._fail(_("{where}：没有这个名称和编号的片区").format(where=where))
        return row

    def _tables(self, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        tables = data.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(entry, dict) for entry in tables):
            self._fail(_("{key} 应写成 [[{key}]] 的表").format(key=key))
        return cast(list[Mapping[str, Any]], tables)

    def _text(
        self, table: Mapping[str, Any], key: str, where: str, default: str | None = None
    ) -> str:
        value = table.get(key, default)
        if value is None:
            self._fail(_("{where}：缺少 {key}").format(where=where, key=key))
        if not isinstance(value, str):
            self._fail(
                _("{where}：{key} 应为带引号的文字，读到 {value}").format(
                    where=where, key=key, value=value
                )
            )
        return value.strip()

    def _texts(self, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self._fail(_("{where}：{key} 应为文字的列表").format(where=where, key=key))
        return tuple(value)

    def _known(self, table: Mapping[str, Any], allowed: set[str], where: str) -> None:
        for key in table:
            if key not in allowed:
                self._fail(
                    _("{where}：不认识的键 {key}；{hint}").format(
                        where=where, key=key, hint=nearest(key, allowed)
                    )
                )

    def _unique(self, what: str, values: Iterable[str]) -> None:
        seen: set[str] = set()
        for value in values:
            if value in seen:
                self._fail(_("{what}“{value}”出现了两次").format(what=what, value=value))
            seen.add(value)

    def _fail(self, message: str) -> NoReturn:
        raise BadInput(message, file=self._file)
