"""Whether a procedure makes sense: every step chooses one transition, every name is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

from dutydesk.workflow.cases.asked import STATE_FACTS
from dutydesk.workflow.check_adjusting import adjusting_problems
from dutydesk.workflow.check_keys import key_problems
from dutydesk.workflow.check_names import name_problems, table_problems
from dutydesk.workflow.check_organisation import organisation_problems
from dutydesk.workflow.check_problem import Problem
from dutydesk.workflow.check_proposed import proposal_problems
from dutydesk.workflow.check_writeback import writeback_problems
from dutydesk.workflow.procedure import NO_CASE, Effect, Procedure, Transition, build
from dutydesk.workflow.templates import template_problems

__all__ = ["Problem", "check", "check_table"]

MOST_KEYS = 9
"""A state's acts have the digits 1 to 9."""


def check_table(table: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What is wrong with a parsed procedure file, also where it cannot be built at all.

    Raises KeyError, ValueError or TypeError only where ``build`` does and no problem was found.
    """
    found = tuple(table_problems(table)) or tuple(adjusting_problems(table))
    return found or check(build(table))


def check(procedure: Procedure) -> tuple[Problem, ...]:
    """Everything that is wrong with a procedure; empty when it can be run.

    Unknown names come alone: what follows from them would say the same again.
    """
    found = (*name_problems(procedure), *adjusting_problems(procedure.raw))
    if found:
        return found
    return (
        *_choices(procedure),
        *_reachable(procedure),
        *_leaving(procedure),
        *_clocks_end(procedure),
        *_end_states(procedure),
        *_keys(procedure),
        *_acts(procedure),
        *writeback_problems(procedure),
        *template_problems(procedure),
        *proposal_problems(procedure),
        *organisation_problems(procedure.raw),
        *key_problems(procedure.raw),
    )


# ── exactly one transition ──────────────────────────────────────────────────────────────────────


def _choices(procedure: Procedure) -> Iterator[Problem]:
    """(state, verb, when) selects exactly one transition."""
    for state in (NO_CASE, *procedure.states):
        for verb in procedure.acts:
            rows = procedure.steps(state, verb)
            if rows:
                yield from _step(procedure, f"{state}.{verb}", rows)


def _settled(procedure: Procedure, verb: str, name: str) -> bool:
    """A fact of the case itself: where no transition names its value, the act is not open.

    What is kept beside a case is one, unless a field of the act gives it anew.
    """
    kept = name in procedure.values.get("kept", ())
    return name in STATE_FACTS or (kept and procedure.acts[verb].field(name) is None)


def _step(procedure: Procedure, where: str, rows: tuple[Transition, ...]) -> Iterator[Problem]:
    for one, other in combinations(rows, 2):
        if _overlap(one, other):
            yield Problem("overlap", where, {"transitions": [one.id, other.id]})
    names = sorted({name for row in rows for name, _ in row.when})
    domains = [_domain(procedure, rows[0].verb, name, rows) for name in names]
    for values in product(*domains):
        facts = dict(zip(names, values, strict=True))
        if not any(row.fits(facts) for row in rows) and _concerns(procedure, rows, facts):
            yield Problem("gap", where, {"facts": facts})


def _overlap(one: Transition, other: Transition) -> bool:
    theirs = dict(other.when)
    return all(set(values) & set(theirs.get(name, values)) for name, values in one.when)


def _concerns(
    procedure: Procedure, rows: tuple[Transition, ...], facts: Mapping[str, object]
) -> bool:
    """Whether some transition is about a case of these facts at all."""
    return any(
        all(
            facts[name] in values
            for name, values in row.when
            if _settled(procedure, row.verb, name)
        )
        for row in rows
    )


def _domain(
    procedure: Procedure, verb: str, name: str, rows: tuple[Transition, ...]
) -> tuple[object, ...]:
    """The values a fact can have, as far as a step can tell them apart."""
    if _settled(procedure, verb, name):
        return tuple({v for row in rows for n, values in row.when if n == name for v in values})
    field = procedure.acts[verb].field(name)
    return field.choices if field is not None and field.choices else (True, False)


# ── states ──────────────────────────────────────────────────────────────────────────────────────


def _targets(procedure: Procedure, state: str, *, starred: bool) -> set[str]:
    """The states that an act leads to from a state; starred transitions name it only with all."""
    found = set()
    for row in procedure.transitions:
        named = state in row.from_
        if row.to is not None and (named or (starred and state in procedure.expand(row.from_))):
            found.add(row.to)
    return found


def _reachable(procedure: Procedure) -> Iterator[Problem]:
    seen: set[str] = set()
    waiting = [NO_CASE]
    while waiting:
        for target in _targets(procedure, waiting.pop(), starred=True) - seen:
            seen.add(target)
            waiting.append(target)
    for state in procedure.states:
        if state not in seen:
            yield Problem("unreachable_state", f"states.{state}")


def _leaving(procedure: Procedure) -> Iterator[Problem]:
    """Each open state can reach an end by acts that name it on the way."""
    ends = {s.name for s in procedure.states.values() if s.end}
    if not ends:
        yield Problem("no_end_state", "states")
        return
    leads = set(ends)
    while True:
        more = {
            state
            for state in procedure.states
            if state not in leads and _targets(procedure, state, starred=False) & leads
        }
        if not more:
            break
        leads |= more
    for state in procedure.states:
        if state not in leads:
            yield Problem("no_way_out", f"states.{state}")


# ── clocks ──────────────────────────────────────────────────────────────────────────────────────


def _clocks_end(procedure: Procedure) -> Iterator[Problem]:
    """A clock that is started is stopped or ended by its name somewhere, and the other way."""
    effects = [e for row in procedure.transitions for e in row.effects]
    started = {e.name for e in effects if e.kind in ("start", "move")}
    ended = {e.name for e in effects if e.kind in ("stop", "end")}
    for name in procedure.clocks:
        if name not in started:
            yield Problem("clock_never_started", f"clocks.{name}")
        elif name not in ended:
            yield Problem("clock_never_stopped", f"clocks.{name}")


def _end_states(procedure: Procedure) -> Iterator[Problem]:
    """No clock can still run in an end state."""
    running = _running(procedure)
    for state in procedure.states.values():
        if state.end and running[state.name]:
            clocks = sorted(running[state.name])
            yield Problem("clock_runs_at_end", f"states.{state.name}", {"clocks": clocks})


def _running(procedure: Procedure) -> dict[str, set[str]]:
    """The clocks that may run in each state."""
    running: dict[str, set[str]] = {name: set() for name in (NO_CASE, *procedure.states)}
    changed = True
    while changed:
        changed = False
        for row in procedure.transitions:
            for state in procedure.expand(row.from_):
                target = row.to or state
                after = _after(running[state], row.effects) - running[target]
                running[target] |= after
                changed = changed or bool(after)
    return running


def _after(running: set[str], effects: tuple[Effect, ...]) -> set[str]:
    left = set(running)
    for effect in effects:
        if effect.kind in ("start", "move"):
            left.add(effect.name)
        elif effect.kind in ("stop", "end") and effect.target != "party":
            left = set() if effect.name == "all" else left - {effect.name}
    return left


# ── keys and acts ───────────────────────────────────────────────────────────────────────────────


def _keys(procedure: Procedure) -> Iterator[Problem]:
    """What a state offers by key is what some transition allows."""
    for state in procedure.states.values():
        where = f"states.{state.name}"
        for verb in dict.fromkeys((*state.keys, *((state.main,) if state.main else ()))):
            if not procedure.steps(state.name, verb):
                yield Problem("key_not_allowed", where, {"verb": verb})
        if len(state.keys) > MOST_KEYS or len(set(state.keys)) < len(state.keys):
            yield Problem("keys_do_not_fit", where, {"most": MOST_KEYS, "keys": list(state.keys)})


def _acts(procedure: Procedure) -> Iterator[Problem]:
    """Each act that concerns a case has a transition; what is bundled is done to cases."""
    used = {row.verb for row in procedure.transitions}
    for verb, kind in procedure.acts.items():
        to_cases = any(procedure.steps(state, verb) for state in procedure.states)
        if kind.bundle and (kind.internal or not to_cases):
            yield Problem("bundle_needs_cases", f"acts.{verb}")
        if kind.desk != "only" and verb not in used:
            yield Problem("act_without_transition", f"acts.{verb}")
