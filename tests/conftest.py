"""What every test stands on: Chinese texts, a clock set by hand, nobody's own data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dutydesk import i18n
from dutydesk.clock import ZONE, ManualClock

settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
