"""Help: the real keys of the screen, the digits of the case, what signs and field words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dutydesk.i18n import _
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, column, flow, lamp, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.text import headed
from dutydesk.text import width as cells
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import N_

KEY = 12
Pair = tuple[str, str]

LIGHTS: tuple[tuple[str, str], ...] = (
    ("red", N_("超时：时限已过")),
    ("yellow", N_("将超时：已到预警")),
    ("green", N_("正常")),
)
SIGNS: tuple[Pair, ...] = (
    (N_("急 复 简"), N_("级别：紧急、复杂、简易；急件总在最上面")),
    (N_("回"), N_("上级退回重办")),
    (N_("催N"), N_("上级催过 N 次")),
    (N_("待定位"), N_("地点还没有定到网格")),
    ("*", N_("表单里标 * 的必填")),
    ("●/○ ✓", N_("已选、未选；多选")),
    (N_("闪动"), N_("还没有人确认的告警；按 . 确认")),
)
FIELD_WORDS: tuple[Pair, ...] = (
    ("-7", N_("7 分钟前；-2时 两小时前")),
    ("+20", N_("20 分钟后；+2时、+1天")),
    ("2210 22:10", N_("办理过的：上一个 22:10；约定的：下一个")),
    (N_("明1400"), N_("明天 14:00；昨、今、后天 也可")),
    ("11-21 18:00", N_("某月某日")),
    (N_("2 小时"), N_("时限；30 min、1 natural day、当日 也可")),
    ("cc · 3 · 仓场", N_("选择：拼音首字母、序号或名称")),
    ("1123", N_("案件：编号末几位，上级编号末几位也可")),
    (N_("、"), N_("几个参与方之间")),
)
COMMANDS: tuple[Pair, ...] = (
    (N_("派 1123 仓场"), N_("派单到工作站")),
    (N_("协 1123 14:30 迎园路口"), N_("推送发起协调")),
    (N_("致 1123 城管 接通"), N_("记一次通话")),
    (N_("受 1123 社区 仓场"), N_("受理；末尾写“派单”同时派单")),
    ("1123", N_("到这件案件")),
)


NAMES = {
    "enter": "Enter", "escape": "Esc", "tab": "Tab", "space": "Space", "up": "↑", "down": "↓",
    "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "colon": ":", "semicolon": ";", "question_mark": "?", "asterisk": "*", "slash": "/",
    "full_stop": ".", "minus": "-", "plus": "+", "backspace": "⌫", "delete": "Del",
    "insert": "Ins",
}  # fmt: skip
"""Keys as they are written on a keyboard."""
DIGITS = "123456789"
QUIT = "Quit"
"""The one binding of the toolkit that the help names."""


def tidy(bindings: Sequence[Pair]) -> list[Pair]:
    """One line per thing to do with all its keys, as they are written; second ways last.

    A binding is named in the words of the source. Full-width twins go without saying, and so does
    what the toolkit binds in words of its own: how a cursor moves in a text.
    """
    keys: dict[str, list[str]] = {}
    for key, said in bindings:
        name = NAMES.get(key, key)
        if said.isascii() and said != QUIT:
            continue
        if not name.isascii() and name not in NAMES.values():
            continue
        if name.startswith("fullwidth") or name in ("ctrl+c", "super+c"):
            continue
        shown = name.upper() if name[:1] == "f" and name[1:].isdigit() else name
        shown = "Ctrl+" + shown[5:].upper() if shown.startswith("ctrl+") else shown
        found = keys.setdefault(_("退出") if said == QUIT else _(said), [])
        if shown not in found:
            found.append(shown)
    return [(_run_of(found), headed(said)) for said, found in keys.items() if found]


def _run_of(found: list[str]) -> str:
    if [key for key in found if key in DIGITS] == list(DIGITS):
        return " ".join(["1–9", *(key for key in found if key not in DIGITS)])
    return " ".join(found)


class Words(Painted):
    """The pages of help, scrolled by lines."""

    DEFAULT_CSS = "Words { height: 1fr; width: 1fr; }"
    ground = "panel"

    def __init__(self, bindings: Sequence[Pair], card: CaseCard | None) -> None:
        super().__init__()
        self.bindings = tuple(bindings)
        self.card = card
        self.top = 0

    def all(self, width: int) -> list[Line]:
        """Every line of the help at a width."""
        found = _section(_("这个画面的按键"), _pairs(tidy(self.bindings), width), width)
        if self.card is not None:
            found += _section(_title(self.card), _digits(self.card, width), width)
        lights = [
            row(width, [blank(2), lamp(light), blank(KEY + 1), Span(_(said))])
            for light, said in LIGHTS
        ]
        signs = _pairs([(_(key), _(said)) for key, said in SIGNS], width)
        found += _section(_("灯和标记"), [*lights, *signs], width)
        words = [(_(key), _(said)) for key, said in FIELD_WORDS]
        found += _section(_("填写"), _pairs(words, width), width)
        commands = [(_(key), _(said)) for key, said in COMMANDS]
        return found + _section(_("命令行"), _pairs(commands, width, 24), width)

    def lines(self, width: int, height: int) -> list[Line]:
        """The lines in sight."""
        found = self.all(width)
        self.top = max(0, min(self.top, len(found) - height))
        return found[self.top : self.top + height]

    def scroll_lines(self, by: int) -> None:
        """Up or down by lines."""
        self.top += by
        self.repaint()

    @property
    def left(self) -> int:
        """How many lines are still below."""
        return max(0, len(self.all(self.size.width)) - self.top - self.size.height)


def _section(title: str, lines: list[Line], width: int) -> list[Line]:
    return [rule(width, [Span(title, "accent!")]), *lines, row(width, [])]


def _pairs(pairs: Sequence[Pair], width: int, key: int = KEY) -> list[Line]:
    """Key and meaning; in two columns where each has room."""
    if width < 96:
        return [line for pair in pairs for line in _pair(pair, width, key)]
    half = (width - 2) // 2
    down = (len(pairs) + 1) // 2
    found: list[Line] = []
    for left, right in zip(pairs[:down], [*pairs[down:], None], strict=False):
        lines = _pair(left, half, key)
        others = _pair(right, half, key) if right else []
        for place in range(max(len(lines), len(others))):
            one = lines[place] if place < len(lines) else (blank(half),)
            two = others[place] if place < len(others) else (blank(half),)
            found.append(row(width, [*one, blank(2), *two]))
    return found


def _pair(pair: Pair, width: int, key: int) -> list[Line]:
    name, said = pair
    if cells(name) > key:
        return [row(width, [blank(2), Span(name, "accent!"), blank(2), Span(said)])]
    room = width - key - 4
    first, *rest = flow(said, max(10, room)) or [()]
    head = [blank(2), column(name, key, "accent!"), blank(2), *first]
    return [row(width, head), *(row(width, [blank(key + 4), *line]) for line in rest)]


def _title(card: CaseCard) -> str:
    return _("{no} {state}：数字键").format(no=card.tail, state=card.state_label)


def _digits(card: CaseCard, width: int) -> list[Line]:
    """The acts of the state by digit; one that is closed now says why."""
    pairs: list[Pair] = []
    for act in sorted((a for a in card.acts if a.key), key=lambda a: a.key or ""):
        said = act.label
        if act.next:
            said = _("{act}（Enter 也是它）").format(act=act.label)
        elif not act.open:
            said = _("{act} — {why}").format(act=act.label, why=act.why_not or "")
        pairs.append((act.key or "", said))
    return [line for pair in pairs for line in _pair(pair, width, KEY)]


class HelpScreen(Dialog):
    """The help of the screen that asked for it."""

    DEFAULT_CSS = """
    HelpScreen Words { border: round $border; background: $panel; max-width: 112; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,2,２,enter", "scroll(1)", N_("下一行")),
        Binding("up,k,8,８", "scroll(-1)", N_("上一行")),
        Binding("pagedown,space,3,３", "page(1)", N_("下一屏")),
        Binding("pageup,9,９", "page(-1)", N_("上一屏")),
        Binding("home,7,７", "edge(-9999)", N_("开头")),
        Binding("end,1,１", "edge(9999)", N_("末尾")),
        plan("*", "page(1)", N_("下一屏")),
        plan("/", "page(-1)", N_("上一屏")),
        plan(".", "acknowledge", N_("确认全部响铃")),
        plan("?", "leave", N_("返回"), "f1", "0", "０"),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("*", N_("下一屏")),
        KeyHint("/", N_("上一屏")),
        KeyHint("2 8", N_("逐行")),
        KeyHint("Esc", N_("返回")),
    )

    def __init__(self, gateway: Gateway, bindings: Sequence[Pair] = ()) -> None:
        super().__init__(gateway)
        self.bindings = tuple(bindings)

    def compose_body(self) -> ComposeResult:
        """One scrolled text."""
        yield Words(self.bindings, shell(self).desk.card)

    def action_scroll(self, by: int) -> None:
        """By lines."""
        self.query_one(Words).scroll_lines(by)

    def action_page(self, pages: int) -> None:
        """By screens, two lines kept."""
        words = self.query_one(Words)
        words.scroll_lines(pages * max(1, words.size.height - 2))

    def action_edge(self, by: int) -> None:
        """To the beginning or the end."""
        self.query_one(Words).scroll_lines(by)

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()
