"""A storm: forty cases in thirty minutes, one commander, half the roster absent.

Everything takes the time that it takes by hand; the seconds are estimates of this house, written
down here so that they can be argued with. The commander is a list of rules, not clairvoyant: he
begins the most pressing thing there is, finishes it, and looks again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.acceptance.real_desk import RealDesk

START = "2026-11-20T18:00:00"
OFF = ("inspector", "area_head", "night_desk", "公安", "市场监管")
"""Five of the nine posts: both who are told and two of three leads do not answer."""

KEY_S = 0.5
READ_S = 8
"""To look at a case and to see what it is."""
ACCEPT_S = READ_S + 10 * KEY_S + 4
"""Accept: read, ten keys, a moment for the parties; with the dispatch in the same form."""
REACHED_S = 45
UNANSWERED_S = 25
"""A call: lift, dial, speak, put down; ten rings that nobody hears."""
EACH_S = 8
"""To name one more case in a call that is made anyway."""
MARK_S = 5 * KEY_S
"""Four digits and a plus."""
CONVENE_S = 35
"""Time and place looked at, the message copied, pasted and sent, Enter."""
SILENT = ("area_head", "公安", "市场监管")


@dataclass(frozen=True)
class Arrival:
    """A case that comes in `second`s after the storm began."""

    label: str
    second: int
    kind: str
    parties: tuple[str, ...] = ("城管", "公安")

    @property
    def urgent(self) -> bool:
        return self.kind == "urgent"


def arrivals() -> tuple[Arrival, ...]:
    """8 urgent (three of them within two minutes), 14 linkage, 18 for the stations."""
    urgent = (60, 240, 420, 470, 530, 900, 1230, 1560)
    found = [Arrival(f"u{n}", s, "urgent", _parties(n)) for n, s in enumerate(urgent)]
    found += [
        Arrival(f"l{n}", 30 + 125 * n, "simple" if n % 3 == 2 else "complex", _parties(n))
        for n in range(14)
    ]
    found += [Arrival(f"g{n}", 10 + 97 * n, "community") for n in range(18)]
    return tuple(sorted(found, key=lambda one: one.second))


def _parties(n: int) -> tuple[str, ...]:
    return (("城管", "公安"), ("城管", "市场监管"), ("城管", "公安", "市场监管"))[n % 3]


class Storm:
    """Plays the storm; with `bundles` several cases share a call and a message."""

    def __init__(self, *, bundles: bool) -> None:
        self.desk = RealDesk(START, OFF)
        self.bundles = bundles
        self.calls = 0
        self.coming = list(arrivals())
        self.known: dict[str, Arrival] = {}
        self.accepted: list[str] = []
        self.convened: dict[str, datetime] = {}
        self.began = self.desk.now

    # Time.

    def spend(self, seconds: float) -> None:
        """Hands and voice are busy so long; cases come in and clocks run meanwhile."""
        end = self.desk.now + timedelta(seconds=round(seconds))
        while self.coming and self._at(self.coming[0]) <= end:
            self._arrive(self.coming.pop(0))
        self.desk.until(end)

    def _at(self, one: Arrival) -> datetime:
        return self.began + timedelta(seconds=one.second)

    def _arrive(self, one: Arrival) -> None:
        self.desk.until(self._at(one))
        more = {} if one.kind != "community" else {"upstream_due": self.began + timedelta(hours=20)}
        self.desk.register(one.label, urgent=one.urgent, **more)
        self.known[one.label] = one

    # What there is to do.

    def play(self) -> None:
        """Until everything that came is accepted, and convened or dispatched."""
        self._standing_instruction()
        while self.coming or self.waiting(*KINDS) or self.to_convene(*LINKAGE):
            self._next()

    def waiting(self, *kinds: str) -> list[str]:
        """What has come and is not accepted, the first first."""
        return [n for n, a in self.known.items() if a.kind in kinds and n not in self.accepted]

    def to_convene(self, *kinds: str) -> list[str]:
        return [n for n in self.accepted if self.known[n].kind in kinds and n not in self.convened]

    def _next(self) -> None:
        """Urgent before linkage before the rest; what is begun is finished."""
        for kinds in (("urgent",), ("complex", "simple")):
            if waiting := self.waiting(*kinds):
                self._accept(waiting[0])
                return
            if ready := self.to_convene(*kinds):
                self._convene(ready if self.bundles else ready[:1])
                return
        if waiting := self.waiting("community"):
            self._accept(waiting[0])
        else:
            self.spend(1)

    # The hands.

    def _standing_instruction(self) -> None:
        self._phone("deputy_head", 1)
        until = self.desk.now + timedelta(hours=6)
        every = ["simple", "complex", "difficult", "urgent", "major"]
        told = {"giver": "deputy_head", "text": "暴雨期间先处置后报", "channel": "phone"}
        self.desk.do("standing_instruction", None, **told, difficulties=every, until=until)

    def _accept(self, label: str) -> None:
        one = self.known[label]
        self.spend(ACCEPT_S)
        self.accepted.append(label)
        if one.kind == "community":
            self.desk.do("accept", label, as_="community", grid="嘉乐")
            self.desk.do("dispatch", label, station="嘉乐")
            return
        given = {"as_": "linkage", "difficulty": one.kind, "lead": "城管", "basis": "市容条例"}
        self.desk.do("accept", label, **given, parties=list(one.parties))

    def _phone(self, who: str, cases: int) -> str:
        """One call of the handset; gives how it ended."""
        self.calls += 1
        silent = who in SILENT
        self.spend(UNANSWERED_S if silent else REACHED_S + EACH_S * (cases - 1))
        return "no_answer" if silent else "reached"

    def _convene(self, labels: Sequence[str]) -> None:
        """Report, call each party once, send one message: each act for all that it concerns."""
        if len(labels) > 1:
            self.spend(MARK_S * len(labels))
        urgent = [n for n in labels if self.known[n].urgent]
        if urgent:
            outcome = self._phone("area_head", len(urgent))
            self._do("report_to_head", urgent, channel="phone", outcome=outcome)
        for party, concerned in self._concerned(labels):
            outcome = self._phone(party, len(concerned))
            self._do("call", concerned, party=party, outcome=outcome)
        self.spend(CONVENE_S)
        self._push(labels)
        self.convened |= dict.fromkeys(labels, self.desk.now)

    def _concerned(self, labels: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
        """Each party that must be rung before the push, with its cases; simple ones need none."""
        called = [n for n in labels if self.known[n].kind != "simple"]
        for party in dict.fromkeys(p for n in called for p in self.known[n].parties):
            yield party, [n for n in called if party in self.known[n].parties]

    def _do(self, verb: str, labels: Sequence[str], **fields: object) -> None:
        if len(labels) > 1:
            self.desk.do_all(verb, labels, **fields)
        else:
            self.desk.do(verb, labels[0], **fields)

    def _push(self, labels: Sequence[str]) -> None:
        """One message; every case keeps its own parties."""
        time = self.desk.now + timedelta(minutes=20)
        meeting = {"time": time, "location": "迎园路口", "mode": "offline"}
        each = {n: {"parties": list(self.known[n].parties)} for n in labels}
        self.desk.do_each("convene", each, **meeting)


LINKAGE = ("urgent", "complex", "simple")
KINDS = (*LINKAGE, "community")
