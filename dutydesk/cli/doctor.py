"""`dutydesk doctor`: everything that could be wrong here, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from dutydesk.cli import channel_symptoms, here, outlet, symptoms, tool_symptoms
from dutydesk.cli.symptoms import Finding
from dutydesk.cli.words import N_
from dutydesk.config.settings import Settings
from dutydesk.errors import DeskError
from dutydesk.i18n import _


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """Look at settings, store, keys, clock, terminal and machine; exit 1 if something is wrong."""
    found = list(findings())
    if as_json:
        outlet.say_json([finding._asdict() for finding in found])
    else:
        for finding in found:
            mark = _("正常") if finding.ok else _("不对")
            outlet.say(f"{mark}  {finding.name}  {finding.detail}")
            if finding.mend:
                outlet.say(f"      → {finding.mend}")
    if not all(finding.ok for finding in found):
        raise typer.Exit(1)


def findings() -> Iterator[Finding]:
    """Every finding, settings first: what cannot be looked at without them is left out."""
    yield symptoms.python()
    using: Settings | None = None
    try:
        using = here.settings()
    except DeskError as error:
        yield Finding(
            "settings", False, str(error), _("改好这一处；或移开它，用 dutydesk init 新建")
        )
    if using is not None:
        yield symptoms.settings(using)
        yield from _of_settings(using)
    yield from (look() for look in ALWAYS)


def _of_settings(using: Settings) -> Iterator[Finding]:
    for look in OF_SETTINGS:
        try:
            yield look(using)
        except DeskError as error:
            yield Finding(look.__name__, False, str(error), _("按提示改好设置后再试"))


OF_SETTINGS: tuple[Callable[[Settings], Finding], ...] = (
    symptoms.procedure,
    symptoms.places,
    symptoms.people,
    symptoms.store,
    symptoms.journal,
    symptoms.keeper,
    symptoms.database_secret,
    symptoms.disk,
    symptoms.board,
    symptoms.inbox,
    symptoms.alarm,
    channel_symptoms.sealed,
    channel_symptoms.channels,
    channel_symptoms.accounts,
    channel_symptoms.plain_http,
    tool_symptoms.pictures,
    tool_symptoms.clipboard,
    tool_symptoms.opening,
    tool_symptoms.printing,
)
ALWAYS: tuple[Callable[[], Finding], ...] = (
    symptoms.calendar,
    symptoms.clock,
    symptoms.keyring,
    symptoms.terminal,
    symptoms.encoding,
    symptoms.colours,
    symptoms.log,
)
