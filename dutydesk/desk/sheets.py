"""A table of texts as a file: csv, tsv, xlsx or jsonl, whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import clean

FORMULA = "=+-@"
FORMS = (".csv", ".tsv", ".xlsx", ".jsonl")
_NOT_A_FORMULA = frozenset({"-", "--"})


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: such a one begins with an apostrophe."""
    bare = text.lstrip()
    if not bare or bare[0] not in FORMULA or bare.rstrip() in _NOT_A_FORMULA:
        return text
    return f"'{bare}"


@contextmanager
def written(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[None]:
    """Write a table beside its place, and put it there when the block has ended well.

    The ending of the name decides the form. Raises BadInput for another ending, or where nothing
    can be written.
    """
    form = form_of(path)
    waiting = path.with_name(f".{path.name}.part")
    try:
        try:
            _WRITERS[form](waiting, header, rows)
        except OSError as error:
            raise _unwritable(path, error) from error
        yield
        try:
            waiting.replace(path)
        except OSError as error:
            raise _unwritable(path, error) from error
    finally:
        waiting.unlink(missing_ok=True)


def form_of(path: Path) -> str:
    """The form that the file's name asks for; BadInput for one that is not written."""
    form = path.suffix.lower()
    if form not in _WRITERS:
        raise BadInput(
            _("不会写 {form} 这种文件").format(form=form or path.name),
            file=str(path),
            expected=", ".join(FORMS),
        )
    return form


def _unwritable(path: Path, error: OSError) -> BadInput:
    return BadInput(
        _("写不进去：{why}").format(why=error.strerror or error),
        file=str(path),
        expected=_("一个存在、可以写的文件夹"),
    )


def _cells(row: Sequence[str]) -> list[str]:
    return [guarded(clean(cell).text) for cell in row]


def _text(
    file: TextIO, delimiter: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(_cells(header))
    writer.writerows(_cells(row) for row in rows)


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    # The mark at the beginning is what makes Excel read UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        _text(file, ",", header, rows)


def _tsv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        _text(file, "\t", header, rows)


def _xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from openpyxl import Workbook  # slow import

    book = Workbook(write_only=True)
    sheet = book.create_sheet("dutydesk")
    sheet.append(_cells(header))
    for row in rows:
        sheet.append(_cells(row))
    # By a handle: the library judges a name by its ending, and this one has not its own yet.
    with path.open("wb") as file:
        book.save(file)


def _jsonl(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            cells = (clean(cell).text for cell in row)
            table = dict(zip(header, cells, strict=True))
            file.write(json.dumps(table, ensure_ascii=False) + "\n")


_WRITERS = {".csv": _csv, ".tsv": _tsv, ".xlsx": _xlsx, ".jsonl": _jsonl}
