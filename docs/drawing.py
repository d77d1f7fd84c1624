"""Draws a picture as a PNG with a headless Chromium, and says what a machine lacks for it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from picture import Picture
from slim import slim

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def browser() -> str:
    """The program that draws; raises StopIteration where there is none."""
    return next(found for name in BROWSERS if (found := shutil.which(name)))


def png(made: Picture, out: Path) -> None:
    """Draw a picture with a headless browser; raises RuntimeError with what the browser said."""
    scale = min(1.0, max(1100, made.width * 0.6) / made.width)
    with tempfile.TemporaryDirectory(prefix="shots-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "page.svg").write_text(made.svg, encoding="utf-8")
        page = (
            "<!doctype html><meta charset=utf-8><style>html,body{margin:0}img{display:block;"
            f"width:{made.width}px;height:{made.height}px}}</style><img src=page.svg>"
        )
        (folder / "page.html").write_text(page, encoding="utf-8")
        done = subprocess.run(
            [
                browser(), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--hide-scrollbars", "--disable-background-networking", "--disable-sync",
                f"--user-data-dir={folder / 'profile'}", "--allow-file-access-from-files",
                f"--force-device-scale-factor={scale:.3f}",
                f"--window-size={made.width},{made.height}",
                f"--screenshot={out}", (folder / "page.html").as_uri(),
            ],
            capture_output=True, text=True, timeout=90, check=False,
        )  # fmt: skip
    if done.returncode or not out.exists():
        raise RuntimeError(done.stderr.strip()[-600:])
    slim(out)


def missing() -> Iterator[str]:
    """What this machine lacks to draw pictures, each with how to get it."""
    if not any(map(shutil.which, BROWSERS)):
        yield "no Chromium (Debian: apt-get install chromium)"
    if shutil.which("fc-list"):
        fonts = subprocess.run(["fc-list"], capture_output=True, text=True, check=False).stdout
        if "Noto Sans Mono CJK" not in fonts and "Noto Sans CJK" not in fonts:
            yield "no Chinese font (Debian: apt-get install fonts-noto-cjk)"
        if "DejaVu Sans Mono" not in fonts:
            yield "no DejaVu Sans Mono (Debian: apt-get install fonts-dejavu-core)"
