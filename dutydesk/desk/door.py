"""THE door: acts go in, answers come out, each act in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from dutydesk.clock import Clock
from dutydesk.desk import turns
from dutydesk.desk.acting import Acting, UnknownCase
from dutydesk.desk.answers import Done, Swept
from dutydesk.desk.attachments import AttachmentFolder
from dutydesk.desk.ground import Ground
from dutydesk.desk.sweeping import Rung, next_leaving, sweep_cases, sweep_leaving
from dutydesk.desk.tools import Tools
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.storage import Store, alarm_life, cases, duty
from dutydesk.views.labels import Words
from dutydesk.views.question import Answer, Question, Reading
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.context import Context
from dutydesk.workflow.time.beat import Beat

if TYPE_CHECKING:
    from dutydesk.desk.accounting import Imported
    from dutydesk.desk.exports import Exported
    from dutydesk.desk.imports import Progress
    from dutydesk.desk.inspecting import Found
    from dutydesk.desk.undoing import Undone
    from dutydesk.storage import Inspection

CHUNK = 500
"""The most acts of one transaction (decision 6)."""
MOST_CANDIDATES = 20
"""How many numbers an ambiguous tail is answered with."""


class Desk:
    """One area's desk over a store; sync, for one thread at a time."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        ground: Ground,
        files: AttachmentFolder | None = None,
        tools: Tools | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.ground = ground
        self.files = files
        self.tools = tools or Tools()
        self.context = ground.views()
        with store.reading() as connection:
            ground.books.look(connection)
        self.words = Words(ground.procedure, ground.language)

    def now(self) -> datetime:
        return self.clock.now()

    def close(self) -> None:
        self.store.close()

    # ── asking ──────────────────────────────────────────────────────────────────────────────

    def read(self, question: Question[Answer]) -> Answer:
        """The answer to a question, from one read transaction."""
        with self.store.reading() as connection:
            self.ground.books.look(connection)
            return question.answer(Reading(connection, self.now()), self.context)

    def change_mark(self) -> int:
        """The largest journal id: whoever remembers it knows whether anything happened."""
        return self.store.change_mark()

    def rules(self, area: str | None = None) -> Context:
        """What the rules look at for an area now."""
        with self.store.reading() as connection:
            self.ground.books.look(connection)
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
            message = _("“{text}”不只一件，请写全编号").format(text=text)
            raise BadInput(message, expected=shown)
        return found[0]

    # ── acting ──────────────────────────────────────────────────────────────────────────────

    def execute(self, act: Act) -> Done:
        """Do one act. Raises Refused, BadInput (unknown case, verb or field) or StoreError."""
        act = self._with_files(act)
        with self.store.unit() as unit:
            return Acting(unit, self.ground, self.words).do(act)

    def execute_all(self, acts: Sequence[Act]) -> list[Done | Refused]:
        """Do many acts, each with its own result, in as few transactions as the chunk allows."""
        acts = [self._with_files(act) for act in acts]
        results: list[Done | Refused] = []
        for start in range(0, len(acts), CHUNK):
            with self.store.unit() as unit:
                acting = Acting(unit, self.ground, self.words)
                for act in acts[start : start + CHUNK]:
                    try:
                        results.append(acting.do(act))
                    except Refused as refused:
                        results.append(refused)
        return results

    def _with_files(self, act: Act) -> Act:
        """The act with its files copied and hashed, before anything is locked."""
        return act if self.files is None else self.files.kept(act)

    # ── time ────────────────────────────────────────────────────────────────────────────────

    def sweep(self) -> Swept:
        """One pass of the clock, through the same door; running it twice changes nothing."""
        from dutydesk.desk.alarming import sweep_life  # slow import
        from dutydesk.desk.digesting import sweep_digests, tell_at_once  # slow import
        from dutydesk.desk.flooding import subside  # slow import

        now = self.now()
        raised: list[Alarm] = []
        rung: Rung = set()
        ended: list[Done] = []
        while True:
            with self.store.unit() as unit:
                found, more = sweep_cases(unit, self.ground, now, CHUNK, rung, ended)
                raised += found
                tell_at_once(unit, self.ground, self.words, found, now)
                if not more:
                    raised += sweep_leaving(unit, self.ground, now)
                    sweep_life(unit, now)
                    subside(unit, self.ground.area, now)
                    sweep_digests(unit, self.ground, self.words, now)
                    break
        return Swept(tuple(raised), self.next_due_at(), tuple(ended))

    def next_due_at(self) -> datetime | None:
        """The next moment at which a sweep would find something to do."""
        with self.store.reading() as connection:
            moments = [
                cases.next_due_at(connection),
                next_leaving(self.ground, self.now()),
                alarm_life.next_shelf_end(connection),
            ]
        return min((m for m in moments if m is not None), default=None)

    def beat(self) -> Beat | None:
        """Who keeps the area's clock, and when it last ticked."""
        return turns.beat_of(self)

    def acknowledge(self, by: Actor, keys: tuple[str, ...] | None = None) -> int:
        """Acknowledge alarms by key, or all of the area that are not; gives how many."""
        from dutydesk.desk.alarming import acknowledge  # slow import

        return len(acknowledge(self, by, keys))

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

    def look(self, case: str) -> int:
        """Take a case's imported changes off the list of what nobody has seen; gives how many."""
        with self.store.unit() as unit:
            return unit.look(case, self.now())

    def undo_import(self, batch: str, by: Actor) -> Undone:
        """Take back an import whose cases nobody has touched since."""
        from dutydesk.desk.undoing import undo_import  # slow import

        return undo_import(self, batch, by)

    def export(self, channel: str, out: str | Path, *, all_: bool = False, by: Actor) -> Exported:
        """Write what is closed or refused and has not gone back yet into a file."""
        from dutydesk.desk.exports import export  # slow import

        return export(self, channel, Path(out), all_=all_, by=by)

    def inspect(self, grid: str, by: Actor, **found: Unpack[Found]) -> Inspection:
        """Put a spot-check on site on the record (X-4.2.2.4, X-4.2.2.5)."""
        from dutydesk.desk.inspecting import inspect  # slow import

        return inspect(self, grid, by, found)
