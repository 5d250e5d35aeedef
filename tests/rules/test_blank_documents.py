"""Worksheets to fill in by hand: room for every kind of answer, and everything one has to know for it."""

from __future__ import annotations

import io
import re
from random import Random
from typing import TYPE_CHECKING

import docx
import pytest
import tomli_w
from docx.enum.section import WD_SECTION

import random_files
from build import OPEN, section_text, sheet_text, things, worksheet_from, worksheet_of
from libwell.export.docx.writing import render as in_word
from libwell.export.markdown import render
from libwell.kinds.forms import LINE
from libwell.rules.paper import blank_document
from libwell.rules.support import ADD_OWN, IN_ONE_COUNTRY, SUPPORT
from libwell.storage.places import shipped_worksheets
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from libwell.model.worksheet import Worksheet


def handout(*prompts: str, head: str = OPEN) -> str:
    return printed(worksheet_of(*prompts, head=head))


def printed(worksheet: Worksheet, *, facilitator: bool = False) -> str:
    return render(blank_document(worksheet, facilitator=facilitator))


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ('kind = "text"', 3),
        ('kind = "text", long = false', 1),
        ('kind = "list"', 3),
        ('kind = "date"', 1),
    ],
)
def test_lines_to_write_on(keys: str, lines: int) -> None:
    text = handout(f'id = "it", {keys}')
    assert text.splitlines().count(LINE) == lines
    assert "_" not in text


def test_options_say_how_many_to_choose() -> None:
    options = f"options = {things('branch', 'van', 'none')}"
    text = handout(
        f'id = "one", kind = "choice", other = true, {options}',
        f'id = "any", kind = "choices", {options}, exclusive = ["none"]',
        f'id = "most", kind = "choices", {options}, max = 2',
        f'id = "both", kind = "choices", {options}, min = 2, max = 3',
        'id = "of", kind = "choice", options_from = "any", ask = "Which of them?"',
    )
    assert "*Choose one.*\n\n- [ ] Branch\n- [ ] Van\n- [ ] None\n- [ ] something else: …" in text
    assert "*Choose any.*\n\n- [ ] Branch\n- [ ] Van\n- [ ] None (and nothing else)" in text
    assert "*Choose any (at most 2).*" in text
    assert "*Choose any (at least 2 and at most 3).*" in text
    assert f"*Choose one of those you chose at “What?”.*\n\n{LINE}\n" in text


def test_not_answers_are_boxes() -> None:
    text = handout('id = "it", kind = "yes-no", not_answers = ["dont-know", "not-applicable"]')
    assert "Or: ☐ don't know   ☐ does not apply   ☐ rather not say" in text


def test_conditions_are_said() -> None:
    sheet = worksheet_from(
        sheet_text(
            section_text('id = "sure", kind = "yes-no", ask = "Are you sure."'),
            section_text(
                'id = "it", kind = "text", when = { prompt = "sure", answered = true }',
                keys='id = "two"\ntitle = "Two"\nwhen = { prompt = "sure", is = true }',
            ),
        )
    )
    text = printed(sheet)
    assert "## Two\n\n*Only when “Are you sure” is answered yes.*" in text
    assert "*Only when “Are you sure” is answered.*" in text


def test_tables_have_the_columns_they_need() -> None:
    columns = f"""columns = [
        {{ id = "name", ask = "Name?", required = true }},
        {{ id = "where", ask = "Where?", kind = "choice", other = true, options = {things("desk", "van")} }},
        {{ id = "by", ask = "By when?", kind = "date", help = "Soon." }}]"""
    text = handout(f'id = "added", kind = "table", {columns}')
    assert (
        "| Name? (needed) | Where? | By when? |\n| --- | --- | --- |\n|  |  |  |\n|  |  |  |\n|  |  |  |\n"
        in text
    )
    assert "- “Where?”: one of: Desk, Van, something else.\n- “By when?”: Soon; a date.\n" in text
    rows = 'rows = [{ id = "mon", text = "Monday", help = "All day." }]'
    assert "| Monday (All day) |  |  |  |" in handout(f'id = "fixed", kind = "table", {rows}, {columns}')


def test_ratings_and_checklists_show_their_helps() -> None:
    item = '{ id = "desk", text = "The desk", help = "In front." }'
    scale = 'scale = { min = 0, max = 2, labels = ["bad", "good"] }'
    text = handout(
        f'id = "calm", kind = "rating", {scale}',
        f'id = "each", kind = "rating", {scale}, items = [{item}]',
        f'id = "care", kind = "checklist", add_items = true, items = [{item}]',
    )
    assert "| 0 | 1 | 2 |\n| --- | --- | --- |\n| ☐ | ☐ | ☐ |\n" in text
    assert "| The desk (In front) | ☐ | ☐ | ☐ |" in text
    assert "| The desk (In front) | ☐ |\n| …" in text


MIXED = worksheet_from(
    sheet_text(
        section_text(
            'id = "how", kind = "text", ask = "How are you?", private = true, required = true',
            'id = "met", kind = "yes-no", ask = "Is it met?"',
            'id = "sort", kind = "choices", ask = "Which of them?", options = [{ id = "a", text = "A" }]',
        ),
        section_text(
            'id = "why", kind = "text", ask = "Why?", recall = ["sort"]',
            'id = "own", kind = "choice", ask = "Which?", options_from = "sort"',
            keys='id = "second"\ntitle = "Second"\nprivate = true\nwhen = { prompt = "met", is = true }',
        ),
    )
)


