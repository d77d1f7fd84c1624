"""Bundles 捆办: one act of the hand for several cases, each with its own event and result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dutydesk.desk.acting import Acting, UnknownCase
from dutydesk.desk.answers import Done
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.procedure import Procedure

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

CHUNK = 500
"""The most cases of one transaction (decision 6)."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case of a bundle: it was done, or the error says why not."""

    case: str
    answer: Done | Refused | UnknownCase


@dataclass(frozen=True, slots=True)
class Bundled:
    """One act done to several cases; ``name`` stands in the data of each of its events."""

    verb: str
    name: str
    results: tuple[Result, ...]

    @property
    def done(self) -> tuple[Done, ...]:
        """What was done, in the order of the cases."""
        return tuple(one.answer for one in self.results if isinstance(one.answer, Done))

    @property
    def refused(self) -> tuple[tuple[str, Refused | UnknownCase], ...]:
        """The cases to which it was not done, each with the reason."""
        return tuple(
            (one.case, one.answer) for one in self.results if not isinstance(one.answer, Done)
        )


def bundle(desk: Desk, acts: Sequence[Act]) -> Bundled:
    """Do one act to several cases, in the order given and each case once.

    A case whose rules refuse it changes nothing for the others. One call is one call: its events
    share the bundle. One convening is one message that lists its cases, once per recipient.
    Raises BadInput where the act cannot be bundled or a field is unreadable: nothing is done then.
    """
    verb = _one_verb(acts, desk.ground.procedure)
    wanted = list({act.case or "": act for act in acts}.values())
    name, results = "", list[Result]()
    for start in range(0, len(wanted), CHUNK):
        with desk.store.unit() as unit:
            # Its first event names a bundle: no other can ever have the same one.
            if not any(isinstance(one.answer, Done) for one in results):
                name = f"b{unit.next_event()}"
            acting = Acting(unit, desk.ground, desk.words)
            results += [_done(acting, act, name) for act in wanted[start : start + CHUNK]]
            acting.tell_together()
    return Bundled(verb, name, tuple(results))


def _done(acting: Acting, act: Act, name: str) -> Result:
    no = act.case or ""
    try:
        return Result(no, acting.do(replace(act, bundle=name)))
    except (Refused, UnknownCase) as refused:
        return Result(no, refused)


def _one_verb(acts: Sequence[Act], procedure: Procedure) -> str:
    verbs = sorted({act.verb for act in acts})
    if len(verbs) != 1 or not all(act.case for act in acts):
        raise BadInput(_("捆办是对几件案件办同一步"))
    kind = procedure.acts.get(verbs[0])
    if kind is None or not kind.bundle:
        expected = ", ".join(name for name, each in procedure.acts.items() if each.bundle)
        raise BadInput(_("“{verb}”不能捆办").format(verb=verbs[0]), expected=expected)
    return verbs[0]
