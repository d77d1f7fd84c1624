"""Why a verb is not open for a case: its state, its class, or what it keeps."""

from __future__ import annotations

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked, fact, settled

__all__ = ["not_open"]


def not_open(asked: Asked, state: str) -> Refused:
    """The refusal of a verb that the case does not allow.

    Where the state knows the verb and what the case keeps forbids it, it says which fact that is,
    and cites the clause of the step that is closed by it.
    """
    params, kept = _not_now(asked, state), asked.context.procedure.values.get("kept", ())
    for row in asked.context.procedure.steps(state, asked.act.verb):
        for name, values in row.when:
            value = fact(asked, name) if name in kept and settled(asked, name) else None
            if value is not None and value not in values:
                said = params | {"fact": name, "value": value}
                return Refused("wrong_state", said, row.clause)
    return Refused("wrong_state", params)


def _not_now(asked: Asked, state: str) -> dict[str, object]:
    """What a refusal says of a verb that the case does not allow: state, verb, and `difficulty`
    where the state knows the verb but not for a case so difficult."""
    params: dict[str, object] = {"state": state, "verb": asked.act.verb}
    rows = asked.context.procedure.steps(state, asked.act.verb)
    track, difficulty = asked.case.course.track, asked.case.course.difficulty
    others = [dict(row.when).get("track", (track,)) for row in rows]
    if difficulty is not None and others and not any(track in one for one in others):
        params["difficulty"] = difficulty
    return params
