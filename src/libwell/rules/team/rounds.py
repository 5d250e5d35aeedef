"""The rounds of a trend: what each of them tells, out of copies or of a report that was kept.

A round is told of a worksheet only where at least twice the minimum of people are: two small rounds side by
side would show what newcomers said. It must not compare them.
"""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from libwell.errors import UsageError
from libwell.kinds.amounts import Ends, ends_between
from libwell.model.characters import one_line
from libwell.model.numbers import in_full
from libwell.rules.team.contributions import REASONS
from libwell.rules.team.kept_report import read_kept, told_in
from libwell.rules.team.report import report
from libwell.rules.team.report_data import report_data
from libwell.rules.team.wishes import TeamWish
from libwell.rules.team.wording import in_a_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from libwell.rules.team.counting import Where
    from libwell.rules.team.kept_report import KeptPlace, KeptQuestion, KeptReport, KeptWorksheet
    from libwell.rules.team.outlines import Outline
    from libwell.rules.team.report import Earlier, EarlierCount
    from libwell.rules.team.tally import Tally
    from libwell.rules.team.told import Told


class RoundPlace(NamedTuple):
    """What a round tells of everybody at a place, and its words.

    `shape` says how it was asked: only counts of one shape are compared. `values` are the words of what could
    be given, `ends` those of the scale.
    """

    question: str
    item: str
    column: str
    shape: str
    values: Mapping[str, str]
    ends: Ends
    is_percent: bool
    told: EarlierCount

    @property
    def name(self) -> str:
        """What the place is called, with its question."""
        return in_a_row(self.question, self.item, self.column)

    def value_text(self, value: str) -> str:
        """The words of a value; its id where no words of it are known."""
        return self.values.get(value, value)


class RoundWorksheet(NamedTuple):
    """What a round tells of a worksheet, by place, and what many wish for.

    `people` is None, and nothing told, of too few. `library` and `team` are those that all have in common.
    """

    title: str
    language: str
    library: str
    team: str
    people: int | None = None
    places: Mapping[Where, RoundPlace] = MappingProxyType({})
    wishes: tuple[TeamWish, ...] = ()


NOT_SHARED = RoundWorksheet("", "", "", "")
"""Where nobody shared a worksheet in a round."""


class Round(NamedTuple):
    """What a round tells, by the id of the worksheet."""

    label: str
    worksheets: Mapping[str, RoundWorksheet]


def fewest_in_round(minimum: int) -> int:
    """How many people it takes to tell of a round in a trend."""
    return 2 * minimum


def told_round(
    tally: Tally, label: str, *, told: Told, minimum: int, shipped: Mapping[str, Outline]
) -> tuple[Round, Told]:
    """What copies tell, as a report would; with everything that is told from now on.

    Nothing is told, or remembered, of a worksheet that fewer people shared here than a round takes: others
    can still come. Nor where those told of, who may have been told of before, are `minimum` or more people
    who did not share it here: those numbers are another round's.
    """
    worksheets: dict[str, RoundWorksheet] = {}
    sizes = Counter(tally.outlines[one.outline].id for _, one in tally.counted())
    for name in sorted(sizes):
        made, after = report(tally.only(name), told=told, minimum=minimum, shipped=shipped)
        found = kept_round(read_kept(report_data(made)), label, minimum=minimum).worksheets[name]
        is_small = sizes[name] < fewest_in_round(minimum)
        is_of_others = (found.people or 0) - sizes[name] >= minimum
        if is_small or is_of_others:
            found = found._replace(people=None, places={}, wishes=())
        if found.people is not None:
            told = after
        worksheets[name] = found
    return Round(label, worksheets), told


def kept_round(kept: KeptReport, label: str, *, minimum: int) -> Round:
    """What a report that was kept tells today, when it takes `minimum` people.

    Raises UsageError if it can't have been told so.
    """
    told = told_in(kept)
    return Round(label, {one["id"]: _worksheet(one, kept, told, minimum) for one in kept["worksheets"]})


def _worksheet(one: KeptWorksheet, kept: KeptReport, told: Earlier, minimum: int) -> RoundWorksheet:
    people = one.get("people", len(one.get("members", ())))
    title, language = one_line(one.get("title", "")) or one["id"], one.get("language", "en")
    about = RoundWorksheet(title, language, kept.get("library", ""), kept.get("team", ""))
    if people is None or people < fewest_in_round(minimum):
        return about
    # A score is made of its parts, each told of as many people as it took then.
    tells_scores = kept.get("min_group", 0) >= minimum
    places = {
        where: place
        for where, place in _places(one, told)
        if (tells_scores if place.told.people is None else place.told.people >= minimum)
    }
    wishes = (TeamWish(**wish) for wish in one.get("wishes", ()))
    often = (wish for wish in wishes if minimum <= wish.answered >= wish.people and wish.is_frequent)
    return about._replace(people=people, places=places, wishes=tuple(often))


def _places(one: KeptWorksheet, told: Earlier) -> Iterator[tuple[Where, RoundPlace]]:
    """Every place at which something was told of everybody."""
    questions = {question["id"]: question for question in one.get("questions", ())}
    for place in one["places"]:
        where = place["prompt"], place["item"], place["column"]
        count = told.get((one["id"], *where, None))
        if count is not None:
            _check(count)
            yield where, _place(place, questions.get(place["prompt"]), count)


def _check(count: EarlierCount) -> None:
    """Refuse what can't have been counted. Raises UsageError."""
    if max(count.counts.values(), default=0) > (count.people or 0):
        raise UsageError("This report can't be read; it may have been changed.", "Make it anew.")


def _place(place: KeptPlace, asked: KeptQuestion | None, count: EarlierCount) -> RoundPlace:
    column = place["column"]
    question: KeptQuestion = asked or {"id": place["prompt"], "title": place["prompt"], "kind": ""}
    low, high = question.get("low"), question.get("high")
    # Earlier reports don't say how a cell or a band was asked; there only the same question is compared.
    shape = " ".join((question["kind"], *(in_full(end) for end in (low, high) if end is not None)))
    words = {one["id"]: one["text"] for one in question.get("values", ()) if one["column"] == column}
    return RoundPlace(
        one_line(question["title"]),
        one_line(place.get("item_text", place["item"])),
        one_line(place.get("column_text", column)),
        place.get("shape", shape),
        REASONS | words,
        ends_between(low, high),
        question.get("is_percent", False),
        count,
    )
