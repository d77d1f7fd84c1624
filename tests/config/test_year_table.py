"""A year's days off that cannot be read are refused in plain words that name the place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dutydesk.config.year_table import parse_table
from dutydesk.errors import BadInput

DAY: dict[str, Any] = {"name": "元旦", "date": "2027-01-01", "isOffDay": True}
TABLE: dict[str, Any] = {"year": 2027, "papers": ["通知"], "days": [DAY]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{no", "t.json:1:2: 不是正确的 JSON"),
        ("[1]", "t.json: 年度表应是一个 JSON 对象"),
        (json.dumps({"year": 2027}), "t.json: 缺少 days"),
        (json.dumps(TABLE | {"year": "next"}), 't.json: year 写成 "next" 不对'),
        (json.dumps(TABLE | {"papers": "one"}), 't.json: papers 写成 "one" 不对'),
        (
            json.dumps(TABLE | {"days": [DAY, DAY | {"date": "2027-02-30"}]}),
            't.json: days[2].date 写成 "2027-02-30" 不对',
        ),
        (
            json.dumps(TABLE | {"days": [DAY | {"isOffDay": "yes"}]}),
            't.json: days[1].isOffDay 写成 "yes" 不对',
        ),
        (json.dumps(TABLE | {"days": [{"name": "元旦"}]}), "t.json: 缺少 days[1].date"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_place(text: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_table(text, "t.json")
    assert str(refused.value).startswith(said)


def test_a_good_table_is_read() -> None:
    assert parse_table(json.dumps(TABLE), "t.json").days[0].name == "元旦"
