"""The statements of the queue: exactly its columns, on the partial index of open cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Select,
    Text,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.elements import ColumnElement

from dutydesk.storage.prepared import Prepared
from dutydesk.storage.queries import search
from dutydesk.storage.tables import case_row
from dutydesk.workflow.places import Places
from dutydesk.workflow.procedure import Procedure

SUMMARY_LENGTH = 120
FLAGS = ("cross_level", "cross_domain", "legacy")
C = case_row.c
Conditions = tuple[ColumnElement[bool], ...]


class Filters(Protocol):
    """What narrows a queue; the view says what each means."""

    @property
    def bay(self) -> str | None: ...
    @property
    def state(self) -> str | None: ...
    @property
    def area(self) -> str | None: ...
    @property
    def grid(self) -> str | None: ...
    @property
    def channel(self) -> str | None: ...
    @property
    def track(self) -> str | None: ...
    @property
    def mark(self) -> str | None: ...
    @property
    def tag(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def discovered_by(self) -> str | None: ...
    @property
    def overdue(self) -> bool: ...
    @property
    def text(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters read against the procedure and the ground: conditions, overdue, the text to find."""

    conditions: Conditions
    overdue: bool
    text: str
    ended: bool


def _plain(name: str, kind: type[Any]) -> ColumnElement[Any]:
    """A column without its result processing: integers and texts as they lie in the store."""
    return type_coerce(C[name], kind()).label(name)


def _columns() -> list[ColumnElement[Any]]:
    number, words = BigInteger, Text
    kinds: list[tuple[str, type[Any]]] = [
        ("no", words), ("external_no", words), ("channel", words), ("state", words),
        ("class_", words), ("track", words), ("difficulty", words), ("urgent", Integer),
        ("urged", Integer), ("queue_rank", Integer), ("clock", words),
        ("clock_party", words), ("started_at", number), ("due_at", number),
        ("yellow_at", number), ("red_at", number), 
        ("waiting_since", number), ("hands", words), ("area", words), ("grid", words),
        ("category", words), ("place", words),
    ]  # fmt: skip
    found = [_plain(name, kind) for name, kind in kinds]
    # Written out, not bound: the statement of the plain page takes nothing but size and skip.
    first, length = literal_column("1", Integer), literal_column(str(SUMMARY_LENGTH), Integer)
    found.append(func.substr(C.description, first, length).label("summary"))
    rest = [("received_at", number), ("version", Integer), ("holder", words)]
    rest += [("marks", words), ("waiting_for", words)]
    return found + [_plain(name, kind) for name, kind in rest]


COLUMNS = _columns()
"""A queue row's columns in the order of its fields, up to `waiting_for`."""
_OPEN_ORDER = (C.queue_rank, C.queue_at, C.no)
_NEWEST = (C.received_at.desc(), C.id.desc())
_OPEN = select(*COLUMNS).where(C.is_open).order_by(*_OPEN_ORDER)
_ENDED = select(*COLUMNS).where(~C.is_open).order_by(*_NEWEST)
_PAGE = Prepared(
    _OPEN.limit(bindparam("size", type_=Integer)).offset(bindparam("skip", type_=Integer))
)
# Made once: putting so many columns into a statement costs as much as a page of rows.


def wanted(filters: Filters, procedure: Procedure, places: Places) -> Wanted:
    """The filters as conditions; a grid or an area may be given by any of its names."""
    found: list[ColumnElement[bool]] = []
    if filters.bay is not None:
        names = [s.name for s in procedure.states.values() if s.bay and s.bay.zh == filters.bay]
        found.append(C.state.in_(names))
    if filters.state is not None:
        found.append(C.state == filters.state)
    if filters.area is not None:
        area = places.area(filters.area)
        found.append(C.area == (area.code if area else filters.area))
    if filters.grid is not None:
        grid = places.grid(filters.grid)
        found.append(C.grid == (grid.name if grid else filters.grid))
    if filters.channel is not None:
        found.append(C.channel == filters.channel)
    if filters.track is not None:
        found.append(C.track == filters.track)
    if filters.kind is not None:
        found.append(C.kind == filters.kind)
    if filters.discovered_by is not None:
        found.append(C.discovered_by == filters.discovered_by)
    if filters.mark is not None:
        found.append(C.urged > 0 if filters.mark == "催" else holds("marks", filters.mark))
    if filters.tag is not None:
        found.append(tagged(filters.tag))
    state = procedure.states.get(filters.state or "")
    ended = state is not None and state.end
    return Wanted(tuple(found), filters.overdue, (filters.text or "").strip(), ended)


def holds(name: str, word: str) -> ColumnElement[bool]:
    """Whether a stored list of texts holds this text."""
    return type_coerce(C[name], Text()).contains(f'"{word}"', autoescape=True)


