"""Entries of the ledger are ticked; what another seat ticked first is said, not redone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from dutydesk.desk.acting import Acting
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import one_line
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk
    from dutydesk.workflow.cases.owing import Entry


class Ticked(NamedTuple):
    """How many entries were ticked now, and those that had been ticked before."""

    done: int
    before: tuple[Entry, ...]


def tick(
    desk: Desk, ids: Sequence[int], by: Actor, receipt: str | None = None, seat: str | None = None
) -> Ticked:
    """Say that entries were entered in their platform, each by a `write_back` of its case.

    All in one transaction. Raises BadInput for an unknown number, Refused where somebody else
    holds the desk.
    """
    from dutydesk.storage.queries import writebacks  # slow import

    done = 0
    before: list[Entry] = []
    with desk.store.unit() as unit:
        acting = Acting(unit, desk.ground, desk.words)
        for number in ids:
            entry = writebacks.by_id(unit.connection, [number]).get(number)
            if entry is None:
                raise BadInput(_("没有这一条待回填：{number}").format(number=number))
            if not entry.open:
                before.append(entry)
                continue
            acting.do(_entered(desk, entry, by, receipt, seat))
            done += 1
    return Ticked(done, tuple(before))


def _entered(desk: Desk, entry: Entry, by: Actor, receipt: str | None, seat: str | None) -> Act:
    words, now = desk.words, desk.now()
    label = desk.ground.procedure.writeback.acts[entry.what].label.in_(words.lang)
    fields: dict[str, object] = {
        "system": words.choice("channel", entry.channel),
        "what": f"{label} {entry.party}" if entry.party else label,
    }
    if receipt and (said := one_line(receipt)):
        fields["receipt"] = said
    return Act("write_back", by, now, now, entry.case, fields, seat=seat or None)
