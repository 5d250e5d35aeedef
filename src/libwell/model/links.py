"""Addresses on the web: which of them can be followed, and how they stand in a link."""

from __future__ import annotations

import re
from urllib.parse import quote

# http or https; a host of ASCII letters, so that none looks like another; a port; and behind it no white
# space, and none of the characters that end an address in a text or in markup.
_ADDRESS = re.compile(
    r"[Hh][Tt][Tt][Pp][Ss]?://"
    r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
    r"(?::[0-9]{1,5})?"
    r"""(?:[/?#][^\s"'`<>\[\]\\\u2018-\u201f\xab\xbb]*)?"""
)
_KEPT = "-._~:/?#@!&()*+,=%"
"""What else an address is made of, and ends it nowhere: neither in HTML nor between < and > in Markdown."""

LINK_REMEDY = "Write it in full, such as https://example.org/page; for a blank write %20, for a quote %27."


def is_link(text: str) -> bool:
    """Whether a text is an address that can be followed, and nothing else."""
    return bool(_ADDRESS.fullmatch(text)) and text.isprintable()


def link_target(address: str) -> str:
    """An address that `is_link` as it stands in a link: what could end it there is percent-encoded."""
    return quote(address, safe=_KEPT)


def same_place(address: str) -> str:
    """What two addresses of one page have in common; empty for a host alone, which many works share."""
    if not is_link(address):
        return ""
    host, _, page = address.casefold().partition("://")[2].removeprefix("www.").partition("/")
    page = page.rstrip("/")
    return f"{host}/{page}" if page else ""
