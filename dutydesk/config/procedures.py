"""The shipped procedures, and a procedure file of one's own, read from TOML."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dutydesk.config.extended import FOLDER, read_procedure, stamp
from dutydesk.config.model import Settings
from dutydesk.config.slot_files import with_filled
from dutydesk.config.toml_text import TomlText, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.check_keys import last_asked
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
        place, line = _where(toml)
        said = _("“{text}”不是时限，可写成 {forms}").format(
            text=error.text, forms=", ".join(ACCEPTED_LIMITS[:7])
        )
        raise _malformed(toml, place, said, _line_of_text(toml.text, error.text) or line) from error
    except (KeyError, IndexError) as error:
        place, line = _where(toml)
        inside = place.rpartition(".")[0]
        said = _("缺少 {name}").format(name=str(error).strip("'"))
        raise _malformed(toml, inside, said, line) from error
    except (ValueError, TypeError, AttributeError) as error:
        place, line = _where(toml)
        said = _("这个值的写法不对：{why}").format(why=error) if place else str(error)
        raise _malformed(toml, place, said, line) from error


def _malformed(toml: TomlText, place: str, said: str, line: int | None) -> BadInput:
    return BadInput(f"{place}: {said}" if place else said, file=toml.file, line=line)


def _where(toml: TomlText) -> tuple[str, int | None]:
    """The dotted place on which building stopped, and its line or that of the table it is in."""
    place = last_asked(toml.data) or ""
    keys: list[str | int] = [*place.split(".")] if place else []
    if keys[:1] == ["transitions"]:
        ids = [row.get("id") for row in toml.data["transitions"]]
        keys[1] = ids.index(keys[1]) if keys[1] in ids else 0
    return place, toml.line_of(keys) if keys else None


def _line_of_text(text: str, quoted: str) -> int | None:
    """The first line (from 1) on which this text stands in quotes."""
    for number, line in enumerate(text.splitlines(), start=1):
        if f'"{quoted}"' in line or f"'{quoted}'" in line:
            return number
    return None
