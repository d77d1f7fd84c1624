"""What a widget may ask of the app it lives in, without knowing it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from dutydesk.screens.desk.header import Health
    from dutydesk.screens.desk.screen import DeskScreen
    from dutydesk.screens.gateway import Gateway
    from dutydesk.screens.hands import Hands
    from dutydesk.views.alarms import AlarmCounts, AlarmRow
    from dutydesk.views.card_rows import CaseCard


class Shell(Protocol):
    """The app: its gateway, the moment, what rings, and the ways to other screens."""

    gateway: Gateway
    hands: Hands
    now: datetime | None
    alarms: tuple[AlarmRow, ...]
    alarms_counted: AlarmCounts
    holder_role: str
    flash: bool
    health: Health

    def show_alarms(
        self, alarms: tuple[AlarmRow, ...], counted: AlarmCounts, holder: str
    ) -> None: ...

    def read_failed(self, sentence: str) -> None: ...

    @property
    def desk(self) -> DeskScreen: ...

    def say(self, text: str, ink: str = "ink") -> None: ...

    def open_help(self) -> None: ...

    def open(self, name: str, **given: Any) -> None: ...

    def open_act(
        self, verb: str, card: CaseCard | None = None, given: dict[str, object] | None = None
    ) -> None: ...

    def open_case(self, no: str) -> None: ...

    def open_register(self, text: str = "") -> None: ...

    def open_command(self, text: str = "") -> None: ...

    def acknowledge(self) -> None: ...

    def ring(self, urgent: bool = False) -> None: ...


def shell(node: DOMNode) -> Shell:
    """The sitting of a widget's app; the app itself where it stands for one."""
    return cast("Shell", getattr(node.app, "sitting", node.app))
