"""Intake: a raw file becomes rows ready to be registered, or refusals by row and column."""
