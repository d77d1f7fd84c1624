"""Whom the channels of the settings can reach by account: a roster with anyone else is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dutydesk.config.reachable import unreachable
from dutydesk.config.toml_text import line_of
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.notify.registry import channels_of
from dutydesk.workflow.procedure import Procedure

if TYPE_CHECKING:
    from dutydesk.config.settings import Settings


def refuse_unreachable(settings: Settings, procedure: Procedure) -> None:
    """BadInput with line and name for somebody on the roster whom no message would reach."""
    carries = by_account(settings)
    faults = list(unreachable(settings, procedure, carries))
    if not faults:
        return
    path, message = faults[0]
    said = f"{path[0]}[{int(path[1]) + 1}]：{message}"
    if len(faults) > 1:
        said += _("（另有 {count} 处错误）").format(count=len(faults) - 1)
    file = settings.file
    line = line_of(file.read_text(encoding="utf-8"), path) if file else None
    raise BadInput(said, file=str(file) if file else None, line=line)


def by_account(settings: Settings) -> Mapping[str, str]:
    """The kinds of messages that leave by a channel that needs an account, with that channel."""
    if not settings.channel:
        return {}
    found = channels_of(settings)
    return {kind: name for kind, name in found.carries.items() if found.by_name[name].needs_address}
