"""Parsing TOML that may be hostile: bounded in time and memory, and silent about what the text says.

It opens nothing; `files` reads the text. No mistake it reports quotes a key, a value or a single character.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

from libwell.errors import FileRefusedError, Mistake

# By how tomli's message begins; the rest of it may quote a key or a character of the file.
_WORDING = (
    ("Cannot declare", "This heading is given twice."),
    ("Cannot overwrite", "This key is given twice."),
    ("Duplicate", "This key is given twice."),
    ("Cannot", "This adds to a table that is already closed."),
    ("Found invalid character", "There is a control character here."),
    ("Illegal character", "A text is not closed, or holds a control character."),
    ("Unterminated string", "A text is not closed."),
    ("Unclosed array", "A list is not closed, or lacks a comma."),
    ("Unclosed inline table", "A table in { } is not closed, or lacks a comma."),
    ("Expected ']", "A heading in [ ] is not closed."),
    ("Expected '='", "There is no = after a key."),
    ("Expected newline", "There is something after the end of the value."),
    ("Expected", "A text is not closed."),
    ("Unescaped", "A backslash in a text has to be doubled."),
    ("Invalid hex", "A backslash in a text is followed by the number of no character."),
    ("Escaped", "A backslash in a text is followed by the number of no character."),
    ("Invalid date", "There is no such date or time."),
    ("Invalid value", "The value is missing, or is a text without quotation marks."),
    ("Invalid initial", "A key is missing, or needs quotation marks."),
    ("Invalid statement", "This is neither a key with its value nor a heading in [ ]."),
)

_MOST_PARTS, _MOST_CHARACTERS, _MOST_LEVELS = 16, 1000, 64
# What follows finds a key of too many parts, or a word outside of quotation marks that is too long. Texts and
# comments are skipped whole, closed or not, so that no character is looked at more than a few times.
_WORD = r"""(?:[\w+-]++|"(?:[^"\\\n]++|\\.)*+"?|'[^'\n]*+'?)"""
_DOT = r"[ \t]*+\.[ \t]*+"
_MORE = rf"(?:{_DOT}{_WORD})"
_ENDLESS = (
    r'"{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:"{3,5})?'
    r"|'{3}(?:[^']++|'{1,2}(?!'))*+(?:'{3,5})?"
    r"|\#[^\n]*+"
    rf"|(?P<endless>{_WORD}{_MORE}{{{_MOST_PARTS}}}|(?:{_WORD}{_DOT})*?[\w+-]{{{_MOST_CHARACTERS + 1}}})"
    rf"|{_WORD}{_MORE}*+"
)


def parse_toml(text: str, *, file: str) -> dict[str, Any]:
    """Parse TOML into tables nested at most 64 deep; `file` is the name a mistake is reported under.

    Raises FileRefusedError with the line where it is known. A key may have 16 parts, and a key or number
    outside of quotation marks 1,000 characters.
    """
    import tomli  # noqa: PLC0415 - as slow to import as Python to start: only when a file is read

    mistake = _find_endless(text)
    if mistake is None:
        try:
            data = tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            mistake = Mistake(_wording(error.msg), line=error.lineno)
        except RecursionError:
            mistake = Mistake("Lists or tables are nested too deeply.")
        except Exception:  # noqa: BLE001 - whatever a hostile file brings the parser to is that file's mistake
            mistake = Mistake("A value can't be read as TOML; a number may be too long.")
        else:
            if not _is_deep(data):
                return data
            mistake = Mistake("Lists or tables are nested too deeply.")
    raise FileRefusedError(file, (mistake,))  # outside of `except`: tomli's error carries the whole text


def _wording(message: str) -> str:
    return next((plain for start, plain in _WORDING if message.startswith(start)), "This is not valid TOML.")


def _find_endless(text: str) -> Mistake | None:
    """Find what costs tomli minutes (dotted keys under dotted headings) or a gigabyte (one long number)."""
    lines = text.split("\n")
    if not any(len(line) > _MOST_CHARACTERS or line.count(".") >= _MOST_PARTS for line in lines):
        return None
    for found in re.finditer(_ENDLESS, text, re.DOTALL | re.ASCII):
        if found.lastgroup:
            line = text.count("\n", 0, found.start()) + 1
            return Mistake("A key has too many parts, or a key or number is too long.", line=line)
    return None


def _is_deep(data: dict[str, Any]) -> bool:
    level: list[Any] = [data]
    for _ in range(_MOST_LEVELS):
        inner = chain.from_iterable(node.values() if isinstance(node, dict) else node for node in level)
        level = [child for child in inner if isinstance(child, (dict, list))]
        if not level:
            return False
    return True
