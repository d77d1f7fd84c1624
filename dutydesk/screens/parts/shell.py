"""What a widget may ask of the app it lives in, without knowing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from dutydesk.screens.gateway import Gateway
    from dutydesk.screens.hands import Hands
    from dutydesk.screens.parts.health import Health
    from dutydesk.views.alarms import AlarmCounts, AlarmRow
    from dutydesk.views.card_rows import CaseCard
    from dutydesk.views.queue import Filters, QueueRow
    from dutydesk.workflow.duty.claims import Claim


class Seen(Protocol):
    """What the desk shows: its rows, and who has which case in hand."""

    @property
    def rows(self) -> tuple[QueueRow, ...]: ...

    @property
    def claims(self) -> tuple[Claim, ...]: ...


class AtDesk(Protocol):
    """The desk below every other screen: what it shows, and what it does when told."""

    card: CaseCard | None
    filters: Filters

    @property
    def board(self) -> Seen | None: ...

    @property
    def selected(self) -> str | None: ...

    def begin(self) -> None: ...

    def reread(self) -> None: ...

    def go_to(self, no: str) -> None: ...

    def hold(self, no: str) -> None: ...

    def toggle(self, no: str) -> str: ...

    def unmark(self, numbers: Iterable[str]) -> None: ...

    def bundle_marked(self) -> None: ...

    def action_palette(self) -> None: ...


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
    def desk(self) -> AtDesk: ...

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

    def quit(self) -> None: ...

    def ring(self, urgent: bool = False) -> None: ...


def shell(node: DOMNode) -> Shell:
    """The sitting of a widget's app; the app itself where it stands for one."""
    return cast("Shell", getattr(node.app, "sitting", node.app))
