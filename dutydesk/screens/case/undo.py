"""Taking back the last act of a case: always a correcting act, never an erased one."""

from __future__ import annotations

from dataclasses import dataclass, field

from dutydesk.i18n import _
from dutydesk.views.card_rows import CaseCard, EventRow
from dutydesk.views.labels import Words

SIDE = frozenset(("reveal", "linked", "upstream_changed", "upstream_urged"))
"""Events that nobody would call the last act."""


@dataclass(frozen=True, slots=True)
class Undo:
    """The act that takes the last one back, with what its form is given; or why there is none."""

    verb: str | None
    said: str
    given: dict[str, object] = field(default_factory=dict)


def last_act(card: CaseCard) -> EventRow | None:
    """The last event that somebody did."""
    done = [e for e in card.events if e.verb not in SIDE and not e.by.startswith("system")]
    return max(done, key=lambda event: event.seq, default=None)


def undo(card: CaseCard, words: Words) -> Undo:
    """How the last act of a case is taken back, by the procedure's own word for it."""
    last = last_act(card)
    if last is None:
        return Undo(None, _("还没有可以撤销的操作"))
    kind = words.procedure.acts.get(last.verb)
    verb = kind.undo if kind else None
    if verb is None:
        said = _("“{act}”不能撤销：写错的用“更正”改（按 c），原记录保留")
        return Undo(None, said.format(act=last.label))
    row = next((act for act in card.acts if act.verb == verb), None)
    if row is None or not row.open:
        why = row.why_not if row and row.why_not else _("现在不能办")
        said = _("撤销“{act}”要“{undo}”：{why}")
        return Undo(None, said.format(act=last.label, undo=words.verb(verb), why=why))
    given: dict[str, object] = {"reason": _("误操作，撤销“{act}”").format(act=last.label)}
    if last.data.get("party"):
        given["party"] = last.data["party"]
    names = {f.name for f in words.procedure.acts[verb].fields}
    given = {name: value for name, value in given.items() if name in names}
    return Undo(verb, _("以“{undo}”撤销“{act}”").format(undo=row.label, act=last.label), given)
