"""The only place that knows concrete parts: settings become a store, a clock, and a desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.clock import Clock, ManualClock, SystemClock
from dutydesk.config import procedures
from dutydesk.config.calendars import calendar_of, shipped_calendar
from dutydesk.config.database import database_url
from dutydesk.config.places import load_ground, load_places
from dutydesk.config.roster import roster_of
from dutydesk.config.settings import Settings, data_folder
from dutydesk.config.toml_text import all_of, line_of, nearest
from dutydesk.desk import Desk
from dutydesk.desk.attachments import AttachmentFolder
from dutydesk.desk.ground import Ground
from dutydesk.desk.plan import FullPlan
from dutydesk.desk.tools import Tools
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _, language
from dutydesk.storage import Store, duty
from dutydesk.workflow.context import Fallback
from dutydesk.workflow.duty.hours import Hours
from dutydesk.workflow.duty.model import DutyState
from dutydesk.workflow.places import Area, Places
from dutydesk.workflow.procedure import Procedure

if TYPE_CHECKING:
    from dutydesk.notify.worker import Sender

MEMORY = "sqlite://"


def open_desk(
    settings: Settings,
    *,
    clock: Clock | None = None,
    create: bool = False,
    only_read: bool = False,
    drill: bool = False,
) -> Desk:
    """The desk that the settings describe; what leaves one for a ``drill`` says so.

    Raises StoreError when the store is missing (unless ``create``), locked, damaged or newer, and
    with ``only_read``, under which nothing is written, when it is older;
    BadInput for a wrong procedure or places file, or a roster with somebody whom the channels do
    not reach; Refused where open cases stand in states that
    the procedure does not have: nothing is changed then.
    """
    clock = clock or SystemClock()
    ground = ground_of(settings)
    if settings.channel and not drill:
        from dutydesk.notify.reach import refuse_unreachable  # slow import

        refuse_unreachable(settings, ground.procedure)
    url, ends = database_url(settings), end_states(ground.procedure)
    store = Store.open(url, create=create, only_read=only_read, end_states=ends)
    try:
        _refuse_to_strand(store, ground.procedure)
    except BaseException:
        store.close()
        raise
    files = AttachmentFolder(files_folder(store.path))
    tools = tools_of(settings, keep=not drill)
    carries = {} if drill else ways_out(settings)
    return Desk(store, clock, replace(ground, drill=drill, carries=carries), files, tools)


def _refuse_to_strand(store: Store, procedure: Procedure) -> None:
    """A changed procedure leaves no open case without a way: Refused with the states and counts."""
    from dutydesk.storage.queries.running import by_state  # slow import

    with store.reading() as connection:
        standing = by_state(connection)
    known = {state.name for state in procedure.states.values() if not state.end}
    gone = {name: count for name, count in sorted(standing.items()) if name not in known}
    if gone:
        params = {"procedure": procedure.name, "states": gone, "count": sum(gone.values())}
        raise Refused("cases_stranded", params, procedure.cites("cases_stranded"))


def ways_out(settings: Settings) -> Mapping[str, str]:
    """Which channel carries a kind of message; BadInput for a channel that is not whole."""
    if not settings.channel:
        return {}
    from dutydesk.notify.registry import channels_of  # slow import

    return channels_of(settings).carries


def senders_of(
    settings: Settings, desk: Desk, on_fault: Callable[[str], None] | None = None
) -> tuple[Sender, ...]:
    """What sends the messages of a desk, one for each channel; none without channels.

    `on_fault` is told, in the sender's thread, where the store could not be used; each fault once.
    BadInput for a channel that is not whole. Whoever is behind a recipient is looked up when a
    message goes out: the person on duty then.
    """
    from dutydesk.desk.outboxing import strand  # slow import

    strand(desk, settings.channel)
    if not settings.channel:
        return ()
    from dutydesk.desk.pushing import settle  # slow import
    from dutydesk.notify.address import address_of  # slow import
    from dutydesk.notify.office import Office  # slow import
    from dutydesk.notify.registry import channels_of  # slow import
    from dutydesk.notify.worker import Sender  # slow import

    def state() -> DutyState:
        with desk.store.reading() as connection:
            return duty.load(connection, desk.ground.area)

    address = address_of(desk.context, state)
    return tuple(
        Sender(
            Office(
                desk.store, desk.ground.area, channel, desk.clock, address, lambda: settle(desk)
            ),
            on_fault,
        )
        for channel in channels_of(settings).by_name.values()
    )


def ground_of(settings: Settings) -> Ground:
    """Procedure, places, hours and roster as the settings say."""
    procedure = in_force(sound(procedure_name(settings)), settings)
    places = places_of(settings, procedure)
    codes = [area.code for area in places.areas]
    _check_area(settings, codes)
    roster = roster_of(settings, codes, procedure.parts)

    def number(name: str) -> str | None:
        person = roster.person(name)
        return person.phone or None if person is not None else None

    return Ground(
        procedure=procedure,
        places=places,
        hours=_hours(settings),
        area=settings.desk.area,
        plan=roster,
        fallback=Fallback(settings.fallback.min_operators, settings.fallback.min_leads),
        number=number,
        language=language(),
    )


def _check_area(settings: Settings, codes: Sequence[str]) -> None:
    """BadInput with its line where the desk's area is none of the places."""
    area, file = settings.desk.area, settings.file
    if area in codes:
        return
    line = line_of(file.read_text(encoding="utf-8"), ("desk", "area")) if file else None
    raise BadInput(
        _("desk.area：没有片区“{area}”；{hint}").format(area=area, hint=nearest(area, codes)),
        file=str(file) if file else None,
        line=line,
        expected=all_of(area, codes),
    )


