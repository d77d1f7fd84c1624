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
from typing import Any, NamedTuple

from picture import Picture, picture
from slim import slim
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot

from dutydesk import i18n
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.settings import Settings
from dutydesk.demo import OPERATOR, open_demo
from dutydesk.demo.scenes import STORIES
from dutydesk.desk import Desk
from dutydesk.desk.claiming import beat, take
from dutydesk.screens.app import DeskApp
from dutydesk.screens.follow import FollowApp
from dutydesk.screens.gateway import Gateway
from dutydesk.views.queue import Filters, Queue, QueueRow
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.duty.claims import Sitter

FOLDER = Path(__file__).resolve().parent / "pictures"
NOW = datetime(2026, 11, 20, 14, 20, tzinfo=ZONE)
"""A Friday afternoon; the invented street is in mid-shift whatever the hour."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MOST_BYTES = 300_000

Keys = tuple[str, ...]


class Shot(NamedTuple):
    """One picture: its name, the size of the terminal, and the keys that lead there.

    A key `@油烟` selects the case whose matter says so, `"text` types a text, `+90s` lets the
    clock go on, `storm 60` lets cases come in until so many are open, `hand` lets another seat take
    the selected case. With `few` among them the street has only its first 13 cases, and `follow`
    shows the second screen of the desk instead.
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

PASTES = {
    "chat": (
        "嘉乐站小陈 14:02\n嘉乐小区北门有人占道卖水果，堵了消防通道，"
        "居民王阿姨13800000201来反映，请于今天18:00前处置"
    ),
    "orders": (
        "工单编号\t状态\t诉求人\t联系电话\t诉求地址\t诉求内容\n"
        "SH2611200501\t待签收\t甲某\t13800000501\t嘉乐苑1号\t垃圾满溢\n"
        "演练-0601\t催办\t\t\t嘉乐路与东塘街口\t\n\t\t\t\t\t以上\n"
        "SH2611200503\t待签收\t丙某\t13800000503\t迎园路3号\t夜间噪音\n"
    ),
}
"""Invented texts as they are copied: a message, and a table of orders, one of them known."""

LATE: Keys = (
    '"1415 0015 派 嘉乐', "enter", '"1322 登 嘉乐路20号 绿化带垃圾', "enter",
    '"1330 便 物业说修好了', "enter", '"1340 9999 派', "enter", '"1405 登 迎园路12号',
)  # fmt: skip
"""A short list of late entries, its last line still being typed."""
TALL, SMALL, SIDE, WIDE = (116, 62), (80, 24), (120, 36), (232, 62)
FORM = (100, 30)
SHOTS = (
    Shot("desk-116x62", TALL),
    Shot("desk-80x24", SMALL),
    Shot("desk-120x36", SIDE),
    Shot("desk-232x62", WIDE),
    Shot("desk-116x62-en", TALL, language="en"),
    Shot("desk-13-cases", SIDE, ("few",)),
    Shot("desk-13-cases-en", SIDE, ("few",), "en"),
    Shot("desk-60-cases", TALL, ("storm 60",)),
    Shot("desk-60-cases-en", TALL, ("storm 60",), "en"),
    Shot("desk-200-cases", TALL, ("storm 200",)),
    Shot("desk-200-cases-en", TALL, ("storm 200",), "en"),
    Shot("desk-flood", SMALL, ("storm 200", "+1500s")),
    Shot("desk-flood-en", SMALL, ("storm 200", "+1500s"), "en"),
    Shot("in-hand", SIDE, ("@油烟直排", "hand", "enter")),
    Shot("follow", SIDE, ("@连续三天有人抛物", "follow")),
    Shot("alarm", SMALL, ("+212s",)),
    Shot("accept", FORM, ("@广场舞", "enter")),
    Shot("accept-linkage", FORM, ("@广场舞", "enter", "2")),
    Shot("call", FORM, ("@燃气味", "asterisk")),
    Shot("call-alternate", FORM, ("@燃气味", "asterisk", "2")),
    Shot("contacts", FORM, ("@燃气味", "asterisk", "slash", '"wy')),
    Shot("convene", FORM, ("@油烟直排", "enter", "enter")),
    Shot("convene-engaged", FORM, ("@油烟直排", "enter")),
    Shot("promises", FORM, ("m",)),
    Shot("bundle-marked", TALL, ("slash", '"0020+0022+0017+0004', "enter")),
    Shot("bundle-convene", FORM, ("slash", '"0020+0022+0004', "enter", "enter", "4")),
    Shot("bundle-call", FORM, ("slash", '"0020+0022+0017', "enter", "asterisk")),
    Shot("roll-call", FORM, ("@连续三天有人抛物", "enter")),
    Shot("outcome", FORM, ("@飞线充电", "enter")),
    Shot("close", FORM, ("@夜排档占道", "enter", "1", "2", "3", "4")),
    Shot("close-en", FORM, ("@夜排档占道", "enter", "1", "2", "3", "4"), "en"),
    Shot("case", SIDE, ("@燃气味", "left")),
    Shot("case-en", SIDE, ("@燃气味", "left"), "en"),
    Shot("register", FORM, ("plus", '"迎园路12号')),
    Shot("paste-form", FORM, ("paste chat",)),
    Shot("paste-list", FORM, ("paste orders",)),
    Shot("duty", SIDE, ("right",)),
    Shot("command", FORM, ("@一棵行道树", "colon", '"派 -3')),
    Shot("search", FORM, ("slash", '"油烟')),
    Shot("filters", FORM, ("f2",)),
    Shot("import", FORM, ("i", f'"{EXPORT}', "enter")),
    Shot("inspect", FORM, ("d",)),
    Shot("handover", FORM, ("h",)),
    Shot("writebacks", FORM, ("b", "enter", "enter")),
    Shot("photos", FORM, ("@共享单车", "enter", '"已清走', "asterisk", "2", "asterisk", "1")),
    Shot("files", FORM, ("@夜排档占道", "left", "slash")),
    Shot("papers", FORM, ("@油烟直排", "o", "3", "enter")),
    Shot("papers-en", FORM, ("@油烟直排", "o", "3", "enter"), "en"),
    Shot("leaving", FORM, ("l",)),
    Shot("quit", FORM, ("ctrl+q",)),
    Shot("late", FORM, ("e", *LATE)),
    Shot("help", FORM, ("question_mark",)),
)


