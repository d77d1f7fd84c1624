"""Every command by name: where it is written and what it does, so that only one is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dutydesk.cli.words import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: the module in dutydesk.cli, the function in it, and its help.

    A command with `parts` is a group; each part is a command of the same module.
    """

    module: str
    function: str
    help: str
    parts: Mapping[str, Entry] | None = None


def _group(module: str, text: str, **parts: tuple[str, str]) -> Entry:
    made = {name: Entry(module, function, words) for name, (function, words) in parts.items()}
    return Entry(module, "", text, made)


COMMANDS: Mapping[str, Entry] = {
    "demo": Entry("demo", "demo", N_("打开一个演示值班台：虚构的街道，正在当班")),
    "init": Entry("init", "init", N_("写一份带说明的 dutydesk.toml，建立存储")),
    "import": Entry("importing", "import_", N_("从导出文件导入案件，或撤回一个批次")),
    "cases": Entry("cases", "cases", N_("在办案件：紧急在前，其余先到期的在前")),
    "case": Entry("cases", "case", N_("一件案件的全部：时限、参与方、经过、能办什么")),
    "do": Entry("doing", "do", N_("办一步：对一件或几件案件，或对值班台本身")),
    "inspect": Entry("inspecting", "inspect", N_("记一次现场抽查")),
    "export": Entry("exporting", "export", N_("把已结和不予受理的案件按来时的格式写回文件")),
    "due": Entry("due", "due", N_("何时到期，为什么")),
    "drill": Entry("drill", "drill", N_("按虚拟时间演练一个脚本")),
    "procedure": _group(
        "procedure",
        N_("办理规程：状态、步骤、时限"),
        list=("list_", N_("有哪些规程")),
        show=("show", N_("一个规程的状态、步骤、时限；或画成图")),
        check=("check", N_("检查一个规程是否周全")),
        diff=("diff", N_("两个规程的数值有什么不同")),
    ),
    "calendar": _group(
        "calendar",
        N_("工作日历：每天的类别及其依据"),
        show=("show", N_("某年每一天是工作日、休息日、节假日还是调休，及其依据")),
        check=("check", N_("哪些年份的节假日安排还缺；十一月一日起要下一年的")),
    ),
    "sweep": Entry("sweeping", "sweep", N_("走一遍时限，该告警的告警")),
    "watch": Entry("sweeping", "watch", N_("不开界面，守着时限、收件文件夹和纸面看板")),
    "verify": Entry("verify", "verify", N_("核对事件链，指出第一条不对的记录")),
    "backup": Entry("backups", "backup", N_("把存储完整备份到一个文件，边用边备")),
    "restore": Entry("backups", "restore", N_("从备份恢复存储，原来的留在一边")),
    "doctor": Entry("doctor", "doctor", N_("这里哪些地方不对，怎样修")),
    "secret": _group(
        "secret",
        N_("系统密钥环里的密钥"),
        set=("set_", N_("把一个密钥存进系统密钥环；不显示，也可从标准输入读一行")),
        list=("list_", N_("列出密钥名和来源，不显示内容")),
        delete=("delete", N_("从系统密钥环里删去一个密钥")),
    ),
}
"""The commands in the order in which help lists them."""
