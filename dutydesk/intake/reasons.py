"""Why a row was refused or came in with a remark: a code, its params, and its wording."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from dutydesk.i18n import SOURCE, _, language

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Reason(NamedTuple):
    """A named reason; `word` puts it into the language in use."""

    code: str
    params: Mapping[str, object] = _NOTHING


def word(reason: Reason) -> str:
    """The reason as a plain sentence: what is wrong and how to mend it."""
    params = dict(reason.params)
    if reason.code == "discarded":
        # The reason of a discard is written in the layout, in both languages where it has them.
        mine = params.get("reason") if language() == SOURCE else params.get("reason_en")
        return str(mine or params.get("reason"))
    text = _faults().get(reason.code) or _remarks().get(reason.code)
    return text.format(**params) if text else f"{reason.code} {params}"


def _faults() -> dict[str, str]:
    return {
        "number_missing": _("没有编号：补上编号后再导入这一行"),
        "number_damaged": _("编号被 Excel 改成了数字，末位已丢失：请把该列设为文本后重新导出"),
        "number_too_long": _("编号超过 {most} 个字符：请核对这一列"),
        "number_twice": _("同一文件中第 {first} 行已有这个编号：只取先出现的一行"),
        "time_missing": _("没有时间：补上时间后再导入这一行"),
        "time_unreadable": _("时间读不懂：请写成 2026-11-20 18:55:00 这样的形式"),
        "text_missing": _("没有内容：补上事由后再导入这一行"),
        "channel_unknown": _("来源渠道不认识：可用的有 {known}"),
        "flag_unknown": _("读不懂是或否：请写 是 或 否"),
        "choice_unknown": _("没有这个选项：可用的有 {known}"),
        "too_many_cells": _("这一行有 {cells} 格，表头只有 {columns} 列：文字里的分隔符要加引号"),
        "line_broken": _("这一行不是正确的 JSON：{why}"),
        "no_row": _("这一项不是一行数据：应为 列名: 值 的对象"),
        "quote_open": _("引号没有闭合：这一行按原文拒收，后面的行照常读取"),
    }


def _remarks() -> dict[str, str]:
    return {
        "place_missing": _("没有地点：受理时再补"),
        "field_cut": _("“{column}”有 {length} 个字符，只保留前 {kept} 个"),
        "value_ignored": _("“{column}”读不懂，未采用：{value}"),
    }
