"""Alembic's environment: the connection comes from the store, never from a file."""

from __future__ import annotations

from alembic import context

from dutydesk.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(postgresql=True),
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
