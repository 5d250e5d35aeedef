"""Two responses side by side: what changed in each kind, across versions, and what is private in one."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from markdown_it import MarkdownIt

from build import NOW, OPEN, response_for, sheet_text, things, worksheet_from, worksheet_of
from hostile import HOSTILE
from libwell.errors import LibwellError
from libwell.export.markdown import render as render_markdown
from libwell.model.characters import one_line
from libwell.rules.comparing.responses import Comparison, compare, for_all
from libwell.rules.comparing.side_by_side import comparison_document
from libwell.terminal.blocks import render as render_blocks
from libwell.terminal.output import Output

if TYPE_CHECKING:
    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

SCALE = 'scale = { min = 0, max = 3, labels = ["not yet", "exploring", "in place", "thriving"] }'
RATING = f'id = "it", kind = "rating", not_answers = ["dont-know"], {SCALE}'
RATINGS = f"{RATING}, items = {things('a', 'b', 'c')}"
MARKS = 'marks = [{ id = "well", text = "we do well" }, { id = "better", text = "could be better" }]'
CHECKLIST = f'id = "it", kind = "checklist", add_items = true, {MARKS}, items = {things("a", "b", "c")}'
CHOICES = f'id = "it", kind = "choices", other = true, options = {things("a", "b", "c")}'
CHOICE = CHOICES.replace("choices", "choice")
TEXT = 'id = "it", kind = "text"'


RANKING = f'id = "it", kind = "ranking", top = 3, options = {things("a", "b", "c", "d")}'


def held(first: str, then: str, now: str, second: str = "", *, private: bool = True) -> Comparison:
    """Two responses compared, to one prompt each; the same unless the second has changed."""
    return across(worksheet_of(first), then, worksheet_of(second or first), now, private=private)


def across(first: Worksheet, then: str, second: Worksheet, now: str, *, private: bool = True) -> Comparison:
    """Two responses compared, to two versions of a worksheet."""
    return holding((response_for(first, then), first), (response_for(second, now), second), private=private)


def holding(
    then: tuple[Response, Worksheet], now: tuple[Response, Worksheet], *, private: bool = True
) -> Comparison:
    return compare(*for_all(then, now, private=private))


def shown(comparison: Comparison) -> str:
    """What a reader finds below the head, without empty lines."""
    text = render_blocks(comparison_document(comparison))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return "\n".join(lines[5:])


def changes(comparison: Comparison) -> list[tuple[str, str, str | None]]:
    (pair,) = comparison.pairs
    return [(line.place.about, line.place.mark, line.change) for line in pair.places]


def differences(comparison: Comparison) -> list[tuple[str, float | None]]:
    (pair,) = comparison.pairs
    return [
        (line.place.item, None if line.difference is None else float(line.difference)) for line in pair.places
    ]


def reasons(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [(one.what, one.item or one.id, one.reason) for one in comparison.not_compared]


# --- marks and picks ------------------------------------------------------------------------------


def test_marks_are_gained_lost_and_kept_in_the_worksheets_order() -> None:
    comparison = held(
        CHECKLIST, 'it = { well = ["a"], better = ["b", "c"] }', 'it = { well = ["c", "a"], better = ["b"] }'
    )
    assert changes(comparison) == [
        ("A", "well", "kept"),
        ("B", "better", "kept"),
        ("C", "well", "gained"),
        ("C", "better", "lost"),
    ]
    assert shown(comparison) == (
        "First\nWhat?\n"
        "We do well, newly marked:\n- C\nWe do well, still marked:\n- A\n"
        "Could be better, no longer marked:\n- C\nCould be better, still marked:\n- B"
    )


def test_own_entries_are_matched_by_their_words() -> None:
    comparison = held(
        CHECKLIST,
        'it = { better = [{ other = "Tea" }, { other = "A quiet  room" }] }',
        'it = { better = [{ other = "a Quiet room" }, { other = "Coffee" }], well = [{ other = "Tea" }] }',
    )
    assert changes(comparison) == [
        ("Tea", "well", "gained"),
        ("a Quiet room", "better", "kept"),
        ("Coffee", "better", "gained"),
        ("Tea", "better", "lost"),
    ]


def test_picks_are_gained_lost_and_kept() -> None:
    comparison = held(CHOICES, 'it = ["b", "a", { other = "Mine" }]', 'it = [{ other = "mine" }, "c", "b"]')
    assert changes(comparison) == [
        ("A", "", "lost"),
        ("B", "", "kept"),
        ("C", "", "gained"),
        ("mine", "", "kept"),
    ]
    assert "Newly marked:\n- C\nNo longer marked:\n- A\nStill marked:\n- B\n- mine" in shown(comparison)


def test_one_pick_stands_then_and_now() -> None:
    comparison = held(CHOICE, 'it = "a"', 'it = "b"')
    assert changes(comparison) == [("A", "", "lost"), ("B", "", "gained")]
    assert shown(comparison).endswith("What?\nThen: A\nNow: B")


def test_places_move_up_and_down() -> None:
    comparison = held(RANKING, 'it = ["a", "b", "c"]', 'it = ["c", "a", "d"]')
    assert differences(comparison) == [("a", 1), ("b", None), ("c", -2), ("d", None)]
    assert shown(comparison) == (
        "First\nWhat?\n"
        "- C\nThen: third\nNow: first\nMoved: up 2\n"
        "- A\nThen: first\nNow: second\nMoved: down 1\n"
        "- D\nThen: no place\nNow: third\nMoved: up\n"
        "- B\nThen: second\nNow: no place\nMoved: down"
    )


def test_an_order_beside_no_answer_has_not_moved() -> None:
    comparison = held(RANKING, 'it = { not-answered = "prefer-not-to-say" }', 'it = ["a"]')
    assert "- A\nThen: prefer not to say\nNow: first\nMoved: can't be said" in shown(comparison)
    same = held(RANKING, 'it = ["a"]', 'it = ["a"]')
    assert "Moved: same place" in shown(same)


@pytest.mark.parametrize(
    ("now", "said"), [("", "not answered"), ('it = { not-answered = "skipped" }', "skipped")]
)
def test_marks_of_a_question_that_is_not_answered_now_were_not_taken_back(now: str, said: str) -> None:
    comparison = held(CHECKLIST, 'it = { well = ["a"] }', now)
    assert changes(comparison) == [("A", "well", None)]
    assert shown(comparison).endswith(f"Now: {said}\nWe do well, then:\n- A")
    again = held(CHECKLIST, now, 'it = { well = ["a"] }')
    assert shown(again).endswith(f"Then: {said}\nWe do well, now:\n- A")


def test_a_not_answer_loses_and_gains_nothing() -> None:
    comparison = held(CHECKLIST, 'it = { not-answered = "prefer-not-to-say" }', 'it = { well = ["a"] }')
    assert changes(comparison) == [("A", "well", None)]
    assert shown(comparison).endswith("Then: prefer not to say\nWe do well, now:\n- A")


def test_options_from_elsewhere_are_known_though_they_are_not_picked() -> None:
    worksheet = worksheet_of(
        f'id = "areas", kind = "choices", other = true, options = {things("a", "b")}',
        'id = "it", kind = "choices", options_from = "areas"',
    )
    comparison = across(
        worksheet,
        'areas = ["a", { other = "Own" }]\nit = ["a", "other-1"]',
        worksheet,
        'areas = ["b", { other = "X" }, { other = "own" }]\nit = ["b", "other-2"]',
    )
    lines = [(line.place.about, line.change) for line in comparison.pairs[1].places]
    assert lines == [("B", "gained"), ("A", "lost"), ("own", "kept")]
    assert comparison.not_compared == ()


# --- numbers --------------------------------------------------------------------------------------


def test_ratings_have_a_difference_item_by_item() -> None:
    comparison = held(RATINGS, "it = { a = 1, b = 3 }", "it = { c = 0, b = 1, a = 1 }")
    assert differences(comparison) == [("a", 0), ("b", -2), ("c", None)]
    assert shown(comparison).endswith(
        "- A\nThen: 1 of 3, exploring\nNow: 1 of 3, exploring\nDifference: no change\n"
        "- B\nThen: 3 of 3, thriving\nNow: 1 of 3, exploring\nDifference: -2\n"
        "- C\nThen: not answered\nNow: 0 of 3, not yet\nDifference: can't be said"
    )


def test_what_was_not_answered_is_said_in_words_and_no_zero() -> None:
    comparison = held(RATINGS, 'it = { a = { not-answered = "dont-know" } }', "it = { a = 2 }")
    assert differences(comparison) == [("a", None)]
    assert "Then: don't know\nNow: 2 of 3, in place\nDifference: can't be said" in shown(comparison)
    whole = held(RATINGS, 'it = { not-answered = "prefer-not-to-say" }', "it = { a = 2 }")
    assert "Then: prefer not to say\nNow: 2 of 3, in place\nDifference: can't be said" in shown(whole)


def test_a_rating_of_one_thing_stands_on_three_lines() -> None:
    said = shown(held(RATING, "it = 1", "it = 2"))
    assert said.endswith("Then: 1 of 3, exploring\nNow: 2 of 3, in place\nDifference: +1")
    assert shown(held(RATING, "it = 1", "it = 1")).endswith("What?\nUnchanged: 1 of 3, exploring")


@pytest.mark.parametrize(
    ("then", "now", "difference"),
    [("0.1", "0.3", "+0.2"), ("3", "1", "-2"), ("1", "100000", "+99999"), ("0.5", "10.5", "+10")],
)
def test_numbers_have_an_exact_difference(then: str, now: str, difference: str) -> None:
    comparison = held('id = "it", kind = "number", unit = "hours"', f"it = {then}", f"it = {now}")
    assert shown(comparison).endswith(f"Then: {then} hours\nNow: {now} hours\nDifference: {difference}")


# --- side by side ---------------------------------------------------------------------------------


def test_texts_stand_side_by_side() -> None:
    said = shown(held(TEXT, 'it = "One\\nline"', 'it = "Two"'))
    assert said.endswith("What?\nThen\nOne\nline\nNow\nTwo")


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ('kind = "text"', '"Nothing has moved."'),
        ('kind = "list"', '["milk", "bread"]'),
        ('kind = "table", columns = [{ id = "c", ask = "Which?" }]', '[{ c = "x" }, { c = "x" }]'),
    ],
    ids=["text", "list", "table"],
)
def test_what_is_unchanged_is_said_in_one_line_and_not_repeated(keys: str, value: str) -> None:
    comparison = held(f'id = "it", {keys}', f"it = {value}", f"it = {value}")
    assert comparison.pairs[0].is_unchanged
    assert shown(comparison) == "First\nWhat?\nUnchanged."


@pytest.mark.parametrize(
    ("keys", "then", "now", "said"),
    [
        ('kind = "yes-no"', "true", "false", "Then: yes\nNow: no"),
        ('kind = "yes-no"', "true", "true", "Unchanged: yes"),
        (
            'kind = "date"',
            "2026-12-01",
            "2027-01-01",
            "Then: Tuesday, December 1, 2026\nNow: Friday, January 1, 2027",
        ),
        ('kind = "list"', '["a"]', '["a", "b"]', "Then\n- a\nNow\n- a\n- b"),
        (
            f'kind = "table", rows = {things("r")}, columns = [{{ id = "c", ask = "Which?" }}]',
            '{ r = { c = "x" } }',
            '{ r = { c = "y" } }',
            "Then\n- R\nWhich? x\nNow\n- R\nWhich? y",
        ),
        (
            'kind = "text"',
            '{ not-answered = "prefer-not-to-say" }',
            '"x"',
            "Then\nPrefer not to say.\nNow\nx",
        ),
        (
            'kind = "text"',
            '{ not-answered = "prefer-not-to-say" }',
            '{ not-answered = "prefer-not-to-say" }',
            "Unchanged: prefer not to say",
        ),
        ('kind = "text"', '"x"', '{ not-answered = "skipped" }', "Then\nx\nNow\nSkipped."),
    ],
)
def test_other_kinds_stand_side_by_side(keys: str, then: str, now: str, said: str) -> None:
    comparison = held(f'id = "it", {keys}', f"it = {then}", f"it = {now}")
    assert shown(comparison) == f"First\nWhat?\n{said}"


def test_added_rows_are_the_same_whatever_their_ids() -> None:
    table = 'id = "it", kind = "table", columns = [{ id = "c", ask = "Which?" }, { id = "n", ask = "Who?" }]'
    rows = '{{ c = "x", n = "Ana", id = "row-{}" }}, {{ c = "x", n = "{}", id = "row-{}" }}'
    then, same, other = rows.format(1, "Joy", 2), rows.format(5, "Joy", 7), rows.format(1, "Kim", 2)
    assert held(table, f"it = [{then}]", f"it = [{same}]").pairs[0].is_unchanged
    assert not held(table, f"it = [{then}]", f"it = [{other}]").pairs[0].is_unchanged


def test_what_was_never_answered_is_not_there() -> None:
    comparison = held(TEXT, "", 'it = { not-answered = "skipped" }')
    assert (comparison.pairs, comparison.not_compared) == ((), ())
    assert "nothing in both" in render_markdown(comparison_document(comparison))


# --- versions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then", "second", "now", "found"),
    [
        (TEXT, 'it = "x"', TEXT.replace("it", "new"), "", [("prompt", "it", "only-then")]),
        (TEXT.replace("it", "old"), "", TEXT, 'it = "x"', [("prompt", "it", "only-now")]),
        (TEXT, 'it = "x"', 'id = "it", kind = "list"', 'it = ["x"]', [("prompt", "it", "another-kind")]),
        (RATING, "it = 1", RATINGS, "it = { a = 1 }", [("prompt", "it", "another-kind")]),
        (
            RATING,
            "it = 1",
            'id = "it", kind = "rating", scale = { min = 1, max = 5, labels = ["low", "high"] }',
            "it = 1",
            [("prompt", "it", "another-scale")],
        ),
        (
            RATING,
            "it = 1",
            RATING.replace("thriving", "not needed"),
            "it = 1",
            [("prompt", "it", "another-scale")],
        ),
        (
            'id = "it", kind = "number", unit = "hours"',
            "it = 1",
            'id = "it", kind = "number", unit = "days"',
            "it = 1",
            [("prompt", "it", "another-unit")],
        ),
        (
            RATINGS,
            "it = { a = 1, c = 2 }",
            RATINGS.replace('"c"', '"d"'),
            "it = { a = 1, d = 3 }",
            [("item", "c", "only-then"), ("item", "d", "only-now")],
        ),
        (
            CHOICES,
            'it = ["a", "c"]',
            CHOICES.replace('"c"', '"d"'),
            'it = ["a"]',
            [("item", "c", "only-then")],
        ),
        (CHOICES, 'it = ["a"]', CHOICES.replace('"c"', '"d"'), 'it = ["a"]', []),
        (
            CHECKLIST,
            'it = { well = ["a"], better = ["a", "b"] }',
            CHECKLIST.replace('"better"', '"improve"'),
            'it = { well = ["a"] }',
            [("item", "better", "only-then")],
        ),
        (
            CHOICES,
            'it = ["a", { other = "x" }]',
            CHOICES.replace("other = true, ", ""),
            'it = ["a"]',
            [("item", "other", "only-then")],
        ),
        (
            CHECKLIST,
            'it = { well = ["a", { other = "x" }] }',
            CHECKLIST.replace("add_items = true, ", ""),
            'it = { well = ["a"] }',
            [("item", "other", "only-then")],
        ),
    ],
)
def test_what_cannot_be_compared_is_listed_with_its_reason(
    first: str, then: str, second: str, now: str, found: list[tuple[str, str, str]]
) -> None:
    comparison = held(first, then, now, second)
    assert reasons(comparison) == found
    assert ("Not compared" in shown(comparison)) is bool(found)
    whole = any(what == "prompt" for what, _, _ in found)
    assert [pair.is_unchanged for pair in comparison.pairs] == ([] if whole else [True])


def test_reasons_are_said_in_a_sentence() -> None:
    comparison = held(RATINGS, "it = { c = 2 }", "it = { a = 1 }", RATINGS.replace('"c"', '"d"'))
    assert shown(comparison).endswith("Not compared\n- What?, “C”: only then; it is not there now.")
    gone = held(TEXT, 'it = "x"', 'new = "y"', TEXT.replace("it", "new"))
    assert shown(gone) == (
        "Not compared\n"
        "- What?: asked only now; the worksheet did not have it then.\n"
        "- What?: asked only then; the worksheet no longer has it."
    )


def test_a_prompt_of_which_nothing_can_be_compared_is_only_listed() -> None:
    comparison = held(CHOICE, 'it = "c"', 'it = "d"', CHOICE.replace('"c"', '"d"'))
    assert comparison.pairs == ()
    assert reasons(comparison) == [("item", "c", "only-then"), ("item", "d", "only-now")]


def test_what_a_condition_hid_was_asked_only_once() -> None:
    worksheet = worksheet_of(
        'id = "gate", kind = "yes-no"', 'id = "it", kind = "text", when = { prompt = "gate", is = true }'
    )
    comparison = across(worksheet, 'gate = true\nit = "x"', worksheet, 'gate = false\nit = "x"')
    assert reasons(comparison) == [("prompt", "it", "only-then")]
    assert shown(comparison).endswith("- What?: asked only then.")


def test_a_question_in_other_words_is_compared_and_says_so() -> None:
    first, second = 'id = "it", ask = "How so?", kind = "yes-no"', 'id = "it", ask = "Why?", kind = "yes-no"'
    said = shown(held(first, "it = true", "it = false", second))
    assert said.endswith("Why?\nThen it was asked so: How so?\nThen: yes\nNow: no")


def test_what_is_no_measure_is_listed_and_its_values_are_nowhere() -> None:
    labels = 'labels = ["canary-low", "canary-mid", "canary-high"]'
    groups = 'give_back = [{ title = "All", items = ["a", "b"] }]'
    keys = (
        f'id = "it", kind = "rating", scale = {{ min = 40, max = 42, {labels} }}, items = {things("a", "b")}'
    )
    comparison = held(f"{keys}, {groups}", "it = { a = 40 }", "it = { a = 42, b = 41 }")
    assert (comparison.pairs, reasons(comparison)) == ((), [("prompt", "it", "no-measure")])
    said = shown(comparison)
    assert said == "Not compared\n- What?: no measure: read each by itself."


# --- scores ---------------------------------------------------------------------------------------


def scored(items: str = '["it.a", "it.b"]', *, ratings: str = RATINGS, extra: str = "") -> Worksheet:
    score = (
        f'[[scores]]\nid = "s"\ntitle = "Safety"\nmethod = "mean"\nminimum_answered = 1\nitems = {items}\n'
    )
    section = f'[[sections]]\nid = "first"\ntitle = "First"\nprompts = [{{ ask = "What?", {ratings} }}]\n'
    return worksheet_from(sheet_text(section, score + extra))


def test_scores_have_a_difference() -> None:
    comparison = across(scored(), "it = { a = 1, b = 2 }", scored(), "it = { a = 3 }")
    (score,) = comparison.scores
    assert (score.then.value, score.now.value, score.difference) == (
        Fraction(3, 2),
        Fraction(3),
        Fraction(3, 2),
    )
    assert "Scores\n- Safety\nThen: 1.5 of 3\nNow: 3 of 3, from 1 of 2 answers\nDifference: +1.5" in shown(
        comparison
    )


def test_a_score_that_did_not_come_out_is_said_in_words() -> None:
    comparison = across(scored(), "it = { c = 1 }", scored(), "it = { a = 3, b = 3 }")
    assert comparison.scores[0].difference is None
    reason = comparison.scores[0].then.text
    assert f"Then: {reason}\nNow: 3 of 3\nDifference: can't be said" in shown(comparison)
    assert across(scored(), "it = { c = 1 }", scored(), "it = { c = 2 }").scores == ()


def test_scores_counted_in_another_way_are_not_compared() -> None:
    answers = "it = { a = 1, b = 2 }"
    other = scored('["it.a", "it.c"]')
    assert reasons(across(scored(), answers, other, answers)) == [("score", "s", "another-count")]
    turned = scored(extra='reverse = ["it.a"]\n')
    assert reasons(across(scored(), answers, turned, answers)) == [("score", "s", "another-count")]
    relabelled = scored(ratings=RATINGS.replace("thriving", "other"))
    assert reasons(across(scored(), answers, relabelled, answers)) == [
        ("prompt", "it", "another-scale"),
        ("score", "s", "another-count"),
    ]


def test_scores_of_one_time_are_listed() -> None:
    answers, without = "it = { a = 1 }", worksheet_of(RATINGS)
    assert reasons(across(scored(), answers, without, answers)) == [("score", "s", "only-then")]
    assert reasons(across(without, answers, scored(), answers)) == [("score", "s", "only-now")]


# --- steps ----------------------------------------------------------------------------------------


def step(text: str, status: str = "open", **keys: Any) -> str:
    return "[[actions]]\n" + tomli_w.dumps({"step": text, "status": status, **keys})


@pytest.mark.parametrize(
    ("then", "now", "outcome"),
    [
        ("open", "done", "done"),
        ("done", "open", "done"),
        ("done", None, "done"),
        (None, "done", "done"),
        ("open", "doing", "open"),
        ("doing", None, "open"),
        ("open", "not-now", "set-aside"),
        ("let-go", None, "set-aside"),
        ("not-now", "open", "open"),
        (None, "open", "new"),
        (None, "handed-over", "new"),
    ],
)
def test_what_became_of_a_step(then: str | None, now: str | None, outcome: str) -> None:
    sides = [step("Ask", status) if status else "" for status in (then, now)]
    (found,) = held(TEXT, *sides).steps
    assert found.outcome == outcome


def test_steps_stand_by_what_became_of_them() -> None:
    then = step("Ask for an hour", "done", changed=dt.date(2026, 12, 1)) + step("Call Joy", "doing")
    now = step("call  joy", "done", changed=dt.date(2027, 1, 4)) + step("Sleep") + step("Rest", "let-go")
    comparison = held(TEXT, then + step("Wait", "not-now"), now)
    assert shown(comparison) == (
        "Steps\nDone since\n"
        "[x] Ask for an hour\nStatus: done\nDone on: Tuesday, December 1, 2026\n"
        "[x] call joy\nThen: under way\nNow: done\nDone on: Monday, January 4, 2027\n"
        "Set aside for now\n[ ] Wait\nStatus: not now\n"
        "New now\n[ ] Sleep\nStatus: open\n[ ] Rest\nStatus: let go"
    )


def test_steps_with_the_same_words_are_matched_one_to_one() -> None:
    steps = held(
        TEXT, step("Ask") + step("ask", "done"), step("ASK", "done") + step("Ask") + step("Ask")
    ).steps
    found = [(one.then and one.then.id, one.now and one.now.id) for one in steps]
    assert found == [("a1", "a1"), ("a2", "a2"), (None, "a3")]


# --- privacy --------------------------------------------------------------------------------------

CANARY = "canary-tweet"


@pytest.mark.parametrize("closed_first", [True, False])
def test_what_is_private_in_one_is_left_out_of_both(*, closed_first: bool) -> None:
    sheets = [worksheet_of(f"{TEXT}, private = true"), worksheet_of(TEXT)]
    first, second = sheets if closed_first else reversed(sheets)
    answers = f'it = "{CANARY}"\n' + step(CANARY, **{"from": "it"})
    comparison = across(first, answers, second, answers.replace("tweet", "tweet-2"), private=False)
    assert (comparison.pairs, comparison.not_compared, comparison.steps) == ((), (), ())
    assert comparison.withheld == 4
    assert CANARY not in render_markdown(comparison_document(comparison))


def test_what_is_private_is_marked_where_it_may_be_seen() -> None:
    score = '[[scores]]\nid = "s"\ntitle = "Safety"\nmethod = "mean"\nminimum_answered = 1\nitems = ["r"]\n'
    rating = f'id = "r", ask = "Rated?", kind = "rating", {SCALE}'

    def sheet(rating: str, text: str, head: str) -> Worksheet:
        section = 'id = "first"\ntitle = "First"'
        prompts = f"{{ {rating} }}, {{ ask = 'What?', {TEXT} }}, {{ ask = 'Old?', {text} }}"
        return worksheet_from(
            sheet_text(f"[[sections]]\n{section}\nprompts = [{prompts}]\n", score, head=head)
        )

    first = sheet(rating, 'id = "old", kind = "text"', "private = true")
    second = sheet(rating, 'id = "new", kind = "text"', OPEN)
    then = 'r = 1\nit = "x"\nold = "y"\n' + step("Ask", **{"from": "it"}) + step("Secret", private=True)
    comparison = across(first, then, second, 'r = 2\nit = "z"\n' + step("Ask"))
    said = shown(comparison)
    for words in ("Rated? (private)", "What? (private)", "[ ] Ask (private)"):
        assert words in said.split("\n"), words
    assert "[ ] Secret (private)" in said
    assert "Safety" not in said  # a score of private answers is compared nowhere
    assert "- Old? (private): asked only then; the worksheet no longer has it." in said
    assert comparison.withheld == 0
    hidden = across(first, then, second, 'r = 2\nit = "z"\n' + step("Ask"), private=False)
    assert (hidden.pairs, hidden.scores, hidden.not_compared) == ((), (), ())
    assert shown(hidden) == ""


def test_what_tells_of_a_prompt_that_is_private_in_the_other_is_left_out() -> None:
    telling = 'id = "told", kind = "text", when = { prompt = "it", answered = true }'
    first, second = worksheet_of(TEXT, telling), worksheet_of(f"{TEXT}, private = true", telling)
    free = worksheet_of(f"{TEXT}, private = true", 'id = "told", kind = "text"')
    answers = f'it = "{CANARY}"\ntold = "{CANARY}"\n'
    for other in (second, free):
        for sides in ((first, other), (other, first)):
            comparison = across(sides[0], answers, sides[1], answers, private=False)
            assert (comparison.pairs, comparison.not_compared, comparison.withheld) == ((), (), 4)


def test_a_step_of_no_prompt_is_as_private_as_the_plan_in_either() -> None:
    with_plan = ['id = "p", kind = "plan"', 'id = "p", kind = "plan", private = true']
    without = [worksheet_of(TEXT), worksheet_of(f"{TEXT}, private = false", head="private = true")]
    for first, second in ([worksheet_of(plan) for plan in with_plan], without):
        comparison = across(first, step(CANARY), second, "", private=False)
        assert (comparison.steps, comparison.withheld) == ((), 1)
    open_step = across(without[0], step("Ask", private=False), without[1], "", private=False)
    assert len(open_step.steps) == 1


# --- the whole ------------------------------------------------------------------------------------


def test_the_same_response_twice_is_unchanged() -> None:
    worksheet = worksheet_of(
        CHECKLIST.replace('"it"', '"marks"'),
        RATINGS.replace('"it"', '"ratings"'),
        TEXT,
        f'id = "no", {TEXT.partition(", ")[2]}',
    )
    answers = (
        'it = "x"\nno = { not-answered = "prefer-not-to-say" }\n'
        'ratings = { a = 1, b = { not-answered = "dont-know" } }\n'
        'marks = { well = ["a", { other = "own" }] }\n'
    )
    comparison = across(worksheet, answers + step("Ask"), worksheet, answers + step("Ask"))
    assert len(comparison.pairs) == 4
    assert all(pair.is_unchanged for pair in comparison.pairs)
    assert (comparison.not_compared, comparison.is_backwards) == ((), False)
    assert [one.outcome for one in comparison.steps] == ["open"]
    said = shown(comparison)
    assert not {"newly", "longer", "+"} & set(said.split())


def test_the_order_is_the_one_named_also_backwards() -> None:
    worksheet = worksheet_of(TEXT)
    newer = response_for(worksheet, 'it = "new"', created=NOW + dt.timedelta(days=1))
    older = response_for(worksheet, 'it = "old"', updated=NOW + dt.timedelta(days=9))
    assert not holding((older, worksheet), (newer, worksheet)).is_backwards
    backwards = holding((newer, worksheet), (older, worksheet))
    assert backwards.is_backwards
    assert shown(backwards).endswith("Then\nnew\nNow\nold")


def test_responses_to_different_worksheets_are_refused_without_their_answers() -> None:
    first = worksheet_of(TEXT)
    second = worksheet_from(sheet_text('[[sections]]\nid = "s"\ntitle = "S"\nprompts = []\n', name="second"))
    with pytest.raises(LibwellError, match=r"k3f9 answers test, b2b2 answers second") as caught:
        holding(
            (response_for(first, f'it = "{CANARY}"'), first),
            (response_for(second, id="second-2026-11-21-b2b2"), second),
        )
    assert caught.value.status == 1
    assert CANARY not in str(caught.value)


def test_the_head_says_which_is_which_and_nothing_of_clocks() -> None:
    worksheet = worksheet_of(TEXT)
    second = worksheet.model_copy(update={"version": "2.0"})
    then = response_for(worksheet, 'it = "x"', completed=dt.date(2026, 11, 21))
    now = response_for(second, 'it = "y"', id="test-2027-01-01-m2p4", updated=NOW + dt.timedelta(days=41))
    text = render_markdown(comparison_document(holding((then, worksheet), (now, second))))
    head = text.partition("\n\n*Two")[0]
    assert head == (
        "# Then and now: Test\n\n"
        "**Worksheet:** Test (test, version 1.0, now 2.0)\\\n"
        "**Then:** k3f9, completed Saturday, November 21, 2026\\\n"
        "**Now:** m2p4, not finished yet"
    )
    assert str((NOW + dt.timedelta(days=41)).date()) not in text


# --- hostile text ---------------------------------------------------------------------------------

SAYING = [one_line(text)[:500] for text in HOSTILE if text.strip() and one_line(text)]
BIDI = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def hostile_document(text: str) -> Any:
    """A comparison with the text wherever a person can write, and in the worksheet's own words."""
    keys = tomli_w.dumps({"q": text}).partition("= ")[2].strip()
    first = worksheet_of(
        f'id = "it", ask = {keys}, kind = "text"',
        'id = "more", kind = "list"',
        f'id = "marks", kind = "checklist", add_items = true, marks = [{{ id = "m", text = {keys} }}]',
        f'id = "gone", ask = {keys}, kind = "text"',
    )
    second = first.model_copy(
        update={
            "sections": (first.sections[0].model_copy(update={"prompts": first.sections[0].prompts[:3]}),)
        }
    )
    answers = {"it": text, "more": [text], "marks": {"m": [{"other": text}]}, "gone": text}
    then = tomli_w.dumps({**answers, "actions": [{"step": text}]})
    now = tomli_w.dumps({"it": "x", "more": ["x"], "actions": [{"step": text, "status": "done"}]})
    return comparison_document(across(first, then, second, now))


