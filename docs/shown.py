"""What the pictures of the guides show: the sizes, the keys that lead there, invented texts."""

from __future__ import annotations

from typing import NamedTuple

Keys = tuple[str, ...]


class Shot(NamedTuple):
    """One picture: its name, the size of the terminal, and the keys that lead there.

    A key `@油烟` selects the case whose matter says so, `"text` types a text, `+90s` lets the
    clock go on, `storm 60` lets cases come in until so many are open, `hand` lets another seat take
    the selected case. With `few` among them the street has only its first 13 cases, and `follow`
    shows the second screen of the desk instead.
    """

    name: str
    size: tuple[int, int]
    keys: Keys = ()
    language: str = "zh_CN"


EXPORT = "orders.csv"
ROWS = """channel,external_no,reported_at,place,description,category
police_110,演练-0601,2026-11-20 14:11,嘉乐路与东塘街口,行人报有燃气味，现场已疏散,燃气异味
hotline_12345,T-9001,2026-11-20 13:58,迎园路40号,路面积水，行人绕行,市政
hotline_12345,T-9002,2026-11-20 14:02,仓场新村3号楼,楼道灯不亮,照明
hotline_12345,T-9003,昨日下午,嘉乐苑,垃圾未清运,环卫
hotline_12345,,2026-11-20 14:05,源珉苑,广告牌松动,广告
"""
"""An invented export: one known number that has changed, two new cases, two faulty rows."""

PASTES = {
    "chat": (
        "嘉乐站小陈 14:02\n嘉乐小区北门有人占道卖水果，堵了消防通道，"
        "居民王阿姨13800000201来反映，请于今天18:00前处置"
    ),
    "orders": (
        "工单编号\t状态\t诉求人\t联系电话\t诉求地址\t诉求内容\n"
        "SH2611200501\t待签收\t甲某\t13800000501\t嘉乐苑1号\t垃圾满溢\n"
        "演练-0601\t催办\t\t\t嘉乐路与东塘街口\t\n\t\t\t\t\t以上\n"
        "SH2611200503\t待签收\t丙某\t13800000503\t迎园路3号\t夜间噪音\n"
    ),
}
"""Invented texts as they are copied: a message, and a table of orders, one of them known."""

LATE: Keys = (
    '"1415 0015 派 嘉乐', "enter", '"1322 登 嘉乐路20号 绿化带垃圾', "enter",
    '"1330 便 物业说修好了', "enter", '"1340 9999 派', "enter", '"1405 登 迎园路12号',
)  # fmt: skip
"""A short list of late entries, its last line still being typed."""
TALL, SMALL, SIDE, WIDE = (116, 62), (80, 24), (120, 36), (232, 62)
FORM = (100, 30)
SHOTS = (
    Shot("desk-116x62", TALL),
    Shot("desk-80x24", SMALL),
    Shot("desk-120x36", SIDE),
    Shot("desk-232x62", WIDE),
    Shot("desk-116x62-en", TALL, language="en"),
    Shot("desk-13-cases", SIDE, ("few",)),
    Shot("desk-13-cases-en", SIDE, ("few",), "en"),
    Shot("desk-60-cases", TALL, ("storm 60",)),
    Shot("desk-60-cases-en", TALL, ("storm 60",), "en"),
    Shot("desk-200-cases", TALL, ("storm 200",)),
    Shot("desk-200-cases-en", TALL, ("storm 200",), "en"),
    Shot("desk-flood", SMALL, ("storm 200", "+1500s")),
    Shot("desk-flood-en", SMALL, ("storm 200", "+1500s"), "en"),
    Shot("in-hand", SIDE, ("@油烟直排", "hand", "enter")),
    Shot("follow", SIDE, ("@连续三天有人抛物", "follow")),
    Shot("alarm", SMALL, ("+212s",)),
    Shot("alarms", SIDE, ("a",)),
    Shot("forecast", SIDE, ("a", "6")),
    Shot("accept", FORM, ("@广场舞", "enter")),
    Shot("accept-linkage", FORM, ("@广场舞", "enter", "2")),
    Shot("call", FORM, ("@燃气味", "asterisk")),
    Shot("call-alternate", FORM, ("@燃气味", "asterisk", "2")),
    Shot("contacts", FORM, ("@燃气味", "asterisk", "slash", '"wy')),
    Shot("convene", FORM, ("@油烟直排", "enter", "enter")),
    Shot("convene-engaged", FORM, ("@油烟直排", "enter")),
    Shot("promises", FORM, ("m",)),
    Shot("bundle-marked", TALL, ("slash", '"0020+0022+0017+0004', "enter")),
    Shot("bundle-convene", FORM, ("slash", '"0020+0022+0004', "enter", "enter", "4")),
    Shot("bundle-call", FORM, ("slash", '"0020+0022+0017', "enter", "asterisk")),
    Shot("roll-call", FORM, ("@连续三天有人抛物", "enter")),
    Shot("outcome", FORM, ("@飞线充电", "enter")),
    Shot("close", FORM, ("@夜排档占道", "enter", "1", "2", "3", "4")),
    Shot("close-en", FORM, ("@夜排档占道", "enter", "1", "2", "3", "4"), "en"),
    Shot("case", SIDE, ("@燃气味", "left")),
    Shot("case-en", SIDE, ("@燃气味", "left"), "en"),
    Shot("register", FORM, ("plus", '"迎园路12号')),
    Shot("paste-form", FORM, ("paste chat",)),
    Shot("paste-list", FORM, ("paste orders",)),
    Shot("duty", SIDE, ("right",)),
    Shot("command", FORM, ("@一棵行道树", "colon", '"派 -3')),
    Shot("search", FORM, ("slash", '"油烟')),
    Shot("filters", FORM, ("f2",)),
    Shot("import", FORM, ("i", f'"{EXPORT}', "enter")),
    Shot("inspect", FORM, ("d",)),
    Shot("handover", FORM, ("h",)),
    Shot("writebacks", FORM, ("b", "enter", "enter")),
    Shot("photos", FORM, ("@共享单车", "enter", '"已清走', "asterisk", "2", "asterisk", "1")),
    Shot("files", FORM, ("@夜排档占道", "left", "slash")),
    Shot("papers", FORM, ("@油烟直排", "o", "3", "enter")),
    Shot("papers-en", FORM, ("@油烟直排", "o", "3", "enter"), "en"),
    Shot("leaving", FORM, ("l",)),
    Shot("quit", FORM, ("ctrl+q",)),
    Shot("late", FORM, ("e", *LATE)),
    Shot("help", FORM, ("question_mark",)),
)
