"""Kinds of prompt in the page for a browser: what they take, and how they read, is what libwell says."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from build import around, things, worksheet_of
from forms import engine, plain
from libwell.kinds.registry import KINDS
from libwell.kinds.values import NOT_ANSWERS, as_tables
from libwell.model import characters, numbers
from libwell.model.conditions import Condition
from libwell.model.dates import say_date
from libwell.model.document import Facts, Listing, Marks, Paragraph
from libwell.model.pages import is_blank
from libwell.rules.asked_now import Asked, asked, while_answering, wrong_with
from libwell.rules.form import form_data
from libwell.storage.definitions import definition_of
from random_forms import LONG, STRANGE, broken, is_same_in_json, random_forms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from random import Random

    from playwright.sync_api import Browser, Page

    from libwell.kinds.base import Prompt
    from libwell.kinds.steps import Around
    from libwell.kinds.values import Given, Value
    from libwell.model.base import Offer, Pick
    from libwell.model.worksheet import Worksheet

WORKSHEETS, BATCH = 500, 50
NAMES = """KINDS, fits, sayTotal, withDays, sayDate, Day, visible, isBlank, oneLine, shortened, firstWords,
unwrapped, quoted, labeled, counted, listed, capital, NOT_ANSWER_WORDS, fraction, add, subtract,
multiply, divide, lengthOf, isDay, compare, plain, inFull, onScale, scaleOf, ordinal"""
JUDGE = """
(text) => {
  const asText = (name, value) => {
    if (value instanceof Set) return [...value].sort();
    if (value instanceof Map) return [...value];
    return typeof value === "bigint" ? String(value) : value;
  };
  const marked = (one) => ({ ...one, marks: one.marks && new Set(one.marks) });
  const judged = ({ prompt, picks, value, entry, others, tests, insides, offers }) => {
    const kind = engine.KINDS[prompt.kind];
    const around = { picks: picks.map(marked) };
    const found = {
      accepts: others.map((one) => engine.fits(prompt, engine.withDays(one), around)),
      ends: insides.map((inside) => kind.ends(prompt, inside)),
      counting: kind.counting(prompt, around.picks).map((one) => one.id),
      takesUp: kind.takesUp(prompt, offers.map(marked)),
    };
    const given = engine.withDays(value ?? undefined);
    found.amounts = insides.map((inside) => kind.amounts(prompt, inside, given, around));
    if (given === undefined) return found;
    for (const name of %s) found[name] = kind[name](prompt, given, around);
    found.current = kind.current(prompt, engine.withDays(entry), around);
    found.joined = prompt.kind === "table" || prompt.kind === "rating" ? found.lines.join("; ") : "";
    found.passes = tests.map((test) => kind.passes(prompt, test, given));
    found.sayTotal = prompt.kind === "table" ? engine.sayTotal(prompt, given, around) : "";
    return found;
  };
  return JSON.stringify(JSON.parse(text).map(judged), asText);
}
"""
OF_VALUES = (
    *("given", "picked", "offers", "rowOffers", "withoutWords", "brief", "lines", "unmet", "lacks"),
    "givenBack",
)
ALWAYS = ("accepts", "ends", "counting", "takesUp", "amounts")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page with the modules in it."""
    page = chromium.new_page()
    page.evaluate(f"window.engine = {engine(NAMES)}")
    yield page
    page.close()


def test_random_answers_are_taken_and_read_as_libwell_does(page: Page) -> None:
    cases: list[dict[str, Any]] = []
    wanted: list[dict[str, Any]] = []
    seen: set[tuple[str, bool]] = set()
    said_something: set[str] = set()
    for number, (worksheet, response, rng) in enumerate(random_forms(WORKSHEETS, seed=17), 1):
        everything = asked(worksheet, response)
        data = prompts_in(worksheet)
        for said in everything:
            one = said
            if one.prompt.holds_actions:
                one = while_answering(said, everything, worksheet, response, now=around())
            case = _case(one, data[one.prompt.id], rng)
            cases.append(case)
            wanted.append(_wanted(one, case))
            said_something |= {name for name, said in wanted[-1].items() if said}
            seen |= {(one.prompt.kind, accepted) for accepted in wanted[-1]["accepts"]}
        if number % BATCH == 0:
            _compare(page, cases, wanted)
            cases, wanted = [], []
    assert said_something == {*OF_VALUES, *ALWAYS, "current", "passes", "sayTotal", "joined"}
    assert seen == {(kind, accepted) for kind in KINDS for accepted in (True, False)}


