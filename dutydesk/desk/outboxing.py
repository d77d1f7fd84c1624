"""What a person decides of messages: send once more, told by hand, or give up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.config.toml_text import nearest
from dutydesk.desk.messages import MANUAL
from dutydesk.desk.pushing import settle
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.reports.message import message as message_of
from dutydesk.storage import Sending, by_hand, cases, sending
from dutydesk.text import one_line
from dutydesk.workflow.cases.acts import Act, Event
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.deciding import VERB
from dutydesk.workflow.templates import templates_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dutydesk.desk.door import Desk
    from dutydesk.storage import Unit
    from dutydesk.storage.sending import Sent

Write = Callable[["Connection", Collection[str], datetime, str], int]
"""How a choice is written to the outbox: connection, keys, now, by; gives how many changed."""


def resend(desk: Desk, keys: Sequence[str], by: Actor) -> int:
    """Send what was not sent, or not surely sent, once more; gives how many will be.

    A second sending is marked by who chose it. What its channel no longer carries goes by the one
    that does now. Raises BadInput for an unknown key, or where only a person can send it.
    """
    with desk.store.unit() as unit:
        rows = _known(sending.by_keys(unit.connection, keys), keys)
        for row in rows:
            channel = desk.ground.carries.get(row.kind or "")
            if channel is None:
                raise BadInput(
                    _("这种消息没有渠道可发；复制后由人发出，再确认已发，或设 [channel] carries")
                )
            if channel != row.channel:
                by_hand.reroute(unit.connection, row.key, channel)
        done = _decided(desk, unit, rows, by_hand.again, "resend", by)
    return done


def confirm(desk: Desk, keys: Sequence[str], by: Actor) -> int:
    """Say that these were sent by hand, or told by telephone; gives how many.

    An act that waited for the last of them is done now. Raises BadInput for an unknown key.
    """
    with desk.store.unit() as unit:
        rows = _known(sending.by_keys(unit.connection, keys), keys)
        done = _decided(desk, unit, rows, by_hand.confirm, "by_hand", by)
    settle(desk)
    return done


def give_up(desk: Desk, keys: Sequence[str], by: Actor) -> int:
    """Take these off the list unsent; an act that waited for one of them is not done."""
    with desk.store.unit() as unit:
        rows = _known(sending.by_keys(unit.connection, keys), keys)
        done = _decided(desk, unit, rows, by_hand.give_up, "give_up", by)
    settle(desk)
    return done


def previewed(desk: Desk, kind: str, no: str, fields: Mapping[str, str], by: Actor) -> str:
    """The text that a message of a kind would have for a case, before anything is sent.

    Raises BadInput for a kind of which the procedure has no text.
    """
    known = templates_of(desk.ground.procedure)
    if kind not in known:
        message = _("规程里没有 [messages.{kind}]；{hint}").format(
            kind=one_line(kind), hint=nearest(kind, known)
        )
        raise BadInput(message, expected=", ".join(known))
    with desk.store.reading() as connection:
        case = next((found for _row, found in cases.many(connection, [no])), None)
    now = desk.now()
    event = Event(kind, now, now, by, no, None, 0, dict(fields))
    return message_of(known[kind], event, case, desk.words, {}, drill=desk.ground.drill)


def note_login(desk: Desk, person: str, state: str, by: Actor) -> None:
    """Note by hand whether somebody is logged in to government WeChat (X-5.2.4.1).

    Raises BadInput for a name that stands on no roster, or a state other than in and out.
    """
    names = {one.name for one in desk.context.plan.planned(desk.now())}
    names |= {one.name for one in getattr(desk.context.plan, "people", ())}
    if person not in names:
        message = _("名单里没有“{name}”；{hint}").format(
            name=one_line(person), hint=nearest(person, names)
        )
        raise BadInput(message)
    if state not in ("in", "out"):
        raise BadInput(_("登录状态只能是 in（已登录）或 out（未登录）"))
    with desk.store.unit() as unit:
        by_hand.known_login(unit.connection, person, state, "hand", desk.now(), str(by))
        unit.touch()


def strand(desk: Desk, channels: Collection[str]) -> int:
    """Give to a person what waits for a channel that the settings no longer have."""
    known = (*channels, MANUAL)
    with desk.store.reading() as connection:
        if not sending.stranded(connection, desk.ground.area, known):
            return 0
    with desk.store.unit() as unit:
        rows = sending.stranded(unit.connection, desk.ground.area, known)
        for row in rows:
            sending.record(
                unit.connection, row.key, None, desk.now(), Sending.FAILED, reason="no_channel"
            )
        unit.touch()
    return len(rows)


def _decided(
    desk: Desk, unit: Unit, rows: Sequence[Sent], write: Write, choice: str, by: Actor
) -> int:
    """Write a choice where it still changes something, and the journal with it; gives how many."""
    from dutydesk.desk.acting import Acting  # slow import

    now, done = desk.now(), 0
    acting = Acting(unit, desk.ground, desk.words)
    for row in rows:
        if not write(unit.connection, [row.key], now, str(by)):
            continue
        done += 1
        fields: dict[str, object] = {
            "decision": choice,
            **({"message": row.kind} if row.kind else {}),
            "recipient": row.recipient,
            "was": f"{row.state} {row.reason or ''}".strip(),
            "message_key": row.key,
        }
        # A message about several cases, or of a case that an import took back, is the desk's.
        case = row.case if row.case and unit.case(row.case) is not None else None
        try:
            acting.do(Act(VERB, by, now, now, case, fields))
        except Refused:
            # The clock was set back behind the case's last act: then the desk's journal takes it.
            acting.do(Act(VERB, by, now, now, None, fields))
    unit.touch()
    return done


def _known(rows: Sequence[Sent], keys: Sequence[str]) -> Sequence[Sent]:
    missing = set(keys) - {row.key for row in rows}
    if missing:
        raise BadInput(_("没有这条消息：{key}").format(key=min(missing)))
    return rows
