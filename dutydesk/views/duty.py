"""Who holds the desk and who is on duty now, post by post as the procedure lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from dutydesk.i18n import _
from dutydesk.text import absolute, mask_numbers
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.cases.model import SUB_CENTRE
from dutydesk.workflow.context import Duty
from dutydesk.workflow.duty.hours import NeverOpen
from dutydesk.workflow.duty.model import DutyState, Standing
from dutydesk.workflow.duty.presence import OnDuty, Slot, on_duty, said_in

ANNOUNCED = timedelta(hours=1)
"""How long before closing or opening the desk says who takes over."""


class PostRow(NamedTuple):
    """One post as it stands now; `number` is covered where it is a mobile one (X-3.2.6).

    `label` is the unit for a lead, else the role; `short` the same where two characters must do,
    and `shown` says when the panel has it. `counts` says whether the post counts as manned (A-09).
    """

    area: str | None
    post: str
    department: str | None
    label: str
    name: str | None
    status: str
    status_label: str
    since_at: datetime | None
    until_at: datetime | None
    number: str
    others: tuple[str, ...]
    counts: bool
    short: str = ""
    shown: str = "listed"


class DutyPanel(NamedTuple):
    """One area's desk: its holder, its posts, and what the next hour brings.

    `leads` are the posts that are held once for each unit, in their order (X-3.4.1.2); `short`
    says that the force is insufficient (A-09); `takeover` announces who takes over, None when
    nobody is about to.
    """

    area: str
    holder: str
    holder_label: str
    handed_to: str | None
    handed_at: datetime | None
    open: bool
    closes_at: datetime | None
    opens_at: datetime | None
    posts: tuple[PostRow, ...]
    leads: tuple[PostRow, ...]
    short: bool
    takeover: str | None
    standing: tuple[Standing, ...]
    version: int


@dataclass(frozen=True, slots=True)
class OnDutyNow:
    """Who is on duty at one area's desk; of the context's area unless another is named."""

    area: str | None = None

    def answer(self, reading: Reading, context: Context) -> DutyPanel:
        """The panel as it stands at the reading's moment."""
        from dutydesk.views.stored import load_duty  # slow import

        state = load_duty(reading, self.area or context.area)
        return panel(state, reading.now, context)


def panel(state: DutyState, now: datetime, context: Context) -> DutyPanel:
    """The panel of a duty state at an instant."""
    words = Words(context.procedure, context.language)
    slots = [slot for slot in context.plan.slots if slot.area in (state.area, None)]
    standing_now = on_duty(
        slots, context.plan.planned(now), said_in(state, context.procedure.parts), now
    )
    posts = tuple(_row(entry, context, words) for entry in standing_now)
    duty = context.duty(state, now)
    is_open = context.hours.is_open(now)
    return DutyPanel(
        area=state.area,
        holder=state.holder,
        holder_label=words.choice("holder", state.holder),
        handed_to=state.handed_to,
        handed_at=state.handed_at,
        open=is_open,
        closes_at=_closing(now, context) if is_open else None,
        opens_at=None if is_open else _opening(now, context),
        posts=posts,
        leads=tuple(row for row in posts if row.department is not None),
        short=duty.insufficient(),
        takeover=takeover(state, duty, now, context, words),
        standing=tuple(s for s in state.standing if s.from_at <= now <= s.until_at),
        version=state.version,
    )


def _row(entry: OnDuty, context: Context, words: Words) -> PostRow:
    slot, parts = entry.slot, context.procedure.parts
    number = context.number(entry.name) if entry.name else None
    post = parts.post(slot.post)
    label = slot.department or words.role(slot.post)
    return PostRow(
        area=slot.area,
        post=slot.post,
        department=slot.department,
        label=label,
        name=entry.name,
        status=entry.status.value,
        status_label=words.choice("presence", entry.status.value),
        since_at=entry.since_at,
        until_at=entry.until_at,
        number=mask_numbers(number or ""),
        others=entry.others,
        counts=entry.counts,
        short=words.short_role(slot.department or slot.post) or label,
        shown=post.shown if post else "listed",
    )


def _closing(now: datetime, context: Context) -> datetime | None:
    try:
        return context.hours.next_closing(now)
    except NeverOpen:
        return None


def _opening(now: datetime, context: Context) -> datetime | None:
    try:
        return context.hours.next_opening(now)
    except NeverOpen:
        return None


def takeover(
    state: DutyState, duty: Duty, now: datetime, context: Context, words: Words
) -> str | None:
    """Who takes over next: whoever was asked, else in the last hour the other desk, with a name."""
    if state.handed_to is not None:
        since = absolute(state.handed_at, now, words.lang) if state.handed_at else ""
        return _("{since} 起等{who}接班").format(since=since, who=words.role(state.handed_to))
    parts, mine = context.procedure.parts, state.holder == SUB_CENTRE
    post = parts.night if mine else parts.operator
    if post is None or mine != context.hours.is_open(now):
        return None
    at = _closing(now, context) if mine else _opening(now, context)
    if at is None or at - now > ANNOUNCED:
        return None
    slot = Slot(None if mine else state.area, post)
    names = [entry.name for entry in context.plan.planned(at) if entry.slot == slot]
    when = absolute(at, now, words.lang)
    who = f"{words.role(post)} {names[0]}" if names else words.role(post)
    return _("{time} 由{who}接班").format(time=when, who=who)
