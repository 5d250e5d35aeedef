"""What a TOML file says it is, and where in it a mistake stands: shared by everything that reads files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from libwell.errors import MOST_MISTAKES, FileRefusedError, Mistake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_PASSED_ON = {"shared": "a shared copy", "withdrawal": "the withdrawal of a shared copy"}
"""What `libwell share` writes, to be read by others."""
_NAMES = {
    "answers": "an answers file",
    "resources": "a file of resources",
    "config": "a configuration file",
    **_PASSED_ON,
}


def kind_of(data: dict[str, Any], default: str = "") -> tuple[str, int]:
    """What a file says it is, and in which version of the format: `("worksheet", 1)`."""
    word = data.get("libwell", default)
    name, _, version = word.partition("/") if isinstance(word, str) else ("", "", "")
    return name, int(version) if version.isdecimal() and len(version) < 6 else 0


def refuse_other_kinds(data: dict[str, Any], *, file: str, kind: str, default: str = "") -> None:
    """Refuse a file that holds nothing, is something else, or of a newer version. Raises FileRefusedError."""
    if not data and not default:
        remedy = "Ask for it again." if kind in _PASSED_ON else "Name another file, or write it anew."
        raise FileRefusedError(file, (Mistake("this file is empty.", remedy=remedy),))
    name, version = kind_of(data, default)
    if name != kind and name in _PASSED_ON:
        message, remedy = f"this is {_PASSED_ON[name]}; it holds no {kind}.", "Name another file."
        raise FileRefusedError(file, (Mistake(message, ("libwell",), remedy, line=1),))
    if name != kind or version < 1:
        what = _NAMES.get(kind, f"a {kind}")
        message = f'this file does not say that it is {what}: libwell = "{kind}/1" is its first line.'
        raise FileRefusedError(
            file, (Mistake(message, ("libwell",), "Add it, or name another file.", line=1),)
        )
    if version > 1:
        message = f"this file was made for a newer libwell ({kind}/{version})."
        raise FileRefusedError(file, (Mistake(message, ("libwell",), "Update libwell to read it.", line=1),))


def with_lines(mistakes: Iterable[Mistake], text: str) -> tuple[Mistake, ...]:
    """The mistakes with their line numbers, in the order of the file, hints last.

    Of too many those that were found first, and that there are more.
    """
    found = sorted(mistakes, key=lambda mistake: mistake.hint)
    if not found:
        return ()
    from libwell.storage.positions import Positions  # only on mistakes

    told, more = found[:MOST_MISTAKES], found[MOST_MISTAKES:]
    positions = Positions(text, (mistake.path for mistake in told))
    placed = [replace(mistake, line=positions.line(mistake.path)) for mistake in told]
    placed.sort(key=lambda mistake: (mistake.hint, mistake.line))
    return (*placed, *(replace(_MORE, hint=one.hint) for one in more[:1]))


_MORE = Mistake("there is more than is told here.", remedy="Mend this first, then check again.")
