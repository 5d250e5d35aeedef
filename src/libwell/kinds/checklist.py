"""Kind `checklist`: items that carry marks. Value: `{ mark = ["item", { other = "…" }] }`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError, Mistake
from libwell.kinds.base import Prompt
from libwell.kinds.forms import ROWS, Above, InFile, with_help, with_id
from libwell.kinds.linked import names_of
from libwell.kinds.marks import PART, letters_of, marked_tail, read_marks, spells_marks, words_of
from libwell.kinds.measures import AnswerPlaces, labels_of
from libwell.kinds.own_entries import entry_id, entry_text, is_own, own_entry, texts_of, worksheet_entries
from libwell.kinds.picking import NO_MARK, entries_problems, numbered, unknown_name
from libwell.kinds.steps import DONE, NEW, Around, Key, Step, Taken, check_length, item_step
from libwell.kinds.values import Given, Problem, Value
from libwell.model.base import Item, Many, Offer, Option, Pick
from libwell.model.between_keys import SOME, TRUE, between, having
from libwell.model.characters import shortened
from libwell.model.conditions import Condition
from libwell.model.document import BOX, ROOM, Block, Listing, Marks, Table
from libwell.model.nearest import did_you_mean_id, some_of

_ADD = (NEW,)
_ALL_ITEMS: Key = ()
_WHOLE = re.compile(r"\s*\d+\s*[^\W\d]*(?:[\s,;]+\d+\s*[^\W\d]*)*[\s,;]*")
_NO_MARK_YET = "no mark yet"
_LONGEST_SHOWN = 20
_YES = Option(id="yes", text="yes")


class ChecklistPrompt(Prompt):
    """Items, each with any of the marks: answered in one line for all that are listed, or item by item."""

    model_config = between(if_=having("add_items", add_items=TRUE), else_=having("items", items=SOME))

    measure = "mark"
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

    @cached_property
    def _mark_ids(self) -> list[str]:
        return [mark.id for mark in self.marks]

    def letters(self) -> dict[str, str]:
        """The shortest unique beginning of each mark's id, by id."""
        return letters_of(self._mark_ids)

    def steps(self, value: Value, around: Around) -> tuple[Step, ...]:
        steps = [] if around.one_by_one or len(self.items) < 2 else [self._list_step(value, around)]
        for number, item in enumerate(self.items, 1):
            marked = self._say_marks(item.id, value)
            step = item_step(self.items, number, around, legend=self._legend())
            steps.append(replace(step, hint=self._hint(marked=marked != ""), answer=marked))
        steps += [self._own_step(entry, value) for entry in self._own(value)]
        if self.add_items:
            steps.append(self._add_step(value))
        return tuple(steps)

    def _list_step(self, value: Value, around: Around) -> Step:
        """All items, numbered, to be marked in one line."""
        if len(self.marks) == 1:
            hint = "Type the numbers, such as 1 2, or Enter to go one by one."
        else:
            first, second = list(self.letters().values())[:2]
            hint = f"Marks for all, such as 1{first} 2{second}, or Enter to go one by one."
        answer = self.brief(value, around) if value else ""
        return Step(_ALL_ITEMS, legend=self._legend(), lines=numbered(self.items), hint=hint, answer=answer)

    def _own_step(self, entry: dict[str, str], value: Value) -> Step:
        marked = self._say_marks(entry, value)
        words = self._hint(marked=True) if marked else f"Type {self._words()} to mark it."
        hint = f"Enter keeps it, - takes it out. {words}"
        offered = None if marked else marked_tail(entry["other"], self._mark_ids)
        if offered:
            text, mark = offered
            hint = f"{hint} Is {mark} its mark? Then type {mark}, and it reads “{text}”."
        label, answer = f"“{entry['other']}”", marked or _NO_MARK_YET
        return Step((entry_id(entry),), label, legend=self._legend(), hint=hint, answer=answer)

    def _add_step(self, value: Value) -> Step:
        lines = tuple(f"“{entry['other']}”" for entry in self._own(value))
        label = "Anything to add in your own words?"
        return Step(_ADD, label, legend=self._legend(), lines=lines, hint="Enter goes on.", written=True)

    def _legend(self) -> tuple[str, ...]:
        letters = self.letters()
        lines = [f"{letters[mark.id]} = {mark.text}" for mark in self.marks]
        if len(self.marks) == 1:
            return tuple(lines)
        both = "both" if len(self.marks) == 2 else "all of them"
        return (*lines, f"{''.join(letters.values())} = {both}")

    def _hint(self, *, marked: bool = False) -> str:
        """What can be typed; Enter keeps marks that are there."""
        return f"Type {self._words()} to change it." if marked else f"{self._words()}, or Enter for none."

    def _words(self) -> str:
        """The letters of the marks, and of all together: `w, i, wi`."""
        letters = list(self.letters().values())
        combined = ["".join(letters)] if len(letters) > 1 else []
        return ", ".join([*letters, *combined])

    def take(self, key: Key, text: str, value: Value, around: Around) -> Taken:
        if _WHOLE.fullmatch(text) and (key != _ADD or spells_marks(text, self._mark_ids)):
            return self._take_numbered(key, text, value or {})
        if key == _ADD:
            return self._add_own(text, value or {}, around)
        if key == _ALL_ITEMS:
            raise CannotReadError("Type numbers with their marks, or Enter to go one by one.")
        marks = self._read_marks(text)
        entry = self._entry(key[0], value)
        if is_own(entry) and not self._say_marks(entry, value):
            tail = marked_tail(entry["other"], self._mark_ids)  # a mark typed behind it, which it now gets
            if tail and self._read_marks(tail[1]) == marks:
                entry = {**entry, "other": tail[0]}
        marked = self._mark(value or {}, entry, marks)
        return Taken(marked or None, said=self._say(marks))

    def _say(self, marks: set[str]) -> str:
        words = "; ".join(mark.text for mark in self.marks if mark.id in marks)
        return f"{_capital(words)}." if words else "None."

    def _add_own(self, text: str, value: Value, around: Around) -> Taken:
        if text.strip().casefold() in words_of(self._mark_ids):
            raise CannotReadError(
                f"“{text.strip()}” is a mark. Add something in your own words, or press Enter."
            )
        entry = own_entry(check_length(text), around.last_own + 1)
        if len(self.marks) == 1:
            added = self._mark(value, entry, {self.marks[0].id})
            return Taken(added, said="Added.", next=_ADD, in_words=True)
        added = self._mark(value, entry, set())
        return Taken(added, said="Added, without a mark so far.", next=(entry["id"],), in_words=True)

    def _take_numbered(self, key: Key, text: str, value: Value) -> Taken:
        """Read several items in one line, such as `1w 2wi`; items it does not name stay as they are."""
        wanted: dict[str, set[str]] = {}
        for digits, letters in PART.findall(text):
            number = int(digits) if len(digits) < 6 else 0
            if not 1 <= number <= len(self.items):
                raise CannotReadError(f"There is no {digits}; the items go from 1 to {len(self.items)}.")
            if not letters and len(self.marks) > 1:
                first = next(iter(self.letters().values()))
                raise CannotReadError(
                    f"{number} has no mark. Type it behind the number, such as {number}{first}."
                )
            marks = self._read_marks(letters) if letters else {self.marks[0].id}
            wanted.setdefault(self.items[number - 1].id, set()).update(marks)
        for item, marks in wanted.items():
            value = self._mark(value, item, marks)
        order = [item.id for item in self.items]
        numbers = ", ".join(str(order.index(item) + 1) for item in sorted(wanted, key=order.index))
        said = f"Marked: {numbers}."
        without = sum(not self._say_marks(item.id, value) for item in self.items)
        if key == _ALL_ITEMS and without:
            said += f" {without} of {len(self.items)} without a mark."
        return Taken(value or None, said=said, next=self._behind_numbered(key, value))

    def _behind_numbered(self, key: Key, value: Value) -> Key:
        """Where the walk goes on after items were marked in one line.

        That is behind all items where each has a mark or was seen (listed, or passed); else it stays.
        """
        order = [item.id for item in self.items]
        if key != _ALL_ITEMS and key[0] not in order:
            return key
        ahead = [] if key == _ALL_ITEMS else order[order.index(key[0]) :]
        if any(not self._say_marks(name, value) for name in ahead):
            return key
        following = [(entry_id(entry),) for entry in self._own(value)] + ([_ADD] if self.add_items else [])
        return following[0] if following else DONE

    def _read_marks(self, text: str) -> set[str]:
        marks = read_marks(text, self._mark_ids)
        if marks is None:
            raise CannotReadError(f"{shortened(text, _LONGEST_SHOWN)} is no mark here.")
        return marks

    def empty(self, key: Key, value: Value, around: Around) -> Taken:
        """Take every mark off, of one item or of all; an own entry goes with its marks."""
        if key == _ALL_ITEMS:
            return Taken(None)
        own = [entry_id(entry) for entry in self._own(value)]
        if key[0] not in own:
            return Taken(self._mark(value or {}, key[0], set()) or None)
        left = _without(value, key[0])
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
        """The value with exactly these marks on the entry, in the worksheet's order; own words stay."""
        order = [item.id for item in self.items]
        left = _without(value, entry_id(entry))
        marked: dict[str, list[Value]] = {}
        for mark in self.marks:
            entries = left.get(mark.id, []) + ([entry] if mark.id in marks else [])
            entries.sort(key=lambda other: order.index(other) if other in order else len(order))
            if entries:
                marked[mark.id] = entries
        without_mark = left.get(NO_MARK, []) + ([entry] if is_own(entry) and not marks else [])
        return {**marked, NO_MARK: without_mark} if without_mark else marked

    def _say_marks(self, entry: Value, value: Value) -> str:
        name = entry_id(entry)
        carried = [
            mark.text
            for mark in self.marks
            if name in {entry_id(other) for other in (value or {}).get(mark.id, [])}
        ]
        return "; ".join(carried)

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        marks = self._mark_ids
        if not isinstance(value, dict):
            yield Problem("a table of marks was expected.", (), f'Write it as {{ {marks[0]} = ["item"] }}.')
            return
        for mark, entries in value.items():
            if mark == NO_MARK and self.add_items:
                yield from self._without_mark_problems(entries)
            elif mark not in marks:
                near = did_you_mean_id(mark, self.marks) or f"One of: {some_of(marks)}."
                yield Problem("there is no mark with this id.", (mark,), near)
            elif not isinstance(entries, list):
                yield Problem("a list of items was expected.", (mark,), 'Write it as ["item", "item"].')
            else:
                yield from self._entries_problems(mark, entries)

    def _entries_problems(self, mark: str, entries: list[Value]) -> Iterator[Problem]:
        places = enumerate(entries)
        for position, found in entries_problems(places, self.items, own=self.add_items, what="item"):
            yield found.inside(mark, position)
        seen = [entry_id(entry) for entry in entries if entry_id(entry)]
        if len(seen) != len(set(seen)):
            yield Problem("an item is named twice.", (mark,), "Name each once.")

    def _without_mark_problems(self, entries: Value) -> Iterator[Problem]:
        if not (isinstance(entries, list) and all(map(is_own, entries))):
            yield Problem("own entries without a mark were expected.", (NO_MARK,), 'Write [{ other = "…" }].')
        else:
            yield from self._entries_problems(NO_MARK, entries)

    def brief(self, value: Value, around: Around) -> str:
        return "; ".join(f"{title}: {', '.join(texts)}" for title, texts in self._lists(value))

    def _lists(self, value: Value) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What has each mark, and at last what has none yet, in words."""
        texts = texts_of(self.items)
        for name, title in (*((mark.id, mark.text) for mark in self.marks), (NO_MARK, _NO_MARK_YET)):
            if value.get(name):
                yield title, tuple(entry_text(entry, texts) for entry in value[name])

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        lists = tuple(Listing(texts, title=_capital(title)) for title, texts in self._lists(value))
        return (Marks(lists),) if lists else ()

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        carried = {mark.id: {entry_id(entry) for entry in value.get(mark.id, [])} for mark in self.marks}
        texts = texts_of(self.items)
        for entry in [*texts, *self._own(value)]:
            name, about = entry_id(entry), entry_text(entry, texts)
            for mark in self.marks:
                if name in carried[mark.id]:
                    yield Given(name, about, mark=mark.id, mark_text=mark.text, text=mark.text)
        for entry in value.get(NO_MARK, []):
            yield Given(entry_id(entry), entry["other"], value=None, text=_NO_MARK_YET)

    def without_words(self, value: Value) -> Value:
        left = {mark: worksheet_entries(entries) for mark, entries in value.items()}
        return {mark: entries for mark, entries in left.items() if entries} or None

    def picked(self, value: Value, around: Around) -> tuple[Pick, ...]:
        marked = {mark: entries for mark, entries in value.items() if mark != NO_MARK}
        carried = {entry_id(entry) for entries in marked.values() for entry in entries}
        items = [Pick(item.id, item.text, item.help) for item in self.items if item.id in carried]
        return (*items, *(Pick(entry_id(entry), entry["other"]) for entry in self._own(marked)))

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        offered = {mark.id: {*map(entry_id, value.get(mark.id, []))} for mark in self.marks if mark.offer}
        own = [Item.model_construct(id=entry_id(entry), text=entry["other"]) for entry in self._own(value)]
        for item in (*self.items, *own):
            marks = frozenset(mark for mark, carried in offered.items() if item.id in carried)
            if marks:
                yield Offer(f"{self.id}.{item.id}", item.suggest or item.text, item.text, item.level, marks)

    tested_by = ("marked", "with")
    is_pickable = True

    def test_mistakes(self, test: Condition, picks: frozenset[str]) -> Iterator[Mistake]:
        if test.marked is not None:
            yield from unknown_name("marked", test.marked, self.thing_ids, own=self.add_items)
        if test.with_ is not None:
            yield from unknown_name("with", test.with_, frozenset(self._mark_ids))

    def passes(self, test: Condition, value: Value) -> bool:
        marks = [test.with_] if test.with_ is not None else [mark for mark in value if mark != NO_MARK]
        entries = [entry for mark in marks for entry in value.get(mark, [])]
        if test.marked == "other":
            return any(map(is_own, entries))
        return bool(entries) if test.marked is None else test.marked in map(entry_id, entries)

    @property
    def can_offer(self) -> bool:
        return any(mark.offer for mark in self.marks)

    def offerable(self) -> tuple[Item, ...]:
        return self.items if self.can_offer else ()

    def plan_hint(self) -> Mistake | None:
        if self.can_offer:
            return None
        remedy = "Say offer = true on the mark that calls for a step."
        return Mistake("nothing marked here is offered at the plan.", ("marks",), remedy)

    @property
    def takes_own(self) -> bool:
        return self.add_items

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        texts = [with_help(item.text, item.help) for item in self.items]
        texts += [ROOM] * ROWS if self.add_items else []
        boxes = (BOX,) * len(self.marks)
        heads = tuple(with_help(mark.text, mark.help) for mark in self.marks)
        yield Table(("", *heads), tuple((text, *boxes) for text in texts), row_heads=True)

    def in_file(self, above: Above | None) -> InFile:
        marks = [line for mark in self.marks for line in with_id(mark, "  mark ")]
        items = [line for item in self.items for line in with_id(item, "  ")]
        examples = [f'"{item.id}"' for item in self.items[:1]]
        examples += ['{ other = "…" }'] if self.add_items else []
        example = f"  such as: {{ {self.marks[0].id} = [{', '.join(examples)}] }}"
        return InFile("{}", (*marks, *items, example))

    def places(self) -> AnswerPlaces:
        return AnswerPlaces(labels_of(self.items), labels_of(self.marks), takes_several=True)


def _without(value: Value, name: str) -> dict[str, list[Value]]:
    """A value without one item or own entry."""
    left = {mark: [entry for entry in given if entry_id(entry) != name] for mark, given in value.items()}
    return {mark: entries for mark, entries in left.items() if entries}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
