"""What the desk says once a form is done: which case, what, how it stands, what is due next."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from dutydesk.i18n import _, listed
from dutydesk.screens.forms.submit import Filed
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.shell import shell
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.wording import word
from dutydesk.workflow.cases.model import Case


def told(filed: Filed, words: Words, now: datetime, area: str = "") -> tuple[str, str]:
    """One line and its ink: red where an act of several was refused, and why.

    `area` is named before the number where the case belongs to another area than this desk's.
    """
    done = listed(_acts(filed, words))
    no = f"{area} {short(filed.case_no, now)}".strip() if filed.case_no else ""
    case = filed.done[-1].case if filed.done else None
    if filed.refused is not None:
        said = _("{no} {done} 已记录；{left} 没有办成：{why}").format(
            no=no,
            done=done,
            left=words.verb(filed.left[0].verb) if filed.left else "",
            why=word(filed.refused, words),
        )
        return said.strip(), "red"
    if any(one.pushed for one in filed.done):
        waits = _("{no} {done}：消息正在发出，人人送达后才生效；没有送达的在发件箱")
        return waits.format(no=no, done=done), "amber"
    if case is None:
        return _("{done}：已记录").format(done=done), "ink"
    from dutydesk.desk.attachments import without_copy  # slow import

    said = _("{no} {done}：已记录").format(no=no, done=done)
    lost = without_copy(event for one in filed.done for event in one.events)
    if lost:
        said = _("{said} · 没有副本：{files}").format(said=said, files=listed(lost))
    said = _("{said} · 现在{state}").format(said=said, state=words.state(case.state))
    ink, due = "amber" if lost else "ink", next_due(case)
    if due is None:
        return said, ink
    clock, at = due
    return _("{said} · {clock}至 {when}").format(
        said=said, clock=words.clock(clock), when=words.when(at, now)
    ), ink


def leave(form: Dialog, filed: Filed | None) -> None:
    """Close a form with what came of it, and say so on the screen below."""
    app = shell(form)
    form.dismiss(filed)
    if filed is not None and filed.done:
        if filed.verb == "register" and filed.case_no:
            app.desk.go_to(filed.case_no)
        case = filed.done[-1].case
        if case is not None and form.gateway.context.procedure.states[case.state].end:
            app.desk.hold(case.no)
        gateway = form.gateway
        area = _elsewhere(gateway, case)
        form.app.call_later(app.say, *told(filed, gateway.words, gateway.now, area))


def _elsewhere(gateway: Gateway, case: Case | None) -> str:
    """The name of the case's area where that is not this desk's: tails are each area's own."""
    known = gateway.context
    if case is None or case.area == known.area:
        return ""
    area = known.places.area(case.area)
    return area.name if area is not None else case.area


def next_due(case: Case) -> tuple[str, datetime] | None:
    """The clock of a case that breaches first, and when; None where none runs."""
    running = [(c.due_at, c.name) for c in case.clocks if c.running and c.due_at is not None]
    at, name = min(running, default=(None, ""))
    return (name, at) if at is not None else None


def _acts(filed: Filed, words: Words) -> list[str]:
    """What was done, in order, each once with how often."""
    verbs = [done.events[0].verb if done.events else filed.verb for done in filed.done]
    counted = Counter(verbs or [filed.verb])
    return [
        words.verb(verb)
        if times == 1
        else _("{act}×{times}").format(act=words.verb(verb), times=times)
        for verb, times in counted.items()
    ]
