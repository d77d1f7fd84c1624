"""The street centre in mid-shift: every matter, lane and committee here is invented.

The text gives no limit, so nothing here can be late: what comes in the first minutes are the daily
reminder of a matter in hand and what was promised.
"""

# ruff: noqa: E501 - one matter, one line: the scenes read as a table
from __future__ import annotations

from typing import Any

from dutydesk.demo.steps import Step, Story, after, did, story

DESK = "street_desk:温如松"
NUMBERED = ("hotline_12345", "grid", "hotline_12319")


def came(ago: float, place: str, what: str, channel: str = "hotline_12345", **more: Any) -> Step:
    """A matter comes in by one of the platforms."""
    if channel in NUMBERED:
        more["external_no"] = f"演练-{int(ago)}"
    return did(ago, "register", DESK, channel=channel, place=place, description=what, **more)


def audited(ago: float, category: str, kind: str = "event") -> Step:
    """The desk has audited it."""
    return did(ago, "audit", DESK, category=category, kind=kind)


def sent(ago: float, lead: str, *others: str, owner: str = "street") -> Step:
    """It goes to whoever handles it."""
    return did(ago, "dispatch", DESK, owner=owner, lead=lead, parties=list(others))


def done(ago: float, unit: str, text: str, role: str = "unit") -> Step:
    """A unit files what came of it."""
    return did(ago, "file_result", f"{role}:{unit}", party=unit, text=text)


STORIES: tuple[Story, ...] = (
    story("H01", came(25, "长乐弄6号", "里弄外墙墙面脱落，砸中花架", "life_net", category="房屋安全")),
    story("H02", came(7, "菜场弄", "占道设摊，救护车进不来", caller={"name": "王阿姨", "phone": "13800000383"}, category="市容环境")),
    story("H03", came(55, "虹湾路", "城建热线报污水外冒", "hotline_12319", category="市政设施")),
    story("H04", came(130, "溧园小区", "夜间噪音扰民，110 平台转来的非警情", "police_platform"), audited(120, "治安秩序")),
    story("H05", came(600, "东照路", "集市外溢，占道堆货", "patrol"), audited(590, "市容环境"), sent(580, "城管分队")),
    story("H06", came(1437, "运河路", "行道树倾斜", "grid"), audited(1430, "绿化", "component"), sent(1420, "绿化所")),
    story("H07", came(2900, "西桥弄", "屋面漏水，三户受影响"), audited(2880, "房屋安全"), sent(2860, "房管办事处", "运河居委会"), did(60, "urge", DESK, target="房管办事处"), done(500, "运河居委会", "已安置住户", "committee")),
    story("H08", came(1700, "东照公寓", "群租，楼道私拉电线"), audited(1690, "群租"), sent(1680, "派出所", "城管分队"), did(1500, "coordinate", DESK, participants=["派出所", "城管分队"], text="明确分工，周末联合上门")),
    story("H09", came(4000, "东虹路", "河道异味，跨街道", "grid"), audited(3990, "水环境"), did(900, "send_up", DESK, direction="district", transfer_no="26-031", reason="涉及多个街道", statement="街道已先行巡查，河道在邻街道")),
    story("H10", came(900, "溧园新村", "垃圾箱房满溢"), audited(890, "市容环境"), sent(880, "市容所"), done(45, "市容所", "已清运并增加频次")),
    story("H11", came(2000, "长乐坊", "居民为晾衣架争吵", "patrol"), audited(1990, "邻里纠纷"), did(1500, "self_manage", "committee:长乐里", self_managed="managed", text="楼组长调解，双方和解"), did(1300, "evaluate", DESK, satisfaction="satisfied")),
    story("H12", came(300, "运河新苑", "独居老人多日未见", category="民生"), did(25, "note", DESK, text="居委会答应一小时内上门", promised_by="committee", promised_to="caller", remind_at=after(4))),
)  # fmt: skip
"""Every matter, in every state."""
