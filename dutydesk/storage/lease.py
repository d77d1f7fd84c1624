"""Leases: who does a piece of background work for now; they save work and guard nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from dutydesk.storage.tables import lease


def take(connection: Connection, name: str, holder: str, now: datetime, span: timedelta) -> bool:
    """Take or prolong a lease; False while another holder's runs.

    One that ends further away than it could have been taken for was left by a clock that has
    jumped back since: it counts as over.
    """
    until = now + span
    row = connection.execute(
        select(lease.c.holder, lease.c.until_at).where(lease.c.name == name)
    ).first()
    if row is None:
        connection.execute(lease.insert().values(name=name, holder=holder, until_at=until))
        return True
    if row.holder != holder and now < row.until_at <= until:
        return False
    connection.execute(
        lease.update().where(lease.c.name == name).values(holder=holder, until_at=until)
    )
    return True


def holder(connection: Connection, name: str, now: datetime) -> str | None:
    """Who holds a lease that runs, None where nobody does."""
    asked = select(lease.c.holder).where(lease.c.name == name, lease.c.until_at > now)
    return connection.execute(asked).scalar()
