"""Random worksheets, and random answers to any worksheet, as plain TOML data.

It knows the file formats and nothing of libwell's modules, so that what it makes is the same beside every
version of them. All chance comes in as a `Random`.
"""

from __future__ import annotations

import copy
import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

Table = dict[str, Any]

TODAY = dt.date(2026, 11, 21)
_TEXT = """
a an the of and to for desk door chair quiet morning tea roster branch people rest books <b>bold</b> | # * -
_not_ `code` =1+1 @all "quoted" 'single' back\\slash naïve 図書館 שלום 50% & http://example.org/a?b=c 1.
"""
WORDS = _TEXT.split()
LEVELS = ("me", "team", "organisation", "community")
NOT_ANSWERS = ("skipped", "prefer-not-to-say")


def phrase(rng: Random, most: int = 6) -> str:
    """A few words; some of them mean something to a format."""
    words = " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, most)))
    return f"{words[0].upper()}{words[1:]}"


def paragraphs(rng: Random) -> str:
    """Some lines, with empty ones between."""
    ends = ("\n", "\n\n", ". ")
    return "".join(phrase(rng, 15) + rng.choice(ends) for _ in range(rng.randint(1, 4))).strip()


# --- worksheets -----------------------------------------------------------------------------------


def worksheet(rng: Random, name: str) -> Table:
    """A worksheet of a few sections, with prompts of every kind and conditions on those above."""
    above: list[Table] = []
    sections = []
    for number in range(rng.randint(2, 4)):
        section: Table = {"id": f"part-{number}", "title": phrase(rng), **_some(rng, intro=phrase(rng, 20))}
        section |= _some(rng, private=rng.random() < 0.4, level=rng.choice(LEVELS), notice=phrase(rng, 9))
        if above and rng.random() < 0.2:
            section["when"] = _condition(rng, above)
        section["prompts"] = list(_prompts(rng, number, above))
        sections.append(section)
    scores = list(_scores(rng, above))
    if rng.random() < 0.6:
        sections.append(_measured(rng))
        scores += _scores_of_rows(rng)
    plan = {"id": "plan", "kind": "plan", "ask": "What next?"}
    asked_by_score = [_asked_by_score(rng)] if sections[-1]["id"] == "all-rows" else []
    sections.append({"id": "next", "title": "Next", "prompts": [*asked_by_score, plan]})
    head = {"libwell": "worksheet/1", "id": name, "version": "1.0", "title": phrase(rng)}
    made = {
        **head,
        "private": rng.random() < 0.3,
        **_some(rng, about=phrase(rng, 12), short_minutes=rng.randint(1, 9)),
        "sections": sections,
        **({"scores": scores} if scores else {}),
    }
    made |= _some(rng, sources=[_source(rng) for _ in range(rng.randint(1, 3))])
    if rng.random() < 0.3:
        sections[0]["learn_more"] = ["line"]
        made["resources"] = [_helpline(rng)]
    return _with_names(rng, made)


def _address(rng: Random) -> str:
    return f"https://example.org/{rng.choice(['', 'a_(b)?c=1&d=%20#e', 'naïve|$x', 'page/'])}"


def _source(rng: Random) -> Table:
    """A source, or something to read on."""
    role = rng.choice(("source", "further"))
    return {"title": phrase(rng, 3), "role": role, **_some(rng, url=_address(rng), note=phrase(rng))}


def _helpline(rng: Random) -> Table:
    """A helpline in a country."""
    ways = [phrase(rng) for _ in range(rng.randint(1, 3))]
    return {
        "id": "line",
        "title": phrase(rng, 3),
        "provider": phrase(rng, 2),
        "kind": "helpline",
        "audience": ["staff"],
        "about": phrase(rng),
        "country": rng.choice(("US", "NZ")),
        **_some(rng, url=_address(rng), looked_up=str(TODAY), without_voice=ways),
    }


def _some(rng: Random, **keys: Any) -> Table:
    """Some of these keys."""
    return {key: value for key, value in keys.items() if rng.random() < 0.3}


def _things(rng: Random, name: str, count: int) -> list[Table]:
    """Options, items or rows."""
    return [{"id": f"{name}-{letter}", "text": phrase(rng)} for letter in "abcdefgh"[:count]]


