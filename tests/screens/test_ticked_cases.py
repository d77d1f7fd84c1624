"""Bundles at the desk: marking with the keypad, one call, one message, what is refused stays."""

from __future__ import annotations

from typing import Any

import pytest
from opened import Seat, sit
from sampled import sampled
from shift import NOW, Shift, mid_shift
from sqlalchemy import select

from dutydesk.desk.claiming import Sitter, take
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.parts.paint import plain
from dutydesk.storage.tables import event, outbox


def ready(difficulty: str = "simple") -> tuple[Shift, list[str]]:
    """A desk with three linkage cases that wait to be convened."""
    shift = mid_shift(13)
    numbers = []
    for n, parties in enumerate((["城管", "公安"], ["城管"], ["公安", "市场监管"])):
        no = shift.case(n, 9 - n)
        shift.linkage(no, 5 - n, difficulty, parties)
        numbers.append(no)
    shift.clock.set(NOW)
    return shift, numbers


async def mark(seat: Seat, numbers: list[str]) -> int:
    """Mark cases with the keypad alone, as `/1107+1110+1115` Enter; gives how many keys."""
    keys = ["slash", *"+".join(no[-4:] for no in numbers)]
    for key in keys:
        await seat.pilot.press("plus" if key == "+" else key)
    await seat.until(lambda: seat.screen.found is not None and seat.screen.found.marks)
    await seat.until(lambda: len(seat.screen.found.rows) == len(numbers))
    await seat.press("enter")
    await seat.until(lambda: seat.name == "DeskScreen")
    return len(keys) + 1


def events(shift: Shift, verb: str) -> list[tuple[str, Any]]:
    with shift.desk.store.reading() as connection:
        asked = select(event.c.case_no, event.c.data).where(event.c.verb == verb)
        return [(no, data) for no, data in connection.execute(asked.order_by(event.c.id))]


def bundled(shift: Shift, verb: str) -> tuple[list[str], set[str]]:
    """The cases of the bundled events of a verb, and the names of their bundles."""
    found = [(no, data["bundle"]) for no, data in events(shift, verb) if "bundle" in data]
    return [no for no, _name in found], {name for _no, name in found}


def marks(seat: Seat) -> list[str]:
    return list(seat.app.desk.marks)


def row_of(seat: Seat, no: str) -> str:
    return next(line for line in seat.lines() if no[-4:] in line)


def test_three_cases_are_marked_with_sixteen_keys_of_the_keypad() -> None:
    shift, numbers = ready()

    async def scenario(seat: Seat) -> None:
        before = seat.app.desk.queue.selected
        assert await mark(seat, numbers) == 16  # / 4 + 4 + 4 Enter
        assert marks(seat) == numbers
        assert seat.app.desk.queue.selected == before
        assert all("✓" in row_of(seat, no)[:4] for no in numbers)
        keys = "".join(plain(line) for line in seat.app.desk.query_one(KeyLine).lines(80, 1))
        assert "✓3 件捆办" in keys

    sit(scenario, shift=shift)


@pytest.mark.soak
def test_insert_marks_and_frees_and_esc_frees_all_without_asking() -> None:
    shift, numbers = ready()

    async def scenario(seat: Seat) -> None:
        desk = seat.app.desk
        desk.queue.select(numbers[1])
        await seat.press("insert")
        assert (marks(seat), desk.queue.selected) == ([numbers[1]], numbers[1])
        await seat.press("insert")
        assert marks(seat) == []
        await seat.press("insert", "home", "insert", "escape")
        assert marks(seat) == []
        assert seat.name == "DeskScreen"
        assert "✓" not in row_of(seat, numbers[1])[:4]

    sit(scenario, shift=shift)


@pytest.mark.soak
def test_insert_marks_a_hit_of_the_search() -> None:
    shift, numbers = ready()

    async def scenario(seat: Seat) -> None:
        await seat.press("slash", *numbers[0][-4:])
        await seat.until(
            lambda: seat.screen.found.rows[:1] and seat.screen.found.rows[0].no == numbers[0]
        )
        await seat.press("insert")
        assert seat.name == "SearchScreen"
        assert marks(seat) == [numbers[0]]

    sit(scenario, shift=shift)


@pytest.mark.soak
def test_a_number_that_names_none_is_told_and_nothing_typed_is_lost() -> None:
    shift, numbers = ready()

    async def scenario(seat: Seat) -> None:
        await seat.press("slash")
        await seat.type(f"{numbers[0][-4:]} 7777777")
        await seat.until(lambda: seat.screen.found is not None and bool(seat.screen.found.trouble))
        await seat.press("enter")
        assert seat.name == "SearchScreen"
        assert "改好再 Enter：  没有 7777777 这一件" in seat.text()
        assert "全部勾选" not in seat.text()
        assert seat.screen.query_one("LineEntry").value == f"{numbers[0][-4:]} 7777777"
        assert marks(seat) == []

    sit(scenario, shift=shift)


