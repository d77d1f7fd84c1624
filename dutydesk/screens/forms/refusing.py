"""What a form does when the desk refuses: beside the field, as one line, or as new facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dutydesk.errors import Refused
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.submit import AT, BEHALF, Filed
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.wording import word
from dutydesk.workflow.procedure import Field, Label

if TYPE_CHECKING:
    from dutydesk.screens.forms.form import ActForm

RELOAD = "reload"
LEFT = "left"
"""Slots: the case as it is after somebody else, and after the acts that were done."""


async def show(form: ActForm, event: messages.Failed) -> None:
    """Show why the desk refused; nothing that was typed is lost."""
    form.waiting = False
    refused = event.error
    if not isinstance(refused, Refused):
        say(form, event.sentence)
        return
    if refused.code == "stale" and form.scene.card is not None:
        say(form, event.sentence)
        form.gateway.ask(Card(form.scene.card.no), form, RELOAD)
        return
    await beside(form, refused, event.sentence)


async def beside(form: ActForm, refused: Refused, sentence: str) -> None:
    """Say it at the field that the refusal names, else under the form."""
    field = str(refused.params.get("field") or "")
    name, _dot, part = field.partition(".")
    name = AT if name == "at" or (refused.code == "time_order" and not name) else name
    row = form.sheet.rows.get(name)
    if row is None or not row.display:
        say(form, sentence)
        if refused.code == "not_your_role":
            await offer_behalf(form, refused)
        return
    row.refuse(sentence)
    row.take_focus()
    blame = getattr(row, "blame", None)
    if part and blame is not None:
        blame(part.split(".")[-1])


def say(form: ActForm, text: str, ink: str = "red") -> None:
    """One line about the whole form."""
    form.query_one("#error", Saying).say(f"✗ {text}" if text and ink == "red" else text, ink)


async def offer_behalf(form: ActForm, refused: Refused) -> None:
    """An act of somebody else can be recorded for him: ask for whom."""
    allowed = refused.params.get("allowed")
    names = allowed if isinstance(allowed, (list, tuple)) else ()
    parts = form.scene.context.procedure.parts
    roles = tuple(str(name) for name in names if name in parts.records_for)
    if not roles or form.scene.actor.role not in (parts.operator, parts.night):
        return
    await form.sheet.offer(Field(BEHALF, Label("代谁办理", "on behalf of"), "role", roles))
    form.sheet.rows[BEHALF].take_focus()


async def reloaded(form: ActForm, card: CaseCard | None) -> None:
    """The case as it is now: say what happened meanwhile, take it over, keep what was typed."""
    before = form.scene.card
    if card is None or before is None:
        return
    seen = max((event.seq for event in before.events), default=0)
    fresh = [event for event in card.events if event.seq > seen]
    lines = [_("案件刚有变化，您填的都在；看过后再按 Enter：")]
    for event in fresh[-4:]:
        when = form.scene.words.when(event.at, form.gateway.now)
        lines.append(f"  {when}  {event.line}")
    lines.append(_("  现在是“{state}”").format(state=card.state_label))
    await form.look_again(replace(form.scene, card=card, now=form.gateway.now))
    say(form, "\n".join(lines), "amber")


async def go_on_with(form: ActForm, filed: Filed, card: CaseCard | None) -> None:
    """The first act is on the record, the next was refused: its form, what was typed, and why."""
    if card is None or filed.refused is None or not filed.left:
        form.dismiss(filed)
        return
    act, words = filed.left[0], form.scene.words
    scene = replace(form.scene, verb=act.verb, card=card, now=form.gateway.now)
    await form.turn(scene, dict(act.fields))
    said = _("“{done}”已记录；“{left}”没有办成，改好再按 Enter，Esc 以后再办")
    note = said.format(done=words.verb(filed.verb), left=words.verb(act.verb))
    form.query_one("#draft", Saying).say(note, "amber")
    await beside(form, filed.refused, word(filed.refused, words))