def _prompts(rng: Random, part: int, above: list[Table]) -> Iterator[Table]:
    for number in range(rng.randint(3, 6)):
        kind = rng.choice(sorted(_KEYS))
        one: Table = {"id": f"q{part}-{number}", "kind": kind, "ask": f"{phrase(rng)}?"}
        one |= _some(rng, help=phrase(rng, 12), why=phrase(rng, 12), private=rng.random() < 0.5, core=True)
        if rng.random() < 0.3:
            one["not_answers"] = ["dont-know", "not-applicable"]
        one |= _KEYS[kind](rng, above)
        if above and rng.random() < 0.2:
            one["when"] = _condition(rng, above)
        if above and rng.random() < 0.2:
            one["recall"] = [rng.choice(above)["id"]]
        if kind in ("text", "yes-no") and rng.random() < 0.1:
            one |= {"support": "now", "private": True}
        yield one
        above.append(one)


def _choice_keys(rng: Random, _: list[Table]) -> Table:
    things = _things(rng, "o", rng.randint(2, 5))
    options = [thing | _some(rng, help=phrase(rng), offer=True, suggest=phrase(rng)) for thing in things]
    return {"options": options, "other": rng.random() < 0.5}


def _choices_keys(rng: Random, above: list[Table]) -> Table:
    sources = [one["id"] for one in above if one["kind"] == "choices" and "options" in one]
    if sources and rng.random() < 0.3:
        return {"options_from": rng.choice(sources)}
    return _choice_keys(rng, above)


def _ranking_keys(rng: Random, above: list[Table]) -> Table:
    sources = [one["id"] for one in above if one["kind"] == "choices" and "options" in one]
    if sources and rng.random() < 0.3:
        return {"options_from": rng.choice(sources), **_some(rng, top=rng.randint(1, 3))}
    options = _choice_keys(rng, above)["options"]
    return {"options": options, **_some(rng, top=rng.randint(1, len(options)))}


def _number_keys(rng: Random, _: list[Table]) -> Table:
    return {"min": 0, "max": 40, "step": rng.choice((1, 0.5)), **_some(rng, unit="hours", bands=[5, 12.5])}


def _rating_keys(rng: Random, _: list[Table]) -> Table:
    low = rng.choice((-2, 0, 1))
    points = rng.randint(3, 5)
    labels = [phrase(rng, 2) for _ in range(rng.choice((2, points)))]
    one: Table = {"scale": {"min": low, "max": low + points - 1, "labels": labels}}
    if rng.random() < 0.7:
        one["items"] = _things(rng, "i", rng.randint(2, 5))
    if rng.random() < 0.3:
        one["add_items"] = True
    return one | _some(rng, offer_at_most=low + 1)


def _checklist_keys(rng: Random, _: list[Table]) -> Table:
    one: Table = {"items": _things(rng, "i", rng.randint(2, 5)), "add_items": rng.random() < 0.5}
    if rng.random() < 0.6:
        one["marks"] = [{"id": "well", "text": "Well"}, {"id": "better", "text": "Better", "offer": True}]
    return one


def _table_keys(rng: Random, above: list[Table]) -> Table:
    columns: list[Table] = [{"id": "words", "ask": "What?", **_some(rng, offer=True)}]
    columns += [{"id": kind, "ask": f"{phrase(rng)}?", "kind": kind} for kind in ("yes-no", "date")]
    columns += [{"id": "number", "ask": "How many?", "kind": "number", **_number_keys(rng, above)}]
    columns += [{"id": "pick", "ask": "Which?", "kind": "choice", **_choice_keys(rng, above)}]
    scale = {"min": 0, "max": 2, "labels": [phrase(rng, 2) for _ in range(rng.choice((2, 3)))]}
    columns += [{"id": "rated", "ask": "How far?", "kind": "rating", "scale": scale}]
    columns += [{"id": "whose", "ask": "Who?", "becomes": rng.choice(("who", "know", "notes"))}]
    for option in columns[4]["options"]:
        option.pop("offer", None)
        option.pop("suggest", None)
    one: Table = {"columns": rng.sample(columns, rng.randint(1, 6)), **_rows_keys(rng, above)}
    names = _ids(one["columns"])
    for column in one["columns"][names.index("yes-no") + 1 :] if "yes-no" in names else ():
        column.update(_some(rng, when={"column": "yes-no", "is": rng.choice((True, [True, False]))}))
    if "number" in names and rng.random() < 0.5:
        one["total"] = {"column": "number", "at_most": 400}
    return one


def _rows_keys(rng: Random, above: list[Table]) -> Table:
    """Where a table's rows come from; without keys the person adds them."""
    sources = [one for one in above if "options_from" not in one and one["kind"] in _ROWS_FROM]
    sources = [one for one in sources if one["kind"] == "choices" or "items" in one]
    more = {"add_rows": True} if rng.random() < 0.4 else {}
    if rng.random() < 0.4:
        return {"rows": _things(rng, "r", rng.randint(2, 3)), **more}
    if not sources or rng.random() < 0.3:
        return {}
    source = rng.choice(sources)
    return {"rows_from": source["id"], **_ROWS_FROM[source["kind"]](rng, source), **more}


