"""From an empty answers file to a saved response and its export, without a prompt."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import tomli

from build import (
    OPEN,
    TODAY,
    exported,
    fill,
    fixed_world,
    section_text,
    sheet_text,
    shelf_in,
    things,
    worksheet_text,
)
from libwell.errors import FileRefusedError, NotFoundError, SaveError
from libwell.flows.blank import blank_answers
from libwell.flows.checking import check
from libwell.flows.exporting import export, form
from libwell.flows.fill import read_answers_text
from libwell.flows.opened import read_response
from libwell.rules.walk import Walk
from libwell.storage.places import SHIPPED, shipped_worksheets
from libwell.storage.responses import ResponseFolder
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from libwell.errors import Mistake
    from libwell.flows.opened import Opened

SCALE = 'scale = { min = 0, max = 3, labels = ["not yet", "in place"] }'
MARKS = 'marks = [{ id = "well", text = "well" }, { id = "improve", text = "improve", offer = true }]'
KINDS = (
    'id = "words", kind = "text", ask = "What do you *see*?\\nAnd hear?", help = "A word or two."',
    'id = "sure", kind = "yes-no", not_answers = ["dont-know"]',
    f'id = "place", kind = "choice", other = true, options = {things("branch", "van")}',
    f'id = "areas", kind = "choices", other = true, options = {things("space", "signs")}',
    'id = "first-one", kind = "choice", options_from = "areas"',
    'id = "hours", kind = "number", min = 0, max = 40',
    'id = "day", kind = "date"',
    f'id = "calm", kind = "rating", {SCALE}',
    f'id = "practice", kind = "rating", {SCALE}, items = {things("signs", "crowding")}, offer_at_most = 0',
    f'id = "care", kind = "checklist", add_items = true, {MARKS}, items = {things("breaks", "learning")}',
    'id = "names", kind = "list"',
    f"""id = "rota", kind = "table", rows = {things("mon", "tue")}, columns = [
    {{ id = "who", ask = "Who?" }}, {{ id = "sure", ask = "Sure?", kind = "yes-no" }},
    {{ id = "where", ask = "Where?", kind = "choice", other = true, options = {things("desk")} }}]""",
    'id = "people", kind = "table", columns = [{ id = "name", ask = "Name?" }, { id = "tel", ask = "Tel?" }]',
    'id = "goals", kind = "table", rows_from = "areas", columns = [{ id = "goal", ask = "Goal?" }]',
    'id = "secret", kind = "text", private = true',
    'id = "hidden", kind = "text", when = { prompt = "sure", is = true }',
    'id = "plan", kind = "plan"',
)
EVERYTHING = worksheet_text(*KINDS, head=f'id = "everything"\n{OPEN}').replace('id = "test"\n', "")
ANSWERS = {
    "words": '"""\nOne.\n\n  Two.\\n"""',
    "sure": "false",
    "place": '{ other = "At home" }',
    "areas": '["signs", { other = "Quiet" }]',
    "first-one": '"other-1"',
    "hours": "2.5",
    "day": "2027-03-01",
    "calm": "0",
    "practice": '{ signs = 0, crowding = { not-answered = "skipped" } }',
    "care": '{ well = ["breaks"], improve = ["learning", { other = "Tea" }] }',
    "names": '["Ana", "Joy"]',
    "rota": '{ tue = { who = "Ana", sure = true, where = { other = "Van" } } }',
    "people": '[{ name = "Ana", tel = "1" }, { name = "Joy" }]',
    "goals": '{ other-1 = { goal = "Find a room" }, space = { goal = "Withdrawn" } }',
    "secret": '"nobody reads this"',
    "hidden": '"not asked"',
}
ACTIONS = """
[[actions]]
step = "Ask for an hour"
who = "Ana and Joy"
due = 2027-03-01
level = "organisation"
know = "It is on the roster"
from = "care.learning"

[[actions]]
step = "Rest"
due = "end of term"
private = true
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path / "worksheets", EVERYTHING)


@pytest.fixture
def folder(tmp_path: Path) -> ResponseFolder:
    return ResponseFolder(tmp_path / "responses")


@pytest.fixture
def filling(shelf: Shelf, folder: ResponseFolder) -> Callable[..., Opened]:
    world = fixed_world()

    def filling(text: str, **options: Any) -> Opened:
        return fill(text, file="a.toml", shelf=shelf, folder=folder, world=world, **options)

    return filling


