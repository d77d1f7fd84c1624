"""Forms and the matter table: a matter by the digits of its code, its limit and its law."""

from __future__ import annotations

from pathlib import Path

import pytest
from forms_stage import Stage, play
from shift import ME

from dutydesk.config.procedures import load
from dutydesk.desk.categories import load_categories
from dutydesk.desk.matters import load_matters
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

TABLE = """大类代码,大类名称,小类代码,小类名称,立案条件,结案条件,处置时限,法律依据
01,公用设施,01,试验井盖,缺失,恢复,2小时,试行办法第三条
01,公用设施,01,试验井盖,破损,更换,3天,试行办法第三条
02,市容,01,街面秩序,占道,清除,4小时,试行办法第五条
"""
CENTRE = Actor("street_centre", "演示甲")
FOUND = {"channel": "wechat_public", "place": "试验路1号", "description": "井盖缺失",
         "urgency": "ordinary"}  # fmt: skip


def table(desk: Stage, folder: Path) -> None:
    path = folder / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert load_matters(desk.desk, path, ME).edition == 1


def test_digits_pick_a_matter_and_its_limit_stands_in_the_form(tmp_path: Path) -> None:
    async def scenario(desk: Stage) -> None:
        table(desk, tmp_path)
        now = desk.clock.now()
        done = desk.desk.execute(Act("register", CENTRE, now, now, None, FOUND))
        assert done.case is not None
        no = done.case.no
        desk.desk.execute(Act("report_up", CENTRE, now, now, no, {"reason": "无力处置"}))
        await desk.open("dispatch", no)
        assert desk.app.screen.sheet.here == "matter"
        await desk.press("0", "1", "0", "1")
        assert desk.sees("2 条，再写几位代码或几个字，或 +1 选第一条")
        assert desk.sees("+1 0101-1 试验井盖 2小时 缺失")
        await desk.press("+", "1")
        assert desk.sees("→ 0101-1 试验井盖 2小时 缺失")
        await desk.press("backspace", "backspace", "2")
        assert desk.sees("→ 0101-2 试验井盖 3天")
        assert desk.sees("立案 破损，结案 更换，依据 试行办法第三条"), desk.lines()
        await desk.press("enter")
        clock = next(c for c in desk.card(no).clocks if c.name == "dispose")
        assert (clock.limit, clock.rule) == ("3 natural days", f"{load('baoshan').rule} matters/1")

    play(scenario, procedure="baoshan")


def test_a_dispatch_needs_no_due_where_the_table_gives_it(tmp_path: Path) -> None:
    async def scenario(desk: Stage) -> None:
        table(desk, tmp_path)
        no = desk.register()
        desk.act("accept", no, **{"as": "community"}, grid="嘉乐", category="街面秩序")
        await desk.open("dispatch", no)
        assert desk.sees("不填就按事项表：4小时")
        assert desk.sees("试行办法第五条"), desk.lines()
        await desk.press("enter")
        clock = next(c for c in desk.card(no).clocks if c.name == "dispose")
        assert (clock.limit, clock.rule) == ("4 h", f"{load('xinchenglu').rule} matters/1")

    play(scenario)


@pytest.mark.clause("X-7.1.3")
def test_a_category_is_picked_by_the_digits_of_its_code_and_other_words_are_kept(
    tmp_path: Path,
) -> None:
    async def scenario(desk: Stage) -> None:
        tree = tmp_path / "c.csv"
        tree.write_text(
            "代码,名称,上级代码\n0101,试验排污,生态环境\n0102,试验扬尘,生态环境\n", "utf-8"
        )
        load_categories(desk.desk, tree, ME)
        no = desk.register(category="一件怪事", grid="嘉乐")
        assert not desk.card(no).category_known
        await desk.open("accept", no)
        row = desk.app.screen.sheet.rows["category"]
        row.take_focus()
        await desk.settle()
        assert desk.sees("类目里没有：按所写的记下")
        await desk.press("0", "1", "0", "2")
        assert desk.sees("→ 0102 试验扬尘 生态环境")
        await desk.press("enter")
        card = desk.card(no)
        assert (card.category, card.category_code, card.category_key, card.category_known) == (
            *("试验扬尘", "0102", "生态环境"),
            True,
        )

    play(scenario)
