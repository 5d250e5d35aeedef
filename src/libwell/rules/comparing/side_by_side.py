"""A comparison as a Document: then and now side by side, read line by line.

Differences are said in words and numbers and never judged: no arrows, no colours, no better or worse. It
shows all of a comparison and decides nothing about what may be seen.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from libwell.kinds.base import NOT_ANSWERS
from libwell.model.action_words import STATUS_WORDS
from libwell.model.characters import one_line
from libwell.model.dates import say_date
from libwell.model.document import Block, Document, Facts, Heading, Listing, Paragraph, Table, Task
from libwell.model.numbers import in_full, plain
from libwell.rules.comparing.pairing import COUNTED, MARKED
from libwell.rules.documents import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from libwell.rules.asked_now import Asked
    from libwell.rules.comparing.pairing import Apart, Line, Pair
    from libwell.rules.comparing.responses import Comparison, Outcome, ScorePair, StepPair
    from libwell.rules.privacy import Excerpt
    from libwell.rules.scoring import Scored

_BRIEF = frozenset({"choice", "yes-no", "date"})
_OUTCOMES: dict[Outcome, str] = {
    "done": "Done since",
    "open": "Still open",
    "set-aside": "Set aside for now",
    "new": "New now",
}
_INVITATION = (
    "Two moments, side by side. A lower number is no failure: it can come of a heavier season, or of a "
    "closer look."
)
_NOTHING = "There is nothing in both that could be put side by side."
_NO_CHANGE, _LEFT_OPEN = "no change", "can't be said"


def comparison_document(comparison: Comparison) -> Document:
    """What became of the plan first, then scores, and answers by section; what is not compared last."""
    worksheet = comparison.now.worksheet
    found = [*_steps(comparison), *_scores(comparison), *_answers(comparison)]
    blocks = [
        _about(comparison),
        Paragraph(_INVITATION if found else _NOTHING, tone="aside"),
        *found,
        *_apart(comparison.apart),
    ]
    return Document(f"Then and now: {one_line(worksheet.title)}", tuple(blocks), worksheet.language)


def _about(comparison: Comparison) -> Facts:
    then, now = comparison.then, comparison.now
    versions = dict.fromkeys([then.worksheet.version, now.worksheet.version])
    version = f"version {', now '.join(versions)}"
    worksheet = f"{now.worksheet.title} ({now.worksheet.id}, {version})"
    return Facts((("Worksheet", worksheet), ("Then", _moment(then)), ("Now", _moment(now))))


def _moment(excerpt: Excerpt) -> str:
    response = excerpt.response
    day = f"completed {say_date(response.completed)}" if response.completed else "not finished yet"
    parts = [response.short_id, response.person.name, response.person.team, day]
    return ", ".join(part for part in parts if part)


def _marked(text: str, *, private: bool) -> str:
    return f"{one_line(text)} {PRIVATE}" if private else one_line(text)


# --- steps and scores -----------------------------------------------------------------------------


def _steps(comparison: Comparison) -> Iterator[Block]:
    if comparison.steps:
        yield Heading(2, "Steps")
    for outcome, title in _OUTCOMES.items():
        steps = [step for step in comparison.steps if step.outcome == outcome]
        if steps:
            yield Heading(3, title)
            yield from map(_task, steps)


def _task(step: StepPair) -> Task:
    there = [(label, action) for label, action in (("Then", step.then), ("Now", step.now)) if action]
    words = there[-1][1].step
    pairs = [(label if len(there) > 1 else "Status", STATUS_WORDS[one.status]) for label, one in there]
    days = [one.changed for _, one in there if one.status == "done" and one.changed]
    pairs += [("Done on", say_date(day)) for day in days[-1:]]
    return Task(_marked(words, private=step.is_private), step.outcome == "done", tuple(pairs))


def _scores(comparison: Comparison) -> Iterator[Block]:
    if comparison.scores:
        yield Heading(2, "Scores")
        yield Table(
            ("", "Then", "Now", "Difference"),
            tuple(map(_score_row, comparison.scores)),
            row_heads=True,
        )


def _score_row(score: ScorePair) -> tuple[str, ...]:
    difference = _LEFT_OPEN
    if score.difference is not None:
        digits = plain(abs(score.difference))
        difference = _NO_CHANGE if digits == "0" else f"{'+' if score.difference > 0 else '-'}{digits}"
    title = _marked(score.now.title, private=score.is_private)
    return title, _score_text(score.then), _score_text(score.now), difference


def _score_text(score: Scored) -> str:
    """A score in words; also of how many ratings it was made, where it was not all of them."""
    is_partly = score.value is not None and score.answered < score.total
    return score.text + (f", from {score.answered} of {score.total} ratings" if is_partly else "")


# --- answers --------------------------------------------------------------------------------------


def _answers(comparison: Comparison) -> Iterator[Block]:
    for _, group in groupby(comparison.pairs, lambda pair: pair.now.section.id):
        pairs = list(group)
        yield Heading(2, pairs[0].now.section.title)
        for pair in pairs:
            yield from _pair(pair)


def _pair(pair: Pair) -> Iterator[Block]:
    prompt = pair.now.prompt
    yield Heading(3, _marked(prompt.ask, private=pair.is_private))
    if pair.was_reworded:
        yield Paragraph(f"Then it was asked so: {one_line(pair.then.prompt.ask)}", tone="aside")
    if prompt.kind in COUNTED:
        yield from _numbers(pair)
    elif prompt.kind in _BRIEF or not _has_answer(pair):
        yield from _in_brief(pair)
    elif prompt.kind in MARKED:
        yield from _marks(pair)
    elif pair.is_unchanged:
        yield Paragraph("Unchanged.", tone="aside")
    else:
        yield from _in_full("Then", pair.then)
        yield from _in_full("Now", pair.now)


def _has_answer(pair: Pair) -> bool:
    return pair.then.value is not None or pair.now.value is not None


def _in_brief(pair: Pair) -> Iterator[Block]:
    """Both answers on a line each, or on one if they are the same."""
    then, now = _words(pair.then), _words(pair.now)
    yield Facts((("Unchanged", now),) if pair.is_unchanged else (("Then", then), ("Now", now)))


def _words(one: Asked) -> str:
    return _no_words(one) if one.value is None else one.prompt.brief(one.value, one.around)


def _no_words(one: Asked) -> str:
    return NOT_ANSWERS[one.not_answer] if one.not_answer else "no answer"


def _in_full(label: str, one: Asked) -> Iterator[Block]:
    yield Heading(4, label)
    if one.value is None:
        yield Paragraph(f"{_no_words(one).capitalize()}.", tone="aside")
    else:
        yield from one.prompt.show(one.value, one.around)


def _numbers(pair: Pair) -> Iterator[Block]:
    rows = [(line.place.about, *_both(pair, line), _say_difference(line.difference)) for line in pair.lines]
    if any(line.place.item for line in pair.lines):
        yield Table(("", "Then", "Now", "Difference"), tuple(rows), row_heads=True)
    elif pair.is_unchanged or not rows:
        yield from _in_brief(pair)
    else:
        yield Facts(tuple(zip(("Then", "Now", "Difference"), rows[0][1:], strict=True)))


def _both(pair: Pair, line: Line) -> tuple[str, str]:
    then = line.then.text if line.then else _no_words(pair.then)
    return then, line.now.text if line.now else _no_words(pair.now)


def _say_difference(difference: Decimal | None) -> str:
    if difference is None:
        return _LEFT_OPEN
    sign = "+" if difference > 0 else ""
    return f"{sign}{in_full(difference)}" if difference else _NO_CHANGE


def _marks(pair: Pair) -> Iterator[Block]:
    """What was gained, lost and kept, mark by mark; where one of the two can't say, what was given."""
    silent = [(label, one) for label, one in (("Then", pair.then), ("Now", pair.now)) if one.value is None]
    if silent:
        yield Facts(tuple((label, _no_words(one)) for label, one in silent))
    marks = dict.fromkeys((line.place.mark, line.place.mark_text) for line in pair.lines)
    for name, words in marks:
        lines = [line for line in pair.lines if line.place.mark == name]
        for label in ("gained", "lost", "kept", "then", "now"):
            items = tuple(line.place.about for line in lines if _label(line) == label)
            if items:
                yield Listing(items, title=_title(words, label))


def _label(line: Line) -> str:
    return line.change or ("now" if line.now else "then")


def _title(mark: str, label: str) -> str:
    title = label if mark in ("", "yes") else f"{mark}, {label}"
    return title[:1].upper() + title[1:]


# --- what can't be compared -----------------------------------------------------------------------


def _apart(apart: tuple[Apart, ...]) -> Iterator[Block]:
    if apart:
        yield Heading(2, "Not compared")
        yield Listing(tuple(map(_apart_line, apart)))


def _apart_line(one: Apart) -> str:
    item = f", “{one_line(one.item_title)}”" if one.what == "item" else ""
    return f"{_marked(one.title + item, private=one.is_private)}: {one.text}."
