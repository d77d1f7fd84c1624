"""Guards of deferral, suspension, appeal and re-dating: what may be put off, by whom, how often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.dating import deferred
from dutydesk.workflow.cases.guards.recorded import doer
from dutydesk.workflow.cases.model import Clock
from dutydesk.workflow.cases.pending import (
    appeals_pending,
    deferral_pending,
    overdue,
    wait_on,
)
from dutydesk.workflow.cases.redating import redated
from dutydesk.workflow.procedure import Transition
from dutydesk.workflow.time.calendar import Calendar
from dutydesk.workflow.time.counting import BeyondCalendar, Counting
from dutydesk.workflow.time.counting import due_at as counted_due
from dutydesk.workflow.time.limits import Limit


def deferral_open(asked: Asked) -> Refused | None:
    """A limit runs that may be put off, nothing is pending, and not every time is used up."""
    rule = asked.context.procedure.adjusting.deferral
    assert rule is not None
    if deferral_pending(asked.case) is not None:
        return Refused("pending", {"act": "ask_deferral"})
    if sum(d.outcome == "granted" for d in asked.case.deferrals) >= rule.most:
        return Refused("used_up", {"most": rule.most}, "house")
    if not deferrable(asked):
        return Refused("no_clock", {"clocks": list(rule.clocks)})
    return None


def deferrable(asked: Asked) -> tuple[Clock, ...]:
    """The running clocks that an application is about: the applicant's own, else all of them."""
    rule = asked.context.procedure.adjusting.deferral
    assert rule is not None
    running = [c for n in rule.clocks for c in asked.case.running(n) if c.due_at is not None]
    party = asked.get("party") or doer(asked).partition(":")[2]
    own = [clock for clock in running if clock.party == party]
    return tuple(own or ([] if asked.get("party") else running))


def deferral_dated(asked: Asked) -> Refused | None:
    """The new due time is later than the old one, not absurdly late; the last approval has one."""
    rule = asked.context.procedure.adjusting.deferral
    assert rule is not None
    pending = deferral_pending(asked.case)
    asking = asked.does("deferral_asked")
    due: datetime | None = asked.get("due") or (None if asking or not pending else pending.due)
    limit: Limit | None = asked.get("limit")
    if asked.probing or (asking and due is None and limit is None):
        return None
    if due is None and limit is None and not (pending and pending.limit):
        return Refused("missing_field", {"field": "due"})
    clocks = deferrable(asked) if asking else _runs(asked, pending.clocks if pending else ())
    last = latest(asked, rule.longest)
    for clock in clocks:
        if due is not None and clock.due_at is not None and due <= max(clock.due_at, asked.at):
            earliest = max(clock.due_at, asked.at)
            return Refused(
                "time_order", {"field": "due", "value": due, "earliest": earliest, "latest": None}
            )
        found = due or (_later(asked, clock, limit) if limit is not None else None)
        if found is not None and found > last:
            value = due or limit
            return Refused(
                "bad_value", {"field": "due" if due else "limit", "value": str(value)}
                | {"expected": f"≤ {rule.longest.canonical}"},
            )  # fmt: skip
    return None


def _later(asked: Asked, clock: Clock, limit: Limit) -> datetime | None:
    """When the clock would be due with a limit added; the end of time where none can be counted."""
    try:
        return deferred(clock, asked.at, *_counting(asked), limit=limit).due_at
    except BeyondCalendar:
        return datetime.max.replace(tzinfo=asked.at.tzinfo)


def _counting(asked: Asked) -> tuple[Calendar, Counting]:
    context = asked.context
    return context.hours.calendar, Counting.of(context.procedure.values)


def latest(asked: Asked, longest: Limit) -> datetime:
    """The last instant to which anything may be put off now."""
    calendar, counting = _counting(asked)
    return counted_due(longest, asked.at, counting=counting, calendar=calendar)


def _runs(asked: Asked, ids: Iterable[int]) -> tuple[Clock, ...]:
    wanted = frozenset(ids)
    return tuple(clock for clock in asked.case.running() if clock.id in wanted)


def not_the_applicant(asked: Asked) -> Refused | None:
    """Whoever asked for it, or has approved it already, does not decide it as well."""
    pending = deferral_pending(asked.case)
    if pending is None or asked.probing:
        return None
    return _another(asked, (pending.by, *pending.approved))


def _another(asked: Asked, others: Iterable[str]) -> Refused | None:
    who = doer(asked)
    if any(same(who, other) for other in others):
        return Refused("independence", {"who": who.partition(":")[2] or who})
    return None


