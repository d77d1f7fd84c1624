"""Where no limit runs every face of a case says how long it has stood there (invariant 1)."""

from __future__ import annotations

import pytest
from views_world import World

from dutydesk.cli.cases import _text
from dutydesk.screens.desk.case_lines import how_long
from dutydesk.views import jsonable
from dutydesk.views.board import Board
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import Words
from dutydesk.views.queue import Queue


def back_at_coordinating(world: World, by: str) -> str:
    """Progress at the head or at the street, and no duty given (T26c, T28c)."""
    no = world.linkage("complex")
    world.do("submit_to_head", no, by="deputy_head", reason="疑难复杂")
    if by == "street_centre":
        world.do("record_head_result", no, by="area_head", progress=False, text="无进展")
        world.do("submit_to_street", no, by="deputy_head", reason="疑难复杂")
        world.do("record_street_result", no, by=by, progress=True, final=False, text="继续协调")
    else:
        world.do("record_head_result", no, by=by, progress=True, text="继续协调")
    return no


def card(world: World, no: str) -> CaseCard:
    found = world.read(Card(no))
    assert found is not None
    return found


@pytest.mark.parametrize("by", ["area_head", "street_centre"])
def test_progress_without_duties_shows_what_has_passed(world: World, by: str) -> None:
    no = back_at_coordinating(world, by)
    world.clock.advance(minutes=47)
    found, words = card(world, no), Words(world.desk.ground.procedure)
    assert (found.state, found.clock) == ("coordinating", None)
    assert jsonable.case(found)["elapsed_s"] == 47 * 60
    (line,) = how_long(found, words, world.clock.now(), 80)
    assert "".join(span.text for span in line).split() == ["协调中", "已", "47分", "无时限"]
    (row,) = (text for text in world.read(Board()).split("\n") if text.startswith(no[-4:]))
    assert "已47分" in row
    assert "协调中  已 47分  无时限" in _text(found, words)
    assert world.read(Queue())[0].waiting_since == world.now_ms - 47 * 60 * 1000


def test_the_seconds_are_those_of_where_the_case_stands_and_end_with_it(world: World) -> None:
    no = world.register()
    world.clock.advance(minutes=5)
    assert card(world, no).elapsed_s == 300
    assert all("无时限" not in line for line in _text(card(world, no), Words(
        world.desk.ground.procedure
    )))  # fmt: skip
    world.do("withdraw", no, reason="撤")
    assert card(world, no).elapsed_s is None
