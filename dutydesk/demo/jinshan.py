"""The hotline centre in mid-shift: every order, unit and village here is invented."""

# ruff: noqa: E501 - one order, one line: the scenes read as a table
from __future__ import annotations

from typing import Any

from dutydesk.demo.steps import Step, Story, after, did, story

CENTRE, LEADER = "acceptor:沈知远", "leader"
CALLER = {"name": "陈女士", "phone": "13800000381"}


def order(
    ago: float, label: str, place: str, what: str, channel: str = "hotline_12345", **more: Any
) -> Step:
    """An order comes in; those of the hotline carry its number."""
    if channel == "hotline_12345":
        more["external_no"] = f"演练-{label}"
    return did(ago, "register", CENTRE, channel=channel, place=place, description=what, **more)


def given(
    ago: float,
    lead: str,
    *others: str,
    rule: str = "in_charge",
    complexity: str = "simple",
    **more: Any,
) -> Step:
    """It is assigned to its units."""
    return did(
        ago,
        "assign",
        CENTRE,
        rule=rule,
        complexity=complexity,
        lead=lead,
        parties=list(others),
        **more,
    )


def taken(ago: float, unit: str) -> Step:
    """The unit accepts the order."""
    return did(ago, "accept_order", f"unit:{unit}")


def rung(ago: float) -> Step:
    """The citizen was reached for the first time."""
    return did(ago, "contact", CENTRE, outcome="reached", said="希望尽快处理")


def done(ago: float, unit: str, text: str, **more: Any) -> Step:
    """A unit files what came of it."""
    return did(
        ago,
        "file_result",
        f"unit:{unit}",
        party=unit,
        result_kind=more.pop("result_kind", "solved"),
        text=text,
        **more,
    )


def visited(ago: float, satisfaction: str) -> Step:
    """The citizen was asked again."""
    return did(ago, "revisit", CENTRE, satisfaction=satisfaction)


def supervised(ago: float, due: float) -> Step:
    """The centre supervises by telephone, with a date."""
    return did(
        ago,
        "order_supervision",
        CENTRE,
        method="phone",
        demand="重新办理并当面答复",
        due=after(due),
    )


STORIES: tuple[Story, ...] = (
    story("J01", order(12, "J01", "滨河路26号", "路灯连续三晚不亮", category="市政设施", caller=CALLER)),
    story("J02", order(4, "J02", "新塘苑9号楼", "楼上空调滴水，物业说管不了", category="住宅物业", urgent=True)),
    story("J03", order(1600, "J03", "古塘街集市", "摊位占道，电动车过不去", channel="patrol", category="市容环境")),
    story("J04", order(3000, "J04", "临港路河西岸", "河面漂浮物一周没有打捞", category="水务河道"), given(2980, "水务"), rung(2900)),
    story("J05", order(300, "J05", "桥头村桥头路", "村口填土，夜里有渣土车", channel="wechat", reporter="微网格-演示甲", category="违法填土"), given(280, "规划土地", "城管执法", rule="leading", complexity="complex", plan="规划土地牵头，城管执法夜间守点"), rung(240)),
    story("J06", order(15900, "J06", "东田村十二组", "养殖污水直排河道", category="环境污染"), given(15880, "环保", "水务", rule="designated", complexity="complex"), rung(15500), taken(15400, "环保")),
    story("J07", order(12900, "J07", "银海苑东门", "公交站台顶棚破损漏雨", category="交通设施"), given(12880, "交通"), rung(12800), taken(12700, "交通"), did(95, "urge", CENTRE, target="交通")),
    story("J08", order(4200, "J08", "滨河新村", "夜间噪声，附近厂房加班", channel="phone", category="环境污染"), given(4180, "环保", "城管执法", complexity="complex"), rung(4100), taken(4000, "环保"), done(60, "环保", "已责令夜间停工")),
    story("J09", order(5800, "J09", "新塘路菜场", "食品摊无照经营", category="市场秩序"), given(5780, "市场监管"), rung(5700), taken(5600, "市场监管"), done(40, "市场监管", "已取缔，清退出场")),
    story("J10", order(7200, "J10", "海塘路绿化带", "绿化带垃圾成堆", category="市容环境", caller=CALLER), given(7150, "绿化市容"), rung(7100), taken(7000, "绿化市容"), done(3000, "绿化市容", "已清运"), visited(1500, "unsatisfied"), supervised(400, 3)),
    story("J11", order(8700, "J11", "学府东路路口", "信号灯配时太短", category="交通设施"), given(8650, "交通"), rung(8600), taken(8500, "交通"), done(4000, "交通", "已调整配时"), visited(1400, "not_rated"), supervised(300, -20)),
    story("J12", order(6000, "J12", "银海苑", "小区违建投诉多年", category="违法建筑"), given(5950, "城管执法", complexity="complex"), rung(5900), taken(5800, "城管执法"), did(300, "leader_order", LEADER, order_no="2026-18", demand="本周内拆除并书面答复", due=after(200))),
    story("J13", order(9000, "J13", "滨河一组", "井盖松动有异响", category="市政设施"), given(8900, "水务"), rung(8850), taken(8800, "水务"), done(7000, "水务", "已更换井盖"), visited(5600, "satisfied")),
    story("J14", order(500, "J14", "临港家园", "电梯停运，老人下不了楼", category="住宅物业", caller=CALLER), rung(450), did(30, "note", CENTRE, text="答应四点前回音", promised_by="acceptor", promised_to="caller", remind_at=after(4))),
)  # fmt: skip
"""Every order, in every state."""
