"""Kind `checklist`: items that carry marks. Value: `{ mark = ["item", { other = "…" }] }`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Literal, Self

from pydantic import Field, model_validator

from libwell.errors import CannotReadError, Mistake
from libwell.kinds.base import Prompt
from libwell.kinds.forms import ROWS, Above, InFile, with_help, with_ids
from libwell.kinds.marks import PART, letters_of, marked_tail, read_marks, spells_marks, words_of
from libwell.kinds.measures import AnswerPlaces, labels_of
from libwell.kinds.own_entries import (
    OwnEntry,
    ask_for_own,
    entry_id,
    entry_text,
    highest_own,
    ids_of,
    is_own,
    own_among,
    own_entry,
    texts_of,
    worksheet_entries,
)
from libwell.kinds.picking import NO_MARK, entries_problems, no_such, numbered, unknown_name
from libwell.kinds.steps import (
    ADD,
    DONE,
    NEW,
    ONE_BY_ONE,
    Around,
    Key,
    Step,
    Taken,
    behind,
    check_length,
    item_steps,
)
from libwell.kinds.values import Given, Problem, Value, as_entries, as_table, inside
from libwell.model.base import Item, Many, Offer, Option, Pick
from libwell.model.between_keys import SOME, TRUE, between, having
from libwell.model.characters import shortened
from libwell.model.conditions import Condition
from libwell.model.document import BOX, ROOM, Block, Listing, Marks, Table

_ALL_ITEMS: Key = ()
_WHOLE = re.compile(r"\s*\d+\s*[^\W\d]*(?:[\s,;]+\d+\s*[^\W\d]*)*[\s,;]*")
_NO_MARK_YET = "no mark yet"
_LONGEST_SHOWN = 20
_YES = Option(id="yes", text="yes")


class ChecklistPrompt(Prompt):
    """Items, each with any of the marks: answered in one line for all that are listed, or item by item."""

    model_config = between(if_=having("add_items", add_items=TRUE), else_=having("items", items=SOME))

    measure = "mark"
    is_pickable = True
    tested_by = ("marked", "with")
    things_under = ("marks", "items")
    own_key = "add_items"
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

    @cached_property
    def _mark_ids(self) -> list[str]:
        return ids_of(self.marks)

    @cached_property
    def _letters(self) -> dict[str, str]:
        return letters_of(self._mark_ids)

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        words, legend = self._words(), self._legend()
        lines, hint, answer = numbered(self.items), self._hint_for_all(), self.answer(value, around)
        every = Step(_ALL_ITEMS, legend=legend, lines=lines, hint=hint, answer=answer)
        said = {item.id: _say(marks) for item, marks in self._marked(value)}
        hints = f"{words}, or Enter for none.", f"Type {words} to change it."
        steps = item_steps(every, self.items, around, said=said, hints=hints)
        steps += [self._own_step(entry, said.get(entry_id(entry), "")) for entry in self._own(value)]
        if self.add_items:
            steps.append(ask_for_own(self._own(value), legend=legend))
        return tuple(steps)

    def _hint_for_all(self) -> str:
        if len(self.marks) == 1:
            return f"Type the numbers, such as 1 2, {ONE_BY_ONE}"
        first, second, *_ = self._letters.values()
        return f"Marks for all, such as 1{first} 2{second}, {ONE_BY_ONE}"

    def _own_step(self, entry: OwnEntry, marked: str) -> Step:
        hint = f"Enter keeps it, - takes it out. Type {self._words()} to {'change' if marked else 'mark'} it."
        offered = None if marked else marked_tail(entry["other"], self._mark_ids)
        if offered:
            text, mark = offered
            hint = f"{hint} Is {mark} its mark? Then type {mark}, and it reads “{text}”."
        label, answer = f"“{entry['other']}”", marked or _NO_MARK_YET
        return Step((entry_id(entry),), label, legend=self._legend(), hint=hint, answer=answer)

    def _legend(self) -> tuple[str, ...]:
        lines = [f"{self._letters[mark.id]} = {mark.text}" for mark in self.marks]
        if len(self.marks) > 1:
            every = {2: "both"}.get(len(self.marks), "all of them")
            lines.append(f"{''.join(self._letters.values())} = {every}")
        return tuple(lines)

    def _words(self) -> str:
        """The letters of the marks, and of all together: `w, i, wi`."""
        letters = list(self._letters.values())
        return ", ".join(dict.fromkeys([*letters, "".join(letters)]))

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        if _WHOLE.fullmatch(text) and (key != ADD or spells_marks(text, self._mark_ids)):
            return self._take_numbered(key, text, value)
        if key == ADD:
            return self._add_own(text, value, around)
        if key == _ALL_ITEMS:
            ahead = " Words of your own come after." if self.add_items else ""
            raise CannotReadError(f"Type numbers with their marks, {ONE_BY_ONE}{ahead}")
        marks = self._read_marks(text)
        own = {entry_id(one): one for one in self._own(value)}.get(key[0])
        if own and own in _lists(value).get(NO_MARK, []):
            tail = marked_tail(own["other"], self._mark_ids)  # a mark typed behind it, which it now gets
            if tail and self._read_marks(tail[1]) == marks:
                own = {**own, "other": tail[0]}
        words = _say(mark for mark in self.marks if mark.id in marks) or "none"
        return Taken(self._mark(value, own or key[0], marks) or None, said=f"{_capital(words)}.")

    def _add_own(self, text: str, value: Value | None, around: Around) -> Taken:
        typed = text.strip()
        if typed.casefold() in words_of(self._mark_ids):
            raise CannotReadError(f"“{typed}” is a mark. Add something in your own words, or press Enter.")
        numbers = {str(number) for number in range(1, len(self.items) + 1)}
        if typed in numbers:  # of the list, typed a line too late
            return self._take_numbered(ADD, typed, value)
        entry = own_entry(check_length(text), around.last_own + 1)
        if len(self.marks) == 1:
            added = self._mark(value, entry, set(self._mark_ids))
            return Taken(added, said="Added.", next=ADD, in_words=True)
        added = self._mark(value, entry, set())
        return Taken(added, said="Added, without a mark so far.", next=(entry["id"],), in_words=True)

    def _take_numbered(self, key: Key, text: str, value: Value | None) -> Taken:
        """Read several items in one line, such as `1w 2wi`; items it does not name stay as they are."""
        wanted: dict[int, set[str]] = {}
        for digits, letters in PART.findall(text):
            number = int(digits) if len(digits) < 6 else 0
            if not 1 <= number <= len(self.items):
                raise CannotReadError(f"There is no {digits}; the items go from 1 to {len(self.items)}.")
            if not letters and len(self.marks) > 1:
                first = next(iter(self._letters.values()))
                here = "" if key in (_ALL_ITEMS, ADD) else f" For the line asked now, {first} alone will do."
                raise CannotReadError(
                    f"{number} has no mark. Type it behind the number, such as {number}{first}.{here}"
                )
            marks = self._read_marks(letters) if letters else set(self._mark_ids)
            wanted.setdefault(number, set()).update(marks)
        for number, marks in wanted.items():
            value = self._mark(value, self.items[number - 1].id, marks)
        said = f"Marked: {', '.join(map(str, sorted(wanted)))}."
        marked = {item.id for item, _ in self._marked(value)}
        without = [item.id for item in self.items if item.id not in marked]
        if key == _ALL_ITEMS and without:
            said += f" {len(without)} of {len(self.items)} without a mark."
        return Taken(value or None, said=said, next=self._behind_numbered(key, value, without))

    def _behind_numbered(self, key: Key, value: Value | None, without: list[str]) -> Key:
        """Where the walk goes on after items were marked in one line; `without` are the items without a mark.

        That is behind all items where each has a mark or was seen (listed, or passed); else it stays.
        """
        if key != _ALL_ITEMS:
            order = ids_of(self.items)
            if key[0] not in order or not set(without).isdisjoint(order[order.index(key[0]) :]):
                return key
        following = [*map(entry_id, self._own(value)), NEW]
        return (following[0],) if self.add_items else DONE

    def _read_marks(self, text: str) -> set[str]:
        marks = read_marks(text, self._mark_ids)
        if marks is None:
            raise CannotReadError(f"{shortened(text, _LONGEST_SHOWN)} is no mark here.")
        return marks

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Take every mark off, of one item or of all; an own entry goes with its marks."""
        if key == _ALL_ITEMS:
            return Taken(None)
        own = list(map(entry_id, self._own(value)))
        following = (behind(own, key[0]),) if key[0] in own else None
        return Taken(_without(value, key[0]) or None, next=following)

    def _own(self, value: Value | None) -> list[OwnEntry]:
        """Own entries in the order they were given, each once."""
        found = {entry_id(entry): entry for entry in own_among(chain(*_lists(value).values()))}
        return sorted(found.values(), key=highest_own)

    def _mark(self, value: Value | None, entry: Value, marks: set[str]) -> dict[str, list[Value]]:
        """The value with exactly these marks on the entry, in the worksheet's order; own words stay."""
        places = {item.id: place for place, item in enumerate(self.items)}
        left = _without(value, entry_id(entry))
        if is_own(entry) and not marks:
            marks = {NO_MARK}
        for mark in marks:
            left.setdefault(mark, []).append(entry)
        return {
            mark: sorted(left[mark], key=lambda other: places.get(entry_id(other), len(places)))
            for mark in sorted(left, key=[*self._mark_ids, NO_MARK].index)
        }

    def _marked(self, value: Value | None) -> list[tuple[Item, list[Option]]]:
        """The items and own entries that have marks, each with its marks, in the order they are asked."""
        marks: dict[str, list[Option]] = {}
        lists = _lists(value)
        for mark in self.marks:
            for entry in lists.get(mark.id, ()):
                marks.setdefault(entry_id(entry), []).append(mark)
        own = [Item.model_construct(id=entry_id(one), text=one["other"]) for one in self._own(value)]
        return [(item, marks[item.id]) for item in (*self.items, *own) if item.id in marks]

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        marks = self._mark_ids
        if not isinstance(value, dict):
            yield Problem("a table of marks was expected.", (), f'Write it as {{ {marks[0]} = ["item"] }}.')
            return
        allowed = {*marks, NO_MARK} if self.add_items else set(marks)
        known = self.thing_ids
        for mark, entries in value.items():
            if mark not in allowed:
                yield no_such("mark", mark, self.marks)
            elif mark == NO_MARK and own_among(as_entries(entries)) != entries:
                yield Problem(
                    "own entries without a mark were expected.", (mark,), 'Write [{ other = "…" }].'
                )
            elif not isinstance(entries, list):
                yield Problem("a list of items was expected.", (mark,), 'Write it as ["item", "item"].')
            else:
                own = self.add_items
                found = entries_problems(entries, self.items, known=known, own=own, what="item")
                yield from inside(found, mark)

    def brief(self, value: Value, around: Around) -> str:
        return "; ".join(f"{title}: {', '.join(texts)}" for title, texts in self._in_words(value))

    def _in_words(self, value: Value) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What has each mark, and at last what has none yet, in words."""
        texts, lists = texts_of(self.items), _lists(value)
        for name, title in (*((mark.id, mark.text) for mark in self.marks), (NO_MARK, _NO_MARK_YET)):
            if lists.get(name):
                yield title, tuple(entry_text(entry, texts) for entry in lists[name])

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        lists = tuple(Listing(texts, title=_capital(title)) for title, texts in self._in_words(value))
        return (Marks(lists),) if lists else ()

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        for item, marks in self._marked(value):
            for mark in marks:
                yield Given(item.id, item.text, mark=mark.id, mark_text=mark.text, text=mark.text)
        for entry in own_among(_lists(value).get(NO_MARK, [])):
            yield Given(entry_id(entry), entry["other"], value=None, text=_NO_MARK_YET)

    def without_words(self, value: Value | None) -> Value | None:
        left = {mark: worksheet_entries(entries) for mark, entries in _lists(value).items()}
        return {mark: entries for mark, entries in left.items() if entries} or None

    def picked(self, value: Value, around: Around) -> tuple[Pick, ...]:
        return tuple(
            Pick(item.id, item.text, item.help, item.suggest, item.level, marks=frozenset(ids_of(marks)))
            for item, marks in self._marked(value)
        )

    def offers(self, value: Value, around: Around) -> Iterator[Offer]:
        for item, marks in self._marked(value):
            address, offering = f"{self.id}.{item.id}", frozenset(mark.id for mark in marks if mark.offer)
            if offering:
                yield Offer(address, item.suggest or item.text, item.text, item.level, offering)

    def test_mistakes(self, test: Condition, picks: frozenset[str]) -> Iterator[Mistake]:
        if test.marked is not None:
            yield from unknown_name("marked", test.marked, self.thing_ids, own=self.add_items)
        if test.with_ is not None:
            yield from unknown_name("with", test.with_, frozenset(self._mark_ids))

    def passes(self, test: Condition, value: Value) -> bool:
        lists = _lists(value) | {NO_MARK: []}
        entries = list(chain(*lists.values())) if test.with_ is None else lists.get(test.with_, [])
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

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        texts = list(map(with_help, self.items))
        texts += [ROOM] * ROWS if self.add_items else []
        boxes = (BOX,) * len(self.marks)
        heads = tuple(map(with_help, self.marks))
        yield Table(("", *heads), tuple((text, *boxes) for text in texts), row_heads=True)

    def in_file(self, above: Above | None) -> InFile:
        marks, items = with_ids(self.marks, "  mark "), with_ids(self.items, "  ")
        examples = [f'"{item.id}"' for item in self.items[:1]]
        examples += ['{ other = "…" }'] if self.add_items else []
        example = f"  such as: {{ {self.marks[0].id} = [{', '.join(examples)}] }}"
        return InFile("{}", (*marks, *items, example))

    def places(self) -> AnswerPlaces:
        return AnswerPlaces(labels_of(self.items), labels_of(self.marks), takes_several=True)


def _lists(value: Value | None) -> dict[str, list[Value]]:
    """What stands under each mark."""
    return {mark: as_entries(entries) for mark, entries in as_table(value).items()}


def _without(value: Value | None, name: str) -> dict[str, list[Value]]:
    """What stands under each mark, without one item or own entry."""
    lists = _lists(value).items()
    left = {mark: [entry for entry in entries if entry_id(entry) != name] for mark, entries in lists}
    return {mark: entries for mark, entries in left.items() if entries}


def _say(marks: Iterable[Option]) -> str:
    return "; ".join(mark.text for mark in marks)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
