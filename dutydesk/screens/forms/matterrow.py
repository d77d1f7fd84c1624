"""A matter of the table: by the digits of its code, by initials, or by a part of its name."""

from __future__ import annotations

from dutydesk.i18n import _
from dutydesk.screens.forms.by_table import matter_options
from dutydesk.screens.forms.options import Option, matching
from dutydesk.screens.forms.pickrows import PickRow
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.text import fold, one_line
from dutydesk.workflow.procedure import Field

MOST_OFFERED = 6
"""A table has hundreds of matters: so many of those that fit are offered at once."""


class MatterRow(PickRow):
    """One matter; what the table does not know is taken as it is said, and that is told."""

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(scene, spec, label)
        self.options = matter_options(scene)

    @property
    def free(self) -> bool:
        return True

    @property
    def value(self) -> object:
        text = self.entry.value.strip()
        found = self.fitting(text) if text else ()
        return found[0].value if len(found) == 1 else text or None

    @property
    def bad(self) -> str:
        return ""

    def fitting(self, text: str) -> tuple[Option, ...]:
        """The matters that a text may mean; a whole code or name means itself alone."""
        typed = fold(text).strip()
        whole = tuple(one for one in self.options if typed in (fold(one.value), fold(one.words[0])))
        digits = typed.replace("-", "")
        if whole or not digits.isdigit():
            return whole or tuple(one for _number, one in matching(self.options, text))
        coded = [(one, "".join(filter(str.isdigit, one.words[0]))) for one in self.options]
        exact = tuple(one for one, code in coded if code == digits)
        return exact or tuple(one for one, code in coded if code.startswith(digits))

    def read(self, values: Values) -> None:
        self.reread()

    def reread(self) -> None:
        text = self.entry.value.strip()
        found = self.fitting(text) if text else ()
        if len(found) == 1:
            self.said.say(f"→ {found[0].label} {found[0].note}", "dim")
        elif not text or not self.options:
            self.said.say("")
        elif found:
            said = _("{count} 条，再写几位代码或立案条件")
            self.said.say(said.format(count=len(found)), "amber")
        else:
            self.said.say(_("事项表里没有：按所写的记下"), "amber")
        self.offer(text if self.touched else "")

    def offer(self, text: str) -> None:
        found = self.fitting(text) if text else self.options
        if not self.label.here or len(found) < 2:
            self.note.say(self.remarked, "dim")
            return
        items = [one_line(f"{one.label} {one.note} {one.words[2]}") for one in found[:MOST_OFFERED]]
        more = len(found) - MOST_OFFERED
        items += [_("…另有 {count} 条").format(count=more)] if more > 0 else []
        self.note.say("\n".join(items), "dim")
