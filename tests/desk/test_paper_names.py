"""A caller's full name typed into a free text stands on no paper (X-3.2.6)."""

from __future__ import annotations

import pytest
from test_papers import ME, do

from dutydesk.desk import Desk
from dutydesk.desk.papers import write
from dutydesk.reports.paper_text import as_page, as_text
from dutydesk.views.name_cover import name_cover


def linkage(desk: Desk, name: str, matter: str) -> str:
    no = do(desk, "register", None, channel="dept_linkage", place="王小明家门口", grid="嘉乐",
            description=matter, category="占道设摊",
            caller={"name": name, "phone": "13800000002"})  # fmt: skip
    do(desk, "accept", no, **{"as": "linkage"}, difficulty="simple", lead="城管",
       parties=["城管", "公安"], reason="涉及多部门")  # fmt: skip
    return no


@pytest.mark.parametrize("kind", ["group", "contact"])
def test_the_callers_name_is_covered_wherever_it_was_typed(desk: Desk, kind: str) -> None:
    no = linkage(desk, "王小明先生", "王小明反映跨门设摊，王 小明 约好在家；李小红也在场")
    for text in (as_text(write(desk, no, kind, ME)), as_page(write(desk, no, kind, ME))):
        assert "王小明" not in text
        assert "王 小明" not in text
        assert "事由：王**反映" in text or "<td>王**反映" in text
        assert "王**家门口" in text
        # Whom no case knows by name cannot be told from other words: said so in the guide.
        assert "李小红" in text


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("王小明", "王小明、王小明", "王**、王**"),
        ("王女士", "王女士来电，王家巷", "王女士来电，王家巷"),
        ("王", "王家巷", "王家巷"),
        ("市民", "市民反映", "市民反映"),
        ("", "反映", "反映"),
        (None, "反映", "反映"),
        ("Ann Li", "ann li, Annli; Joann Lin", "A**, A**; Joann Lin"),
        ("买买提·艾力", "买买提·艾力在场", "买**在场"),
        ("138[b]", "138[b]", "138[b]"),
    ],
)
def test_only_a_full_name_is_covered(name: str | None, text: str, said: str) -> None:
    assert name_cover(name)(text) == said
