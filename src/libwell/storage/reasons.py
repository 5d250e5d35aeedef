"""Why the system refused something, and what to do, in plain words."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

from libwell.storage import disk, names

if TYPE_CHECKING:
    from pathlib import Path

_REASONS = {
    errno.ENOSPC: ("The disk is full.", "Free some space first."),
    errno.EDQUOT: ("Your share of the disk is used up.", "Free some space first."),
    errno.EROFS: ("The disk can only be read.", "Choose a folder on another disk."),
    errno.EACCES: ("Permission is denied.", "Change its permissions, or choose another place."),
    errno.EIO: ("The disk reported an error.", "Check the disk."),
    errno.ENOENT: ("The folder isn't there.", "Make the folder first, or choose another."),
    errno.ENOTDIR: ("Part of its path is a file, not a folder.", "Choose another path."),
    errno.EEXIST: ("A file of that name is in the way.", "Choose another name."),
    errno.ELOOP: ("A symbolic link is in the way.", "Remove the link."),
    errno.EISDIR: ("A folder of that name is in the way.", "Choose another name."),
    errno.ENAMETOOLONG: ("Its name is too long.", "Choose a shorter one."),
}
_WHERE_TOO_LONG = (errno.ENOENT, errno.EINVAL, errno.ENAMETOOLONG)


def see_name(path: Path) -> None:
    """Raise UnusableNameError, on Windows, for a name that no file can have there."""
    if sys.platform == "win32":
        names.see_name(path)


def too_long(path: Path) -> str:
    """Say so of a path that has more characters than Windows may take; empty of others."""
    return names.too_long(path.absolute()) if sys.platform == "win32" else ""


def why(error: OSError | ValueError, path: Path) -> tuple[str, str]:
    """Say in a sentence why the system refused, and in another what to do."""
    if isinstance(error, names.UnusableNameError):
        return str(error), "Choose another name."
    if isinstance(error, ValueError):
        return "Its name has a character that names can't have.", "Choose another name."
    if disk.is_in_use(error):
        return "Another program has it open.", "Close it there, then try again."
    if error.errno in _WHERE_TOO_LONG and (reason := too_long(path)):
        return reason, "Choose a shorter name, or a folder with a shorter path."
    return _REASONS.get(error.errno or 0) or (f"{error.strerror or 'The system refused'}.", "")