def filled_in(blank: str, answers: dict[str, str], actions: str = "") -> str:
    """A blank answers file with values in the place of the empty ones."""
    lines = []
    for line in blank.splitlines():
        name = line.partition(" = ")[0]
        lines.append(f"{name} = {answers[name]}" if name in answers else line)
    return "\n".join([*lines, actions])


# --- from blank to export -------------------------------------------------------------------------


def test_a_blank_is_accepted_as_it_is_and_everything_is_skipped(
    shelf: Shelf, filling: Callable[..., Opened]
) -> None:
    blank = blank_answers(shelf.load("everything"))
    saved = filling(blank)
    names = [keys.split('"')[1] for keys in KINDS if "plan" not in keys]
    assert saved.response.answers == {name: {"not-answered": "skipped"} for name in names}
    assert saved.response.status == "complete"
    assert saved.response.person.name == ""
    assert read_response(saved.path).response == saved.response


def test_a_blank_tells_what_can_be_put_where(shelf: Shelf) -> None:
    blank = blank_answers(shelf.load("everything"))
    for told in (
        *("# What do you *see*? And hear?", "# A word or two.", "# What? (private)", "#   branch: Branch"),
        *('#   or in your own words: { other = "…" }', "#   mark improve: improve", "#   row mon: Mon"),
        *("#   column sure (yes-no): Sure?", "#     desk: Desk", "#   rows: the ids given at areas"),
        *("#   0 is not yet, 3 is in place", "such as: { signs = 3 }", "#   one of the ids given at areas"),
        '"skipped", "prefer-not-to-say", "dont-know"',
    ):
        assert told in blank
    assert "plan =" not in blank


def test_what_was_filled_in_is_saved_checked_and_exported(
    tmp_path: Path, shelf: Shelf, folder: ResponseFolder, filling: Callable[..., Opened]
) -> None:
    text = filled_in(blank_answers(shelf.load("everything")), ANSWERS, ACTIONS)
    (tmp_path / "answers.toml").write_text(text.replace('name = ""', 'name = "Ana"'), encoding="utf-8")
    saved = filling(read_answers_text(tmp_path / "answers.toml"))
    assert saved.response.answers == {
        "words": "One.\n\n  Two.\n",
        "sure": False,
        "place": {"other": "At home", "id": "other-1"},
        "areas": ["signs", {"other": "Quiet", "id": "other-1"}],
        "first-one": "other-1",
        "hours": 2.5,
        "day": dt.date(2027, 3, 1),
        "calm": 0,
        "practice": {"signs": 0, "crowding": {"not-answered": "skipped"}},
        "care": {"well": ["breaks"], "improve": ["learning", {"other": "Tea", "id": "other-1"}]},
        "names": ["Ana", "Joy"],
        "rota": {"tue": {"who": "Ana", "sure": True, "where": {"other": "Van"}}},
        "people": [{"name": "Ana", "tel": "1", "id": "row-1"}, {"name": "Joy", "id": "row-2"}],
        "goals": {"other-1": {"goal": "Find a room"}, "space": {"goal": "Withdrawn"}},
        "secret": "nobody reads this",
        "hidden": "not asked",
    }
    assert read_response(saved.path).response == saved.response
    checked = check([tmp_path / "answers.toml", saved.path], shelf=shelf, world=fixed_world())
    assert [[(m.key, m.hint) for m in one.mistakes] for one in checked] == [
        [("answers.goals.space", True), ("answers.hidden", True)],
        [],
    ]
    made = export(read_response(folder.find(saved.response.id)), form("md"), private=False)
    for shown in (
        "At home",
        "Find a room",
        "Ask for an hour",
        "end of term",
        "2.5",
        "0 of 3, not yet",
        "Van",
        "Ana",
    ):
        assert (shown in made.rendered) == (shown != "end of term")
    for hidden in ("nobody reads this", "not asked", "Withdrawn", "Rest"):
        assert hidden not in made.rendered
    assert made.withheld == 2


def test_a_response_says_who_when_and_from_which_worksheet(filling: Callable[..., Opened]) -> None:
    saved = filling('worksheet = "everything"\n[person]\nname = "Ana"\nteam = "Branch 4"\n[answers]\n')
    response = saved.response
    assert response.id == "everything-2026-11-21-b3b3"
    assert saved.path.name == "everything-2026-11-21-b3b3.toml"
    assert (response.status, response.revision, response.completed) == ("complete", 1, TODAY)
    assert response.person.model_dump() == {"name": "Ana", "team": "Branch 4", "library": ""}
    assert response.definition.worksheet.startswith('libwell = "worksheet/1"\nid = "everything"')
    assert filling('worksheet = "everything"').response.short_id != response.short_id


