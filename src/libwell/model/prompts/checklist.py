"""Kind `checklist`: items that carry marks. Value: `{ mark = ["item", { other = "…" }] }`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError
from libwell.model.base import Item, Many, Offer, Option, Pick
from libwell.model.document import Block, Listing, Marks
from libwell.model.nearest import did_you_mean_id, some_of
from libwell.model.prompts.base import (
    DONE,
    NEW,
    Around,
    Given,
    Key,
    Problem,
    Prompt,
    Step,
    Taken,
    Value,
    check_length,
    names_of,
)
from libwell.model.prompts.picking import (
    entries_problems,
    entry_id,
    entry_text,
    is_own,
    own_entry,
    texts_of,
    worksheet_entries,
)

_ADD = (NEW,)
_WHOLE = re.compile(r"\s*\d+\s*[^\W\d]*(?:[\s,;]+\d+\s*[^\W\d]*)*[\s,;]*")
_PART = re.compile(r"(\d+)\s*([^\W\d]*)")
_ALL = {"both", "all"}
_NONE = {"none", "no", "neither"}
_YES = Option(id="yes", text="yes")


class ChecklistPrompt(Prompt):
    """Items, each with any of the marks; asked item by item, or answered whole in one line."""

    kind: Literal["checklist"]
    marks: Many[Option] = Field(
        default=(_YES,),
        description="What an item can be marked with. Left out: one mark, yes.",
        json_schema_extra={"minItems": 1},
    )
    items: Many[Item] = Field(default=(), description="What can be marked.")
    add_items: bool = Field(default=False, description="true: items in one's own words can be added.")

    @model_validator(mode="after")
    def _check_something_to_mark(self) -> Self:
        if not self.marks or not (self.items or self.add_items):
            raise ValueError("a checklist needs marks and items")
        return self

    def names(self) -> Iterator[tuple[str, str]]:
        yield from names_of("marks", self.marks)
        yield from names_of("items", self.items)

    def letters(self) -> dict[str, str]:
        """The shortest unique beginning of each mark's id, by id."""
        ids = [mark.id for mark in self.marks]
        return {name: _shortest(name, [other for other in ids if other != name]) for name in ids}

    def steps(self, value: Value, around: Around) -> tuple[Step, ...]:
        del around
        items = [
            Step(
                key=(item.id,),
                label=f"{number}. {item.text}",
                help=item.help,
                legend=self._legend() if number == 1 else (),
                hint="" if number == 1 else self._hint(marked=marked != ""),
                answer=marked,
            )
            for number, item in enumerate(self.items, 1)
            for marked in [self._say_marks(item.id, value)]
        ]
        own = [
            Step(
                key=(entry_id(entry),),
                label=f"“{entry['other']}”",
                hint=f"Enter keeps it, - takes it out. {self._hint(marked=True)}",
                answer=self._say_marks(entry, value),
            )
            for entry in self._own(value)
        ]
        ask = Step(_ADD, "Anything to add in your own words?", hint="Enter goes on.", written=True)
        return (*items, *own, *([ask] if self.add_items else []))

    def _legend(self) -> tuple[str, ...]:
        letters = self.letters()
        lines = [f"{letters[mark.id]} = {mark.text}" for mark in self.marks]
        first = letters[self.marks[0].id]
        if len(self.marks) == 1:
            return (*lines, "Enter = no", "You can also answer all in one line, such as: 1 3")
        together = "".join(letters.values())
        both = "both" if len(self.marks) == 2 else "all of them"
        example = f"1{first} 2{together}"
        return (
            *lines,
            f"{together} = {both}",
            "Enter = none",
            f"You can also answer all in one line, such as: {example}",
        )

    def _hint(self, *, marked: bool = False) -> str:
        """What can be typed; Enter keeps marks that are there."""
        letters = list(self.letters().values())
        combined = ["".join(letters)] if len(letters) > 1 else []
        words = ", ".join([*letters, *combined])
        return f"Type {words} to change it." if marked else f"{words}, or Enter for none."

    def take(self, key: Key, text: str, value: Value, around: Around) -> Taken:
        if _WHOLE.fullmatch(text) and (key != _ADD or self._spells_marks(text)):
            return self._take_numbered(key, text, value or {})
        if key == _ADD:
            return self._add_own(text, value or {}, around)
        marks = self._read_marks(text)
        marked = self._mark(value or {}, self._entry(key[0], value), marks)
        return Taken(marked or None, said=self._say(marks))

    def _spells_marks(self, text: str) -> bool:
        """Whether marks follow each number, as in `1w 2wi`, and not other words, as in `3 chairs`."""
        words = [letters for _, letters in _PART.findall(text)]
        if not any(words):
            return len(self.marks) == 1 and len(words) > 1
        try:
            return all(map(self._read_marks, words))
        except CannotReadError:
            return False

    def _say(self, marks: set[str]) -> str:
        words = "; ".join(mark.text for mark in self.marks if mark.id in marks)
        return f"{_capital(words)}." if words else "None."

    def _add_own(self, text: str, value: Value, around: Around) -> Taken:
        if text.strip().casefold() in self._words():
            raise CannotReadError(
                f"“{text.strip()}” is a mark. Add something in your own words, or press Enter."
            )
        entry = own_entry(check_length(text), around.last_own + 1)
        mark = next((mark.id for mark in self.marks if mark.offer), self.marks[0].id)
        added = self._mark(value, entry, {mark})
        if len(self.marks) == 1:
            return Taken(added, said="Added.", next=_ADD)
        return Taken(added, said="Added. Which mark does it get?", next=(entry["id"],))

    def _take_numbered(self, key: Key, text: str, value: Value) -> Taken:
        """Read several items in one line, such as `1w 2wi`; items it does not name stay as they are."""
        wanted: dict[str, set[str]] = {}
        for digits, letters in _PART.findall(text):
            number = int(digits) if len(digits) < 6 else 0
            if not 1 <= number <= len(self.items):
                raise CannotReadError(f"There is no {digits}; the items go from 1 to {len(self.items)}.")
            if not letters and len(self.marks) > 1:
                raise CannotReadError(f"Say which mark for {number}: {self._hint()}")
            marks = self._read_marks(letters) if letters else {self.marks[0].id}
            wanted.setdefault(self.items[number - 1].id, set()).update(marks)
        for item, marks in wanted.items():
            value = self._mark(value, item, marks)
        order = [item.id for item in self.items]
        numbers = ", ".join(str(order.index(item) + 1) for item in sorted(wanted, key=order.index))
        return Taken(value or None, said=f"Marked: {numbers}.", next=self._behind_items(key, value))

    def _behind_items(self, key: Key, value: Value) -> Key:
        """Where the walk goes on when items were marked in one line: behind them all."""
        if key not in [(item.id,) for item in self.items]:
            return key
        own = [(entry_id(entry),) for entry in self._own(value)]
        following = [*own, _ADD] if self.add_items else own
        return following[0] if following else DONE

    def _words(self) -> set[str]:
        """Everything that can be typed for marks alone."""
        letters = self.letters()
        return {*letters, *letters.values(), "".join(letters.values()), *_ALL, *_NONE}

    def _read_marks(self, text: str) -> set[str]:
        word = text.strip().casefold()
        if word in _ALL and len(self.marks) > 1:
            return {mark.id for mark in self.marks}
        if word in _NONE:
            return set()
        wanted = re.sub(r"[\s,;+&]|\band\b", "", word)
        marks: set[str] = set()
        while wanted:
            end, name = self._first_mark(wanted)
            marks.add(name)
            wanted = wanted[end:]
        if not marks:
            raise CannotReadError(f"Type {self._hint()}")
        return marks

    def _first_mark(self, wanted: str) -> tuple[int, str]:
        """The mark that a word begins with, and how much of the word spells it."""
        letters = self.letters()
        fits = [
            (end, mark.id) for mark in self.marks for end in _beginnings(mark.id, letters[mark.id], wanted)
        ]
        if not fits:
            raise CannotReadError(f"Type {self._hint()}")
        return max(fits)

    def empty(self, key: Key, value: Value, around: Around) -> Taken:
        """Take every mark off; an own entry goes with its marks."""
        del around
        if key == _ADD:
            return Taken(value, next=DONE)
        own = [entry_id(entry) for entry in self._own(value)]
        left = self._mark(value or {}, self._entry(key[0], value), set())
        if key[0] not in own:
            return Taken(left or None)
        behind = own[own.index(key[0]) + 1 :]
        return Taken(left or None, next=(behind[0],) if behind else _ADD)

    def _own(self, value: Value) -> list[dict[str, str]]:
        """Own entries in the order they were given, each once."""
        found = {
            entry_id(entry): entry for entries in (value or {}).values() for entry in entries if is_own(entry)
        }
        return sorted(found.values(), key=lambda entry: int(entry_id(entry).partition("-")[2] or 0))

    def _entry(self, name: str, value: Value) -> Value:
        return next((entry for entry in self._own(value) if entry_id(entry) == name), name)

    def _mark(self, value: Value, entry: Value, marks: set[str]) -> dict[str, list[Value]]:
        """The value with exactly these marks on the entry, in the worksheet's order."""
        order = [item.id for item in self.items]
        marked: dict[str, list[Value]] = {}
        for mark in self.marks:
            entries = [other for other in value.get(mark.id, []) if entry_id(other) != entry_id(entry)]
            entries += [entry] if mark.id in marks else []
            entries.sort(key=lambda other: order.index(other) if other in order else len(order))
            if entries:
                marked[mark.id] = entries
        return marked

    def _say_marks(self, entry: Value, value: Value) -> str:
        name = entry_id(entry)
        carried = [
            mark.text
            for mark in self.marks
            if name in {entry_id(other) for other in (value or {}).get(mark.id, [])}
        ]
        return "; ".join(carried)

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        del around
        marks = [mark.id for mark in self.marks]
        if not isinstance(value, dict):
            yield Problem("a table of marks was expected.", (), f'Write it as {{ {marks[0]} = ["item"] }}.')
            return
        for mark, entries in value.items():
            if mark not in marks:
                near = did_you_mean_id(mark, self.marks) or f"One of: {some_of(marks)}."
                yield Problem("there is no mark with this id.", (mark,), near)
            elif not isinstance(entries, list):
                yield Problem("a list of items was expected.", (mark,), 'Write it as ["item", "item"].')
            else:
                yield from self._entries_problems(mark, entries)

    def _entries_problems(self, mark: str, entries: list[Value]) -> Iterator[Problem]:
        places = enumerate(entries)
        for position, found in entries_problems(places, self.items, own=self.add_items, what="item"):
            yield Problem(found.message, (mark, position, *found.path), found.remedy)
        seen = [entry_id(entry) for entry in entries if entry_id(entry)]
        if len(seen) != len(set(seen)):
            yield Problem("an item is named twice.", (mark,), "Name each once.")

    def brief(self, value: Value, around: Around) -> str:
        del around
        texts = texts_of(self.items)
        return "; ".join(
            f"{mark.text}: {', '.join(entry_text(entry, texts) for entry in value[mark.id])}"
            for mark in self.marks
            if value.get(mark.id)
        )

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        del around
        texts = texts_of(self.items)
        lists = tuple(
            Listing(tuple(entry_text(entry, texts) for entry in value[mark.id]), title=_capital(mark.text))
            for mark in self.marks
            if value.get(mark.id)
        )
        return (Marks(lists),) if lists else ()

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        del around
        carried = {mark.id: {entry_id(entry) for entry in value.get(mark.id, [])} for mark in self.marks}
        texts = texts_of(self.items)
        for entry in [*texts, *self._own(value)]:
            name, about = entry_id(entry), entry_text(entry, texts)
            for mark in self.marks:
                if name in carried[mark.id]:
                    yield Given(name, about, mark=mark.id, mark_text=mark.text, text=mark.text)

    def without_words(self, value: Value) -> Value:
        left = {mark: worksheet_entries(entries) for mark, entries in value.items()}
        return {mark: entries for mark, entries in left.items() if entries} or None

    def picked(self, value: Value, around: Around) -> tuple[Pick, ...]:
        del around
        carried = {entry_id(entry) for entries in value.values() for entry in entries}
        items = [Pick(item.id, item.text, item.help) for item in self.items if item.id in carried]
        return (*items, *(Pick(entry_id(entry), entry["other"]) for entry in self._own(value)))

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        del around
        offered = {
            mark.id: {entry_id(entry) for entry in value.get(mark.id, [])}
            for mark in self.marks
            if mark.offer
        }
        for item in self.items:
            marks = frozenset(mark for mark, carried in offered.items() if item.id in carried)
            if marks:
                yield Offer(f"{self.id}.{item.id}", item.suggest or item.text, item.text, item.level, marks)
        for entry in self._own(value):
            marks = frozenset(mark for mark, carried in offered.items() if entry_id(entry) in carried)
            if marks:
                yield Offer(f"{self.id}.{entry_id(entry)}", entry["other"], entry["other"], marks=marks)


def _shortest(name: str, others: list[str]) -> str:
    for length in range(1, len(name) + 1):
        if not any(other.startswith(name[:length]) for other in others):
            return name[:length]
    return name


def _beginnings(name: str, shortest: str, wanted: str) -> Iterator[int]:
    """How much of `wanted` spells the mark: as much of its name as is there, at least the shortest."""
    for end in range(len(name), len(shortest) - 1, -1):
        if wanted.startswith(name[:end]):
            yield end
            return


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