def structure(markdown: str) -> list[str]:
    """The blocks of a document, and whatever is in their lines that is no plain text or emphasis."""
    quiet = {
        "text",
        "softbreak",
        "hardbreak",
        "strong_open",
        "strong_close",
        "em_open",
        "em_close",
        "text_special",
    }
    found = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        found.append(token.type)
        found += [child.type for child in token.children or [] if child.type not in quiet]
    return found


@pytest.mark.thorough
def test_hostile_text_does_nothing_in_markdown() -> None:
    plain = structure(render_markdown(hostile_document("words")))
    assert "list_item_open" in plain
    for text in SAYING:
        assert structure(render_markdown(hostile_document(text))) == plain, repr(text)


@pytest.mark.thorough
def test_hostile_text_does_nothing_on_a_terminal() -> None:
    for text in SAYING:
        out = Terminal()
        Output(out, Terminal(), {"TERM": "dumb"}).data(render_blocks(hostile_document(text)))
        acting = {
            c for c in out.getvalue() if (unicodedata.category(c) == "Cc" and c not in "\n\t") or c in BIDI
        }
        assert acting == set(), repr(text)
        assert out.getvalue().count("Not compared") >= 1


def test_a_score_whose_options_count_otherwise_now_is_not_compared() -> None:
    score = '[[scores]]\nid = "s"\ntitle = "Met"\nmethod = "sum"\nitems = ["c"]\n'

    def sheet(points: str) -> Worksheet:
        options = (
            f'[{{ id = "yes", text = "Yes", points = {points} }}, {{ id = "no", text = "No", points = 0 }}]'
        )
        choice = f'{{ ask = "?", id = "c", kind = "choice", options = {options} }}'
        section = f'[[sections]]\nid = "one"\ntitle = "One"\nprompts = [{choice}]\n'
        return worksheet_from(sheet_text(section, score, head=OPEN))

    first, second = sheet("1"), sheet("0.5")
    assert [one.now.title for one in across(first, 'c = "yes"', first, 'c = "no"').scores] == ["Met"]
    other = across(first, 'c = "yes"', second, 'c = "yes"')
    assert [one.text for one in other.not_compared if one.what == "score"] == ["counted in another way then"]
