"""A typed line read as a command: which act, on which case, and the words that are left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dutydesk.screens.command.verbs import Verb, meant, ranked
from dutydesk.text import fold
from dutydesk.views.queue import QueueRow
from dutydesk.workflow.procedure import Procedure

_GLUED = re.compile(r"(?P<verb>[^\W\d]+)(?P<no>\d{2,})(?P<rest>.*)")
_DIGITS = re.compile(r"\d{1,24}")
MOST = 9


@dataclass(frozen=True, slots=True)
class Known:
    """What a line is read against; `found` are numbers that the store gave for a tail."""

    procedure: Procedure
    verbs: tuple[Verb, ...]
    rows: tuple[QueueRow, ...] = ()
    selected: str | None = None
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)

    def ending(self, digits: str) -> tuple[str, ...]:
        """The numbers of the cases that the digits may mean; the store's word counts most."""
        if digits in self.found:
            return self.found[digits]
        hits = [r.no for r in self.rows if r.no.endswith(digits) or _upstream(r, digits)]
        whole = [no for no in hits if no == digits]
        return tuple(whole or dict.fromkeys(hits))

    def state(self, no: str | None) -> str | None:
        """The state of a case, None where it is not known yet."""
        if no in self.states:
            return self.states[no or ""]
        return next((row.state for row in self.rows if row.no == no), None)


def _upstream(row: QueueRow, digits: str) -> bool:
    return bool(row.external_no) and fold(str(row.external_no)).endswith(digits)


@dataclass(frozen=True, slots=True)
class Head:
    """What the beginning of a line says.

    `kind` is nothing, act, case, verbs (several acts, or none chosen), several (cases), unknown
    (no such case, `digits`) or words (no command at all). `rest` are the words after it.
    """

    kind: str
    verb: str | None = None
    no: str | None = None
    rest: tuple[str, ...] = ()
    digits: str = ""
    verbs: tuple[Verb, ...] = ()
    cases: tuple[str, ...] = ()
    text: str = ""


def tokens(text: str) -> tuple[str, ...]:
    """The words of a line, full-width signs narrow; a verb written onto its number stands alone."""
    words = fold(text.replace("，", " ").replace("；", " ")).split()
    if words and (glued := _GLUED.fullmatch(words[0])):
        parts = [glued["verb"], glued["no"], glued["rest"]]
        words[:1] = [part for part in parts if part]
    return tuple(words)


def read(text: str, known: Known) -> Head:
    """What a line asks for; pure, and the same for a line that is still being typed."""
    words = tokens(text)
    if not words:
        return Head("nothing", no=known.selected)
    if _DIGITS.fullmatch(words[0]):
        return _number_first(words, known)
    return _verb_first(words, known)


def _number_first(words: tuple[str, ...], known: Known) -> Head:
    digits, rest = words[0], words[1:]
    hits = known.ending(digits)
    if rest and len(hits) > 1:
        hits = _fitting(rest[0], hits, known)
    if len(hits) != 1:
        kind = "several" if hits else "unknown"
        return Head(kind, digits=digits, cases=hits[:MOST], rest=rest)
    if not rest:
        return Head("case", no=hits[0], digits=digits)
    return _act(rest[0], rest[1:], hits[0], known, digits)


def _verb_first(words: tuple[str, ...], known: Known) -> Head:
    word, rest = words[0], words[1:]
    if not ranked(known.verbs, word, known.procedure, None):
        return Head("words", text=" ".join(words))
    no, digits = known.selected, ""
    if rest and _DIGITS.fullmatch(rest[0]):
        hits = _fitting(word, known.ending(rest[0]), known)
        verb = meant(known.verbs, word, known.procedure, known.state(known.selected))
        if len(hits) > 1:
            return Head("several", _name(verb), digits=rest[0], cases=hits[:MOST], rest=rest[1:])
        if hits:
            no, digits, rest = hits[0], rest[0], rest[1:]
        elif not _may_be_time(rest[0]):
            return Head("unknown", _name(verb), digits=rest[0], rest=rest[1:])
        else:
            digits = rest[0]
    return _act(word, rest, no, known, digits)


def _fitting(word: str, hits: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """Of several cases the one in whose state the verb is at home, where it is only one."""
    if len(hits) < 2:
        return hits
    names = {verb.name for verb, _how in ranked(known.verbs, word, known.procedure, None)}
    home = [no for no in hits if names & set(known.procedure.verbs_from(known.state(no) or ""))]
    return tuple(home) if len(home) == 1 else hits


def _may_be_time(digits: str) -> bool:
    """1430 may be a time of day; whether a case ends so is for the store to say first."""
    return len(digits) in (3, 4) and int(digits[:-2]) <= 24 and int(digits[-2:]) < 60


def _act(word: str, rest: tuple[str, ...], no: str | None, known: Known, digits: str) -> Head:
    state = known.state(no)
    found = ranked(known.verbs, word, known.procedure, state)
    if not found:
        return Head("verbs", no=no, rest=(word, *rest), digits=digits)
    verb = meant(known.verbs, word, known.procedure, state)
    kinds = tuple(one for one, _how in found[:MOST])
    if verb is None:
        return Head("verbs", no=no, rest=rest, digits=digits, verbs=kinds, text=word)
    case = None if known.procedure.acts[verb.name].desk == "only" or verb.name == "register" else no
    return Head("act", verb.name, case, rest, digits, verbs=kinds, text=word)


def _name(verb: Verb | None) -> str | None:
    return verb.name if verb else None
