"""Documents out of worksheets and responses: what stands in an export, in `view` and in `show`.

A worksheet to fill in by hand is `rules.handout`'s.
Only what `privacy.for_audience` let through goes into a document about a response.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from libwell.kinds.base import NOT_ANSWERS, Value, not_answer
from libwell.model.action_words import LEVEL_WORDS, SET_ASIDE, say_status
from libwell.model.characters import one_line, unwrapped
from libwell.model.dates import say_date
from libwell.model.document import (
    BY_WHEN,
    Bar,
    Bars,
    Block,
    CalendarEntry,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Quotation,
    Reference,
    References,
    Task,
)
from libwell.rules.caching import cached_by_identity
from libwell.rules.learning import resource_line
from libwell.rules.privacy import Excerpt, is_private_action, private_prompts
from libwell.rules.wording import say_what_is_private, say_what_is_private_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.response import Action
    from libwell.model.worksheet import AnyPrompt, Section, Source, Worksheet
    from libwell.rules.asked_now import Asked
    from libwell.rules.scoring import Scored

PRIVATE = "(private)"


# --- a response -----------------------------------------------------------------------------------


def response_document(excerpt: Excerpt) -> Document:
    """The plan first, then the reflections section by section, sources last."""
    worksheet = excerpt.worksheet
    blocks = [
        *_about(excerpt),
        *_plan(excerpt),
        *_reflections(excerpt),
        *_set_aside(excerpt),
        *source_blocks(worksheet),
    ]
    return Document(worksheet.title, tuple(blocks), worksheet.language)


def _about(excerpt: Excerpt) -> Iterator[Block]:
    person, response = excerpt.response.person, excerpt.response
    completed = say_date(response.completed) if response.completed else "not finished yet"
    worksheet = f"{excerpt.worksheet.title} ({excerpt.worksheet.id}, version {excerpt.worksheet.version})"
    pairs = [
        ("Name", person.name),
        ("Team", person.team),
        ("Library", person.library),
        ("Worksheet", worksheet),
        ("Completed", completed),
    ]
    yield Facts(tuple((label, text) for label, text in pairs if text))


def _plan(excerpt: Excerpt) -> Iterator[Block]:
    current = [action for action in excerpt.actions if action.status not in SET_ASIDE]
    aside = [action for action in excerpt.actions if action.status in SET_ASIDE]
    if not excerpt.actions and not any(one.prompt.kind == "plan" for one in excerpt.asked):
        return
    yield Heading(2, "Action plan")
    if not current:
        yield Paragraph("No steps yet.", tone="aside")
    for action in current:
        yield _task(action, excerpt)
    if aside:
        yield Heading(3, "Set aside for now")
        yield Paragraph("Setting a step aside is a decision too.", tone="aside")
        for action in aside:
            yield _task(action, excerpt)


def _task(action: Action, excerpt: Excerpt) -> Task:
    due = action.due
    words = say_date(due) if due is not None and not isinstance(due, str) else due
    details = [
        ("Who", action.who),
        (BY_WHEN, words),
        ("Level", LEVEL_WORDS[action.level] if action.level else ""),
        ("How we will know", action.know),
        ("Notes", action.notes),
        ("Set aside" if action.status in SET_ASIDE else "Status", say_status(action.status, action.changed)),
        ("From", _origin(action, excerpt)),
    ]
    step = f"{action.step} {PRIVATE}" if _is_private(action, excerpt) else action.step
    kept = tuple((label, text) for label, text in details if text)
    day = None if due is None or isinstance(due, str) else due
    entry = _calendar_entry(action, excerpt) if day else None
    return Task(step, action.status == "done", kept, day, entry)


def _calendar_entry(action: Action, excerpt: Excerpt) -> CalendarEntry:
    """What a calendar knows the action by: its response, when that was begun, and its own id."""
    response = excerpt.response
    began = response.created.date()
    return CalendarEntry(
        f"{response.id} {response.created.isoformat()} {action.id}",
        action.status,
        action.changed or response.completed or began,
        response.revision,
        _is_private(action, excerpt),
    )


def _is_private(action: Action, excerpt: Excerpt) -> bool:
    return is_private_action(action, excerpt.worksheet, excerpt.private)


def _origin(action: Action, excerpt: Excerpt) -> str:
    """The question an action came from, if this audience may see it."""
    name = action.from_.split(".")[0]
    found = next((one for one in excerpt.asked if one.prompt.id == name), None)
    return one_line(found.prompt.ask) if found else ""


def _reflections(excerpt: Excerpt) -> Iterator[Block]:
    said = [one for one in excerpt.asked if one.prompt.kind != "plan" and one.is_answered]
    for name, group in groupby(said, lambda one: one.section.id):
        reflections = list(group)
        yield _title(reflections[0].section)
        for one in reflections:
            yield from _reflection(one, excerpt)
        yield from _scores(name, said, excerpt)


def _scores(section: str, said: list[Asked], excerpt: Excerpt) -> Iterator[Block]:
    """The scores of which the last that was said is said in this section."""
    drawn = tuple(_bar(score, excerpt) for score in excerpt.scores)
    for score, bar in zip(excerpt.scores, drawn, strict=True):
        places = [one.section.id for one in said if one.prompt.id in score.prompts]
        if places[-1:] == [section]:
            yield Bars((bar,), beside=drawn)
            if score.say:
                yield Paragraph(score.say, tone="aside")


def _bar(score: Scored, excerpt: Excerpt) -> Bar:
    mark = f" {PRIVATE}" if score.prompts & excerpt.private else ""
    return Bar(f"{score.title}{mark}", score.value, score.low, score.high, score.text)


def _reflection(one: Asked, excerpt: Excerpt) -> Iterator[Block]:
    plain, marked = _headings(one.prompt)
    yield marked if one.prompt.id in excerpt.private else plain
    reason = one.not_answer
    if reason:
        yield Paragraph(NOT_ANSWERS[reason].capitalize() + ".", tone="aside")
    else:
        yield from one.prompt.show(one.value, one.around)


@cached_by_identity
def _title(section: Section) -> Heading:
    return Heading(2, section.title)


@cached_by_identity
def _headings(prompt: AnyPrompt) -> tuple[Heading, Heading]:
    """A question as a heading, and marked as private."""
    ask = one_line(prompt.ask)
    return Heading(3, ask), Heading(3, f"{ask} {PRIVATE}")


def _set_aside(excerpt: Excerpt) -> Iterator[Block]:
    """Answers that did not fit any more when the worksheet changed."""
    if excerpt.retired:
        yield Heading(2, "Set aside when the worksheet changed")
    for one in excerpt.retired:
        yield Heading(3, one_line(one.ask) + (f" {PRIVATE}" if one.private else ""))
        yield Paragraph(one.said or in_words(one.answer), tone="answer")


def in_words(value: Value) -> str:
    """Give an answer whose question is not there any more, as far as it can be said without it."""
    reason = not_answer(value)
    if isinstance(reason, str) and reason in NOT_ANSWERS:  # nothing has checked it since
        return NOT_ANSWERS[reason].capitalize() + "."
    if isinstance(value, dict):
        return "; ".join(f"{name}: {in_words(part)}" for name, part in value.items() if name != "id")
    if isinstance(value, list):
        return "; ".join(map(in_words, value))
    return str(value)


@cached_by_identity
def source_blocks(worksheet: Worksheet) -> tuple[Block, ...]:
    """Where a worksheet comes from, and where to read on."""
    return tuple(_source_blocks(worksheet))


def _source_blocks(worksheet: Worksheet) -> Iterator[Block]:
    further = [_reference(source) for source in worksheet.sources if source.role == "further"]
    further += [Reference(resource_line(resource), resource.url) for resource in worksheet.resources]
    sources = [_reference(source) for source in worksheet.sources if source.role == "source"]
    for title, references in (("Sources", sources), ("Reading on", further)):
        if references:
            yield Heading(2, title)
            yield References(tuple(references))


def _reference(source: Source) -> Reference:
    year = str(source.year or "")
    parts = [source.author, source.title, source.publisher, year, source.url, source.note]
    line = " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
    return Reference(line, source.url)


# --- a worksheet ----------------------------------------------------------------------------------


def worksheet_document(worksheet: Worksheet, *, facilitator: bool) -> Document:
    """What a worksheet will ask, what stays private, its sources; how to lead it with `facilitator`."""
    private = private_prompts(worksheet)
    blocks: list[Block] = [*about_worksheet(worksheet)]
    if facilitator:
        blocks += leading(worksheet.facilitator, "For facilitators")
    for section in worksheet.sections:
        blocks += section_head(section, private)
        if facilitator:
            blocks += leading(section.facilitator, "")
        blocks.append(Listing(tuple(_question_line(prompt, private) for prompt in section.prompts)))
        blocks += _score_lines(section, worksheet)
    blocks += source_blocks(worksheet)
    return Document(worksheet.title, tuple(blocks), worksheet.language)


def _score_lines(section: Section, worksheet: Worksheet) -> Iterator[Block]:
    """The scores told at the end of a section: what each is, and of how many ratings."""
    here = {prompt.id for prompt in section.prompts}
    for score in worksheet.scores:
        if here & {address.partition(".")[0] for address in score.items}:
            needed = "" if score.needed == len(score.items) else f", of which {score.needed} have to be given"
            what = f"the {score.method} of {len(score.items)} ratings{needed}"
            yield Paragraph(f"At the end of this part: {one_line(score.title)}, {what}.", tone="aside")


def _question_line(prompt: AnyPrompt, private: frozenset[str]) -> str:
    notes = [PRIVATE[1:-1]] if prompt.id in private else []
    if prompt.when is not None:
        notes.append("asked only when it fits what you said before")
    return one_line(prompt.ask) + (f" ({'; '.join(notes)})" if notes else "")


def about_worksheet(worksheet: Worksheet) -> Iterator[Block]:
    """What it is about, how long it is, its notice, and behind that what libwell keeps private of it."""
    if worksheet.summary:
        yield Paragraph(worksheet.summary)
    count = sum(1 for _ in worksheet.prompts())
    about = f"About {worksheet.minutes} minutes, " if worksheet.minutes else ""
    yield Paragraph(f"{about}{count} {'question' if count == 1 else 'questions'}.")
    if worksheet.notice:
        yield Paragraph(unwrapped(worksheet.notice), tone="aside")
    yield Paragraph(say_what_is_private(worksheet))


def leading(text: str, title: str) -> Iterator[Block]:
    """How to lead a worksheet or (without a title) a section in a group."""
    if text and title:
        yield Heading(2, title)
    if text:
        yield Paragraph(unwrapped(text), tone="aside" if not title else "plain")


def section_head(section: Section, private: frozenset[str]) -> Iterator[Block]:
    """A section's title, the words it begins with, its introduction and notice.

    Behind the notice stands what libwell keeps private; `private` holds ids of prompts.
    """
    yield Heading(2, section.title)
    if section.epigraph:
        yield Quotation(section.epigraph.text, epigraph_source(section))
    if section.intro:
        yield Paragraph(unwrapped(section.intro))
    if section.notice:
        yield Paragraph(unwrapped(section.notice), tone="aside")
        yield Paragraph(say_what_is_private_in(section, private))


def epigraph_source(section: Section) -> str:
    """Whose words a section begins with, and whether they are paraphrased."""
    if section.epigraph is None:
        return ""
    note = " (paraphrased)" if section.epigraph.paraphrase else ""
    return f"{section.epigraph.source}{note}" if section.epigraph.source else ""
