"""What acts in a text instead of being read, and any text at all to try a way out with.

It must not import libwell: what it says of characters is Unicode's word, not libwell's.
"""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

BATCH, BATCHES = 40, 250
"""Ten thousand texts, forty at a time."""

_PIECES = (
    *"\\'\"=+-@,;:#<>[]{}\t\n\r\0\x1b\x7f\x85\xa0\u2028\u2029\u202e\u2066\ufeff",
    *(
        "\\N",
        "\\n",
        "\\,",
        "\r\n",
        "''",
        '""',
        "'=",
        "\n=",
        "\uff1d1",
        "[U+001B]",
        "END:VEVENT\r\n",
        "\ud800",
    ),
)
ANY_TEXT = st.lists(st.sampled_from(_PIECES) | st.text(st.characters(exclude_categories=[]), max_size=9)).map(
    "".join
)
"""Every character there is, lone surrogates too, and what formats take for their own."""

_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
_DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def acting(text: str) -> set[str]:
    """Control, separator and bidirectional characters in a text, and surrogates; line feeds are none."""
    return {one for one in text if one != "\n" and _acts(one)}


def _acts(one: str) -> bool:
    if one in "\u061c\u200e\u200f\ufeff" or unicodedata.category(one) in _CATEGORIES:
        return True
    return unicodedata.bidirectional(one) in _DIRECTIONS
