"""A desk in memory for the tests of the rules."""

from __future__ import annotations

import pytest
from world import World


@pytest.fixture
def world() -> World:
    """Monday 23 November 2026, 09:00, a full desk of area 140901."""
    return World()
