"""What an empty desk says: whose it is, where its record lies, and how the first case comes."""

from __future__ import annotations

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, blank, free


def first_lines(area: str, operator: str, where: str) -> list[Line]:
    """The lines, the most needed first: a low screen shows two of them."""
    keys: list[Span] = [blank(1), Span(_("没有案件"), "bright")]
    for key, said in (
        ("+", _("登记或粘贴")),
        ("i", _("导入文件")),
        ("→", _("点名")),
        ("?", _("帮助")),
    ):
        keys += [blank(3), Span(key, "accent!"), blank(1), Span(said, "ink")]
    who = operator or _("没有写姓名，写在设置的 [desk] operator")
    desk = _("{area}值班台 · {who}").format(area=area.removesuffix("网格"), who=who)
    record = _("记录存在 {where}").format(where=where)
    return [
        tuple(keys),
        (blank(1), free(record, "dim")),
        (blank(1), free(desk, "dim")),
        (),
        (blank(1), free(_("试一试：dutydesk demo 打开一个正在当班的演示台"), "dim")),
    ]
