"""A duty desk for a sub-area grid centre: cases, clocks, alarms and the record of a shift."""

__version__ = "0.1.0"
