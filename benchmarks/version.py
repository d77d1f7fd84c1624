"""How long `dutydesk --version` takes beside the bare import of its command line library."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.figures import Figure, Scale, interleaved, taking


def run(scale: Scale) -> list[Figure]:
    """Whole processes, from start to exit."""

    def process(*arguments: str) -> float:
        command = [sys.executable, *arguments]
        return taking(lambda: subprocess.run(command, check=True, capture_output=True))

    ours, bare = interleaved(
        scale.of(21, 2),
        lambda: process("-m", "dutydesk", "--version"),
        lambda: process("-c", "import typer"),
    )
    return [
        Figure(
            name="version",
            what="`dutydesk --version`, whole process",
            measured_s=ours,
            baseline='`python -c "import typer"`',
            baseline_s=bare,
            bar=1.5,
        )
    ]
