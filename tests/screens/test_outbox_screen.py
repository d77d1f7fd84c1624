"""The outbox on the screen: what failed or is unclear stands there, and the keypad decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from forms_stage import Stage, play

from dutydesk.storage import Message, Sending
from dutydesk.views.outbox import Outbox, OutboxCount
from dutydesk.views.reached import LoggedOut, Logins

AREA = "140901"


def put(desk: Stage, name: str, state: Sending, reason: str | None, **more: object) -> None:
    at = desk.clock.now()
    with desk.desk.store.unit() as unit:
        given = {"channel": "app", "kind": "urge", **more}
        made = Message(
            f"k|{name}", AREA, None, recipient=name, text=f"请{name}到场\n电话13912345678",
            created_at=at, state=state, reason=reason, **given,
        )  # fmt: skip
        unit.put_message(made)


def states(desk: Stage) -> dict[str, str]:
    return {row.recipient: row.state for row in desk.desk.read(Outbox(True)).rows}


def test_an_unclear_message_is_sent_again_only_by_choice() -> None:
    async def scene(desk: Stage) -> None:
        desk.desk.ground = replace(desk.desk.ground, carries={"urge": "app"})
        put(desk, "城管", Sending.UNKNOWN, "no_answer timeout")
        put(desk, "公安", Sending.FAILED, "invaliduser gongan")
        put(desk, "市场监管", Sending.SENT, None)
        desk.app.gateway.pulse(desk.app)
        await desk.settle()
        assert desk.sees("消息 2")
        desk.app.sitting.open("outbox")
        await desk.until(lambda: desk.form == "OutboxScreen" and desk.sees("不知是否送达"))
        assert desk.sees("平台没有这个账号 gongan")
        assert not desk.sees("市场监管")
        rows = [row.recipient for row in desk.screen.listing.items]
        await desk.press(*["asterisk"] * rows.index("城管"))
        assert desk.sees("139******5678")
        await desk.press("1")
        assert desk.sees("他可能已收到；再按一次：再发")
        assert states(desk)["城管"] == "UNKNOWN"
        await desk.press("1")
        assert states(desk)["城管"] == "DRAFT"
        await desk.press(*["slash"] * 2)
        if desk.form == "PageMenu":
            await desk.press("0")
        while desk.screen.here.recipient != "公安":
            await desk.press("asterisk")
        await desk.press("2")
        assert states(desk) == {"城管": "DRAFT", "公安": "SENT", "市场监管": "SENT"}
        assert desk.desk.read(OutboxCount()) == 0
        assert desk.sees("没有要人处理的消息")

    play(scene)


def test_what_a_person_has_to_send_is_copied_and_then_confirmed() -> None:
    async def scene(desk: Stage) -> None:
        put(desk, "street_centre", Sending.DRAFT, None, channel="manual", kind="late_refusal")
        desk.app.sitting.open("outbox")
        await desk.until(lambda: desk.form == "OutboxScreen" and desk.sees("待人发送"))
        await desk.press("enter")
        assert desk.copied == ["请street_centre到场\n电话139******5678"]
        await desk.press("enter")
        assert set(states(desk).values()) == {"SENT"}

    play(scene, size=(80, 24))


@pytest.mark.clause("X-5.2.4.1")
def test_a_login_is_said_by_hand_and_shown_with_source_and_age() -> None:
    async def scene(desk: Stage) -> None:
        desk.app.sitting.open("logins")
        await desk.until(lambda: desk.form == "LoginScreen" and bool(desk.screen.listing.items))
        assert {row.state for row in desk.desk.read(Logins())} == {"unknown"}
        person = desk.screen.listing.item.person
        await desk.press("2")
        row = next(row for row in desk.desk.read(Logins()) if row.person == person)
        assert (row.state, row.source, row.old) == ("out", "hand", False)
        assert desk.sees("未登录")
        assert desk.desk.read(LoggedOut()) == 1
        await desk.press("escape")
        await desk.until(lambda: desk.sees("未登录 1"))
        desk.clock.advance(hours=5)
        row = next(row for row in desk.desk.read(Logins()) if row.person == person)
        assert row.old
        assert desk.desk.read(LoggedOut()) == 0

    play(scene)


def test_a_convening_by_a_channel_needs_no_copying_and_says_that_it_waits() -> None:
    async def scene(desk: Stage) -> None:
        desk.desk.ground = replace(desk.desk.ground, carries={"convene": "app"})
        desk.desk.context = desk.desk.ground.views()
        no = desk.linkage()
        await desk.select(no)
        await desk.open("convene", no, location="迎园路口")
        await desk.until(lambda: desk.sees("由渠道 app 发出"))
        await desk.press("enter")
        await desk.until(lambda: desk.form == "DeskScreen")
        assert desk.copied == []
        assert desk.sees("人人送达后才生效")
        assert desk.card(no).state == "to_coordinate"
        assert set(states(desk).values()) == {"DRAFT"}

    play(scene)
