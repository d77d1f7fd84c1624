"""Where one order of a paste ends and the next begins: tables, rules, counts, labels, numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple

from dutydesk.intake.pasting.labelled import MOST_CELLS, labelled
from dutydesk.intake.pasting.searching import number_in, place_in
from dutydesk.intake.pasting.words import narrowed, words
from dutydesk.workflow.places import Places

_RULE = re.compile(r"[ ]{0,8}(?:-{4,}|={4,}|\*{4,}|_{4,}|—{3,}|─{3,}|…{3,}|~{4,}|#{4,})[ ]*$")
_NUMBERED = re.compile(
    r"[ ]{0,8}(?:[(【\[第]?(?P<digit>\d{1,3})(?:[)】\]]|[、.．:)](?!\d)|[件条单][、:. ]?)"
    r"|(?P<han>[一二三四五六七八九十]{1,2})、|(?P<ring>[①-⑳]))"
)
_HAN = "一二三四五六七八九十"
MOST = 100
"""Orders of one paste; more are a file."""
ORDER_LABELS = ("external_no", "place", "description")


class Parts(NamedTuple):
    """The orders of a paste, each as lines with labels, and what stood before them all."""

    orders: tuple[str, ...]
    head: str = ""


def parts_of(text: str, places: Places) -> Parts:
    """The orders in a text; one where nothing says that there are several."""
    for way in (_table, _ruled, _numbered, _repeated, _blocks, _lined):
        found = way(text, places)
        if len(found.orders) > 1:
            return found
    table = _table(text, places)
    return table if table.orders else Parts((text,))


def is_order(text: str, places: Places) -> bool:
    """Whether a piece says enough to be an order of its own: a number or a place."""
    raw = labelled(text).raw
    return bool({"external_no", "place"} & raw.keys()) or bool(
        number_in(text) or place_in(text, places)
    )


def _table(text: str, places: Places) -> Parts:
    """Rows of cells under a header of labels; a cell of several lines stands in quotes."""
    lines = text.splitlines()
    for at, line in enumerate(lines[:6]):
        sign = "\t" if "\t" in line else "|" if line.count("|") > 1 else ""
        if not sign:
            continue
        header = _split(line, sign)
        fields = [words().field(narrowed(cell)) for cell in header]
        named = {field for field in fields if field not in (None, "ignored")}
        # A header holds labels only; a copied page has values between its labels.
        if len(named) >= 3 and sum(f is None for f in fields) <= len(fields) // 2:
            rows = _rows(lines[at + 1 : at + 2 + 4 * MOST], sign)
            orders = tuple(_lines(header, row) for row in rows if not _is_rule(row))
            if not _under(header, rows):
                return Parts(())
            return Parts(orders, "\n".join(lines[:at]))
    return Parts(())


def _under(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether values stand under the labels: a row of labels and a row of values by turns do not
    make a second header."""
    return any(len(row) >= 2 for row in rows) and not any(
        sum(words().field(narrowed(cell)) not in (None, "ignored") for cell in row) >= 2
        for row in rows
        if row != header
    )


def _rows(lines: Sequence[str], sign: str) -> list[list[str]]:
    if sign == "|":
        return [_split(line, sign) for line in lines if line.strip()]
    csv.field_size_limit(1_000_000)
    read = csv.reader((line + "\n" for line in lines), delimiter="\t")
    return [row for row in read if any(cell.strip() for cell in row)]


def _split(line: str, sign: str) -> list[str]:
    cells = [cell.strip() for cell in line.split(sign)[:MOST_CELLS]]
    return cells[1:-1] if sign == "|" and line.strip().startswith("|") else cells


def _is_rule(row: Sequence[str]) -> bool:
    return all(not cell.strip("-=: ") for cell in row)


def _lines(header: Sequence[str], row: Sequence[str]) -> str:
    """A row of a table as lines with labels."""
    return "\n".join(
        f"{name}：{' '.join(cell.split())}"
        for name, cell in zip(header, row, strict=False)
        if name and cell.strip()
    )


