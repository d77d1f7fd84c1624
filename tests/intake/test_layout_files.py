"""A user's own layout: checked when loaded, with file, line and key; it mends what fits none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dutydesk.errors import BadInput
from dutydesk.intake import Layout, load_layout, load_layouts, read_file
from dutydesk.intake.checking import FIELDS
from dutydesk.intake.layout import ORDER, SHIPPED

OWN = """
name = "street_list"
title = "街道清单"
channel = "superior"
nulls = ["无"]
dates = ["%d.%m.%Y"]

[fields]
external_no = ["流水号"]
reported_at = ["交办日期"]
description = ["交办事项"]
category = ["类型"]

[values.category]
"垃圾" = "暴露垃圾"

[[discard]]
field = "category"
equals = ["测试"]
reason = "测试数据"
reason_en = "test data"
"""


def test_every_shipped_layout_is_in_the_fixed_order() -> None:
    assert sorted(ORDER) == sorted(path.stem for path in SHIPPED.glob("*.toml"))
    assert [layout.name for layout in load_layouts()] == list(ORDER)
    assert all(layout.title and layout.title_en for layout in load_layouts())


def test_a_users_layout_reads_what_fits_none(
    tmp_path: Path, write_text: Callable[..., Path]
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN, encoding="utf-8")
    path = write_text(
        [
            ["流水号", "交办日期", "交办事项", "类型"],
            ["7", "20.11.2026", "清理", "垃圾"],
            ["8", "21.11.2026", "试", "测试"],
        ]
    )
    with pytest.raises(BadInput):
        read_file(path, load_layouts())
    for reading in (
        read_file(path, load_layouts([own])),
        read_file(path, load_layouts([tmp_path])),
        read_file(path, load_layouts(), layout=str(own)),
    ):
        assert reading.layout.name == "street_list"
        assert reading.rows[0].fields["category"] == "暴露垃圾"
        assert reading.rows[0].fields["channel"] == "superior"
        assert [entry.as_json() for entry in reading.rejected] == [
            {"row": 3, "column": "类型", "value": "测试", "reason": "测试数据", "also": []}
        ]


def test_a_users_layout_may_extend_a_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'name = "grid_18"\nextends = "grid_18"\n[fields]\nexternal_no = ["流水"]\n',
        encoding="utf-8",
    )
    layout = load_layout(own)
    assert layout.fields["external_no"][:2] == ("流水", "任务号")
    assert layout.channel == "grid"
    names = [layout.name for layout in load_layouts([own])]
    assert (names[0], names.count("grid_18")) == ("grid_18", 1)


@pytest.mark.parametrize(
    ("change", "line", "column", "hint"),
    [
        (('title = "街道清单"', 'titel = "x"'), 3, "titel", "最接近的是 title"),
        (('channel = "superior"', 'channel = "superor"'), 4, "channel", "最接近的是 superior"),
        (
            ('category = ["类型"]', 'categry = ["类型"]'),
            12,
            "fields.categry",
            "最接近的是 category",
        ),
        (
            ('description = ["交办事项"]', ""),
            8,
            "fields.description",
            '[fields] description = ["…"]',
        ),
        (('category = ["类型"]', "category = []"), 12, "fields.category", None),
        (('["流水号"]', '"流水号"'), 9, "fields.external_no", '["…", "…"]'),
        (('reason = "测试数据"', ""), 17, "discard.0.reason", None),
        (('equals = ["测试"]', ""), 17, "discard.0", 'starts = ["剔除"]'),
        (
            ('field = "category"', 'field = "kategory"'),
            18,
            "discard.0.field",
            "最接近的是 category",
        ),
        (('"%d.%m.%Y"', '"dd.mm.yyyy"'), 6, "dates", None),
        (('name = "street_list"', "name = 3"), 2, "name", 'name = "my_export"'),
    ],
)
def test_a_fault_in_a_layout_names_file_line_and_key(
    tmp_path: Path, change: tuple[str, str], line: int, column: str, hint: str | None
) -> None:
    own = tmp_path / "own.toml"
    assert change[0] in OWN
    own.write_text(OWN.replace(*change), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_layouts([own])
    error = caught.value
    assert (error.file, error.line, error.column, error.expected) == (str(own), line, column, hint)


def test_a_missing_or_broken_layout_file_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as missing:
        load_layouts([tmp_path / "none.toml"])
    assert missing.value.file == str(tmp_path / "none.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text('name = "x\n', encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_layouts([broken])
    assert caught.value.line == 1


def test_two_layouts_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(OWN, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_layouts([tmp_path])
    assert caught.value.message == "有两个版式都叫 street_list：请改掉其中一个的名字"


def test_a_layout_of_a_fields_every_name_is_known() -> None:
    for layout in load_layouts():
        assert isinstance(layout, Layout)
        assert set(layout.fields) <= set(FIELDS)
        assert set(layout.required) <= set(layout.fields)
