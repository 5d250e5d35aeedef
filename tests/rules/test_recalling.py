"""Earlier answers that are shown where a question builds on them."""

from __future__ import annotations

import pytest
import tomli

from build import (
    hear,
    mistakes_in,
    response_for,
    section_text,
    sheet_text,
    things,
    walk_for,
    worksheet_from,
    worksheet_of,
    worksheet_text,
)
from libwell.flows.blank import blank_answers
from libwell.rules.asked_now import asked
from libwell.rules.mistakes.tolerant_reading import read_data
from libwell.rules.paper import blank_document
from libwell.rules.privacy import private_prompts
from libwell.rules.recalling import recall_lines, recalled
from libwell.storage.worksheets import examine_text

AREAS = f'id = "areas", kind = "choices", ask = "Which?", other = true, options = {things("bags", "pets")}'
SUPPORTS = (
    'id = "supports", kind = "checklist", ask = "What is there?", add_items = true, '
    f"marks = {things('well', 'improve')}, items = {things('breaks', 'learning')}"
)
RATED = (
    'id = "ease", kind = "rating", scale = { min = 0, max = 3, labels = ["no", "yes"] }, '
    f"items = {things('find', 'ask')}"
)
LOOK = (
    'id = "look", kind = "table", rows_from = "areas", '
    'columns = [{ id = "happens", ask = "What happens?" }, { id = "need", ask = "The need" }]'
)
ONE = 'id = "one", kind = "choice", options_from = "areas"'
SECRET = 'id = "secret", kind = "text", private = true'
MORE = 'id = "more", kind = "text", private = true'
ABOVE = (AREAS, SUPPORTS, RATED, LOOK, ONE, SECRET, MORE)
ANSWERS = """
areas = ["bags", "pets", { other = "Food", id = "other-1" }]
supports = { well = ["breaks"], improve = ["breaks", { other = "Blinds", id = "other-1" }] }
ease = { find = 1, ask = { not-answered = "prefer-not-to-say" } }
look = { bags = { happens = "Stopped", need = "Rest" }, pets = { happens = "Barks" } }
one = "pets"
secret = "a worry"
"""


def lines(recall: str, answers: str = ANSWERS) -> list[str]:
    """What is shown above a question that recalls these addresses."""
    worksheet = worksheet_of(*ABOVE, f'id = "it", kind = "text", recall = {recall}')
    everything = asked(worksheet, response_for(worksheet, answers))
    return list(recall_lines(recalled(everything[-1].prompt, everything, private_prompts(worksheet))))


@pytest.mark.parametrize(
    ("recall", "shown"),
    [
        ('["areas"]', "question 1: Bags; Pets; Food"),
        ('["areas.pets"]', "question 1, “Pets”: Pets"),
        ('["supports"]', "question 2: Breaks: Well; Improve; Blinds: Improve"),
        ('["supports.improve"]', "question 2, “Improve”: Breaks; Blinds"),
        ('["supports.breaks"]', "question 2, “Breaks”: Well; Improve"),
        ('["ease"]', "question 3: Find: 1 of 3"),
        ('["ease.find"]', "question 3, “Find”: 1 of 3"),
        ('["look.need"]', "question 4, “The need”: Bags: Rest"),
        (
            '["look"]',
            "question 4: Bags: What happens? Stopped; The need: Rest; Pets: What happens? Barks",
        ),
    ],
)
def test_what_was_given_is_shown_with_what_it_belongs_to(recall: str, shown: str) -> None:
    assert lines(recall) == [f"Your answer to {shown}"]


def test_of_a_table_only_the_row_is_shown_that_a_choice_among_the_same_picks_names() -> None:
    assert lines('["one", "look"]') == [
        "Your answer to question 5: Pets",
        "Your answer to question 4: Pets: What happens? Barks",
    ]


@pytest.mark.parametrize("recall", ['["more"]', '["ease.ask"]', '["supports.learning"]'])
def test_what_is_not_answered_is_left_out(recall: str) -> None:
    assert lines(recall) == []


def test_what_is_hidden_now_is_left_out() -> None:
    hidden = 'id = "words", kind = "text", when = { prompt = "sure", is = true }'
    worksheet = worksheet_of(
        'id = "sure", kind = "yes-no"', hidden, 'id = "it", kind = "text", recall = ["words"]'
    )
    everything = asked(worksheet, response_for(worksheet, 'sure = false\nwords = "Here"'))
    assert recalled(worksheet.by_id()["it"], everything, frozenset()) == ()


