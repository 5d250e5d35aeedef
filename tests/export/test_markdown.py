"""Markdown: what a person typed shows as typed and does nothing else, read back by real Markdown parsers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from hostile import HOSTILE
from libwell.export.markdown import render
from libwell.model.characters import make_visible
from libwell.model.document import (
    Bar,
    Bars,
    Block,
    Checklist,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Quotation,
    Reference,
    References,
    Table,
    Task,
)
from libwell.model.links import is_link, link_target
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

PARSERS = {
    "commonmark": MarkdownIt("commonmark").enable(["table", "strikethrough"]),
    "gfm": MarkdownIt("gfm-like").use(tasklists_plugin).use(footnote_plugin),
    "everything": MarkdownIt("gfm-like2")
    .use(gfm_autolink_plugin)
    .use(footnote_plugin)
    .use(dollarmath_plugin, double_inline=True)
    .use(deflist_plugin)
    .use(colon_fence_plugin)
    .use(front_matter_plugin),
}

LINK = "https://example.org/a_(b)?c=1&d=%20#e"
ONE_BAR, NO_BAR = Bar("one", 1, 0, 3, "1 of 3"), Bar("three", None, 0, 3, "no score yet")

# Each place of a block where text can stand. Lists and tables have neighbours that the text could reach.
PLACES: dict[str, Callable[[str], Block]] = {
    "heading": lambda text: Heading(2, text),
    "paragraph": Paragraph,
    "aside": lambda text: Paragraph(text, tone="aside"),
    "answer": lambda text: Paragraph(text, tone="answer"),
    "quotation text": lambda text: Quotation(text, "source"),
    "quotation source": lambda text: Quotation("text", text),
    "fact label": lambda text: Facts((("one", "1"), (text, "2"), ("three", "3"))),
    "fact text": lambda text: Facts((("one", "1"), ("two", text), ("three", "3"))),
    "listing item": lambda text: Listing(("one", text, "three")),
    "listing title": lambda text: Listing(("one",), title=text),
    "checklist item": lambda text: Checklist((("one", True), (text, False), (text, True))),
    "checklist title": lambda text: Checklist((("one", True),), title=text),
    "table column": lambda text: Table((text, "B", text), (("1", "2", "3"),)),
    "table cell": lambda text: Table(("A", "B"), (("1", text), (text, "2"), ("3", "4"))),
    "bar label": lambda text: Bars((ONE_BAR, Bar(text, 2, 0, 3, "2 of 3"), NO_BAR)),
    "bar text": lambda text: Bars((ONE_BAR, Bar("two", 2, 0, 3, text), Bar("none", None, 0, 3, text))),
    "reference": lambda text: References((Reference("one"), Reference(text, LINK, text), Reference(text))),
    "task step": lambda text: Task(text, details=(("Who", "Ana"),)),
    "task label": lambda text: Task("step", details=(("Who", "Ana"), (text, "x"))),
    "task detail": lambda text: Task("step", done=True, details=(("Who", text), ("When", "soon"))),
}
WITH_SLASHES = {"table column", "table cell", "task detail"}

PIECES = (
    *"*_`~[]()<>!|#-+=.:@&;\\/$^{}'\"%,?",
    *" \t\n\n\r09aZ",
    *("  ", "    ", "\u00a0", "\u3000", "\u200b", "\u0301", "\u202e", "\U0001f600", "\u0440\u0444", "\u2014"),
    *(
        "---",
        "===",
        "```",
        "~~~",
        "***",
        "- ",
        "+ ",
        "1. ",
        "9) ",
        "> ",
        "# ",
        "\n\n",
        "| - |",
        "|-|-|\n",
        ":-:",
    ),
    *(
        "http://",
        "https:",
        "www.",
        "//",
        ".com",
        "a.b",
        "mailto:",
        "xmpp:",
        "localhost",
        "&amp;",
        "&#60;",
        "amp;",
    ),
    *(
        "[x]",
        "[^1]",
        "]: ",
        "](",
        "![",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "<?",
        "<![CDATA[",
        "\\\n",
        "  \n",
        "[ ] ",
    ),
)
typed = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)


def document_of(place: str, text: str) -> Document:
    return Document("Title", (Paragraph("before"), PLACES[place](text), Paragraph("after")))


def harmless(text: str) -> str:
    """Text of the same lines, where each line that says anything says `word`."""
    return "\n".join("word" if line.strip() else "" for line in make_visible(text).split("\n"))


def folded(text: str, *, between_lines: str = " ") -> str:
    lines = (" ".join(line.split()) for line in make_visible(text).split("\n"))
    return between_lines.join(line for line in lines if line)


def leaves(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from leaves(token.children or [])


@lru_cache
def shape(parser: str, markdown: str) -> list[tuple[str, str, int]]:
    return [(token.type, token.tag, token.level) for token in leaves(PARSERS[parser].parse(markdown))]


def read_back(parser: str, markdown: str) -> str:
    """All text of a document, white space folded."""
    shown = ""
    for token in leaves(PARSERS[parser].parse(markdown)):
        shown += token.content if token.type == "text" else ""
        shown += "\n" if token.type in {"hardbreak", "softbreak", "inline"} else ""
    return " ".join(shown.split())


def assert_clean(markdown: str) -> None:
    assert markdown.endswith("\n")
    assert not markdown.endswith("\n\n")
    assert "\n\n\n" not in markdown
    assert all(line == line.rstrip() for line in markdown.split("\n"))
    assert make_visible(markdown) == markdown


def assert_does_nothing(place: str, text: str) -> None:
    markdown = render(document_of(place, text))
    expected = folded(text, between_lines=" / " if place in WITH_SLASHES else " ")
    assert_clean(markdown)
    for parser in PARSERS:
        assert shape(parser, markdown) == shape(parser, render(document_of(place, harmless(text)))), text[:99]
        assert expected in read_back(parser, markdown), text[:99]


@pytest.mark.quick_cases(4)
@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_shows_as_typed_and_does_nothing(place: str) -> None:
    for text in HOSTILE:
        assert_does_nothing(place, text)


@pytest.mark.parametrize("place", PLACES)
@examples(600, quick=15)  # of each place
@given(text=typed)
def test_any_text_shows_as_typed_and_does_nothing(place: str, text: str) -> None:
    assert_does_nothing(place, text)


def addresses_in(parser: str, markdown: str) -> list[str]:
    """Where the links of a document lead; the parsers encode a lone % once more."""
    tokens = leaves(PARSERS[parser].parse(markdown))
    return [str(token.attrGet("href")).replace("%25", "%") for token in tokens if token.type == "link_open"]


def assert_is_a_link_or_text(address: str) -> None:
    markdown = render(Document("Title", (References((Reference("Care.", address, "Good."),)),)))
    expected = [link_target(address).replace("%25", "%")] if is_link(address) else []
    assert_clean(markdown)
    for parser in PARSERS:
        assert addresses_in(parser, markdown) == expected
        assert expected or folded(f"Care. {address} Good.") in read_back(parser, markdown)


@pytest.mark.thorough
def test_hostile_addresses_are_followed_nowhere_but_where_they_say() -> None:
    for text in HOSTILE:
        assert_is_a_link_or_text(text)
        assert_is_a_link_or_text(f"https://example.org/{text}")
        assert_is_a_link_or_text(f"https://{text}")


@examples(600, quick=30)
@given(text=typed)
def test_any_address_is_one_link_or_text(text: str) -> None:
    assert_is_a_link_or_text(f"https://example.org/{text}")


def test_an_address_stands_as_it_is_between_the_words_around_it() -> None:
    assert rendered(References((Reference("Care.", LINK, "Good."),))) == f"- Care. <{LINK}> Good.\n"
    assert rendered(References((Reference("", LINK),))) == f"- <{LINK}>\n"
    assert rendered(References((Reference("Care.", "example.org"),))) == "- Care. example\\.org\n"


@pytest.mark.thorough
def test_a_hostile_title_stays_the_only_heading() -> None:
    for text in [*HOSTILE, "lone \ud800 surrogate"]:
        markdown = render(Document(text))
        assert_clean(markdown)
        for parser in PARSERS:
            assert shape(parser, markdown) == shape(parser, "# word\n"), text[:99]
            assert folded(text) in read_back(parser, markdown), text[:99]


@pytest.mark.thorough
@examples(400)
@given(st.lists(st.tuples(st.sampled_from(sorted(PLACES)), typed), max_size=6))
def test_blocks_do_not_run_into_each_other(drawn: list[tuple[str, str]]) -> None:
    markdown = render(Document("Title", tuple(PLACES[place](text) for place, text in drawn)))
    tame = render(Document("Title", tuple(PLACES[place](harmless(text)) for place, text in drawn)))
    assert_clean(markdown)
    for parser in PARSERS:
        assert shape(parser, markdown) == shape(parser, tame)


def test_there_are_250_hostile_strings_that_can_be_saved() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) == 250
    assert all(text.encode() or not text for text in HOSTILE)


def rendered(*blocks: Block) -> str:
    """What follows the title."""
    return render(Document("Title", blocks)).removeprefix("# Title\n\n")


def html(*blocks: Block) -> str:
    return str(PARSERS["commonmark"].render(rendered(*blocks))).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Rest - and sleep. 3.5 hours, 50% (e.g. noon) + tea = #1 > 2 & you!", None),
        ('snake_case, it\'s "fine": AT&T, 1.2.3; a -> b; yes/no; me @ work; $5', None),
        ("-5 degrees, #", None),
        ("12345678901. no list", None),
        ("#topic", "\\#topic"),
        ("1. one\n2) two\n3.14", "1\\. one\\\n2\\) two\\\n3.14"),
        ("- a\n+ b\n* c", "\\- a\\\n\\+ b\\\n\\* c"),
        ("a\n---\n===\n:-:\n-:", "a\\\n\\---\\\n\\===\\\n\\:-:\\\n\\-:"),
        ("> quoted", "\\> quoted"),
        ("_soft_ **hard** ~gone~ `code`", "\\_soft\\_ \\*\\*hard\\*\\* \\~gone\\~ \\`code\\`"),
        ("![i](u) [x]: <b>", "!\\[i\\](u) \\[x\\]: \\<b>"),
        ("a|b \\ &amp; &nothing", "a\\|b \\\\ \\&amp; &nothing"),
        ("https://www.example.com/a.b", "https:/\\/www\\.example\\.com/a.b"),
        ("www.a.b or me@work.eu", "www\\.a.b or me\\@work\\.eu"),
        ("$5 or $6", "\\$5 or $6"),
        ("  in \n\tand\u00a0", "&#32; in&#32;\\\n&#9;and&#160;"),
        ("\x1b[1m \u202e", "\\[U+001B\\]\\[1m \\[U+202E\\]"),
    ],
)
def test_only_what_would_act_is_escaped(text: str, raw: str | None) -> None:
    assert rendered(Paragraph(text)) == (raw or text) + "\n"


def test_within_a_line_nothing_that_acts_at_its_start_is_escaped() -> None:
    assert rendered(Heading(2, "1. - # why? #")) == "## 1. - # why? \\#\n"
    assert rendered(Facts((("# 1", "- 2"),))) == "**# 1:** - 2\n"
    assert rendered(Table(("#", "-"), ())) == "| # | - |\n| --- | --- |\n"


def test_typed_text_survives_with_its_paragraphs_and_line_breaks() -> None:
    text = "\n\none\n  two  \n \n\n\tthree\\\nfour\n"
    paragraphs = "<p>one<br />  two  </p><p>\tthree\\<br />four</p>"
    assert html(Paragraph(text)) == paragraphs
    assert html(Quotation(text, "")) == f"<blockquote>{paragraphs}</blockquote>"
    assert html(Listing(("a", text))) == f"<ul><li><p>a</p></li><li>{paragraphs}</li></ul>"
    emphasised = paragraphs.replace("<p>", "<p><em>").replace("</p>", "</em></p>")
    assert html(Paragraph(text, tone="aside")) == emphasised


def test_folded_text_shows_where_its_lines_were_in_cells_and_details() -> None:
    text = " one\n\n two\t2\n"
    assert rendered(Heading(3, text), Facts(((text, text),))) == "### one two 2\n\n**one two 2:** one two 2\n"
    assert rendered(Table((text,), ((text,),))) == "| one / two 2 |\n| --- |\n| one / two 2 |\n"
    assert rendered(Task(text, details=((text, text),))) == "- [ ] one two 2\n  - one two 2: one / two 2\n"


def test_nothing_typed_leaves_a_dash_or_nothing() -> None:
    nothing = (
        Bars(()),
        Paragraph(" \n "),
        Paragraph("", tone="aside"),
        Quotation("", ""),
        Facts(()),
        Listing(()),
        Checklist(()),
        Table((), ()),
    )
    assert render(Document("", nothing)) == "# \u2014\n"
    assert rendered(Heading(2, ""), Facts((("Who", ""),))) == "## \u2014\n\n**Who:** \u2014\n"
    assert rendered(Checklist((("", False),)), Quotation("", "Ana")) == "- [ ] \u2014\n\n> \u2014 Ana\n"
    assert rendered(Task("", details=(("Who", ""),))) == "- [ ] \u2014\n  - Who: \u2014\n"
    assert rendered(Table(("A", ""), (("", "2"),))) == "| A |  |\n| --- | --- |\n|  | 2 |\n"
    assert rendered(Listing((), title="Offers")) == "**Offers**\n"


def test_a_bar_stands_behind_its_words_and_where_there_is_no_value_there_is_none() -> None:
    bars = Bars((ONE_BAR, Bar("of *two*", 2, 0, 3, "2 of 3 [x]"), NO_BAR))
    assert rendered(bars) == (
        "**one:** 1 of 3 ███░░░░░░░\\\n"
        "**of \\*two\\*:** 2 of 3 \\[x\\] ███████░░░\\\n"
        "**three:** no score yet\n"
    )
    assert rendered(Bars((Bar("a", 1, 0, 1, ""), Bar("b", None, 0, 1, "")))) == (
        "**a:** ██████████\\\n**b:** —\n"
    )


def test_lists_in_a_row_stay_apart_and_tasks_in_a_row_stay_together() -> None:
    lists = rendered(
        Listing(("a",)), Checklist((("b", True),)), Task("c"), Task("d"), Listing(("e",), title="T")
    )
    assert lists == "- a\n\n* [x] b\n\n- [ ] c\n- [ ] d\n\n**T**\n\n- e\n"
    assert html(Listing(("a",)), Listing(("b",)), Listing(("c",))).count("<ul>") == 3


def test_a_heading_below_the_title_is_never_on_its_level() -> None:
    assert rendered(Heading(1, "One"), Heading(9, "Nine")) == "## One\n\n###### Nine\n"


PLAN = Document(
    "My reflection #3",
    (
        Heading(2, "What drains me"),
        Paragraph("There are no wrong answers.", tone="aside"),
        Paragraph(
            "The desk on Mondays.\n- and the phone\n\nTwo *hard* weeks (see wiki.example.org).", tone="answer"
        ),
        Quotation("Care for yourself first,\nthen for others.", "Ana, page 3"),
        Facts((("Date", "2026-11-03"), ("Scale", "3 of 5"), ("Mood", ""))),
        Listing(("A walk at noon", "Quiet hour:\n9. to 10.", "[red]tea[/]"), title="What helps"),
        Checklist((("Asked the director", True), ("Booked the room", False))),
        Table(
            ("Offer", "Where", "Cost"),
            (("Talk | listen", "Room 2\nfirst floor", ""), ("Course", "Online", "$20")),
        ),
        Bars((Bar("Calm", 2.25, 0, 3, "2.25 of 3"), Bar("#2 pace", None, 0, 3, "no score yet"))),
        Paragraph("There is room to begin.", tone="aside"),
        Heading(2, "My plan"),
        Task("Swap every 2nd Monday", details=(("Who", "Ana and me"), ("When", "2026-12-01"))),
        Task("Leave on time", done=True),
    ),
)

GOLDEN = r"""# My reflection #3

## What drains me

*There are no wrong answers.*

The desk on Mondays.\
\- and the phone

Two \*hard\* weeks (see wiki\.example\.org).

> Care for yourself first,\
> then for others.
>
> — Ana, page 3

**Date:** 2026-11-03\
**Scale:** 3 of 5\
**Mood:** —

**What helps**

- A walk at noon
- Quiet hour:\
  9\. to 10.
- \[red\]tea\[/\]

* [x] Asked the director
* [ ] Booked the room

| Offer | Where | Cost |
| --- | --- | --- |
| Talk \| listen | Room 2 / first floor |  |
| Course | Online | $20 |

**Calm:** 2.25 of 3 ████████░░\
**#2 pace:** no score yet

*There is room to begin.*

## My plan

- [ ] Swap every 2nd Monday
  - Who: Ana and me
  - When: 2026-12-01
- [x] Leave on time
"""


def test_a_whole_document_reads_well_raw() -> None:
    assert render(PLAN) == render(PLAN) == GOLDEN
