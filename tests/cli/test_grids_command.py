"""`dutydesk grids`: the register in, its boundaries, what is wrong with it, the next code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_call import Call

REGISTER = """网格编码,网格名称,层级,上级编码,专业,网格类型,户数,特殊,东至,南至,西至,北至,\
示意图,生活圈,对应网格,人员,道路
370112001002,试验社区,社区（村居）,,,,,,,,,,,,,,试验一路、试验二路
370112001002001,一网格,网格,370112001002,,城市社区网格,420,,东河,南路,西街,北桥,sketch.png,有食堂,,,试验一路
370112001002002,二网格,网格,370112001002,,城市社区网格,612,,,,,,,,,,
B1,保洁一组,,,保洁,,,,,,,,,,370112001002001,保洁队甲,
"""
BOUNDS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code": "370112001002001"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[117.0, 36.6], [117.1, 36.6], [117.1, 36.7], [117.0, 36.6]]],
            },
        },
        {"type": "Feature", "properties": {"code": "没有"}, "geometry": None},
    ],
}


@pytest.fixture
def street(call: Call, tmp_path: Path) -> Call:
    assert call("--database", "desk.sqlite3", "init", "--procedure", "baoshan").code == 0
    (tmp_path / "g.csv").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "sketch.png").write_bytes(b"not really a picture")
    return call


@pytest.mark.clause("B-2.2.8", "M-4.1.2.4", "X-3.1.9")
def test_a_register_comes_in_is_shown_with_its_layers_and_changes_nothing_twice(
    street: Call,
) -> None:
    found = street("grids", "load", "g.csv", "--json").json
    assert (len(found["added"]), found["edition"], found["rejected"]) == (4, 1, [])
    again = street("grids", "load", "g.csv", "--json").json
    assert (again["unchanged"], again["edition"], again["changed"]) == (4, 1, [])
    (one,) = street("grids", "show", "一网格", "--json").json["grids"]
    assert (one["level"], one["kind"], one["circle"]) == ("grid", "urban", "有食堂")
    assert [one[side] for side in ("east", "south", "west", "north")] == [
        *("东河", "南路", "西街", "北桥")
    ]
    assert one["sketch"].startswith("sketch.png ")
    assert [(row["layer"], row["staff"]) for row in one["over"]] == [("保洁", "保洁队甲")]
    assert "叠加  保洁 保洁一组 保洁队甲" in street("grids", "show", "370112001002001").out


def test_boundaries_come_beside_the_register_and_a_bad_one_is_named(
    street: Call, tmp_path: Path
) -> None:
    (tmp_path / "b.geojson").write_text(json.dumps(BOUNDS), encoding="utf-8")
    early = street("grids", "load", "b.geojson", "--json")
    assert (early.code, [row["row"] for row in early.json["rejected"]]) == (1, [2, 1])
    street("grids", "load", "g.csv")
    found = street("grids", "load", "b.geojson", "--json").json
    assert [c["field"] for c in found["changed"]] == ["boundary"]
    assert found["rejected"][0]["reason"] == "边界应为 Polygon 或 MultiPolygon"
    street("grids", "load", "g.csv")
    assert street("grids", "show", "一网格", "--json").json["grids"][0]["boundary"]
    (tmp_path / "p.csv").write_text(
        "地点,经度,纬度\n里面,117.06,36.62\n外面,118,36\n", encoding="utf-8"
    )
    checked = street("grids", "check", "--places", "p.csv", "--json")
    assert checked.code == 1
    said = {(f["code"], f["where"]) for f in checked.json["findings"]}
    assert said == {
        ("in_no_grid", "试验二路"),
        ("in_no_grid", "外面"),
        ("size", "370112001002002"),
    }
    told = street("grids", "check").out
    assert "✗ 试验二路  不在任何网格里" in told
    assert "注意 370112001002002  户数 612，不在 300、500 之间" in told
    (tmp_path / "p.csv").write_text("地点,经度,纬度\n反了,36,117\n", encoding="utf-8")
    assert street("grids", "check", "--places", "p.csv").code == 2


@pytest.mark.clause("B-2.2.7")
def test_the_next_code_is_new_even_where_a_grid_was_given_up(street: Call, tmp_path: Path) -> None:
    street("grids", "load", "g.csv")
    assert street("grids", "next", "370112001002").out == "370112001002003\n"
    (tmp_path / "r.csv").write_text(
        "网格编码,网格名称,停用\n370112001002003,三网格,是\n370112001002004,四网格,也许\n", "utf-8"
    )
    refused = street("grids", "load", "r.csv")
    assert (refused.code, "第 3 行 停用：写 是，或空着" in refused.err) == (1, True)
    assert street("grids", "next", "370112001002", "--json").json == {"code": "370112001002004"}
    assert "停用" in street("grids", "list", "--find", "三网格").out
    bad = street("grids", "next", "999")
    assert (bad.code, "370112 + 3 + 3 + 3" in bad.err) == (2, True)


@pytest.mark.clause("B-2.2.0")
def test_a_departments_own_grid_is_understood_wherever_a_grid_is_named(
    desk: Call, one: str, tmp_path: Path
) -> None:
    head, *_rest = REGISTER.splitlines()
    lines = [head, "310114001010,嘉乐社区网格" + "," * 15]
    lines.append("AJ-7,安监七网格,,,安监" + "," * 10 + "310114001010,,")
    (tmp_path / "own.csv").write_text("\n".join(lines), encoding="utf-8")
    take = ("do", one, "accept", "--by", "commander", "--set", "as=community")
    take += ("--set", "category=暴露垃圾", "--set", "grid=安监七网格")
    refused = desk(*take, "--json")
    assert (refused.code, refused.json["refused"]["params"]["field"]) == (1, "grid")
    loaded = desk("grids", "load", "own.csv", "--json").json
    assert len(loaded["added"]) == 2, loaded
    done = desk(*take, "--json")
    assert done.code == 0, done.err
    assert desk("case", one, "--json").json["grid"] == "嘉乐社区网格"
