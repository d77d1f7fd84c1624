"""The note: what, who promised it to whom, and when; a minus on the empty note lists them all."""

from __future__ import annotations

from dutydesk.screens import messages
from dutydesk.screens.forms.form import ActForm
from dutydesk.screens.forms.phrases import Phrased, WhoRow
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.shell import shell
from dutydesk.views.contacts import People
from dutydesk.views.labels import N_

PEOPLE = "people"
MOST_PEOPLE = 500


class NoteForm(ActForm):
    """A note on a case or on nothing; all of it can be said with the keypad."""

    hints = (
        KeyHint("Enter", N_("记下")),
        KeyHint("1-6", N_("常用语")),
        KeyHint("*", N_("下一项")),
        KeyHint("-", N_("全部便签")),
        KeyHint("Esc", N_("离开（留稿）")),
        KeyHint("?", N_("帮助")),
    )

    def start(self) -> None:
        """The text first; whom the contacts hold comes behind it."""
        super().start()
        self.gateway.ask(People("", limit=MOST_PEOPLE), self, PEOPLE)

    async def on_answered(self, event: messages.Answered) -> None:
        """The contacts are here."""
        if event.slot == PEOPLE:
            for row in self.query(WhoRow):
                row.know(event.answer)

    def on_phrased_asked_list(self, event: Phrased.AskedList) -> None:
        """The list of all that stands, instead of another note."""
        event.stop()
        app = shell(self)
        self.action_leave()
        self.app.call_later(app.open, "promises")
