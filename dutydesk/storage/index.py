"""SQLite's full-text index, written with the case: a token per character, no text of its own."""

from __future__ import annotations

from sqlalchemy import Connection

from dutydesk.storage.mapping import spaced
from dutydesk.storage.tables import SEARCH_TABLE

_FOUND = f"INSERT INTO {SEARCH_TABLE}(rowid, text) VALUES (?, ?)"
_LOST = f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}, rowid, text) VALUES ('delete', ?, ?)"


class Index:
    """Changes of the full-text index; a contentless one is told the old text to forget it."""

    def __init__(self) -> None:
        self._lost: list[tuple[int, str]] = []
        self._found: list[tuple[int, str]] = []

    def add(self, row: int, text: str, before: str | None) -> None:
        if text == before:
            return
        if before is not None:
            self._lost.append((row, spaced(before)))
        self._found.append((row, spaced(text)))

    def remove(self, row: int, text: str) -> None:
        self._lost.append((row, spaced(text)))

    def write(self, connection: Connection) -> None:
        if not self._lost and not self._found:
            return
        cursor = connection.connection.cursor()
        if self._lost:
            cursor.executemany(_LOST, self._lost)
        if self._found:
            cursor.executemany(_FOUND, self._found)
