"""A comparison as a Document: then and now side by side, read line by line.

Differences are said in words and numbers and never judged: no arrows, no colors, no better or worse. It
shows all of a comparison and decides nothing about what may be seen.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, groupby, product
from typing import TYPE_CHECKING, TypeVar, assert_never

from libwell.kinds.values import NOT_ANSWERS
from libwell.model.action_words import STATUS_WORDS
from libwell.model.characters import one_line
from libwell.model.dates import say_date
from libwell.model.document import Block, Document, Facts, Heading, Listing, Paragraph, Table, Task
from libwell.model.numbers import in_full, plain
from libwell.rules.comparing.pairing import NOT_THERE, folded
from libwell.rules.documents import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal
    from fractions import Fraction

    from libwell.kinds.values import Given
    from libwell.model.comparison_records import Outcome
    from libwell.rules.asked_now import Asked
    from libwell.rules.comparing.pairing import Pair, PlacePair
    from libwell.rules.comparing.responses import Comparison, StepPair
    from libwell.rules.privacy import Excerpt
    from libwell.rules.scoring import Scored

_OUTCOMES: dict[Outcome, str] = {
    "done": "Done since",
    "open": "Still open",
    "set-aside": "Set aside for now",
    "new": "New now",
}
_STEP_LABELS = {1: ("Status",), 2: ("Then", "Now")}
"""What stands before a step's status, by in how many of the two responses it is."""
_CHANGES = {
    "gained": "newly marked",
    "lost": "no longer marked",
    "kept": "still marked",
    "then": "then",
    "now": "now",
}
"""What became of marks and picks, in the order shown; the last two where that can't be said."""
_NO_ANSWER = {None: "not answered"} | NOT_ANSWERS
"""What stands where an answer would, by the reason for none."""
Difference = TypeVar("Difference", "Decimal", "Fraction")
NO_FAILURE = "A lower number is no failure: it can come of a heavier season, or of a closer look."
_INVITATION = f"Two moments, side by side. {NO_FAILURE}"
_NOTHING = "There is nothing in both that could be put side by side."


def comparison_document(comparison: Comparison) -> Document:
    """Make a comparison a Document.

    What became of the plan comes first, then scores, and answers by section; what is not compared comes last.
    """
    then, now = comparison.then, comparison.now
    version = ", now ".join(dict.fromkeys([then.worksheet.version, now.worksheet.version]))
    worksheet = f"{now.worksheet.title} ({now.worksheet.id}, version {version})"
    about = Facts((("Worksheet", worksheet), ("Then", moment(then)), ("Now", moment(now))))
    found = list(comparison_blocks(comparison))
    invitation = Paragraph(_INVITATION if _has_any(comparison) else _NOTHING, tone="aside")
    return Document(
        f"Then and now: {one_line(now.worksheet.title)}", (about, invitation, *found), now.worksheet.language
    )


def _has_any(comparison: Comparison) -> bool:
    return bool(comparison.steps or comparison.scores or comparison.pairs)


def comparison_blocks(comparison: Comparison) -> Iterator[Block]:
    """What became of the plan, then scores, answers by section, and at last what is not compared."""
    yield from (*_steps(comparison), *_scores(comparison))
    for section, pairs in groupby(comparison.pairs, lambda pair: pair.now.section):
        yield from (Heading(2, section.title), *chain.from_iterable(map(_pair, pairs)))
    yield from _not_compared(comparison)


def moment(excerpt: Excerpt) -> str:
    """Which response it is, whose, and when it was finished."""
    response = excerpt.response
    day = f"completed {say_date(response.completed)}" if response.completed else "not finished yet"
    return ", ".join(filter(None, (response.short_id, response.person.name, response.person.team, day)))


def marked(text: str, *, private: bool) -> str:
    """A text on one line, with a mark where it is private."""
    return f"{one_line(text)} {PRIVATE}" if private else one_line(text)


# --- steps and scores -----------------------------------------------------------------------------


def _steps(comparison: Comparison) -> Iterator[Block]:
    if comparison.steps:
        yield Heading(2, "Steps")
    in_order = sorted(comparison.steps, key=lambda step: [*_OUTCOMES].index(step.outcome))
    for outcome, steps in groupby(in_order, lambda step: step.outcome):
        yield Heading(3, _OUTCOMES[outcome])
        yield from map(_task, steps)


def _task(step: StepPair) -> Task:
    labels = _STEP_LABELS[len(step.actions)]
    pairs = [(label, STATUS_WORDS[one.status]) for label, one in zip(labels, step.actions, strict=True)]
    days = [one.changed for one in step.actions if one.status == "done" and one.changed]
    pairs += [("Done on", say_date(day)) for day in days[-1:]]
    return Task(marked(step.step, private=step.is_private), step.outcome == "done", tuple(pairs))


def _scores(comparison: Comparison) -> Iterator[Block]:
    if comparison.scores:
        yield Heading(2, "Scores")
        rows = [
            (
                marked(one.now.title, private=one.is_private),
                *(_score_text(one.then), _score_text(one.now), say_difference(one.difference, plain)),
            )
            for one in comparison.scores
        ]
        yield Table(("", "Then", "Now", "Difference"), tuple(rows), row_heads=True)


