"""Papers on one case: for the group, for the platform it came from, and the 工作联系单.

Free texts are masked and the caller is left out in all of them (X-3.2.6), his full name too where
the case knows it; a drill says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from dutydesk.errors import BadInput
from dutydesk.i18n import _, listed
from dutydesk.reports import why
from dutydesk.reports.writing import Part, Row, Writing
from dutydesk.text import headed, mask_numbers, one_line
from dutydesk.views.card_rows import CaseCard, PartyRow
from dutydesk.views.labels import N_, Words
from dutydesk.workflow.time.zone import to_local

KINDS: Mapping[str, str] = {
    "group": N_("案件情况（发群）"),
    "upstream": N_("案件情况（报来源平台）"),
    "contact": N_("工作联系单"),
    "why": N_("时限依据"),
}
"""Each kind of paper with its title."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its kind, title, lines, parts, and what stands at its foot."""

    kind: str
    no: str
    title: str
    rows: tuple[Row, ...]
    parts: tuple[Part, ...]
    foot: tuple[str, ...]
    drill: bool


def paper(kind: str, writing: Writing) -> Paper:
    """The paper of one of `KINDS`.

    Raises BadInput where the case has no such paper, or no such party is in it.
    """
    rows, parts = MAKERS[kind](writing)
    rule = _("依据：{rule}").format(rule=writing.words.procedure.rule)
    made = _("{office}城运分中心 {time} 制").format(
        office=writing.file.office, time=f"{to_local(writing.now):%Y-%m-%d %H:%M}"
    )
    return Paper(
        kind=kind,
        no=writing.card.no,
        title=_(KINDS[kind]),
        rows=_covered(writing, rows),
        parts=tuple(
            part._replace(rows=_covered(writing, part.rows)) for part in parts if part.rows
        ),
        foot=(made, rule),
        drill=writing.drill,
    )


def _covered(writing: Writing, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The lines that say something, the caller's name covered in whatever was typed."""
    return tuple(row._replace(value=writing.file.cover(row.value)) for row in rows if row.value)


Made = tuple[list[Row], list[Part]]


def _group(writing: Writing) -> Made:
    card = writing.card
    rows = [
        Row(_("案件号"), card.no),
        Row(_("来源"), card.channel_label),
        *_matter(writing),
        Row(_("牵头"), _said(card.lead or card.station or "")),
        Row(_("协调"), _meeting(card, writing.words)),
        Row(_("时限"), _due(card)),
    ]
    parties = tuple(Row(_said(one.name), _stands(one)) for one in card.parties)
    return rows, [Part(_("参与方"), parties), Part(_("处置反馈"), tuple(_results(card)))]


def _upstream(writing: Writing) -> Made:
    card = writing.card
    if not card.external_no:
        message = _("{no} 不是从平台来的，没有平台编号，不用报")
        raise BadInput(message.format(no=card.tail))
    rows = [
        Row(_("来源平台"), card.channel_label),
        Row(_("平台编号"), _unmarked(card.external_no)),
        Row(_("本台案件号"), card.no),
        Row(_("现在"), card.state_label),
    ]
    parts = [
        Part(
            page.what_label + (f" {writing.words.party(page.party)}" if page.party else ""),
            tuple(Row(one.label, one.value) for one in page.fields if one.value),
        )
        for page in writing.file.pages
    ]
    if not parts:
        rows.append(Row(_("说明"), _("还没有要告诉平台的办理情况")))
    return rows, parts


def _contact(writing: Writing) -> Made:
    card = writing.card
    addressees = addressed(card)
    to = writing.to or (addressees[0] if addressees else "")
    if not to:
        raise BadInput(_("{no} 还没有参与方或工作站，联系单没有主送单位").format(no=card.tail))
    if writing.to and writing.to not in addressees:
        raise BadInput(
            _("“{party}”不在这件案件里").format(party=one_line(to)), expected=listed(addressees)
        )
    party = next((one for one in card.parties if one.name == to), None)
    others = [one.name for one in card.parties if one.name != to]
    number = f"{card.no}-{addressees.index(to) + 1}"
    rows = [
        Row(_("编号"), number),
        Row(_("主送"), _said(to)),
        Row(_("抄送"), listed(_said(name) for name in others)),
        Row(_("发件"), _("{office}城运分中心").format(office=writing.file.office)),
        *_matter(writing),
        Row(_("请贵单位"), _demand(card, party)),
        Row(_("办结期限"), _deadline(card, to, party)),
        Row(_("协调"), _meeting(card, writing.words)),
        Row(_("联系人"), _said(writing.by.name or writing.words.actor(writing.by))),
        Row(_("联系电话"), "________________"),
        Row(_("日期"), f"{to_local(writing.now):%Y-%m-%d}"),
    ]
    reply = (Row(_("办理情况"), "________________"), Row(_("签收人、时间"), "________________"))
    return rows, [Part(_("回执"), reply)]


MAKERS: Mapping[str, Callable[[Writing], Made]] = {
    "group": _group,
    "upstream": _upstream,
    "contact": _contact,
    "why": why.made,
}


def addressed(card: CaseCard) -> tuple[str, ...]:
    """To whom a contact sheet can go: who still owes a result first, the lead before others."""
    owing = sorted(card.parties, key=lambda one: (one.filed_at is not None, not one.lead))
    names = [one.name for one in owing]
    if card.station and card.station not in names:
        names.append(card.station)
    return tuple(names)


def _matter(writing: Writing) -> Iterator[Row]:
    card = writing.card
    level = card.difficulty_label or (_("紧急") if card.urgent else "")
    yield Row(_("级别"), level)
    yield Row(headed(_("状态")), card.state_label)
    yield Row(headed(_("地点")), _said(card.place))
    yield Row(_("事由"), _said(card.description))
    yield Row(headed(_("收到")), _when(card.received_at))


def _demand(card: CaseCard, party: PartyRow | None) -> str:
    """What the addressee is asked for: its duty, else the last instruction, else the usual."""
    if party is not None and party.duty:
        return _said(party.duty)
    if card.instructions:
        return _said(card.instructions[-1].text)
    return _("按职责到场处置，并书面反馈结果")


def _deadline(card: CaseCard, to: str, party: PartyRow | None) -> str:
    """Until when the addressee is to be done; the desk's own limits are nobody else's."""
    if party is not None and party.due_at is not None:
        return _when(party.due_at)
    own = card.clock if to == card.station else None
    return _when(own.due_at) if own is not None and own.due_at is not None else _("尽快")


def _due(card: CaseCard) -> str:
    clock = card.clock
    if clock is None or clock.due_at is None:
        return ""
    return _("{clock} {when} 前").format(clock=clock.label, when=_when(clock.due_at))


def _meeting(card: CaseCard, words: Words) -> str:
    if card.coordination_at is None:
        return ""
    where = _said(card.location or card.place)
    return f"{_when(card.coordination_at)} {where} {words.choice('mode', card.mode)}".strip()


def _stands(party: PartyRow) -> str:
    said = [party.state_label]
    if party.duty:
        said.append(_said(party.duty))
    if party.due_at is not None:
        said.append(_("{when} 前").format(when=_when(party.due_at)))
    return listed(said)


def _results(card: CaseCard) -> Iterator[Row]:
    for party in card.parties:
        if party.result:
            yield Row(_said(party.name), _said(party.result))


def _when(at: datetime) -> str:
    return f"{to_local(at):%m-%d %H:%M}"


def _said(text: str) -> str:
    return mask_numbers(one_line(text))


def _unmarked(text: str) -> str:
    """A number of the platform: it is no telephone's, and must be found there."""
    return one_line(text)
