"""Runs the command line as `python -m dutydesk`."""

from __future__ import annotations

from dutydesk.cli.main import main

if __name__ == "__main__":
    main()
