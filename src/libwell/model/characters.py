"""Characters that could act instead of being read: which they are, and how they are made visible.

Used at every way out (terminal, every format). It knows nothing of markup; each way out adds its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ENDS = (":", "?", "!", ".")

# C0 and C1 controls, DEL, line and paragraph separators, bidirectional controls, the byte-order mark,
# invisible tag characters and lone surrogates. Joiners (U+200D) stay: emoji and many scripts need them.
_ACTIVE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def make_visible(text: str) -> str:
    """Write each control or bidirectional character as `[U+001B]`; line feeds and tabs stay."""
    if _is_plain(text):
        return text
    return with_active(text.replace("\r\n", "\n"), lambda active: f"[U+{ord(active):04X}]")


def with_active(text: str, write: Callable[[str], str]) -> str:
    """Write each control or bidirectional character in another way; line feeds and tabs stay."""
    if _is_plain(text):
        return text
    return _ACTIVE.sub(lambda found: write(found[0]), text)


def _is_plain(text: str) -> bool:
    """Whether nothing in a text can act, as in nearly every one: no search is as fast as to ask for that."""
    return text.isprintable() or text.replace("\n", "").isprintable()


def one_line(text: str) -> str:
    """Fold every run of white space into one space, so that the text fits on a line."""
    return " ".join(text.split())


def folded(name: str) -> str:
    """A name as it is compared with others: without regard to case, blanks, and how its letters are written.

    Characters that nobody sees don't count. Folded again it stays as it is.
    """
    line = one_line(name).casefold()
    if line.isascii():
        return line
    import unicodedata  # few names need it

    seen = "".join(sign for sign in line if unicodedata.category(sign) != "Cf")
    return one_line(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold()))


def shortened(text: str, longest: int) -> str:
    """The text in one line, at most `longest` characters of it; the last is then `…`."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def first_words(text: str, longest: int = 40) -> str:
    """The first whole words of a text, at most `longest` characters in one line; ` …` says there are more."""
    line = one_line(text)
    if len(line) <= longest:
        return line
    words = line[: longest - 1].rsplit(" ", 1)[0]
    return f"{words} …"


def unwrapped(text: str) -> str:
    """Text of a worksheet: an empty line makes a paragraph, a single line break is a space."""
    paragraphs = map(one_line, text.replace("\r\n", "\n").split("\n\n"))
    return "\n\n".join(filter(None, paragraphs))


def counted(number: int, one: str, many: str) -> str:
    """Say a number, and what there is of it: `1 file`, `2 files`."""
    return f"{number} {one if number == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Words in a row: `1, 2 and 3`. There is at least one."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def paragraphs_in(text: str) -> str:
    """How many paragraphs a text has, in words; an empty line is between two of them."""
    paragraphs = filter(str.strip, re.split(r"\n\s*\n", text))
    return counted(len([*paragraphs]), "paragraph", "paragraphs")


def quoted(text: str) -> str:
    """Put a worksheet's words in quotation marks, without the full stop that would stand doubled."""
    return f"“{one_line(text).rstrip('.')}”"


def labeled(label: str, text: str) -> str:
    """A text behind its label: `Who: Ana`, and behind a question `Is it there? yes`."""
    return f"{label}{'' if label.endswith(_ENDS) else ':'} {text}"
