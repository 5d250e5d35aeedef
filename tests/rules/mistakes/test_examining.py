"""Every mistake in a worksheet is named at once, with its line, its key and what to do; hints stand apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from build import (
    OPEN,
    SECTION,
    examine,
    mistakes_in,
    section_text,
    sheet_text,
    shelf_in,
    things,
    worksheet_text,
)
from libwell.errors import FileRefusedError, Mistake
from libwell.storage.worksheets import Shelf, examine_text

if TYPE_CHECKING:
    from pathlib import Path

# Behind each line that is wrong stands the key that `check` names.
MANY = """
libwell = "worksheet/1"
id = "many"
version = "1.0"
title = "Many"
minutes = "15"                                                  # minutes
colour = "red"                                                  # colour

[[sources]]
title = "A book"
yaer = 2020                                                     # sources[1].yaer

[[sections]]
id = "first"
title = "First"

[[sections.prompts]]
id = "areas"
kind = "choices"
ask = "Which?"
requierd = true                                                 # sections[1].prompts[1].requierd
options = [
  { id = "space", text = "Space" },
  { id = "other", text = "Something else" },                    # sections[1].prompts[1].options[2].id
  { id = "space", text = "Room" },                              # sections[1].prompts[1].options[3].id
]

[[sections.prompts]]
id = "odd"
kind = "txt"                                                    # sections[1].prompts[2].kind
ask = "What?"

[[sections.prompts]]
id = "words"
kind = "text"
ask = "What?"
when = { prompt = "areaz", answered = true }                    # sections[1].prompts[3].when.prompt

[[sections.prompts]]
id = "early"
kind = "text"
ask = "What?"
[sections.prompts.when]
all = [
  { prompt = "areas", includes = "space" },
  { prompt = "below", answered = true },                        # sections[1].prompts[4].when.all[2].prompt
  { not = { prompt = "areas", includes = "spcae" } },  # sections[1].prompts[4].when.all[3].not.includes
]

[[sections.prompts]]
id = "goals"
kind = "table"
ask = "Which goals?"
rows_from = "words"                                             # sections[1].prompts[5].rows_from
[[sections.prompts.columns]]
id = "goal"
ask = "Goal?"
level = "boss"                                                  # sections[1].prompts[5].columns[1].level

[[sections]]
id = "areas"                                                    # sections[2].id
title = "Second"
private = "no"                                                  # sections[2].private

[[sections.prompts]]
id = "words"                                                    # sections[2].prompts[1].id
kind = "list"
ask = "What?"

[[sections.prompts]]                                            # sections[2].prompts[2].ask
id = "late"
kind = "text"

[[sections.prompts]]
id = "below"
kind = "text"
ask = "What?"

[[sections]]
include = "nothing-there"                                       # sections[3].include

[[sections]]
id = "last"
title = "Last"

[[sections.prompts]]
id = "plan"
kind = "plan"
ask = "What will you do?"
collect = [
  "areas.space",
  "areas.nothing",                                              # sections[4].prompts[1].collect[2]
  "odd",
]

