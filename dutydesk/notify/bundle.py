"""Stage 3: messages that go as one request: the same text for several, and more in a crowd."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dutydesk.notify.channel import Letter
from dutydesk.notify.office import Office
from dutydesk.storage import Sending, Unit, sending
from dutydesk.storage.sending import Sent

CROWD = 3
"""House: more requests than this waiting on a channel that is paced, and texts are merged."""


def bundle(
    unit: Unit, office: Office, rows: Sequence[Sent], now: datetime
) -> list[tuple[Letter, ...]]:
    """The requests in order; whoever has no address on this channel is not left waiting."""
    letters = [made for row in rows if (made := _letter(unit, office, row, now)) is not None]
    groups = _grouped(office, letters, crowded=False)
    if len(groups) > CROWD:
        groups = _grouped(office, letters, crowded=True)
    return [tuple(group) for group in groups]


def _grouped(office: Office, letters: Sequence[Letter], *, crowded: bool) -> list[list[Letter]]:
    groups: list[list[Letter]] = []
    for letter in letters:
        fitting = (
            group for group in groups if office.channel.together(group, letter, crowded=crowded)
        )
        group = next(fitting, None)
        if group is None:
            groups.append([letter])
        else:
            group.append(letter)
    return groups


def _letter(unit: Unit, office: Office, row: Sent, now: datetime) -> Letter | None:
    address = office.address(row.recipient, now)
    if not address and office.channel.needs_address:
        sending.record(unit.connection, row.key, None, now, Sending.FAILED, reason="no_address")
        unit.touch()
        return None
    return Letter(row.key, row.text, row.recipient, address, row.kind or "", row.created_at)
