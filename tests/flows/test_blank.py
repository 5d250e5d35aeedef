"""Answers files to fill in: what stands in their comments, and that `fill` takes what they show."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from build import (
    OPEN,
    fill,
    fixed_world,
    section_text,
    sheet_text,
    shelf_in,
    things,
    worksheet_from,
    worksheet_of,
)
from libwell.flows.blank import blank_answers
from libwell.storage.responses import ResponseFolder
from walking import run

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'notice = "This is no test.\\n\\nIt is private."\nfacilitator = "Breathe out."\n' + OPEN
COLUMNS = f"""columns = [
    {{ id = "name", ask = "Name?", required = true, help = "Who it is." }},
    {{ id = "where", ask = "Where?", kind = "choice", other = true, options = {things("desk")} }},
    {{ id = "by", ask = "By when?", kind = "date" }}, {{ id = "sure", ask = "Sure?", kind = "yes-no" }}]"""
OPTIONS = things("space", "signs")
SHEET = sheet_text(
    section_text(
        f'id = "areas", kind = "choices", other = true, required = true, options = {OPTIONS}',
        'id = "calm", kind = "rating", scale = { min = 0, max = 3, labels = ["a", "b"] }',
        f'id = "agencies", kind = "table", {COLUMNS}',
        f'id = "goals", kind = "table", rows_from = "areas", {COLUMNS}',
        'id = "first-one", kind = "choice", options_from = "areas"',
        'id = "more", kind = "text", ask = "And?", when = { prompt = "areas", includes = "signs" }',
        'id = "rota", kind = "table", rows = [{ id = "mon", text = "Monday", help = "All day." }], '
        + COLUMNS,
    ),
    section_text(
        'id = "late", kind = "date"',
        keys='id = "two"\ntitle = "Two"\nfacilitator = "Wait."\nwhen = { prompt = "areas", answered = true }',
    ),
    head=HEAD,
)


@pytest.fixture
def blank() -> str:
    return blank_answers(worksheet_from(SHEET))


@pytest.mark.parametrize(
    "told",
    [
        "# Only when “Signs” is among the answers to “What?”.",
        "# == Two ==\n# Only when “What?” is answered.",
        "# What? (needed)",
        "#   column name (text): Name? (needed)\n#       Who it is.",
        '#     desk: Desk\n#     or in your own words: { other = "…" }',
        "#   column by (date): By when?\n#     a date such as 2026-12-01, without quotes",
        "#   row mon: Monday\n#       All day.",
        '#   such as: { space = { name = "…" } }',
        "#   own entries given at areas are called other-1, other-2 …, in their order",
        '#   such as: "space"',
        "\nagencies = []\n",
        '\ncalm = ""\n',
        "\ngoals = {}\n",
        "# private = true ",
        '# from = "areas" ',
        "THIS-FILE\n#\n# This is no test.\n#\n# It is private.\n",
    ],
)
def test_a_blank_tells(blank: str, told: str) -> None:
    assert told in blank


def test_how_to_lead_it_is_there_when_wanted(blank: str) -> None:
    led = blank_answers(worksheet_from(SHEET), facilitator=True)
    assert "# For facilitators: Breathe out." in led
    assert "#\n# For facilitators: Wait." in led
    assert "facilitators" not in blank


def test_the_examples_are_answers(tmp_path: Path, blank: str) -> None:
    """What is shown as an example is taken as it stands, and so is the block of an action."""
    lines: list[str] = []
    example = ""
    for line in blank.splitlines():
        name = re.match(r"[a-z-]+ = ", line)
        example = line.removeprefix("#   such as: ") if line.startswith("#   such as: ") else example
        if name and example:
            lines.append(name[0] + example)
            example = ""
        else:
            lines.append(line)
    text = "\n".join(lines)
    head, mark, block = text.partition("# [[actions]]")
    text = head + (mark + block).replace("# ", "", 1).replace("\n# ", "\n")
    saved = fill(
        text,
        file="a.toml",
        shelf=shelf_in(tmp_path / "worksheets", SHEET),
        folder=ResponseFolder(tmp_path / "responses"),
        world=fixed_world(),
        draft=True,
    )
    assert saved.response.answers["goals"] == {"space": {"name": "…"}}
    (action,) = saved.response.actions
    assert (action.private, action.from_, action.level) == (True, "areas", "team")


def test_a_plan_alone_has_no_question_to_come_from() -> None:
    assert "# from" not in blank_answers(worksheet_of('id = "plan", kind = "plan"'))


def test_what_is_picked_of_a_checklist_are_its_items_and_not_its_marks() -> None:
    marked = f'id = "care", kind = "checklist", marks = {things("well")}, items = {things("rest", "talk")}'
    text = blank_answers(worksheet_of(marked, 'id = "first", kind = "choices", options_from = "care"'))
    assert '#   such as: ["rest", "talk"]\n' in text


@pytest.mark.thorough
def test_what_was_named_by_its_path_can_be_filled_as_its_first_lines_say(tmp_path: Path) -> None:
    sheet, empty = tmp_path / "our sheet.toml", tmp_path / "empty.toml"
    sheet.write_text(sheet_text(section_text('id = "open", kind = "yes-no"')), encoding="utf-8")
    assert run(tmp_path / "data", "blank", str(sheet), "--output", str(empty)).returncode == 0
    told = empty.read_text(encoding="utf-8").splitlines()[1].partition("Then: libwell ")[2]
    *line, last = shlex.split(told)
    assert (line, last) == (["fill", "--worksheet", str(sheet)], "THIS-FILE")
    assert run(tmp_path / "data", *line, str(empty)).returncode == 0