_ROWS_FROM: dict[str, Callable[[Random, Table], Table]] = {
    "choices": lambda _, __: {},
    "checklist": lambda rng, one: _some(rng, marked=_ids(one.get("marks", [{"id": "yes"}]))[-1]),
    "rating": lambda rng, one: {rng.choice(("rated_at_most", "rated_at_least")): one["scale"]["min"] + 1},
}


_KEYS: dict[str, Callable[[Random, list[Table]], Table]] = {
    "text": lambda rng, _: _some(rng, long=False),
    "yes-no": lambda _, __: {},
    "choice": _choice_keys,
    "choices": _choices_keys,
    "ranking": _ranking_keys,
    "number": _number_keys,
    "date": lambda _, __: {},
    "rating": _rating_keys,
    "checklist": _checklist_keys,
    "list": lambda _, __: {},
    "table": _table_keys,
}


def _condition(rng: Random, above: list[Table]) -> Table:
    """A test of a prompt above, or two of them joined."""
    one = rng.choice(above)
    tests = {
        "yes-no": {"is": True},
        "choices": {"includes": "o-a"} if "options" in one else {"answered": True},
        "choice": {"is": "o-a"},
        "number": {"at_least": 5},
        "checklist": {"marked": "i-a"},
    }
    test = {"prompt": one["id"], **tests.get(one["kind"], {"answered": True})}
    join = rng.choice(("", "", "not", "any"))
    if join == "any":
        return {"any": [test, {"prompt": above[0]["id"], "answered": True}]}
    return {"not": test} if join else test


def _scores(rng: Random, above: list[Table]) -> Iterator[Table]:
    rated = [one for one in above if one["kind"] == "rating" and "items" in one]
    for number, one in enumerate(rated[:2]):
        items = [f"{one['id']}.{item['id']}" for item in one["items"]]
        score: Table = {"id": f"score-{number}", "title": phrase(rng), "items": items}
        yield {**score, "method": rng.choice(("sum", "mean"))}


def _measured(rng: Random) -> Table:
    """A section for everybody with one table, whose rows have scores that are offered."""
    points = [rng.choice((0, 0.5, 1, 3)) for _ in range(3)]
    options = [{**one, "points": number} for one, number in zip(_things(rng, "o", 3), points, strict=True)]
    labels = [phrase(rng, 2), phrase(rng, 2)]
    columns: list[Table] = [
        {"id": "met", "ask": "Met?", "kind": "choice", "options": [*options, {"id": "na", "text": "no"}]},
        {"id": "now", "ask": "Now?", "kind": "rating", "scale": {"min": -1, "max": 3, "labels": labels}},
        {"id": "then", "ask": "Then?", "kind": "rating", "scale": {"min": -1, "max": 3, "labels": labels}},
        {
            "id": "points",
            "ask": "Points",
            "kind": "number",
            "min": 0,
            "max": 100,
            "step": 5,
            "unit": "points",
        },
        {"id": "who", "ask": "Who?", "becomes": "who", "when": {"column": "met", "is": ["o-a", "na"]}},
        {"id": "day", "ask": "When?", "kind": "date", "becomes": "due"},
    ]
    rows = [row | _some(rng, suggest=phrase(rng)) for row in _things(rng, "r", rng.randint(2, 5))]
    table: Table = {"id": "measured", "kind": "table", "ask": "How far?", "columns": columns, "rows": rows}
    total = {"total": {"column": "points", "at_most": 1000}}
    private = {"private": False, "level": "team"}
    table |= {"add_rows": rng.random() < 0.5, **total, **private}
    return {"id": "all-rows", "title": phrase(rng), "prompts": [table]}


