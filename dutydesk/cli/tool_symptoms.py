"""What `dutydesk doctor` looks at of pictures, the clipboard, opening and printing."""

from __future__ import annotations

import os
import shlex
import shutil
import sys

from dutydesk.bootstrap import tools_of
from dutydesk.cli.symptoms import Finding
from dutydesk.config.settings import Settings
from dutydesk.errors import OutsideError
from dutydesk.i18n import _


def pictures(using: Settings) -> Finding:
    """The picture inbox, and how many pictures it would list."""
    tools = tools_of(using)
    if tools.pictures is None:
        mend = _("要在表单里列出新照片：[files] pictures")
        return Finding("pictures", True, _("没有设图片收件夹"), mend)
    try:
        found = tools.newest()
    except OutsideError as error:
        return Finding("pictures", False, str(error), _("建立它，或改 [files] pictures"))
    detail = _("{folder}，可列 {count} 张").format(folder=tools.pictures, count=len(found))
    return Finding("pictures", True, detail)


def clipboard(using: Settings) -> Finding:
    """The command that gives the clipboard's picture."""
    if not using.files.clipboard:
        mend = _("要从剪贴板取图片：[files] clipboard")
        return Finding("clipboard", True, _("没有设剪贴板命令"), mend)
    return _command("clipboard", using.files.clipboard, "[files] clipboard")


def opening(using: Settings) -> Finding:
    """How a file is opened outside."""
    if using.files.open:
        return _command("opening", using.files.open, "[files] open")
    name = "open" if sys.platform == "darwin" else "xdg-open"
    if shutil.which(name) is None:
        detail, mend = _("没有 {name}").format(name=name), _("要打开附件：[files] open")
        return Finding("opening", True, detail, mend)
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if name == "xdg-open" and not shown:
        return Finding("opening", True, _("这里没有图形界面"), _("要打开附件：[files] open"))
    return Finding("opening", True, name)


def printing(using: Settings) -> Finding:
    """How a paper is printed."""
    command = tools_of(using).print_command
    if not command:
        mend = _("要打印：[print] command；否则打开网页再打印")
        return Finding("printing", True, _("没有 lp，也没有设打印命令"), mend)
    return _command("printing", command, "[print] command")


def _command(name: str, command: str, key: str) -> Finding:
    """A command that must be a program of this machine."""
    parts = shlex.split(command)
    ok = bool(parts) and shutil.which(parts[0]) is not None
    mend = None if ok else _("没有这个程序；改 {key}").format(key=key)
    return Finding(name, ok, command, mend)
