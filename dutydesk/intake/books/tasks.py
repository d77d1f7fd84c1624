"""A list that fills a slot of a procedure, from TOML, a workbook or a text: whole, or refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dutydesk.config.time_words import limit_message
from dutydesk.config.toml_text import nearest, read_toml
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.intake.books.sheet import BookLine, columns, read_book
from dutydesk.workflow.time.limits import BadLimit, parse_given

FIELDS = ("class", "item", "own", "limit", "note")
OWN = frozenset(("自选", "是", "true", "yes", "y", "1", "√", "✓", "optional", "own"))
PRESCRIBED = frozenset(("", "规定", "否", "false", "no", "n", "0", "×", "prescribed"))
LONGEST = 200
"""Characters of one cell."""


def read_tasks(path: str | Path) -> tuple[dict[str, Any], ...]:
    """The entries of a list, in their order; raises BadInput naming the first fault.

    A TOML file holds `entries = [{ class = "…", item = "…", own = true }]`; a table has the columns
    类别, 事项, 自选, 时限, 备注. A class that is merged over several lines counts for each.
    """
    path = Path(path)
    if path.suffix.lower() == ".toml":
        return tuple(_of_toml(path))
    book = read_book(path, columns("tasks"))
    return tuple(_of_line(path, line) for line in book.lines)


def _of_line(path: Path, line: BookLine) -> dict[str, Any]:
    if line.broken:
        raise BadInput(line.broken, file=str(path), line=line.number)
    try:
        return _entry(line.cells)
    except _Wrong as wrong:
        column = line.names.get(wrong.field) or wrong.field
        raise BadInput(str(wrong), file=str(path), line=line.number, column=column) from wrong


def _of_toml(path: Path) -> Iterator[dict[str, Any]]:
    toml = read_toml(path)
    entries = toml.data.get("entries")
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        said = _("没有 entries：应写成 entries = [{{ class = '类', item = '事项' }}]")
        raise BadInput(said.format(), file=str(path))
    for number, entry in enumerate(entries, start=1):
        for key in entry:
            if key not in FIELDS:
                said = _("第 {number} 条：不认识的键 {key}；{hint}")
                hint = nearest(key, FIELDS)
                raise BadInput(said.format(number=number, key=key, hint=hint), file=str(path))
        try:
            yield _entry({key: _text(value) for key, value in entry.items()})
        except _Wrong as wrong:
            said = _("第 {number} 条：{why}").format(number=number, why=wrong)
            raise BadInput(said, file=str(path)) from wrong


class _Wrong(Exception):
    """One cell that does not do; `field` names it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def _entry(cells: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {name: cells.get(name, "").strip() for name in FIELDS}
    if not found["item"]:
        raise _Wrong("item", _("没有事项"))
    for name in FIELDS:
        if len(found[name]) > LONGEST:
            said = _("超过 {most} 个字符：请核对这一列").format(most=LONGEST)
            raise _Wrong(name, said)
    own = found["own"].casefold()
    if own not in OWN | PRESCRIBED:
        said = _("“{text}”不是自选也不是规定：写 自选，或空着").format(text=found["own"])
        raise _Wrong("own", said)
    if found["limit"]:
        try:
            parse_given(found["limit"])
        except BadLimit as error:
            raise _Wrong("limit", limit_message(error)) from error
    kept = {name: text for name, text in found.items() if text and name != "own"}
    return kept | ({"own": True} if own in OWN else {})


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
