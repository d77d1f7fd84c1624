"""The selected case in four answers: what it is, how long, what first, what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from dutydesk.i18n import _
from dutydesk.screens.desk.still_lines import apart_line, marks, still_words
from dutydesk.screens.desk.waiting_lines import in_whose_hands, last_word, waits
from dutydesk.screens.parts.paint import (
    Line,
    Span,
    blank,
    column,
    flow,
    flow_spans,
    free,
    lamp,
    length,
    row,
)
from dutydesk.text import pad_left
from dutydesk.text import width as cells
from dutydesk.views.card_rows import ActRow, CaseCard, CheckRow, ClockRow
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.workflow.duty.claims import Claim
from dutydesk.workflow.time.zone import to_local

CLOCK_INKS = {"red": "red!", "yellow": "amber!", "green": "green"}
DIFFICULTY_INKS = {"U": "red", "C": "amber"}


def what(card: CaseCard, words: Words, now: datetime, width: int, most: int = 2) -> list[Line]:
    """What it is: number and matter, track and origin, place."""
    head = [blank(1), Span(short(card.no, now), "accent!"), blank(1)]
    indent = length(head)
    told = flow(card.description or card.place, max(8, width - indent - 1), "bright", most)
    lines = [
        row(width, [*(head if i == 0 else [blank(indent)]), *line]) for i, line in enumerate(told)
    ]
    kind: list[Span] = [blank(1)]
    if card.difficulty_label:
        ink = DIFFICULTY_INKS.get(card.track or "", "ink")
        kind += [Span(card.difficulty_label, ink), Span(" · ", "faint")]
    kind.append(free(card.channel_label, "dim"))
    for part in (card.grid, card.category):
        if part:
            kind += [Span(" · ", "faint"), free(part, "dim")]
    if not card.category_known:
        kind += [blank(1), Span(_("类目外"), "amber")]
    for mark in card.marks:
        kind += [blank(1), free(words.mark(mark), "amber")]
    if card.urged:
        kind += [blank(1), Span(_("催{count}").format(count=card.urged), "amber")]
    lines.append(row(width, kind))
    if card.place and card.place != card.description:
        lines.append(row(width, [blank(1), free(card.place, "ink")]))
    return lines


def running(card: CaseCard) -> list[ClockRow]:
    """The running clocks, the one that breaches first on top."""
    found = [clock for clock in card.clocks if clock.stopped_at is None]
    return sorted(found, key=lambda c: (c.due_at is None, c.due_at or c.started_at, c.id))


def how_long(card: CaseCard, words: Words, now: datetime, width: int, most: int = 2) -> list[Line]:
    """How long there is: bar, what remains, until when; one line per running clock.

    Where no clock runs, what has passed since the case came to where it is.
    """
    clocks = running(card)
    lines = [clock_line(clock, words, now, width) for clock in clocks[:most]]
    if not clocks and card.elapsed_s is not None:
        lines = [passed_line(card, words, now, width)]
    if card.upstream_due is not None and len(lines) < most:
        left = words.left(card.upstream_due, now)
        until = words.when(card.upstream_due, now)
        said = _("{left} 至 {until}").format(left=left, until=until)
        ink = "red" if card.upstream_due <= now else "dim"
        lines.append(row(width, [blank(1), Span(_("上级 "), "dim"), Span(said, ink)]))
    return lines


def clock_line(clock: ClockRow, words: Words, now: datetime, width: int) -> Line:
    """One clock: label, bar, remaining, absolute; the word of its light where there is room."""
    name = clock.label if clock.party is None else f"{clock.label} {clock.party}"
    label = column(name, min(max(6, cells(name)), max(6, width // 4)), "dim")
    if (apart := apart_line(clock, label, words, now, width)) is not None:
        return apart
    assert clock.due_at is not None
    shade = _shade(clock, now)
    seconds = int((clock.due_at - now).total_seconds())
    left = words.span(seconds)
    over = Span(_("超"), "red!") if seconds < 0 else blank(cells(_("超")))
    until = _("至 {time}").format(time=words.when(clock.due_at, now))
    rest = [over, Span(pad_left(left, 7), CLOCK_INKS[shade]), blank(1), Span(until, "ink")]
    rest += marks(clock, words)
    bar_width = max(4, min(18, width - length([label, *rest]) - 4))
    spans = [blank(1), label, blank(1), *bar(clock, now, bar_width, shade), blank(1), *rest]
    house = [Span(_("本单位设定"), "faint"), blank(1)] if clock.basis == "house" else []
    if clock.doubt:
        house = [Span(_("年表未公布"), "amber"), blank(1)]
    if length(spans) + length(house) + 2 > width:
        house = []
    return row(width, spans, house)


def passed_line(card: CaseCard, words: Words, now: datetime, width: int) -> Line:
    """The state without a limit, and how long the case has stood in it."""
    since_at = card.since_at or card.received_at
    spent = words.span(max(0, int((now - since_at).total_seconds())))
    label = column(card.state_label, max(6, cells(card.state_label)), "dim")
    said = [Span(_("已 {span}").format(span=spent), "ink"), blank(1)]
    return row(width, [blank(1), label, blank(1), *said, Span(_("无时限"), "faint")])


def _shade(clock: ClockRow, now: datetime) -> str:
    """The light as it stands now: a card may be older than the moment."""
    if clock.due_at is not None and clock.due_at <= now:
        return "red"
    if clock.yellow_at is not None and clock.yellow_at <= now:
        return "yellow"
    return "green"


def bar(clock: ClockRow, now: datetime, width: int, shade: str) -> list[Span]:
    """How much of the limit is used up."""
    whole = (clock.due_at or now) - clock.started_at
    used = now - clock.started_at
    share = 1.0 if whole <= timedelta(0) else max(0.0, min(1.0, used / whole))
    filled = round(share * width)
    ink = CLOCK_INKS[shade].rstrip("!")
    return [Span("━" * filled, ink), Span("━" * (width - filled), "rule")]


def first(card: CaseCard, width: int) -> list[Line]:
    """What must be done first: each thing with its state; a missing one names its key."""
    return [check_line(check, card, width) for check in card.pending]


def check_line(check: CheckRow, card: CaseCard, width: int) -> Line:
    """One thing to do: ✓ done, ○ not yet, with the key that does it at the end."""
    act = next((act for act in card.acts if act.verb == check.mend and act.key), None)
    right: list[Span] = []
    if check.again_at is not None:
        when = f"{to_local(check.again_at):%H:%M}"
        right = [Span("* ", "accent!"), Span(_("再拨 {when}").format(when=when), "amber"), blank(1)]
    elif not check.done and check.mend == "call":
        right = [Span("* ", "accent!"), Span(_("拨打"), "accent"), blank(1)]
    elif not check.done and act is not None and act.open:
        right = [Span(f"{act.key} ", "accent!"), Span(act.label, "accent"), blank(1)]
    reached = check.done and check.again_at is None
    sign = Span("✓ ", "green") if reached else Span("○ ", "amber")
    said = [blank(1), sign, free(check.label, "dim" if check.done else "ink")]
    if check.detail:
        said += [blank(2), free(check.detail, "dim")]
    return row(width, said, right)


def next_label(card: CaseCard) -> str:
    """What Enter does, with whom: 致电 城管 何勇."""
    act = card.next_act
    if act is None:
        return ""
    party = next_party(card, act.verb)
    return f"{act.label} {party}" if party and act.verb == "call" else act.label


def next_party(card: CaseCard, verb: str) -> str | None:
    """Whom the next act of this kind is about: the first thing undone that names a party."""
    undone = [check for check in card.pending if not check.done and check.mend == verb]
    return next((check.party for check in undone if check.party), None)


def can_do(card: CaseCard, width: int, most: int) -> list[Line]:
    """What can be done: Enter first, then the digits; a closed act says why on its line.

    Where the lines do not suffice, open acts stand two by two, still in the order of the digits.
    """
    lines: list[Line] = []
    if card.next_act is not None:
        label = free(next_label(card), "bright")
        lines.append(row(width, [blank(1), Span("Enter", "accent!"), blank(1), label]))
    keyed = sorted((act for act in card.acts if act.key), key=lambda act: act.key or "")
    wide = min(18, max((cells(act.label) for act in keyed), default=0))
    if len(keyed) <= most - len(lines):
        return lines + [act_line(act, width, wide) for act in keyed]
    return lines + _two_by_two(keyed, width, wide, most - len(lines))


def acts_height(card: CaseCard, *, pairs: bool) -> int:
    """How many lines `can_do` would like."""
    keyed = sorted((act for act in card.acts if act.key), key=lambda act: act.key or "")
    head = card.next_act is not None
    return head + (sum(1 for _pair in _pairs(keyed)) if pairs else len(keyed))


def _pairs(acts: list[ActRow]) -> Iterator[list[ActRow]]:
    """Open acts two by two, each closed one alone."""
    waiting: list[ActRow] = []
    for act in acts:
        if not act.open:
            if waiting:
                yield waiting
            waiting = []
            yield [act]
            continue
        waiting.append(act)
        if len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _two_by_two(acts: list[ActRow], width: int, wide: int, most: int) -> list[Line]:
    kept = list(acts)
    for closed in [act for act in reversed(acts) if not act.open]:
        if len(list(_pairs(kept))) <= most:
            break
        kept.remove(closed)
    half = (width - 1) // 2
    return [
        act_line(pair[0], width, wide)
        if len(pair) == 1
        else (*act_line(pair[0], half, wide), *act_line(pair[1], width - half, wide, indent=1))
        for pair in list(_pairs(kept))[: max(0, most)]
    ]


def act_line(act: ActRow, width: int, label_width: int, indent: int = 5) -> Line:
    """Digit and act; where it is closed, the reason."""
    if act.open:
        key = Span(act.key or " ", "accent!")
        return row(width, [blank(indent), key, blank(1), free(act.label)])
    return row(
        width,
        [
            *(blank(indent), Span(act.key or " ", "faint"), blank(1)),
            column(act.label, label_width, "faint"),
            *(blank(2), free(act.why_not or "", "faint")),
        ],
    )


def acts_flow(card: CaseCard, width: int, most: int) -> list[Line]:
    """The open acts side by side, for narrow screens."""
    spans = [
        Span(f"{a.key} {a.label}", "ink") for a in card.acts if a.key and a.open and not a.next
    ]
    return [row(width, [blank(1), *line]) for line in flow_spans(spans, width - 1, 2, most)]


def two_lines(
    card: CaseCard, claim: Claim | None, words: Words, now: datetime, width: int
) -> list[Line]:
    """The case in two lines: what, next act, what is closed; clock and what is undone."""
    spans: list[Span] = [
        *(blank(1), Span(short(card.no, now), "accent!"), blank(1)),
        free(card.place or card.description, "bright"),
    ]
    right: list[Span] = []
    if card.next_act is not None:
        right = [Span("Enter ", "accent!"), free(next_label(card), "accent"), blank(1)]
    main = next((a for a in card.acts if a.key == "1" and not a.open), None)
    if main is not None and width >= 72:
        said = _("{label}：{why}").format(label=main.label, why=main.why_not or "")
        reason = free(f"{main.key} {said}", "faint")
        room = width - length(right) - length(spans) - 2
        if room > 12:
            spans += [blank(2), Span(row(room, [reason])[0].text, "faint")]
    with_whom = in_whose_hands(claim, words, now) or waits(card, words, now)
    if with_whom and claim is None:
        with_whom += [blank(1), *last_word(card, words, now)]
    return [row(width, spans, right), _short_clock(card, words, now, width, with_whom)]


def _short_clock(
    card: CaseCard, words: Words, now: datetime, width: int, with_whom: list[Span]
) -> Line:
    clock = card.clock
    spans: list[Span] = [blank(1)]
    if clock is not None and clock.due_at is not None:
        shade = _shade(clock, now)
        left = still_words(clock, words, now) or words.left(clock.due_at, now)
        until = _("至 {time}").format(time=words.when(clock.due_at, now))
        spans += [
            *(lamp(shade), blank(1), Span(clock.label, "dim"), blank(1)),
            *(*bar(clock, now, 8, shade), blank(1), Span(left, CLOCK_INKS[shade])),
            *(blank(1), Span(until, "ink"), *marks(clock, words)),
        ]
    spans += [blank(2), *with_whom] if with_whom else []
    for check in sorted(card.pending, key=lambda check: check.done):
        reached = check.done and check.again_at is None
        mark = Span("✓", "green") if reached else Span("○", "amber")
        spans += [blank(2), mark, blank(1), free(check.label, "dim" if reached else "ink")]
    return row(width, spans)
