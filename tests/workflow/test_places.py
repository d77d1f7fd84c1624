"""Where a free place lies: certain, one side, several, outside, or to be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.workflow.places import Area, Certainty, Grid, Places

CANG = Grid("01", "仓场社区网格", "仓场", "社区", "1", "仓场站", (), ("竹苑",), ("仓场路", "横路"))
LE = Grid("02", "嘉乐社区网格", "嘉乐", "社区", "1", "嘉乐站", (), ("嘉乐苑",), ("嘉乐路", "长街"))
XIN = Grid("03", "新成社区网格", "新成", "社区", "2", "新成站", (), (), ("长街", "东街"))
CUN = Grid("04", "新成村网格", "新成村", "村", "2", "新成村站", (), ("新成宅",), ())
WEST = Area("1", "迎园片区网格", "新成路派出所第一责任区", "west", (CANG, LE), "迎园")
EAST = Area("2", "新成片区网格", "新成路派出所第二责任区", "east", (XIN, CUN), "新成")
PLACES = Places((WEST, EAST), boundary="新成路", street="新成路街道", outside=("菊园新区",))


@pytest.mark.parametrize("text", ["02", "嘉乐社区网格", "嘉乐", " 嘉乐社区 ", "嘉乐居委", "０２"])
def test_a_grid_answers_to_code_name_and_short_name(text: str) -> None:
    assert PLACES.grid(text) is LE


@pytest.mark.parametrize("text", ["", "嘉", "工作站", "99", "嘉乐社区网格二"])
def test_nothing_else_names_a_grid(text: str) -> None:
    assert PLACES.grid(text) is None
    assert PLACES.station(text) is None


def test_a_village_is_not_the_community_of_the_same_name() -> None:
    assert PLACES.grid("新成") is XIN
    assert PLACES.grid("新成村") is CUN
    assert PLACES.locate("新成村口").grid is CUN
    assert PLACES.locate("新成社区门口").grid is XIN


@pytest.mark.parametrize(
    ("text", "grid", "reason"),
    [
        ("嘉乐社区3号楼", LE, "grid_name"),
        ("竹苑12号", CANG, "estate"),
        ("嘉乐路20号", LE, "road"),
        ("嘉乐路20号近新成路", LE, "road"),
        ("新成路118弄嘉乐苑", LE, "estate"),
        ("新成路街道仓场居委会", CANG, "grid_name"),
        ("迎园片区长街5号", LE, "road"),
    ],
)
def test_one_grid_that_fits_is_certain(text: str, grid: Grid, reason: str) -> None:
    found = PLACES.locate(text)
    assert (found.certainty, found.grid, found.reason) == (Certainty.CERTAIN, grid, reason)
    assert found.area is PLACES.area_of(grid)


@pytest.mark.clause("X-3.1.2")
@pytest.mark.parametrize(
    "text", ["新成路", "新成路118号", "新 成 路 １１８ 号", "新成路嘉乐路路口", "新成路东街"]
)
def test_the_boundary_road_itself_asks_which_side(text: str) -> None:
    found = PLACES.locate(text)
    assert (found.certainty, found.reason) == (Certainty.SIDE_NEEDED, "boundary_road")
    assert (found.area, found.grid) == (None, None)


@pytest.mark.clause("X-3.1.2")
def test_a_side_that_is_named_gives_the_area() -> None:
    sides = {"新成路118号东侧": EAST, "新成路以西": WEST, "新成路西边": WEST, "新成路东": EAST}
    for text, area in sides.items():
        found = PLACES.locate(text)
        assert (found.certainty, found.area, found.grid) == (Certainty.AREA_ONLY, area, None)
        assert found.candidates == area.grids


def test_a_crossing_with_a_side_gives_the_grid_on_that_side() -> None:
    assert PLACES.locate("新成路长街口西侧").grid is LE
    assert PLACES.locate("新成路长街口东侧").grid is XIN


def test_a_road_of_both_areas_is_asked() -> None:
    found = PLACES.locate("长街5号")
    assert (found.certainty, found.reason) == (Certainty.DOUBTFUL, "several_areas")
    assert (found.area, found.grid, found.candidates) == (None, None, (LE, XIN))


def test_two_grids_of_one_area_keep_the_area() -> None:
    found = PLACES.locate("嘉乐路横路口")
    assert (found.area, found.grid, found.reason) == (WEST, None, "several_grids")


def test_a_bare_short_name_is_offered_but_not_taken() -> None:
    found = PLACES.locate("嘉乐中学门口")
    assert (found.certainty, found.grid, found.candidates) == (Certainty.DOUBTFUL, None, (LE,))


def test_area_name_other_street_and_nothing() -> None:
    assert PLACES.locate("迎园片区").certainty is Certainty.AREA_ONLY
    assert PLACES.locate("菊园新区某路1号").certainty is Certainty.OUTSIDE
    assert PLACES.locate("新成路派出所").certainty is Certainty.UNKNOWN
    assert PLACES.locate("").certainty is Certainty.UNKNOWN


@given(st.lists(st.sampled_from([*"新成路村东西口0号近", "嘉乐", "长街", "竹苑", "社区", "[/b]"])))
def test_a_grid_is_given_only_when_certain_and_then_with_its_area(parts: list[str]) -> None:
    found = PLACES.locate("".join(parts))
    assert (found.grid is not None) == (found.certainty is Certainty.CERTAIN)
    if found.grid is not None:
        assert found.area is PLACES.area_of(found.grid)
