"""Papers and messages made from what the views read."""
