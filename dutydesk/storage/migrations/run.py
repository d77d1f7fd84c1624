"""Play the revisions on a connection that the caller has opened and will commit."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def to_head(connection: Connection) -> None:
    """Upgrade to the newest revision inside the connection's own transaction."""
    settings = _settings()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def revisions() -> tuple[str, ...]:
    """Every revision that lies in versions/, oldest first."""
    script = ScriptDirectory.from_config(_settings())
    return tuple(reversed([found.revision for found in script.walk_revisions()]))


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    return settings
