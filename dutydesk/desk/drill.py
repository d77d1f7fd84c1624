"""A drill: a scenario played in virtual time through the real door (contracts.md section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from dutydesk.clock import ManualClock
from dutydesk.desk.acting import UnknownCase
from dutydesk.desk.answers import Done
from dutydesk.desk.door import Desk
from dutydesk.desk.drill_lines import BadDrillLine, Line, read_lines
from dutydesk.desk.plan import FullPlan
from dutydesk.errors import Refused
from dutydesk.i18n import _
from dutydesk.views.jsonable import (
    alarm_line,
    clock_line,
    event_line,
    refused_line,
    summary_line,
)
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.time.zone import iso, parse_instant

__all__ = ["BadDrillLine", "Line", "Player", "play", "read_lines"]


class Player:
    """Plays drill lines against a desk with a manual clock and gives the output line by line."""

    def __init__(self, desk: Desk, clock: ManualClock, plan: FullPlan, file: str | None) -> None:
        self.desk, self.clock, self.plan, self.file = desk, clock, plan, file
        self.words = Words(desk.ground.procedure, desk.ground.language)
        self.numbers: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.alarms: dict[str, int] = {}
        self.counts = {"events": 0, "refused": 0, "alarms": 0, "rings": 0}

    def play(self, lines: list[Line]) -> Iterator[dict[str, Any]]:
        """Every line of the output, the summary last."""
        self.desk.sweep()
        for index, line in enumerate(lines):
            yield from self._until(line.at)
            self.clock.set(line.at)
            yield from self._do(line)
            if index + 1 == len(lines) or lines[index + 1].at > line.at:
                yield from self._sweep()
        yield self._summary()

    def _until(self, at: datetime) -> Iterator[dict[str, Any]]:
        """Let the clock run through every due moment before ``at``."""
        while True:
            moment = self.desk.next_due_at()
            if moment is None or moment >= at:
                return
            self.clock.set(max(moment, self.clock.now()))
            yield from self._sweep()

    def _sweep(self) -> Iterator[dict[str, Any]]:
        swept = self.desk.sweep()
        for done in swept.ended:
            label = self.labels.get(done.case.no) if done.case else None
            self.counts["events"] += len(done.events)
            yield from (event_line(fact, label) for fact in done.events)
            yield from (clock_line(change, label) for change in done.changes)
        for alarm in swept.alarms:
            label = self.labels.get(alarm.case or "")
            if alarm.case is None:
                cases = [self.labels.get(no, no) for no in alarm.cases]
                yield {"kind": "leaving", "at": iso(alarm.raised_at), "cases": cases, "rings": True}
                continue
            self.counts["alarms"] += 1
            self.counts["rings"] += int(alarm.rings)
            self.alarms[label or ""] = self.alarms.get(label or "", 0) + 1
            yield alarm_line(alarm, label)

    def _do(self, line: Line) -> Iterator[dict[str, Any]]:
        if line.do == "tick":
            return
        if line.do == "roster":
            self._roster(line)
            return
        act = self._act(line)
        try:
            done = self._execute(act, line)
        except Refused as refused:
            self.counts["refused"] += 1
            yield refused_line(refused, self.clock.now(), line.case, line.do, self.words)
            return
        yield from self._tell(done, line)

    def _roster(self, line: Line) -> None:
        on, off = line.raw.get("on", []), line.raw.get("off", [])
        if not isinstance(on, list) or not isinstance(off, list):
            raise BadDrillLine(_("on 和 off 应是列表"), file=self.file, line=line.number)
        for name in [*on, *off]:
            if not isinstance(name, str) or not self.plan.known(name):
                message = _("没有这个岗位:{name}").format(name=name)
                raise BadDrillLine(message, file=self.file, line=line.number)
        self.plan.set(on=on, off=off)

    def _act(self, line: Line) -> Act:
        kind = self.desk.ground.procedure.acts.get(line.do)
        fields = line.fields
        channel = None
        if kind is not None and kind.field("channel") is None and "channel" in fields:
            channel = str(fields.pop("channel"))
        if "into" in fields:
            fields["into"] = self.numbers.get(str(fields["into"]), fields["into"])
        behalf = line.raw.get("on_behalf")
        return Act(
            verb=line.do,
            by=Actor.parse(line.raw["by"]),
            at=line.at,
            recorded_at=line.at,
            case=None
            if kind is not None and kind.desk == "only"
            else self.numbers.get(line.case or ""),
            fields=fields,
            on_behalf=Actor.parse(str(behalf)) if behalf else None,
            channel=channel,
            key=line.raw.get("key"),
            version=line.raw.get("version"),
        )

    def _execute(self, act: Act, line: Line) -> Done:
        kind = self.desk.ground.procedure.acts.get(act.verb)
        assert kind is not None
        needs_case = not self.desk.ground.procedure.opens(act.verb) and not kind.desk
        if act.case is None and (needs_case or (kind.desk == "also" and line.case)):
            raise Refused("wrong_state", {"state": None, "verb": act.verb, "case": line.case})
        try:
            return self.desk.execute(act)
        except UnknownCase:
            raise Refused(
                "wrong_state", {"state": None, "verb": act.verb, "case": line.case}
            ) from None

    def _tell(self, done: Done, line: Line) -> Iterator[dict[str, Any]]:
        if (
            self.desk.ground.procedure.opens(line.do)
            and done.case is not None
            and not done.repeated
        ):
            label = line.case or done.case.no
            self.numbers[label] = done.case.no
            self.labels[done.case.no] = label
            self.alarms.setdefault(label, 0)
        names = self.labels
        for event in done.events:
            self.counts["events"] += 1
            yield event_line(event, names.get(event.case or "", event.case))
        for change in done.changes:
            case = names.get(done.case.no, done.case.no) if done.case else None
            yield clock_line(change, case)

    def _summary(self) -> dict[str, Any]:
        with self.desk.store.unit() as unit:
            cases = {label: unit.case(no) for label, no in self.numbers.items()}
        known = {label: case for label, case in cases.items() if case is not None}
        return summary_line(known, self.alarms, self.counts)


def play(
    lines: list[Line], open_desk: Callable[[ManualClock, FullPlan], Desk], file: str | None = None
) -> Iterator[dict[str, Any]]:
    """Play a drill against a fresh desk; ``open_desk`` builds it over a clock and a roster."""
    start = lines[0].at if lines else parse_instant("2026-01-01T00:00:00+08:00")
    clock = ManualClock(start)
    plan = FullPlan()
    desk = open_desk(clock, plan)
    try:
        yield from Player(desk, clock, plan, file).play(lines)
    finally:
        desk.close()