# fill makes no actions out of offers.
def test_offers_make_no_actions(filling: Callable[..., Opened]) -> None:
    saved = filling(
        'worksheet = "everything"\n[answers]\ncare = { improve = ["learning"] }\npractice = { signs = 0 }'
    )
    assert saved.response.actions == ()


def test_actions_get_ids_and_are_kept_as_they_stand(filling: Callable[..., Opened]) -> None:
    saved = filling(f'worksheet = "everything"\n{ACTIONS}\n[[actions]]\nid = "a7"\nstep = "x"\n')
    assert [action.id for action in saved.response.actions] == ["a8", "a9", "a7"]
    first, second, _ = saved.response.actions
    assert (first.due, second.due) == (dt.date(2027, 3, 1), "end of term")
    assert saved.response.last_action == 9


# In an answers file "", [] and {} mean skipped.
@pytest.mark.parametrize("empty", ['""', "[]", "{}"])
@pytest.mark.parametrize("name", ["words", "areas", "care", "hours", "people", "goals"])
def test_empties_mean_skipped(filling: Callable[..., Opened], name: str, empty: str) -> None:
    saved = filling(f'worksheet = "everything"\n[answers]\n{name} = {empty}')
    assert saved.response.answers == {name: {"not-answered": "skipped"}}


@pytest.mark.parametrize(
    ("name", "value"), [("calm", "0"), ("sure", "false"), ("hours", "0"), ("words", '" "')]
)
def test_nothing_else_means_skipped(filling: Callable[..., Opened], name: str, value: str) -> None:
    saved = filling(f'worksheet = "everything"\n[answers]\n{name} = {value}')
    assert saved.response.answers == tomli.loads(f"{name} = {value}")


# --- mistakes -------------------------------------------------------------------------------------


def test_every_mistake_is_named_at_once_and_nothing_is_made(
    folder: ResponseFolder, filling: Callable[..., Opened]
) -> None:
    text = """worksheet = "everything"
bogus = 1
[answers]
sure = "yes"
hours = 41
day = 2027-03-01T00:00:00
calm = true
care = { bad = ["breaks"], well = "breaks" }
names = "Ana"
rota = { wed = {}, mon = { what = 1 } }
place = { not-answered = "dont-know" }
hidden = 3
zz = 1
[[actions]]
who = "Ana"
"""
    with pytest.raises(FileRefusedError) as caught:
        filling(text)
    assert caught.value.status == 4
    assert [(mistake.line, mistake.key) for mistake in caught.value.mistakes] == [
        (2, "bogus"),
        (4, "answers.sure"),
        (5, "answers.hours"),
        (6, "answers.day"),
        (7, "answers.calm"),
        (8, "answers.care.bad"),
        (8, "answers.care.well"),
        (9, "answers.names"),
        (10, "answers.rota.wed"),
        (10, "answers.rota.mon.what"),
        (11, "answers.place.not-answered"),
        (12, "answers.hidden"),
        (13, "answers.zz"),
        (14, "actions[1].step"),
    ]
    assert str(caught.value).splitlines()[1].startswith("a.toml:4: answers.sure: true or false was expected.")
    assert folder.paths() == []


def saved_or_wrong(filling: Callable[..., Opened], text: str) -> Opened | tuple[Mistake, ...]:
    try:
        return filling(text, draft=True)
    except FileRefusedError as error:
        return error.mistakes


STRANGE = (
    "1",
    "true",
    "nan",
    "inf",
    '"x"',
    "2026-01-01",
    "2026-01-01T00:00:00",
    "07:32:00",
    "[[1]]",
    "[{}]",
    "{ a = 1 }",
)
STRANGER = (
    "{ other = [] }",
    "{ other = {} }",
    '{ other = "x", id = 1 }',
    '[{ id = "row-1" }, { id = "row-1" }]',
    '{ well = [[]], improve = [{ other = { other = "x" } }] }',
    "{ mon = { who = { other = 1 } }, tue = [] }",
    "{ not-answered = [] }",
    '{ not-answered = "skipped", a = 1 }',
    "{ signs = { not-answered = {} } }",
    '[{ other = "x", id = "other-99999999" }]',
)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("value", STRANGE + STRANGER)
def test_strange_values_are_mistakes_or_answers_and_never_anything_else(
    filling: Callable[..., Opened], value: str
) -> None:
    for name in ANSWERS:
        found = saved_or_wrong(filling, f'worksheet = "everything"\n[answers]\n{name} = {value}')
        if isinstance(found, tuple):
            assert all(mistake.key.startswith(f"answers.{name}") for mistake in found)
            continue
        read = read_response(found.path)
        assert str(read.response) == str(found.response)
        Walk(read.worksheet, read.response, TODAY).turn()
        exported(read.worksheet, read.response, private=True)


