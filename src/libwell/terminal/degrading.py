"""Text for a stream that can't write every character: the nearest ASCII, or the character's number.

It only changes text; it must not write to a stream or decide what is shown.
"""

from __future__ import annotations

import unicodedata

_PLAIN = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "...": "\u2026",
    "*": "\u00b7\u2022\u2023\u25aa\u25cf\u25e6",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb",
    "'": "\u2018\u2019\u201a\u201b\u2039\u203a\u2032",
    "v": "\u2713\u2714",
    "x": "\u2717\u2718\u00d7",
    "->": "\u2192\u21d2",
    "<-": "\u2190",
    "<->": "\u2194",
    "<=": "\u2264",
    ">=": "\u2265",
    "[ ]": "\u2610",
    "#": "\u2588",
    ".": "\u2591",
    "[x]": "\u2611\u2612",
    "/": "\u2044\u00f7",
    "ss": "\u00df",
    "ae": "\u00e6",
    "AE": "\u00c6",
    "oe": "\u0153",
    "OE": "\u0152",
    "o": "\u00f8",
    "O": "\u00d8",
    "l": "\u0142",
    "L": "\u0141",
    "d": "\u0111\u00f0",
    "D": "\u0110\u00d0",
    "i": "\u0131",
    "th": "\u00fe",
    "Th": "\u00de",
    "EUR": "\u20ac",
    "GBP": "\u00a3",
    "(c)": "\u00a9",
    "(R)": "\u00ae",
    "+-": "\u00b1",
    " degrees": "\u00b0",
    "section ": "\u00a7",
}
_TO_ASCII = {ord(sign): plain for plain, signs in _PLAIN.items() for sign in signs}


def degrade(text: str, encoding: str) -> str:
    """Replace what `encoding` (a codec Python knows) can't write; never fails, never drops a character."""
    if _can_write(text, encoding):
        return text
    text = unicodedata.normalize("NFC", text)
    return "".join(sign if _can_write(sign, encoding) else _nearest(sign, encoding) for sign in text)


def _can_write(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeError:
        return False
    return True


def _nearest(sign: str, encoding: str) -> str:
    parts = unicodedata.normalize("NFKD", sign)
    plain = "".join(part for part in parts if not unicodedata.combining(part)).translate(_TO_ASCII)
    usable = plain != "" and plain.isascii() and _can_write(plain, encoding)
    return plain if usable else f"[U+{ord(sign):04X}]"
