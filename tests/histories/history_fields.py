"""What is asked of a case in a history, and with which fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sensible import sensible

from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.cases.possible import next_act, possible
from dutydesk.workflow.context import Context
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.time.zone import iso

Fields = dict[str, Any]
SHARE_OF_NEXT = 0.6
"""How often what Enter offers is done, so that cases get far; else any open act."""
TELLING = ("urge", "supervise", "reschedule", "submit_to_head")
SHARE_OF_TELLING = 0.4
"""How often it is an act that leaves messages."""
OF_BAOSHAN: Mapping[str, tuple[tuple[str, Fields], ...]] = {
    "ask_deferral": (("office:城管科", {"reason": "等配件", "limit": "2 days"}),),
    "approve_deferral": (("street_centre:甲", {}), ("district_centre:乙", {})),
    "refuse_deferral": (("street_centre:丙", {"reason": "不急"}),),
    "suspend": (("street_centre:甲", {"reason": "汛期不能开挖"}),),
    "resume": (("street_centre:甲", {}),),
    "dispatch": (
        ("street_centre", {"lead": "城管科", "level": "street", "matter": "市政", "limit": "3 h"}),
    ),
    "file_result": (("street_centre", {"party": "城管科", "text": "已修"}),),
    "close": (("street_centre", {"report": "齐"}),),
    "note": (("street_centre", {"text": "看到"}),),
}


@dataclass
class View:
    """What `sensible` looks at: the cases as they stand."""

    procedure: Procedure
    cases: Mapping[str, Case]
    now: datetime

    def case(self, no: str) -> Case:
        return self.cases[no]


def registered(procedure: str, chance: Random, now: datetime) -> Act:
    """A case that comes in."""
    where = {"place": "嘉乐小区", "description": "设摊", "grid": "嘉乐社区网格"}
    if procedure == "baoshan":
        given = {"channel": "terminal", "occurred_at": iso(now), "urgency": "ordinary"}
        given |= {"place": "x", "description": "井盖"}
        return Act("register", Actor("grid_member", "甲"), now, now, fields=given)
    fields = {"channel": "dept_linkage", "category": "占道设摊", "urgent": chance.random() < 0.3}
    return Act("register", Actor("street_centre", "丁"), now, now, fields=where | fields)


def first_steps(procedure: str, no: str, chance: Random, now: datetime) -> list[Act]:
    """What brings a new case to where most things can happen to it."""
    if procedure == "baoshan":
        _by, fields = OF_BAOSHAN["dispatch"][0]
        up = Act("report_up", Actor("grid_member", "甲"), now, now, no, {"reason": "无权处置"})
        return [up, Act("dispatch", Actor("street_centre", "甲"), now, now, no, fields)]
    given: Fields = {"as": "linkage", "lead": "城管", "parties": ["城管", "公安"]}
    given["difficulty"] = chance.choice(["simple", "simple", "urgent"])
    return [Act("accept", Actor("commander", "陈安"), now, now, no, given | {"reason": "联动"})]


def some_act(
    case: Case, cases: Mapping[str, Case], chance: Random, now: datetime, rules: Context
) -> Act | None:
    """An act that is open on the case, with sensible fields; None where there is none."""
    if rules.procedure.name == "baoshan":
        return _of_baoshan(case, chance, now)
    by = Actor("night_desk" if rules.duty.night else "commander", "陈安")
    answers = {one.verb: one for one in possible(case, by, now, rules) if one.open}
    verb = next_act(case, by, now, rules) if chance.random() < SHARE_OF_NEXT else None
    telling = [one for one in TELLING if one in answers]
    if telling and chance.random() < SHARE_OF_TELLING:
        verb = chance.choice(telling)
    if verb not in answers and answers:
        verb = chance.choice(sorted(answers))
    if verb is None or verb not in answers:
        return None
    fields = sensible(View(rules.procedure, cases, now), case.no, verb, chance.randrange(100))  # type: ignore[arg-type]
    if fields is None:
        return None
    behalf = answers[verb].behalf
    return Act(
        verb, by, now, now, case.no, fields,
        Actor(behalf, "李正") if behalf else None, "phone" if behalf else None,
    )  # fmt: skip


def _of_baoshan(case: Case, chance: Random, now: datetime) -> Act:
    verb = chance.choice(sorted(OF_BAOSHAN))
    who, fields = chance.choice(OF_BAOSHAN[verb])
    if verb == "suspend":
        fields = fields | {"until": iso(now + timedelta(minutes=chance.choice([40, 300, 3000])))}
    return Act(verb, Actor.parse(who), now, now, case.no, dict(fields))
