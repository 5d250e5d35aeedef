"""Text folded to a width, at spaces, with every line's indentation kept.

It only changes text; what is active in it has been made visible before. It must not write to a stream.
"""

from __future__ import annotations

import re
import textwrap

# What stands before the words of a line: its indentation and the mark of a list item or a box.
_LEAD = re.compile(r" *(?:(?:[-*\u2022]|\d{1,3}[.)]) +)?(?:\[[ x]\] +)?")


def wrap(text: str, width: int) -> str:
    """Fold each line longer than `width` characters; words longer than a line are broken, none is dropped."""
    return "\n".join(_fold(line.expandtabs(), width) for line in text.split("\n"))


def _fold(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    found = _LEAD.match(line)
    lead = found[0] if found else ""
    words = line[len(lead) :]
    if len(lead) > width // 2:  # too little room beside it: the mark without its indentation
        lead = lead.strip() + " " if lead.strip() else ""
    lines = textwrap.wrap(
        words,
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        expand_tabs=False,
        replace_whitespace=False,
        break_on_hyphens=False,  # an id or an address that breaks at its hyphens can't be copied
    )
    return "\n".join(lines) if lines else lead.rstrip()
