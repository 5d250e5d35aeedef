"""Scores: sums and means of rating items, and whether a worksheet's worked examples come out.

What is not answered is never a zero: with too few answers there is no score. A score is about the library
or the work, never a verdict on a person; what is said of it is the worksheet's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from libwell.errors import Mistake
from libwell.model.nearest import did_you_mean
from libwell.model.prompts.base import Around, Value
from libwell.model.prompts.rating import RatingPrompt
from libwell.rules.asking import wrong_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from libwell.model.scores import Example, Score
    from libwell.model.worksheet import AnyPrompt, Worksheet
    from libwell.rules.asking import Asked

    Ratings = Mapping[str, RatingPrompt]

Path = tuple[str | int, ...]
_MOST_MISTAKES = 100
"""To find the nearest address takes a while, and a hostile file has fifty thousand wrong ones."""
_CLOSE = 0.005 + 1e-9
"""Half of the second decimal: an example may say 1.67 for five thirds, and 1.12 or 1.13 for nine eighths."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A score as it came out: `value` from `low` to `high`, or None where too little was answered.

    `say` is what the worksheet says of it. `last` is the id of the last of its `prompts` that is asked.
    """

    id: str
    title: str
    value: float | None
    low: float
    high: float
    answered: int
    needed: int
    total: int
    say: str
    prompts: frozenset[str]
    last: str

    @property
    def text(self) -> str:
        """The score in words: `2.25 of 3`, `24, on a scale from 10 to 40`, or why there is none."""
        if self.value is None:
            return f"no score yet: {self.answered} of {self.total} rated, and it takes {self.needed}"
        if self.low == 0:
            return f"{plain(self.value)} of {plain(self.high)}"
        return f"{plain(self.value)}, on a scale from {plain(self.low)} to {plain(self.high)}"


def plain(number: float) -> str:
    """Give a number with two decimals at most: `2.25`, `3`."""
    text = f"{round(number, 2) + 0:.2f}"  # a zero without a minus
    return text.rstrip("0").rstrip(".") if "." in text else text


def scores(worksheet: Worksheet, everything: Iterable[Asked]) -> tuple[Scored, ...]:
    """Every score of which something is asked now, in the worksheet's order."""
    ratings = _ratings(worksheet)
    values = {one.prompt.id: one.value for one in everything}
    places = {name: number for number, name in enumerate(values)}
    found = []
    for score in worksheet.scores:
        prompts = frozenset(address.partition(".")[0] for address in score.items)
        last = max(prompts & places.keys(), key=places.__getitem__, default="")
        if last:
            found.append(_scored(score, ratings, values, prompts, last))
    return tuple(found)


def _ratings(worksheet: Worksheet) -> Ratings:
    return {prompt.id: prompt for _, prompt in worksheet.prompts() if isinstance(prompt, RatingPrompt)}


def _scored(
    score: Score, ratings: Ratings, values: Mapping[str, Value], prompts: frozenset[str], last: str
) -> Scored:
    points = _points(score, ratings, values)
    value = _value(score, points)
    low, high = _range(score, ratings)
    return Scored(
        id=score.id,
        title=score.title,
        value=value,
        low=low,
        high=high,
        answered=len(points),
        needed=score.needed,
        total=len(score.items),
        say="" if value is None else _say(score, value),
        prompts=prompts,
        last=last,
    )


def _points(score: Score, ratings: Ratings, values: Mapping[str, Value]) -> list[int]:
    """The points of a score's items that are answered, the reversed ones turned round."""
    found, reverse = [], frozenset(score.reverse)
    for address in score.items:
        name, _, item = address.partition(".")
        value = values.get(name)
        point = value.get(item) if item and isinstance(value, dict) else value
        if type(point) is int:
            scale = ratings[name].scale
            found.append(scale.min + scale.max - point if address in reverse else point)
    return found


def _value(score: Score, points: list[int]) -> float | None:
    if len(points) < score.needed:
        return None
    return sum(points) if score.method == "sum" else sum(points) / len(points)


def _say(score: Score, value: float) -> str:
    """What is said of a score; one that reads as 1.33 is in the band up to 1.33, as is four thirds."""
    lowest = min(value, round(value, 2))
    fits = (band.say for band in score.bands if band.up_to is None or lowest <= band.up_to)
    return next(fits, "")


def _range(score: Score, ratings: Ratings) -> tuple[float, float]:
    """The lowest and the highest score there can be, with as few answers as it takes."""
    scales = [ratings[address.partition(".")[0]].scale for address in score.items]
    low = sum(sorted(scale.min for scale in scales)[: score.needed])
    high = sum(sorted(scale.max for scale in scales)[-score.needed :])
    count = score.needed if score.method == "mean" else 1
    return low / count, high / count


# --- checking -------------------------------------------------------------------------------------


def score_mistakes(worksheet: Worksheet, *, unread: frozenset[str] = frozenset()) -> Iterator[Mistake]:
    """Every mistake in a worksheet's scores: ids, addresses, bands, examples that come out otherwise.

    Of a hostile file the first hundred.
    """
    return islice(_score_mistakes(worksheet, unread), _MOST_MISTAKES)


def _score_mistakes(worksheet: Worksheet, unread: frozenset[str]) -> Iterator[Mistake]:
    seen: set[str] = set()
    ratings, prompts = _ratings(worksheet), {prompt.id: prompt for _, prompt in worksheet.prompts()}
    for number, score in enumerate(worksheet.scores):
        path: Path = ("scores", number)
        if score.id in seen:
            message = f"another score has the id {score.id}."
            yield Mistake(message, (*path, "id"), "Give it one of its own; an include takes a prefix.")
        seen.add(score.id)
        found = chain(_wrong_items(score, path), _wrong_addresses(score, path, prompts, unread))
        wrong = list(islice(found, _MOST_MISTAKES))
        bands = list(_wrong_bands(score, path))
        yield from (*wrong, *bands)
        if not wrong and not unread & {address.partition(".")[0] for address in score.items}:
            if not bands:
                yield from _open_end(score, path, ratings)
            for position, example in enumerate(score.examples):
                place = (*path, "examples", position)
                bad = _wrong_answers(example.given, (*place, "given"), prompts, unread)
                yield from list(islice(bad, _MOST_MISTAKES)) or _wrong_example(example, score, place, ratings)


