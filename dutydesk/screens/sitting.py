"""One person's sitting at the desk: the second, the alarms, the ways from screen to screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.desk.header import Health
from dutydesk.screens.desk.screen import DeskScreen
from dutydesk.screens.desk.sound_check import SoundCheck
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.openers import screen_class
from dutydesk.screens.parts.alarm_line import AlarmLine
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.sound import AlarmSettings, Sound
from dutydesk.screens.ticker import ClockWatch
from dutydesk.views.alarms import AlarmRow
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.queue import Filters
from dutydesk.workflow.cases.model import SUB_CENTRE

if TYPE_CHECKING:
    from dutydesk.screens.app import DeskApp


class Sitting:
    """What the app does once the desk can be shown; widgets reach it by `parts.shell.shell`."""

    def __init__(self, app: DeskApp, gateway: Gateway, alarm: AlarmSettings) -> None:
        self.app = app
        self.gateway = gateway
        self.desk = DeskScreen(gateway)
        self.now: datetime | None = None
        self.alarms: tuple[AlarmRow, ...] = ()
        self.unseen = 0
        self.holder_role = "commander"
        self.flash = False
        self._sound = Sound(alarm, app.bell)
        self._watch = ClockWatch()
        self._rung: set[str] = set()

    def begin(self, *, sound_check: bool) -> None:
        """The desk is open: from now on there is a time, and something to show."""
        self.now = self.gateway.now
        self.desk.begin()
        self.second()
        self.app.set_interval(1, self.second)
        if sound_check and not self._sound.off:
            self.app.push_screen(SoundCheck(self.gateway), self._heard)

    def _heard(self, heard: bool | None) -> None:
        if heard is False:
            self.desk.say(_("响铃没听到：告警只会闪动，请检查音量或 [alarm] 设置"), "red")

    # The second hand.

    def second(self) -> None:
        """Publish the moment to every screen, and look whether the record moved."""
        self.now = now = self.gateway.now
        self._watch.tick(now, self.gateway.monotonic)
        still = self.app.animation_level == "none"
        self.flash = not still and not self.flash and any(a.unseen for a in self.alarms)
        for screen in self.app.screen_stack:
            screen.post_message(messages.Tick(now))
        self.gateway.pulse(self.app)

    def pulsed(self, event: messages.Pulse) -> None:
        """The store has answered; whoever shows something of it reads again if it moved."""
        self._watch.answered()
        if event.moved:
            for screen in self.app.screen_stack:
                screen.post_message(messages.Moved())

    def read_failed(self, sentence: str) -> None:
        """A reading failed; what is on the screen is old from now on."""
        self._watch.failed(sentence)
        self.desk.show_head()

    @property
    def health(self) -> Health:
        """Whether clock and record can be believed."""
        return self._watch.health()

    # Alarms.

    def show_alarms(self, alarms: tuple[AlarmRow, ...], unseen: int, holder: str) -> None:
        """These are live, `unseen` in all; one that rings and was not heard yet rings once."""
        self.alarms, self.unseen = alarms, unseen
        self.holder_role = "commander" if holder == SUB_CENTRE else "night_desk"
        for screen in self.app.screen_stack:
            for line in screen.query(AlarmLine):
                line.repaint()
        fresh = [a for a in alarms if a.rings and a.unseen and a.key not in self._rung]
        self._rung = {a.key for a in alarms if a.rings}
        if fresh:
            self.ring(urgent=any(a.light == "red" for a in fresh))

    def ring(self, urgent: bool = False) -> None:
        """Ring once, by the settings."""
        trouble = self._sound.ring(urgent)
        if trouble:
            self.desk.say(trouble, "red")

    def acknowledge(self) -> None:
        """Acknowledge everything that rings or flashes."""
        if not any(alarm.unseen for alarm in self.alarms):
            self.say(_("没有要确认的告警"), "dim")
            return
        actor = self.gateway.actor
        self.gateway.job(lambda desk: desk.acknowledge(actor), self.app, "acknowledge")

    def answered(self, event: messages.Answered) -> None:
        """The alarms are acknowledged."""
        if event.slot == "acknowledge":
            self.say(_("已确认 {count} 条告警").format(count=event.answer))
            self.desk.reread()

    def say(self, text: str, ink: str = "ink") -> None:
        """Say something in the key line of the screen on top."""
        for line in self.app.screen.query(KeyLine):
            line.say(text, ink)

    # Other screens.

    def open(self, name: str, **given: Any) -> None:
        """Open a screen by its name; what it gives back is seen to here."""
        try:
            made = screen_class(name)(self.gateway, **given)
        except DeskError as error:
            self.say(self.gateway.sentence(error), "amber")
            return
        self.app.push_screen(made, self._came_back)

    def _came_back(self, given: object) -> None:
        """A form gives what was done, a search a case, a filter its filters."""
        if isinstance(given, str):
            if not self.desk.queue.select(given) and self.desk.queue.selected != given:
                self.open_case(given)
        elif isinstance(given, Filters):
            self.desk.filtered(given)
        elif given is not None:
            self.gateway.pulse(self.app)

    def open_act(
        self, verb: str, card: CaseCard | None = None, given: dict[str, object] | None = None
    ) -> None:
        """Open the form of an act, of a case or of the desk."""
        self.open("act", verb=verb, card=card, given=given)

    def open_case(self, no: str) -> None:
        """Open a case."""
        self.open("case", no=no)

    def open_register(self, text: str = "") -> None:
        """Open the register form, with what was pasted."""
        self.open("register", text=text)

    def open_command(self, text: str = "") -> None:
        """Open the command bar, with what was typed."""
        self.open("command", text=text, selected=self.desk.queue.selected)

    def open_help(self) -> None:
        """The keys of the screen on top, from its real bindings."""
        found = self.app.screen.active_bindings.values()
        shown = [(_key(active.binding), _(active.binding.description)) for active in found]
        self.open("help", bindings=[pair for pair in dict.fromkeys(shown) if pair[1]])


def _key(binding: Binding) -> str:
    return str(binding.key_display or binding.key)