def _scores_of_rows(rng: Random) -> Iterator[Table]:
    """Scores of that table by every method, two of them for each row, and one of others."""
    bands = [{"up_to": 1, "say": phrase(rng)}, {"say": phrase(rng)}]
    rated = ["measured.*.then", "measured.*.now"]
    each: Table = {
        "each_row": True,
        "bands": bands,
        **rng.choice(({"offer_at_least": 1}, {"offer_at_most": 2})),
    }
    yield {"id": "gap", "title": phrase(rng), "method": "difference", "items": rated, **each}
    cells = ["measured.*.now", "measured.*.points"]
    yield {"id": "risk", "title": phrase(rng), "method": "product", "items": cells, "each_row": True}
    met = {"id": "met", "title": phrase(rng), "method": "share", "items": ["measured.*.met"]}
    yield met | _some(rng, minimum_answered=2, bands=bands)
    told = {"as": {"min": 0, "max": 100}, "minimum_answered": 1}
    for name, method in (("now", "mean"), ("then", "sum")):
        items = [f"measured.*.{name}"]
        yield {"id": name, "title": phrase(rng), "method": method, "items": items, **told}
    whole = {"id": "whole", "title": phrase(rng), "scores": ["now", "then"]}
    yield {**whole, "method": rng.choice(("mean", "difference")), **_some(rng, reverse=["now"])}


def _asked_by_score(rng: Random) -> Table:
    when = {"score": "now", **rng.choice(({"at_least": 50}, {"at_most": 50}))}
    return {"id": "asked", "kind": "text", "ask": f"{phrase(rng)}?", "when": when, "recall": ["measured.met"]}


def _with_names(rng: Random, sheet: Table) -> Table:
    """The same with some of its scales and options written once, under a name."""
    scales: list[Table] = []
    option_sets: list[Table] = []
    for one in _asking(sheet):
        if "scale" in one and rng.random() < 0.3:
            scales.append({"id": f"scale-{len(scales)}", **one["scale"]})
            one["scale"] = scales[-1]["id"]
        if one.get("kind") == "choice" and "options" in one and rng.random() < 0.3:
            option_sets.append({"id": f"set-{len(option_sets)}", "options": one["options"]})
            one["options"] = option_sets[-1]["id"]
    named = {"scales": scales, "option_sets": option_sets}
    return {**sheet, **{key: tables for key, tables in named.items() if tables}}


def _asking(sheet: Table) -> Iterator[Table]:
    """Every prompt, and every column of one."""
    for section in sheet["sections"]:
        for one in section.get("prompts", ()):
            yield one
            yield from one.get("columns", ())


# --- answers --------------------------------------------------------------------------------------


def _written_out(sheet: Table) -> Table:
    """The worksheet with what its names stand for."""
    sheet = copy.deepcopy(sheet)
    scales = {one["id"]: one for one in sheet.get("scales", ())}
    options = {one["id"]: one["options"] for one in sheet.get("option_sets", ())}
    for one in _asking(sheet):
        if isinstance(one.get("scale"), str):
            one["scale"] = scales[one["scale"]]
        if isinstance(one.get("options"), str):
            one["options"] = options[one["options"]]
    return sheet


def answers(rng: Random, sheet: Table) -> Table:
    """An answers file for a worksheet (as TOML data, includes resolved): most prompts, some steps."""
    sheet = _written_out(sheet)
    given: Table = {}
    prompts = [one for section in sheet["sections"] for one in section["prompts"] if one["kind"] != "plan"]
    for one in prompts:
        if rng.random() < 0.9:
            value = _value(rng, one, given)
            if value not in ("", [], {}):
                given[one["id"]] = value
    person = _some(rng, name=phrase(rng, 2), library=phrase(rng, 3)) | {
        "team": rng.choice(("North", "South"))
    }
    steps = [_action(rng, sorted(given)) for _ in range(rng.randint(0, 4))]
    key = _some(rng, key=f"{phrase(rng, 2)} {rng.randrange(10**9)}")
    return {"worksheet": sheet["id"], **key, "person": person, "answers": given, "actions": steps}


def _action(rng: Random, names: list[str]) -> Table:
    due = rng.choice((TODAY + dt.timedelta(rng.randint(1, 300)), "end of term"))
    parts = _some(rng, who=phrase(rng, 2), due=due, know=phrase(rng), notes=phrase(rng, 9))
    origin = {"from": rng.choice(names)} if names and rng.random() < 0.6 else {}
    steps = ("Ask for a quiet room", "Ask for a quieter room", "Put up a sign", phrase(rng))
    return {
        "step": rng.choice(steps),
        **parts,
        **_some(rng, private=True, level=rng.choice(LEVELS)),
        **origin,
    }


def _value(rng: Random, one: Table, given: Table) -> Any:
    """An answer to a prompt; sometimes a reason why there is none."""
    if rng.random() < 0.06:
        return {"not-answered": rng.choice((*NOT_ANSWERS, *one.get("not_answers", ())))}
    return _VALUES[one["kind"]](rng, one, given)


def _ids(things: list[Table]) -> list[str]:
    return [thing["id"] for thing in things]


