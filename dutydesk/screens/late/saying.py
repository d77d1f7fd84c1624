"""What a line of a list says, and what is wrong with one that cannot be done."""

from __future__ import annotations

from datetime import datetime

from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _, listed
from dutydesk.screens.command.looking import View
from dutydesk.screens.forms.layout import fields
from dutydesk.screens.forms.submit import AT
from dutydesk.text import fit, mask_numbers, one_line
from dutydesk.views.labels import Words
from dutydesk.views.spoken import spoken
from dutydesk.views.wording import claused, word

OWN_SCREEN = frozenset(("close", "attach"))
"""Acts that are looked at part by part or take a file: never by a list, no more than those that
two sign."""
LONGEST = 28
"""How many cells of one value are said."""
MOST = 4
"""How many cases or acts are named where several are meant."""


def said_of(view: View, words: Words) -> str:
    """The act with what was typed for it, as the desk reads it; empty where there is none."""
    proposal = view.proposal
    if proposal is None:
        return ""
    verb, parts = proposal.scene.verb, [words.verb(proposal.scene.verb)]
    for name, value in proposal.given.items():
        if name == AT or value is False:
            continue
        if isinstance(value, datetime):
            parts.append(spoken(value, proposal.scene.now, words.lang))
        else:
            said = mask_numbers(one_line(words.value(verb, name, value)))
            parts.append(fit(said, LONGEST).rstrip())
    return " ".join(parts)


def what_is_wrong(view: View, words: Words) -> str:
    """Why a line cannot be done, as one sentence; empty where it can."""
    proposal, verb = view.proposal, view.head.verb
    kind = words.procedure.acts.get(verb or "")
    signed = kind is not None and kind.does in ("hand_over", "take_over")
    if verb is not None and (signed or verb in OWN_SCREEN):
        return _("“{act}”要在它自己的画面里办").format(act=words.verb(verb))
    if proposal is None:
        return _no_act(view, words)
    if view.act is not None and not view.act.open:
        return view.act.why_not or _("现在不能办")
    if proposal.missing:
        known = fields(proposal.scene)
        names = [known[n].label.in_(words.lang) if n in known else n for n in proposal.missing]
        return _("缺 {field}").format(field=listed(names))
    if proposal.unread:
        return _("读不懂“{text}”").format(text=one_line(" ".join(proposal.unread)))
    error = view.rehearsed.error if view.rehearsed else None
    return "" if error is None else worded(error, words)


def worded(error: Refused | BadInput, words: Words) -> str:
    """Why an act was not done, with the clause that says so."""
    if isinstance(error, Refused):
        return claused(word(error, words), error.clause)
    return str(error)


def _no_act(view: View, words: Words) -> str:
    head = view.head
    if head.kind == "unknown":
        return _("没有编号以 {digits} 结尾的案件").format(digits=head.digits)
    if head.kind == "several":
        shown = " ".join(no[-6:] for no in head.cases[:MOST])
        return _("{digits} 不只一件，请多写几位：{shown}").format(digits=head.digits, shown=shown)
    if head.kind == "verbs" and head.verbs:
        shown = listed(words.verb(verb.name) for verb in head.verbs[:MOST])
        return _("“{text}”可以是 {shown}，请写明").format(text=head.text, shown=shown)
    if head.kind == "act":
        return _("没有写是哪一件")
    if head.kind in ("nothing", "case"):
        return _("没有写办了什么")
    said = head.text or " ".join(head.rest)
    return _("读不懂“{text}”").format(text=one_line(said))
