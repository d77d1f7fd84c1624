"""Whom the invented street rings besides its own people: invented units, people and numbers."""

from __future__ import annotations

from dutydesk.desk import Desk
from dutydesk.desk.contacts import contact, keep

CONTACTS: tuple[tuple[str, str, str, str | None, str | None, str, str | None, str | None], ...] = (
    (
        "嘉乐苑物业",
        "李工",
        "物业",
        "140901",
        "嘉乐社区网格",
        "13800000201",
        "59990201",
        "夜间打备用",
    ),
    ("迎园物业", "何经理", "物业", "140901", "迎园社区网格", "13800000202", None, None),
    ("仓场新村物业", "邱师傅", "物业", "140901", "仓场社区网格", "13800000203", "59990203", None),
    ("爱里舍物业", "沈经理", "物业", "140902", None, "13800000204", None, None),
    ("供水服务站", "值班", "供水", None, None, "59990211", "13800000211", "停水、爆管"),
    ("燃气公司", "抢修值班", "燃气", None, None, "59990212", "13800000212", "先报地址"),
    ("环卫作业队", "钱队长", "环卫", None, None, "13800000213", None, None),
    ("绿化养护", "冯工", "绿化", None, None, "13800000214", None, "倒伏树木"),
    ("供电所", "值班", "供电", None, None, "59990215", None, None),
    ("邻街道城运中心", "值班长", "邻近街道", None, None, "59990216", "59990217", None),
    ("电梯维保", "", "电梯", None, None, "", None, "号码未报"),
)
"""Unit, name, use, area, grid, number, alternate, note; one without a number."""


def fill(desk: Desk) -> None:
    """Put the contacts into the demonstration's store."""
    keep(
        desk,
        [
            contact(
                unit,
                name,
                kind=kind,
                area=area,
                grid=grid,
                phone=phone or None,
                alternate=alternate,
                note=note,
            )
            for unit, name, kind, area, grid, phone, alternate, note in CONTACTS
        ],
    )
