"""Screen tests look at a screen by its lines, which paints it whole; nobody sees the rest."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
import quiet
import textual.app
import textual.pilot
from textual._compositor import Compositor

PAINTS = "DUTYDESK_TEST_PAINT"
"""Set it to paint every change into the terminal that is not there, as `make soak` does."""


@pytest.fixture(scope="session", autouse=True)
def _seldom_collected() -> Iterator[None]:
    """Widgets come and go by the thousand; the collector looks at them less often."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    yield
    gc.set_threshold(*before)


@pytest.fixture(autouse=True)
def _looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pilot waits by looking at the queues, not by watching the processor."""
    monkeypatch.setattr(textual.pilot.Pilot, "_wait_for_screen", quiet.for_pilot)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", quiet.for_app)
    monkeypatch.setattr(textual.app, "wait_for_idle", quiet.for_app)


@pytest.fixture(autouse=True)
def _own_drafts(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test leaves half typed or pasted waits for no other."""
    home = tmp_path_factory.mktemp("seat")
    for name in ("DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))


@pytest.fixture(autouse=True)
def _unseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changes is not painted anew between two looks, unless a test is marked `paints`."""
    if request.node.get_closest_marker("paints") or os.environ.get(PAINTS):
        return

    def settled(self: Compositor, *_args: object, **_more: object) -> None:
        self._dirty_regions.clear()

    monkeypatch.setattr(Compositor, "render_update", settled)
