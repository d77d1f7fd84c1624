"""Takes the pictures of the guides from the invented street at fixed instants; `make shots`.

Needs Chromium and Chinese fonts (Debian: chromium, fonts-noto-cjk, fonts-dejavu-core); without
them it says so. `shots.py NAME …` takes only these, `--text` prints the screens instead.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from drawing import missing, png
from picture import picture
from shown import EXPORT, ROWS, SHOTS, Shot
from taking import taken

FOLDER = Path(__file__).resolve().parent / "pictures"
MOST_BYTES = 300_000


def in_full_colour() -> None:
    """Begin anew with the environment of a terminal that has every colour, if this one has not."""
    full = {"TEXTUAL_COLOR_SYSTEM": "truecolor", "COLORTERM": "truecolor", "TERM": "xterm-256color"}
    others = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    if others | full != os.environ:
        os.execve(sys.executable, [sys.executable, *sys.argv], others | full)


def main() -> int:
    """Take the pictures that were asked for; 1 when one is too large or this machine cannot."""
    asked = [word for word in sys.argv[1:] if not word.startswith("-")]
    wanted = [shot for shot in SHOTS if not asked or shot.name in asked]
    if "--text" in sys.argv:
        for shot in wanted:
            print("\n".join(asyncio.run(taken(shot))[1]))
        return 0
    lacking = list(missing())
    if lacking:
        print("shots: this machine cannot draw the pictures:", *lacking, sep="\n  ")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shots-") as folder, contextlib.chdir(folder):
        Path(EXPORT).write_text(ROWS, encoding="utf-8")
        return _draw(wanted)


def _draw(wanted: list[Shot]) -> int:
    """Take them one after the other; 1 when one is too large."""
    bad = 0
    for shot in wanted:
        out = FOLDER / f"{shot.name}.png"
        png(picture(asyncio.run(taken(shot))[0], shot.size), out)
        size = out.stat().st_size
        bad += size > MOST_BYTES
        note = "  too large" if size > MOST_BYTES else ""
        print(f"{out.name}  {shot.size[0]}×{shot.size[1]}  {size // 1000} KB{note}")
    return 1 if bad else 0


if __name__ == "__main__":
    in_full_colour()
    sys.exit(main())
