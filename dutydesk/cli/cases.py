"""`dutydesk cases` and `dutydesk case`: the queue, and one case with everything about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cleaned
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.time.zone import to_local

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.views.card_rows import CaseCard
    from dutydesk.views.labels import Words
    from dutydesk.views.queue import Filters, QueueRow

PAGE = 500


State = Annotated[str | None, typer.Option("--state", metavar="S", help=N_("状态，如 to_dispatch"))]
AreaName = Annotated[str | None, typer.Option("--area", metavar="A", help=N_("片区的编号或名称"))]
GridName = Annotated[
    str | None, typer.Option("--grid", metavar="G", help=N_("社区网格的编号或名称"))
]
Channel = Annotated[
    str | None, typer.Option("--channel", metavar="C", help=N_("来源渠道，如 hotline_12345"))
]
Overdue = Annotated[bool, typer.Option("--overdue", help=N_("只要超时的"))]
Everything = Annotated[bool, typer.Option("--all", help=N_("连同已办完的"))]
Search = Annotated[
    str | None, typer.Option("--search", metavar="TEXT", help=N_("编号、地点、事由里的字"))
]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help=N_("最多几件"))]
Lines = Annotated[bool, typer.Option("--json", help=N_("每行一个 JSON"))]


def cases(
    state: State = None,
    area: AreaName = None,
    grid: GridName = None,
    channel: Channel = None,
    overdue: Overdue = False,
    everything: Everything = False,
    search: Search = None,
    limit: Limit = None,
    as_json: Lines = False,
) -> None:
    """List the open cases, urgent track first, then by what breaches first."""
    with here.desk() as desk:
        from dutydesk.views.queue import Filters  # slow import

        procedure, places = desk.context.procedure, desk.context.places
        found_area = places.area(area) if area is not None else None
        found_grid = places.grid(grid) if grid is not None else None
        if area is not None and found_area is None:
            raise _unknown(N_("片区"), area, [each.code for each in places.areas])
        if grid is not None and found_grid is None:
            raise _unknown(N_("网格"), grid, [each.short for each in places.grids])
        filters = Filters(
            state=_one_of(N_("状态"), state, procedure.states),
            area=found_area.code if found_area else None,
            grid=found_grid.name if found_grid else None,
            channel=_one_of(N_("渠道"), channel, _channels(procedure)),
            overdue=overdue,
            text=cleaned(search) or None,
        )
        # A state at the end of a case is asked for by its name: no need to say --all as well.
        ended = state is not None and procedure.states[state].end
        _list(desk, filters, everything or ended, limit, as_json)


def _list(desk: Desk, filters: Filters, closed_too: bool, limit: int | None, as_json: bool) -> None:
    """Print the rows page by page, so that a hundred thousand need no more memory than a few."""
    from dutydesk.views import jsonable  # slow import
    from dutydesk.views.queue import Queue, millis  # slow import

    now_ms = millis(desk.now())
    lines: list[list[str]] = []
    offset = 0
    while limit is None or offset < limit:
        size = PAGE if limit is None else min(PAGE, limit - offset)
        rows = desk.read(Queue(filters, closed_too=closed_too, limit=size, offset=offset))
        for row in rows:
            if as_json:
                outlet.say_json(jsonable.case_line(row, now_ms))
            else:
                lines.append(_cells(row, now_ms, desk.context.procedure))
        offset += len(rows)
        if len(rows) < size:
            break
    if not as_json:
        for line in columns(lines):
            outlet.say(line)
        outlet.say(_("共 {count} 件").format(count=len(lines)))


def _cells(row: QueueRow, now_ms: int, procedure: Procedure) -> list[str]:
    from dutydesk.views.labels import Words  # slow import
    from dutydesk.views.queue import light  # slow import

    words = Words(procedure)
    left = ""
    if row.due_at is not None:
        seconds = (row.due_at - now_ms) // 1000
        left = words.span(abs(seconds))
        left = _("超时 {span}").format(span=left) if seconds < 0 else left
    elif row.open and row.waiting_since is not None:
        spent = max(0, now_ms - row.waiting_since) // 1000
        left = _("已{span}").format(span=words.span(spent))
    return [
        row.no,
        words.choice("light", light(row, now_ms)) if row.open else "",
        left,
        words.state(row.state),
        row.grid_short or row.marks,
        row.category or "",
        row.place,
        row.summary,
    ]


def case(
    number: Annotated[str, typer.Argument(metavar="NO", help=N_("案件编号或其末几位"))],
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="ROLE", help=N_("按谁来看能办什么，缺省为值班台")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """Show one case: fields, clocks, parties, events and acts."""
    with here.desk() as desk:
        from dutydesk.views import jsonable  # slow import
        from dutydesk.views.card import Card  # slow import
        from dutydesk.views.labels import Words  # slow import
        from dutydesk.views.why import Whys  # slow import

        procedure = desk.context.procedure
        actor = here.actor(cleaned(by), procedure) if by is not None else None
        no = desk.resolve(cleaned(number))
        card = desk.read(Card(no, actor))
        if card is None:
            raise BadInput(_("没有编号为 {no} 的案件").format(no=shown(number)))
        if as_json:
            outlet.say_json(jsonable.case(card, desk.read(Whys(no))))
            return
        for line in _text(card, Words(procedure)):
            outlet.say(line)


def _text(card: CaseCard, words: Words) -> list[str]:
    """A case on paper: head, clocks, parties, what is open, and what happened."""
    head = [card.no, card.state_label, card.channel_label, card.grid or "", card.category or ""]
    lines = ["  ".join(part for part in head if part), card.place, card.description]
    lines += [_owned(card), *(f"{row.label}  {row.value_label}" for row in card.kept), ""]
    lines += columns(
        [
            [
                row.label,
                row.party or "",
                _when(row.due_at),
                _light(row.light, row.on_time) + (_("（豁免）") if row.exempt else ""),
                row.doubt,
            ]
            for row in card.clocks
        ]
    )
    if card.clock is None and card.elapsed_s is not None:
        spent = _("已 {span}").format(span=words.span(card.elapsed_s))
        lines.append(f"{card.state_label}  {spent}  {_('无时限')}")
    lines += ["", *columns([[p.name, p.state_label, p.duty or ""] for p in card.parties])]
    lines.append("")
    lines += columns(
        [
            [row.verb, row.label, _("可办") if row.open else row.why_not or "", row.clause or ""]
            for row in card.acts
        ],
        widest=60,
    )
    lines += ["", *(f"{_when(row.at)}  {row.line}" for row in card.events)]
    return lines


def _owned(card: CaseCard) -> str:
    """The level that answers for the case, its head, and who that is now."""
    if card.owner is None:
        return ""
    parts = (_("责任层级"), card.owner.label, card.owner.head, card.owner.name)
    return "  ".join(part for part in parts if part)


def _when(at: datetime | None) -> str:
    return f"{to_local(at):%m-%d %H:%M}" if at is not None else ""


def _light(light: str, on_time: bool | None) -> str:
    words = {
        "red": _("超时"),
        "yellow": _("将超时"),
        "green": _("正常"),
        "stopped": _("已停"),
        "ended": _("已终止"),
    }
    said = words.get(light, light)
    if on_time is None:
        return said
    return (
        _("{light}，按时").format(light=said) if on_time else _("{light}，超时").format(light=said)
    )


def _channels(procedure: Procedure) -> tuple[str, ...]:
    return procedure.fields["channel"].choices


def _one_of(what: str, given: str | None, known: Iterable[str]) -> str | None:
    if given is not None and given not in set(known):
        raise _unknown(what, given, list(known))
    return given


def _unknown(what: str, given: str, known: list[str]) -> BadInput:
    return BadInput(
        _("没有{what}“{given}”；{hint}").format(
            what=_(what), given=shown(given), hint=nearest(given, known)
        ),
        expected=all_of(given, known),
    )
