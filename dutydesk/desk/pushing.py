"""A convening that a channel carries takes effect once everybody has its message (A-32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dutydesk.desk.messages import CONVENE, convened, leaving, meetings
from dutydesk.errors import BadInput, Refused
from dutydesk.storage import Sending, Unit, pushes, sending
from dutydesk.storage.pushes import DONE, REFUSED, WAITING, Push
from dutydesk.storage.sending import Sent
from dutydesk.views.jsonable import plain
from dutydesk.workflow.cases.acts import Act, Outcome
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.time.zone import parse_instant

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk
    from dutydesk.desk.ground import Ground
    from dutydesk.views.labels import Words

Waiting = tuple[Act, Outcome]


def waits(ground: Ground, act: Act) -> bool:
    """Whether an act is done only when its messages are: a convening with an automatic channel."""
    return CONVENE in ground.carries and ground.procedure.sets(act.verb, "convened")


def begun_before(unit: Unit, act: Act) -> bool:
    """Whether this very act, by its key, already waits for its messages."""
    if act.key is None or act.case is None:
        return False
    known = pushes.known(unit.connection, None, case=act.case)
    return any(one.act.get("key") == act.key for one in known)


def begin(unit: Unit, ground: Ground, words: Words, waiting: Sequence[Waiting]) -> None:
    """Write the messages of these convenings, and the acts that wait for them.

    What waited before on one of these cases has been overtaken: it is not sent any more.
    """
    acts = {outcome.case.no: act for act, outcome in waiting}
    for group in meetings([outcome for _act, outcome in waiting]):
        first = group[0]
        at = first.events[0].recorded_at
        for outcome in group:
            _overtake(unit, outcome.case.no, at)
        count = pushes.of_case(unit.connection, first.case.no)
        number = f"{first.case.no}|{first.events[0].seq}|{count + 1}"
        for outcome in group:
            no = outcome.case.no
            document = _document(acts[no])
            made = Push(number, no, outcome.case.area, document, WAITING, None, at)
            pushes.put(unit.connection, made)
        for one in convened(group, first.events[0], words, drill=ground.drill):
            left = leaving(one, ground.carries)
            unit.put_message(replace(left, key=f"{number}|{one.recipient}", push=number))


def _overtake(unit: Unit, no: str, at: datetime) -> None:
    for known in pushes.known(unit.connection, None, case=no):
        pushes.end(unit.connection, known.id, REFUSED, at, "superseded")
        for row in sending.of_push(unit.connection, known.id):
            if row.state == Sending.DRAFT.value:
                sending.record(
                    unit.connection, row.key, None, at, Sending.DROPPED, reason="superseded"
                )


def settle(desk: Desk) -> int:
    """Do the acts whose messages have all been sent; gives how many pushes came to an end.

    Doing it twice changes nothing: act and end of the push are one transaction.
    """
    area = desk.ground.area
    with desk.store.reading() as connection:
        known = pushes.known(connection, area)
        ready = {one.id for one in known if _over(sending.of_push(connection, one.id)) is not None}
    for number in sorted(ready):
        _settle_one(desk, number)
    return len(ready)


def _over(rows: Sequence[Sent]) -> str | None:
    """How a push ended: DONE once all are SENT, REFUSED once one will never be; None else."""
    states = {row.state for row in rows}
    if Sending.DROPPED.value in states:
        return REFUSED
    return DONE if states == {Sending.SENT.value} else None


def _settle_one(desk: Desk, number: str) -> None:
    from dutydesk.desk.acting import Acting  # slow import

    now = desk.now()
    with desk.store.unit() as unit:
        waiting = [p for p in pushes.known(unit.connection, desk.ground.area) if p.id == number]
        rows = sending.of_push(unit.connection, number)
        end = _over(rows)
        if not waiting or end is None:
            return
        reason = "dropped" if end == REFUSED else None
        acting = Acting(unit, desk.ground, desk.words, pushed=True)
        at = max((row.sent_at for row in rows if row.sent_at), default=now)
        for one in waiting if end == DONE else ():
            try:
                acting.do(_act(one, number, min(at, now), now))
            except Refused as refused:
                end, reason = REFUSED, f"refused {refused.code}"
            except BadInput:
                end, reason = REFUSED, "refused unknown_case"
        pushes.end(unit.connection, number, end, now, reason)
        unit.touch()


def _document(act: Act) -> dict[str, Any]:
    """An act as it is kept while it waits."""
    return {
        "verb": act.verb,
        "by": str(act.by),
        "fields": plain(act.fields),
        "on_behalf": str(act.on_behalf) if act.on_behalf else None,
        "channel": act.channel,
        "key": act.key,
        "seat": act.seat,
        "bundled": act.bundle is not None,
    }


def _act(push: Push, number: str, at: datetime, now: datetime) -> Act:
    kept: Mapping[str, Any] = push.act
    return Act(
        verb=kept["verb"],
        by=Actor.parse(kept["by"]),
        at=at,
        recorded_at=now,
        case=push.case,
        fields={name: _typed(value) for name, value in kept["fields"].items()},
        on_behalf=Actor.parse(kept["on_behalf"]) if kept["on_behalf"] else None,
        channel=kept["channel"],
        key=kept["key"],
        seat=kept["seat"],
        bundle=number if kept["bundled"] else None,
    )


def _typed(value: Any) -> Any:
    """A field as the act had it: the rules read texts as well, an instant is given back as one."""
    if isinstance(value, str) and len(value) >= 19 and value[4] == "-" and value[10] == "T":
        try:
            return parse_instant(value)
        except ValueError:
            return value
    return value