def prompts_in(worksheet: Worksheet) -> dict[str, Any]:
    """The prompts of a worksheet by their ids, as the page has them."""
    form = form_data(worksheet, definition_of(worksheet), version="1", support=())
    return {prompt["id"]: prompt for section in form["sections"] for prompt in section["prompts"]}


def _compare(page: Page, cases: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    for case, there, here in zip(cases, judged(page, cases), wanted, strict=True):
        for name, value in json.loads(json.dumps(here)).items():
            if name == "lines" and value is None:
                continue
            assert there.get(name) == value, f"{name} {case}"


def judged(page: Page, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the page says of each case."""
    found: list[dict[str, Any]] = json.loads(page.evaluate(JUDGE % json.dumps(OF_VALUES), json.dumps(cases)))
    return found


def _case(one: Asked, data: Any, rng: Random) -> dict[str, Any]:
    """What the page is told of a prompt and its answer."""
    entry: Any = None if one.prompt.holds_actions else one.kept
    base = entry if entry is not None else rng.choice(STRANGE)
    others = [entry, *(broken(rng, base) for _ in range(6))] if entry is not None else [base]
    parts: list[Any] = [*one.prompt.names()]
    insides = ["", *(name for name, _ in parts)]
    if one.prompt.kind == "table":
        columns, rows = ([name for name, key in parts if key == where] for where in ("columns", "rows"))
        insides = [f"{row}.{column}" for row in ("*", *rows) for column in columns]
    return {
        "prompt": data,
        "picks": list(map(_pick, one.around.picks)),
        "value": _value(one),
        "entry": _value(one) if one.prompt.holds_actions else plain(entry),
        "others": [plain(other) for other in others if is_same_in_json(other)],
        "tests": _tests(one.prompt),
        "insides": insides,
        "offers": list(map(_offer, one.around.offers)),
    }


def _value(one: Asked) -> Any:
    """What counts, as plain data; a plan is its steps."""
    if one.value is not None and one.prompt.holds_actions:
        return [{"step": action["step"]} for action in plain(one.value)]
    return plain(one.value)


def _wanted(one: Asked, case: dict[str, Any]) -> dict[str, Any]:
    """What libwell says of the same."""
    prompt, value, near = one.prompt, one.value, one.around
    found = {
        "accepts": [not wrong_with(prompt, undone(other), near) for other in case["others"]],
        "ends": [_ends(prompt, inside) for inside in case["insides"]],
        "counting": [pick.id for pick in prompt.counting(near.picks)],
        "takesUp": list(map(_offer, prompt.takes_up(list(near.offers)))),
        "amounts": [_amounts(prompt, inside, value, near) for inside in case["insides"]],
    }
    if value is None:
        return found
    return found | {
        "given": list(map(_given, prompt.given(value, near))),
        "picked": list(map(_pick, prompt.picked(value, near))),
        "offers": list(map(_offer, prompt.offers(value, near))),
        "rowOffers": list(map(_offer, prompt.row_offers(value, near))),
        "withoutWords": plain(prompt.without_words(value)),
        "brief": prompt.brief(value, near),
        "lines": _lines(prompt, value, near),
        "unmet": prompt.unmet(value, near),
        "lacks": [{"message": lack.message, "path": lack.path} for lack in prompt.lacks(value, near)],
        "givenBack": [{"title": group.title, "items": group.items} for group in prompt.given_back(value)],
        "current": case["value"] if prompt.holds_actions else plain(prompt.current(one.kept, near)),
        "passes": [prompt.passes(Condition.model_validate(test), value) for test in case["tests"]],
        "sayTotal": _total(prompt, value, near),
        "joined": prompt.brief(value, near) if prompt.kind in ("table", "rating") else "",
    }


def _given(given: Given) -> dict[str, Any]:
    return {
        "item": given.item,
        "about": given.about,
        "mark": given.mark,
        "markText": given.mark_text,
        "value": plain(given.value),
        "text": given.text,
        "written": given.written,
        "notAnswered": given.not_answered or "",
    }


def _total(prompt: Prompt, value: Value, near: Around) -> str:
    """How far a table's numbers add up, which each of its steps says."""
    steps = prompt.steps(value, near) if prompt.kind == "table" else ()
    return steps[0].about if steps else ""


def undone(value: Any) -> Any:
    """Plain data with its days as days."""
    if isinstance(value, dict):
        if value.keys() == {":day"}:
            return dt.date.fromisoformat(value[":day"])
        return {name: undone(inside) for name, inside in value.items()}
    return [*map(undone, value)] if isinstance(value, list) else value


def _some(**keys: Any) -> dict[str, Any]:
    """The keys that say something."""
    return {name: value for name, value in keys.items() if value is not None}


def _pick(pick: Pick) -> dict[str, Any]:
    said = _some(id=pick.id, text=pick.text, help=pick.help, suggest=pick.suggest, level=pick.level)
    return said | _some(point=pick.point, marks=sorted(pick.marks))


def _offer(offer: Offer) -> dict[str, Any]:
    said = _some(address=offer.address, step=offer.step, about=offer.about, level=offer.level)
    parts = {name: plain(getattr(offer, name)) or None for name in ("who", "due", "know", "notes")}
    return said | _some(marks=sorted(offer.marks) or None) | _some(**parts)


def _fraction(number: Fraction | None) -> list[str] | None:
    return None if number is None else [str(number.numerator), str(number.denominator)]


def _ends(prompt: Prompt, inside: str) -> dict[str, Any] | None:
    ends = prompt.ends(inside)
    return ends and {"low": _fraction(ends.low), "high": _fraction(ends.high)}


def _amounts(prompt: Prompt, inside: str, value: Value | None, near: Around) -> list[Any]:
    return [[row, _fraction(amount)] for row, amount in prompt.amounts(inside, value, near).items()]


def _lines(prompt: Prompt, value: Value, near: Around) -> list[str] | None:
    """The lines of the answer as documents show it; None where they show a table or bars."""
    if prompt.kind in ("table", "rating"):
        return None
    if prompt.holds_actions:
        return [str(action["step"]) for action in as_tables(value)]
    lines: list[str] = []
    for block in prompt.show(value, near):
        match block:
            case Paragraph(text=text):
                lines += text.split("\n")
            case Listing(items=items):
                lines += items
            case Facts(pairs=pairs):
                lines += [characters.labeled(label, text) for label, text in pairs]
            case Marks(lists=lists):
                lines += [characters.labeled(one.title, item) for one in lists for item in one.items]
    return lines


def _tests(prompt: Prompt) -> list[dict[str, Any]]:
    """Tests of conditions that go with a prompt, as a worksheet has them."""
    ids = [*prompt.pickable_ids(), "other", "other-1"]
    by_kind: dict[str, list[dict[str, Any]]] = {
        "yes-no": [{"is": True}, {"is": False}],
        "number": [{"is": 5}, {"at_least": 5}, {"at_most": 12.5}, {"at_least": 2, "at_most": 30}],
        "choice": [{"is": name} for name in ids],
        "choices": [{"includes": name} for name in ids],
        "ranking": [{"includes": name} for name in ids],
        "checklist": [{"marked": name} for name in ids],
        "rating": [{"item": name, "at_least": 1} for name in ids] + [{"at_least": 1}, {"at_most": 0}],
    }
    found = by_kind.get(prompt.kind, [])
    marks = [name for name, key in prompt.names() if key == "marks"]
    found += [{"with": mark} for mark in marks]
    found += [{"marked": name, "with": mark} for mark in marks for name in ids]
    return [{"prompt": prompt.id, **test} for test in found]


# --- hostile values --------------------------------------------------------------------------------

BARE: dict[str, Any] = {"picks": [], "value": None, "entry": None, "tests": [], "insides": [], "offers": []}
WORDS_COLUMN = '{ id = "words", ask = "What?" }'
EVERY_KIND = (
    'kind = "text"',
    'kind = "text", max_length = 100',
    'kind = "yes-no", not_answers = ["dont-know"]',
    f'kind = "choice", other = true, options = {things("o-a", "o-b")}',
    f'kind = "choices", options = {things("o-a", "constructor")}',
    f'kind = "ranking", options = {things("o-a", "o-b")}',
    'kind = "number"',
    'kind = "date"',
    'kind = "rating", scale = { min = 0, max = 3, labels = ["Low", "High"] }',
    f"""kind = "rating", add_items = true, items = {things("i-a", "constructor")},
    scale = {{ min = -2, max = 3, labels = ["Low", "High"] }}""",
    f'kind = "checklist", add_items = true, items = {things("i-a", "i-b")}',
    'kind = "list"',
    'kind = "table", columns = [{ id = "words", ask = "What?" }, { id = "constructor", ask = "Who?" }]',
    f'kind = "table", rows = {things("o-a", "constructor")}, add_rows = true, columns = [{WORDS_COLUMN}]',
    'kind = "plan"',
)


@pytest.mark.parametrize("keys", EVERY_KIND)
def test_what_does_not_fit_is_not_taken(page: Page, keys: str) -> None:
    worksheet = worksheet_of(f'id = "it", {" ".join(keys.split())}')
    (prompt,), data = worksheet.sections[0].prompts, prompts_in(worksheet)["it"]
    long = [*LONG, [LONG[1]], {"other": LONG[1]}, [{"words": LONG[1]}], {"o-a": {"words": LONG[3]}}]
    inside = ({name: strange} for name in ("constructor", "yes", "o-a") for strange in STRANGE)
    others = list(filter(is_same_in_json, [*STRANGE, *long, *inside]))
    case = {**BARE, "prompt": data, "others": list(map(plain, others))}
    (found,) = judged(page, [case])
    assert found["accepts"] == [not wrong_with(prompt, other, around()) for other in others]


# --- words, numbers and days -----------------------------------------------------------------------

SIGNS = "\ud83d\x1c\x85\ufeff\u2028\u202e\xa0\U000e0041\r\n\n\t  ..:?!"
texts = st.lists(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(SIGNS)), max_size=20)
amounts = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)


