"""Any draft and any edits of its worksheet: nothing given is lost, nothing private is shared.

Worksheets are plain data here, made sound again after every edit. What is expected is worked out from that
data and from what was given, not by the rules that are tried.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from build import NOW
from libwell.flows.opened import parse_response
from libwell.model.response import Action, Definition, Response
from libwell.model.worksheet import Worksheet
from libwell.rules.addresses import origin_remedy
from libwell.rules.answers import problems, with_numbers
from libwell.rules.changing import carry_over
from libwell.rules.documents import response_document
from libwell.rules.mistakes.worksheet_mistakes import check
from libwell.rules.privacy import for_audience, is_private_action, private_prompts
from libwell.rules.records import response_data
from libwell.storage.definitions import definition_of
from libwell.storage.responses import response_text
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Data = dict[str, Any]
Edit = tuple[str, int, int]
Leaf = tuple[Any, ...]

CANARY = re.compile(r"canary-\d+")
NAMES = ("a", "b", "c")
MARKS = ("m", "n")
PICKING = {"choice", "choices", "ranking", "checklist"}
CHOOSING = ("choice", "choices", "ranking")
"""The kinds that have options."""
SKIPPED = {"not-answered": "skipped"}


def things(*names: str) -> list[Data]:
    return [{"id": name, "text": name} for name in names]


def columns() -> list[Data]:
    own = {"id": "x", "ask": "X?", "kind": "choice", "options": things(*NAMES), "other": True}
    return [{"id": "w", "ask": "W?"}, own, {"id": "y", "ask": "Y?", "kind": "number"}]


SCALE = {"min": 0, "max": 4, "labels": ["low", "high"]}
KINDS: dict[str, Callable[[], Data]] = {
    "text": dict,
    "yes-no": dict,
    "number": dict,
    "date": dict,
    "list": dict,
    "choice": lambda: {"options": things(*NAMES), "other": True},
    "choices": lambda: {"options": things(*NAMES), "other": True},
    "ranking": lambda: {"options": things(*NAMES)},
    "checklist": lambda: {"items": things(*NAMES), "marks": things(*MARKS), "add_items": True},
    "rating": lambda: {"items": things(*NAMES), "scale": dict(SCALE), "add_items": True},
    "table": lambda: {"columns": columns(), "rows": things(*NAMES), "add_rows": True},
    "plan": dict,
}


def prompt(name: str, kind: str, **keys: Any) -> Data:
    return {"id": name, "kind": kind, "ask": f"{name}?", **KINDS[kind](), **keys}


def sheet() -> Data:
    """Every kind, picks handed on, conditions, and every word of privacy."""
    picked = [
        prompt("p-areas", "choices"),
        prompt("p-marks", "checklist", private=True),
        prompt("p-some", "choices", options_from="p-areas", private=False),
        prompt("p-order", "ranking", options_from="p-areas"),
        prompt("p-rows", "table", rows_from="p-some"),
        prompt("p-each", "table", rows_from="p-marks", private=False),
    ]
    plain = [
        prompt("p-yes", "yes-no", private=False),
        prompt("p-words", "text", when={"prompt": "p-yes", "is": True}),
        prompt("p-one", "choice", when={"prompt": "p-marks", "with": "m"}),
        prompt("p-many", "number", not_answers=["dont-know"]),
        prompt("p-day", "date"),
        prompt("p-list", "list", private=True),
        prompt("p-rate", "rating"),
        prompt("p-low", "table", rows_from="p-rate", rated_at_most=2),
        prompt("p-table", "table"),
        prompt("p-added", "table", private=False),
        prompt("p-first", "ranking", top=2),
        prompt("plan", "plan", private=False),
    ]
    for one in (*picked, *plain):
        mend_source(one)
    added = next(one for one in plain if one["id"] == "p-added")
    del added["rows"], added["add_rows"]
    return {
        "libwell": "worksheet/1",
        "id": "any",
        "version": "1",
        "title": "Any",
        "private": False,
        "sections": [
            {"id": "s-first", "title": "First", "prompts": picked},
            {"id": "s-second", "title": "Second", "private": True, "prompts": plain[:4]},
            {"id": "s-third", "title": "Third", "prompts": plain[4:]},
        ],
    }


# --- edits ------------------------------------------------------------------------------------------


def prompts_of(data: Data) -> list[Data]:
    return [one for section in data["sections"] for one in section["prompts"]]


def nth(some: list[Any], number: int) -> Any:
    return some[number % len(some)]


def remove(data: Data, one: int, _: int) -> None:
    target = nth(prompts_of(data), one)
    for section in data["sections"]:
        section["prompts"] = [p for p in section["prompts"] if p is not target]


def remove_section(data: Data, one: int, _: int) -> None:
    del data["sections"][one % len(data["sections"])]


def add(data: Data, one: int, two: int) -> None:
    section = nth(data["sections"], one)
    new = prompt(nth(["n-one", "n-two", "p-words", "p-rows", "p-list"], two), nth(sorted(KINDS), one))
    section["prompts"].insert(two % (len(section["prompts"]) + 1), new)


def move(data: Data, one: int, two: int) -> None:
    target = nth(prompts_of(data), one)
    remove(data, one, 0)
    section = nth(data["sections"], two)
    section["prompts"].insert(two % (len(section["prompts"]) + 1), target)


def move_section(data: Data, one: int, two: int) -> None:
    section = data["sections"].pop(one % len(data["sections"]))
    data["sections"].insert(two, section)


def retype(data: Data, one: int, two: int) -> None:
    target = nth(prompts_of(data), one)
    kept = {key: target[key] for key in ("private", "when") if key in target}
    new = prompt(target["id"], nth(sorted(KINDS), two), **kept)
    target.clear()
    target.update(new)


def rename(data: Data, one: int, two: int) -> None:
    """Give a prompt another name, be it one that another had before; what looks at it is told or not."""
    target = nth(prompts_of(data), one)
    before, now = target["id"], nth(["r-one", "r-two", "p-words", "p-areas", "p-table"], two)
    target["id"] = now
    if two % 2:
        for other in (*prompts_of(data), *data["sections"]):
            for key in ("rows_from", "options_from"):
                if other.get(key) == before:
                    other[key] = now
            if "when" in other:
                text = json.dumps(other["when"]).replace(f'"{before}"', f'"{now}"')
                other["when"] = json.loads(text)


def lists_in(target: Data) -> list[list[Data]]:
    return [target[key] for key in ("items", "options", "marks", "rows", "columns") if key in target]


def inner(change: Callable[[list[Data], int], None]) -> Callable[[Data, int, int], None]:
    """An edit of the items, options, marks, rows or columns of a prompt."""

    def edit(data: Data, one: int, two: int) -> None:
        targets = [target for target in prompts_of(data) if lists_in(target)]
        if targets:
            change(nth(lists_in(nth(targets, one)), two), one + two)

    return edit


def remove_inner(some: list[Data], number: int) -> None:
    if len(some) > 1:
        del some[number % len(some)]


def add_inner(some: list[Data], number: int) -> None:
    some.insert(number % len(some), {"ask" if "ask" in some[0] else "text": "New", "id": "new"})


def rename_inner(some: list[Data], number: int) -> None:
    nth(some, number)["id"] = nth(["z", "a", "w"], number)


def move_inner(some: list[Data], number: int) -> None:
    some.append(some.pop(number % len(some)))


def change_column(data: Data, one: int, two: int) -> None:
    tables = [target for target in prompts_of(data) if target["kind"] == "table"]
    if tables:
        column = nth(nth(tables, one)["columns"], two)
        kind = nth(["text", "number", "date", "yes-no", "choice", "rating"], one + two)
        column.clear()
        column.update({"id": nth(["w", "x", "y"], two), "ask": "?", "kind": kind})
        if kind == "choice":
            column["options"] = things("b", "z")
        if kind == "rating":
            column["scale"] = dict(SCALE)


def change_condition_of_column(data: Data, one: int, two: int) -> None:
    tables = [target for target in prompts_of(data) if target["kind"] == "table"]
    if tables:
        columns = nth(tables, one)["columns"]
        columns[-1]["when"] = {"column": columns[0]["id"], "is": nth([True, False, 2], two)}


def change_adding(data: Data, one: int, _: int) -> None:
    """Let people add their own rows or items, or no more."""
    target = nth(prompts_of(data), one)
    for kind, key in (("table", "add_rows"), ("rating", "add_items")):
        if target["kind"] == kind and not target.pop(key, False):
            target[key] = True


def change_support(data: Data, one: int, _: int) -> None:
    target = nth(prompts_of(data), one)
    if target["kind"] != "plan" and target.pop("support", None) is None:
        target["support"] = "now"


def change_recall(data: Data, one: int, two: int) -> None:
    nth(prompts_of(data), one)["recall"] = [nth(prompts_of(data), two)["id"]]


def say_private(target: Data, number: int) -> None:
    word = nth([True, False, None], number)
    target.pop("private", None)
    if word is not None:
        target["private"] = word


def change_condition(data: Data, one: int, two: int) -> None:
    target = nth([*prompts_of(data), *data["sections"]], one)
    other = nth(prompts_of(data), two)
    test = {"prompt": other["id"], "answered": True}
    if other["kind"] == "yes-no":
        test = {"prompt": other["id"], "is": False}
    elif other["kind"] == "checklist":
        test = {"prompt": other["id"], "with": other["marks"][0]["id"]}
    negated = {"not": {"prompt": other["id"], "answered": False}}
    target["when"] = nth([test, negated, {"any": [test, negated]}], one)
    if one % 3 == 0:
        del target["when"]


def change_source(data: Data, one: int, two: int) -> None:
    targets = [target for target in prompts_of(data) if target["kind"] in ("table", *CHOOSING)]
    sources = [target["id"] for target in prompts_of(data) if target["kind"] in PICKING]
    if not targets or not sources:
        return
    target = nth(targets, one)
    key, own = ("rows_from", "rows") if target["kind"] == "table" else ("options_from", "options")
    target.pop(own, None)
    target.pop(key, None)
    if two % 3 == 0:
        target[own] = things(*NAMES)
    elif two % 3 == 1 or target["kind"] != "table":
        target[key] = nth(sources, two)


def change_bounds(data: Data, one: int, two: int) -> None:
    target = nth(prompts_of(data), one)
    match target["kind"]:
        case "number" | "list" | "choices":
            target["max"] = 1 + two % 3
        case "ranking":
            target["top"] = 1 + two % 3
        case "text":
            target["max_length"] = 1 + two % 20
        case "date":
            target["not_after"] = dt.date(2026, 1 + two % 12, 1)
        case "rating":
            target["scale"] = {"min": two % 2, "max": 2 + two % 3, "labels": ["low", "high"]}
            if two % 5 == 0:
                target.pop("items", None)
        case "choice" | "table":
            target["other" if target["kind"] == "choice" else "min"] = two % 2 == 0
            target.pop("min", None)
        case "checklist":
            target["add_items"] = two % 2 == 0


def change_reasons(data: Data, one: int, two: int) -> None:
    nth(prompts_of(data), one)["not_answers"] = nth([[], ["dont-know"], ["not-applicable"]], two)


def reword(data: Data, one: int, two: int) -> None:
    nth(prompts_of(data), one)["ask"] = f"In other words {two}?"
    data["version"] = str(two)


def rename_section(data: Data, one: int, two: int) -> None:
    nth(data["sections"], one)["id"] = f"s-{two}"


EDITS: dict[str, Callable[[Data, int, int], None]] = {
    "remove": remove,
    "remove section": remove_section,
    "add": add,
    "move": move,
    "move section": move_section,
    "retype": retype,
    "rename": rename,
    "rename section": rename_section,
    "remove inner": inner(remove_inner),
    "add inner": inner(add_inner),
    "rename inner": inner(rename_inner),
    "move inner": inner(move_inner),
    "change column": change_column,
    "private prompt": lambda data, one, two: say_private(nth(prompts_of(data), one), two),
    "private section": lambda data, one, two: say_private(nth(data["sections"], one), two),
    "private worksheet": lambda data, _, two: say_private(data, two),
    "change condition": change_condition,
    "change condition of column": change_condition_of_column,
    "change adding": change_adding,
    "change support": change_support,
    "change recall": change_recall,
    "change source": change_source,
    "change bounds": change_bounds,
    "change reasons": change_reasons,
    "reword": reword,
}


def edited(data: Data, edits: list[Edit]) -> Data:
    changed = copy.deepcopy(data)
    for name, one, two in edits:
        EDITS[name](changed, one, two)
        mend(changed)
    return changed


# --- making sound again ---------------------------------------------------------------------------


def mend(data: Data) -> None:
    """Take out what an edit left that is a mistake: names given twice, and what leads nowhere."""
    if not any(section["prompts"] for section in data["sections"]):
        data["sections"] = [{"id": "s-left", "title": "Left", "prompts": [prompt("p-words", "text")]}]
    seen: set[str] = set()
    above: dict[str, Data] = {}
    sections: list[Data] = data["sections"]
    for number, section in enumerate(sections):
        if section["id"] in {other["id"] for other in sections[:number]}:
            section["id"] = f"{section['id']}-{number}"
        mend_condition(section, above)
        section["prompts"] = [p for p in section["prompts"] if is_new(p, seen)]
        for one in section["prompts"]:
            mend_prompt(one, above)
            above[one["id"]] = one
    if not above:
        mend(data)


def is_new(one: Data, seen: set[str]) -> bool:
    names = {one["id"], *([":plan"] if one["kind"] == "plan" else ())}
    is_first = names.isdisjoint(seen)
    seen |= names if is_first else set()
    return is_first


def mend_looks(one: Data, above: dict[str, Data]) -> None:
    """Take out what looks at a prompt that is not above, or not of a kind that can be looked at."""
    mend_condition(one, above)
    for key in ("rows_from", "options_from"):
        is_rated = key == "rows_from" and can_be_rated(above.get(one.get(key, ""), {}))
        if one.get(key) and not is_rated and above.get(one[key], {}).get("kind") not in PICKING:
            del one[key]
    is_from_rating = "rows_from" in one and above[one["rows_from"]]["kind"] == "rating"
    one.pop("rated_at_most", None)
    if is_from_rating:
        one["rated_at_most"] = 2
    if one.get("recall") and (one["recall"][0] not in above or above[one["recall"][0]]["kind"] == "plan"):
        del one["recall"]


def mend_prompt(one: Data, above: dict[str, Data]) -> None:
    mend_looks(one, above)
    if "support" in one:
        one.pop("private", None)
    mend_source(one)
    mend_columns(one)
    taken: set[str] = set()
    for some in lists_in(one):
        some[:] = [
            thing for thing in {thing["id"]: thing for thing in some}.values() if thing["id"] not in taken
        ]
        taken |= {thing["id"] for thing in some}
    for key in ("options", "marks", "columns"):
        if one.get(key) == []:
            one[key] = KINDS[one["kind"]]()[key]
    if one["kind"] == "ranking" and "options" in one and len(one["options"]) < max(2, one.get("top", 2)):
        one["options"] = things(*NAMES)
    if one["kind"] == "checklist" and not one["items"]:
        one["add_items"] = True


def can_be_rated(source: Data) -> bool:
    """Whether what is rated here can make rows."""
    return source.get("kind") == "rating" and bool(source.get("items")) and source["scale"]["max"] >= 2


def mend_columns(one: Data) -> None:
    """Take out conditions that look at no column before."""
    yes_no: set[str] = set()
    rated: set[str] = set()
    for column in one.get("columns", ()):
        when = column.get("when", {"column": "", "is": None})
        is_held = when["column"] in (yes_no if isinstance(when["is"], bool) else rated)
        if "when" in column and not is_held:
            del column["when"]
        if column.get("kind") in ("yes-no", "rating"):
            (yes_no if column["kind"] == "yes-no" else rated).add(column["id"])


def mend_source(one: Data) -> None:
    """Give options to pick from where none are left, and only one kind of rows or options."""
    if "rows_from" in one:
        one.pop("rows", None)
    if "options_from" in one:
        one.pop("options", None)
    elif one["kind"] in CHOOSING:
        one.setdefault("options", things(*NAMES))
    if not {"rows", "rows_from"} & one.keys():
        one.pop("add_rows", None)


def mend_condition(one: Data, above: dict[str, Data]) -> None:
    if "when" in one and not all(can_hold(test, above) for test in looked_at(one["when"])):
        del one["when"]


def looked_at(condition: Data) -> Iterator[Data]:
    for part in (*condition.get("any", ()), *([condition["not"]] if "not" in condition else ())):
        yield from looked_at(part)
    if "prompt" in condition:
        yield condition


def can_hold(test: Data, above: dict[str, Data]) -> bool:
    other = above.get(test["prompt"])
    if other is None:
        return False
    if "is" in test:
        return bool(other["kind"] == "yes-no")
    if "with" in test:
        return other["kind"] == "checklist" and test["with"] in {mark["id"] for mark in other["marks"]}
    return True


def worksheet_of(data: Data) -> Worksheet:
    worksheet = Worksheet.model_validate(data)
    assert [mistake.text("") for mistake in check(worksheet) if not mistake.hint] == []
    return worksheet


# --- answers ------------------------------------------------------------------------------------------


@dataclass
class Person:
    """Gives answers with a canary of their own in every word, as `choices` (numbers) have it."""

    choices: list[int]
    _picks: dict[str | None, list[str]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _turn: Iterator[int] = field(default_factory=count)

    def word(self) -> str:
        return f"canary-{next(self._numbers)}"

    def chance(self) -> int:
        return self.choices[next(self._turn) % len(self.choices)]

    def answers(self, data: Data, answers: Data) -> Data:
        """Answers to prompts that have none."""
        new = dict(answers)
        self._picks = {}
        for one in prompts_of(data):
            if one["id"] not in new and (value := self._answer(one, self.chance())) is not None:
                new[one["id"]] = value
            self._picks[one["id"]] = [*self._ids(one), *re.findall(r"other-\d+", repr(new.get(one["id"])))]
        return new

    def _ids(self, one: Data) -> list[str]:
        """The ids that can be picked, or that rows have."""
        for key in ("options", "items", "rows"):
            if key in one:
                return [thing["id"] for thing in one[key]]
        return self._picks.get(one.get("rows_from") or one.get("options_from"), [])

    def _answer(self, one: Data, chance: int) -> Any:
        if chance == 0:
            return None
        if chance == 1:
            return SKIPPED
        if chance == 2:
            return {"not-answered": nth(["prefer-not-to-say", *one.get("not_answers", ())], self.chance())}
        return self._value(one)

    def _value(self, one: Data) -> Any:
        values: dict[str, Callable[[Data], Any]] = {
            "text": self._text,
            "yes-no": lambda _: self.chance() % 2 == 0,
            "number": lambda one: min(self.chance(), one.get("max", 99)),
            "date": lambda one: one.get("not_after", dt.date(2026, 11, 1 + self.chance())),
            "list": lambda one: [self.word() for _ in range(min(self.chance(), one.get("max", 9)))] or None,
            "choice": self._choice,
            "choices": self._choices,
            "ranking": lambda one: self._some(one)[: one.get("top", 1 + self.chance())],
            "checklist": self._marks,
            "rating": self._points,
            "table": self._rows,
            "plan": lambda _: None,
        }
        return values[one["kind"]](one)

    def _text(self, one: Data) -> str | None:
        """A word, if there is room for it; cut short it could be another one's."""
        word = self.word()
        return word if len(word) <= one.get("max_length", len(word)) else None

    def _own(self) -> Data:
        return {"other": self.word()}

    def _choice(self, one: Data) -> Any:
        return self._own() if one.get("other") and self.chance() % 2 else self._some(one)[0]

    def _some(self, one: Data) -> list[str]:
        """Ids to pick from, in an order of chance, each once."""
        ids = list(dict.fromkeys(self._ids(one))) or ["other-1"]
        turn = self.chance() % len(ids)
        return ids[turn:] + ids[:turn]

    def _choices(self, one: Data) -> Any:
        some: list[Any] = self._some(one)[: 1 + self.chance()]
        some += [self._own()] if one.get("other") else []
        return some[: one.get("max")]

    def _marks(self, one: Data) -> Any:
        marked, own = {}, self._own()
        for mark in one["marks"]:
            entries: list[Any] = self._some(one)[: self.chance() % 3] if one["items"] else []
            marked[mark["id"]] = entries + ([own] if one.get("add_items") else [])
        return {mark: entries for mark, entries in marked.items() if entries} or None

    def _points(self, one: Data) -> Any:
        low, high = one["scale"]["min"], one["scale"]["max"]
        points = [low + self.chance() % (high - low + 1) for _ in range(9)]
        if not one.get("items") and not one.get("add_items"):
            return points[0]
        some = self._some(one) if one.get("items") else []
        rated: Data = dict(zip(some[: 1 + self.chance()], points, strict=False))
        if one.get("add_items") and self.chance() % 2:
            rated[":own"] = [{**self._own(), "point": points[-1]}]
        return rated or None

    def _rows(self, one: Data) -> Any:
        rows = [self._cells(one) for _ in range(1 + self.chance() % 3)]
        if "rows" not in one and "rows_from" not in one:
            return rows
        own = {"row-1": {"row": self.word(), **self._cells(one)}} if one.get("add_rows") else {}
        return {**dict(zip(self._some(one), rows, strict=False)), **own}

    def _cells(self, one: Data) -> Data:
        cells = {}
        for column in one["columns"]:
            asked = {"other": False, **column}
            if self.chance() % 4:
                cells[column["id"]] = self._value({**asked, "kind": column.get("kind", "text")})
        return cells

    def actions(self, worksheet: Worksheet) -> Iterator[Action]:
        """Actions from here and there, some with a word of their own on who may see them."""
        for _, one in worksheet.prompts():
            parts = ["", ".a", ".other-1", ".b.w", ".c"]
            address = one.id + nth(parts, self.chance())
            if self.chance() < 3 or origin_remedy(address, worksheet):
                continue
            keys = {
                "step": self.word(),
                "from": address,
                "private": nth([None, None, True, False], self.chance()),
            }
            yield Action.model_validate({key: value for key, value in keys.items() if value is not None})
        yield Action(step=self.word())


