"""What keeps a text from being TOML, in words of our own: the line, what is wrong there, what to write.

What people often write comes first. No mistake quotes a key, a value or a single character of the text.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from itertools import takewhile
from typing import TYPE_CHECKING

from libwell.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tomli import TOMLDecodeError

# By how tomli's message begins; the rest of it may quote a key or a character of the file.
_AGAIN = "Keep one of them."
_NO_CHARACTER = "A backslash in a text is followed by the number of no character."
_DOUBLE = r"Write \\ for a backslash."
_WORDING = (
    ("Cannot declare", "This heading is given twice.", "For one of several write two brackets: [[ ]]."),
    ("Cannot overwrite", "This key is given twice.", _AGAIN),
    ("Duplicate", "This key is given twice.", _AGAIN),
    ("Cannot", "This adds to a table that is already closed.", "Move it to where the table begins."),
    ("Found invalid character", "There is a control character here.", "Take it out."),
    (
        "Illegal character",
        "A text is not closed on its line, or holds a control character.",
        'Close it with "; a text of several lines stands between """ and """.',
    ),
    ("Unterminated string", "A text is not closed.", 'Close it with ".'),
    ("Unclosed array", "A list is not closed, or lacks a comma.", "Put commas between, and close it with ]."),
    (
        "Unclosed inline table",
        "A table in { } is not closed, or lacks a comma.",
        "Put commas between, and close it with }.",
    ),
    ("Expected ']", "A heading in [ ] is not closed.", "Close it with ], or with ]] if it begins with [[."),
    ("Expected '='", "There is no = after a key.", 'Write it as key = "…".'),
    (
        "Expected newline",
        "There is something after the end of the value.",
        r'Put it on a line of its own; a " inside a text is written \".',
    ),
    ("Expected", "A text is not closed.", "Close it with the mark it begins with."),
    ("Unescaped", "A backslash in a text has to be doubled.", _DOUBLE),
    ("Invalid hex", _NO_CHARACTER, _DOUBLE),
    ("Escaped", _NO_CHARACTER, _DOUBLE),
    ("Invalid date", "There is no such date or time.", "Write it as 2027-03-01."),
    (
        "Invalid value",
        "The value is missing, or is a text without quotation marks.",
        'Put a text in quotes: "…".',
    ),
    ("Invalid initial", "A key is missing, or needs quotation marks.", 'Write it as key = "…".'),
    (
        "Invalid statement",
        "This is neither a key with its value nor a heading in [ ].",
        'Write it as key = "…".',
    ),
    ("", "This is not valid TOML.", ""),
)

# What of a line stands in no text and in no comment, and what people put there that is no TOML.
_CLOSED = re.compile(r"""\"(?:[^"\\]++|\\.)*+"|'[^']*+'""")
_NO_DATE = re.compile(
    r"(?:^|[=\[,{])[ \t]*+(\d{4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?![\w.-])", re.ASCII
)
# The findings that are not made in the middle of a text of several lines.
_ON_THE_LINE = (
    "Expected newline",
    "Expected '",
    'Expected "\'"',
    "Unclosed",
    "Invalid date",
    "Invalid value",
    "Invalid initial",
    "Invalid statement",
    "Illegal character '\\n'",
    "Illegal character '\\r'",
)
_TWICE = ("Duplicate", "Cannot overwrite")
_BEGINS, _ENDS = r"(?:^|[=\[,{])[ \t]*+", r"[ \t]*+(?:[\]},]|$)"
_FOR_TWO = "For two tests write when = { all = [{ … }, { … }] }, or any in the place of all."
_OFTEN = (  # what tomli finds where people write this; what they write; what is said of it, and the remedy
    (
        _ON_THE_LINE,
        r"[“”„\u2018]|(?<!\w)\u2019|\u2019(?!\w)",  # but not the apostrophe in a word
        ("Curly quotation marks stand here.", 'Use straight ones: ".'),
    ),
    (
        ("Invalid value",),
        rf"{_BEGINS}(?i:true|false){_ENDS}",
        ("True and false are written in small letters.", "Write true or false."),
    ),
    (
        ("Invalid value",),
        rf"{_BEGINS}(?i:yes|no){_ENDS}",
        ("Yes and no are written as true and false.", "Write true or false."),
    ),
    (
        ("Invalid value",),
        rf"{_BEGINS}(?i:none|null){_ENDS}",
        ("There is no word for nothing.", "Leave the key out."),
    ),
    (
        ("Expected newline",),
        r"=[ \t]*+\d++,\d",
        ("A number is written without a comma.", "Write 1000 for a thousand, 0.5 for a half."),
    ),
    (_TWICE, r"(?:^|[{,.])[ \t]*+prompt[ \t]*+=", ("A test in a when names one prompt.", _FOR_TWO)),
    (_TWICE, r"^[ \t]*+when[ \t.]*+", ("There is a when already.", _FOR_TWO)),
    (
        _TWICE,
        r"^[ \t]*+\[\[[ \t]*+sections[ \t]*+\]\]",
        (
            "Something of a section stands above the first [[sections]], or that has only one bracket.",
            "Begin each section with [[sections]], its id and its title.",
        ),
    ),
)
_LONGEST_LINE = 2000

