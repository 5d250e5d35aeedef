"""The words for what was counted: items, values, how many of how many, the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.kinds.amounts import ends_between
from libwell.model.characters import counted
from libwell.model.numbers import exact, on_scale, plain
from libwell.rules.caching import cached_by_identity
from libwell.rules.score_methods import say_value
from libwell.rules.team.contributions import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from libwell.kinds.measures import Label, MeasuredColumn
    from libwell.rules.team.outlines import TeamQuestion
    from libwell.rules.team.people import Spoken
    from libwell.rules.team.report import GroupReport


def amount(count: int) -> str:
    """How often: `once`, `3 times`."""
    return "once" if count == 1 else f"{count} times"


def people(count: int) -> str:
    """How many: `1 person`, `3 people`."""
    return counted(count, "person", "people")


def text_of(labels: tuple[Label, ...] | tuple[MeasuredColumn, ...], name: str) -> str:
    """The words of the label with this id; the id itself where there is none."""
    return _texts(labels).get(name, name)


@cached_by_identity
def _texts(labels: tuple[Label, ...] | tuple[MeasuredColumn, ...]) -> dict[str, str]:
    """The words of labels by their ids: a hostile copy has thousands, and each is asked for."""
    return {one.id: one.text for one in labels}


def place_text(question: TeamQuestion, item: str, column: str) -> str:
    """What a place is called: its item, and in a table its column; empty for the whole question."""
    return ": ".join(filter(None, (text_of(question.items, item), text_of(question.columns, column))))


def in_a_row(*texts: str) -> str:
    """Texts on one line, each with what follows it: `Priorities: Pay`, `What first? Pay`."""
    said = ""
    for text in filter(None, texts):
        said += text if not said else f" {text}" if said[-1] in "?!.:" else f": {text}"
    return said


def value_text(question: TeamQuestion, column: str, value: str) -> str:
    """The words of a value: an option's, a mark's, a point with its label, yes or no, or a reason's."""
    return REASONS.get(value, text_of(question.at(column).values, value))


def counts_text(question: TeamQuestion, column: str, counts: Iterable[tuple[str, int]]) -> list[str]:
    """How often each value was given, of those that were: `2 in place: 4`."""
    return [f"{value_text(question, column, value)}: {count}" for value, count in counts if count]


def out_of(group: GroupReport, value: str) -> str:
    """How many of how many, and how it was told earlier: `5 of 9 (earlier 4 of 8)`."""
    text, earlier = f"{group.counts[value]} of {group.people}", group.before
    return f"{text} (earlier {earlier.counts.get(value, 0)} of {earlier.people})" if earlier.people else text


def number_text(group: GroupReport, question: TeamQuestion) -> str:
    """The score, median or mean place: `2.25 of 3 (earlier 2)`, `median 2`; empty where there is none."""
    if group.score is not None:
        ends = ends_between(question.low, question.high)
        text = say_value(exact(group.score), ends, is_percent=question.is_percent)
        earlier = group.before.score
    elif group.median is not None:
        goes_below = question.ends[0] < 0
        said = on_scale(group.median, *question.ends) if goes_below else plain(group.median)
        text, earlier = f"median {said}", group.before.median
    elif group.mean_place is not None:
        has_place = any(group.counts.values())
        text = f"mean place {plain(group.mean_place)}" if has_place else "no place"
        earlier = group.before.mean_place
    else:
        return ""
    return text if earlier is None else f"{text} (earlier {plain(earlier)})"


def speaks_of(about: Spoken, minimum: int, *, what: str) -> str:
    """Say of how many people a report or a plan (`what`) speaks; or why of none.

    That somebody waits is said, but not how many do.
    """
    if about.people is not None:
        said = f"This {what} speaks of {people(about.people)}."
        later = "What came later is told when it no longer shows what one person answered."
        return f"{said} {later}" if about.waits else said
    if about.is_few:
        return f"Fewer than {minimum} people shared this worksheet, so no numbers are told of it."
    return "No numbers are told of this yet, as they would show what one person answered."