def begun(data: Data, person: Person) -> Response:
    worksheet = worksheet_of(data)
    response = Response(
        id="any-2026-11-21-k3f9",
        created=NOW,
        updated=NOW,
        answers=person.answers(data, {}),
        actions=tuple(person.actions(worksheet)),
        definition=definition_of(worksheet),
    )
    response = with_numbers(response, worksheet)
    assert problems(worksheet, response) == []
    return response


# --- what has to be true ----------------------------------------------------------------------------


def leaves(value: Any, path: Leaf = ()) -> Iterator[Leaf]:
    """Everything given in an answer, each with where; entries of lists by what they are."""
    if isinstance(value, dict) and not {"other", "id"} & value.keys():
        for name, part in value.items():
            yield from leaves(part, (*path, name))
    elif isinstance(value, dict):
        name = value.get("id", "")
        for key, part in value.items():
            yield from leaves(part, (*path, name, key) if key != "id" else (*path, "id"))
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, (*path, "[]"))
    else:
        yield (*path, value)


def given_in(answers: Data, kinds: dict[str, str]) -> set[Leaf]:
    return {
        (name, kinds[name], *leaf)
        for name, value in answers.items()
        if value != SKIPPED
        for leaf in leaves(value)
    }


def kinds_of(worksheet: Worksheet) -> dict[str, str]:
    return {one.id: one.kind for _, one in worksheet.prompts()}


