"""Each kind of message has its own text in the procedure: masked, whole, and sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config import procedures
from dutydesk.config.channels import Channel as Settings
from dutydesk.desk import Desk
from dutydesk.desk.messages import templated
from dutydesk.desk.outboxing import previewed
from dutydesk.notify.office import Office
from dutydesk.notify.one_post import one_post
from dutydesk.notify.registry import kinds
from dutydesk.notify.stand_in import StandIn
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Act, Event
from dutydesk.workflow.cases.model import Actor, Case, Party
from dutydesk.workflow.templates import templates_of

BY = Actor("commander", "陈安")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
ALL = ("convene", "reschedule", "urge", "supervise", "escalate", "handover")
CALLED = "13912345678"
GIVEN = {
    "target": "城管", "text": f"请快，{CALLED} 又来电", "demand": f"今日到场 {CALLED}",
    "reason": "其他", "due": "2026-11-23T15:00:00+08:00", "time": "2026-11-24T09:30:00+08:00",
    "issue": "各方职责", "to": "night_desk",
}  # fmt: skip


@pytest.mark.parametrize("name", procedures.names())
def test_every_text_of_every_procedure_is_whole_and_covered(name: str) -> None:
    procedure = procedures.load(name)
    case = Case(
        no="1409012611230001", area="140901", channel="phone", state=next(iter(procedure.states)),
        description=f"{CALLED} 反映设摊", place="嘉乐小区", received_at=NINE, since_at=NINE,
        holder="sub_centre",
    )  # fmt: skip
    case = replace(case, course=replace(case.course, parties=(Party("城管"), Party("公安"))))
    carries = dict.fromkeys(ALL, "app")
    told: set[str] = set()
    for lang in ("zh_CN", "en"):
        words = Words(procedure, lang)
        for kind, template in templates_of(procedure).items():
            for verb in template.to:
                told.add(kind)
                event = Event(verb, NINE, NINE, BY, case.no, None, 3, GIVEN)
                made = templated(event, case, words, {"area": "嘉乐"}, drill=False, carries=carries)
                pushed = procedure.sets(verb, "convened") or procedure.sets(verb, "rescheduled")
                assert bool(made) is not pushed, (kind, verb)
                assert all(one.recipient and one.kind == kind for one in made)
                assert not any("{" in one.text or CALLED in one.text for one in made)
                assert all(len(one.text.splitlines()) >= 2 for one in made)
    has = {verb for verb in ("urge", "supervise", "hand_over") if verb in procedure.acts}
    assert {"urge", "escalate", "handover"} <= told
    assert ("supervise" in told) is ("supervise" in has or name == "jinshan")


class Sent:
    """A desk whose messages leave by an application."""

    def __init__(self, platform: StandIn) -> None:
        self.clock, self.platform = ManualClock(NINE), platform
        self.desk: Desk = memory_desk(self.clock)
        self.desk.ground = replace(self.desk.ground, carries=dict.fromkeys(ALL[1:], "app"))
        table = Settings(kind="wecom", base_url=platform.base_url, corp_id="ww", agent_id=1)
        channel = kinds()["wecom"]("app", table, lambda: "stand-in", Path)
        area = self.desk.ground.area
        self.office = Office(
            self.desk.store, area, channel, self.clock, lambda name, at: name, lambda: None
        )

    def do(self, verb: str, no: str | None = None, **fields: object) -> str:
        now = self.desk.now()
        case = self.desk.execute(Act(verb, BY, now, now, no, fields)).case
        return case.no if case is not None else ""

    def send(self) -> list[str]:
        while one_post(self.office):
            pass
        return [one["text"] for one in self.platform.accepted]


@pytest.fixture
def sent() -> Iterator[Sent]:
    with StandIn() as platform:
        made = Sent(platform)
        yield made
        made.desk.close()


def test_a_meeting_that_is_moved_has_a_text_of_its_own(sent: Sent) -> None:
    where = {"channel": "dept_linkage", "place": "嘉乐小区", "description": "设摊"}
    no = sent.do("register", **where, grid="嘉乐", category="占道设摊")
    case = {"difficulty": "simple", "lead": "城管", "parties": ["城管"]}
    sent.do("accept", no, **{"as": "linkage"}, **case)
    time = NINE + timedelta(minutes=30)
    sent.do("convene", no, parties=["城管"], time=time, location="北门", mode="offline")
    later, why = time + timedelta(hours=1), f"人没有到齐，{CALLED}"
    sent.do("reschedule", no, time=later, location="东门", reason=why)
    (text,) = sent.send()
    lines = text.splitlines()
    assert lines[0].startswith("【城运协调改期】")
    assert "新的协调时间：11-23 10:30（现场）" in lines or "10:30" in lines[3]
    assert "改期原因：人没有到齐，139******5678" in lines
    assert "原定时间作废" in lines[-1]


def test_a_handover_reaches_whoever_takes_the_desk_over(sent: Sent) -> None:
    now, deputy = sent.desk.now(), Actor("deputy_head", "李正")
    given = {"to": "night_desk", "reason": "停电"}
    sent.desk.execute(Act("hand_over", deputy, now, now, None, given))
    (text,) = sent.send()
    assert sent.platform.accepted[0]["to"] == ["night_desk"]
    lines = text.splitlines()
    assert lines[0].startswith("【城运交班】")
    assert "在办 0 件，超时 0 件" in lines
    assert lines[-1] == "请接班并复核超时件数。"


def test_what_a_message_would_say_is_seen_before_it_is_sent(sent: Sent) -> None:
    where = {"channel": "dept_linkage", "place": "嘉乐小区", "description": f"{CALLED} 反映"}
    no = sent.do("register", **where, grid="嘉乐", category="占道设摊")
    text = previewed(sent.desk, "urge", no, {"target": "城管", "text": f"请快 {CALLED}"}, BY)
    assert text.startswith("【城运催办】0001")
    assert CALLED not in text
    assert sent.send() == []
