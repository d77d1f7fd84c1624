"""Which case a file was kept with last, by what its copy is called."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from dutydesk.storage.tables import event

E = event.c
LATEST = 600
"""House: a new picture was used in one of the latest acts with files, if at all."""


def used(connection: Connection, digests: Collection[str]) -> dict[str, str]:
    """The number of the case by digest, of those that one of the latest acts has kept."""
    asked = (
        select(E.case_no, E.data)
        .where(E.verb.in_(("file_result", "attach")))
        .order_by(E.id.desc())
        .limit(LATEST)
    )
    found: dict[str, str] = {}
    for row in connection.execute(asked):
        for digest in kept_in(row.data or {}):
            if digest in digests:
                found.setdefault(digest, row.case_no)
    return found


def kept_in(data: Mapping[str, Any]) -> list[str]:
    """The digests of the files that an act has kept."""
    entries = [data, *(data.get("attachments") or ())]
    return [str(one["digest"]) for one in entries if isinstance(one, Mapping) and one.get("digest")]
