"""`dutydesk demo`: a throw-away desk on an invented street in mid-shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dutydesk.cli import here
from dutydesk.cli.words import N_
from dutydesk.screens.terminal import need_terminal

if TYPE_CHECKING:
    from dutydesk.desk import Desk


def demo(
    procedure: Annotated[
        str, typer.Option("--procedure", metavar="NAME", help=N_("按哪个规程，缺省 xinchenglu"))
    ] = "xinchenglu",
    minutes_ago: Annotated[
        int,
        typer.Option(
            "--minutes-ago",
            metavar="N",
            min=0,
            max=24 * 60,
            help=N_("这一班停在几分钟之前，其后到期的随即补上"),
        ),
    ] = 0,
) -> None:
    """Open the invented street; nothing of it is kept."""
    from dutydesk.clock import SystemClock  # slow import
    from dutydesk.config.procedures import load  # slow import
    from dutydesk.demo import open_demo, settings_of  # slow import
    from dutydesk.demo.folder import leave_when_ended  # slow import

    load(procedure)
    need_terminal()
    leave_when_ended()
    clock = SystemClock()

    def opening() -> Desk:
        return open_demo(procedure=procedure, minutes_ago=minutes_ago, clock=clock)[0]

    from dutydesk.cli.keeping import beside  # slow import
    from dutydesk.screens.app import run  # slow import

    settings = settings_of(clock.now(), procedure)
    attach = beside(settings, drill=True)
    code = run(opening, settings, drill=True, language=here.given().lang, attach=attach)
    if code:
        raise typer.Exit(code)
