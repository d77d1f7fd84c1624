"""The outbox and the ways out of the desk; what became of a message is never assumed."""
