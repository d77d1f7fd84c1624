"""What a party said last: its words in quotes, numbers covered, or how the call ended."""

from __future__ import annotations

from datetime import datetime

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE
from dutydesk.views.lastwords import LastWords
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

ME = Actor("commander", "陈安")


def test_calls_of_open_cases_since_the_last_reading() -> None:
    desk = memory_desk(datetime(2026, 11, 23, 9, 0, tzinfo=ZONE))

    def do(verb: str, no: str | None = None, **fields: object) -> str:
        done = desk.execute(Act(verb, ME, desk.now(), desk.now(), no, fields))
        return done.case.no if done.case is not None else ""

    no = do("register", channel="walk_in", place="迎园路 1 号", description="积水")
    gone = do("register", channel="walk_in", place="迎园路 2 号", description="积水")
    do("call", no, party="caller", outcome="reached", said="打 13800000009 找我")
    do("call", gone, party="caller", outcome="reached", said="已好")
    do("withdraw", gone, reason="重复登记")
    (first,) = desk.read(LastWords())
    assert (first.case, first.party) == (no, "caller")
    assert first.said.startswith("“打 138")
    assert "13800000009" not in first.said
    assert desk.read(LastWords(first.id)) == ()
    do("call", no, party="caller", outcome="no_answer")
    (then,) = desk.read(LastWords(first.id))
    assert then.said == desk.words.choice("call", "no_answer")
    assert then.at == desk.now()
    desk.close()
