"""The shipped procedures, and a procedure file of one's own, read from TOML."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dutydesk.config.extended import FOLDER, read_procedure, stamp
from dutydesk.config.model import Settings
from dutydesk.config.slot_files import with_filled
from dutydesk.config.toml_text import nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.procedure import Procedure, build
from dutydesk.workflow.time.limits import ACCEPTED_LIMITS, BadLimit


def names() -> tuple[str, ...]:
    """The names of the shipped procedures, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def named(settings: Settings) -> str:
    """The procedure that the settings name: a shipped one, or a file seen from the settings."""
    asked = settings.desk.procedure
    path = settings.path(asked)
    own = asked not in names() and path.suffix == ".toml" and path.is_file()
    return str(path) if own else asked


def load(name: str) -> Procedure:
    """The procedure of a shipped name or of a TOML file, with the lists that this desk has filled.

    Raises BadInput naming the file and what is wrong with it.
    """
    return with_filled(load_unfilled(name))


def load_unfilled(name: str) -> Procedure:
    """The same as its file has it, whatever this desk has filled."""
    path = FOLDER / f"{name}.toml"
    if name not in names():
        path = Path(name)
        if path.suffix != ".toml" or not path.is_file():
            raise BadInput(
                _("没有名为“{name}”的办理规程；{hint}").format(
                    name=name, hint=nearest(name, names())
                ),
                expected=_("随附规程的名字，或一个 .toml 文件"),
            )
    return _read(path, stamp(path))


@lru_cache(maxsize=16)
def _read(path: Path, changed_ns: tuple[int, ...]) -> Procedure:
    toml = read_procedure(path)
    try:
        return build(toml.data)
    except BadLimit as error:
        raise BadInput(
            _("“{text}”不是时限，可写成 {forms}").format(
                text=error.text, forms=", ".join(ACCEPTED_LIMITS[:7])
            ),
            file=str(path),
            line=_line_of_text(toml.text, error.text),
        ) from error
    except (KeyError, IndexError) as error:
        message = _("缺少 {name}").format(name=error)
        raise BadInput(message, file=str(path)) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise BadInput(str(error), file=str(path)) from error


def _line_of_text(text: str, quoted: str) -> int | None:
    """The first line (from 1) on which this text stands in quotes."""
    for number, line in enumerate(text.splitlines(), start=1):
        if f'"{quoted}"' in line or f"'{quoted}'" in line:
            return number
    return None
