"""Which kinds of channel there are: each file of `channels/` is one, with its KIND and `make`."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.config.channels import secret_of
from dutydesk.config.secrets import get_secret
from dutydesk.config.toml_text import nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.notify import channels as folder
from dutydesk.notify.channel import Channel, Channels, Secret

if TYPE_CHECKING:
    from dutydesk.config.channels import Channel as Settings
    from dutydesk.config.settings import Settings as AllSettings

MANUAL = "manual"
"""The channel of whatever no other carries: a person sends and confirms."""
Make = Callable[[str, "Settings", Secret, Callable[[str], Path]], Channel]


@cache
def kinds() -> Mapping[str, Make]:
    """Every kind by its name, with what makes a channel of it."""
    found: dict[str, Make] = {}
    for module in pkgutil.iter_modules(folder.__path__):
        loaded = import_module(f"{folder.__name__}.{module.name}")
        found[loaded.KIND] = loaded.make
    return found


def channels_of(settings: AllSettings) -> Channels:
    """The channels that the settings describe.

    Raises BadInput naming the table where a kind is unknown or something that it needs is missing.
    """
    by_name: dict[str, Channel] = {}
    carries: dict[str, str] = {}
    for name, table in settings.channel.items():
        by_name[name] = _made(name, table, settings)
        carries |= dict.fromkeys(table.carries, name)
    return Channels(by_name, carries)


def _made(name: str, table: Settings, settings: AllSettings) -> Channel:
    make = kinds().get(table.kind)
    if make is None:
        known = sorted(kinds())
        message = _("[channel.{name}] kind：没有“{kind}”这种渠道；{hint}").format(
            name=name, kind=table.kind, hint=nearest(table.kind, known)
        )
        raise BadInput(message, file=_file(settings), expected=", ".join(known))
    try:
        return make(name, table, lambda: get_secret(secret_of(name)), settings.path)
    except ValueError as error:
        message = f"[channel.{name}] {error}"
        raise BadInput(message, file=_file(settings)) from error


def _file(settings: AllSettings) -> str | None:
    return str(settings.file) if settings.file else None
