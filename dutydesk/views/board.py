"""The paper for an outage: everything open, in plain text that any editor and printer shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dutydesk.i18n import _, listed
from dutydesk.text import fit, headed, mask_numbers, one_line, pad, width
from dutydesk.views.duty import DutyPanel, panel
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading
from dutydesk.views.queue import Filters, Queue, QueueRow, arrange, light, millis
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.time.zone import ZONE, to_local

COLUMNS = (4, 4, 6, 6, 11, 8, 20, 37)
"""The cells of each column: number, track, step, light, due, grid, waiting for, what."""
_EPOCH = datetime(1970, 1, 1, 8, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Board:
    """Open cases with their dues and parties, and who is on duty; numbers stay covered."""

    area: str | None = None
    exercise: bool = False

    def answer(self, reading: Reading, context: Context) -> str:
        """The whole paper as text, ending in a newline."""
        from dutydesk.storage.queries.cases import open_cases  # slow import
        from dutydesk.views.stored import load_duty  # slow import

        area = self.area or context.area
        rows = Queue(Filters(area=area)).answer(reading, context)
        cases = {case.no: case for case in open_cases(reading.connection, area)}
        posts = panel(load_duty(reading, area), reading.now, context)
        words = Words(context.procedure, context.language)
        named = context.places.area(area)
        title = f"{named.name} {area}" if named else area
        return paper(title, rows, cases, posts, words, reading.now, exercise=self.exercise)


def paper(
    title: str,
    rows: Sequence[QueueRow],
    cases: dict[str, Case],
    duty: DutyPanel,
    words: Words,
    now: datetime,
    *,
    exercise: bool = False,
) -> str:
    """The paper from its rows."""
    now_ms = millis(now)
    parts = arrange(rows, now_ms)
    red = sum(1 for row in rows if light(row, now_ms) == "red")
    lines = [_("值班板 {title}").format(title=title)]
    if exercise:
        lines.append(_("演练"))
    lines.append(
        _("打印于 {now}　由 {holder} 值守　未结 {all} 件，超时 {red} 件").format(
            now=f"{to_local(now):%Y-%m-%d %H:%M:%S}",
            holder=duty.holder_label,
            all=len(rows),
            red=red,
        )
    )
    if duty.takeover:
        lines.append(duty.takeover)
    lines += ["", headed(_("在岗")), *_posts(duty)]
    for heading, part in ((_("该我办"), parts.mine), (_("等对方"), parts.theirs)):
        lines += ["", _("{part} {count} 件").format(part=heading, count=len(part))]
        lines.append(_table(_heads()))
        for row in part:
            lines.append(_table(_cells(row, words, now_ms)))
            lines += _parties(cases.get(row.no), words)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _heads() -> tuple[str, ...]:
    return (
        *(_("编号"), _("级"), _("步骤"), _("灯"), _("至")),
        *(_("网格"), _("等谁"), _("事由")),
    )


def _table(cells: Iterable[str]) -> str:
    return " ".join(fit(cell, size) for cell, size in zip(cells, COLUMNS, strict=True))


def _cells(row: QueueRow, words: Words, now_ms: int) -> tuple[str, ...]:
    due = _passed(row, words, now_ms) if row.due_at is None else f"{_at(row.due_at):%m-%d %H:%M}"
    what = f"{row.place} {row.summary}"
    return (
        row.tail,
        words.choice("track", row.track) if row.track else "",
        words.bay(row.bay),
        words.choice("light", light(row, now_ms)),
        due,
        row.grid_short,
        waiting(row, words),
        mask_numbers(one_line(what)),
    )


def _passed(row: QueueRow, words: Words, now_ms: int) -> str:
    """Where no limit runs: how long the case had stood where it is when this was printed."""
    if row.waiting_since is None:
        return ""
    return _("已{span}").format(span=words.span(max(0, now_ms - row.waiting_since) // 1000))


def waiting(row: QueueRow, words: Words) -> str:
    """Whom the case waits for, roles by their names."""
    return listed(words.role(name) for name in row.waiting_for.split("、") if name)


def _at(ms: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=ms)


def _posts(duty: DutyPanel) -> list[str]:
    size = max((width(post.label) for post in duty.posts), default=0)
    return [
        "  ".join((pad(post.label, size), pad(post.name or "—", 8), post.status_label, post.number))
        for post in duty.posts
    ]


def _parties(case: Case | None, words: Words) -> list[str]:
    """One line per party: state, duty, limit and due time."""
    if case is None:
        return []
    lines = []
    for party in case.course.parties:
        runs = [run.due_at for run in case.running(party=party.name) if run.due_at is not None]
        due = f"{to_local(min(runs)):%m-%d %H:%M}" if runs else ""
        said = (party.name, words.choice("party", party.state), party.duty or "", due)
        lines.append("     - " + one_line(" ".join(part for part in said if part)))
    return lines
