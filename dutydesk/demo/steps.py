"""The steps of a story, each told by how many minutes ago it was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

COMMANDER = "commander:沈知远"
DEPUTY = "deputy_head:陆知行"
HEAD = "area_head:程远舟"
CENTRE = "street_centre:夏知秋"
NUMBERED = ("hotline_12345", "grid", "hotline_12319", "police_110", "online")
FIVE = dict.fromkeys(("complete", "law", "summary", "photos", "wording"), "pass")


@dataclass(frozen=True, slots=True)
class Step:
    """One act: minutes ago, verb, fields (a timedelta is an instant from now), who."""

    ago: float
    verb: str
    fields: Mapping[str, Any]
    by: str = COMMANDER
    on_behalf: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One case from its arrival to where it stands now."""

    label: str
    steps: tuple[Step, ...]


def after(minutes: float) -> timedelta:
    """An instant so many minutes from now."""
    return timedelta(minutes=minutes)


def story(label: str, *steps: Step) -> Story:
    """A case of this label; labels double as the upstream number."""
    return Story(label, steps)


def arrives(
    ago: float,
    label: str,
    channel: str,
    grid: str | None,
    place: str,
    category: str | None,
    what: str,
    **more: Any,
) -> Step:
    """It is registered; a numbered channel gets the invented upstream number 演练-LABEL."""
    fields: dict[str, Any] = {"channel": channel, "place": place, "description": what, **more}
    if channel in NUMBERED:
        fields["external_no"] = f"演练-{label}"
    if grid is not None:
        fields["grid"] = grid
    if category is not None:
        fields["category"] = category
    return Step(ago, "register", fields, CENTRE if channel in NUMBERED else COMMANDER)


def accepted(ago: float, grid: str, **more: Any) -> Step:
    """It is accepted at community level."""
    return Step(ago, "accept", {"as": "community", "grid": grid, **more})


def dispatched(ago: float, grid: str, **more: Any) -> Step:
    """It goes to the grid's workstation."""
    return Step(ago, "dispatch", {"station": grid, **more})


def linked(ago: float, difficulty: str, lead: str, *others: str, **more: Any) -> Step:
    """It is accepted for linkage, with lead and parties."""
    fields = {"as": "linkage", "difficulty": difficulty, "lead": lead, "parties": [lead, *others]}
    return Step(ago, "accept", {**fields, "reason": "需多部门到场", **more})


def instructed(ago: float, text: str) -> Step:
    """The deputy head's instruction goes on record."""
    return Step(ago, "record_instruction", {"giver": DEPUTY, "text": text, "channel": "phone"})


def informed(ago: float) -> Step:
    """The area head has been told."""
    return Step(ago, "report_to_head", {"channel": "phone", "outcome": "已知悉"})


def called(ago: float, party: str, outcome: str = "reached", **more: Any) -> Step:
    """A call to a party."""
    return Step(ago, "call", {"party": party, "outcome": outcome, **more})


def convened(ago: float, at: float, where: str, *parties: str, mode: str = "offline") -> Step:
    """The push has gone out: coordination in `at` minutes from now (negative: it was)."""
    fields = {"parties": list(parties), "time": after(at), "location": where, "mode": mode}
    return Step(ago, "convene", fields)


def came(ago: float, party: str, outcome: str = "arrived") -> Step:
    """A party is there, late or absent."""
    return Step(ago, "confirm_response", {"party": party, "outcome": outcome})


def agreed(ago: float, *duties: tuple[str, str, str]) -> Step:
    """The parties agree on their duties; the first leads."""
    rows = [
        {"party": party, "duty": duty, "limit": limit, "lead": index == 0}
        for index, (party, duty, limit) in enumerate(duties)
    ]
    return Step(ago, "record_outcome", {"agreed": True, "duties": rows, "basis": "演练法规第一条"})


def filed(ago: float, text: str, party: str | None = None, *, photos: bool = False) -> Step:
    """A party, or the station, files its result."""
    fields: dict[str, Any] = {"text": text}
    if party is not None:
        fields["party"] = party
    if photos:
        fields["attachments"] = [
            {"kind": "photo_before", "file": "演练-前.jpg"},
            {"kind": "photo_after", "file": "演练-后.jpg"},
        ]
    return Step(ago, "file_result", fields)


def closed(ago: float, report: str) -> Step:
    """It is closed with the five checks passed."""
    return Step(ago, "close", {"checks": FIVE, "report": report})


def noted(ago: float, text: str, **more: Any) -> Step:
    """A note, with a promise where one was given."""
    return Step(ago, "note", {"text": text, **more})


def asked(ago: float, verb: str, **fields: Any) -> Step:
    """Any other act of the commander."""
    return Step(ago, verb, fields)


def for_deputy(ago: float, verb: str, **fields: Any) -> Step:
    """An act of the deputy head, recorded by the commander."""
    return Step(ago, verb, fields, COMMANDER, DEPUTY)


def for_head(ago: float, verb: str, **fields: Any) -> Step:
    """An act of the area head, recorded by the commander."""
    return Step(ago, verb, fields, COMMANDER, HEAD)


def for_station(ago: float, station: str, verb: str, **fields: Any) -> Step:
    """An act of a workstation, recorded by the commander."""
    return Step(ago, verb, fields, COMMANDER, f"station:{station}")


def did(ago: float, verb: str, by: str, **fields: Any) -> Step:
    """Any act of anybody, as the procedure of another place has it."""
    return Step(ago, verb, fields, by)
