"""Which act a word names: its label, its first characters, its letters, or its English verb."""

from __future__ import annotations

from dataclasses import dataclass

from dutydesk.text import fold
from dutydesk.views.pinyin import initials
from dutydesk.workflow.procedure import Procedure

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
        words = (kind.label.zh, kind.label.en, name, *kind.words)
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
