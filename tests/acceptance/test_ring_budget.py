"""A punctual desk with sixty cases a day is rung rarely (procedures.md 3.3, notice and alarm)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from tests.acceptance.real_desk import CHECKS, RealDesk, duties, most_within

Step = tuple[datetime, int, Callable[[], object]]
HOUR = timedelta(hours=1)


class Day:
    """A script: steps of many cases, played in the order of time at a real desk."""

    def __init__(self) -> None:
        self.desk = RealDesk("2026-11-23T08:30:00")
        self.steps: list[Step] = []

    def at(self, start: datetime, minutes: float, step: Callable[[], object]) -> None:
        self.steps.append((start + timedelta(minutes=minutes), len(self.steps), step))

    def play(self, end: datetime) -> None:
        for moment, _number, step in sorted(self.steps, key=lambda s: s[:2]):
            self.desk.until(moment)
            step()
        self.desk.until(end)

    def do(self, start: datetime, minutes: float, verb: str, label: str, **fields: object) -> None:
        self.at(start, minutes, lambda: self.desk.do(verb, label, **fields))

    def community(self, label: str, start: datetime) -> None:
        """Accepted after 15, dispatched after 40, filed after 220, closed half an hour later."""
        due = start + timedelta(hours=6)
        self.at(start, 0, lambda: self.desk.register(label, upstream_due=due))
        self.do(start, 15, "accept", label, as_="community", grid="嘉乐")
        self.do(start, 40, "dispatch", label, station="嘉乐")
        self.do(start, 220, "file_result", label, text="已清运")
        self.do(start, 250, "close", label, checks=CHECKS, report="齐")

    def linkage(self, label: str, start: datetime, difficulty: str) -> None:
        """Convened within ten minutes (track U within five), met half an hour later."""
        soon = 3 if difficulty == "urgent" else 9
        parties = ["城管", "公安"]
        self.at(start, 0, lambda: self.desk.register(label))
        accepted = {"as_": "linkage", "difficulty": difficulty, "basis": "市容条例"}
        self.do(start, 0, "accept", label, **accepted, lead="城管", parties=parties)
        if difficulty == "urgent":
            self.do(start, 0, "report_to_head", label, channel="phone", outcome="已告知")
        if difficulty != "simple":
            told = {"giver": "deputy_head", "text": "立即处置", "channel": "phone"}
            self.do(start, 0, "record_instruction", label, **told)
            for party in parties:
                self.do(start, 0, "call", label, party=party, outcome="reached")
        meeting = {"parties": parties, "location": "嘉乐路20号", "mode": "offline"}
        time = start + timedelta(minutes=soon + 30)
        self.do(start, soon, "convene", label, **meeting, time=time)
        self._met(label, start, soon, difficulty)

    def _met(self, label: str, start: datetime, soon: int, difficulty: str) -> None:
        for party in ("公安", "城管"):
            self.do(start, soon + 30, "confirm_response", label, party=party, outcome="arrived")
            self.do(start, soon + 120, "file_result", label, party=party, text="已办")
        self.do(start, soon + 50, "record_outcome", label, agreed=True, duties=duties("80 min"))
        if difficulty == "urgent":
            told = {"channel": "phone", "outcome": "已办", "by": "deputy_head"}
            self.do(start, soon + 130, "report_result", label, **told)
        self.do(start, soon + 150, "close", label, checks=CHECKS, report="齐")


@pytest.fixture(scope="module", params=[20, pytest.param(60, marks=pytest.mark.soak)])
def cases(request: pytest.FixtureRequest) -> int:
    """How many cases the day has; they come every 9.5 minutes."""
    return int(request.param)


@pytest.fixture(scope="module")
def day(cases: int) -> Iterator[RealDesk]:
    played = Day()
    opening = played.desk.now
    for number in range(cases):
        start = opening + timedelta(minutes=number * 9.5)
        if number % 20 == 7:
            played.linkage(f"u{number}", start, "urgent")
        elif number % 4 == 1:
            played.linkage(f"l{number}", start, "complex" if number % 8 == 1 else "simple")
        else:
            played.community(f"g{number}", start)
    played.play(opening + timedelta(days=1))
    yield played.desk
    played.desk.desk.close()


def test_the_day_is_a_full_one(day: RealDesk, cases: int) -> None:
    assert len(day.numbers) == cases
    assert {day.case(label).state for label in day.numbers} == {"closed"}
    assert len(day.alarms) > 2.5 * cases


def test_it_rings_at_most_six_times_in_any_hour_and_forty_a_day(day: RealDesk, cases: int) -> None:
    rings = day.rings
    print(f"{cases}-case day: {len(rings)} rings, {most_within(rings, HOUR)} in the fullest hour")
    assert 0 < len(rings) <= 40
    assert most_within(rings, HOUR) <= 6
