"""Scores side by side: in documents, at the end of a walk, and said of an empty worksheet.

It tells what came out; working it out is `rules.scoring`'s.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from libwell.model.characters import counted, one_line, unwrapped
from libwell.model.document import Bar, Bars, Block, Heading, Paragraph, paragraphs
from libwell.model.drawing import text_bars
from libwell.rules.scoring import prompts_of_scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from libwell.model.scores import Score
    from libwell.model.worksheet import Section, Worksheet
    from libwell.rules.scoring import Scored

HEAD = "Scores"
_METHODS = {
    "sum": "the sum",
    "mean": "the mean",
    "share": "points given of points possible, in percent,",
    "difference": "the difference",
    "product": "the product",
}


def in_profile(scores: Iterable[Scored]) -> list[Scored]:
    """The scores in the order they are told in: those of rows last, and of both the largest gaps first."""

    def place(score: Scored) -> tuple[bool, bool, Fraction | int]:
        gap = -score.value if score.is_gap and score.value is not None else 0
        return score.each_row, not score.is_gap, gap

    return sorted(scores, key=place)


def profile_blocks(scores: Sequence[Scored], *, marks: Sequence[str]) -> Iterator[Block]:
    """All scores on one chart, then what is said of each, then those that have a value for each row.

    `marks` has for each score what is written behind its title.
    """
    marked = {score.id: mark for score, mark in zip(scores, marks, strict=True)}
    drawn = {score.id: score.bars(marked[score.id]) for score in scores}
    beside = tuple(chain.from_iterable(drawn.values()))
    if scores:
        yield Heading(2, HEAD)
    told = in_profile(scores)
    whole = [score for score in told if not score.each_row]
    if whole:
        yield Bars(tuple(chain.from_iterable(drawn[score.id] for score in whole)), beside)
    for score in whole:
        yield from paragraphs(f"{score.title}: {score.say}" if score.say else "", tone="aside")
    for score in told:
        if score.each_row:
            yield Heading(3, score.head + marked[score.id])
            yield Bars(drawn[score.id], beside) if score.rows else Paragraph(score.text, tone="aside")


def profile_lines(
    scores: Sequence[Scored], *, draws: bool = True, said_now: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The same for a terminal, a score or a row a line: its words first, and if it `draws` a bar behind them.

    `said_now` are the ids of the scores of which what the worksheet says was not told before.
    """
    told = in_profile(scores)
    bars = [(score, bar) for score in told for bar in score.bars()]
    drawn = text_bars([bar for _, bar in bars]) if draws else [""] * len(bars)
    said: set[str] = set()
    for (score, bar), length in zip(bars, drawn, strict=True):
        if score.each_row and score.id not in said:
            yield f"{score.head}:"
        said.add(score.id)
        yield f"{'  ' * score.each_row}{bar_line(bar, length)}"
        if score.say and score.id in said_now:
            yield f"  {unwrapped(score.say)}"


def bar_line(bar: Bar, length: str) -> str:
    """A bar in one line: `Safety: 2.25 of 3.  ████`, the drawn part behind the words."""
    said = unwrapped(bar.text)
    stop = "" if said.endswith((".", "?", "!")) else "."
    return f"{one_line(bar.label)}: {said}{stop}  {length}".rstrip()


def say_how(section: Section, worksheet: Worksheet) -> Iterator[Block]:
    """The scores that an empty section is part of: what each is, and of how many answers."""
    here, behind = {prompt.id for prompt in section.prompts}, prompts_of_scores(worksheet)
    for score in worksheet.scores:
        if here & behind.get(score.id, frozenset()):
            yield Paragraph(f"{one_line(score.title)} is {_how(score)}.", tone="aside")


def _how(score: Score) -> str:
    each, parts = " for each row" if score.each_row else "", len(score.parts)
    of = counted(parts, "score", "scores") if score.scores else counted(parts, "answer", "answers")
    if any(".*." in address for address in score.items):
        of = "its rows" if not score.each_row else f"{parts} cells"
    needed = score.minimum_answered
    rest = f", of which {needed} have to be given" if needed and needed != parts else ""
    return f"{_METHODS[score.method]} of {of}{each}{rest}"
