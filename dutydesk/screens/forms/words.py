"""Words pasted while a row of choices has the keys: they go into the next free text of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from dutydesk.i18n import _
from dutydesk.screens.forms.entry import Entry, LongEntry
from dutydesk.screens.parts.inputs import a_message

if TYPE_CHECKING:
    from dutydesk.screens.forms.form import ActForm
    from dutydesk.screens.forms.sheet import Sheet

TEXTS = "LongEntry, TextRow Entry, ReasonRow Entry, DutyLine .duty"
"""The entries of a form that hold words; times, limits and pickers hold none."""


def pasted(form: ActForm, event: events.Paste) -> None:
    """Give words to the next text that is free, with the keys; say so where there is none.

    A message of three lines or more is an order, no words for a form: it is read above the form,
    which stays as it is.
    """
    if a_message(event.text) or not event.text.strip():
        return
    event.stop()
    free = None if form.waiting else next_free(form.sheet)
    if free is None:
        form.say(_("这里按数字选，也没有空着的文字项：粘贴的没有放进去"), "amber")
        return
    form.set_focus(free)
    free.post_message(events.Paste(event.text))


def next_free(sheet: Sheet) -> Widget | None:
    """The first free text below what has the keys, else the first above it."""
    chain = sheet.screen.focus_chain
    texts = [one for one in chain if _free(one) and one in set(sheet.query(TEXTS))]
    focused = sheet.screen.focused
    at = chain.index(focused) if focused in chain else -1
    below = [one for one in texts if chain.index(one) > at]
    return next(iter(below or texts), None)


def _free(text: Widget) -> bool:
    """Whether nothing stands there, or only what was proposed and the first key replaces."""
    if isinstance(text, LongEntry):
        return not text.text or (text.text == text.proposed and not text.newline)
    return isinstance(text, Entry) and not text.value and not text.paths
