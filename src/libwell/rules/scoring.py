"""Scores of a response, worked out of what was answered. Whether they are well made, `rules.mistakes` judges.

What is not answered is never a zero: with too few answers there is no score. A score is about the library
or the work, never a verdict on a person; what is said of it is the worksheet's own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from libwell.kinds.amounts import Ends
from libwell.kinds.steps import Around
from libwell.model.characters import one_line
from libwell.model.document import Bar
from libwell.model.numbers import plain, scale_of
from libwell.model.scores import prompts_behind
from libwell.rules.caching import cached_by_identity
from libwell.rules.score_methods import Part, count, say_of, say_value, turned_round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from libwell.kinds.values import Value
    from libwell.model.scores import Score
    from libwell.model.worksheet import AnyPrompt, Worksheet


class Answer(NamedTuple):
    """A prompt, what is around it, and what counts of its answer (None: nothing does)."""

    prompt: AnyPrompt
    around: Around
    value: Value | None


class Said(Protocol):
    """Whatever has the parts of an answer, such as what `asked` gives."""

    @property
    def prompt(self) -> AnyPrompt:
        """The prompt."""

    @property
    def around(self) -> Around:
        """What is around it."""

    @property
    def value(self) -> Value | None:
        """What counts of its answer."""


@dataclass(frozen=True, slots=True)
class RowScore:
    """What came out for a row: its id, what it is called, its value, and what the worksheet says of it.

    It is made of so many cells that are `answered`.
    """

    id: str
    title: str
    value: Fraction
    text: str
    say: str
    answered: int


@dataclass(frozen=True, slots=True)
class Scored:
    """A score as it came out: `value` from `low` to `high`, as far as these are known.

    It has no value where too few of its `total` parts are `answered`: it takes `needed`. With `each_row` each
    of its `rows` has a value, greatest first, and it has none of its own. `say` is what the worksheet says of
    its value. `prompts` are the ids of all prompts it is made of; `last` is that of the last of them that is
    asked, empty where none is. `is_percent`: it is told in percent; `is_gap`: it is a difference.
    """

    id: str
    title: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    answered: int
    needed: int
    total: int
    say: str
    prompts: frozenset[str]
    last: str
    is_percent: bool = False
    is_prorated: bool = False
    is_gap: bool = False
    each_row: bool = False
    rows: tuple[RowScore, ...] = ()

    @property
    def head(self) -> str:
        """What stands above its rows: its title, with the scale where that does not begin at 0."""
        title = one_line(self.title)
        if self.low is None or self.high is None or self.low == 0:
            return title
        return f"{title}, {scale_of(self.low, self.high)}"

    @property
    def is_there(self) -> bool:
        """Whether something came out."""
        return self.value is not None or bool(self.rows)

    @property
    def text(self) -> str:
        """The score in words: `2.25 of 3`, `24, on a scale from 10 to 40`, or why there is none."""
        if self.each_row:
            return "; ".join(f"{row.title}: {row.text}" for row in self.rows) or "no row has a score yet"
        answered = f"{self.answered} of {self.total}"
        if self.value is None:
            return f"no score yet: {answered} answered, and it takes {self.needed}"
        made_of = f", worked out from {answered} answers" if self.is_prorated else ""
        return say_value(self.value, Ends(self.low, self.high), is_percent=self.is_percent) + made_of

    def bars(self, mark: str = "") -> tuple[Bar, ...]:
        """One bar, or one for each row, greatest first; `mark` is written behind the title of the score.

        Where the ends are not known there is nothing to draw, and the words stand alone.
        """
        low, high = self.low, self.high
        told = [(self.title + mark, self.value, self.text)]
        if self.each_row:
            told = [(row.title, row.value, ". ".join(filter(None, (row.text, row.say)))) for row in self.rows]
        if low is None or high is None:
            return tuple([Bar(title, None, 0, 0, text) for title, _, text in told])
        return tuple([Bar(title, value, low, high, text) for title, value, text in told])

    def by_row(self) -> dict[str, Scored]:
        """Each row with its value as a score by itself, by the id of the row; without rows only itself."""
        if not self.each_row:
            return {"": self}
        alone = replace(self, each_row=False, rows=())
        return {
            row.id: replace(
                alone,
                title=f"{self.title}: {row.title}",
                value=row.value,
                say=row.say,
                answered=row.answered,
            )
            for row in self.rows
        }


def scores(worksheet: Worksheet, everything: Iterable[Said]) -> tuple[Scored, ...]:
    """Every score of which something is asked now, in the worksheet's order."""
    if not worksheet.scores:
        return ()
    scoring = Scoring(
        worksheet, {one.prompt.id: Answer(one.prompt, one.around, one.value) for one in everything}
    )
    found = [scoring.result(score.id) for score in worksheet.scores]
    return tuple(one for one in found if one.last)


