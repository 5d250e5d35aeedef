"""Documents out of worksheets and responses: what stands in an export, in `view` and in `show`.

Only what `privacy.for_audience` let through goes into a document about a response.
"""

from __future__ import annotations

from collections import Counter
from itertools import compress, groupby
from typing import TYPE_CHECKING

from libwell.kinds.values import NOT_ANSWERS, Value, not_answer
from libwell.model.action_words import LEVEL_WORDS, SET_ASIDE, say_due, say_status, say_support
from libwell.model.characters import counted, one_line, unwrapped
from libwell.model.dates import say_date, say_month
from libwell.model.document import (
    BY_WHEN,
    WORKSHEET,
    Block,
    CalendarEntry,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Quotation,
    Task,
    filled,
    paragraphs,
)
from libwell.rules.caching import cached_by_identity
from libwell.rules.privacy import Excerpt, private_prompts
from libwell.rules.profile import profile_blocks, say_how
from libwell.rules.wording import (
    say_what_can_be_shared,
    say_what_is_private,
    say_what_is_private_in,
)
from libwell.rules.works import source_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.kinds.values import NotAnswer
    from libwell.model.response import Action, Response, Retired
    from libwell.model.worksheet import AnyPrompt, Epigraph, Section, Worksheet
    from libwell.rules.planning import Planned

PRIVATE = "(private)"
_MARK = {True: f" {PRIVATE}", False: ""}
_LEVELS = {None: ""} | LEVEL_WORDS


# --- a response -----------------------------------------------------------------------------------


def response_document(excerpt: Excerpt) -> Document:
    """The plan first, then the scores, the reflections section by section, sources last."""
    worksheet = excerpt.worksheet
    blocks = (
        _about(excerpt),
        *_plan(excerpt),
        *_profile(excerpt),
        *_reflections(excerpt),
        *_set_aside(excerpt),
    )
    return Document(worksheet.title, (*blocks, *source_blocks(worksheet)), worksheet.language)


def _about(excerpt: Excerpt) -> Facts:
    person, worksheet, completed = excerpt.response.person, excerpt.worksheet, excerpt.response.completed
    finished = "Completed" if excerpt.response.kept is None else "Kept since"
    pairs = filled(
        ("Name", excerpt.name),
        ("Team", person.team),
        ("Library", person.library),
        ("Worksheet", f"{worksheet.title} ({worksheet.id}, version {worksheet.version})"),
        (finished, say_date(completed) if completed else "not finished yet"),
    )
    return Facts(pairs)


def _plan(excerpt: Excerpt) -> Iterator[Block]:
    current: list[Block] = []
    aside: list[Block] = []
    origins = _origins(excerpt)
    for action in excerpt.actions:
        origin = origins.get(action.from_.partition(".")[0], "")
        (aside if action.status in SET_ASIDE else current).append(_task(action, excerpt, origin))
    if excerpt.actions or any(one.prompt.holds_actions for one in excerpt.asked):
        yield Heading(2, "Action plan")
        yield from current or [Paragraph("No steps here.", tone="aside")]
    if aside:
        yield Heading(3, "Set aside for now")
        yield Paragraph("Setting a step aside is a decision too.", tone="aside")
        yield from aside


def actions_document(actions: Iterable[Planned]) -> Document:
    """Steps of many responses, by the month they are due, each with where it comes from and whose it is."""
    blocks: list[Block] = []
    for when, group in groupby(actions, _say_month):
        blocks += [Heading(2, when), *map(_task_of_many, group)]
    return Document("Action plan", tuple(blocks or [Paragraph("No steps here.", tone="aside")]))


def _say_month(one: Planned) -> str:
    if not one.is_current:
        return "Done or set aside"
    return say_month(one.action.day) if one.action.day else "Without a day"


