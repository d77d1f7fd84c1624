"""The category tree of a desk: what its procedure names, and what was loaded; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.matters import folded

CODE = "category_code"
"""Under which a case keeps the code of its category as it was when the category was said."""
FIELDS = ("name", "above", "key", "retired")
MOST_LEVELS = 9
"""More levels than any tree has: a ring in a damaged one ends here."""


@dataclass(frozen=True, slots=True)
class Category:
    """One category; `above` is the code of the one over it, blank at the top.

    `key` marks a key field (X-7.1.3) or a first domain (K-2.2.2). A retired one is picked no more;
    the cases that have it keep it.
    """

    code: str
    name: str = ""
    above: str = ""
    key: str = ""
    retired: str = ""


@dataclass(frozen=True)
class Categories:
    """The tree; `loaded` tells whether a file has been put in, so that unknown says something."""

    items: tuple[Category, ...] = ()
    loaded: bool = False
    _codes: Mapping[str, Category] = field(init=False, repr=False, compare=False)
    _names: Mapping[str, tuple[Category, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names: dict[str, list[Category]] = {}
        for one in self.items:
            names.setdefault(folded(one.name), []).append(one)
        object.__setattr__(self, "_codes", {one.code: one for one in self.items})
        object.__setattr__(self, "_names", {name: tuple(v) for name, v in names.items()})

    def get(self, code: str | None) -> Category | None:
        """The category of a code, retired ones too."""
        return self._codes.get(code) if code else None

    def one(self, text: str | None) -> Category | None:
        """The category in use that a text means: its code, its name, or 上级/名称.

        None for nothing, for an unknown text, and for a name that several have.
        """
        if not text:
            return None
        found = self.get(text.strip())
        if found is not None:
            return found
        above, _, name = text.rpartition("/")
        fitting = [c for c in self._names.get(folded(name), ()) if not c.retired]
        if above:
            wanted = folded(above.rpartition("/")[2])
            fitting = [c for c in fitting if self._above_named(c) == wanted]
        return fitting[0] if len(fitting) == 1 else None

    def text(self, one: Category) -> str:
        """How a category is said: its name, behind the one above it where several have it."""
        same = [c for c in self._names[folded(one.name)] if not c.retired]
        above = self.get(one.above)
        return f"{above.name}/{one.name}" if len(same) > 1 and above is not None else one.name

    def path(self, one: Category) -> tuple[Category, ...]:
        """A category behind all that are over it, the top first."""
        found, here = [one], self.get(one.above)
        while here is not None and len(found) < MOST_LEVELS:
            found.append(here)
            here = self.get(here.above)
        return tuple(reversed(found))

    def key(self, one: Category) -> str:
        """The key field under which a category falls, blank for none."""
        return next((c.name for c in reversed(self.path(one)) if c.key), "")

    def leaves(self) -> Iterator[Category]:
        """The categories in use that have none below them: what a case is filed under."""
        above = {one.above for one in self.items if not one.retired}
        return (one for one in self.items if not one.retired and one.code not in above)

    def _above_named(self, one: Category) -> str | None:
        above = self.get(one.above)
        return folded(above.name) if above is not None else None


NO_CATEGORIES = Categories()


def of_procedure(raw: Mapping[str, Any]) -> tuple[Category, ...]:
    """What a procedure itself names: its domains, and the lists that belong to the tree."""
    found = [
        Category(str(entry["code"]), str(entry["zh"]), key="是" if entry.get("key") else "")
        for entry in raw.get("domains", ())
    ]
    for slot in raw.get("slots", ()):
        if slot.get("tree"):
            code = str(slot["code"])
            for number, entry in enumerate(slot.get("entries", ()), start=1):
                found.append(Category(f"{code}.{number:02d}", str(entry["item"])))
    return tuple(found)


def tree(raw: Mapping[str, Any], loaded: tuple[Category, ...]) -> Categories:
    """The procedure's own categories with the loaded ones behind them; a loaded code replaces."""
    codes = {one.code for one in loaded}
    own = tuple(one for one in of_procedure(raw) if one.code not in codes)
    return Categories((*own, *loaded), loaded=bool(loaded))


def filed_under(case: Case, before: Case, categories: Categories) -> Case:
    """The case with the code of a category that has just been said; an older code stays.

    A category that the tree does not know, or knows more than once, is kept as it was said and has
    no code (an import's own code among them).
    """
    if case.category == before.category:
        return case
    found = categories.one(case.category)
    rest = {name: value for name, value in case.extra if name != CODE}
    if found is not None:
        rest[CODE] = found.code
    return replace(case, extra=tuple(sorted(rest.items())))
