"""A desk in mid-shift: invented people and cases, in every bay, as the acts of a day leave them."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.plan import FullPlan
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.duty.presence import Planned

NOW = datetime(2026, 11, 20, 18, 57, 42, tzinfo=ZONE)
ME = Actor("commander", "陈安")
NAMES = {
    "公安": "沈立", "城管": "何勇", "市场监管": "方宁", "commander": "陈安", "inspector": "吴敏",
    "deputy_head": "陆知行", "area_head": "程远舟", "night_desk": "邵平", "street_centre": "严青",
}  # fmt: skip
GRIDS = ("仓场", "迎园", "嘉乐", "源珉", "爱里舍")
STORIES = (
    ("迎园路 88 号菜场东门", "菜场门口多人争抢摊位，情绪激动，已有推搡"),
    ("仓场路 12 号", "燃气井盖塌陷，行人受阻，需城管公安到场"),
    ("嘉乐路 3 弄", "夜间施工噪声扰民（第二次来电）"),
    ("源珉苑 7 号楼", "楼道长期堆物，历史遗留，居民多次反映"),
    ("仓场新村 41 号", "人行道板破损已修复，待审核对比照片"),
    ("爱里舍一期", "小区非机动车乱停堵塞消防通道"),
    ("迎园支路", "反映共享单车淤积影响通行"),
    ("嘉乐小区北门", "绿化带暴露垃圾[/b]，要求清理"),
    ("东塘街 20 号", "沿街店铺跨门经营，约迎园路口"),
    ("源珉路", "路面积水，市政与物业责任不清"),
    ("迎晖苑 5 号楼", "楼顶漏水，物业约 11-21 上门"),
    ("竹筠苑", "群租举报，待联合核查"),
    ("嘉乐苑", "雨水井盖缺失，工作站已设围挡"),
)


class NamedPlan(FullPlan):
    """Every post filled, by people with invented names."""

    def planned(self, at: datetime) -> tuple[Planned, ...]:
        return tuple(p._replace(name=NAMES.get(p.name, p.name)) for p in super().planned(at))


class RunningClock(ManualClock):
    """A clock that is set by hand first and runs from `go` on: for looking at the desk."""

    _began: float | None = None

    def go(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=int(self.monotonic()))

    def monotonic(self) -> float:
        return 0.0 if self._began is None else time.monotonic() - self._began


class Shift:
    """Plays acts at moments before `NOW` and leaves the desk standing there."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.desk: Desk = memory_desk(clock, plan=NamedPlan())

    def act(
        self, at: datetime, verb: str, no: str | None = None, behalf: str = "", **fields: object
    ) -> str:
        """Do one act at a moment; gives the case's number."""
        self.clock.set(at)
        who = Actor(behalf) if behalf else None
        done = self.desk.execute(Act(verb, ME, at, at, no, fields, on_behalf=who))
        return done.case.no if done.case is not None else ""

    def case(self, n: int, ago: float, **more: object) -> str:
        """Register a case so many minutes before NOW."""
        place, story = STORIES[n % len(STORIES)]
        fields: dict[str, object] = {
            "channel": ("walk_in", "video", "inspection")[n % 3],
            "place": place,
            "description": story,
            "grid": GRIDS[n % len(GRIDS)],
            "category": "街面秩序",
        }
        return self.act(NOW - timedelta(minutes=ago), "register", None, **(fields | more))

    def linkage(self, no: str, ago: float, difficulty: str, parties: list[str]) -> None:
        """Accept a case as a linkage case."""
        self.act(
            NOW - timedelta(minutes=ago), "accept", no,
            **{"as": "linkage"}, difficulty=difficulty, lead=parties[0], parties=parties,
            reason="现场情况",
        )  # fmt: skip


def mid_shift(cases: int = 24, clock: ManualClock | None = None) -> Shift:
    """About so many open cases in all bays; the clock stands at NOW."""
    shift = Shift(clock or ManualClock(NOW - timedelta(days=1)))
    for n in range(cases):
        _play(shift, n, (n * 7) % 13)
    if cases >= 24:
        _promises(shift)
    shift.clock.set(NOW)
    return shift


