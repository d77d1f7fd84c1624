"""`dutydesk init`: a commented settings file and an empty store."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _

if TYPE_CHECKING:
    from dutydesk.config.settings import Settings


def init(
    procedure: Annotated[
        str, typer.Option("--procedure", metavar="NAME", help=N_("办理规程，缺省 xinchenglu"))
    ] = "xinchenglu",
    area: Annotated[
        str, typer.Option("--area", metavar="CODE", help=N_("片区编号，缺省 140901"))
    ] = "140901",
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """Write a commented dutydesk.toml and create the store; never asks, never overwrites."""
    from dutydesk.bootstrap import ground_of, open_desk  # slow import
    from dutydesk.config import settings as reading  # slow import
    from dutydesk.config.database import database_url, shown_url  # slow import

    if lost_store(named()):
        outlet.say(_("设置已经有了，存储不在：已新建 {store}").format(store=new_store(named())))
        return
    file = target()
    _known(procedure, area)
    procedure = _seen_from(file, procedure)
    text = _with_database(
        reading.render_template(area=area, procedure=procedure), here.given().database
    )
    found = reading.parse_settings(text, str(file))
    ground_of(found)
    write(file, text)
    try:
        settings = reading.load_settings(file, here.given().database)
        make_folder(settings)
        open_desk(settings, create=True).close()
    except BaseException:
        # Half an init would stand in the way of the next one.
        file.unlink(missing_ok=True)
        raise
    store = shown_url(database_url(settings))
    if as_json:
        outlet.say_json(
            {"settings": str(file), "store": store, "procedure": procedure, "area": area}
        )
        return
    outlet.say(_("设置：{file}").format(file=file))
    outlet.say(_("存储：{store}").format(store=store.removeprefix("sqlite:///")))
    outlet.say(_("账号：admin，设密码之前不用登录"))
    outlet.say(_("打开值班台：dutydesk"))


def named() -> Path:
    """The settings file: as named before the command, else here."""
    from dutydesk.config.settings import CONFIG_VARIABLE, FILE_NAME  # slow import

    given = here.given().config or os.environ.get(CONFIG_VARIABLE)
    return (Path(given) if given else Path(FILE_NAME)).expanduser().absolute()


def lost_store(file: Path) -> bool:
    """Whether the settings stand and the store they name, a file, does not."""
    from dutydesk.bootstrap import store_file  # slow import
    from dutydesk.config.settings import load_settings  # slow import

    if not file.is_file():
        return False
    store = store_file(load_settings(file, here.given().database))
    return store is not None and not store.exists()


def new_store(file: Path) -> Path | None:
    """Create the store of settings that stand already; gives its file."""
    from dutydesk.bootstrap import open_desk, store_file  # slow import
    from dutydesk.config.settings import load_settings  # slow import

    settings = load_settings(file, here.given().database)
    make_folder(settings)
    open_desk(settings, create=True).close()
    return store_file(settings)


def target() -> Path:
    """Where the settings file goes. Raises BadInput where one stands already."""
    file = named()
    if file.exists() or file.is_symlink():
        raise BadInput(_("设置文件已经有了，不会覆盖；要重新开始，请先把它移开"), file=str(file))
    return file


def write(file: Path, text: str) -> None:
    """Write a file that must not be there yet; BadInput where the folder does not take it."""
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError as error:
        raise BadInput(_("设置文件已经有了，不会覆盖"), file=str(file)) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise BadInput(_("写不了设置文件：{why}").format(why=why), file=str(file)) from error


def make_folder(settings: Settings) -> None:
    """The folder of the store, made for this person only where it is not there yet."""
    from dutydesk.bootstrap import store_file  # slow import
    from dutydesk.config.settings import data_folder  # slow import

    file = store_file(settings)
    if file is not None and file.parent == data_folder().absolute():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def _known(procedure: str, area: str) -> None:
    """BadInput naming the nearest for a procedure or an area that is none."""
    from dutydesk.config.places import load_ground  # slow import
    from dutydesk.config.procedures import load  # slow import

    found, shipped = load(procedure), load_ground()
    if shipped.procedure not in (found.name, found.values.get("extends")):
        return
    codes = [each.code for each in shipped.places.areas]
    if area not in codes:
        message = _("没有片区“{area}”；{hint}").format(area=shown(area), hint=nearest(area, codes))
        raise BadInput(message, expected=all_of(area, codes))


def _seen_from(file: Path, procedure: str) -> str:
    """A procedure file of one's own as the settings find it: whole where they lie elsewhere."""
    from dutydesk.config.procedures import names  # slow import

    own = Path(procedure)
    if procedure in names() or own.absolute() == (file.parent / own).absolute():
        return procedure
    return str(own.absolute())


def _with_database(text: str, url: str | None) -> str:
    """The template with the store that was named before the command, seen from this folder."""
    if not url:
        return text
    if "://" not in url:
        url = str(Path(url).expanduser().absolute())
    return text.replace('\nurl = ""\n', f"\nurl = {json.dumps(url, ensure_ascii=False)}\n", 1)
