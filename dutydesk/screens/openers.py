"""Which screens there are, by name; each is imported when it is first opened, for a quick start."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from textual.screen import Screen

from dutydesk.errors import BadInput
from dutydesk.i18n import _

OPENS = {
    "act": "dutydesk.screens.forms:ActForm",
    "register": "dutydesk.screens.forms:RegisterForm",
    "case": "dutydesk.screens.case:CaseScreen",
    "command": "dutydesk.screens.command:CommandBar",
    "palette": "dutydesk.screens.command:Palette",
    "search": "dutydesk.screens.command:SearchScreen",
    "help": "dutydesk.screens.help:HelpScreen",
    "filters": "dutydesk.screens.filters:FilterScreen",
    "import": "dutydesk.screens.imports:ImportScreen",
    "inspect": "dutydesk.screens.inspections:InspectionScreen",
    "handover": "dutydesk.screens.handover:HandoverScreen",
}
"""Name → module and class; every class takes the gateway first."""


def screen_class(name: str) -> Callable[..., Screen[Any]]:
    """The class of a screen. Raises BadInput where this desk has no such screen."""
    where, _colon, kind = OPENS.get(name, "").partition(":")
    if not where or find_spec(where) is None:
        raise BadInput(_("这个值班台没有“{name}”这个画面").format(name=name))
    found = getattr(import_module(where), kind, None)
    if found is None:
        raise BadInput(_("这个值班台没有“{name}”这个画面").format(name=name))
    screen: Callable[..., Screen[Any]] = found
    return screen