def all_given(response: Response, worksheet: Worksheet) -> set[Leaf]:
    """Everything in place or set aside."""
    found = given_in(response.answers, kinds_of(worksheet))
    for key, aside in response.retired.items():
        name = aside.prompt or key
        found |= given_in({name: aside.answer}, {name: aside.kind})
    return found


@dataclass
class Secrets:
    """What was private at any time: answers, words, and where actions came from."""

    given: set[Leaf] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)

    def note(self, response: Response, worksheet: Worksheet) -> None:
        """Take in what is private now."""
        private = private_prompts(worksheet)
        answers = {name: value for name, value in response.answers.items() if name in private}
        self.given |= given_in(answers, kinds_of(worksheet))
        self.words |= set(CANARY.findall(repr(answers)))
        for action in response.actions:
            if is_private_action(action, worksheet, private):
                self.words.add(action.step)
            if action.from_ and action.from_.split(".")[0] in private:
                self.origins.add(action.id)

    def check_kept(self, response: Response, worksheet: Worksheet) -> None:
        """See that nothing of it is let out."""
        excerpt = for_audience(response, worksheet, private=False)
        shown = {one.prompt.id: one.entry for one in excerpt.asked if one.is_answered}
        assert given_in(shown, kinds_of(worksheet)) & self.given == set()
        told = [
            repr(excerpt),
            repr(response_document(excerpt)),
            json.dumps(response_data(excerpt), default=str),
        ]
        assert set(CANARY.findall("".join(told))) & self.words == set()
        assert {action.id for action in excerpt.actions if action.from_} & self.origins == set()