FEW = 13
SEAT, OTHER = "一号席", Sitter("二号席", "顾书宁")


def desk(few: bool = False) -> tuple[Desk, Settings, ManualClock]:
    """The invented street, its clock standing still at `NOW`; `few`: with its first 13 cases."""
    clock = ManualClock(NOW)
    mixed = STORIES[::2] + STORIES[1::2]
    for count in range(FEW, len(mixed)) if few else ():
        opened, settings = open_demo(clock=clock, stories=mixed[:count])
        if len(open_here(opened)) == FEW:
            return opened, settings, clock
        opened.close()
    return *open_demo(clock=clock), clock


def open_here(opened: Desk) -> tuple[QueueRow, ...]:
    """The open cases of the desk's own area."""
    return opened.read(Queue(Filters(area=opened.context.area)))


def taken_elsewhere(opened: Desk, no: str) -> None:
    """Another seat, alive, has taken the case a minute ago."""
    beat(opened, OTHER, no, (), opened.now())
    take(opened, no, OTHER)


def storm(opened: Desk, clock: ManualClock, whole: int) -> None:
    """Cases come in, one every four seconds, until so many are open; two of three accepted."""
    grids = [grid.short for grid in opened.context.places.grids if grid.area == "140901"]
    for number in range(whole - len(open_here(opened))):
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
    opened, settings, clock = desk("few" in shot.keys)
    gateway = Gateway(lambda: opened, operator=settings.desk.operator, seat=SEAT, drill=True)
    app = DeskApp(gateway, settings.alarm)
    app.animation_level = "none"
    try:
        async with app.run_test(size=shot.size) as pilot:
            await settled(pilot, gateway)
            for key in shot.keys:
                if key == "follow":
                    return await followed(opened, shot.size)
                await play(key, app, pilot, opened, clock)
                await settled(pilot, gateway)
            app.sitting.second()
            await settled(pilot, gateway)
            return app.export_screenshot(), _lines(app)
    finally:
        gateway.close()


async def settled(pilot: Pilot[int], gateway: Gateway) -> None:
    """Wait until everything asked so far is answered and painted."""
    for _round in range(4):
        await pilot.pause(0.05)
        await asyncio.wrap_future(gateway._worker.submit(int))
    await pilot.pause(0.05)


async def play(key: str, app: DeskApp, pilot: Pilot[int], opened: Desk, clock: ManualClock) -> None:
    """Do what one key of a shot says."""
    worker = app.gateway._worker
    if key == "few":
        return
    if key.startswith("storm "):
        await asyncio.wrap_future(worker.submit(storm, opened, clock, int(key.split()[1])))
        app.sitting.second()
    elif key == "hand":
        no = app.desk.queue.selected or ""
        await asyncio.wrap_future(worker.submit(taken_elsewhere, opened, no))
        clock.advance(seconds=60)
        app.sitting.second()
    elif key.startswith("paste "):
        app.post_message(Paste(PASTES[key.split()[1]]))
        await settled(pilot, app.gateway)
        await settled(pilot, app.gateway)
    elif key[0] == "@":
        await asyncio.wrap_future(worker.submit(int))
        app.desk.queue.select(_number(app, key[1:]))
        for _second in range(3):
            app.sitting.second()
            await settled(pilot, app.gateway)
    elif key[0] == '"':
        await pilot.press(*key[1:])
    elif key[0] == "+" and key.endswith("s"):
        clock.advance(seconds=int(key[1:-1]))
        app.sitting.second()
    else:
        await pilot.press(key)


async def followed(opened: Desk, size: tuple[int, int]) -> tuple[str, list[str]]:
    """The second screen, following the desk of the shot."""
    gateway = Gateway(lambda: opened)
    app = FollowApp(gateway, SEAT)
    async with app.run_test(size=size) as pilot:
        await settled(pilot, gateway)
        app.second()
        await settled(pilot, gateway)
        return app.export_screenshot(), _lines(app)


def _number(app: DeskApp, words: str) -> str:
    """The number of the case whose matter says these words."""
    board = app.desk.board
    rows = board.rows if board else ()
    return next(row.no for row in rows if words in row.summary)


def _lines(app: App[Any]) -> list[str]:
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
