"""What `dutydesk doctor` looks at, one look per function; none changes anything."""

from __future__ import annotations

import contextlib
import locale
import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from dutydesk.bootstrap import open_desk, procedure_name, store_file
from dutydesk.cli.calendar import calendar_here
from dutydesk.clock import SystemClock
from dutydesk.config import secrets
from dutydesk.config.database import database_url, is_shared, shown_url
from dutydesk.config.places import load_ground
from dutydesk.config.procedures import load
from dutydesk.config.settings import Settings, data_folder, user_file
from dutydesk.errors import BadInput, OutsideError, StoreError
from dutydesk.i18n import _, listed
from dutydesk.storage.verify import verify
from dutydesk.workflow.check import check
from dutydesk.workflow.time.calendar import wanted_years
from dutydesk.workflow.time.zone import to_local

OLDEST_PYTHON = (3, 11)
SANE_YEARS = (2026, 2100)
SMALLEST = (80, 24)
ENOUGH_MEGABYTES = 200


class Finding(NamedTuple):
    """One look: `detail` is what was found, `mend` what to do, None where nothing needs doing."""

    name: str
    ok: bool
    detail: str
    mend: str | None = None


def python() -> Finding:
    """The Python that runs this."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    ok = sys.version_info[:2] >= OLDEST_PYTHON
    return Finding("python", ok, version, None if ok else _("装 Python 3.11 或更新的版本"))


def settings(using: Settings) -> Finding:
    """Where the settings come from; that they could be read is shown by being here."""
    if using.file is None:
        detail = _("没有设置文件，按随附的缺省值（找过 ./dutydesk.toml 和 {place}）").format(
            place=user_file()
        )
        return Finding("settings", True, detail, _("要改设置：dutydesk init"))
    return Finding("settings", True, str(using.file))


def procedure(using: Settings) -> Finding:
    """The procedure that the settings name."""
    name = procedure_name(using)
    found = load(name)
    problems = check(found)
    if problems:
        detail = _("{rule} 有 {count} 处不周全").format(rule=found.rule, count=len(problems))
        return Finding("procedure", False, detail, f"dutydesk procedure check {name}")
    return Finding("procedure", True, found.rule)


def places(using: Settings) -> Finding:
    """The list of places, and whether it is still the invented one."""
    ground = load_ground(using.path(using.desk.places) if using.desk.places else None)
    codes = [area.code for area in ground.places.areas]
    if using.desk.area not in codes:
        detail = _("片区 {area} 不在地名清单里").format(area=using.desk.area)
        return Finding(
            "places", False, detail, _("[desk] area 改为 {codes}").format(codes=listed(codes))
        )
    if ground.demo:
        detail = _("用的是随附的演示清单（小区、道路、网格长是虚构的）")
        return Finding("places", True, detail, _("换成本街道的清单：[desk] places"))
    return Finding("places", True, _("{count} 个网格").format(count=len(ground.places.grids)))


def people(using: Settings) -> Finding:
    """Whether anybody is on the roster."""
    count = len(using.person)
    mend = None if count else _("在设置里写 [[person]]，值班面板和电话才有名字")
    return Finding("people", True, _("{count} 人").format(count=count), mend)


def store(using: Settings) -> Finding:
    """The store: reachable, of this version, whole as far as a quick look tells."""
    where = shown_url(database_url(using)).removeprefix("sqlite:///")
    try:
        with_store = open_desk(using)
    except StoreError as error:
        file = store_file(using)
        missing = file is not None and not file.exists()
        mend = _("建立存储：dutydesk init") if missing else _("按上面的提示处理后再试")
        return Finding("store", False, str(error), mend)
    with_store.close()
    return Finding("store", True, where)


def journal(using: Settings) -> Finding:
    """The chain of the journal."""
    file = store_file(using)
    if file is not None and not file.exists():
        return Finding("journal", True, _("还没有存储"))
    try:
        desk = open_desk(using)
    except StoreError as error:
        return Finding("journal", False, str(error), _("先修好存储"))
    try:
        found = verify(desk.store)
    except StoreError as error:
        return Finding("journal", False, str(error), _("从最近的备份恢复"))
    finally:
        desk.close()
    if found.broken is not None:
        detail = _("在第 {row} 条断开").format(row=found.broken)
        return Finding("journal", False, detail, _("看 dutydesk verify，并与备份核对"))
    return Finding("journal", True, _("{rows} 条，链条完整").format(rows=found.rows))


def keeper(using: Settings) -> Finding:
    """Who keeps the clock, and when it last ticked; nobody does where no desk is open."""
    file = store_file(using)
    if file is not None and not file.exists():
        return Finding("keeper", True, _("还没有存储"))
    try:
        with contextlib.closing(open_desk(using)) as desk:
            beat, now = desk.beat(), desk.now()
    except StoreError:
        return Finding("keeper", True, _("先修好存储"))
    if beat is None or beat.ticked_at is None:
        return Finding("keeper", True, _("还没有谁守过时限"), _("开值班台，或运行 dutydesk watch"))
    who, last = beat.holder.rpartition("-")[0], f"{to_local(beat.ticked_at):%m-%d %H:%M:%S}"
    if now - beat.ticked_at <= timedelta(seconds=10):
        return Finding("keeper", True, _("{who} 守着，走在 {time}").format(who=who, time=last))
    said = _("现在没有谁守着；{who} 最后走在 {time}").format(who=who, time=last)
    return Finding("keeper", True, said, _("开值班台，或运行 dutydesk watch"))


def database_secret(using: Settings) -> Finding:
    """Whether the password of a shared store is at hand."""
    if not is_shared(using):
        return Finding("database_secret", True, _("本机文件，不需要密码"))
    try:
        source = secrets.secret_source("database")
    except OutsideError as error:
        return Finding("database_secret", False, str(error), _("改用环境变量或 ~/.pgpass"))
    if source is None:
        mend = _("如服务器要密码：dutydesk secret set database")
        return Finding("database_secret", True, _("没有保存密码"), mend)
    return Finding("database_secret", True, source)


def disk(using: Settings) -> Finding:
    """Room on the disk of the store."""
    folder = _existing((store_file(using) or data_folder()).parent)
    free = shutil.disk_usage(folder).free // 1_000_000
    ok = free >= ENOUGH_MEGABYTES
    detail = _("{folder} 还有 {free} MB").format(folder=folder, free=free)
    return Finding("disk", ok, detail, None if ok else _("腾出空间，否则办理记不下来"))


def board(using: Settings) -> Finding:
    """The folder of the plain-text board."""
    folder = using.path(using.board.folder) if using.board.folder else data_folder()
    if not using.board.folder:
        mend = _("停电断网时要靠它：[board] folder 最好写到另一块盘")
        return Finding("board", True, _("写在 {folder}").format(folder=folder), mend)
    return _folder("board", folder)


def inbox(using: Settings) -> Finding:
    """The watched folder."""
    if not using.inbox.folder:
        return Finding("inbox", True, _("没有设收件文件夹"))
    return _folder("inbox", using.path(using.inbox.folder))


def alarm(using: Settings) -> Finding:
    """How an alarm is heard."""
    if using.alarm.bell == "off":
        return Finding("alarm", True, "off", _("告警只闪不响；要响：[alarm] bell"))
    if using.alarm.bell == "terminal":
        return Finding("alarm", True, "terminal")
    command = using.alarm.command.split()[0]
    ok = shutil.which(command) is not None
    mend = None if ok else _("没有这个程序；改 [alarm] command")
    return Finding("alarm", ok, using.alarm.command, mend)


def calendar() -> Finding:
    """This year's days off, and next year's from November on."""
    today = SystemClock().now().date()
    found = calendar_here(told=False)
    try:
        missing = wanted_years(found, today)
    except BadInput as error:
        return Finding("calendar", False, str(error), _("dutydesk calendar load 重新装入"))
    if not found.published(today.year):
        detail = _("没有 {year} 年的节假日安排").format(year=today.year)
        return Finding("calendar", False, detail, _("dutydesk calendar load 装入"))
    if missing:
        years = ", ".join(str(year) for year in missing)
        mend = _("国务院公布后用 dutydesk calendar load 装入；此前周末按休息日计")
        return Finding("calendar", True, _("还缺 {years}").format(years=years), mend)
    return Finding("calendar", True, str(today.year))


def clock() -> Finding:
    """The machine's clock."""
    now = SystemClock().now()
    ok = SANE_YEARS[0] <= now.year < SANE_YEARS[1]
    return Finding("clock", ok, now.isoformat(), None if ok else _("校准这台机器的时间"))


