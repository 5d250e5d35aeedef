"""Parsing TOML that may be hostile: bounded in time and memory, and silent about what the text says.

It opens nothing; `files` reads the text. No mistake it reports quotes a key, a value or a single character.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from itertools import repeat
from typing import Any

from libwell.errors import FileRefusedError, Mistake
from libwell.model.nearest import begin_budget

_TOO_MANY = Mistake("There are more keys, values or lines here than libwell reads.", remedy="Split the file.")
_TOO_DEEP = Mistake("Lists or tables are nested too deeply.")

_MOST_PARTS, _MOST_CHARACTERS, _MOST_LEVELS = 16, 1000, 64
# What follows finds a key of too many parts, or a word outside of quotation marks that is too long. Texts and
# comments are skipped whole, closed or not, so that no character is looked at more than a few times.
_LINE_TEXT = r"""\"(?:[^"\\\n]++|\\.)*+"?|'[^'\n]*+'?"""
_TEXT_OR_COMMENT = (
    r'"{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:"{3,5})?'
    r"|'{3}(?:[^']++|'{1,2}(?!'))*+(?:'{3,5})?"
    r"|\#[^\n]*+"
)
_WORD = rf"(?:[\w+-]++|{_LINE_TEXT})"
_DOT = r"[ \t]*+\.[ \t]*+"
_MORE = rf"(?:{_DOT}{_WORD})"
_ENDLESS = (
    rf"{_TEXT_OR_COMMENT}"
    rf"|(?P<endless>{_WORD}{_MORE}{{{_MOST_PARTS}}}|(?:{_WORD}{_DOT})*?[\w+-]{{{_MOST_CHARACTERS + 1}}})"
    rf"|{_WORD}{_MORE}*+"
)

_MOST_LINES = 300_000
_MOST_SIGNS = 200_000
_SIGNS = {"=": 2, ",": 1, "[": 3, "{": 3, ".": 4}
"""Each key, value and table takes up to a kilobyte to parse, and as much again if it is wrong. They are
counted by signs outside of texts, by what each costs. Real files have a few thousand; those that are long are
so by their texts."""
_FEW_CHARACTERS = _MOST_SIGNS // max(_SIGNS.values())
"""So few hold too much of nothing, whatever they are; nearly every file has no more."""
TEXT_OR_COMMENT = re.compile(f"{_TEXT_OR_COMMENT}|{_LINE_TEXT}", re.DOTALL)
"""Each text and each comment, also one that is not closed."""

_VALUE_BELOW, _SIGN_BELOW = re.compile(r"=[ \t]*+[\n#]"), re.compile(r"\n[ \t]*+=")
"""An = at either end of its line, which is no TOML; rtoml takes it in { }."""


def parse_toml(text: str, *, file: str) -> dict[str, Any]:
    """Parse TOML into tables nested at most 64 deep; `file` is the name a mistake is reported under.

    Raises FileRefusedError with the line where it is known. A key may have 16 parts, a key or number outside
    of quotation marks 1,000 characters, and a file some 100,000 keys. With each file begins a budget to
    look for what its misspelled names are near to.
    """
    begin_budget()
    mistake = _find_hostile(text)
    data: dict[str, Any] = {}
    try:
        if mistake is None:
            data = _read(text)
            mistake = _TOO_DEEP if _settle(data) else None
    except RecursionError:
        mistake = _TOO_DEEP
    except Exception as error:  # noqa: BLE001 - whatever a hostile file brings a parser to is that file's mistake
        mistake = _mistake(text, error)
    if mistake is not None:
        raise FileRefusedError(file, (mistake,))  # outside of `except`: tomli's error carries the whole text
    return data


def _read(text: str) -> dict[str, Any]:
    """Parse with rtoml, which takes a quarter of tomli's time; tomli reads what rtoml refuses.

    So numbers past what rtoml knows are read too, and tomli's errors say what is wrong. The two read alike,
    but that rtoml keeps CRLF in a text, and has a table whose heading comes late behind those above it.
    """
    import rtoml  # only when a file is read

    plain = text.replace("\r\n", "\n") if "\r" in text else text
    is_odd = "\r" in plain or plain.startswith("\ufeff")
    if not (is_odd or _VALUE_BELOW.search(plain) or _SIGN_BELOW.search(plain)):
        with suppress(ValueError):
            return rtoml.loads(plain)
    import tomli  # as slow to import as Python to start: only where there may be a mistake

    return tomli.loads(text)


def _mistake(text: str, error: Exception) -> Mistake:
    """What keeps a text from being read, of which the last parser raised `error`."""
    from tomli import TOMLDecodeError

    from libwell.storage.toml_mistakes import toml_mistake  # only on mistakes

    if isinstance(error, TOMLDecodeError):
        return toml_mistake(text, error, TEXT_OR_COMMENT.finditer(text))
    return Mistake("A value can't be read as TOML; a number may be too long.")


def _find_hostile(text: str) -> Mistake | None:
    """What a text should not be parsed for, as to find out that it is no TOML would cost too much.

    Dotted keys under dotted headings cost tomli minutes, and one long number a gigabyte.
    """
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return Mistake("There is a control character here.", remedy="Take it out.", line=line)
    if holds_too_much(text):
        return _TOO_MANY
    lines = text.split("\n")
    if max(map(len, lines)) <= _MOST_CHARACTERS and max(map(str.count, lines, repeat("."))) < _MOST_PARTS:
        return None
    for found in re.finditer(_ENDLESS, text, re.DOTALL | re.ASCII):
        if found.lastgroup:
            line = text.count("\n", 0, found.start()) + 1
            message = "A key has too many parts, or a key or number is too long."
            return Mistake(message, remedy="Shorten it.", line=line)
    return None


def holds_too_much(text: str) -> bool:
    """Whether a text holds more keys, values or lines than are read of one file."""
    if len(text) <= _FEW_CHARACTERS:
        return False
    if text.count("\n") > _MOST_LINES:
        return True
    if _signs(text, 0, len(text)) <= _MOST_SIGNS:
        return False
    left, end = _MOST_SIGNS, 0
    for found in TEXT_OR_COMMENT.finditer(text):
        left -= max(1, _signs(text, end, found.start()))
        end = found.end()
        if left < 0:
            return True
    return _signs(text, end, len(text)) > left


def _signs(text: str, start: int, end: int) -> int:
    return sum(weight * text.count(sign, start, end) for sign, weight in _SIGNS.items())


def _settle(data: dict[str, Any]) -> bool:
    """Give every moment a zone of Python's own, which can be copied. Say whether it is nested too deep."""
    level: list[Any] = [data]
    for _ in range(_MOST_LEVELS):
        inner: list[Any] = []
        for node in level:
            for key, value in node.items() if isinstance(node, dict) else enumerate(node):
                if type(value) in (dict, list):
                    inner.append(value)
                elif type(value) is dt.datetime and (offset := value.utcoffset()) is not None:
                    node[key] = value.replace(tzinfo=dt.timezone(offset))
        if not inner:
            return False
        level = inner
    return True
