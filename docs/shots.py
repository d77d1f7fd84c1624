"""Takes the pictures of the guides from the invented street at fixed instants; `make shots`.

Needs Chromium and Chinese fonts (Debian: chromium, fonts-noto-cjk, fonts-dejavu-core); without
them it says so. `shots.py NAME …` takes only these, `--text` prints the screens instead.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from picture import Picture, picture
from slim import slim

from dutydesk import i18n
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.settings import Settings
from dutydesk.demo import OPERATOR, open_demo
from dutydesk.desk import Desk
from dutydesk.screens.app import DeskApp
from dutydesk.screens.gateway import Gateway
from dutydesk.workflow.cases.acts import Act

FOLDER = Path(__file__).resolve().parent / "pictures"
NOW = datetime(2026, 11, 20, 14, 20, tzinfo=ZONE)
"""A Friday afternoon; the invented street is in mid-shift whatever the hour."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MOST_BYTES = 300_000

Keys = tuple[str, ...]


class Shot(NamedTuple):
    """One picture: its name, the size of the terminal, and the keys that lead there.

    A key `@油烟` selects the case whose matter says so, `"text` types a text, `+90s` lets the
    clock go on, `flood` lets a storm of cases come in.
    """

    name: str
    size: tuple[int, int]
    keys: Keys = ()
    language: str = "zh_CN"


EXPORT = "orders.csv"
ROWS = """channel,external_no,reported_at,place,description,category
police_110,演练-0601,2026-11-20 14:11,嘉乐路与东塘街口,行人报有燃气味，现场已疏散,燃气异味
hotline_12345,T-9001,2026-11-20 13:58,迎园路40号,路面积水，行人绕行,市政
hotline_12345,T-9002,2026-11-20 14:02,仓场新村3号楼,楼道灯不亮,照明
hotline_12345,T-9003,昨日下午,嘉乐苑,垃圾未清运,环卫
hotline_12345,,2026-11-20 14:05,源珉苑,广告牌松动,广告
"""
"""An invented export: one known number that has changed, two new cases, two faulty rows."""

TALL, SMALL, SIDE, WIDE = (116, 62), (80, 24), (120, 36), (232, 62)
FORM = (100, 30)
SHOTS = (
    Shot("desk-116x62", TALL),
    Shot("desk-80x24", SMALL),
    Shot("desk-120x36", SIDE),
    Shot("desk-232x62", WIDE),
    Shot("desk-116x62-en", TALL, language="en"),
    Shot("desk-200-cases", TALL, ("flood",)),
    Shot("alarm", SMALL, ("+212s",)),
    Shot("accept", FORM, ("@广场舞", "enter")),
    Shot("accept-linkage", FORM, ("@广场舞", "enter", "2")),
    Shot("call", FORM, ("@燃气味", "asterisk")),
    Shot("convene", FORM, ("@油烟直排", "enter", "enter")),
    Shot("roll-call", FORM, ("@连续三天有人抛物", "enter")),
    Shot("outcome", FORM, ("@飞线充电", "enter")),
    Shot("close", FORM, ("@夜排档占道", "enter", "1", "2", "3", "4")),
    Shot("close-en", FORM, ("@夜排档占道", "enter", "1", "2", "3", "4"), "en"),
    Shot("case", SIDE, ("@燃气味", "left")),
    Shot("case-en", SIDE, ("@燃气味", "left"), "en"),
    Shot("register", FORM, ("plus", '"迎园路12号')),
    Shot("duty", SIDE, ("right",)),
    Shot("command", FORM, ("@一棵行道树", "colon", '"派 -3')),
    Shot("search", FORM, ("slash", '"油烟')),
    Shot("filters", FORM, ("f2",)),
    Shot("import", FORM, ("i", f'"{EXPORT}', "enter")),
    Shot("inspect", FORM, ("d",)),
    Shot("handover", FORM, ("h",)),
    Shot("help", FORM, ("question_mark",)),
)


def desk() -> tuple[Desk, Settings, ManualClock]:
    """The invented street, its clock standing still at `NOW`."""
    clock = ManualClock(NOW)
    opened, settings = open_demo(clock=clock)
    return opened, settings, clock


def flood(opened: Desk, clock: ManualClock) -> None:
    """A storm: 169 cases in eleven minutes, 200 in all, two of three accepted."""
    grids = [grid.short for grid in opened.context.places.grids if grid.area == "140901"]
    for number in range(169):
        clock.advance(seconds=4)
        at = clock.now()
        fields: dict[str, object] = {
            "channel": "walk_in",
            "place": f"{grids[number % len(grids)]}路 {number + 1} 号",
            "description": ("路面积水", "树枝倒伏", "广告牌松动")[number % 3],
            "grid": grids[number % len(grids)],
            "category": "防汛",
        }
        done = opened.execute(Act("register", OPERATOR, at, at, fields=fields))
        if done.case is not None and number % 3:
            accepted = {"as": "community", "grid": fields["grid"], "category": "防汛"}
            opened.execute(Act("accept", OPERATOR, at, at, done.case.no, accepted))
    opened.sweep()


async def taken(shot: Shot) -> tuple[str, list[str]]:
    """The screen of one shot as Rich's SVG, and as lines of text."""
    i18n.use(shot.language)
    opened, settings, clock = desk()
    gateway = Gateway(lambda: opened, operator=settings.desk.operator, drill=True)
    app = DeskApp(gateway, settings.alarm)
    app.animation_level = "none"
    try:
        async with app.run_test(size=shot.size) as pilot:

            async def settle() -> None:
                for _round in range(4):
                    await pilot.pause(0.05)
                    await asyncio.wrap_future(gateway._worker.submit(int))
                await pilot.pause(0.05)

            await settle()
            for key in shot.keys:
                if key == "flood":
                    await asyncio.wrap_future(gateway._worker.submit(flood, opened, clock))
                    app.sitting.second()
                elif key[0] == "@":
                    await asyncio.wrap_future(gateway._worker.submit(int))
                    app.desk.queue.select(_number(app, key[1:]))
                elif key[0] == '"':
                    await pilot.press(*key[1:])
                elif key[0] == "+" and key.endswith("s"):
                    clock.advance(seconds=int(key[1:-1]))
                    app.sitting.second()
                else:
                    await pilot.press(key)
                await settle()
            app.sitting.second()
            await settle()
            return app.export_screenshot(), _lines(app)
    finally:
        gateway.close()


def _number(app: DeskApp, words: str) -> str:
    """The number of the case whose matter says these words."""
    board = app.desk.board
    rows = board.rows if board else ()
    return next(row.no for row in rows if words in row.summary)


def _lines(app: DeskApp) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def png(made: Picture, out: Path, browser: str) -> None:
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
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
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
    browser = next(found for name in BROWSERS if (found := shutil.which(name)))
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shots-") as folder, contextlib.chdir(folder):
        Path(EXPORT).write_text(ROWS, encoding="utf-8")
        return _draw(wanted, browser)


def _draw(wanted: list[Shot], browser: str) -> int:
    """Take them one after the other; 1 when one is too large."""
    bad = 0
    for shot in wanted:
        out = FOLDER / f"{shot.name}.png"
        png(picture(asyncio.run(taken(shot))[0], shot.size), out, browser)
        size = out.stat().st_size
        bad += size > MOST_BYTES
        note = "  too large" if size > MOST_BYTES else ""
        print(f"{out.name}  {shot.size[0]}×{shot.size[1]}  {size // 1000} KB{note}")
    return 1 if bad else 0


if __name__ == "__main__":
    in_full_colour()
    sys.exit(main())
