"""The outbox for the person at the desk: what became of each message, in words (X-5.2.3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from dutydesk.i18n import _
from dutydesk.text import mask_numbers
from dutydesk.views.labels import N_, Words
from dutydesk.views.people import party_person
from dutydesk.views.question import Context, Reading

MOST = 200
STATES: Mapping[str, str] = {
    "DRAFT": N_("待发"),
    "SENDING": N_("正在发"),
    "SENT": N_("已发"),
    "FAILED": N_("没有发出"),
    "UNKNOWN": N_("不知是否送达"),
    "DROPPED": N_("不再发"),
}
KINDS: Mapping[str, str] = {
    "convene": N_("发起协调"),
    "reschedule": N_("改期"),
    "urge": N_("催办"),
    "supervise": N_("督办"),
    "escalate": N_("上报"),
    "handover": N_("交班"),
    "late_refusal": N_("逾期反馈"),
}
REASONS: Mapping[str, str] = {
    "again": N_("有人选择重发"),
    "bad_corp": N_("企业编号不对（{detail}）；改 [channel] corp_id"),
    "bad_key": N_("机器人密钥不对（{detail}）；dutydesk secret set 再存一次"),
    "bad_secret": N_("应用密钥不对（{detail}）；dutydesk secret set 再存一次"),
    "busy": N_("平台忙（{detail}）"),
    "by_hand": N_("由人发出或当面、电话告知"),
    "ca_file": N_("证书文件读不到：{detail}；改 [channel] ca_file"),
    "case_ended": N_("案件已办结，不再发"),
    "case_moved": N_("案件已进入下一步，不再发"),
    "certificate": N_("服务器的证书不被信任：{detail}；改 [channel] ca_file"),
    "command": N_("命令没有运行：{detail}"),
    "cut": N_("太长，只发出前 {detail} 字节；全文在这里，没有说到的打电话告知"),
    "cut_off": N_("发到一半程序中断，不知是否送达"),
    "dropped": N_("有消息不再发，这一步没有办"),
    "errcode": N_("平台不收：errcode {detail}"),
    "exit": N_("命令的退出码 {detail}"),
    "fault": N_("程序出错 {detail}，不知是否送达"),
    "given_up": N_("有人选择不发"),
    "http": N_("服务器回答 HTTP {detail}"),
    "invaliduser": N_("平台没有这个账号 {detail}，他没有收到；改人员的 userid 或打电话"),
    "ip_not_allowed": N_("平台不许从这个地址访问 {detail}；请平台管理员加入可信 IP"),
    "no_address": N_("这个人在此渠道没有账号；写人员的 userid，或打电话后确认"),
    "no_answer": N_("平台没有回答（{detail}），可能已送达"),
    "no_channel": N_("设置里已没有这个渠道；重发走现在的渠道，或打电话后确认"),
    "no_errcode": N_("平台的回答看不懂（没有 errcode），可能已送达"),
    "no_json": N_("平台的回答看不懂（不是 JSON），可能已送达"),
    "no_secret": N_("没有密钥或密钥环打不开；dutydesk secret set，或看 dutydesk doctor"),
    "no_token": N_("平台没有给出 access_token"),
    "nobody": N_("平台没有这些账号（{detail}），没有人收到"),
    "refused": N_("消息都发出了，但这一步现在不能办：{detail}"),
    "superseded": N_("已有更新的消息"),
    "too_long": N_("平台的回答太长，可能已送达"),
    "too_often": N_("超过平台频率（{detail}）"),
    "too_old": N_("放得太久，不再发"),
    "unlicenseduser": N_("账号 {detail} 没有平台许可，他没有收到"),
    "unreachable": N_("连不上 {detail}；没有发出"),
}
"""One sentence for each reason that a message can have."""


class OutboxRow(NamedTuple):
    """One message as it is shown; numbers in its text are covered.

    `needs` says that only a person can bring it to an end.
    """

    key: str
    case: str | None
    kind: str
    kind_label: str
    channel: str
    recipient: str
    person: str
    state: str
    state_label: str
    reason: str | None
    reason_label: str
    tries: int
    created_at: datetime
    changed_at: datetime
    sent_at: datetime | None
    by: str | None
    receipt: str | None
    text: str
    needs: bool


class OutboxList(NamedTuple):
    """The messages that are shown, and how many need a person."""

    rows: tuple[OutboxRow, ...]
    needs: int


@dataclass(frozen=True, slots=True)
class Outbox:
    """What needs a person and what is on its way; with `all_` also what has ended."""

    all_: bool = False
    most: int = MOST

    def answer(self, reading: Reading, context: Context) -> OutboxList:
        """The rows, those that need a person first."""
        from dutydesk.storage.queries import outbox  # slow import

        words = Words(context.procedure, context.language)
        found = outbox.listed(reading.connection, context.area, all_=self.all_, most=self.most)
        needs = outbox.count(reading.connection, context.area)
        undone = [_undone(one) for one in outbox.refused(reading.connection, context.area)]
        rows = (_row(one, reading.now, context, words) for one in found)
        return OutboxList((*undone, *rows), needs)


@dataclass(frozen=True, slots=True)
class OutboxCount:
    """How many messages need a person."""

    def answer(self, reading: Reading, context: Context) -> int:
        """The number that the header shows where it is not 0."""
        from dutydesk.storage.queries import outbox  # slow import

        return outbox.count(reading.connection, context.area)


def reason_words(reason: str | None) -> str:
    """A reason in the language in use; empty without one."""
    if not reason:
        return ""
    code, _blank, detail = reason.partition(" ")
    known = REASONS.get(code)
    return _(known).format(detail=mask_numbers(detail)) if known else mask_numbers(reason)


def _undone(one: Any) -> OutboxRow:
    """A convening of which everybody was told and which could not be done then."""
    return OutboxRow(
        key=f"push|{one.id}",
        case=one.case_no,
        kind="convene",
        kind_label=_(KINDS["convene"]),
        channel="",
        recipient="",
        person="",
        state="REFUSED",
        state_label=_("没有办成"),
        reason=one.reason,
        reason_label=reason_words(one.reason),
        tries=0,
        created_at=one.ended_at,
        changed_at=one.ended_at,
        sent_at=None,
        by=None,
        receipt=None,
        text="",
        needs=True,
    )


def row_of(one: object, now: datetime, context: Context) -> OutboxRow:
    """One message of the store as it is shown."""
    return _row(one, now, context, Words(context.procedure, context.language))


def _row(one: object, now: datetime, context: Context, words: Words) -> OutboxRow:
    from dutydesk.storage.sending import Sent  # slow import

    assert isinstance(one, Sent)
    person = party_person(context, now, one.recipient)
    by_hand = one.channel == "manual" and one.state == "DRAFT"
    needs = one.state in ("FAILED", "UNKNOWN") or by_hand
    number = mask_numbers(context.number(person) or "") if needs else ""
    return OutboxRow(
        key=one.key,
        case=one.case,
        kind=one.kind or "",
        kind_label=_(KINDS[one.kind]) if one.kind and one.kind in KINDS else one.kind or "",
        channel=one.channel,
        recipient=words.role(one.recipient),
        person=" ".join(p for p in (person if person != one.recipient else "", number) if p),
        state=one.state,
        state_label=_("待人发送") if by_hand else _(STATES[one.state]),
        reason=one.reason,
        reason_label=reason_words(one.reason),
        tries=one.tries,
        created_at=one.created_at,
        changed_at=one.changed_at,
        sent_at=one.sent_at,
        by=words.actor(one.confirmed_by) if one.confirmed_by else None,
        receipt=one.receipt,
        text=mask_numbers(one.text),
        needs=needs,
    )
