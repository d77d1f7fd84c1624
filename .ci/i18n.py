"""The English catalogue: `update` draws the texts from the source and compiles, `check` judges.

The .po carries no dates and no line numbers, so that it changes only where a text does.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "dutydesk"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "dutydesk.po"
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""How many texts a call holds, by its name."""
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: dutydesk\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
Texts = dict[str | tuple[str, str], set[str]]
Translations = dict[str | tuple[str, str], str | tuple[str, ...]]


def drawn(package: Path) -> Texts:
    """Every translatable text under the package, with the files it stands in.

    The syntax tree is read: a text inside an f-string or inside another call counts too.
    """
    texts: Texts = {}
    for file in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                message = _message(node.func.id, node.args)
                if message:
                    texts.setdefault(message, set()).add(file.relative_to(package).as_posix())
    return texts


def _message(name: str, arguments: list[ast.expr]) -> str | tuple[str, str] | None:
    """The text of a call of `name`, both forms where it counts; None where it holds none."""
    said = [
        node.value
        for node in arguments[: KEYWORDS.get(name, 0)]
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    if len(said) == 2:
        return said[0], said[1]
    return said[0] if len(said) == 1 else None


def read(po: Path) -> Catalog:
    """The catalogue as it stands; an empty one when there is none."""
    if not po.exists():
        return Catalog(locale="en")
    with po.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def translations(catalog: Catalog) -> Translations:
    """What is translated and not fuzzy."""
    return {
        message.id: message.string  # type: ignore[misc]
        for message in catalog
        if message.id and not message.fuzzy and _whole(message)
    }


def _whole(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(strings) and all(strings)


def written(texts: Texts, known: Translations) -> str:
    """The .po: header, then texts in the order of their first file and spelling."""
    parts = [HEADER]
    for text, files in sorted(texts.items(), key=lambda item: (min(item[1]), str(item[0]))):
        lines = [f"#: {' '.join(sorted(files))}"]
        if isinstance(text, tuple):
            lines += ["#, python-brace-format"] if "{" in text[0] else []
            one, many = tuple(known.get(text, ("", "")))
            lines += [f"msgid {_quoted(text[0])}", f"msgid_plural {_quoted(text[1])}"]
            lines += [f"msgstr[0] {_quoted(one)}", f"msgstr[1] {_quoted(many)}"]
        else:
            lines += ["#, python-brace-format"] if "{" in text else []
            lines += [f"msgid {_quoted(text)}", f"msgstr {_quoted(str(known.get(text, '')))}"]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    lines = escaped.split("\n")
    if len(lines) == 1:
        return f'"{escaped}"'
    pieces = [line + "\\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return '""\n' + "\n".join(f'"{piece}"' for piece in pieces)


def compiled(catalog: Catalog) -> bytes:
    """The .mo of a catalogue; the same bytes for the same texts, whenever it is compiled."""
    catalog.creation_date = catalog.revision_date = NO_DATE
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _fields(text: str) -> set[str]:
    """The names in braces, read as str.format reads them."""
    try:
        tree = ast.parse("f" + repr(text), mode="eval")
    except SyntaxError:
        return set()
    return {
        ast.unparse(node.value) for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)
    }


def faults(package: Path, po: Path) -> Iterator[str]:
    """Every reason why the English catalogue is not complete, one line each."""
    texts, catalog = drawn(package), read(po)
    known = translations(catalog)
    listed = {message.id for message in catalog if message.id}
    for text, files in sorted(texts.items(), key=lambda item: str(item[0])):
        where = min(files)
        if text not in listed:
            yield f"missing: {text!r} ({where})"
        elif text not in known:
            yield f"untranslated or fuzzy: {text!r} ({where})"
        elif isinstance(text, str) and _fields(text) != _fields(str(known[text])):
            yield f"names in braces differ: {text!r} ({where})"
    yield from (f"obsolete: {text!r}" for text in sorted(map(str, listed - set(texts))))
    yield from (f"obsolete: {text!r}" for text in sorted(map(str, catalog.obsolete)))
    mo = po.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(catalog):
        yield f"stale: {mo.name} is not what {po.name} compiles to"


def update(package: Path, po: Path) -> tuple[int, int]:
    """Write .po and .mo, keeping every translation whose text still stands; (texts, open)."""
    texts = drawn(package)
    known = translations(read(po))
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(written(texts, known), encoding="utf-8")
    po.with_suffix(".mo").write_bytes(compiled(read(po)))
    return len(texts), len(set(texts) - set(known))


def main() -> int:
    """`update` or `check`; 1 when something is missing, 2 for anything else."""
    if sys.argv[1:] == ["update"]:
        count, still_open = update(PACKAGE, PO)
        print(f"i18n: {count} texts, {still_open} still to translate")
        return 0
    if sys.argv[1:] != ["check"]:
        print("usage: i18n.py update|check")
        return 2
    found = list(faults(PACKAGE, PO))
    print("\n".join(found[:60]))
    if found:
        print(
            f"i18n: {len(found)} fault(s); run .venv/bin/python .ci/i18n.py update, then translate"
        )
        return 1
    print("i18n: the English catalogue is complete")
    return 0


if __name__ == "__main__":
    sys.exit(main())
