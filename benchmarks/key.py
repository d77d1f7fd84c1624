"""From a key to the end of its repaint on the desk, beside a bare table of as many rows."""

from __future__ import annotations

from benchmarks import world
from benchmarks.apps import table
from benchmarks.figures import Figure, Scale, interleaved
from benchmarks.start import prepared
from benchmarks.terminal import Terminal, terminal

DOWN, UP = "\x1b[B", "\x1b[A"
PAUSE_S = 0.08
"""Between two keys, so that one repaint never runs into the next."""


def run(scale: Scale) -> list[Figure]:
    """Arrow keys in two terminals, in turn."""
    cases = scale.of(10_000, 60)
    with world.folder() as home:
        desk, text = prepared(home, cases)
        bare = ("-m", "benchmarks.apps.table", str(cases))
        with terminal(desk, home) as ours, terminal(bare, home) as theirs:
            ours.until(text)
            theirs.until(table.MARKER)
            for shown in (ours, theirs):
                shown.drain(scale.of(30, 1) / 10)
            keys = Keys(ours), Keys(theirs)
            pressed, baseline = interleaved(scale.of(101, 2), keys[0].press, keys[1].press)
    return [
        Figure(
            name="key",
            what=f"key press to repaint, {cases:,} open cases",
            measured_s=pressed,
            baseline="the same key in a bare DataTable",
            baseline_s=baseline,
            bar=0.010,
            bar_on="seconds",
        )
    ]


class Keys:
    """Twenty rows down, twenty up, and again."""

    def __init__(self, shown: Terminal) -> None:
        self._shown = shown
        self._count = 0

    def press(self) -> float:
        key = DOWN if self._count // 20 % 2 == 0 else UP
        self._count += 1
        self._shown.drain(PAUSE_S)
        return self._shown.press(key)
