"""Conditions that can never hold are found, each once and where it stands; what can hold is left alone."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from build import (
    asked_ids,
    examine,
    mistakes_in,
    response_for,
    section_text,
    sheet_text,
    things,
    worksheet_text,
)
from libwell.rules.asked_now import asked
from libwell.rules.conditions import holds
from libwell.storage.definitions import read_definition
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from libwell.model.worksheet import Worksheet

FEW = 'max = 2, exclusive = ["none"]'
POINTS = 'scale = { min = 0, max = 3, labels = ["no", "yes"] }'
MARKS = f"marks = {things('well', 'do')}"
ABOVE = (
    'id = "sure", kind = "yes-no"',
    f'id = "place", kind = "choice", other = true, options = {things("van", "branch")}',
    f'id = "areas", kind = "choices", {FEW}, options = {things("a", "b", "c", "none")}',
    'id = "hours", kind = "number", min = 0, max = 10, step = 1',
    'id = "weight", kind = "number"',
    f'id = "calm", kind = "rating", {POINTS}',
    f'id = "practice", kind = "rating", {POINTS}, items = {things("signs", "crowding")}',
    f'id = "supports", kind = "checklist", {MARKS}, items = {things("breaks", "learning")}',
    'id = "words", kind = "text"',
    'id = "why", kind = "text", when = { prompt = "sure", is = true }',
    'id = "how", kind = "text", when = { prompt = "why", answered = true }',
    'id = "focus", kind = "choice", options_from = "areas"',
    'id = "more", kind = "choices", other = true, options_from = "focus"',
    'id = "rows", kind = "table", rows_from = "areas", columns = [{ id = "c", ask = "?" }]',
)
IT = f"sections[1].prompts[{len(ABOVE) + 1}].when"


def of(name: str, test: str) -> str:
    """A test of a prompt."""
    return f'prompt = "{name}", {test}'


def text_prompt(name: str, condition: str) -> str:
    return f'id = "{name}", kind = "text", when = {{ {condition} }}'


def both(*tests: str) -> str:
    """A condition: these tests hold together."""
    return "all = [" + ", ".join(f"{{ {test} }}" for test in tests) + "]"


def with_condition(*tests: str) -> str:
    """A worksheet whose last prompt is asked when all of these tests hold."""
    return worksheet_text(*ABOVE, text_prompt("it", both(*tests)))


def found(text: str) -> list[tuple[str, str]]:
    """The key and the message of each mistake."""
    mistakes = mistakes_in(text)
    assert all(mistake.remedy and mistake.line for mistake in mistakes)
    return [(mistake.key, mistake.message) for mistake in mistakes]


# --- tests that contradict each other -------------------------------------------------------------


def no(test: str) -> str:
    return f"not = {{ {test} }}"


NEVER = [
    (
        (of("sure", "is = true"), of("sure", "is = false")),
        "that sure is true and that sure is false",
    ),
    (
        (of("place", 'is = "van"'), of("place", 'is = "other"')),
        "place is van and that place is other",
    ),
    ((of("hours", "is = 1"), of("hours", "is = 2")), "hours is 1 and that hours is 2"),
    ((of("words", "answered = true"), of("words", "answered = false")), "words is not answered"),
    (
        (of("calm", "at_least = 1"), of("calm", "answered = false")),
        "calm is at least 1 and that calm is",
    ),
    (
        (of("calm", "at_least = 2"), of("calm", "at_most = 1")),
        "at least 2 and that calm is at most 1",
    ),
    (
        (
            of("practice", 'item = "signs", at_least = 2'),
            of("practice", 'item = "signs", at_most = 1'),
        ),
        "practice.signs is at least 2 and that practice.signs is at most 1",
    ),
    (
        (of("calm", "at_least = 1.2"), of("calm", "at_most = 1.8")),
        "calm is at most 1.8; its scale goes from 0 to 3",
    ),
    (
        (of("hours", "at_least = 1.2"), of("hours", "at_most = 1.8")),
        "hours is at most 1.8; it goes in steps of 1",
    ),
    (
        (of("areas", 'includes = "a"'), no(of("areas", 'includes = "a"'))),
        "areas does not include a",
    ),
    (
        tuple(of("areas", f'includes = "{name}"') for name in "abc"),
        "a, that areas includes b and that areas includes c; at most 2 can be chosen there",
    ),
    (
        (of("areas", 'includes = "none"'), of("areas", 'includes = "a"')),
        "areas includes a; none stands alone there",
    ),
    (
        (
            no(of("sure", "is = true")),
            no(of("sure", "is = false")),
            of("sure", "answered = true"),
        ),
        "sure is not true, that sure is not false and that sure is answered",
    ),
    (
        (of("supports", 'marked = "breaks", with = "do"'), no(of("supports", 'marked = "breaks"'))),
        "at supports breaks is marked with do and that at supports breaks is not marked",
    ),
    (
        (of("supports", 'with = "do"'), no(of("supports", 'with = "do"'))),
        "at supports something is marked with do and that at supports something is not marked with do",
    ),
    (
        (of("weight", "at_least = 2"), no(of("weight", "at_least = 1.5"))),
        "weight is not at least 1.5",
    ),
    # with what has to be so for the prompts looked at to be asked
    ((of("why", "answered = true"), of("sure", "is = false")), "sure is true for why to be asked"),
    ((of("how", "answered = true"), of("sure", "is = false")), "sure is true for why to be asked"),
    (
        (of("how", "answered = true"), of("why", "answered = false")),
        "why is answered for how to be asked",
    ),
    # with what has to be picked above
    ((of("focus", 'is = "a"'), no(of("areas", 'includes = "a"'))), "areas includes a for focus"),
    ((of("focus", 'is = "a"'), of("areas", 'includes = "none"')), "none stands alone there"),
    (
        (of("focus", "answered = true"), of("areas", "answered = false")),
        "areas is answered for focus",
    ),
    (
        (of("rows", "answered = true"), of("areas", "answered = false")),
        "areas is answered for rows",
    ),
    ((of("more", 'includes = "a"'), of("focus", 'is = "b"')), "focus is a for more"),
    (
        (of("more", 'includes = "a"'), no(of("areas", 'includes = "a"'))),
        "areas includes a for focus",
    ),
]


@pytest.mark.parametrize(("tests", "said"), NEVER)
def test_tests_that_contradict_each_other(tests: tuple[str, ...], said: str) -> None:
    ((key, message),) = found(with_condition(*tests))
    assert key == IT
    assert message.startswith("this can never hold: it takes that ")
    assert said in message


def test_only_what_contradicts_is_named_and_what_to_do() -> None:
    text = with_condition(
        of("sure", "is = true"),
        of("words", "answered = true"),
        of("calm", "at_least = 1"),
        of("sure", "is = false"),
    )
    (mistake,) = mistakes_in(text)
    assert mistake.message == "this can never hold: it takes that sure is true and that sure is false."
    assert mistake.remedy == "Take one of these out, or let either do with any = […]."


CAN = [
    ((of("sure", "is = true"), of("place", 'is = "van"')), 'sure = true\nplace = "van"'),
    ((no(of("sure", "is = true")), no(of("sure", "is = false"))), ""),
    (
        (no(of("place", 'is = "van"')), no(of("place", 'is = "branch"')), of("place", "answered = true")),
        'place = { other = "Home" }',
    ),
    ((of("areas", 'includes = "a"'), of("areas", 'includes = "b"')), 'areas = ["a", "b"]'),
    ((of("areas", 'includes = "none"'), no(of("areas", 'includes = "a"'))), 'areas = ["none"]'),
    ((of("hours", "at_least = 2"), of("hours", "at_most = 2"), of("hours", "is = 2")), "hours = 2"),
    (
        (of("weight", "at_least = 2"), no(of("weight", "at_least = 2.5")), no(of("weight", "is = 2"))),
        "weight = 2.25",
    ),
    (
        (of("practice", 'item = "signs", at_least = 2'), of("practice", 'item = "crowding", at_most = 1')),
        "practice = { signs = 2, crowding = 1 }",
    ),
    (
        (of("practice", "answered = true"), no(of("practice", 'item = "signs", at_least = 0'))),
        "practice = { crowding = 1 }",
    ),
    (
        (of("supports", 'marked = "breaks"'), no(of("supports", 'marked = "breaks", with = "do"'))),
        'supports = { well = ["breaks"] }',
    ),
    (
        (of("supports", 'with = "do"'), no(of("supports", 'marked = "breaks"'))),
        'supports = { do = ["learning"] }',
    ),
    ((of("why", "answered = false"), of("sure", "is = false")), "sure = false"),
    ((no(of("why", "answered = true")), of("sure", "is = true")), "sure = true"),
    ((of("focus", 'is = "a"'), no(of("areas", 'includes = "b"'))), 'areas = ["a"]\nfocus = "a"'),
    ((of("more", "answered = true"), of("areas", "answered = false")), 'more = [{ other = "x" }]'),
]


@pytest.mark.parametrize(("tests", "answers"), CAN)
def test_what_can_hold_is_left_alone(tests: tuple[str, ...], answers: str) -> None:
    text = with_condition(*tests)
    assert found(text) == []
    worksheet = examine(text).worksheet
    assert worksheet is not None
    assert "it" in asked_ids(worksheet, answers)


# --- where it is said -----------------------------------------------------------------------------

SURE = 'id = "sure", kind = "yes-no"'
NEITHER = both(of("sure", "is = true"), of("sure", "is = false"))
YES, NO = 'when = { prompt = "sure", is = true }', 'when = { prompt = "sure", is = false }'


def section(name: str, *prompts: str, when: str = "") -> str:
    return section_text(*prompts, keys=f'id = "{name}"\ntitle = "Title"\n{when}')


def test_a_prompt_that_contradicts_its_section() -> None:
    text = sheet_text(
        section("one", SURE),
        section("two", 'id = "a", kind = "text"', f'id = "b", kind = "text", {NO}', when=YES),
    )
    ((key, message),) = found(text)
    assert key == "sections[2].prompts[2].when"
    assert message.endswith("that sure is false and that sure is true for its section to be asked.")


def test_a_section_that_can_never_be_asked_is_named_and_not_its_prompts() -> None:
    text = sheet_text(
        section("one", SURE),
        section(
            "two",
            'id = "a", kind = "yes-no"',
            f'id = "b", kind = "text", {YES}',
            when=f"when = {{ {NEITHER} }}",
        ),
        section("three", 'id = "c", kind = "text", when = { prompt = "a", is = true }'),
    )
    assert [key for key, _ in found(text)] == ["sections[2].when"]


def test_what_depends_on_it_is_not_named_again_but_its_own_mistakes_are() -> None:
    text = worksheet_text(
        SURE,
        text_prompt("a", NEITHER),
        text_prompt("b", of("a", "answered = true")),
        text_prompt("c", both(of("b", "answered = true"), of("sure", "is = true"))),
        text_prompt("d", both(of("a", "answered = true"), of("a", "answered = false"))),
    )
    assert [key for key, _ in found(text)] == ["sections[1].prompts[2].when", "sections[1].prompts[5].when"]


def test_of_several_ways_none_of_which_can_hold_the_first_is_told() -> None:
    either = 'any = [{ prompt = "sure", is = false }, { prompt = "sure", answered = false }]'
    ((_, message),) = found(with_condition(of("why", "answered = true"), either))
    assert message == (
        "this can never hold in any of its 2 ways; the first takes that sure is false "
        "and that sure is true for why to be asked."
    )


def test_one_way_that_can_hold_is_enough() -> None:
    either = 'any = [{ prompt = "sure", is = false }, { prompt = "words", answered = true }]'
    assert found(with_condition(of("why", "answered = true"), either)) == []


def test_not_is_turned_inside_out() -> None:
    neither = 'not = { any = [{ prompt = "sure", is = true }, { not = { prompt = "sure", is = true } }] }'
    ((_, message),) = found(with_condition(neither))
    assert "that sure is not true and that sure is true" in message
    assert found(with_condition(no(NEITHER))) == []


def test_a_test_with_a_mistake_of_its_own_is_named_once() -> None:
    text = with_condition(of("calm", "at_least = 4"), of("calm", "at_most = 1"))
    assert [key for key, _ in found(text)] == [f"{IT}.all[1].at_least"]
    below = of("it", "answered = true")
    assert [key for key, _ in found(with_condition(below, of("it", "answered = false")))] == [
        f"{IT}.all[1].prompt",
        f"{IT}.all[2].prompt",
    ]


def test_what_could_not_be_read_is_not_judged() -> None:
    text = worksheet_text(
        'id = "odd", kind = "txt"',
        text_prompt("a", both(of("odd", "is = 1"), of("odd", "is = 2"))),
    )
    assert [key for key, _ in found(text)] == ["sections[1].prompts[1].kind"]


def test_a_condition_of_which_something_could_not_be_read_may_hold() -> None:
    either = f'any = [{{ {NEITHER} }}, {{ prompt = "sure", is = [] }}]'
    mistakes = mistakes_in(worksheet_text(SURE, text_prompt("a", either)))
    assert [mistake.key for mistake in mistakes] == ["sections[1].prompts[2].when.any[2].is"]


def test_of_two_prompts_with_one_id_nothing_is_concluded() -> None:
    neither = both(of("other-one", "is = true"), of("other-one", "is = false"))
    other = SURE.replace("sure", "other-one")
    text = worksheet_text(SURE, SURE, other, text_prompt("a", NEITHER), text_prompt("b", neither))
    assert [key for key, _ in found(text)] == ["sections[1].prompts[2].id", "sections[1].prompts[5].when"]


# --- tests that no answer passes ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "key", "said"),
    [
        (of("calm", "at_least = 4"), "at_least", "calm is never 4 or more. Its scale goes from 0 to 3"),
        (of("calm", "at_most = -1"), "at_most", "calm is never -1 or less."),
        (of("practice", 'item = "signs", at_least = 4'), "at_least", "practice.signs is never 4 or more."),
        (of("calm", "at_least = 2, at_most = 1"), "at_least", "at_least is above at_most. Exchange the two."),
        (of("calm", "at_least = 1.2, at_most = 1.8"), "at_least", "calm is never from 1.2 to 1.8."),
        (of("hours", "at_least = 11"), "at_least", "hours is never 11 or more. Its numbers go from 0"),
        (of("hours", "at_most = -0.5"), "at_most", "hours is never -0.5 or less."),
        (of("hours", "at_least = 0.1, at_most = 0.9"), "at_least", "hours is never from 0.1 to 0.9."),
        (of("hours", "is = 11"), "is", "hours is never 11."),
        (of("hours", "is = 2.5"), "is", "hours is never 2.5."),
        (of("weight", "at_least = 1e15"), "at_least", "weight is never 1000000000000000.0 or more."),
        (of("focus", 'is = "d"'), "is", "there is no “d” there."),
        (of("focus", 'is = "other"'), "is", "there is no “other” there."),
        (of("more", 'includes = "d"'), "includes", "there is no “d” there."),
    ],
)
def test_a_test_that_no_answer_passes(test: str, key: str, said: str) -> None:
    text = with_condition(of("words", "answered = true"), test)
    (mistake,) = mistakes_in(text)
    assert mistake.key == f"{IT}.all[2].{key}"
    assert f"{mistake.message} {mistake.remedy}".startswith(said)


@pytest.mark.parametrize(
    "test",
    [
        of("calm", "at_least = -5"),
        of("calm", "at_most = 9"),
        of("calm", "at_least = 2.5"),
        of("hours", "is = 2.0"),
        of("weight", "is = -3.5"),
        of("focus", 'is = "none"'),
        of("focus", 'is = "other-1"'),
        of("more", 'includes = "other"'),
        of("more", 'includes = "a"'),
    ],
)
def test_a_test_that_some_answer_passes(test: str) -> None:
    assert found(with_condition(test)) == []


# --- what is too much, and what was asked already -------------------------------------------------


def test_what_is_too_much_to_unfold_is_left_alone_and_does_not_take_long() -> None:
    pairs = [
        f"any = [{{ {of('areas', one)} }}, {{ {of('practice', other)} }}]"
        for one, other in itertools.product(
            ['includes = "a"', 'includes = "b"', "answered = true"],
            ['item = "signs", at_least = 1', 'item = "crowding", at_most = 2', "answered = true"],
        )
    ]
    condition = both(*pairs * 20, of("sure", "is = true"), of("sure", "is = false"))
    prompts = [text_prompt(f"p{number}", condition) for number in range(30)]
    before = time.process_time()
    assert len(found(worksheet_text(*ABOVE, *prompts))) < 30
    assert time.process_time() - before < 10


def test_a_long_chain_of_prompts_does_not_take_long() -> None:
    chain = [
        text_prompt(f"p{number}", of(f"p{number - 1}", "is = true")).replace('"text"', '"yes-no"')
        for number in range(1, 300)
    ]
    before = time.process_time()
    assert found(worksheet_text('id = "p0", kind = "yes-no"', *chain)) == []
    assert time.process_time() - before < 10


def test_an_old_response_can_be_read_whose_worksheet_has_a_prompt_that_was_never_asked() -> None:
    text = with_condition(of("sure", "is = true"), of("sure", "is = false"))
    assert not examine(text).is_sound
    assert read_definition(text) == examine(text).worksheet


# --- no false alarms, and none missed -------------------------------------------------------------

TWO, THREE = [{"id": name, "text": name} for name in "ab"], [{"id": name, "text": name} for name in "abc"]
SCALE = {"min": 0, "max": 2, "labels": ["no", "yes"]}
OWN = {"other": "x", "id": "other-1"}
HALVES = [half / 2 for half in range(-2, 9)]


def subsets(things: list[Any]) -> list[list[Any]]:
    return [list(some) for size in range(len(things) + 1) for some in itertools.combinations(things, size)]


# Each kind: its keys, every answer that makes a difference, and tests of it.
KINDS: dict[str, tuple[dict[str, Any], list[Any], list[dict[str, Any]]]] = {
    "sure": ({"kind": "yes-no"}, [True, False], [{"is": True}, {"is": False}]),
    "place": (
        {"kind": "choice", "options": TWO, "other": True},
        ["a", "b", OWN],
        [{"is": name} for name in ("a", "b", "other")],
    ),
    "only": ({"kind": "choice", "options": TWO}, ["a", "b"], [{"is": "a"}, {"is": "b"}]),
    "areas": (
        {"kind": "choices", "options": THREE, "max": 2, "exclusive": ["c"]},
        [some for some in subsets(["a", "b", "c"]) if len(some) < 2 or (len(some) == 2 and "c" not in some)],
        [{"includes": name} for name in "abc"],
    ),
    "one": (
        {"kind": "choices", "options": TWO, "max": 1, "other": True},
        [some for some in subsets(["a", "b", OWN]) if len(some) < 2],
        [{"includes": name} for name in ("a", "b", "other")],
    ),
    "hours": (
        {"kind": "number", "min": 0, "max": 3, "step": 1},
        [0, 1, 2, 3],
        [
            {"is": 1},
            {"is": 2},
            {"at_least": 1},
            {"at_least": 2.5},
            {"at_most": 1.5},
            {"at_least": 1, "at_most": 2},
        ],
    ),
    "weight": (
        {"kind": "number", "max": 3},
        [half for half in HALVES if half <= 3],
        [
            {"is": 1},
            {"is": 2},
            {"at_least": 1},
            {"at_least": 2},
            {"at_most": 1},
            {"at_least": 0, "at_most": 2},
        ],
    ),
    "calm": (
        {"kind": "rating", "scale": SCALE},
        [0, 1, 2],
        [{"at_least": 1}, {"at_least": 2}, {"at_most": 0}, {"at_most": 1}, {"at_least": 1, "at_most": 1}],
    ),
    "practice": (
        {"kind": "rating", "scale": SCALE, "items": TWO},
        [
            {name: point for name, point in (("a", one), ("b", other)) if point is not None}
            for one, other in itertools.product((None, 0, 1, 2), repeat=2)
        ],
        [
            {"item": item, **bound}
            for item in "ab"
            for bound in ({"at_least": 1}, {"at_most": 1}, {"at_most": 0})
        ],
    ),
    "supports": (
        {
            "kind": "checklist",
            "marks": TWO,
            "items": [{"id": name, "text": name} for name in "xy"],
            "add_items": True,
        },
        [{"a": one, "b": other} for one, other in itertools.product(subsets(["x", "y", OWN]), repeat=2)],
        [
            {"marked": "x"},
            {"marked": "other"},
            {"with": "a"},
            {"marked": "x", "with": "a"},
            {"marked": "y", "with": "b"},
        ],
    ),
    "words": ({"kind": "text"}, ["x"], []),
}
MOST_PROMPTS = 4


@st.composite
def conditions(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    """A condition that looks at some of the prompts named; the same tests come up again and again."""
    looked_at = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    tests = [
        {"prompt": name, **test}
        for name in looked_at
        for test in (*KINDS[name][2], {"answered": True}, {"answered": False})
    ]
    some = st.sampled_from(draw(st.lists(st.sampled_from(tests), min_size=1, max_size=4)))
    tree = st.recursive(
        some,
        lambda parts: st.one_of(
            st.builds(lambda part: {"not": part}, parts),
            st.builds(
                lambda key, several: {key: several},
                st.sampled_from(["all", "all", "any"]),
                st.lists(parts, min_size=1, max_size=3),
            ),
        ),
        max_leaves=5,
    )
    return draw(tree)


@st.composite
def worksheets(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=MOST_PROMPTS - 1, unique=True))
    prompts: list[dict[str, Any]] = []
    for position, name in enumerate([*names, "last"]):
        keys = KINDS[name][0] if name in KINDS else {"kind": "text"}
        has_when = position > 0 and (name == "last" or draw(st.booleans()))
        when = {"when": draw(conditions(names[:position]))} if has_when else {}
        prompts.append({"id": name, "ask": "?", **keys, **when})
    cut = draw(st.integers(1, len(names)))
    second = {"when": draw(conditions(names[:cut]))} if draw(st.booleans()) else {}
    sections = [
        {"id": "section-one", "title": "One", "prompts": prompts[:cut]},
        {"id": "section-two", "title": "Two", **second, "prompts": prompts[cut:]},
    ]
    return {"libwell": "worksheet/1", "id": "test", "version": "1", "title": "Test", "sections": sections}


def ever_held(worksheet: Worksheet) -> set[str]:
    """The keys of every `when` that holds after some answers, found by giving all of them."""
    steps: list[tuple[int, int]] = [
        (number, position)
        for number, section in enumerate(worksheet.sections)
        for position in range(-1, len(section.prompts))
    ]
    held: set[str] = set()

    def go_on(at: int, answers: Mapping[str, Any]) -> None:
        if at == len(steps):
            return
        number, position = steps[at]
        section = worksheet.sections[number]
        if position < 0:
            if holds(section.when, answers):
                held.add(f"sections[{number + 1}].when")
                go_on(at + 1, answers)
            else:
                go_on(at + 1 + len(section.prompts), answers)
            return
        prompt = section.prompts[position]
        go_on(at + 1, answers)
        if holds(prompt.when, answers):
            held.add(f"sections[{number + 1}].prompts[{position + 1}].when")
            for value in KINDS[prompt.id][1] if prompt.id in KINDS else ():
                go_on(at + 1, {**answers, prompt.id: value})

    go_on(0, {})
    return held


def conditions_in(worksheet: Worksheet) -> Iterator[str]:
    for number, section in enumerate(worksheet.sections, 1):
        if section.when is not None:
            yield f"sections[{number}].when"
        for position, prompt in enumerate(section.prompts, 1):
            if prompt.when is not None:
                yield f"sections[{number}].prompts[{position}].when"


@examples(300)
@given(data=worksheets())
def test_what_is_found_never_holds_and_the_first_that_never_holds_is_found(data: dict[str, Any]) -> None:
    text = tomli_w.dumps(data)
    worksheet = examine(text).worksheet
    assert worksheet is not None
    keys = [key for key, _ in found(text)]
    held = ever_held(worksheet)
    assert held.isdisjoint(keys)
    never = [key for key in conditions_in(worksheet) if key not in held]
    assert never[:1] == keys[:1]


PICKS = ["a", "b", OWN]
SOURCES: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "choice": ({"options": TWO, "other": True}, PICKS),
    "choices": ({"options": TWO, "max": 1}, [["a"], ["b"]]),
    "checklist": (
        {"items": TWO, "marks": [{"id": "yes", "text": "Yes"}]},
        [{"yes": ["a"]}, {"yes": ["a", "b"]}],
    ),
}


@st.composite
def picking_worksheets(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """A worksheet in which options come from above twice over, and every answer that may be kept."""
    kind = draw(st.sampled_from(sorted(SOURCES)))
    keys, values = SOURCES[kind]
    other = {"other": True} if draw(st.booleans()) else {}
    prompts: list[dict[str, Any]] = [
        {"id": "source", "ask": "?", "kind": kind, **keys},
        {"id": "focus", "ask": "?", "kind": "choice", "options_from": "source"},
        {"id": "more", "ask": "?", "kind": "choices", "options_from": "focus", **other},
    ]
    tests = [
        *({"prompt": "focus", "is": name} for name in "ab"),
        *({"prompt": "more", "includes": name} for name in ("a", "b", *other)),
        *({"prompt": prompt["id"], "answered": answered} for prompt in prompts for answered in (True, False)),
    ]
    some = draw(
        st.lists(st.sampled_from([*tests, *({"not": test} for test in tests)]), min_size=2, max_size=3)
    )
    prompts.append({"id": "last", "ask": "?", "kind": "text", "when": {"all": some}})
    section = {"id": "first", "title": "First", "prompts": prompts}
    data = {"libwell": "worksheet/1", "id": "test", "version": "1", "title": "Test", "sections": [section]}
    picks = ["a", "b", "other-1"]  # the last is the source's own entry
    mine = [*subsets(picks)[1:], *([[OWN]] if other else [])]
    return data, {"source": [None, *values], "focus": [None, *picks], "more": [None, *mine]}


@examples(150)
@given(drawn=picking_worksheets())
def test_what_is_found_never_holds_where_options_come_from_above(
    drawn: tuple[dict[str, Any], dict[str, list[Any]]],
) -> None:
    data, values = drawn
    text = tomli_w.dumps(data)
    worksheet = examine(text).worksheet
    assert worksheet is not None
    empty = response_for(worksheet)
    answers = (dict(zip(values, given, strict=True)) for given in itertools.product(*values.values()))
    is_asked = any(
        asked(worksheet, empty.model_copy(update={"answers": without_none(given)}))[-1].prompt.id == "last"
        for given in answers
    )
    assert not (is_asked and found(text))


def without_none(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}
