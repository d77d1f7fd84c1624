"""`dutydesk export`: closed and refused cases go back in the layout they came in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _


def export(
    channel: Annotated[str, typer.Option("--channel", metavar="C", help=N_("来源渠道"))],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=N_("写到哪个文件"))],
    everything: Annotated[bool, typer.Option("--all", help=N_("连同已经写回过的"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """Write back what is closed or refused and has not been returned yet."""
    using = here.settings()
    with here.desk(using=using) as desk:
        known = desk.context.procedure.fields["channel"].choices
        if channel not in known:
            message = _("没有渠道“{channel}”；{hint}").format(
                channel=shown(channel), hint=nearest(channel, known)
            )
            raise BadInput(message, expected=all_of(channel, known))
        exported = desk.export(channel, out, all_=everything, by=here.sitting(desk, using))
        from dutydesk.views.jsonable import plain  # slow import

        found = {name: plain(getattr(exported, name)) for name in exported.__dataclass_fields__}
    if outlet.answers_json(as_json):
        outlet.say_json(found)
    else:
        outlet.say(found["message"])