def carried(
    response: Response, before: Worksheet, after: Worksheet, *, may_open: bool
) -> tuple[Response, Worksheet]:
    """Carry over through a file, and see that what comes back is what went in."""
    done = carry_over(response, before, after, may_open=may_open)
    if not may_open:
        assert private_prompts(before) & kinds_of(done.worksheet).keys() <= private_prompts(done.worksheet)
    definition: Definition = definition_of(done.worksheet)
    made = done.response.model_copy(update={"definition": definition})
    read = parse_response(response_text(made), Path("any.toml"))
    assert read.response == made
    assert read.worksheet == done.worksheet
    return read.response, read.worksheet


EDIT = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 40), st.integers(0, 40))
SOME_EDITS = st.lists(EDIT, min_size=1, max_size=6)


@examples(1000)
@given(
    begin=st.lists(EDIT, max_size=3),
    rounds=st.lists(SOME_EDITS, min_size=1, max_size=2),
    choices=st.lists(st.integers(0, 7), min_size=4, max_size=40),
    may_open=st.booleans(),
)
def test_nothing_is_lost_and_nothing_private_is_shared(
    begin: list[Edit], rounds: list[list[Edit]], choices: list[int], *, may_open: bool
) -> None:
    first = edited(sheet(), begin)
    person = Person(choices)
    response, worksheet = begun(first, person), worksheet_of(first)
    everything, secrets = all_given(response, worksheet), Secrets()
    secrets.note(response, worksheet)
    latest = first
    for edits in [*rounds, []]:
        latest = edited(latest, edits) if edits else first  # changed, changed again, and changed back
        before = response
        response, worksheet = carried(response, worksheet, worksheet_of(latest), may_open=may_open)
        assert everything - all_given(response, worksheet) == set()
        assert [action.step for action in response.actions] == [action.step for action in before.actions]
        assert response.last_action == before.last_action
        assert all(response.last_own[name] >= last for name, last in before.last_own.items())
        secrets.check_kept(response, worksheet)
        response = with_numbers(
            response.model_copy(update={"answers": person.answers(latest, response.answers)}), worksheet
        )
        assert problems(worksheet, response) == []
        everything |= all_given(response, worksheet)
        secrets.note(response, worksheet)
