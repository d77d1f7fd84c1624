"""What must hold after any history; each broken promise is one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from history import History

from dutydesk.storage.verify import verify


def findings(history: History) -> list[str]:
    """Everything that is wrong, in words; empty where all is as it must be."""
    checks = (red_lost, raised_twice, moved_on, acts, sent_twice, log_and_outbox, order, causes)
    return [line for check in checks for line in check(history)]


def red_lost(history: History) -> Iterator[str]:
    """No red lost: every red rung that had come when a pass was over is an alarm on the record."""
    asked = "SELECT case_no, clock_id, planned_at FROM alarm WHERE light = 'red'"
    on_record = set(history.rows(asked))
    for red in sorted(history.reds - on_record):  # type: ignore[operator]
        yield f"red lost: {red}"
    late = "SELECT case_no, run FROM clock_run WHERE ended AND stopped_at > due_at AND on_time"
    for run in history.rows(late):
        yield f"red lost: {run} ended after its due time and counts as in time"


def raised_twice(history: History) -> Iterator[str]:
    """None raised twice: on the record once, its rungs without a gap, given to one seat to ring."""
    asked = (
        "SELECT case_no, clock_id, planned_at, light, addressees, count(*) FROM alarm "
        "WHERE case_no IS NOT NULL GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1"
    )
    for row in history.rows(asked):
        yield f"raised twice: {row}"
    gaps = (
        "SELECT case_no, clock_id, count(*), max(rung) FROM alarm WHERE case_no IS NOT NULL "
        "GROUP BY 1, 2 HAVING count(*) <> max(rung) + 1"
    )
    for row in history.rows(gaps):
        yield f"rungs with a gap: {row}"
    rung = Counter(key for seat in history.seats for key in seat.swept)
    for key, count in rung.items():
        if count > 1:
            yield f"raised twice: {key} was given to ring {count} times"


def moved_on(history: History) -> Iterator[str]:
    """No alarm stays live of a case that ended, or of a clock that runs no more."""
    asked = (
        "SELECT a.key FROM alarm a JOIN case_row c ON c.no = a.case_no "
        "LEFT JOIN clock_run r ON r.case_no = a.case_no AND r.id = a.clock_id "
        "AND r.stopped_at IS NULL "
        "WHERE a.ended_at IS NULL AND a.returned_at IS NULL "
        "AND (NOT c.is_open OR r.case_no IS NULL)"
    )
    for row in history.rows(asked):
        yield f"still live though its case moved on: {row[0]}"


def acts(history: History) -> Iterator[str]:
    """What was confirmed is on the record, once; the chain of the journal is whole."""
    store = history.seats[0].desk.store
    with store.unit() as unit:
        for case, key in history.done:
            if unit.kept(key) is None:
                yield f"act lost: {key} on {case}"
    found = verify(store)
    if not found.whole:
        yield f"the journal is broken: {found}"


def sent_twice(history: History) -> Iterator[str]:
    """No second sending with the same key, but for each that somebody chose and that is marked."""
    marks = dict(history.rows("SELECT key, confirmed_by FROM outbox"))  # type: ignore[arg-type]
    for key, count in Counter(one.key for one in history.platform.accepted).items():
        if count > 1 + history.marked[key]:
            yield f"sent twice: {key} {count} times, chosen {history.marked[key]} times"
        if count > 1 and not marks.get(key):
            yield f"sent twice without a mark: {key}"


def log_and_outbox(history: History) -> Iterator[str]:
    """The platform's log equals the outbox: what is SENT it has, what is not SENT it has not."""
    log = Counter(one.key for one in history.platform.accepted)
    texts = {one.key: one.text for one in history.platform.accepted}
    asked = "SELECT key, text, state, reason, channel FROM outbox"
    found = {str(row[0]): row for row in history.rows(asked)}
    for key in sorted(log.keys() - found.keys()):
        yield f"sent without being on the record: {key}"
    for key, (_key, text, state, reason, channel) in found.items():
        taken, chosen = log[key], history.marked[key]
        if state in ("DRAFT", "SENDING") and channel == "app":
            yield f"stuck: {key} is {state} {reason}"
        if channel == "app" and state == "SENT" and reason != "by_hand" and not taken:
            yield f"SENT and not in the log: {key}"
        if state == "FAILED" and taken and not chosen:
            yield f"FAILED and in the log: {key}"
        if taken and texts[key] != text:
            yield f"another text was sent: {key}"


def order(history: History) -> Iterator[str]:
    """Of one case nobody is told the second thing before the first.

    First is what was written earlier by the desk's clock as well: of what was written after the
    clock had been set back, or within one second, either may be first.
    """
    first: dict[str, int] = {}
    for place, one in enumerate(history.platform.accepted):
        first.setdefault(one.key, place)
    asked = (
        "SELECT case_no, recipient, key, created_at FROM outbox WHERE case_no IS NOT NULL "
        "AND state = 'SENT' AND channel = 'app' ORDER BY rowid"
    )
    told: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for case, recipient, key, at in history.rows(asked):
        if key not in first or history.marked[key]:
            continue
        for before, then in told.get((case, recipient), ()):
            if then < at and first[before] > first[key]:
                yield f"order: {key} was sent before {before}"
        told.setdefault((case, recipient), []).append((key, at))


def causes(history: History) -> Iterator[str]:
    """A message and its cause are on the record together, or neither is."""
    known = {f"{no}|{seq}" for no, seq in history.rows("SELECT case_no, seq FROM event")}
    asked = (
        "SELECT key FROM outbox WHERE case_no IS NOT NULL AND push IS NULL "
        "AND kind IN ('urge', 'supervise', 'reschedule') ORDER BY key"
    )
    told = [str(row[0]) for row in history.rows(asked)]
    for key in told:
        if "|".join(key.split("|")[:2]) not in known:
            yield f"a message without its cause: {key}"
    stems = {"|".join(key.split("|")[:2]) for key in told}
    if history.procedure == "xinchenglu":
        events = "SELECT case_no, seq FROM event WHERE verb IN ('urge', 'supervise')"
        for no, seq in history.rows(events):
            if f"{no}|{seq}" not in stems:
                yield f"a cause without its message: {no}|{seq}"
    waiting = (
        "SELECT p.id FROM push p WHERE p.state = 'WAITING' AND NOT EXISTS "
        "(SELECT 1 FROM outbox o WHERE o.push = p.id AND o.state <> 'SENT')"
    )
    for row in history.rows(waiting):
        yield f"all was sent and the act is not done: {row[0]}"
