"""Names that Windows refuses, or gives to another file than the one that was meant. Looks at no disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)
_REFUSED = re.compile(r'[\0-\x1f<>:"|?*]')
_ROOM = 230
"""Characters that a whole path may have everywhere: Windows takes 259, and a new version's name is longer."""


class UnusableNameError(ValueError):
    """A name that a file can't have; says why in a sentence."""


def see_name(path: PurePath) -> None:
    """Raise UnusableNameError if Windows can't give a file or folder this name."""
    if path.drive and not path.root:
        raise UnusableNameError(f"Behind {path.drive} a backslash is missing.")
    for part in path.parts[bool(path.anchor) :]:
        if fault := _fault_of(part):
            raise UnusableNameError(fault)


def is_device(name: str) -> bool:
    """Whether Windows takes a name for that of a device, whatever folder it is in."""
    return _DEVICE.fullmatch(name) is not None


def too_long(path: PurePath) -> str:
    """Say so of a whole path that has more characters than Windows may take; empty of others."""
    length = len(str(path))
    return f"Its path has {length} characters, which may be too many for Windows." * (length > _ROOM)


def _fault_of(part: str) -> str:
    """Why a name can't be used; empty if it can."""
    if '"' in part:  # PowerShell ends a name of a folder with a backslash
        return 'Windows allows no " in a name. A backslash before a closing " puts it there: leave that out.'
    if found := _REFUSED.search(part):
        return f"Windows allows no {found[0] if found[0].isprintable() else 'such character'} in a name."
    if found := _DEVICE.fullmatch(part):
        return f"Windows keeps the name {found[1]} for itself{', with any ending' * ('.' in part)}."
    if part != ".." and part.endswith((".", " ")):
        return "Windows drops a dot or a blank at the end of a name."
    return ""
