"""Lines with labels: `编号：…`, `编号<TAB>…`, two on a line, or the value on the line below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dutydesk.intake.pasting.words import narrowed, words

_LINE = re.compile(
    r"[\s•·●■◆*-]*[【\[〔「]?(?P<label>[^:：】\]〕」\t]{1,20})[】\]〕」]?[ ]?[:：](?P<value>.*)"
)
_BRACKETED = re.compile(r"\s*[【\[](?P<label>[^】\]]{1,12})[】\]](?P<value>.+)")
LABEL = 20
MOST_CELLS = 64
"""Cells of a line that are looked at."""
STORIES = ("description", "title", "reason")
"""Fields whose last word is the citizen's or the official's, never a button's."""


@dataclass(slots=True)
class Labelled:
    """What the labels said, first label first, and the lines that carry none.

    `raw` holds each field's label and value; `head` the free lines in front of the first label,
    `free` those after it.
    """

    raw: dict[str, tuple[str, str]] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The value of a field, "" without one."""
        return self.raw.get(name, ("", ""))[1]

    def take(self, name: str, label: str, value: str) -> None:
        """Keep a value without the button of the page behind it; a second one of the same field
        stays in the matter, with its label."""
        if name not in STORIES:
            value = _without_button(value)
        if name == "ignored" or value in words().nulls:
            return
        if name not in self.raw:
            self.raw[name] = (label, value)
        elif self.raw[name][1] != value:
            self.free.append(f"{label}：{value}")


def _without_button(value: str) -> str:
    """A value as it was copied with the button beside it: SH2611220001 复制."""
    parts = value.rsplit(maxsplit=1)
    return parts[0] if len(parts) > 1 and parts[1] in words().page else value


@cache
def _inline() -> re.Pattern[str]:
    """Where a second label stands on a line: 来电人：王某 联系电话：…"""
    names = "|".join(map(re.escape, words().names))
    gap = r"(?<![ \t，,；;|　])[ \t，,；;|　]+"
    return re.compile(rf"{gap}(?=[【\[]?(?:{names})(?:[】\]]?[ ]?[:：]|】))")


def labelled(text: str) -> Labelled:
    """Read the lines of one order. A description goes on over the lines without a label."""
    found = Labelled()
    lines = [line for raw in _under_each_other(text) for line in _pieces(raw)]
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        at += 1
        if not line or line.strip("-=*_—─ ·.") == "" or line in words().page:
            continue
        pairs = list(_pairs(line))
        if not pairs:
            (found.free if found.raw else found.head).append(line)
            continue
        for name, label, value in pairs:
            if not value and at < len(lines) and _is_value(lines[at]):
                value, at = lines[at].strip(), at + 1
            if value:
                found.take(name, label, value)
    return found


def _under_each_other(text: str) -> list[str]:
    """The lines; a line of labels with a line of as many values under it becomes pairs."""
    lines, found, at = text.splitlines(), [], 0
    while at < len(lines):
        cells = [cell.strip() for cell in lines[at].split("\t")[:MOST_CELLS]]
        below = lines[at + 1].split("\t")[:MOST_CELLS] if at + 1 < len(lines) else []
        stacked = len(cells) > 1 and len(below) == len(cells) and all(map(_names, cells))
        if stacked and not any(map(_names, below)):
            found += [f"{name}：{value}" for name, value in zip(cells, below, strict=True)]
            at += 2
            continue
        found.append(lines[at])
        at += 1
    return found


def _names(cell: str) -> bool:
    return words().field(narrowed(cell)) is not None


def _pieces(line: str) -> list[str]:
    return _inline().sub("\n", line).split("\n")


def _is_value(line: str) -> bool:
    """Whether a line can be the value of the label above it: it is no label itself."""
    stripped = line.strip()
    return (
        bool(stripped) and not any(True for _ in _pairs(stripped)) and stripped not in words().page
    )


def _pairs(line: str) -> Iterator[tuple[str, str, str]]:
    """Field, label and value of each label on a line; nothing where the line begins without."""
    if "\t" in line:
        yield from _cells([cell.strip() for cell in line.split("\t")[:MOST_CELLS] if cell.strip()])
        return
    for form in (_LINE, _BRACKETED):
        match = form.match(line)
        name = words().field(narrowed(match["label"])) if match else None
        if match is not None and name is not None:
            yield name, match["label"].strip(), match["value"].strip()
            return
    if len(line) <= LABEL and (name := words().field(narrowed(line))) is not None:
        yield name, line.rstrip(":："), ""


def _cells(cells: list[str]) -> Iterator[tuple[str, str, str]]:
    """Label, value, label, value …: as a table of a page is copied."""
    at = 0
    while at < len(cells):
        own = list(_pairs(cells[at]))
        name, label, value = own[0] if own else ("", "", "")
        at += 1
        if not own:
            continue
        if not value and at < len(cells) and not any(True for _ in _pairs(cells[at])):
            value, at = cells[at], at + 1
        yield name, label, value
