"""Lists as files: a matter table, a list of a procedure, a category tree; columns by name."""
