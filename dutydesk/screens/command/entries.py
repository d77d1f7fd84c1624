"""Everything that can be done at the desk, each with its name, its letters and how it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dutydesk.i18n import LANGUAGES, _, language
from dutydesk.screens.command import numbers
from dutydesk.screens.forms.options import option
from dutydesk.screens.parts.shell import Shell
from dutydesk.text import fold, headed
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.duty import DutyPanel, PostRow
from dutydesk.views.labels import N_, Words
from dutydesk.views.queue import Filters, bay_names
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.sampling import quota_of

Run = Callable[[Shell], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do. `gives` is handed back to the desk, `run` is called on the app.

    `why` says why it cannot be done now; then neither happens. `presence` are the fields of a
    presence act. `number` is its own for good (`command.numbers`).
    """

    label: str
    key: str = ""
    note: str = ""
    why: str = ""
    gives: object = None
    run: Run | None = None
    presence: tuple[tuple[str, object], ...] = ()
    speak: str = ""
    words: tuple[str, ...] = ()
    number: str = ""


SCREENS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (N_("查找案件"), "/", "search", ("搜索", "find", "search")),
    (N_("捆办：勾选的几件一起办"), "Ins", "bundles", ("勾选", "批量", "bundle", "mark")),
    (N_("登记案件"), "+", "register", ("新建", "粘贴", "register", "new")),
    (N_("命令行"), ":", "command", ("command",)),
    (N_("筛选队列"), "F2", "filters", ("过滤", "filter")),
    (N_("导入文件"), "i", "import", ("import",)),
    (N_("通讯录：找人拨打"), "* /", "contacts", ("电话", "联系人", "contacts", "phone")),
    (N_("来电：先接听，再归类"), "* 0", "incoming", ("接听", "incoming", "call")),
    (N_("便签与答应"), "m", "promises", ("提醒", "日志", "promises", "notes", "log")),
    (N_("实地督查"), "d", "inspect", ("抽查", "inspection")),
    (N_("每月抽查：应查的案件"), "", "sample", ("抽样", "质量抽查", "sample", "monthly")),
    (N_("交接班"), "h", "handover", ("交班", "接班", "handover")),
    (N_("回填：平台还不知道的"), "b", "writebacks", ("写回", "上级平台", "write back")),
    (N_("发件箱：没有发出的消息"), "", "outbox", ("消息", "推送", "outbox", "messages")),
    (N_("登录：谁在政务微信上"), "", "logins", ("政务微信", "推送次数", "login", "reached")),
    (N_("复制或打印：发群、报来源平台、联系单"), "o", "papers", ("文书", "打印", "print", "copy")),
    (N_("附件：核对、在外面打开"), "", "files", ("照片", "文件", "files", "photos")),
    (N_("离开前：下次开班前要办的"), "l", "leaving", ("下班", "夜间单", "leaving", "night sheet")),
    (N_("退出：先说留下什么"), "Ctrl+Q", "quit", ("离开", "下班", "quit", "leave")),
    (N_("补录：按时间一行一件"), "e", "late", ("后补", "late entries", "enter")),
    (N_("点名：谁在岗；再选一次结束"), "→", "roll-call", ("在岗", "roll call")),
    (N_("勾选或取消勾选所选案件"), "Ins", "mark", ("捆办", "mark")),
    (N_("退一步：放开勾选、结束点名、看全部案件"), "Esc", "back", ("返回", "back")),
    (N_("重读"), "F5", "reread", ("刷新", "reread")),
    (N_("告警：谁在响、搁置的、迟到的"), "a", "alarms", ("报警", "搁置", "alarms", "shelved")),
    (N_("未来一小时先超时的"), "", "forecast", ("预报", "要红的", "forecast", "minutes to red")),
    (N_("确认全部告警"), ".", "acknowledge", ("响铃", "静音", "acknowledge", "alarm")),
    (N_("帮助"), "?", "help", ("按键", "help")),
)
"""The screens: label, key on the desk, name, what else they answer to."""
NEEDS = {"handover": "hand_over", "roll-call": "presence"}
"""What a procedure's acts must do for a screen to have any use."""
ON_DESK = {
    "roll-call": "action_roll_call",
    "mark": "action_mark",
    "back": "action_back",
    "reread": "action_reread",
}
"""What the desk screen does itself, by name."""


def entries(
    words: Words, card: CaseCard | None, duty: DutyPanel | None, filtered: bool
) -> tuple[Entry, ...]:
    """All of them: acts of the case first, then screens, people, queues, language."""
    found = [
        *_acts(card, words),
        *_screens(card, words.procedure),
        *_queues(words, filtered),
        *_people(duty, words),
    ]
    return (*found, *_languages())


def _acts(card: CaseCard | None, words: Words) -> list[Entry]:
    if card is None:
        return []
    found, verbs = [], tuple(words.procedure.acts)
    for act in sorted(card.acts, key=lambda act: (not act.next, act.key or "z")):
        why = "" if act.open else act.why_not or _("现在不能办")
        found.append(
            Entry(
                headed(act.label),
                act.key or "",
                _("{no} · 下一步").format(no=card.tail) if act.next else card.tail,
                why,
                run=_opener(act.verb, card),
                words=(act.verb,),
                number=act.key or numbers.act(act.verb, verbs),
            )
        )
    return found


