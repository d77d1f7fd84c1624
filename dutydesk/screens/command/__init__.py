"""Everything by words: the command bar, the palette, and finding a case."""

from dutydesk.screens.command.bar import CommandBar
from dutydesk.screens.command.palette import Palette
from dutydesk.screens.command.search import SearchScreen

__all__ = ["CommandBar", "Palette", "SearchScreen"]
