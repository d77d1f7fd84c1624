"""The card of a case shows what is on its way: waiting, sent, failed, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk.outboxing import confirm
from dutydesk.screens.case import parts
from dutydesk.storage import Sending, sending
from dutydesk.views import jsonable
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

BY = Actor("commander", "陈安")


def test_a_push_that_waits_stands_on_the_card_until_the_last_has_it(morning: ManualClock) -> None:
    desk = memory_desk(morning)
    desk.ground = replace(desk.ground, carries={"convene": "app"})

    def do(verb: str, no: str | None = None, **given: object) -> str:
        case = desk.execute(Act(verb, BY, desk.now(), desk.now(), no, given)).case
        assert case is not None
        return case.no

    def card() -> CaseCard:
        found = desk.read(Card(no))
        assert found is not None
        return found

    def end(recipient: str, state: Sending, reason: str | None = None) -> str:
        with desk.store.unit() as unit:
            rows = sending.by_state(unit.connection, desk.ground.area, ("DRAFT", "FAILED"))
            (key,) = [row.key for row in rows if row.recipient == recipient]
            sending.record(unit.connection, key, None, desk.now(), state, reason=reason)
        return key

    where = {"channel": "dept_linkage", "place": "嘉乐小区", "description": "设摊"}
    no = do("register", **where, grid="嘉乐", category="占道设摊")
    both = ["城管", "公安"]
    do("accept", no, **{"as": "linkage"}, difficulty="simple", lead="城管", parties=both)
    assert card().messages == ()
    time = desk.now() + timedelta(minutes=30)
    do("convene", no, parties=both, time=time, location="北门", mode="offline")
    assert {(m.recipient, m.state, m.awaited) for m in card().messages} == {
        ("城管", "DRAFT", True), ("公安", "DRAFT", True),
    }  # fmt: skip
    end("城管", Sending.SENT)
    key = end("公安", Sending.FAILED, "invaliduser gongan")
    shown = parts.left(card(), Words(desk.context.procedure, "zh_CN"), desk.now(), 100)
    told = ["".join(span.text for span in line) for line in shown]
    assert "消息" in told[0]
    assert "已发 1/2" in told[0]
    assert any("✓" in line and "城管" in line for line in told[1:3])
    failed = next(line for line in told[1:3] if "公安" in line)
    assert "✗ 没有发出" in failed
    assert "送达后生效" in failed
    assert "平台没有这个账号 gongan" in failed
    assert {row["state"] for row in jsonable.case(card())["messages"]} == {"SENT", "FAILED"}
    confirm(desk, [key], BY)
    assert card().messages == ()
    assert card().state == "awaiting_response"
    desk.close()
