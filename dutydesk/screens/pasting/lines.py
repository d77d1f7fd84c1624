"""The lines of a paste: each order with what is new or what happened to it, and its details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dutydesk.i18n import _, listed
from dutydesk.screens.parts.paint import Line, Span, blank, column, free
from dutydesk.screens.pasting.waiting import Waiting
from dutydesk.text import mask_name, mask_numbers, mask_phone, one_line
from dutydesk.views.happened import happened
from dutydesk.views.labels import N_, Words
from dutydesk.views.spoken import spoken
from dutydesk.views.wording import word

if TYPE_CHECKING:
    from dutydesk.desk.pasting import Told

LONGEST = 40
STANDING: Mapping[str, tuple[str, str]] = {
    "urged": (N_("新，已催办"), N_("上级已催办，登记后标催")),
    "returned": (N_("新，退回重办"), N_("上级退回重办，这里没有这件：登记后标回")),
    "withdrawn": (
        N_("新，已撤单"),
        N_("上级已撤单，这里没有这件：不登记按 Esc，Enter 登记并随即撤回"),
    ),
}
"""What a text says above of an order that is not known here: in its line, and over its form."""


@dataclass(slots=True)
class Item:
    """One order of the list: one that waits for its form, or one that is told of its case.

    `done` says what became of it, empty while something is to be done.
    """

    number: int
    order: Waiting | None = None
    told: Told | None = None
    done: str = ""

    @property
    def case(self) -> str | None:
        """The case it belongs to already."""
        return self.told.case if self.told is not None else None

    @property
    def open(self) -> bool:
        """Whether Enter would do something with it."""
        if self.done:
            return False
        told = self.told
        return self.order is not None or (told is not None and bool(told.kinds))


def counted(items: Sequence[Item]) -> str:
    """How many orders are new, known and unreadable, in words."""
    new = sum(item.order is not None and not item.done for item in items)
    known = sum(item.case is not None for item in items)
    unread = sum(item.told is not None and item.told.kind == "unreadable" for item in items)
    parts = (
        (_("{count} 件新的"), new),
        (_("{count} 件已在案"), known),
        (_("{count} 段认不出"), unread),
    )
    return listed(words.format(count=n) for words, n in parts if n)


def drawn(item: Item, words: Words) -> list[Span]:
    """One line: its digit, what it is, its number and place."""
    if item.order is not None:
        fields: Mapping[str, Any] = item.order.fields
        said = STANDING.get(item.order.standing)
        ink, kind = ("amber", _(said[0])) if said else ("accent", _("新"))
    else:
        assert item.told is not None
        fields = item.told.pasted.fields
        ink, kind = _kind(item.told, words)
    kind, ink = (item.done, "green") if item.done else (kind, ink)
    number = str(fields.get("external_no") or "")
    place = one_line(str(fields.get("place") or ""))
    what = one_line(mask_numbers(str(fields.get("description") or "")))
    return [
        column(str(item.number), 3, "dim"),
        column(kind, 14, ink),
        column(number, 20, "bright"),
        free(f"{place}  {what}".strip(), "dim" if item.done else "ink"),
    ]


def _kind(told: Told, words: Words) -> tuple[str, str]:
    if told.kind == "unreadable":
        return "red", _("认不出")
    if told.refused is not None:
        return "red", _("记不进去")
    if told.unchanged:
        return "dim", _("已在案，无变化")
    # The weightiest word stands last among the kinds; a narrow column cuts the rest.
    return "amber", happened(reversed(told.kinds))


def details(item: Item | None, words: Words, now: datetime) -> list[Line]:
    """What was recognised of an order, a guess marked, or what happened to its case."""
    if item is None:
        return []
    if item.order is not None:
        guessed = item.order.guessed
        found = [
            _field(words.field(n), _shown(n, v, words, now), n in guessed)
            for n, v in item.order.fields.items()
        ]
        if item.order.caller_lost:
            lost = _("退出后不留个人信息：打开后请再填")
            found.append((blank(1), column(words.field("caller"), 14, "dim"), free(lost, "amber")))
        return found
    told = item.told
    assert told is not None
    if told.kind == "unreadable":
        said = _("没有编号，也没有认得的地点；原文：{text}").format(text=_short(told.pasted.text))
        return [(blank(1), free(said, "red"))]
    lines: list[Line] = [_of_case(told)]
    if told.refused is not None:
        lines.append((blank(1), free(word(told.refused, words), "red")))
    for name, (old, new) in told.changes.items():
        label = _("状态") if name == "status" else words.field(name)
        lines.append(
            (
                blank(1),
                column(label, 14, "dim"),
                free(_short(_shown(name, old, words, now)) or _("（空）"), "dim"),
                Span(" → ", "amber"),
                free(_short(_shown(name, new, words, now)) or _("（空）"), "bright"),
            )
        )
    if told.pasted.word:
        lines.append((blank(1), column(_("原话"), 14, "dim"), free(told.pasted.word, "ink")))
    return lines


def _of_case(told: Told) -> Line:
    said = happened(told.kinds) or _("与上次所说相同")
    return (
        blank(1),
        Span(_("案件 {no}").format(no=(told.case or "")[-4:]), "bright"),
        blank(2),
        Span(said, "amber" if told.kinds else "dim"),
    )


def _field(label: str, value: str, guessed: bool) -> Line:
    mark = Span("? ", "amber!") if guessed else Span("  ")
    return (blank(1), column(label, 14, "dim"), mark, free(value, "ink"))


def _shown(name: str, value: Any, words: Words, now: datetime) -> str:
    if value is None:
        return ""
    if name == "caller" and isinstance(value, Mapping):
        phone = mask_phone(str(value.get("phone") or ""))
        return f"{mask_name(str(value.get('name') or ''))} {phone}".strip()
    if name == "status":
        return happened([value])
    if name == "channel" or isinstance(value, bool):
        return words.value("register", name, value)
    if isinstance(value, str) and name in ("upstream_due", "reported_at", "occurred_at"):
        return spoken(datetime.fromisoformat(value), now, words.lang)
    return one_line(mask_numbers(str(value)))


def _short(said: str) -> str:
    text = one_line(mask_numbers(said))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
