"""What is wrong with a procedure, as sentences that say where and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from dutydesk.i18n import _
from dutydesk.views.labels import N_
from dutydesk.workflow.check_problem import Problem

WORDS: Mapping[str, str] = {
    "act_without_transition": N_("没有一条步骤用到这个动作；写一条，或删去它"),
    "approver_is_applicant": N_("{roles} 都是申请的一方（{asking}）；批准的一级要有别的角色"),
    "bundle_needs_cases": N_("捆办（bundle）的动作要能由人对已有案件办；删去 bundle"),
    "clock_never_started": N_("没有步骤启动这个时限；在某条步骤写 start"),
    "clock_never_stopped": N_("没有步骤停止这个时限；在某条步骤写 stop 或 end"),
    "clock_runs_at_end": N_("到了终点还有时限在走：{clocks}；写 stop 或 end"),
    "fact_not_asked": N_("条件 {name} 不是 {verb} 的必填字段；把它设为必填"),
    "gap": N_("这些情形没有步骤可走：{facts}；补一条，或放宽 when"),
    "key_missing": N_("缺少 {name}；写上它"),
    "key_not_allowed": N_("数字键上的 {verb} 在这个状态不能办；换一个动作"),
    "keys_do_not_fit": N_("数字键最多 {most} 个：{keys}"),
    "limit_missing": N_("按 {due} 计的时限要写 limit"),
    "limit_unread": N_("时限“{value}”读不懂；{hint}"),
    "lock_names_nothing": N_("规定的 {name} 在文件里没有；写对名称，或删去"),
    "named_twice": N_("{name} 出现了两次；删去一处"),
    "no_end_state": N_("没有终点状态；给某个状态写 end = true"),
    "no_way_out": N_("从这里走不到任何终点；补一条离开它的步骤"),
    "not_a_count": N_("{name} 写成 {value} 不对，应为 1 以上的整数"),
    "not_a_share": N_("{name} 写成 {value} 不对，应大于 0、不超过 1，如 0.5"),
    "not_within": N_("{name} 写成 {value} 不对，应为 1 到 {most} 的整数"),
    "order_empty": N_("回填的次序是空的；至少写一个字段"),
    "overlap": N_("同一情形有两条步骤：{transitions}；用 when 分开"),
    "rung_to_nobody": N_("这一级告警没有对象；写 to"),
    "rung_without_one_moment": N_("一级告警要写且只写一个时刻，可写：{known}"),
    "slot_count": N_("清单应有 {expected}，现有 {count}；补全，或整张留空"),
    "table_missing": N_("缺少这张表"),
    "unknown_clock": N_("没有时限 {name}；{hint}"),
    "unknown_code": N_("没有这个理由代码 {name}；{hint}"),
    "unknown_due_rule": N_("没有计时规则 {name}；{hint}"),
    "unknown_effect": N_("看不懂效果 {name}；{hint}"),
    "unknown_fact": N_("没有条件 {name}；{hint}"),
    "unknown_field": N_("没有字段 {name}；{hint}"),
    "unknown_field_type": N_("没有字段类型 {name}；{hint}"),
    "unknown_guard": N_("没有关卡 {name}；{hint}"),
    "unknown_key": N_("不认识的键 {name}；{hint}"),
    "unknown_role": N_("没有角色 {name}；{hint}"),
    "unknown_setter": N_("没有 set {name}；{hint}"),
    "unknown_state": N_("没有状态 {name}；{hint}"),
    "unknown_target": N_("时限的对象 {name} 不对；{hint}"),
    "unknown_value": N_("没有值 {name}；{hint}"),
    "unknown_verb": N_("没有动作 {name}；{hint}"),
    "units_missing": N_('岗位 {name}：units 和 per = "unit" 要写就都写'),
    "unreachable_state": N_("没有步骤能到这个状态；补一条，或删去它"),
    "value_not_marked": N_("要标明 basis：text（并写 clause）或 house，现在是 {basis}"),
}
"""One sentence for each code of `workflow.check`."""


class _Shown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def problem_words(problem: Problem) -> str:
    """The place of a problem and what it is, in the language in use."""
    shown = _Shown({name: _plain(value) for name, value in problem.params.items()})
    known = problem.params.get("known")
    if isinstance(known, Sequence) and not isinstance(known, str):
        shown["hint"] = _hint(str(problem.params.get("name", "")), [str(each) for each in known])
    sentence = _(WORDS[problem.code]) if problem.code in WORDS else problem.code
    return f"{problem.where}: {sentence.format_map(shown).rstrip('；; ')}"


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_plain(part)}" for key, part in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(_plain(part) for part in value)
    return str(value)


def _hint(name: str, known: Sequence[str]) -> str:
    """The nearest known name, else all of them."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return _("最接近的是 {name}").format(name=near[0])
    return _("可用的有 {names}").format(names=", ".join(known))
