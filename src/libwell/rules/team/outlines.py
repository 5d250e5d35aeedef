"""What a tally keeps of a worksheet: its questions and their words, small enough to keep of every version.

Versions are merged by the ids of prompts, items, marks and options. It must not look at answers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar, assert_never

from libwell.kinds.amounts import Ends
from libwell.kinds.measures import Label, Measure, MeasuredColumn
from libwell.model.characters import one_line
from libwell.model.numbers import in_full
from libwell.model.scores import Score, in_order
from libwell.rules.caching import cached_by_identity
from libwell.rules.privacy import personal_scores, private_prompts
from libwell.rules.score_methods import ends_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from libwell.model.worksheet import Worksheet


TeamMeasure = Measure | Literal["score"]
"""How a prompt is measured; a score is counted beside the prompts."""


class ScorePart(NamedTuple):
    """A place that a score is made of: what each value given there counts for, and its ends.

    Where its values count for nothing by themselves, as those of a number, it has no mean. With a `score` it
    is that other score instead. Turned round it counts the other way.
    """

    prompt: str
    item: str
    column: str
    amounts: tuple[tuple[str, Fraction], ...]
    ends: Ends
    is_reversed: bool
    score: str = ""


@dataclass(frozen=True)  # without slots, so that it can keep its columns by id
class TeamQuestion:
    """A prompt, or a score, as it is counted.

    `values` are the marks, options or points that can be given, `items` what they are given to. `low` and
    `high` are the ends of a scale. A `score` is counted of `parts`.
    """

    id: str
    kind: str
    measure: TeamMeasure
    ask: str
    section: str = ""
    section_title: str = ""
    items: tuple[Label, ...] = ()
    values: tuple[Label, ...] = ()
    columns: tuple[MeasuredColumn, ...] = ()
    low: float | None = None
    high: float | None = None
    parts: tuple[ScorePart, ...] = ()
    score: Score | None = None

    @property
    def shape(self) -> str:
        """What has to be the same for answers to be counted together, such as `rating 0 3`."""
        ends = (in_full(end) for end in (self.low, self.high) if end is not None)
        return " ".join((self.kind, *ends, *_bands(self)))

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest point of its scale; 0 and 0 where it has none."""
        return self.low or 0, self.high or 0

    @property
    def is_percent(self) -> bool:
        """Whether it is a score that is told in percent."""
        return self.score is not None and self.score.method == "share" and self.score.as_ is None

    def shape_at(self, column: str) -> str:
        """The same for the cells of one column of a table, which are counted by themselves."""
        found = self.at(column)
        if found is self:
            return self.shape
        ends = (in_full(end) for end in (found.low, found.high) if end is not None)
        return " ".join((self.shape, found.kind, *ends, *_bands(found)))

    def at(self, column: str) -> MeasuredColumn | TeamQuestion:
        """The column with this id; the question itself where it has no such column."""
        return self._columns_by_id.get(column, self) if column else self

    @cached_property
    def _columns_by_id(self) -> dict[str, MeasuredColumn]:
        return {one.id: one for one in self.columns}

    def values_at(self, item: str, column: str) -> tuple[str, ...]:
        """The ids of the values that are counted at an item, a cell, or the whole question (both empty)."""
        if self.is_counted_by_item and not item:
            return ()
        return tuple(value.id for value in self.at(column).values)

    @property
    def is_counted_by_item(self) -> bool:
        """Whether values are counted at its items or cells; at the whole only reasons not to answer are."""
        match self.measure:
            case "amount":
                return not self.values
            case "pick" | "point" | "yes-no" | "score":
                return bool(self.items)
            case "mark" | "rank" | "day" | "words" | "cells":
                return True
            case never:
                assert_never(never)


def _bands(counted: MeasuredColumn | TeamQuestion) -> Iterator[str]:
    """The ids of the bands in which amounts are counted; nothing of anything else."""
    return (value.id for value in counted.values if counted.measure == "amount")


@dataclass(frozen=True)  # without slots, so that it can keep its questions by id
class Outline:
    """A worksheet's questions that may be shared, in order. `digest` is another for any other wording.

    `summary` says what it is about.
    """

    id: str
    version: str
    title: str
    language: str
    questions: tuple[TeamQuestion, ...]
    digest: str = ""
    summary: str = ""

    @cached_property
    def by_id(self) -> dict[str, TeamQuestion]:
        """The questions by their ids."""
        return {question.id: question for question in self.questions}


@cached_by_identity
def outline_of(worksheet: Worksheet) -> Outline:
    """Make the outline of a worksheet. What is private in it is left out."""
    private = private_prompts(worksheet)
    questions = list(_prompts(worksheet, private))
    questions += _scores(worksheet, questions)
    head = worksheet.id, worksheet.version, one_line(worksheet.title), worksheet.language
    outline = Outline(*head, tuple(questions), summary=one_line(worksheet.summary))
    return replace(outline, digest=sha256(repr(outline).encode(errors="backslashreplace")).hexdigest()[:32])


def _prompts(worksheet: Worksheet, private: frozenset[str]) -> Iterator[TeamQuestion]:
    """The prompts that may be shared. What can be picked above makes options here, or else items."""
    pickable: dict[str | None, tuple[Label, ...]] = {}
    for section, prompt in worksheet.prompts():
        places, picked = prompt.places(), pickable.get(prompt.source, ())
        items, values = places.items, places.values
        if prompt.measure == "pick":
            values = values or picked
        else:
            items = items or picked
        if prompt.measure == "rank":  # there are no more places than things
            values = values[: len(items)]
            places = replace(places, high=len(values))
        pickable[prompt.id] = items or values
        if prompt.measure and prompt.id not in private:
            words = one_line(prompt.ask), section.id, one_line(section.title)
            ends = places.low, places.high
            head = prompt.id, prompt.kind, prompt.measure
            yield TeamQuestion(*head, *words, items, values, places.columns, *ends)