def _task_of_many(one: Planned) -> Task:
    excerpt, person = one.excerpt, one.excerpt.response.person
    task = _task(one.action, excerpt, _origins(excerpt).get(one.action.from_.partition(".")[0], ""))
    whose = filled(
        (WORKSHEET, one_line(excerpt.worksheet.title)),
        ("Name", excerpt.name),
        ("Team", person.team),
        ("Library", person.library),
    )
    return task._replace(details=(*task.details, *whose))


def task_of(action: Action, *, status: str = "Status", origin: str = "", support: str = "") -> Task:
    """A step with all that is known of it.

    `status` is the label of how far it is, `origin` the question it came from, `support` who supports it
    (empty: that is not said).
    """
    details = filled(
        ("Who", action.who),
        (BY_WHEN, say_due(action.due)),
        ("Level", _LEVELS[action.level]),
        ("How we will know", action.know),
        ("Notes", action.notes),
        (status, say_status(action.status, action.changed)),
        ("From", origin),
        ("Supported by", support),
    )
    return Task(action.step, action.status == "done", details)


def _task(action: Action, excerpt: Excerpt, origin: str) -> Task:
    """A step of a response, and the question it came from (empty: none that may be seen)."""
    is_private, day = excerpt.is_private(action), action.day
    label = "Set aside" if action.status in SET_ASIDE else "Status"
    kept = (excerpt.response.kept or {}).get(action.id)
    support = say_support(kept.support) if kept else ""
    task = task_of(action, status=label, origin=origin, support=support)
    entry = _entry(action, excerpt.response, is_private=is_private) if day else None
    return task._replace(step=action.step + _MARK[is_private], due=day, entry=entry)


def _entry(action: Action, response: Response, *, is_private: bool) -> CalendarEntry:
    """What a calendar knows a step by: the response, when that was begun, and its own id."""
    changed = action.changed or response.completed or response.created.date()
    key = f"{response.id} {response.created.isoformat()} {action.id}"
    return CalendarEntry(key, action.status, changed, response.revision, is_private, response.updated)


def _profile(excerpt: Excerpt) -> Iterator[Block]:
    """The scores of which something was said, side by side."""
    if not excerpt.scores:
        return iter(())
    said = {one.prompt.id for one in excerpt.questions if one.is_answered}
    told = [score for score in excerpt.scores if score.prompts & said]
    return profile_blocks(
        told, marks=[_MARK[not score.prompts.isdisjoint(excerpt.private)] for score in told]
    )


def _origins(excerpt: Excerpt) -> dict[str, str]:
    """The question of each prompt by its id, with its section where another one asks the same."""
    if not any(action.from_ for action in excerpt.actions):
        return {}
    lines = _asks(excerpt.worksheet)
    asks = {one.prompt.id: lines[one.prompt.id] for one in excerpt.asked}
    times = Counter(asks.values())
    if len(times) == len(asks):
        return asks
    homes = {one.prompt.id: one_line(one.section.title) for one in excerpt.asked}
    return {name: ask if times[ask] == 1 else f"{ask} ({homes[name]})" for name, ask in asks.items()}


@cached_by_identity
def _asks(worksheet: Worksheet) -> dict[str, str]:
    """What each prompt asks, in one line, by its id."""
    return {prompt.id: one_line(prompt.ask) for _, prompt in worksheet.prompts()}


def _reflections(excerpt: Excerpt) -> Iterator[Block]:
    asks, section = _asks(excerpt.worksheet), None
    for one in excerpt.questions:
        if not one.is_answered:
            continue
        if one.section is not section:
            section = one.section
            yield Heading(2, section.title)
        yield Heading(3, asks[one.prompt.id] + _MARK[one.prompt.id in excerpt.private])
        if one.value is not None:
            yield from one.prompt.show(one.value, one.around)
        elif one.not_answer:
            yield Paragraph(_sentence(one.not_answer), tone="aside")


def _set_aside(excerpt: Excerpt) -> Iterator[Block]:
    """Answers that did not fit any more when the worksheet changed."""
    if excerpt.retired:
        yield Heading(2, "Set aside when the worksheet changed")
    for one in excerpt.retired:
        yield Heading(3, one_line(one.ask) + _MARK[one.private])
        yield Paragraph(said_before(one), tone="answer")


