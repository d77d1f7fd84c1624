"""A real desk in memory whose clock runs through every due moment; what rang is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk.bundling import Bundled, bundle
from dutydesk.desk.plan import FullPlan
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.time.zone import parse_instant

AREAS = ("140901", "140902")
CHECKS = dict.fromkeys(("complete", "law", "summary", "photos", "wording"), "pass")


class RealDesk:
    """Door, store and sweep as they are; only the clock is set by hand."""

    def __init__(self, start: str, off: Sequence[str] = ()) -> None:
        self.clock = ManualClock(parse_instant(f"{start}+08:00"))
        plan = FullPlan()
        plan.set(off=off)
        self.desk = memory_desk(self.clock, plan=plan)
        self.alarms: list[Alarm] = []
        self.numbers: dict[str, str] = {}
        self.acts = 0

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def until(self, at: datetime) -> None:
        """Let the clock run: every due moment is swept when it comes."""
        while (due := self.desk.next_due_at()) is not None and due <= at:
            self.clock.set(max(due, self.now))
            self.alarms += self.desk.sweep().alarms
        self.clock.set(max(at, self.now))

    def act(self, verb: str, label: str | None, by: str = "commander", **fields: object) -> Act:
        """An act as it is asked now; `as_` is the field `as`."""
        given = {name.removesuffix("_"): value for name, value in fields.items()}
        no = self.numbers[label] if label else None
        return Act(verb, Actor.parse(by), self.now, self.now, no, given)

    def do(
        self, verb: str, label: str | None, by: str = "commander", **fields: object
    ) -> Case | None:
        self.acts += 1
        return self.desk.execute(self.act(verb, label, by, **fields)).case

    def do_all(self, verb: str, labels: Sequence[str], **fields: object) -> Bundled:
        """One act of the hand for several cases; none may be refused."""
        return self.do_each(verb, {label: {} for label in labels}, **fields)

    def do_each(
        self, verb: str, each: Mapping[str, Mapping[str, object]], **fields: object
    ) -> Bundled:
        """The same, where every case has some fields of its own."""
        self.acts += 1
        acts = [self.act(verb, label, **fields, **own) for label, own in each.items()]
        done = bundle(self.desk, acts)
        assert done.refused == ()
        return done

    def register(self, label: str, **fields: object) -> None:
        """A case that comes in from above or beside."""
        given: dict[str, object] = {
            "channel": "dept_linkage",
            "place": "嘉乐路20号",
            "description": "绿化带暴露垃圾",
            "grid": "嘉乐社区网格",
            "category": "暴露垃圾",
        }
        made = self.desk.execute(self.act("register", None, "street_centre", **(given | fields)))
        assert made.case is not None
        self.numbers[label] = made.case.no

    def case(self, label: str) -> Case:
        with self.desk.store.unit() as unit:
            found = unit.case(self.numbers[label])
        assert found is not None
        return found

    @property
    def rings(self) -> list[datetime]:
        """When it rang."""
        return sorted(alarm.raised_at for alarm in self.alarms if alarm.rings)


def most_within(moments: Sequence[datetime], span: timedelta) -> int:
    """The most moments that lie in any stretch of this length, wherever it begins."""
    return max(
        (sum(1 for at in moments if start <= at < start + span) for start in moments), default=0
    )


def duties(limit: str) -> list[dict[str, object]]:
    """城管 leads, 公安 follows, both with one limit."""
    return [
        {"party": "城管", "duty": "清理", "limit": limit, "lead": True},
        {"party": "公安", "duty": "维持秩序", "limit": limit},
    ]
