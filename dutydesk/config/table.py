"""What every table of the settings is: frozen, exact types, no key that nobody reads."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """One table of the settings."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
