"""The shift log 值班日志: what was noted, promised and settled in one day, in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from dutydesk.i18n import _
from dutydesk.text import mask_numbers, one_line, pad
from dutydesk.views import timeline
from dutydesk.views.labels import Words
from dutydesk.views.promises import note_said
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.time.zone import midnight, parse_instant, to_local


class LogRow(NamedTuple):
    """One line of the day; `until` is the time that was promised or set then."""

    id: int
    at: datetime
    case: str | None
    verb: str
    label: str
    text: str
    until: datetime | None
    by: str
    late_entry: bool


@dataclass(frozen=True, slots=True)
class ShiftLog:
    """Notes, promises with what became of them, and calls on no case, of one calendar day.

    Of today without a `day`. Telephone numbers are covered (X-3.2.6).
    """

    day: date | None = None

    def answer(self, reading: Reading, context: Context) -> tuple[LogRow, ...]:
        """The rows by when they were true."""
        from dutydesk.storage.queries import promises  # slow import

        day = self.day or to_local(reading.now).date()
        first, last = midnight(day), midnight(day + timedelta(days=1))
        rows = promises.logged(reading.connection, context.area, first, last)
        meant = {_meant(row.data) for row in rows if row.verb == "settle"}
        made = {row.id: row for row in promises.by_id(reading.connection, sorted(meant))}
        words = Words(context.procedure, context.language)
        return tuple(_row(row, made, words) for row in rows)


def _meant(data: Mapping[str, object]) -> int:
    return int(str(data.get("promise") or 0))


def _row(row: Any, made: Mapping[int, Any], words: Words) -> LogRow:
    data, verb = row.data or {}, row.verb
    text = note_said(data, words) if verb == "note" else timeline.line(verb, data, words)
    if verb == "settle":
        first = made.get(_meant(data))
        said = _promised(first.verb, first.data or {}, words) if first is not None else ""
        text = _("{text}（{promise}）").format(text=text, promise=said) if said else text
    until = data.get("remind_at") or data.get("promised_at")
    by = f"{row.by_role}:{row.by_name}" if row.by_name else row.by_role
    return LogRow(
        id=row.id,
        at=row.at,
        case=row.case_no,
        verb=verb,
        label=words.verb(verb),
        text=mask_numbers(one_line(text)),
        until=parse_instant(str(until)) if until else None,
        by=words.actor(by),
        late_entry=bool(row.late_entry),
    )


def _promised(verb: str, data: Mapping[str, object], words: Words) -> str:
    return note_said(data, words) if verb == "note" else timeline.line(verb, data, words)


def paper(
    rows: Sequence[LogRow], area: str, day: date, words: Words, *, exercise: bool = False
) -> str:
    """The log as plain text for any printer, ending in a newline."""
    lines = [_("值班日志 {area}　{day}").format(area=area, day=f"{day:%Y-%m-%d}")]
    if exercise:
        lines.append(_("演练"))
    lines.append(_("{count} 条").format(count=len(rows)))
    for row in rows:
        mark = _("补录") if row.late_entry else ""
        head = f"{to_local(row.at):%H:%M}  {pad((row.case or '')[-4:], 4)}  {pad(row.label, 6)}"
        until = _("→ {when}").format(when=f"{to_local(row.until):%m-%d %H:%M}") if row.until else ""
        said = row.text if row.verb != "note" else f"{row.text}  {until}".rstrip()
        lines.append("  ".join(part for part in (head, said, mark, row.by) if part))
    return "\n".join(line.rstrip() for line in lines) + "\n"
