"""What the outbox keeps of a convening is the text that the operator copied and sent."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.reports.notice import Meeting, late_refusal, notice
from dutydesk.storage.tables import outbox
from dutydesk.views.card import Card
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

COMMANDER = Actor("commander", "陈安")
MATTER = {"channel": "dept_linkage", "place": "嘉乐小区", "description": "设摊，13912345678 投诉"}
SIMPLE = {"as": "linkage", "difficulty": "simple", "lead": "城管", "parties": ["城管", "公安"]}


def test_the_outbox_keeps_the_very_text_that_was_shown(desk: Desk, morning: ManualClock) -> None:
    def do(verb: str, no: str | None = None, **fields: object) -> str:
        case = desk.execute(Act(verb, COMMANDER, desk.now(), desk.now(), no, fields)).case
        assert case is not None
        return case.no

    no = do("register", **MATTER, category="占道设摊", grid="嘉乐")
    do("accept", no, **SIMPLE, reason="涉及多部门")
    card = desk.read(Card(no))
    assert card is not None
    meeting = Meeting(morning.now() + timedelta(minutes=30), "北门", "offline", ["城管", "公安"])
    shown = notice(card, meeting, Words(desk.context.procedure, "zh_CN"))
    do("convene", no, parties=["城管", "公安"], time=meeting.at, location="北门", mode="offline")

    with desk.store.reading() as connection:
        kept = connection.execute(select(outbox.c.recipient, outbox.c.state, outbox.c.text))
        assert sorted(tuple(row) for row in kept) == [
            ("公安", "SENT", shown),
            ("城管", "SENT", shown),
        ]
    assert "139******5678" in shown


def test_every_message_of_a_drill_says_that_it_is_one(morning: ManualClock) -> None:
    desk = memory_desk(morning, drill=True)
    act = Act("register", COMMANDER, desk.now(), desk.now(), None, {**MATTER, "grid": "嘉乐"})
    case = desk.execute(act).case
    assert case is not None
    at = desk.now()
    fields = {**SIMPLE, "reason": "涉及多部门", "category": "占道设摊"}
    desk.execute(Act("accept", COMMANDER, at, at, case.no, fields))
    time = at + timedelta(minutes=30)
    where = {"parties": ["城管"], "time": time, "location": "北门", "mode": "offline"}
    desk.execute(Act("convene", COMMANDER, at, at, case.no, where))
    with desk.store.reading() as connection:
        kept = connection.execute(select(outbox.c.text)).scalars().all()
    assert {text.split("\n")[0] for text in kept} == {"【演练】"}
    assert late_refusal(case, drill=True).startswith("【演练】\n")
    assert not late_refusal(case).startswith("【")
