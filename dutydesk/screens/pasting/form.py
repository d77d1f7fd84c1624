"""The register form of a pasted order: filled, and every guess marked until it is touched."""

from __future__ import annotations

from textual.app import ComposeResult

from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.screens.forms.drafts import Drafts
from dutydesk.screens.forms.opening import drafts_of, scene_of
from dutydesk.screens.forms.register import RegisterForm
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.submit import Filed
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.pasting import asking, waiting
from dutydesk.screens.pasting.lines import STANDING
from dutydesk.screens.pasting.waiting import Waiting


class PastedForm(RegisterForm):
    """The form of one order that waits; registered, it waits no more."""

    def __init__(
        self, gateway: Gateway, scene: Scene, drafts: Drafts, order: Waiting, note: str = ""
    ) -> None:
        super().__init__(gateway, scene, drafts, order.fields)
        self.order = order
        self.note = note

    @property
    def _case(self) -> str | None:
        return waiting.draft_of(self.order.key)

    def compose_above(self) -> ComposeResult:
        """How many fields were recognised, and how many of them are guesses."""
        count, guessed = len(self.order.fields), len(self._guessed)
        said = _("从粘贴的文字认出 {count} 项").format(count=count)
        if guessed:
            said = _("{said}；{guessed} 项是猜的，标 ?，请核对").format(said=said, guessed=guessed)
        above = STANDING.get(self.order.standing)
        if above:
            said = _("{said}；{more}").format(said=said, more=_(above[1]))
        if self.order.caller_lost:
            said = _("{said}；来电人没有存进草稿，请再填").format(said=said)
        amber = guessed or above or self.order.caller_lost
        yield Saying(f"{self.note}{said}", "amber" if amber else "dim", id="read")

    @property
    def _guessed(self) -> frozenset[str]:
        return self.order.guessed & self.order.fields.keys()

    def start(self) -> None:
        """The keys go to the first field; the key line says what the mark means."""
        super().start()
        if self._guessed:
            self.say(_("? = 猜的，请核对；Enter 登记"), "amber")

    def submit(self) -> None:
        """Register; what was urged above is marked so in the same go."""
        wanted, order = self.wanted(), self.order
        self.begin(lambda desk: asking.register(desk, wanted, order.standing, order.word))

    def settled(self) -> None:
        """A guess is marked as long as nobody has touched it."""
        super().settled()
        for name, row in self.sheet.rows.items():
            row.label.doubt(name in self.order.guessed and not row.touched)

    def finished(self, filed: Filed) -> None:
        """On the record: the order waits no more."""
        waiting.drop(self.drafts, self.order.key)
        super().finished(filed)


def open_pasted(gateway: Gateway, key: str, note: str = "") -> PastedForm:
    """The form of an order that waits. Raises BadInput where it waits no more."""
    drafts = drafts_of(gateway)
    order = waiting.find(drafts, key)
    if order is None:
        raise BadInput(_("这件已经登记或删掉了"))
    return PastedForm(gateway, scene_of(gateway, "register", None), drafts, order, note)
