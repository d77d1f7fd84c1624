"""A category tree read: a line a category with the one above, or a line a leaf with its levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dutydesk.i18n import _
from dutydesk.intake.books.sheet import BookLine, RefusedLine, columns, read_book
from dutydesk.workflow.matters import folded

LONGEST = 120
YES = frozenset(("是", "有", "true", "yes", "y", "1", "√", "✓"))
NO = frozenset(("", "否", "无", "false", "no", "n", "0", "×"))


@dataclass(frozen=True, slots=True)
class TreeRead:
    """The categories of a file by code, upper ones before those below them."""

    rows: int
    bodies: Mapping[str, Mapping[str, str]]
    refused: tuple[RefusedLine, ...]


def read_tree(path: str | Path, known: Mapping[str, str]) -> TreeRead:
    """The categories of every sheet that has the columns; raises BadInput for a file refused whole.

    A level without a code has its path of names for one. `known` are the names of the categories
    that are there by their codes: a line may name one of them as the one above.
    """
    book = read_book(path, columns("categories"))
    judge = _Judge(known)
    for line in book.lines:
        judge.take(line)
    judge.look_above()
    return TreeRead(len(book.lines), judge.bodies, tuple(judge.refused))


class _Judge:
    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = {**{folded(name): code for code, name in known.items()}}
        self._codes = set(known)
        self._above: dict[str, BookLine] = {}
        self._leaves: dict[str, int] = {}
        self.bodies: dict[str, dict[str, str]] = {}
        self.refused: list[RefusedLine] = []

    def take(self, line: BookLine) -> None:
        """One line: its upper levels where they are new, then the category itself."""
        fault = (None, line.broken) if line.broken else _fault(line.cells)
        if fault is not None:
            self.refused.append(line.refused(*fault))
            return
        *upper, (code, name) = _levels(line.cells)
        above = ""
        for own, upper_name in upper:
            self.bodies.setdefault(own, _body(upper_name, above))
            above = own
        if code in self._leaves:
            said = _("与第 {row} 行同一个类目：只取先出现的一行").format(row=self._leaves[code])
            self.refused.append(line.refused("code", said))
            return
        self._leaves[code] = line.number
        body = _body(name, line.cells.get("above") or above)
        for mark in ("key", "retired"):
            body[mark] = "是" if line.cells.get(mark, "").casefold() in YES else ""
        self.bodies[code] = body
        if line.cells.get("above"):
            self._above[code] = line

    def look_above(self) -> None:
        """What lies under a category that is not there is refused, until nothing more is."""
        names = self._known | {folded(b["name"]): code for code, b in self.bodies.items()}
        while True:
            codes = self._codes | set(self.bodies)
            lost = []
            for code, line in self._above.items():
                above = self.bodies[code]["above"]
                found = above if above in codes else names.get(folded(above))
                if found is None or found == code or found not in codes:
                    lost.append((code, line))
                else:
                    self.bodies[code]["above"] = found
            if not lost:
                return
            for code, line in lost:
                self.refused.append(line.refused("above", _("没有这个上级类目")))
                del self.bodies[code], self._above[code]


def _levels(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    """The levels of a line that have a name, the top first, each with its code.

    A level without a code has the path of names for one; codes below a top without one bear its
    name, since parts and matters are numbered alike.
    """
    given = [(cells.get(f"code_{n}", ""), cells.get(f"name_{n}", "")) for n in ("1", "2")]
    given.append((cells.get("code", ""), cells.get("name", "")))
    named = [(code, name) for code, name in given if name]
    top = named[0][1] if len(named) > 1 and not named[0][0] else ""
    found, path = [], ""
    for number, (code, name) in enumerate(named):
        path = f"{path}/{name}" if path else name
        found.append((f"{top if number else ''}{code}" if code else path, name))
    return found


def _body(name: str, above: str) -> dict[str, str]:
    return {"name": name, "above": above, "key": "", "retired": ""}


def _fault(cells: Mapping[str, str]) -> tuple[str, str] | None:
    if not any(cells.get(name) for name in ("name", "name_2", "name_1")):
        return "name", _("没有名称")
    for name, text in cells.items():
        if len(text) > LONGEST:
            return name, _("超过 {most} 个字符：请核对这一列").format(most=LONGEST)
    for name in ("key", "retired"):
        if cells.get(name, "").casefold() not in YES | NO:
            return name, _("写 是，或空着")
    return None