def _scores(worksheet: Worksheet, questions: Sequence[TeamQuestion]) -> Iterator[TeamQuestion]:
    """The scores that can be told of a team, each behind those it is made of; their ids are no prompt's.

    They are worked out of what is told of their parts, so products and values of rows have none, and neither
    has what is for a person alone.
    """
    by_id, own = {one.id: one for one in questions}, personal_scores(worksheet)
    told: dict[str, Ends] = {}
    for score in in_order(worksheet.scores):
        is_open = score.id not in own and told.keys() >= {*score.scores}
        if not is_open or score.each_row or score.method == "product":
            continue
        parts = [_score_part(name, told[name], score) for name in score.scores]
        for address in score.items:
            parts += _parts(address, score, worksheet, by_id)
        ends = told[score.id] = ends_told(score, [part.ends for part in parts])
        low, high = (None if end is None else float(end) for end in ends)
        yield TeamQuestion(
            score_id(score.id),
            "score",
            "score",
            one_line(score.title),
            low=low,
            high=high,
            parts=tuple(parts),
            score=score.model_copy(update={"examples": ()}),
        )


def score_id(name: str) -> str:
    """What a score is called among the questions."""
    return f"score:{name}"


def _score_part(name: str, ends: Ends, score: Score) -> ScorePart:
    return ScorePart("", "", "", (), ends, name in score.reverse, score_id(name))


def _parts(
    address: str, score: Score, worksheet: Worksheet, questions: Mapping[str, TeamQuestion]
) -> Iterator[ScorePart]:
    """The places of an item: of cells of all rows, one for each row there is for everybody."""
    name, _, inside = address.partition(".")
    prompt, question = worksheet.by_id()[name], questions[name]
    item, _, column = inside.partition(".")
    counted = {one.id: prompt.counts_for(inside, one.id) for one in question.at(column).values}
    amounts = tuple((value, amount) for value, amount in counted.items() if amount is not None)
    ends, is_reversed = prompt.ends(inside) or Ends(None, None), address in score.reverse
    for row in [label.id for label in question.items] if item == "*" else [item]:
        yield ScorePart(name, row, column, amounts, ends, is_reversed)


# --- versions merged ------------------------------------------------------------------------------

L = TypeVar("L", Label, MeasuredColumn)


class Differing(NamedTuple):
    """A question that the versions don't have in common, and how they differ."""

    id: str
    ask: str
    what: tuple[str, ...]


class Merged(NamedTuple):
    """Several versions of a worksheet as one: each question in the words that most of the people read."""

    outline: Outline
    differing: tuple[Differing, ...]


def merged(outlines: Mapping[Outline, int], shipped: Outline | None = None) -> Merged:
    """Merge versions, each with how many answered it.

    `shipped` is the worksheet of this name that comes with libwell: what differs from it is told, too.
    Between versions that equally many answered, the shipped one goes first.
    """
    order = sorted(outlines, key=lambda one: (-outlines[one], one != shipped, one.version, one.digest))
    names = dict.fromkeys(chain.from_iterable(one.by_id for one in order))
    weights = [(one, outlines[one]) for one in order]
    questions = tuple(_merged_question(name, weights) for name in names)
    compared = list(filter(None, dict.fromkeys((*order, shipped))))
    told = (Differing(one.id, one.ask, _differences(one, compared)) for one in questions)
    return Merged(replace(order[0], questions=questions), tuple(one for one in told if one.what))


def _merged_question(name: str, weights: Iterable[tuple[Outline, int]]) -> TeamQuestion:
    """One question out of the same in several versions; the first of the commonest shape lends its words."""
    there = [(outline.by_id[name], people) for outline, people in weights if name in outline.by_id]
    shapes: Counter[str] = Counter()
    for question, people in there:
        shapes[question.shape] += people
    shape = max(shapes, key=shapes.__getitem__)
    alike = [question for question, _ in there if question.shape == shape]
    return replace(
        alike[0],
        items=_united(one.items for one in alike),
        values=_united(one.values for one in alike),
        columns=_united(one.columns for one in alike),
    )


def _united(lists: Iterable[tuple[L, ...]]) -> tuple[L, ...]:
    """Every label once, by its id, as it stands where it comes first."""
    found: dict[str, L] = {}
    for label in chain.from_iterable(lists):
        found.setdefault(label.id, label)
    return tuple(found.values())


def _differences(question: TeamQuestion, compared: Sequence[Outline]) -> tuple[str, ...]:
    """How a question is not the same in all versions, in words."""
    there = [one.by_id[question.id] for one in compared if question.id in one.by_id]
    alike = [one for one in there if one.shape == question.shape]
    choices = {(one.items, one.values, one.columns) for one in alike}
    found = {
        "not asked, or private, in some": len(there) < len(compared),
        "asked on another scale or in another way in some, which is not counted": len(alike) < len(there),
        "worded otherwise in some": {one.ask for one in there} != {question.ask},
        "with other things to choose from in some": choices
        != {(question.items, question.values, question.columns)},
    }
    return tuple(words for words, is_so in found.items() if is_so)
