"""What libwell says of a worksheet in its own words: when something is asked, and what is private.

Judging a condition is `rules.asked_now`'s, and what is private `rules.privacy`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.characters import quoted
from libwell.model.numbers import in_full
from libwell.rules.privacy import private_prompts

if TYPE_CHECKING:
    from libwell.model.conditions import Condition
    from libwell.model.worksheet import AnyPrompt, Section, Worksheet


def say_condition(condition: Condition | None, worksheet: Worksheet) -> str:
    """Say when something is asked: `Only when “Open on Sundays?” is answered yes.`; empty if always."""
    return f"Only when {_words(condition, worksheet)}." if condition is not None else ""


def say_recall(prompt: AnyPrompt, worksheet: Worksheet) -> str:
    """Say on paper what a prompt builds on: `See what you wrote at “What is there?”.`; empty if nothing."""
    *first, last = [quoted(one.ask) for one in worksheet.by_id().values() if one.id in prompt.recalls] or [""]
    some = f"{', '.join(first)} and {last}" if first else last
    return f"See what you wrote at {some}." if some else ""


def say_what_is_private(worksheet: Worksheet) -> str:
    """Say how much of a worksheet is private, and what that means. It stands behind its notice."""
    count = len(private_prompts(worksheet))
    said = _say_kept(count, len(worksheet.by_id()), "here")
    if not count:
        return (
            f"{said}. When you share or export your answers, all can go along. Leave out names and details "
            "by which somebody could be known."
        )
    return f"{said}. That is never in a shared file or a team report, and in an export only if you ask."


def say_what_is_private_in(section: Section, private: frozenset[str]) -> str:
    """Say how much of a section is private, behind its notice. `private` holds ids of prompts."""
    count = sum(prompt.id in private for prompt in section.prompts)
    return f"{_say_kept(count, len(section.prompts), 'in this part')}."


def _say_kept(count: int, total: int, where: str) -> str:
    several = f"up to {count} of the {total} questions {where} private, and marks them so"
    kept = {
        1: f"one of the {total} questions {where} private, and marks it so",
        total: f"everything {where} private, and marks it so",
        0: f"nothing {where} private",
    }
    return f"libwell keeps {kept.get(count, several)}"


_YES_NO = {
    (True, True): "answered yes",
    (True, False): "answered no",
    (False, True): "answered",
    (False, False): "not answered",
}
"""How yes or no is said: whether it is the answer to a yes-no, else whether there is an answer."""
_TESTS = {
    ("is_",): "{where} is {is_}",
    ("includes",): "{includes} is among the answers to {where}",
    ("marked",): "{marked} is marked at {where}",
    ("marked", "with_"): "{marked} is marked {with_} at {where}",
    ("with_",): "something is marked {with_} at {where}",
    ("at_least",): "{where} is {at_least} or more",
    ("at_least", "at_most"): "{where} is from {at_least} to {at_most}",
    ("at_most",): "{where} is {at_most} or less",
    ("answered",): "{where} is {answered}",
}
"""How the keys of a test are said; `where` is the question, or an item of it."""


def _words(condition: Condition, worksheet: Worksheet) -> str:
    if condition.all_ is not None:
        return " and ".join(_part(part, worksheet) for part in condition.all_)
    if condition.any_ is not None:
        return " or ".join(_part(part, worksheet) for part in condition.any_)
    if condition.not_ is not None:
        return f"it is not so that {_part(condition.not_, worksheet)}"
    return _test(condition, worksheet)


def _part(condition: Condition, worksheet: Worksheet) -> str:
    words = _words(condition, worksheet)
    return words if (condition.all_, condition.any_) == (None, None) else f"({words})"


def _test(test: Condition, worksheet: Worksheet) -> str:
    tested = test.model_dump(exclude={"prompt", "item", "score"}, exclude_none=True)
    said = {key: _value(value, test, worksheet) for key, value in tested.items()}
    prompt = worksheet.find(test.prompt)
    where = quoted(prompt.ask) if prompt is not None else ""
    if test.score is not None:
        where = next((quoted(score.title) for score in worksheet.scores if score.id == test.score), "")
    if test.item is not None:
        where = f"{_name(test.item, test, worksheet)} at {where}"
    return _TESTS[tuple(said)].format(where=where, **said)


def _value(value: str | float, test: Condition, worksheet: Worksheet) -> str:
    match value:
        case bool():
            return _YES_NO[test.answered is None, value]
        case str():
            return _name(value, test, worksheet)
    return in_full(value)


def _name(name: str, test: Condition, worksheet: Worksheet) -> str:
    """The words, quoted, of an option, item or mark of what is tested, or of what its options come from."""
    if name == "other":
        return "something in your own words"
    prompt = worksheet.find(test.prompt)
    while prompt is not None:
        if text := prompt.text_of(name):
            return quoted(text)
        prompt = worksheet.find(prompt.source)
    return name
