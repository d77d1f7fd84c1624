"""What every test stands on: Chinese texts, a clock set by hand, nobody's own data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from dutydesk import i18n
from dutydesk.clock import ZONE, ManualClock

_SERVER = "127.0.0.1:5432"
_DATABASE = "test"

EXAMPLES = int(os.environ.get("DUTYDESK_TEST_EXAMPLES", "40"))
"""How many examples a property is tried with; `make soak` tries them with many more."""

settings.register_profile(
    "desk",
    deadline=None,
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("desk")


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, data and keys of the person who runs the tests are never read or written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("DUTYDESK_")]:
            if not name.startswith("DUTYDESK_TEST_"):
                patch.delenv(name)
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """Each test begins in Chinese, whatever the one before it spoke."""
    i18n.use(i18n.SOURCE)
    yield
    i18n.use(i18n.SOURCE)


@pytest.fixture
def root() -> Path:
    """The top of the project."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture
def evening() -> datetime:
    """18:55 on a Friday that is a working day: five minutes before the planned hours end."""
    return datetime(2026, 11, 20, 18, 55, tzinfo=ZONE)


@pytest.fixture
def clock(evening: datetime) -> ManualClock:
    """A clock that stands at `evening` until it is told."""
    return ManualClock(evening)


@cache
def server() -> str | None:
    """`user@host/database` of a PostgreSQL that answers, or None.

    DUTYDESK_TEST_POSTGRES names one; otherwise the usual users are tried on this machine.
    """
    named = os.environ.get("DUTYDESK_TEST_POSTGRES")
    users = [os.environ.get("PGUSER"), os.environ.get("USER"), "postgres", "root"]
    tried = [named] if named else [f"{u}@{_SERVER}/{_DATABASE}" for u in users if u]
    for one in tried:
        where = one.split("://")[-1]
        try:
            psycopg.connect(f"postgresql://{where}", connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return where
    return None


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty schema of this test's own."""
    where = server()
    if where is None:
        pytest.skip(f"no PostgreSQL answers at {_SERVER}; name one in DUTYDESK_TEST_POSTGRES")
    schema = f"dutydesk_{os.getpid()}_{uuid4().hex[:12]}"
    with psycopg.connect(f"postgresql://{where}", autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
        try:
            sign = "&" if "?" in where else "?"
            yield f"postgresql+psycopg://{where}{sign}options=-csearch_path%3D{schema}"
        finally:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())
