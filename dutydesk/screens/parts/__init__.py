"""Widgets that several screens share: painted lines, the queue, inputs that lose nothing."""
