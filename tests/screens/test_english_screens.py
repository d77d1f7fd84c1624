"""The desk in English: every line as wide as the terminal, no word of the Chinese desk in sight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import shift
from babel.messages.pofile import read_po
from opened import Seat, number, sit
from sampled import sampled

from dutydesk import i18n, text
from dutydesk.screens.forms.field_name import FieldName
from dutydesk.screens.parts.key_line import SHORT_S
from dutydesk.workflow.procedure import Procedure

SIZES = [(80, 24), (116, 62), (120, 36)]
OPENED = [
    *("filters", "import", "handover", "inspect", "search", "palette", "command", "writebacks"),
    *("papers", "files", "alarms", "forecast"),
]
DATA = Path(shift.__file__).read_text(encoding="utf-8")
"""Where the invented people, places and stories of the shift stand."""


@pytest.fixture(autouse=True)
def english() -> None:
    """The desk is opened in English."""
    i18n.use("en")


def labels(procedure: Procedure) -> Iterator[str]:
    """The Chinese names of a procedure."""
    yield from (state.label.zh for state in procedure.states.values())
    yield from (act.label.zh for act in procedure.acts.values())
    yield from (role.zh for role in procedure.roles.values())
    yield from (field.label.zh for field in procedure.fields.values())


def chinese_words(procedure: Procedure, data: str) -> set[str]:
    """What the Chinese desk says, but for what stands in the data of the shift too."""
    po = i18n.LOCALE / "en" / "LC_MESSAGES" / "dutydesk.po"
    with po.open("rb") as file:
        said = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    plain = {word for word, english in said.items() if "{" not in word and word != english}
    wide = {word for word in plain | set(labels(procedure)) if re.search(r"[一-鿿]{2}", word)}
    return {word for word in wide if word not in data}


def judge(seat: Seat, size: tuple[int, int]) -> None:
    """The screen on top is as wide as it should be and speaks no Chinese of its own."""
    assert [text.width(line) for line in seat.lines()] == [size[0]] * size[1]
    shown = seat.text()
    context = seat.desk.context
    areas, grids = context.places.areas, context.places.grids
    data = " ".join((DATA, *(a.name for a in areas), *(g.name + g.station for g in grids)))
    known = chinese_words(context.procedure, data)
    assert sorted(word for word in known if word in shown) == []


@pytest.mark.parametrize("size", sampled(SIZES, (0,), whole=True))
def test_the_desk_keeps_its_lines_and_speaks_english(size: tuple[int, int]) -> None:
    async def scenario(seat: Seat) -> None:
        await seat.until(lambda: "closing soon: . acknowledges" in seat.lines()[-1])
        judge(seat, size)
        await seat.tick(SHORT_S)
        judge(seat, size)
        assert "Next step" in seat.lines()[-1]
        assert "Waits for" in seat.text()
        await seat.press("tab")
        judge(seat, size)
        assert "Roll-call" in seat.text()

    sit(scenario, size=size)


def test_the_bays_are_told_apart_at_80_columns() -> None:
    async def scenario(seat: Seat) -> None:
        bays = re.findall(r"[a-z]+\.?(?=\s?\d)", seat.lines()[1])
        assert len(bays) == len(set(bays)) == 9

    sit(scenario)


@pytest.mark.soak
@pytest.mark.parametrize("size", sampled(SIZES[:2], (0,), whole=True))
def test_help_and_the_case_speak_english(size: tuple[int, int]) -> None:
    async def scenario(seat: Seat) -> None:
        await seat.press("question_mark")
        for _page in range(4):
            judge(seat, size)
            await seat.press("pagedown")
        await seat.press("escape")
        await seat.press("left")
        await seat.until(lambda: seat.name == "CaseScreen")
        judge(seat, size)

    sit(scenario, size=size)


@pytest.mark.parametrize("name", sampled(OPENED, (5,)))
def test_each_screen_speaks_english(name: str) -> None:
    async def scenario(seat: Seat) -> None:
        seat.sitting.open(name)
        await seat.until(lambda: seat.screen is not seat.app.desk)
        judge(seat, (80, 24))

    sit(scenario)


FORMS = (
    *(("received", "2"), ("to_dispatch", "1"), ("at_station", "1"), ("to_coordinate", "7")),
    *(("awaiting_response", "1"), ("awaiting_response", "3"), ("reviewing", "2")),
)


@pytest.mark.parametrize(
    ("state", "key"),
    sampled([("to_coordinate", "1"), ("received", "1"), ("reviewing", "1"), *FORMS], (0,)),
)
def test_each_form_speaks_english(state: str, key: str) -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, state)
        seat.app.desk.queue.select(no)
        await seat.until(lambda: seat.app.desk.card is not None and seat.app.desk.card.no == no)
        await seat.press(key)
        judge(seat, (80, 24))

    sit(scenario)


def test_the_head_of_a_form_says_for_whom_and_a_long_name_keeps_off_its_mark() -> None:
    async def scenario(seat: Seat) -> None:
        no = number(seat.shift, "to_coordinate")
        seat.app.desk.queue.select(no)
        await seat.until(lambda: seat.app.desk.card is not None and seat.app.desk.card.no == no)
        await seat.press("7")
        assert "for deputy head" in seat.text()

    sit(scenario)
    name = FieldName("completed at")
    name.needed = True
    assert "".join(span.text for span in name.lines(15, 1)[0]) == " Completed at *"
