"""An entry of a loaded list: by the digits of its code, by initials, or by a part of its name."""

from __future__ import annotations

from typing import ClassVar

from dutydesk.i18n import _
from dutydesk.screens.forms.by_table import category_options, matter_options
from dutydesk.screens.forms.options import Option, matching
from dutydesk.screens.forms.pickrows import PickRow
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.text import fold, one_line
from dutydesk.workflow.procedure import Field

MOST_OFFERED = 6
"""A list has hundreds of entries: so many of those that fit are offered at once."""


def narrowed(text: str) -> str:
    """A text with a full-width plus made narrow."""
    return text.replace("＋", "+")


class BookRow(PickRow):
    """One entry; what the list does not know is taken as it is said, and that is told.

    The first word of an option is its code; what stands beside it is looked through as well. A plus
    and a number pick from what is offered: two kinds may number their classes alike.
    """

    part_is_enough: ClassVar[bool] = True
    """Whether a part of a name that only one entry has means that entry."""

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(scene, spec, label)
        self.options = self.offered()

    def offered(self) -> tuple[Option, ...]:
        """Every entry of the list."""
        raise NotImplementedError

    @property
    def unknown(self) -> str:
        """What is said of a text that the list does not know; empty where that is no matter."""
        return ""

    @property
    def free(self) -> bool:
        return True

    @property
    def value(self) -> object:
        text = self.entry.value.strip()
        one = self.meant(text)
        return one.value if one is not None else text or None

    @property
    def bad(self) -> str:
        return ""

    def meant(self, text: str) -> Option | None:
        """The one entry that a text means."""
        head, plus, number = narrowed(text).rpartition("+")
        if plus and number.isdecimal():
            offered = self.fitting(head) if head else self.options
            return offered[int(number) - 1] if 1 <= int(number) <= len(offered) else None
        found = self.fitting(text) if text else ()
        if len(found) != 1:
            return None
        sure = self.part_is_enough or text.isascii() or fold(text) in self.own_words(found[0])
        return found[0] if sure else None

    @staticmethod
    def own_words(one: Option) -> tuple[str, ...]:
        """The whole texts that mean an entry and no other."""
        return fold(one.value), fold(one.label), fold(one.words[0])

    def fitting(self, text: str) -> tuple[Option, ...]:
        """The entries that a text may mean; a whole code or name means itself alone."""
        typed = fold(text).strip()
        whole = tuple(one for one in self.options if typed in self.own_words(one))
        digits = typed.replace("-", "")
        if whole:
            return whole
        if not digits.isdigit():
            named = tuple(one for _number, one in matching(self.options, text))
            return named or tuple(one for one in self.options if typed in fold(one.note))
        coded = [(one, "".join(filter(str.isdigit, one.words[0]))) for one in self.options]
        exact = tuple(one for one, code in coded if code == digits)
        return exact or tuple(one for one, code in coded if code.startswith(digits))

    def read(self, values: Values) -> None:
        self.reread()

    def reread(self) -> None:
        text = self.entry.value.strip()
        head = narrowed(text).rpartition("+")[0] or text
        found = self.fitting(head) if text else ()
        one = self.meant(text)
        if one is not None:
            self.said.say(f"→ {one.label} {one.note}".rstrip(), "dim")
        elif len(found) > 1:
            said = _("{count} 条，再写几位代码或几个字，或 +1 选第一条")
            self.said.say(said.format(count=len(found)), "amber")
        else:
            self.said.say(self.unknown if text and not found else "", "amber")
        self.offer(text if self.touched else "")

    def offer(self, text: str) -> None:
        head = narrowed(text).rpartition("+")[0] or text
        found = self.fitting(head) if head.strip("+") else self.options
        if not self.label.here or len(found) < 2 or self.meant(text) is not None:
            self.note.say(self.remarked, "dim")
            return
        shown = enumerate(found[:MOST_OFFERED], start=1)
        items = [one_line(f"+{number} {one.label} {one.note}") for number, one in shown]
        more = len(found) - MOST_OFFERED
        items += [_("…另有 {count} 条").format(count=more)] if more > 0 else []
        self.note.say("\n".join(item.rstrip() for item in items), "dim")


class MatterRow(BookRow):
    """One matter of the matter table (B-3.4.3.2)."""

    def offered(self) -> tuple[Option, ...]:
        return matter_options(self.scene)

    @property
    def unknown(self) -> str:
        return _("事项表里没有：按所写的记下") if self.options else ""


class CategoryRow(BookRow):
    """One category of the tree (X-7.1.3); words that stand in no name are as good as ever."""

    part_is_enough: ClassVar[bool] = False

    def offered(self) -> tuple[Option, ...]:
        return category_options(self.scene)

    @property
    def unknown(self) -> str:
        loaded = self.scene.context.categories().loaded
        return _("类目里没有：按所写的记下，标“类目外”") if loaded else ""
