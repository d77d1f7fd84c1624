"""Every name and value in a procedure is one that the engine knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from dutydesk.workflow.alarms.ladder import ALARM_FACTS
from dutydesk.workflow.cases.asked import FACTS
from dutydesk.workflow.cases.decide import REFUSAL_ORDER
from dutydesk.workflow.cases.fields import FIELD_TYPES
from dutydesk.workflow.cases.guards import GUARDS, GUARDS_OF
from dutydesk.workflow.cases.setters import SETTERS
from dutydesk.workflow.cases.starting import CAP_FROM, START_RULES, VARIED
from dutydesk.workflow.cases.summary import WAITS
from dutydesk.workflow.check_problem import Problem
from dutydesk.workflow.duty.posts import DOES, PER, SHOWN
from dutydesk.workflow.extending import OWN, ROLLOUT, unknown_locks
from dutydesk.workflow.procedure import (
    ANY,
    CITED,
    NO_CASE,
    OPEN,
    ActKind,
    ClockKind,
    Effect,
    Procedure,
    Rung,
    Transition,
)
from dutydesk.workflow.time.counting import SWITCHES

CLOCK_EFFECTS = ("start", "stop", "end", "move")
EFFECTS = ("set", "go", *CLOCK_EFFECTS)
TARGETS = ("party", "parties", "station", "duties", "all")
LIMITED = ("limit", "after_coordination")
"""The due rules that need the clock's own limit."""

TABLES = ("procedure", "desk", "roles", "states", "clocks", "fields", "acts", "transitions")
HEAD = (
    *(*OWN, *SWITCHES),
    *("kept", "departments", "numbered_channels", "incident_channels", "linkage_channels"),
    *("emergency_channels", "owner_field", "grid_code", "bases", "fortnight_anchor", "meeting"),
    *("track_precedence", "track_of", "track_words", "urgent_track", "forced_track"),
    *("instruction_givers", "prescribed_checks", "max_returns_before_proposal"),
    *("late_refusal", "retry_min"),
)
"""What `[procedure]` may say; a misspelt counting switch would count otherwise in silence."""
MOMENTS = ("after", "before", "share", "every", "near", "opening")


def _unknown(code: str, where: str, name: object, known: Collection[str]) -> Iterator[Problem]:
    if name not in known:
        yield Problem(code, where, {"name": name, "known": sorted(known)})


# ── before it is built ──────────────────────────────────────────────────────────────────────────


def table_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """What keeps a parsed file from being built: missing tables, act fields, effect words."""
    missing = [name for name in TABLES if name not in table]
    if missing:
        yield from (Problem("table_missing", name) for name in missing)
        return
    for verb, act in table["acts"].items():
        for text in act.get("fields", ()):
            name = str(text).split(" ")[0].rstrip("*")
            yield from _unknown("unknown_field", f"acts.{verb}", name, table["fields"])
    for row in table["transitions"]:
        for effect in row.get("effects", ()):
            if len(str(effect).split()) not in (2, 4, 6):
                where = f"transitions.{row.get('id')}"
                yield Problem("unknown_effect", where, {"name": effect, "known": list(EFFECTS)})


# ── names ───────────────────────────────────────────────────────────────────────────────────────


def name_problems(procedure: Procedure) -> Iterator[Problem]:
    """Everything a procedure names that the engine or the procedure itself does not have."""
    for row in procedure.transitions:
        yield from _transition(procedure, row)
    for name, field in procedure.fields.items():
        yield from _unknown("unknown_field_type", f"fields.{name}", field.type, FIELD_TYPES)
    for name, kinds in procedure.clocks.items():
        for kind in kinds.values():
            where = f"clocks.{name}" + (f".{kind.variant}" if kind.variant else "")
            yield from _clock(procedure, where, kind)
    yield from _states(procedure)
    yield from _mends(procedure)
    yield from _clauses(procedure)
    yield from _values(procedure)


def _transition(procedure: Procedure, row: Transition) -> Iterator[Problem]:
    where = f"transitions.{row.id}"
    for state in row.from_:
        yield from _unknown("unknown_state", where, state, (*procedure.states, NO_CASE, ANY, OPEN))
    for role in row.by:
        yield from _unknown("unknown_role", where, role, procedure.roles)
    for guard in row.guards:
        yield from _guard(procedure, where, guard)
    yield from _unknown("unknown_verb", where, row.verb, procedure.acts)
    if row.verb not in procedure.acts:
        return
    for name, values in row.when:
        yield from _fact(procedure, row, name, values)
    for effect in row.effects:
        yield from _effect(procedure, row, effect)