def test_private_questions_stand_on_pages_of_their_own() -> None:
    shared, own = printed(MIXED).split("\n---\n")
    assert "3 of 5 questions are private. They stand at the end, on pages of your own: keep those." in shared
    assert "**Name:**" in shared
    assert "### 2. Is it met?" in shared
    assert "*Question 1 is on your own pages.*" in shared
    assert "## Second\n\n*Questions 4 and 5 are on your own pages.*" in shared
    assert "How are you?\n" not in shared
    assert own.startswith("\n## For you alone: keep these pages\n\n*No name is needed on them")
    assert "**Name:**" not in own
    assert "## First\n\n### 1. How are you? (needed)\n" in own
    elsewhere = "*Question 2 is on the pages that can be handed in.*"
    assert (
        f"## Second\n\n*This part is private.*\n\n*Only when “Is it met?” is answered yes.*\n\n{elsewhere}"
        in own
    )
    assert "*See what you wrote at “Which of them?”.*\n\n*Question 3 is on the pages that" in own
    assert "## Whom you can turn to" in own


def test_in_a_word_file_they_begin_on_a_sheet_of_their_own() -> None:
    file = docx.Document(io.BytesIO(in_word(blank_document(MIXED, facilitator=False))))
    assert [section.start_type for section in file.sections][1:] == [WD_SECTION.ODD_PAGE]


def test_a_private_question_says_where_its_options_are() -> None:
    own = printed(MIXED).partition("\n---\n")[2].partition("### 5. Which?")[2]
    assert own.startswith("\n\n*Question 3 is on the pages that can be handed in.*\n\n*Choose one of those")


def test_what_is_private_as_a_whole_says_so_once() -> None:
    text = handout('id = "it", kind = "text"', 'id = "two", kind = "text"', head="private = true")
    assert text.count("keep these pages") == 1
    assert "private" not in text
    assert "---\n" not in text
    assert "**Name:**" not in text
    assert "**Date:**" in text


def test_where_nothing_is_private_whom_to_turn_to_is_on_a_page_to_keep() -> None:
    shared, kept = handout('id = "it", kind = "text"').split("\n---\n")
    assert "These pages can be handed in. Keep the last ones" in shared
    assert kept.startswith("\n## Whom you can turn to\n")


def test_each_item_of_a_rating_has_its_reasons() -> None:
    scale = 'scale = { min = 0, max = 1, labels = ["bad", "good"] }, not_answers = ["dont-know"]'
    text = handout(
        f'id = "each", kind = "rating", {scale}, items = {things("desk")}, add_items = true',
        f'id = "calm", kind = "rating", {scale}',
    )
    each, one = text.split("### 2.")
    assert "|  | 0 | 1 | don't know |\n" in each
    assert "| Desk | ☐ | ☐ | ☐ |\n" in each
    assert "Or: ☐ rather not say\n" in each
    assert "| 0 | 1 |\n" in one
    assert "Or: ☐ don't know   ☐ rather not say\n" in one


SHIPPED = [path.stem for path in sorted(shipped_worksheets().glob("*-*.toml"))]
ON_A_SCREEN = re.compile(
    r"\blibwell\b|(?<!\S):[a-z]+\b|\b(?:type|click|resume|keyboard|screen|command)(?:s|d|ed)?\b"
    r"|\b(?:Enter|Ctrl)\b|\b(?:press|one|a|any) key\b|\bwithout quotes\b"
    r"|not-answered|\b[0-9]+[a-z]\b [0-9]+[a-z]\b",
)
"""What only makes sense where something is typed."""


@pytest.mark.parametrize("facilitator", [False, True])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_hand_out_speaks_of_no_command(name: str, *, facilitator: bool) -> None:
    worksheet = Shelf([(shipped_worksheets(), "built-in")]).load(name)
    assert ON_A_SCREEN.findall(printed(worksheet, facilitator=facilitator)) == []


@pytest.mark.parametrize("seed", range(40))
def test_libwell_adds_no_command_to_any_hand_out(seed: int) -> None:
    worksheet = worksheet_from(tomli_w.dumps(random_files.worksheet(Random(seed), "any")))
    assert ON_A_SCREEN.findall(printed(worksheet, facilitator=True)) == []


def test_the_end_says_whom_to_turn_to() -> None:
    text = handout('id = "it", kind = "text"')
    support = "".join(f"- {line}\n" for line in SUPPORT if line != ADD_OWN)
    assert text.endswith(f"## Whom you can turn to\n\n{support}")


def test_the_end_names_the_people_that_are_given_and_nothing_to_type() -> None:
    sheet = worksheet_of('id = "it", kind = "text"', head=OPEN)
    support = ("The desk: ext 1", ADD_OWN, IN_ONE_COUNTRY, "Call *somebody*.", "Chat: https://example.org")
    text = render(blank_document(sheet, facilitator=False, support=support))
    assert text.endswith(
        "## Whom you can turn to\n\n- The desk: ext 1\n- Call \\*somebody\\*.\n- Chat: <https://example.org>\n"
    )


def test_no_full_stop_is_doubled() -> None:
    sources = '[{ title = "Care.", author = "B.", note = "Read it." }, { title = "Why?" }]'
    text = handout('id = "it", kind = "text"', head=f"{OPEN}\nsources = {sources}")
    assert "- B. Care. Read it.\n- Why?\n" in text
    assert ".." not in text


def test_how_to_lead_it_is_there_when_wanted() -> None:
    head = f'{OPEN}\nfacilitator = "Breathe."\nshort_minutes = 2'
    prompts = ['id = "it", kind = "text"', *(f'id = "{name}", kind = "text", core = true' for name in "ab")]
    sheet = worksheet_of(*prompts, head=head)
    led = printed(sheet, facilitator=True)
    assert "## For facilitators\n\nBreathe.\n\nQuestions 2 and 3 are the short way.\n" in led
    assert "Breathe" not in printed(sheet)
    assert "short way" not in printed(sheet)
