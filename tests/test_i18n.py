"""Chinese stands in the source, English in a catalogue that `make check` keeps complete."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dutydesk import i18n


@pytest.fixture
def tool(root: Path) -> ModuleType:
    """The catalogue script of .ci."""
    spec = importlib.util.spec_from_file_location("ci_i18n", root / ".ci" / "i18n.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one plain text and one with a name in braces."""
    folder = tmp_path / "dutydesk"
    folder.mkdir()
    (folder / "a.py").write_text(
        'x = _("受理")\ny = _("还有{n}件").format(n=2)\n', encoding="utf-8"
    )
    return folder


@pytest.fixture
def po(package: Path) -> Path:
    return package / "locale" / "en" / "LC_MESSAGES" / "dutydesk.po"


def translate(po: Path, tool: ModuleType, package: Path, **english: str) -> None:
    """Fill in the English of some texts by hand, then compile."""
    tool.update(package, po)
    text = po.read_text(encoding="utf-8")
    for chinese, said in english.items():
        text = text.replace(f'"{chinese}"\nmsgstr ""', f'"{chinese}"\nmsgstr "{said}"')
    text = text.replace('"还有{n}件"\nmsgstr ""', '"还有{n}件"\nmsgstr "{n} to go"')
    po.write_text(text, encoding="utf-8")
    tool.update(package, po)


def test_texts_are_chinese_until_told_otherwise() -> None:
    assert i18n.language() == "zh_CN"
    assert i18n._("受理") == "受理"


def test_english_is_used_and_left_again() -> None:
    i18n.use("en")
    assert i18n.language() == "en"
    i18n.use("zh_CN")
    assert i18n._("受理") == "受理"


def test_a_text_that_the_catalogue_lacks_stays_chinese() -> None:
    i18n.use("en")
    assert i18n._("此句永不翻译") == "此句永不翻译"
    assert i18n.ngettext("此句永不翻译", "此句永不翻译", 2) == "此句永不翻译"


def test_an_unknown_language_is_refused_and_nothing_changes() -> None:
    with pytest.raises(ValueError, match="zh_CN, en"):
        i18n.use("fr")
    assert i18n.language() == "zh_CN"


def test_the_language_is_light_to_import() -> None:
    code = "import sys, dutydesk.i18n; print(sorted({'rich', 'babel', 'typer'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_complete_catalogue_has_no_fault(tool: ModuleType, package: Path, po: Path) -> None:
    translate(po, tool, package, 受理="Accept")
    assert list(tool.faults(package, po)) == []


def test_a_new_text_keeps_the_old_translations(tool: ModuleType, package: Path, po: Path) -> None:
    translate(po, tool, package, 受理="Accept")
    (package / "b.py").write_text('z = _("派单")\n', encoding="utf-8")
    assert list(tool.faults(package, po)) == ["missing: '派单' (b.py)"]
    assert tool.update(package, po) == (3, 1)
    assert list(tool.faults(package, po)) == ["untranslated or fuzzy: '派单' (b.py)"]
    assert 'msgstr "Accept"' in po.read_text(encoding="utf-8")


def test_a_text_that_went_is_obsolete(tool: ModuleType, package: Path, po: Path) -> None:
    translate(po, tool, package, 受理="Accept")
    (package / "a.py").write_text('y = _("还有{n}件")\n', encoding="utf-8")
    assert list(tool.faults(package, po)) == ["obsolete: '受理'"]


def test_a_lost_name_in_braces_is_a_fault(tool: ModuleType, package: Path, po: Path) -> None:
    translate(po, tool, package, 受理="Accept")
    po.write_text(po.read_text(encoding="utf-8").replace("{n} to go", "some to go"), "utf-8")
    tool.update(package, po)
    assert list(tool.faults(package, po)) == ["names in braces differ: '还有{n}件' (a.py)"]


def test_a_stale_compiled_catalogue_is_a_fault(tool: ModuleType, package: Path, po: Path) -> None:
    translate(po, tool, package, 受理="Accept")
    po.write_text(po.read_text(encoding="utf-8").replace('"Accept"', '"Take in"'), "utf-8")
    assert list(tool.faults(package, po)) == [
        "stale: dutydesk.mo is not what dutydesk.po compiles to"
    ]


def test_the_catalogue_carries_no_dates_and_no_line_numbers(
    tool: ModuleType, package: Path, po: Path
) -> None:
    translate(po, tool, package, 受理="Accept")
    before = po.read_bytes()
    source = (package / "a.py").read_text(encoding="utf-8")
    (package / "a.py").write_text("\n\n\n" + source, encoding="utf-8")
    tool.update(package, po)
    assert po.read_bytes() == before


def test_nothing_is_nothing_in_every_language() -> None:
    i18n.use("en")
    try:
        assert i18n._("") == ""
    finally:
        i18n.use("zh_CN")
