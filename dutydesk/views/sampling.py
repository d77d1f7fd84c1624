"""How far the month's quality sample is: what was drawn, judged and is left (X-4.2.2.6, A-18)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.views.question import Context, Reading
from dutydesk.views.queue import millis
from dutydesk.views.sampling_rows import Draw, Member, MonthSample, SampleRow, StratumRow
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.sampling import (
    STRATA,
    Month,
    Quota,
    light,
    month_named,
    month_of,
    quota_of,
)
from dutydesk.workflow.time.zone import parse_instant, to_local

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dutydesk.storage.queries.sampling import Reported


@dataclass(frozen=True, slots=True)
class Sample:
    """A month's sample, `2026-11`; without a month the one that is worked on now.

    That is the running month, or the one before while something of it is still to be done.
    """

    month: str | None = None

    def answer(self, reading: Reading, context: Context) -> MonthSample:
        """The sample as it stands. Raises BadInput for a text that is no month, and where the
        procedure asks for no sample."""
        quota = asked_quota(context.procedure)
        if self.month is not None:
            return _sample(reading, context, quota, read_month(self.month))
        month = month_of(to_local(reading.now).date())
        last = _owed(reading, context, quota, month.before)
        return last or _sample(reading, context, quota, month)


def _owed(reading: Reading, context: Context, quota: Quota, last: Month) -> MonthSample | None:
    """The month before, while something of it is to be done: until it is late, or once drawn."""
    drawn = stored(reading.connection, context.area, last) is not None
    if not drawn and reading.now > _due(context, last, quota):
        return None
    found = _sample(reading, context, quota, last)
    return found if found.population and not found.complete else None


def asked_quota(procedure: Procedure) -> Quota:
    """What the procedure asks of a month; BadInput where it asks for nothing."""
    quota = quota_of(procedure.raw.get("routine", ()))
    if quota is None:
        message = _("规程 {name} 没有每月抽查：在 [[routine]] 里写 ratio 和 by")
        raise BadInput(message.format(name=procedure.name))
    return quota


def read_month(text: str) -> Month:
    """The month that a text names; BadInput with the accepted form."""
    found = month_named(text)
    if found is None:
        raise BadInput(_("“{text}”不是月份").format(text=text), expected="2026-11")
    return found


def population(connection: Connection, context: Context, month: Month) -> tuple[Member, ...]:
    """The cases of the month as they stand; what was refused belongs to another area."""
    from dutydesk.storage.queries import sampling  # slow import

    without = refused_states(context.procedure)
    ends = millis(month.from_at), millis(month.to_at)
    found = []
    for one in sampling.of_stretch(connection, context.area, *ends, without):
        stratum = month.stratum(one.received_at, one.closed_at)
        if stratum is not None:
            found.append(
                Member(one.no, stratum, one.closed_at if month.holds(one.closed_at) else None)
            )
    return tuple(found)


def refused_states(procedure: Procedure) -> frozenset[str]:
    """The states of a case that the desk did not take."""
    return frozenset(
        row.to
        for row in procedure.transitions
        if row.to is not None and any((e.kind, e.name) == ("set", "refused") for e in row.effects)
    )


def stored(connection: Connection, area: str, month: Month) -> Draw | None:
    """The draw of a month as the store keeps it; None before the first."""
    from dutydesk.storage import meta  # slow import

    text = meta.read(connection, text_name(area, month))
    if text is None:
        return None
    kept = json.loads(text)
    frozen = kept["frozen"]
    return Draw(
        kept["seed"],
        {no: parse_instant(at) for no, at in kept["drawn"].items()},
        kept["tranches"],
        None if frozen is None else tuple(_member(*row) for row in frozen),
    )


def text_name(area: str, month: Month) -> str:
    """Under which name the store keeps a month's draw."""
    return f"sample|{area}|{month.name}"


def _member(no: str, stratum: str, closed: str | None) -> Member:
    return Member(no, stratum, None if closed is None else parse_instant(closed))


def _sample(reading: Reading, context: Context, quota: Quota, month: Month) -> MonthSample:
    draw = stored(reading.connection, context.area, month)
    frozen = draw.frozen if draw is not None else None
    members = frozen if frozen is not None else population(reading.connection, context, month)
    drawn = draw.drawn if draw is not None else {}
    rows, beyond = _judged(reading, context.area, month, members, drawn)
    strata = tuple(_stratum(name, members, rows, quota) for name in STRATA)
    made = MonthSample(
        month=month.name,
        area=context.area,
        ratio=float(quota.ratio),
        clause=quota.clause,
        from_at=month.from_at,
        to_at=month.to_at,
        due_at=_due(context, month, quota),
        seed=draw.seed if draw is not None else None,
        tranches=draw.tranches if draw is not None else 0,
        frozen=frozen is not None,
        light="",
        strata=strata,
        rows=rows,
        beyond=beyond,
    )
    return made._replace(light=light(reading.now, month, quota, made.due_at, made.complete))


def _due(context: Context, month: Month, quota: Quota) -> datetime:
    """The end of the last working day that is left for the rest."""
    last = month.to_at - timedelta(seconds=1)
    return context.hours.calendar.working_days.end_of_day(last, quota.settle_workdays)


def _stratum(
    name: str, members: tuple[Member, ...], rows: tuple[SampleRow, ...], quota: Quota
) -> StratumRow:
    count = sum(1 for member in members if member.stratum == name)
    mine = [row for row in rows if row.stratum == name]
    done = sum(1 for row in mine if row.done_at is not None)
    return StratumRow(name, count, quota.wanted(count), len(mine), done)


def _judged(
    reading: Reading,
    area: str,
    month: Month,
    members: tuple[Member, ...],
    drawn: Mapping[str, datetime],
) -> tuple[tuple[SampleRow, ...], tuple[str, ...]]:
    """The drawn cases with their verdicts, and the numbers that were checked beside them.

    A check counts for a drawn case from its draw on, and of a case that was closed in the month
    from its closing on: before there was nothing to judge.
    """
    from dutydesk.storage.queries import inspections  # slow import

    since, until = millis(month.from_at), millis(reading.now) + 1
    checks = [
        row for row in inspections.between(reading.connection, area, since, until) if row.case_no
    ]
    where = _grids(reading, members, drawn)
    rows, counted = [], set()
    for member in members:
        if member.no not in drawn:
            continue
        at = max(drawn[member.no], member.closed_at or drawn[member.no])
        first = next((c for c in checks if c.case_no == member.no and c.at >= at), None)
        found = (first.at, first.verdict, first.by) if first is not None else (None, None, None)
        rows.append(
            SampleRow(member.no, where.get(member.no), member.stratum, drawn[member.no], *found)
        )
        if first is not None:
            counted.add(first.id)
    beyond = {c.case_no for c in checks if c.id not in counted and month.holds(c.at)}
    beyond -= {row.no for row in rows if row.done_at is not None}
    return tuple(rows), tuple(sorted(beyond))


def _grids(
    reading: Reading, members: tuple[Member, ...], drawn: Mapping[str, datetime]
) -> dict[str, str | None]:
    """The grid of each drawn case."""
    from dutydesk.storage.queries import sampling  # slow import

    numbers = [member.no for member in members if member.no in drawn]
    found: list[Reported] = list(sampling.named(reading.connection, numbers))
    return {one.no: one.grid for one in found}