def tagged(tag: str) -> ColumnElement[bool]:
    """Whether a case carries a flag, a pain point or a key work of this name."""
    if tag in FLAGS:
        found: ColumnElement[bool] = C[tag].is_(True)
        return found
    if tag == "cross_grid":
        return type_coerce(C.cross_grids, Text()) != "[]"
    return or_(holds("pain_points", tag), holds("key_work", tag))


def page(
    connection: Connection,
    asked: Wanted,
    now_ms: int,
    *,
    closed_too: bool = False,
    part: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[tuple[Any, ...]]:
    """The rows of one page: open cases by rank and due time, then ended ones, the newest first."""
    closed_too = (closed_too or asked.ended) and part is None and not asked.overdue
    conditions = (*asked.conditions, *_moment(asked, part, now_ms))
    if asked.text:
        stop = None if limit is None else offset + limit
        return list(islice(_found(connection, asked, conditions, closed_too), offset, stop))
    if limit is not None and not conditions:
        rows = _plain_page(connection, limit, offset)
    else:
        rows = _tuples(connection, _cut(_OPEN, conditions, limit, offset))
    if not closed_too or (limit is not None and len(rows) >= limit):
        return rows
    skip = 0
    if offset and not rows:
        skip = offset - _count(connection, (C.is_open, *conditions))
    left = None if limit is None else limit - len(rows)
    return rows + _tuples(connection, _cut(_ENDED, conditions, left, skip))


def total(
    connection: Connection,
    asked: Wanted,
    now_ms: int,
    *,
    closed_too: bool = False,
    part: str | None = None,
) -> int:
    """How many cases fit in all."""
    closed_too = (closed_too or asked.ended) and part is None and not asked.overdue
    conditions = (*asked.conditions, *_moment(asked, part, now_ms))
    if asked.text:
        return sum(1 for _row in _found(connection, asked, conditions, closed_too))
    return _count(connection, conditions if closed_too else (C.is_open, *conditions))


def _moment(asked: Wanted, part: str | None, now_ms: int) -> Conditions:
    """The conditions that depend on the moment: what is red now, and whose turn it is."""
    if part is None and not asked.overdue:
        return ()
    red = type_coerce(C.red_at, BigInteger()) <= now_ms
    found: list[ColumnElement[bool]] = [red] if asked.overdue else []
    if part == "mine":
        found.append(or_(C.hands == "mine", red))
    elif part == "theirs":
        found += [C.hands != "mine", or_(C.red_at.is_(None), ~red)]
    return tuple(found)


def _cut(
    statement: Select[Any], conditions: Conditions, limit: int | None, offset: int
) -> Select[Any]:
    if conditions:
        statement = statement.where(*conditions)
    if limit is not None:
        statement = statement.limit(limit)
    return statement.offset(offset) if offset else statement


def _plain_page(connection: Connection, limit: int, offset: int) -> list[tuple[Any, ...]]:
    """A page without conditions, past Core: this is what the desk reads after every act.

    What Core adds to a statement of so many columns costs as much as the page itself.
    """
    if not connection.in_transaction():
        connection.begin()
    return _PAGE.rows(connection, {"size": limit, "skip": offset})


def _tuples(connection: Connection, statement: Select[Any]) -> list[tuple[Any, ...]]:
    return connection.execute(statement).all()  # type: ignore[return-value]


def _count(connection: Connection, conditions: Conditions) -> int:
    counting = select(func.count()).select_from(case_row).where(*conditions)
    return connection.execute(counting).scalar_one()


def _found(
    connection: Connection, asked: Wanted, conditions: Conditions, closed_too: bool
) -> Iterator[tuple[Any, ...]]:
    """Rows that hold the text, open ones first, then the newest; each looked at once more."""
    width = len(COLUMNS)
    fits = search.fits(asked.text)
    sides: list[ColumnElement[bool]] = [C.is_open]
    if closed_too:
        sides.append(~C.is_open)
    for side in sides:
        statement = (
            select(*COLUMNS, C.description.label("whole"))
            .where(side, search.condition(asked.text, connection.dialect.name), *conditions)
            .order_by(C.id.desc())
        )
        yield from _checked(connection, statement, width, fits)


def _checked(
    connection: Connection, statement: Select[Any], width: int, fits: Callable[..., bool]
) -> Iterator[tuple[Any, ...]]:
    names = [column.key for column in COLUMNS]
    no, external_no = names.index("no"), names.index("external_no")
    place, category, grid = (names.index(name) for name in ("place", "category", "grid"))
    with connection.execution_options(yield_per=200).execute(statement) as result:
        for row in result:
            if fits(row[no], row[external_no], row[place], row[category], row[grid], row[width]):
                yield tuple(row[:width])
