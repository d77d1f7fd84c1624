"""Another language for the whole desk, without leaving it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from dutydesk import i18n
from dutydesk.i18n import _
from dutydesk.views.labels import Words

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from dutydesk.desk import Desk
    from dutydesk.screens.parts.shell import Shell


def speak(app: Shell, language: str) -> None:
    """Say everything in this language from now on; what is on the screen is read anew."""
    i18n.use(language)
    app.gateway.speak(language)
    desk_screen = cast("MessagePump", app.desk)
    app.gateway.job(lambda desk: _turn(desk, language), desk_screen, "language")
    app.desk.begin()
    app.say(_("界面语言：中文"))


def _turn(desk: Desk, language: str) -> None:
    """Labels that the worker makes are in the language too."""
    desk.ground = replace(desk.ground, language=language)
    desk.context = desk.ground.views()
    desk.words = Words(desk.ground.procedure, language)
