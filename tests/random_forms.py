"""Random worksheets with answers, for tests that hold the page in a browser against libwell itself.

They are those of `random_files` with more keys of each kind in them, which chance adds on top.
"""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING, Any

import tomli_w

from build import examine, response_for
from random_files import TODAY, Table, answers, worksheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet


def random_forms(count: int, *, seed: int) -> Iterator[tuple[Worksheet, Response, Random]]:
    """So many worksheets without a mistake, each with answers, and the chance to draw more with."""
    made = 0
    for number in range(3 * count):
        rng = Random(f"{seed} {number}")
        data = worksheet(rng, f"form-{number}")
        given = answers(rng, data)
        _add_keys(rng, data)
        examined = examine(tomli_w.dumps(data))
        if examined.worksheet is None or any(not mistake.hint for mistake in examined.mistakes):
            continue
        parts = {**given["answers"], "actions": given["actions"]}
        yield examined.worksheet, response_for(examined.worksheet, tomli_w.dumps(parts)), rng
        made += 1
        if made == count:
            return
    raise AssertionError("too few of the worksheets made are without a mistake")


def _add_keys(rng: Random, sheet: Table) -> None:
    """More keys for about half of the prompts, such that the answers mostly still fit."""
    scored = {item.split(".")[0] for score in sheet.get("scores", ()) for item in score.get("items", ())}
    for section in sheet["sections"]:
        for prompt in section["prompts"]:
            if rng.random() < 0.2:
                prompt["required"] = True
            if rng.random() < 0.5 and prompt["id"] not in scored and prompt["kind"] in _MORE:
                prompt.update(_MORE[prompt["kind"]](rng, prompt))


def _bounds(rng: Random, _: Table) -> Table:
    return {"min": rng.randint(0, 3), "max": rng.randint(3, 4)}


def _choices(rng: Random, one: Table) -> Table:
    alone = {"exclusive": [one["options"][-1]["id"]]} if isinstance(one.get("options"), list) else {}
    return {**_bounds(rng, one), **alone}


def _choice(rng: Random, one: Table) -> Table:
    options = one.get("options")
    if not isinstance(options, list):
        return {}
    points = [{**option, "points": rng.choice((0, 0.5, 2))} for option in options]
    return {"options": [points[0], *options[1:-1], points[-1]]}


def _number(rng: Random, _: Table) -> Table:
    return rng.choice(({"step": 0.1, "min": -0.3}, {"unit": "  "}, {"min": 0.5, "step": 2.5, "max": 38}))


def _date(rng: Random, _: Table) -> Table:
    return {rng.choice(("not_before", "not_after")): TODAY.replace(day=25)}


def _rating(_: Random, one: Table) -> Table:
    items = [item["id"] for item in one.get("items", ())]
    is_whole = isinstance(one["scale"], dict) and len(one["scale"]["labels"]) > 2
    if len(items) < 2 or one.get("add_items") or not is_whole:
        return {"offer_at_least": 2} if isinstance(one["scale"], dict) and one["scale"]["max"] >= 2 else {}
    groups = [{"title": "First", "items": items[1:]}, {"title": "Second", "items": items[:1]}]
    return {"give_back": groups}


def _table(rng: Random, one: Table) -> Table:
    columns: list[Table] = one["columns"]
    for column in columns:
        if rng.random() < 0.3:
            column["required"] = True
        column.update({"level": "me"} if rng.random() < 0.2 else {})
    more: Table = {} if "rows" in one or "rows_from" in one else _bounds(rng, one)
    numbers = [column["id"] for column in columns if column.get("kind") == "number"]
    if numbers and rng.random() < 0.7:
        more["total"] = {"column": numbers[0], rng.choice(("is", "at_most")): rng.choice((0, 30, 55.5))}
    return more


_COLLECTED: tuple[list[str], ...] = (
    [],
    ["q0-0"],
    ["q0-0", "q0-1", "q1-0", "q1-1.i-a.better"],
    [f"q0-{n}" for n in range(3)],
)
_MORE: dict[str, Any] = {
    "text": lambda rng, _: {"max_length": rng.choice((5, 40, 1000))},
    "list": _bounds,
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "date": _date,
    "rating": _rating,
    "table": _table,
    "plan": lambda rng, _: {"collect": rng.choice(_COLLECTED)},
}


# --- values that are broken ------------------------------------------------------------------------


LONG = ("x" * 100_000, "x" * 100_001, "\U0001f600" * 60_000, "\U0001f600" * 100_001)
STRANGE: tuple[Any, ...] = (
    "",
    "o-a",
    "other",
    "row-1",
    "constructor",
    "2026-12-01",
    "\ud83d" * 2,
    True,
    0,
    3,
    -1,
    2.5,
    10**15,
    999_999_999_999_999,
    TODAY,
    [],
    [[]],
    {},
    {"other": "Words"},
    {"other": "Words", "id": "other-3"},
    {"other": "Words", "id": "other-0"},
    {"other": "Words", "id": "row-1"},
    {"other": 3},
    {"other": "Words", "more": 1},
    {"other": "Words", "id": "other-1", "point": 1},
    {"not-answered": "skipped"},
    {"not-answered": "prefer-not-to-say"},
    {"not-answered": "dont-know"},
    {"not-answered": "nonsense"},
    {"not-answered": 3},
    {"not-answered": "skipped", "other": "Words"},
    {"not_answered": "skipped"},
    {"row": "Words"},
    {"i-a": 1, "i-b": 0},
    {"yes": ["i-a", "i-a"]},
    {"row-1": {"row": "Words"}},
    {"row-1": {"words": "Words"}},
    {":no-mark": [{"other": "Words"}]},
    {":own": [{"other": "Words", "point": 1}, {"other": "More", "id": "other-2"}]},
    {"__proto__": 1},
    [{"words": "Words", "id": "row-1"}, {"words": "Words", "id": "row-1"}],
    [{"words": "Words", "id": "other-1"}],
    ["o-a", "o-b", "o-a"],
    ["o-a", {"other": "Words", "id": "other-1"}, {"other": "Words", "id": "other-1"}],
)


def broken(rng: Random, value: Any) -> Any:
    """The value with one thing changed in it by chance, or another one."""
    if rng.random() < 0.3 or not isinstance(value, list | dict) or not value:
        return rng.choice(STRANGE)
    if isinstance(value, list):
        place = rng.randrange(len(value))
        changed = rng.choice(([], [value[place], value[place]], [broken(rng, value[place])]))
        return [*value[:place], *changed, *value[place + 1 :]]
    name = rng.choice([*value])
    left = {key: inside for key, inside in value.items() if key != name}
    fresh = rng.choice((name, "o-b", "i-a", "id", "row-2", "nothing"))
    return rng.choice((left, {**left, fresh: value[name]}, {**left, name: broken(rng, value[name])}))


def is_same_in_json(value: Any) -> bool:
    """Whether a value is the same once it went through JSON, which has one kind of number only."""
    if isinstance(value, float):
        return math.isfinite(value) and not value.is_integer()
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return all(map(is_same_in_json, inside))
