"""The store: tables, the one unit that writes, the journal, and what keeps them safe."""