def tools_of(settings: Settings, *, keep: bool = True) -> Tools:
    """What the settings say of pictures, opening, printing and the watched inbox.

    Without `keep` pictures from the clipboard go into a folder of the system that is thrown away.
    """
    files = settings.files
    return Tools(
        pictures=settings.path(files.pictures) if files.pictures else None,
        clipboard=files.clipboard,
        opener=files.open,
        printer=settings.print.command,
        clips=data_folder() / "clips" if keep else None,
        inbox=settings.path(settings.inbox.folder) if settings.inbox.folder else None,
    )


def procedure_name(settings: Settings) -> str:
    """The procedure that the settings name: a shipped one, or a file seen from the settings."""
    return procedures.named(settings)


def places_of(settings: Settings, procedure: Procedure) -> Places:
    """The places that the settings name, else the shipped ones where they are this procedure's own.

    Any other desk begins with one area of its own, without grids, until it names a file.
    """
    named = settings.desk.places
    if named:
        return load_places(settings.path(named))
    shipped = load_ground(None)
    if shipped.procedure in (procedure.name, procedure.values.get("extends")):
        return shipped.places
    name = procedure.label.zh
    return Places((Area(settings.desk.area, name, "", "west", (), name),), street=name)


def in_force(procedure: Procedure, settings: Settings) -> Procedure:
    """The procedure, where it is tried or in force at this desk already (K-2.2.3)."""
    if procedure.values.get("rollout") == "following":
        said = _('规程 {name} 在本台还没有启用（rollout = "following"）')
        expected = _("先用 pilot 试点，或 live 启用；演练和 procedure show 不受影响")
        file = procedure_name(settings)
        raise BadInput(said.format(name=procedure.name), file=file, expected=expected)
    return procedure


def end_states(procedure: Procedure) -> frozenset[str]:
    """The states in which a case has ended: the store keeps what is open apart."""
    return frozenset(state.name for state in procedure.states.values() if state.end)


def sound(name: str) -> Procedure:
    """A procedure that is proved; BadInput with the first fault of a file that is not.

    The shipped ones are proved before they ship, so that no start pays for it.
    """
    found = procedures.load(name)
    if name in procedures.names():
        return found
    from dutydesk.views.problems import problem_words  # slow import
    from dutydesk.workflow.check import check  # slow import

    problems = check(found)
    if problems:
        raise BadInput(
            problem_words(problems[0]),
            file=name,
            expected=_("全部 {count} 处：dutydesk procedure check {file}").format(
                count=len(problems), file=name
            ),
        )
    return found


def _hours(settings: Settings) -> Callable[[str], Hours]:
    calendar = calendar_of(settings)

    @lru_cache(maxsize=16)
    def hours(area: str) -> Hours:
        return settings.hours.planned(area, calendar)

    return hours


def memory_desk(
    clock: Clock | datetime,
    *,
    procedure: str = "xinchenglu",
    area: str = "140901",
    plan: FullPlan | None = None,
    url: str = MEMORY,
    places: Places | None = None,
    drill: bool = False,
) -> Desk:
    """A desk that lives in memory, every post filled, planned hours 08:30–19:00.

    For drills and tests; ``clock`` may be the instant at which a manual clock starts.
    """
    if isinstance(clock, datetime):
        clock = ManualClock(clock)
    rules = sound(procedure)
    ground_places = places or load_places(None)
    calendar = shipped_calendar()
    hours = Hours(calendar)
    plan = plan or FullPlan()
    plan.over([a.code for a in ground_places.areas], rules.parts)
    ground = Ground(
        procedure=rules,
        places=ground_places,
        hours=lambda area: hours,
        area=area,
        plan=plan,
        language=language(),
        drill=drill,
    )
    store = Store.open(url, create=True, end_states=end_states(ground.procedure))
    return Desk(store, clock, ground)


def files_folder(store: Path | None) -> Path:
    """Where copies of attachments lie: beside the store's file, else in the user's data folder."""
    return store.with_suffix(".files") if store is not None else data_folder() / "files"


def store_file(settings: Settings) -> Path | None:
    """The file of a SQLite store, None for a shared one."""
    url = database_url(settings)
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None
