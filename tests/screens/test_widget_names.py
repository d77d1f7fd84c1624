"""Styles go by a widget's class name: two of one name would dress each other."""

from __future__ import annotations

import pkgutil
from collections import defaultdict
from importlib import import_module

from textual.widget import Widget

import dutydesk.screens


def test_no_two_widgets_share_a_name() -> None:
    for module in pkgutil.walk_packages(dutydesk.screens.__path__, "dutydesk.screens."):
        import_module(module.name)
    known, waiting = defaultdict(set), [Widget]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("dutydesk."):
            known[kind.__name__].add(kind.__module__)
    assert {name: places for name, places in known.items() if len(places) > 1} == {}