def same(one: str, other: str) -> bool:
    """Whether two who act are the same person: one role and name, or one name in two roles."""
    name = one.partition(":")[2]
    return one == other or bool(name and name == other.partition(":")[2])


def suspension_open(asked: Asked) -> Refused | None:
    """A limit runs, the case does not stand still already, and ends not before now nor in years."""
    rule = asked.context.procedure.adjusting.suspension
    assert rule is not None
    waiting = wait_on(asked.case, asked.at)
    if waiting is not None:
        return Refused("suspended", {"until": waiting.until_at})
    if len(asked.case.waits) >= rule.most:
        return Refused("used_up", {"most": rule.most}, "house")
    names = rule.clocks or tuple(asked.context.procedure.clocks)
    if not any(asked.case.running(name) for name in names):
        return Refused("no_clock", {"clocks": list(names)})
    until: datetime | None = asked.get("until")
    if until is None:
        return None
    if until <= asked.at:
        params = {"field": "until", "value": until, "earliest": asked.at, "latest": None}
        return Refused("time_order", params)
    if until > latest(asked, rule.longest):
        params = {"field": "until", "value": until, "expected": f"≤ {rule.longest.canonical}"}
        return Refused("bad_value", params)
    return None


def standing_still(asked: Asked, row: Transition) -> Refused | None:
    """While the clocks stand still nothing is begun, ended or moved: the case is resumed first."""
    waiting = wait_on(asked.case, asked.at)
    if waiting is None or asked.act.by.role == "system" or asked.does("resumed"):
        return None
    to = asked.context.procedure.states.get(row.to or "")
    moves = any(e.kind != "set" or e.name in STOPPED for e in row.effects)
    if not moves or (to is not None and to.end):
        return None
    return Refused("suspended", {"until": waiting.until_at})


STOPPED = frozenset(
    ("deferral_asked", "deferral_approved", "deferral_granted", "deferral_refused", "redated")
)
"""What is not done while the clocks stand still, though it starts and stops none."""


def run_named(asked: Asked, runs: Iterable[Clock]) -> Clock | None:
    """The clock run that an act means by its number or name: the only one where it names none."""
    found, said = list(runs), asked.get("clock")
    if said is not None:
        found = [c for c in found if said in (str(c.id), c.name)]
    return found[0] if len(found) == 1 else None


def late_runs(asked: Asked) -> tuple[Clock, ...]:
    """The clock runs that are or were over their limit."""
    return tuple(c for c in asked.case.clocks if overdue(c, asked.at))


def overdue_named(asked: Asked) -> Refused | None:
    """One overdue limit is named, and nobody has appealed against it before."""
    late = late_runs(asked)
    if not late:
        return Refused("not_overdue", {})
    done = {appeal.clock for appeal in asked.case.appeals}
    fresh = [clock for clock in late if clock.id not in done]
    if not fresh:
        return Refused("used_up", {"most": 1}, "house")
    if asked.probing or run_named(asked, fresh) is not None:
        return None
    said = asked.get("clock")
    if said is None:
        return Refused("missing_field", {"field": "clock"})
    if run_named(asked, late) is not None:
        return Refused("used_up", {"most": 1}, "house")
    expected = [str(clock.id) for clock in fresh]
    return Refused("bad_value", {"field": "clock", "value": said, "expected": expected})


def appeal_named(asked: Asked) -> Refused | None:
    """One appeal that waits for its review is meant."""
    waiting = {a.clock for a in appeals_pending(asked.case)}
    runs = [c for c in asked.case.clocks if c.id in waiting]
    if asked.probing or run_named(asked, runs) is not None:
        return None
    said = asked.get("clock")
    if said is None:
        return Refused("missing_field", {"field": "clock"})
    params = {"field": "clock", "value": said, "expected": [str(c.id) for c in runs]}
    return Refused("bad_value", params)


def not_the_appellant(asked: Asked) -> Refused | None:
    """Whoever appealed does not review it; that he handled nothing of it the journal says."""
    if asked.probing:
        return None
    return _another(asked, (a.by for a in appeals_pending(asked.case)))


def redating_fits(asked: Asked) -> Refused | None:
    """Each limit named runs, and rule or calendar would date it otherwise now."""
    if asked.probing:
        return Refused("wrong_state", {"state": asked.case.state, "verb": asked.act.verb})
    for number in asked.get("clocks") or ():
        clock = next((c for c in asked.case.running() if str(c.id) == number), None)
        if clock is None or redated(asked.case, clock, asked.context, asked.at) is None:
            return Refused("stale", {"clock": number})
    return None
