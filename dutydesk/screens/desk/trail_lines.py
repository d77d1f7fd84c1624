"""Beside the selected case: its parties with their state, and what has happened so far."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, blank, column, flow, free, row
from dutydesk.text import width as cells
from dutydesk.views.card_rows import CaseCard, PartyRow
from dutydesk.views.labels import Words

PARTY_INKS = {"late": "amber", "absent": "red", "returned": "amber", "invited": "ink"}


def beside(card: CaseCard, words: Words, now: datetime, width: int, height: int) -> list[Line]:
    """Parties first, then the timeline in what is left of `height`."""
    lines: list[Line] = []
    if card.parties and height >= 10:
        lines.append(row(width, [blank(1), Span(_("参与方"), "faint")]))
        wide = min(16, max(cells(party.name) for party in card.parties))
        shown = card.parties[: height // 3]
        lines += [party_line(party, words, now, width, wide) for party in shown]
        if len(shown) < len(card.parties):
            more = _("还有 {count} 方").format(count=len(card.parties) - len(shown))
            lines.append(row(width, [blank(1), Span(more, "dim")]))
        lines.append(())
    return lines + trail(card, words, now, width, height - len(lines))


def party_line(party: PartyRow, words: Words, now: datetime, width: int, wide: int) -> Line:
    """One party: who, how far, by when, how often rung in vain, the last word."""
    state = party.outcome_label or party.state_label
    spans = [
        *(blank(1), column(party.name, wide), blank(1)),
        column(_("牵头") if party.lead else "", 4, "dim"),
        *(blank(1), free(state, PARTY_INKS.get(party.outcome or party.state, "dim"))),
    ]
    if party.due_at is not None:
        until = _("至 {time}").format(time=words.when(party.due_at, now))
        spans += [blank(1), Span(until, "red" if party.due_at <= now else "ink")]
    if party.missed:
        spans += [blank(1), Span(_("未接{count}").format(count=party.missed), "amber")]
    for said in (party.duty, party.last_word, party.result):
        if said:
            spans += [blank(1), free(said, "dim")]
    return row(width, spans)


def trail(card: CaseCard, words: Words, now: datetime, width: int, height: int) -> list[Line]:
    """What has happened, the newest first; a longer line goes on below, indented."""
    lines: list[Line] = [row(width, [blank(1), Span(_("经过"), "faint")])]
    for event in reversed(card.events):
        when = words.when(event.at, now)
        wrapped = flow(event.line, max(10, width - 11), "ink", 2)
        for i, line in enumerate(wrapped):
            stamp = column(when if i == 0 else "", 8, "dim")
            lines.append(row(width, [blank(1), stamp, blank(1), *line]))
        if len(lines) >= height:
            break
    return lines[:height]
