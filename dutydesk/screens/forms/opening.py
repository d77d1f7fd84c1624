"""Which form an act gets, and what it is given when it opens."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Thread
from weakref import WeakKeyDictionary

from dutydesk.screens.forms.attaching import AttachForm
from dutydesk.screens.forms.by_table import category_options, matter_options
from dutydesk.screens.forms.call import CallCard
from dutydesk.screens.forms.close import CloseForm
from dutydesk.screens.forms.convene import ConveneForm
from dutydesk.screens.forms.drafts import Drafts, drafts_file
from dutydesk.screens.forms.engaged import EngagedForm, InviteForm
from dutydesk.screens.forms.form import ActForm
from dutydesk.screens.forms.note import NoteForm
from dutydesk.screens.forms.register import RegisterForm
from dutydesk.screens.forms.ringing import CALLER, contact_verb
from dutydesk.screens.forms.rollcall import RollCall
from dutydesk.screens.forms.scene import Scene, options, party_options
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.promises import PromiseScreen
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.pinyin import warm

Given = Mapping[str, object]
_drafts: WeakKeyDictionary[Gateway, Drafts] = WeakKeyDictionary()


def drafts_of(gateway: Gateway) -> Drafts:
    """The drafts of this seat; a drill keeps none over its end."""
    found = _drafts.get(gateway)
    if found is None:
        found = Drafts(None if gateway.drill else drafts_file(gateway.seat))
        _drafts[gateway] = found
        # The letters take a fifth of a second to load: beside the first form, never under a key.
        Thread(target=warm_letters, args=(gateway,), name="letters", daemon=True).start()
    return found


def scene_of(gateway: Gateway, verb: str, card: CaseCard | None) -> Scene:
    """What a form knows of the desk as it opens."""
    return Scene(
        verb, card, gateway.context, gateway.words, gateway.now, gateway.actor, gateway.seat
    )


def open_form(
    gateway: Gateway, verb: str, card: CaseCard | None = None, given: Given | None = None
) -> Dialog:
    """The form of an act on a case, or of the desk; it gives `Filed`, or None when it is left."""
    scene = scene_of(gateway, verb, card)
    drafts = drafts_of(gateway)
    if verb == "register":
        return RegisterForm(gateway, scene, drafts, given)
    if verb == "call":
        return CallCard(gateway, scene, given)
    if card is not None and verb == contact_verb(scene.context.procedure):
        return CallCard(gateway, scene_of(gateway, "call", card), {"party": CALLER})
    if card is not None and verb == "confirm_response" and card.parties:
        return RollCall(gateway, scene)
    if verb == "note":
        return NoteForm(gateway, scene, drafts, given)
    if verb == "settle" and not given:
        return PromiseScreen(gateway)
    if card is not None and verb == "invite":
        return InviteForm(gateway, scene, drafts, given)
    if card is not None and verb == "reschedule":
        return EngagedForm(gateway, scene, drafts, given)
    if card is not None and verb == "convene":
        return ConveneForm(gateway, scene, drafts, given)
    if card is not None and verb == "attach":
        return AttachForm(gateway, scene, drafts, given)
    if card is not None and verb == "close" and scene.kind.field("checks"):
        return CloseForm(gateway, scene, drafts, given)
    return ActForm(gateway, scene, drafts, given)


def open_register(gateway: Gateway) -> Dialog:
    """The empty register form, or what was typed into it before."""
    return RegisterForm(gateway, scene_of(gateway, "register", None), drafts_of(gateway))


def warm_letters(gateway: Gateway) -> None:
    """Find the initials of everything that a key may ask for, before it does."""
    context = gateway.context
    procedure = context.procedure
    names = [name for grid in context.places.grids for name in (grid.name, grid.short)]
    names += [word for role in procedure.roles.values() for word in (role.zh, role.en)]
    for verb, kind in procedure.acts.items():
        scene = scene_of(gateway, verb, None)
        offered = [one for field in kind.fields for one in options(scene, field, {})]
        names += [kind.label.zh, *(name for one in offered for name in one.names)]
    names += [name for one in party_options(scene_of(gateway, "note", None)) for name in one.names]
    people = getattr(context.plan, "people", ())
    names += [name for one in people for name in (one.department or one.office, one.name)]
    scene = scene_of(gateway, "note", None)
    books = (*matter_options(scene), *category_options(scene))
    names += [word for one in books for word in one.names]
    warm(filter(None, names))
