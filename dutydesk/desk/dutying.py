"""An act that concerns the desk itself: who holds it, who is there, what stands for all cases."""

from __future__ import annotations

from dataclasses import replace

from dutydesk.desk.answers import Done
from dutydesk.desk.ground import Ground
from dutydesk.storage import Unit
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.duty.handover import decide_desk


def act_at_desk(unit: Unit, ground: Ground, act: Act) -> Done:
    """Do one act of the desk; a new holder holds every open case from then on (T30)."""
    area = ground.area
    state = unit.duty(area)
    context = ground.rules(state, act.recorded_at)
    red = unit.red_count(area, act.recorded_at)
    outcome = decide_desk(act, context, red=red, seq=state.version + 1)
    unit.save_duty(outcome.state, (outcome.event,), act)
    if outcome.state.holder != state.holder:
        after = replace(context.duty, state=outcome.state)
        roles = (context.duty.holder_role, after.holder_role)
        unit.change_holder(area, outcome.state.holder, roles, act.recorded_at)
    return Done(None, (outcome.event,), duty=outcome.state)
