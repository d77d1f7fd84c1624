"""What a typed line would do, looked up in one go: the case, the act, its values, what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from dutydesk.i18n import _
from dutydesk.screens.command.parsing import Head, Known, read, tokens
from dutydesk.screens.command.recognise import Proposal, completions, propose
from dutydesk.screens.command.verbs import Verb
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.submit import acts
from dutydesk.views.card import Card
from dutydesk.views.card_rows import ActRow, CaseCard
from dutydesk.views.labels import Words
from dutydesk.views.numbers import Candidates
from dutydesk.views.question import Answer, Context, Question
from dutydesk.views.queue import QueueRow
from dutydesk.views.rehearsal import Rehearsal, Rehearsed
from dutydesk.workflow.cases.model import Actor

BIG = frozenset(("close",))
"""Acts whose every part is looked at: the line only opens their form."""


def screen_of(scene: Scene) -> str | None:
    """The screen of its own that an act has: the line leads there."""
    if scene.kind.does in ("hand_over", "take_over"):
        return "handover"
    return "register" if scene.context.procedure.opens(scene.verb) else None


class Asked(Protocol):
    """What answers questions at a moment: the desk, or its record as it would be by then."""

    @property
    def context(self) -> Context: ...

    def now(self) -> datetime: ...

    def read(self, question: Question[Answer]) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Seat:
    """What a line is read beside: the rows on the screen, the selected case, who sits here."""

    known: Known
    words: Words
    actor: Actor
    seat: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One way on: a whole line to go on with, or a screen to open with a text."""

    label: str
    note: str = ""
    line: str = ""
    opens: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """Everything that is known of a line; `act` is the act as the card judges it."""

    text: str
    head: Head
    card: CaseCard | None = None
    proposal: Proposal | None = None
    act: ActRow | None = None
    rehearsed: Rehearsed | None = None
    offers: tuple[Offer, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether Enter does the act at once."""
        if self.proposal is None or self.proposal.missing or self.proposal.unread:
            return False
        scene = self.proposal.scene
        open_now = self.act is None or self.act.open
        fine = self.rehearsed is None or self.rehearsed.error is None
        return open_now and fine and not (scene.verb in BIG or screen_of(scene))

    @property
    def pick_first(self) -> bool:
        """Whether Enter takes the first offer: the line alone says nothing yet."""
        return self.head.kind in ("verbs", "several", "unknown", "words")


def look(desk: Asked, text: str, seat: Seat) -> View:
    """Read a line against the desk; runs in the worker."""
    known = seat.known
    head = read(text, known)
    if head.digits and head.digits not in known.found and not known.ending(head.digits):
        found = desk.read(Candidates(head.digits))
        numbers = {head.digits: tuple(one.no for one in found)}
        states = {**known.states, **{one.no: one.state for one in found}}
        known = replace(known, found={**known.found, **numbers}, states=states)
        head = read(text, known)
    card = desk.read(Card(head.no, seat.actor)) if head.no else None
    if card is not None and known.state(card.no) != card.state:
        known = replace(known, states={**known.states, card.no: card.state})
        head = read(text, known)
    if head.kind == "act" and (card is not None or _without_case(head, known)):
        return _act(desk, View(text, head, card), seat)
    return replace(View(text, head, card), offers=_offers(text, head, card, known, seat.words))


def _without_case(head: Head, known: Known) -> bool:
    """Whether the act named can be done on no case, and none is named."""
    kind = known.procedure.acts.get(head.verb or "")
    free = head.verb == "register" or (kind is not None and bool(kind.desk))
    return free and head.no is None


def _act(desk: Asked, view: View, seat: Seat) -> View:
    head, card = view.head, view.card
    assert head.verb is not None
    scene = Scene(head.verb, card, desk.context, seat.words, desk.now(), seat.actor, seat.seat)
    proposal = propose(scene, head.rest)
    act = None if card is None else _judged(card, head.verb, seat.words)
    rehearsed = None
    if card is not None and (act is None or act.open) and not proposal.missing:
        rehearsed = desk.read(Rehearsal(acts(scene, proposal.values, desk.now())[0]))
    offers = _values(view.text, proposal)
    if not head.rest and len(head.verbs) > 1:
        offers = (*_verbs(head, seat.words, card)[1:], *offers)
    return replace(view, proposal=proposal, act=act, rehearsed=rehearsed, offers=offers)


def _judged(card: CaseCard, verb: str, words: Words) -> ActRow:
    """The act as the card judges it; one that the state does not know is closed by its state."""
    found = next((act for act in card.acts if act.verb == verb), None)
    if found is not None:
        return found
    label = words.verb(verb)
    why = _("案件现在是“{state}”，不能“{act}”").format(state=card.state_label, act=label)
    return ActRow(verb, label, None, False, "wrong_state", why, None, False)


# What may come next.


def _offers(
    text: str, head: Head, card: CaseCard | None, known: Known, words: Words
) -> tuple[Offer, ...]:
    if head.kind in ("nothing", "case") and card is not None:
        return _acts_of(card)
    if head.kind == "verbs":
        return _verbs(head, words, card) or _acts_of(card)
    if head.kind == "several":
        return _cases(head, known, words)
    if head.kind == "unknown":
        return (find(head.digits),)
    if head.kind == "words":
        said = " ".join(text.split())
        return find(said), register(said)
    return ()


def find(text: str) -> Offer:
    """To look for a text in all cases."""
    return Offer(_("查找“{text}”").format(text=text), _("在全部案件里"), opens="search", text=text)


def register(text: str) -> Offer:
    """To register a case with a text."""
    return Offer(_("登记“{text}”").format(text=text), _("作为新案件"), opens="register", text=text)


def _acts_of(card: CaseCard | None) -> tuple[Offer, ...]:
    acts = [act for act in card.acts if act.key] if card else []
    ordered = sorted(acts, key=lambda act: not act.open)
    tail = card.tail if card else ""
    return tuple(
        Offer(act.label, "" if act.open else act.why_not or "", f"{act.label} {tail} ")
        for act in ordered
    )


def _verbs(head: Head, words: Words, card: CaseCard | None) -> tuple[Offer, ...]:
    shown = head.digits or (card.tail if card else "")
    rest = "".join(f" {word}" for word in head.rest)
    found = []
    for verb in head.verbs:
        note = ""
        if card is not None:
            judged = _judged(card, verb.name, words)
            note = "" if judged.open else judged.why_not or ""
        found.append(Offer(_label(verb, words), note, f"{verb.label} {shown}{rest} "))
    return tuple(found)


def _label(verb: Verb, words: Words) -> str:
    return words.verb(verb.name)


def _cases(head: Head, known: Known, words: Words) -> tuple[Offer, ...]:
    """Each case that the digits may mean, with the whole number in the line."""
    verb = words.verb(head.verb) + " " if head.verb else ""
    rest = "".join(f" {word}" for word in head.rest)
    rows: dict[str, QueueRow] = {row.no: row for row in known.rows}
    found = []
    for no in head.cases:
        row = rows.get(no)
        note = f"{words.state(row.state)}  {row.place}  {row.summary}" if row else ""
        note = note or words.state(known.state(no))
        found.append(Offer(no, note, f"{verb}{no}{rest}" + (" " if verb else "")))
    return tuple(found)


def _values(text: str, proposal: Proposal) -> tuple[Offer, ...]:
    """The values of the next field; a word that fits nowhere yet is taken as its beginning."""
    begun = proposal.unread[-1] if proposal.unread and not text.endswith(" ") else ""
    words: Sequence[str] = tokens(text)
    base = " ".join(words[:-1] if begun else words)
    field = proposal.open_field
    if field is None:
        return ()
    name = field.label.in_(proposal.scene.words.lang)
    return tuple(
        Offer(one.label, f"{name} {one.note}".strip(), f"{base} {one.label} ")
        for one in completions(proposal, begun)
    )
