"""The flow of actions: the list of all responses, changes that are saved, and asking for new ones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from build import NOW, TODAY, fixed_world, response_for, section_text, sheet_text, worksheet_from
from libwell.errors import FileRefusedError, LockedError, NotFoundError
from libwell.flows.actions import (
    add_actions,
    find_actions,
    find_place,
    list_text,
    set_actions,
)
from libwell.flows.adding import ask_actions, ask_note
from libwell.flows.fill import read_actions
from libwell.flows.opened import Opened, read_response
from libwell.rules.planning import Changes, Wanted
from libwell.storage.known_ids import action_ids
from libwell.storage.locks import lock
from libwell.storage.responses import ResponseFolder
from libwell.terminal.prompter import Entry
from support import ScriptedPrompter

if TYPE_CHECKING:
    from pathlib import Path

WORKSHEET = worksheet_from(
    sheet_text(
        section_text('id = "words", kind = "text", private = true', 'id = "plan", kind = "plan"'),
    )
)
TWO = """
[[actions]]
step = "First"
due = 2026-11-20
who = "Ana"
[[actions]]
step = "Second"
from = "words"
"""


@pytest.fixture
def folder(tmp_path: Path) -> ResponseFolder:
    return ResponseFolder(tmp_path / "responses")


def save(folder: ResponseFolder, answers: str = TWO, last: str = "k3f9", **changes: Any) -> Opened:
    made = response_for(WORKSHEET, answers, id=f"test-2026-11-21-{last}", **changes)
    return read_response(folder.create(lambda _: made, lambda: last).path)


def ask(saved: Opened, folder: ResponseFolder, *lines: str) -> tuple[list[str], ScriptedPrompter]:
    prompter = ScriptedPrompter(lines)
    return list(ask_actions(saved, folder=folder, prompter=prompter, world=fixed_world())), prompter


# --- the list -------------------------------------------------------------------------------------


def test_the_list_has_every_response_and_says_what_it_left_out(folder: ResponseFolder) -> None:
    save(folder)
    save(folder, '[[actions]]\nstep = "Other"\ndue = 2026-11-19\n', "m4n5", status="complete")
    save(folder, "", "p6q7")
    (folder.folder / "broken-2026-11-21-b2b2.toml").write_text("libwell = ")
    found = find_actions(folder, Wanted(), private=False)
    assert [one.id for one in found.actions] == ["m4n5.a1", "k3f9.a1"]
    assert (found.withheld, found.total, len(found.failed)) == (1, 3, 1)
    everything = find_actions(folder, Wanted(), private=True)
    assert [one.id for one in everything.actions] == ["m4n5.a1", "k3f9.a1", "k3f9.a2"]
    assert everything.withheld == 0


def test_what_is_left_out_is_counted_among_what_was_asked_for(folder: ResponseFolder) -> None:
    save(folder)
    assert find_actions(folder, Wanted(who="ana"), private=False).withheld == 0


def test_the_text_is_read_line_by_line(folder: ResponseFolder) -> None:
    save(folder)
    found = find_actions(folder, Wanted(), private=True)
    assert list_text(found.actions, TODAY) == (
        "k3f9.a1: First\n   Was for Friday, November 20, 2026; Ana\n   From: Test\n"
        "\n"
        "k3f9.a2: Second (private)\n   No day set\n   From: Test\n"
    )


def test_in_brief_those_of_one_response_in_a_row_say_once_where_they_come_from(
    folder: ResponseFolder,
) -> None:
    for last in ("k3f9", "m4n5"):
        save(folder, last=last)
    by_day = find_actions(folder, Wanted(), private=True).actions
    assert list_text(by_day, TODAY, briefly=True).count("From: Test") == 4
    by_response = sorted(by_day, key=lambda one: one.id)
    assert list_text(by_response, TODAY, briefly=True).count("From: Test") == 2


def test_the_list_notes_ids_and_nothing_else(folder: ResponseFolder) -> None:
    save(folder)
    find_actions(folder, Wanted(status="done"), private=False)
    noted = folder.folder / ".actions"
    assert noted.read_text() == "k3f9.a1\nk3f9.a2\n"
    assert noted.stat().st_mode & 0o777 == 0o600


def test_nothing_is_made_where_there_is_nothing(folder: ResponseFolder) -> None:
    assert find_actions(folder, Wanted(), private=True).total == 0
    assert not folder.folder.exists()


# --- changing -------------------------------------------------------------------------------------


def change(path: Path, changes: Changes, folder: ResponseFolder, *names: str) -> list[str]:
    """Change the first step of a response, or those named; give what is said of each."""
    return list(set_actions({path: names or ("a1",)}, changes, folder=folder, world=fixed_world()))


@pytest.mark.parametrize("name", ["k3f9.a1", "test-2026-11-21-k3f9.a1", "latest.a1", "PATH.a1"])
def test_an_action_is_found_by_any_name_of_its_response(folder: ResponseFolder, name: str) -> None:
    saved = save(folder)
    assert find_place(name.replace("PATH", str(saved.path)), folder) == (saved.path, "a1")


@pytest.mark.parametrize(
    ("name", "near"),
    [("k3f8.a1", "k3f9.a1"), ("k3f9.a3", "k3f9.a"), ("k3f9", "k3f9.a"), ("zzzz", "libwell actions")],
)
def test_one_that_is_not_there_suggests_the_nearest(folder: ResponseFolder, name: str, near: str) -> None:
    save(folder)
    with pytest.raises(NotFoundError) as raised:
        find_place(name, folder)
    assert near in raised.value.remedy


def test_a_change_is_one_more_revision_and_keeps_the_rest(folder: ResponseFolder) -> None:
    answers = f'words = "w"\n{TWO}'
    saved = save(folder, answers, status="complete", completed=dt.date(2026, 1, 1), revision=4, updated=NOW)
    (said,) = change(saved.path, Changes(status="doing"), folder)
    assert said == "k3f9.a1: under way since Saturday, November 21, 2026."
    after = read_response(saved.path).response
    assert (after.revision, after.status, after.updated) == (5, "complete", NOW)
    assert after.actions[0].changed == TODAY
    same = {"revision": 4, "actions": saved.response.actions, "last_action": after.last_action}
    assert after.model_copy(update=same) == saved.response.model_copy(
        update={"last_action": after.last_action}
    )


def test_no_change_is_no_save(folder: ResponseFolder) -> None:
    saved = save(folder)
    before = saved.path.read_bytes()
    change(saved.path, Changes(status="open"), folder)
    assert saved.path.read_bytes() == before


def test_nothing_changes_while_it_is_open_elsewhere(folder: ResponseFolder) -> None:
    saved = save(folder)
    with lock(saved.path), pytest.raises(LockedError):
        change(saved.path, Changes(status="done"), folder)


def test_a_note_has_as_many_lines_as_it_needs() -> None:
    prompter = ScriptedPrompter(["one", "two", ""])
    assert ask_note(prompter) == "one\ntwo"


def test_a_command_is_no_part_of_a_note_and_to_stop_ends_it() -> None:
    typed: list[str | Entry | BaseException] = [
        "one",
        ":nope",
        Entry("", followed=True),
        Entry(":pasted", pasted=True),
        "::two",
        ":quit",
        "x",
    ]
    prompter = ScriptedPrompter(typed)
    assert ask_note(prompter) == "one\n\n:pasted\n:two"
    assert prompter.unused() == ["x"]
    assert "Here you can type your note, or an empty line to end it." in prompter.text


# --- adding ---------------------------------------------------------------------------------------


def test_what_is_asked_is_what_the_walk_asks(folder: ResponseFolder) -> None:
    saved = save(folder)
    added, prompter = ask(saved, folder, "Third", "Joy", "1 Dec", "It hums", "me", "")
    assert added == ["k3f9.a3"]
    assert prompter.unused() == []
    for words in ("Another step of your own?", "Who?", "By when?", "How will you know it worked?"):
        assert words in prompter.text
    assert "Tuesday, December 1, 2026, in 10 days." in prompter.text
    action = read_response(saved.path).response.actions[-1]
    assert (action.id, action.step, action.who, action.due, action.know, action.level) == (
        "a3",
        "Third",
        "Joy",
        dt.date(2026, 12, 1),
        "It hums",
        "me",
    )
    assert action_ids(folder.folder) == ["k3f9.a1", "k3f9.a2", "k3f9.a3"]


def test_enter_leaves_open_and_the_level_as_the_plan_has_it(folder: ResponseFolder) -> None:
    saved = save(folder, "")
    added, _ = ask(saved, folder, "One", "", "", "", "", "Two", "", "end of term", "", "3", "")
    assert added == ["k3f9.a1", "k3f9.a2"]
    one, two = read_response(saved.path).response.actions
    assert (one.who, one.due, one.know, one.level) == ("", None, "", "team")
    assert (two.due, two.level) == ("end of term", "organisation")


def test_every_line_is_saved_and_ctrl_d_keeps_what_was_given(folder: ResponseFolder) -> None:
    saved = save(folder)
    added, _ = ask(saved, folder, "Third", "Joy")
    assert added == ["k3f9.a3"]
    assert read_response(saved.path).response.actions[-1].who == "Joy"


def test_what_cannot_be_read_is_asked_again_and_commands_are_no_answers(folder: ResponseFolder) -> None:
    saved = save(folder, "")
    typed = (":back", ":nonsense", ":support", "::one", "", "", "", "nobody", "2", ":pause")
    added, prompter = ask(saved, folder, *typed)
    assert added == ["k3f9.a1"]
    assert prompter.unused() == []
    assert prompter.text.count("Here you can type") == 1
    assert "Not taken: There is no :nonsense." in prompter.text
    action = read_response(saved.path).response.actions[0]
    assert (action.step, action.level) == (":one", "team")


def test_after_a_refusal_enter_only_asks_again_and_plain_words_are_kept_or_stop(
    folder: ResponseFolder,
) -> None:
    saved = save(folder, "")
    typed = ("one", "quit", "", "", "nobody", "", "stop")
    added, prompter = ask(saved, folder, *typed)
    assert added == ["k3f9.a1"]
    assert prompter.unused() == []
    action = read_response(saved.path).response.actions[0]
    assert (action.step, action.who) == ("one", "quit")
    assert "Not taken: Type a number: 1 mine, 2 the team's" in prompter.text
    assert prompter.refused[-2:] == [("nobody",), ("nobody",)]


def test_a_private_plan_says_so(tmp_path: Path) -> None:
    text = sheet_text(section_text('id = "plan", kind = "plan"'), head="private = true")
    folder = ResponseFolder(tmp_path)
    saved = read_response(folder.create(lambda _: response_for(worksheet_from(text)), lambda: "k3f9").path)
    added, prompter = ask(saved, folder, "")
    assert added == []
    assert "is private" in prompter.text
    open_plan = save(ResponseFolder(tmp_path / "open"))
    _, prompter = ask(open_plan, ResponseFolder(tmp_path / "open"), "")
    assert "is private" not in prompter.text


# --- from a file ----------------------------------------------------------------------------------


def test_actions_of_a_file_are_added_with_ids_never_used(folder: ResponseFolder) -> None:
    saved = save(folder, last_action=5)
    text = (
        'worksheet = "test"\n[answers]\nwords = ""\n[[actions]]\nstep = "New"\nfrom = "words"\nnotes = "n"\n'
    )
    actions = read_actions(text, file="f", saved=saved)
    assert add_actions(saved, actions, folder=folder, world=fixed_world()) == ["k3f9.a6"]
    action = read_response(saved.path).response.actions[-1]
    assert (action.step, action.notes, action.from_, action.status) == ("New", "n", "words", "open")


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ('[answers]\nwords = "w"\n[[actions]]\nstep = "s"\n', "answers.words", "only steps"),
        ('worksheet = "other"\n[[actions]]\nstep = "s"\n', "worksheet", "another worksheet"),
        ('[[actions]]\nid = "a1"\nstep = "s"\n', "actions[1].id", "gets its id"),
        ('[[actions]]\nwho = "w"\n', "actions[1].step", ""),
        ('[[actions]]\nstep = "s"\nwhom = "w"\n', "actions[1].whom", ""),
        ('[[actions]]\nstep = "s"\nfrom = "gone"\n', "actions[1].from", "leads to nothing"),
        ('worksheet = "test"\n', "", "no step"),
    ],
)
def test_every_mistake_in_the_file_is_named(folder: ResponseFolder, text: str, key: str, words: str) -> None:
    saved = save(folder)
    with pytest.raises(FileRefusedError) as raised:
        read_actions(text, file="f", saved=saved)
    (mistake,) = raised.value.mistakes
    assert mistake.key == key
    assert words in mistake.message