[[sections.prompts]]                                            # sections[4].prompts[2]
id = "plan-two"
kind = "plan"
ask = "And then?"
"""


def marked(text: str) -> list[tuple[int, str]]:
    """The lines and keys that a text says are wrong."""
    found = [(number, re.search(r"  # (\S+)$", line)) for number, line in enumerate(text.splitlines(), 1)]
    return [(number, match[1]) for number, match in found if match]


def places(mistakes: list[Mistake]) -> list[tuple[int, str]]:
    return [(mistake.line, mistake.key) for mistake in mistakes]


def test_every_mistake_is_named_at_once_with_its_line_and_key() -> None:
    assert len(marked(MANY)) == 19
    assert places(mistakes_in(MANY)) == marked(MANY)


REMEDIES = {
    "minutes": "whole number",
    "colour": "title, summary, minutes",
    "sources[1].yaer": "Did you mean year?",
    "sections[1].prompts[1].requierd": "Did you mean required?",
    "sections[1].prompts[1].options[2].id": "choose another",
    "sections[1].prompts[1].options[3].id": "space is used twice",
    "sections[1].prompts[2].kind": "Did you mean text?",
    "sections[1].prompts[3].when.prompt": "Did you mean areas?",
    "sections[1].prompts[4].when.all[2].prompt": "only prompts above",
    "sections[1].prompts[4].when.all[3].not.includes": "Did you mean space?",
    "sections[1].prompts[5].rows_from": "choices or checklist",
    "sections[1].prompts[5].columns[1].level": "me, team, organisation, community",
    "sections[2].id": "of its own",
    "sections[2].private": "without quotes",
    "sections[2].prompts[1].id": "of its own",
    "sections[2].prompts[2].ask": "missing",
    "sections[4].prompts[1].collect[2]": "nothing called",
    "sections[4].prompts[2]": "one plan",
}


@pytest.mark.parametrize("key", REMEDIES)
def test_each_mistake_says_what_to_do(key: str) -> None:
    (found,) = [mistake for mistake in mistakes_in(MANY) if mistake.key == key]
    assert REMEDIES[key] in f"{found.message} {found.remedy}"


def test_a_mistake_is_one_line_with_file_line_and_key() -> None:
    first = mistakes_in(MANY)[0]
    assert first.text("my.toml").startswith("my.toml:6: minutes: a whole number was expected")
    assert "\n" not in first.text("my.toml")


def test_a_worksheet_with_mistakes_is_not_sound_but_can_be_looked_at() -> None:
    examined = examine(MANY)
    assert not examined.is_sound
    assert examined.worksheet is not None
    assert [section.title for section in examined.worksheet.sections] == ["First", "Second", "Last"]


# --- one mistake, named once ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (worksheet_text('id = "a", kind = "text"', section='id = "Bad"\ntitle = "X"'), ["sections[1].id"]),
        (worksheet_text('id = "a", kind = "text"', section='id = "bad"'), ["sections[1]"]),
        (worksheet_text('id = "a", kind = "text"', section='id = "bad"\ntitle = " "'), ["sections[1].title"]),
        (worksheet_text('id = "a", kind = "text", bad = 1'), ["sections[1].prompts[1].bad"]),
        (worksheet_text('id = "A", kind = "text"'), ["sections[1].prompts[1].id"]),
        (worksheet_text('id = "a", kind = "choice", other = true'), ["sections[1].prompts[1]"]),
        (worksheet_text('id = "a", kind = "checklist", items = []'), ["sections[1].prompts[1]"]),
        (
            worksheet_text('id = "a", kind = "table", columns = [{ id = "b", ask = "?", kind = "choice" }]'),
            ["sections[1].prompts[1].columns[1]"],
        ),
        (
            worksheet_text('id = "a", kind = "choice", options = [{ id = "B", text = "B" }]'),
            ["sections[1].prompts[1].options[1].id"],
        ),
        (worksheet_text('id = "a", kind = "text", when = { is = true }'), ["sections[1].prompts[1].when"]),
        (worksheet_text('id = "a", kind = "number", min = "1"'), ["sections[1].prompts[1].min"]),
        (worksheet_text('kind = "text"'), ["sections[1].prompts[1].id"]),
        (worksheet_text('id = "a"'), ["sections[1].prompts[1]"]),
        (sheet_text("sections = []"), ["sections"]),
        (sheet_text("sections = {}"), ["sections"]),
        (sheet_text("sections = [1]"), ["sections[1]"]),
        (sheet_text("[[sections]]\nprompts = 1\n" + SECTION), ["sections[1].prompts"]),
        (sheet_text('[[sections]]\nprompts = ["a"]\n' + SECTION), ["sections[1].prompts[1]"]),
        (sheet_text(""), ["sections"]),
        ('libwell = "worksheet/1"\n[[sections]]\nid = "a"\ntitle = "A"', ["id", "version", "title"]),
    ],
)
def test_one_mistake_is_named_once(text: str, expected: list[str]) -> None:
    assert [mistake.key for mistake in mistakes_in(text)] == expected


@pytest.mark.parametrize(
    "keys", ['id = "odd", kind = "txt"', 'id = "odd", kind = "text", ask = 3', 'id = "odd"']
)
def test_what_points_to_a_prompt_that_cannot_be_read_is_no_mistake_of_its_own(keys: str) -> None:
    text = worksheet_text(
        keys,
        'id = "more", kind = "text", when = { prompt = "odd", answered = true }',
        'id = "rows", kind = "table", rows_from = "odd", columns = [{ id = "a", ask = "?" }]',
        'id = "plan", kind = "plan", collect = ["odd.item"]',
    )
    assert len(mistakes_in(text)) == 1


def test_places_are_those_of_the_file_behind_what_was_left_out() -> None:
    text = worksheet_text(
        'id = "a", kind = "txt"',
        f'id = "b", kind = "choice", options = [{{ id = "X", text = "X" }}, {things("c", "c")[1:-1]}]',
        'id = "d", kind = "text", when = { prompt = "e", answered = true }',
        'id = "f", kind = "text", when = { any = [{ prompt = "b", is = "c" }, { prompt = "b", is = "d" }] }',
    )
    assert places(mistakes_in(text)) == [
        (11, "sections[1].prompts[1].kind"),
        (12, "sections[1].prompts[2].options[1].id"),
        (12, "sections[1].prompts[2].options[3].id"),
        (13, "sections[1].prompts[3].when.prompt"),
        (14, "sections[1].prompts[4].when.any[2].is"),
    ]


def test_lines_are_right_in_every_way_of_writing_toml() -> None:
    text = f"""
libwell = "worksheet/1"
id = "test"
"version" = "1"
title = \"\"\"
A title
\"\"\"
private = false