@pytest.mark.thorough
def test_a_text_that_is_too_long_is_a_mistake(filling: Callable[..., Opened]) -> None:
    for key in (
        'words = "{}"',
        'names = ["{}"]',
        '[[actions]]\nstep = "{}"',
        '[[actions]]\nstep = "x"\nwho = "{}"',
    ):
        assert filling(f'worksheet = "everything"\n[answers]\n{key.format("x" * 100_000)}')
        with pytest.raises(FileRefusedError, match="100,000 characters"):
            filling(f'worksheet = "everything"\n[answers]\n{key.format("x" * 100_001)}')


@pytest.mark.thorough
def test_what_could_not_be_opened_again_is_not_saved(
    folder: ResponseFolder, filling: Callable[..., Opened]
) -> None:
    long = ", ".join([f'"{"é" * 100_000}"'] * 42)
    with pytest.raises(SaveError, match="too large to be opened again"):
        filling(f'worksheet = "everything"\n[answers]\nnames = [{long}]')
    assert folder.paths() == []


def test_a_worksheet_too_large_to_be_kept_makes_no_response(tmp_path: Path, folder: ResponseFolder) -> None:
    help_ = "x" * 99_000
    part = sheet_text(
        section_text(*(f'id = "p{number}", kind = "text", help = "{help_}"' for number in range(10))),
        name="part",
    )
    includes = (f'[[sections]]\ninclude = "part"\nprefix = "{letter}-"' for letter in "abc")
    shelf = shelf_in(tmp_path / "worksheets", part, sheet_text(*includes, name="large"))
    with pytest.raises(FileRefusedError, match="too large"):
        fill('worksheet = "large"', file="a.toml", shelf=shelf, folder=folder, world=fixed_world())
    assert folder.paths() == []


# --- required, drafts -----------------------------------------------------------------------------

NEEDED = worksheet_text(
    'id = "words", kind = "text", required = true',
    f'id = "many", kind = "choices", min = 2, options = {things("a", "b")}',
)


def test_a_draft_may_lack_what_a_complete_response_needs(tmp_path: Path, folder: ResponseFolder) -> None:
    shelf, world = shelf_in(tmp_path / "worksheets", NEEDED), fixed_world()
    text = 'worksheet = "test"\n[answers]\nwords = ""\nmany = ["a"]'
    with pytest.raises(FileRefusedError) as caught:
        fill(text, file="a.toml", shelf=shelf, folder=folder, world=world)
    assert [mistake.key for mistake in caught.value.mistakes] == ["answers.words", "answers.many"]
    assert all("--draft" in mistake.remedy for mistake in caught.value.mistakes)
    saved = fill(text, file="a.toml", shelf=shelf, folder=folder, world=world, draft=True)
    assert (saved.response.status, saved.response.completed) == ("draft", None)
    walk = Walk(saved.worksheet, saved.response, TODAY)
    assert walk.turn().asked.prompt.id == "words"


AGENCIES = worksheet_text(
    'id = "agencies", kind = "table", columns = [{ id = "name", ask = "Which agency?", required = true }, '
    '{ id = "tel", ask = "Telephone?" }]',
    'id = "fixed", kind = "table", rows = [{ id = "mon", text = "Monday" }], '
    'columns = [{ id = "who", ask = "Who?", required = true }, { id = "day", ask = "Day?" }]',
)


def test_every_cell_that_is_needed_is_named_in_its_place(tmp_path: Path, folder: ResponseFolder) -> None:
    shelf, world = shelf_in(tmp_path / "worksheets", AGENCIES), fixed_world()
    text = 'worksheet = "test"\n[answers]\nagencies = [{ tel = "1" }, { name = "x" }, { tel = "2" }]\n'
    text += 'fixed = { mon = { day = "x" } }'
    with pytest.raises(FileRefusedError) as caught:
        fill(text, file="a.toml", shelf=shelf, folder=folder, world=world)
    needed = "is needed in each row. Or save it as a draft: --draft."
    assert str(caught.value).splitlines() == [
        f"a.toml:3: answers.agencies[1].name: “Which agency?” {needed}",
        f"a.toml:3: answers.agencies[3].name: “Which agency?” {needed}",
        f"a.toml:4: answers.fixed.mon.who: “Who?” {needed}",
    ]


