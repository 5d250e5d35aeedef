"""Whether something comes from the terminal within a time. It must not read what comes."""

from __future__ import annotations

import select

AT_ONCE = 0.05
"""Seconds within which what belongs together comes: the rest of a paste without marks, or of a key."""


def something_comes(descriptor: int, seconds: float) -> bool:
    """Whether there is something to read from a file descriptor, or will be within so many seconds."""
    return bool(select.select([descriptor], [], [], seconds)[0])
