"""JSON lists and lines of JSON objects, flattened to columns by their keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from dutydesk.i18n import _
from dutydesk.intake.readers.delimited import SHOWN
from dutydesk.intake.readers.encoding import LONE, encoding_of
from dutydesk.intake.readers.lines import Broken, NumberedLine, Table
from dutydesk.intake.readers.sniff import refuse
from dutydesk.intake.reasons import Reason

LARGEST_DOCUMENT = 256 * 1024 * 1024
"""Bytes of one JSON document: it is held in memory whole, lines of JSON are not."""
_LIST_KEYS = ("rows", "data", "items", "records", "list", "result", "results", "cases")
_MOST_KEYS = 512


def document(path: Path) -> Table:
    """A JSON document: a list of objects, or an object that holds one (`{"rows": […]}`).

    A row's number is its place in the list, from 1: a document has no header line.
    """
    if path.stat().st_size > LARGEST_DOCUMENT:
        most = LARGEST_DOCUMENT // (1024 * 1024)
        raise refuse(
            path, _("JSON 文件超过 {most} MB：请分成几个文件，或改用 jsonl").format(most=most)
        )
    items = _list_in(path, _parsed(path))
    rows = [_flat(item) for item in items]
    columns = _columns(rows)

    def lines() -> Iterator[NumberedLine]:
        for number, (item, row) in enumerate(zip(items, rows, strict=True), start=1):
            yield number, _cells(row, columns, item)

    return _table(columns, lines)


def json_lines(path: Path) -> Table:
    """Lines of JSON objects; a row's number is its own line, from 1: there is no header line.

    The file is read twice, once for its keys, so that a key may first appear in any line.
    """
    encoding = encoding_of(path)
    keys: dict[str, None] = {}
    for _number, row, _text in _objects(path, encoding):
        if isinstance(row, dict):
            keys.update(dict.fromkeys(row))
    columns = tuple(keys)[:_MOST_KEYS]

    def lines() -> Iterator[NumberedLine]:
        for number, row, text in _objects(path, encoding):
            yield number, row if isinstance(row, Broken) else _cells(row, columns, text)

    return _table(columns, lines)


def _table(columns: tuple[str, ...], lines: object) -> Table:
    return Table(
        name="json",
        head=((0, columns),),
        lines=lines,  # type: ignore[arg-type]
        fraction=lambda: None,
    )


def _parsed(path: Path) -> object:
    encoding = encoding_of(path)
    text = path.read_bytes().decode(encoding, errors=LONE).removeprefix("\ufeff")
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        raise refuse(
            path,
            _("JSON 写错了，或文件没有传完：{why}").format(why=error.msg),
            line=error.lineno,
            column=str(error.colno),
        ) from error
    except (RecursionError, ValueError) as error:
        raise refuse(path, _("JSON 嵌套太深或数字太长，读不了")) from error


def _loads(text: str) -> object:
    # Numbers stay as they are written: 20261122000001 and 1.2E+11 must not become floats.
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_value)


def _no_value(_name: str) -> None:
    """What a program writes for "not there" (`NaN`, `Infinity`) is an empty cell, never a word."""


def _objects(
    path: Path, encoding: str
) -> Iterator[tuple[int, dict[str, object] | Broken | None, str]]:
    """Each non-blank line, numbered: its object, None for a value that is none, or Broken."""
    with path.open(encoding=encoding, errors=LONE) as file:
        for number, line in enumerate(file, start=1):
            text = line.strip().removeprefix("\ufeff")
            if not text:
                continue
            try:
                yield number, _flat(_loads(text)), text
            except (RecursionError, ValueError) as error:
                why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
                reason = Reason("line_broken", {"why": why})
                yield number, Broken(text[:SHOWN], reason), text


def _list_in(path: Path, value: object) -> list[object]:
    """The list of rows: the document itself, or the first list of objects inside it."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in (*_LIST_KEYS, *value):
            inner = value.get(key)
            if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
                return inner
            if key in _LIST_KEYS and isinstance(inner, dict):
                return _list_in(path, inner)
        if any(isinstance(value.get(key), list) for key in _LIST_KEYS):
            raise refuse(path, _("JSON 里的列表是空的：没有可导入的行"))
        return [value]
    raise refuse(path, _('JSON 里没有行：应为对象的列表，或 {"rows": […]}'))


def _flat(item: object, before: str = "") -> dict[str, object] | None:
    """An object with what it nests under dotted keys; lists as text; None for no object."""
    if not isinstance(item, Mapping):
        return None
    flat: dict[str, object] = {}
    for key, value in item.items():
        if isinstance(value, Mapping) and before.count(".") < 2:
            flat.update(_flat(value, f"{before}{key}.") or {})
        elif isinstance(value, list):
            plain = not any(isinstance(part, list | dict) for part in value)
            said = "、".join(map(str, value)) if plain else json.dumps(value, ensure_ascii=False)
            flat[before + key] = said
        else:
            flat[before + key] = str(value) if isinstance(value, Mapping) else value
    return flat


def _columns(rows: list[dict[str, object] | None]) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for row in rows:
        keys.update(dict.fromkeys(row or ()))
    return tuple(keys)[:_MOST_KEYS]


def _cells(
    row: dict[str, object] | None, columns: tuple[str, ...], shown: object
) -> list[object] | Broken:
    if row is None:
        return Broken(str(shown)[:SHOWN], Reason("no_row"))
    return [row.get(column) for column in columns]