def is_consequence(path: Path, unread: Iterable[Mistake]) -> bool:
    """Whether what is wrong here may only follow from what could not be read in the same score."""
    if path[:1] != ("scores",) or path[2:3] in {("id",), ("items",), ("reverse",)}:
        return False
    return any(mistake.path[:2] == path[:2] for mistake in unread)


def _wrong_items(score: Score, path: Path) -> Iterator[Mistake]:
    """Items that don't go together with each other, or with the method."""
    items: set[str] = set()
    for position, address in enumerate(score.items):
        if address in items:
            yield Mistake(f"{address} is named twice.", (*path, "items", position), "Take one out.")
        items.add(address)
    for position, address in enumerate(score.reverse):
        if address not in items:
            remedy = did_you_mean(address, items) or "Name one of them, or take it out."
            yield Mistake(f"{address} is none of the items.", (*path, "reverse", position), remedy)
    place, total = (*path, "minimum_answered"), len(score.items)
    if score.needed > total:
        yield Mistake(f"there are only {total} items.", place, f"Write {total} or less.")
    elif score.method == "sum" and score.needed < total:
        yield Mistake("a sum needs every item.", place, "Leave it out, or take the mean.")


def _wrong_bands(score: Score, path: Path) -> Iterator[Mistake]:
    """Bands that don't go upwards."""
    below: float | None = None
    for position, band in enumerate(score.bands):
        place = (*path, "bands", position)
        if band.up_to is None:
            if position < len(score.bands) - 1:
                yield Mistake("only the last band can do without up_to.", place, "Say up to which score.")
            continue
        if below is not None and band.up_to <= below:
            message = "the bands go upwards, and this is not higher than the one before."
            yield Mistake(message, (*place, "up_to"), f"Write more than {plain(below)}.")
        below = band.up_to if below is None else max(below, band.up_to)


def _wrong_addresses(
    score: Score, path: Path, prompts: Mapping[str, AnyPrompt], unread: frozenset[str]
) -> Iterator[Mistake]:
    ratings = {name: prompt for name, prompt in prompts.items() if isinstance(prompt, RatingPrompt)}
    for position, address in enumerate(score.items):
        name, _, item = address.partition(".")
        place = (*path, "items", position)
        if name in unread:
            continue
        if name not in ratings:
            what = "is no rating" if name in prompts else "is no prompt of this worksheet"
            remedy = did_you_mean(name, ratings) or "Name rating items, such as practice.calm-space."
            yield Mistake(f"{name} {what}; a score is made of ratings.", place, remedy)
        else:
            yield from _wrong_item(ratings[name], item, place)


def _wrong_item(prompt: RatingPrompt, item: str, place: Path) -> Iterator[Mistake]:
    items = {one.id for one in prompt.items}
    if prompt.give_back:
        message = f"{prompt.id} is given back in words, so no score is made of it."
        yield Mistake(message, place, "Take it out of the score, or take give_back out there.")
    elif item and item not in items:
        near = did_you_mean(item, items) or "Name one of its items."
        yield Mistake(f"there is no item “{item}” in {prompt.id}.", place, near)
    elif items and not item:
        yield Mistake(f"{prompt.id} has items.", place, f"Name each: {prompt.id}.{prompt.items[0].id} …")


def _open_end(score: Score, path: Path, ratings: Ratings) -> Iterator[Mistake]:
    """Bands that leave the highest scores without a word."""
    high = _range(score, ratings)[1]
    if score.bands and score.bands[-1].up_to is not None and score.bands[-1].up_to < high:
        place = (*path, "bands", len(score.bands) - 1, "up_to")
        message = f"scores up to {plain(high)} can come out, and above this nothing is said."
        yield Mistake(message, place, "Leave up_to out of the last band.")


def _wrong_example(example: Example, score: Score, path: Path, ratings: Ratings) -> Iterator[Mistake]:
    value = _value(score, _points(score, ratings, example.given))
    if value is None and example.score is not None:
        message = f"these answers give no score: {score.title} takes {score.needed}."
        yield Mistake(message, (*path, "score"), "Give more answers, or leave score out.")
    elif value is not None and (example.score is None or abs(value - example.score) > _CLOSE):
        said = "no score" if example.score is None else f"{example.score}"
        message = f"these answers give {plain(value)}, and not {said}."
        yield Mistake(message, (*path, "score"), "Mend the example, or what the score is made of.")


def _wrong_answers(
    given: Mapping[str, Any], path: Path, prompts: Mapping[str, AnyPrompt], unread: frozenset[str]
) -> Iterator[Mistake]:
    """Answers in an example that the worksheet would not take."""
    import datetime as dt  # only to check

    for name, value in given.items():
        prompt = prompts.get(name)
        if name in unread:
            continue
        if prompt is None:
            remedy = did_you_mean(name, prompts) or "Name a rating."
            yield Mistake(f"there is no prompt {name}.", (*path, name), remedy)
        elif not isinstance(prompt, RatingPrompt):
            yield Mistake(f"{name} is no rating.", (*path, name), "Give ratings only.")
        else:
            for problem in wrong_with(prompt, value, Around(dt.date.min)):
                yield Mistake(problem.message, (*path, name, *problem.path), problem.remedy)
