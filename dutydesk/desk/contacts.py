"""The list of contacts: in from a file with every row accounted for, out into one, numbers shown.

Numbers are personal data: what shows or hands them out, and who was taken off the list, is on the
record (X-3.2.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.desk.sheets import form_of, written
from dutydesk.errors import BadInput
from dutydesk.i18n import _, listed
from dutydesk.text import fold
from dutydesk.views.pinyin import initials
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk
    from dutydesk.intake.contacts import ContactLine
    from dutydesk.storage.contacts import Contact

LONGEST = 120
"""Characters of one cell; more is no name and no number."""
NAMED = 5
"""How many of those that leave the list at once the record names; the others are counted."""
_BETWEEN = re.compile(r"[、,，;；|/]+|\s{2,}|\s+(?=1\d{10})")
_NUMBER = re.compile(r"\+?\d[\d\- ()]{1,18}\d(?:(?:转|ext\.?|#)\d{1,6})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused row: the file's own line, column and value as the file has them, and why."""

    row: int
    column: str | None
    value: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of contacts accounted for: rows = new + changed + unchanged + rejected.

    `removed` are those of the list that a file which is the whole list does not name.
    """

    file: str
    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: tuple[Refusal, ...]
    dropped_controls: int
    dry_run: bool
    removed: int = 0


def contact(unit: str, name: str = "", **more: str | None) -> Contact:
    """A contact with its initials, found here once and kept with it."""
    from dutydesk.storage.contacts import Contact  # slow import

    letters = " ".join(filter(None, (initials(unit), initials(name))))
    return Contact(unit, name, initials=letters, **more)  # type: ignore[arg-type]


def keep(desk: Desk, found: Iterable[Contact]) -> None:
    """Write contacts, each by its unit and name."""
    with desk.store.unit() as unit:
        unit.save_contacts(list(found), desk.now())


def import_contacts(
    desk: Desk, path: str | Path, *, dry_run: bool = False, whole: Actor | None = None
) -> Listed:
    """Contacts from a file; a known unit and name takes what the row says. All rows or none.

    `whole` is who says that the file is the whole list: whoever it does not name is taken off,
    unless a row was rejected, which may be his. Raises BadInput for a file that is refused whole,
    StoreError when it cannot be saved.
    """
    from dutydesk.intake.contacts import read_contacts  # slow import
    from dutydesk.storage.contacts import everybody  # slow import

    lines = list(read_contacts(path))
    judge = _Judge(desk)
    fit = [one for line in lines if (one := judge.judged(line)) is not None]
    with desk.store.reading() as connection:
        known = {one.key: one for one in everybody(connection)}
    named = {one.key for one in fit}
    gone = [one for one in known.values() if one.key not in named]
    if whole is None or judge.refused:
        gone = []
    if whole is not None and gone and not dry_run:
        _take_off(desk, gone, whole)
    with desk.store.unit() as unit:
        known = {one.key: one for one in everybody(unit.connection)}
        new = [one for one in fit if one.key not in known]
        changed = [one for one in fit if one.key in known and not one.says(known[one.key])]
        if not dry_run:
            unit.save_contacts([*new, *changed], desk.now())
    return Listed(
        file=str(path),
        rows=len(lines),
        new=len(new),
        changed=len(changed),
        unchanged=len(fit) - len(new) - len(changed),
        rejected=tuple(judge.refused),
        dropped_controls=sum(line.dropped for line in lines),
        dry_run=dry_run,
        removed=len(gone),
    )


def remove_contact(desk: Desk, party: str, by: Actor) -> Contact:
    """Take somebody off the list, named as a call names him (单位 姓名).

    Raises BadInput where there is nobody of that name.
    """
    from dutydesk.storage.contacts import everybody  # slow import

    wanted = " ".join(fold(party).split())
    with desk.store.reading() as connection:
        known = everybody(connection)
    found = next((one for one in known if fold(f"{one.unit} {one.name}").strip() == wanted), None)
    if found is None:
        raise BadInput(
            _("通讯录里没有 {party}").format(party=party),
            expected=_("单位和姓名，像 contacts list 列出的那样"),
        )
    _take_off(desk, [found], by)
    return found


def _take_off(desk: Desk, gone: Sequence[Contact], by: Actor) -> None:
    """Say on the record who is taken off, then do it."""
    names = listed(f"{one.unit} {one.name}".strip() for one in gone[:NAMED])
    if len(gone) > NAMED:
        names = _("{names}等 {count} 个").format(names=names, count=len(gone))
    now = desk.now()
    text = _("从通讯录去掉 {names}").format(names=names)
    desk.execute(Act("note", by, now, now, None, {"text": text}))
    with desk.store.unit() as unit:
        unit.remove_contacts([one.id for one in gone], now)


class _Judge:
    """Turns lines into contacts, or into refusals with row, column and reason."""

    def __init__(self, desk: Desk) -> None:
        self._places = desk.ground.places
        self._seen: dict[tuple[str, str], int] = {}
        self.refused: list[Refusal] = []

    def judged(self, line: ContactLine) -> Contact | None:
        if line.broken:
            self.refused.append(Refusal(line.number, None, None, line.broken))
            return None
        fault = self._fault(line.cells)
        if fault is not None:
            name, reason = fault
            value = line.cells.get(name) or None
            self.refused.append(Refusal(line.number, line.names.get(name), value, reason))
            return None
        made = self._made(line.cells)
        first = self._seen.setdefault(made.key, line.number)
        if first != line.number:
            reason = _("与第 {first} 行是同一个单位和姓名：只取先出现的一行").format(first=first)
            self.refused.append(Refusal(line.number, line.names.get("unit"), made.unit, reason))
            return None
        return made

    def _fault(self, cells: Mapping[str, str]) -> tuple[str, str] | None:
        """The first thing wrong with a line: its field, and why."""
        if not cells.get("unit") and not cells.get("name"):
            return "unit", _("没有单位，也没有姓名：至少写一个")
        for name, text in cells.items():
            if len(text) > LONGEST:
                return name, _("超过 {most} 个字符：请核对这一列").format(most=LONGEST)
        for name in ("phone", "alternate"):
            wrong = next((t for t in _parts(cells.get(name, "")) if _number(t) is None), None)
            if wrong is not None:
                return name, _("“{text}”不是电话号码").format(text=wrong)
        area, grid = cells.get("area"), cells.get("grid")
        if area and self._places.area(area) is None:
            return "area", _("没有这个片区：空着表示各片区通用")
        if grid and self._places.grid(grid) is None:
            return "grid", _("没有这个网格：请写网格的名称或代码，或空着")
        return None

    def _made(self, cells: Mapping[str, str]) -> Contact:
        numbers = [_number(part) for part in _parts(cells.get("phone", ""))]
        numbers += [_number(part) for part in _parts(cells.get("alternate", ""))]
        numbers = list(dict.fromkeys(numbers))
        area = self._places.area(cells.get("area") or "")
        grid = self._places.grid(cells.get("grid") or "")
        return contact(
            cells.get("unit") or cells["name"],
            cells.get("name", "") if cells.get("unit") else "",
            kind=cells.get("kind") or "",
            area=area.code if area else grid.area if grid else None,
            grid=grid.name if grid else None,
            phone=numbers[0] if numbers else None,
            alternate=numbers[1] if len(numbers) > 1 else None,
            note=cells.get("note") or None,
        )


def _parts(text: str) -> list[str]:
    """The numbers that stand in one cell."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _number(text: str) -> str | None:
    """A telephone number as it is dialled, None for what is none; 110 and 12345 are numbers."""
    plain = fold(text).strip()
    if not _NUMBER.fullmatch(plain):
        return None
    return re.sub(r"[ ()]", "", plain)


