"""What a field offers, and which of it a number, initials or a name means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dutydesk.text import fold
from dutydesk.views.pinyin import initials


@dataclass(frozen=True, slots=True)
class Option:
    """One value to choose: `label` is what is read, `words` what else it answers to."""

    value: str
    label: str
    note: str = ""
    words: tuple[str, ...] = ()

    def answers(self, typed: str) -> bool:
        """Whether a folded text is the beginning of its letters or stands in one of its names."""
        if typed.isascii():
            narrow = any(typed in fold(word) for word in self.names if word.isascii())
            return narrow or any(letters.startswith(typed) for letters in self.letters)
        return any(typed in fold(word) for word in self.names)

    @property
    def letters(self) -> tuple[str, ...]:
        """The initials of its names, found once per name and kept."""
        return tuple(dict.fromkeys(initials(name) for name in self.names))

    @property
    def names(self) -> tuple[str, ...]:
        return (self.value, self.label, *self.words)


def option(value: str, label: str = "", note: str = "", words: Iterable[str] = ()) -> Option:
    """An option; a value without a label is its own."""
    return Option(value, label or value, note, tuple(words))


def matching(options: Sequence[Option], typed: str) -> tuple[tuple[int, Option], ...]:
    """The options that a typed text may mean, each with its number from 1.

    Nothing typed means all; digits mean the options whose number begins with them; letters the
    initials; anything else a part of a name.
    """
    text = fold(typed).strip()
    numbered = tuple(enumerate(options, start=1))
    if not text:
        return numbered
    if text.isdigit():
        return tuple((n, one) for n, one in numbered if str(n).startswith(text))
    return tuple((n, one) for n, one in numbered if one.answers(text))


def resolve(options: Sequence[Option], typed: str, *, free: bool = False) -> str | None:
    """The one value that a typed text means: its number, its whole name, or the only match.

    None where nothing or more than one fits; with `free` the text itself stands then.
    """
    text = fold(typed).strip()
    if not text:
        return None
    if text.isdigit():
        number = int(text)
        if 1 <= number <= len(options):
            return options[number - 1].value
        return typed.strip() if free else None
    for one in options:
        if text in {fold(name) for name in one.names}:
            return one.value
    exact = [one for one in options if text in one.letters]
    found = exact or [one for _number, one in matching(options, typed)]
    if len(found) == 1 or (exact and found):
        return found[0].value
    return typed.strip() if free and not text.isascii() else None