def _play(shift: Shift, n: int, spread: int) -> None:
    """One case of the twelve kinds that a full desk has."""
    kind = n % 12
    if kind in (3, 4):  # to accept
        shift.case(n, 20 + spread * 90)
    elif kind in (2, 7, 8, 9, 10):
        _community(shift, n, spread, kind)
    elif kind in (0, 1):
        _urgent(shift, n, kind)
    else:
        _linkage(shift, n, spread, kind)


def _before(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def _urgent(shift: Shift, n: int, kind: int) -> None:
    """To convene: overdue, or yellow with one call missing."""
    parties = ["城管何勇", "公安沈立"]
    told = {"giver": "deputy_head", "channel": "phone"}
    if kind == 0:
        no = shift.case(n, 14)
        shift.linkage(no, 12.2, "urgent", parties)
        shift.act(_before(11), "record_instruction", no, text="先稳人，后议位", **told)
        return
    no = shift.case(n, 9)
    shift.linkage(no, 8.2, "urgent", parties)
    shift.act(_before(6.5), "record_instruction", no, text="先稳人", **told)
    shift.act(_before(5), "report_to_head", no, channel="phone", outcome="已通")
    promised = {"said": "出警两人", "promised_at": NOW + timedelta(minutes=33)}
    shift.act(_before(3), "call", no, party="公安沈立", outcome="reached", **promised)


def _community(shift: Shift, n: int, spread: int, kind: int) -> None:
    """To dispatch, at the station, or to close."""
    grid = GRIDS[n % 5]
    accepted = {"as": "community", "grid": grid}
    if kind == 2:
        no = shift.case(n, 80 - spread)
        shift.act(_before(62 - spread * 4), "accept", no, **accepted)
    elif kind == 10:
        no = shift.case(n, 1400)
        shift.act(_before(1390), "accept", no, **accepted)
        shift.act(_before(1380), "dispatch", no, station=grid, due=NOW + timedelta(hours=4))
        done_at = _before(1300 - spread * 60)
        shift.act(done_at, "file_result", no, text="已修复，照片附后", completed_at=done_at)
    else:
        no = shift.case(n, 300 + spread * 30)
        shift.act(_before(290), "accept", no, **accepted)
        due = NOW + timedelta(minutes=28 + spread * 300)
        shift.act(_before(270), "dispatch", no, station=grid, due=due)


def _linkage(shift: Shift, n: int, spread: int, kind: int) -> None:
    """Complex without instruction, awaiting response, or at the head."""
    if kind == 5:
        no = shift.case(n, 40)
        shift.linkage(no, 13.5 - spread * 0.3, "complex", ["市场监管方宁", "城管何勇"])
    elif kind == 6:
        no, parties = shift.case(n, 60), ["城管何勇", "居委王姐"]
        shift.linkage(no, 50, "simple", parties)
        shift.act(_before(45), "convene", no, parties=parties,
                  time=NOW + timedelta(minutes=32 - spread), location="迎园路口",
                  mode="offline")  # fmt: skip
    else:
        no = shift.case(n, 400)
        shift.linkage(no, 390, "simple", ["城管何勇", "公安沈立"])
        shift.act(_before(385), "submit_to_head", no, behalf="deputy_head", reason="poor_response")


def _promises(shift: Shift) -> None:
    at = NOW - timedelta(minutes=30)
    shift.act(at, "note", None, text="答应张先生回电", remind_at=NOW - timedelta(minutes=2))
    shift.act(at, "note", None, text="问物业修好没有", promised_by="物业李工",
              remind_at=NOW + timedelta(hours=14))  # fmt: skip


def running_shift(cases: int) -> Desk:
    """A desk whose clock runs on from NOW: for looking at it in a terminal."""
    clock = RunningClock(NOW - timedelta(days=1))
    shift = mid_shift(cases, clock)
    clock.go()
    return shift.desk
