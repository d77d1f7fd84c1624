"""The case and everything that belongs to one matter, as frozen facts (X-1.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dutydesk.workflow.cases.adjustments import Appeal, Deferral, Extension, Held, Wait

SUB_CENTRE = "sub_centre"
NIGHT_DESK = "night_desk"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a role of the procedure and, where known, a person's name."""

    role: str
    name: str | None = None

    def __str__(self) -> str:
        return f"{self.role}:{self.name}" if self.name else self.role

    @classmethod
    def parse(cls, text: str) -> Actor:
        """Read ``ROLE`` or ``ROLE:NAME``; a full-width colon counts too."""
        role, _, name = text.replace("：", ":").partition(":")
        return cls(role.strip(), name.strip() or None)


@dataclass(frozen=True, slots=True)
class Caller:
    """The citizen behind a case; personal data, masked in every outlet (A-29)."""

    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One run of a step's countdown; ``limit_s`` is the full limit in seconds.

    ``due_at`` is None for a clock that only shows elapsed time. ``fresh_at`` is the last start
    or move: warnings that are not later than it are left out. ``rungs`` counts the alarms
    raised so far and ``raised_at`` is the planned moment of the last of them. ``rule`` (procedure
    and version), ``limit`` (its text) and ``counted`` (the counting rule, or why it is due then)
    are frozen when it starts: no later rule re-dates it (X-9.1). ``held`` are the stretches in
    which it stood still, ``extended`` its deferrals; ``exempt`` says that an appeal was accepted:
    it counts in no rate, and stays overdue.
    """

    id: int
    name: str
    party: str | None
    variant: str
    started_at: datetime
    limit_s: int | None
    due_at: datetime | None
    fresh_at: datetime
    rule: str
    started_by: int
    stopped_at: datetime | None = None
    stopped_by: int | None = None
    ended: bool = False
    on_time: bool | None = None
    rungs: int = 0
    raised_at: datetime | None = None
    limit: str = ""
    counted: str = ""
    held: tuple[Held, ...] = ()
    extended: tuple[Extension, ...] = ()
    exempt: bool = False

    @property
    def running(self) -> bool:
        return self.stopped_at is None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with the case; ``digest`` is its SHA-256 in hex, empty until copied."""

    kind: str
    file: str
    digest: str = ""
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One handling person or unit inside a case, with its own duty, limit and state (X-2.7)."""

    name: str
    state: str = "invited"
    outcome: str | None = None
    arrived_at: datetime | None = None
    duty: str | None = None
    limit: str | None = None
    required: bool = False
    completed_at: datetime | None = None
    filed_at: datetime | None = None
    result: str | None = None
    given_at: datetime | None = None
    returns: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One telephone call, reached or not."""

    party: str
    outcome: str
    at: datetime
    said: str | None = None
    promised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Instruction:
    """An instruction on record: who gave it, in which words, over which channel."""

    giver: str
    text: str
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """What one run of a case has gathered since it was last received (A-38: an episode)."""

    class_: str | None = None
    difficulty: str | None = None
    track: str | None = None
    lead: str | None = None
    basis: str | None = None
    origin_linkage: bool = False
    urgent_reason: str | None = None
    station: str | None = None
    first_dispatched_at: datetime | None = None
    wrong_station: bool = False
    parties: tuple[Party, ...] = ()
    calls: tuple[Call, ...] = ()
    instruction_asked_at: datetime | None = None
    instructions: tuple[Instruction, ...] = ()
    head_reported_at: datetime | None = None
    convened_at: datetime | None = None
    coordination_at: datetime | None = None
    location: str | None = None
    mode: str | None = None
    agreed: bool | None = None
    outcome_at: datetime | None = None
    head_result_at: datetime | None = None
    street_final: bool = False
    result_reported_at: datetime | None = None
    returns: int = 0
    checks: tuple[tuple[str, str], ...] = ()
    check_notes: tuple[tuple[str, str], ...] = ()
    report: str | None = None
    proposals: tuple[str, ...] = ()
    did: tuple[str, ...] = ()

    def party(self, name: str | None) -> Party | None:
        return next((p for p in self.parties if p.name == name), None)

    @property
    def required(self) -> tuple[Party, ...]:
        """The parties with a duty in the latest outcome; none after a final street result."""
        if self.street_final:
            return ()
        return tuple(p for p in self.parties if p.required)

    @property
    def open_results(self) -> tuple[str, ...]:
        return tuple(p.name for p in self.required if p.filed_at is None)


@dataclass(frozen=True, slots=True)
class Case:
    """One matter with one record and one timeline (X-1.5)."""

    no: str
    area: str
    channel: str
    state: str
    description: str
    place: str
    received_at: datetime
    external_no: str | None = None
    grid: str | None = None
    category: str | None = None
    upstream_due: datetime | None = None
    urgent: bool = False
    caller: Caller = Caller()
    reported_at: datetime | None = None
    occurred_at: datetime | None = None
    kind: str | None = None
    discovered_by: str | None = None
    cross_level: bool = False
    cross_domain: bool = False
    cross_grids: tuple[str, ...] = ()
    legacy: bool = False
    pain_points: tuple[str, ...] = ()
    key_work: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    holder: str = SUB_CENTRE
    run: int = 1
    version: int = 0
    since_at: datetime | None = None
    last_act_at: datetime | None = None
    closed_at: datetime | None = None
    merged_into: str | None = None
    linked: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    urged: int = 0
    satisfaction: str | None = None
    last_seq: int = 0
    batch: str | None = None
    issuer: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    course: Course = field(default_factory=Course)
    clocks: tuple[Clock, ...] = ()
    waits: tuple[Wait, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    appeals: tuple[Appeal, ...] = ()

    def kept(self, name: str) -> str | None:
        """What the case keeps of a field that its procedure alone has (`kept` of the procedure)."""
        return next((value for key, value in self.extra if key == name), None)

    def running(self, name: str | None = None, party: str | None = None) -> tuple[Clock, ...]:
        """The running clocks, of one name and party where given, in order of start."""
        return tuple(
            c
            for c in self.clocks
            if c.stopped_at is None
            and (name is None or c.name == name)
            and (party is None or c.party == party)
        )
