"""The lines under the command line: which case, which act, what follows or why not."""

from __future__ import annotations

from datetime import datetime

from dutydesk.errors import Refused
from dutydesk.i18n import _
from dutydesk.screens.command.looking import View, screen_of
from dutydesk.screens.forms.layout import fields
from dutydesk.screens.forms.submit import AT
from dutydesk.screens.parts.paint import Line, Span, blank, flow_spans, free, lamp, row
from dutydesk.text import fit, one_line
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import Words
from dutydesk.views.spoken import spoken
from dutydesk.views.wording import word

FIELD_LINES = 2
LONGEST = 28
"""How many cells of one value the preview shows."""
HEAD = 5
"""Lines above the offers: the case, the act with its fields on two lines, what follows, a gap."""


def head_lines(view: View | None, words: Words, now: datetime, width: int) -> list[Line]:
    """Exactly HEAD lines, so that nothing below them moves."""
    if view is None:
        return [row(width, []) for _line in range(HEAD)]
    found = [_case(view.card, words, now, width), *_act(view, words, now, width)]
    found = [*found, *(row(width, []) for _line in range(HEAD))][: HEAD - 2]
    return [*found, _follows(view, words, now, width), row(width, [])]


def _case(card: CaseCard | None, words: Words, now: datetime, width: int) -> Line:
    if card is None:
        return row(width, [blank(2), Span(_("不指定案件"), "faint")])
    clock = card.clock
    right: list[Span] = []
    if clock is not None and clock.due_at is not None:
        ink = {"red": "red!", "yellow": "amber"}.get(clock.light, "dim")
        right = [Span(f"{clock.label} {words.left(clock.due_at, now)}", ink), blank(1)]
    left = [
        blank(1), lamp(card.light), blank(1), Span(card.tail, "bright"), blank(1),
        Span(card.state_label, "dim"), blank(2), free(f"{card.place}  {card.description}"),
    ]  # fmt: skip
    return row(width, left, right)


def _act(view: View, words: Words, now: datetime, width: int) -> list[Line]:
    """The act, and its fields: typed ones bright, proposed ones dim, missing ones in amber."""
    proposal = view.proposal
    if proposal is None:
        return []
    verb = proposal.scene.verb
    known = fields(proposal.scene)
    spans = [Span(words.verb(verb), "accent!")]
    for name in (*proposal.shown, *([AT] if AT in proposal.given else [])):
        label = known[name].label.in_(words.lang) if name in known else _("办理时间")
        if name in proposal.missing:
            spans.append(Span(_("缺 {field}").format(field=label), "amber!"))
        elif name in proposal.values and proposal.values[name] is not False:
            said = _value(words, verb, name, proposal.values[name], now)
            ink = "ink" if name in proposal.given else "faint"
            spans.append(Span(f"{label} {said}", ink))
    if proposal.unread:
        said = " ".join(proposal.unread)
        spans.append(Span(_("读不懂“{text}”").format(text=one_line(said)), "amber!"))
    lines = flow_spans(spans, width - 3, 2, FIELD_LINES)
    return [row(width, [blank(3), *line]) for line in lines]


def _value(words: Words, verb: str, name: str, value: object, now: datetime) -> str:
    if isinstance(value, datetime):
        return spoken(value, now, words.lang)
    said = one_line(words.value(verb, name, value))
    return fit(said, LONGEST).rstrip()


def _follows(view: View, words: Words, now: datetime, width: int) -> Line:
    """What the act leads to, or the reason against it."""
    refused = why_not(view, words)
    if refused:
        return row(width, [blank(1), Span("✗ ", "red!"), free(refused, "red")])
    rehearsed = view.rehearsed
    if rehearsed is None or rehearsed.state is None:
        return row(width, [])
    said = [words.state(rehearsed.state)]
    for step in rehearsed.steps:
        name = words.clock(step.clock)
        due = spoken(step.due_at, now, words.lang) if step.due_at else ""
        whom = f"{step.party} " if step.party else ""
        said.append(_("{who}{clock} 至 {due}").format(who=whom, clock=name, due=due or "—"))
    return row(width, [blank(1), Span("→ ", "green"), free(" · ".join(said), "green")])


def why_not(view: View, words: Words) -> str:
    """The sentence that says why the act is not open; empty where it is."""
    if view.act is not None and not view.act.open:
        return _clause(view.act.why_not or "", view.act.clause)
    if view.head.kind == "act" and view.proposal is None:
        return _("没有写是哪一件")
    error = view.rehearsed.error if view.rehearsed else None
    if error is None:
        return (
            _("没有编号以 {digits} 结尾的案件").format(digits=view.head.digits)
            if (view.head.kind == "unknown")
            else ""
        )
    if isinstance(error, Refused):
        return _clause(word(error, words), error.clause)
    return str(error)


def _clause(sentence: str, clause: str | None) -> str:
    if not clause:
        return sentence
    return _("{sentence}（{clause}）").format(sentence=sentence, clause=clause)


def enter_says(view: View | None, words: Words, picked: bool) -> str:
    """What Enter does now."""
    if view is None or view.head.kind == "nothing":
        return _("选中") if picked else _("输入命令")
    if picked or view.pick_first:
        return _("选中")
    if view.head.kind == "case":
        return _("到这件")
    proposal = view.proposal
    if proposal is None or why_not(view, words):
        return _("—")
    if view.ready:
        return _("办理")
    if screen_of(proposal.scene) or not proposal.missing:
        return _("打开")
    known = fields(proposal.scene)
    missing = known.get(proposal.missing[0])
    label = missing.label.in_(words.lang) if missing else ""
    return _("打开表单，填{field}").format(field=label)


def named_spans(count: int, trouble: tuple[str, ...]) -> list[Span]:
    """How many cases were named; with a number that names none, that Enter waits for it."""
    said = _("{count} 件：Enter 全部勾选，一起办")
    if trouble:
        said = _("认出 {count} 件，改好再 Enter：")
    said = said.format(count=count)
    return [Span(said), blank(2), free("；".join(trouble), "amber")]
