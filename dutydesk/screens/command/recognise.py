"""The words after a verb sorted into the act's own fields, each by what kind of word it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dutydesk.config.when import PAST, BadWhen, parse_when
from dutydesk.screens.forms.defaults import defaults
from dutydesk.screens.forms.layout import fields, missing, shape
from dutydesk.screens.forms.options import Option, matching, resolve
from dutydesk.screens.forms.scene import Scene, case_parties, options
from dutydesk.screens.forms.submit import AT
from dutydesk.text import fold
from dutydesk.workflow.cases.values import absent
from dutydesk.workflow.procedure import Field
from dutydesk.workflow.time.limits import BadLimit
from dutydesk.workflow.time.limits import parse as parse_limit

Values = dict[str, object]
MANY = frozenset(("parties", "grids", "choices", "texts"))
NAMED = frozenset(("choice", "submit_reason", "grid", "station", "role", "party", "area", *MANY))
WORDS = frozenset(("text", "long_text"))
_AND = re.compile(r"[、,+&]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act as the line asks for it.

    `given` are the values that were typed, `values` those with the form's proposals; `unread`
    are words that fit nowhere. `missing` names mandatory fields that nobody has filled, `shown`
    the fields of the preview in their order. `open_field` is the next one to type.
    """

    scene: Scene
    given: Values
    values: Values
    missing: tuple[str, ...]
    shown: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def open_field(self) -> Field | None:
        known = fields(self.scene)
        names = [*self.missing, *self.shown]
        return next((known[n] for n in names if n in known and n not in self.given), None)


def propose(scene: Scene, words: Sequence[str]) -> Proposal:
    """The act with the words in its fields and the form's own proposals for the others."""
    given: Values = {}
    rest: list[str] = []
    for word in words:
        if not _take(scene, given, word):
            rest.append(word)
    unread = _as_text(scene, given, rest)
    return _filled(scene, given, unread)


def _filled(scene: Scene, given: Values, unread: tuple[str, ...]) -> Proposal:
    base = dict(given)
    proposals = {**defaults(scene, base), **base}
    if scene.verb == "accept" and "dispatch" not in given:
        # A line does the one act that it names; the form offers the dispatch with it.
        proposals["dispatch"] = False
    now = shape(scene, proposals)
    shown = tuple(n for n in (*now.front, *now.folded) if n in now.front or n in given)
    values = {n: proposals[n] for n in shown if n in proposals and not absent(proposals[n])}
    values |= {n: v for n, v in given.items() if n not in values}
    return Proposal(scene, given, values, missing(scene, values), shown, unread)


def _take(scene: Scene, given: Values, word: str) -> bool:
    """Put a word into the first field that it fits."""
    if _time(scene, given, word):
        return True
    # Known now: which fields the values so far leave open.
    open_fields = [f for f in _front(scene, given) if f.name not in given or f.type in MANY]
    for field in open_fields:
        found = _value(scene, field, given, word)
        if found is None:
            continue
        held = given.get(field.name)
        if field.type in MANY and isinstance(held, list):
            fresh = [one for one in found if one not in held]  # type: ignore[attr-defined]
            given[field.name] = [*held, *fresh]
        else:
            given[field.name] = found
        return True
    return False


def _front(scene: Scene, given: Values) -> list[Field]:
    """The fields of the act: those that must be filled first, the folded ones last."""
    known = fields(scene)
    now = shape(scene, {**defaults(scene, given), **given})
    order = [*now.front, *now.folded]
    rest = [name for name in known if name not in order]
    return [known[name] for name in (*order, *rest)]


