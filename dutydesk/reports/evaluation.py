"""The evaluation report of a case, drafted from its record to be edited and signed (X-5.2.7.8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dutydesk.i18n import _, listed
from dutydesk.text import mask_numbers, one_line
from dutydesk.views.card_rows import CaseCard, ClockRow, PartyRow
from dutydesk.views.labels import Words
from dutydesk.workflow.time.zone import to_local


def evaluation(card: CaseCard, now: datetime, words: Words) -> str:
    """All parties' feedback, the times and the on-time facts of a case, as they are on record.

    It says nothing that is not on the record: what a judgement would be is left to whoever signs.
    """
    parts = [
        *_matter(card),
        *_course(card),
        *_feedback(card),
        *_times(card, words),
        *_exempt(card, words),
    ]
    parts.append(_evidence(card))
    return "\n".join(part for part in parts if part)


def _matter(card: CaseCard) -> Iterator[str]:
    said = _("{received}，{channel}反映：{place}，{description}").format(
        received=_when(card.received_at),
        channel=card.channel_label,
        place=_said(card.place),
        description=_said(card.description),
    )
    yield _("一、案情：{said}").format(said=said.rstrip("。；，.;, ") + _("。"))


def _course(card: CaseCard) -> Iterator[str]:
    if card.class_ == "community":
        said = _("按社区层面案件受理，派{station}处置").format(station=card.station or "")
    elif card.class_ != "linkage":
        said = _("由{lead}承办").format(lead=card.lead) if card.lead else _("当场处置")
    else:
        said = _("按联动类案件（{level}）受理，{lead}牵头").format(
            level=card.difficulty_label or "", lead=card.lead or ""
        )
        if card.coordination_at is not None:
            said += _("，{time} 在{location}协调").format(
                time=_when(card.coordination_at), location=_said(card.location or card.place)
            )
    yield _("二、经过：{said}").format(said=said + _("。"))
    if card.basis:
        yield _("依据：{basis}。").format(basis=_said(card.basis).rstrip("。."))


def _feedback(card: CaseCard) -> Iterator[str]:
    filed = [party for party in card.parties if party.filed_at is not None or party.result]
    if not filed:
        yield _("三、处置反馈：无。")
        return
    yield _("三、处置反馈：")
    for party in filed:
        yield _party(party)


def _party(party: PartyRow) -> str:
    said = _said(party.result or "").rstrip("。.")
    line = _("{party}：{result}").format(party=party.name, result=said)
    if party.duty:
        line = _("{party}（{duty}）：{result}").format(
            party=party.name, duty=_said(party.duty), result=said
        )
    if party.completed_at is not None:
        line = _("{line}，{time} 完成").format(line=line, time=_when(party.completed_at))
    if party.returns:
        line = _("{line}，返工 {count} 次").format(line=line, count=party.returns)
    return line + _("。")


def _times(card: CaseCard, words: Words) -> Iterator[str]:
    judged = [clock for clock in card.clocks if clock.on_time is not None and not clock.exempt]
    if not judged:
        return
    late = [clock for clock in judged if clock.on_time is False]
    if not late:
        yield _("四、时限：{count} 个环节均按时。").format(count=len(judged))
        return
    named = listed(_late(clock, words) for clock in late)
    yield _("四、时限：{count} 个环节，按时 {on_time} 个；超时：{late}。").format(
        count=len(judged), on_time=len(judged) - len(late), late=named
    )


def _exempt(card: CaseCard, words: Words) -> Iterator[str]:
    """The overdue limits whose appeal was accepted: named, and counted in no rate."""
    exempt = [clock for clock in card.clocks if clock.exempt]
    if exempt:
        named = listed(_late(clock, words) for clock in exempt)
        yield _("超时经申诉豁免、不计入：{late}。").format(late=named)


def _late(clock: ClockRow, words: Words) -> str:
    label = clock.label
    if clock.party:
        label = _("{label}（{party}）").format(label=label, party=clock.party)
    if clock.due_at is None or clock.stopped_at is None:
        return label
    over = int((clock.stopped_at - clock.due_at).total_seconds())
    return _("{label} {span}").format(label=label, span=words.span(over))


def _evidence(card: CaseCard) -> str:
    before = sum(1 for one in card.attachments if one.kind == "photo_before")
    after = sum(1 for one in card.attachments if one.kind == "photo_after")
    other = len(card.attachments) - before - after
    if not card.attachments:
        return ""
    return _("五、附件：处置前照片 {before}，处置后照片 {after}，其他 {other}。").format(
        before=before, after=after, other=other
    )


def _when(at: datetime) -> str:
    return f"{to_local(at):%m-%d %H:%M}"


def _said(text: str) -> str:
    return mask_numbers(one_line(text))
