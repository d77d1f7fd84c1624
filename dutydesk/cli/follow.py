"""`dutydesk follow`: a second screen that shows the case selected at a seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dutydesk.cli import here
from dutydesk.cli.words import N_
from dutydesk.screens.terminal import need_terminal

if TYPE_CHECKING:
    from dutydesk.desk import Desk


def follow(
    seat: Annotated[
        str | None,
        typer.Option("--seat", metavar="S", help=N_("跟看哪个席位，缺省设置里的，再缺省最近的")),
    ] = None,
) -> None:
    """Show what a seat looks at; nothing can be done or written from here."""
    need_terminal()
    settings = here.settings()

    def opening() -> Desk:
        from dutydesk.bootstrap import open_desk  # slow import

        return open_desk(settings, only_read=True)

    from dutydesk.screens.follow import run  # slow import

    wanted = settings.desk.seat if seat is None else seat
    code = run(opening, wanted.strip())
    if code:
        raise typer.Exit(code)
