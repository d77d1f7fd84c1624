"""One case with everything that belongs to it, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dutydesk.config.time_words import warning_words
from dutydesk.i18n import _
from dutydesk.text import mask_name, mask_numbers, mask_phone
from dutydesk.views import card_adjusting
from dutydesk.views.card_rows import (
    ActRow,
    AttachmentRow,
    CallRow,
    CaseCard,
    CheckRow,
    ClockRow,
    EventRow,
    InstructionRow,
    PartyRow,
)
from dutydesk.views.labels import Words
from dutydesk.views.on_the_way import on_the_way
from dutydesk.views.owning import kept_of, owner_of
from dutydesk.views.pending import last_call, pending
from dutydesk.views.people import Alternate, alternates, party_person
from dutydesk.views.question import Context, Reading
from dutydesk.views.wording import word
from dutydesk.workflow.alarms.ladder import planned
from dutydesk.workflow.cases.explained import doubts
from dutydesk.workflow.cases.model import Actor, Case, Clock, Party
from dutydesk.workflow.cases.pending import clock_marks
from dutydesk.workflow.cases.possible import next_act, possible
from dutydesk.workflow.cases.reaching import unanswered
from dutydesk.workflow.cases.summary import waiting_for, whose
from dutydesk.workflow.categories import CODE, Categories
from dutydesk.workflow.context import Context as Rules

_WORST = ("red", "yellow", "green")


@dataclass(frozen=True, slots=True)
class Card:
    """One case by its number, its acts judged for `actor`; for whoever holds the desk without."""

    no: str
    actor: Actor | None = None

    def answer(self, reading: Reading, context: Context) -> CaseCard | None:
        """The card, or None where no case has the number."""
        from dutydesk.views.stored import load_case, load_duty, load_events  # slow import

        case = load_case(reading, self.no)
        if case is None:
            return None
        duty = context.duty(load_duty(reading, case.area), reading.now)
        tree = context.categories()
        rules = Rules(context.procedure, context.places, context.hours, duty, categories=tree)
        words = Words(context.procedure, context.language)
        actor = self.actor or Actor(duty.holder_role)
        made = card(case, load_events(reading, case.no, words), reading.now, rules, words, actor)
        return replace(
            made,
            pending=_with_others(made.pending, context, reading.now),
            owner=owner_of(case, context, reading.now),
            kept=kept_of(case, words),
            messages=on_the_way(case.no, reading, context),
        )


def _with_others(
    checks: tuple[CheckRow, ...], context: Context, now: datetime
) -> tuple[CheckRow, ...]:
    """Beside whoever was not reached stands who else may be rung, his number covered."""
    found = []
    for check in checks:
        others: tuple[Alternate, ...] = ()
        if check.again_at is not None and check.party:
            others = alternates(context, party_person(context, now, check.party))
        if others:
            who = _("备 {number}") if others[0].own else _("备 {name} {number}")
            said = who.format(name=others[0].name, number=mask_phone(others[0].number))
            check = check._replace(detail=f"{check.detail} {said}")
        found.append(check)
    return tuple(found)


def card(
    case: Case,
    events: Iterable[EventRow],
    now: datetime,
    rules: Rules,
    words: Words,
    actor: Actor,
) -> CaseCard:
    """The card of a case as it stands at `now`."""
    clocks = tuple(clock_row(case, c, now, rules, words) for c in case.clocks)
    state, course = rules.procedure.states[case.state], case.course
    running = [c.light for c in clocks if c.light in _WORST]
    return CaseCard(
        **_plain(case),
        description=mask_numbers(case.description),
        channel_label=words.choice("channel", case.channel),
        state_label=words.state(case.state),
        bay=state.bay.in_(words.lang) if state.bay else None,
        light=min(running, key=_WORST.index, default="green"),
        hands=whose(case, rules) if state.bay else state.hands,
        waiting_for=waiting_for(case, rules) if state.bay else (),
        elapsed_s=_elapsed(case, now) if state.bay else None,
        class_=course.class_,
        track=course.track,
        difficulty=course.difficulty,
        difficulty_label=words.choice("difficulty", course.difficulty) or None,
        caller_name=mask_name(case.caller.name or ""),
        caller_phone=mask_phone(case.caller.phone or ""),
        **{name: getattr(course, name) for name in _SAME_COURSE},
        clocks=clocks,
        parties=tuple(_party(case, p, words) for p in course.parties),
        events=tuple(events),
        attachments=tuple(
            AttachmentRow(a.kind, words.choice("attachment", a.kind), a.file, a.digest, a.party)
            for a in case.attachments
        ),
        instructions=_instructions(case, words),
        calls=_calls(case, words),
        pending=pending(case, now, rules, words),
        acts=act_rows(case, actor, now, rules, words),
        deferrals=card_adjusting.deferrals(case),
        waits=card_adjusting.waits(case),
        appeals=card_adjusting.appeals(case),
        **_filed(case, rules.categories),
    )


def _filed(case: Case, categories: Categories) -> dict[str, Any]:
    """Under which code a case is filed, as it was then, and whether the tree knows it now."""
    code = case.kept(CODE)
    found = categories.get(code) or categories.one(case.category)
    return {
        "category_code": code,
        "category_key": (categories.key(found) or None) if found is not None else None,
        "category_known": not case.category or found is not None or not categories.loaded,
    }


_SAME = (
    *("no", "external_no", "channel", "state", "urgent", "area", "grid", "category", "place"),
    *("kind", "discovered_by", "cross_level", "cross_domain", "cross_grids"),
    *("legacy", "pain_points", "key_work", "issuer", "marks", "urged"),
    *("received_at", "reported_at"),
    *("occurred_at", "upstream_due", "closed_at", "since_at", "holder", "run", "version"),
    *("merged_into", "linked", "satisfaction"),
)
"""The fields that a card has from the case as they are."""

_SAME_COURSE = (
    *("lead", "basis", "station", "coordination_at", "location", "mode", "report"),
    *("checks", "check_notes", "proposals"),
)
"""Those that it has from the case's course."""


