"""A digest leaves as one message a person through his channel; by hand where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.channels import Channel as Settings
from dutydesk.desk import Desk
from dutydesk.notify.office import Office
from dutydesk.notify.one_post import one_post
from dutydesk.notify.registry import kinds
from dutydesk.notify.stand_in import StandIn
from dutydesk.storage.tables import outbox
from dutydesk.views.outbox import Outbox
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)
BY = Actor("commander", "陈安")


def linkages(desk: Desk, count: int) -> None:
    for _case in range(count):
        no = None
        for verb, given in (
            ("register", {"channel": "dept_linkage", "place": "曹安公路", "description": "占道",
                          "category": "占道"}),
            ("accept", {"as": "linkage", "grid": "嘉乐", "difficulty": "simple", "lead": "城管",
                        "parties": ["城管"]}),
        ):  # fmt: skip
            done = desk.execute(Act(verb, BY, desk.now(), desk.now(), no, given))
            assert done.case is not None
            no = done.case.no


def test_one_message_a_person_goes_out_with_all_that_is_his(
    morning: ManualClock,
) -> None:
    with StandIn() as platform:
        desk = memory_desk(morning)
        desk.ground = replace(desk.ground, carries={"escalate": "app"})
        table = Settings(kind="wecom", base_url=platform.base_url, corp_id="ww", agent_id=1)
        app = kinds()["wecom"]("app", table, lambda: "stand-in", Path)
        office = Office(
            desk.store, desk.ground.area, app, morning,
            lambda name, at: "fuwangge" if name == "deputy_head" else "", lambda: None,
        )  # fmt: skip
        linkages(desk, 3)
        while desk.now() < NINE.replace(minute=59):
            morning.advance(seconds=60)
            desk.sweep()
            while one_post(office):
                pass
        with desk.store.reading() as connection:
            rows = connection.execute(select(outbox).where(outbox.c.kind == "escalate")).all()
        assert [(row.recipient, row.channel, row.state) for row in rows] == [
            ("deputy_head", "app", "SENT")
        ]
        (sent,) = platform.accepted
        assert sent["to"] == ["fuwangge"]
        assert sent["text"].splitlines()[0] == "专职副网格长：3 件请您过问"
        # Half past nine is everybody's minute: it went out in the next.
        assert rows[0].sent_at == NINE.replace(minute=31)
        assert desk.read(Outbox()).needs == 0
        desk.close()
