"""What libwell says of a worksheet in its own words: when something is asked, and what is private.

Judging a condition is `rules.asked_now`'s, and what is private `rules.privacy`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.characters import listed, quoted
from libwell.model.numbers import in_full
from libwell.rules.privacy import private_prompts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from libwell.model.conditions import Condition
    from libwell.model.worksheet import AnyPrompt, Section, Worksheet


def say_condition(condition: Condition | None, worksheet: Worksheet) -> str:
    """Say when something is asked: `Only when “Open on Sundays?” is answered yes.`; empty if always."""
    return f"Only when {_words(condition, worksheet)}." if condition is not None else ""


def say_recall(prompt: AnyPrompt, worksheet: Worksheet) -> str:
    """Say on paper what a prompt builds on: `See what you wrote at “What is there?”.`; empty if nothing."""
    some = [quoted(one.ask) for one in worksheet.by_id().values() if one.id in prompt.recalls]
    return f"See what you wrote at {listed(some)}." if some else ""


def say_questions(numbers: Sequence[int], where: str) -> str:
    """Say where questions stand: `Questions 1 and 2 are on your own pages.`; empty if there are none."""
    if not numbers:
        return ""
    which = "Question {} is" if len(numbers) == 1 else "Questions {} are"
    return f"{which.format(listed([*map(str, numbers)]))} {where}."


_WHO_ELSE = (
    "On a work computer, others or records law may still reach what you write: for the most personal, "
    "use your own device or paper."
)
_NO_NAMES = "Leave out names and details that point to a person."


def say_what_is_private(worksheet: Worksheet) -> str:
    """Say how much of a worksheet is private, and what that means. It stands behind its notice."""
    count, total = len(private_prompts(worksheet)), len(worksheet.by_id())
    if not count:
        return f"Nothing here is private: if you share or export your answers, all can go along. {_NO_NAMES}"
    more = "Up to " if _some_may_not_be_asked(worksheet) else ""
    is_marked, goes = ("is marked", "goes") if count == 1 else ("are marked", "go")
    kept = f"{more}{count} of {total} questions {is_marked} private, and never {goes}"
    if count == total:
        kept = "Everything here is private, and never goes"
    return f"{kept} into a shared file or a team report. {_WHO_ELSE}"


def say_what_to_keep(worksheet: Worksheet) -> str:
    """Say of a worksheet on paper which pages can be handed in, and which are to be kept."""
    count, total = len(private_prompts(worksheet)), len(worksheet.by_id())
    if not count:
        return f"These pages can be handed in. Keep the last ones: they say whom you can turn to. {_NO_NAMES}"
    if count == total:
        return "All of this is for you alone: keep these pages, and hand none of them in. No name is needed."
    is_private = "is private. It stands" if count == 1 else "are private. They stand"
    return (
        f"{count} of {total} questions {is_private} at the end, on pages of your own: keep those. "
        f"The pages before them can be handed in. {_NO_NAMES}"
    )


def _some_may_not_be_asked(worksheet: Worksheet) -> bool:
    """Whether a private prompt, or its section, has a condition."""
    private = private_prompts(worksheet)
    return any(section.when or one.when for section, one in worksheet.prompts() if one.id in private)


def say_what_can_be_shared(worksheet: Worksheet) -> str:
    """Say what to leave out of the rest where some of a worksheet is private; empty where all or none is."""
    is_mixed = 0 < len(private_prompts(worksheet)) < len(worksheet.by_id())
    return f"What is not private can be shared. {_NO_NAMES}" if is_mixed else ""


def say_what_is_private_in(section: Section, worksheet: Worksheet) -> str:
    """Say whether a section is private, behind its notice, which may say what is not so.

    Empty where that holds for all of the worksheet, and where a section that can be shared has no notice.
    """
    private, inside = private_prompts(worksheet), {prompt.id for prompt in section.prompts}
    if not say_what_can_be_shared(worksheet):
        return ""
    if inside <= private:
        return "This part is private."
    if not section.notice:
        return ""
    return "Some of this part is private." if inside & private else "Nothing in this part is private."


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
