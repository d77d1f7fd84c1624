"""Keys of acts: what makes a repetition harmless and another act under the same key visible."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from dutydesk.storage.bare import bare, bare_insert
from dutydesk.storage.journal import document
from dutydesk.storage.prepared import Prepared
from dutydesk.storage.tables import act_key
from dutydesk.workflow.cases.acts import Act

_KEPT = ("key", "verb", "case_no", "digest", "first_event", "last_event")
"""The columns behind the fields of `Kept`, in their order."""
_ONE = Prepared(
    select(*(act_key.c[name] for name in _KEPT)).where(act_key.c.key == bindparam("asked"))
)
_INSERT = Prepared(bare_insert(act_key))


class Kept(NamedTuple):
    """An act that was done under a key; `last_event` < `first_event` where it left none."""

    key: str
    verb: str
    case: str | None
    digest: str
    first_event: int
    last_event: int

    def same(self, act: Act) -> bool:
        """Whether `act` asks the same thing; a registration is asked on no case."""
        return self.digest == act_digest(act)


def act_digest(act: Act) -> str:
    """SHA-256 of what an act asks: verb, case, who, for whom, channel and fields.

    Leaves out the times, the version seen, the key and the seat: a repetition has others.
    """
    asked = {
        "verb": act.verb,
        "case": act.case,
        "by": str(act.by),
        "on_behalf": str(act.on_behalf) if act.on_behalf else None,
        "channel": act.channel,
        "fields": dict(act.fields),
    }
    return sha256(document(asked).encode()).hexdigest()


def kept(connection: Connection, key: str) -> Kept | None:
    """The act that was done under a key."""
    row = _ONE.row(connection, {"asked": key})
    return None if row is None else Kept(*row)


def save(connection: Connection, done: Iterable[Kept]) -> None:
    """Write the keys of acts."""
    _INSERT.write(connection, [bare(dict(zip(_KEPT, one, strict=True))) for one in done])
