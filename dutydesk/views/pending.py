"""What must be done before a case can go on: each thing with its state and the act that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.text import absolute
from dutydesk.views.card_rows import CheckRow
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.guards import instructed
from dutydesk.workflow.cases.model import Actor, Call, Case
from dutydesk.workflow.cases.reaching import again_at, unanswered
from dutydesk.workflow.context import Context as Rules

Rows = Iterator[CheckRow]
Lister = Callable[[Case, datetime, Rules, Words], Rows]


def pending(case: Case, now: datetime, rules: Rules, words: Words) -> tuple[CheckRow, ...]:
    """The checklist of the case's state, in the order in which it is worked."""
    lister = LISTS.get(rules.procedure.states[case.state].checklist or "")
    return tuple(lister(case, now, rules, words)) if lister else ()


def last_call(case: Case, party: str) -> Call | None:
    """The latest call of this run to the party."""
    return next((c for c in reversed(case.course.calls) if c.party == party), None)


def _receipt(case: Case, now: datetime, rules: Rules, words: Words) -> Rows:
    grid, category = case.grid or "", case.category or ""
    yield CheckRow("grid", words.field("grid"), bool(grid), "accept", None, grid)
    yield CheckRow("category", words.field("category"), bool(category), "accept", None, category)


def _coordination(case: Case, now: datetime, rules: Rules, words: Words) -> Rows:
    """Instruction, report to the head, one call per party: what the track asks for (X-5.2.3.x)."""
    if case.course.track not in rules.procedure.values.get("instruction_givers", {}):
        return
    me = Actor(rules.procedure.parts.operator)
    act = Act("convene", me, now, now, case.no)
    given = instructed(Asked(case, act, {}, rules, me, True)) is None
    last = case.course.instructions[-1] if case.course.instructions else None
    said = words.actor(last.giver) if last else ""
    if given and last is None:
        said = _("常设指示")
    elif not given and case.course.instruction_asked_at is not None:
        asked_at = absolute(case.course.instruction_asked_at, now, words.lang)
        said = _("{time} 已请示").format(time=asked_at)
    deputy = rules.procedure.parts.deputy or ""
    silent = None if given else again_at(case.course.calls, deputy, rules.procedure)
    if silent is not None:
        said = _tried(case, deputy, said)
    yield CheckRow("instruction", _("指示"), given, "record_instruction", None, said, silent)
    if case.course.track and case.course.track == rules.procedure.urgent_track:
        yield _report(case, now, rules, words)
    for party in case.course.parties:
        yield _call(case, party.name, rules, words)


def _report(case: Case, now: datetime, rules: Rules, words: Words) -> CheckRow:
    """The report to the head: an attempt is enough, a head who did not answer stays in sight."""
    at = case.course.head_reported_at
    when = absolute(at, now, words.lang) if at else ""
    head = rules.procedure.parts.head or ""
    again = again_at(case.course.calls, head, rules.procedure)
    if again is not None:
        when = _tried(case, head, when)
    label, done = _("告知网格长"), at is not None
    return CheckRow("head", label, done, "report_to_head", None, when, again)


def _tried(case: Case, party: str, said: str) -> str:
    """What is said of a thing, with how often somebody was rung for it in vain."""
    count = unanswered(case.course.calls, party)
    return f"{said} {_('未接{count}').format(count=count)}".strip()


def _call(case: Case, party: str, rules: Rules, words: Words) -> CheckRow:
    """One call per party; an attempt is enough, whoever was not reached stays in sight (A-05)."""
    call = last_call(case, party)
    detail = words.choice("call", call.outcome) if call else ""
    if count := unanswered(case.course.calls, party):
        detail = _("{outcome} 未接{count}").format(outcome=detail, count=count)
    label = _("致电{party}").format(party=party)
    again = again_at(case.course.calls, party, rules.procedure)
    return CheckRow("call", label, call is not None, "call", party, detail, again)


def _arrival(case: Case, now: datetime, rules: Rules, words: Words) -> Rows:
    for party in case.course.parties:
        label = _("{party}到场").format(party=party.name)
        done = party.outcome is not None
        detail = words.choice("response", party.outcome)
        again = None
        if not done and (count := unanswered(case.course.calls, party.name)):
            detail = _("未接{count}").format(count=count)
            again = again_at(case.course.calls, party.name, rules.procedure)
        yield CheckRow("response", label, done, "confirm_response", party.name, detail, again)


def _outcome(case: Case, now: datetime, rules: Rules, words: Words) -> Rows:
    yield from (row for row in _arrival(case, now, rules, words) if not row.done)
    basis = case.course.basis or ""
    yield CheckRow("basis", words.field("basis"), bool(basis), "record_outcome", None, basis)
    label = words.verb("record_outcome")
    tried = case.course.agreed is False
    detail = words.choice("reason", "no_result") if tried else ""
    yield CheckRow("outcome", label, False, "record_outcome", None, detail)


def _results(case: Case, now: datetime, rules: Rules, words: Words) -> Rows:
    for party in case.course.required:
        label = _("{party}反馈").format(party=party.name)
        filed = party.filed_at is not None
        detail = words.choice("party", party.state)
        yield CheckRow("result", label, filed, "file_result", party.name, detail)


def _review(case: Case, now: datetime, rules: Rules, words: Words) -> Rows:
    yield from _results(case, now, rules, words)
    if case.course.track and case.course.track == rules.procedure.urgent_track:
        at = case.course.result_reported_at
        when = absolute(at, now, words.lang) if at else ""
        label = words.verb("report_result")
        yield CheckRow("report_result", label, at is not None, "report_result", None, when)
    for item in rules.procedure.fields["checks"].choices:
        yield CheckRow(f"check_{item}", words.choice("checks", item), False, "close", None, "")
    yield CheckRow("report", words.field("report"), False, "close", None, "")


def _head(case: Case, now: datetime, rules: Rules, words: Words) -> Rows:
    label, at = words.verb("record_head_result"), case.course.head_result_at
    when = absolute(at, now, words.lang) if at else ""
    yield CheckRow("head_result", label, at is not None, "record_head_result", None, when)
    yield from _results(case, now, rules, words)


def _street(case: Case, now: datetime, rules: Rules, words: Words) -> Rows:
    label = words.verb("record_street_result")
    yield CheckRow("street_result", label, False, "record_street_result", None, "")
    yield from _results(case, now, rules, words)


LISTS: dict[str, Lister] = {
    "receipt": _receipt,
    "coordination": _coordination,
    "arrivals": _arrival,
    "outcome": _outcome,
    "results": _results,
    "review": _review,
    "head": _head,
    "street": _street,
}
"""Which things stand before the next step, by the `checklist` of a state; others have none."""
