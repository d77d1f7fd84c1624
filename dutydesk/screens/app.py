"""The app: paints first, then loads the desk, opens the store, and hands over to the sitting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual.app import App
from textual.events import Event, Key, Paste
from textual.screen import Screen
from textual.strip import Strip

from dutydesk import i18n
from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.in_turn import InTurn
from dutydesk.screens.terminal import need_terminal, show
from dutydesk.screens.theme import style, suit, theme

if TYPE_CHECKING:
    from dutydesk.config.settings import Settings
    from dutydesk.desk import Desk
    from dutydesk.screens.desk.screen import DeskScreen
    from dutydesk.screens.gateway import Gateway
    from dutydesk.screens.sitting import Sitting
    from dutydesk.screens.sound import AlarmSettings
    from dutydesk.views.alarms import AlarmRow


BESIDE_S = 0.5
"""How long after the store is open begins what runs beside the desk."""


class OpeningScreen(Screen[None]):
    """What is on the screen while the desk is being opened: one line."""

    def render_line(self, y: int) -> Strip:
        """The line, on the first row."""
        width, said = self.size.width, " 正在打开值班台…  Opening the desk…"
        if y:
            return Strip.blank(width, style("dim"))
        return Strip([Segment(said, style("dim"))]).extend_cell_length(width, style("dim"))


class DeskApp(App[int]):
    """The desk in one terminal.

    `gateway` may be a function that makes it together with the alarm settings: then nothing of
    the desk is loaded before the first paint. `attach(app)` is called once the desk is open: it
    starts what runs beside the desk in this loop and says by `gateway.sweep_here` who sweeps;
    without it the second hand does.
    """

    CSS_PATH = Path(__file__).with_name("dutydesk.tcss")
    ENABLE_COMMAND_PALETTE = False
    TITLE = "dutydesk"
    gateway: Gateway
    sitting: Sitting

    def __init__(
        self,
        gateway: Gateway | Callable[[], tuple[Gateway, AlarmSettings]],
        alarm: AlarmSettings | None = None,
        *,
        sound_check: bool = False,
        attach: Callable[[DeskApp], None] | None = None,
    ) -> None:
        super().__init__()
        self._made = gateway
        self._alarm = alarm
        self._sound_check = sound_check
        self._beside = attach
        self.fault: DeskError | None = None
        self.loaded = False
        self._awaited = 2
        self._keys = InTurn(self, super().on_event)
        self._early: list[Paste] = []

    # Beginning and end.

    def get_default_screen(self) -> Screen[Any]:
        """One line, painted before anything is loaded."""
        return OpeningScreen()

    def on_mount(self) -> None:
        """Paint first: the first paint waits for nothing."""
        if not self.is_headless:
            suit(self.console.color_system, no_colour=self.no_color)
        suited = theme()
        self.register_theme(suited)
        self.theme = suited.name
        self.call_after_refresh(self._load)

    async def _load(self) -> None:
        """Load the desk beside the loop, then open the store in its worker."""
        try:
            sitting, self.gateway, alarm = await asyncio.to_thread(self._prepared)
        except DeskError as error:
            self.on_open_failed(messages.OpenFailed(error))
            return
        self.sitting = sitting.Sitting(self, self.gateway, alarm)
        self.loaded = True
        # The store is opened while the screen is put up; whichever is later begins the sitting.
        self.gateway.open(self)
        await self.push_screen(self.sitting.desk)
        self._begin_when_both()

    def _prepared(self) -> tuple[Any, Gateway, Any]:
        loaded = import_module("dutydesk.screens.sitting")
        if callable(self._made):
            return loaded, *self._made()
        return loaded, self._made, self._alarm

    def on_opened(self) -> None:
        """The store is open."""
        self._begin_when_both()

    def _begin_when_both(self) -> None:
        """The screen stands, or the store is open: the second of the two begins the sitting."""
        self._awaited -= 1
        if not self._awaited:
            self.begin()

    def begin(self) -> None:
        """The desk stands on an open store."""
        self.gateway.sweep_here(True)
        self.sitting.begin(sound_check=self._sound_check)
        for paste in self._early:
            self.post_message(Paste(paste.text))
        if self._beside is not None:
            # What keeps the clock is slow to load: the board comes first, and the second hand
            # sweeps until then.
            self.set_timer(BESIDE_S, partial(self._beside, self))

    def on_open_failed(self, event: messages.OpenFailed) -> None:
        """Nothing can be shown: say why, outside the screen."""
        self.fault = event.error
        self.exit(event.error.exit_code)

    def close_desk(self) -> None:
        """Let go of what is in hand, finish what is asked, close the store; after the app."""
        if self.loaded:
            self.sitting.hands.leave()
            self.sitting.returning.leave()
            self.gateway.close()

    async def on_event(self, event: Event) -> None:
        """Every key, wherever it goes, says that somebody sits here; each waits for its turn.

        A paste that comes before the desk stands waits for it; a key means nothing until then.
        """
        if self._awaited and isinstance(event, Paste) and not event.is_forwarded:
            self._early.append(event)
            return
        if self.loaded and isinstance(event, (Key, Paste)):
            self.sitting.hands.key()
            if not event.is_forwarded:
                await self._keys.take(event)
                return
        await super().on_event(event)

    def on_paste(self, event: Paste) -> None:
        """A paste that no field and no screen wanted is recognised: it is never lost."""
        if self.loaded and self.gateway.ready and event.text.strip():
            self.sitting.open_register(event.text)

    async def action_quit(self) -> None:
        """Leave; with clocks that run the desk asks first."""
        self.quit()

    def quit(self) -> None:
        """Leave; with clocks that run the desk asks first."""
        if self.loaded:
            self.sitting.quit()
        else:
            self.exit(0)

    def action_help_quit(self) -> None:
        """Ctrl+C never ends a shift by a slip."""
        if self.loaded:
            self.sitting.say(_("退出请按 Ctrl+Q"), "dim")

    # What comes for the sitting.

    def on_pulse(self, event: messages.Pulse) -> None:
        """The store has answered."""
        self.sitting.pulsed(event)

    def on_pulse_failed(self, event: messages.PulseFailed) -> None:
        """The store does not answer: the header says so until it does."""
        self.sitting.read_failed(event.sentence)

    def on_answered(self, event: messages.Answered) -> None:
        """Something that the app itself asked for."""
        self.sitting.answered(event)

    def on_failed(self, event: messages.Failed) -> None:
        """Something that the app itself asked for failed."""
        self.sitting.failed(event)

    # What others ask of the app.

    @property
    def desk(self) -> DeskScreen:
        """The desk screen, whatever stands above it."""
        return self.sitting.desk

    @property
    def now(self) -> datetime | None:
        """The moment last published."""
        return self.sitting.now if self.loaded else None

    @property
    def alarms(self) -> tuple[AlarmRow, ...]:
        """The live alarms."""
        return self.sitting.alarms if self.loaded else ()

    def open(self, name: str, **given: Any) -> None:
        """Open a screen by its name."""
        self.sitting.open(name, **given)

    def open_act(self, verb: str, card: Any = None, given: Any = None) -> None:
        """Open the form of an act."""
        self.sitting.open_act(verb, card, given)

    def _second(self) -> None:
        self.sitting.second()


def run(
    desk: Desk | Callable[[], Desk],
    settings: Settings | Callable[[], Settings],
    *,
    drill: bool = False,
    language: str | None = None,
    attach: Callable[[DeskApp], None] | None = None,
) -> int:
    """Run the desk until it is left; the exit code. Raises the DeskError that kept it closed.

    `desk` may be a function that opens it, and `settings` one that reads them: then the first paint
    comes before either, and in both languages where `language` is not given.
    Raises BadInput too where there is no terminal.
    """
    need_terminal()
    if language is not None:
        i18n.use(language)

    def made() -> tuple[Gateway, AlarmSettings]:
        from dutydesk.config.seats import seat_name  # slow import
        from dutydesk.config.settings import data_folder  # slow import
        from dutydesk.screens.gateway import Gateway  # slow import

        known = settings() if callable(settings) else settings
        i18n.use(language or known.desk.language)
        opening = desk if callable(desk) else lambda: desk
        seat = seat_name(known.desk.seat, data_folder())
        asker = Gateway(opening, operator=known.desk.operator, seat=seat, drill=drill)
        return asker, known.alarm

    app = DeskApp(made, sound_check=not drill, attach=attach)
    return show(app, app.close_desk)
