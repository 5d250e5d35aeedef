"""A worksheet on paper: pages that can be handed in, and pages to keep, with all that is private.

Nothing here speaks of a screen or a command: whoever holds the pages may have neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from libwell.kinds.forms import Above
from libwell.kinds.values import NOT_ANSWERS
from libwell.model.characters import one_line, unwrapped
from libwell.model.document import (
    BOX,
    ROOM,
    Block,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Reference,
    References,
    paragraphs,
)
from libwell.model.links import is_link
from libwell.rules.asked_now import looks_at
from libwell.rules.documents import about_worksheet, leading, leading_part, section_head
from libwell.rules.privacy import private_prompts
from libwell.rules.scoring import prompts_of_scores
from libwell.rules.support import ONLY_TYPED, SUPPORT
from libwell.rules.wording import (
    say_condition,
    say_questions,
    say_recall,
    say_what_to_keep,
)
from libwell.rules.works import source_blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from libwell.model.worksheet import AnyPrompt, Section, Worksheet

_WHO = Facts((("Name", ROOM), ("Team", ROOM), ("Library", ROOM), ("Date", ROOM)))
_WHEN = Facts((("Date", ROOM),))


def blank_document(worksheet: Worksheet, *, facilitator: bool, support: Iterable[str] = SUPPORT) -> Document:
    """Make a worksheet to print and fill in by hand; with `facilitator` how to lead it.

    Where only some of it is private, that stands behind the rest, from a new page on. `support` is whom one
    can turn to, one way a line; what only libwell itself can do is left out of it.
    """
    sheet = _Sheet.of(worksheet, facilitator=facilitator)
    ways = tuple(_way(line) for line in support if line not in ONLY_TYPED)
    blocks = (
        *about_worksheet(worksheet),
        *paragraphs(say_what_to_keep(worksheet)),
        _WHO if sheet.shared else _WHEN,
        *leading(worksheet, facilitator=facilitator),
        *_short_way(sheet),
        *_questions(sheet),
        *source_blocks(worksheet),
        Heading(2, "Whom you can turn to"),
        References(ways),
    )
    return Document(worksheet.title, blocks, worksheet.language, to_fill_in=True)


def _short_way(sheet: _Sheet) -> Iterator[Block]:
    """Which questions make the short way, for a facilitator: on paper all of them stand."""
    numbers = [number for number, (_, one) in enumerate(sheet.worksheet.prompts(), 1) if one.core]
    if sheet.facilitator and sheet.worksheet.has_short_way:
        yield Paragraph(say_questions(numbers, "the short way"))


def _way(line: str) -> Reference:
    """A way to somebody one can turn to; an address at its end can be followed."""
    said, _, last = line.rpartition(" ")
    return Reference(said, last) if is_link(last) else Reference(line)


class _Sheet(NamedTuple):
    """A worksheet, and the numbers of its questions by their ids: those that are shared, and private ones."""

    worksheet: Worksheet
    facilitator: bool
    shared: dict[str, int]
    private: dict[str, int]

    @classmethod
    def of(cls, worksheet: Worksheet, *, facilitator: bool) -> _Sheet:
        closed = private_prompts(worksheet)
        shared, private = dict[str, int](), dict[str, int]()
        for number, name in enumerate(worksheet.by_id(), 1):
            (private if name in closed else shared)[name] = number
        return cls(worksheet, facilitator, shared, private)

    @property
    def is_mixed(self) -> bool:
        """Whether there is something to hand in and something to keep."""
        return bool(self.shared and self.private)


def _questions(sheet: _Sheet) -> Iterator[Block]:
    """All questions; where some can be handed in, what is to be kept begins on a new page."""
    for section in sheet.worksheet.sections:
        yield from _part(sheet, section)
    if sheet.shared:
        yield PageBreak()
    if sheet.is_mixed:
        yield Heading(2, "For you alone: keep these pages")
        yield Paragraph("No name is needed on them, and they are not handed in.", tone="aside")
        for section in sheet.worksheet.sections:
            yield from _own_part(sheet, section)


def _part(sheet: _Sheet, section: Section) -> Iterator[Block]:
    """A section in its place: its questions, and where those are that are not here."""
    moved = sheet.private if sheet.is_mixed else {}
    numbers = [moved[prompt.id] for prompt in section.prompts if prompt.id in moved]
    if len(numbers) == len(section.prompts):
        yield Heading(2, section.title)
    else:
        yield from _head(sheet, section)
    for prompt in section.prompts:
        if prompt.id not in moved:
            yield from _question(sheet, prompt)
    yield from paragraphs(say_questions(numbers, "on your own pages"), tone="aside")


def _own_part(sheet: _Sheet, section: Section) -> Iterator[Block]:
    """The private questions of a section that has some; its head is here if it has no others."""
    own = [prompt for prompt in section.prompts if prompt.id in sheet.private]
    if len(own) == len(section.prompts):
        yield from _head(sheet, section)
    elif own:
        yield Heading(2, section.title)
        yield from paragraphs(say_condition(section.when, sheet.worksheet), tone="aside")
    if own:
        yield from _elsewhere(sheet, looks_at(section.when, prompts_of_scores(sheet.worksheet)))
    for prompt in own:
        yield from _question(sheet, prompt)


def _head(sheet: _Sheet, section: Section) -> Iterator[Block]:
    yield from section_head(section, sheet.worksheet)
    yield from paragraphs(say_condition(section.when, sheet.worksheet), tone="aside")
    yield from leading_part(section, facilitator=sheet.facilitator)


def _question(sheet: _Sheet, prompt: AnyPrompt) -> Iterator[Block]:
    worksheet, number = sheet.worksheet, (sheet.shared | sheet.private)[prompt.id]
    needed = " (needed)" if prompt.required else ""
    yield Heading(3, f"{number}. {one_line(prompt.ask)}{needed}")
    yield from paragraphs(say_condition(prompt.when, worksheet), tone="aside")
    yield from paragraphs(unwrapped(prompt.help), tone="aside", has_links=True)
    yield from paragraphs(say_recall(prompt, worksheet), tone="aside")
    if prompt.id in sheet.private:
        tested = looks_at(prompt.when, prompts_of_scores(worksheet))
        yield from _elsewhere(sheet, {*tested, *prompt.recalls, prompt.source})
    yield from prompt.on_paper(above(worksheet, prompt))
    if not prompt.holds_actions:
        reasons = f"   {BOX} ".join([*(NOT_ANSWERS[one] for one in prompt.reasons_below), "rather not say"])
        yield Paragraph(f"Or: {BOX} {reasons}")


def _elsewhere(sheet: _Sheet, names: Collection[str | None]) -> Iterator[Block]:
    """Say on the pages to keep where those of the questions are that are handed in."""
    numbers = [number for name, number in sheet.shared.items() if name in names]
    yield from paragraphs(say_questions(numbers, "on the pages that can be handed in"), tone="aside")


def above(worksheet: Worksheet, prompt: AnyPrompt) -> Above | None:
    """Find the prompt that rows or options come from; None where they are the prompt's own."""
    source = worksheet.find(prompt.source)
    if source is None:
        return None
    first = above(worksheet, source) or Above(source.id, source.ask, source.pickable_ids())
    own_at = source.id if source.takes_own else first.own_at
    marks = {name: source.text_of(name) for name, key in source.names() if key == "marks"}
    return Above(source.id, source.ask, first.names, own_at, marks)
