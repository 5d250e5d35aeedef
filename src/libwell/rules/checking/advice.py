"""Hints on a worksheet: what would help those who fill it in, or lead others through it.

It can be used as it is; what makes that impossible is `rules.mistakes.worksheet_mistakes`'s.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from libwell.errors import KeyPath, Mistake
from libwell.model.base import Offer
from libwell.model.nearest import some_of
from libwell.model.numbers import plain
from libwell.rules.asked_now import looks_at
from libwell.rules.checking.reading import can_grade, is_english, prompt_grades, worksheet_grade
from libwell.rules.privacy import personal_scores, private_prompts, says_own_bands
from libwell.rules.scoring import prompts_of_scores

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from libwell.model.worksheet import AnyPrompt, Worksheet

_WANTED = {
    "sources": ("no source is named.", "Say where it comes from: [[sources]]."),
    "facilitator": (
        "there is no text for facilitators.",
        "A few lines help those who lead a team through it.",
    ),
    "minutes": ("minutes is not given.", "People like to know how long it takes."),
}
_MOST_NAMED = 5
_LONG_NOTICE = 40
"""Words of a notice above which one is hinted at."""
_SAID_BY_LIBWELL = (":help", ":support", ":skip part", "shared file", "team report", "records law")
"""Words by which a notice surely says what libwell says beside it."""
_HARD_TO_READ = 11
"""Above this median grade a worksheet is hinted at; 9 is what the shipped ones keep to."""


def advise(own: Worksheet, asked: Worksheet, *, is_whole: bool = True) -> Iterator[Mistake]:
    """Every hint on a worksheet: as it stands in its file (`own`), and as it is `asked`, includes resolved.

    Nothing is hinted at in what an include brings, which its own author can mend. `is_whole` is false where
    something could not be read, so that what seems to be missing may be there.
    """
    there = {"sources": asked.sources, "facilitator": own.facilitator, "minutes": own.minutes}
    yield from (_hint(said, (key,), remedy) for key, (said, remedy) in _WANTED.items() if not there[key])
    yield from _on_notices(own)
    plan = next((path for path, prompt in own.placed() if prompt.holds_actions), None)
    if plan is not None:
        yield from _on_the_plan(plan, own, asked, is_whole=is_whole)
        yield from _on_first_steps(own)
    yield from _on_the_short_way(own, asked)
    yield from _on_examples(own)
    yield from _on_personal_scores(own, asked)
    yield from _on_not_applicable(own, private_prompts(asked))
    yield from _on_what_is_private(own, private_prompts(asked))
    yield from _on_reading(own)


def _hint(message: str, path: KeyPath, remedy: str) -> Mistake:
    return Mistake(message, path, remedy, hint=True)


def _on_notices(own: Worksheet) -> Iterator[Mistake]:
    """Hint where a notice is long, and where one says what libwell says by itself."""
    words = len(own.notice.split())
    if words > _LONG_NOTICE:
        message = f"this notice has {words} words, all of them before the first question."
        yield _hint(message, ("notice",), "Keep what it touches on; the longer story goes into about.")
    notices: list[tuple[KeyPath, str]] = [(("notice",), own.notice)]
    notices += [(("sections", number, "notice"), one.notice) for number, one in enumerate(own.sections)]
    for path, notice in notices:
        if said := some_of(one for one in _SAID_BY_LIBWELL if one in notice):
            message = f"libwell says by itself what is private and what can be typed; this names {said}."
            yield _hint(message, path, "Leave that out, so that nobody reads it twice.")


def _on_the_plan(path: KeyPath, own: Worksheet, asked: Worksheet, *, is_whole: bool) -> Iterator[Mistake]:
    """Hint where a plan (at `path`) gets no offer, or where its privacy keeps steps from a team's plan."""
    private = private_prompts(asked)
    offering = {prompt.id for _, prompt in asked.prompts() if prompt.can_offer} | _offered_by_scores(asked)
    plans = {prompt.id for _, prompt in asked.prompts() if prompt.holds_actions}
    if offering - private and plans & private:
        message = "this plan is private, so its steps are too, also from questions that are not."
        yield _hint(message, path, "To share steps, let nothing make the plan private.")
    said = []
    for place, prompt in own.placed():
        hint = prompt.plan_hint()
        if hint and _is_taken_up(own, prompt, (name for name, _ in prompt.names())):
            said.append(replace(hint, path=(*place, *hint.path), hint=True))
    yield from said
    if is_whole and not (said or offering):
        remedy = "Say offer = true on an option, a mark or a text column, or offer_at_most on a rating."
        yield _hint("nothing is ever offered at this plan.", path, remedy)


