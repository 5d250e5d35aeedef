"""What the walk says of all its questions at once: the list, and the review before it is finished."""

from __future__ import annotations

from itertools import compress, groupby
from typing import TYPE_CHECKING

from libwell.kinds.values import NOT_ANSWERS
from libwell.model.action_words import say_due
from libwell.model.characters import counted, first_words, one_line
from libwell.rules.answers import parts_answered
from libwell.rules.privacy import is_private_action
from libwell.terminal.blocks import answer_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from libwell.model.response import Action
    from libwell.rules.asked_now import Asked
    from libwell.rules.walk import Walk
    from libwell.terminal.prompter import Prompter

Lines = tuple[str, ...]
MARK = {True: " (private)", False: ""}
_LONGEST_QUESTION = 60
"""Characters of a question in the list, at most."""
_MOST_LINES = 12
_LONGEST_LINE = 400
"""Lines of an answer in the review, and characters of each, at most."""
_STEPS = ":steps"
"""Beside the ids of prompts: no id has a colon."""
_STATES = {None: "not yet"} | NOT_ANSWERS


# --- the list -------------------------------------------------------------------------------------


def tell_list(prompter: Prompter, walk: Walk, private: frozenset[str]) -> None:
    """Tell all questions with how far each is; a part that is done in one line, but not where the walk is.

    Parts and questions have the ids that `:go` takes. `private` holds the ids of the private ones.
    """
    here = None if walk.at_review else walk.turn().asked.prompt.id
    numbered = enumerate(walk.asked(), 1)
    for part, group in groupby(numbered, lambda pair: pair[1].section.id):
        questions = list(group)
        title = one_line(questions[0][1].section.title)
        if all(_is_done(one) and one.prompt.id != here for _, one in questions):
            prompter.say(f"{_numbers(questions)}. {part}: {title} (done)")
            continue
        prompter.say(title, style="strong")
        for number, one in questions:
            prompter.say(f"{number}. {_in_the_list(one, private, is_here=one.prompt.id == here)}")
    beside = len(walk.everything()) - len(walk.asked())
    if beside:
        waits = counted(beside, "more question waits", "more questions wait")
        prompter.say(f"This is the short way; {waits}.")


def _numbers(questions: list[tuple[int, Asked]]) -> str:
    first, last = questions[0][0], questions[-1][0]
    return str(first) if first == last else f"{first} to {last}"


def _in_the_list(one: Asked, private: frozenset[str], *, is_here: bool) -> str:
    is_private = one.prompt.id in private
    notes = compress(("private", state(one), "you are here"), (is_private, True, is_here))
    return f"{one.prompt.id}: {first_words(one.prompt.ask, _LONGEST_QUESTION)} ({', '.join(notes)})"


def state(one: Asked) -> str:
    """How far a question is: `not yet`, `answered`, `4 of 12 answered`, `skipped` or another not-answer."""
    if one.value is None:
        return _STATES[one.not_answer]
    given, there = parts_answered(one)
    return "answered" if given == there else f"{given} of {there} answered"


def _is_done(one: Asked) -> bool:
    """Whether nothing is left open: neither the whole nor a part of it."""
    given, there = parts_answered(one)
    return one.is_answered and given == there


# --- the review -----------------------------------------------------------------------------------


def tell_review(
    prompter: Prompter,
    walk: Walk,
    private: frozenset[str],
    *,
    heard: Mapping[str, Lines] | None = None,
) -> dict[str, Lines]:
    """Tell everything given, and what to do next. `private` holds the ids of the private prompts.

    A listener is told each question by its first words, without the answers that were `heard` in a review
    before (None: somebody reads). Returns the answers by the ids of their prompts, and the steps.
    """
    say, answers = prompter.say, {one.prompt.id: tuple(_answer(one)) for one in walk.asked()}
    say("Review", style="strong")
    for number, one in enumerate(walk.asked(), 1):
        name, ask = one.prompt.id, one_line(one.prompt.ask)
        if heard is None or heard.get(name) != answers[name]:
            say(f"{number}. {_briefly(ask, heard)}{MARK[name in private]}")
            _say_answer(prompter, answers[name])
    steps = {_STEPS: tuple(_step(action, walk, private) for action in walk.response.actions)}
    if heard is None or heard.get(_STEPS) != steps[_STEPS]:
        for step in steps[_STEPS]:
            say(step)
    say()
    or_see = ", or see all of one that ends in …" if any(map(_is_cut, answers.values())) else ""
    how = "? says all of it again." if heard else f"To change an answer{or_see}, type its number."
    say(f"{_what_enter_does(walk)} {how}")
    return answers | steps


def _briefly(ask: str, heard: Mapping[str, Lines] | None) -> str:
    return ask if heard is None else first_words(ask, _LONGEST_QUESTION)


def _say_answer(prompter: Prompter, lines: Lines) -> None:
    for line in map(_cut, lines[:_MOST_LINES]):
        prompter.say(f"   {line}" if line else "")
    if len(lines) > _MOST_LINES:
        prompter.say("   …")


def _is_cut(lines: Lines) -> bool:
    return len(lines) > _MOST_LINES or any(len(line) > _LONGEST_LINE for line in lines)


def _step(action: Action, walk: Walk, private: frozenset[str]) -> str:
    is_private = is_private_action(action, walk.worksheet, private)
    return f"   - {one_line(action.step)}{_who_and_when(action)}{MARK[is_private]}"


def _answer(one: Asked) -> Iterator[str]:
    """An answer line by line; in brackets why there is none. What is planned comes behind all."""
    if one.value is None:
        yield f"({state(one)})"
    else:
        yield from answer_lines(one.prompt.show(one.value, one.around))


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def _who_and_when(action: Action) -> str:
    parts = [one_line(part) for part in (action.who, say_due(action.due)) if part]
    return f" ({'; '.join(parts)})" if parts else ""


def _what_enter_does(walk: Walk) -> str:
    unseen = sum(one.entry is None for one in walk.asked())
    few = {
        0: "Enter finishes.",
        1: "One question has not come up yet; Enter goes there.",
    }
    many = f"{unseen} questions have not come up yet; Enter asks them. :pause stops here."
    return few.get(unseen, many)
