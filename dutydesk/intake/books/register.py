"""A register of grids read: from a workbook or a text its rows, from GeoJSON its boundaries."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dutydesk.config.json_text import strict
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.intake.books.sheet import BookLine, RefusedLine, columns, read_book
from dutydesk.intake.readers.sniff import refuse
from dutydesk.workflow.geometry import BadShape, polygons
from dutydesk.workflow.grids import FIELDS

LONGEST = 2000
"""Characters of one cell: a grid may have many members."""
LARGEST_BOUNDARY = 200_000
"""Characters of one boundary as text."""
_CODE = re.compile(r"[A-Za-z0-9._-]{1,32}", re.ASCII)
_YES = frozenset(("是", "有", "true", "yes", "y", "1", "√", "✓"))
_NO = frozenset(("", "否", "无", "false", "no", "n", "0", "×"))
_CODE_KEYS = ("code", "网格编码", "网格代码", "编码", "代码")


@dataclass(frozen=True, slots=True)
class RegisterRead:
    """What a file says of grids, by code; a field that it has no column for is not in a body.

    `places` says which feature of a file of boundaries (from 1) each code stands in.
    """

    rows: int
    bodies: Mapping[str, Mapping[str, str]]
    refused: tuple[RefusedLine, ...]
    places: Mapping[str, int] = field(default_factory=dict)


def read_register(path: str | Path, words: Mapping[str, Mapping[str, str]]) -> RegisterRead:
    """The grids of a file; `words` turn a name of a level or kind into its code.

    A `.geojson` gives boundaries alone, a feature a grid, its code among the properties. Raises
    BadInput for a file that is refused whole.
    """
    path = Path(path)
    if path.suffix.lower() in (".geojson", ".json"):
        return _boundaries(path)
    judge = _Judge(words)
    book = read_book(path, columns("grids"))
    for line in book.lines:
        judge.take(line)
    return RegisterRead(len(book.lines), judge.bodies, tuple(judge.refused))


class _Judge:
    """Turns lines into records, or into refusals."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self._words = words
        self.bodies: dict[str, dict[str, str]] = {}
        self.refused: list[RefusedLine] = []

    def take(self, line: BookLine) -> None:
        if line.broken:
            self.refused.append(line.refused(None, line.broken))
            return
        cells = {name: line.cells[name] for name in FIELDS if name in line.cells}
        for name, words in self._words.items():
            if name in cells:
                cells[name] = words.get(cells[name], cells[name])
        fault = _fault(line.cells.get("code", ""), cells)
        if fault is None and line.cells["code"] in self.bodies:
            fault = ("code", _("这个编码前面已经有了：只取先出现的一行"))
        if fault is not None:
            self.refused.append(line.refused(*fault))
            return
        for name in ("special", "retired"):
            if name in cells:
                cells[name] = "是" if cells[name].casefold() in _YES else ""
        self.bodies[line.cells["code"]] = cells


def _fault(code: str, cells: Mapping[str, str]) -> tuple[str, str] | None:
    if not _CODE.fullmatch(code):
        return "code", _("编码应为字母、数字、点或横线，最多 32 个")
    if not cells.get("name"):
        return "name", _("没有名称")
    for name, text in cells.items():
        if len(text) > LONGEST:
            return name, _("超过 {most} 个字符：请核对这一列").format(most=LONGEST)
    for name in ("households", "persons", "kilometres"):
        if cells.get(name) and not _number(cells[name]):
            return name, _("应为不小于 0 的数")
    for name in ("special", "retired"):
        if cells.get(name, "").casefold() not in _YES | _NO:
            return name, _("写 是，或空着")
    return None


def _number(text: str) -> bool:
    try:
        value = float(text)
    except ValueError:
        return False
    return math.isfinite(value) and value >= 0


def _boundaries(path: Path) -> RegisterRead:
    data = _json(path)
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not features:
        raise refuse(
            path,
            _("不是 GeoJSON 的 FeatureCollection，或里面没有要素"),
            expected="FeatureCollection: Feature, properties.code, Polygon | MultiPolygon",
        )
    bodies: dict[str, dict[str, str]] = {}
    places: dict[str, int] = {}
    refused = []
    for number, feature in enumerate(features, start=1):
        code, found = _feature(feature)
        if code and found is not None and code not in bodies:
            bodies[code], places[code] = {"boundary": found}, number
            continue
        why = _("没有编码，或与前面的重复") if found is not None else _shape_words(feature)
        refused.append(RefusedLine("", number, "boundary", code or None, why))
    return RegisterRead(len(features), bodies, tuple(refused), places)


def _json(path: Path) -> Any:
    try:
        return strict(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        why = error.strerror or str(error)
        raise refuse(path, _("读不了这个文件：{why}").format(why=why)) from error
    except (ValueError, RecursionError) as error:
        raise refuse(path, _("不是 JSON：{why}").format(why=str(error)[:80])) from error


def _feature(feature: object) -> tuple[str, str | None]:
    table: Mapping[str, Any] = feature if isinstance(feature, dict) else {}
    said = table.get("properties")
    properties = said if isinstance(said, dict) else {}
    code = next((str(properties[k]).strip() for k in _CODE_KEYS if properties.get(k)), "")
    geometry = table.get("geometry")
    if not isinstance(geometry, dict):
        return code, None
    try:
        polygons(geometry)
    except BadShape:
        return code, None
    text = json.dumps(
        {"type": geometry["type"], "coordinates": geometry["coordinates"]}, separators=(",", ":")
    )
    return code, text if len(text) <= LARGEST_BOUNDARY else None


def _shape_words(feature: object) -> str:
    """Why a feature's geometry is no boundary."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    try:
        polygons(geometry if isinstance(geometry, dict) else {})
    except BadShape as bad:
        words = {
            "type": _("边界应为 Polygon 或 MultiPolygon"),
            "ring": _("边界的一圈至少四个点，首尾相同"),
            "point": _("坐标应为 [经度, 纬度] 两个数"),
            "range": _("经度应在 -180 到 180，纬度应在 -90 到 90：坐标可能写反了"),
        }
        return words[str(bad)]
    return _("边界太大，超过 {most} 个字符").format(most=LARGEST_BOUNDARY)


def read_spots(path: str | Path) -> tuple[tuple[str, float, float], ...]:
    """Places with longitude and latitude from a table (名称, 经度, 纬度); raises BadInput."""
    path = Path(path)
    found = []
    for line in read_book(path, columns("spots")).lines:
        try:
            x, y = float(line.cells["longitude"]), float(line.cells["latitude"])
        except (KeyError, ValueError) as error:
            raise BadInput(
                _("经纬度读不懂"), file=str(path), line=line.number, expected="121.25, 31.37"
            ) from error
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            raise BadInput(
                _("经度应在 -180 到 180，纬度应在 -90 到 90：坐标可能写反了"),
                file=str(path),
                line=line.number,
            )
        found.append((line.cells.get("name", ""), x, y))
    return tuple(found)
