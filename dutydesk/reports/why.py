"""The paper that says why each clock of a case is due when it is: for an appeal."""

from __future__ import annotations

from collections.abc import Iterator

from dutydesk.i18n import _
from dutydesk.reports.writing import Part, Row, Writing
from dutydesk.text import one_line
from dutydesk.views.card_rows import ClockRow
from dutydesk.views.why import ClockWhy, doubt_words, head_words, stretch_line
from dutydesk.workflow.time.zone import to_local


def made(writing: Writing) -> tuple[list[Row], list[Part]]:
    """The case in a line or two, then a part for each clock, those that run first."""
    card = writing.card
    rows = [
        Row(_("案件号"), card.no),
        Row(_("来源"), card.channel_label),
        Row(_("状态"), card.state_label),
        Row(_("地点"), one_line(card.place)),
        Row(_("收到"), f"{to_local(card.received_at):%Y-%m-%d %H:%M:%S}"),
    ]
    by_id = {why.id: why for why in writing.file.whys}
    clocks = sorted(card.clocks, key=lambda clock: (clock.stopped_at is not None, clock.id))
    parts = [
        Part(_title(clock), tuple(_rows(clock, by_id[clock.id])))
        for clock in clocks
        if clock.id in by_id
    ]
    return rows, parts


def _title(clock: ClockRow) -> str:
    return f"{clock.code} {clock.label} {clock.party or ''}".rstrip()


def _rows(clock: ClockRow, why: ClockWhy) -> Iterator[Row]:
    yield Row(_("起算"), f"{to_local(clock.started_at):%Y-%m-%d %H:%M:%S}")
    for stretch in why.ledger:
        yield Row(*stretch_line(stretch))
    if clock.due_at is not None:
        yield Row(_("到期"), f"{to_local(clock.due_at):%Y-%m-%d %H:%M:%S}")
    if clock.stopped_at is not None:
        yield Row(_("停"), f"{to_local(clock.stopped_at):%Y-%m-%d %H:%M:%S} {_met(clock)}".rstrip())
    yield Row(_("依据"), head_words(clock))
    for doubt in doubt_words(why):
        yield Row(_("注意"), doubt)


def _met(clock: ClockRow) -> str:
    if clock.on_time is None:
        return ""
    if clock.exempt:
        return _("超时（豁免）")
    return _("按时") if clock.on_time else _("超时")
