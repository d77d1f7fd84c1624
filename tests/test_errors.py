"""The errors carry what an outlet needs, and nothing can change a rule's reason."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

from dutydesk.errors import BadInput, DeskError, OutsideError, Refused, StoreError


def test_each_error_has_its_exit_code() -> None:
    codes = [kind.exit_code for kind in (Refused, BadInput, StoreError, OutsideError)]
    assert codes == [1, 2, 3, 4]
    assert all(
        issubclass(kind, DeskError) for kind in (Refused, BadInput, StoreError, OutsideError)
    )


def test_a_refusal_is_code_params_and_clause_without_a_sentence() -> None:
    refusal = Refused("call_first", {"party": "城管"}, "X-5.2.3.6")
    assert (refusal.code, refusal.params, refusal.clause) == (
        "call_first",
        {"party": "城管"},
        "X-5.2.3.6",
    )
    assert str(refusal) == "call_first(party='城管')"
    assert refusal == Refused("call_first", {"party": "城管"}, "X-5.2.3.6")
    assert refusal != Refused("call_first", {"party": "公安"}, "X-5.2.3.6")


def test_the_reason_of_a_refusal_cannot_be_set_again() -> None:
    refusal = Refused("wrong_state")
    with pytest.raises(AttributeError, match="fixed"):
        refusal.code = "stale"
    assert (refusal.code, refusal.params, refusal.clause) == ("wrong_state", {}, None)


def test_a_refusal_does_not_share_the_callers_params() -> None:
    params: dict[str, object] = {"field": "place"}
    refusal = Refused("missing_field", params)
    params["field"] = "grid"
    assert refusal.params == {"field": "place"}


def test_a_refusal_survives_the_way_between_processes() -> None:
    refusal = Refused("time_order", {"at": "18:55"}, "X-1.5")
    assert pickle.loads(pickle.dumps(refusal)) == refusal


def _look_up(grid: str) -> str:
    try:
        return {"仓场": "14090101"}[grid]
    except KeyError as fault:
        raise Refused("bad_value", {"field": "grid"}) from fault


def test_a_refusal_can_be_raised_in_place_of_another_error_and_keep_it_as_cause() -> None:
    with pytest.raises(Refused) as caught:
        _look_up("无此网格")
    assert isinstance(caught.value.__cause__, KeyError)


def test_bad_input_says_the_place_and_what_was_expected() -> None:
    fault = BadInput("未知的键 areaa", file="dutydesk.toml", line=3, expected="area")
    assert str(fault) == "dutydesk.toml:3: 未知的键 areaa (area)"
    assert (fault.message, fault.place) == ("未知的键 areaa", "dutydesk.toml:3")
    assert str(BadInput("缺少时间", column="受理时间")) == "受理时间: 缺少时间"
    assert str(BadInput("空文件")) == "空文件"


def test_errors_import_nothing_of_the_house(root: Path) -> None:
    tree = ast.parse((root / "dutydesk" / "errors.py").read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules == {"__future__", "collections.abc"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
