"""`dutydesk writebacks`: what the platforms do not know yet, in the order of their pages.

It is ticked by `dutydesk do NO write_back --set system=… --set what=…`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.time.zone import iso, to_local

if TYPE_CHECKING:
    from dutydesk.views.writebacks import OwedRow

Channel = Annotated[
    str | None, typer.Option("--channel", metavar="C", help=N_("来源渠道，如 hotline_12345"))
]
Lines = Annotated[bool, typer.Option("--json", help=N_("每行一个 JSON"))]


def writebacks(channel: Channel = None, as_json: Lines = False) -> None:
    """List what is owed to the platforms, and whose results are still missing."""
    with here.desk() as desk:
        from dutydesk.views.writebacks import Owed  # slow import

        known = desk.context.procedure.fields["channel"].choices
        if channel is not None and channel not in known:
            message = _("没有渠道“{channel}”；{hint}").format(
                channel=shown(channel), hint=nearest(channel, known)
            )
            raise BadInput(message, expected=all_of(channel, known))
        found = desk.read(Owed(channel))
    if as_json:
        for row in (*found.rows, *found.awaited):
            outlet.say_json(as_document(row))
        return
    for line in columns([_cells(row) for row in (*found.rows, *found.awaited)]):
        outlet.say(line)
    outlet.say(
        _("待回填 {mine} 条，等结果 {theirs} 条").format(
            mine=found.total, theirs=len(found.awaited)
        )
    )


def as_document(row: OwedRow) -> dict[str, Any]:
    """One line of JSON; `owes` is "desk", or the party whose result is missing."""
    return {
        "id": row.id,
        "case": row.case,
        "channel": row.channel,
        "external_no": row.external_no,
        "what": row.what,
        "party": row.party,
        "since": iso(row.since_at),
        "owes": row.owes or "desk",
        "fields": [field._asdict() for field in row.fields],
    }


def _cells(row: OwedRow) -> list[str]:
    return [
        row.channel_label,
        row.external_no,
        row.case,
        f"{row.what_label} {row.party}" if row.party else row.what_label,
        f"{to_local(row.since_at):%m-%d %H:%M}",
        _("等 {party}").format(party=row.owes) if row.owes else _("待回填"),
        row.place,
    ]
