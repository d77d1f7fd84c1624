"""Everything that can be done at the desk, each with its name, its letters and how it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dutydesk.i18n import LANGUAGES, _, language
from dutydesk.screens.forms.options import option
from dutydesk.screens.parts.shell import Shell
from dutydesk.text import fold, headed
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.duty import DutyPanel, PostRow
from dutydesk.views.labels import N_, Words
from dutydesk.views.queue import Filters, bay_names

Run = Callable[[Shell], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do. `gives` is handed back to the desk, `run` is called on the app.

    `why` says why it cannot be done now; then neither happens. `presence` are the fields of a
    presence act.
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


SCREENS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (N_("查找案件"), "/", "search", ("搜索", "find", "search")),
    (N_("登记案件"), "+", "register", ("新建", "粘贴", "register", "new")),
    (N_("命令行"), ":", "command", ("command",)),
    (N_("筛选队列"), "F2", "filters", ("过滤", "filter")),
    (N_("导入文件"), "i", "import", ("import",)),
    (N_("实地督查"), "d", "inspect", ("抽查", "inspection")),
    (N_("交接班"), "h", "handover", ("交班", "接班", "handover")),
    (N_("确认全部告警"), ".", "acknowledge", ("响铃", "静音", "acknowledge", "alarm")),
    (N_("帮助"), "?", "help", ("按键", "help")),
)
"""The screens: label, key on the desk, name, what else they answer to."""


def entries(
    words: Words, card: CaseCard | None, duty: DutyPanel | None, filtered: bool
) -> tuple[Entry, ...]:
    """All of them: acts of the case first, then screens, people, queues, language."""
    found = [*_acts(card), *_screens(card), *_queues(words, filtered), *_people(duty, words)]
    return (*found, *_languages())


def _acts(card: CaseCard | None) -> list[Entry]:
    if card is None:
        return []
    found = []
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
            )
        )
    return found


def _opener(verb: str, card: CaseCard | None) -> Run:
    return lambda app: app.open_act(verb, card, None)


def _screens(card: CaseCard | None) -> list[Entry]:
    found = [
        Entry(_(label), key, run=_screen(name), words=words) for label, key, name, words in SCREENS
    ]
    found.append(
        Entry(_("常设指示"), run=_opener("standing_instruction", None), words=("standing",))
    )
    found.append(Entry(_("便签，不属于案件"), run=_opener("note", None), words=("note",)))
    if card is not None:
        no = card.no
        found.insert(
            0,
            Entry(_("打开案件 {no}").format(no=card.tail), "←", run=lambda app: app.open_case(no)),
        )
    return found


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
        else:
            app.open(name)

    return run


def _queues(words: Words, filtered: bool) -> list[Entry]:
    found = []
    if filtered:
        found.append(Entry(_("看全部案件"), "Esc", gives=Filters(), words=("all",)))
    found.append(Entry(_("只看超时"), gives=Filters(overdue=True), words=("red", "overdue")))
    for bay in bay_names(words.procedure):
        label = _("只看 {bay}").format(bay=words.bay(bay))
        found.append(Entry(label, gives=Filters(bay=bay), words=(bay,)))
    return found


def _people(duty: DutyPanel | None, words: Words) -> list[Entry]:
    found = []
    for post in duty.posts if duty else ():
        for status in ("present", "out", "off"):
            said = words.choice("presence", status)
            name = f"{post.label} {post.name or ''}".strip()
            now = post.status_label if post.status else ""
            found.append(
                Entry(
                    _("{post}：{status}").format(post=name, status=said),
                    note=_("现在 {status}").format(status=now),
                    presence=_presence(post, status),
                    words=(post.post, status, f"{post.label}{said}"),
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
        )
        for lang in others
    ]


def matching(found: tuple[Entry, ...], typed: str) -> tuple[Entry, ...]:
    """Those that a typed text means: a part of a name, or the first letters of one."""
    text = typed.strip()
    if not text:
        return found
    wanted = fold(text)
    fits = []
    for place, one in enumerate(found):
        answer = option(one.label, words=one.words)
        if answer.answers(wanted) or wanted == fold(one.key):
            names = [fold(name) for name in answer.names]
            begins = any(n.startswith(wanted) for n in (*names, *answer.letters))
            fits.append((not begins, place, one))
    return tuple(one for _begins, _place, one in sorted(fits, key=lambda entry: entry[:2]))
