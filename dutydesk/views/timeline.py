"""One line of the timeline per event: what was done, to whom, in which words."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from dutydesk.i18n import _, listed
from dutydesk.text import one_line
from dutydesk.views.labels import N_, Words

LINES: Mapping[str, str] = {
    "register": N_("{channel}登记：{place} {description}"),
    "accept": N_("受理为{as}案件，{grid}"),
    "refuse": N_("不予受理：{reason}，{fed_back_at} 已反馈"),
    "withdraw": N_("撤回：{reason}"),
    "merge": N_("并入案件 {into}"),
    "split": N_("拆案：{reason}"),
    "linked": N_("案件 {case} 并入本案"),
    "dispatch": N_("派单至{station}"),
    "return_to_desk": N_("工作站退回：{reason}"),
    "request_linkage": N_("工作站提请联动：{reason}"),
    "reclassify": N_("改级为{difficulty}：{reason}"),
    "request_instruction": N_("请示{of}"),
    "record_instruction": N_("{giver}指示（{channel}）：{text}"),
    "standing_instruction": N_("{giver}常设指示，有效至 {until}：{text}"),
    "report_to_head": N_("告知网格长（{channel}）：{outcome}"),
    "call": N_("致电{party}：{outcome}"),
    "convene": N_("推送发起：{time} {location}（{mode}），{parties}"),
    "confirm_response": N_("{party}：{outcome}"),
    "reschedule": N_("改期至 {time} {location}：{reason}"),
    "invite": N_("加请{party}：{reason}"),
    "release": N_("{party}退出：{reason}"),
    "mark_done": N_("{party}处置完成，{completed_at}"),
    "file_result": N_("{party}反馈：{text}"),
    "report_result": N_("结果报网格长（{channel}）：{outcome}"),
    "return_for_rework": N_("退回{party}返工，限 {limit}：{reason}"),
    "submit_to_head": N_("{act}：{reason}"),
    "submit_to_street": N_("{act}：{reason}"),
    "record_head_result": N_("网格长协调：{text}"),
    "record_street_result": N_("街道协调：{text}"),
    "close": N_("结案评价：{report}"),
    "reopen": N_("重新开启：{reason}"),
    "urge": N_("催办{target}"),
    "supervise": N_("督办{target}，{due} 前：{demand}"),
    "note": N_("便签：{text}"),
    "settle": N_("答应的事：{outcome}"),
    "correct": N_("更正第 {event} 条的{field}为 {value}：{reason}"),
    "attach": N_("附件（{kind}）：{file}"),
    "contact_citizen": N_("联系市民：{outcome}"),
    "request_verification": N_("请求{target}核实"),
    "record_verification": N_("核实结果：{verdict}"),
    "request_guidance": N_("请求{target}指导：{text}"),
    "record_guidance": N_("指导意见：{text}"),
    "write_back": N_("回填{system}：{what}"),
    "upstream_returned": N_("上级退回重办：{reason}"),
    "upstream_changed": N_("上级变更：{changes}"),
    "upstream_urged": N_("上级催办"),
    "take_back": N_("撤销导入批次 {batch}"),
    "reveal": N_("查看{party}的号码：{reason}"),
    "ask_deferral": N_("申请缓办：{reason} {due} {limit}"),
    "approve_deferral": N_("同意缓办{moved}"),
    "refuse_deferral": N_("不同意缓办：{reason}"),
    "suspend": N_("挂账至 {until}：{reason}{moved}"),
    "resume": N_("恢复办理{moved}"),
    "appeal": N_("超时申诉：{reason}；证据：{evidence}"),
    "review_appeal": N_("申诉{verdict}：{text}"),
    "redate": N_("按清单 {list} 改期限：{reason}{moved}"),
    "decide_message": N_("消息（{message}，{recipient}）：{decision}"),
    "hand_over": N_("交班给{to}：{reason}"),
    "take_over": N_("接班，复述超时 {red} 件"),
    "presence": N_("{post}：{status}"),
}
"""What each event says; the fields that stand in it are those of the act."""

WHEN: Mapping[tuple[str, str, object], str] = {
    ("accept", "as", "linkage"): N_(
        "受理为联动类案件（{difficulty}），牵头{lead}，参与：{parties}"
    ),
    ("record_outcome", "agreed", True): N_("协调一致：{duties}"),
    ("record_outcome", "agreed", False): N_("协调无果：{reason}"),
    ("record_head_result", "progress", True): N_("网格长协调有进展：{text}"),
    ("record_head_result", "progress", False): N_("网格长协调无进展：{text}"),
    ("record_street_result", "progress", True): N_("街道协调有进展：{text}"),
    ("record_street_result", "progress", False): N_("街道协调无进展：{text}"),
    ("record_street_result", "final", True): N_("街道最终结果：{text}"),
}
"""Events that say something else by one of their fields."""

EXTRAS: Mapping[str, tuple[str, ...]] = {
    "accept": ("category", "reason"),
    "dispatch": ("due",),
    "call": ("said", "promised_at"),
    "confirm_response": ("arrived_at",),
    "file_result": ("completed_at",),
    "contact_citizen": ("said", "satisfaction"),
    "note": ("promised_by", "promised_to", "remind_at"),
    "settle": ("remind_at", "reason"),
    "urge": ("text",),
    "record_verification": ("text", "evidence"),
    "write_back": ("receipt",),
    "upstream_urged": ("text",),
    "upstream_returned": ("upstream_due",),
    "presence": ("name", "until"),
    "record_outcome": ("basis",),
    "merge": ("reason",),
}
"""Fields that are said after the line where they were given."""


class _Shown(dict[str, str]):
    """The fields of an event as words; one that was not given is empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _told(verb: str, data: Mapping[str, object], words: Words) -> str:
    """The act's name and what was given with it: what is said of an act of one procedure alone."""
    kind = words.procedure.acts.get(verb)
    own = {field.name: field.label.in_(words.lang) for field in kind.fields} if kind else {}
    given = [
        _("{field} {value}").format(
            field=own.get(name) or words.field(name), value=words.value(verb, name, value)
        )
        for name, value in data.items()
        if value not in (None, "", [])
    ]
    act = words.verb(verb)
    return one_line(_("{act}：{given}").format(act=act, given=listed(given)) if given else act)


