"""`dutydesk backup` and `dutydesk restore`: a whole copy of the store, and putting it back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.errors import StoreError
from dutydesk.i18n import _


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("备份写到这个文件"))],
) -> None:
    """Copy the store while people go on working; the copy is checked before it is kept."""
    from dutydesk.storage.backup import backup as copy  # slow import

    with here.desk() as desk:
        size = copy(desk.store, file)
    outlet.say(_("已备份到 {file}（{size} 字节），并已核对").format(file=file, size=size))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("从这个备份恢复"))],
) -> None:
    """Put a backup in the place of the store; the old store is laid aside, never deleted."""
    from dutydesk.bootstrap import store_file  # slow import
    from dutydesk.storage.backup import restore as put_back  # slow import

    target = store_file(here.settings())
    if target is None:
        raise StoreError(_("存储不是文件；PostgreSQL 请用 pg_restore 恢复"))
    aside = put_back(file, target)
    outlet.say(_("已从 {file} 恢复到 {target}").format(file=file, target=target))
    if aside is not None:
        outlet.say(_("原来的存储留在 {aside}").format(aside=aside))
