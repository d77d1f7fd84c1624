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
    "act": "dutydesk.screens.forms.opening:open_form",
    "bundle": "dutydesk.screens.forms.bundle:open_bundle",
    "bundle-menu": "dutydesk.screens.forms.bundle_menu:BundleMenu",
    "register": "dutydesk.screens.forms.opening:open_register",
    "paste": "dutydesk.screens.pasting:PasteScreen",
    "case": "dutydesk.screens.case:CaseScreen",
    "command": "dutydesk.screens.command.bar:CommandBar",
    "page-menu": "dutydesk.screens.page_menu:PageMenu",
    "palette": "dutydesk.screens.command.palette:Palette",
    "search": "dutydesk.screens.command.search:SearchScreen",
    "help": "dutydesk.screens.help:HelpScreen",
    "filters": "dutydesk.screens.filters:FilterScreen",
    "import": "dutydesk.screens.imports:ImportScreen",
    "contacts": "dutydesk.screens.forms.finding:ContactScreen",
    "incoming": "dutydesk.screens.forms.incoming:IncomingCard",
    "inspect": "dutydesk.screens.inspections:InspectionScreen",
    "sample": "dutydesk.screens.samples:SampleScreen",
    "promises": "dutydesk.screens.promises:PromiseScreen",
    "handover": "dutydesk.screens.handover:HandoverScreen",
    "late": "dutydesk.screens.late.screen:LateScreen",
    "leaving": "dutydesk.screens.leaving:LeavingScreen",
    "writebacks": "dutydesk.screens.writebacks:WritebackScreen",
    "outbox": "dutydesk.screens.outbox:OutboxScreen",
    "logins": "dutydesk.screens.logins:LoginScreen",
    "papers": "dutydesk.screens.papers:PapersScreen",
    "alarms": "dutydesk.screens.alarms:AlarmScreen",
    "alarm-history": "dutydesk.screens.alarm_history:AlarmHistoryDialog",
    "shelve": "dutydesk.screens.shelving:ShelfDialog",
    "ladder": "dutydesk.screens.ladder:LadderScreen",
    "forecast": "dutydesk.screens.forecast:ForecastScreen",
    "files": "dutydesk.screens.files:FilesScreen",
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
