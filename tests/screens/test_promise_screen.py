"""Promises by keypad keys only: noted, seen at every size, said once, settled, handed over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from forms_stage import Stage
from forms_stage import play as stage
from keypad import costs, keypad
from opened import Seat, sit
from playing import Scene, play
from sampled import sampled
from shift import ME, NOW

from dutydesk.views.promises import StandingPromises
from dutydesk.views.shiftlog import ShiftLog
from dutydesk.workflow.cases.acts import Act


def standing(desk: Any) -> list[tuple[str, Any]]:
    return [(row.text, row.at) for row in desk.read(StandingPromises())]


def soon(minutes: float) -> Any:
    return NOW + timedelta(minutes=minutes)


@pytest.mark.soak
def test_a_promise_on_a_case_is_noted_with_the_keypad_alone() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        await desk.press("minus", "1", "asterisk", "1", "asterisk", "asterisk")
        await desk.press("plus", "2", "0", "enter")
        assert standing(desk.desk) == [("我方：回电", soon(20))]
        note = desk.card(no).events[-1]
        assert (note.verb, note.data["promised_by"]) == ("note", "commander")
        assert "提醒时间：11-20 19:17" in note.line

    stage(scene)


def test_a_promise_costs_two_keys_beside_its_text_and_time() -> None:
    async def scene(desk: Stage) -> None:
        await desk.select(desk.register())
        await keypad(desk, "-")
        await desk.type("答应居委回电 +20")
        await keypad(desk, "enter")
        costs(desk, "promise")
        assert standing(desk.desk) == [("答应居委回电 +20", soon(20))]

    stage(scene)


@pytest.mark.soak
def test_a_phrase_and_its_time_are_typed_in_one_go_without_a_space() -> None:
    async def scene(desk: Stage) -> None:
        await desk.select(desk.register())
        await desk.press("minus", "3", "plus", "1", "5")
        assert desk.sees("→ 办完 +15")
        await desk.press("enter")
        assert standing(desk.desk) == [("办完 +15", soon(15))]

    stage(scene)


@pytest.mark.soak
def test_out_of_the_call_card_a_promise_costs_two_keys() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("call", no, party="城管")
        desk.keys = 0
        await desk.press("plus")
        await desk.type("20")
        await desk.press("enter")
        assert desk.keys == 2
        await desk.press("1")
        assert standing(desk.desk) == [("城管答应：接通", soon(20))]

    stage(scene)


@pytest.mark.soak
def test_who_promised_is_a_party_by_number_a_contact_by_letters_or_any_name() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        for typed, who in (("2", "城管"), ("gongan", ""), ("ga", "公安"), ("李阿姨", "李阿姨")):
            await desk.open("note", no)
            await desk.type("再看一次")
            await desk.press("asterisk")
            await desk.type(typed)
            await desk.press("enter")
            if not who:
                assert desk.form == "NoteForm"
                assert desk.sees("没有这个名称")
                await desk.press("escape", "f8")
                await desk.press("escape")
                continue
            assert desk.card(no).events[-1].data["promised_by"] == who

    stage(scene)


@pytest.mark.soak
def test_a_time_in_the_past_says_why_and_the_form_keeps_everything() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.open("note", no)
        await desk.press("4", "asterisk", "asterisk", "asterisk")
        await desk.type("-7")
        await desk.press("enter")
        assert desk.form == "NoteForm"
        assert desk.sees("提醒时间")
        assert desk.sees("✗")
        assert desk.sees("→ 答复")
        assert standing(desk.desk) == []
        desk.screen.focused.value = ""
        await desk.type("+7")
        await desk.press("enter")
        assert standing(desk.desk) == [("答复", soon(7))]

    stage(scene)


@pytest.mark.soak
def test_two_minuses_open_the_list_and_a_promise_on_nothing_is_noted_from_there() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("minus", "minus")
        assert seat.name == "PromiseScreen"
        await seat.press("minus")
        assert seat.name == "NoteForm"
        await seat.press("2", "enter")
        assert seat.name == "PromiseScreen"
        note = seat.desk.read(ShiftLog())[-1]
        assert (note.case, note.text) == (None, "到场")

    sit(scene)


@pytest.mark.parametrize("size", sampled([(80, 24), (116, 62), (232, 62)], (0,), whole=True))
def test_what_stands_is_kept_moved_or_not_kept_by_one_digit(size: tuple[int, int]) -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("m")
        before = standing(seat.desk)
        assert before[0][0] == "答应张先生回电"
        assert "答应张先生回电" in seat.text()
        await seat.press("1")
        assert standing(seat.desk) == before[1:]
        assert [(row.text, row.at) for row in seat.screen.standing.items] == before[1:]
        await seat.press("2")
        await seat.press("plus", "5", "enter")
        assert seat.name == "PromiseScreen"
        assert standing(seat.desk)[0] == (before[1][0], soon(5))
        await seat.press("3", "1", "enter")
        assert [text for text, _at in standing(seat.desk)] == [text for text, _ in before[2:]]
        await seat.press("0")
        shown = seat.text()
        assert "答应的事：做到（答应张先生回电）" in shown
        assert "答应的事：未做到；理由：联系不上" in shown

    sit(scene, size=size)


@pytest.mark.soak
def test_enter_opens_the_case_and_the_star_goes_down() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("f8")
        rows = seat.desk.read(StandingPromises())
        await seat.press("enter")
        assert "这一条不属于案件" in seat.text()
        await seat.press("asterisk", "enter")
        assert (seat.name, seat.screen.no) == ("CaseScreen", rows[1].case)
        await seat.press("escape")
        assert seat.name == "PromiseScreen"

    sit(scene)


@pytest.mark.soak
def test_what_another_seat_has_settled_meanwhile_is_said() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("m")
        first = seat.desk.read(StandingPromises())[0]
        fields = {"promise": first.id, "outcome": "kept"}
        act = Act("settle", ME, NOW, NOW, first.case, fields)
        seat.app.gateway.job(lambda desk: desk.execute(act), seat.app, "elsewhere")
        await seat.press("1")
        assert "应为：一条还没有了结的答应" in seat.text()
        assert "答应张先生回电" not in "\n".join(seat.lines()[:20])

    sit(scene)


@pytest.mark.soak
def test_the_day_is_written_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "dutydesk.screens.parts.copying.user_data_path", lambda *_a, **_k: tmp_path / "d"
    )

    async def scene(seat: Seat) -> None:
        await seat.press("m", "0", "plus")
        (file,) = (tmp_path / "d").iterdir()
        assert f"值班日志已存到 {str(tmp_path)[:20]}" in seat.text()
        assert file.read_text(encoding="utf-8").startswith("值班日志 迎园片区网格　2026-11-20\n")
        (tmp_path / "d" / file.name).unlink()
        (tmp_path / "d" / file.name).mkdir()
        await seat.press("plus")
        assert "文件写不了" in seat.text()

    sit(scene)


def test_on_the_smallest_terminal_the_next_three_stand_in_the_rule() -> None:
    async def scene(desk: Scene) -> None:
        (line,) = desk.text("rule-case").splitlines()
        assert line.startswith("─ 18:55 答应张先生回电")
        assert line.count("19:30 00") == 2
        await desk.pilot.resize_terminal(116, 62)
        await desk.settle()
        assert set(desk.text("rule-case")) == {"─"}

    play(scene, size=(80, 24))


@pytest.mark.soak
@pytest.mark.parametrize("size", sampled([(80, 24), (116, 62)], (0,), whole=True))
def test_its_moment_is_said_once_softly_and_no_bell_rings(size: tuple[int, int]) -> None:
    async def scene(desk: Scene) -> None:
        await desk.on_desk(
            lambda d: d.execute(
                Act("note", ME, d.now(), d.now(), None, {"text": "回电", "remind_at": soon(1)})
            )
        )
        desk.app.gateway.pulse(desk.app)
        await desk.settle()
        desk.shift.desk.acknowledge(ME)  # the urgent track would sound again by itself
        await desk.tick()
        rung = desk.app.bells
        assert "到点" not in desk.text("keys")
        await desk.tick(61)
        assert "到点 回电" in desk.text("keys")
        for _second in range(8):
            await desk.tick()
        assert "到点" not in desk.text("keys")
        await desk.tick(30)
        assert "到点" not in desk.text("keys")
        assert desk.app.bells == rung

    play(scene, size=size)


@pytest.mark.soak
def test_the_handover_sheet_lists_what_stands() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("h")
        assert f"便签与答应 {len(standing(seat.desk))}" in seat.text()
        assert "答应张先生回电" in seat.text()

    sit(scene, size=(116, 62))


@pytest.mark.soak
def test_the_palette_has_the_list() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("f4")
        await seat.type("便签与")
        await seat.press("enter")
        assert seat.name == "PromiseScreen"

    sit(scene)


@pytest.mark.parametrize("size", sampled([(80, 24), (116, 62)], (0,), whole=True))
def test_a_case_of_another_day_is_called_with_its_day_as_in_the_queue(
    size: tuple[int, int],
) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.register()
        desk.act("note", no, text="看看", remind_at=NOW + timedelta(days=1, minutes=1))
        desk.clock.set(NOW + timedelta(days=1))
        desk.app.gateway.pulse(desk.app)
        await desk.settle()
        await desk.press("m")
        [line] = [line for line in desk.lines() if "看看" in line and "记事" in line]
        assert f" {no[-6:]} " in line

    stage(scene, size=size)