@cached_by_identity
def prompts_of_scores(worksheet: Worksheet) -> dict[str, frozenset[str]]:
    """The ids of the prompts that each score of a worksheet is made of in the end."""
    return prompts_behind(worksheet.scores)


class Scoring:
    """Works out scores of the answers to what is asked, each once.

    `answers` may still grow: a score has to be asked for only when all that it is made of is in them. None of
    the scores may be made of itself.
    """

    def __init__(self, worksheet: Worksheet, answers: Mapping[str, Said]) -> None:
        self._prompts, self._answers = worksheet.by_id(), answers
        self._behind = prompts_of_scores(worksheet)
        self._scores = {score.id: score for score in worksheet.scores}
        self._found: dict[str, Scored] = {}

    def result(self, name: str) -> Scored:
        """The score with this id. Raises KeyError where there is none."""
        if name not in self._found:
            self._found[name] = self._worked_out(self._scores[name])
        return self._found[name]

    def _worked_out(self, score: Score) -> Scored:
        parts = [*self._of_scores(score), *(part for item in self._items(score) for part in item.values())]
        counted = count(score, parts)
        if score.each_row:
            counted = count(score, [Part(None, self._ends(address)) for address in score.items])
        behind = self._behind[score.id]
        return Scored(
            score.id,
            score.title,
            counted.value,
            *counted.ends,
            *counted[2:],
            say_of(score, counted.value),
            behind,
            last=next((name for name in reversed([*self._answers]) if name in behind), ""),
            is_percent=self._is_percent(score),
            is_prorated=score.method == "sum" and counted.is_partly,
            is_gap=score.method == "difference",
            each_row=score.each_row,
            rows=tuple(self._rows(score)),
        )

    def _is_percent(self, score: Score) -> bool:
        of_scores = [self.result(name).is_percent for name in score.scores]
        means_percents = score.method == "mean" and bool(of_scores) and all(of_scores)
        return score.as_ is None and (score.method == "share" or means_percents)

    def _of_scores(self, score: Score) -> Iterator[Part]:
        """The scores it is made of, as parts."""
        for name in score.scores:
            one = self.result(name)
            part = Part(one.value, Ends(one.low, one.high))
            yield turned_round(part) if name in score.reverse else part

    def _items(self, score: Score) -> Iterator[dict[str, Part]]:
        """What each item is made of, by row; of an item without rows one part, under an empty name."""
        for address in score.items:
            name, _, inside = address.partition(".")
            one, ends = self._answer(name), self._ends(address)
            amounts = one.prompt.amounts(inside, one.value, one.around)
            parts = {row: Part(amount, ends) for row, amount in amounts.items()}
            is_reversed = address in score.reverse
            yield {row: turned_round(part) for row, part in parts.items()} if is_reversed else parts

    def _answer(self, name: str) -> Said:
        """The answer to a prompt; without a value where it is not asked."""
        return self._answers.get(name) or Answer(self._prompts[name], Around(dt.date.min), None)

    def _ends(self, address: str) -> Ends:
        name, _, inside = address.partition(".")
        return self._prompts[name].ends(inside) or Ends(None, None)

    def _rows(self, score: Score) -> Iterator[RowScore]:
        """What comes out for each row that has enough answers, greatest first."""
        if not score.each_row:
            return
        items = list(self._items(score))
        shared = [row for row in items[0] if all(row in item for item in items)]
        counted = {row: count(score, [item[row] for item in items]) for row in shared}
        there = [(row, one.value, one) for row, one in counted.items() if one.value is not None]
        one = self._answer(score.items[0].partition(".")[0])
        offers = one.prompt.row_offers(one.value, one.around) if one.value is not None else ()
        names = {offer.address.rpartition(".")[2]: offer.about for offer in offers}
        for row, value, counts in sorted(there, key=lambda one: one[1], reverse=True):
            ends = counts.ends
            has_head = ends.low not in (None, 0)  # which says the scale once, for all rows
            text = plain(value) if has_head else say_value(value, ends, is_percent=self._is_percent(score))
            yield RowScore(row, names[row], value, text, say_of(score, value), counts.answered)
