"""The street command centre in mid-shift: every matter, grid and office here is invented."""

# ruff: noqa: E501 - one matter, one line: the scenes read as a table
from __future__ import annotations

from typing import Any

from dutydesk.demo.steps import Step, Story, after, did, story

CENTRE = "street_centre:陆知行"
MEMBER, HEAD = "grid_member:沈安", "grid_head:何闻笛"


def found(
    ago: float,
    place: str,
    what: str,
    channel: str = "terminal",
    *,
    urgency: str = "ordinary",
    **more: Any,
) -> Step:
    """A matter is collected; what a grid member sends from the terminal says when it was found."""
    if channel == "terminal":
        more["occurred_at"] = after(-ago - 5)
    by = MEMBER if channel == "terminal" else CENTRE
    return did(
        ago, "register", by, channel=channel, place=place, description=what, urgency=urgency, **more
    )


def upward(ago: float) -> Step:
    """The grid cannot handle it."""
    return did(ago, "report_up", HEAD, reason="无力处置")


def sent(ago: float, lead: str, matter: str, limit: str, *others: str) -> Step:
    """The street dispatches it with its limit."""
    return did(
        ago,
        "dispatch",
        CENTRE,
        lead=lead,
        parties=list(others),
        level="street",
        matter=matter,
        limit=limit,
    )


def back(ago: float, office: str, text: str) -> Step:
    """An office feeds back."""
    return did(ago, "file_result", f"office:{office}", party=office, text=text)


def seen(ago: float, place: str, *, right: bool = True, **more: Any) -> Step:
    """The grid member has looked at it on site."""
    return did(
        ago,
        "verify",
        MEMBER,
        right=right,
        by_whom="沈安",
        verified_at=after(-ago),
        verified_where=place,
        **more,
    )


STORIES: tuple[Story, ...] = (
    story("B01", found(15, "钢城大街路口", "井盖松动，车辆经过有异响", urgency="important", category="市政设施")),
    story("B02", found(48, "泉园小区3号楼", "楼道堆放旧家具，通道堵塞", category="消防安全")),
    story("B03", found(130, "东岭花园北门", "夜间烧烤占道，油烟扰民", "wechat_public", category="市容环境"), upward(35)),
    story("B04", found(90, "实训路", "视频发现路面塌陷，直径约半米", "iot_video", urgency="important", category="市政设施"), upward(84)),
    story("B05", found(70, "学府商铺", "液化气瓶与明火同室", "department", urgency="important", category="安全生产"), upward(60), sent(27, "安监科", "安全生产", "30 分钟")),
    story("B06", found(1500, "泉园东苑2号楼", "楼顶漏水，多户受影响", "wechat_public", category="房屋管理"), upward(1490), sent(1400, "城建科", "房屋管理", "3 天")),
    story("B07", found(2900, "河西街", "占道经营，集市外溢", category="市容环境"), upward(2880), sent(2790, "城管科", "市容环境", "48 小时"), did(40, "urge", CENTRE, target="城管科")),
    story("B08", found(3100, "小清路", "违建棚屋存放废品", "shared", category="违法建设"), upward(3080), sent(3000, "城管科", "违法建设", "2 天", "安监科"), back(1000, "安监科", "隐患已清理")),
    story("B09", found(2000, "东岭路", "邻里因停车纠纷多次争吵", category="矛盾纠纷"), upward(1990), sent(1900, "综治科", "矛盾纠纷", "2 天"), did(50, "ask_deferral", "office:综治科", party="综治科", reason="当事人外出，需另约调解")),
    story("B10", found(800, "泉园路", "绿地内倾倒垃圾", category="市容环境"), did(780, "self_handle", MEMBER, text="已联系保洁清运")),
    story("B11", found(1600, "东岭公寓", "消防栓前长期停车", category="消防安全"), upward(1590), sent(1500, "安监科", "消防安全", "24 小时"), back(400, "安监科", "已挪车并划线"), seen(25, "东岭公寓")),
    story("B12", found(1900, "泉东大街", "广告牌松动", category="市容环境"), upward(1880), sent(1800, "城管科", "市容环境", "24 小时"), back(1300, "城管科", "已加固"), seen(1200, "泉东大街"), did(1100, "close", CENTRE, report="现场查证属实，予以结案")),
    story("B13", found(300, "学府家园", "独居老人求助送餐", "wechat_public", category="民生服务"), upward(290), did(20, "note", CENTRE, text="社区答应中午前上门", promised_by="office", promised_to="caller", remind_at=after(4))),
    story("B14", found(700, "河西村", "跨区河道污染，气味明显", category="生态环境", urgency="important"), upward(690), did(600, "send_to_district", CENTRE, reason="需区直部门办理")),
)  # fmt: skip
"""Every matter, in every state."""
