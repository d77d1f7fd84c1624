"""A length of time in the settings, written as the one grammar of limits writes it."""

from __future__ import annotations

from datetime import timedelta

from dutydesk.i18n import _
from dutydesk.workflow.time.limits import ACCEPTED_LIMITS, BadLimit, LimitKind
from dutydesk.workflow.time.limits import parse as parse_limit


def span(value: object) -> object:
    """A limit in minutes or hours, 24 hours at most; raises ValueError saying what is wrong."""
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        raise ValueError(_('应为带引号的时限，例如 "30 分钟"'))
    try:
        limit = parse_limit(value)
    except BadLimit as error:
        forms = ", ".join(ACCEPTED_LIMITS[:4])
        raise ValueError(
            _("“{text}”不是时限（第 {at} 个字起读不懂），可写成 {forms}").format(
                text=value, at=error.position + 1, forms=forms
            )
        ) from error
    if limit.kind not in (LimitKind.MINUTES, LimitKind.HOURS):
        raise ValueError(_("“{text}”：这里只能用分钟或小时").format(text=value))
    minutes = limit.amount * (60 if limit.kind is LimitKind.HOURS else 1)
    if minutes > 24 * 60:
        raise ValueError(_("“{text}”太长，最多 24 小时").format(text=value))
    return timedelta(minutes=minutes)
