"""Which act a word names: its label, its first characters, its letters, or its English verb."""

from __future__ import annotations

from dataclasses import dataclass

from dutydesk.text import fold
from dutydesk.views.pinyin import initials
from dutydesk.workflow.procedure import Procedure

SHORT = {
    "accept": ("受",),
    "refuse": ("拒",),
    "dispatch": ("派",),
    "convene": ("协", "协调", "发", "发起", "推"),
    "call": ("致", "电", "电话"),
    "record_instruction": ("指示", "记"),
    "request_instruction": ("请",),
    "report_to_head": ("告",),
    "confirm_response": ("到", "到场", "应"),
    "record_outcome": ("协议", "果"),
    "mark_done": ("完", "完成"),
    "file_result": ("填", "反馈"),
    "return_for_rework": ("返", "返工"),
    "return_to_desk": ("退", "退回"),
    "submit_to_head": ("报",),
    "submit_to_street": ("提",),
    "close": ("结", "结案"),
    "urge": ("催",),
    "supervise": ("督",),
    "note": ("便", "注"),
    "merge": ("并",),
    "withdraw": ("撤",),
    "register": ("登", "录"),
    "contact_citizen": ("市民", "回访"),
    "hand_over": ("交",),
    "take_over": ("接",),
    "presence": ("在",),
}
"""What the desk says for an act beside its label; one that leads nowhere in a state gives way."""
NEVER = frozenset(("linked", "take_back", "upstream_changed", "upstream_urged"))
"""Acts that no person does."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One act with everything it answers to."""

    name: str
    label: str
    words: tuple[str, ...]
    letters: tuple[str, ...]

    def fit(self, typed: str) -> int | None:
        """How well a folded word names it: 0 whole, 1 its beginning, 2 its letters; None not."""
        if typed in self.words:
            return 0
        if len(typed) > 1 and typed in self.letters:
            return 1
        if any(word.startswith(typed) for word in self.words):
            return 1
        return 2 if typed.isascii() and any(one.startswith(typed) for one in self.letters) else None


def vocabulary(procedure: Procedure, lang: str) -> tuple[Verb, ...]:
    """The acts that a person may ask for, in the order of the procedure."""
    found = []
    for name, kind in procedure.acts.items():
        if kind.internal or name in NEVER:
            continue
        words = (kind.label.zh, kind.label.en, name, *SHORT.get(name, ()))
        letters = (initials(kind.label.zh),)
        label = kind.label.in_(lang)
        found.append(Verb(name, label, tuple(dict.fromkeys(map(fold, words))), letters))
    return tuple(found)


def ranked(
    verbs: tuple[Verb, ...], typed: str, procedure: Procedure, state: str | None
) -> tuple[tuple[Verb, int], ...]:
    """The acts that a word may name, the likeliest first, each with how well it fits.

    An act that the state allows comes before one that it does not, the state's own before others.
    """
    allowed = _allowed(procedure, state)
    main = _main(procedure, state)
    fits = [(verb, how) for verb in verbs if (how := verb.fit(fold(typed).strip())) is not None]

    def order(entry: tuple[Verb, int]) -> tuple[bool, int, bool, int]:
        verb, how = entry
        place = allowed.index(verb.name) if verb.name in allowed else len(allowed)
        return verb.name not in allowed, how, verb.name != main, place

    return tuple(sorted(fits, key=order))


def meant(
    verbs: tuple[Verb, ...], typed: str, procedure: Procedure, state: str | None
) -> Verb | None:
    """The one act that a word means beyond doubt; None where it means none or several."""
    found = ranked(verbs, typed, procedure, state)
    if not found:
        return None
    allowed = _allowed(procedure, state)
    first, how = found[0]
    rivals = [
        verb
        for verb, other in found[1:]
        if other == how and (verb.name in allowed) == (first.name in allowed)
    ]
    main = _main(procedure, state)
    return first if not rivals or first.name == main else None


def _allowed(procedure: Procedure, state: str | None) -> tuple[str, ...]:
    """The acts that need no case come last: a word that names one of a case means that."""
    of_state = procedure.verbs_from(state) if state is not None else ()
    desk = tuple(name for name, kind in procedure.acts.items() if kind.desk or name == "register")
    return tuple(dict.fromkeys((*of_state, *desk)))


def _main(procedure: Procedure, state: str | None) -> str | None:
    found = procedure.states.get(state or "")
    return found.main if found else None
