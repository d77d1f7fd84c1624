"""One person's sitting at the desk: the second, the alarms, the ways from screen to screen."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.screen import Screen

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.acknowledging import Acknowledging
from dutydesk.screens.calling_out import Heard
from dutydesk.screens.desk.screen import DeskScreen
from dutydesk.screens.desk.sound_check import SoundCheck
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.hands import Hands
from dutydesk.screens.openers import screen_class
from dutydesk.screens.parts.alarm_line import AlarmLine
from dutydesk.screens.parts.health import Health
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.parts.marks import Marked
from dutydesk.screens.returning import Returning
from dutydesk.screens.sound import AlarmSettings, Sound
from dutydesk.screens.standstill import Standstill
from dutydesk.screens.ticker import ClockWatch
from dutydesk.views.alarms import NO_ALARMS, AlarmCounts, AlarmRow
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.queue import Filters
from dutydesk.workflow.alarms.model import AlarmReason
from dutydesk.workflow.cases.model import SUB_CENTRE
from dutydesk.workflow.duty.claims import holds

if TYPE_CHECKING:
    from dutydesk.screens.app import DeskApp

AGAIN_S = 0.3
"""A text that came before the store was open is looked at again after so many seconds."""
REMINDED_AFTER_S = 2
"""The board comes first; what waits from before is said once it stands."""


class Sitting:
    """What the app does once the desk can be shown; widgets reach it by `parts.shell.shell`."""

    def __init__(self, app: DeskApp, gateway: Gateway, alarm: AlarmSettings) -> None:
        self.app = app
        self.gateway = gateway
        self.hands = Hands(app, gateway)
        self.returning = Returning(app, gateway)
        self.acknowledging = Acknowledging(app, gateway)
        self.keeping = Standstill(app, gateway)
        self.desk = DeskScreen(gateway)
        self.now: datetime | None = None
        self.alarms: tuple[AlarmRow, ...] = ()
        self.alarms_counted = NO_ALARMS
        self.holder_role = ""
        self._seated = False
        self.flash = False
        self._sound = Sound(alarm, app.bell)
        self._watch = ClockWatch()
        self._heard_alarms = Heard()
        self._to_try = False

    def begin(self, *, sound_check: bool) -> None:
        """The desk is open: from now on there is a time, and something to show."""
        self.now = self.gateway.now
        self.desk.begin()
        self._to_try = sound_check and not self._sound.off
        self.returning.begin()
        self.second()
        self.app.set_interval(1, self.second)
        self.app.set_timer(REMINDED_AFTER_S, self._remind)
        if not self.returning.waits:
            self.try_sound(rung=False)

    def try_sound(self, *, rung: bool) -> None:
        """Ask once whether the ring is heard; what `rung` just now is not rung again."""
        if self._to_try:
            self._to_try = False
            self.app.push_screen(SoundCheck(self.gateway, rung=rung), self._heard)

    def _remind(self) -> None:
        """Say what a sitting before this one left pasted and not registered."""
        if left := self._waiting():
            said = _("还有 {count} 件粘贴的没登记：按 + 继续")
            self.say(said.format(count=left), "amber")

    def _waiting(self) -> int:
        """How many pasted orders are not registered."""
        from dutydesk.screens.forms.opening import drafts_of  # slow import
        from dutydesk.screens.pasting import waiting  # slow import

        return len(waiting.all_of(drafts_of(self.gateway)))

    def _heard(self, heard: bool | None) -> None:
        if heard is False:
            self.desk.say(_("响铃没听到：告警只会闪动，请检查音量或 [alarm] 设置"), "red")

    # The second hand.

    def second(self) -> None:
        """Publish the moment to every screen, and look whether the record moved."""
        if not self.app.is_running:
            return  # a slow machine takes the screens down while the second hand still goes
        self.now = now = self.gateway.now
        self._watch.tick(now, self.gateway.monotonic)
        still = self.app.animation_level == "none"
        self.flash = not still and not self.flash and any(a.calls for a in self.alarms)
        if self.mine and self._heard_alarms.again(self.alarms, self._in_hand(), now):
            self.ring(urgent=True)
        for screen in self.app.screen_stack:
            screen.post_message(messages.Tick(now))
        self.hands.second(now)
        self.gateway.pulse(self.app)

    def pulsed(self, event: messages.Pulse) -> None:
        """The store has answered; whoever shows something of it reads again if it moved."""
        self._watch.answered()
        self._watch.beat(event.beat)
        self.keeping.look(self._watch.stopped)
        if event.moved:
            self.hands.moved()
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

    def show_alarms(self, alarms: tuple[AlarmRow, ...], counted: AlarmCounts, holder: str) -> None:
        """The first that are live, and all of them counted; a new one that rings rings once."""
        self.alarms, self.alarms_counted = alarms, counted
        parts = self.gateway.context.procedure.parts
        self.holder_role = parts.operator if holder == SUB_CENTRE else parts.night or parts.operator
        if not self._seated:
            self._seated = True
            self.gateway.sit_down(self.holder_role)
        for screen in self.app.screen_stack:
            for line in screen.query(AlarmLine):
                line.repaint()
        fresh = self._heard_alarms.fresh(alarms)
        self._propose_leaving(fresh)
        urgent = any(a.urgent for a in fresh)
        if fresh and self.mine and not self.returning.holds(urgent):
            self.ring(urgent=urgent)

    @property
    def mine(self) -> bool:
        """Whether this seat is at the desk that holds the area: alarms are heard nowhere else."""
        night = self.gateway.context.procedure.parts.night
        at_night = night is not None and self.gateway.actor.role == night
        return at_night == (night is not None and self.holder_role == night)

    def _in_hand(self) -> set[str]:
        """The cases that somebody has in hand at any seat."""
        board, now = self.desk.board, self.gateway.now
        return {c.no for c in board.claims if holds(c, now)} if board is not None else set()

    def _propose_leaving(self, fresh: list[AlarmRow]) -> None:
        """An hour before closing: whoever acknowledges it at the desk is led to the list."""
        if any(alarm.reason == AlarmReason.LEAVING for alarm in fresh):
            self.say(_("快下班了：按 . 确认，并打开离开前清单"), "amber")

    def ring(self, urgent: bool = False) -> None:
        """Ring once, by the settings."""
        if urgent and self.now is not None:
            self._heard_alarms.sounded(self.now)
        trouble = self._sound.ring(urgent)
        if trouble:
            self.desk.say(trouble, "red")

    def acknowledge(self) -> None:
        """Acknowledge everything that rings or flashes; the same key soon after: in 10 minutes."""
        self.acknowledging.strike()

    def answered(self, event: messages.Answered) -> None:
        """The alarms are acknowledged, or a case is in hand."""
        self.hands.answered(event)
        self.returning.answered(event)
        self.acknowledging.answered(event)
        if event.slot == messages.OUTSIDE:
            self.say(event.answer, "green")

    def failed(self, event: messages.Failed) -> None:
        """Something that the app itself asked for failed."""
        self.returning.answered(event)
        self.say(event.sentence, "red")

    def quit(self) -> None:
        """Ask before clocks are left running; asked twice, leave."""
        from dutydesk.screens.quitting import Quitting  # slow import

        if isinstance(self.app.screen, Quitting) or not self.gateway.ready:
            self.app.exit(0)
        else:
            self.app.push_screen(Quitting(self.gateway))

    def say(self, text: str, ink: str = "ink") -> None:
        """Say something in the key line of the screen on top."""
        for line in self.app.screen.query(KeyLine):
            line.say(text, ink)

    # Other screens.

    def open(self, name: str, **given: Any) -> None:
        """Open a screen by its name; what it gives back is seen to here.

        Before the store is open nothing else opens; a text waits for it, so that none is lost.
        """
        if not self.gateway.ready and name != "help":
            if str(given.get("text") or "").strip():
                self.app.set_timer(AGAIN_S, partial(self.open, name, **given))
            return
        try:
            made = screen_class(name)(self.gateway, **given)
        except DeskError as error:
            self.say(self.gateway.sentence(error), "amber")
            return
        self.app.push_screen(made, self._came_back)
        self.hands.opened(made, name, given)

    def _came_back(self, given: object) -> None:
        """A form gives what was done, a search a case, a filter its filters."""
        self.app.call_after_refresh(self.hands.look)
        if isinstance(given, str):
            if not self.desk.queue.select(given) and self.desk.queue.selected != given:
                self.open_case(given)
        elif isinstance(given, Marked):
            self.desk.mark(given.numbers)
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
        """Open the register form; what was pasted, or waits since, is recognised first."""
        if text.strip() or self._waiting():
            self.open("paste", text=text)
        else:
            self.open("register")

    def open_command(self, text: str = "") -> None:
        """Open the command bar, with what was typed."""
        self.open("command", text=text, selected=self.desk.queue.selected)

    def open_help(self) -> None:
        """The keys of the screen on top, from its real bindings."""
        screen = self.app.screen
        found = [_named(screen, active.binding) for active in screen.active_bindings.values()]
        shown = [(_key(binding), binding.description) for binding in found]
        self.open("help", bindings=[pair for pair in dict.fromkeys(shown) if pair[1]])


def _named(screen: Screen[Any], binding: Binding) -> Binding:
    """The screen's own binding of a key that is looked at for the menu first, as `/` is."""
    own = screen._bindings.key_to_bindings.get(binding.key, [])
    return binding if binding.description else next((b for b in own if b.description), binding)


def _key(binding: Binding) -> str:
    return str(binding.key_display or binding.key)
