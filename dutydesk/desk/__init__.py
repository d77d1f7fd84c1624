"""The one door of dutydesk: acts go in, answers come out, time is an act too."""

from dutydesk.desk.acting import UnknownCase
from dutydesk.desk.answers import Done, Swept
from dutydesk.desk.door import Desk

__all__ = ["Desk", "Done", "Swept", "UnknownCase"]