def test_one_call_card_rings_each_person_once_for_all() -> None:
    shift, numbers = ready("complex")

    async def scenario(seat: Seat) -> None:
        await mark(seat, numbers)
        await seat.press("asterisk")
        await seat.until(lambda: seat.name == "BundleCall")
        assert "这一通说 3 件，每件各记一条" in seat.text()
        rung = []
        while seat.name == "BundleCall":
            rung.append(seat.screen.one.ring.party)
            await seat.press("1")
            await seat.until(lambda: seat.name != "BundleCall" or not seat.screen.waiting)
        assert rung[0] == "deputy_head"
        assert sorted(rung[1:]) == sorted(["城管", "公安", "市场监管"])
        told, names = bundled(shift, "record_instruction")
        assert (told, len(names)) == (numbers, 1)
        called, names = bundled(shift, "call")
        assert (len(called), len(names)) == (5, 3)
        assert marks(seat) == numbers  # the push comes next

    sit(scenario, shift=shift, size=(116, 62))


@pytest.mark.soak
def test_a_call_that_is_being_recorded_is_nobody_elses() -> None:
    shift, numbers = ready("complex")

    async def scenario(seat: Seat) -> None:
        await mark(seat, numbers)
        await seat.press("asterisk")
        await seat.until(lambda: seat.name == "BundleCall")
        rung = seat.screen.one.ring.party
        seat.screen.waiting = True
        await seat.press("minus", "1")
        assert seat.screen.one.ring.party == rung
        assert seat.screen.outcome.value in (None, "")
        seat.screen.waiting = False
        await seat.press("minus")
        assert seat.screen.one.ring.party != rung

    sit(scenario, shift=shift, size=(116, 62))


@pytest.mark.soak
@pytest.mark.parametrize("size", sampled([(80, 24), (116, 62)], (0,), whole=True))
def test_a_bundle_of_twelve_keeps_the_outcome_in_sight(size: tuple[int, int]) -> None:
    shift = mid_shift(13)
    numbers = []
    for n in range(12):
        numbers.append(shift.case(n, 9))
        shift.linkage(numbers[-1], 8, "complex", ["城管", f"第{n}居委", "公安"])
    shift.clock.set(NOW)

    async def scenario(seat: Seat) -> None:
        seat.app.desk.mark(numbers)
        await seat.press("asterisk")
        await seat.until(lambda: seat.name == "BundleCall")
        assert "通话结果" in seat.text()
        assert "还有" in seat.text()
        assert seat.alarm_seen
        await seat.press("1")
        await seat.until(lambda: not seat.screen.waiting)
        assert "这一通说 12 件" in seat.text()
        assert "通话结果" in seat.text()

    sit(scenario, shift=shift, size=size)


