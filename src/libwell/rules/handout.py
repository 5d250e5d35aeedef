"""A worksheet to print and fill in by hand, as a Document: every question with room for its answer.

It knows nothing of answers; what a file to fill in looks like is `flows.blank`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choice import PickingPrompt
from libwell.kinds.choices import ChoicesPrompt
from libwell.kinds.list import ListPrompt
from libwell.kinds.number import NumberPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.table import TablePrompt
from libwell.kinds.text import TextPrompt
from libwell.model.characters import one_line, unwrapped
from libwell.model.document import (
    BOX,
    ROOM,
    Block,
    Checklist,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Table,
)
from libwell.rules.documents import (
    PRIVATE,
    about_worksheet,
    leading,
    section_head,
    source_blocks,
)
from libwell.rules.privacy import private_prompts
from libwell.rules.support import ADD_OWN, SUPPORT
from libwell.rules.wording import quoted, say_condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.kinds.table import Column
    from libwell.model.base import Item
    from libwell.model.worksheet import AnyPrompt, Worksheet

LINE = "…" * 25
_ROWS = 3
_KEEP = "Keep this page for yourself."
_NOT_ANSWERS = {"dont-know": "don't know", "not-applicable": "does not apply"}
_KINDS = {"date": "a date", "number": "a number", "yes-no": "yes or no"}


def blank_document(worksheet: Worksheet, *, facilitator: bool, support: Iterable[str] = SUPPORT) -> Document:
    """Make a worksheet to print and fill in by hand; with `facilitator` how to lead it.

    `support` is whom one can turn to, one way a line; what only libwell itself can do is left out of it.
    """
    blocks: list[Block] = [*about_worksheet(worksheet)]
    blocks.append(Facts(tuple((label, ROOM) for label in ("Name", "Team", "Library", "Date"))))
    if facilitator:
        blocks += leading(worksheet.facilitator, "For facilitators")
    private = private_prompts(worksheet)
    for section in worksheet.sections:
        blocks += section_head(section, private)
        blocks += _aside(say_condition(section.when, worksheet))
        if facilitator:
            blocks += leading(section.facilitator, "")
        for prompt in section.prompts:
            blocks += _prompt(worksheet, prompt, is_private=prompt.id in private)
    blocks += source_blocks(worksheet)
    on_paper = tuple(line for line in support if line != ADD_OWN)
    blocks += [Heading(2, "Whom you can turn to"), Listing(on_paper)]
    return Document(worksheet.title, tuple(blocks), worksheet.language, to_fill_in=True)


def _aside(text: str) -> Iterator[Block]:
    if text:
        yield Paragraph(text, tone="aside")


def _prompt(worksheet: Worksheet, prompt: AnyPrompt, *, is_private: bool) -> Iterator[Block]:
    needed = " (needed)" if prompt.required else ""
    yield Heading(3, one_line(prompt.ask) + needed + (f" {PRIVATE}" if is_private else ""))
    yield from _aside(_KEEP if is_private else "")
    yield from _aside(say_condition(prompt.when, worksheet))
    yield from _aside(unwrapped(prompt.help))
    yield from _space(worksheet, prompt)
    if prompt.kind != "plan":
        reasons = [_NOT_ANSWERS[reason] for reason in prompt.not_answers]
        boxes = "   ".join(f"{BOX} {reason}" for reason in [*reasons, "rather not say"])
        yield Paragraph(f"Or: {boxes}")


def _space(worksheet: Worksheet, prompt: AnyPrompt) -> Iterator[Block]:
    """Room for the answer."""
    if isinstance(prompt, PickingPrompt):
        yield from _options(worksheet, prompt)
    elif isinstance(prompt, RatingPrompt):
        yield from _rating(prompt)
    elif isinstance(prompt, ChecklistPrompt):
        yield from _checklist(prompt)
    elif isinstance(prompt, TablePrompt):
        yield from _table(worksheet, prompt)
    elif prompt.kind == "plan":
        yield Table(("Step", "Who", "By when", "How we will know"), (("", "", "", ""),) * _ROWS)
    elif prompt.kind == "yes-no":
        yield Checklist((("yes", False), ("no", False)))
    elif isinstance(prompt, NumberPrompt):
        yield Paragraph(f"{ROOM} {prompt.unit}".rstrip())
    else:
        yield _lines(_ROWS if _has_room(prompt) else 1)


def _has_room(prompt: AnyPrompt) -> bool:
    return isinstance(prompt, ListPrompt) or (isinstance(prompt, TextPrompt) and prompt.long)


def _lines(count: int) -> Paragraph:
    """Lines to write on; each a paragraph, as handwriting takes room."""
    return Paragraph("\n\n".join([LINE] * count))


def _named(thing: Item | Column, text: str) -> str:
    """What a thing is called, and its help."""
    help_ = one_line(thing.help).rstrip(".")
    return f"{one_line(text)} ({help_})" if help_ else one_line(text)


# --- options, ratings, checklists -----------------------------------------------------------------


def _options(worksheet: Worksheet, prompt: PickingPrompt) -> Iterator[Block]:
    source = worksheet.find(prompt.options_from or "")
    if source is not None:
        yield Paragraph(f"{_how_many(prompt)} of those you chose at {quoted(source.ask)}.", tone="aside")
        yield _lines(_ROWS if isinstance(prompt, ChoicesPrompt) else 1)
        return
    yield Paragraph(f"{_how_many(prompt)}.", tone="aside")
    alone = prompt.exclusive if isinstance(prompt, ChoicesPrompt) else ()
    texts = [
        _named(option, option.text) + (" (and nothing else)" if option.id in alone else "")
        for option in prompt.options
    ]
    own = [f"something else: {ROOM}"] if prompt.other else []
    yield Checklist(tuple((text, False) for text in [*texts, *own]))


def _how_many(prompt: PickingPrompt) -> str:
    if not isinstance(prompt, ChoicesPrompt):
        return "Choose one"
    least = f"at least {prompt.min}" if prompt.min > 1 else ""
    most = f"at most {prompt.max}" if prompt.max else ""
    bounds = " and ".join(part for part in (least, most) if part)
    return f"Choose any ({bounds})" if bounds else "Choose any"


def _rating(prompt: RatingPrompt) -> Iterator[Block]:
    points = tuple(str(point) for point in range(prompt.scale.min, prompt.scale.max + 1))
    boxes = (BOX,) * len(points)
    yield Paragraph(prompt.scale.lines()[0], tone="aside")
    if prompt.items:
        rows = tuple((_named(item, item.text), *boxes) for item in prompt.items)
        yield Table(("", *points), rows, row_heads=True)
    else:
        yield Table(points, (boxes,))


def _checklist(prompt: ChecklistPrompt) -> Iterator[Block]:
    own = [ROOM] * _ROWS if prompt.add_items else []
    texts = [*(_named(item, item.text) for item in prompt.items), *own]
    boxes = (BOX,) * len(prompt.marks)
    heads = tuple(_named(mark, mark.text) for mark in prompt.marks)
    yield Table(("", *heads), tuple((text, *boxes) for text in texts), row_heads=True)


# --- tables ---------------------------------------------------------------------------------------


def _table(worksheet: Worksheet, prompt: TablePrompt) -> Iterator[Block]:
    source = worksheet.find(prompt.rows_from or "")
    if source is not None:
        yield Paragraph(f"A row for each thing you chose at {quoted(source.ask)}.", tone="aside")
    notes = tuple(note for column in prompt.columns if (note := _column_note(column)))
    if notes:
        yield Listing(notes)
    heads = tuple(f"{one_line(one.ask)}{' (needed)' if one.required else ''}" for one in prompt.columns)
    cells = ("",) * len(heads)
    if prompt.adds_rows:
        count = max(prompt.min, min(_ROWS, prompt.max or _ROWS))
        yield Table(heads, (cells,) * count)
    else:
        names = [_named(row, row.text) for row in prompt.rows] or [ROOM] * _ROWS
        yield Table(("", *heads), tuple((name, *cells) for name in names), row_heads=True)


def _column_note(column: Column) -> str:
    """What can be written in a column's cells; empty where its heading says it all."""
    options = [_named(option, option.text) for option in column.options]
    options += ["something else"] if column.other else []
    kind = f"one of: {', '.join(options)}" if options else _KINDS.get(column.kind, "")
    notes = [note for note in (one_line(column.help).rstrip("."), kind) if note]
    return f"{quoted(column.ask)}: {'; '.join(notes)}." if notes else ""
