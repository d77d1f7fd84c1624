"""The passphrase of encrypted secrets is asked for before a screen stands, never behind it."""

from __future__ import annotations

import os
from pathlib import Path

from dutydesk.cli import here

TABLE = "[secrets]"


def unlock_early() -> None:
    """Open the encrypted secrets where the settings choose such a file; else costs one short read.

    Raises OutsideError where they do not open, BadInput for settings that cannot be read.
    """
    if not _may_choose():
        return
    using = here.settings()
    if using.channel or using.database.url:
        from dutydesk.config.secrets import unlock  # slow import

        unlock()


def _may_choose() -> bool:
    """Whether a settings file speaks of secrets: read as text, to open the desk soon."""
    from platformdirs import user_config_path  # slow import

    named = here.given().config or os.environ.get("DUTYDESK_CONFIG")
    user = user_config_path("dutydesk", appauthor=False)
    places = [Path(named)] if named else [folder / "dutydesk.toml" for folder in (Path(), user)]
    return any(_speaks(place) for place in places)


def _speaks(file: Path) -> bool:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        # Whatever is wrong with the file is said where it is read in earnest.
        return False
    inside = [line.strip() for line in lines]
    return TABLE in inside and any(
        line.partition("=")[0].strip() == "store" and "file" in line for line in inside
    )
