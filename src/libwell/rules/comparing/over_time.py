"""More than two responses, one after the other: each beside the one before, and their numbers side by side.

What may be compared is decided for each two that follow each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from libwell.model.characters import one_line
from libwell.model.document import Block, Document, Facts, Heading, Paragraph, Table
from libwell.model.numbers import exact, ordinal, plain
from libwell.rules.comparing.side_by_side import (
    NO_FAILURE,
    comparison_blocks,
    marked,
    moment,
    say_difference,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from libwell.rules.comparing.responses import Comparison
    from libwell.rules.privacy import Excerpt

_Key = tuple[str, str, str]
"""The id of a prompt or a score, of an item (of a score: its title), and of a column."""


class NumberOverTime(NamedTuple):
    """A score, rating or amount in each of several responses; None where it is not compared, or has none."""

    key: _Key
    title: str
    is_private: bool
    numbers: tuple[Fraction | None, ...]

    def since(self, place: int) -> Fraction | None:
        """How much more it is in the last response than in the one at `place`; None where one has none."""
        last, before = self.numbers[-1], self.numbers[place]
        return None if last is None or before is None else last - before


def excerpts(comparisons: Sequence[Comparison]) -> list[Excerpt]:
    """Each response once, in order."""
    return [comparisons[0].then, *(one.now for one in comparisons)]


def numbers_over_time(comparisons: Sequence[Comparison]) -> list[NumberOverTime]:
    """Every number that two responses which follow each other have, in the order of the worksheet."""
    empty = (None,) * (len(comparisons) + 1)
    found: dict[_Key, NumberOverTime] = {}
    for place, comparison in enumerate(comparisons):
        for one, then, now in _numbers(comparison, empty):
            before = found.get(one.key, one)
            # Where it was not compared in between, what was before may have been asked in another way.
            earlier = before.numbers[:place] if before.numbers[place] is not None else empty[:place]
            numbers = (*earlier, then, now, *empty[place + 2 :])
            is_private = one.is_private or before.is_private
            found[one.key] = one._replace(numbers=numbers, is_private=is_private)
    return [one for one in found.values() if any(number is not None for number in one.numbers)]


def _numbers(
    comparison: Comparison, empty: tuple[None, ...]
) -> Iterator[tuple[NumberOverTime, Fraction | None, Fraction | None]]:
    """What is a number in two responses: what it is, then, and now."""
    for score in comparison.scores:
        now = score.now
        one = NumberOverTime((now.id, now.title, ""), now.title, score.is_private, empty)
        yield one, score.then.value, now.value
    for pair in comparison.pairs:
        for place in pair.places:
            about = place.place
            if place.difference is not None:
                title = ": ".join(filter(None, (pair.now.prompt.ask, about.about, about.mark_text)))
                key = (pair.now.prompt.id, about.item, about.mark)
                yield (
                    NumberOverTime(key, title, pair.is_private, empty),
                    exact(cast("float", place.then.value)),
                    exact(cast("float", place.now.value)),
                )


def over_time_document(comparisons: Sequence[Comparison]) -> Document:
    """Make comparisons, each of two responses that follow each other, one Document: numbers first."""
    responses = excerpts(comparisons)
    latest = responses[-1].worksheet
    blocks: list[Block] = [
        Facts(
            (
                ("Worksheet", f"{latest.title} ({latest.id})"),
                *((ordinal(place).capitalize(), moment(one)) for place, one in enumerate(responses, 1)),
            )
        ),
        Paragraph(NO_FAILURE, tone="aside"),
        *_table(comparisons, responses),
    ]
    for one in comparisons:
        blocks.append(Heading(2, f"{_name(one.then)}, then {_name(one.now)}"))
        blocks += map(_under, comparison_blocks(one))
    return Document(f"Over time: {one_line(latest.title)}", tuple(blocks), latest.language)


def _under(block: Block) -> Block:
    """A block under the heading of its two responses."""
    return block._replace(level=block.level + 1) if isinstance(block, Heading) else block


def _name(one: Excerpt) -> str:
    return one.response.short_id


def _table(comparisons: Sequence[Comparison], responses: Sequence[Excerpt]) -> Iterator[Block]:
    rows = [
        (
            marked(one.title, private=one.is_private),
            *("none" if number is None else plain(number) for number in one.numbers),
            *(say_difference(one.since(place), plain) for place in (-2, 0)),
        )
        for one in numbers_over_time(comparisons)
    ]
    if rows:
        yield Heading(2, "Numbers")
        heads = ("", *map(_name, responses), "Since the one before", "Since the first")
        yield Table(heads, tuple(rows), row_heads=True)
