"""With whom a case is: whom it waits for, since when, their last word; in whose hands it is."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _, listed
from dutydesk.screens.parts.paint import Line, Span, blank, free, length, row
from dutydesk.text import mask_numbers
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.claims import whose_words
from dutydesk.views.labels import Words
from dutydesk.workflow.duty.claims import Claim


def waits(card: CaseCard, words: Words, now: datetime) -> list[Span]:
    """等 城管何勇 自 18:31（26分）; nothing where the next act is the desk's."""
    if card.bay is None or card.hands == "mine" or not card.waiting_for:
        return []
    who = listed(words.party(name) for name in card.waiting_for)
    spans = [Span(_("等 "), "dim"), free(who, "bright")]
    if card.since_at is not None:
        since = words.when(card.since_at, now)
        passed = words.span(int((now - card.since_at).total_seconds()))
        said = _("自 {since}（{span}）").format(since=since, span=passed)
        spans += [blank(1), Span(said, "dim")]
    return spans


def last_word(card: CaseCard, words: Words, now: datetime) -> list[Span]:
    """“十分钟到” 18:40, or how the last call ended; nothing where nobody was rung."""
    if not card.calls:
        return []
    call = card.calls[-1]
    said = f"“{call.said}”" if call.said else call.outcome_label
    return [free(mask_numbers(said), "ink"), blank(1), Span(words.when(call.at, now), "faint")]


def in_whose_hands(claim: Claim | None, words: Words, now: datetime) -> list[Span]:
    """在 二号席 李某 手里 3 分钟; nothing where no other seat has it."""
    return [] if claim is None else [free(whose_words(claim, words, now), "accent")]


def with_whom(
    card: CaseCard, claim: Claim | None, words: Words, now: datetime, width: int
) -> list[Line]:
    """In whose hands it is, whom it waits for, their last word: beside that where it fits."""
    waiting, said = waits(card, words, now), last_word(card, words, now)
    found = [in_whose_hands(claim, words, now), waiting]
    if waiting and said:
        if length(waiting) + length(said) + 2 <= width:
            waiting += [blank(1), *said]
        else:
            found.append([blank(3), *said])
    return [row(width, [blank(1), *spans]) for spans in found if spans]
