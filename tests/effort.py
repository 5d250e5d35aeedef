"""What a shipped worksheet asks of the person who answers all of it: the minutes, counted from the worksheet.

It is a count and no stopwatch: it shows where a worksheet takes longer than it promises. The pace is that of
somebody tired and unhurried, who reads everything, is asked everything and passes nothing over:

- Adults read non-fiction silently at 238 words a minute (M. Brysbaert, How many words do we read per
  minute?, 2019). From a screen, at the end of a shift, we take 200.
- People copy a text at about 33 words a minute, and write one of their own at about 19 (C.-M. Karat and
  others, Patterns of entry and correction in large vocabulary continuous speech recognition systems, 1999).
  We take 25 and, before each entry, time to think: all in all a long text comes to 17 words a minute.
- To rate, mark or pick takes some seconds once the words are read, and more where things are weighed against
  each other.
- How much is written is what people write where nobody makes them: two sentences, three entries, two rows. A
  cell is a line, and so is each part of a step in the plan.

What is shown only to those who ask for it (`why`, sources, the words for facilitators) does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.table import TablePrompt
from libwell.kinds.text import TextPrompt
from libwell.rules.learning import to_read_on
from libwell.storage.places import SHIPPED, shipped_worksheets
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.worksheet import AnyPrompt, Section, Worksheet

READ_A_MINUTE, TYPED_A_MINUTE = 200, 25  # words

RATE = MARK = 6.0  # seconds for each item
PICK_ONE, PICK_SOME = 10.0, 15.0  # for the question
PICK_STEPS = 20.0  # among what is offered to the plan
SHORT_ENTRY = 10.0  # a yes or no, a number, a date

THINK_LONG, THINK_LINE, THINK_CELL = 30.0, 8.0, 12.0  # seconds before the first word
LONG_WORDS, LINE_WORDS, CELL_WORDS = 25, 4, 8
ENTRIES, ROWS = 3, 2  # of a list, of a table
STEPS, PARTS = 2, 4  # of a plan; of a step: what, who, when, how we will know

AROUND_WORDS = 25  # to read with each question: its number, what can be typed, its line in the review
OFFERS, OFFER_WORDS = 6, 15  # to read in a plan: a step, and where it comes from


def shipped() -> list[Worksheet]:
    """Give every built-in worksheet as it will be asked, by id."""
    shelf = Shelf([(shipped_worksheets(), SHIPPED)])
    headers, failed = shelf.headers()
    assert not failed
    return [shelf.load(header.id) for header in headers]


def minutes(worksheet: Worksheet) -> float:
    """Give the minutes it takes to read and to answer everything."""
    opening = reading([worksheet.title, worksheet.notice])
    return opening + sum(section_minutes(section, worksheet) for section in worksheet.sections)


def short_way_minutes(worksheet: Worksheet) -> float:
    """Give the minutes it takes to read and to answer the core questions alone, with one step in the plan."""
    core = worksheet.map_prompts(lambda prompt: prompt if prompt.core else None)
    sections = tuple(section for section in core.sections if section.prompts)
    plans = sum(prompt.kind == "plan" for _, prompt in core.prompts())
    fewer_steps = plans * (STEPS - 1) * STEP
    return minutes(core.model_copy(update={"sections": sections})) - fewer_steps / 60


def section_minutes(section: Section, worksheet: Worksheet) -> float:
    """Give the minutes it takes to read and to answer a section."""
    seconds = sum(answering(prompt) for prompt in section.prompts)
    return reading(section_texts(section, worksheet)) + seconds / 60


def reading(texts: Iterable[str]) -> float:
    """Give the minutes it takes to read some texts."""
    return sum(len(text.split()) for text in texts) / READ_A_MINUTE


def section_texts(section: Section, worksheet: Worksheet) -> Iterator[str]:
    """Every text a section shows by itself, each once."""
    yield section.title
    if section.epigraph:
        yield f"{section.epigraph.text} {section.epigraph.source}"
    yield section.intro
    yield section.notice
    for prompt in section.prompts:
        yield from prompt_texts(prompt)
        yield from _score_texts(prompt, worksheet)
    yield from (f"{resource.title} {resource.provider}" for resource in to_read_on(section, worksheet))


def _score_texts(prompt: AnyPrompt, worksheet: Worksheet) -> Iterator[str]:
    """What is said of a score that begins with this prompt, at its longest."""
    for score in worksheet.scores:
        if score.items[0].partition(".")[0] == prompt.id:
            yield score.title
            yield max((band.say for band in score.bands), key=len, default="")


def prompt_texts(prompt: AnyPrompt) -> Iterator[str]:
    """Every text a question shows by itself; what differs from person to person by its usual length."""
    yield prompt.ask
    yield prompt.help
    yield "word " * AROUND_WORDS
    for name in ("options", "marks", "items", "rows"):
        yield from (f"{thing.text} {thing.help}" for thing in getattr(prompt, name, ()))
    if isinstance(prompt, RatingPrompt):
        yield from prompt.scale.labels
        yield from (item.text for item in prompt.items if prompt.give_back)
    if isinstance(prompt, TablePrompt):
        yield from (f"{column.ask} {column.help}" for column in prompt.columns)
        yield from (option.text for column in prompt.columns for option in column.options)
    if prompt.kind == "plan":
        yield "word " * OFFERS * OFFER_WORDS


def answering(prompt: AnyPrompt) -> float:
    """Give the seconds it takes to decide and to type, once all is read."""
    match prompt:
        case TextPrompt():
            return writing(LONG_WORDS, THINK_LONG) if prompt.long else writing(CELL_WORDS, THINK_CELL)
        case RatingPrompt():
            return RATE * max(1, len(prompt.items))
        case ChecklistPrompt():
            return MARK * (len(prompt.items) + prompt.add_items)
        case TablePrompt():
            return (len(prompt.rows) or ROWS) * sum(CELLS[column.kind] for column in prompt.columns)
        case _:
            return WHOLE[prompt.kind]


def writing(words: int, think: float) -> float:
    """Give the seconds it takes to think of some words and to type them."""
    return think + words / TYPED_A_MINUTE * 60


BRIEFLY = {"choice": PICK_ONE, "number": SHORT_ENTRY, "date": SHORT_ENTRY, "yes-no": SHORT_ENTRY}
CELLS = {**BRIEFLY, "text": writing(CELL_WORDS, THINK_CELL)}
STEP = PARTS * writing(LINE_WORDS, THINK_LINE)
WHOLE = {
    **BRIEFLY,
    "choices": PICK_SOME,
    "list": ENTRIES * writing(LINE_WORDS, THINK_LINE),
    "plan": PICK_STEPS + STEPS * STEP,
}
