"""Addresses: which can be followed, and what of them could end a link."""

from __future__ import annotations

import pytest

from libwell.model.links import is_link, link_target, same_place


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/",
        "HTTPS://EXAMPLE.ORG:8080/x",
        "https://example.org/a_(b)?c=1&d=%20#e",
        "https://example.org?q=1",
        "https://example.org/caf\u00e9",
    ],
)
def test_what_can_be_followed(address: str) -> None:
    assert is_link(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "mailto:jo@example.org",
        "https://",
        "https://-",
        "https://name@example.org",
        "https://\u0430pple.com",
        "http\u017f://example.org",
        "https://example.org/a b",
        "https://example.org/a\u00a0b",
        "https://example.org/a\n",
        "https://example.org/\u202egnp",
        "https://example.org/\u200b",
        "https://example.org/'",
        'https://example.org/"x',
        "https://example.org/\u201d",
        "https://example.org/<x>",
        "https://example.org\\@example.com",
        "https://example.org/`",
    ],
)
def test_what_can_not(text: str) -> None:
    assert not is_link(text)


def test_what_could_end_a_link_is_encoded_and_nothing_else_changes() -> None:
    plain = "https://example.org/a_(b)?c=1&d=%20#e"
    assert link_target(plain) == plain
    assert link_target("https://example.org/caf\u00e9|$x;{}^") == (
        "https://example.org/caf%C3%A9%7C%24x%3B%7B%7D%5E"
    )


def test_a_page_is_the_same_however_it_is_written_and_a_host_alone_is_no_page() -> None:
    assert same_place("https://www.Example.org/A/") == same_place("http://example.org/a") != ""
    assert same_place("https://example.org/") == same_place("example.org/a") == same_place("") == ""
