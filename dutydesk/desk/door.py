"""THE door: who may, load, decide, save, tell, each act in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.clock import Clock
from dutydesk.desk.answers import Done, Swept
from dutydesk.desk.attachments import Keeper
from dutydesk.desk.ground import Ground
from dutydesk.desk.messages import messages
from dutydesk.desk.sweeping import Rung, next_leaving, sweep_cases, sweep_leaving
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.storage import Stale, Store, Unit, cases, duty
from dutydesk.views.labels import Words
from dutydesk.views.question import Answer, Question, Reading
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.cases.acts import Act, Outcome
from dutydesk.workflow.cases.decide import decide
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.cases.summary import facets
from dutydesk.workflow.context import Context
from dutydesk.workflow.duty.handover import decide_desk

if TYPE_CHECKING:
    from dutydesk.desk.accounting import Imported
    from dutydesk.desk.exports import Exported
    from dutydesk.desk.imports import Progress
    from dutydesk.desk.undoing import Undone
    from dutydesk.storage import Inspection

CHUNK = 500
"""The most acts of one transaction (decision 6)."""
MOST_CANDIDATES = 20
"""How many numbers an ambiguous tail is answered with."""


class UnknownCase(BadInput):
    """No case has this number."""

    def __init__(self, no: str) -> None:
        super().__init__(_("没有编号为 {no} 的案件").format(no=no))
        self.no = no


class Desk:
    """One area's desk over a store; sync, for one thread at a time."""

    def __init__(
        self, store: Store, clock: Clock, ground: Ground, files: Keeper | None = None
    ) -> None:
        self.store = store
        self.clock = clock
        self.ground = ground
        self.files = files
        self.context = ground.views()
        self.words = Words(ground.procedure, ground.language)
        self._known: dict[tuple[str, datetime], Context] = {}

    def now(self) -> datetime:
        return self.clock.now()

    def close(self) -> None:
        self.store.close()

    # ── asking ──────────────────────────────────────────────────────────────────────────────

    def read(self, question: Question[Answer]) -> Answer:
        """The answer to a question, from one read transaction."""
        with self.store.reading() as connection:
            return question.answer(Reading(connection, self.now()), self.context)

    def change_mark(self) -> int:
        """The largest journal id: whoever remembers it knows whether anything happened."""
        return self.store.change_mark()

    def rules(self, area: str | None = None) -> Context:
        """What the rules look at for an area now."""
        with self.store.reading() as connection:
            state = duty.load(connection, area or self.ground.area)
        return self.ground.rules(state, self.now())

    def resolve(self, text: str) -> str:
        """The one case number that ends in these digits.

        Raises UnknownCase where there is none, BadInput naming the candidates where there are
        several.
        """
        with self.store.reading() as connection:
            found = cases.ending_with(connection, text.strip(), None, MOST_CANDIDATES)
        if not found:
            raise UnknownCase(text)
        if len(found) > 1:
            shown = ", ".join(found[:8])
            message = _("“{text}”不只一件:{found}").format(text=text, found=shown)
            raise BadInput(message, expected=shown)
        return found[0]

    # ── acting ──────────────────────────────────────────────────────────────────────────────

    def execute(self, act: Act) -> Done:
        """Do one act. Raises Refused, BadInput (unknown case, verb or field) or StoreError."""
        act = self._with_files(act)
        with self.store.unit() as unit:
            self._known.clear()
            return self._execute(unit, act)

    def execute_all(self, acts: Sequence[Act]) -> list[Done | Refused]:
        """Do many acts, each with its own result, in as few transactions as the chunk allows."""
        acts = [self._with_files(act) for act in acts]
        results: list[Done | Refused] = []
        for start in range(0, len(acts), CHUNK):
            with self.store.unit() as unit:
                self._known.clear()
                for act in acts[start : start + CHUNK]:
                    try:
                        results.append(self._execute(unit, act))
                    except Refused as refused:
                        results.append(refused)
        return results

    def _with_files(self, act: Act) -> Act:
        """The act with its files copied and hashed, before anything is locked."""
        return act if self.files is None else self.files.kept(act)

    def _execute(self, unit: Unit, act: Act) -> Done:
        repeated = self._repeated(unit, act)
        if repeated is not None:
            return repeated
        kind = self.ground.procedure.acts.get(act.verb)
        if kind is not None and (kind.desk == "only" or (kind.desk and act.case is None)):
            return self._execute_desk(unit, act)
        return self._execute_case(unit, act)

    def _repeated(self, unit: Unit, act: Act) -> Done | None:
        """The harmless answer to an act whose key was used for the same act before."""
        if act.key is None:
            return None
        kept = unit.kept(act.key)
        if kept is None:
            return None
        if not kept.same(act):
            raise Refused("duplicate", {"key": act.key, "verb": kept.verb}, None)
        case = unit.case(kept.case) if kept.case else None
        return Done(case, repeated=True)

    def _execute_case(self, unit: Unit, act: Act) -> Done:
        case = None if act.case is None else self._load(unit, act)
        if case is not None and act.version is not None and act.version != case.version:
            params = {"version": act.version, "current": case.version, "state": case.state}
            raise Refused("stale", params, None)
        area = case.area if case is not None else self._area(act)
        context = self._rules(unit, area, act.recorded_at)
        if case is None:
            self._not_twice(unit, act)
        outcome = decide(case, act, context, new_no="" if case else self._no(unit, act, area))
        self._check_target(unit, act)
        follows = [self._follow(unit, follow) for follow in outcome.follow]
        done = self._save(unit, act, outcome, context)
        for follow, after, rules in follows:
            also = self._save(unit, follow, after, rules)
            done = replace(
                done, events=done.events + also.events, changes=done.changes + also.changes
            )
        return done

    def _follow(self, unit: Unit, act: Act) -> tuple[Act, Outcome, Context]:
        """What an act asks of another case, decided before anything of either is saved."""
        case = self._load(unit, act)
        context = self._rules(unit, case.area, act.recorded_at)
        return act, decide(case, act, context), context

    def _rules(self, unit: Unit, area: str, at: datetime) -> Context:
        """What the rules look at; put together once for the acts of one unit at one moment."""
        known = self._known.get((area, at))
        if known is None or known.duty.state != unit.duty(area):
            known = self._known[area, at] = self.ground.rules(unit.duty(area), at)
        return known

    def _load(self, unit: Unit, act: Act) -> Case:
        """The case of an act; what comes back to a merged case goes to the one it is in."""
        case = unit.case(act.case or "")
        if case is None:
            raise UnknownCase(act.case or "")
        while act.verb == "upstream_returned" and case.merged_into is not None:
            into = unit.case(case.merged_into)
            if into is None:
                break
            case = into
        return case

    def _area(self, act: Act) -> str:
        grid = act.fields.get("grid")
        found = self.ground.places.grid(str(grid)) if grid else None
        if found is not None:
            return found.area
        named = self.ground.places.area(str(act.fields.get("area") or ""))
        return named.code if named is not None else self.ground.area

    def _no(self, unit: Unit, act: Act, area: str) -> str:
        return unit.next_no(area, act.at.date()) if act.verb == "register" else ""

    def _not_twice(self, unit: Unit, act: Act) -> None:
        """A number that its channel already has is refused as a duplicate."""
        channel, number = act.fields.get("channel"), act.fields.get("external_no")
        if act.verb != "register" or not channel or not number or not str(number).strip():
            return
        known = unit.case_by_external(str(channel), str(number).strip())
        if known is not None:
            params = {"external_no": str(number).strip(), "channel": channel, "case": known.no}
            raise Refused("duplicate", params, "X-7.1.1")

    def _check_target(self, unit: Unit, act: Act) -> None:
        """A merge goes into a case that exists and is open (A-19)."""
        if act.verb != "merge":
            return
        into = str(act.fields.get("into"))
        target = unit.case(into)
        if target is None or self.ground.procedure.states[target.state].end:
            params = {"field": "into", "value": into, "expected": "an open case"}
            raise Refused("bad_value", params, "A-19")

    def _save(self, unit: Unit, act: Act, outcome: Outcome, context: Context) -> Done:
        try:
            unit.save(outcome, facets(outcome.case, context), act)
        except Stale:
            raise Refused("stale", {"case": outcome.case.no}, None) from None
        for message in messages(outcome, self.words):
            unit.put_message(message)
        return Done(outcome.case, outcome.events, outcome.changes)

    def _execute_desk(self, unit: Unit, act: Act) -> Done:
        area = self.ground.area
        state = unit.duty(area)
        context = self.ground.rules(state, act.recorded_at)
        red = unit.red_count(area, act.recorded_at)
        outcome = decide_desk(act, context, red=red, seq=state.version + 1)
        unit.save_duty(outcome.state, (outcome.event,), act)
        if outcome.state.holder != state.holder:
            after = replace(context.duty, state=outcome.state)
            roles = (context.duty.holder_role, after.holder_role)
            unit.change_holder(area, outcome.state.holder, roles, act.recorded_at)
        return Done(None, (outcome.event,), duty=outcome.state)

    # ── time ────────────────────────────────────────────────────────────────────────────────

    def sweep(self) -> Swept:
        """One pass of the clock, through the same door; running it twice changes nothing."""
        now = self.now()
        raised: list[Alarm] = []
        rung: Rung = set()
        while True:
            with self.store.unit() as unit:
                found, more = sweep_cases(unit, self.ground, now, CHUNK, rung)
                raised += found
                if not more:
                    raised += sweep_leaving(unit, self.ground, now)
                    break
        return Swept(tuple(raised), self.next_due_at())

    def next_due_at(self) -> datetime | None:
        """The next moment at which a sweep would find something to do."""
        with self.store.reading() as connection:
            moments = [cases.next_due_at(connection), next_leaving(self.ground, self.now())]
        return min((m for m in moments if m is not None), default=None)

    def acknowledge(self, by: Actor, keys: tuple[str, ...] | None = None) -> int:
        """Acknowledge alarms by key, or all of the area that are not; gives how many."""
        with self.store.unit() as unit:
            return unit.acknowledge(keys, str(by), self.now(), area=self.ground.area)

    # ── files ───────────────────────────────────────────────────────────────────────────────

    def import_file(
        self,
        path: str | Path,
        *,
        layout: str | Path | None = None,
        dry_run: bool = False,
        history: bool = False,
        by: Actor,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Imported:
        """Cases from a file, every row accounted for; `dry_run` gives the answer only."""
        from dutydesk.desk.imports import import_file  # slow import

        return import_file(
            self,
            path,
            layout=layout,
            dry_run=dry_run,
            history=history,
            by=by,
            progress=progress,
            cancelled=cancelled,
        )

    def undo_import(self, batch: str, by: Actor) -> Undone:
        """Take back an import whose cases nobody has touched since."""
        from dutydesk.desk.undoing import undo_import  # slow import

        return undo_import(self, batch, by)

    def export(self, channel: str, out: str | Path, *, all_: bool = False, by: Actor) -> Exported:
        """Write what is closed or refused and has not gone back yet into a file."""
        from dutydesk.desk.exports import export  # slow import

        return export(self, channel, Path(out), all_=all_, by=by)

    def inspect(
        self,
        grid: str,
        by: Actor,
        *,
        case: str | None = None,
        none_open: bool = False,
        reason: str | None = None,
        verdict: str | None,
        at: datetime | None = None,
        place: str | None = None,
    ) -> Inspection:
        """Put a spot-check on site on the record (X-4.2.2.4, X-4.2.2.5)."""
        from dutydesk.desk.inspecting import inspect  # slow import

        return inspect(
            self,
            grid,
            by,
            case=case,
            none_open=none_open,
            reason=reason,
            verdict=verdict,
            at=at,
            place=place,
        )
