"""Mistakes and hints: what is wrong in a file, and what would help, all of it in one pass."""
