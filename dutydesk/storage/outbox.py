"""The outbox: what is to be said to whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from dutydesk.storage.tables import outbox


class Sending(StrEnum):
    """What is known of a message; UNKNOWN goes to a person (decision 4).

    SENDING is written before the channel is asked: whoever is cut off there leaves UNKNOWN.
    DROPPED is what had become pointless before it was sent; its reason says why.
    """

    DRAFT = "DRAFT"
    SENDING = "SENDING"
    SENT = "SENT"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"
    DROPPED = "DROPPED"


@dataclass(frozen=True, slots=True)
class Message:
    """One text to one recipient; `key` is made from what it says, so writing it twice is one."""

    key: str
    area: str
    case: str | None
    channel: str
    recipient: str
    text: str
    created_at: datetime
    state: Sending = Sending.DRAFT
    reason: str | None = None
    sent_at: datetime | None = None
    confirmed_by: str | None = None
    kind: str | None = None
    push: str | None = None


def put(connection: Connection, message: Message) -> bool:
    """Write a message; False where its key is there already."""
    known = select(outbox.c.key).where(outbox.c.key == message.key)
    if connection.execute(known).first() is not None:
        return False
    connection.execute(
        outbox.insert().values(
            key=message.key,
            area=message.area,
            case_no=message.case,
            channel=message.channel,
            recipient=message.recipient,
            text=message.text,
            state=message.state.value,
            reason=message.reason,
            tries=0,
            created_at=message.created_at,
            changed_at=message.created_at,
            sent_at=message.sent_at,
            confirmed_by=message.confirmed_by,
            kind=message.kind,
            push=message.push,
        )
    )
    return True
