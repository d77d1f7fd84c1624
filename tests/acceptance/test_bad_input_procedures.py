"""A procedure file that does not hold together is refused before anything is opened by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dutydesk.cli import here
from dutydesk.cli.main import run

Told = Callable[[str], tuple[int, str]]
DOUBLED = '[[transitions]]\nid = "T04b"\nfrom = ["received"]\nverb = "refuse"\n'
DOUBLED += (
    'by = ["commander"]\neffects = ["set refused", "end all", "go refused"]\nclause = "X-1"\n'
)
LIMBO = '[states.limbo]\nzh = "悬"\nen = "limbo"\nend = true\n'


@pytest.fixture
def told(
    tmp_path: Path,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Told:
    """What a command says whose settings name the shipped procedure with one text changed."""
    shipped = (root / "dutydesk/workflow/procedures/xinchenglu.toml").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["--database", "desk.sqlite3", "init"]) == 0
    settings = tmp_path / "dutydesk.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"xinchenglu"', '"rules/mine.toml"'), encoding="utf-8")
    (tmp_path / "rules").mkdir()

    def tell(old: str, new: str, *arguments: str) -> tuple[int, str]:
        assert old in shipped
        changed = shipped.replace(old, new, 1)
        (tmp_path / "rules" / "mine.toml").write_text(changed, encoding="utf-8")
        capsys.readouterr()
        code = run(list(arguments))
        seen = capsys.readouterr()
        here.give(here.Given())
        return code, (seen.out + seen.err).replace(str(tmp_path), "HERE")

    return tell


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"category_known"',
            '"category_knwon"',
            "transitions.T02: 没有关卡 category_knwon；最接近的是 category_known",
        ),
        (
            "[states.refused]",
            f"{LIMBO}\n[states.refused]",
            "states.limbo: 没有步骤能到这个状态；补一条，或删去它",
        ),
        (
            '[[transitions]]\nid = "T05"',
            f'{DOUBLED}\n[[transitions]]\nid = "T05"',
            "received.refuse: 同一情形有两条步骤：T04, T04b；用 when 分开",
        ),
    ],
)
def test_no_desk_opens_by_an_unsound_procedure(told: Told, old: str, new: str, said: str) -> None:
    for arguments in (("cases",), ("sweep",), ("do", "1", "accept", "--by", "commander")):
        code, text = told(old, new, *arguments)
        assert code == 2
        assert text.startswith(f"HERE/rules/mine.toml: {said} (全部 ")
        assert text.endswith(" 处：dutydesk procedure check HERE/rules/mine.toml)\n")


def test_a_bad_limit_is_named_with_its_line(told: Told) -> None:
    code, text = told('limit = "60 min"', 'limit = "6o min"', "cases")
    assert code == 2
    place, _colon, message = text.partition(": ")
    assert place.startswith("HERE/rules/mine.toml:")
    assert message.startswith("clocks.dispatch.limit: “6o min”不是时限，可写成 10 min, 10分钟")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('limit = "60 min"', "limit = 60", "clocks.dispatch.limit: “60”不是时限"),
        (
            'limit = "60 min"\n',
            'limit = "60 min"\nlimti = "x"\n',
            "clocks.dispatch: 不认识的键 limti",
        ),
        ("version = ", 'version = "one" #', "procedure.version: 这个值的写法不对"),
        ("natural_day", "natural_dya", "procedure: 不认识的键 natural_dya；最接近的是 natural_day"),
        ('verb = "register"\n', "", "transitions.T01: 缺少 verb"),
        (
            "[states.refused]",
            '[states.x]\nzh = "x"\nen = "x"\n[states.refused]',
            "states.x: 缺少 hands",
        ),
    ],
)
def test_what_is_malformed_is_named_with_line_and_key(
    told: Told, old: str, new: str, said: str
) -> None:
    code, text = told(old, new, "procedure", "check", "rules/mine.toml")
    assert code == 2
    place, _colon, message = text.partition(": ")
    assert place.rpartition(":")[2].isdigit()
    assert message.startswith(said)


def test_two_steps_of_one_act_are_shown_with_the_line_of_the_second(told: Told) -> None:
    old = '[[transitions]]\nid = "T05"'
    code, text = told(old, f"{DOUBLED}\n{old}", "procedure", "check", "rules/mine.toml")
    assert code == 2
    assert text.partition(":")[2].split(":")[0].isdigit()


def test_a_sound_procedure_of_ones_own_is_found_beside_the_settings(told: Told) -> None:
    assert told("60 min", "45 min", "cases") == (0, "共 0 件\n")


def test_an_unknown_name_is_told_with_the_nearest(
    told: Told, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "dutydesk.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("rules/mine.toml", "xinchenlu"), encoding="utf-8")
    code, said = told("60 min", "60 min", "cases")
    assert code == 2
    assert said.startswith("没有名为“xinchenlu”的办理规程；最接近的是 xinchenglu")
