"""The words for what was counted: items, values, how many of how many, the middle and the spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.prompts.base import NOT_ANSWERS
from libwell.rules.scoring import plain

if TYPE_CHECKING:
    from libwell.rules.team.counting import Place
    from libwell.rules.team.outlines import Question
    from libwell.rules.team.report import Group
    from libwell.rules.team.spread import Spread

NO_TEAM = "(no team named)"
_REASONS: dict[str, str] = {str(reason): words for reason, words in NOT_ANSWERS.items()}
_YES_NO = {"true": "yes", "false": "no"}


def amount(count: int) -> str:
    """How often: `once`, `3 times`."""
    return "once" if count == 1 else f"{count} times"


def people(count: int) -> str:
    """How many: `1 person`, `3 people`."""
    return "1 person" if count == 1 else f"{count} people"


def item_text(question: Question, item: str) -> str:
    """The words of an item; empty for the whole question."""
    return next((one.text for one in question.items if one.id == item), item)


def column_text(question: Question, column: str) -> str:
    """The words of a column; empty where there is none."""
    return next((one.text for one in question.columns if one.id == column), column)


def place_text(question: Question, place: Place) -> str:
    """What a place is called: its item, and in a table its column."""
    parts = (item_text(question, place.item), column_text(question, place.column))
    return ": ".join(part for part in parts if part)


def value_text(question: Question, place: Place, value: str) -> str:
    """The words of a value: an option's, a mark's, a point with its label, yes or no, or the number."""
    if place.is_reason:
        return _REASONS.get(value, value)
    word = next((one.text for one in question.values_at(place.column) if one.id == value), "")
    if question.kind == "rating":
        return f"{value} {word}".strip()
    return word or _YES_NO.get(value, value)


def out_of(group: Group, value: str) -> str:
    """How many of how many, and how it was told earlier: `5 of 9 (earlier 4 of 8)`."""
    earlier = group.earlier
    text = f"{group.counts[value]} of {group.people}"
    if earlier is None:
        return text
    return f"{text} (earlier {earlier.counts.get(value, 0)} of {earlier.people})"


def middle(spread: Spread, earlier: Spread | None = None) -> str:
    """The median and the quartiles: `median 2, middle half 1 to 3`."""
    text = f"median {plain(spread.median)}, middle half {plain(spread.lower)} to {plain(spread.upper)}"
    return f"{text} (earlier median {plain(earlier.median)})" if earlier else text


def gathered(responses: int, copies: int, withdrawn: int) -> tuple[tuple[str, str], ...]:
    """How much came together: responses, copies that were not counted again, withdrawals."""
    earlier = f"{copies} more {'file' if copies == 1 else 'files'} from the same people, not counted again"
    pairs = (
        ("Responses", str(responses)),
        ("Copies", earlier if copies else ""),
        ("Withdrawn", f"{people(withdrawn)}, left out" if withdrawn else ""),
    )
    return tuple((label, text) for label, text in pairs if text)