def moved_words(moved: object, words: Words) -> str:
    """Which due times an act moved, from when to when; empty where it moved none."""
    rows = [row for row in moved if isinstance(row, Mapping)] if isinstance(moved, list) else []
    return "".join(
        _("；{clock}{party} {old} → {new}").format(
            clock=words.clock(str(row["clock"])),
            party=f" {row['party']}" if row.get("party") else "",
            old=words.value("", "due", row.get("from")) or "–",
            new=words.value("", "due", row.get("to")) or "–",
        )
        for row in rows
    )


def _has(words: Words, verb: str, template: str) -> bool:
    """Whether the act has, in this procedure, every field that the sentence speaks of."""
    kind = words.procedure.acts.get(verb)
    named = {name for _text, name, _spec, _conversion in Formatter().parse(template) if name}
    return kind is None or named <= {"act", "moved", *(field.name for field in kind.fields)}


def line(verb: str, data: Mapping[str, object], words: Words) -> str:
    """The sentence of one event, on one line, numbers in free texts covered."""
    shown = _Shown({name: words.value(verb, name, value) for name, value in data.items()})
    shown["moved"] = moved_words(data.get("moved"), words)
    shown["act"] = words.verb(verb)
    if verb == "correct":
        shown["field"] = words.field(str(data.get("field", "")))
    template = LINES.get(verb)
    for (which, name, value), other in WHEN.items():
        if which == verb and data.get(name) == value:
            template = other
    if template is None or not _has(words, verb, template):
        return _told(verb, data, words)
    said = one_line(_(template).format_map(shown)).rstrip("：，:, ")
    if data.get("next_day") is True:
        said = _("{line}（次日补录）").format(line=said)
    for name in EXTRAS.get(verb, ()):
        if shown[name]:
            said = _("{line}；{field}：{value}").format(
                line=said, field=words.field(name), value=one_line(shown[name])
            )
    return said