def _on_first_steps(own: Worksheet) -> Iterator[Mistake]:
    """What is offered at the plan without a first step: its own text then stands there."""
    by_scores = _offered_by_scores(own)
    for path, prompt in own.placed():
        marks = [name for name, key in prompt.names() if key == "marks"]
        things = prompt.rows_offered() if prompt.id in by_scores else prompt.offerable()
        offered = [thing.id for thing in things if not thing.suggest]
        bare = [name for name in offered if _is_taken_up(own, prompt, [name, *marks])]
        if bare:
            message = f"no first step is suggested for {some_of(bare, most=_MOST_NAMED)}."
            yield _hint(message, path, 'Say suggest = "…": what somebody could do on Monday.')


def _offered_by_scores(worksheet: Worksheet) -> frozenset[str]:
    """The ids of the prompts whose rows a score puts before the person at the plan."""
    return frozenset().union(*(score.prompts for score in worksheet.scores if score.makes_offers))


def _is_taken_up(own: Worksheet, prompt: AnyPrompt, inside: Iterable[str]) -> bool:
    """Whether the plan would take up an offer of a prompt, with one of these ids inside of it."""
    offer = Offer(prompt.id, "", "", marks=frozenset(inside))
    return any(plan.takes_up([offer]) for _, plan in own.prompts())


def _on_the_short_way(own: Worksheet, asked: Worksheet) -> Iterator[Mistake]:
    """A short way of which half is missing, and core questions that hang on others."""
    core = [prompt.id for _, prompt in asked.prompts() if prompt.core]
    if own.short_minutes is not None and not core:
        remedy = "Say core = true on the few questions it asks."
        yield _hint("no question is core, so there is no short way.", ("short_minutes",), remedy)
    behind = prompts_of_scores(asked)
    sections = {prompt.id: section for section, prompt in own.prompts()}
    own_core = [(path, prompt) for path, prompt in own.placed() if prompt.core]
    for path, prompt in own_core:
        looked_at = looks_at(sections[prompt.id].when, behind) | looks_at(prompt.when, behind)
        hangs_on = {*looked_at, *filter(None, [prompt.source])}.difference(core)
        if hangs_on:
            message = f"this hangs on {some_of(sorted(hangs_on))}, which the short way does not ask."
            yield _hint(message, (*path, "core"), "Say core = true there too, or take it out here.")
    if own_core and own.short_minutes is None:
        message = "there is no short way without short_minutes in the head."
        yield _hint(message, (*own_core[0][0], "core"), "Say how long it takes: short_minutes = 7")


def _on_examples(own: Worksheet) -> Iterator[Mistake]:
    """Scores without a worked example, all in one hint, at the first of them."""
    bare = [(number, score.id) for number, score in enumerate(own.scores) if not score.examples]
    if bare:
        message = f"no worked example is given for {some_of([name for _, name in bare], most=_MOST_NAMED)}."
        remedy = "Write one: `check` tells whether it comes out."
        yield _hint(message, ("scores", bare[0][0], "examples"), remedy)


def _on_personal_scores(own: Worksheet, asked: Worksheet) -> Iterator[Mistake]:
    """Scores that only the person sees, all in one hint, at the first of them; not of an instrument."""
    personal = personal_scores(asked)
    named = [(number, score.id) for number, score in enumerate(own.scores) if score.id in personal]
    if named and not says_own_bands(asked):
        scores = some_of([name for _, name in named], most=_MOST_NAMED)
        message = f"made of private answers, or of level me, so that only the person sees it: {scores}."
        yield _hint(message, ("scores", named[0][0]), "Make a score of the work, and not of a person.")


def _on_not_applicable(own: Worksheet, private: Collection[str]) -> Iterator[Mistake]:
    """Private questions that take no not-applicable, all in one hint, at the first of them."""
    bare = [
        (path, prompt.id)
        for path, prompt in own.placed()
        if prompt.id in private and not prompt.holds_actions and "not-applicable" not in prompt.not_answers
    ]
    if bare:
        named = some_of([name for _, name in bare], most=_MOST_NAMED)
        remedy = 'Say not_answers = ["not-applicable"], so that nobody has to explain what does not fit.'
        yield _hint(f"private, and without not-applicable: {named}.", bare[0][0], remedy)


def _on_what_is_private(own: Worksheet, private: frozenset[str]) -> Iterator[Mistake]:
    """What does nothing, as its question is private."""
    for path, prompt in own.placed():
        if prompt.id in private and (hint := prompt.private_hint()):
            yield replace(hint, path=(*path, *hint.path), hint=True)


def _on_reading(own: Worksheet) -> Iterator[Mistake]:
    if is_english(own) and not can_grade():
        remedy = 'Something has to count syllables: pip install "libwell[authors]"'
        yield _hint("how easily this reads can't be told.", (), remedy)
        return
    median = worksheet_grade(own)
    if median is None or median <= _HARD_TO_READ:
        return
    hardest, (path, _) = max(zip(prompt_grades(own), own.placed(), strict=True))
    half, this = plain(median, digits=0), plain(hardest, digits=0)
    message = f"half of the questions read at grade {half} or above; this one at {this}."
    yield _hint(message, (*path, "ask"), "Shorter sentences and plainer words reach more people.")
