"""TOML files read with their faults in plain words, and the line on which a key stands."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dutydesk.errors import BadInput
from dutydesk.i18n import _

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*="""
)
_PART = re.compile(r""""[^"]*"|'[^']*'|[\w-]+""")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TomlText:
    """A TOML file: its tables, and its text for finding lines again."""

    file: str
    text: str
    data: dict[str, Any]

    def line_of(self, path: Sequence[str | int]) -> int | None:
        """The line (from 1) of a key or table named by keys and list positions, if found."""
        return line_of(self.text, path)


def read_toml(path: Path) -> TomlText:
    """A TOML file as tables; raises BadInput when it is missing, no UTF-8, or no TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput(_("没有这个文件"), file=str(path)) from error
    except OSError as error:
        raise BadInput(
            _("读不了这个文件：{why}").format(why=error.strerror or error), file=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(_("文件不是 UTF-8 编码；请另存为 UTF-8 后再试"), file=str(path)) from error
    return parse_toml(text, str(path))


def parse_toml(text: str, file: str) -> TomlText:
    """TOML text as tables; raises BadInput with line and column when it is no TOML."""
    text = text.replace("\r\n", "\n")
    try:
        return TomlText(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (None, None)
        why = _AT.sub("", str(error)).strip()
        raise BadInput(
            _("不是正确的 TOML：{why}").format(why=why),
            file=file,
            line=line,
            column=column,
            expected=_('每行一个 键 = 值，文字加引号，例如 area = "140901"'),
        ) from error


def nearest(key: str, known: Iterable[str]) -> str:
    """A hint for a mistyped key: the nearest known one, else all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(key.lower(), names, n=1, cutoff=0.5)
    if close:
        return _("最接近的是 {name}").format(name=close[0])
    return _("可用的有 {names}").format(names=", ".join(names))


def all_of(key: str, known: Iterable[str]) -> str | None:
    """All known names, for `BadInput.expected`: None where `nearest` has said them already."""
    names = list(known)
    close = difflib.get_close_matches(key.lower(), names, n=1, cutoff=0.5)
    return ", ".join(names) if close else None


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line (from 1) where the key or table of `path` is written; None when not found.

    The deepest part that is written on a line of its own counts: the third entry of a
    list is on the line of the list's key.
    """
    best: tuple[int, int] | None = None
    for line, written in _written(text):
        depth = len(written)
        if depth <= len(path) and tuple(path[:depth]) == written and (not best or depth > best[0]):
            best = (depth, line)
    return best[1] if best else None


def _written(text: str) -> Iterable[tuple[int, KeyPath]]:
    """Every header and key of the text with its line and full path."""
    table: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _table(_parts(header[2]), header[1] == "[[", counts)
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_parts(key[1]))


def _table(parts: KeyPath, is_list: bool, counts: dict[KeyPath, int]) -> KeyPath:
    """The full path of a header, with the positions of the lists that it stands in."""
    path: KeyPath = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, parts[-1])
    if is_list:
        counts[path] = counts.get(path, 0) + 1
        path = (*path, counts[path] - 1)
    return path


def _parts(text: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in _PART.findall(text))
