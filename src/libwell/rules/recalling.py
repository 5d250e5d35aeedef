"""What a question builds on: earlier answers that are shown where it is asked, as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.model.characters import labeled, listed, one_line, quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from libwell.kinds.values import Given
    from libwell.model.worksheet import AnyPrompt
    from libwell.rules.asked_now import Asked

_LONGEST = 200
"""Characters of an earlier answer that are shown without being asked for."""
_LONGEST_PART = 60


@dataclass(frozen=True, slots=True)
class Recalled:
    """An earlier answer: the number of its question among all, the question, and what was given, a line each.

    `part` is the item, mark, row or column it was narrowed to, in words (empty: all of the answer).
    """

    number: int
    ask: str
    part: str
    lines: tuple[str, ...]
    is_private: bool

    @property
    def question(self) -> str:
        """The question on one line, and what of its answer is meant."""
        return f"{self.ask} {self.part}".rstrip()


def recalled(
    prompt: AnyPrompt, everything: Sequence[Asked], private: AbstractSet[str]
) -> tuple[Recalled, ...]:
    """Give the earlier answers that a prompt recalls, of `everything` asked now; what has none is left out.

    `private` holds the ids of the private prompts. Where a choice among picks is recalled as well, only what
    it names is given of a table with a row for each of these picks.
    """
    answered = {
        one.prompt.id: (number, one) for number, one in enumerate(everything, 1) if one.value is not None
    }
    here = [one for name, (_, one) in answered.items() if name in prompt.recalls]
    chosen = {one.prompt.source: _picked(one) for one in here if one.prompt.source and one.prompt.is_pickable}
    found = []
    for address in prompt.recall:
        name, *parts = address.split(".")
        number, one = answered.get(name, (0, None))
        given = list(_given(one, {*parts}, chosen.get(one.prompt.source or ""))) if one else []
        if one and given:
            lines = tuple(_lines(given, parts))
            ask, part = one_line(one.prompt.ask), _words_of(parts, given[0])
            found.append(Recalled(number, ask, part, lines, one.prompt.id in private))
    return tuple(found)


def _picked(one: Asked) -> frozenset[str]:
    picks = one.prompt.picked(one.value, one.around) if one.value is not None else ()
    return frozenset(pick.id for pick in picks)


def _given(one: Asked, parts: set[str], chosen: frozenset[str] | None) -> Iterator[Given]:
    """What was given in an answer at these parts of an address; of things picked, only those `chosen`."""
    given = one.prompt.given(one.value, one.around) if one.value is not None else ()
    for thing in given:
        is_meant = parts <= {thing.item, thing.mark} and (chosen is None or thing.item in chosen)
        if is_meant and thing.value is not None:
            yield thing


def _words_of(parts: Sequence[str], given: Given) -> str:
    """The parts of an address in words; `given` is one thing that was given there."""
    words = {given.item: given.about, given.mark: given.mark_text}
    return ", ".join(quoted(shortened(words[part], _LONGEST_PART)) for part in parts)


def _lines(given: Iterable[Given], parts: Sequence[str]) -> Iterator[str]:
    """What was given, a line each; an item is named once, also where several things were given at it."""
    item = ""
    for thing in given:
        yield _line(thing, [*parts, item])
        item = thing.item


def _line(given: Given, parts: Sequence[str]) -> str:
    """One thing given, behind what it belongs to; the `parts` named already are left out."""
    named = {given.item: given.about, given.mark: given.mark_text}
    leads = [one_line(words) for name, words in named.items() if name and name not in parts]
    is_mark = given.mark in parts and given.text == given.mark_text
    text = leads.pop() if is_mark and leads else given.text
    leads = [lead for lead in leads if lead != one_line(text)]
    for lead in reversed(leads):
        text = labeled(lead, text)
    return text


def recall_lines(found: Iterable[Recalled]) -> Iterator[str]:
    """Lines to show above a question, cut where they are long; private answers are not said, but named."""
    is_cut, private = False, dict[int, None]()
    for one in found:
        if one.is_private:
            private[one.number] = None
            continue
        lead, text = f"Your answer to question {one.number}", "; ".join(one.lines)
        is_cut |= shortened(text, _LONGEST) != one_line(text)
        yield f"{lead}{one.part and ', '}{one.part}: {shortened(text, _LONGEST)}"
    if is_cut:
        yield ":recall shows all of it."
    if private:
        yield _say_that_it_helps([*map(str, private)])


def _say_that_it_helps(numbers: list[str]) -> str:
    if len(numbers) == 1:
        return f"Your answer to question {numbers[0]} helps here; :recall shows it."
    return f"Your answers to questions {listed(numbers)} help here; :recall shows them."
