"""A stand-in platform, a store with an outbox, and a channel between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from outbox_stage import Stage

from dutydesk.clock import ZONE, ManualClock
from dutydesk.notify.stand_in import StandIn
from dutydesk.storage import Store

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


@pytest.fixture
def platform() -> Iterator[StandIn]:
    with StandIn(secret="s3cret-app", key="k3y-of-robot", slow_s=0.6) as running:
        yield running


@pytest.fixture
def stage(platform: StandIn) -> Iterator[Callable[..., Stage]]:
    stores: list[Store] = []

    def make(kind: str = "robot", *, store: Path | None = None, **settings: object) -> Stage:
        url = f"sqlite:///{store}" if store else "sqlite://"
        stores.append(Store.open(url, create=True))
        return Stage(stores[-1], platform, ManualClock(MORNING), kind, settings)

    yield make
    for one in stores:
        one.close()


MINUTE = timedelta(minutes=1)
