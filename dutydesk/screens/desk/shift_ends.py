"""The ends of a shift at the desk: what is left before leaving, and what is entered late."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from dutydesk.screens.desk.acts import DeskActs
from dutydesk.views.labels import N_


class ShiftEnds(DeskActs):
    """The desk with its leaving list and its late entries."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,f7", "open('leaving')", N_("离开前")),
        Binding("e,f10", "open('late')", N_("补录")),
    ]