HEADER = ("unit", "name", "kind", "area", "grid", "phone", "alternate", "note")


def export_contacts(desk: Desk, out: str | Path, by: Actor) -> int:
    """Write all contacts with their numbers into a file that `import` takes; gives how many.

    That they left is on the record. Raises BadInput for an unknown ending, a file that holds
    something already, or where nothing can be written.
    """
    from dutydesk.intake.contacts import contact_columns  # slow import
    from dutydesk.storage.contacts import everybody  # slow import

    path = Path(out)
    form_of(path)
    if path.exists() and path.stat().st_size:
        raise BadInput(_("文件已经在那里"), file=str(path), expected=_("另一个文件名"))
    with desk.store.reading() as connection:
        found = everybody(connection)
    rows = [[str(getattr(one, name) or "") for name in HEADER] for one in found]
    with written(path, contact_columns().columns, rows):
        reason = _("导出 {count} 条").format(count=len(rows))
        _log(desk, by, _("通讯录"), reason)
    return len(rows)


def _log(desk: Desk, by: Actor, party: str, reason: str) -> None:
    now = desk.now()
    desk.execute(Act("reveal", by, now, now, None, {"party": party, "reason": reason}))


def shown(desk: Desk, number: int) -> Contact:
    """A contact with its numbers; whoever asks has logged it by a `reveal`. BadInput when gone."""
    from dutydesk.storage.contacts import by_id  # slow import

    with desk.store.reading() as connection:
        found = by_id(connection, number)
    if found is None:
        raise BadInput(_("通讯录里已经没有这个人"))
    return replace(found, initials="")