sections = [
  {{ id = "a", title = "A", prompts = [
    {{ id = "x", kind = "text", ask = "?" }},  # fine
    # a comment
    {{ id = "y", kind = "choice", ask = "?", options = {things("one")}, bad = 1 }},
    {{ "id" = "z", kind = "text", ask = '''
?''', when.prompt = "nothing", when.answered = true }},
  ] }},
  {{ 'id' = "b", title = "B", epigraph.text = "", prompts = [] }},
]
"""
    assert places(mistakes_in(text)) == [
        (14, "sections[1].prompts[2].bad"),
        (16, "sections[1].prompts[3].when.prompt"),
        (18, "sections[2].epigraph.text"),
    ]


# --- what stands where something else was expected ------------------------------------------------

THING = 'Write it as { id = "…", text = "…" }.'


def said(text: str) -> list[str]:
    return [f"{mistake.message} {mistake.remedy}".strip() for mistake in mistakes_in(text)]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ('[sections]\nid = "a"', "sections"),
        ("[[sections]]\n" + SECTION + '\n[sections.prompts]\nid = "a"', "sections.prompts"),
        ('[sources]\ntitle = "A"\n' + section_text('id = "a", kind = "text"'), "sources"),
    ],
)
def test_a_heading_that_needs_two_brackets(heading: str, key: str) -> None:
    remedy = f"Write the heading with two brackets: [[{key}]]."
    assert said(sheet_text(heading)) == [f"a list in [ ] was expected. {remedy}"]


def test_a_misspelt_heading_is_named_where_it_stands() -> None:
    text = sheet_text(section_text('id = "a", kind = "text"'), '[[section.prompts]]\nid = "b"')
    (found,) = mistakes_in(text)
    assert (found.line, found.key) == (text.splitlines().index("[[section.prompts]]") + 1, "section")
    assert found.remedy == "Did you mean sections?"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ('id = "b", kind = "choice", options = ["x"]', [THING]),
        ('id = "b", kind = "checklist", items = ["x", "y"]', [THING, THING]),
        (f'id = "b", kind = "checklist", items = {things("x")}, marks = ["y"]', [THING]),
        ('id = "b", kind = "table", rows = ["x"], columns = [{ id = "c", ask = "?" }]', [THING]),
        ('id = "b", kind = "table", columns = ["x"]', ['Write it as { id = "…", ask = "…" }.']),
        ('id = "b", kind = "text", when = { all = { prompt = "a" } }', ["Put [ ] around it."]),
        ('id = "b", kind = "text", help = ["x"]', ["Write one text, without [ ]."]),
    ],
)
def test_what_stands_in_the_place_of_a_table_a_list_or_a_text(keys: str, expected: list[str]) -> None:
    found = mistakes_in(worksheet_text('id = "a", kind = "yes-no"', keys))
    assert [mistake.remedy for mistake in found] == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ('when = { prompt = "a", is = ["no"] }', "true or false, a number or a text was expected."),
        ('when = { prompt = "a", at_least = "3" }', "a number was expected, without quotes."),
        ('when = { prompt = "a", at_least = true }', "a number was expected."),
        ('when = { prompt = "a", is = {} }', "true or false, a number or a text was expected."),
        ('required = "yes"', "true or false was expected, without quotes."),
        ("required = 1", "true or false was expected."),
    ],
)
def test_one_mistake_names_everything_that_may_stand_there(keys: str, expected: str) -> None:
    text = worksheet_text('id = "a", kind = "yes-no"', f'id = "b", kind = "text", {keys}')
    assert said(text) == [expected]


OPTIONS_MISSING = 'options are missing: options = [{ id = "…", text = "…" }]'


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ('kind = "choice"', f'{OPTIONS_MISSING}, or options_from = "…".'),
        ('kind = "choices", options = []', f'{OPTIONS_MISSING}, or options_from = "…".'),
        (
            f'kind = "choice", options_from = "a", options = {things("x")}',
            "give options or options_from, not both.",
        ),
        (
            'kind = "table", columns = [{ id = "c", ask = "?", kind = "choice" }]',
            f"{OPTIONS_MISSING}.",
        ),
    ],
)
def test_options_that_are_missing_or_given_twice(keys: str, expected: str) -> None:
    above = f'id = "a", kind = "choices", options = {things("x")}'
    assert said(worksheet_text(above, f'id = "b", {keys}')) == [expected]


@pytest.mark.parametrize(
    ("keys", "test", "expected"),
    [
        (f'kind = "choice", options = {things("x")}', 'is = "no"', "there is no “no” there. One of: x."),
        (
            f'kind = "choice", other = true, options = {things("x")}',
            'is = "no"',
            "there is no “no” there. One of: other, x.",
        ),
        (f'kind = "choices", options = {things("x")}', 'includes = "other"', "there is no “other” there."),
        (f'kind = "checklist", items = {things("x")}', 'marked = "other"', "there is no “other” there."),
        (f'kind = "choices", other = true, options = {things("x")}', 'includes = "other"', ""),
        (f'kind = "checklist", add_items = true, items = {things("x")}', 'marked = "other"', ""),
    ],
)
def test_other_is_known_only_where_it_is_possible(keys: str, test: str, expected: str) -> None:
    text = worksheet_text(f'id = "a", {keys}', f'id = "b", kind = "text", when = {{ prompt = "a", {test} }}')
    assert [words[: len(expected)] for words in said(text)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("keys", "remedy"),
    [
        (f'kind = "choices", options = {things("x")}', "a is of kind choices. Use includes."),
        (f'kind = "checklist", items = {things("x")}', "a is of kind checklist. Use marked, with, or both."),
        ('kind = "text"', "a is of kind text."),
    ],
)
def test_is_on_what_it_does_not_go_with_says_what_does(keys: str, remedy: str) -> None:
    text = worksheet_text(f'id = "a", {keys}', 'id = "b", kind = "text", when = { prompt = "a", is = "x" }')
    assert said(text) == [f"is goes with yes-no, choice and number. {remedy}"]


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("minutes = 5", "It belongs to the head of the file, above the first heading in [[ ]]."),
        ('summary = "x"', "It belongs to the head of the file, above the first heading in [[ ]]."),
        ('facilitators = "x"', "Did you mean facilitator?"),
    ],
)
def test_a_key_of_the_head_in_a_section_is_sent_there(key: str, remedy: str) -> None:
    text = worksheet_text('id = "a", kind = "text"', section=f"{SECTION}\n{key}")
    assert said(text) == [f"there is no such key here. {remedy}"]


def test_a_key_of_the_head_behind_the_last_prompt_is_sent_there() -> None:
    prompt = '[[sections.prompts]]\nid = "a"\nkind = "text"\nask = "?"\nminutes = 5\n'
    (found,) = mistakes_in(sheet_text(f"[[sections]]\n{SECTION}\n{prompt}"))
    assert found.key == "sections[1].prompts[1].minutes"
    assert found.remedy == "It belongs to the head of the file, above the first heading in [[ ]]."


@pytest.mark.parametrize(
    ("keys", "remedy"),
    [
        (
            'kind = "text", when = "x"',
            'Write it as { prompt = "…", is = … }; several as { all = [{ … }, { … }] }.',
        ),
        (
            f'kind = "rating", scale = 3, items = {things("x")}',
            'Write it as { min = 0, max = 3, labels = ["…", "…"] }.',
        ),
    ],
)
def test_what_stands_in_the_place_of_a_table_of_keys(keys: str, remedy: str) -> None:
    assert said(worksheet_text(f'id = "a", {keys}')) == [f"a table was expected. {remedy}"]


# --- hints ----------------------------------------------------------------------------------------


def hints(text: str) -> list[str]:
    return [mistake.key for mistake in examine(text).mistakes if mistake.hint]


FULL = f'{OPEN}\nminutes = 5\nfacilitator = "Gently."\nsources = [{{ title = "A book" }}]'


@pytest.mark.parametrize(
    ("left_out", "key"), [("minutes", "minutes"), ("facilitator", "facilitator"), ("sources", "sources")]
)
def test_hints_for_what_is_missing(left_out: str, key: str) -> None:
    assert hints(worksheet_text('id = "a", kind = "text"', head=FULL)) == []
    head = "\n".join(line for line in FULL.splitlines() if not line.startswith(left_out))
    assert hints(worksheet_text('id = "a", kind = "text"', head=head)) == [key]


def test_a_hint_for_a_checklist_that_offers_nothing_to_the_plan() -> None:
    care = 'id = "care", kind = "checklist", items = [{ id = "tea", text = "Tea", suggest = "Ask for tea" }]'
    plan = 'id = "plan", kind = "plan"'
    assert hints(worksheet_text(care, plan, head=FULL)) == ["sections[1].prompts[1].marks"]
    assert hints(worksheet_text(care, head=FULL)) == []
    offering = f'{care}, marks = [{{ id = "do", text = "Do", offer = true }}]'
    assert hints(worksheet_text(offering, plan, head=FULL)) == []


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ("minutes = -3", "minutes"),
        ("facilitator = 3", "facilitator"),
        ("sources = [{}]", "sources"),
        ('x-a = 1\n[[sections]]\ninclude = "nothing"', "sources"),
    ],
)
def test_no_hint_where_a_mistake_stands(wrong: str, key: str) -> None:
    part = section_text('id = "a", kind = "text"')
    before = {"sources", "facilitator", "minutes"}
    assert set(hints(sheet_text(part))) == before
    assert set(hints(sheet_text(part, head=f"{OPEN}\n{wrong}"))) == before - {key}


def test_no_hint_on_offers_where_one_is_misspelt() -> None:
    marks = 'marks = [{ id = "do", text = "Do", offer = "yes" }]'
    care = f'id = "care", kind = "checklist", items = {things("breaks")}, {marks}'
    assert hints(worksheet_text(care, 'id = "plan", kind = "plan"', head=FULL)) == []


def test_hints_come_last_and_leave_a_worksheet_sound() -> None:
    examined = examine(worksheet_text('id = "a", kind = "text"'))
    assert examined.is_sound
    assert all(mistake.hint and mistake.remedy for mistake in examined.mistakes)
    with_mistake = examine(worksheet_text('id = "a", kind = "text", bad = 1'))
    assert [mistake.hint for mistake in with_mistake.mistakes] == [False, True, True, True]
    assert not with_mistake.is_sound


# --- what is no worksheet -------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["title = ''", "id = 1", 'libwell = "answers/1"', "sections = []"])
def test_what_is_no_worksheet_is_refused(text: str) -> None:
    with pytest.raises(FileRefusedError) as caught:
        examine(text)
    assert caught.value.status == 4
    assert places(list(caught.value.mistakes)) == [(1, "libwell")]


def test_two_sections_of_one_name_and_the_line_of_the_second() -> None:
    text = sheet_text(section_text('id = "a", kind = "text"'), section_text('id = "b", kind = "text"'))
    (found,) = mistakes_in(text)
    second = [number for number, line in enumerate(text.splitlines(), 1) if line == 'id = "first"'][1]
    assert (found.line, found.key) == (second, "sections[2].id")


# --- conditions that look where they can't --------------------------------------------------------


def said_of(text: str) -> list[tuple[str, str]]:
    return [(mistake.key, f"{mistake.message} {mistake.remedy}") for mistake in mistakes_in(text)]


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ('kind = "text", when = { prompt = "it", answered = true }', "when.prompt"),
        ('kind = "text", when = { not = { prompt = "it", answered = true } }', "when.not.prompt"),
        ('kind = "choice", options_from = "it"', "options_from"),
        ('kind = "table", rows_from = "it", columns = [{ id = "a", ask = "?" }]', "rows_from"),
        ('kind = "plan", collect = ["it"]', "collect[1]"),
    ],
)
def test_a_prompt_that_looks_at_itself(keys: str, key: str) -> None:
    assert said_of(worksheet_text(f'id = "it", {keys}')) == [
        (
            f"sections[1].prompts[1].{key}",
            "this prompt looks at itself; only prompts above can be looked at. Look at another.",
        )
    ]


FOLLOWING = "Write this at the prompts that follow it, or look at another."


def test_a_section_that_looks_at_a_prompt_in_itself() -> None:
    when = 'when = { any = [{ prompt = "b", answered = true }, { prompt = "c", answered = true }] }'
    text = sheet_text(
        section_text('id = "a", kind = "text"', 'id = "b", kind = "text"', keys=f"{SECTION}\n{when}"),
        section_text('id = "c", kind = "text"', keys='id = "second"\ntitle = "Second"'),
    )
    assert said_of(text) == [
        (
            "sections[1].when.any[1].prompt",
            f"“b” stands in this section; only prompts above it can be looked at. {FOLLOWING}",
        ),
        (
            "sections[1].when.any[2].prompt",
            "“c” stands below; only prompts above can be looked at. Move it up, or look at another.",
        ),
    ]


# --- ids where parts come from other worksheets ---------------------------------------------------

CARE = sheet_text(
    section_text(
        'id = "sure", kind = "yes-no"', 'id = "why", kind = "text"', keys='id = "care"\ntitle = "C"'
    ),
    section_text('id = "hours", kind = "number"', keys='id = "time"\ntitle = "T"'),
    name="staff-care",
)


def with_parts(folder: Path, *sections: str, parts: tuple[str, ...] = (CARE,)) -> list[tuple[str, str]]:
    """The mistakes in a worksheet that includes: the line that is wrong, and what is said."""
    text = sheet_text(*sections, name="whole")
    shelf = shelf_in(folder, *parts, text)
    mistakes = [found for found in shelf.examine(folder / "whole.toml").mistakes if not found.hint]
    lines = text.splitlines()
    return [(lines[found.line - 1], f"{found.message} {found.remedy}") for found in mistakes]


def include(name: str, keys: str = "") -> str:
    return f'[[sections]]\ninclude = "{name}"\n{keys}'


def own(*ids: str, section: str = "mine") -> str:
    prompts = [f'id = "{name}", kind = "text"' for name in ids]
    return section_text(*prompts, keys=f'id = "{section}"\ntitle = "Mine"')


def brought(name: str, what: str = "prompt") -> tuple[str, str]:
    """What is said of an id that comes with staff-care a second time."""
    message = f"another {what} has the id {name}, which comes with staff-care."
    return 'include = "staff-care"', f'{message} Write prefix = "staff-care-" beside it.'


@pytest.mark.parametrize("is_first", [True, False])
def test_an_id_that_an_include_brings_again_is_named_there_with_the_prefix(
    tmp_path: Path, *, is_first: bool
) -> None:
    sections = [include("staff-care"), own("why", "else", "hours")]
    found = with_parts(tmp_path, *(sections if is_first else sections[::-1]))
    assert found == [brought("hours"), brought("why")]
    prefixed = include("staff-care", 'prefix = "staff-care-"')
    assert with_parts(tmp_path, prefixed, sections[1]) == []


def test_ids_of_sections_count_as_well(tmp_path: Path) -> None:
    assert with_parts(tmp_path, own("a", section="care"), include("staff-care")) == [
        brought("care", "section")
    ]
    assert with_parts(tmp_path, own("care"), include("staff-care")) == [brought("care")]
    assert with_parts(tmp_path, own("a", section="sure"), include("staff-care")) == [
        brought("sure", "section")
    ]


def test_of_two_includes_the_second_is_named(tmp_path: Path) -> None:
    twice = [include("staff-care#time", 'prefix = "a-"'), include("staff-care#time", 'prefix = "a-"')]
    assert with_parts(tmp_path, *twice) == [
        (
            'include = "staff-care#time"',
            f"another {what} has the id a-{name}, which comes with staff-care. {remedy}",
        )
        for name, what in (("hours", "prompt"), ("time", "section"))
        for remedy in ["Choose another prefix."]
    ]
    shelf = shelf_in(tmp_path, CARE, sheet_text(*twice, name="whole"))
    keys = [found.key for found in shelf.examine(tmp_path / "whole.toml").mistakes if not found.hint]
    assert keys == ["sections[2].include"] * 2


def test_an_id_used_twice_within_what_is_included_is_its_own_mistake(tmp_path: Path) -> None:
    middle = sheet_text(own("hours"), include("staff-care#time"), name="middle")
    assert with_parts(tmp_path, include("middle"), parts=(CARE, middle)) == [
        (
            'include = "middle"',
            "middle has ids that are used twice in it. See `libwell check` on middle.",
        )
    ]


def test_where_no_long_prefix_fits_a_short_one_is_asked_for(tmp_path: Path) -> None:
    name = "a" * 60
    part = CARE.replace("staff-care", name)
    ((_, said),) = with_parts(tmp_path, own("why"), include(name), parts=(part,))
    assert said.endswith("Write a short prefix beside it.")


def test_own_ids_used_twice_are_named_where_they_stand_beside_an_include(tmp_path: Path) -> None:
    found = with_parts(tmp_path, own("a"), include("staff-care"), own("a", section="other-one"))
    assert [said for _, said in found] == ["another prompt has the id a. Give it one of its own."]


# --- where mistakes stand that come with an include -----------------------------------------------


def test_a_when_beside_an_include_is_named_where_it_stands(tmp_path: Path) -> None:
    first = section_text('id = "ready", kind = "yes-no"', keys=SECTION)
    for when, said in [
        ("{ prompt = 'redy', is = true }", "there is no prompt redy. Did you mean ready?"),
        ("{ prompt = 'ready', is = 1 }", "ready is answered by true or false. Write true or false."),
    ]:
        for part in ("staff-care", "staff-care#care"):
            line = f"when = {when}"
            assert with_parts(tmp_path, first, include(part, line)) == [(line, said)]


def test_a_part_with_a_when_of_its_own_is_named_where_it_is_included(tmp_path: Path) -> None:
    second = 'id = "time"\ntitle = "T"\nwhen = { prompt = "sure", answered = true }'
    part = CARE.replace('id = "time"\ntitle = "T"', second)
    first = section_text('id = "ready", kind = "yes-no"', keys=SECTION)
    line = "when = { prompt = 'redy', is = true }"
    assert with_parts(tmp_path, first, include("staff-care", line), parts=(part,)) == [
        (line, "there is no prompt redy. Did you mean ready?")
    ]
    broken = part.replace("answered = true }", "at_least = 3 }")
    assert with_parts(tmp_path, include("staff-care"), parts=(broken,)) == [
        ('include = "staff-care"', "at_least goes with number and rating. sure is a yes-no.")
    ]


# --- hints on the plan, scores and reading --------------------------------------------------------

PLAN = 'id = "plan", kind = "plan"'
POINTS = 'scale = { min = 0, max = 3, labels = ["no", "yes"] }'


def hinted(text: str) -> list[tuple[str, str]]:
    return [(found.key, f"{found.message} {found.remedy}") for found in examine(text).mistakes if found.hint]


STEP = '{ id = "y", text = "Y", suggest = "Do it" }'
TAKES_IT = 'not_answers = ["not-applicable"]'
OFFERED_ITEM = '{ id = "x", text = "X" }'
OFFERED = '{ id = "x", text = "X", offer = true }'


@pytest.mark.parametrize(
    ("kept", "plan", "is_hinted"),
    [("false", "true", True), ("true", "true", False), ("false", "false", False), ("true", "false", False)],
)
def test_a_hint_for_a_private_plan_below_what_is_shared(kept: str, plan: str, *, is_hinted: bool) -> None:
    picks = (
        f'id = "a", kind = "choices", options = [{STEP[:-2]}, offer = true }}], private = {kept}, {TAKES_IT}'
    )
    found = hinted(worksheet_text(picks, f"{PLAN}, private = {plan}", head=FULL))
    words = "this plan is private, so its steps are too, also from questions that are not. "
    words += "To share steps, let nothing make the plan private."
    assert found == ([("sections[1].prompts[2]", words)] if is_hinted else [])


def test_a_hint_for_a_plan_at_which_nothing_is_ever_offered() -> None:
    remedy = "Say offer = true on an option, a mark or a text column, or offer_at_most on a rating."
    assert hinted(worksheet_text('id = "a", kind = "text"', PLAN, head=FULL)) == [
        ("sections[1].prompts[2]", f"nothing is ever offered at this plan. {remedy}")
    ]
    assert hints(worksheet_text('id = "a", kind = "text"', head=FULL)) == []


@pytest.mark.parametrize(
    "keys",
    [
        'kind = "choice", options = [{ id = "x", text = "X", offer = true, suggest = "Do it" }]',
        'kind = "choices", options = [{ id = "x", text = "X", offer = true, suggest = "Do it" }]',
        'kind = "table", columns = [{ id = "x", ask = "?", offer = true }]',
        f'kind = "rating", {POINTS}, offer_at_most = 1',
        f'kind = "rating", {POINTS}, offer_at_least = 2',
        f'kind = "checklist", items = [{STEP}], marks = [{{ id = "do", text = "Do", offer = true }}]',
    ],
)
def test_one_offer_is_enough_for_a_plan(keys: str) -> None:
    assert hints(worksheet_text(f'id = "a", {keys}', PLAN, head=FULL)) == []


def test_a_score_of_rows_is_an_offer_too() -> None:
    column = '{ id = "how", ask = "?", kind = "yes-no" }'
    table = f'id = "a", kind = "table", rows = [{STEP}], columns = [{column}]'
    score = 'id = "s", title = "S", method = "sum", items = ["a.*.how"], each_row = true, offer_at_least = 1'
    score += ", examples = [{ given = { a = { y = { how = true } } }, score = 1 }]"
    for private, expected in (("false", []), ("true", ["sections[1].prompts[2]"])):
        sheet = worksheet_text(
            table, f"{PLAN}, private = {private}", head=f"{FULL}\nscores = [{{ {score} }}]"
        )
        assert [key for key, _ in hinted(sheet)] == expected


@pytest.mark.parametrize(
    "keys",
    [
        f'kind = "choices", options = [{OFFERED}, {{ id = "y", text = "Y" }}]',
        f'kind = "rating", {POINTS}, items = [{OFFERED_ITEM}, {STEP}], offer_at_most = 1',
        f'kind = "checklist", items = [{OFFERED_ITEM}], marks = [{{ id = "do", text = "Do", offer = true }}]',
    ],
)
def test_a_hint_where_what_is_offered_suggests_no_first_step(keys: str) -> None:
    remedy = 'Say suggest = "…": what somebody could do on Monday.'
    expected = [("sections[1].prompts[1]", f"no first step is suggested for x. {remedy}")]
    assert hinted(worksheet_text(f'id = "a", {keys}', PLAN, head=FULL)) == expected
    assert hinted(worksheet_text(f'id = "a", {keys}', head=FULL)) == []


def test_no_hint_on_the_plan_where_something_could_not_be_read() -> None:
    broken = 'id = "a", kind = "choice", options = [{ id = "x", text = "X", offer = "yes" }]'
    assert hints(worksheet_text(broken, PLAN, head=FULL)) == []


def test_an_include_can_bring_what_is_offered_and_is_not_hinted_at_itself(tmp_path: Path) -> None:
    marks = 'marks = [{ id = "do", text = "Do", offer = true }]'
    part = worksheet_text(
        f'id = "care", kind = "checklist", items = {things("x")}',
        f'id = "more", kind = "checklist", items = {things("x")}, {marks}',
        section='id = "part"\ntitle = "Part"',
    ).replace('id = "test"', 'id = "part-sheet"')
    text = sheet_text(include("part-sheet"), section_text(PLAN), head=FULL, name="whole")
    shelf = shelf_in(tmp_path, part, text)
    assert shelf.examine(tmp_path / "whole.toml").mistakes == ()
    without = shelf_in(tmp_path, part.replace("offer = true", "offer = false"))
    assert [found.key for found in without.examine(tmp_path / "whole.toml").mistakes] == [
        "sections[2].prompts[1]"
    ]


SCORE = """
[[scores]]
id = "{name}"
title = "Calm"
items = ["calm"]
method = "mean"
"""
EXAMPLE = "examples = [{ given = { calm = 2 }, score = 2 }]\n"


def test_one_hint_for_all_scores_without_a_worked_example() -> None:
    text = worksheet_text(f'id = "calm", kind = "rating", {POINTS}', head=FULL)
    text += SCORE.format(name="one") + SCORE.format(name="two") + EXAMPLE + SCORE.format(name="three")
    assert hinted(text) == [
        (
            "scores[1].examples",
            "no worked example is given for one, three. Write one: `check` tells whether it comes out.",
        )
    ]
    more = "".join(SCORE.format(name=f"more-{number}") for number in range(4))
    assert hinted(text + more)[0][1].startswith(
        "no worked example is given for one, three, more-0, more-1, more-2 and 1 more."
    )


def test_a_hint_where_a_notice_is_long_or_says_what_libwell_says_itself() -> None:
    def noticed(head: str, part: str) -> list[tuple[str, str]]:
        keys = f'id = "first"\ntitle = "First"\nnotice = "{part}"'
        section = section_text('id = "a", kind = "yes-no"', keys=keys)
        return hinted(sheet_text(section, head=f'{FULL}\nnotice = "{head}"'))

    assert noticed("It may touch you. " * 10, "This part speaks of threats.") == []
    long = "this notice has 44 words, all of them before the first question."
    twice = "libwell says by itself what is private and what can be typed; this names :support, team report."
    assert noticed("It may touch you. " * 11, "It is never in a team report. Type :support.") == [
        ("notice", f"{long} Keep what it touches on; the longer story goes into about."),
        ("sections[1].notice", f"{twice} Leave that out, so that nobody reads it twice."),
    ]


CORE = 'id = "core-one", kind = "choices", core = true, options = [{ id = "tea", text = "Tea" }]'
BESIDE = CORE.replace("core-one", "beside").replace(", core = true", "")
TOLD = (
    "this hangs on beside, which the short way does not ask. Say core = true there too, or take it out here."
)
NO_MINUTES = (
    "there is no short way without short_minutes in the head. Say how long it takes: short_minutes = 7"
)
NO_CORE = "no question is core, so there is no short way. Say core = true on the few questions it asks."


@pytest.mark.parametrize(
    ("minutes", "prompts", "said"),
    [
        ("", [BESIDE], []),
        ("short_minutes = 5", [CORE], []),
        ("", [CORE, CORE.replace("one", "two")], [NO_MINUTES]),
        ("short_minutes = 5", [BESIDE], [NO_CORE]),
        (
            "short_minutes = 5",
            [BESIDE, 'id = "a", kind = "yes-no", core = true, when = { prompt = "beside", answered = true }'],
            [TOLD],
        ),
        (
            "short_minutes = 5",
            [BESIDE, 'id = "a", kind = "choice", core = true, options_from = "beside"'],
            [TOLD],
        ),
        (
            "short_minutes = 5",
            [CORE, 'id = "a", kind = "choice", core = true, options_from = "core-one"'],
            [],
        ),
    ],
)
def test_hints_for_half_a_short_way(minutes: str, prompts: list[str], said: list[str]) -> None:
    text = worksheet_text(*prompts, head=f"{FULL}\n{minutes}")
    assert [hint for _, hint in hinted(text)] == said


def test_a_hint_where_a_section_hangs_on_a_question_the_short_way_does_not_ask() -> None:
    first, when = section_text(BESIDE), 'when = { prompt = "beside", answered = true }'
    second = section_text(CORE, keys=f'id = "second"\ntitle = "Second"\n{when}')
    text = sheet_text(first, second, head=f"{FULL}\nshort_minutes = 5")
    assert [hint for _, hint in hinted(text)] == [TOLD]


BARE = [
    f"private, and without not-applicable: {name}."
    for name in ("a", "a, c", "q0, q1, q2, q3, q4 and 25 more")
]


@pytest.mark.parametrize(
    ("prompts", "said"),
    [
        (['id = "a", kind = "text", private = true'], BARE[:1]),
        (['id = "a", kind = "text", private = false'], []),
        ([f'id = "a", kind = "text", private = true, {TAKES_IT}'], []),
        (
            [
                'id = "a", kind = "text", private = true',
                f'id = "b", kind = "text", private = true, {TAKES_IT}',
                'id = "c", kind = "text", when = { prompt = "a", answered = true }, private = false',
            ],
            BARE[1:2],
        ),
        ([f'id = "q{number}", kind = "text", private = true' for number in range(30)], BARE[2:]),
        ([f"{PLAN}, private = true"], []),
    ],
)
def test_one_hint_for_all_private_questions_without_not_applicable(
    prompts: list[str], said: list[str]
) -> None:
    remedy = 'Say not_answers = ["not-applicable"], so that nobody has to explain what does not fit.'
    found = [line for _, line in hinted(worksheet_text(*prompts, head=FULL)) if "not-applicable" in line]
    assert found == [f"{line} {remedy}" for line in said]


@pytest.mark.parametrize(
    ("collect", "is_hinted"),
    [
        ('["a"]', True),
        ('["a.x"]', True),
        ('["a.do"]', True),
        ('["a.y"]', False),
        ('["b"]', False),
        ("[]", False),
    ],
)
def test_no_hint_of_a_first_step_where_the_plan_leaves_it_out(collect: str, *, is_hinted: bool) -> None:
    marks = 'marks = [{ id = "do", text = "Do", offer = true }]'
    text = worksheet_text(
        f'id = "a", kind = "checklist", items = [{OFFERED_ITEM}, {STEP}], {marks}',
        f'id = "b", kind = "checklist", items = [{STEP}], {marks}',
        f"{PLAN}, collect = {collect}",
        head=FULL,
    )
    line = 'no first step is suggested for x. Say suggest = "…": what somebody could do on Monday.'
    assert hinted(text) == ([("sections[1].prompts[1]", line)] if is_hinted else [])


@pytest.mark.parametrize(("suggest", "is_hinted"), [('suggest = "Do it"', False), ('suggest = ""', True)])
def test_rows_that_a_score_offers_are_offers_with_a_first_step(suggest: str, *, is_hinted: bool) -> None:
    table = (
        f'id = "a", kind = "table", rows = [{{ id = "x", text = "X", {suggest} }}, {STEP}], '
        'columns = [{ id = "c", ask = "?", kind = "yes-no" }]'
    )
    score = (
        '[[scores]]\nid = "s"\ntitle = "S"\nitems = ["a.*.c"]\nmethod = "sum"\neach_row = true\n'
        "offer_at_least = 1\nexamples = [{ given = { a = { x = { c = true } } }, score = 1 }]\n"
    )
    line = 'no first step is suggested for x. Say suggest = "…": what somebody could do on Monday.'
    found = hinted(worksheet_text(table, PLAN, head=FULL) + score)
    assert found == ([("sections[1].prompts[1]", line)] if is_hinted else [])


def test_no_hint_of_an_offering_mark_where_the_plan_leaves_the_checklist_out() -> None:
    prompts = [
        f'id = "a", kind = "checklist", items = [{STEP}]',
        'id = "b", kind = "table", columns = [{ id = "x", ask = "?", offer = true }]',
    ]
    line = "nothing marked here is offered at the plan. Say offer = true on the mark that calls for a step."
    for collect, said in (("a.y", [("sections[1].prompts[1].marks", line)]), ("b", [])):
        text = worksheet_text(*prompts, f'{PLAN}, collect = ["{collect}"]', head=FULL)
        assert hinted(text) == said


EASY = 'kind = "text", ask = "What helps you rest?"'
HARD = 'kind = "text", ask = "Which organisational considerations predominate?"'
HARDEST = 'kind = "text", ask = "Which interdepartmental organisational considerations predominate?"'


def test_a_hint_where_the_questions_are_hard_to_read_names_the_hardest() -> None:
    text = worksheet_text(f'id = "a", {HARD}', f'id = "b", {HARDEST}', f'id = "c", {EASY}', head=FULL)
    ((key, said),) = hinted(text)
    assert key == "sections[1].prompts[2].ask"
    assert re.fullmatch(
        r"half of the questions read at grade \d\d or above; this one at \d\d\. "
        r"Shorter sentences and plainer words reach more people\.",
        said,
    )


def test_no_such_hint_where_half_are_easy_or_it_is_not_english() -> None:
    easy = worksheet_text(f'id = "a", {HARD}', f'id = "b", {EASY}', f'id = "c", {EASY}', head=FULL)
    german = worksheet_text(f'id = "a", {HARD}', head=f'{FULL}\nlanguage = "de"')
    assert hints(easy) == []
    assert hints(german) == []
    assert hints(german.replace('"de"', '"en-GB"')) == ["sections[1].prompts[1].ask"]


def test_hints_are_for_the_author_alone() -> None:
    text = worksheet_text(f'id = "a", {HARD}')
    assert examine_text(text, file="test.toml", load=Shelf([]).load_part, for_author=False).mistakes == ()
