"""`check` on files: worksheets, answers files and responses, each named with all that is wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import (
    OPEN,
    fixed_world,
    response_for,
    section_text,
    sheet_text,
    shelf_in,
    things,
    worksheet_from,
    worksheet_text,
)
from libwell.flows.checking import Checked, check
from libwell.storage.responses import response_text

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.errors import Mistake
    from libwell.storage.worksheets import Shelf

FULL = f'{OPEN}\nminutes = 5\nfacilitator = "Gently."\nsources = [{{ title = "A book" }}]'
CARE = worksheet_text(
    'id = "sure", kind = "yes-no"',
    'id = "why", kind = "text", required = true, when = { prompt = "sure", is = true }',
    'id = "hours", kind = "number", min = 0, when = { prompt = "sure", is = true }',
    f'id = "areas", kind = "choices", other = true, options = {things("space", "signs")}',
    'id = "goals", kind = "table", rows_from = "areas", columns = ['
    '{ id = "goal", ask = "Goal?", offer = true }]',
    'id = "plan", kind = "plan"',
    head=f'id = "care"\n{FULL}',
).replace('id = "test"\n', "")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path / "worksheets", CARE)


def check_text(tmp_path: Path, shelf: Shelf, text: str | bytes) -> Checked:
    path = tmp_path / "file.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = path.read_bytes()
    (found,) = check([path], shelf=shelf, world=fixed_world())
    assert found.file == str(path)
    assert path.read_bytes() == before
    return found


def places(found: Checked) -> list[tuple[int, str]]:
    return [(mistake.line, mistake.key) for mistake in found.mistakes if not mistake.hint]


def the_one(found: Checked) -> Mistake:
    (mistake,) = found.mistakes
    assert not found.is_sound
    return mistake


# --- worksheets -----------------------------------------------------------------------------------

RING = (
    sheet_text('[[sections]]\ninclude = "ring-b"', name="ring-a"),
    sheet_text('[[sections]]\ninclude = "ring-a"', name="ring-b"),
)
TEN = f"""libwell = "worksheet/1"
id = "ten"
version = "1.0"
title = "Ten"
colour = "red"

[[sections]]
id = "first"
title = "First"
prompts = [
  {{ id = "row-1", kind = "text", ask = "?" }},
  {{ id = "a", kind = "txt", ask = "?" }},
  {{ id = "b", kind = "text", ask = "?", when = {{ prompt = "d", answered = true }} }},
  {{ id = "c", kind = "text", ask = "?", when = {{ prompt = "bb", answered = true }} }},
  {{ id = "d", kind = "choice", ask = "?", options = {things("x", "x")} }},
  {{ id = "d", kind = "text", ask = "?", required = "yes" }},
  {{ id = "e", kind = "table", ask = "?", rows_from = "b", columns = [{{ id = "f", ask = "?" }}] }},
  {{ id = "g", kind = "plan", ask = "?", collect = ["d.y"] }},
]

