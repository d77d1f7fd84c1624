"""Everything about one matter as lines: facts, clocks, parties, files, and the one timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dutydesk.i18n import _, listed
from dutydesk.screens.desk import case_lines
from dutydesk.screens.parts.paint import Line, Span, blank, column, flow, free, length, row, rule
from dutydesk.text import headed
from dutydesk.text import width as cells
from dutydesk.views.card_rows import CaseCard, ClockRow, EventRow, PartyRow
from dutydesk.views.labels import Words
from dutydesk.workflow.time.zone import to_local

SIGNS = {
    "FAILED": ("✗", "red"),
    "UNKNOWN": ("?", "amber"),
    "SENT": ("✓", "green"),
    "DROPPED": ("–", "faint"),
}
"""Sign and ink of a message's state; what is on its way has dots."""
PARTY_INKS = {"absent": "red", "late": "amber", "returned": "amber", "result_filed": "green"}


def section(title: str, width: int, said: str = "") -> Line:
    """The head of a part: its name in a thin line."""
    spans = [Span(title, "bright")]
    if said:
        spans += [blank(1), Span(said, "dim")]
    return rule(width, spans)


def facts(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """What is known of the matter beside its head, a line each; what is not known is left out."""
    pairs = [pair for pair in _facts(card, words, now) if pair[1]]
    wide = min(12, max((cells(label) for label, _value in pairs), default=0))
    lines: list[Line] = []
    for label, value in pairs:
        told = flow(value, max(8, width - wide - 3), "ink")
        for number, line in enumerate(told):
            head = column(headed(label) if number == 0 else "", wide, "dim")
            lines.append(row(width, [blank(1), head, blank(1), *line]))
    return lines


def _facts(card: CaseCard, words: Words, now: datetime) -> Iterator[tuple[str, str]]:
    tags = {
        "cross_level": card.cross_level,
        "cross_domain": card.cross_domain,
        "legacy": card.legacy,
    }
    marks = [words.choice("tag", name) for name, on in tags.items() if on]
    yield _("案件号"), card.no
    yield words.field("external_no"), card.external_no or ""
    yield _("来电人"), f"{card.caller_name} {card.caller_phone}".strip()
    yield _("收到"), words.when(card.received_at, now)
    yield words.field("occurred_at"), words.when(card.occurred_at, now) if card.occurred_at else ""
    yield words.field("kind"), words.choice("kind", card.kind)
    yield words.field("discovered_by"), words.choice("discovered_by", card.discovered_by)
    yield _("标记"), listed((*marks, *card.cross_grids, *card.pain_points, *card.key_work))
    yield words.field("lead"), card.lead or ""
    yield words.field("station"), card.station or ""
    yield words.field("basis"), card.basis or ""
    if card.coordination_at is not None:
        mode = words.choice("mode", card.mode)
        when = words.when(card.coordination_at, now)
        yield _("协调"), f"{when} {card.location or ''} {mode}".strip()
    yield _("并入"), card.merged_into or ""
    yield _("关联"), listed(card.linked)
    if card.owner is not None:
        yield _("责任层级"), " ".join((card.owner.label, card.owner.head, card.owner.name)).strip()
    yield from ((kept.label, kept.value_label) for kept in card.kept)
    yield words.field("satisfaction"), words.choice("satisfaction", card.satisfaction)
    yield _("提议"), listed(words.choice("reason", name) for name in card.proposals)


def clocks(card: CaseCard, words: Words, now: datetime, width: int, after: int = 0) -> list[Line]:
    """The runs of the clocks: running ones behind the first `after`, then how others ended."""
    running = case_lines.running(card)[after:]
    lines = [case_lines.clock_line(clock, words, now, width) for clock in running]
    ended = [clock for clock in card.clocks if clock.stopped_at is not None]
    return [*lines, *(_ended(clock, words, now, width) for clock in reversed(ended))]


def _ended(clock: ClockRow, words: Words, now: datetime, width: int) -> Line:
    name = clock.label if clock.party is None else f"{clock.label} {clock.party}"
    if clock.on_time is None:
        said = Span(_("终止"), "faint")
    elif clock.on_time:
        said = Span(_("按时"), "green")
    else:
        said = Span(_("超时（豁免）") if clock.exempt else _("超时"), "red")
    at = words.when(clock.stopped_at, now) if clock.stopped_at else ""
    due = _("限 {when}").format(when=words.when(clock.due_at, now)) if clock.due_at else ""
    label = column(name, min(max(6, cells(name)), max(6, width // 3)), "dim")
    return row(width, [blank(1), label, blank(1), said, blank(1), Span(f"{at}  {due}", "dim")])


def parties(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """Each party: state, duty, limit, until when, calls; its result under it."""
    wide = min(14, max((cells(p.name) for p in card.parties), default=6))
    lines: list[Line] = []
    for party in card.parties:
        lines.append(row(width, _party(party, words, now, wide)))
        if party.result:
            told = flow(party.result, max(8, width - wide - 7), "ink", 3)
            lines += [row(width, [blank(wide + 5), *line]) for line in told]
    return lines


def _party(party: PartyRow, words: Words, now: datetime, wide: int) -> list[Span]:
    state = party.state_label
    spans = [
        Span(" ◆ " if party.lead else "   ", "accent"),
        column(party.name, wide, "bright"),
        blank(1),
        column(state, max(6, cells(state)), PARTY_INKS.get(party.state, "ink")),
    ]
    if party.arrived_at is not None:
        spans += [blank(1), Span(words.when(party.arrived_at, now), "dim")]
    if party.due_at is not None:
        over = party.due_at <= now
        until = _("至 {when}").format(when=words.when(party.due_at, now))
        spans += [blank(1), Span(until, "red" if over else "ink")]
    if party.duty:
        spans += [
            blank(1),
            free(_("{duty}（{limit}）").format(duty=party.duty, limit=party.limit or ""), "dim"),
        ]
    if party.returns:
        spans += [blank(1), Span(_("返工 {count}").format(count=party.returns), "amber")]
    if party.calls:
        reached = party.calls - party.missed
        calls = _("电话 {count}，通 {reached}").format(count=party.calls, reached=reached)
        spans += [blank(1), Span(calls, "dim" if reached else "amber")]
    if party.last_word:
        spans += [blank(1), free(f"“{party.last_word}”", "dim")]
    return spans


def messages(card: CaseCard, width: int) -> list[Line]:
    """Each message that is on its way: sign, state, what about, to whom, why not."""
    lines = []
    for one in card.messages:
        sign, ink = SIGNS.get(one.state, ("…", "dim"))
        who = f"{one.recipient} {one.person}".strip()
        spans = [
            Span(f" {sign} ", ink),
            column(one.state_label, 12, ink),
            blank(1),
            column(one.kind_label, 8, "dim"),
            blank(1),
            free(who, "bright"),
        ]
        if one.awaited and one.state != "SENT":
            spans += [blank(1), Span(_("送达后生效"), "dim")]
        if one.reason_label:
            spans += [blank(1), free(one.reason_label, "amber" if one.needs else "dim")]
        lines.append(row(width, spans))
    return lines


def attachments(card: CaseCard, width: int) -> list[Line]:
    """The files of the case with their kind, of whom, and the head of their digest."""
    lines = []
    for one in card.attachments:
        spans = [blank(1), column(one.kind_label, 12, "dim"), free(one.file, "ink")]
        if one.party:
            spans += [blank(1), free(one.party, "dim")]
        kept = Span(one.digest[:8], "faint") if one.digest else Span(_("没有副本"), "amber")
        spans += [blank(1), kept]
        lines.append(row(width, spans))
    return lines


def timeline(card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
    """What has happened, the newest on top: when, what, by whom for whom; late entries say so."""
    lines: list[Line] = []
    day = None
    for event in reversed(card.events):
        local = to_local(event.at)
        if local.date() != day:
            day = local.date()
            lines.append(row(width, [blank(1), Span(f"{local:%m-%d}", "dim")]))
        lines += _event(event, words, width)
    return lines


def _event(event: EventRow, words: Words, width: int) -> list[Line]:
    head = [blank(1), Span(f"{to_local(event.at):%H:%M} ", "dim")]
    indent = length(head)
    who = words.actor(event.by)
    if event.on_behalf:
        who = _("{who} 代{other}").format(who=who, other=words.actor(event.on_behalf))
    if event.channel:
        who = f"{who} {words.choice('via', event.channel)}"
    if event.late_entry:
        who = _("{who} · {at} 补录").format(who=who, at=f"{to_local(event.recorded_at):%H:%M}")
    told = flow(event.line, max(12, width - indent), "ink")
    lines = [row(width, [*(head if n == 0 else [blank(indent)]), *t]) for n, t in enumerate(told)]
    return [*lines, row(width, [blank(indent), free(who, "faint")])]


def report(card: CaseCard, words: Words, width: int) -> list[Line]:
    """The signed report with its checks."""
    lines: list[Line] = []
    for name, said in card.checks:
        label = words.choice("checks", name)
        verdict = words.choice("check", said)
        note = dict(card.check_notes).get(name, "")
        spans = [
            blank(1),
            column(label, 18, "dim"),
            Span(verdict, "ink"),
            blank(1),
            free(note, "dim"),
        ]
        lines.append(row(width, spans))
    for part in (card.report or "").split("\n"):
        lines += [row(width, [blank(1), *line]) for line in flow(part, max(8, width - 2), "ink")]
    return lines
