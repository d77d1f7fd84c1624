"""Why this deadline: one key of the case screen, reached by the keypad too, copied and printed."""

from __future__ import annotations

from typing import Any

from forms_stage import Stage, play
from keypad import keypad

from dutydesk.screens.desk.case_lines import clock_line


def shown(desk: Stage) -> Any:
    """The screen on top, whichever it is."""
    return desk.screen


def test_one_key_of_the_case_screen_says_why() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage(description="跨门设摊")
        await desk.select(no)
        desk.app.sitting.open_case(no)
        await desk.until(lambda: desk.form == "CaseScreen" and shown(desk).card is not None)
        await desk.press("t")
        assert desk.form == "PapersScreen"
        await desk.until(lambda: desk.sees("时限依据"))
        await desk.press("enter")
        told = desk.copied[0]
        assert told.startswith(f"时限依据\n案件号：{no}")
        assert "20 min；连续计时，不分昼夜和节假日；xinchenglu/1；X-5.2.3.3" in told
        assert "起算：" in told
        assert "到期：" in told

    play(scene)


def test_the_keypad_reaches_it_from_the_case_and_from_the_papers() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await desk.select(no)
        desk.app.sitting.open_case(no)
        await desk.until(lambda: desk.form == "CaseScreen" and shown(desk).card is not None)
        await keypad(desk, "0")
        assert desk.form == "PageMenu"
        (way,) = [way for way in shown(desk).ways if way.action == "why"]
        await keypad(desk, way.key)
        assert desk.form == "PapersScreen"
        assert shown(desk).kind == "why"
        await keypad(desk, "1")
        assert shown(desk).kind == "group"
        await keypad(desk, "4")
        await desk.until(lambda: shown(desk).paper is not None and shown(desk).paper.kind == "why")
        assert desk.sees("起算：")

    play(scene)


def test_a_clock_whose_year_has_no_table_is_marked() -> None:
    async def scene(desk: Stage) -> None:
        card = desk.card(desk.linkage())
        clock = next(row for row in card.clocks if row.stopped_at is None)
        words = desk.app.gateway.words
        for doubt, marked in (("", False), ("2027 年的节假日安排尚未提供", True)):
            line = clock_line(clock._replace(doubt=doubt), words, clock.started_at, 80)
            assert ("年表未公布" in "".join(span.text for span in line)) is marked

    play(scene)
