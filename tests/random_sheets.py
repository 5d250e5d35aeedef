"""More keys in random worksheets than `random_files` gives them, and answers that are a little bent.

They stand apart, as what `random_files` makes for a number stands in golden files.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from random_files import LEVELS, TODAY, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

Table = dict[str, Any]

JUNK: tuple[Any, ...] = (
    "", "o-a", "other-1", "row-1", 0, -1, 1, 2.5, True, False, TODAY, [], {}, ["o-a", "o-a"], ["nothing"],
    {"not-answered": "skipped"}, {"not-answered": "dont-know"}, {"not-answered": "nothing"},
    {"not-answered": "skipped", "more": 1}, {"other": "Own", "id": "other-7"}, {"other": "Own", "id": "x"},
    [{"other": "Own"}, "o-a"], {"i-a": 1}, {"yes": ["i-a"]}, {"yes": "i-a"}, {":own": [{"other": "Own"}]},
    [{"words": "Row", "id": "row-3"}], {"row-2": {"row": "Added"}}, {"other-1": {"words": "Of own"}}, [[]],
)  # fmt: skip
"""Answers, each of which fits some prompt or none."""


def enriched(rng: Random, sheet: Table) -> Table:
    """The worksheet with keys that few of its prompts had, and scores of more things."""
    sheet = copy.deepcopy(sheet)
    prompts = [one for section in sheet["sections"] for one in section["prompts"]]
    for place, one in enumerate(prompts):
        if one["kind"] != "plan" and rng.random() < 0.2:
            one["required"] = True
        _MORE.get(one["kind"], _nothing)(rng, one)
        above = [other for other in prompts[:place] if other["kind"] in _TESTS]
        if above and rng.random() < 0.25:
            one["when"] = _more_conditions(rng, above)
        if above and one["kind"] != "plan" and rng.random() < 0.25:
            one["recall"] = list(dict.fromkeys(_addresses(rng, prompts[:place])))
    sheet["short_minutes"] = 3
    unmeasured = {one["id"] for one in prompts if "give_back" in one}
    kept = (one for one in sheet.get("scores", ()) if not unmeasured.intersection(_prompts_of(one)))
    sheet["scores"] = [*kept, *_more_scores(rng, prompts)]
    if not sheet["scores"]:
        del sheet["scores"]
    return sheet


_SAME = ({"text": "Lamp", "suggest": "Ask for a lamp"}, {"text": "Ask for a lamp"})
"""Items that are offered in several places, and then read the same."""


def _prompts_of(score: Table) -> list[str]:
    return [address.partition(".")[0] for address in score.get("items", ())]


def _nothing(_: Random, __: Table) -> None:
    """Leave it as it is."""


def _choices(rng: Random, one: Table) -> None:
    one |= rng.choice(({}, {"min": 1}, {"min": 2, "max": 3}))
    if "options" in one and rng.random() < 0.4:
        one["exclusive"] = [one["options"][-1]["id"]]
        one["options"][0] |= {"level": rng.choice(LEVELS), "offer": True, **rng.choice(_SAME)}


def _rating(rng: Random, one: Table) -> None:
    if not isinstance(one["scale"], dict):
        return
    low, high = one["scale"]["min"], one["scale"]["max"]
    names = [item["id"] for item in one.get("items", ())]
    if names and "add_items" not in one and rng.random() < 0.4:
        one["scale"]["labels"] = [phrase(rng, 2) for _ in range(low, high + 1)]
        one["give_back"] = [{"title": phrase(rng), "items": names[:1]}]
        one["give_back"] += [{"title": phrase(rng), "items": names[1:]}] if names[1:] else []
        one.pop("offer_at_most", None)
    elif rng.random() < 0.3:
        one["offer_at_least"] = high
    for item in one.get("items", ()):
        if rng.random() < 0.3:
            item |= {"suggest": phrase(rng), "level": rng.choice(LEVELS), "help": phrase(rng)}
    if "items" in one and rng.random() < 0.4:
        one["items"][0] |= rng.choice(_SAME)


def _checklist(rng: Random, one: Table) -> None:
    for item in one["items"]:
        if rng.random() < 0.3:
            item |= {"suggest": phrase(rng), "level": rng.choice(LEVELS), "help": phrase(rng)}
    if rng.random() < 0.4:
        one["items"][0] |= rng.choice(_SAME)


def _number(rng: Random, one: Table) -> None:
    if rng.random() < 0.3:
        one.pop("max")
    if rng.random() < 0.3:
        one["step"] = 0.1


def _table(rng: Random, one: Table) -> None:
    if "rows" not in one and "rows_from" not in one:
        one |= rng.choice(({}, {"min": 2}, {"max": 2}))
    for column in one["columns"]:
        if rng.random() < 0.2:
            column["required"] = True
    if one.get("total") and one["id"] != "measured" and rng.random() < 0.5:
        one["total"] = {"column": "number", "is": 10.5}


_MORE: dict[str, Callable[[Random, Table], None]] = {
    "choices": _choices,
    "rating": _rating,
    "checklist": _checklist,
    "number": _number,
    "table": _table,
    "list": lambda rng, one: one.update(rng.choice(({}, {"min": 2}, {"min": 1, "max": 3}))),
    "date": lambda rng, one: one.update(rng.choice(({}, {"not_before": TODAY}))),
    "text": lambda rng, one: one.update(rng.choice(({}, {"max_length": 20}))),
}


def _test_of_rating(rng: Random, one: Table) -> Table:
    low = one["scale"]["min"] if isinstance(one["scale"], dict) else 1
    item = {"item": rng.choice(one["items"])["id"]} if "items" in one else {}
    return {**item, rng.choice(("at_least", "at_most")): low + 1}


_TESTS: dict[str, Callable[[Random, Table], Table]] = {
    "yes-no": lambda rng, _: {"is": rng.random() < 0.5},
    "choice": lambda _, one: {"is": "other"} if one.get("other") else {"answered": False},
    "choices": lambda _, one: {"includes": "other"} if one.get("other") else {"answered": False},
    "number": lambda rng, _: rng.choice(({"is": 10}, {"at_least": 5.5, "at_most": 30})),
    "checklist": lambda _, one: {"with": one["marks"][0]["id"] if "marks" in one else "yes"},
    "rating": _test_of_rating,
    "date": lambda rng, _: {"answered": rng.random() < 0.5},
}


def _more_conditions(rng: Random, above: list[Table]) -> Table:
    def test() -> Table:
        one = rng.choice(above)
        return (
            {"answered": False} | {"prompt": one["id"]}
            if "add_items" in one and "items" not in one
            else {
                "prompt": one["id"],
                **_TESTS[one["kind"]](rng, one),
            }
        )

    return rng.choice((test(), {"all": [test(), {"not": test()}]}, {"any": [test(), test(), test()]}))


def _addresses(rng: Random, above: list[Table]) -> Iterator[str]:
    """Some answers, whole or narrowed to a part of them; and a pick of picks with the rows of these."""
    for table in above:
        if "rows_from" in table and rng.random() < 0.5:
            yield from (one["id"] for one in above if one.get("options_from") == table["rows_from"])
            yield table["id"]
    for one in rng.sample(above, min(len(above), 3)):
        parts = [thing["id"] for key in ("items", "marks", "rows", "columns") for thing in one.get(key, ())]
        if one["kind"] != "plan":
            yield one["id"] + (f".{rng.choice(parts)}" if parts and rng.random() < 0.5 else "")


def _more_scores(rng: Random, prompts: list[Table]) -> Iterator[Table]:
    """Scores of whole answers by every method, on a scale, turned round, and with few answers."""
    counting = [one["id"] for one in prompts if _counts(one)]
    for number in range(rng.randint(0, 3) if len(counting) > 1 else 0):
        method = rng.choice(("sum", "mean", "difference", "product", "share"))
        items = rng.sample(counting, min(len(counting), 2 if method == "difference" else 3))
        score: Table = {"id": f"more-{number}", "title": phrase(rng), "items": items, "method": method}
        bounded = all("max" in one for one in prompts if one["id"] in items and one["kind"] == "number")
        if bounded and rng.random() < 0.5:
            score["reverse"] = items[:1]
        if method in ("sum", "mean") and bounded:
            score["minimum_answered"] = rng.randint(1, len(items))
        if bounded and method != "share" and rng.random() < 0.4:
            score["as"] = {"min": rng.choice((-1, 0, 0.5)), "max": 7}
        score["bands"] = [
            {"up_to": rng.choice((0.33, 0.67, 1.33)), "say": phrase(rng)},
            {"say": phrase(rng, 20)},
        ]
        if method != "share" or (bounded and not any(map(_goes_below_nothing, prompts))):
            yield score


def _goes_below_nothing(one: Table) -> bool:
    scale = one.get("scale", {"min": 0})
    return isinstance(scale, str) or scale["min"] < 0


def _counts(one: Table) -> bool:
    is_one_rating = one["kind"] == "rating" and "items" not in one and "add_items" not in one
    return one["kind"] in ("yes-no", "number") or is_one_rating


# --- answers -----------------------------------------------------------------------------------------


def bent(rng: Random, sheet: Table, given: Table, *, breaks: bool) -> Table:
    """Answers with own entries where picks come from, with picks withdrawn, and some that do not fit.

    Only with `breaks` there are some that fit no prompt.
    """
    given = copy.deepcopy(given)
    prompts = {one["id"]: one for section in sheet["sections"] for one in section["prompts"]}
    for name, one in prompts.items():
        source = prompts.get(one.get("options_from") or one.get("rows_from"))
        if source and rng.random() < 0.5:
            _give_own(rng, one, source, given)
        if name in given and source is None and rng.random() < 0.1:
            del given[name]
    names = [name for name, one in prompts.items() if one["kind"] != "plan"] if breaks else []
    for name in rng.sample(names, min(len(names), 3)):
        given[name] = rng.choice((*JUNK, *given.values()))
    return given


def _give_own(rng: Random, one: Table, source: Table, given: Table) -> None:
    """Let an own entry be among the picks, and be picked again, ordered or filled in below."""
    picks = given.get(source["id"])
    if not (source.get("other") and isinstance(picks, list)):
        return
    picks[:] = [pick for pick in picks if isinstance(pick, str)][: rng.randint(0, 2)]
    picks.append({"other": phrase(rng), "id": "other-2"})
    below = given.get(one["id"])
    if isinstance(below, list):
        below[:] = [*below[: (one.get("top") or one.get("max") or 9) - 1], "other-2"]
    elif isinstance(below, dict) and "not-answered" not in below and one["kind"] == "table":
        column = one["columns"][0]
        if column.get("kind", "text") == "text":
            below["other-2"] = {column["id"]: phrase(rng)}
