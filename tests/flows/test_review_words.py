"""The list of all questions and the review: what is folded, what is open, and how each answer reads."""

from __future__ import annotations

import pytest

from build import section_text, sheet_text, things, walk_for, worksheet_from, worksheet_of
from libwell.flows.review_words import tell_list, tell_review
from libwell.rules.privacy import private_prompts
from support import ScriptedPrompter

POINTS = 'scale = { min = 0, max = 3, labels = ["not yet", "in place"] }'
CALM = (
    f'id = "calm", kind = "rating", ask = "How calm?", {POINTS}, items = {things("desk", "floor", "phone")}'
)
SHIFT = f"""id = "shift", kind = "table", ask = "Who?", rows = {things("mon", "tue", "wed")},
columns = [{{ id = "who", ask = "Who?" }}, {{ id = "hours", ask = "Hours?", kind = "number" }}]"""
PARTS = sheet_text(
    section_text(
        'id = "sure", kind = "yes-no", ask = "Are you sure?"',
        'id = "day", kind = "text", ask = "How was the day?"',
        keys='id = "one"\ntitle = "One"',
    ),
    section_text(CALM, SHIFT, keys='id = "two"\ntitle = "Two"'),
    section_text('id = "secret", kind = "yes-no", private = true', keys='id = "three"\ntitle = "Three"'),
)
ANSWERED = """sure = true
day = \"\"\"Long.
Loud.

And kind.\"\"\"
calm = { desk = 3, floor = { not-answered = "prefer-not-to-say" } }
shift = { mon = { who = "Ana", hours = 4 }, wed = { who = "Joy" } }
secret = { not-answered = "prefer-not-to-say" }
"""


def listed(answers: str, at: str, text: str = PARTS, *, short: bool = False) -> list[str]:
    """The list of a walk that stands there."""
    worksheet, prompter = worksheet_from(text), ScriptedPrompter()
    tell_list(prompter, walk_for(worksheet, answers, at=at, short=short), private_prompts(worksheet))
    return [said.text for said in prompter.shown]


def reviewed(answers: str, *prompts: str) -> list[str]:
    """The review of these answers."""
    worksheet, prompter = worksheet_of(*prompts) if prompts else worksheet_from(PARTS), ScriptedPrompter()
    tell_review(prompter, walk_for(worksheet, answers, at=":review"), private_prompts(worksheet))
    return [said.text for said in prompter.shown]


def test_a_part_that_is_done_is_one_line_and_what_is_open_has_number_id_question_and_state() -> None:
    assert listed(ANSWERED, "calm") == [
        "1 to 2. one: One (done)",
        "Two",
        "3. calm: How calm? (2 of 3 answered, you are here)",
        "4. shift: Who? (2 of 3 answered)",
        "5. three: Three (done)",
    ]


def test_the_part_where_the_walk_is_is_told_in_full_and_so_is_what_was_skipped() -> None:
    answers = f'{ANSWERED}\nsecret = {{ not-answered = "skipped" }}'.replace(
        'secret = { not-answered = "prefer-not-to-say" }\n', ""
    )
    assert listed(answers, "day")[:3] == [
        "One",
        "1. sure: Are you sure? (answered)",
        "2. day: How was the day? (answered, you are here)",
    ]
    assert listed(answers, "day")[-2:] == ["Three", "5. secret: What? (private, skipped)"]
    assert listed("", "sure")[2] == "2. day: How was the day? (not yet)"


def test_with_every_part_of_it_answered_a_rating_is_answered() -> None:
    whole = ANSWERED.replace('floor = { not-answered = "prefer-not-to-say" }', "floor = 1, phone = 0")
    assert "3. calm: How calm? (answered)" in listed(whole, "shift")


def test_on_the_short_way_the_list_says_how_many_wait() -> None:
    core = PARTS.replace('id = "day", kind', 'id = "day", core = true, kind')
    text = core.replace('title = "Test"', 'title = "Test"\nshort_minutes = 3')
    assert listed("", "day", text, short=True) == [
        "One",
        "1. day: How was the day? (not yet, you are here)",
        "This is the short way; 4 more questions wait.",
    ]


def test_the_review_has_one_answer_a_line_cells_by_their_columns_and_paragraphs_as_written() -> None:
    assert reviewed(ANSWERED) == [
        "Review",
        "1. Are you sure?",
        "   yes",
        "2. How was the day?",
        "   Long.",
        "   Loud.",
        "",
        "   And kind.",
        "3. How calm?",
        "   Desk: 3 of 3, in place",
        "   Floor: prefer not to say",
        "4. Who?",
        "   - Mon",
        "     Who? Ana",
        "     Hours? 4",
        "   - Wed",
        "     Who? Joy",
        "5. What? (private)",
        "   (prefer not to say)",
        "",
        "Enter finishes. To change an answer, type its number.",
    ]


def test_the_review_says_marks_options_points_and_added_rows() -> None:
    marks = 'marks = [{ id = "well", text = "well" }, { id = "improve", text = "better" }]'
    lines = reviewed(
        """care = { well = ["breaks", "tea"], improve = [{ other = "Rest" }] }
areas = ["space", "signs"]
one = 2
people = [{ name = "Ana", tel = "12" }]
""",
        f'id = "care", kind = "checklist", add_items = true, {marks}, items = {things("breaks", "tea")}',
        f'id = "areas", kind = "choices", options = {things("space", "signs")}',
        f'id = "one", kind = "rating", {POINTS}',
        """id = "people", kind = "table",
        columns = [{ id = "name", ask = "Name?" }, { id = "tel", ask = "Phone" }]""",
    )
    assert [line for line in lines if line.startswith("   ")] == [
        "   Well:",
        "   - Breaks",
        "   - Tea",
        "   Better:",
        "   - Rest",
        "   - Space",
        "   - Signs",
        "   2 of 3",
        "   - Name? Ana",
        "     Phone: 12",
    ]


@pytest.mark.parametrize("text", ["word " * 100, "\\n".join(map(str, range(20)))])
def test_a_long_answer_is_cut_in_the_review_which_says_how_to_see_all_of_it(text: str) -> None:
    lines = reviewed(f'it = "{text}"', 'id = "it", kind = "text"')
    assert len(lines) <= 2 + 12 + 1 + 2
    assert max(map(len, lines)) <= 3 + 400
    assert any(line.endswith("…") for line in lines)
    assert lines[-1] == (
        "Enter finishes. To change an answer, or see all of one that ends in …, type its number."
    )
