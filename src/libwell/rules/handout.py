"""A worksheet to print and fill in by hand, as a Document: every question with room for its answer.

It knows nothing of answers; what a file to fill in looks like is `flows.blank`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.kinds.forms import Above
from libwell.model.characters import one_line, unwrapped
from libwell.model.document import BOX, ROOM, Block, Document, Facts, Heading, Listing, Paragraph, paragraphs
from libwell.rules.documents import PRIVATE, about_worksheet, leading, section_head, source_blocks
from libwell.rules.privacy import private_prompts
from libwell.rules.support import ADD_OWN, SUPPORT
from libwell.rules.wording import say_condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.kinds.base import Prompt
    from libwell.model.worksheet import Worksheet

_KEEP = "Keep this page for yourself."
_NOT_ANSWERS = {"dont-know": "don't know", "not-applicable": "does not apply"}


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
        blocks += paragraphs(say_condition(section.when, worksheet), tone="aside")
        if facilitator:
            blocks += leading(section.facilitator, "")
        for prompt in section.prompts:
            blocks += _prompt(worksheet, prompt, is_private=prompt.id in private)
    blocks += source_blocks(worksheet)
    on_paper = tuple(line for line in support if line != ADD_OWN)
    blocks += [Heading(2, "Whom you can turn to"), Listing(on_paper)]
    return Document(worksheet.title, tuple(blocks), worksheet.language, to_fill_in=True)


def _prompt(worksheet: Worksheet, prompt: Prompt, *, is_private: bool) -> Iterator[Block]:
    needed = " (needed)" if prompt.required else ""
    yield Heading(3, one_line(prompt.ask) + needed + (f" {PRIVATE}" if is_private else ""))
    kept, when = _KEEP if is_private else "", say_condition(prompt.when, worksheet)
    yield from paragraphs(kept, when, unwrapped(prompt.help), tone="aside")
    yield from prompt.on_paper(above(worksheet, prompt))
    if not prompt.holds_actions:
        reasons = [_NOT_ANSWERS[reason] for reason in prompt.not_answers]
        boxes = "   ".join(f"{BOX} {reason}" for reason in [*reasons, "rather not say"])
        yield Paragraph(f"Or: {boxes}")


def above(worksheet: Worksheet, prompt: Prompt) -> Above | None:
    """Find the prompt that rows or options come from; None where they are the prompt's own."""
    source = worksheet.find(prompt.source or "")
    if source is None:
        return None
    names = tuple(name for name, key in source.names() if key in {"options", "items"})
    first = above(worksheet, source) or Above(source.id, source.ask, names, "")
    return Above(source.id, source.ask, first.names, source.id if source.takes_own else first.own_at)