def _sentence(reason: NotAnswer) -> str:
    return f"{NOT_ANSWERS[reason].capitalize()}."


def said_before(one: Retired) -> str:
    """An answer that was set aside, in words: as it was said with its question, or as far as it goes."""
    return one.said or _in_words(one.answer)


def reason_in(value: Value | None) -> NotAnswer | None:
    """The reason in an answer that nothing has checked since it was set aside; None if it has none."""
    said = not_answer(value)
    return next((reason for reason in NOT_ANSWERS if reason == said), None)


def _in_words(value: Value | None) -> str:
    if reason := reason_in(value):
        return _sentence(reason)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_in_words(part)}" for name, part in value.items() if name != "id")
    return "; ".join(map(_in_words, value)) if isinstance(value, list) else str(value)


# --- a worksheet ----------------------------------------------------------------------------------


def worksheet_document(worksheet: Worksheet, *, facilitator: bool) -> Document:
    """What a worksheet will ask, what stays private, its sources; how to lead it with `facilitator`."""
    private = private_prompts(worksheet)
    kept = paragraphs(say_what_is_private(worksheet), say_what_can_be_shared(worksheet))
    blocks = [*about_worksheet(worksheet), *kept, *leading(worksheet, facilitator=facilitator)]
    for section in worksheet.sections:
        blocks += section_head(section, worksheet)
        blocks += leading_part(section, facilitator=facilitator)
        blocks.append(Listing(tuple(_question_line(prompt, private) for prompt in section.prompts)))
        blocks += say_how(section, worksheet)
    return Document(worksheet.title, (*blocks, *source_blocks(worksheet)), worksheet.language)


def _question_line(prompt: AnyPrompt, private: frozenset[str]) -> str:
    notes = (PRIVATE[1:-1], "asked only when it fits what you said before")
    said = "; ".join(compress(notes, (prompt.id in private, prompt.when)))
    return f"{one_line(prompt.ask)} ({said})" if said else one_line(prompt.ask)


def about_worksheet(worksheet: Worksheet) -> Iterator[Block]:
    """What it is about, how long it is, and its notice."""
    yield from paragraphs(worksheet.summary, has_links=True)
    count = len(worksheet.by_id())
    about = f"About {worksheet.minutes} minutes, " if worksheet.minutes else ""
    yield Paragraph(f"{about}{counted(count, 'question', 'questions')}.")
    yield from paragraphs(unwrapped(worksheet.about), has_links=True)
    yield from paragraphs(unwrapped(worksheet.notice), tone="aside", has_links=True)


def leading(worksheet: Worksheet, *, facilitator: bool) -> Iterator[Block]:
    """How to lead a worksheet in a group, for a facilitator."""
    if facilitator and worksheet.facilitator:
        yield Heading(2, "For facilitators")
        yield from paragraphs(unwrapped(worksheet.facilitator), has_links=True)


def leading_part(section: Section, *, facilitator: bool) -> Iterator[Block]:
    """How to lead a section in a group, for a facilitator."""
    if facilitator:
        yield from paragraphs(unwrapped(section.facilitator), tone="aside", has_links=True)


def section_head(section: Section, worksheet: Worksheet) -> Iterator[Block]:
    """A section's title, the words it begins with, its introduction and notice, and whether it is private."""
    yield Heading(2, section.title)
    if section.epigraph:
        yield Quotation(section.epigraph.text, epigraph_source(section.epigraph))
    yield from paragraphs(unwrapped(section.intro), has_links=True)
    yield from paragraphs(unwrapped(section.notice), tone="aside", has_links=True)
    yield from paragraphs(say_what_is_private_in(section, worksheet), tone="aside")


def epigraph_source(epigraph: Epigraph) -> str:
    """Whose words a section begins with, or after whom, in others; empty where nobody is named."""
    after = "After " if epigraph.paraphrase and epigraph.source else ""
    return f"{after}{epigraph.source}"
