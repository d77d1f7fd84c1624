"""Points in areas, records against what a procedure says of grids, department grids."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dutydesk.config.places import load_places
from dutydesk.config.procedures import load_unfilled
from dutydesk.desk.books import Books
from dutydesk.desk.placing import Placing
from dutydesk.workflow.check_grids import Spot, grid_findings
from dutydesk.workflow.geometry import BadShape, inside, on_edge, polygons
from dutydesk.workflow.grids import GridRecord, Grids

BAOSHAN, JINSHAN = (load_unfilled(name).raw for name in ("baoshan", "jinshan"))


def square(x: float, y: float, size: float = 2) -> str:
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def test_a_point_lies_in_an_area_on_its_edge_or_in_its_hole() -> None:
    ring = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    shape = polygons({"type": "MultiPolygon", "coordinates": [[ring, hole]]})
    assert [inside(p, shape) for p in ((3, 3), (1.5, 1.5), (5, 1), (0, 2))] == [
        *(True, False, False, False)
    ]
    assert on_edge((0, 2), shape)
    for wrong in (
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, "x"], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [31, 121], [1, 1], [0, 0]]]},
    ):
        with pytest.raises(BadShape):
            polygons(wrong)


@pytest.mark.clause("B-2.2.2", "B-2.2.9")
def test_places_on_the_map_in_no_grid_or_in_two_are_listed() -> None:
    grids = Grids(
        (
            GridRecord("A", "甲", boundary=square(0, 0)),
            GridRecord("B", "乙", boundary=square(1, 1)),
            GridRecord("C", "丙", boundary=square(3, 0)),
            GridRecord("P", "路网", layer="road", maps_to="A", boundary=square(0, 0, 9)),
        )
    )
    spots = [Spot("甲里", (0.5, 0.5)), Spot("两边", (1.5, 1.5)), Spot("外面", (9, 9)),
             Spot("界上", (3, 0.5))]  # fmt: skip
    found = {(f.code, f.where): f.params for f in grid_findings(grids, {}, spots)}
    assert found == {
        ("in_two_grids", "两边"): {"grids": ["A", "B"]},
        ("in_no_grid", "外面"): {"above": None},
    }


@pytest.mark.clause("B-2.2.1", "B-2.2.3", "B-2.2.4", "B-2.2.5", "B-2.2.8")
def test_a_grid_is_held_to_what_its_procedure_says_of_its_kind() -> None:
    said = [
        GridRecord("370112001002001", "好", "grid", kind="urban", households="420"),
        GridRecord("370112001002002", "大", "grid", kind="urban", households="612"),
        GridRecord("370112001002003", "特", "grid", kind="urban", households="612", special="是"),
        GridRecord("370112001002004", "村", "grid", kind="rural", unit="自然村"),
        GridRecord("370112001002005", "村", "grid", kind="rural", unit="整村"),
        GridRecord("370112001002006", "校", "grid", kind="exclusive", type="学校", rule="按学段"),
        GridRecord("370112001002007", "校", "grid", kind="exclusive", type="学校", rule="按楼宇"),
        GridRecord("370112001002008", "店", "grid", kind="exclusive", type="庙宇", east="东路"),
        GridRecord("370112001002000", "零", "grid"),
        GridRecord("370112001002", "上", "community"),
        GridRecord("3701120010029", "短", "grid"),
        GridRecord("37011200109", "半", "community"),
    ]
    found = [(f.code, f.where[-1], f.warning) for f in grid_findings(Grids(tuple(said)), BAOSHAN)]
    assert found == [
        ("size", "2", True),
        ("unknown_word", "5", False),
        ("unknown_word", "7", False),
        ("unknown_word", "8", False),
        ("bounds_open", "8", True),
        ("code_form", "0", False),
        ("code_form", "9", False),
        ("code_form", "9", False),
    ]


@pytest.mark.clause("J-2.4", "J-10.1", "J-21.1")
def test_levels_area_types_and_professional_grids_have_the_measures_of_the_text() -> None:
    said = [
        GridRecord("S1", "子网格一", "sub_grid", area_type="住宅小区"),
        GridRecord("S2", "子网格二", "sub_grid", area_type="商场"),
        GridRecord("R1", "公路一段", layer="road", kilometres="6.5", maps_to="S1", staff="甲"),
        GridRecord("R2", "公路二段", layer="road", kilometres="9", maps_to="S1"),
        GridRecord("F1", "民防", layer="civil_defence"),
    ]
    grids = Grids(tuple(said))
    found = {(f.code, f.where, f.warning) for f in grid_findings(grids, JINSHAN)}
    assert found == {
        ("unknown_word", "S2", False),
        ("size", "R2", True),
        ("not_mapped", "F1", True),
        ("level_count", "sub_grid", True),
    }
    assert [one.code for one in grids.over("S1")] == ["R1", "R2"]


@pytest.mark.clause("K-5.3.1", "M-4.1.1.2")
def test_each_member_of_an_area_lies_in_one_block_and_no_other() -> None:
    area = GridRecord(
        "140901",
        "试验片区",
        units="甲公司、乙公司",
        committees="试验居委",
        roads="一路、二路、三路",
    )
    blocks = [
        GridRecord("b1", "一块", above="140901", units="甲公司", roads="一路、二路",
                   committees="试验居委"),
        GridRecord("b2", "二块", above="140901", units="乙公司", roads="二 路"),
    ]  # fmt: skip
    found = [(f.code, f.where, f.params) for f in grid_findings(Grids((area, *blocks)), {})]
    assert found == [
        ("in_no_grid", "三路", {"above": "140901"}),
        ("in_two_grids", "二路", {"grids": ["b1", "b2"]}),
    ]


@pytest.mark.clause("B-2.2.0")
def test_a_departments_own_grid_stands_for_the_common_one() -> None:
    grids = Grids(
        (
            GridRecord("310114001010", "嘉乐社区网格"),
            GridRecord("AJ-7", "安监七网格", layer="安监", maps_to="310114001010"),
            GridRecord("AJ-8", "安监八网格", layer="安监", maps_to="310114001010、310114001009"),
        )
    )
    placing = Placing(replace(load_places(), mapped=Books(grids=grids).belongs))
    assert placing.of({"grid": "安监七网格"}, {}).grid == "嘉乐社区网格"
    assert placing.of({"grid": "AJ-8"}, {}).grid is None
