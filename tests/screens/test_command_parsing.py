"""A typed line becomes an act: verb by name or letters, case by its tail, words by their kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from opened import number
from shift import ME, NOW, Shift, mid_shift

from dutydesk.screens.command.parsing import Head, Known, read, tokens
from dutydesk.screens.command.recognise import Proposal, completions, propose
from dutydesk.screens.command.verbs import vocabulary
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.submit import AT
from dutydesk.views.card import Card
from dutydesk.views.labels import Words
from dutydesk.views.queue import Queue


class Street:
    """A desk in mid-shift, to read lines against."""

    def __init__(self) -> None:
        self.shift: Shift = mid_shift(24)
        desk = self.shift.desk
        self.procedure = desk.context.procedure
        rows = desk.read(Queue())
        verbs = vocabulary(self.procedure, "zh_CN")
        self.known = Known(self.procedure, verbs, rows, rows[0].no)

    def no(self, state: str) -> str:
        return number(self.shift, state)

    def read(self, line: str) -> Head:
        return read(line, self.known)

    def propose(self, line: str) -> Proposal:
        head = self.read(line)
        assert head.kind == "act", head
        assert head.verb is not None
        desk = self.shift.desk
        card = desk.read(Card(head.no, ME)) if head.no else None
        scene = Scene(head.verb, card, desk.context, Words(self.procedure), NOW, ME)
        return propose(scene, head.rest)


@pytest.fixture(scope="module")
def street() -> Iterator[Street]:
    made = Street()
    yield made
    made.shift.desk.close()


@pytest.mark.parametrize("verb", ["派", "派单", "pd", "dispatch", "Dispatch", "ＰＤ"])
def test_a_verb_is_its_label_its_first_character_its_letters_or_english(
    street: Street, verb: str
) -> None:
    no = street.no("to_dispatch")
    head = street.read(f"{verb} {no[-6:]} 仓场")
    assert (head.kind, head.verb, head.no, head.rest) == ("act", "dispatch", no, ("仓场",))


def test_the_case_is_the_selected_one_unless_its_digits_are_given(street: Street) -> None:
    assert street.read("协").no == street.known.selected
    no = street.no("to_dispatch")
    assert street.read(f"{no[-6:]} 派 迎园") == street.read(f"派 {no[-6:]} 迎园")


def test_a_verb_written_onto_its_number_and_full_width_digits_are_read(street: Street) -> None:
    assert tokens("派１１２３仓场　明1400") == ("派", "1123", "仓场", "明1400")


def test_digits_that_mean_several_cases_ask_which(street: Street) -> None:
    head = street.read("1")
    assert head.kind == "several"
    assert all(no.endswith("1") for no in head.cases)
    assert len(head.cases) > 1


def test_of_several_cases_the_one_where_the_verb_is_at_home_is_meant(street: Street) -> None:
    no = street.no("reviewing")
    twins = [row.no for row in street.known.rows if row.no.endswith(no[-4:])]
    assert len(twins) == 2
    assert street.read(f"结 {no[-4:]}").no == no


def test_digits_that_no_case_ends_with_are_said_so(street: Street) -> None:
    head = street.read("派 98765 仓场")
    assert (head.kind, head.verb, head.digits) == ("unknown", "dispatch", "98765")


def test_words_that_are_no_command_stay_words(street: Street) -> None:
    assert street.read("燃气泄漏 迎园").kind == "words"
    assert street.read("   ").kind == "nothing"


def test_which_act_a_shared_character_means_is_said_by_the_state(street: Street) -> None:
    assert street.read("协").verb == "convene"
    coordinating = street.no("awaiting_response")
    assert street.read(f"响 {coordinating[-6:]}").verb == "confirm_response"


def test_a_station_is_found_by_its_letters_and_a_moment_by_its_form(street: Street) -> None:
    no = street.no("to_dispatch")
    found = street.propose(f"派 {no[-6:]} cc 明1400")
    assert found.given == {
        "station": "仓场社区网格",
        "due": NOW.replace(hour=14, minute=0, second=0) + timedelta(days=1),
    }
    assert (found.missing, found.unread) == ((), ())


def test_a_coordination_takes_its_parties_from_the_case(street: Street) -> None:
    no = street.no("to_coordinate")
    found = street.propose(f"协 {no} 21:30 迎园路口 东北角")
    assert found.given == {
        "time": NOW.replace(hour=21, minute=30, second=0),
        "location": "迎园路口 东北角",
    }
    assert found.values["parties"] == ["城管何勇", "公安沈立"]
    assert found.values["mode"] == "offline"


def test_a_party_of_the_case_comes_before_everybody_else(street: Street) -> None:
    no = street.no("to_coordinate")
    assert street.propose(f"致 {no} 城管 接通 +20 马上到").given == {
        "party": "城管何勇",
        "outcome": "reached",
        "promised_at": NOW + timedelta(minutes=20),
        "said": "马上到",
    }


def test_accepting_by_a_line_is_accepting_alone_unless_the_dispatch_is_named(
    street: Street,
) -> None:
    no = street.no("received")
    alone = street.propose(f"受 {no} 社区 仓场")
    assert alone.given == {"as": "community", "grid": "仓场社区网格"}
    assert alone.values.get("dispatch") is False
    both = street.propose(f"受 {no} 社区 仓场 派单 -7")
    assert both.given["dispatch"] is True
    assert both.given[AT] == NOW - timedelta(minutes=7)


def test_several_parties_are_parted_by_the_pause_mark(street: Street) -> None:
    no = street.no("received")
    found = street.propose(f"受 {no} 联动 简易 城管、公安 现场情况不明")
    assert found.given["parties"] == ["城管", "公安"]
    assert found.given["reason"] == "现场情况不明"
    assert found.values["lead"] == "城管"


def test_what_is_missing_is_named_and_its_values_are_offered(street: Street) -> None:
    no = street.no("to_coordinate")
    found = street.propose(f"致 {no} 城管")
    assert found.missing == ("outcome",)
    labels = [one.label for one in completions(found, "")]
    assert labels == ["接通", "无人接", "占线", "来不了", "已留话"]


def test_a_word_that_fits_nowhere_is_never_swallowed(street: Street) -> None:
    no = street.no("to_dispatch")
    assert street.propose(f"派 {no} 火星").unread == ("火星",)


def test_a_note_keeps_all_of_its_words(street: Street) -> None:
    no = street.no("received")
    found = street.propose(f"便 {no} 明早 回访 两次 +30")
    assert found.given == {"text": "明早 回访 两次", "remind_at": NOW + timedelta(minutes=30)}
