"""The road of one act through one transaction: repeated, loaded, decided, saved, told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dutydesk.desk.answers import Done
from dutydesk.desk.dutying import act_at_desk
from dutydesk.desk.ground import Ground
from dutydesk.desk.messages import messages, together
from dutydesk.desk.owing import owe
from dutydesk.desk.pushing import begin, begun_before, waits
from dutydesk.desk.reviewing import not_independent
from dutydesk.desk.settling import judged, not_standing
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.storage import Stale, Unit
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Act, Outcome
from dutydesk.workflow.cases.decide import decide
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.cases.summary import facets
from dutydesk.workflow.context import Context


class UnknownCase(BadInput):
    """No case has this number."""

    def __init__(self, no: str) -> None:
        super().__init__(_("没有编号为 {no} 的案件").format(no=no))
        self.no = no


class Acting:
    """The acts of one unit of the store; what the rules look at is put together once a moment."""

    def __init__(self, unit: Unit, ground: Ground, words: Words, *, pushed: bool = False) -> None:
        """With `pushed` the messages of a convening have been sent: now it takes effect."""
        self._unit, self._ground, self._words = unit, ground, words
        self._pushed = pushed
        self._waiting: list[tuple[Act, Outcome]] = []
        ground.books.look(unit.connection)
        self._known: dict[tuple[str, datetime], Context] = {}
        self._convened: list[Outcome] = []

    def do(self, act: Act) -> Done:
        """Do one act; raises Refused, or BadInput for an unknown case, verb or field."""
        repeated = self._repeated(act)
        if repeated is not None:
            return repeated
        kind = self._ground.procedure.acts.get(act.verb)
        if kind is not None and (kind.desk == "only" or (kind.desk and act.case is None)):
            return act_at_desk(self._unit, self._ground, self._words, act)
        return self._do_case(act)

    def _repeated(self, act: Act) -> Done | None:
        """The harmless answer to an act whose key was used for the same act before."""
        if act.key is None:
            return None
        kept = self._unit.kept(act.key)
        if kept is None:
            return None
        if not kept.same(act):
            _not_stale(act, self._unit.case(act.case) if act.case else None)
            raise Refused("duplicate", {"key": act.key, "verb": kept.verb}, None)
        case = self._unit.case(kept.case) if kept.case else None
        return Done(case, repeated=True)

    def _do_case(self, act: Act) -> Done:
        case = None if act.case is None else self._load(act)
        _not_stale(act, case)
        area = case.area if case is not None else self._area(act)
        context = self._rules(area, act.recorded_at)
        self._not_twice(act)
        outcome = self._decided(case, act, context, area)
        if not self._pushed and waits(self._ground, act):
            return self._push(act, outcome, case)
        follows = [self._follow(follow) for follow in outcome.follow]
        done = self._save(act, outcome, context)
        for follow, after, rules in follows:
            also = self._save(follow, after, rules)
            done = replace(
                done, events=done.events + also.events, changes=done.changes + also.changes
            )
        return done

    def _push(self, act: Act, outcome: Outcome, case: Case | None) -> Done:
        """The act is right; it waits until everybody has the message."""
        if begun_before(self._unit, act):
            return Done(case, repeated=True, pushed=True)
        if act.bundle is not None:
            self._waiting.append((act, outcome))
        else:
            begin(self._unit, self._ground, self._words, [(act, outcome)])
        return Done(case, pushed=True)

    def _decided(self, case: Case | None, act: Act, context: Context, area: str) -> Outcome:
        """What the rules make of the act, with the one thing that they cannot see themselves."""
        beyond = self._merge_target(act) or not_standing(self._unit, area, self._words, act)
        beyond = beyond or not_independent(self._unit, self._ground.procedure, act)
        new_no = "" if case else self._no(act, area)
        return judged(lambda: decide(case, act, context, new_no=new_no), beyond)

    def _follow(self, act: Act) -> tuple[Act, Outcome, Context]:
        """What an act asks of another case, decided before anything of either is saved."""
        case = self._load(act)
        context = self._rules(case.area, act.recorded_at)
        return act, decide(case, act, context), context

    def _rules(self, area: str, at: datetime) -> Context:
        """What the rules look at; put together once for the acts of one unit at one moment."""
        known = self._known.get((area, at))
        if known is None or known.duty.state != self._unit.duty(area):
            known = self._known[area, at] = self._ground.rules(self._unit.duty(area), at)
        return known

    def _load(self, act: Act) -> Case:
        """The case of an act; what comes back to a merged case goes to the one it is in."""
        case = self._unit.case(act.case or "")
        if case is None:
            raise UnknownCase(act.case or "")
        while act.verb == "upstream_returned" and case.merged_into is not None:
            into = self._unit.case(case.merged_into)
            if into is None:
                break
            case = into
        return case

    def _area(self, act: Act) -> str:
        """The area of a new case: as given, else the grid's, else the desk's."""
        places = self._ground.places
        named = places.area(str(act.fields.get("area") or ""))
        if named is not None:
            return named.code
        grid = act.fields.get("grid")
        found = places.grid(str(grid)) if grid else None
        return found.area if found is not None else self._ground.area

    def _no(self, act: Act, area: str) -> str:
        return (
            self._unit.next_no(area, act.at.date())
            if self._ground.procedure.opens(act.verb)
            else ""
        )

    def _not_twice(self, act: Act) -> None:
        """A number that its channel already has is refused as a duplicate."""
        channel, number = act.fields.get("channel"), act.fields.get("external_no")
        if (
            not self._ground.procedure.opens(act.verb)
            or not channel
            or not number
            or not str(number).strip()
        ):
            return
        known = self._unit.case_by_external(str(channel), str(number).strip())
        if known is not None:
            params = {"external_no": str(number).strip(), "channel": channel, "case": known.no}
            raise Refused("duplicate", params, self._ground.procedure.cites("duplicate"))

    def _merge_target(self, act: Act) -> Refused | None:
        """A merge goes into a case that exists and is open (A-19)."""
        if act.verb != "merge":
            return None
        into = str(act.fields.get("into"))
        target = self._unit.case(into)
        if target is not None and not self._ground.procedure.states[target.state].end:
            return None
        params = {"field": "into", "value": into, "expected": "an open case"}
        return Refused("bad_value", params, self._ground.procedure.cites("merge_target_open"))

    def _save(self, act: Act, outcome: Outcome, context: Context) -> Done:
        try:
            self._unit.save(outcome, facets(outcome.case, context), act)
        except Stale:
            raise Refused("stale", {"case": outcome.case.no}, None) from None
        owe(self._unit, self._ground.procedure, [outcome])
        self._heard(outcome)
        bundled = act.bundle is not None and not self._pushed
        if bundled and self._ground.procedure.sets(act.verb, "convened"):
            self._convened.append(outcome)
            return Done(outcome.case, outcome.events, outcome.changes)
        ground = self._ground
        for message in messages(outcome, self._words, drill=ground.drill, carries=ground.carries):
            self._unit.put_message(message)
        return Done(outcome.case, outcome.events, outcome.changes)

    def _heard(self, outcome: Outcome) -> None:
        """Who answered a convening is logged in to what it came by (X-5.2.4.1)."""
        for event in outcome.events:
            party = event.data.get("party")
            if (
                self._ground.carries
                and party
                and event.data.get("outcome") != "absent"
                and self._ground.procedure.sets(event.verb, "responded")
            ):
                self._unit.logged_in(self._ground.person(str(party), event.at), event)

    def tell_together(self) -> None:
        """Put the message of the cases that were convened as one bundle into the outbox."""
        for message in together(self._convened, self._words, drill=self._ground.drill):
            self._unit.put_message(message)
        self._convened.clear()
        begin(self._unit, self._ground, self._words, self._waiting)
        self._waiting.clear()


def _not_stale(act: Act, case: Case | None) -> None:
    """Whoever saw another version of the case than there is now is asked to look again."""
    if case is not None and act.version is not None and act.version != case.version:
        params = {"version": act.version, "current": case.version, "state": case.state}
        raise Refused("stale", params, None)
