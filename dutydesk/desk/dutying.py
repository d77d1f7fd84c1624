"""An act that concerns the desk itself: who holds it, who is there, what stands for all cases."""

from __future__ import annotations

from dataclasses import replace

from dutydesk.desk.answers import Done
from dutydesk.desk.ground import Ground
from dutydesk.desk.messages import templated
from dutydesk.desk.settling import judged, not_standing
from dutydesk.storage import Unit
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Act, Event
from dutydesk.workflow.duty.handover import decide_desk


def act_at_desk(unit: Unit, ground: Ground, words: Words, act: Act) -> Done:
    """Do one act of the desk; a new holder holds every open case from then on (T30)."""
    area = ground.area
    state = unit.duty(area)
    context = ground.rules(state, act.recorded_at)
    red = unit.red_count(area, act.recorded_at)
    outcome = judged(
        lambda: decide_desk(act, context, red=red, seq=state.version + 1),
        not_standing(unit, area, words, act),
    )
    unit.save_duty(outcome.state, (outcome.event,), act)
    if outcome.state.holder != state.holder:
        after = replace(context.duty, state=outcome.state)
        roles = (context.duty.holder_role, after.holder_role)
        unit.change_holder(area, outcome.state.holder, roles, act.recorded_at)
    if ground.carries:
        _tell(unit, ground, words, outcome.event, red)
    return Done(None, (outcome.event,), duty=outcome.state)


def _tell(unit: Unit, ground: Ground, words: Words, event: Event, red: int) -> None:
    """The messages of an act of the desk, where a channel carries them."""
    named = ground.places.area(ground.area)
    counts = {
        "area": named.name if named is not None else ground.area,
        "open": str(unit.open_count(ground.area)),
        "red": str(red),
    }
    for made in templated(
        event, None, words, counts, drill=ground.drill, carries=ground.carries, area=ground.area
    ):
        unit.put_message(made)
