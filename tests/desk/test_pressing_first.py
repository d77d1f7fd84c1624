"""Where messages wait, the urgent track and the first word of a case go before the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.channels import Channel as Settings
from dutydesk.desk import Desk
from dutydesk.notify.office import Office
from dutydesk.notify.one_post import one_post
from dutydesk.notify.registry import kinds
from dutydesk.notify.stand_in import StandIn
from dutydesk.storage import Message
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

BY = Actor("commander", "陈安")


class Waiting:
    """A desk with an application; what goes out is read at the platform."""

    def __init__(self, platform: StandIn) -> None:
        self.platform = platform
        self.clock = ManualClock(datetime(2026, 11, 23, 9, 0, tzinfo=ZONE))
        self.desk: Desk = memory_desk(self.clock)
        self.desk.ground = replace(self.desk.ground, carries={"urge": "app", "supervise": "app"})
        table = Settings(kind="wecom", base_url=platform.base_url, corp_id="ww", agent_id=1)
        channel = kinds()["wecom"]("app", table, lambda: "stand-in", Path)
        area = self.desk.ground.area
        self.office = Office(
            self.desk.store, area, channel, self.clock, lambda name, at: name, lambda: None
        )

    def do(self, verb: str, no: str | None = None, **fields: object) -> str:
        case = self.desk.execute(Act(verb, BY, self.desk.now(), self.desk.now(), no, fields)).case
        assert case is not None
        return case.no

    def linkage(self, difficulty: str = "simple") -> str:
        where = {"channel": "dept_linkage", "place": "嘉乐小区", "description": "设摊"}
        no = self.do("register", **where, grid="嘉乐", category="占道设摊")
        case = {"difficulty": difficulty, "lead": "城管", "parties": ["城管", "公安"]}
        self.do("accept", no, **{"as": "linkage"}, **case)
        self.clock.advance(seconds=5)
        return no

    def send(self) -> list[str]:
        before = len(self.platform.accepted)
        while one_post(self.office):
            pass
        return [one["text"] for one in list(self.platform.accepted)[before:]]


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    with StandIn() as platform:
        made = Waiting(platform)
        yield made
        made.desk.close()


def test_the_urgent_track_and_the_first_word_of_a_case_jump_the_queue(waiting: Waiting) -> None:
    old, new, urgent = waiting.linkage(), waiting.linkage(), waiting.linkage("urgent")
    waiting.do("urge", old, target="城管", text="第一条")
    waiting.send()
    due = waiting.desk.now() + timedelta(hours=4)
    waiting.do("supervise", old, target="城管", demand="第二条", due=due)
    waiting.do("supervise", old, target="公安", demand="第三条", due=due)
    waiting.clock.advance(seconds=5)
    waiting.do("urge", new, target="城管", text="新案")
    waiting.clock.advance(seconds=5)
    waiting.do("urge", urgent, target="城管", text="紧急")
    said = waiting.send()
    order = [next(w for w in ("紧急", "新案", "第二条", "第三条") if w in text) for text in said]
    assert order == ["紧急", "新案", "第二条", "第三条"]


def test_what_comes_by_the_clock_avoids_the_full_and_the_half_hour(waiting: Waiting) -> None:
    area = waiting.desk.ground.area
    waiting.clock.set(waiting.clock.now().replace(minute=30))
    with waiting.desk.store.unit() as unit:
        for key in ("digest|a", "other"):
            at = waiting.desk.now()
            unit.put_message(Message(key, area, None, "app", key, key, at, kind="escalate"))
    assert waiting.send() == ["other"]
    waiting.clock.advance(seconds=60)
    assert waiting.send() == ["digest|a"]
