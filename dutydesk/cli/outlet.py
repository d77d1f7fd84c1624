"""What leaves the command line: one JSON document or lines, and one plain message per failure."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from dutydesk.cli import here
from dutydesk.errors import DeskError, Refused
from dutydesk.i18n import _

INTERRUPTED = 130
LOG_NAME = "dutydesk.log"


def say_json(document: object) -> None:
    """One JSON document on one line of standard output."""
    print(json.dumps(document, ensure_ascii=False, allow_nan=False))


def say(text: str) -> None:
    """A line for a person on standard output."""
    print(text)


def tell(text: str) -> None:
    """A line for a person on standard error; where that is closed, the exit code says it."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _close_quietly(sys.stderr)


def answers_json(as_json: bool) -> bool:
    """Whether a command without a text of its own answers as JSON: when asked, or into a pipe."""
    return as_json or not sys.stdout.isatty()


def guarded(work: Callable[[], int], *, as_json: bool) -> int:
    """Run one call; gives its exit code, never a traceback."""
    try:
        code = work()
        sys.stdout.flush()
        return code
    except Refused as refused:
        return _refused(refused, as_json)
    except DeskError as error:
        tell(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        away = isinstance(error, OSError) and error.errno == errno.EPIPE
        if away or isinstance(error, BrokenPipeError):
            _close_quietly(sys.stdout)
            return 0
        _let_go()
        return _unexpected(error)


def refusal(refused: Refused) -> dict[str, Any]:
    """A refusal as contracts.md words it: `{"refused": {code, params, message, clause}}`."""
    from dutydesk.views import jsonable  # slow import

    found: dict[str, Any] = jsonable.refusal(refused, _words())
    return found


def worded(refused: Refused) -> str:
    """The sentence of a refusal, with the clause that says so."""
    from dutydesk.views.wording import word  # slow import

    sentence = word(refused, _words())
    if refused.clause is None:
        return sentence
    return _("{sentence}（依据 {clause}）").format(sentence=sentence, clause=refused.clause)


def _words() -> Any:
    from dutydesk.views.labels import Words  # slow import

    procedure = here.procedure()
    return Words(procedure) if procedure is not None else None


def _refused(refused: Refused, as_json: bool) -> int:
    tell(worded(refused))
    if as_json:
        with contextlib.suppress(OSError):
            say_json(refusal(refused))
    _let_go()
    return refused.exit_code


def _let_go() -> None:
    """What cannot go out any more is dropped here, so that nothing complains of it at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        _close_quietly(sys.stdout)


def _close_quietly(stream: TextIO) -> None:
    """Nobody reads any more: what is still in the buffer must not complain at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _unexpected(error: Exception) -> int:
    """A plain line for a fault of the program or the machine; the details go to the log."""
    store = isinstance(error, OSError) or _of_the_store(error)
    log = _keep(error)
    what = _("读写失败") if store else _("程序出了意外")
    why = " ".join(str(error).split())[:200] or type(error).__name__
    if log is None:
        tell(_("{what}：{why}；记录也写不下").format(what=what, why=why))
    else:
        tell(_("{what}：{why}；详情记在 {log}").format(what=what, why=why, log=log))
    return 3 if store else 2


def _of_the_store(error: Exception) -> bool:
    """Whether an error came out of the database."""
    return any(
        kind.__module__.split(".")[0] in ("sqlalchemy", "sqlite3", "psycopg", "alembic")
        for kind in type(error).__mro__
    )


def _keep(error: Exception) -> Path | None:
    """Append the details to the log in the user's state folder; None where it cannot be."""
    from platformdirs import user_state_path  # slow import

    from dutydesk.clock import SystemClock  # slow import

    folder = user_state_path("dutydesk", appauthor=False)
    lines = traceback.format_exception(error)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (folder / LOG_NAME).open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{SystemClock().now().isoformat()}\n{''.join(lines)}\n")
    except OSError:
        return None
    return folder / LOG_NAME
