"""Words for what the time rules name: bad limits and instants, rules, reasons, warnings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from dutydesk.config.when import EXAMPLES, BadWhen, WhenReason
from dutydesk.i18n import _
from dutydesk.text import cut, one_line, width
from dutydesk.workflow.time.calendar import ASSUMED_SOURCE, DayKind
from dutydesk.workflow.time.counting import BeyondCalendar
from dutydesk.workflow.time.ledger import Rule, Stretch, Warned, Why
from dutydesk.workflow.time.limits import BadLimit, LimitReason
from dutydesk.workflow.time.slots import BadSlots
from dutydesk.workflow.time.tables import Faulty, TableFault
from dutydesk.workflow.time.zone import BadInstant, InstantReason, iso

_SHOWN_CELLS = 60


def limit_message(error: BadLimit) -> str:
    """What is wrong with a limit, where (a mark under the text), and the accepted forms."""
    before = one_line(f"{error.text[: error.position]}|")[:-1]
    shown = f"{before}{one_line(error.text[error.position :])}"
    said = _("时限“{text}”读不懂，第 {position} 个字符处：{reason}").format(
        text=_short(shown), position=error.position + 1, reason=_limit_reason(error.reason)
    )
    lines = [said]
    if width(before) < _SHOWN_CELLS:
        lines += [f"  {_short(shown)}", f"  {' ' * width(before)}^"]
    return "\n".join([*lines, _("可用的写法：{forms}").format(forms=" | ".join(error.accepted))])


def instant_message(error: BadInstant) -> str:
    """What is wrong with a time, and the accepted forms."""
    return _unread_time(error.text, _instant_reason(error.reason), error.accepted)


def when_message(error: BadWhen) -> str:
    """What is wrong with a time as it is typed at the desk, and the accepted forms."""
    cause = error.__cause__
    if isinstance(cause, BadInstant):
        reason = _instant_reason(cause.reason)
    else:
        reason = {
            WhenReason.EMPTY: _("没有内容"),
            WhenReason.FORM: _("不是时间的写法"),
            WhenReason.NO_SUCH_MOMENT: _("没有这个时刻"),
            WhenReason.FROM_NOW: _("每读一次就是另一个时刻，再补录一次会记成两件；请写几点几分"),
        }[error.reason]
    return _unread_time(error.text, reason, EXAMPLES)


def _unread_time(text: str, reason: str, accepted: Sequence[str]) -> str:
    said = _("时间“{text}”读不懂：{reason}").format(text=_short(one_line(text)), reason=reason)
    return "\n".join([said, _("可用的写法：{forms}").format(forms=" | ".join(accepted))])


def _instant_reason(reason: InstantReason) -> str:
    return {
        InstantReason.EMPTY: _("没有内容"),
        InstantReason.FORM: _("不是时间的写法"),
        InstantReason.NO_TIME: _("只有日期，缺几点几分"),
        InstantReason.NO_SUCH_MOMENT: _("没有这个时刻"),
        InstantReason.OUT_OF_RANGE: _("年份超出范围"),
    }[reason]


def slots_message(error: BadSlots) -> str:
    """What is wrong with working slots, and how they are written."""
    said = _("工作时段“{text}”不对：要按先后、互不重叠").format(text=_short(one_line(error.text)))
    return "\n".join([said, _("可用的写法：{forms}").format(forms=" | ".join(error.accepted))])


def beyond_message(error: BeyondCalendar) -> str:
    """That the due time cannot be written down."""
    return _("从 {start} 起算，时限“{text}”超出可表示的日期；请用较短的时限").format(
        start=iso(error.start), text=one_line(str(error.limit))
    )


def rule_words(rule: Rule) -> str:
    """The rule by which a due time was found, in words."""
    return {
        Rule.ELAPSED: _("连续计时，不分昼夜和节假日"),
        Rule.ROLLING_24H: _("自然日按满 24 小时计，不分节假日"),
        Rule.NEXT_MIDNIGHT: _("自然日当日不计，至末日 24:00"),
        Rule.SAME_DAY: _("至当日 24:00"),
        Rule.END_OF_DAY: _("工作日当日不计，至末日 24:00"),
        Rule.SAME_CLOCK: _("工作日当日不计，至末日同一时刻"),
        Rule.EIGHT_HOURS: _("每个工作日按 8 个工作时计"),
        Rule.WORKING_HOURS: _("只计工作时段"),
    }[rule]


def why_words(why: Why) -> str:
    """Why a stretch counts or does not, in words."""
    return {
        Why.ELAPSED: _("连续计时"),
        Why.NATURAL_DAYS: _("自然日，计时"),
        Why.START_DAY_NOT_COUNTED: _("起始当日，不计"),
        Why.UNTIL_MIDNIGHT: _("至当日 24:00，计时"),
        Why.WORKING_DAYS: _("工作日，计时"),
        Why.WORKING_HOURS: _("工作时段，计时"),
        Why.MAKEUP_DAY: _("调休上班，计时"),
        Why.REST_DAYS: _("休息日，不计"),
        Why.HOLIDAY: _("节假日，不计"),
        Why.BREAK: _("午间等休息，不计"),
        Why.OFF_HOURS: _("工作时段以外，不计"),
        Why.PAUSED: _("暂停，不计"),
        Why.AGREED_TIME: _("约定的时刻"),
        Why.UPSTREAM_RESERVE: _("来源平台的时限，预留回填"),
        Why.CAP: _("全程总时限先到"),
        Why.RECORDED: _("当时记下的到期"),
        Why.MOVED: _("后来移动"),
    }[why]


def stretch_words(stretch: Stretch) -> str:
    """Why a stretch counts or does not, the day's name and the notice it comes from."""
    said = why_words(stretch.why)
    if stretch.name:
        said = _("{why}（{name}）").format(why=said, name=one_line(stretch.name))
    if stretch.extension:
        said = _("第 {number} 次延期：{why}").format(number=stretch.extension, why=said)
    if stretch.source:
        source = (
            _("年份未公布，按常规周推定") if stretch.source == ASSUMED_SOURCE else stretch.source
        )
        said = _("{why}，依据 {source}").format(why=said, source=one_line(source))
    return said


