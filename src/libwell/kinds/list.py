"""Kind `list`: short entries in one's own words. Value: `["…", "…"]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from libwell.errors import CannotReadError
from libwell.kinds.base import Prompt
from libwell.kinds.forms import ROWS, Above, InFile, write_on
from libwell.kinds.measures import AnswerPlaces
from libwell.kinds.steps import ADD, DONE, Around, Key, Step, Taken, check_length, is_full
from libwell.kinds.values import Given, Problem, Value, as_entries, as_words, inside, text_problems, too_many
from libwell.model.characters import one_line
from libwell.model.document import Block, Listing


class ListPrompt(Prompt):
    """Entries one a line, up to an empty line."""

    measure = "words"
    kind: Literal["list"]
    min: Annotated[int, Field(ge=0)] = Field(default=0, description="Give at least so many entries.")
    max: Annotated[int, Field(ge=1)] | None = Field(default=None, description="Give at most so many entries.")

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        entries = _texts(value)
        steps = [
            Step((str(number),), f"Number {number}", hint="Type to change it.", answer=entry, written=True)
            for number, entry in enumerate(entries, 1)
        ]
        if not is_full(entries, self.max):
            label = "One more?" if entries else ""
            lines = tuple(f"{number}. {one_line(entry)}" for number, entry in enumerate(entries, 1))
            steps.append(Step(ADD, label, lines=lines, hint="An empty line ends.", written=True))
        return tuple(steps)

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        entries = _texts(value)
        check_length(text)
        if key != ADD:
            entries[int(key[0]) - 1] = text
            return Taken(entries, in_words=True)
        if is_full(entries, self.max):
            raise CannotReadError(f"At most {self.max}.")
        entries.append(text)
        return Taken(entries, next=DONE if is_full(entries, self.max) else ADD, in_words=True)

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Take one entry away; those behind it move up."""
        entries = _texts(value)
        del entries[int(key[0]) - 1]
        return Taken(entries or None, next=key if int(key[0]) <= len(entries) else ADD)

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem("a list of texts was expected.", (), 'Write it as ["…", "…"].')
            return
        for position, entry in enumerate(value):
            yield from inside(text_problems(entry), position)
        yield from too_many(value, self.max, "entries")

    def unmet(self, value: Value | None, around: Around) -> str:
        return f"Give at least {self.min}." if len(_texts(value)) < self.min else ""

    def brief(self, value: Value, around: Around) -> str:
        return "; ".join(map(one_line, _texts(value)))

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        return (Listing(tuple(_texts(value))),)

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        for number, entry in enumerate(_texts(value), 1):
            yield Given(str(number), value=entry, text=entry, written=True)

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        yield write_on(ROWS)

    def in_file(self, above: Above | None) -> InFile:
        return InFile("[]", ('  such as: ["…", "…"]',))

    def places(self) -> AnswerPlaces:
        return AnswerPlaces()


def _texts(value: Value | None) -> list[str]:
    return list(map(as_words, as_entries(value)))