def _opener(verb: str, card: CaseCard | None) -> Run:
    return lambda app: app.open_act(verb, card, None)


def _screens(card: CaseCard | None, procedure: Procedure) -> list[Entry]:
    found = [
        Entry(_(label), key, run=_screen(name), words=words, number=_number(name))
        for label, key, name, words in SCREENS
        if _of_use(name, procedure)
    ]
    for label, verb, name, word in _desk_acts(procedure):
        run = _opener(verb, None)
        found.append(Entry(_(label), run=run, words=(word,), number=_number(name)))
    if card is not None:
        no = card.no
        found.insert(
            0,
            Entry(
                _("打开案件 {no}").format(no=card.tail),
                "←",
                run=lambda app: app.open_case(no),
                number=_number("case"),
            ),
        )
    return found


def _of_use(name: str, procedure: Procedure) -> bool:
    """Whether the procedure has what a screen is for."""
    if name == "sample":
        return quota_of(procedure.raw.get("routine", ())) is not None
    return name not in NEEDS or procedure.doing(NEEDS[name]) is not None


def _desk_acts(procedure: Procedure) -> Iterator[tuple[str, str, str, str]]:
    """Acts of the desk itself that the procedure has: label, act, name, what else they answer
    to."""
    standing = procedure.doing("standing")
    if standing is not None:
        yield N_("常设指示"), standing, "standing", "standing"
    if "note" in procedure.acts:
        yield N_("便签，不属于案件"), "note", "note", "note"


def _number(name: str) -> str:
    return numbers.SCREENS.get(name, "")


def _screen(name: str) -> Run:
    def run(app: Shell) -> None:
        if name == "register":
            app.open_register("")
        elif name == "command":
            app.open_command("")
        elif name == "acknowledge":
            app.acknowledge()
        elif name == "help":
            app.open_help()
        elif name == "quit":
            app.quit()
        elif name == "bundles":
            app.desk.bundle_marked()
        elif name in ON_DESK:
            getattr(app.desk, ON_DESK[name])()
        else:
            app.open(name)

    return run


def _queues(words: Words, filtered: bool) -> list[Entry]:
    found = []
    if filtered:
        found.append(
            Entry(_("看全部案件"), "Esc", gives=Filters(), words=("all",), number=numbers.ALL)
        )
    overdue = Filters(overdue=True)
    words_red, number = ("red", "overdue"), numbers.OVERDUE
    found.append(Entry(_("只看超时"), gives=overdue, words=words_red, number=number))
    for place, bay in enumerate(bay_names(words.procedure)):
        label = _("只看 {bay}").format(bay=words.bay(bay))
        found.append(Entry(label, gives=Filters(bay=bay), words=(bay,), number=numbers.bay(place)))
    return found


def _people(duty: DutyPanel | None, words: Words) -> list[Entry]:
    found = []
    kept = words.procedure.doing("presence") is not None
    for place, post in enumerate(duty.posts if duty and kept else ()):
        for status in numbers.PRESENCE:
            said = words.choice("presence", status)
            name = f"{post.label} {post.name or ''}".strip()
            now = post.status_label if post.status else ""
            found.append(
                Entry(
                    _("{post}：{status}").format(post=name, status=said),
                    note=_("现在 {status}").format(status=now),
                    presence=_presence(post, status),
                    words=(post.post, status, f"{post.label}{said}"),
                    number=numbers.presence(place, status),
                )
            )
    return found


def _presence(post: PostRow, status: str) -> tuple[tuple[str, object], ...]:
    fields: list[tuple[str, object]] = [
        ("post", post.department or post.post),
        ("status", status),
    ]
    if post.name:
        fields.append(("name", post.name))
    return tuple(fields)


def _languages() -> list[Entry]:
    names = {"zh_CN": "中文", "en": "English"}
    others = [lang for lang in LANGUAGES if lang != language()]
    return [
        Entry(
            _("界面语言：{name}").format(name=names[lang]),
            speak=lang,
            words=("language", "语言", names[lang]),
            number=numbers.LANGUAGE,
        )
        for lang in others
    ]


def _rank(one: Entry) -> int:
    if len(one.number) == numbers.LONG:
        return 1 if one.number.startswith(numbers.ACT) else 2
    return 0 if len(one.number) == 1 or one.number < numbers.ALL else 2


def matching(found: tuple[Entry, ...], typed: str) -> tuple[Entry, ...]:
    """Those that a typed text means: its number, a part of a name, or the first letters of one.

    Without a text all of them: what the digits of the case do and the screens stand before the
    acts that have no digit, then the rest.
    """
    text = typed.strip()
    if not text:
        return tuple(sorted(found, key=_rank))
    wanted = fold(text)
    if wanted.isdigit() and (numbered := [one for one in found if one.number.startswith(wanted)]):
        return tuple(sorted(numbered, key=lambda one: (one.number != wanted, one.number)))
    fits = []
    for place, one in enumerate(found):
        answer = option(one.label, words=one.words)
        if answer.answers(wanted) or wanted == fold(one.key):
            names = [fold(name) for name in answer.names]
            begins = any(n.startswith(wanted) for n in (*names, *answer.letters))
            fits.append((not begins, place, one))
    return tuple(one for _begins, _place, one in sorted(fits, key=lambda entry: entry[:2]))