def test_only_fill_tells_of_drafts(tmp_path: Path) -> None:
    shelf, world = shelf_in(tmp_path / "worksheets", NEEDED), fixed_world()
    path = tmp_path / "answers.toml"
    path.write_text('worksheet = "test"\n[answers]\nwords = ""\nmany = ["a"]', encoding="utf-8")
    (found,) = check([path], shelf=shelf, world=world)
    assert [f"{mistake.message} {mistake.remedy}".strip() for mistake in found.mistakes] == [
        'this question needs an answer. Answer it, or write { not-answered = "prefer-not-to-say" }.',
        "choose at least 2.",
    ]


def test_unknown_keys_beside_answers_are_mistakes_and_hints_are_passed_over(
    filling: Callable[..., Opened],
) -> None:
    text = 'worksheet = "everything"\n[person]\nrole = "x"\n[answers]\nsure = true\n'
    text += '[[actions]]\nstep = "x"\nmine = [1]'
    with pytest.raises(FileRefusedError) as caught:
        filling(text)
    assert [(mistake.line, mistake.key) for mistake in caught.value.mistakes] == [
        (3, "person.role"),
        (8, "actions[1].mine"),
    ]
    assert filling('worksheet = "everything"\n[[actions]]\nstep = "x"\ndue = "2027-03-01"').response.actions


def test_a_draft_has_to_fit_all_the_same(filling: Callable[..., Opened]) -> None:
    with pytest.raises(FileRefusedError, match=r"answers\.sure"):
        filling('worksheet = "everything"\n[answers]\nsure = 1', draft=True)


# --- which worksheet ------------------------------------------------------------------------------


def test_the_worksheet_is_named_by_option(tmp_path: Path, filling: Callable[..., Opened]) -> None:
    assert filling("[answers]\nsure = true", worksheet="everything").response.answers == {"sure": True}
    path = tmp_path / "worksheets" / "everything.toml"
    assert filling("[answers]\nsure = true", worksheet=str(path)).worksheet.id == "everything"
    for same in ("everything", str(path)):
        text = f'worksheet = "{same}"\n[answers]\nsure = true'
        assert filling(text, worksheet="everything").response.answers == {"sure": True}


@pytest.mark.parametrize("other", ["nothing", "no/such.toml"])
def test_a_file_that_answers_another_worksheet_than_the_option_names(
    filling: Callable[..., Opened], other: str
) -> None:
    with pytest.raises(FileRefusedError) as caught:
        filling(f'worksheet = "{other}"\n[answers]\nsure = true', worksheet="everything")
    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.key) == (1, "worksheet")
    assert mistake.message == "this is not the worksheet that --worksheet names."


def test_a_worksheet_that_is_not_there(filling: Callable[..., Opened]) -> None:
    with pytest.raises(NotFoundError, match=r"There is no worksheet evrything\. Did you mean everything\?"):
        filling("", worksheet="evrything")
    with pytest.raises(FileRefusedError, match=r"a\.toml:1: worksheet: There is no worksheet evrything"):
        filling('worksheet = "evrything"')
    with pytest.raises(FileRefusedError, match=r"a\.toml:1: worksheet: it does not say which worksheet"):
        filling("[answers]\n")


def test_what_is_no_answers_file_is_refused(shelf: Shelf, filling: Callable[..., Opened]) -> None:
    with pytest.raises(FileRefusedError, match="newer libwell"):
        filling('libwell = "answers/2"\nworksheet = "everything"')
    with pytest.raises(FileRefusedError, match="does not say"):
        filling(EVERYTHING)
    with pytest.raises(FileRefusedError, match=r"a\.toml:1"):
        filling("worksheet =")
    assert shelf.load("everything")


# --- the built-in worksheets ----------------------------------------------------------------------


BUILT_IN = Shelf([(shipped_worksheets(), SHIPPED)])


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("name", [header.id for header in BUILT_IN.headers()[0]])
def test_every_built_in_worksheet_takes_its_own_blank(tmp_path: Path, name: str) -> None:
    shelf = BUILT_IN
    blank = blank_answers(shelf.load(name))
    assert tomli.loads(blank)["worksheet"] == name
    saved = fill(
        blank, file="a.toml", shelf=shelf, folder=ResponseFolder(tmp_path), world=fixed_world(), draft=True
    )
    assert read_response(saved.path).response == saved.response
    assert shelf.examine(shelf.path_of(name)).mistakes == ()
