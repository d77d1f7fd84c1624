"""A punctual desk with sixty cases a day is rung rarely (procedures.md 3.3, notice and alarm)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from world import CHECKS, GRID, World, duties

from dutydesk.workflow.time.zone import iso

Step = tuple[datetime, int, Callable[[], object]]


class Day:
    """A script: steps of many cases, played in the order of time."""

    def __init__(self) -> None:
        self.world = World("2026-11-23T08:30")
        self.steps: list[Step] = []

    def at(self, start: datetime, minutes: float, step: Callable[[], object]) -> None:
        self.steps.append((start + timedelta(minutes=minutes), len(self.steps), step))

    def play(self) -> None:
        for moment, _, step in sorted(self.steps, key=lambda s: s[:2]):
            self.world.until(iso(moment))
            step()

    def community(self, label: str, start: datetime) -> None:
        """Accepted after 15, dispatched after 40, filed after 3 h, closed half an hour later."""
        world, due = self.world, iso(start + timedelta(hours=6))
        self.at(start, 0, lambda: world.register(label, upstream_due=due))
        self.at(start, 15, lambda: world.do("accept", label, as_="community", grid=GRID))
        self.at(start, 40, lambda: world.do("dispatch", label, station=GRID))
        self.at(start, 220, lambda: world.do("file_result", label, text="已清运"))
        self.at(start, 250, lambda: world.do("close", label, checks=CHECKS, report="齐"))

    def linkage(self, label: str, start: datetime, difficulty: str) -> None:
        """Convened within ten minutes (track U within five), met half an hour later."""
        world, soon = self.world, 3 if difficulty == "urgent" else 9
        self.at(start, 0, lambda: world.ready(difficulty, label))
        self.at(start, soon, lambda: world.convene(label, after_min=30))
        for party in ("公安", "城管"):
            self.at(start, soon + 30, self._arrives(label, party))
        self.at(start, soon + 50, lambda: self._agreed(label))
        for party in ("公安", "城管"):
            self.at(start, soon + 120, self._files(label, party))
        if difficulty == "urgent":
            told = {"by": "deputy_head", "channel": "phone", "outcome": "已办"}
            self.at(start, soon + 130, lambda: world.do("report_result", label, **told))
        self.at(start, soon + 150, lambda: world.close(label))

    def _agreed(self, label: str) -> None:
        self.world.do("record_outcome", label, agreed=True, duties=duties("80 min", "80 min"))

    def _arrives(self, label: str, party: str) -> Callable[[], object]:
        given = {"party": party, "outcome": "arrived"}
        return lambda: self.world.do("confirm_response", label, **given)

    def _files(self, label: str, party: str) -> Callable[[], object]:
        return lambda: self.world.do("file_result", label, party=party, text="已办")


def test_sixty_cases_ring_at_most_six_times_an_hour_and_forty_a_day() -> None:
    day = Day()
    opening = day.world.now
    for number in range(60):
        start = opening + timedelta(minutes=number * 9.5)
        if number % 20 == 7:
            day.linkage(f"u{number}", start, "urgent")
        elif number % 4 == 1:
            day.linkage(f"l{number}", start, "complex" if number % 8 == 1 else "simple")
        else:
            day.community(f"g{number}", start)
    day.play()
    day.world.until("2026-11-24T08:30")
    assert {c.state for c in day.world.cases.values()} == {"closed"}
    assert len(day.world.cases) == 60
    rings = [a.raised_at for a in day.world.alarms if a.rings]
    assert len(day.world.alarms) > 150
    assert len(rings) <= 40
    assert max(Counter(at.hour for at in rings).values()) <= 6
