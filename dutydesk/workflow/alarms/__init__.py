"""When a running clock calls for an act, whom it calls, and whether it rings."""