[[sections]]
include = "ring-a"
"""


def test_ten_mistakes_are_named_at_once(tmp_path: Path) -> None:
    found = check_text(tmp_path, shelf_in(tmp_path / "worksheets", *RING), TEN)
    assert places(found) == [
        (5, "colour"),
        (11, "sections[1].prompts[1].id"),
        (12, "sections[1].prompts[2].kind"),
        (13, "sections[1].prompts[3].when.prompt"),
        (14, "sections[1].prompts[4].when.prompt"),
        (15, "sections[1].prompts[5].options[2].id"),
        (16, "sections[1].prompts[6].required"),
        (16, "sections[1].prompts[6].id"),
        (17, "sections[1].prompts[7].rows_from"),
        (18, "sections[1].prompts[8].collect[1]"),
        (22, "sections[2].include"),
    ]
    circle = next(mistake for mistake in found.mistakes if mistake.line == 22)
    assert circle.message == "the includes run in a circle: ring-a → ring-b → ring-a."
    near = next(mistake for mistake in found.mistakes if mistake.line == 14)
    assert near.remedy == "Did you mean b?"
    assert not found.is_sound


def test_hints_stand_apart_and_leave_the_file_sound(tmp_path: Path, shelf: Shelf) -> None:
    found = check_text(tmp_path, shelf, worksheet_text('id = "a", kind = "text"'))
    assert [mistake.key for mistake in found.mistakes] == ["sources", "facilitator", "minutes"]
    assert all(mistake.hint for mistake in found.mistakes)
    assert found.is_sound
    assert check_text(tmp_path, shelf, CARE) == Checked(found.file, ())


TOML_1_1 = {
    "a line break in a table": "x-a = {\n  b = 1\n}",
    "a last comma in a table": "x-a = { b = 1, }",
    "a new escape": r'x-a = "\e"',
    "a time without seconds": "x-a = 07:32",
}


@pytest.mark.parametrize("line", TOML_1_1.values(), ids=TOML_1_1)
def test_toml_1_1_is_hinted_at(tmp_path: Path, shelf: Shelf, line: str) -> None:
    found = check_text(tmp_path, shelf, CARE.replace("minutes = 5", f"minutes = 5\n{line}"))
    assert [mistake.message for mistake in found.mistakes] == ["this uses TOML 1.1."]
    assert found.is_sound


def test_mistakes_are_named_in_toml_1_1_too(tmp_path: Path, shelf: Shelf) -> None:
    text = CARE.replace("minutes = 5", "minutes = 5\nx-a = {\n  b = 1,\n}").replace(
        'kind = "number"', 'kind = "nmber"'
    )
    found = check_text(tmp_path, shelf, text)
    (mistake,) = [mistake for mistake in found.mistakes if not mistake.hint]
    assert mistake.key == "sections[1].prompts[3].kind"
    assert text.splitlines()[mistake.line - 1].strip().startswith('{ ask = "What?", id = "hours"')


@pytest.mark.parametrize(
    ("include", "said"),
    [
        ("part#plan", "this adds nothing: a plan is not included. Leave it out; ask for a plan of your own."),
        ("part#", "no section is named behind the #. Leave the # out, or name one of: first, plan."),
        ("part#frist", "part has no section frist. Name one of its own: first, plan."),
    ],
)
def test_an_include_that_adds_nothing(tmp_path: Path, include: str, said: str) -> None:
    part = sheet_text(
        section_text('id = "a", kind = "text"'),
        section_text('id = "step", kind = "plan"', keys='id = "plan"\ntitle = "Plan"'),
        name="part",
    )
    text = sheet_text(
        f'[[sections]]\ninclude = "{include}"',
        section_text('id = "own", kind = "text"'),
        head=FULL.partition("\nsources")[0],
    )
    mistake = the_one(check_text(tmp_path, shelf_in(tmp_path / "worksheets", part), text))
    assert (mistake.key, f"{mistake.message} {mistake.remedy}") == ("sections[1].include", said)


# --- what it is -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["worksheet", "answers", "response"])
def test_a_newer_version_is_refused(tmp_path: Path, shelf: Shelf, kind: str) -> None:
    mistake = the_one(check_text(tmp_path, shelf, f'libwell = "{kind}/2"\n'))
    assert (mistake.line, mistake.key) == (1, "libwell")
    assert mistake.message == f"this file was made for a newer libwell ({kind}/2)."
    assert mistake.remedy == "Update libwell to read it."


@pytest.mark.parametrize("word", ['"nonsense/1"', '"worksheets/1"', "1", "[]", "true", '""'])
def test_an_unknown_kind_of_file(tmp_path: Path, shelf: Shelf, word: str) -> None:
    mistake = the_one(check_text(tmp_path, shelf, f"libwell = {word}\n"))
    assert mistake.key == "libwell"
    assert mistake.remedy


def test_a_file_with_nothing_in_it(tmp_path: Path, shelf: Shelf) -> None:
    assert the_one(check_text(tmp_path, shelf, "# nothing yet\n")).message == "this file is empty."


@pytest.mark.parametrize("text", ["a = 1\n", '[[sections]]\nid = "a"\n'])
def test_a_file_that_does_not_say_what_it_is(tmp_path: Path, shelf: Shelf, text: str) -> None:
    assert "does not say that it is a worksheet" in the_one(check_text(tmp_path, shelf, text)).message


@pytest.mark.parametrize(
    ("text", "what", "word"),
    [
        ('[[resources]]\nid = "a"\n', "a file of resources", "resources"),
        ('[[support]]\nname = "Ana"\nreach = "ext 1"\n', "a configuration file", "config"),
        ('country = "US"\n', "a configuration file", "config"),
        (f"[[resources]]\n{section_text()}", "a worksheet", "worksheet"),
    ],
)
def test_a_file_without_its_first_line_is_told_which(
    tmp_path: Path, shelf: Shelf, text: str, what: str, word: str
) -> None:
    mistake = the_one(check_text(tmp_path, shelf, text))
    assert (mistake.line, mistake.remedy) == (1, "Add it, or name another file.")
    assert mistake.message == (
        f'this file does not say that it is {what}: libwell = "{word}/1" is its first line.'
    )


HELPLINE = """
libwell = "resources/1"
[[resources]]
id = "line"
title = "A line"
provider = "Somebody"
kind = "helpline"
audience = ["staff"]
about = "Call."
country = "CA"
"""


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('country = "DE"\n', ["country"]),
        ('country = "CA"\n', []),
        ('country = "DE"\n[[support]]\nname = "Ana"\nreach = "ext 1"\n', []),
        ('name = "Ana"\n', []),
    ],
)
def test_a_hint_where_settings_leave_people_with_nobody(
    tmp_path: Path, shelf: Shelf, text: str, keys: list[str]
) -> None:
    (tmp_path / "worksheets" / "resources.toml").write_text(HELPLINE)
    found = check_text(tmp_path, shelf, f'libwell = "config/1"\n{text}')
    assert [(one.key, one.hint, one.line) for one in found.mistakes] == [(key, True, 2) for key in keys]
    assert found.is_sound


@pytest.mark.parametrize(
    ("text", "line"),
    [('libwell = "worksheet/1"\nid =\n', 2), (b'a = "\xff"\n', 1), (b"a = 1\nb = '\xc3\x28'", 2)],
)
def test_what_is_no_toml_or_no_text(tmp_path: Path, shelf: Shelf, text: str | bytes, line: int) -> None:
    assert the_one(check_text(tmp_path, shelf, text)).line == line


def test_a_file_that_is_not_there(tmp_path: Path, shelf: Shelf) -> None:
    (found,) = check([tmp_path / "none.toml"], shelf=shelf, world=fixed_world())
    assert not found.is_sound
    (mistake,) = found.mistakes
    said = mistake.text(found.file)
    assert said == f"{tmp_path}/none.toml: there is no such file. Check the name."


def test_a_folder_is_checked_file_by_file(tmp_path: Path, shelf: Shelf) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in (("b.toml", CARE), ("a.toml", "a ="), ("c.txt", "a ="), (".d.toml", "a =")):
        (folder / name).write_text(text, encoding="utf-8")
    found = list(check([folder, folder / "b.toml"], shelf=shelf, world=fixed_world()))
    names = [one.file.rpartition("/")[2] for one in found]
    assert names == ["a.toml", "b.toml", "b.toml"]
    assert [one.is_sound for one in found] == [False, True, True]


# --- answers files --------------------------------------------------------------------------------

ANSWERS = """worksheet = "care"