_MARKS = ('"""', "'''")
# What tomli finds behind a text that runs on to where the next one was to begin: words, and no TOML.
_BEHIND_A_TEXT = ("Expected '='", "Invalid initial", "Invalid statement")
_KEY_OR_HEADING = re.compile(r"^[ \t]*+(?:\[\[?[\w.\- \t]++\]|[\w-]++[ \t]*+=)", re.MULTILINE)


def toml_mistake(text: str, error: TOMLDecodeError, texts: Iterable[re.Match[str]]) -> Mistake:
    """Put into words what keeps a text from being TOML, which tomli found.

    `texts` are the texts and comments in it, in order, closed or not.
    """
    above = [
        found
        for found in takewhile(lambda one: one.start() < error.pos, texts)
        if found[0].startswith(_MARKS)
    ]
    if above and _runs_on(above[-1], error):
        line = text.count("\n", 0, above[-1].start()) + 1
        remedy = f"Close it with {above[-1][0][:3]} where it ends."
        return Mistake("The text that begins here is not closed.", (), remedy, line=line)
    said, remedy = _words(error.msg, text.split("\n")[error.lineno - 1])
    return Mistake(said, (), remedy, line=error.lineno)


def _runs_on(found: re.Match[str], error: TOMLDecodeError) -> bool:
    """Whether a text of several lines is not closed where it should be: tomli stumbles right behind it.

    It goes on to the end of the file, or to where the next such text was to begin.
    """
    if error.msg.startswith(("Unterminated", "Expected \"'''\"")):
        return found.end() == error.pos
    line = error.doc.rfind("\n", 0, error.pos) + 1
    if found.end() > line:
        is_behind = error.msg.startswith("Expected newline")
    else:
        is_behind = error.msg.startswith(_BEHIND_A_TEXT) and not error.doc[found.end() : line].strip()
    return is_behind and bool(_KEY_OR_HEADING.search(found[0]))


def _words(message: str, line: str) -> tuple[str, str]:
    """What is wrong on a line, and what to write; `message` is tomli's."""
    if len(line) <= _LONGEST_LINE and not any(mark in line for mark in _MARKS):
        bare = _CLOSED.sub("", line).partition("#")[0]
        for starts, written, words in _OFTEN:
            if message.startswith(starts) and re.search(written, bare):
                return words
        if message.startswith(_ON_THE_LINE) and not all(map(_is_day, _NO_DATE.findall(bare))):
            return "There is no such date.", "Write it as 2027-03-01."
    return next((plain, do) for start, plain, do in _WORDING if message.startswith(start))


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return bool(dt.date.fromisoformat(text))
    return False
