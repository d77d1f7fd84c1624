"""The desk of the invented procedure: its posts, its change of hands, its results that go back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.settings import parse_settings
from dutydesk.desk import Desk
from dutydesk.desk.answers import Done
from dutydesk.errors import BadInput, Refused
from dutydesk.views.duty import OnDutyNow
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

FERRY = str(Path(__file__).parent / "invented" / "ferry.toml")


@pytest.fixture
def desk() -> Iterator[Desk]:
    """The landing on a Saturday night, outside planned hours."""
    found = memory_desk(ManualClock(datetime(2026, 11, 21, 21, 0, tzinfo=ZONE)), procedure=FERRY)
    yield found
    found.close()


def do(desk: Desk, verb: str, by: str, case: str | None = None, **fields: Any) -> Done:
    now = desk.clock.now()
    return desk.execute(Act(verb, Actor.parse(by), now, now, case, fields))


def test_the_panel_lists_the_landings_own_posts(desk: Desk) -> None:
    panel = desk.read(OnDutyNow())
    assert panel.holder_label == "渡口"
    assert [(row.post, row.label, row.short, row.shown) for row in panel.posts] == [
        ("keeper", "值守员", "值守", "always"),
        ("helmsman", "东埠", "东埠", "always"),
        ("helmsman", "西埠", "西埠", "always"),
        ("harbour_chief", "港长", "港长", "roomy"),
        ("lamp_watch", "守灯", "守灯", "listed"),
    ]
    assert [row.department for row in panel.leads] == ["东埠", "西埠"]
    assert not panel.short


def test_the_lamp_is_passed_for_want_of_people_and_comes_back(desk: Desk) -> None:
    gong = {"channel": "gong", "description": "撞上木桩", "size": "大船"}
    opened = do(desk, "ring", "keeper", **gong).case
    assert opened is not None
    away = {"to": "lamp_watch", "reason": "无人领航"}
    with pytest.raises(Refused) as enough:
        do(desk, "pass_lamp", "keeper", **away)
    assert (enough.value.params, enough.value.clause) == ({"why": "force_sufficient"}, "F-1")

    with pytest.raises(Refused, match="not_your_role"):
        do(desk, "roll", "boatman", post="东埠", status="off")
    with pytest.raises(Refused, match="bad_value"):
        do(desk, "roll", "keeper", post="commander", status="off")
    for post in ("东埠", "西埠"):
        do(desk, "roll", "keeper", post=post, status="off")
    assert desk.read(OnDutyNow()).short
    do(desk, "pass_lamp", "keeper", **away)
    assert do(desk, "raise_lamp", "lamp_watch", red=0).duty is not None

    assert desk.read(OnDutyNow()).holder_label == "灯塔"
    with pytest.raises(Refused, match="not_your_role"):
        do(desk, "lower_gate", "keeper", opened.no)
    assert do(desk, "lower_gate", "lamp_watch", opened.no).case is not None
    do(desk, "pass_lamp", "lamp_watch", to="keeper", reason="天亮")
    do(desk, "raise_lamp", "keeper", red=0)
    assert desk.read(OnDutyNow()).holder_label == "渡口"


def test_what_is_afloat_goes_back_to_where_it_came_from(desk: Desk, tmp_path: Path) -> None:
    def ring() -> str:
        opened = do(desk, "ring", "keeper", channel="gong", description="漏水", size="小船").case
        assert opened is not None
        return opened.no

    mended, waved, _still = ring(), ring(), ring()
    do(desk, "lower_gate", "keeper", mended)
    do(desk, "send", "keeper", mended, lead="甲")
    do(desk, "patch", "boatman:甲", mended, party="甲", text="补好")
    do(desk, "look_over", "harbour_chief", mended, verdict="不漏")
    do(desk, "wave_off", "keeper", waved, reason="认错了")

    back = tmp_path / "back.csv"
    exported = desk.export("gong", back, by=Actor("keeper"))
    assert (exported.rows, exported.closed, exported.refused) == (2, 1, 1)
    with back.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2


def test_settings_name_people_by_the_posts_of_the_procedure() -> None:
    head = f'[desk]\nprocedure = "{FERRY}"\n[[person]]\nname = "甲"\n'
    found = parse_settings(head + 'posts = ["helmsman"]\ndepartment = "东埠"')
    assert found.person[0].posts == ("helmsman",)
    for text, said in (
        ('posts = ["commander"]', "person[1].posts[1]：规程里没有岗位“commander”"),
        ('posts = ["helmsman"]', "person[1]：helmsman 要写 department：东埠、西埠"),
        ('posts = ["helmsman"]\ndepartment = "城管"', "person[1].department：没有部门“城管”"),
    ):
        with pytest.raises(BadInput) as wrong:
            parse_settings(head + text)
        assert wrong.value.message.startswith(said)
        assert wrong.value.line is not None
