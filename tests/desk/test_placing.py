"""Area and grid of an imported row: only what is certain, from place and hints together."""

from __future__ import annotations

import pytest

from dutydesk.config.places import load_places
from dutydesk.desk.placing import Placed, Placing


@pytest.mark.clause("X-3.1.2")
@pytest.mark.parametrize(
    ("fields", "hints", "placed"),
    [
        ({"place": "嘉乐小区5号"}, {}, Placed("140901", "嘉乐社区网格")),
        ({"place": "新成路118号"}, {}, Placed(None, None)),
        ({"place": "新成路118号东侧"}, {}, Placed("140902", None)),
        ({"place": "新成路118号"}, {"community": "嘉乐社区"}, Placed("140901", "嘉乐社区网格")),
        ({"place": "某处"}, {"estate": "嘉乐小区"}, Placed("140901", "嘉乐社区网格")),
        ({"place": "嘉乐小区"}, {"community": "仓场社区"}, Placed(None, None)),
        ({"place": "嘉乐小区"}, {"street": "马陆镇"}, Placed(None, None)),
        ({"place": "嘉乐小区"}, {"street": "新成路"}, Placed("140901", "嘉乐社区网格")),
        ({"place": "马陆镇某路"}, {"community": "嘉乐社区"}, Placed(None, None)),
        ({"grid": "嘉乐", "place": "新成路"}, {}, Placed("140901", "嘉乐社区网格")),
        ({"place": "某处", "area": "140902"}, {}, Placed("140902", None)),
        ({}, {}, Placed(None, None)),
    ],
)
def test_only_what_is_certain(
    fields: dict[str, object], hints: dict[str, str], placed: Placed
) -> None:
    assert Placing(load_places()).of(fields, hints) == placed
