"""Another desk at the same store: notes on cases, one after the other, until it is ended.

Called as `python -m benchmarks.apps.writing STORE PAUSE_S NUMBER…`.
"""

from __future__ import annotations

import sys
import time
from itertools import cycle
from pathlib import Path

from benchmarks import world
from dutydesk.clock import SystemClock


def main() -> None:
    """Write, pause, and again."""
    path, pause, *numbers = sys.argv[1:]
    with world.desk_at(Path(path), SystemClock()) as desk:
        for no in cycle(numbers):
            desk.execute(world.act("note", no, desk.now(), text="另一台正在办这一件"))
            time.sleep(float(pause))


if __name__ == "__main__":
    main()
