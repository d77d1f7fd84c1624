"""The painted counts add up: what the header says per bay and per light, and the rows of the list.

Read from the screen alone, page by page, as somebody does who counts them.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playing import Scene, play
from sampled import sampled
from shift import GRIDS, NOW, Shift, mid_shift

from dutydesk import i18n, text
from dutydesk.config.procedures import load
from dutydesk.screens.desk.header import BAYS, counts_line
from dutydesk.screens.parts.paint import plain
from dutydesk.views.labels import Words
from dutydesk.views.queue import BayCount

BAY = re.compile(r"([一-鿿]+) ?(\d+)")
ROW = re.compile(r"^[▌ ]+([■▲·])\s+(\d{6}|\d{4}) ")
RULE = re.compile(r"─ 等对方 (\d+) · ")
HIDDEN = re.compile(r"([↑↓])(\d+)")

SMALL, WIDE = (80, 24), (232, 62)
DESKS = [(cases, False, size) for size in (SMALL, WIDE) for cases in (13, 60, 200)]
FLOODS = [(200, True, size) for size in (SMALL, WIDE)]


def flood(shift: Shift, whole: int) -> None:
    """Cases come in, one every four seconds, and nobody does anything for twenty-five minutes."""
    for n in range(whole - 13):
        shift.act(
            NOW + timedelta(seconds=4 * n), "register", channel="walk_in", category="防汛",
            place=f"迎园路 {n + 1} 号", description="路面积水", grid=GRIDS[n % len(GRIDS)],
        )  # fmt: skip
    shift.clock.advance(seconds=1500)
    shift.desk.sweep()


def counted(desk: Scene) -> tuple[int, int, int]:
    """What the header says: all bays together, overdue, soon."""
    line = desk.lines()[1]
    bays, lights = line[: line.index("■")], line[line.index("■") :]
    red, yellow = re.findall(r"[■▲](\d+)", lights)
    return sum(int(count) for _bay, count in BAY.findall(bays)), int(red), int(yellow)


class Listed:
    """The rows of the queue as they are seen from the first page to the last."""

    def __init__(self) -> None:
        self.lights: dict[str, str] = {}
        self.theirs: set[str] = set()
        self.said_theirs: set[int] = set()
        self._below = False

    def page(self, desk: Scene, whole: int) -> None:
        """Read one page: its rows, and that those out of sight make up the whole."""
        region = desk.app.desk.queue.region
        shown = desk.lines()[region.y : region.bottom]
        lines = [text.cut(text.cut(line, region.right)[0], region.x)[1] for line in shown]
        seen = 0
        self._below = self._below and not any(map(RULE.search, lines))
        for line in lines:
            if found := RULE.search(line):
                self.said_theirs.add(int(found[1]))
                self._below = True
            if found := ROW.match(line):
                seen += 1
                self.lights[found[2]] = found[1]
                if self._below:
                    self.theirs.add(found[2])
        out_of_sight = sum(int(count) for _sign, count in HIDDEN.findall(lines[0]))
        assert seen + out_of_sight == whole


@pytest.mark.parametrize(
    ("language", "names"), [("zh_CN", "受理 派单 到场"), ("en", "accept disp. arrive")]
)
@pytest.mark.parametrize("width", [72, 80])
def test_a_bay_without_a_case_gives_way_before_a_name_is_cut(
    language: str, names: str, width: int
) -> None:
    i18n.use(language)
    counts = dict.fromkeys(BAYS, BayCount(0, 0, 0)) | {
        "受理": BayCount(64, 0, 64), "派单": BayCount(116, 16, 40), "发起": BayCount(4, 4, 0),
        "到场": BayCount(2, 0, 0), "协商": BayCount(2, 0, 0), "结案": BayCount(4, 0, 0),
    }  # fmt: skip
    line = plain(counts_line(counts, Words(load("xinchenglu"), language), width))
    assert text.width(line) == width
    assert all(name in line for name in names.split())
    assert re.findall(r"[^■▲\d](\d+)", line)[:3] == ["64", "116", "4"]
    assert "■20" in line
    assert "▲104" in line


@pytest.mark.parametrize(("cases", "flooded", "size"), sampled(DESKS + FLOODS, (0, 1, 3)))
def test_the_header_the_bays_and_the_rows_of_the_list_add_up(
    cases: int, flooded: bool, size: tuple[int, int]
) -> None:
    shift = mid_shift(13 if flooded else cases)
    if flooded:
        flood(shift, cases)

    async def scene(desk: Scene) -> None:
        whole, red, yellow = counted(desk)
        assert whole == cases
        listed = Listed()
        await desk.press("home")
        for _page in range(whole):
            listed.page(desk, whole)
            if "↓" not in desk.lines()[desk.app.desk.queue.region.y]:
                break
            await desk.press("pagedown")
        assert len(listed.lights) == whole
        assert sum(light == "■" for light in listed.lights.values()) == red
        assert sum(light == "▲" for light in listed.lights.values()) == yellow
        assert listed.said_theirs == {len(listed.theirs)}

    play(scene, shift=shift, size=size)
