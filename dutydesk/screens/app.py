"""The app: opens the desk, keeps the second, rings, and leads from screen to screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from dutydesk import i18n
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
from dutydesk.screens.theme import THEME
from dutydesk.screens.ticker import ClockWatch
from dutydesk.views.alarms import AlarmRow
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.queue import Filters
from dutydesk.workflow.cases.model import SUB_CENTRE

if TYPE_CHECKING:
    from dutydesk.config.settings import Settings
    from dutydesk.desk import Desk

TITLE = "dutydesk"


class DeskApp(App[int]):
    """The desk in one terminal. `attach` is called once the desk is open: the daemon's hook.

    `attach(app)` starts what runs beside the desk in this loop and says by `gateway.sweep_here`
    who sweeps; without it the second hand does.
    """

    CSS_PATH = Path(__file__).with_name("dutydesk.tcss")
    ENABLE_COMMAND_PALETTE = False
    TITLE = TITLE

    def __init__(
        self,
        gateway: Gateway,
        alarm: AlarmSettings,
        *,
        sound_check: bool = False,
        attach: Callable[[DeskApp], None] | None = None,
    ) -> None:
        super().__init__()
        self.gateway = gateway
        self.now: datetime | None = None
        self.alarms: tuple[AlarmRow, ...] = ()
        self.holder_role = "commander"
        self.flash = False
        self.fault: DeskError | None = None
        self._sound = Sound(alarm, self.bell)
        self._sound_check = sound_check
        self._beside = attach
        self._watch = ClockWatch()
        self._rung: set[str] = set()
        self._desk_screen = DeskScreen(gateway)

    # Beginning and end.

    def get_default_screen(self) -> Screen[Any]:
        """The desk is the home."""
        return self._desk_screen

    def on_mount(self) -> None:
        """Paint first, then open the store: the first paint waits for nothing."""
        self.register_theme(THEME)
        self.theme = THEME.name
        self.call_after_refresh(self.gateway.open, self)

    def on_opened(self) -> None:
        """The desk is open: from now on there is a time, and something to show."""
        if self._beside is None:
            self.gateway.sweep_here(True)
        else:
            self._beside(self)
        self._second()
        self.set_interval(1, self._second)
        self.desk.begin()
        if self._sound_check and not self._sound.off:
            self.push_screen(SoundCheck(self.gateway), self._heard)

    def on_open_failed(self, event: messages.OpenFailed) -> None:
        """Nothing can be shown: say why, outside the screen."""
        self.fault = event.error
        self.exit(event.error.exit_code)

    def _heard(self, heard: bool | None) -> None:
        if heard is False:
            self.desk.say(_("响铃没听到：告警只会闪动，请检查音量或 [alarm] 设置"), "red")

    @property
    def desk(self) -> DeskScreen:
        """The desk screen, whatever stands above it."""
        return self._desk_screen

    # The second hand.

    def _second(self) -> None:
        self.now = now = self.gateway.now
        self._watch.tick(now, self.gateway.monotonic)
        still = self.animation_level == "none"
        self.flash = not still and not self.flash and any(a.unseen for a in self.alarms)
        for screen in self.screen_stack:
            screen.post_message(messages.Tick(now))
        self.gateway.pulse(self)

    def on_pulse(self, event: messages.Pulse) -> None:
        """The store has answered; whoever shows something of it reads again if it moved."""
        self._watch.answered()
        if event.moved:
            for screen in self.screen_stack:
                screen.post_message(messages.Moved())

    def on_pulse_failed(self, event: messages.PulseFailed) -> None:
        """The store does not answer: the header says so until it does."""
        self.read_failed(event.sentence)

    def read_failed(self, sentence: str) -> None:
        """A reading failed; what is on the screen is old from now on."""
        self._watch.failed(sentence)
        self.desk.show_head()

    @property
    def health(self) -> Health:
        """Whether clock and record can be believed."""
        return self._watch.health()

    # Alarms.

    def show_alarms(self, alarms: tuple[AlarmRow, ...], holder: str) -> None:
        """These are live; one that rings and was not heard yet rings once."""
        self.alarms = alarms
        self.holder_role = "commander" if holder == SUB_CENTRE else "night_desk"
        for screen in self.screen_stack:
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
        self.gateway.job(lambda desk: desk.acknowledge(actor), self, "acknowledge")

    def on_answered(self, event: messages.Answered) -> None:
        """The alarms are acknowledged."""
        if event.slot == "acknowledge":
            self.say(_("已确认 {count} 条告警").format(count=event.answer))
            self.desk.reread()

    def on_failed(self, event: messages.Failed) -> None:
        """Something that the app itself asked for failed."""
        self.say(event.sentence, "red")

    def say(self, text: str, ink: str = "ink") -> None:
        """Say something in the key line of the screen on top."""
        for line in self.screen.query(KeyLine):
            line.say(text, ink)

    # Other screens.

    def open(self, name: str, **given: Any) -> None:
        """Open a screen by its name; what it gives back is seen to here."""
        try:
            made = screen_class(name)(self.gateway, **given)
        except DeskError as error:
            self.say(self.gateway.sentence(error), "amber")
            return
        self.push_screen(made, self._came_back)

    def _came_back(self, given: object) -> None:
        """A form gives what was done, a search a case, a filter its filters."""
        if isinstance(given, str):
            if not self.desk.queue.select(given) and self.desk.queue.selected != given:
                self.open_case(given)
        elif isinstance(given, Filters):
            self.desk.filtered(given)
        elif given is not None:
            self.gateway.pulse(self)

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
        found = self.screen.active_bindings.values()
        shown = [(_key(active.binding), _(active.binding.description)) for active in found]
        self.open("help", bindings=[pair for pair in dict.fromkeys(shown) if pair[1]])

    def action_help_quit(self) -> None:
        """Ctrl+C never ends a shift by a slip."""
        self.say(_("退出请按 Ctrl+Q"), "dim")


def _key(binding: Any) -> str:
    return str(binding.key_display or binding.key)


def run(
    desk: Desk | Callable[[], Desk],
    settings: Settings,
    *,
    drill: bool = False,
    language: str | None = None,
    attach: Callable[[DeskApp], None] | None = None,
) -> int:
    """Run the desk until it is left; the exit code. Raises the DeskError that kept it closed.

    `desk` may be a function that opens it: then the first paint comes before the store is open.
    """
    i18n.use(language or settings.desk.language)
    opening = desk if callable(desk) else lambda: desk
    gateway = Gateway(
        opening,
        operator=settings.desk.operator,
        seat=settings.desk.seat,
        drill=drill,
    )
    app = DeskApp(gateway, settings.alarm, sound_check=not drill, attach=attach)
    try:
        code = app.run()
    finally:
        gateway.close()
    if app.fault is not None:
        raise app.fault
    return code or 0