def keyring() -> Finding:
    """Whether a system keyring answers; a desk with its own file needs none."""
    try:
        secrets.get_secret("database", {})
    except OutsideError as error:
        return Finding("keyring", True, str(error), _("不用 PostgreSQL 密码就不必管它"))
    source = secrets.secret_source("database", {})
    alternatives = _("也可用环境变量 {name} 或 ~/.pgpass").format(name=secrets.variable("database"))
    return Finding("keyring", True, source or _("没有保存密码"), alternatives)


def terminal() -> Finding:
    """The size of the terminal, where there is one."""
    if not sys.stdout.isatty():
        return Finding("terminal", True, _("现在不在终端里"))
    size = os.get_terminal_size(sys.stdout.fileno())
    ok = size.columns >= SMALLEST[0] and size.lines >= SMALLEST[1]
    mend = None if ok else _("放大到 80×24 以上，最好 120×40")
    return Finding("terminal", ok, f"{size.columns}×{size.lines}", mend)


def encoding() -> Finding:
    """Whether file names and texts are UTF-8."""
    found = sys.getfilesystemencoding()
    ok = found.lower().replace("-", "") == "utf8"
    detail = f"{found}, {locale.setlocale(locale.LC_CTYPE)}"
    return Finding("encoding", ok, detail, None if ok else _("设 PYTHONUTF8=1"))


def colours() -> Finding:
    """How many colours the terminal promises."""
    term, promised = os.environ.get("TERM", ""), os.environ.get("COLORTERM", "")
    if not sys.stdout.isatty() or promised in ("truecolor", "24bit") or "256" in term:
        return Finding("colours", True, f"{term} {promised}".strip() or "-")
    return Finding("colours", True, term or "-", _("颜色可能偏少：设 TERM=xterm-256color"))


def log() -> Finding:
    """Where the details of unexpected faults are kept."""
    from platformdirs import user_state_path  # slow import

    folder = user_state_path("dutydesk", appauthor=False)
    return _folder("log", _existing(folder))


def _folder(name: str, folder: Path) -> Finding:
    """A folder that must be there and take files."""
    if not folder.is_dir():
        detail = _("没有文件夹 {folder}").format(folder=folder)
        return Finding(name, False, detail, _("建立它，或改设置"))
    if not os.access(folder, os.W_OK):
        return Finding(name, False, _("{folder} 不能写").format(folder=folder), _("改权限"))
    return Finding(name, True, str(folder))


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder
