"""From an address to an engine whose every connection is set up the one way the store needs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from dutydesk.errors import StoreError
from dutydesk.i18n import _
from dutydesk.storage import faults
from dutydesk.storage.tables import CREATE_SEARCH

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision this program knows, oldest first; a test holds it to migrations/versions."""
HEAD: Final = REVISIONS[-1]
WRITES: Final = "dutydesk_writes"

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('dutydesk:' || current_schema()))")
_VERSION = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, {pk})"
_VERSION_KEY = "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)"


def connect(address: str) -> Engine:
    """The engine of an address: `sqlite://` (memory), `sqlite:///path` or `postgresql+psycopg://`.

    Opens nothing yet. Raises StoreError for an address of another kind.
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError(_("数据库地址写得不对；请核对 database 设置")) from error
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url)
    raise StoreError(
        _("不认识数据库 {kind}；可用 sqlite 或 postgresql").format(kind=url.get_backend_name())
    )


def path_of(engine: Engine) -> Path | None:
    """The file of a SQLite store; None for one in memory or on a server."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name)


def shown(engine: Engine) -> str:
    """Where the store lies, fit to be shown: a path, or an address without its password."""
    if engine.dialect.name == "sqlite":
        return str(path_of(engine) or _("内存"))
    return engine.url.set(query={}).render_as_string(hide_password=True)


def _sqlite(url: URL) -> Engine:
    memory = not url.database or url.database == ":memory:"
    more: dict[str, Any] = {"poolclass": StaticPool} if memory else {}
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": faults.WAIT_SECONDS},
        **more,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        # The driver's own transactions leave SELECT and DDL outside: `begin` opens them all.
        connection.isolation_level = None
        if not memory:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif not memory:
            # In memory all share one connection: a reader that opened a transaction on it would
            # stand in the writer's way.
            connection.exec_driver_sql("BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    # A generic plan turns a search by two characters into a scan of seconds; custom plans only.
    settings = "-c plan_cache_mode=force_custom_plan -c timezone=UTC"
    settings += f" -c lock_timeout={faults.WAIT_SECONDS}s"
    given = url.query.get("options", "")
    options = f"{given if isinstance(given, str) else ' '.join(given)} {settings}".strip()
    if "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": str(faults.WAIT_SECONDS)})
    try:
        engine = create_engine(url.update_query_dict({"options": options}), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError(
            _("没有安装 PostgreSQL 的驱动；请运行 pip install 'dutydesk[postgres]'")
        ) from error

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.execute(_LOCK)

    return engine


def create(engine: Engine) -> None:
    """Make the tables of a fresh store and stamp it; one that already has them is left alone.

    Says the same as `alembic upgrade head`, which a test proves, without loading it.
    """
    path = path_of(engine)
    with faults.plain(shown(engine)), engine.execution_options(**{WRITES: True}).begin() as within:
        if _tables(within):
            return
        from dutydesk.storage.schema import metadata  # slow import

        metadata(postgresql=engine.dialect.name == "postgresql").create_all(within)
        if engine.dialect.name == "sqlite":
            within.exec_driver_sql(CREATE_SEARCH)
        within.exec_driver_sql(_VERSION.format(pk=_VERSION_KEY))
        within.execute(
            text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD}
        )
    if path is not None:
        # Names and telephone numbers lie in it: nobody else's business on a shared machine.
        with faults.plain_files(path):
            os.chmod(path, 0o600)


def prepare(engine: Engine, *, fresh: bool, only_read: bool = False) -> None:
    """Check that the store can be used, create it where `fresh` asks, and bring it up to date.

    Raises StoreError: missing, empty, foreign, cut off, locked, of a newer schema, or with
    `only_read` of an older one.
    """
    path = path_of(engine)
    exists = path is None or (path.exists() and path.stat().st_size > 0)
    if path is not None:
        if fresh and not exists:
            faults.check_folder(path)
        else:
            faults.check_file(path)
    if fresh or (path is None and engine.dialect.name == "sqlite"):
        create(engine)
    revision = _revision(engine)
    if revision not in REVISIONS:
        raise StoreError(
            _(
                "{where} 是更新版本的值班台建立的（结构 {revision}），本程序只认到 {head}；"
                "请升级 dutydesk，不要用旧程序打开它"
            ).format(where=shown(engine), revision=revision, head=HEAD)
        )
    if revision != HEAD and only_read:
        raise StoreError(
            _(
                "{where} 是旧版本的值班台建立的（结构 {revision}），第二屏不往里写，也不升级它；"
                "请先在席位上打开值班台"
            ).format(where=shown(engine), revision=revision)
        )
    if revision != HEAD:
        upgrade(engine)


def upgrade(engine: Engine) -> None:
    """Bring the store to the newest revision, in one transaction."""
    from dutydesk.storage.migrations.run import to_head  # slow import

    with faults.plain(shown(engine)), engine.execution_options(**{WRITES: True}).begin() as within:
        to_head(within)


def _tables(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


def _revision(engine: Engine) -> str:
    with faults.plain(shown(engine)), engine.begin() as connection:
        if "alembic_version" not in _tables(connection):
            raise StoreError(
                _(
                    "{where} 里没有值班台的数据；请核对 database 设置，或用 dutydesk init 新建"
                ).format(where=shown(engine))
            )
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return str(found)
