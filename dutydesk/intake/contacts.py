"""A list of contacts from a workbook or a text: its columns known by their names, its lines raw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dutydesk.config.toml_text import read_toml
from dutydesk.errors import BadInput
from dutydesk.i18n import _, listed
from dutydesk.intake.layout import Layout
from dutydesk.intake.readers.lines import Broken, Shared, Table
from dutydesk.intake.readers.sniff import refuse, sniff
from dutydesk.intake.reading import held, tables
from dutydesk.intake.reasons import word
from dutydesk.intake.recognise import Match, recognise
from dutydesk.intake.values import cleaned, text_of, unescaped
from dutydesk.text import one_line

FIELDS = ("unit", "name", "kind", "area", "grid", "phone", "alternate", "note")
_COLUMNS = Path(__file__).with_name("contacts.toml")


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One line: the file's own number (header = 1), what it says by field, the columns' names.

    `broken` says why a line cannot be taken apart. `dropped` counts control characters.
    """

    number: int
    cells: Mapping[str, str]
    names: Mapping[str, str]
    dropped: int = 0
    broken: str = ""


@cache
def contact_columns() -> Layout:
    """The columns of a list of contacts and the names they go by."""
    data = read_toml(_COLUMNS).data
    return Layout(
        name=data["name"],
        title=data["title"],
        title_en=data["title_en"],
        file=str(_COLUMNS),
        fields={name: tuple(names) for name, names in data["fields"].items()},
        required=("unit", "phone"),
        columns=tuple(data["columns"]),
        fallback={"unit": ("name",)},
        nulls=frozenset(data["nulls"]),
    )


def read_contacts(path: str | Path) -> Iterator[ContactLine]:
    """The lines under the header, in their order; blank ones are left out.

    Raises BadInput for what is no table, has no known columns, or holds nothing below them.
    """
    path = Path(path)
    form = sniff(path)
    with held(path):
        table, match = _chosen(path, list(tables(path, form)))
        anything = False
        shared = Shared(table.merges())
        for number, cells in table.lines():
            if number <= match.last_line:
                continue
            if isinstance(cells, Broken):
                anything = True
                yield ContactLine(number, {}, {}, 0, word(cells.reason))
            elif any(cells):
                anything = True
                yield _line(number, shared.filled(number, cells), match, table)
    if not anything:
        raise refuse(path, _("只有表头，没有数据行：请核对导出的条件"), line=match.line or None)


def _chosen(path: Path, found: list[Table]) -> tuple[Table, Match]:
    best: Match | None = None
    for table in found:
        match = recognise(table.head, (contact_columns(),))
        if match is not None and match.fits:
            return table, match
        if match is not None and (best is None or match.matched > best.matched):
            best = match
    raise _unrecognised(path, best)


def _unrecognised(path: Path, best: Match | None) -> BadInput:
    layout = contact_columns()
    missing = best.missing if best is not None else layout.required
    return refuse(
        path,
        _("认不出通讯录的列名：缺少 {missing}").format(
            missing=listed(layout.column_for(name) for name in missing)
        ),
        line=best.line if best is not None else None,
        expected=listed(layout.columns),
    )


def _line(number: int, cells: list[object], match: Match, table: Table) -> ContactLine:
    texts: dict[str, str] = {}
    dropped = 0
    for name, at in match.at.items():
        raw = text_of(cells[at]) if at < len(cells) else ""
        plain, lost = cleaned(unescaped(raw) if table.escapes else raw)
        dropped += lost
        text = _unquoted(one_line(plain))
        texts[name] = "" if text in match.layout.nulls else text
    names = {name: match.names[at] for name, at in match.at.items()}
    return ContactLine(number, texts, names, dropped)


def _unquoted(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" and len(text) > 1 else text
