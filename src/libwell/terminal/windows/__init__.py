"""A conversation in a console of Windows. The only room that imports msvcrt, or calls Windows by name."""
