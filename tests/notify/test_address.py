"""A message goes to whoever stands behind a role now: what was said goes before the plan."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dutydesk.bootstrap import ground_of
from dutydesk.clock import ZONE
from dutydesk.config.settings import load_settings
from dutydesk.notify.address import address_of
from dutydesk.workflow.duty.model import DutyState, Presence

NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)
PEOPLE = """
[desk]
area = "140901"
[[person]]
name = "章甲"
posts = ["deputy_head"]
area = "140901"
userid = "zhang"
[[person]]
name = "李乙"
posts = ["inspector"]
area = "140901"
userid = "li"
"""


def test_a_relief_said_at_the_roll_call_gets_the_message(tmp_path: Path) -> None:
    file = tmp_path / "dutydesk.toml"
    file.write_text(PEOPLE, encoding="utf-8")
    context = ground_of(load_settings(file)).views()
    relief = Presence("deputy_head", "present", NINE, "李乙")
    state = DutyState("140901", presence=(relief,))
    assert address_of(context)("deputy_head", NINE) == "zhang"
    assert address_of(context, lambda: state)("deputy_head", NINE) == "li"
    assert address_of(context, lambda: DutyState("140901"))("deputy_head", NINE) == "zhang"
    off = DutyState("140901", presence=(Presence("deputy_head", "off", NINE),))
    assert address_of(context, lambda: off)("章甲", NINE) == "zhang"
