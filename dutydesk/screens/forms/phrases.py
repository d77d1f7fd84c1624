"""Texts without letters: a digit stands for a phrase, in a note with its time behind it (3+20)."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.message import Message

from dutydesk.i18n import _
from dutydesk.screens.forms.entry import LongEntry, take
from dutydesk.screens.forms.options import Option, matching, option
from dutydesk.screens.forms.pickrows import PickRow
from dutydesk.screens.forms.proposed import phrases as own
from dutydesk.screens.forms.rows import LongRow
from dutydesk.screens.forms.scene import Scene, Values, party_options
from dutydesk.screens.keys import narrow
from dutydesk.views.contacts import PersonRow
from dutydesk.views.labels import N_
from dutydesk.workflow.procedure import Field

PHRASES = {
    "note": (N_("回电"), N_("到场"), N_("办完"), N_("答复"), N_("送材料"), N_("再看一次")),
    "invite": (N_("涉及其职责"), N_("需要增援"), N_("换牵头"), N_("跨领域")),
    "release": (N_("不涉及"), N_("另有任务"), N_("来不了"), N_("换人")),
    "reschedule": (N_("人没有到齐"), N_("对方来不了"), N_("天气原因"), N_("另有急事")),
    "split": (N_("不是同一处"), N_("不是同一件事"), N_("并错了")),
    "settle": (N_("联系不上"), N_("对方来不了"), N_("情况有变"), N_("交给别人办"), N_("没有办成")),
    "withdraw": (N_("登记错了"), N_("重复登记"), N_("来电人撤回"), N_("上级撤回")),
    "return_to_desk": (N_("不在本网格"), N_("超出职责"), N_("地点不明"), N_("涉及多部门")),
    "request_linkage": (N_("涉及多部门"), N_("超出职责"), N_("多次上门无果"), N_("当事人不配合")),
    "reclassify": (N_("情况加重"), N_("情况缓解"), N_("原先判断有误"), N_("上级要求")),
    "record_outcome": (N_("职责有争议"), N_("当事人不同意"), N_("缺少依据"), N_("关键一方没有到")),
    "reopen": (N_("没有解决"), N_("问题又出现"), N_("来电人不认可"), N_("上级要求")),
    "upstream_returned": (N_("来电人不认可"), N_("没有联系来电人"), N_("材料不全"), N_("没有解决")),
    "reveal": (N_("联系当事人"), N_("核对号码"), N_("上级要求")),
    "correct": (N_("记错了"), N_("时间不对"), N_("对象不对"), N_("漏记")),
    "hand_over": (N_("人手不足"), N_("下班"), N_("身体不适"), N_("另有任务")),
}
"""House: what is noted most, and the commonest reasons, by act."""
MOST_OFFERED = 12


def phrases(verb: str) -> tuple[str, ...]:
    """What the digits stand for in the text of an act."""
    return tuple(_(text) for text in PHRASES.get(verb, ()))


def offered(verb: str) -> str:
    """The phrases of an act with their digits, in one line."""
    return numbered(phrases(verb))


def numbered(texts: Sequence[str]) -> str:
    """Texts with their digits, in one line."""
    return "  ".join(f"{n} {text}" for n, text in enumerate(texts, start=1))


def meant(verb: str, text: str) -> str:
    """The phrase that a lone digit stands for; any other text as it is."""
    known, sign = phrases(verb), narrow(text.strip())
    return known[int(sign) - 1] if sign and sign in "123456789"[: len(known)] else text.strip()


class Phrased(LongEntry):
    """The entry of a text; a minus where nothing stands yet asks for the list of promises."""

    plain = False

    class AskedList(Message):
        """A minus was pressed on the empty text."""

    async def _on_key(self, event: events.Key) -> None:
        if not self.text and narrow(event.character) == "-":
            take(event)
            self.post_message(self.AskedList())


class PhraseRow(LongRow):
    """A text of several lines, or one digit for a phrase."""

    def compose_control(self) -> ComposeResult:
        """An area that grows with its text."""
        self.entry = Phrased()
        yield self.entry

    @property
    def phrases(self) -> tuple[str, ...]:
        """What the digits stand for: the procedure's own words, else those of every desk."""
        return own(self.scene, self.spec.name) or phrases(self.scene.verb)

    @property
    def value(self) -> object:
        text = self.entry.text.strip()
        plain = "".join(narrow(sign) for sign in text)
        # The keypad has no space: behind the digit of a note its time may stand at once.
        digit, plus, minutes = (
            plain.partition("+") if self.scene.verb == "note" else (plain, "", "")
        )
        if len(digit) != 1 or digit not in "123456789"[: len(self.phrases)]:
            return text
        return f"{self.phrases[int(digit) - 1]} {plus}{minutes}".strip()

    @property
    def state(self) -> object:
        return self.entry.text.strip()

    def read(self, values: Values) -> None:
        self.speak()

    def attend(self, here: bool) -> None:
        super().attend(here)
        self.speak()

    def remark(self, text: str) -> None:
        """The phrases stand here, nothing else."""

    def speak(self) -> None:
        """Offer the phrases while nothing stands here, and say which one a digit means."""
        typed = self.entry.text.strip()
        if typed and self.value != typed:
            self.note.say(f"→ {self.value}", "dim")
        elif self.label.here and (not typed or typed == self.entry.proposed):
            self.note.say(numbered(self.phrases), "dim")
        else:
            self.note.say("")


class WhoRow(PickRow):
    """Who promised, or whom: the desk itself, somebody of the case, the roster, the contacts."""

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(scene, spec, label)
        self.contacts: tuple[Option, ...] = ()
        self.options = who_options(scene)

    @property
    def free(self) -> bool:
        """Anybody may promise something."""
        return True

    def read(self, values: Values) -> None:
        self.options = (*who_options(self.scene), *self.contacts)
        self.reread()

    def offer(self, text: str) -> None:
        """While nothing is typed the contacts stay away: there are too many of them."""
        if not self.label.here:
            self.note.say(self.remarked)
            return
        found = matching(self.options, text) if text else matching(who_options(self.scene), "")
        items = (
            f"{number} {one.label} {one.note}".rstrip() for number, one in found[:MOST_OFFERED]
        )
        self.note.say("  ".join(items), "dim")

    def know(self, people: tuple[PersonRow, ...]) -> None:
        """Offer the contacts too, behind those of the case and of the roster."""
        known = {one.value for one in who_options(self.scene)}
        self.contacts = tuple(
            option(row.party, row.party, row.kind, (row.unit, row.name))
            for row in people
            if row.party not in known
        )
        self.options = (*who_options(self.scene), *self.contacts)


def who_options(scene: Scene) -> tuple[Option, ...]:
    """The desk first, then the caller, the parties of the case, the leads, the roster."""
    card = scene.card
    found = [option(scene.actor.role, _("我方"), scene.actor.name or "")]
    if card is not None and (card.caller_name or card.caller_phone):
        found.append(option("caller", scene.words.party("caller")))
    if card is not None:
        found += [option(party.name) for party in card.parties]
    found += list(party_options(scene))
    # Each once, where it first stands, as the roster knows it.
    return tuple({one.value: one for one in found}.values())