def _subset(rng: Random, ids: list[str], most: int) -> list[str]:
    chosen = rng.sample(ids, min(len(ids), rng.randint(1, most)))
    return [name for name in ids if name in chosen]


def _picked(given: Table, source: str) -> list[str]:
    """The ids that were picked, rated or marked at another prompt."""
    value = given.get(source, [])
    if isinstance(value, dict):
        marked = [name for names in value.values() if isinstance(names, list) for name in names]
        return [name for name in marked or value if isinstance(name, str) and name != "not-answered"]
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def _choice(rng: Random, one: Table, given: Table) -> Any:
    if "options_from" in one:
        picked = _picked(given, one["options_from"])
        return rng.choice(picked) if picked else ""
    return (
        {"other": phrase(rng)}
        if one.get("other") and rng.random() < 0.2
        else rng.choice(_ids(one["options"]))
    )


def _choices(rng: Random, one: Table, given: Table) -> Any:
    ids = _picked(given, one["options_from"]) if "options_from" in one else _ids(one["options"])
    ids = [name for name in ids if name not in one.get("exclusive", ())]
    if not ids:
        return []
    picked: list[Any] = _subset(rng, ids, one.get("max", 3))
    has_room = len(picked) < one.get("max", 9)
    return (
        [*picked, {"other": phrase(rng)}] if one.get("other") and has_room and rng.random() < 0.3 else picked
    )


def _ranking(rng: Random, one: Table, given: Table) -> Any:
    ids = _picked(given, one["options_from"]) if "options_from" in one else _ids(one["options"])
    return rng.sample(ids, rng.randint(0, min(len(ids), one.get("top", len(ids)))))


def _number(rng: Random, one: Table, _: Table) -> Any:
    low, high, step = one.get("min", 0), one.get("max", 100), one.get("step", 1)
    return low + step * rng.randint(0, int((high - low) / step))


def _date(rng: Random, _: Table, __: Table) -> dt.date:
    return TODAY + dt.timedelta(days=rng.randint(1, 60))


def _rating(rng: Random, one: Table, _: Table) -> Any:
    scale = one["scale"]

    def point() -> Any:
        return rng.randint(scale["min"], scale["max"])

    if "items" not in one and "add_items" not in one:
        return point()
    reasons = [{"not-answered": reason} for reason in NOT_ANSWERS]
    rated = {
        name: rng.choice(reasons) if rng.random() < 0.1 else point()
        for name in _ids(one.get("items", []))
        if rng.random() < 0.9
    }
    if "add_items" in one and rng.random() < 0.6:
        rated[":own"] = [
            {"other": phrase(rng), **_some(rng, point=point())} for _ in range(rng.randint(1, 2))
        ]
    return rated


def _checklist(rng: Random, one: Table, _: Table) -> Any:
    marked = {}
    for mark in _ids(one.get("marks", [{"id": "yes"}])):
        own = [{"other": phrase(rng)}] if one.get("add_items") and rng.random() < 0.3 else []
        marked[mark] = [*_subset(rng, _ids(one["items"]), 3), *own]
    return marked


def _table(rng: Random, one: Table, given: Table) -> Any:
    if "rows" in one or "rows_from" in one:
        names = _ids(one["rows"]) if "rows" in one else _picked(given, one["rows_from"])
        rows = {name: _row(rng, one, given) for name in names}
        if one.get("add_rows"):
            rows["row-1"] = {"row": phrase(rng), **_row(rng, one, given)}
        return {name: row for name, row in rows.items() if row}
    return [row for _ in range(rng.randint(1, 3)) if (row := _row(rng, one, given))]


def _row(rng: Random, one: Table, given: Table) -> Table:
    return {
        column["id"]: _VALUES[column.get("kind", "text")](rng, column, given)
        for column in one["columns"]
        if column.get("required") or rng.random() < 0.8
    }


def _list(rng: Random, one: Table, _: Table) -> Any:
    return [phrase(rng) for _ in range(rng.randint(one.get("min", 1), one.get("max", 4)))]


def _text(rng: Random, one: Table, _: Table) -> Any:
    return paragraphs(rng) if one.get("long", True) and "ask" in one else phrase(rng)


_VALUES: dict[str, Callable[[Random, Table, Table], Any]] = {
    "text": _text,
    "yes-no": lambda rng, _, __: rng.random() < 0.5,
    "choice": _choice,
    "choices": _choices,
    "ranking": _ranking,
    "number": _number,
    "date": _date,
    "rating": _rating,
    "checklist": _checklist,
    "list": _list,
    "table": _table,
}
ANSWERED = _VALUES.keys()
"""The kinds of prompt that have answers."""
