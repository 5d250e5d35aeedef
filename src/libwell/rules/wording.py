"""What libwell says of a worksheet in its own words: when something is asked, and what is private.

Judging a condition is `rules.conditions`'s, and what is private `rules.privacy`'s.
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
    words = _words(condition, worksheet) if condition is not None else ""
    return f"Only when {words}." if words else ""


def say_what_is_private(worksheet: Worksheet) -> str:
    """Say how much of a worksheet is private, and what that means. It stands behind its notice."""
    count = len(private_prompts(worksheet))
    said = _say_kept(count, sum(1 for _ in worksheet.prompts()), "here")
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


def _words(condition: Condition, worksheet: Worksheet) -> str:
    if condition.all_ is not None:
        return " and ".join(_part(part, worksheet) for part in condition.all_)
    if condition.any_ is not None:
        return " or ".join(_part(part, worksheet) for part in condition.any_)
    if condition.not_ is not None:
        return f"it is not so that {_part(condition.not_, worksheet)}"
    prompt = worksheet.find(condition.prompt or "")
    return _test(condition, prompt, worksheet) if prompt is not None else ""


def _part(condition: Condition, worksheet: Worksheet) -> str:
    words = _words(condition, worksheet)
    return f"({words})" if condition.all_ is not None or condition.any_ is not None else words


def _test(test: Condition, prompt: AnyPrompt, worksheet: Worksheet) -> str:
    ask = quoted(prompt.ask)
    if test.answered is not None:
        return f"{ask} is answered" if test.answered else f"{ask} is not answered"
    if test.is_ is not None:
        return f"{ask} is {_value(test.is_, prompt, worksheet)}"
    if test.includes is not None:
        return f"{name_of(test.includes, prompt, worksheet)} is among the answers to {ask}"
    if test.marked is not None or test.with_ is not None:
        what = name_of(test.marked, prompt, worksheet) if test.marked else "something"
        mark = f" {name_of(test.with_, prompt, worksheet)}" if test.with_ else ""
        return f"{what} is marked{mark} at {ask}"
    where = f"{name_of(test.item, prompt, worksheet)} at {ask}" if test.item else ask
    return f"{where} is {_bounds(test)}"


def _value(value: str | float, prompt: AnyPrompt, worksheet: Worksheet) -> str:
    if isinstance(value, bool):
        return "answered yes" if value else "answered no"
    return name_of(value, prompt, worksheet) if isinstance(value, str) else in_full(value)


def _bounds(test: Condition) -> str:
    if test.at_least is not None and test.at_most is not None:
        return f"from {in_full(test.at_least)} to {in_full(test.at_most)}"
    if test.at_least is not None:
        return f"{in_full(test.at_least)} or more"
    return "" if test.at_most is None else f"{in_full(test.at_most)} or less"


def name_of(name: str, prompt: AnyPrompt, worksheet: Worksheet) -> str:
    """The words, quoted, of an option, item or mark of a prompt, or of the prompt its options come from."""
    if name == "other":
        return "something in your own words"
    for key in ("options", "items", "marks"):
        for thing in getattr(prompt, key, ()):
            if thing.id == name:
                return quoted(thing.text)
    source = worksheet.find(prompt.source or "")
    return name_of(name, source, worksheet) if source is not None else name
