"""Whose word an act is, which refusal comes first, and where a new case belongs (section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.errors import Refused
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from tests.acceptance.drilling import Json, act, drill, linkage, refusals, register

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
COMMANDER = Actor("commander")


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = memory_desk(ManualClock(MORNING))
    yield opened
    opened.close()


def asked(verb: str, case: str | None = None, **more: object) -> Act:
    """An act of the commander at nine; `at`, `key` and `version` are the act's, the rest fields."""
    own = {name: more.pop(name) for name in ("at", "key", "version") if name in more}
    at = own.pop("at", MORNING)
    return Act(verb, COMMANDER, at, MORNING, case=case, fields=more, **own)  # type: ignore[arg-type]


def opened(desk: Desk, **fields: object) -> str:
    given = {"channel": "walk_in", "place": "嘉乐路20号", "description": "乱堆物"}
    case = desk.execute(asked("register", **(given | fields))).case
    assert case is not None
    return case.no


def refused(desk: Desk, act: Act) -> str:
    with pytest.raises(Refused) as found:
        desk.execute(act)
    return found.value.code


def told(output: list[Json], event: str) -> Json:
    data: Json = next(x["data"] for x in output if x.get("event") == event)
    return data


def at_station() -> list[Json]:
    return [
        register(),
        act("09:05", "accept", **{"as": "community", "grid": "嘉乐社区网格"}),
        act("09:10", "dispatch", station="嘉乐社区网格", due="2026-11-23T15:10:00+08:00"),
    ]


@pytest.mark.parametrize(
    ("verb", "fields"),
    [("note", {"text": "已看"}), ("attach", {"kind": "other", "file": "a.pdf"})],
)
def test_what_the_commander_notes_himself_is_nobody_elses_word(verb: str, fields: Json) -> None:
    output = drill(*at_station(), act("09:20", verb, **fields))

    assert "on_behalf" not in told(output, verb)
    assert "channel" not in told(output, verb)


def test_what_he_records_for_the_station_names_the_station() -> None:
    output = drill(*at_station(), act("09:20", "file_result", text="已清"))

    assert told(output, "file_result")["on_behalf"] == "station:嘉乐社区网格"
    assert told(output, "file_result")["channel"] == "phone"


def test_the_deputy_may_name_the_head_whose_result_he_records() -> None:
    output = drill(
        register(),
        linkage(),
        act("09:10", "submit_to_head", by="deputy_head", reason="difficult"),
        act(
            "09:20",
            "record_head_result",
            by="deputy_head",
            on_behalf="area_head",
            progress=False,
            text="无进展",
        ),
        act("09:21", "urge", by="deputy_head", on_behalf="inspector", target="城管"),
    )

    assert refusals(output) == [("urge", "not_your_role")]
    assert told(output, "record_head_result")["on_behalf"] == "area_head"


def test_at_night_the_refusal_names_the_desk_that_holds() -> None:
    output = drill(
        register("17:30"),
        act("17:35", "accept", **{"as": "community", "grid": "嘉乐社区网格"}),
        act("19:00", "roster", case=None, off=["公安", "城管", "市场监管"]),
        act("19:05", "hand_over", case=None, to="night_desk", reason="力量不足"),
        act("19:05", "take_over", case=None, by="night_desk", red=1),
        act("19:06", "dispatch", station="嘉乐社区网格", due="2026-11-24T10:00:00+08:00"),
    )

    said = next(x for x in output if x["kind"] == "refused")
    assert said["code"] == "not_your_role"
    assert said["params"] == {"role": "commander", "allowed": ["night_desk"]}


def test_a_label_opened_twice_is_a_wrong_state_and_a_number_twice_a_duplicate() -> None:
    output = drill(register(), register("09:01"), register("09:02", external_no="2611A99"))

    assert refusals(output) == [("register", "duplicate"), ("register", "wrong_state")]


def test_the_clause_is_that_of_the_step_that_the_act_asks_for() -> None:
    output = drill(
        register(),
        linkage(),
        act(
            "09:20",
            "convene",
            parties=["城管"],
            time="2026-11-23T10:30:00+08:00",
            location="x",
            mode="offline",
        ),
        act("10:30", "confirm_response", party="城管", outcome="arrived"),
        act("10:40", "record_outcome", agreed=False),
    )

    said = next(x for x in output if x["kind"] == "refused")
    assert (said["code"], said["clause"]) == ("missing_field", "X-5.2.6.1")


def test_what_no_act_has_cannot_be_corrected() -> None:
    output = drill(
        register(),
        act("09:10", "correct", event=1, field="colour", value="红", reason="试"),
        act("09:11", "correct", event=1, field="place", value="嘉乐路22号", reason="听错"),
    )

    said = next(x for x in output if x["kind"] == "refused")
    assert (said["code"], said["params"]["field"]) == ("bad_value", "field")
    assert [x["event"] for x in output if x["kind"] == "event"] == ["register", "correct"]


def test_stale_comes_before_a_key_used_for_another_act(desk: Desk) -> None:
    no = opened(desk)
    desk.execute(asked("note", no, text="一", key="k"))

    assert refused(desk, asked("note", no, text="二", key="k")) == "duplicate"
    assert refused(desk, asked("note", no, text="二", key="k", version=1)) == "stale"
    assert desk.execute(asked("note", no, text="一", key="k", version=1)).repeated


def test_a_merge_into_nothing_is_a_bad_value_before_it_is_too_late(desk: Desk) -> None:
    no, tomorrow = opened(desk), MORNING + timedelta(days=1)

    assert refused(desk, asked("merge", no, into="0", at=tomorrow)) == "bad_value"
    assert refused(desk, asked("merge", no, into=opened(desk), at=tomorrow)) == "time_order"
    assert refused(desk, asked("merge", no)) == "missing_field"


def test_a_given_area_wins_over_that_of_the_grid(desk: Desk) -> None:
    numbers = [
        opened(desk, grid="新成社区网格", area="140901"),
        opened(desk, grid="新成社区网格"),
        opened(desk),
    ]

    assert [no[:6] for no in numbers] == ["140901", "140902", "140901"]


def test_a_batch_with_a_touched_case_is_refused_by_a_rule(desk: Desk, tmp_path: object) -> None:
    file = f"{tmp_path}/a.csv"
    head, row = (
        "channel,external_no,reported_at,place,description",
        "grid,U1,2026-11-20,嘉乐路,井盖",
    )
    with open(file, "w", encoding="utf-8") as out:
        out.write(f"{head}\n{row}\n")
    batch = desk.import_file(file, by=COMMANDER).batch
    assert batch is not None
    desk.execute(asked("note", desk.resolve("1"), text="x"))

    with pytest.raises(Refused) as found:
        desk.undo_import(batch, COMMANDER)
    assert (found.value.code, found.value.params["cases"]) == ("stale", [desk.resolve("1")])


def test_a_bad_value_is_told_under_the_name_that_the_act_gives_the_field() -> None:
    output = drill(
        register(),
        act("09:01", "attach", kind="photo", file="a.jpg"),
        act("09:02", "withdraw", reason="x", channel="pigeon"),
    )

    said = [x["message"].partition("”")[0] for x in output if x["kind"] == "refused"]
    assert said == ["“附件类型", "“联系方式"]
