"""Generated pages of docs/: `update` writes them, `check` fails when one is out of date."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from procedure_page import chapter

ROOT = Path(__file__).resolve().parents[1]


class Page(NamedTuple):
    """A generated page: where it stands, and what writes its text."""

    path: str
    made_by: Callable[[], str]


def dutydesk(language: str, *arguments: str) -> str:
    """What the command line prints in a language; raises RuntimeError with its complaint."""
    done = subprocess.run(
        [sys.executable, "-m", "dutydesk", "--lang", language, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    if done.returncode:
        raise RuntimeError(f"dutydesk {' '.join(arguments)}: {done.stderr.strip()[-800:]}")
    return done.stdout


def procedures() -> str:
    """docs/procedures.md: each shipped procedure drawn and tabled, from its file."""
    parts = [
        "# 规程 · Procedures",
        "Made by `.ci/docs.py update` from the procedure files; do not edit by hand.",
        *(chapter(name, dutydesk) for name in shipped()),
    ]
    return "\n\n".join(parts) + "\n"


def shipped() -> list[str]:
    """The names of the shipped procedures, the primary desk's first."""
    names = [row["name"] for row in json.loads(dutydesk("zh_CN", "procedure", "list", "--json"))]
    return sorted(names, key=lambda name: name != "xinchenglu")


# A new generated page adds its line to PAGES.
PAGES = (Page("docs/procedures.md", procedures),)


def main() -> int:
    """`update` or `check` every page; 1 when a page is stale or cannot be made."""
    update = sys.argv[1:] == ["update"]
    bad = 0
    for page in PAGES:
        path = ROOT / page.path
        try:
            text = page.made_by()
        except (RuntimeError, subprocess.TimeoutExpired) as fault:
            print(f"{page.path}: cannot be made: {fault}")
            bad += 1
            continue
        if update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{page.path}: out of date; run .venv/bin/python .ci/docs.py update")
            bad += 1
    if not bad:
        print(f"docs: {len(PAGES)} generated page(s) {'written' if update else 'up to date'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
