"""The tables as statements name them: their columns, each with how its values lie in the store.

What a store is made of (keys, constraints, indexes) is said by the classes of `casetables`,
`sidetables`, `handtables` and `registertables`, which are loaded only where a store is made or
brought up to date; a test holds the names here to them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, String, TableClause, column, table
from sqlalchemy.types import TypeEngine

from dutydesk.storage.types import Instant, JsonText, RowId

NEVER = 1 << 62
"""`queue_at` of a case in which no limit runs: after everything that has one."""

SEARCH_TABLE = "case_search"
CREATE_SEARCH = (
    f"CREATE VIRTUAL TABLE {SEARCH_TABLE} USING fts5("
    "text, content='', tokenize='unicode61 remove_diacritics 0', columnsize=0)"
)
"""SQLite only: contentless, a token per character; rowid is `case_row.id`."""

_KINDS: dict[str, TypeEngine[Any]] = {
    "row": RowId(),
    "text": String(),
    "whole": Integer(),
    "long": BigInteger(),
    "truth": Boolean(),
    "instant": Instant(),
    "document": JsonText(),
}


def _table(name: str, **kinds: str) -> TableClause:
    """A table by its name; of each kind of value the names of the columns that hold it."""
    held = ((called, _KINDS[kind]) for kind, names in kinds.items() for called in names.split())
    return table(name, *(column(called, kind) for called, kind in held))


case_row = _table(
    "case_row",
    row="id",
    text="no area grid channel external_no state class_ track difficulty lead station "
    "category kind discovered_by place description caller_name caller_phone holder "
    "satisfaction merged_into clock clock_party hands search_text",
    whole="run version last_seq urged queue_rank",
    long="queue_at",
    truth="is_open urgent cross_level cross_domain legacy",
    instant="received_at reported_at occurred_at upstream_due since_at last_act_at closed_at "
    "started_at due_at yellow_at red_at next_due_at waiting_since",
    document="cross_grids pain_points key_work marks waiting_for facts",
)
clock_run = _table(
    "clock_run",
    text="case_no name party variant rule holder",
    whole="id run",
    long="limit_s",
    truth="ended on_time exempt",
    instant="started_at due_at stopped_at",
)
event = _table(
    "event",
    row="id",
    text="case_no area verb by_role by_name on_behalf channel state clause seat personal "
    "prev_hash hash",
    whole="seq",
    truth="late_entry",
    instant="at recorded_at",
    document="data",
)
personal = _table(
    "personal",
    text="digest salt",
    instant="erased_at",
    document="body",
)
act_key = _table(
    "act_key",
    row="first_event last_event",
    text="key verb case_no digest",
)
alarm = _table(
    "alarm",
    text="key area case_no clock party light reason silence acked_by priority shelved_by "
    "shelved_reason",
    whole="clock_id rung",
    truth="rings late urgent",
    instant="planned_at raised_at acked_at ended_at returned_at shelved_until reminded_at",
    document="addressees cases told",
)
alarm_step = _table(
    "alarm_step",
    row="id event",
    text="alarm did by reason",
    instant="at until_at",
)
duty_state = _table(
    "duty_state",
    text="area holder",
    whole="version",
    document="facts",
)
outbox = _table(
    "outbox",
    text="key area case_no channel recipient text state reason confirmed_by kind push attempt "
    "receipt",
    whole="tries",
    instant="created_at changed_at sent_at attempted_at next_at",
)
push = _table(
    "push",
    text="id case_no area state reason",
    instant="created_at ended_at",
    document="act",
)
login = _table(
    "login",
    text="person state source said_by",
    instant="at",
)
batch = _table(
    "batch",
    text="id kind area file digest layout channel by",
    whole="rows new changed unchanged rejected",
    instant="at undone_at",
    document="detail",
)
batch_row = _table(
    "batch_row",
    text="batch case_no external_no result",
    whole="row",
    instant="looked_at",
    document="detail",
)
inspection = _table(
    "inspection",
    row="id",
    text="area grid by place case_no reason verdict note",
    truth="none_open",
    instant="at recorded_at",
)
returned = _table(
    "returned",
    text="case_no batch",
    whole="run",
    instant="exported_at",
)
lease = _table(
    "lease",
    text="name holder",
    instant="until_at ticked_at",
)
tally = _table(
    "tally",
    text="name",
    long="value",
)
meta = _table(
    "meta",
    text="name value",
)
contact = _table(
    "contact",
    row="id",
    text="unit name kind area grid phone alternate note initials",
    instant="changed_at removed_at",
)
writeback = _table(
    "writeback",
    row="id",
    text="case_no area channel external_no what party ticked_by receipt batch",
    whole="run",
    instant="since_at ticked_at",
)
claim = _table(
    "claim",
    text="case_no seat who",
    instant="since_at touched_at",
)
seat = _table(
    "seat",
    text="seat area who case_no",
    instant="seen_at",
)
edition = _table(
    "edition",
    text="book by file digest",
    whole="number",
    instant="at",
    document="detail",
)
entry = _table(
    "entry",
    text="book code",
    whole="place added changed",
    document="body",
)
