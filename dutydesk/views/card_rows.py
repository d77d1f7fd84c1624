"""The rows of one case's card: clocks, parties, events, acts and what must be done first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from dutydesk.views.card_adjusting import AppealRow, DeferralRow, Stretched, WaitRow
from dutydesk.views.on_the_way import OnTheWay
from dutydesk.views.owning import KeptRow, Owner


class ClockRow(NamedTuple):
    """One run of a clock. `light` is red, yellow, green while it runs, else stopped or ended.

    `limit_s` is the full limit in seconds, `limit` its text and `counted` the rule by which it was
    counted, all frozen when it started; `doubt` is what its due time still waits for, in words.
    `marks` say what of it is pending: 请缓, 缓, 挂. `exempt` says that an appeal was accepted: it
    counts in no rate. `pauses` and `extended` are when it stood still and by what it was put off.
    `basis` says whether the limit stands in the text (`clause`) or is a house value.
    """

    id: int
    name: str
    code: str
    label: str
    party: str | None
    variant: str
    started_at: datetime
    limit_s: int | None
    due_at: datetime | None
    yellow_at: datetime | None
    stopped_at: datetime | None
    ended: bool
    on_time: bool | None
    light: str
    rule: str
    limit: str
    counted: str
    doubt: str
    basis: Literal["text", "house"]
    clause: str | None
    exempt: bool = False
    marks: tuple[str, ...] = ()
    pauses: tuple[Stretched, ...] = ()
    extended: tuple[Stretched, ...] = ()


class PartyRow(NamedTuple):
    """One handling party: its duty and limit, how far it is, and the clock that runs on it.

    `calls` are the calls of this run of the case, `missed` those in a row, up to
    the latest, that nobody heard: one for each number that was rung in vain.
    """

    name: str
    lead: bool
    state: str
    state_label: str
    outcome: str | None
    outcome_label: str | None
    required: bool
    duty: str | None
    limit: str | None
    due_at: datetime | None
    arrived_at: datetime | None
    completed_at: datetime | None
    filed_at: datetime | None
    result: str | None
    returns: int
    calls: int
    missed: int
    last_word: str | None


class EventRow(NamedTuple):
    """One line of the timeline; `line` is the sentence, `data` what the journal holds of it."""

    seq: int
    at: datetime
    recorded_at: datetime
    verb: str
    label: str
    by: str
    on_behalf: str | None
    channel: str | None
    state: str | None
    line: str
    late_entry: bool
    clause: str | None
    data: Mapping[str, object]


class ActRow(NamedTuple):
    """One act of the case now: open, or why not; `next` marks what Enter offers.

    `key` is the digit of the numeric keypad, None for an act without one. `behalf` is the role for
    whom the act is recorded ("party" for the parties), None where it is the actor's own.
    """

    verb: str
    label: str
    key: str | None
    open: bool
    code: str | None
    why_not: str | None
    clause: str | None
    next: bool
    behalf: str | None = None


class CheckRow(NamedTuple):
    """One thing that must be done before the case can go on; `mend` is the act that does it.

    `again_at` is when somebody who was not reached is rung again (A-05), None for all else.
    """

    name: str
    label: str
    done: bool
    mend: str | None
    party: str | None
    detail: str
    again_at: datetime | None = None


class CallRow(NamedTuple):
    """One telephone call."""

    party: str
    outcome: str
    outcome_label: str
    at: datetime
    said: str | None
    promised_at: datetime | None


class AttachmentRow(NamedTuple):
    """One file kept with the case; `digest` is its SHA-256 in hex."""

    kind: str
    kind_label: str
    file: str
    digest: str
    party: str | None


class InstructionRow(NamedTuple):
    """One instruction on record, worded: who gave it, what, by which channel."""

    giver: str
    giver_label: str
    text: str
    channel: str
    channel_label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseCard:
    """Everything about one matter; names and numbers of the caller are covered (X-3.2.6).

    `bay`, `state_label` and the other labels are in the language asked for; `light` is the worst
    of the running clocks; `hands` is "mine" or "theirs", `waiting_for` names whose turn it is
    (parties, or a role); `elapsed_s` are the seconds since the case came to where it is, None once
    it has ended. `category_code` is the code it was filed under (X-7.1.3), `category_key` the key
    field it falls under; `category_known` is False for one that a loaded tree does not have.
    `owner` is the level that answers for it, `kept` what the procedure keeps beside it.
    """

    no: str
    external_no: str | None
    channel: str
    channel_label: str
    state: str
    state_label: str
    bay: str | None
    light: str
    hands: str | None
    waiting_for: tuple[str, ...]
    class_: str | None
    track: str | None
    difficulty: str | None
    difficulty_label: str | None
    urgent: bool
    area: str
    grid: str | None
    category: str | None
    place: str
    description: str
    kind: str | None
    discovered_by: str | None
    cross_level: bool
    cross_domain: bool
    cross_grids: tuple[str, ...]
    legacy: bool
    pain_points: tuple[str, ...]
    key_work: tuple[str, ...]
    issuer: str | None
    marks: tuple[str, ...]
    urged: int
    caller_name: str
    caller_phone: str
    received_at: datetime
    reported_at: datetime | None
    occurred_at: datetime | None
    upstream_due: datetime | None
    closed_at: datetime | None
    since_at: datetime | None
    elapsed_s: int | None
    holder: str
    run: int
    version: int
    lead: str | None
    basis: str | None
    station: str | None
    coordination_at: datetime | None
    location: str | None
    mode: str | None
    report: str | None
    checks: tuple[tuple[str, str], ...]
    check_notes: tuple[tuple[str, str], ...]
    proposals: tuple[str, ...]
    merged_into: str | None
    linked: tuple[str, ...]
    satisfaction: str | None
    clocks: tuple[ClockRow, ...]
    parties: tuple[PartyRow, ...]
    events: tuple[EventRow, ...]
    attachments: tuple[AttachmentRow, ...]
    instructions: tuple[InstructionRow, ...]
    calls: tuple[CallRow, ...]
    pending: tuple[CheckRow, ...]
    acts: tuple[ActRow, ...]
    owner: Owner | None = None
    kept: tuple[KeptRow, ...] = ()
    deferrals: tuple[DeferralRow, ...] = ()
    waits: tuple[WaitRow, ...] = ()
    appeals: tuple[AppealRow, ...] = ()
    category_code: str | None = None
    category_key: str | None = None
    category_known: bool = True
    messages: tuple[OnTheWay, ...] = ()

    @property
    def tail(self) -> str:
        """The last four digits: what one says of a case on the telephone."""
        return self.no[-4:]

    @property
    def clock(self) -> ClockRow | None:
        """The running clock that breaches first."""
        running = [c for c in self.clocks if c.stopped_at is None]
        due = [c for c in running if c.due_at is not None]
        if due:
            return min(due, key=lambda c: (c.due_at, c.started_at, c.id))
        return running[0] if running else None

    @property
    def next_act(self) -> ActRow | None:
        """The act that Enter offers."""
        return next((act for act in self.acts if act.next), None)
