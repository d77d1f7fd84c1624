"""The shipped procedures, and a procedure file of one's own, read from TOML."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow import procedures as shipped
from dutydesk.workflow.procedure import Procedure, build

FOLDER = Path(shipped.__file__).parent


def names() -> tuple[str, ...]:
    """The names of the shipped procedures, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(name: str) -> Procedure:
    """The procedure of a shipped name or of a TOML file.

    Raises BadInput naming the file and what is wrong with it.
    """
    path = FOLDER / f"{name}.toml"
    if name not in names():
        path = Path(name)
        if path.suffix != ".toml" or not path.is_file():
            raise BadInput(
                _("没有名为“{name}”的程序").format(name=name), expected=", ".join(names())
            )
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(path: Path, changed_ns: int) -> Procedure:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(_("不是 TOML 文件:{why}").format(why=error), file=str(path)) from error
    try:
        return build(table)
    except (KeyError, IndexError) as error:
        message = _("缺少 {name}").format(name=error)
        raise BadInput(message, file=str(path)) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise BadInput(str(error), file=str(path)) from error