def test_a_private_answer_is_named_and_not_said() -> None:
    assert lines('["secret"]') == ["Your answer to question 6 helps here; :recall shows it."]
    both = ANSWERS + 'more = "another"\n'
    assert lines('["more", "secret"]', both) == [
        "Your answers to questions 7 and 6 help here; :recall shows them."
    ]


def test_a_long_answer_is_cut_at_200_characters_and_says_where_the_rest_is() -> None:
    worksheet = worksheet_of('id = "words", kind = "text"', 'id = "it", kind = "text", recall = ["words"]')
    for length, is_cut in ((200, False), (201, True)):
        everything = asked(worksheet, response_for(worksheet, f'words = "{"x" * length}"'))
        first, *rest = recall_lines(recalled(worksheet.by_id()["it"], everything, frozenset()))
        assert len(first.partition(": ")[2]) == 200
        assert first.endswith("…") == is_cut
        assert rest == ([":recall shows all of it."] if is_cut else [])


def test_an_answer_that_was_mended_is_shown_as_it_is_now() -> None:
    prompts = 'id = "words", kind = "text", long = false', 'id = "it", kind = "text", recall = ["words"]'
    walk = hear(walk_for(worksheet_of(*prompts)), "First", ":back", "Second")
    (one,) = recalled(walk.turn().asked.prompt, walk.asked(), frozenset())
    assert one.lines == ("Second",)


def test_a_question_that_recalls_a_private_one_is_private() -> None:
    worksheet = worksheet_of(
        *ABOVE, 'id = "it", kind = "text", private = false, recall = ["areas", "secret"]'
    )
    assert private_prompts(worksheet) == {"secret", "more", "it"}


@pytest.mark.parametrize(
    ("recall", "message", "remedy"),
    [
        ('["it"]', "this prompt looks at itself; only prompts above can be looked at.", "Look at another."),
        ('["below"]', "“below” stands below; only prompts above can be looked at.", "Move it up"),
        ('["aeras"]', "there is no prompt aeras.", "Did you mean areas?"),
        (
            '["areas.cats"]',
            "the prompt areas has nothing called “cats”.",
            "Name a prompt, or something in it.",
        ),
        (
            '["look.bags.what"]',
            "the prompt look has nothing called “bags”.",
            "Name a prompt, or something in it.",
        ),
        ('["areas", "areas"]', "this is recalled twice.", "Name it once."),
        ('["plan"]', "a plan can't be recalled.", "Name a question above."),
    ],
)
def test_mistakes(recall: str, message: str, remedy: str) -> None:
    it = f'id = "it", kind = "text", recall = {recall}'
    text = worksheet_text(*ABOVE, 'id = "plan", kind = "plan"', it, 'id = "below", kind = "text"')
    (mistake,) = mistakes_in(text)
    assert mistake.message == message
    assert mistake.remedy.startswith(remedy)
    assert mistake.key.startswith("sections[1].prompts[9].recall[")


INCLUDED = sheet_text(
    section_text(SUPPORTS),
    section_text(
        'id = "it", kind = "text", recall = ["supports.improve"]', keys='id = "second"\ntitle = "Two"'
    ),
    name="other",
)


def examined(include: str) -> list[str]:
    """What is said of a worksheet that includes another."""
    whole = read_data(tomli.loads(INCLUDED)).worksheet
    assert whole is not None
    text = sheet_text(f"[[sections]]\n{include}\n")
    found = examine_text(text, file="test.toml", load=lambda _: whole)
    addresses = [
        address
        for one in (found.worksheet.by_id().values() if found.worksheet else ())
        for address in one.recall
    ]
    return addresses or [mistake.message for mistake in found.mistakes if not mistake.hint]


def test_a_prefix_goes_before_what_is_recalled_in_an_include() -> None:
    assert examined('include = "other"\nprefix = "up-"') == ["up-supports.improve"]


def test_what_is_recalled_has_to_be_included_too() -> None:
    assert examined('include = "other#second"') == [
        "the section second of other looks at supports, which is not included."
    ]


def test_on_paper_and_in_an_answers_file_the_questions_are_named() -> None:
    worksheet = worksheet_from(
        worksheet_text(AREAS, SUPPORTS, 'id = "it", kind = "text", recall = ["supports.well", "areas"]')
    )
    note = "See what you wrote at “Which?” and “What is there?”."
    assert note in [
        getattr(block, "text", "") for block in blank_document(worksheet, facilitator=False).blocks
    ]
    assert f"# {note}" in blank_answers(worksheet).splitlines()
