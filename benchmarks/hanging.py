"""From a key to the end of its repaint while a message platform never answers."""

from __future__ import annotations

from benchmarks import world
from benchmarks.figures import Figure, Scale, interleaved, seconds, share
from benchmarks.key import Keys
from benchmarks.start import prepared
from benchmarks.terminal import terminal
from dutydesk.clock import SystemClock
from dutydesk.desk import Desk
from dutydesk.notify.stand_in import StandIn
from dutydesk.storage import Message

BAR_S = 0.020
HANGS_S = 600.0
MESSAGES = 40
TABLE = '\n[channel.group]\nkind = "robot"\nbase_url = "{url}"\ntimeout_seconds = 5\n'
START = (
    "import os; os.environ['DUTYDESK_SECRET_CHANNEL_GROUP'] = 'stand-in'; "
    "from dutydesk.cli.main import main; main()"
)


def run(scale: Scale) -> list[Figure]:
    """Two desks in two terminals: one has a channel that hangs and messages that wait for it."""
    cases, rounds = scale.of(1_000, 20), scale.of(81, 2)
    taken: list[float] = []
    with world.folder() as home, StandIn(slow_s=HANGS_S) as platform:
        platform.always = "slow"
        near, far = home / "near", home / "far"
        for each in (near, far):
            each.mkdir()
        still, text = prepared(near, cases)
        hung, _text = prepared(far, cases)
        settings = far / "dutydesk.toml"
        table = TABLE.format(url=platform.base_url)
        settings.write_text(settings.read_text(encoding="utf-8") + table, encoding="utf-8")
        with world.desk_at(far / "desk.sqlite3", SystemClock()) as desk:
            _leave_messages(desk)
        program = ("-c", START, *hung[2:])
        with terminal(still, near) as ours, terminal(program, far) as theirs:
            for shown in (ours, theirs):
                shown.until(text)
                shown.drain(scale.of(30, 10) / 10)
            keys, free = Keys(theirs), Keys(ours)
            baseline, hanging = interleaved(rounds, free.press, lambda: _kept(keys, taken))
        asked = len(platform.asked)
    return [
        Figure(
            name="hang",
            what=f"key press to repaint while a channel hangs and {MESSAGES} messages wait for it",
            measured_s=hanging,
            baseline="the same key on a desk without channels",
            baseline_s=baseline,
            bar=BAR_S,
            bar_on="seconds",
            note=f"95 of 100 within {seconds(share(taken, 0.95))}, worst {seconds(max(taken))}; "
            f"the platform was asked {asked} times and never answered",
            whole=asked > 0,
        )
    ]


def _kept(keys: Keys, taken: list[float]) -> float:
    taken.append(keys.press())
    return taken[-1]


def _leave_messages(desk: Desk) -> None:
    now = desk.now()
    with desk.store.unit() as unit:
        for number in range(MESSAGES):
            key, text = f"bench|{number}", f"请到场 {number}"
            made = Message(key, desk.ground.area, None, "group", "城管", text, now, kind="urge")
            unit.put_message(made)