[person]
name = "Ana"

[answers]
sure = true
why = "because"
areas = ["space", { other = "quiet room" }]
goals = { other-1 = { goal = "find one" } }

[[actions]]
step = "Ask"
from = "goals.other-1.goal"
"""


@pytest.mark.parametrize("head", ["", 'libwell = "answers/1"\n', "\ufeff"])
def test_a_sound_answers_file(tmp_path: Path, shelf: Shelf, head: str) -> None:
    assert check_text(tmp_path, shelf, head + ANSWERS).mistakes == ()


def test_every_mistake_in_an_answers_file(tmp_path: Path, shelf: Shelf) -> None:
    text = """worksheet = "care"
bogus = 1
person = { name = 3 }

[answers]
sure = true
hours = -1
areaz = ["space"]
areas = ["sapce", { other = 1 }]
goals = { space = { gaol = "x" } }
plan = "do it"

[[actions]]
step = ""

[[actions]]
step = "x"
due = 2027-03-01T00:00:00
level = "boss"

[[actions]]
step = "y"
from = "nothing.there"
"""
    found = check_text(tmp_path, shelf, text)
    assert places(found) == [
        (2, "bogus"),
        (3, "person.name"),
        (5, "answers.why"),
        (7, "answers.hours"),
        (8, "answers.areaz"),
        (9, "answers.areas[1]"),
        (9, "answers.areas[2].other"),
        (10, "answers.goals.space.gaol"),
        (11, "answers.plan"),
        (14, "actions[1].step"),
        (18, "actions[2].due"),
        (19, "actions[2].level"),
        (23, "actions[3].from"),
    ]
    near = next(mistake for mistake in found.mistakes if mistake.key == "answers.areaz")
    assert near.remedy == "Did you mean areas?"


def test_an_answers_file_has_to_be_complete(tmp_path: Path, shelf: Shelf) -> None:
    assert places(check_text(tmp_path, shelf, ANSWERS.replace('"because"', '""'))) == [(8, "answers.why")]
    assert places(check_text(tmp_path, shelf, ANSWERS.replace('"because"', "3"))) == [(8, "answers.why")]
    assert places(check_text(tmp_path, shelf, ANSWERS.replace("true", "false"))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[answers]\n", 'it does not say which worksheet it answers. Add worksheet = "…".'),
        ('worksheet = "caer"\n', "There is no worksheet caer. Did you mean care?"),
    ],
)
def test_an_answers_file_names_its_worksheet(tmp_path: Path, shelf: Shelf, text: str, said: str) -> None:
    mistake = the_one(check_text(tmp_path, shelf, text))
    assert (mistake.key, f"{mistake.message} {mistake.remedy}") == ("worksheet", said)


def test_a_worksheet_with_mistakes_is_not_the_answers_mistake(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "worksheets" / "care.toml").write_text(
        CARE.replace('kind = "number"', 'kind = "nmber"'), encoding="utf-8"
    )
    path = tmp_path / "file.toml"
    path.write_text(ANSWERS, encoding="utf-8")
    (found,) = check([path], shelf=shelf, world=fixed_world())
    assert found.file == str(tmp_path / "worksheets" / "care.toml")
    assert places(found) == [(16, "sections[1].prompts[3].kind")]


# What a person wrote who had the format in their head and not before their eyes.
MENDED = worksheet_text(
    'id = "sure", kind = "yes-no"',
    'id = "why", kind = "text", when = { prompt = "sure", is = true }',
    'id = "hours", kind = "number", min = 0, max = 9',
    'id = "day", kind = "date"',
    'id = "calm", kind = "rating", scale = { min = 1, max = 5, labels = ["no", "yes"] }',
    f'id = "practice", kind = "rating", scale = {{ min = 1, max = 5, labels = ["no", "yes"] }}, '
    f"items = {things('signs')}",
    'id = "place", kind = "choice", options = [{ id = "explore", text = "Try it with others" }]',
    'id = "supports", kind = "checklist", marks = [{ id = "well", text = "In place", offer = true }], '
    f"items = {things('check-ins', 'learning-time')}",
    f'id = "areas", kind = "choices", other = true, options = {things("space", "signage")}',
    'id = "goals", kind = "table", rows_from = "areas", columns = [{ id = "goal", ask = "Goal?" }]',
    'id = "first-one", kind = "choice", options_from = "areas"',
    'id = "agencies", kind = "table", columns = [{ id = "name", ask = "Which agency?", required = true }, '
    '{ id = "tel", ask = "Telephone?" }]',
    'id = "plan", kind = "plan"',
    head=f'id = "care"\n{FULL}',
).replace('id = "test"\n', "")


def found_in(tmp_path: Path, answers: str) -> list[str]:
    """Key, message and remedy of all that `check` finds in answers to MENDED; a hint is marked."""
    shelf = shelf_in(tmp_path / "worksheets", MENDED)
    found = check_text(tmp_path, shelf, f'worksheet = "care"\n{answers}')
    assert found.is_sound == all(mistake.hint for mistake in found.mistakes)
    return [f"{'hint: ' if m.hint else ''}{m.text('').removeprefix(f':{m.line}: ')}" for m in found.mistakes]


ACTION = '[answers]\nsure = true\n[[actions]]\nstep = "x"\n'
NO_KEY = "there is no such key here."
NOWHERE = "this leads to nothing in the worksheet."
WHOLE = "a whole number was expected."
TABLE_OF = '[answers]\nareas = ["space"]\n'
MISTAKES = {
    f'person = {{ departement = "x" }}\n{ACTION}': (
        f"person.departement: {NO_KEY} Known here: name, team, library."
    ),
    f'person = {{ nmae = "x" }}\n{ACTION}': f"person.nmae: {NO_KEY} Did you mean name?",
    f"{ACTION}deadline = 2027-03-01": f"actions[1].deadline: {NO_KEY} Known here: id, step, who, due, level, "
    "know, notes, from, private, status, changed.",
    f'{ACTION}stpe = "y"': f"actions[1].stpe: {NO_KEY} Did you mean step?",
    '[actions]\nstep = "x"': "actions: a list in [ ] was expected. "
    "Write the heading with two brackets: [[actions]].",
    f'{ACTION}from = "suports"': f"actions[1].from: {NOWHERE} Did you mean supports?",
    f'{ACTION}from = "supports.lerning-time"': (
        f"actions[1].from: {NOWHERE} Did you mean supports.learning-time?"
    ),
    f'{ACTION}from = "goals.spcae"': f"actions[1].from: {NOWHERE} Did you mean goals.space?",
    f'{ACTION}from = "goals.other-x"': f"actions[1].from: {NOWHERE} Name what is in goals, or goals alone.",
    f'{ACTION}from = "goals.space.gaol"': f"actions[1].from: {NOWHERE} Did you mean goal?",
    f'{ACTION}from = "goals.space.zz"': (
        f"actions[1].from: {NOWHERE} Name a column, or leave that part out."
    ),
    f'{ACTION}from = "goals.space.goal.x"': (
        f"actions[1].from: {NOWHERE} An address has at most three parts: prompt.row.column."
    ),
    "[answers]\ncalm = 9": "answers.calm: this number is not on the scale. Use a number from 1 to 5.",
    "[answers]\ncalm = 3.5": f"answers.calm: {WHOLE} Use one from 1 to 5.",
    "[answers]\ncalm = true": f"answers.calm: {WHOLE} Use a number from 1 to 5.",
    '[answers]\ncalm = "3"': f"answers.calm: {WHOLE} Write it without quotes.",
    '[answers]\npractice = { signs = "3" }': f"answers.practice.signs: {WHOLE} Write it without quotes.",
    "[answers]\npractice = { Signs = 3 }": (
        "answers.practice.Signs: there is no item with this id. Did you mean signs?"
    ),
    '[answers]\nhours = "3"': "answers.hours: a number was expected. Write it without quotes.",
    "[answers]\nhours = [3]": "answers.hours: a number was expected. Write a number from 0 to 9.",
    "[answers]\nsure = 1": "answers.sure: true or false was expected. Write true or false.",
    "[answers]\nday = 3": "answers.day: a date was expected. Write it as 2026-12-01.",
    '[answers]\nday = "2027-03-01"': (
        "answers.day: a date was expected. Write it as 2026-12-01, without quotes."
    ),
    '[answers]\nsure = true\nwhy = ["x"]': (
        "answers.why: one text was expected. Write one text, without [ ]."
    ),
    '[answers]\ncalm = { not_answered = "skipped" }': (
        f"answers.calm.not_answered: {NO_KEY} Did you mean not-answered?"
    ),
    '[answers]\npractice = { not_answered = "skipped" }': (
        f"answers.practice.not_answered: {NO_KEY} Did you mean not-answered?"
    ),
    '[answers]\npractice = { signs = { notanswered = "skipped" } }': (
        f"answers.practice.signs.notanswered: {NO_KEY} Did you mean not-answered?"
    ),
    '[answers]\nplace = ["explore"]': (
        "answers.place: the id of an option was expected. One id only, without [ ]."
    ),
    '[answers]\nplace = "Explore"': ("answers.place: there is no option with this id. Did you mean explore?"),
    '[answers]\nplace = "Try it with others"': (
        "answers.place: there is no option with this id. Did you mean explore?"
    ),
    '[answers]\nsupports = { Well = ["check-ins"] }': (
        "answers.supports.Well: there is no mark with this id. Did you mean well?"
    ),
    '[answers]\nsupports = { well = ["checkins"] }': (
        "answers.supports.well[1]: there is no item with this id. Did you mean check-ins?"
    ),
    '[answers]\nareas = ["Space"]': (
        "answers.areas[1]: there is no option with this id. Did you mean space?"
    ),
    TABLE_OF + 'goals = { Space = { goal = "x" } }': (
        "answers.goals.Space: there is no row with this id. Did you mean space?"
    ),
    TABLE_OF + 'goals = { space = { Goal = "x" } }': (
        "answers.goals.space.Goal: there is no column with this id. Did you mean goal?"
    ),
    '[answers]\nagencies = [{ name = "x" }, { tel = "1" }]': (
        "answers.agencies[2].name: “Which agency?” is needed in each row."
    ),
}


@pytest.mark.parametrize("answers", MISTAKES)
def test_a_mistake_says_what_fits(tmp_path: Path, answers: str) -> None:
    assert found_in(tmp_path, answers) == [MISTAKES[answers]]


@pytest.mark.parametrize(
    "address",
    [
        *("goals.space", "goals.signage.goal", "goals.other-7.goal", "agencies.row-2.tel", "areas.other-1"),
        *("first-one.space", "supports.well", "supports", "calm", "goals.goal"),
    ],
)
def test_where_an_action_can_come_from(tmp_path: Path, address: str) -> None:
    assert found_in(tmp_path, f'{ACTION}from = "{address}"') == []


def test_where_an_action_of_a_response_comes_from(tmp_path: Path, shelf: Shelf) -> None:
    answers = 'sure = true\n[[actions]]\nstep = "x"\nfrom = "areas.canary"'
    text = response_text(response_for(worksheet_from(MENDED), answers))
    mistake = the_one(check_text(tmp_path, shelf, text))
    assert (mistake.key, mistake.message) == ("actions[1].from", NOWHERE)
    assert "canary" not in mistake.text("file.toml")


def test_what_a_response_does_not_know_is_kept(tmp_path: Path, shelf: Shelf) -> None:
    answers = 'sure = true\n[[actions]]\nstep = "x"\ndeadline = "soon"'
    text = response_text(response_for(worksheet_from(MENDED), answers))
    assert check_text(tmp_path, shelf, text).mistakes == ()


UNSEEN = "it is kept, and not shown."
HINTS = {
    '[answers]\nsure = false\nwhy = "x"': "answers.why: this is not asked after what you answered at sure; "
    f"{UNSEEN} Take it out, or look there again.",
    TABLE_OF + 'goals = { signage = { goal = "x" } }': (
        f"answers.goals.signage: this is not picked at areas; {UNSEEN} Pick it there, or take it out."
    ),
    TABLE_OF + 'first-one = "signage"': (
        f"answers.first-one: this is not picked at areas; {UNSEEN} Pick it there, or take it out."
    ),
    f'{ACTION}due = "2027-03-01"': ("actions[1].due: this looks like a date. Write it without quotes."),
    "": "nothing is answered. Fill in what you can.",
    '[answers]\nsure = ""\nareas = []': "nothing is answered. Fill in what you can.",
}


@pytest.mark.parametrize("answers", HINTS)
def test_hints_on_answers(tmp_path: Path, answers: str) -> None:
    assert found_in(tmp_path, answers) == [f"hint: {HINTS[answers]}"]


@pytest.mark.parametrize(
    "answers",
    [
        '[answers]\nsure = false\nwhy = ""',
        '[answers]\nsure = { not-answered = "prefer-not-to-say" }',
        f'{ACTION}due = "2027-13-45"',
        f'{ACTION}due = "end of term"',
        TABLE_OF + 'goals = { space = { goal = "x" } }\nfirst-one = "space"',
        '[answers]\nareas = [{ other = "x" }]\ngoals = { other-1 = { goal = "x" } }',
    ],
)
def test_no_hints_on_answers(tmp_path: Path, answers: str) -> None:
    assert found_in(tmp_path, answers) == []


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ('[answers]\nsure = "yes"\nwhy = "x"', "answers.sure"),
        ('[answers]\nareas = "space"\ngoals = { signage = { goal = "x" } }', "answers.areas"),
        (
            '[answers]\nareas = ["spcae"]\ngoals = { spcae = { goal = "x" } }\nfirst-one = "spcae"',
            "answers.areas[1]",
        ),
        ("bogus = 1", "bogus"),
    ],
)
def test_nothing_follows_from_a_mistake(tmp_path: Path, answers: str, key: str) -> None:
    (found,) = found_in(tmp_path, answers)
    assert found.startswith(f"{key}: ")


# --- responses ------------------------------------------------------------------------------------


def response_file(answers: str = 'sure = true\nwhy = "because"') -> str:
    return response_text(response_for(worksheet_from(CARE), answers))


def test_a_sound_response(tmp_path: Path, shelf: Shelf) -> None:
    assert check_text(tmp_path, shelf, response_file()).mistakes == ()


def test_every_wrong_answer_in_a_response(tmp_path: Path, shelf: Shelf) -> None:
    answers = 'sure = 1\nwhy = 2\nareas = ["x"]\nzz = 1\n[[actions]]\nstep = "x"\nfrom = "nothing"'
    text = response_file(answers)
    found = check_text(tmp_path, shelf, text)
    lines = text.splitlines()
    on_lines = {key: lines[line - 1].strip() for line, key in places(found)}
    assert 'from = "nothing"' in on_lines.pop("actions[1].from")
    assert on_lines == {
        "answers.sure": "sure = 1",
        "answers.why": "why = 2",
        "answers.areas[1]": '"x",',
        "answers.zz": "zz = 1",
    }


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('status = "draft"', 'status = "done"', "status"),
        ("revision = 0", 'revision = "0"', "revision"),
        ("revision = 0", "revision = -1", "revision"),
        ('id = "test-', 'id = "Test_', "id"),
        ("created = ", "# created = ", "created"),
        ("updated = 2026-11-21", 'updated = "2026-11-21"\nwas = 2026-11-21', "updated"),
        ('version = "1.0"', 'version = "1.0"\nbogus = 1', "definition.worksheet"),
        ("worksheet/1", "worksheet/2", "definition.worksheet"),
        ('libwell = "worksheet/1"', "", "definition.worksheet"),
        ("[definition]", "[other]", "definition"),
    ],
)
def test_a_response_that_cannot_be_read(
    tmp_path: Path, shelf: Shelf, before: str, after: str, key: str
) -> None:
    text = response_file()
    assert text.count(before) == 1
    mistake = the_one(check_text(tmp_path, shelf, text.replace(before, after)))
    assert mistake.key == key
    assert "because" not in mistake.text("file.toml")


def test_nothing_a_person_answered_is_quoted(tmp_path: Path, shelf: Shelf) -> None:
    secret = "canary-words"
    answers = f'sure = "{secret}"\nhours = "{secret}"\nareas = ["{secret}"]\nplan = "{secret}"\n{secret} = 1'
    found = check_text(tmp_path, shelf, response_file(answers).replace(f"{secret} =", "zz ="))
    assert len(found.mistakes) == 5
    assert not any(secret in mistake.text("file.toml") for mistake in found.mistakes)


def test_worksheets_include_from_the_shelf(tmp_path: Path, shelf: Shelf) -> None:
    text = sheet_text(
        '[[sections]]\ninclude = "care"\nprefix = "c-"', section_text('id = "own", kind = "text"'), head=FULL
    )
    assert check_text(tmp_path, shelf, text).mistakes == ()


def entry(name: str, *keys: str) -> str:
    given = [f'id = "{name}"', 'title = "T"', 'provider = "P"', 'audience = ["staff"]', 'about = "A."', *keys]
    return "\n[[resources]]\n" + "\n".join(given)


RESOURCES = 'libwell = "resources/1"' + "".join(
    [
        entry("sound", 'kind = "helpline"', "looked_up = 2026-11-01"),
        entry("no-day", 'kind = "helpline"'),
        entry("old", 'kind = "guide"', 'looked_up = "2024-11-01"'),
        entry("young", 'kind = "guide"', "looked_up = 2024-12-24"),
        entry("book", 'kind = "guide"', 'url = "www.example.org"'),
        entry("emergency-number", 'kind = "helpline"'),
    ]
)


def test_what_nobody_has_looked_up_for_two_years_is_a_hint(tmp_path: Path, shelf: Shelf) -> None:
    found = check_text(tmp_path, shelf, RESOURCES)
    hints = [(one.key, one.message) for one in found.mistakes if one.hint]
    assert hints == [
        ("resources[2].looked_up", "the helpline no-day does not say when it was last looked up."),
        ("resources[3].looked_up", "this was last looked up more than two years ago."),
    ]
    assert found.mistakes[-1].remedy == "Look it up, and write the day: looked_up = 2026-11-21"
    assert [(one.key, one.message) for one in found.mistakes if not one.hint] == [
        ("resources[5].url", "this is no address that can be followed.")
    ]


def test_a_day_that_is_none_is_a_mistake(tmp_path: Path, shelf: Shelf) -> None:
    found = check_text(tmp_path, shelf, RESOURCES.replace('"2024-11-01"', '"last year"'))
    (mistake,) = [one for one in found.mistakes if not one.hint]
    assert (mistake.key, mistake.message) == (
        "resources[3].looked_up",
        "a day is written as 2026-11-27: year, month, day.",
    )
