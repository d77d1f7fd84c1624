"""Half-typed forms of one seat: kept in memory, and without numbers in a small file."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from dutydesk.text import mask_numbers

log = logging.getLogger("dutydesk.screens")
Draft = Mapping[str, Any]
PERSONAL = frozenset(("caller",))
"""Fields that never reach the file."""
NUMBERS = frozenset(("external_no", "file"))
"""Fields whose numbers are no telephone's: they reach the file as they are."""
LOSSLESS = "surrogatepass"
"""The name of a file may hold bytes that are no UTF-8: they come back as they were."""


class Drafts:
    """What was typed and not done yet, by act and case; None as file keeps it in memory only.

    In the file numbers of 11 to 13 digits are covered and the caller is left out, so that a draft
    offered after a restart says less than one offered in the same sitting (X-3.2.6).
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self._kept: dict[str, dict[str, Any]] = _read(file)

    def find(self, verb: str, case: str | None) -> Draft | None:
        """The draft of an act on a case, None without one."""
        return self._kept.get(_key(verb, case))

    def of(self, verb: str) -> dict[str, Draft]:
        """All drafts of an act by their case, in the order they were made."""
        begin = f"{verb}:"
        return {k.removeprefix(begin): v for k, v in self._kept.items() if k.startswith(begin)}

    def keep(self, verb: str, case: str | None, values: Draft) -> None:
        """Keep what was typed; nothing typed drops the draft."""
        if not values:
            self.drop(verb, case)
            return
        if self._kept.get(_key(verb, case)) != dict(values):
            self._kept[_key(verb, case)] = dict(values)
            self._write()

    def drop(self, verb: str, case: str | None) -> None:
        """Forget the draft of an act on a case."""
        if self._kept.pop(_key(verb, case), None) is not None:
            self._write()

    def _write(self) -> None:
        """The file as a whole, by way of a second one, so that a crash leaves the old or the new.

        A folder that cannot be written costs the drafts of a restart, never the act at hand.
        """
        if self.file is None:
            return
        safe = {key: _covered(values) for key, values in self._kept.items()}
        beside = self.file.with_suffix(".new")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(safe, ensure_ascii=False, indent=1)
            beside.write_text(text, encoding="utf-8", errors=LOSSLESS)
            beside.replace(self.file)
        except OSError as error:
            log.warning("drafts are not kept over a restart: %s", error)


def drafts_file(seat: str) -> Path:
    """Where the drafts of a seat are kept, in the user's data folder."""
    name = "".join(sign for sign in seat if sign.isalnum())
    return user_data_path("dutydesk", appauthor=False) / f"drafts-{name or 'desk'}.json"


def _key(verb: str, case: str | None) -> str:
    return f"{verb}:{case or '-'}"


def _covered(value: Any) -> Any:
    if isinstance(value, str):
        return mask_numbers(value)
    if isinstance(value, Mapping):
        return {
            k: v if k in NUMBERS else _covered(v) for k, v in value.items() if k not in PERSONAL
        }
    if isinstance(value, (list, tuple)):
        return [_covered(item) for item in value]
    return value


def _read(file: Path | None) -> dict[str, dict[str, Any]]:
    if file is None or not file.exists():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8", errors=LOSSLESS))
    except (OSError, ValueError) as error:
        log.warning("the drafts in %s cannot be read: %s", file, error)
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(k): v for k, v in found.items() if isinstance(v, dict)}
