"""Plays the scenes of the invented street through the door, in virtual time that ends at now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dutydesk.bootstrap import open_desk
from dutydesk.clock import Clock, ManualClock, SystemClock
from dutydesk.config.settings import Settings, parse_settings
from dutydesk.demo.contacts import fill
from dutydesk.demo.elsewhere import ELSEWHERE
from dutydesk.demo.pictures import give
from dutydesk.demo.scenes import STORIES
from dutydesk.demo.steps import Step, Story
from dutydesk.demo.street import MARK, settings_text
from dutydesk.demo.towns import TOWNS
from dutydesk.desk import Desk
from dutydesk.errors import Refused
from dutydesk.i18n import _
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.procedure import Procedure

OPERATOR = Actor("commander", "沈知远")
FRESH = timedelta(minutes=2)
"""Alarms younger than this are still unacknowledged when the desk opens."""

PRESENCE: tuple[tuple[int, str, str], ...] = (
    (215, "commander", "present"),
    (214, "inspector", "present"),
    (213, "deputy_head", "present"),
    (212, "公安", "present"),
    (211, "城管", "present"),
    (210, "市场监管", "present"),
    (48, "城管", "out"),
    (20, "inspector", "out"),
)
"""What was said about the posts: minutes ago, post, status."""


class TurningClock:
    """A clock that stands still while the scenes are played and runs from then on."""

    def __init__(self, start: datetime) -> None:
        self.manual = ManualClock(start)
        self._running: Clock | None = None
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """The instant of the scene being played; then that of the running clock."""
        return self.manual.now() if self._running is None else self._running.now() + self._ahead

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return (self._running or self.manual).monotonic()

    def run(self, clock: Clock) -> None:
        """From here on the time is that of `clock`, set forward where the scenes ended later."""
        self._running = clock
        self._ahead = max(timedelta(0), self.manual.now() - clock.now())


class Entry(NamedTuple):
    """One step of one story at its instant."""

    at: datetime
    order: int
    story: Story | None
    step: Step


def settings_of(now: datetime, procedure: str = "xinchenglu", area: str = "140901") -> Settings:
    """The settings of the demonstration as they hold at `now`."""
    return parse_settings(settings_text(now, procedure, area), _("演示"))


def open_demo(
    *,
    procedure: str = "xinchenglu",
    area: str = "140901",
    minutes_ago: int = 0,
    clock: Clock | None = None,
    stories: Sequence[Story] | None = None,
) -> tuple[Desk, Settings]:
    """A desk in memory with the street in mid-shift, its clocks running on `clock`.

    The scenes end `minutes_ago` minutes before now: what has fallen due since then is caught up
    by the first sweep. Raises BadInput for an unknown procedure.
    """
    running = clock or SystemClock()
    ended = running.now() - timedelta(minutes=minutes_ago)
    settings = settings_of(running.now(), procedure, area)
    own = ELSEWHERE.get(procedure) or (STORIES if procedure == "xinchenglu" else ())
    turning = TurningClock(ended - _length(own))
    desk = open_desk(settings, clock=turning, create=True, drill=True)
    build(desk, turning.manual, ended, own if stories is None else stories)
    if own is STORIES:
        fill(desk)
    give(desk, running.now())
    turning.run(running)
    return desk, settings


def _length(stories: Sequence[Story]) -> timedelta:
    """How long the told stories take, and a day before; three days at least."""
    longest = max((step.ago for story in stories for step in story.steps), default=0)
    return max(timedelta(days=3), timedelta(minutes=longest, days=1))


def build(
    desk: Desk, clock: ManualClock, now: datetime, stories: Sequence[Story] = STORIES
) -> list[Refused]:
    """Play every story so that it stands at `now` as told; gives what the rules refused.

    The same `now` gives the same record. Between two steps the clock runs through every due
    moment, so the alarms on record are those that a real shift would have seen.
    """
    refused: list[Refused] = []
    numbers: dict[str, str] = {}
    for entry in _entries(now, stories, desk.context.procedure):
        _until(desk, clock, entry.at)
        clock.set(entry.at)
        try:
            _do(desk, entry, numbers, now)
        except Refused as reason:
            refused.append(reason)
    _until(desk, clock, now - FRESH)
    clock.set(now - FRESH)
    town = TOWNS.get(desk.context.procedure.name)
    name = town.operator if town else OPERATOR.name
    desk.acknowledge(Actor(desk.context.procedure.parts.operator, name))
    _until(desk, clock, now)
    clock.set(now)
    desk.sweep()
    return refused


def _entries(now: datetime, stories: Sequence[Story], procedure: Procedure) -> list[Entry]:
    """Every step of every story and of the desk in order of time."""
    found: list[Entry] = []
    town, verb = TOWNS.get(procedure.name), procedure.doing("presence")
    name = town.operator if town else OPERATOR.name
    by = str(Actor(procedure.parts.operator, name))
    said = town.said if town else PRESENCE if procedure.name == "xinchenglu" else ()
    for minutes, post, status in said if verb else ():
        step = Step(minutes, verb or "", {"post": post, "status": status}, by)
        found.append(Entry(now - timedelta(minutes=minutes), len(found), None, step))
    for story in stories:
        for step in story.steps:
            at = (now - timedelta(minutes=step.ago)).replace(microsecond=0)
            found.append(Entry(at, len(found), story, step))
    return sorted(found, key=lambda entry: (entry.at, entry.order))


def _until(desk: Desk, clock: ManualClock, at: datetime) -> None:
    """Let the clock run through every due moment before `at`."""
    while True:
        moment = desk.next_due_at()
        if moment is None or moment >= at:
            return
        clock.set(max(moment, clock.now()))
        desk.sweep()


def _do(desk: Desk, entry: Entry, numbers: dict[str, str], now: datetime) -> None:
    story, step = entry.story, entry.step
    fields = {name: _at(value, now, numbers) for name, value in step.fields.items()}
    kind = desk.context.procedure.acts.get(step.verb)
    if step.verb == "register" and kind is not None and kind.field("key_work") is not None:
        fields.setdefault("key_work", [MARK])
    if step.verb == "register" and desk.context.procedure.name in TOWNS:
        grid = desk.context.places.locate(str(fields["place"])).grid
        fields |= {"grid": grid.name} if grid is not None else {}
    channel = None
    if kind is not None and kind.field("channel") is None:
        channel = fields.pop("channel", None)
    label = story.label if story is not None else ""
    done = desk.execute(
        Act(
            verb=step.verb,
            by=Actor.parse(step.by),
            at=entry.at,
            recorded_at=entry.at,
            case=numbers.get(label),
            fields=fields,
            on_behalf=Actor.parse(step.on_behalf) if step.on_behalf else None,
            channel=channel,
            seat=MARK,
        )
    )
    if step.verb == "register" and done.case is not None:
        numbers[label] = done.case.no


def _at(value: Any, now: datetime, numbers: Mapping[str, str]) -> Any:
    """A field's value with spans as instants from now, and labels of stories as numbers."""
    if isinstance(value, timedelta):
        return (now + value).replace(microsecond=0)
    if isinstance(value, list):
        return [_at(part, now, numbers) for part in value]
    if isinstance(value, dict):
        return {key: _at(part, now, numbers) for key, part in value.items()}
    if isinstance(value, str) and value.startswith("#"):
        return numbers.get(value[1:], value)
    return value
