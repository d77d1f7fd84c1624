"""What may be put off elsewhere, an outage in between, and declarations that are refused."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from typing import Any

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.procedures import FOLDER, load
from dutydesk.desk import Desk
from dutydesk.reports.evaluation import evaluation
from dutydesk.views.card import Card
from dutydesk.views.queue import Queue
from dutydesk.views.why import Whys
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.check import check_table
from dutydesk.workflow.time.ledger import Why
from tests.acceptance.drilling import refusals
from tests.acceptance.ruled import runs, under
from tests.acceptance.test_jinshan_drills import assign, line, order, taken

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)


@pytest.mark.clause("J-15.2")
def test_what_cannot_be_solved_now_needs_analysis_and_measures_in_jinshan() -> None:
    asked = {"reason": "要等管线迁移", "limit": "10个工作日"}
    whole = {"analysis": "管线权属不清", "measures": "先设围挡"}
    output = under("jinshan")(
        order(),
        assign(),
        taken(),
        line("11-23T09:00", "ask_deferral", "unit:水务", **asked),
        line("11-23T09:10", "ask_deferral", "unit:水务", **asked, **whole),
        line("11-23T10:00", "approve_deferral", "centre_head"),
        line("11-23T11:00", "ask_deferral", "unit:水务", **asked, **whole),
    )

    assert refusals(output) == [("ask_deferral", "missing_field"), ("ask_deferral", "used_up")]
    # From 9 December 00:00 ten working days more; the city's own limit stays.
    assert runs(output, "internal") == [("水务", "12-23T00:00", None)]
    assert runs(output, "reply") == [(None, "12-12T00:00", None)]


class Baoshan:
    """A desk of Baoshan with one case in hand: five days from 2 March 09:00."""

    def __init__(self) -> None:
        self.clock = ManualClock(START)
        self.desk: Desk = memory_desk(self.clock, procedure="baoshan")
        found = {"channel": "terminal", "place": "x", "description": "井盖", "urgency": "ordinary"}
        self.no = ""
        self.no = self.act("register", "grid_member:甲", occurred_at=START, **found)
        self.act("report_up", "grid_member:甲", reason="无权处置")
        given = {"lead": "城管科", "level": "street", "matter": "市政设施", "limit": "5 days"}
        self.act("dispatch", "street_centre", **given)

    def act(self, verb: str, by: str, **fields: Any) -> str:
        now = self.clock.now()
        act = Act(verb, Actor.parse(by), now, now, self.no or None, fields)
        case = self.desk.execute(act).case
        assert case is not None
        return case.no

    def later(self, **span: float) -> None:
        self.clock.set(self.clock.now() + timedelta(**span))


def test_a_suspension_that_ended_during_an_outage_is_ended_once_at_its_own_date() -> None:
    at = Baoshan()
    at.later(days=2)
    until = START + timedelta(days=10)
    at.act("suspend", "street_centre", until=until, reason="汛期")
    [row] = at.desk.read(Queue())
    assert "挂" in row.marks.split()
    at.later(days=9, hours=5)
    first, second = at.desk.sweep(), at.desk.sweep()
    assert [len(first.ended), len(second.ended)] == [1, 0]
    (event,) = first.ended[0].events
    assert (event.at, event.recorded_at - event.at) == (until, timedelta(days=1, hours=5))
    card = at.desk.read(Card(at.no))
    assert card is not None
    assert ("挂" in card.marks, card.waits[0].to_at) == (False, until)
    dispose = card.clocks[-1]
    assert dispose.due_at == START + timedelta(days=13)
    (why,) = [why for why in at.desk.read(Whys(at.no)) if why.id == dispose.id]
    assert [(s.why, s.counted_s) for s in why.ledger] == [
        (Why.NATURAL_DAYS, 2 * 86400),
        (Why.PAUSED, 0),
        (Why.NATURAL_DAYS, 3 * 86400),
    ]


def test_an_exempt_overdue_is_no_longer_counted_and_still_told() -> None:
    at = Baoshan()
    at.later(days=6)
    at.act("file_result", "office:城管科", party="城管科", text="已修")
    at.act("appeal", "office:城管科", reason="停水", evidence="通知")
    at.act("review_appeal", "district_centre:己", verdict="accepted", text="属实")
    card = at.desk.read(Card(at.no))
    assert card is not None
    (late,) = [clock for clock in card.clocks if clock.name == "dispose"]
    assert (late.on_time, late.exempt, "豁免" in card.marks) == (False, True, True)
    told = evaluation(card, at.clock.now(), at.desk.words)
    assert "超时经申诉豁免、不计入：处置（城管科）" in told
    assert "超时：处置" not in told


def faults(name: str, old: str, new: str) -> list[tuple[str, str]]:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    table = tomllib.loads(text.replace(old, new, 1))
    return [(problem.code, problem.where) for problem in check_table(table)]


@pytest.mark.clause("B-3.4.3.4")
@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ('approvals = [["street_centre", "centre_director"]', 'approvals = [["office"]',
         "approver_is_applicant", "deferral.approvals"),
        ('["district_centre"]]\nmost', '["nobody"]]\nmost', "unknown_role", "deferral.approvals"),
        ('basis = "text"\nclause = "B-3.4.3.4"', 'basis = "text"', "value_not_marked", "deferral"),
        ('most = 2  # house', "most = 0", "not_a_count", "deferral.most"),
        ('most = 2  # house', 'most = 2\nlongest = "-3 days"', "limit_unread", "deferral.longest"),
        ('[deferral]\nclocks = ["dispose"]', '[deferral]\nclocks = ["x"]',
         "unknown_clock", "deferral.clocks"),
        ('approvals = [["street_centre", "centre_director"], ["district_centre"]]\n', "",
         "key_missing", "deferral"),
    ],
)  # fmt: skip
def test_a_faulty_declaration_is_refused_by_key_and_reason(
    old: str, new: str, code: str, where: str
) -> None:
    assert (code, where) in faults("baoshan", old, new)


def test_xinchenglu_puts_nothing_off() -> None:
    acts = load("xinchenglu").acts
    assert not {"ask_deferral", "suspend"} & acts.keys()


def test_the_store_knows_which_runs_count_in_no_rate() -> None:
    at = Baoshan()
    at.later(days=6)
    at.act("file_result", "office:城管科", party="城管科", text="已修")
    at.act("appeal", "office:城管科", reason="停水", evidence="通知")
    at.act("review_appeal", "district_centre:己", verdict="accepted", text="属实")
    with at.desk.store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, on_time, exempt FROM clock_run ORDER BY id")
        assert [tuple(row) for row in rows][:2] == [("report", None, 0), ("dispose", 0, 1)]