@pytest.mark.soak
def test_one_message_lists_all_cases_and_each_keeps_its_own_parties() -> None:
    shift, numbers = ready()

    async def scenario(seat: Seat) -> None:
        await mark(seat, numbers)
        seat.app.desk.queue.select(numbers[0])
        await seat.press("1")
        await seat.until(lambda: seat.name == "BundleConvene")
        shown = seat.screen.message()
        assert "3 件案件一并协调" in shown
        assert all(f"{no[-4:]} 简易案件" in shown for no in numbers)
        await seat.press("enter", "enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        pushed = events(shift, "convene")[-3:]
        assert [no for no, _data in pushed] == numbers
        assert [data["parties"] for _no, data in pushed] == [
            ["城管", "公安"],
            ["城管"],
            ["公安", "市场监管"],
        ]
        with shift.desk.store.reading() as connection:
            asked = select(outbox.c.recipient).where(outbox.c.text == shown)
            assert sorted(connection.execute(asked).scalars()) == sorted(
                ["城管", "公安", "市场监管"]
            )
        assert marks(seat) == []

    sit(scenario, shift=shift, size=(116, 62))


@pytest.mark.soak
def test_a_closed_case_in_a_bundle_is_listed_with_the_reason_and_stays_marked() -> None:
    shift, numbers = ready()
    shift.act(NOW, "withdraw", numbers[1], reason="来电人撤回")

    async def scenario(seat: Seat) -> None:
        await mark(seat, numbers)
        seat.app.desk._bundle("urge")
        await seat.until(lambda: seat.name == "BundleForm")
        await seat.press("enter")
        await seat.until(lambda: seat.screen.told)
        done, _names = bundled(shift, "urge")
        assert done == [numbers[0], numbers[2]]
        assert marks(seat) == [numbers[1]]
        line = next(line for line in seat.lines() if "✗" in line and numbers[1][-4:] in line)
        assert "撤回" in line
        await seat.press("enter")
        assert seat.name == "DeskScreen"
        assert marks(seat) == [numbers[1]]

    sit(scenario, shift=shift, size=(116, 62))


@pytest.mark.soak
def test_each_case_is_urged_where_it_lies_unless_somebody_types_whom() -> None:
    shift, numbers = ready()

    async def scenario(seat: Seat) -> None:
        async def urge() -> None:
            await seat.press("enter")
            await seat.until(lambda: seat.name == "BundleMenu")
            digit = 1 + [verb for verb, _fits in seat.screen.acts].index("urge")
            await seat.press(str(digit))
            await seat.until(lambda: seat.name == "BundleForm")
            assert "各催各的" in seat.text()

        await mark(seat, [numbers[0], numbers[2]])
        await urge()
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert [data["target"] for _no, data in events(shift, "urge")] == ["城管", "公安"]
        await mark(seat, [numbers[0], numbers[2]])
        await urge()
        await seat.type("街道")
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert [data["target"] for _no, data in events(shift, "urge")[2:]] == ["街道", "街道"]

    sit(scenario, shift=shift, size=(116, 62))


@pytest.mark.soak
def test_where_no_case_takes_the_act_nothing_is_done_and_the_form_stays() -> None:
    shift, numbers = ready()
    for no in numbers:
        shift.act(NOW, "withdraw", no, reason="来电人撤回")

    async def scenario(seat: Seat) -> None:
        await mark(seat, numbers)
        seat.app.desk._bundle("convene")
        await seat.until(lambda: seat.name == "BundleConvene")
        seat.screen.submit()
        await seat.settle()
        assert "没有一件现在能办这一步" in seat.text()
        assert seat.text().count("✗") >= 4
        await seat.press("escape")
        assert marks(seat) == numbers

    sit(scenario, shift=shift, size=(116, 62))


@pytest.mark.soak
@pytest.mark.paints
def test_a_case_in_the_hands_of_another_seat_says_so_in_the_list() -> None:
    shift, numbers = ready()
    take(shift.desk, numbers[1], Sitter("二号席", "许明川"))

    async def scenario(seat: Seat) -> None:
        await mark(seat, numbers)
        await seat.press("enter")
        await seat.until(lambda: seat.name == "BundleMenu")
        line = next(
            line
            for line in seat.lines()
            if "·" in line and numbers[1][-4:] in line and "在办" in line
        )
        assert "二号席在办" in line

    sit(scenario, shift=shift, size=(116, 62), named="一号席")


@pytest.mark.soak
def test_what_is_done_one_by_one_says_so() -> None:
    shift, numbers = ready()

    async def scenario(seat: Seat) -> None:
        await mark(seat, numbers)
        seat.app.desk.queue.select(numbers[0])
        await seat.press("6")
        await seat.settle()
        assert seat.name == "DeskScreen"
        assert "只能一件一件办" in seat.text()
        assert marks(seat) == numbers

    sit(scenario, shift=shift)


@pytest.mark.soak
def test_a_note_on_all_and_a_form_that_is_left_keeps_what_was_typed() -> None:
    shift, numbers = ready()

    async def scenario(seat: Seat) -> None:
        await mark(seat, numbers)
        await seat.press("minus")
        await seat.until(lambda: seat.name == "BundleForm")
        await seat.type("统一回复")
        await seat.press("escape")
        assert marks(seat) == numbers
        await seat.press("minus")
        await seat.until(lambda: seat.name == "BundleForm")
        assert "统一回复" in seat.text()
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        noted, names = bundled(shift, "note")
        assert (noted, len(names)) == (numbers, 1)

    sit(scenario, shift=shift, size=(116, 62))


@pytest.mark.soak
def test_marks_without_any_case_are_told_in_the_palette() -> None:
    async def scenario(seat: Seat) -> None:
        seat.app.desk.bundle_marked()
        await seat.settle()
        assert "先勾选" in seat.text()

    sit(scenario)


@pytest.mark.soak
def test_whoever_has_nobody_to_urge_does_not_stop_the_others() -> None:
    shift, numbers = ready()
    alone = shift.case(5, 24 * 60 - 1)
    shift.clock.set(NOW)

    async def scenario(seat: Seat) -> None:
        seat.app.desk.mark([alone, numbers[0]])
        seat.app.desk._bundle("urge")
        await seat.until(lambda: seat.name == "BundleForm")
        await seat.press("enter")
        await seat.until(lambda: getattr(seat.screen, "told", True))
        assert [(no, data["target"]) for no, data in events(shift, "urge")] == [
            (numbers[0], "城管")
        ]
        assert marks(seat) == [alone]

    sit(scenario, shift=shift, size=(116, 62))
