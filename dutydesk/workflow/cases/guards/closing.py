"""Guards of the closing evaluation, and of verifying what others did (step 7)."""

from __future__ import annotations

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked


def result_told_to_head(asked: Asked) -> Refused | None:
    course, urgent = asked.case.course, asked.context.procedure.urgent_track
    if urgent and course.track == urgent and course.result_reported_at is None:
        return Refused("head_not_reported", {"act": "report_result"})
    return None


def results_filed(asked: Asked) -> Refused | None:
    waiting = asked.case.course.open_results
    if waiting:
        return Refused("results_missing", {"parties": list(waiting)})
    return None


def checks_given(asked: Asked) -> Refused | None:
    if asked.probing:
        return None
    checks, notes = asked.get("checks") or {}, asked.get("notes") or {}
    items = asked.context.procedure.fields["checks"].choices
    open_items = [
        item
        for item in items
        if item not in checks or (checks[item] == "na" and not notes.get(item))
    ]
    if open_items:
        return Refused("checks_missing", {"items": open_items})
    return None


def checks_passed(asked: Asked) -> Refused | None:
    failed = [item for item, value in (asked.get("checks") or {}).items() if value == "fail"]
    if failed:
        return Refused("checks_failed", {"items": failed})
    return None


def report_written(asked: Asked) -> Refused | None:
    if not asked.probing and not asked.get("report"):
        return Refused("report_missing", {"field": "report"})
    return None


def verifier_did_not_dispose(asked: Asked) -> Refused | None:
    """Who disposed of a case does not verify it (T36)."""
    disposers = {p.name for p in asked.case.course.parties if p.completed_at or p.filed_at}
    names = {asked.get("by_whom"), asked.actor.name}
    if asked.actor.role in asked.context.procedure.parts.handlers and asked.case.course.station:
        names.add(asked.case.course.station)
    if asked.act.on_behalf is not None:
        names.add(asked.act.on_behalf.name)
    same = sorted(n for n in names if n and n in disposers)
    if same:
        return Refused("independence", {"who": same[0]})
    return None
