"""The texts of a procedure's own messages, filled from what an act says; numbers covered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dutydesk.i18n import listed
from dutydesk.reports.notice import marked, said
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Event
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.templates import Template
from dutydesk.workflow.time.zone import parse_instant, to_local


def message(
    template: Template,
    event: Event,
    case: Case | None,
    words: Words,
    more: Mapping[str, str],
    *,
    drill: bool = False,
) -> str:
    """The text that leaves the desk; the caller of the case is never in it (X-3.2.6)."""
    values = {**_of_case(case, words), **_of_event(event, words), **more}
    return marked(template.filled(words.lang, values), drill)


def _of_case(case: Case | None, words: Words) -> dict[str, str]:
    if case is None:
        return {}
    course = case.course
    return {
        "no": case.no[-4:],
        "level": words.choice("difficulty", course.difficulty),
        "place": said(case.place),
        "description": said(case.description),
        "category": said(case.category or ""),
        "state": words.state(case.state),
        "time": _when(course.coordination_at),
        "mode": words.choice("mode", course.mode),
        "location": said(course.location or ""),
        "parties": listed(said(party.name) for party in course.parties),
        "due": _when(min((c.due_at for c in case.clocks if c.running and c.due_at), default=None)),
    }


def _of_event(event: Event, words: Words) -> dict[str, str]:
    """What the act itself says wins over the case: its due is the one that it sets."""
    found = {"by": words.actor(event.by)}
    for name in ("target", "text", "demand", "reason", "issue"):
        if event.data.get(name):
            label = words.choice(name, str(event.data[name]))
            found[name] = said(label)
    for name in ("due", "time"):
        at = event.data.get(name)
        if at:
            found[name] = _when(at if isinstance(at, datetime) else parse_instant(str(at)))
    return found


def _when(at: datetime | None) -> str:
    return f"{to_local(at):%m-%d %H:%M}" if at is not None else ""