def _score_text(score: Scored) -> str:
    """A score in words; also of how many answers it was made, where it was not all and they don't say so."""
    is_partly = score.value is not None and score.answered < score.total and not score.is_prorated
    return score.text + (f", from {score.answered} of {score.total} answers" if is_partly else "")


def say_difference(difference: Difference | None, say: Callable[[Difference], str]) -> str:
    """A difference with its sign, its size as `say` says it; words where there is none."""
    if difference is None:
        return "can't be said"
    size = say(abs(difference))
    return "no change" if size == "0" else f"{'+' if difference > 0 else '-'}{size}"


# --- answers --------------------------------------------------------------------------------------


def _pair(pair: Pair) -> Iterator[Block]:
    prompt = pair.now.prompt
    yield Heading(3, marked(prompt.ask, private=pair.is_private))
    if folded(prompt.ask) != folded(pair.then.prompt.ask):
        yield Paragraph(f"Then it was asked so: {one_line(pair.then.prompt.ask)}", tone="aside")
    if pair.then.value is None and pair.now.value is None:
        yield _in_brief(pair)
        return
    match prompt.measure:
        case "point" | "amount":
            yield _numbers(pair)
        case "rank":
            yield _places(pair)
        case "mark":
            yield from _marks(pair)
        case "pick":
            yield from _marks(pair) if prompt.places().takes_several else [_in_brief(pair)]
        case "yes-no" | "day":
            yield _in_brief(pair)
        case "words" | "cells" | None:
            yield from _both_in_full(pair)
        case never:
            assert_never(never)


def _in_brief(pair: Pair) -> Facts:
    """Both answers on a line each, or on one if they are the same."""
    then, now = (
        _NO_ANSWER[one.not_answer] if one.value is None else one.prompt.brief(one.value, one.around)
        for one in (pair.then, pair.now)
    )
    return Facts((("Unchanged", now),) if pair.is_unchanged else (("Then", then), ("Now", now)))


def _both_in_full(pair: Pair) -> Iterator[Block]:
    if pair.is_unchanged:
        yield Paragraph("Unchanged.", tone="aside")
        return
    for label, one in (("Then", pair.then), ("Now", pair.now)):
        yield Heading(4, label)
        if one.value is None:
            yield Paragraph(f"{_NO_ANSWER[one.not_answer].capitalize()}.", tone="aside")
        else:
            yield from one.prompt.show(one.value, one.around)


def _numbers(pair: Pair) -> Block:
    heads = ("Then", "Now", "Difference")
    rows = []
    for one in pair.places:
        then = one.then.text or _NO_ANSWER[pair.then.not_answer]
        now = one.now.text or _NO_ANSWER[pair.now.not_answer]
        rows.append((one.place.about, then, now, say_difference(one.difference, in_full)))
    if any(one.place.item for one in pair.places):
        return Table(("", *heads), tuple(rows), row_heads=True)
    if pair.is_unchanged or not rows:
        return _in_brief(pair)
    return Facts(tuple(zip(heads, rows[0][1:], strict=True)))


def _places(pair: Pair) -> Table:
    """What moved up and what down, in the order of now; behind it what has a place only then."""
    rows = []
    for one in sorted(pair.places, key=lambda one: (one.now is NOT_THERE, one.now.value or one.then.value)):
        then, now = _place_text(one.then, pair.then), _place_text(one.now, pair.now)
        rows.append((one.place.about, then, now, _say_move(one, pair)))
    return Table(("", "Then", "Now", "Moved"), tuple(rows), row_heads=True)


def _place_text(given: Given, answer: Asked) -> str:
    return given.text or (_NO_ANSWER[answer.not_answer] if answer.value is None else "no place")


def _say_move(one: PlacePair, pair: Pair) -> str:
    """How many places something went, up being nearer to the first; without a number from or to no place."""
    if pair.then.value is None or pair.now.value is None:
        return "can't be said"
    if one.difference is None:
        return "up" if one.then is NOT_THERE else "down"
    direction = "up" if one.difference < 0 else "down"
    return f"{direction} {abs(one.difference)}" if one.difference else "same place"


def _marks(pair: Pair) -> Iterator[Block]:
    """What is newly, no longer and still marked; where one of the two can't say, what was given."""
    sides = (("Then", pair.then), ("Now", pair.now))
    silent = tuple((label, _NO_ANSWER[one.not_answer]) for label, one in sides if one.value is None)
    if silent:
        yield Facts(silent)
    items: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in pair.places:
        label = one.change or ("then" if one.now is NOT_THERE else "now")
        items[one.place.mark, label].append(one.place.about)
    marks = dict.fromkeys((one.place.mark, one.place.mark_text) for one in pair.places)
    for (name, words), (change, said) in product(marks, _CHANGES.items()):
        title = f"{words}, {said}" if words not in ("", "yes") else said
        if (name, change) in items:
            yield Listing(tuple(items[name, change]), title=title[0].upper() + title[1:])


# --- what can't be compared -----------------------------------------------------------------------


def _not_compared(comparison: Comparison) -> Iterator[Block]:
    if comparison.not_compared:
        yield Heading(2, "Not compared")
        lines = []
        for one in comparison.not_compared:
            item = f", “{one_line(one.item_title)}”" if one.item_title else ""
            lines.append(f"{marked(one.title + item, private=one.is_private)}: {one.text}.")
        yield Listing(tuple(lines))
