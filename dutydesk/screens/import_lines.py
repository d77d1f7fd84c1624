"""The lines of an import: its counts, refused rows, changed rows, and the batches before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.i18n import _, listed
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row
from dutydesk.text import fit, mask_numbers, one_line
from dutydesk.views.batches import BatchSummary, ChangedRow
from dutydesk.views.happened import happened
from dutydesk.views.labels import N_, Words
from dutydesk.views.spoken import spoken

if TYPE_CHECKING:
    from dutydesk.desk.accounting import Imported, Rejected

INSIDE = (
    ("urged", N_("催办")),
    ("due_moved", N_("改时限")),
    ("withdrawn", N_("撤回")),
    ("returned", N_("退回重办")),
    ("unplaced", N_("待定位")),
    ("history", N_("历史")),
    ("dropped_controls", N_("丢弃控制字符")),
)
MOST = 500
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: a refused row, a changed case, a batch, or a file of the inbox.

    Enter opens `case`, offers to take back `batch`, or takes `file` as the path.
    """

    key: tuple[str, str, int]
    spans: tuple[Span, ...]
    case: str | None = None
    batch: str | None = None
    file: str | None = None


def summary(done: Imported, preview: bool, width: int) -> list[Line]:
    """What was recognised and counted, in two lines."""
    left = [
        blank(1),
        Span(_("预览，未写入") if preview else _("已导入"), "amber!" if preview else "green"),
        blank(2),
        Span(_("格式 {layout}").format(layout=done.layout), "dim"),
    ]
    if done.batch:
        left += [blank(2), Span(_("批次 {batch}").format(batch=done.batch), "bright")]
    if done.details.get("cancelled"):
        left += [blank(2), Span(_("已中途停止"), "amber!")]
    if done.details.get("same_as"):
        said = _("与批次 {batch} 是同一个文件").format(batch=done.details["same_as"])
        left += [blank(2), Span(said, "amber!")]
    refused = len(done.rejected)
    counts = [
        blank(1),
        Span(_("共 {n} 行").format(n=done.rows), "bright"),
        blank(3),
        Span(_("新 {n}").format(n=done.new), "ink"),
        blank(2),
        Span(_("变 {n}").format(n=done.changed), "accent" if done.changed else "dim"),
        blank(2),
        Span(_("同 {n}").format(n=done.unchanged), "dim"),
        blank(2),
        Span(_("拒 {n}").format(n=refused), "red!" if refused else "dim"),
    ]
    inside = [f"{_(said)} {done.details[name]}" for name, said in INSIDE if done.details.get(name)]
    if inside:
        counts += [blank(3), Span(_("其中 {parts}").format(parts=listed(inside)), "dim")]
    return [row(width, left), row(width, counts)]


def of_import(done: Imported, words: Words) -> list[Item]:
    """Refused rows first, then the changed ones."""
    found = [item for one in done.rejected[:MOST] for item in _refused(one)]
    changes: Sequence[Mapping[str, object]] = done.details.get("changes", ())
    for one in changes[:MOST]:
        fields = one.get("fields")
        said = _changes(fields if isinstance(fields, Mapping) else {}, one.get("kinds"), words)
        found.append(_changed(int(str(one["row"])), str(one.get("case") or ""), said, ""))
    return found


def _refused(one: Rejected) -> list[Item]:
    """Row, column, value, reason: the value as it stands in the file, numbers covered.

    What else is wrong with the row stands under it, a line each.
    """
    value = fit(mask_numbers(one_line(one.value or "")), LONGEST).rstrip()
    spans = (
        blank(1),
        Span("✗ ", "red!"),
        column(_("第 {row} 行").format(row=one.row), 11, "red"),
        free(one.column or "", "bright"),
        blank(1),
        free(f"“{value}”" if value else "", "ink"),
        blank(2),
        free(one.reason, "ink"),
    )
    more = (
        Item(("also", str(place), one.row), (blank(14), free(said, "dim")))
        for place, said in enumerate(one.also)
    )
    return [Item(("refused", "", one.row), spans), *more]


def _changed(number: int, case: str, said: str, note: str) -> Item:
    spans = (
        blank(1),
        Span("≠ ", "accent!"),
        column(_("第 {row} 行").format(row=number), 11, "dim"),
        column(case[-4:], 5, "bright"),
        free(said, "ink"),
        blank(2),
        free(note, "dim"),
    )
    return Item(("changed", case, number), spans, case=case or None)


def _changes(fields: Mapping[str, object], kinds: object, words: Words) -> str:
    """Each field, old → new."""
    said = []
    for name, change in fields.items():
        old, new = _pair(change)
        said.append(f"{words.field(name)} {_value(words, name, old)} → {_value(words, name, new)}")
    return _("；").join(said) or happened(kinds if isinstance(kinds, (list, tuple)) else ())


def _value(words: Words, name: str, value: object) -> str:
    if value in (None, ""):
        return "—"
    return fit(one_line(words.value("register", name, value)), LONGEST).rstrip()


def _pair(change: object) -> tuple[object, object]:
    if isinstance(change, Mapping):
        return change.get("old", change.get("from")), change.get("new", change.get("to"))
    if isinstance(change, (list, tuple)) and len(change) == 2:
        return change[0], change[1]
    return None, change


def of_store(
    unseen: Sequence[ChangedRow],
    batches: Sequence[BatchSummary],
    words: Words,
    now: datetime,
) -> list[Item]:
    """What nobody has looked at yet, then the batches before."""
    found = []
    for one in unseen:
        fields = one.detail.get("changes")
        said = _changes(
            fields if isinstance(fields, Mapping) else {}, one.detail.get("kinds"), words
        )
        item = _changed(one.row, one.case or "", said, one.place or "")
        found.append(Item(("unseen", one.batch, one.row), item.spans, case=one.case))
    for batch in batches:
        undone = batch.undone_at is not None
        spans = (
            blank(1),
            Span("· ", "faint"),
            column(batch.id, 12, "faint" if undone else "bright"),
            column(spoken(batch.at, now, words.lang), 12, "dim"),
            free(
                _("共 {rows}：新 {new} 变 {changed} 同 {unchanged} 拒 {rejected}").format(
                    **batch._asdict()
                ),
                "faint" if undone else "ink",
            ),
            blank(2),
            Span(_("已撤回"), "amber") if undone else Span(""),
            blank(1),
            free(batch.file, "dim"),
        )
        found.append(Item(("batch", batch.id, 0), spans, batch=None if undone else batch.id))
    return found
