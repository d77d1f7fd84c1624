"""Who has had a part in a case, by its journal."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from dutydesk.storage.tables import event


def of(connection: Connection, no: str, verbs: Collection[str]) -> frozenset[str]:
    """Everybody who did or recorded one of these acts on a case, each as `role` or `role:name`."""
    asked = (
        select(event.c.by_role, event.c.by_name, event.c.on_behalf)
        .where(event.c.case_no == no, event.c.verb.in_(list(verbs)))
        .distinct()
    )
    found: set[str] = set()
    for role, name, behalf in connection.execute(asked):
        found.add(f"{role}:{name}" if name else str(role))
        if behalf:
            found.add(str(behalf))
    return frozenset(found)
