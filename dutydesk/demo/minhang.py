"""The committee station in mid-shift: every matter, block and street here is invented."""

# ruff: noqa: E501 - one matter, one line: the scenes read as a table
from __future__ import annotations

from typing import Any

from dutydesk.demo.steps import Step, Story, after, did, story

KEEPER, BLOCK, PATROL, LEADER = (
    "station_keeper:宋以宁",
    "block_head:唐晚舟",
    "patrol:沈安",
    "street_leader",
)


def found(
    ago: float,
    place: str,
    what: str,
    channel: str = "patrol",
    *,
    kind: str = "residential",
    **more: Any,
) -> Step:
    """Something is found and registered."""
    if channel in ("hotline_12345", "grid"):
        more["external_no"] = f"演练-{int(ago)}"
    return did(
        ago,
        "register",
        KEEPER,
        channel=channel,
        grid_kind=kind,
        place=place,
        description=what,
        **more,
    )


def hard(ago: float, category: str) -> Step:
    """It is sorted as difficult: self-governance begins."""
    return did(ago, "sort", KEEPER, **{"as": "hard", "category": category})


def talked(ago: float, text: str, means: str = "dissuasion") -> Step:
    """Somebody talked it over."""
    return did(ago, "dissuade", BLOCK, means=means, text=text)


def handed(ago: float, lead: str, *others: str) -> Step:
    """It goes to the enforcement force."""
    return did(
        ago,
        "hand_to_enforcement",
        KEEPER,
        lead=lead,
        parties=list(others),
        joined="administration",
        ineffective="多次劝阻无效",
    )


def done(ago: float, unit: str, text: str) -> Step:
    """A unit files what it did."""
    return did(ago, "file_result", f"enforcement:{unit}", party=unit, text=text)


STORIES: tuple[Story, ...] = (
    story("M01", found(20, "莘园一村3号楼", "楼道堆放纸箱和旧家具")),
    story("M02", found(6, "老沪街18号", "商户跨门经营，占用盲道", "hotline_12345", kind="street", caller={"name": "李先生", "phone": "13800000382"})),
    story("M03", found(400, "北桥园区2号门", "货车长期占用消防通道", "video", kind="extension")),
    story("M04", found(150, "春景二期", "垃圾箱房满溢", "grid"), did(140, "sort", KEEPER, **{"as": "simple", "handled_by": "assistant", "category": "垃圾清运"})),
    story("M05", found(4316, "春景苑8号", "一楼天井违法搭建", "complaint"), hard(4290, "违法搭建"), talked(3800, "上门劝阻，住户不肯拆"), talked(900, "居委会与业委会一同约谈", "consultation")),
    story("M06", found(3600, "陈泾村六组", "群租，一户住了十几个人"), hard(3580, "群租"), talked(3000, "房东答应三天内清退")),
    story("M07", found(1000, "一村支路", "电瓶车飞线充电"), hard(990, "消防隐患")),
    story("M08", found(7800, "梅源西路", "夜排档跨门经营", kind="street"), hard(7780, "跨门经营"), talked(7000, "约谈店主", "consultation"), handed(5757, "城管", "市场监管"), did(5600, "arrive", KEEPER), done(2000, "市场监管", "已责令办证")),
    story("M09", found(5200, "莘园路菜场", "无照食品摊", kind="street"), hard(5180, "无照经营"), talked(4700, "口头告知"), handed(1400, "市场监管"), did(1300, "arrive", KEEPER)),
    story("M10", found(9000, "泾南路", "毁绿种菜，面积约三十平方米"), hard(8980, "毁绿种菜"), talked(8500, "张贴告知书"), handed(6500, "绿化市容"), did(6400, "arrive", KEEPER)),
    story("M11", found(6000, "园区大道", "渣土堆放无人认领", kind="extension"), hard(5980, "渣土堆放"), talked(5500, "联系不上责任人"), handed(3500, "城管"), did(600, "submit_to_street", KEEPER, reason="涉及多部门")),
    story("M12", found(2600, "春景路", "犬只无证，邻里投诉", "complaint"), hard(2580, "犬类管理"), talked(2000, "上门劝导办证"), did(70, "solve", BLOCK, text="当事人已办证")),
    story("M13", found(3000, "莘园一村", "楼道灯不亮"), did(2990, "sort", KEEPER, **{"as": "simple", "handled_by": "cadre", "category": "设施"}), did(2500, "solve", KEEPER, text="已更换灯管"), did(2400, "verify", KEEPER, solved=True, report="现场核实，问题已解决")),
    story("M14", found(200, "陈泾路", "乱设摊，学生放学拥堵", "claimed", kind="street"), hard(190, "乱设摊"), did(30, "note", KEEPER, text="摊主答应放学前收摊", promised_by="caller", promised_to="station_keeper", remind_at=after(4))),
)  # fmt: skip
"""Every matter, in every state."""
