"""The month's quality sample is drawn: stored with its seed, so that it can be drawn again."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.views.sampling import (
    Sample,
    asked_quota,
    population,
    read_month,
    stored,
    text_name,
)
from dutydesk.views.sampling_rows import Draw, Member, MonthSample
from dutydesk.workflow.cases.acts import Act, Event
from dutydesk.workflow.sampling import LARGEST_SEED, STRATA, Month, Quota, draw, month_of
from dutydesk.workflow.time.zone import iso

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk
    from dutydesk.storage import Unit
    from dutydesk.workflow.cases.model import Actor

VERB = "sample"


def draw_sample(desk: Desk, month: str, by: Actor, seed: int | None = None) -> MonthSample:
    """Draw what a month's sample still lacks; give the sample as it stands then.

    The first draw fixes the seed, chosen where none is given. In the running month each draw is a
    tranche: it tops up what grew. The first draw after the month's end freezes the population;
    from then on nothing changes any more, and a draw that adds nothing writes nothing.
    Raises Refused (not_your_role), BadInput for a month to come, another seed, or no such duty.
    """
    quota, wanted, now = asked_quota(desk.ground.procedure), read_month(month), desk.now()
    if by.role != quota.by:
        params = {"role": by.role, "allowed": [quota.by]}
        raise Refused("not_your_role", params, quota.clause)
    if wanted.from_at > now:
        message = _("{month} 还没有开始，不能抽取").format(month=wanted.name)
        raise BadInput(message, expected=month_of(now.date()).name)
    with desk.store.unit() as unit:
        before = stored(unit.connection, desk.ground.area, wanted)
        lot = _seed(before, seed, wanted)
        if before is None or before.frozen is None:
            _tranche(desk, unit, wanted, before, lot, by)
    return desk.read(Sample(wanted.name))


def _seed(before: Draw | None, given: int | None, month: Month) -> int:
    """The stored seed; BadInput for another one than that."""
    if before is not None:
        if given not in (None, before.seed):
            message = _("{month} 已按种子 {seed} 抽取，不能换成 {given}")
            said = message.format(month=month.name, seed=before.seed, given=given)
            raise BadInput(said, expected=str(before.seed))
        return before.seed
    if given is None:
        return secrets.randbelow(LARGEST_SEED) + 1
    if not 0 <= given <= LARGEST_SEED:
        message = _("种子 {given} 不对").format(given=given)
        raise BadInput(message, expected=f"0–{LARGEST_SEED}")
    return given


def _tranche(
    desk: Desk, unit: Unit, month: Month, before: Draw | None, seed: int, by: Actor
) -> None:
    """Draw the rest of each stratum, and write it with its event where anything is new."""
    now, quota = desk.now(), asked_quota(desk.ground.procedure)
    members = population(unit.connection, desk.context, month)
    had = before.drawn if before is not None else {}
    added: dict[str, tuple[str, ...]] = {}
    for name in STRATA:
        pool = [member.no for member in members if member.stratum == name]
        added[name] = draw(pool, quota.wanted(len(pool)), seed, had)
    ended = now >= month.to_at
    if before is not None and not ended and not any(added.values()):
        return
    drawn = dict(had) | {no: now for found in added.values() for no in found}
    tranches = (before.tranches if before is not None else 0) + 1
    made = Draw(seed, drawn, tranches, members if ended else None)
    unit.save_text(text_name(desk.ground.area, month), _text(made))
    counts = {name: sum(1 for m in members if m.stratum == name) for name in STRATA}
    data = {
        "month": month.name,
        "seed": seed,
        "tranche": tranches,
        "frozen": ended,
        "population": counts,
        "drawn": {name: list(found) for name, found in added.items()},
    }
    act = Act(VERB, by, now, now, fields=data)
    unit.save_duty(unit.duty(desk.ground.area), (_event(act, tranches, quota),), act)


def _text(made: Draw) -> str:
    from dutydesk.storage.types import dump  # slow import

    drawn = {no: iso(at) for no, at in made.drawn.items()}
    frozen = None if made.frozen is None else [_row(member) for member in made.frozen]
    return dump({"seed": made.seed, "drawn": drawn, "tranches": made.tranches, "frozen": frozen})


def _row(member: Member) -> list[str | None]:
    closed = iso(member.closed_at) if member.closed_at is not None else None
    return [member.no, member.stratum, closed]


def _event(act: Act, tranche: int, quota: Quota) -> Event:
    return Event(
        verb=act.verb,
        at=act.at,
        recorded_at=act.recorded_at,
        by=act.by,
        case=None,
        state=None,
        seq=tranche,
        data=act.fields,
        clause=quota.clause,
        late_entry=False,
    )
