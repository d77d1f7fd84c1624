"""The numbers of the menu: each thing has its own for good, so that fingers can learn it.

One digit is the act with that number on the selected case, two are a screen or a list, three
somebody's presence (7, post, status) or an act without a digit (4 and its place among the acts).
"""

from __future__ import annotations

from collections.abc import Sequence

SCREENS = {
    "search": "11", "register": "12", "command": "13", "filters": "14", "import": "15",
    "contacts": "16", "incoming": "17", "promises": "18", "inspect": "19", "handover": "20",
    "writebacks": "21", "papers": "22", "files": "23", "leaving": "24", "late": "25",
    "bundles": "26", "acknowledge": "27", "help": "28", "case": "29", "standing": "30",
    "note": "31", "roll-call": "32", "mark": "33", "back": "34", "reread": "35",
    "alarms": "37", "forecast": "10",
    "quit": "36",
    "outbox": "38", "logins": "39", "sample": "40",
}  # fmt: skip
ALL, OVERDUE = "50", "51"
ACT, LONG = "4", 3
"""How the number of an act without a digit begins, and how many digits it has."""
_BAYS = 52
LANGUAGE = "98"
PRESENCE = ("present", "out", "off")


def bay(place: int) -> str:
    """The number of a bay's list, by its place on the board from 0."""
    return str(_BAYS + place)


def presence(post: int, status: str) -> str:
    """The number of one status of the post at a place from 0."""
    return f"7{post + 1}{PRESENCE.index(status) + 1}"


def act(verb: str, verbs: Sequence[str]) -> str:
    """The number of an act that has no digit where the case stands."""
    return f"{ACT}{list(verbs).index(verb) + 1:02}"
