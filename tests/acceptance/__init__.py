"""Whole days, drills and bad input, as they come from outside."""
