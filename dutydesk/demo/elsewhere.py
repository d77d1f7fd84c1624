"""The scenes of the other shipped procedures: a few invented cases each, in different states."""

from __future__ import annotations

from collections.abc import Mapping

from dutydesk.demo.steps import Step, Story, story

MINHANG = (
    story(
        "m1",
        Step(
            20,
            "register",
            {
                "channel": "patrol",
                "grid_kind": "residential",
                "place": "演示新村3号楼",
                "description": "楼道堆放杂物",
            },
            "patrol:沈安",
        ),
    ),
    story(
        "m2",
        Step(
            2900,
            "register",
            {
                "channel": "complaint",
                "grid_kind": "residential",
                "place": "演示新村8号",
                "description": "天井搭建",
            },
            "block_head:陆远",
        ),
        Step(2880, "sort", {"as": "hard", "category": "违法搭建"}, "station_keeper"),
        Step(
            2400,
            "dissuade",
            {"means": "dissuasion", "text": "上门劝阻，住户不肯拆"},
            "block_head:陆远",
        ),
    ),
    story(
        "m3",
        Step(
            4000,
            "register",
            {
                "channel": "patrol",
                "grid_kind": "street",
                "place": "演示路20号",
                "description": "跨门经营",
            },
            "patrol:沈安",
        ),
        Step(3990, "sort", {"as": "hard"}, "station_keeper"),
        Step(3900, "dissuade", {"means": "consultation", "text": "约谈店主"}, "block_head:陆远"),
        Step(
            3000,
            "hand_to_enforcement",
            {"lead": "城管", "joined": "administration", "ineffective": "再次摆出"},
            "station_keeper",
        ),
    ),
)

JINSHAN = (
    story(
        "j1",
        Step(
            30,
            "register",
            {
                "channel": "hotline_12345",
                "external_no": "演示-J1",
                "place": "演示路1号",
                "description": "路灯不亮",
            },
            "acceptor",
        ),
    ),
    story(
        "j2",
        Step(
            3000,
            "register",
            {
                "channel": "hotline_12345",
                "external_no": "演示-J2",
                "place": "演示河西岸",
                "description": "河面漂浮物",
            },
            "acceptor",
        ),
        Step(
            2990,
            "assign",
            {"rule": "in_charge", "complexity": "simple", "lead": "水务"},
            "acceptor",
        ),
    ),
    story(
        "j3",
        Step(
            4200,
            "register",
            {"channel": "wechat", "place": "演示村12号", "description": "夜间噪声"},
            "patroller:沈安",
        ),
        Step(
            4190,
            "assign",
            {
                "rule": "leading",
                "complexity": "complex",
                "lead": "环保",
                "parties": ["城管"],
                "plan": "联合检查",
            },
            "acceptor",
        ),
        Step(4100, "accept_order", {}, "unit:环保"),
    ),
)

BAOSHAN = (
    story(
        "b1",
        Step(
            15,
            "register",
            {
                "channel": "terminal",
                "place": "演示街口",
                "description": "井盖松动",
                "urgency": "important",
                "occurred_at": "2020-03-02T09:00:00+08:00",
            },
            "grid_member:沈安",
        ),
    ),
    story(
        "b2",
        Step(
            1500,
            "register",
            {
                "channel": "wechat_public",
                "place": "演示小区2号楼",
                "description": "楼顶漏水",
                "urgency": "ordinary",
            },
            "street_centre",
        ),
        Step(1490, "report_up", {"reason": "无权处置"}, "grid_head:陆远"),
        Step(
            1400,
            "dispatch",
            {"lead": "城建科", "level": "street", "matter": "房屋", "limit": "3 天"},
            "street_centre",
        ),
    ),
)

HONGKOU = (
    story(
        "h1",
        Step(
            25,
            "register",
            {"channel": "life_net", "place": "演示里弄6号", "description": "墙面脱落"},
            "street_desk",
        ),
    ),
    story(
        "h2",
        Step(
            600,
            "register",
            {"channel": "patrol", "place": "演示集市", "description": "占道堆货"},
            "supervisor:沈安",
        ),
        Step(590, "audit", {"category": "市容", "kind": "event"}, "street_desk"),
        Step(580, "dispatch", {"owner": "committee", "lead": "演示居委"}, "street_desk"),
    ),
)

ELSEWHERE: Mapping[str, tuple[Story, ...]] = {
    "minhang": MINHANG,
    "jinshan": JINSHAN,
    "baoshan": BAOSHAN,
    "hongkou": HONGKOU,
}
"""The stories of each other shipped procedure; one of one's own begins with an empty desk."""
