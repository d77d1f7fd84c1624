"""The files of a case as they lie now: each copy found again, and its hash counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from dutydesk.desk.attachments import AttachmentFolder, base_name
from dutydesk.desk.tools import digest_of
from dutydesk.views.card_rows import AttachmentRow, CaseCard

State = Literal["whole", "changed", "missing", "name_only"]


class KeptFile(NamedTuple):
    """One file of a case: what it is, since when it is kept, how many bytes its copy has.

    `state` is whole, changed (the copy is not what was kept), missing (the copy is gone), or
    name_only (there never was a copy). `copy` is where the copy lies, None without one.
    """

    kind_label: str
    file: str
    party: str | None
    at: datetime | None
    size: int | None
    copy: Path | None
    state: State

    @property
    def name(self) -> str:
        """The name of the file without its folders."""
        return base_name(self.file)


def kept_files(card: CaseCard, folder: AttachmentFolder | None) -> tuple[KeptFile, ...]:
    """Every file of a case, the first kept first; reads each copy from end to end."""
    times = _times(card)
    return tuple(_kept(one, times.get((one.kind, one.file)), folder) for one in card.attachments)


def _kept(one: AttachmentRow, at: datetime | None, folder: AttachmentFolder | None) -> KeptFile:
    state: State = "name_only"
    copy, size = None, None
    if one.digest:
        copy = folder.copy_of(one.digest) if folder is not None else None
        state = "missing"
    if copy is not None:
        found = digest_of(copy)
        state = "whole" if found == one.digest else "changed" if found else "missing"
        size = _size(copy)
    return KeptFile(one.kind_label, one.file, one.party, at, size, copy, state)


def _size(copy: Path) -> int | None:
    try:
        return copy.stat().st_size
    except OSError:
        return None


def _times(card: CaseCard) -> dict[tuple[str, str], datetime]:
    """When each file was added, by its kind and name."""
    found: dict[tuple[str, str], datetime] = {}
    for event in card.events:
        more = event.data.get("attachments")
        for entry in (event.data, *(more if isinstance(more, (list, tuple)) else ())):
            if isinstance(entry, Mapping) and entry.get("file"):
                found.setdefault((str(entry.get("kind")), str(entry["file"])), event.at)
    return found
