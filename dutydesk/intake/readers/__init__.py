"""Readers: one file form each, giving numbered lines of cells, whatever stands in them."""