def day_words(kind: DayKind) -> str:
    """The class of a day, in words."""
    return {
        DayKind.WORK: _("工作日"),
        DayKind.REST: _("休息日"),
        DayKind.HOLIDAY: _("节假日"),
        DayKind.MAKEUP: _("调休上班"),
    }[kind]


def warning_words(warned: Warned) -> str:
    """A doubt about a due time, in words; a code that has none yet stands for itself."""
    if warned.code == "year_missing":
        return year_missing_words(int(str(warned.params["year"])))
    if warned.code == "year_end_open":
        return _("{year} 年的节假日安排尚未公布，可能改动上年年末的几天").format(
            year=warned.params["year"]
        )
    if warned.code == "frozen":
        return _("按现行日历会是 {at}；已起算的时限不随日历改动").format(
            at=iso(cast("datetime", warned.params["would_be"]))
        )
    return warned.code


def year_missing_words(year: int) -> str:
    """That a year's table of holidays is not there."""
    return _("{year} 年的节假日安排尚未提供：周末按休息日、其余按工作日计").format(year=year)


def faulty_words(faulty: Faulty) -> str:
    """Why a year's table is refused, in words."""
    what = one_line(faulty.what)
    return {
        TableFault.NO_DAYS: _("{what} 年的表没有写任何一天"),
        TableFault.NO_PAPER: _("{what} 年的表没有写依据的通知（papers 或 numbers）"),
        TableFault.OTHER_YEAR: _("{what} 不属于这一年（只可含上年十二月）"),
        TableFault.TWICE: _("{what} 写了两次"),
        TableFault.LACKS_FEAST: _("没有“{what}”的放假安排"),
        TableFault.LACKS_DAY: _("{what} 依法放假，表里没有"),
        TableFault.OTHER_TABLE: _("{what} 与相邻年份的表相反"),
    }[faulty.fault].format(what=what)


def _limit_reason(reason: LimitReason) -> str:
    return {
        LimitReason.EMPTY: _("没有内容"),
        LimitReason.AMOUNT: _("这里应是数量（1–9999，或一至九十九）"),
        LimitReason.ZERO: _("数量须大于零"),
        LimitReason.TOO_LARGE: _("数量最大为 9999"),
        LimitReason.UNIT: _("这里应是单位"),
        LimitReason.TRAILING: _("这里往后多出了内容"),
        LimitReason.ABSURD: _("时限不能超过 365 天"),
    }[reason]


def _short(text: str) -> str:
    head, rest = cut(text, _SHOWN_CELLS)
    return f"{head}…" if rest else text
