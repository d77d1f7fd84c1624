"""The store: tables, the one unit that writes, the journal, and what keeps them safe."""

from dutydesk.storage.batches import Batch, Line
from dutydesk.storage.faults import Stale
from dutydesk.storage.inspections import Inspection
from dutydesk.storage.keys import Kept, act_digest
from dutydesk.storage.outbox import Message, Sending
from dutydesk.storage.store import Store
from dutydesk.storage.unit import Unit

__all__ = [
    "Batch",
    "Inspection",
    "Kept",
    "Line",
    "Message",
    "Sending",
    "Stale",
    "Store",
    "Unit",
    "act_digest",
]
