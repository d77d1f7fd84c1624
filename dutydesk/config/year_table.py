"""The days off of one year, read from JSON, with every fault named by its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cut, one_line
from dutydesk.workflow.time.calendar import Listed, YearTable

EXPECTED = '{"year": 2027, "papers": ["…"], "days": [{"name", "date", "isOffDay"}]}'


def parse_table(text: str, file: str) -> YearTable:
    """The year table in a text of JSON; BadInput naming file, place and what stands there."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput(
            _("不是正确的 JSON"), file=file, line=error.lineno, column=error.colno
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(_("不是正确的 JSON"), file=file) from error
    try:
        return _table(data)
    except BadInput as error:
        raise BadInput(error.message, file=file, expected=EXPECTED) from error


def _table(data: Any) -> YearTable:
    if not isinstance(data, Mapping):
        raise BadInput(_("年度表应是一个 JSON 对象"))
    year, days = _given(data, "year", ""), _given(data, "days", "")
    if isinstance(year, bool) or not isinstance(year, int):
        raise _wrong("year", year, _("年份的数字，如 2027"))
    if not isinstance(days, list):
        raise _wrong("days", days, _("一列日子"))
    listed = tuple(_day(day, f"days[{number}]") for number, day in enumerate(days, start=1))
    papers, numbers = (_texts(data.get(name, ()), name) for name in ("papers", "numbers"))
    return YearTable(year, listed, papers, numbers)


def _day(day: Any, where: str) -> Listed:
    if not isinstance(day, Mapping):
        raise _wrong(where, day, "name, date, isOffDay")
    name, at, off = (_given(day, key, f"{where}.") for key in ("name", "date", "isOffDay"))
    if not isinstance(off, bool):
        raise _wrong(f"{where}.isOffDay", off, "true | false")
    try:
        return Listed(date.fromisoformat(at), str(name), off)
    except (ValueError, TypeError) as error:
        raise _wrong(f"{where}.date", at, _("有这一天的日期，如 2027-01-01")) from error


def _given(table: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in table:
        raise BadInput(_("缺少 {name}").format(name=f"{where}{key}"))
    return table[key]


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        raise _wrong(where, value, _("一列文字"))
    return tuple(value)


def _wrong(where: str, value: object, expected: str) -> BadInput:
    shown = cut(one_line(json.dumps(value, ensure_ascii=False)), 60)[0]
    said = _("{name} 写成 {value} 不对，应为：{expected}")
    return BadInput(said.format(name=where, value=shown, expected=expected))
