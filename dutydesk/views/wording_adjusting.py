"""Refusals of deferral, suspension and appeal as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dutydesk.i18n import _, listed
from dutydesk.views.labels import Words
from dutydesk.workflow.time.zone import to_local

Params = Mapping[str, object]


def suspended(params: Params, words: Words | None) -> str:
    """Nothing is begun or ended while the clocks stand still."""
    until = params.get("until")
    when = f"{to_local(until):%Y-%m-%d %H:%M}" if isinstance(until, datetime) else ""
    return _("案件挂账至 {until}，请先“恢复办理”再办").format(until=when)


def pending(params: Params, words: Words | None) -> str:
    """One application at a time."""
    return _("已有一份缓办申请在等批准，批了再申请")


def overdue(params: Params, words: Words | None) -> str:
    """What is late cannot be put off any more."""
    due, name = params.get("latest"), str(params["overdue"])
    when = f"{to_local(due):%Y-%m-%d %H:%M}" if isinstance(due, datetime) else ""
    clock = words.clock(name) if words else name
    return _("{clock}已于 {when} 超时，不能再延后").format(clock=clock, when=when)


def no_clock(params: Params, words: Words | None) -> str:
    """Nothing runs that could be put off."""
    names = params.get("clocks")
    known = [str(name) for name in names] if isinstance(names, list) else []
    said = listed(words.clock(name) if words else name for name in known)
    return _("没有正在计时、可以延后的时限（{clocks}）").format(clocks=said)


def not_overdue(params: Params, words: Words | None) -> str:
    """An appeal is against an overdue."""
    return _("没有超时的时限，不用申诉")


def used_up(params: Params, words: Words | None) -> str:
    """So many times, and no more."""
    return _("最多 {count} 次，已经用完").format(count=params.get("most", ""))


SENTENCES = {
    "suspended": suspended,
    "pending": pending,
    "no_clock": no_clock,
    "not_overdue": not_overdue,
    "used_up": used_up,
}
