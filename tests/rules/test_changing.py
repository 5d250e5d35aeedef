"""A draft in a worksheet that has changed: what stays, what is set aside, who may see it, what is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli

from build import (
    OPEN,
    asked_ids,
    exported,
    response_for,
    saved_and_read,
    section_text,
    sheet_text,
    things,
    worksheet_from,
    worksheet_of,
)
from libwell.errors import FileRefusedError
from libwell.flows.opened import parse_response
from libwell.kinds.values import as_table
from libwell.model.response import Response, Retired
from libwell.rules.changing import Carried, carry_over
from libwell.rules.privacy import for_audience, private_prompts
from libwell.storage.definitions import definition_of
from libwell.storage.responses import response_text

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet

WORDS = 'id = "words", kind = "text"'
POINTS = 'scale = { min = 0, max = 3, labels = ["no", "yes"] }'
SURE = 'id = "sure", kind = "yes-no"'
AREAS = f'id = "areas", kind = "choices", other = true, options = {things("desk", "stacks")}'
PLAN = 'id = "plan", kind = "plan"'
AWAY = worksheet_of(SURE)


def carry(response: Response, before: Worksheet, after: Worksheet, *, may_open: bool = False) -> Carried:
    """Carry over, and see that it can be read again as it is, and that a second time changes nothing."""
    carried = carry_over(response, before, after, may_open=may_open)
    saved = kept(carried)
    read = parse_response(response_text(saved), Path("response.toml"))
    assert read.response == saved
    again = carry_over(saved, read.worksheet, after)
    assert again.response == saved
    assert not replace(again, kept_private=()).is_noticeable
    return carried


def kept(carried: Carried) -> Response:
    return carried.response.model_copy(update={"definition": definition_of(carried.worksheet)})


def carried_from(answers: str, before: Worksheet, after: Worksheet, **changes: Any) -> Carried:
    return carry(response_for(before, answers, **changes), before, after)


def on(carried: Carried, after: Worksheet) -> Carried:
    """Carry the same response over once more."""
    return carry(kept(carried), carried.worksheet, after)


def answered(carried: Carried, answers: str) -> Carried:
    """Give more answers in between; an empty one is taken away."""
    given = {**carried.response.answers, **tomli.loads(answers)}
    left = {name: value for name, value in given.items() if value != ""}
    changed = carried.response.model_copy(update={"answers": left})
    return Carried(changed, carried.worksheet, "", "")


def fields(retired: Retired) -> dict[str, Any]:
    return retired.model_dump(exclude_defaults=True)


# --- what stays, what is set aside ----------------------------------------------------------------


def test_answers_stay_wherever_their_prompts_went() -> None:
    before = worksheet_of(WORDS, SURE, PLAN)
    after = worksheet_from(
        sheet_text(
            section_text('id = "new", kind = "text"', SURE),
            section_text(f"{WORDS}, ask = 'Which words?', max_length = 9", PLAN, keys='id="s"\ntitle="S"'),
        )
    )
    carried = carried_from('words = "so"\nsure = true\n[[actions]]\nstep = "Go"', before, after, at="sure")
    assert carried.response.answers == {"words": "so", "sure": True}
    assert carried.response.retired == {}
    assert (carried.response.at, carried.response.actions[0].step) == ("sure", "Go")
    assert (carried.new, carried.reworded, carried.gone, carried.set_aside) == (
        ("What?",),
        ("Which words?",),
        (),
        (),
    )


RATED = f'id = "signs", kind = "rating", {POINTS}, items = '
SHORT, FULL = "I was short with a colleague", "One more in need was more than I had room for"
ASKED = f'[{{ id = "short", text = "{SHORT}" }}, {{ id = "full", text = "{FULL}" }}]'


@pytest.mark.parametrize(
    ("now", "other", "more"),
    [
        (ASKED, (), ()),
        (ASKED.replace("One more in need", "Someone more in need"), (), ()),
        (ASKED.replace(FULL, "My patience was used up before my shift was"), ("Signs?",), ()),
        (ASKED.replace(SHORT, "My patience was used up before my shift was"), (), ()),  # it was not rated
        (ASKED.replace("]", ', { id = "new", text = "New" }]'), (), ("Signs?",)),
    ],
)
def test_a_line_with_another_meaning_or_more_lines_are_told_where_one_has_answered(
    now: str, other: tuple[str, ...], more: tuple[str, ...]
) -> None:
    before, after = (worksheet_of(f"{RATED}{items}, ask = 'Signs?'") for items in (ASKED, now))
    carried = carried_from("signs = { full = 2 }", before, after)
    assert (carried.other_lines, carried.more_lines) == (other, more)
    assert carried.response.answers == {"signs": {"full": 2}}
    skipped = carried_from('signs = { not-answered = "prefer-not-to-say" }', before, after)
    assert not skipped.is_noticeable


def test_an_answer_stays_where_its_question_now_recalls_one_or_no_longer_does() -> None:
    shut, bare = f"{WORDS}, private = true", 'id = "more", kind = "text"'
    before, after = worksheet_of(shut, bare), worksheet_of(shut, f'{bare}, recall = ["words"]')
    carried = carried_from('words = "so"\nmore = "too"', before, after)
    assert carried.response.answers == {"words": "so", "more": "too"}
    assert private_prompts(carried.worksheet) == {"words", "more"}
    assert private_prompts(on(carried, before).worksheet) == {"words", "more"}


def test_own_entries_of_a_rating_are_set_aside_where_none_are_taken_any_more() -> None:
    rating = f'id = "ease", kind = "rating", {POINTS}, items = {things("signs")}'
    answers = 'ease = { signs = 1, ":own" = [{ other = "Smell", point = 0 }] }'
    before, after = worksheet_of(f"{rating}, add_items = true"), worksheet_of(rating)
    carried = carried_from(answers, before, after)
    assert carried.response.answers == {"ease": {"signs": 1}}
    assert carried.response.retired["ease"].said == "Signs: 1 of 3; Smell: 0 of 3, no"
    assert on(carried, before).response.answers["ease"] == response_for(before, answers).answers["ease"]


def test_an_answer_whose_question_is_gone_is_set_aside_with_its_question_and_its_privacy() -> None:
    before = worksheet_of(f"{WORDS}, ask = 'Which words?', private = true", SURE)
    carried = carried_from('words = "so"\nsure = true', before, worksheet_of(SURE))
    assert carried.response.answers == {"sure": True}
    assert fields(carried.response.retired["words"]) == {
        "ask": "Which words?",
        "kind": "text",
        "version": "1.0",
        "private": True,
        "answer": "so",
    }
    assert carried.set_aside == ("Which words?",)
    shared = carried_from('words = "so"', worksheet_of(WORDS, SURE), worksheet_of(SURE))
    assert shared.response.retired["words"].private is False


def test_it_is_written_so_that_a_person_can_read_it() -> None:
    carried = carried_from("words = 'so'", worksheet_of(f"{WORDS}, ask = 'Which words?'"), worksheet_of(SURE))
    text = response_text(carried.response)
    assert "[retired.words]" in text
    assert tomli.loads(text)["retired"]["words"] == {
        "ask": "Which words?",
        "kind": "text",
        "version": "1.0",
        "private": False,
        "answer": "so",
    }


def test_an_answer_of_another_kind_is_set_aside_and_asked_for_anew() -> None:
    after = worksheet_of('id = "words", kind = "list"')
    carried = carried_from('words = "so"', worksheet_of(WORDS), after)
    assert carried.response.answers == {}
    assert carried.response.retired["words"].answer == "so"
    assert (len(carried.set_aside), len(carried.new), carried.gone) == (1, 1, ())


def test_what_was_skipped_is_no_answer_to_set_aside() -> None:
    before = worksheet_of(f"{WORDS}, ask = 'Which words?'", SURE)
    carried = carried_from('words = { not-answered = "skipped" }', before, worksheet_of(SURE))
    assert carried.response.retired == {}
    assert (carried.gone, carried.set_aside) == (("Which words?",), ())
    said = carried_from('words = { not-answered = "prefer-not-to-say" }', before, worksheet_of(SURE))
    assert said.response.retired["words"].answer == {"not-answered": "prefer-not-to-say"}


CHECKLIST = 'kind = "checklist", marks = {marks}, items = {items}'
SCALE = 'kind = "rating", scale = {{ min = 0, max = {most}, labels = ["low", "high"] }}'
TABLE = 'kind = "table", rows = {rows}, columns = [{columns}]'
ONE, TWO = '{ id = "one", ask = "One" }', '{ id = "two", ask = "Two", kind = "number" }'


def checklist(*items: str, marks: tuple[str, ...] = ("well", "better"), more: str = "") -> str:
    return f"{CHECKLIST.format(marks=things(*marks), items=things(*items))}{more}"


def rating(*items: str, most: int = 3, more: str = "") -> str:
    given = f", items = {things(*items)}" if items else ""
    return f"{SCALE.format(most=most)}{given}{more}"


def table(*rows: str, columns: str = f"{ONE}, {TWO}") -> str:
    return TABLE.format(rows=things(*rows), columns=columns)


def choices(*options: str, more: str = "") -> str:
    return f'kind = "choices", options = {things(*options)}{more}'


def choice(*options: str, more: str = "") -> str:
    return f'kind = "choice", options = {things(*options)}{more}'


PARTS = {
    "an option": (choices("a", "b"), choices("b", "c"), ["a", "b"], ["b"]),
    "every option": (choices("a", "b"), choices("c"), ["a", "b"], None),
    "own words": (
        choices("a", more=", other = true"),
        choices("a"),
        ["a", {"other": "x", "id": "other-1"}],
        ["a"],
    ),
    "the option": (choice("a", "b"), choice("b"), "a", None),
    "the own words": (
        choice("a", more=", other = true"),
        choice("a"),
        {"other": "x", "id": "other-1"},
        None,
    ),
    "fewer options": (choices("a", "b"), choices("a", "b", more=", max = 1"), ["a", "b"], None),
    "an item": (checklist("i", "j"), checklist("j"), {"well": ["i", "j"], "better": ["i"]}, {"well": ["j"]}),
    "a mark": (
        checklist("i"),
        checklist("i", marks=("well",)),
        {"well": ["i"], "better": ["i"]},
        {"well": ["i"]},
    ),
    "an added item": (
        checklist("i", more=", add_items = true"),
        checklist("i"),
        {"well": ["i"], "better": [{"other": "x", "id": "other-1"}]},
        {"well": ["i"]},
    ),
    "a rated item": (rating("i", "j"), rating("j"), {"i": 1, "j": 2}, {"j": 2}),
    "a point": (rating("i", "j"), rating("i", "j", most=1), {"i": 1, "j": 2}, {"i": 1}),
    "the point": (rating(), rating(most=1), 2, None),
    "one thing instead of many": (rating("i"), rating(), {"i": 1}, None),
    "a reason": (
        rating("i", "j", more=', not_answers = ["dont-know"]'),
        rating("i", "j"),
        {"i": 1, "j": {"not-answered": "dont-know"}},
        {"i": 1},
    ),
    "the reason": (
        'kind = "text", not_answers = ["dont-know"]',
        'kind = "text"',
        {"not-answered": "dont-know"},
        None,
    ),
    "a row": (table("r", "s"), table("s"), {"r": {"one": "x"}, "s": {"one": "y"}}, {"s": {"one": "y"}}),
    "a column": (
        table("r", "s"),
        table("r", "s", columns=TWO),
        {"r": {"one": "x", "two": 2}, "s": {"one": "y"}},
        {"r": {"two": 2}},
    ),
    "a column's kind": (
        table("r", columns=f"{ONE}, {TWO}"),
        table("r", columns=f'{ONE}, {{ id = "two", ask = "Two" }}'),
        {"r": {"one": "x", "two": 2}},
        {"r": {"one": "x"}},
    ),
    "a column of added rows": (
        f'kind = "table", columns = [{ONE}, {TWO}]',
        f'kind = "table", columns = [{TWO}]',
        [{"one": "x", "id": "row-1"}, {"one": "y", "two": 2, "id": "row-2"}],
        [{"two": 2, "id": "row-2"}],
    ),
    "rows of one's own": (f'kind = "table", columns = [{ONE}]', table("r"), [{"one": "x"}], None),
    "length": ('kind = "text"', 'kind = "text", max_length = 2', "long", None),
    "number": ('kind = "number"', 'kind = "number", max = 2', 3, None),
    "day": ('kind = "date"', 'kind = "date", not_after = 2026-01-01', dt.date(2026, 12, 1), None),
    "entries": ('kind = "list"', 'kind = "list", max = 1', ["x", "y"], None),
}


@pytest.mark.parametrize("part", PARTS)
def test_what_still_fits_stays_and_the_whole_is_set_aside(part: str) -> None:
    keys_before, keys_after, answer, left = PARTS[part]
    before = worksheet_of(f"id = 'it', {keys_before}", SURE)
    after = worksheet_of(f"id = 'it', {keys_after}", SURE)
    response = response_for(before).model_copy(update={"answers": {"it": answer, "sure": True}})
    response = saved_and_read(response)
    carried = carry(response, before, after)
    expected = {"sure": True} if left is None else {"it": left, "sure": True}
    assert carried.response.answers == expected
    assert carried.response.retired["it"].answer == response.answers["it"]
    told = (carried.set_aside, carried.kept_in_part)
    assert told == ((("What?",), ()) if left is None else ((), ("What?",)))


@pytest.mark.thorough
def test_an_answer_with_too_much_that_does_not_fit_is_set_aside_whole() -> None:
    before = worksheet_of(f"id = 'it', {checklist('i', more=', add_items = true')}")
    own = [{"other": str(number), "id": f"other-{number}"} for number in range(1, 6000)]
    response = response_for(before).model_copy(update={"answers": {"it": {"well": ["i", *own]}}})
    carried = carry(response, before, worksheet_of(f"id = 'it', {checklist('i')}"))
    assert carried.response.answers == {}
    assert carried.response.retired["it"].answer == response.answers["it"]


def test_the_name_beside_another_answer_set_aside_is_one_of_its_own() -> None:
    texts, sure = worksheet_of(WORDS, SURE), worksheet_of(SURE)
    first = on(carried_from('words = "one"', texts, sure), worksheet_of(SURE, 'id = "words", kind = "list"'))
    second = on(answered(first, 'words = ["two"]'), sure)
    third = on(
        answered(on(second, worksheet_of(SURE, 'id = "words", kind = "date"')), "words = 2026-12-01"), sure
    )
    assert {key: (given.prompt, given.kind) for key, given in third.response.retired.items()} == {
        "words": ("", "text"),
        "words-2": ("words", "list"),
        "words-3": ("words", "date"),
    }
    back = on(third, texts)
    assert back.response.answers == {"words": "one"}
    assert set(back.response.retired) == {"words-2", "words-3"}


@pytest.mark.parametrize(("word", "other"), [("true", False), ("false", True)])
def test_the_same_answer_is_not_set_aside_twice(word: str, other: object) -> None:
    before = worksheet_of(f"id = 'it', {choices('a', 'b')}", SURE, head=f"private = {word}")
    aside = Retired(kind="choices", answer=["a", "b"], private=other is True)
    carried = carry(response_for(before, 'it = ["a", "b"]', retired={"it": aside}), before, AWAY)
    assert [(given.answer, given.private) for given in carried.response.retired.values()] == [
        (["a", "b"], True)
    ]


def test_numbers_of_own_entries_and_actions_are_never_used_again() -> None:
    before = worksheet_of(AREAS, SURE, PLAN)
    answers = 'areas = [{ other = "x", id = "other-7" }]\n[[actions]]\nid = "a5"\nstep = "Go"'
    response = response_for(before, answers, last_own={"areas": 9}, last_action=8)
    away = carry(response, before, worksheet_of(SURE, PLAN))
    assert (away.response.last_own, away.response.last_action) == ({"areas": 9}, 8)
    back = on(away, before)
    assert (back.response.last_own, back.response.last_action) == ({"areas": 9}, 8)


ROWS = f'id = "each", kind = "table", columns = [{ONE}], rows_from'
ROOMS = AREAS.replace('"areas"', '"rooms"')


def test_a_row_of_an_own_entry_does_not_become_anothers() -> None:
    before = worksheet_of(AREAS, ROOMS, f"{ROWS} = 'areas'")
    after = worksheet_of(AREAS, ROOMS, f"{ROWS} = 'rooms'")
    own = '{ other = "%s", id = "other-1" }'
    answers = f"areas = [{own % 'hall'}]\nrooms = [{own % 'attic'}]\n"
    answers += 'each = { desk = { one = "x" }, other-1 = { one = "of the hall" } }'
    carried = carried_from(answers, before, after)
    assert carried.response.answers["each"] == {"desk": {"one": "x"}}
    assert "of the hall" not in exported(carried.worksheet, carried.response)
    back = on(carried, before)
    assert as_table(back.response.answers["each"])["other-1"] == {"one": "of the hall"}
    assert back.response.retired == {}


@pytest.mark.parametrize(
    ("kind", "answer", "left"),
    [
        ("choices", '["desk", "other-1", { other = "x", id = "other-2" }]', ["desk"]),
        ("choices", '["other-1"]', None),
        ("choice", '"desk"', "desk"),
        ("choice", '"other-1"', None),
        ("choice", '{ other = "x", id = "other-2" }', None),
        ("choice", '{ not-answered = "prefer-not-to-say" }', {"not-answered": "prefer-not-to-say"}),
    ],
)
def test_own_entries_do_not_go_along_where_options_come_from_elsewhere(
    kind: str, answer: str, left: object
) -> None:
    picks = f"id = 'picks', kind = '{kind}', other = true, options_from"
    before, after = (worksheet_of(AREAS, ROOMS, f"{picks} = '{name}'") for name in ("areas", "rooms"))
    carried = carried_from(f'areas = [{{ other = "x", id = "other-1" }}]\npicks = {answer}', before, after)
    assert carried.response.answers.get("picks") == left


# --- what comes back --------------------------------------------------------------------------------


def test_an_answer_comes_back_with_its_question() -> None:
    before = worksheet_of(WORDS, SURE)
    away = carried_from('words = "so"', before, AWAY)
    back = on(away, worksheet_of(f"{WORDS}, ask = 'Which words?'", SURE))
    assert back.response.answers == {"words": "so"}
    assert back.response.retired == {}
    assert (back.brought_back, back.new, back.set_aside) == (("What?",), (), ())


@pytest.mark.parametrize("there", ['"else"', '{ not-answered = "prefer-not-to-say" }'])
def test_it_does_not_come_back_over_an_answer_given_since(there: str) -> None:
    texts = worksheet_of(WORDS, SURE)
    lists = worksheet_of('id = "words", kind = "text", max_length = 4', SURE)
    away = carried_from('words = "long words"', texts, lists)
    back = on(answered(away, f"words = {there}"), texts)
    assert back.response.answers == tomli.loads(f"words = {there}")
    assert back.response.retired["words"].answer == "long words"
    assert back.brought_back == ()


def test_it_comes_back_where_its_question_was_skipped_since() -> None:
    texts = worksheet_of(WORDS, SURE)
    away = carried_from('words = "so"', texts, worksheet_of('id = "words", kind = "list"', SURE))
    back = on(answered(away, 'words = { not-answered = "skipped" }'), texts)
    assert back.response.answers == {"words": "so"}


def test_it_comes_back_where_nothing_was_left_of_it_and_that_was_skipped() -> None:
    before, after = (worksheet_of(f"id = 'it', {choices(name)}", SURE) for name in ("a", "b"))
    away = carried_from('it = ["a"]', before, after)
    back = on(answered(away, 'it = { not-answered = "skipped" }'), before)
    assert back.response.answers == {"it": ["a"]}


def test_it_comes_back_whole_where_what_was_left_of_it_is_as_it_was() -> None:
    more, fewer = (worksheet_of(f"id = 'it', {checklist(*items)}") for items in (("i", "j"), ("j",)))
    away = carried_from('it = { well = ["i", "j"], better = ["j"] }', more, fewer)
    back = on(away, more)
    assert back.response.answers == {"it": {"well": ["i", "j"], "better": ["j"]}}
    assert back.response.retired == {}
    changed = on(answered(away, 'it = { better = ["j"] }'), more)
    assert changed.response.answers == {"it": {"better": ["j"]}}
    assert changed.response.retired["it"].answer == {"well": ["i", "j"], "better": ["j"]}


def test_what_a_person_took_away_stays_away_while_its_question_is_there() -> None:
    texts = worksheet_of(WORDS, SURE)
    away = carried_from('words = "one"', texts, worksheet_of('id = "words", kind = "list"', SURE))
    mended = away.response.model_copy(update={"answers": {}, "definition": definition_of(texts)})
    there = carry(mended, texts, worksheet_of(WORDS, SURE, 'id = "more", kind = "text"'))
    assert there.response.answers == {}
    assert there.brought_back == ()


def test_own_entries_written_by_hand_get_their_numbers_when_they_come_back() -> None:
    after = worksheet_of(AREAS, SURE)
    aside = Retired(kind="choices", answer=[{"other": "x"}], private=False)
    back = carry(response_for(AWAY, retired={"areas": aside}, last_own={"areas": 4}), AWAY, after)
    assert back.response.answers == {"areas": [{"other": "x", "id": "other-5"}]}
    assert back.response.last_own == {"areas": 5}


def test_the_one_set_aside_last_comes_back_first() -> None:
    before, after = worksheet_of(f"{WORDS}, max_length = 3"), worksheet_of(WORDS)
    first = Retired(kind="text", answer="first", private=False)
    second = Retired(prompt="words", kind="text", answer="second", private=False)
    back = carry(response_for(before, retired={"words": first, "words-2": second}), before, after)
    assert back.response.answers == {"words": "second"}
    assert back.response.retired == {"words": first}


# --- privacy ------------------------------------------------------------------------------------------

LOOKS = "when = { prompt = 'sure', answered = true }"
SHUT = 'id = "first"\ntitle = "First"\nprivate = true'
OPENED: dict[str, tuple[Worksheet, Worksheet]] = {
    "prompt": (worksheet_of(f"{WORDS}, private = true", SURE), worksheet_of(WORDS, SURE)),
    "section": (worksheet_of(WORDS, SURE, section=SHUT), worksheet_of(WORDS, SURE)),
    "worksheet": (worksheet_of(WORDS, SURE, head=""), worksheet_of(WORDS, SURE)),
    "condition": (
        worksheet_of(f"{SURE}, private = true", f"{WORDS}, {LOOKS}"),
        worksheet_of(f"{SURE}, private = true", WORDS),
    ),
    "what a condition looks at": (
        worksheet_of(f"{SURE}, private = true", f"{WORDS}, {LOOKS}"),
        worksheet_of(SURE, f"{WORDS}, {LOOKS}"),
    ),
}


@pytest.mark.parametrize("word", OPENED)
def test_an_answer_given_in_private_stays_private(word: str) -> None:
    before, after = OPENED[word]
    carried = carried_from('words = "secret"\nsure = true', before, after)
    assert carried.response.answers == {"words": "secret", "sure": True}
    assert private_prompts(carried.worksheet) == private_prompts(before)
    assert "secret" not in exported(carried.worksheet, carried.response)
    assert not carried.is_noticeable
    assert carried.worksheet.find("words") != after.find("words")


def test_a_question_without_an_answer_is_as_the_worksheet_has_it_now_if_it_may_be_opened() -> None:
    before, after = OPENED["worksheet"]
    carried = carry(response_for(before, "sure = true"), before, after, may_open=True)
    assert private_prompts(carried.worksheet) == {"sure"}
    assert (carried.opened, carried.kept_private) == (("What?",), ())
    assert private_prompts(carry(response_for(before), before, after, may_open=True).worksheet) == frozenset()


@pytest.mark.parametrize("word", OPENED)
def test_a_question_without_an_answer_stays_private_unless_it_may_be_opened(word: str) -> None:
    before, after = OPENED[word]
    carried = carried_from("", before, after)
    assert private_prompts(carried.worksheet) == private_prompts(before)
    assert carried.opened == ()
    assert "What?" in carried.kept_private
    assert carried.is_noticeable


def test_nor_is_it_opened_by_another_kind_of_question() -> None:
    before = worksheet_of(f"{WORDS}, private = true", SURE)
    carried = carried_from('words = "so"', before, worksheet_of('id = "words", kind = "list"', SURE))
    assert private_prompts(carried.worksheet) == {"words"}


def test_what_is_private_in_both_needs_no_word_of_its_own() -> None:
    closed = worksheet_of(WORDS, SURE, 'id = "new", kind = "text"', section=SHUT)
    assert carried_from('words = "so"', OPENED["section"][0], closed).worksheet == closed


def test_a_question_made_private_is_private_at_once() -> None:
    after, before = OPENED["worksheet"]
    carried = carried_from('words = "so"', before, after)
    assert private_prompts(carried.worksheet) == {"words", "sure"}


def test_what_was_set_aside_as_private_comes_back_private() -> None:
    before, after = OPENED["prompt"]
    away = carried_from('words = "secret"', before, AWAY)
    assert away.response.retired["words"].private
    back = on(away, after)
    assert back.brought_back == ("What?",)
    assert private_prompts(back.worksheet) == {"words"}


def test_it_comes_back_private_where_its_question_was_opened_since() -> None:
    before = worksheet_of(f"id = 'it', {choices('a')}, private = true")
    opened = worksheet_of(f"id = 'it', {choices('b')}")
    away = carry(response_for(before, 'it = ["a"]'), before, opened, may_open=True)
    assert private_prompts(away.worksheet) == frozenset()
    back = on(away, worksheet_of(f"id = 'it', {choices('a', 'b')}"))
    assert back.response.answers == {"it": ["a"]}
    assert private_prompts(back.worksheet) == {"it"}


def test_what_is_left_of_an_answer_stays_private_too() -> None:
    before = worksheet_of(f"id = 'it', {choices('a', 'b')}, private = true")
    after = worksheet_of(f"id = 'it', {choices('b')}")
    carried = carried_from('it = ["a", "b"]', before, after)
    assert private_prompts(carried.worksheet) == {"it"}
    assert carried.response.retired["it"].private


def test_a_new_prompt_that_looks_at_one_kept_private_is_private_too() -> None:
    before, _ = OPENED["prompt"]
    new = 'id = "new", kind = "text", when = { prompt = "words", answered = true }'
    carried = carried_from('words = "secret"', before, worksheet_of(WORDS, SURE, new))
    assert private_prompts(carried.worksheet) == {"words", "new"}


# --- actions --------------------------------------------------------------------------------------

STEP = '[[actions]]\nstep = "Go"\n'


def action_of(
    before: Worksheet, after: Worksheet, *, keys: str, answers: str = "", may_open: bool = False
) -> tuple[str, bool | None]:
    """Where the only action comes from after the change, and whether it says that it is private."""
    carried = carry(response_for(before, f"{answers}\n{STEP}{keys}"), before, after, may_open=may_open)
    (action,) = carried.response.actions
    return action.from_, action.private


def shared_steps(carried: Carried) -> list[str]:
    excerpt = for_audience(carried.response, carried.worksheet, private=False)
    return [action.step for action in excerpt.actions]


TICKS = f"id = 'ticks', {checklist('i', 'j')}"
FEWER = f"id = 'ticks', {checklist('j')}"
GIVEN = 'ticks = { well = ["i"] }'


def test_an_action_keeps_where_it_came_from_as_far_as_that_is_there() -> None:
    before = worksheet_of(TICKS, SURE, PLAN)
    assert action_of(before, worksheet_of(TICKS, PLAN), keys='from = "ticks.i"') == ("ticks.i", None)
    assert action_of(before, worksheet_of(FEWER, PLAN), keys='from = "ticks.i"') == ("ticks", None)
    rows = f"id = 'rows', {table('r')}"
    fewer = f"id = 'rows', {table('r', columns=TWO)}"
    assert action_of(worksheet_of(rows), worksheet_of(fewer), keys='from = "rows.r.one"') == ("rows.r", None)


def test_an_action_keeps_where_it_came_from_if_that_is_set_aside() -> None:
    before, gone = worksheet_of(TICKS, SURE, PLAN), worksheet_of(SURE, PLAN)
    assert action_of(before, gone, keys='from = "ticks.i"', answers=GIVEN) == ("ticks.i", False)
    assert action_of(before, gone, keys='from = "ticks.i"') == ("", None)
    hidden = worksheet_of(SURE, f"{PLAN}, private = true")
    assert action_of(before, hidden, keys='from = "ticks.i"') == ("", False)


def test_an_action_does_not_come_from_another_question_with_the_same_id() -> None:
    before = worksheet_of(f"{TICKS}, private = true", PLAN)
    other = 'id = "ticks", kind = "text"'
    after = worksheet_of(other, PLAN)
    assert action_of(before, after, keys='from = "ticks.i"', answers=GIVEN) == ("", True)
    assert action_of(before, after, keys='from = "ticks"\nprivate = false', answers=GIVEN) == ("", True)
    away = carried_from(f'{GIVEN}\n{STEP}from = "ticks.i"', before, worksheet_of(PLAN))
    assert on(away, after).response.actions[0].from_ == ""
    assert on(away, before).response.actions[0].from_ == "ticks.i"


def test_an_action_that_was_private_stays_private() -> None:
    before = worksheet_of(f"{TICKS}, private = true", f"{PLAN}, private = true")
    after = worksheet_of(TICKS, PLAN)
    assert action_of(before, after, keys="", may_open=True) == ("", True)
    assert action_of(before, after, keys='from = "ticks.i"') == ("ticks.i", None)
    assert action_of(before, worksheet_of(SURE), keys="") == ("", True)
    carried = carried_from(f'{GIVEN}\n{STEP}from = "ticks.i"', before, worksheet_of(SURE))
    assert shared_steps(carried) == shared_steps(on(carried, after)) == []


def test_an_action_that_was_shared_stays_shared_when_its_question_goes() -> None:
    carried = carried_from(f'{GIVEN}\n{STEP}from = "ticks.i"', worksheet_of(TICKS, PLAN), worksheet_of(PLAN))
    assert shared_steps(carried) == ["Go"]


def test_a_step_of_ones_own_is_private_where_the_plan_is_made_private() -> None:
    before, after = worksheet_of(SURE, PLAN), worksheet_of(SURE, f"{PLAN}, private = true")
    assert action_of(before, after, keys="") == ("", None)
    assert shared_steps(carried_from(STEP, before, after)) == []


def test_an_action_whose_question_is_made_private_is_private() -> None:
    after = worksheet_of(f"{TICKS}, private = true", PLAN)
    carried = carried_from(f'{GIVEN}\n{STEP}from = "ticks.i"', worksheet_of(TICKS, PLAN), after)
    assert shared_steps(carried) == []


def test_a_step_from_something_private_is_not_shared_later_whatever_it_says() -> None:
    before = worksheet_of(f"{TICKS}, private = true", PLAN)
    carried = carried_from(f'{STEP}from = "ticks.i"\nprivate = false', before, worksheet_of(TICKS, PLAN))
    assert shared_steps(carried) == []


def test_nor_when_its_question_was_gone_in_between() -> None:
    before = worksheet_of(f"{TICKS}, private = true", PLAN)
    away = carried_from(f'{GIVEN}\n{STEP}from = "ticks.i"\nprivate = false', before, worksheet_of(PLAN))
    assert away.response.actions[0].from_ == "ticks.i"
    back = on(away, worksheet_of(FEWER, PLAN))
    assert back.response.answers == {}
    assert back.response.actions[0].from_ == "ticks"
    assert private_prompts(back.worksheet) == {"ticks"}


def test_nor_when_only_an_earlier_answer_to_it_was_shared() -> None:
    before = worksheet_of(f"{TICKS}, private = true", PLAN)
    shared = {"ticks": Retired(kind="checklist", answer={"well": ["gone"]}, private=False)}
    keys = 'from = "ticks.i"\nprivate = false'
    away = carried_from(f"{STEP}{keys}", before, worksheet_of(PLAN), retired=shared)
    assert away.response.actions[0].from_ == ""


def test_what_an_action_says_besides_is_kept() -> None:
    keys = 'from = "ticks.i"\nwho = "Ana"\nmine = "x"\ndue = "soon"'
    carried = carried_from(f"{STEP}{keys}", worksheet_of(TICKS, SURE), worksheet_of(SURE))
    (action,) = carried.response.actions
    assert (action.who, action.due, action.model_extra) == ("Ana", "soon", {"mine": "x"})


# --- what is told -----------------------------------------------------------------------------------


def test_nothing_is_told_of_what_nobody_notices() -> None:
    before = worksheet_of(f"{WORDS}, ask = 'Which  words?'", SURE)
    after = worksheet_of(SURE, f"{WORDS}, ask = 'Which words?', help = 'Any.'", head=f"{OPEN}\nminutes = 5")
    carried = carried_from('words = "so"', before, after)
    assert not carried.is_noticeable
    assert carried.worksheet == after


def test_a_version_is_told() -> None:
    after = worksheet_from(sheet_text(section_text(SURE)).replace('"1.0"', '"1.1"'))
    carried = carried_from("sure = true", AWAY, after)
    assert (carried.version_before, carried.version_now) == ("1.0", "1.1")
    assert carried.is_noticeable


def test_the_walk_goes_on_with_what_is_new() -> None:
    after = worksheet_of('id = "new", kind = "text"', SURE)
    carried = carried_from("sure = true", AWAY, after)
    assert asked_ids(carried.worksheet) == ["new", "sure"]
    assert "new" not in carried.response.answers


# --- in the file --------------------------------------------------------------------------------------

SAVED = response_text(response_for(AWAY, "sure = true"))


def with_retired(table: str) -> str:
    head, found, tail = SAVED.partition("[definition]")
    return f"{head}{table}\n{found}{tail}"


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("retired.words = 3", "retired.words"),
        ("[retired.words]\nask = 3", "retired.words.ask"),
        ("[retired.words]\nkind = true", "retired.words.kind"),
        ("[retired.words]\nsource = 'areas'", "retired.words.source"),
        ("[retired.words]\nprompt = ['a']", "retired.words.prompt"),
    ],
)
def test_a_damaged_file_is_refused_with_the_place(table: str, key: str) -> None:
    text = f"{table}\n{SAVED}" if table.startswith("retired.") else with_retired(table)
    with pytest.raises(FileRefusedError) as caught:
        parse_response(text, Path("r.toml"))
    assert [mistake.key for mistake in caught.value.mistakes] == [key]
    assert caught.value.mistakes[0].line


@pytest.mark.parametrize("word", ["", "private = 'no'", "private = 0", "private = true"])
def test_what_does_not_say_that_it_is_shared_is_private(word: str) -> None:
    text = with_retired(f"[retired.words]\nkind = 'text'\nanswer = 'so'\n{word}")
    response = parse_response(text, Path("r.toml")).response
    assert response.retired["words"].private is True
    back = carry(response, AWAY, worksheet_of(WORDS, SURE))
    assert private_prompts(back.worksheet) == {"words"}


def test_keys_it_does_not_know_are_kept() -> None:
    text = with_retired("[retired.words]\nask = 'What?'\nvalue = ['so']\nprivate = false")
    response = parse_response(text, Path("r.toml")).response
    assert saved_and_read(response).retired["words"].model_extra == {"value": ["so"]}
    carried = carry(response, AWAY, worksheet_of(WORDS, SURE))
    assert carried.response.retired == response.retired
