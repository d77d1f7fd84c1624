"""Leases: who does a piece of background work for now; they save work and guard nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from dutydesk.storage.tables import lease
from dutydesk.workflow.time.beat import Beat


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
        new = {"name": name, "holder": holder, "until_at": until, "ticked_at": now}
        connection.execute(lease.insert().values(**new))
        return True
    if row.holder != holder and now < row.until_at <= until:
        return False
    connection.execute(
        lease.update()
        .where(lease.c.name == name)
        .values(holder=holder, until_at=until, ticked_at=now)
    )
    return True


def beat_of(connection: Connection, name: str) -> Beat | None:
    """The last sign of a lease's holder; None where nobody ever had it."""
    asked = select(lease.c.holder, lease.c.ticked_at).where(lease.c.name == name)
    row = connection.execute(asked).first()
    return None if row is None else Beat(row.holder, row.ticked_at)


def tick(connection: Connection, name: str, holder: str, now: datetime, span: timedelta) -> None:
    """Say that the work goes on; whoever says so has the lease from now on."""
    values = {"holder": holder, "until_at": now + span, "ticked_at": now}
    change = lease.update().where(lease.c.name == name).values(**values)
    if connection.execute(change).rowcount == 0:
        connection.execute(lease.insert().values(name=name, **values))


def holder(connection: Connection, name: str, now: datetime) -> str | None:
    """Who holds a lease that runs, None where nobody does."""
    asked = select(lease.c.holder).where(lease.c.name == name, lease.c.until_at > now)
    return connection.execute(asked).scalar()
