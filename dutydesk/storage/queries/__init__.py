"""Core statements that only read: what the views ask of the store, as plain tuples."""