def _guard(procedure: Procedure, where: str, guard: str) -> Iterator[Problem]:
    """A guard is known, and so is the act or the field that it is asked about."""
    name, _, argument = guard.partition(" ")
    yield from _unknown("unknown_guard", where, name, GUARDS_OF if argument else GUARDS)
    if argument and name == "kept":
        yield from _unknown("unknown_field", where, argument, _kept(procedure))
    elif argument and name in ("ended", "awaited", "in_time"):
        yield from _unknown("unknown_clock", where, argument, procedure.clocks)
    elif argument:
        yield from _unknown("unknown_verb", where, argument, procedure.acts)


def _kept(procedure: Procedure) -> tuple[str, ...]:
    """The fields of its own that the procedure keeps beside a case."""
    return tuple(procedure.values.get("kept", ()))


def _fact(
    procedure: Procedure, row: Transition, name: str, values: tuple[object, ...]
) -> Iterator[Problem]:
    """A fact is of the closed list; what a field decides is a mandatory field of the act."""
    where = f"transitions.{row.id}"
    if name in FACTS or name in _kept(procedure):
        return
    asked = {f.name for kind in procedure.acts.values() for f in kind.fields}
    yield from _unknown("unknown_fact", where, name, (*FACTS, *asked))
    field = procedure.acts[row.verb].field(name)
    if name in asked and (field is None or not field.mandatory):
        yield Problem("fact_not_asked", where, {"name": name, "verb": row.verb})
    elif field is not None and field.choices:
        for value in values:
            yield from _unknown("unknown_value", where, value, field.choices)


def _effect(procedure: Procedure, row: Transition, effect: Effect) -> Iterator[Problem]:
    where = f"transitions.{row.id}"
    yield from _unknown("unknown_effect", where, effect.kind, EFFECTS)
    if effect.kind == "set":
        yield from _unknown("unknown_setter", where, effect.name, SETTERS)
    elif effect.kind == "go":
        yield from _unknown("unknown_state", where, effect.name, procedure.states)
    elif effect.kind in CLOCK_EFFECTS:
        known = (*procedure.clocks, "all") if effect.kind in ("stop", "end") else procedure.clocks
        yield from _unknown("unknown_clock", where, effect.name, known)
        if effect.target is not None:
            yield from _unknown("unknown_target", where, effect.target, TARGETS)
        fields = [f.name for f in procedure.acts[row.verb].fields]
        if effect.at is not None:
            yield from _unknown("unknown_field", where, effect.at, fields)


# ── clocks ──────────────────────────────────────────────────────────────────────────────────────


def _clock(procedure: Procedure, where: str, kind: ClockKind) -> Iterator[Problem]:
    """Each value is marked text, with its clause, or house."""
    yield from _unknown("unknown_due_rule", where, kind.due, START_RULES)
    if kind.basis not in ("text", "house") or (kind.basis == "text" and not kind.clause):
        yield Problem("value_not_marked", where, {"basis": kind.basis, "clause": kind.clause})
    if kind.due in LIMITED and kind.limit is None:
        yield Problem("limit_missing", where, {"due": kind.due})
    for fact in kind.vary:
        yield from _unknown("unknown_fact", where, fact, (*VARIED, *_kept(procedure)))
    for moment in (kind.cap_from, *((kind.since,) if kind.since else ())):
        yield from _unknown("unknown_field", where, moment, CAP_FROM)
    for number, rung in enumerate((*kind.warnings, *kind.ladder)):
        yield from _rung(procedure, f"{where}.{number}", rung)


def _rung(procedure: Procedure, where: str, rung: Rung) -> Iterator[Problem]:
    given = (rung.after_s, rung.before_s, rung.before_work, rung.share, rung.every_s, rung.near)
    count = sum(value is not None for value in given) + rung.opening
    if count != 1:
        yield Problem("rung_without_one_moment", where, {"known": list(MOMENTS), "count": count})
    if not rung.to:
        yield Problem("rung_to_nobody", where)
    for role in rung.to:
        yield from _unknown("unknown_role", where, role, procedure.roles)
    for name, _ in rung.when:
        yield from _unknown("unknown_fact", where, name, ALARM_FACTS)


# ── states, mends, values ───────────────────────────────────────────────────────────────────────


