"""Shared copies and withdrawals on disk: nothing private is taken of them, no mistake quotes an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from build import SHARED_ID, response_for, shared_for, shelf_in, worksheet_from, worksheet_of, worksheet_text
from libwell.errors import FileRefusedError
from libwell.model.shared import Withdrawal
from libwell.storage.responses import response_text
from libwell.storage.shared import SharedFile, read_shared, shared_text
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.worksheet import Worksheet

OPEN = 'id = "open", kind = "text"'
CLOSED = 'id = "closed", kind = "text", private = true'
PLAN = 'id = "plan", kind = "plan"'


def file_of(folder: Path, text: str) -> Path:
    path = folder / "shared.toml"
    path.write_bytes(text.encode())
    return path


def read(folder: Path, text: str, shelf: Shelf | None = None) -> SharedFile:
    found = read_shared(file_of(folder, text), shelf or Shelf([]))
    assert isinstance(found, SharedFile)
    return found


def refused(folder: Path, text: str) -> str:
    with pytest.raises(FileRefusedError) as error:
        read_shared(file_of(folder, text), Shelf([]))
    return str(error.value)


def copy_text(worksheet: Worksheet, answers: str, **changes: Any) -> str:
    return shared_text(shared_for(worksheet, answers, **changes))


ACTION = """
[[actions]]
step = "Ask"
due = 2027-03-01
from = "open"
"""


def test_a_copy_comes_back_as_it_was_written(tmp_path: Path) -> None:
    worksheet = worksheet_of(OPEN, PLAN)
    shared = shared_for(worksheet, f'open = """one\ntwo"""\n{ACTION}', person={"team": "Branch 4"})
    found = read(tmp_path, shared_text(shared))
    assert (found.shared, found.worksheet, found.dropped) == (shared, worksheet, 0)
    assert [(one.prompt.id, one.value) for one in found.asked] == [("open", "one\ntwo")]
    assert shared_text(found.shared) == shared_text(shared)


def test_a_withdrawal_comes_back_as_it_was_written(tmp_path: Path) -> None:
    withdrawal = Withdrawal(shared_id=SHARED_ID, revision=3)
    path = file_of(tmp_path, shared_text(withdrawal) + 'why = "mine"\n')
    assert read_shared(path, Shelf([])) == withdrawal


def test_what_libwell_does_not_know_is_dropped(tmp_path: Path) -> None:
    text = copy_text(worksheet_of(OPEN), 'open = "x"\n' + ACTION, person={"team": "Branch 4"})
    text = text.replace("[person]", 'mood = "low"\n[person]\ndiary = "d"').replace(
        "[[actions]]", '[[actions]]\nmore = "m"'
    )
    shared = read(tmp_path, text.replace("[definition]", '[definition]\nnote = "n"')).shared
    parts = [shared, shared.person, shared.definition, *shared.actions]
    assert not any(part.model_extra for part in parts)
    assert shared.person.team == "Branch 4"


def test_a_whole_response_is_refused_by_name_and_nothing_of_it_is_said(tmp_path: Path) -> None:
    response = response_for(worksheet_of(OPEN, CLOSED), 'open = "heron"\nclosed = "owl"')
    said = refused(tmp_path, response_text(response))
    assert said.startswith(f"{tmp_path / 'shared.toml'}:1: ")
    assert "whole response" in said
    assert said.endswith("`libwell share` makes a copy that may leave.")
    assert not {"heron", "owl"} & set(said.split())


def test_a_private_answer_is_dropped_and_counted_whoever_put_it_there(tmp_path: Path) -> None:
    actions = '[[actions]]\nstep = "a"\nfrom = "closed"\n[[actions]]\nstep = "b"\nfrom = "open"'
    actions += '\n[[actions]]\nstep = "c"\nprivate = true'
    actions += '\n[[actions]]\nstep = "d"\nfrom = "closed"\nprivate = false'
    found = read(tmp_path, copy_text(worksheet_of(OPEN, CLOSED), f'open = "x"\nclosed = "y"\n{actions}'))
    assert (found.shared.answers, found.dropped) == ({"open": "x"}, 4)
    assert [(one.step, one.from_) for one in found.shared.actions] == [("b", "open")]


def test_a_private_answer_that_does_not_even_fit_is_dropped_without_a_word(tmp_path: Path) -> None:
    text = copy_text(worksheet_of(OPEN, CLOSED), 'closed = "y"').replace('closed = "y"', "closed = [1]")
    assert read(tmp_path, text).dropped == 1


@pytest.mark.parametrize("is_hidden", [False, True])
def test_a_forged_definition_makes_nothing_less_private(tmp_path: Path, *, is_hidden: bool) -> None:
    telling = 'id = "telling", kind = "text", when = { prompt = "closed", answered = true }'
    forged = worksheet_of(OPEN, CLOSED.replace("true", "false"), telling)
    shelf = shelf_in(tmp_path / "known", worksheet_text(OPEN, CLOSED))
    if is_hidden:  # by a worksheet of the person's own
        shelf_in(tmp_path / "own", worksheet_text(OPEN))
        shelf = Shelf([(tmp_path / "own", "own"), (tmp_path / "known", "known")])
    found = read(tmp_path, copy_text(forged, 'open = "x"\nclosed = "y"\ntelling = "z"'), shelf)
    assert (found.shared.answers, found.dropped) == ({"open": "x"}, 2)
    assert [one.prompt.id for one in found.asked] == ["open"]


def test_a_known_worksheet_with_mistakes_stops_nobody(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path / "known", worksheet_text(OPEN).replace('"text"', '"txt"'))
    assert read(tmp_path, copy_text(worksheet_of(OPEN), 'open = "x"'), shelf).shared.answers == {"open": "x"}


def test_an_answer_counts_though_what_its_condition_looks_at_was_left_out(tmp_path: Path) -> None:
    follows = 'id = "follows", kind = "yes-no", when = { prompt = "open", answered = true }'
    found = read(tmp_path, copy_text(worksheet_of(OPEN, follows, PLAN), "follows = true\n" + ACTION))
    assert [(one.prompt.id, one.value) for one in found.asked] == [("follows", True)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('open = "heron"', 'open = "heron"\nowl = "heron"'),
        ('open = "heron"', "open = [3]"),
        ("revision = 1", "revision = -1"),
        ("revision = 1", "revision = 1000000001"),
        ("revision = 1", 'revision = "heron"'),
        (SHARED_ID, "../heron"),
        (SHARED_ID, SHARED_ID + "\\n"),
        ("Amber Heron", "heron <script>"),
        ('from = "open"', 'from = "open.heron"'),
        ('step = "Ask"', 'step = ""'),
        ("shared/1", "shared/2"),
        ("shared/1", "heron/1"),
        ("shared_id", "heron"),
        ("[[sections]]", "[[sections.heron]]"),
        ("heron", "h" * 100_001),
    ],
)
def test_what_does_not_fit_is_refused_and_never_quoted(tmp_path: Path, old: str, new: str) -> None:
    text = copy_text(worksheet_of(OPEN, PLAN), f'open = "heron"\n{ACTION}')
    assert old in text
    said = refused(tmp_path, text.replace(old, new))
    assert str(tmp_path / "shared.toml") in said
    assert "script" not in said
    assert "= heron" not in said
    assert '"heron"' not in said


def test_every_mistake_is_named(tmp_path: Path) -> None:
    text = copy_text(worksheet_of(OPEN, PLAN), f'open = "heron"\n{ACTION}')
    said = refused(tmp_path, text.replace('open = "heron"', "open = 3\nnot-there = 4"))
    assert said.count("\n") == 1


def test_own_entries_and_steps_made_by_hand_get_their_ids(tmp_path: Path) -> None:
    picks = 'id = "picks", kind = "choices", other = true, options = [{ id = "a", text = "A" }]'
    worksheet = worksheet_from(worksheet_text(picks))
    text = copy_text(worksheet, 'picks = [{ other = "mine" }]\n[[actions]]\nstep = "x"')
    for given in (', id = "other-1"', 'id = "a1", '):
        assert given in text
        text = text.replace(given, "")
    found = read(tmp_path, text)
    assert found.shared.answers == {"picks": [{"other": "mine", "id": "other-1"}]}
    assert [action.id for action in found.shared.actions] == ["a1"]
