"""The schema of lists that are loaded from files and kept: matters, categories."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from dutydesk.storage.schema import OWN_ID, Row
from dutydesk.storage.types import Instant, JsonText


class EditionRow(Row, table=True):
    """One loading of a list that changed it: who, when, from which file, and what (X-9.1)."""

    __tablename__ = "edition"

    book: str = Field(primary_key=True)
    """Which list: matters, categories."""
    number: int = Field(primary_key=True, sa_column_kwargs=OWN_ID)
    at: datetime = Field(sa_type=Instant)
    by: str
    file: str
    digest: str
    detail: Any = Field(sa_type=JsonText)
    """The codes added, and each field that changed, old and new."""


class EntryRow(Row, table=True):
    """One entry of a list; it is never deleted, so that a case may always name it."""

    __tablename__ = "entry"

    book: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    place: int
    """Where it stands in the list, from 1."""
    added: int
    changed: int
    """The editions that brought it and that last changed it."""
    body: Any = Field(sa_type=JsonText)