@given_by(texts, st.integers(1, 30))
def test_words_are_those_of_libwell(page: Page, found: list[str], longest: int) -> None:
    script = """([texts, longest]) => JSON.stringify(JSON.parse(texts).map((text) => [
      engine.visible(text), engine.isBlank(text), engine.oneLine(text), engine.unwrapped(text),
      engine.shortened(text, longest), engine.firstWords(text, longest), engine.quoted(text),
      engine.labeled(text, text), engine.lengthOf(text),
    ]))"""
    wanted = [
        [
            *(characters.make_visible(text), is_blank(text), characters.one_line(text)),
            *(characters.unwrapped(text), characters.shortened(text, longest)),
            *(characters.first_words(text, longest), characters.quoted(text)),
            *(characters.labeled(text, text), len(text)),
        ]
        for text in found
    ]
    assert json.loads(page.evaluate(script, [json.dumps(found), longest])) == wanted


@given_by(st.lists(amounts.filter(lambda number: str(number) != "-0.0"), min_size=3, max_size=20))
def test_numbers_are_those_of_libwell(page: Page, found: list[float]) -> None:
    script = """(text) => {
      const { fraction, add, subtract, multiply, divide, compare, plain, inFull, onScale } = engine;
      const numbers = JSON.parse(text);
      const [one, other] = numbers.map(fraction);
      const whole = [add, subtract, multiply].map((work) => work(one, other));
      const last = other[0] === 0n ? other : divide(one, other);
      const written = [...whole, last].map((number) => number.join("/"));
      const said = numbers.flatMap((number) => [plain(number), plain(number, 15), inFull(number)]);
      return [...written, compare(one, other), onScale(...numbers.slice(0, 3)), ...said];
    }"""
    one, other = map(numbers.exact, found[:2])
    results = [one + other, one - other, one * other, one / other if other else other]
    said = [
        text
        for number in found
        for text in (numbers.plain(number), numbers.plain(number, digits=15), numbers.in_full(number))
    ]
    written = [f"{number.numerator}/{number.denominator}" for number in results]
    order = (one > other) - (one < other)
    wanted = [*written, order, numbers.on_scale(*found[:3]), *said]
    assert page.evaluate(script, json.dumps(found)) == wanted


@given_by(st.lists(st.dates(), max_size=20))
def test_days_are_said_as_libwell_says_them(page: Page, days: list[dt.date]) -> None:
    script = "(texts) => texts.map((text) => engine.sayDate(new engine.Day(text)))"
    assert page.evaluate(script, [day.isoformat() for day in days]) == list(map(say_date, days))


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "0000-01-01", "2026-1-1", "2026-12-01 ", ""])
def test_what_is_no_day_is_none(page: Page, text: str) -> None:
    assert page.evaluate("(text) => engine.isDay(engine.withDays({ ':day': text }))", text) is False


def test_ordinals_and_reasons_are_those_of_libwell(page: Page) -> None:
    said = page.evaluate("() => [...Array(130).keys()].map((place) => engine.ordinal(place + 1))")
    assert said == [numbers.ordinal(number) for number in range(1, 131)]
    assert page.evaluate("() => engine.NOT_ANSWER_WORDS") == NOT_ANSWERS