def _time(scene: Scene, given: Values, word: str) -> bool:
    """A moment: in a field of the past where it lies back, else in one that looks ahead."""
    if word.isdigit() and len(word) < 3:
        return False
    now = scene.now
    try:
        at = parse_when(word, now)
    except BadWhen:
        return False
    free = [f.name for f in _front(scene, given) if f.type == "time" and f.name not in given]
    back = word.startswith("-") or _full(word)
    past = [name for name in free if name in PAST]
    ahead = [name for name in free if name not in PAST]
    if word.startswith("-") or (not ahead and past):
        given[past[0] if past else AT] = at
        return True
    if ahead:
        given[ahead[0]] = at if back else parse_when(word, now, ahead=True)
        return True
    if AT in given:
        return False
    given[AT] = at
    return True


def _full(word: str) -> bool:
    """Whether a moment names its own day."""
    return "-" in word[1:] or word[0] in "今昨前明后"


def _value(scene: Scene, field: Field, given: Mapping[str, object], word: str) -> object:
    """What a word says in a field, None where it does not fit."""
    if field.type in NAMED:
        return _named(scene, field, given, word)
    if field.type == "bool":
        return _flag(scene, field, word)
    if field.type == "limit":
        try:
            parse_limit(word)
        except BadLimit:
            return None
        return None if word.isdigit() else word
    if field.type in ("number", "case") and word.isdigit():
        return word
    return None


def _named(scene: Scene, field: Field, given: Mapping[str, object], word: str) -> object:
    if word.isdigit():
        return None
    offers = options(scene, field, given)
    if field.type in MANY:
        parts = [part for part in _AND.split(word) if part]
        found = [_one(scene, field, offers, part) for part in parts]
        known = [value for value in found if value is not None]
        return known if known and len(known) == len(parts) else None
    return _one(scene, field, offers, word)


def _one(scene: Scene, field: Field, offers: tuple[Option, ...], word: str) -> str | None:
    """The one option that a word means; parties of the case before everybody else."""
    if field.type in ("party", "parties"):
        of_case = resolve(case_parties(scene), word)
        if of_case is not None:
            return of_case
    found = resolve(offers, word)
    if found is not None:
        return found
    begins = [one for one in offers if any(fold(n).startswith(fold(word)) for n in one.names)]
    return begins[0].value if len(begins) == 1 else None


def _flag(scene: Scene, field: Field, word: str) -> bool | None:
    """A field that is yes or no: by its own name, or by a part of it of two characters."""
    names = [fold(field.label.zh), fold(field.label.en)]
    if word in names or (field.name == "dispatch" and word in ("派", "派单", "dispatch")):
        return True
    if len(word) > 1 and any(word in name for name in names):
        return True
    for sign in ("不", "未", "no"):
        tail = word.removeprefix(sign)
        if tail != word and len(tail) > 1 and any(tail in name for name in names):
            return False
    return None


def _as_text(scene: Scene, given: Values, rest: Sequence[str]) -> tuple[str, ...]:
    """What is left is text: a word per field that must be filled, the rest in the last of them.

    Where there are fewer words than fields, those that the form proposes itself are left to it.
    """
    if not rest:
        return ()
    proposed = defaults(scene, given)
    free = [f for f in _front(scene, given) if f.type in WORDS and f.name not in given]
    must = shape(scene, {**proposed, **given}).needed
    wanted = [f for f in free if f.name in must]
    if not any(f.type == "long_text" for f in wanted):
        wanted += [f for f in free if f not in wanted and f.type == "long_text"][:1]
    wanted = wanted or free[:1]
    while len(wanted) > len(rest) and (spare := [f for f in wanted if f.name in proposed]):
        wanted.remove(spare[0])
    left = list(rest)
    for place, field in enumerate(wanted):
        if not left:
            break
        all_of_it = field.type == "long_text" or place == len(wanted) - 1
        given[field.name] = " ".join(left) if all_of_it else left[0]
        left = [] if all_of_it else left[1:]
    return tuple(left)


def completions(proposal: Proposal, typed: str) -> tuple[Option, ...]:
    """What may be typed next: the values of the next field that fit the word begun."""
    field = proposal.open_field
    if field is None or field.type not in NAMED:
        return ()
    offers = options(proposal.scene, field, proposal.values)
    return tuple(one for _number, one in matching(offers, typed))
