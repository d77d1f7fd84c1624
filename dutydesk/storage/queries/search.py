"""Finding a text in Chinese: words of one character too, and the tail of a number."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import and_, column, or_, select
from sqlalchemy import table as sql_table
from sqlalchemy.sql.elements import ColumnElement

from dutydesk.storage.tables import SEARCH_TABLE, case_row
from dutydesk.text import fold

C = case_row.c
INDEX = sql_table(SEARCH_TABLE, column("rowid"), column(SEARCH_TABLE)).c
"""SQLite's search index; PostgreSQL looks through `case_row.search_text` instead."""


def needle(asked: str) -> str:
    """The text as it is searched: folded, blanks at the ends gone."""
    return " ".join(fold(asked).split())


def phrase(asked: str) -> str:
    """The quoted phrase of single characters for SQLite's index; empty where none can be found.

    The index drops punctuation, so the phrase does too; each hit is looked at again.
    """
    kept = [character for character in needle(asked) if character.isalnum()]
    return '"' + " ".join(kept) + '"' if kept else ""


def fits(asked: str) -> Callable[..., bool]:
    """Judges one row by its texts: does any hold what was asked?"""
    wanted = needle(asked)

    def judge(*texts: str | None) -> bool:
        return any(one is not None and wanted in " ".join(fold(one).split()) for one in texts)

    return judge


def condition(asked: str, dialect: str) -> ColumnElement[bool]:
    """Which rows may hold the text: a superset, cheap to find; the index holds the numbers too."""
    wanted = needle(asked)
    found: list[ColumnElement[bool]] = []
    if dialect != "sqlite":
        # Blanks and line ends of the stored text are not those of the question: word by word.
        words = [C.search_text.contains(each, autoescape=True) for each in wanted.split()]
        found.append(and_(*words))
    elif quoted := phrase(asked):
        hits = select(INDEX.rowid).where(INDEX[SEARCH_TABLE].op("MATCH")(quoted))
        found.append(C.id.in_(hits))
    else:
        texts = (C.place, C.category, C.description)
        found += [each.contains(wanted, autoescape=True) for each in texts]
    return or_(*found)