def _states(procedure: Procedure) -> Iterator[Problem]:
    for state in procedure.states.values():
        where = f"states.{state.name}"
        for verb in (*state.keys, *((state.main,) if state.main else ())):
            yield from _unknown("unknown_verb", where, verb, procedure.acts)
        if state.waits_for is not None:
            known = (*WAITS, *procedure.roles)
            yield from _unknown("unknown_value", where, state.waits_for, known)
        if state.then is not None:
            yield from _unknown("unknown_role", where, state.then, procedure.roles)
        if not state.end and state.hands is None:
            yield Problem("key_missing", where, {"name": "hands"})
        elif not state.end and state.hands not in ("mine", "theirs"):
            yield from _unknown("unknown_value", where, state.hands, ("mine", "theirs"))
    for verb, kind in procedure.acts.items():
        if kind.undo is not None:
            yield from _unknown("unknown_verb", f"acts.{verb}", kind.undo, procedure.acts)
        yield from _does(verb, kind)


def _does(verb: str, kind: ActKind) -> Iterator[Problem]:
    """What an act does to the desk is known, and the act asks for what that needs."""
    if kind.does is None:
        return
    yield from _unknown("unknown_value", f"acts.{verb}", kind.does, DOES)
    asked = {field.name for field in kind.fields}
    for name in DOES.get(kind.does, ()):
        if name not in asked:
            params = {"name": name, "known": sorted(asked)}
            yield Problem("unknown_field", f"acts.{verb}", params)


def _posts(procedure: Procedure) -> Iterator[Problem]:
    """Posts are of roles, held as often as is known, and listed once; units stand with one."""
    seen: set[str] = set()
    for number, post in enumerate(procedure.parts.posts):
        where = f"desk.posts.{number}"
        yield from _unknown("unknown_role", where, post.role, procedure.roles)
        yield from _unknown("unknown_value", where, post.per, PER)
        yield from _unknown("unknown_value", where, post.shown, SHOWN)
        if post.role in seen:
            yield Problem("named_twice", where, {"name": post.role})
        if (post.per == "unit") != bool(post.units):
            yield Problem("units_missing", where, {"name": post.role})
        seen.add(post.role)


def _mends(procedure: Procedure) -> Iterator[Problem]:
    """A refusal is mended by an act that exists, in a state that exists."""
    for code, mend in procedure.mends.items():
        where = f"mends.{code}"
        yield from _unknown("unknown_code", where, code, REFUSAL_ORDER)
        for state, verb in (mend if isinstance(mend, dict) else {"": mend}).items():
            if state:
                yield from _unknown("unknown_state", where, state, procedure.states)
            yield from _unknown("unknown_verb", where, verb, procedure.acts)


def _clauses(procedure: Procedure) -> Iterator[Problem]:
    """A clause stands beside a guard or a thing of the desk that is known, in a step that is."""
    steps = {row.id for row in procedure.transitions}
    for what, said in procedure.clauses.items():
        yield from _unknown("unknown_guard", f"clauses.{what}", what, {*GUARDS, *GUARDS_OF, *CITED})
        for name in said if isinstance(said, Mapping) else ():
            yield from _unknown("unknown_value", f"clauses.{what}", name, steps)


def _values(procedure: Procedure) -> Iterator[Problem]:
    """The named values that guards and rungs look up."""
    where, values = "procedure", procedure.values
    for name in values:
        yield from _unknown("unknown_key", where, name, HEAD)
    checks = procedure.fields["checks"].choices if "checks" in procedure.fields else ()
    for item in values.get("prescribed_checks", ()):
        yield from _unknown("check_removed", "fields.checks", item, checks)
    yield from _posts(procedure)
    for role in procedure.parts.named:
        yield from _unknown("unknown_role", "desk", role, procedure.roles)
    if "rollout" in values:
        yield from _unknown("unknown_value", where, values["rollout"], ROLLOUT)
    for lock in unknown_locks(procedure.raw):
        yield Problem("lock_names_nothing", "prescribed.lock", {"name": lock})
    for name in _kept(procedure):
        yield from _unknown(
            "unknown_field", where, name, {f.name for f in procedure.fields.values()}
        )
    for switch, known in SWITCHES.items():
        if switch in values:
            yield from _unknown("unknown_value", where, values[switch], known)
    classes = procedure.fields["difficulty"].choices if "difficulty" in procedure.fields else ()
    for difficulty in classes:
        yield from _unknown("unknown_value", where, difficulty, values.get("track_of", {}))
    for givers in values.get("instruction_givers", {}).values():
        for role in givers:
            yield from _unknown("unknown_role", where, role, procedure.roles)
