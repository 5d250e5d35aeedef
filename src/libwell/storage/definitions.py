"""Files that end in the worksheet as it was asked, responses and shared copies: parsing them, writing them.

It opens nothing, and knows nothing of what stands before the definition.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from libwell.errors import FileRefusedError
from libwell.storage.toml import parse_toml

if TYPE_CHECKING:
    from libwell.model.response import Definition

FILE_LIMIT = 8 * 1024 * 1024
"""Bytes of a response or of a shared copy, at most."""

_DEFINITION = "\n[definition]\n"
_LONGEST_REMEMBERED = 1 << 20


def parse_with_definition(text: str, *, file: str) -> dict[str, Any]:
    """Parse a file that ends in a definition; one that was met before is not parsed again.

    A definition is longer than all the rest, and the same in thousands of files. What stands before it is
    valid TOML by itself only if no text is open where it begins; if that is so, the two together mean what
    both mean alone. Whatever is otherwise is parsed as one.
    """
    rest, heading, definition = text.rpartition(_DEFINITION)
    table = _definition_table(definition) if heading and len(definition) < _LONGEST_REMEMBERED else None
    if table is not None:
        with suppress(FileRefusedError):
            data = parse_toml(f"{rest}\n", file=file)
            if "definition" not in data:
                return {**data, "definition": table}
    return parse_toml(text, file=file)


@lru_cache(maxsize=16)
def _definition_table(text: str) -> dict[str, Any] | None:
    """What stands under `[definition]`, if that is all that this text has."""
    with suppress(FileRefusedError):
        data = parse_toml(f"[definition]\n{text}", file="")
        if data.keys() == {"definition"} and isinstance(data["definition"], dict):
            table: dict[str, Any] = data["definition"]
            return table
    return None


def text_with_definition(data: dict[str, Any], definition: Definition) -> str:
    """Data as TOML. The definition stands last, as it is in no need of being edited."""
    import tomli_w  # only to write

    # One CRLF would come back as LF from a text written over several lines.
    text = tomli_w.dumps(data, multiline_strings=not _has_crlf(data))
    return f"{text}\n{_definition_text(definition)}"


def _has_crlf(value: Any) -> bool:
    if isinstance(value, str):
        return "\r" in value
    if isinstance(value, dict):
        return any(map(_has_crlf, value.values()))
    return isinstance(value, list | tuple) and any(map(_has_crlf, value))


@lru_cache(maxsize=8)
def _definition_text(definition: Definition) -> str:
    import tomli_w

    text = definition.worksheet
    is_as_made = definition.sha256.isalnum() and not definition.model_extra
    if not is_as_made or "'''" in text or text.endswith("'") or _needs_escapes(text):
        return tomli_w.dumps({"definition": definition.model_dump()})
    return f"[definition]\nsha256 = \"{definition.sha256}\"\nworksheet = '''\n{text}'''\n"


def _needs_escapes(text: str) -> bool:
    return any((ord(char) < 32 and char not in "\n\t") or ord(char) == 127 for char in text)
