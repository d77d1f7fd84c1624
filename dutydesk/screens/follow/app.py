"""The app of the second screen: asks once a second what its seat looks at, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from dutydesk.errors import DeskError
from dutydesk.screens import messages
from dutydesk.screens.follow.screen import FollowScreen
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.terminal import need_terminal, show
from dutydesk.screens.theme import suit, theme

if TYPE_CHECKING:
    from dutydesk.desk import Desk


class FollowApp(App[int]):
    """Follows the seat of this name; without a name the one that was alive last."""

    CSS_PATH = Path(__file__).parent.with_name("dutydesk.tcss")
    ENABLE_COMMAND_PALETTE = False
    TITLE = "dutydesk follow"

    def __init__(self, gateway: Gateway, seat: str = "") -> None:
        super().__init__()
        self.gateway = gateway
        self.followed = FollowScreen(gateway, seat)
        self.fault: DeskError | None = None

    def get_default_screen(self) -> Screen[Any]:
        """The one screen there is."""
        return self.followed

    def on_mount(self) -> None:
        """Colours, then the store in its worker."""
        if not self.is_headless:
            suit(self.console.color_system, no_colour=self.no_color)
        suited = theme()
        self.register_theme(suited)
        self.theme = suited.name
        self.gateway.open(self)

    def on_opened(self) -> None:
        """The store is open: look every second from now on."""
        self.second()
        self.set_interval(1, self.second)

    def on_open_failed(self, event: messages.OpenFailed) -> None:
        """Nothing can be shown: say why, outside the screen."""
        self.fault = event.error
        self.exit(event.error.exit_code)

    def second(self) -> None:
        """What the seat looks at now, and whether anything has happened."""
        if not self.is_running:
            return  # a slow machine takes the screen down while the second hand still goes
        self.followed.second()
        self.gateway.pulse(self)

    def on_pulse(self, event: messages.Pulse) -> None:
        """The store has answered."""
        if event.moved:
            self.followed.moved()

    def on_pulse_failed(self, event: messages.PulseFailed) -> None:
        """The store does not answer: that is said until it does."""
        self.followed.failed(event.sentence)


def run(opening: Callable[[], Desk], seat: str) -> int:
    """Follow a seat until the screen is left; the exit code.

    Raises BadInput where there is no terminal, and the DeskError that kept the store closed.
    """
    need_terminal()
    gateway = Gateway(opening)
    return show(FollowApp(gateway, seat), gateway.close)
