"""What the commonest tasks may cost in keys of the keypad, and which keys a keypad has."""

from __future__ import annotations

from forms_stage import Stage

from dutydesk.screens.parts.beyond import KEYPAD

SIGNS = {"*": "asterisk", "+": "plus", "-": "minus", "/": "slash", ".": "full_stop"}
MOST = {
    "next case of mine": 1,
    "accept and dispatch": 2,
    "log a call": 2,
    "accept and convene simple with 3 parties": 8,
    "urgent, whole chain with 3 calls": 15,
    "roll-call of 3": 5,
    "done, result and 2 photos": 6,
    "outcome for 3 parties": 6,
    "close and copy upstream": 8,
    "register from a paste": 3,
    "promise": 2,
    "ring the citizen": 2,
}
"""product.md, the hands of the desk: keypad keys, free text not counted."""


async def keypad(desk: Stage, *keys: str) -> None:
    """Press keys that a keypad has with NumLock on, each counted."""
    foreign = [key for key in keys if SIGNS.get(key, key) not in KEYPAD]
    assert not foreign, f"no keypad has {foreign}"
    await desk.press(*keys)


def costs(desk: Stage, task: str) -> None:
    """That the keys pressed so far are no more than the task may cost."""
    assert desk.keys <= MOST[task], (task, desk.keys)
