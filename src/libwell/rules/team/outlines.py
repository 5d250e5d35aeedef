"""What of a worksheet a tally needs: its questions and their words, small enough to keep for every version.

Different versions are merged by the ids of prompts, items, marks and options. It must not look at answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choice import ChoicePrompt
from libwell.kinds.choices import ChoicesPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.table import TablePrompt
from libwell.model.characters import one_line
from libwell.model.numbers import in_full
from libwell.rules.caching import cached_by_identity
from libwell.rules.privacy import private_prompts
from libwell.rules.scoring import range_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from libwell.model.base import Item, Option
    from libwell.model.scores import Score
    from libwell.model.worksheet import AnyPrompt, Section, Worksheet

SCORE = "score:"
"""How the id of a score begins, so that it is no prompt's."""


class Thing(NamedTuple):
    """An item, a mark, an option, a row or a point of a scale.

    `offer`: whoever gives it is offered a step; `step` is that step's first wording, where it has one.
    """

    id: str
    text: str
    offer: bool = False
    step: str = ""


class Column(NamedTuple):
    """A column of a table: what is asked in it, and what its cells can be."""

    id: str
    text: str
    kind: str
    values: tuple[Thing, ...] = ()


class Part(NamedTuple):
    """A rating that a score is made of; where its scale is turned round, its mean is taken from `turn`."""

    prompt: str
    item: str
    turn: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt, or a score.

    `values` are the marks, options or points that can be given, `items` what they are given to. `low` and
    `high` are the ends of a scale. A score has `parts`, of which it takes `needed`; its `unit` is how they
    are counted, `sum` or `mean`.
    """

    id: str
    kind: str
    ask: str
    section: str = ""
    section_title: str = ""
    items: tuple[Thing, ...] = ()
    values: tuple[Thing, ...] = ()
    columns: tuple[Column, ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str = ""
    parts: tuple[Part, ...] = ()
    needed: int = 0

    @property
    def shape(self) -> str:
        """What has to be the same for answers to be counted together, such as `rating 0 3`."""
        if self.low is None or self.high is None:
            return self.kind
        return f"{self.kind} {in_full(self.low)} {in_full(self.high)}"

    def shape_at(self, column: str) -> str:
        """The same for one column of a table, as its cells are counted by themselves."""
        found = self.column(column)
        return f"{self.shape} {found.kind}" if found else self.shape

    @property
    def is_counted_by_item(self) -> bool:
        """Whether values are counted at its items or cells, and at the whole only reasons not to answer."""
        return bool(self.items) or self.kind in {"text", "list", "number", "date", "table", "checklist"}

    def column(self, name: str) -> Column | None:
        """The column with this id."""
        return next((one for one in self.columns if one.id == name), None)

    def item(self, name: str) -> Thing | None:
        """The item with this id."""
        return next((one for one in self.items if one.id == name), None)

    def kind_at(self, column: str) -> str:
        """What is given in a column; without one the question's own kind."""
        found = self.column(column)
        return found.kind if found else self.kind

    def values_at(self, column: str) -> tuple[Thing, ...]:
        """What can be given in a column; without one the question's own values."""
        found = self.column(column)
        return found.values if found else self.values


@dataclass(frozen=True)  # without slots, so that it can keep its questions by id
class Outline:
    """A worksheet's questions that may be shared, in order. `digest` tells its words from all others'."""

    id: str
    version: str
    title: str
    language: str
    questions: tuple[Question, ...]
    digest: str = ""

    def find(self, name: str) -> Question | None:
        """The question with this id."""
        return self._by_id.get(name)

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}


@cached_by_identity
def outline_of(worksheet: Worksheet) -> Outline:
    """The outline of a worksheet; what is private in it is left out."""
    private = private_prompts(worksheet)
    things: dict[str, tuple[Thing, ...]] = {}
    questions = []
    for section, prompt in worksheet.prompts():
        question = _question(section, prompt, things)
        things[prompt.id] = question.items or question.values
        if prompt.id not in private and prompt.kind != "plan":
            questions.append(question)
    questions += _scores(worksheet, private)
    title = one_line(worksheet.title)
    outline = Outline(worksheet.id, worksheet.version, title, worksheet.language, tuple(questions))
    return replace(outline, digest=sha256(repr(outline).encode(errors="backslashreplace")).hexdigest()[:32])