def _ruled(text: str, places: Places) -> Parts:
    """Pieces between rules; all must be orders, but the first may be a heading."""
    pieces: list[list[str]] = [[]]
    for line in text.splitlines():
        if _RULE.match(line):
            pieces.append([])
        else:
            pieces[-1].append(line)
    texts = [piece for lines in pieces if (piece := "\n".join(lines).strip())]
    orders = [piece for piece in texts if is_order(piece, places)]
    if len(orders) < 2 or len(texts) - len(orders) > 1:
        return Parts(())
    head = texts[0] if texts[0] not in orders else ""
    return Parts(tuple(orders), head) if head or len(texts) == len(orders) else Parts(())


def _numbered(text: str, places: Places) -> Parts:
    """1、 2、 3、 at the beginning of lines, in their order, unless they count inside a matter."""
    lines, starts, wanted = text.splitlines(), [], 1
    for at, line in enumerate(lines):
        if _count(line) == wanted:
            starts.append(at)
            wanted += 1
    if len(starts) < 2 or set(labelled("\n".join(lines[: starts[0]])).raw) & {*ORDER_LABELS}:
        return Parts(())
    if place_in(lines[starts[0] - 1], places) and starts[0] > 0:
        return Parts(())
    ends = [*starts[1:], len(lines)]
    pieces = []
    for start, end in zip(starts, ends, strict=True):
        first = _NUMBERED.sub("", narrowed(lines[start])[:12], count=1)
        pieces.append("\n".join([first + lines[start][12:], *lines[start + 1 : end]]).strip())
    good = sum(is_order(piece, places) for piece in pieces)
    enough = good >= 2 and good * 2 >= len(pieces)
    return Parts(tuple(pieces), "\n".join(lines[: starts[0]])) if enough else Parts(())


def _count(line: str) -> int:
    found = _NUMBERED.match(narrowed(line[:12]))
    if found is None:
        return 0
    if found["digit"]:
        return int(found["digit"])
    if found["ring"]:
        return ord(found["ring"]) - ord("①") + 1
    han = found["han"]
    return _HAN.index(han) + 1 if len(han) == 1 else 10 + _HAN.index(han[1]) + 1


def _repeated(text: str, places: Places) -> Parts:
    """The label with which the first order begins comes again at the beginning of lines."""
    lines = text.splitlines()
    named = [_first_label(line) for line in lines]
    first = next((name for name in named if name in ORDER_LABELS), None)
    if first is None or named.count(first) < 2:
        return Parts(())
    begin = next(at for at, name in enumerate(named) if name is not None)
    # Where something like the source stands before the number, the order begins with that.
    lead = named[begin] if named.count(named[begin]) == named.count(first) else first
    starts = [at for at, name in enumerate(named) if name == lead]
    ends = [*starts[1:], len(lines)]
    orders = ["\n".join(lines[s:e]).strip() for s, e in zip(starts, ends, strict=True)]
    return Parts(tuple(orders), "\n".join(lines[: starts[0]]))


def _first_label(line: str) -> str | None:
    found = labelled(line)
    return next(iter(found.raw), None) if len(line) < 2_000 else None


def _blocks(text: str, places: Places) -> Parts:
    """Paragraphs between blank lines, if each has its own number, or none has any label and each
    has another place."""
    pieces = [piece.strip() for piece in re.split(r"\n[ \t]*\n", text) if piece.strip()]
    if not 2 <= len(pieces) <= MOST + 1:
        return Parts(())
    for head, rest in (("", pieces), (pieces[0], pieces[1:])):
        numbers = [labelled(p).value("external_no") or number_in(p) for p in rest]
        if len(rest) > 1 and all(numbers) and len(set(numbers)) == len(rest):
            return Parts(tuple(rest), head)
    found = [place_in(piece, places) for piece in pieces]
    plain = not any(labelled(piece).raw for piece in pieces)
    if plain and all(found) and len(set(found)) == len(found):
        return Parts(tuple(pieces))
    return Parts(())


def _lined(text: str, places: Places) -> Parts:
    """Lines that each tell a number of their own and a place, without any label."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 2 <= len(lines) <= MOST or labelled(text).raw:
        return Parts(())
    numbers = [number_in(line) for line in lines]
    own = all(numbers) and len(set(numbers)) == len(numbers)
    good = own and all(place_in(line, places) for line in lines)
    return Parts(tuple(lines)) if good else Parts(())
