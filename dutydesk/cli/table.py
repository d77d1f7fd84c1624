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
    "paste": Entry("pasting", "paste", N_("从复制来的文字认出案件：新的登记，已在案的记入")),
    "cases": Entry("cases", "cases", N_("在办案件：紧急在前，其余先到期的在前")),
    "case": Entry("cases", "case", N_("一件案件的全部：时限、参与方、经过、能办什么")),
    "do": Entry("doing", "do", N_("办一步：对一件或几件案件，或对值班台本身")),
    "enter": Entry("entering", "enter", N_("补录：按一份短单子，一行一件，各记各的时间")),
    "leaving": Entry("leaving", "leaving", N_("离开前：下次开班前要办的；打印夜间单")),
    "inspect": Entry("inspecting", "inspect", N_("记一次现场抽查")),
    "sample": _group(
        "sampling",
        N_("每月案件质量抽查：抽取，和查了多少"),
        draw=("draw", N_("抽取当月还缺的：种子记下，再抽还是那些案件")),
        status=("status", N_("应抽、已抽、已查多少，还剩哪些")),
    ),
    "export": Entry("exporting", "export", N_("把已结和不予受理的案件按来时的格式写回文件")),
    "contacts": _group(
        "contacts",
        N_("通讯录：物业、供水、燃气、环卫、邻近街道"),
        **{"import": ("import_", N_("从 xlsx 或 csv 导入，逐行有交代"))},
        list=("list_", N_("有谁，号码遮盖；可按首字母、汉字、单位、号码找")),
        remove=("remove", N_("去掉一个人，连同号码，记入日志")),
        export=("export", N_("连号码写成文件，记入日志")),
    ),
    "matters": _group(
        "matters",
        N_("事项表：小类的立案条件、结案条件、处置时限和依据"),
        load=("load", N_("装入一份立结案标准表：说明新增、改动和保留，不删一条")),
        list=("list_", N_("事项表里有哪些，哪一版")),
        show=("show", N_("一个事项的全部，各版改了什么")),
        redate=("redate", N_("装入新版后按清单改在办案件的期限；加 --yes 和 --reason 才改")),
    ),
    "categories": _group(
        "categories",
        N_("类目树：领域、重点领域、各级类目"),
        load=("load", N_("装入类目表：新增、改名、停用，不删一个")),
        list=("list_", N_("有哪些类目，自上而下")),
        show=("show", N_("一个类目的全部，各版改了什么")),
    ),
    "grids": _group(
        "grids",
        N_("网格台账：层级、成员、户数、四至、边界、专业网格"),
        load=("load", N_("装入网格台账（xlsx、csv）或边界（geojson）：不删一格")),
        list=("list_", N_("有哪些网格")),
        show=("show", N_("一个网格的全部，叠在上面的专业网格和队伍")),
        check=("check", N_("不在任何网格、在两个网格的地点；户数、四至、编码、对应关系")),
        next=("next_", N_("上级编码下面的下一个编码，用过的不再用")),
    ),
    "writebacks": Entry("writebacks", "writebacks", N_("还没有回填到来源平台的，一栏一栏列出")),
    "outbox": _group(
        "outbox",
        N_("发件箱：每条消息发出没有，为什么；由人决定重发"),
        list=("list_", N_("要人处理的在前，再是待发的")),
        show=("show", N_("一条消息的全文，号码遮盖")),
        resend=("resend", N_("再发一次没有发出或不知是否送达的")),
        confirm=("confirm", N_("记为已由人发出，或当面、电话告知")),
        drop=("drop", N_("不再发")),
        counts=("counts", N_("一段时间里每人的推送和回应次数")),
        preview=("preview", N_("发送前看看某种消息对一件案件会怎么写")),
    ),
    "channel": _group(
        "channel",
        N_("消息渠道：机器人、政务微信、桌面通知"),
        list=("list_", N_("有哪些渠道，各发什么，密钥从哪里来")),
        probe=("probe", N_("试发一条，逐步显示平台的回答")),
        login=("login", N_("谁登录了政务微信，何时、从哪里知道；也可人工记")),
        **{"stand-in": ("stand_in", N_("在本机开一个替身平台，可出各种故障"))},
    ),
    "promises": Entry("promises", "promises", N_("答应的事和定时的便签：先到的在前")),
    "shift-log": Entry("promises", "shift_log", N_("一天的值班日志：便签、答应、未归案的电话")),
    "paper": Entry("papers", "paper", N_("一件案件的文书：发群、报来源平台、工作联系单；可打印")),
    "due": Entry("due", "due", N_("何时到期，为什么")),
    "follow": Entry("follow", "follow", N_("第二屏：跟着一个席位，看它选中的案件")),
    "drill": Entry("drill", "drill", N_("按虚拟时间演练一个脚本")),
    "procedure": _group(
        "procedure",
        N_("办理规程：状态、步骤、时限"),
        list=("list_", N_("有哪些规程")),
        show=("show", N_("一个规程的状态、步骤、时限；或画成图")),
        check=("check", N_("检查一个规程是否周全")),
        diff=("diff", N_("两个规程的数值有什么不同")),
        redate=("redate", N_("换了规程后按清单改在办案件的期限；加 --yes 和 --reason 才改")),
        fill=("fill", N_("从文件填一张依据文件没有给的清单：数目不对就不填")),
    ),
    "calendar": _group(
        "calendar",
        N_("工作日历：每天的类别及其依据"),
        show=("show", N_("某年每一天是工作日、休息日、节假日还是调休，及其依据")),
        check=("check", N_("哪些年份的节假日安排还缺；十一月一日起要下一年的")),
        redate=("redate", N_("装入新表后按清单改在办案件的期限；加 --yes 和 --reason 才改")),
        load=("load", N_("装入一份年度表：先看改动哪些天、动多少件；加 --yes 才装入")),
    ),
    "alarms": _group(
        "alarms",
        N_("告警：谁在响、搁置的、迟到的；确认、搁置、取回"),
        list=("list_", N_("一栏告警和几个数字：现在的、搁置的、迟到的、今天全部")),
        acknowledge=("acknowledge", N_("确认几条，不写编号就是全部")),
        shelve=("shelve", N_("搁置几条：十分钟不用原因，再久写原因，最多一天")),
        unshelve=("unshelve", N_("取回搁置的")),
        history=("history", N_("一条告警后来怎样：谁、几时、为什么")),
    ),
    "ladder": Entry("alarms", "ladder", N_("一件案件没有人办会怎样：几时告诉谁、走哪个渠道")),
    "forecast": Entry("alarms", "forecast", N_("未来一小时先超时的，各差哪一步；谁会一起超时")),
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
