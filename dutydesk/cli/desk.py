"""`dutydesk` without a command: the desk on the terminal."""

from __future__ import annotations

import gc
from functools import cache
from typing import TYPE_CHECKING

from dutydesk.cli import here
from dutydesk.cli.unlocking import unlock_early
from dutydesk.screens.terminal import need_terminal

if TYPE_CHECKING:
    from dutydesk.config.settings import Settings
    from dutydesk.desk import Desk
    from dutydesk.screens.app import DeskApp


WARNED_AFTER_S = 4
"""House: after the board and what waits from before."""


def open_desk() -> int:
    """Open the desk of the settings; gives the exit code of the screen.

    On a first start, without settings and without a store, the store is created.
    """
    need_terminal()
    unlock_early()
    # Nothing that a start loads is garbage; looking through it for some costs a tenth of the start.
    gc.disable()
    # Settings are read, and what store and clock are made of is loaded, behind the first paint.
    settings = cache(here.settings)

    def opening() -> Desk:
        from dutydesk.bootstrap import open_desk as open_store  # slow import

        return open_store(settings(), create=first_start(settings()))

    def attach(app: DeskApp) -> None:
        gc.freeze()
        gc.enable()
        from dutydesk.cli.keeping import beside  # slow import

        beside(settings())(app)
        _warn(settings(), app)

    from dutydesk.screens.app import run  # slow import

    return run(opening, settings, language=here.given().lang, attach=attach)


def _warn(using: Settings, app: DeskApp) -> None:
    """Say once the desk stands which year's days off are not known yet."""

    def warn() -> None:
        from dutydesk.cli.calendar import years_missing  # slow import

        words = years_missing(using)
        if words:
            app.sitting.say(words, "amber")

    app.set_timer(WARNED_AFTER_S, warn)


def first_start(using: Settings) -> bool:
    """Whether nothing has been set up yet; the data folder is made then."""
    if using.file is not None or using.database.url:
        return False
    from dutydesk.bootstrap import store_file  # slow import
    from dutydesk.cli.init import make_folder  # slow import

    file = store_file(using)
    if file is None or file.exists():
        return False
    make_folder(using)
    return True
