"""What the tests of the outbox stand on: messages put in, posts made, what became of each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dutydesk.clock import ManualClock
from dutydesk.config.channels import Channel as Settings
from dutydesk.notify.channel import Channel
from dutydesk.notify.office import Office
from dutydesk.notify.one_post import one_post
from dutydesk.notify.registry import kinds
from dutydesk.notify.stand_in import StandIn
from dutydesk.storage import Message, Store, sending
from dutydesk.storage.tables import outbox

AREA = "140901"
SECRETS = {"robot": "k3y-of-robot", "wecom": "s3cret-app", "desktop": ""}


def channel(kind: str, base_url: str, given: dict[str, Any]) -> Channel:
    """A channel of a kind, with the secret that the stand-in takes unless another is given."""
    given = dict(given)
    secret = given.pop("secret", SECRETS[kind])
    if kind == "wecom":
        given = {"corp_id": "wwcorp", "agent_id": 1000002, **given}
    settings = Settings(kind=kind, **{"base_url": base_url, **given})
    return kinds()[kind]("out", settings, lambda: secret, Path)


class Stage:
    """A store, a channel to the stand-in, and a clock that is moved by hand."""

    def __init__(
        self, store: Store, platform: StandIn, clock: ManualClock, kind: str, given: dict[str, Any]
    ) -> None:
        self.store, self.platform, self.clock = store, platform, clock
        self.settled = 0
        self.office = Office(
            store, AREA, channel(kind, platform.base_url, given), clock, self.account, self.settle
        )

    def account(self, name: str, at: datetime) -> str:
        return "" if name == "没有账号" else f"u-{name}"

    def settle(self) -> None:
        self.settled += 1

    def put(self, *names: str, text: str = "请到场", key: str = "m") -> None:
        with self.store.unit() as unit:
            for name in names:
                at = self.clock.now()
                unit.put_message(
                    Message(f"{key}|{name}", AREA, None, "out", name, text, at, kind="urge")
                )

    def go(self, *, seconds: int = 0) -> int:
        """Every request that may be made now; with seconds, second by second until then."""
        made = 0
        for second in range(seconds + 1):
            if second:
                self.clock.advance(seconds=1)
            while one_post(self.office):
                made += 1
        return made

    def rows(self) -> list[sending.Sent]:
        with self.store.reading() as connection:
            return sending.by_keys(connection, connection.execute(select(outbox.c.key)).scalars())

    def states(self) -> dict[str, tuple[str, str | None]]:
        return {row.recipient: (row.state, row.reason) for row in self.rows()}

    @property
    def texts(self) -> list[str]:
        return [one["text"] for one in self.platform.accepted]