def _question(section: Section, prompt: AnyPrompt, things: Mapping[str, tuple[Thing, ...]]) -> Question:
    question = Question(
        prompt.id,
        prompt.kind,
        one_line(prompt.ask),
        section.id,
        one_line(section.title),
    )
    picked = things.get(prompt.source or "", ())
    match prompt:
        case ChecklistPrompt():
            return replace(question, items=_things(prompt.items), values=_things(prompt.marks))
        case ChoicePrompt() | ChoicesPrompt():
            return replace(question, values=_things(prompt.options) or picked)
        case RatingPrompt():
            scale, points = prompt.scale, tuple(_points(prompt))
            items = _things(prompt.items)
            return replace(question, items=items, values=points, low=scale.min, high=scale.max)
        case TablePrompt():
            columns = tuple(
                Column(one.id, one_line(one.ask), one.kind, _things(one.options)) for one in prompt.columns
            )
            return replace(question, items=_things(prompt.rows) or picked, columns=columns)
    return question


def _things(items: Sequence[Item | Option]) -> tuple[Thing, ...]:
    return tuple(
        Thing(item.id, one_line(item.text), getattr(item, "offer", False), one_line(item.suggest))
        for item in items
    )


def _points(prompt: RatingPrompt) -> Iterator[Thing]:
    scale = prompt.scale
    for point in range(scale.min, scale.max + 1):
        yield Thing(str(point), one_line(scale.label(point)), prompt.is_offered(point))


def _scores(worksheet: Worksheet, private: frozenset[str]) -> Iterator[Question]:
    prompts = worksheet.by_id()
    for score in worksheet.scores:
        if private.isdisjoint(address.partition(".")[0] for address in score.items):
            low, high = range_of(score, prompts)
            yield Question(
                f"{SCORE}{score.id}",
                "score",
                one_line(score.title),
                low=float(low),
                high=float(high),
                unit=score.method,
                parts=tuple(_part(address, score, prompts) for address in score.items),
                needed=score.needed,
            )


def _part(address: str, score: Score, prompts: Mapping[str, AnyPrompt]) -> Part:
    name, _, item = address.partition(".")
    scale = prompts[name].points
    return Part(name, item, scale[0] + scale[-1] if address in score.reverse else None)


# --- versions merged ------------------------------------------------------------------------------

T = TypeVar("T", Thing, Column)


class Differing(NamedTuple):
    """A question that the versions don't have in common, and how they differ."""

    id: str
    ask: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Several versions of a worksheet as one: each question in the words that most of the people read."""

    outline: Outline
    differing: tuple[Differing, ...]


def merged(outlines: Mapping[Outline, int], shipped: Outline | None = None) -> Merged:
    """Merge versions, each with how many answered it.

    `shipped` is the worksheet of this name that comes with libwell: where the people's wording is not its,
    that is said. Between versions that equally many answered, the shipped one goes first.
    """
    order = sorted(outlines, key=lambda one: (-outlines[one], one != shipped, one.version, one.digest))
    first, weights = order[0], [(one, outlines[one]) for one in order]
    compared = [*order, *([shipped] if shipped and shipped not in outlines else [])]
    questions, differing = [], []
    for name in dict.fromkeys(question.id for one in compared for question in one.questions):
        if not any(one.find(name) for one in order):
            continue
        question = _merged_question(name, weights)
        questions.append(question)
        what = tuple(_differences(question, compared))
        if what:
            differing.append(Differing(name, question.ask, what))
    return Merged(replace(first, questions=tuple(questions)), tuple(differing))


def _merged_question(name: str, weights: Sequence[tuple[Outline, int]]) -> Question:
    """One question out of the same in several versions; the first of the commonest shape lends its words."""
    there: list[Question] = []
    weight: dict[str, int] = {}
    for outline, people in weights:
        question = outline.find(name)
        if question:
            there.append(question)
            weight[question.shape] = weight.get(question.shape, 0) + people
    shape = max(weight, key=weight.__getitem__)
    alike = [question for question in there if question.shape == shape]
    return replace(
        alike[0],
        items=_united(one.items for one in alike),
        values=_united(one.values for one in alike),
        columns=_united(one.columns for one in alike),
    )


def _united(lists: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    found: dict[str, T] = {}
    for things in lists:
        for thing in things:
            found.setdefault(thing.id, thing)
    return tuple(found.values())


def _differences(question: Question, compared: Sequence[Outline]) -> Iterable[str]:
    """How a question is not the same in all versions, in words."""
    there = [one.find(question.id) for one in compared]
    same = [one for one in there if one]
    if len(same) < len(there):
        yield "not asked, or private, in some"
    if any(one.shape != question.shape for one in same):
        yield "asked on another scale or in another way in some, which is not counted"
    if any(one.ask != question.ask for one in same):
        yield "worded otherwise in some"
    alike = [one for one in same if one.shape == question.shape]
    if any((one.items, one.values, one.columns) != _parts(question) for one in alike):
        yield "with other things to choose from in some"


def _parts(question: Question) -> tuple[object, ...]:
    return question.items, question.values, question.columns
