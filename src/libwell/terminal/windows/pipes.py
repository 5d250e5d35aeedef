"""What goes to files and pipes on Windows: the bytes that libwell writes on every other system."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def write_as_elsewhere() -> None:
    """Have standard output and error, where they are no console, write UTF-8 and line feeds."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