def _plain(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _SAME}


def _elapsed(case: Case, now: datetime) -> int:
    return max(0, int((now - (case.since_at or case.received_at)).total_seconds()))


def clock_row(case: Case, clock: Clock, now: datetime, rules: Rules, words: Words) -> ClockRow:
    """One run of a clock with its light and where its limit comes from."""
    kind = rules.procedure.clock(clock.name, clock.variant)
    yellow_at = None
    if clock.running and clock.due_at is not None:
        rungs = planned(case, clock, rules)
        yellow_at = min((p.at for p in rungs if p.rung.light == "yellow"), default=None)
    return ClockRow(
        id=clock.id,
        name=clock.name,
        code=kind.code,
        label=kind.label.in_(words.lang),
        party=clock.party,
        variant=clock.variant,
        started_at=clock.started_at,
        limit_s=clock.limit_s,
        due_at=clock.due_at,
        yellow_at=yellow_at,
        stopped_at=clock.stopped_at,
        ended=clock.ended,
        on_time=clock.on_time,
        light=_light(clock, yellow_at, now),
        rule=clock.rule,
        limit=clock.limit,
        counted=clock.counted,
        doubt=" ".join(warning_words(each) for each in doubts(clock, rules.hours.calendar)),
        basis="text" if kind.basis == "text" else "house",
        clause=kind.clause,
        exempt=clock.exempt,
        marks=clock_marks(case, clock),
        pauses=card_adjusting.pauses(clock),
        extended=card_adjusting.extensions(clock),
    )


def _light(clock: Clock, yellow_at: datetime | None, now: datetime) -> str:
    if not clock.running:
        return "ended" if clock.ended else "stopped"
    if clock.due_at is not None and clock.due_at <= now:
        return "red"
    return "yellow" if yellow_at is not None and yellow_at <= now else "green"


def _party(case: Case, party: Party, words: Words) -> PartyRow:
    running = [c.due_at for c in case.running(party=party.name) if c.due_at is not None]
    call = last_call(case, party.name)
    return PartyRow(
        name=party.name,
        lead=party.name == case.course.lead,
        state=party.state,
        state_label=words.choice("party", party.state),
        outcome=party.outcome,
        outcome_label=words.choice("response", party.outcome) or None,
        required=party.required,
        duty=party.duty,
        limit=party.limit,
        due_at=min(running, default=None),
        arrived_at=party.arrived_at,
        completed_at=party.completed_at,
        filed_at=party.filed_at,
        result=party.result,
        returns=party.returns,
        calls=sum(1 for c in case.course.calls if c.party == party.name),
        missed=unanswered(case.course.calls, party.name),
        last_word=call.said if call else None,
    )


def _instructions(case: Case, words: Words) -> tuple[InstructionRow, ...]:
    return tuple(
        InstructionRow(
            i.giver, words.actor(i.giver), i.text, i.channel, words.choice("via", i.channel), i.at
        )
        for i in case.course.instructions
    )


def _calls(case: Case, words: Words) -> tuple[CallRow, ...]:
    return tuple(
        CallRow(c.party, c.outcome, words.choice("call", c.outcome), c.at, c.said, c.promised_at)
        for c in case.course.calls
    )


def act_rows(
    case: Case, actor: Actor, now: datetime, rules: Rules, words: Words
) -> tuple[ActRow, ...]:
    """The acts of the case's state by key, each open or with the reason why not."""
    keys = rules.procedure.states[case.state].keys
    offered = next_act(case, actor, now, rules)
    rows = []
    for found in possible(case, actor, now, rules):
        if rules.procedure.acts[found.verb].internal:
            continue
        refused = found.refusal
        rows.append(
            ActRow(
                verb=found.verb,
                label=words.verb(found.verb),
                key=str(keys.index(found.verb) + 1) if found.verb in keys else None,
                open=found.open,
                code=refused.code if refused else None,
                why_not=word(refused, words) if refused else None,
                clause=found.clause,
                next=found.verb == offered,
                behalf=found.behalf,
            )
        )
    return tuple(rows)
