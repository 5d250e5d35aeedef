"""Hints on a worksheet: what would help those who fill it in, or lead others through it.

It can be used as it is; what makes that impossible is `rules.checking.worksheet_mistakes`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.errors import Mistake
from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choice import PickingPrompt
from libwell.kinds.plan import PlanPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.table import TablePrompt
from libwell.model.numbers import plain
from libwell.rules.privacy import private_prompts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.base import Item
    from libwell.model.worksheet import AnyPrompt, Worksheet

Path = tuple[str | int, ...]

_MOST_NAMED = 5
HARD_TO_READ = 11
"""Above this median grade a worksheet is hinted at; 9 is what the shipped ones keep to."""


def advise(own: Worksheet, asked: Worksheet, *, is_whole: bool = True) -> Iterator[Mistake]:
    """Every hint on a worksheet: as it stands in its file (`own`), and as it is asked, includes resolved.

    What an include brings is its own author's business. `is_whole` is false where something could not be
    read, so that what seems to be missing may be there.
    """
    yield from _on_the_head(own, asked)
    yield from _on_the_plan(own, asked, is_whole=is_whole)
    yield from _on_first_steps(own)
    for number, score in enumerate(own.scores):
        if not score.examples:
            remedy = "Write one: `check` tells whether it comes out."
            yield _hint("this score has no worked example.", ("scores", number, "examples"), remedy)
    yield from _on_reading(own)


def _hint(message: str, path: Path, remedy: str) -> Mistake:
    return Mistake(message, path, remedy, hint=True)


def _on_the_head(own: Worksheet, asked: Worksheet) -> Iterator[Mistake]:
    if not asked.sources:
        yield _hint("no source is named.", ("sources",), "Say where it comes from: [[sources]].")
    if not own.facilitator:
        remedy = "A few lines help those who lead a team through it."
        yield _hint("there is no text for facilitators.", ("facilitator",), remedy)
    if own.minutes is None:
        yield _hint("minutes is not given.", ("minutes",), "People like to know how long it takes.")


def _placed(worksheet: Worksheet) -> Iterator[tuple[Path, AnyPrompt]]:
    for number, section in enumerate(worksheet.sections):
        for position, prompt in enumerate(section.prompts):
            yield ("sections", number, "prompts", position), prompt


# --- the plan -------------------------------------------------------------------------------------


def _on_the_plan(own: Worksheet, asked: Worksheet, *, is_whole: bool) -> Iterator[Mistake]:
    """Checklists without a mark that is offered; where there are none of these, a plan without any offer."""
    plans = [path for path, prompt in _placed(own) if isinstance(prompt, PlanPrompt)]
    if not plans:
        return
    lists = [
        path for path, prompt in _placed(own) if isinstance(prompt, ChecklistPrompt) and not _offers(prompt)
    ]
    yield from _on_closed_steps(plans[0], asked)
    for path in lists:
        remedy = "Say offer = true on the mark that calls for a step."
        yield _hint("nothing marked here is offered at the plan.", (*path, "marks"), remedy)
    if is_whole and not (lists or any(_offers(prompt) for _, prompt in asked.prompts())):
        remedy = "Say offer = true on an option, a mark or a text column, or offer_at_most on a rating."
        yield _hint("nothing is ever offered at this plan.", plans[0], remedy)


def _on_closed_steps(path: Path, asked: Worksheet) -> Iterator[Mistake]:
    """A private plan below questions that can be shared: a team's plan gets none of their steps."""
    private = private_prompts(asked)
    plan = next((prompt.id for _, prompt in asked.prompts() if isinstance(prompt, PlanPrompt)), "")
    if plan in private and any(_offers(one) for _, one in asked.prompts() if one.id not in private):
        message = "this plan is private, so its steps are too, also from questions that are not."
        yield _hint(message, path, "To share steps, let nothing make the plan private.")


def _on_first_steps(own: Worksheet) -> Iterator[Mistake]:
    """What is offered without a first step: its own text then stands in the plan."""
    has_plan = any(isinstance(prompt, PlanPrompt) for _, prompt in own.prompts())
    for path, prompt in _placed(own) if has_plan else ():
        bare = [thing.id for thing in _offered(prompt) if not thing.suggest]
        if bare:
            message = f"no first step is suggested for {', '.join(bare[:_MOST_NAMED])}{_and_more(bare)}."
            yield _hint(message, path, 'Say suggest = "…": what somebody could do on Monday.')


def _and_more(names: list[str]) -> str:
    return f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""


def _offered(prompt: AnyPrompt) -> tuple[Item, ...]:
    """The items and options of a prompt that can stand at the plan."""
    if isinstance(prompt, PickingPrompt):
        return tuple(option for option in prompt.options if option.offer)
    if isinstance(prompt, ChecklistPrompt | RatingPrompt) and _offers(prompt):
        return prompt.items
    return ()


def _offers(prompt: AnyPrompt) -> bool:
    """Whether an answer to the prompt can put something before the person at the plan."""
    match prompt:
        case ChecklistPrompt():
            return any(mark.offer for mark in prompt.marks)
        case PickingPrompt():
            return any(option.offer for option in prompt.options)
        case TablePrompt():
            return any(column.offer for column in prompt.columns)
        case RatingPrompt():
            return prompt.offer_at_most is not None or prompt.offer_at_least is not None
        case _:
            return False


# --- reading --------------------------------------------------------------------------------------


def _on_reading(own: Worksheet) -> Iterator[Mistake]:
    from libwell.rules.checking.reading import prompt_grades, worksheet_grade  # only where somebody checks

    median = worksheet_grade(own)
    if median is None or median <= HARD_TO_READ:
        return
    places = [path for path, _ in _placed(own)]
    hardest, path = max(zip(prompt_grades(own), places, strict=True))
    half, this = plain(median, digits=0), plain(hardest, digits=0)
    message = f"half of the questions read at grade {half} or above; this one at {this}."
    yield _hint(message, (*path, "ask"), "Shorter sentences and plainer words reach more people.")
