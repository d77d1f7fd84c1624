"""How the clock and the store of the desk stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Health:
    """How clock and store stand: `trouble` in words where they do not, None where they do."""

    trouble: str | None = None
    red: bool = False


WELL: Final = Health()
"""Nothing to say of either."""
