"""How one line of cells becomes a row or a refusal, under one recognised header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from dutydesk.intake.checking import CHANNELS, CHOICES, FLAGS, HINTS, LISTS, MOMENTS, TEXTS
from dutydesk.intake.fields import FieldPlan
from dutydesk.intake.reasons import Reason
from dutydesk.intake.recognise import Match
from dutydesk.intake.rows import Rejected, Row
from dutydesk.intake.values import (
    LONGEST_FIELD,
    LONGEST_NUMBER,
    cleaned,
    narrow,
    suspect,
    text_of,
    to_flag,
    to_moment,
    to_number,
    to_texts,
    unescaped,
)


class _Fault(NamedTuple):
    column: str | None
    value: str | None
    reason: Reason


class _Line:
    """What one line has given so far."""

    __slots__ = ("faults", "fields", "texts", "warnings")

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.fields: dict[str, object] = {}
        self.faults: list[_Fault] = []
        self.warnings: list[Reason] = []


class RowMaker:
    """Turns the lines under one recognised header into rows; counts what it drops on the way.

    `dropped` counts control characters, `newest_at` is the latest time of an accepted row.
    Numbers are remembered, so that a number's second row is refused. `strict_width` refuses a
    line with more cells than the header; `escapes` reads a workbook's `_x000D_` spellings; cells
    that are not `typed` are texts already.
    """

    def __init__(
        self,
        match: Match,
        *,
        typed: bool = True,
        strict_width: bool = False,
        escapes: bool = False,
    ) -> None:
        layout, at = match.layout, match.at
        self._plan = FieldPlan(match)
        self._layout = layout
        self._width = len(match.names)
        self._typed = typed
        self._strict = strict_width
        self._escapes = escapes
        self._seen: dict[tuple[str, str], int] = {}
        self._moments = tuple(name for name in MOMENTS if name in at and name != "reported_at")
        self._flags = tuple(name for name in FLAGS if name in at)
        self._lists = tuple(name for name in LISTS if name in at)
        self._choices = tuple(name for name in CHOICES if name in at)
        parts = ((name, self._plan.part(name)) for name in HINTS)
        self._hints = tuple((name, part) for name, part in parts if part is not None)
        self._texts = tuple(n for n in TEXTS if layout.has(n, at) and n != "description")
        self._caller = tuple(name for name in ("name", "phone") if f"caller.{name}" in at)
        self._discards = tuple(
            (part, discard)
            for discard in layout.discards
            for part in self._plan.parts_of(discard.field)
            if part in at
        )
        self._marks = {mark for _, discard in self._discards for mark in discard.marks}
        self._standings = layout.values.get("status", {}) if "status" in at else {}
        self.dropped = 0
        self.newest_at: datetime | None = None

    def make(self, number: int, cells: Sequence[object]) -> Row | Rejected | None:
        """The row of one line, its refusal, or None for a line without anything in it."""
        texts = [text_of(cell) for cell in cells] if self._typed else cast("list[str]", cells)
        joined = "".join(texts)
        if not joined or joined.isspace():
            return None
        if self._escapes and "_x" in joined:
            texts = [unescaped(text) for text in texts]
            joined = "".join(texts)
        if suspect(joined):
            texts = self._clean(texts)
            if not any(text.strip() for text in texts):
                return None
        line = _Line(texts)
        if len(joined) > LONGEST_FIELD:
            self._cut(line)
        if len(texts) != self._width:
            self._fit(line)
        if self._marks and any(mark in joined for mark in self._marks):
            self._discard(line)
        return self._judge(number, line)

    def _judge(self, number: int, line: _Line) -> Row | Rejected:
        fields, texts = line.fields, line.texts
        self._identify(number, line)
        reported_at = self._moment("reported_at", line, fault=True)
        fields["reported_at"] = reported_at
        if text := self._plan.text("description", texts):
            fields["description"] = text
        else:
            self._fault("description", line, "text_missing")
        self._plain(line)
        if "place" not in fields:
            line.warnings.append(Reason("place_missing"))
        if line.faults:
            first, *others = line.faults
            also = tuple(fault.reason for fault in others)
            return Rejected(number, first.column, first.value, first.reason, also)
        if reported_at is not None and (self.newest_at is None or reported_at > self.newest_at):
            self.newest_at = reported_at
        read = self._plan.read
        hints = {name: value for name, part in self._hints if (value := read(part, texts))}
        standing, urges = self._standing(texts)
        raw = dict(zip(self._plan.names, texts, strict=True))
        told = tuple(line.warnings)
        history = standing == "history"
        return Row(number, fields, history, reported_at, raw, told, standing, urges, hints)

    def _identify(self, number: int, line: _Line) -> None:
        """Channel and upstream number; a number that stood before on the channel is a fault."""
        channel = self._layout.channel or ""
        if "channel" in self._plan.at:
            channel = self._channel(line) or channel
        text = self._plan.own("external_no", line.texts)
        found = to_number(text, self._layout.strip_prefixes) if text else ""
        line.fields["channel"] = channel
        line.fields["external_no"] = found
        if found is None:
            self._fault("external_no", line, "number_damaged")
        elif not found:
            self._fault("external_no", line, "number_missing")
        elif len(found) > LONGEST_NUMBER:
            self._fault("external_no", line, "number_too_long", {"most": LONGEST_NUMBER})
        elif (first := self._seen.setdefault((channel, found), number)) != number:
            self._fault("external_no", line, "number_twice", {"first": first})
        if channel not in CHANNELS:
            self._fault("channel", line, "channel_unknown", {"known": ", ".join(CHANNELS)})

    def _channel(self, line: _Line) -> str:
        said = narrow(self._plan.own("channel", line.texts)).casefold()
        return self._layout.values.get("channel", {}).get(said, said)

    def _plain(self, line: _Line) -> None:
        """What may be missing; an unreadable due time or police mark is a fault all the same."""
        plan, fields, texts = self._plan, line.fields, line.texts
        for name in self._texts:
            if value := plan.text(name, texts):
                fields[name] = value
        for name in self._moments:
            if plan.own(name, texts):
                at = self._moment(name, line, fault=name == "upstream_due")
                if at is not None:
                    fields[name] = at
        for name in self._flags:
            if value := plan.own(name, texts):
                self._flag(name, value, line)
        for name in self._choices:
            if value := plan.text(name, texts):
                if value in CHOICES[name]:
                    fields[name] = value
                else:
                    self._ignore(name, value, line)
        for name in self._lists:
            if value := plan.own(name, texts):
                fields[name] = to_texts(value)
        said = {name: plan.own(f"caller.{name}", texts) for name in self._caller}
        caller = {name: narrow(value) for name, value in said.items() if value}
        if caller:
            fields["caller"] = caller

    def _flag(self, name: str, value: str, line: _Line) -> None:
        # A degree such as 1, 2, 3 is no flag: where the layout lists words, only those count.
        words = self._layout.values.get(name)
        flag = to_flag(words.get(value, "") if words else value)
        if flag is not None:
            line.fields[name] = flag
        elif name == "police_incident":
            self._fault(name, line, "flag_unknown")
        else:
            self._ignore(name, value, line)

    def _moment(self, name: str, line: _Line, *, fault: bool) -> datetime | None:
        text = self._plan.own(name, line.texts)
        at = to_moment(text, self._layout.dates) if text else None
        if at is None and fault:
            self._fault(name, line, "time_unreadable" if text else "time_missing")
        elif at is None:
            self._ignore(name, text, line)
        return at

    def _discard(self, line: _Line) -> None:
        """What the layout discards is named first: the row is no case, whatever else it lacks."""
        for name, discard in self._discards:
            value = self._plan.own(name, line.texts)
            if value and discard.takes(value):
                params = {"reason": discard.reason, "reason_en": discard.reason_en}
                self._fault(name, line, "discarded", params)
                return

    def _standing(self, texts: list[str]) -> tuple[str, int | None]:
        said = narrow(self._plan.own("status", texts)) if self._standings else ""
        count = narrow(self._plan.own("urges", texts))
        urges = int(count) if count.isdecimal() and len(count) < 5 else None
        return self._standings.get(said, "open"), urges

    def _fault(
        self, name: str, line: _Line, code: str, params: Mapping[str, object] | None = None
    ) -> None:
        index = self._plan.column(name)
        column = name if index is None else self._plan.names[index]
        value = "" if index is None else line.texts[index]
        line.faults.append(_Fault(column, value, Reason(code, params or {})))

    def _ignore(self, name: str, value: str, line: _Line) -> None:
        column = self._plan.names[self._plan.at[name]]
        line.warnings.append(Reason("value_ignored", {"column": column, "value": value}))

    def _clean(self, texts: list[str]) -> list[str]:
        result = []
        for text in texts:
            kept, dropped = cleaned(text) if suspect(text) else (text, 0)
            result.append(kept)
            self.dropped += dropped
        return result

    def _cut(self, line: _Line) -> None:
        names = self._plan.names
        for index, text in enumerate(line.texts):
            if len(text) > LONGEST_FIELD:
                column = names[index] if index < self._width else f"#{index + 1}"
                params = {"column": column, "length": len(text), "kept": LONGEST_FIELD}
                line.warnings.append(Reason("field_cut", params))
        line.texts = [text[:LONGEST_FIELD] for text in line.texts]

    def _fit(self, line: _Line) -> None:
        """Pad a short line; cells beyond the header are a fault where they shift the others."""
        texts = line.texts
        surplus = [text for text in texts[self._width :] if text.strip()]
        if surplus and self._strict:
            params = {"cells": len(texts), "columns": self._width}
            line.faults.append(_Fault(None, surplus[0], Reason("too_many_cells", params)))
        line.texts = (texts + [""] * (self._width - len(texts)))[: self._width]
