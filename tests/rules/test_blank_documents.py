"""Worksheets to fill in by hand: room for every kind of answer, and everything one has to know for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import OPEN, section_text, sheet_text, things, worksheet_from, worksheet_of
from libwell.export.markdown import render
from libwell.kinds.forms import LINE
from libwell.rules.documents import blank_document
from libwell.rules.support import ADD_OWN, IN_ONE_COUNTRY, SUPPORT

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


def test_private_pages_are_for_oneself() -> None:
    text = handout(
        'id = "open", kind = "text"', 'id = "mine", kind = "text", private = true, required = true'
    )
    assert text.count("*Keep this page for yourself.*") == 1
    assert "### What? (needed) (private)\n\n*Keep this page for yourself.*" in text


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
    sheet = worksheet_of('id = "it", kind = "text"', head=f'{OPEN}\nfacilitator = "Breathe."')
    assert "## For facilitators\n\nBreathe." in printed(sheet, facilitator=True)
    assert "Breathe" not in printed(sheet)
