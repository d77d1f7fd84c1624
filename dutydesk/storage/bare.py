"""Statements past the types of their columns: what they are given is ready for the driver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Insert, TableClause, Text, bindparam
from sqlalchemy.types import TypeEngine

from dutydesk.storage.types import Instant, JsonText, RowId


def raw_type(column: ColumnElement[Any]) -> TypeEngine[Any]:
    """The bare type under a column, for values that are ready for the driver."""
    kind = column.type
    if isinstance(kind, Instant | RowId):
        return BigInteger()
    return Text() if isinstance(kind, JsonText) else kind


def bare_insert(target: TableClause, *, without: frozenset[str] = frozenset()) -> Insert:
    """An insert of every column from `v_NAME`, its values ready for the driver."""
    return target.insert().values(bare_values(target, without=without))


def bare_values(target: TableClause, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Each column's bind parameter `v_NAME`, past its type."""
    return {
        c.name: bindparam(f"v_{c.name}", type_=raw_type(c))
        for c in target.columns
        if c.name not in without
    }


def bare(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values under the names that `bare_insert` and `bare_values` ask for."""
    return {f"v_{name}": value for name, value in values.items()}
