"""The clock kept: alarms at their moment, the board for an outage, the watched inbox."""

from dutydesk.daemon.bell import Bell
from dutydesk.daemon.errands import Errand, Notice, errands_of
from dutydesk.daemon.inbox import Inbox
from dutydesk.daemon.keeper import Keeper
from dutydesk.daemon.watching import watch

__all__ = ["Bell", "Errand", "Inbox", "Keeper", "Notice", "errands_of", "watch"]
