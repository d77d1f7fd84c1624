"""A pasted text read as the fields of a new case; what nobody can place stays in the matter."""

from __future__ import annotations

import re
from datetime import datetime

from dutydesk.screens.forms.times import BadWhen, parse_when
from dutydesk.text import clean, fold
from dutydesk.workflow.places import Certainty, Places

LABELS = {
    "place": (
        "地点",
        "地址",
        "发生地址",
        "事发地点",
        "案发地点",
        "位置",
        "诉求地址",
        "诉求地点",
    ),
    "description": ("事由", "内容", "诉求内容", "问题描述", "描述", "反映内容", "工单内容", "诉求"),
    "external_no": ("编号", "工单编号", "案件编号", "任务号", "工单号", "单号"),
    "category": ("类别", "分类", "问题类型", "案件类别"),
    "name": ("来电人", "姓名", "诉求人", "联系人", "反映人"),
    "phone": ("电话", "联系电话", "来电号码", "手机", "联系方式"),
    "upstream_due": ("办结时限", "截止时间", "到期时间", "办理期限", "要求办结时间"),
}
_LINE = re.compile(r"^\s*[【\[]?(?P<label>[^:：】\]]{1,8})[】\]]?\s*[:：]\s*(?P<value>.*)$")
_KNOWN = sorted((label for labels in LABELS.values() for label in labels), key=len, reverse=True)
_INLINE = re.compile(rf"[ \t，,；;]+(?=(?:{'|'.join(_KNOWN)})\s*[:：])")
"""Where a second label stands on a line: 来电人：王某 联系电话：…"""
_PHONE = re.compile(r"(?<!\d)1\d{10}(?!\d)")


def read(text: str, places: Places, now: datetime) -> dict[str, object]:
    """The fields that a pasted text names: by its labels, else by where its lines lie.

    A mobile number goes to the caller and out of the matter (X-3.2.6).
    """
    found: dict[str, str] = {}
    rest: list[str] = []
    for line in _INLINE.sub("\n", clean(text).text).splitlines():
        name, value = _labelled(line)
        if name is None:
            rest.append(line.strip())
        elif value and name not in found:
            found[name] = value
    free = [line for line in rest if line]
    if "place" not in found:
        known = [line for line in free if _is_place(line, places)]
        if known:
            found["place"] = known[0] if len(known[0]) <= 30 else _head(known[0])
    if free:
        story = " ".join(line for line in free if line != found.get("place"))
        found["description"] = " ".join(filter(None, (found.get("description"), story)))
    due = _moment(found.pop("upstream_due", ""), now)
    return _fields(found) | ({"upstream_due": due} if due else {})


def _moment(text: str, now: datetime) -> datetime | None:
    """A moment as the platforms write it; None where it cannot be read."""
    try:
        return parse_when(text.replace("/", "-"), now, ahead=True) if text else None
    except BadWhen:
        return None


def _labelled(line: str) -> tuple[str | None, str]:
    match = _LINE.match(line)
    if match is None:
        return None, ""
    label = "".join(match["label"].split())
    name = next((n for n, labels in LABELS.items() if label in labels), None)
    return name, match["value"].strip()


def _is_place(line: str, places: Places) -> bool:
    return places.locate(line).certainty is not Certainty.UNKNOWN


def _head(line: str) -> str:
    return re.split(r"[，,。；; ]", line, maxsplit=1)[0]


def _fields(found: dict[str, str]) -> dict[str, object]:
    said = found.get("description", "")
    phones = _PHONE.findall(fold(f"{found.get('phone', '')} {said}"))
    for phone in phones:
        said = said.replace(phone, "").strip()
    fields: dict[str, object] = {
        n: found[n] for n in ("place", "external_no", "category") if n in found
    }
    if said:
        fields["description"] = said
    caller = {
        "name": found.get("name", ""),
        "phone": phones[0] if phones else found.get("phone", ""),
    }
    if any(caller.values()):
        fields["caller"] = caller
    if "external_no" in fields:
        fields["channel"] = "hotline_12345"
    return fields
