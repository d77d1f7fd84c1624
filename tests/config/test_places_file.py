"""The ground of 新成路街道 as shipped, and places files that are wrong."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest

from dutydesk.config.places import HeadRow, load_ground, load_places
from dutydesk.errors import BadInput

WEST = ("仓场社区网格", "迎园社区网格", "嘉乐社区网格", "源珉社区网格", "爱里舍花园社区网格")
EAST = (
    "新成社区网格",
    "新望社区网格",
    "南陈社区网格",
    "沧海社区网格",
    "南塘河社区网格",
    "墅沟社区网格",
    "新成村网格",
)


@pytest.mark.clause("X-3.1.3", "X-3.1.4", "X-3.1.5")
def test_the_western_area() -> None:
    area = load_places().areas[0]
    assert (area.name, area.code, area.side) == ("迎园片区网格", "140901", "west")
    assert tuple(grid.name for grid in area.grids) == WEST
    assert area.police_area == "新成路派出所第一责任区"


@pytest.mark.clause("X-3.1.6", "X-3.1.7", "X-3.1.8")
def test_the_eastern_area() -> None:
    area = load_places().areas[1]
    assert (area.name, area.code, area.side) == ("新成片区网格", "140902", "east")
    assert tuple(grid.name for grid in area.grids) == EAST
    assert [grid.kind for grid in area.grids] == ["社区"] * 6 + ["村"]
    assert area.police_area == "新成路派出所第二责任区"


@pytest.mark.clause("X-3.1.1")
def test_a_grid_gives_its_one_police_area() -> None:
    places = load_places()
    found = {grid.name: places.area_of(grid).police_area for grid in places.grids}
    assert found == dict.fromkeys(WEST, "新成路派出所第一责任区") | dict.fromkeys(
        EAST, "新成路派出所第二责任区"
    )


@pytest.mark.clause("X-3.3.1")
def test_each_of_the_twelve_grids_has_its_workstation() -> None:
    places = load_places()
    stations = [grid.station for grid in places.grids]
    assert len(set(stations)) == 12
    assert [places.station(station) for station in stations] == list(places.grids)
    assert places.station("嘉乐工作站") == places.grid("嘉乐社区网格")


@pytest.mark.clause("X-3.2.7")
def test_area_codes_are_six_digits_unique_and_the_key_of_the_area() -> None:
    places = load_places()
    codes = [area.code for area in places.areas]
    assert codes == ["140901", "140902"]
    assert all(re.fullmatch(r"1409\d\d", code) for code in codes)
    assert [places.area(code) for code in codes] == list(places.areas)


def test_the_table_of_heads_has_eight_fields_and_says_that_it_is_invented() -> None:
    ground = load_ground()
    assert len(fields(HeadRow)) == 8
    assert ground.heads[0].head_contact == "59990101"
    assert ground.demo is True


@pytest.mark.clause("X-3.2.4", "X-3.2.5")
def test_the_heads_offices_are_seeded_and_their_names_are_data(tmp_path: Path) -> None:
    west, east = load_ground().heads
    assert (west.grid_name, west.grid_code) == ("迎园片区网格", "140901")
    assert (west.head_office, west.deputy_office) == (
        "党工委书记、人大工委主任",
        "城管中队队长",
    )
    assert (east.grid_name, east.grid_code) == ("新成片区网格", "140902")
    assert (east.head_office, east.deputy_office) == (
        "党工委副书记、办事处主任",
        "社区平安办主任",
    )

    own = tmp_path / "places.toml"
    own.write_text(shipped_text().replace(west.head_name, "演示甲"), encoding="utf-8")
    assert [row.head_name for row in load_ground(own).heads] == ["演示甲", east.head_name]


@pytest.mark.clause("X-3.1.9")
def test_a_grid_can_carry_a_note_on_its_service_circle(tmp_path: Path) -> None:
    own = tmp_path / "places.toml"
    noted = shipped_text().replace('short = "嘉乐"', 'short = "嘉乐"\ncircle = "迎园服务圈"')
    own.write_text(noted, encoding="utf-8")
    circles = {grid.short: grid.circle for grid in load_places(own).grids}
    assert (circles["嘉乐"], circles["仓场"]) == ("迎园服务圈", "")


def shipped_text() -> str:
    return files("dutydesk.config").joinpath("places.toml").read_text(encoding="utf-8")


class TestWrongFiles:
    @pytest.fixture
    def shipped(self) -> str:
        return shipped_text()

    def fault(self, tmp_path: Path, text: str) -> BadInput:
        file = tmp_path / "places.toml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(BadInput) as caught:
            load_ground(file)
        assert caught.value.file == str(file)
        return caught.value

    def test_a_file_of_ones_own_is_read(self, tmp_path: Path, shipped: str) -> None:
        file = tmp_path / "places.toml"
        file.write_text(shipped.replace("仓场新村", "示例新村"), encoding="utf-8")
        found = load_places(file).locate("示例新村3号")
        assert found.grid is not None
        assert found.grid.short == "仓场"

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('code = "140902"', 'code = "140901"', "片区编号“140901”出现了两次"),
            ('code = "140902"', 'code = "14090"', "片区编号应为 6 位数字"),
            ("第二责任区", "第一责任区", "警务责任区“新成路派出所第一责任区”出现了两次"),
            ('kind = "村"', 'kind = "镇"', "kind 应为 社区 或 村"),
            ('side = "east"', 'side = "south"', "side 应为 west 或 east"),
            ('short = "嘉乐"', 'shrot = "嘉乐"', "不认识的键 shrot；最接近的是 short"),
            ('short = "嘉乐"', "", "缺少 short"),
            ('short = "嘉乐"', "short = 3", "short 应为带引号的文字"),
            ('estates = ["嘉乐小区", "嘉乐苑"]', 'estates = "嘉乐"', "estates 应为文字的列表"),
            ('grid_code = "140902"', 'grid_code = "140903"', "没有这个名称和编号的片区"),
        ],
    )
    def test_faults_name_the_entry(
        self, tmp_path: Path, shipped: str, old: str, new: str, told: str
    ) -> None:
        assert old in shipped
        assert told in self.fault(tmp_path, shipped.replace(old, new)).message

    def test_an_empty_file(self, tmp_path: Path) -> None:
        assert "[[area]]" in self.fault(tmp_path, "").message
