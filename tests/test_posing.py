"""A worksheet with the id of a shipped one opens nothing that the shipped one keeps private."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import (
    OPEN,
    fixed_world,
    response_for,
    section_text,
    shared_for,
    sheet_text,
    shelf_in,
    worksheet_from,
)
from libwell.flows.reflect import start
from libwell.model.response import Person
from libwell.rules.privacy import private_prompts
from libwell.storage.definitions import read_definition
from libwell.storage.places import shipped_worksheets
from libwell.storage.responses import ResponseFolder, response_text
from libwell.storage.shared import shared_text
from libwell.storage.worksheets import Shelf
from support import ScriptedPrompter
from test_privacy import call, canaries, canary
from ways import WAYS

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.response import Response

POSING = sheet_text(
    section_text(
        'id = "energy", ask = "How are you?", kind = "text", private = false',
        'id = "colours", ask = "Which colours?", kind = "text"',
        'id = "after", ask = "And then?", kind = "text", when = { prompt = "energy", answered = true }',
        'id = "plan", kind = "plan"',
    ),
    name="staff-care",
)
"""The shipped worksheet of this id keeps `energy` private, and has no `colours`."""

ANSWERS = f"""
energy = "{canary(1)}"
colours = "Green"
after = "{canary(2)}"
[[actions]]
step = "{canary(3)}"
from = "energy"
private = false
[[actions]]
step = "Paint a wall"
from = "colours"
"""


def opened() -> str:
    """The posing worksheet as a definition holds it: nothing in it is private."""
    return response_for(worksheet_from(POSING.replace("staff-care", "its-own"))).definition.worksheet.replace(
        "its-own", "staff-care"
    )


def answered() -> Response:
    """A response that keeps the posing worksheet as its own, and says nowhere that something is private."""
    made = response_for(worksheet_from(POSING), ANSWERS, id="staff-care-2026-11-21-k3f9")
    definition = made.definition.model_copy(update={"worksheet": opened()})
    return made.model_copy(update={"definition": definition})


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with that response, in a folder that the posing worksheet lies in too."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "staff-care.toml").write_text(POSING, encoding="utf-8")
    folder = ResponseFolder(tmp_path / "data" / "responses")
    folder.prepare()
    (folder.folder / f"{answered().id}.toml").write_text(response_text(answered()), encoding="utf-8")
    return tmp_path / "data"


def test_the_definition_says_that_nothing_is_private() -> None:
    assert "private = true" not in opened()
    assert "private = true" not in response_text(answered())
    assert private_prompts(read_definition(opened())) == {"energy", "after"}


def test_an_id_of_its_own_opens_what_it_likes(tmp_path: Path) -> None:
    text = POSING.replace("staff-care", "its-own")
    assert private_prompts(shelf_in(tmp_path / "sheets", text).load("its-own")) == frozenset()


@pytest.mark.parametrize("name", [path.stem for path in sorted(shipped_worksheets().glob("*-*.toml"))])
def test_a_shipped_worksheet_is_as_it_says(name: str) -> None:
    shelf = Shelf([(shipped_worksheets(), "built-in")])
    assert shelf.load_closed(name)[1] == ()


LINES = ["view latest", "view latest --json", "actions", "actions --json", "export --all --output out"]
LINES += [f"export latest {' '.join(way.options)}" for way in WAYS.values()]
LINES += ["share latest --yes --named --with-text --output copy.toml", "compare latest k3f9 --json"]


@pytest.mark.parametrize("line", LINES)
def test_of_a_response_nothing_leaves_that_the_shipped_one_keeps(data: Path, line: str) -> None:
    status, out, err = call("--data-dir", data, *line.split())
    written = b"".join(path.read_bytes() for path in data.parent.rglob("*.*") if data not in path.parents)
    assert (status, canaries(out + err), canaries(written)) == (0, set(), set())


@pytest.mark.parametrize("where", ["by its path", "in a folder of worksheets"])
def test_an_answers_file_is_filled_in_privately(
    data: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    name = "./staff-care.toml"
    if where != "by its path":
        monkeypatch.setenv("LIBWELL_WORKSHEETS", str(data.parent))
        name = "staff-care"
    answers, actions = ANSWERS.split("[[actions]]", 1)
    text = f'worksheet = "{name}"\n[answers]\n{answers}\n[[actions]]{actions}'
    (data.parent / "answers.toml").write_text(text, encoding="utf-8")
    (data.parent / "responses").mkdir()
    status, out, _ = call("--data-dir", data, "fill", "answers.toml")
    assert status == 0
    status, out, err = call("--data-dir", data, "export", out.strip())
    assert canaries(out + err) == set()
    assert "Paint a wall" in out
    assert err == "3 private answers and steps were left out; --private puts them in.\n"


def test_of_a_copy_nothing_is_taken_that_the_shipped_one_keeps(data: Path) -> None:
    copy = shared_for(worksheet_from(POSING), ANSWERS)
    definition = copy.definition.model_copy(update={"worksheet": opened()})
    text = shared_text(copy.model_copy(update={"definition": definition}))
    (data.parent / "copy.toml").write_text(text, encoding="utf-8")
    assert canaries(text) == {canary(1), canary(2), canary(3)}
    for what in ("plan", "report"):
        status, out, err = call("--data-dir", data, "team", what, "copy.toml", "--format", "json")
        assert (status, canaries(out + err)) == (0, set())
        assert "Private answers or steps stood in these files: 3." in err


def test_a_part_of_it_under_another_prefix_is_private_too(data: Path) -> None:
    whole = sheet_text('[[sections]]\ninclude = "staff-care"\nprefix = "care-"\n', name="whole")
    (data.parent / "whole.toml").write_text(whole, encoding="utf-8")
    loaded = Shelf([(data.parent, "test")]).load("whole")
    assert private_prompts(loaded) == {"care-energy", "care-after"}


# --- what is said ---------------------------------------------------------------------------------


def test_check_says_which_question_another_worksheet_keeps_private(data: Path) -> None:
    status, out, _ = call("--data-dir", data, "check", "staff-care.toml")
    assert status == 0
    (line,) = [line for line in out.splitlines() if "another worksheet" in line]
    assert line == (
        "hint: staff-care.toml:11: sections[1].prompts[1]: another worksheet of this id keeps this private. "
        "It is private here too. To share it, give this worksheet an id of its own."
    )


def test_start_says_so_before_the_first_question(data: Path) -> None:
    worksheet, closed = Shelf([(data.parent, "test")]).load_closed("staff-care")
    prompter = ScriptedPrompter([":pause"])
    folder = ResponseFolder(data / "empty")
    me, world = Person(), fixed_world()
    start(worksheet, me, folder=folder, prompter=prompter, world=world, usual=me, closed=closed)
    assert prompter.text.startswith(
        "Another worksheet of this id keeps this private, so it is private here too: “How are you?”\nTest\n"
    )
    assert "Question 1 of 3 (private)\nHow are you?\n" in prompter.text


# --- a notice that says otherwise -----------------------------------------------------------------

NOTICE = "Your manager reads all of it, and none of it."
OPEN_ASK, SHUT_ASK = 'id = "a", kind = "text", private = false', 'id = "b", kind = "text", private = true'
LAST_ASK = 'id = "c", kind = "text", private = true'
OTHERS = 'id = "others"\ntitle = "Others"'
KEPT = {
    "nothing": (
        [OPEN_ASK],
        "Nothing here is private: if you share or export your answers, all can go along.",
        "These pages can be handed in.",
    ),
    "everything": (
        [SHUT_ASK],
        "Everything here is private, and never goes",
        "All of this is for you alone: keep these pages",
    ),
    "one": (
        [OPEN_ASK, SHUT_ASK],
        "1 of 2 questions is marked private, and never goes",
        "1 of 2 questions is private. It stands at the end",
    ),
    "some": (
        [OPEN_ASK, SHUT_ASK, LAST_ASK],
        "2 of 3 questions are marked private, and never go",
        "2 of 3 questions are private. They stand at the end",
    ),
    "up to some": (
        [OPEN_ASK, SHUT_ASK, f"{LAST_ASK}, when = {{ prompt = 'a', answered = true }}"],
        "Up to 2 of 3 questions are marked private, and never go",
        "2 of 3 questions are private. They stand at the end",
    ),
}


def walked(path: Path) -> str:
    prompter, folder = ScriptedPrompter([":pause"]), ResponseFolder(path.parent / "responses")
    me, sheet = Person(), Shelf([]).load(str(path))
    start(sheet, me, folder=folder, prompter=prompter, world=fixed_world(), usual=me)
    return prompter.text


@pytest.mark.parametrize("kept", KEPT)
def test_behind_a_notice_libwell_says_itself_what_is_private(tmp_path: Path, kept: str) -> None:
    prompts, words, on_paper = KEPT[kept]
    path = tmp_path / "test.toml"
    path.write_text(sheet_text(section_text(*prompts), head=f'{OPEN}\nnotice = "{NOTICE}"'))
    for text in (call("show", path)[1], call("blank", path, "--format", "toml")[1], walked(path)):
        assert behind(text, NOTICE).startswith(words)
    assert behind(call("blank", path)[1], NOTICE).startswith(on_paper)


PARTS = {
    "nothing": ([OPEN_ASK], "Nothing in this part is private."),
    "everything": ([SHUT_ASK], "This part is private."),
    "some": ([OPEN_ASK, SHUT_ASK], "Some of this part is private."),
}


@pytest.mark.parametrize("kept", PARTS)
def test_behind_the_notice_of_a_part_too_where_parts_differ(tmp_path: Path, kept: str) -> None:
    prompts, words = PARTS[kept]
    part = section_text(*prompts, keys=f'id = "first"\ntitle = "First"\nnotice = "{NOTICE}"')
    others = section_text(LAST_ASK, LAST_ASK.replace("true", "false").replace("c", "d"), keys=OTHERS)
    path = tmp_path / "test.toml"
    path.write_text(sheet_text(part, others, head=OPEN))
    for text in (call("show", path)[1], call("blank", path, "--format", "md")[1], walked(path)):
        assert behind(text, NOTICE).startswith(words)


def behind(text: str, words: str) -> str:
    """What stands behind these words, whatever marks are between."""
    plain = " ".join(text.replace("\n#", "\n").split())
    return plain.partition(words)[2].lstrip("* ")
