"""Fields that hold a small table: duties, the caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from dutydesk.i18n import _
from dutydesk.screens.forms.choices import Choices
from dutydesk.screens.forms.defaults import LIMIT
from dutydesk.screens.forms.entry import Confirm, Entry
from dutydesk.screens.forms.options import option
from dutydesk.screens.forms.rows import FieldRow
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.screens.forms.timerows import limit_reading
from dutydesk.screens.parts.paint import Line, column
from dutydesk.screens.parts.painted import Painted
from dutydesk.workflow.procedure import Field
from dutydesk.workflow.time.counting import Counting

NAME = 14


class Name(Painted):
    """A party's name in a column."""

    DEFAULT_CSS = f"Name {{ width: {NAME + 1}; height: 1; padding: 0 0 0 1; }}"
    ground = "panel"

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def lines(self, width: int, height: int) -> list[Line]:
        """The name, cut to the column."""
        return [(column(self.text, width),)]


class DutyLine(Horizontal):
    """One party: its duty, its limit, and when that would be due."""

    DEFAULT_CSS = """
    DutyLine { height: 1; }
    DutyLine .duty { width: 2fr; }
    DutyLine .limit { width: 14; margin: 0 0 0 1; }
    DutyLine Saying { width: 16; padding: 0 1; height: 1; }
    """

    def __init__(self, party: str) -> None:
        super().__init__()
        self.party = party
        self.duty = Entry(placeholder=_("职责"), plain=True)
        self.duty.add_class("duty")
        self.limit = Entry(placeholder=_("如 2 小时"), plain=True)
        self.limit.add_class("limit")
        self.said = Saying()

    def compose(self) -> ComposeResult:
        """Name, duty, limit, due."""
        yield Name(self.party)
        yield self.duty
        yield self.limit
        yield self.said


class DutiesRow(FieldRow):
    """What each party does by when, and which of them leads."""

    DEFAULT_CSS = "DutiesRow .table { height: auto; width: 1fr; }"

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(scene, spec, label)
        parties = scene.card.parties if scene.card else ()
        self.rows = tuple(DutyLine(party.name) for party in parties)
        names = tuple(option(party.name) for party in parties)
        self.lead = Choices(names, [scene.card.lead] if scene.card and scene.card.lead else [])

    def compose_control(self) -> ComposeResult:
        """A line per party, then who leads."""
        with Vertical(classes="table"):
            yield from self.rows
            with Horizontal(classes="beside"):
                yield Name(_("牵头"))
                yield self.lead

    @property
    def value(self) -> object:
        table = []
        for row in self.rows:
            if not row.duty.value.strip():
                continue
            table.append(
                {
                    "party": row.party,
                    "duty": row.duty.value.strip(),
                    "limit": row.limit.value.strip(),
                    "lead": row.party == self.lead.value,
                }
            )
        return table

    @property
    def state(self) -> Any:
        return [
            {
                "party": row.party,
                "duty": row.duty.value,
                "limit": row.limit.value,
                "lead": row.party == self.lead.value,
            }
            for row in self.rows
        ]

    def propose(self, value: object) -> None:
        given = value if isinstance(value, (list, tuple)) else ()
        table = {str(item["party"]): item for item in given if isinstance(item, Mapping)}
        for row in self.rows:
            item = table.get(row.party, {})
            row.duty.propose(str(item.get("duty") or ""))
            row.limit.propose(str(item.get("limit") or _(LIMIT)))
            if item.get("lead"):
                self.lead.propose([row.party])

    def read(self, values: Values) -> None:
        at = values.get("_at")
        start = at if isinstance(at, datetime) else self.scene.now
        rules = self.scene.context
        calendar, counting = rules.hours.calendar, Counting.of(rules.procedure.values)
        for row in self.rows:
            text, ink = limit_reading(row.limit.value, start, self.scene.words, calendar, counting)
            row.said.say(text if row.duty.value.strip() or ink == "amber" else "", ink)

    def on_confirm(self, event: Confirm) -> None:
        """Enter behind a duty goes to the next party without one; behind the last it confirms."""
        here = next((n for n, row in enumerate(self.rows) if row.has_focus_within), len(self.rows))
        below = [row for row in self.rows[here + 1 :] if not row.duty.value.strip()]
        if below:
            event.stop()
            below[0].duty.focus()

    def blame(self, name: str) -> None:
        """Put the keys on the first entry that a refusal of a part means."""
        for row in self.rows:
            if name == "duty" and not row.duty.value.strip():
                row.duty.focus()
                return
            if name == "limit" and not row.limit.value.strip():
                row.limit.focus()
                return


class CallerRow(FieldRow):
    """The citizen behind a case: name and number, never kept in a draft's file (X-3.2.6)."""

    DEFAULT_CSS = """
    CallerRow .caller-name { width: 16; }
    CallerRow .caller-phone { width: 20; margin: 0 0 0 1; }
    """

    def compose_control(self) -> ComposeResult:
        """Two entries."""
        self.person = Entry(placeholder=_("姓名"), plain=True)
        self.person.add_class("caller-name")
        self.phone = Entry(placeholder=_("电话"), plain=True)
        self.phone.add_class("caller-phone")
        yield self.person
        yield self.phone

    @property
    def value(self) -> object:
        name, phone = self.person.value.strip(), self.phone.value.strip()
        return {"name": name, "phone": phone} if name or phone else None

    def propose(self, value: object) -> None:
        given = value if isinstance(value, Mapping) else {}
        self.person.propose(str(given.get("name") or ""))
        self.phone.propose(str(given.get("phone") or ""))
