"""A desk whose acts are said in one line: what the view tests play their stories on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.views.question import Answer, Question
from dutydesk.views.queue import millis
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor, Case

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZONE)


@dataclass
class World:
    """A desk and its clock; cases are named by what `register` gave."""

    desk: Desk
    clock: ManualClock

    @property
    def now_ms(self) -> int:
        return millis(self.clock.now())

    def do(
        self, verb: str, case: str | None = None, *, by: str = "commander", **fields: Any
    ) -> Case:
        """Do one act now and give the case; `kind_` stands for a field named `as`."""
        behalf = fields.pop("on_behalf", None)
        if "as_" in fields:
            fields["as"] = fields.pop("as_")
        now = self.clock.now()
        act = Act(
            verb,
            Actor.parse(by),
            now,
            now,
            case,
            fields,
            Actor.parse(behalf) if behalf else None,
        )
        done = self.desk.execute(act).case
        return done if done is not None else Case("", "", "", "", "", "", now)

    def register(self, **fields: Any) -> str:
        """A case that came in now; gives its number."""
        given = {"channel": "dept_linkage", "place": "仓场路12号", "grid": "仓场社区网格"}
        given |= {"description": "井盖塌陷", **fields}
        return self.do("register", **given).no

    def linkage(self, difficulty: str = "simple", **fields: Any) -> str:
        """A linkage case that stands at convening, 城管 leading and 公安 beside it."""
        no = self.register(**fields)
        self.do(
            "accept", no, as_="linkage", difficulty=difficulty, lead="城管",
            parties=["城管", "公安"], basis="市容条例",
        )  # fmt: skip
        return no

    def read(self, question: Question[Answer]) -> Answer:
        return self.desk.read(question)
