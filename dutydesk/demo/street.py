"""The settings of the invented street: its people, their turns, and hours that hold just now."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from dutydesk.demo.towns import TOWNS
from dutydesk.workflow.time.zone import to_local

MARK = "演练"
"""What every case of the demonstration carries, so that none is taken for a real one."""

OPERATOR = "沈知远"

PEOPLE = """
[[person]]
name = "沈知远"
posts = ["commander"]
area = "140901"
office = "协调指挥员"
phone = "13800000111"
[[person]]
name = "顾书宁"
posts = ["commander"]
area = "140902"
office = "协调指挥员"
phone = "13800000112"
[[person]]
name = "许明川"
posts = ["inspector"]
office = "综合督查员"
phone = "13800000113"
[[person]]
name = "陆知行"
posts = ["deputy_head"]
area = "140901"
office = "城管中队队长"
phone = "13800000101"
[[person]]
name = "顾安澜"
posts = ["deputy_head"]
area = "140902"
office = "社区平安办主任"
phone = "13800000102"
[[person]]
name = "程远舟"
posts = ["area_head"]
area = "140901"
office = "党工委书记"
phone = "59990101"
[[person]]
name = "沈若川"
posts = ["area_head"]
area = "140902"
office = "办事处主任"
phone = "59990102"
[[person]]
name = "周予安"
posts = ["line_lead"]
department = "公安"
office = "派出所片区负责人"
phone = "13800000121"
alternate = "59990121"
[[person]]
name = "何闻笛"
posts = ["line_lead"]
department = "公安"
office = "派出所片区负责人"
phone = "13800000122"
[[person]]
name = "丁怀瑾"
posts = ["line_lead"]
department = "城管"
office = "城管中队片区负责人"
phone = "13800000123"
[[person]]
name = "宋以宁"
posts = ["line_lead"]
department = "市场监管"
office = "市场监管所片区负责人"
phone = "13800000124"
[[person]]
name = "叶青禾"
posts = ["station"]
grid = "嘉乐"
office = "工作站站长"
phone = "13800000131"
[[person]]
name = "唐晚舟"
posts = ["station"]
grid = "迎园"
office = "工作站站长"
phone = "13800000132"
[[person]]
name = "夏知秋"
posts = ["street_centre"]
office = "街道城运中心值班长"
phone = "59990141"
[[person]]
name = "温如松"
posts = ["night_desk"]
office = "街道夜间值守"
phone = "59990142"
"""

ROTA = """
[[rota]]
post = "line_lead"
department = "公安"
names = ["周予安", "何闻笛"]
rule = "FREQ=DAILY"
start = {start}
open = "00:00"
close = "24:00"
"""


def settings_text(now: datetime, procedure: str, area: str) -> str:
    """The settings file of the street, open at `now` whatever the hour.

    The demonstration is of a shift: its planned hours reach four hours to each side of now.
    Each other shipped procedure has a place of its own.
    """
    local = to_local(now)
    start = (local - timedelta(days=30)).date()
    town = TOWNS.get(procedure)
    parts = [
        "[desk]",
        f'area = "{town.area if town else area}"',
        f'procedure = "{procedure}"',
        f'operator = "{town.operator if town else OPERATOR}"',
        f'seat = "{MARK}"',
        *([f'places = "{town.ground.as_posix()}"'] if town else []),
        "[database]",
        'url = ":memory:"',
    ]
    for day in sorted({(local - timedelta(hours=4)).date(), local.date()}):
        opens, closes = _hours(local, day == local.date())
        parts += ["[[hours.extension]]", f"date = {day}"]
        parts += [f'open = "{opens:%H:%M}"', f'close = "{closes}"']
    people = town.people if town else PEOPLE + ROTA.format(start=start)
    return "\n".join(parts) + "\n" + people


def _hours(local: datetime, today: bool) -> tuple[time, str]:
    """Opening and closing of one day of the demonstration."""
    if not today:
        return time(8, 30), "24:00"
    before, after = local - timedelta(hours=4), local + timedelta(hours=4)
    opens = min(time(8, 30), before.time() if before.date() == local.date() else time(0))
    closes = "24:00" if after.date() != local.date() else f"{max(time(19), after.time()):%H:%M}"
    return opens.replace(second=0), closes
