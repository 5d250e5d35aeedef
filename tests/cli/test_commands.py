"""What can be typed beside an answer at a question of every kind, and what becomes of unreadable lines."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from walking import Walking, saved

KINDS = str(Path(__file__).with_name("kinds.toml"))
PROMPTS = {
    prompt["id"]: prompt
    for section in tomllib.loads(Path(KINDS).read_text(encoding="utf-8"))["sections"]
    for prompt in section["prompts"]
}
ORDER = list(PROMPTS)
REFUSED = object()


@dataclass(frozen=True)
class Kind:
    """A prompt, where it begins, which commands it takes, what `::x` is there, and a line it can't read."""

    prompt: str
    step: str
    colon: Any
    editor: bool = False
    unreadable: str = ""
    expected: str = ""


CASES = (
    Kind("words", "words", ":x", editor=True),
    Kind("roster", "roster", REFUSED, unreadable="maybe", expected="y for yes"),
    Kind("branch", "branch", {"other": ":x", "id": "other-1"}, unreadable="3", expected="1 to 2"),
    Kind("rooms", "rooms", [{"other": ":x", "id": "other-1"}], unreadable="1,9", expected="1 to 3"),
    Kind("shifts", "shifts", REFUSED, unreadable="many", expected="0 to 31"),
    Kind("review-day", "review-day", REFUSED, unreadable="some day", expected="next Friday"),
    Kind("feel", "feel", REFUSED, unreadable="1 2 9", expected="0 to 3"),
    Kind("support", "support", REFUSED, unreadable="1x", expected="x is no mark here"),
    Kind("wishes", "wishes.+", [":x"], editor=True),
    Kind("days", "days.monday.mood", {"monday": {"mood": ":x"}}, editor=True),
    Kind("agencies", "agencies.+.name", [{"name": ":x", "id": "row-1"}], editor=True),
    Kind("order", "order", REFUSED, unreadable="1,1", expected="1 is there twice"),
    Kind("plan", "plan.+", [":x"], editor=True),
)


@pytest.mark.parametrize("kind", CASES, ids=ORDER)
def test_every_command_at_every_kind(tmp_path: Path, kind: Kind) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS, environ={"EDITOR": "true"}) as walk:
        _go_to(walk, kind)
        _check_what_shows_something(walk, kind)
        _check_what_is_refused(walk, kind)
        _check_where_it_leads(walk, kind)
        _check_not_answers(walk, kind)
        _check_colon_and_clear(walk, kind)
        walk.type(":pause")
        assert walk.end() == 0
        assert walk.is_tidy


def _go_to(walk: Walking, kind: Kind) -> None:
    walk.type(f":go {kind.prompt}")
    _check_place(walk, kind)


def _check_place(walk: Walking, kind: Kind) -> None:
    assert PROMPTS[kind.prompt]["ask"] in walk.shown
    assert saved(walk.data)["at"] == kind.step


def _check_what_shows_something(walk: Walking, kind: Kind) -> None:
    walk.type(":why")
    assert PROMPTS[kind.prompt]["why"] in walk.shown
    _check_place(walk, kind)
    walk.type(":help")
    for word in (
        ":back",
        ":skip",
        ":list",
        ":go",
        ":clear",
        ":editor",
        ":hide",
        ":prefer-not",
        ":pause",
        "::",
    ):
        assert word in walk.shown
    _check_place(walk, kind)
    walk.type(":list")
    listed = " ".join(walk.shown.split())
    for number, name in enumerate(ORDER, 1):
        assert f"{number}. {name}: {PROMPTS[name]['ask']}"[:60] in listed
    assert listed.count("you are here") == 1
    _check_place(walk, kind)
    walk.type(":support")
    assert "emergency number" in " ".join(walk.shown.split())
    _check_place(walk, kind)
    walk.type(":hide")
    assert walk.raw.count("\x1b[H\x1b[2J\x1b[3J") == 1
    assert PROMPTS[kind.prompt]["ask"] not in "\n".join(walk.screen())
    walk.type("")
    _check_place(walk, kind)
    walk.type("  ")
    _go_to(walk, kind)


def _check_what_is_refused(walk: Walking, kind: Kind) -> None:
    before = saved(walk.data)
    assert "Did you mean" in walk.refused(":halp")
    assert ":help" in walk.refused(":zzz")
    assert f"1 to {len(ORDER)}" in " ".join(walk.refused(":go 99").split())
    assert ":list" in walk.refused(":go nowhere")
    if not kind.editor:
        assert "own words" in walk.refused(":editor")
    if kind.unreadable:
        assert kind.expected in " ".join(walk.refused(kind.unreadable).split())
    if kind.colon is REFUSED:
        walk.refused("::x")
    assert saved(walk.data) == before
    if kind.editor:
        walk.type(":editor")
        assert saved(walk.data) == before


def _check_where_it_leads(walk: Walking, kind: Kind) -> None:
    number = ORDER.index(kind.prompt)
    walk.type(":back")
    if number:
        assert saved(walk.data)["at"].split(".")[0] == ORDER[number - 1]
    else:
        assert "first question" in walk.shown
    walk.type(f":go {number + 1}")
    _check_place(walk, kind)
    walk.type(":skip")
    assert saved(walk.data)["at"].split(".")[0] == [*ORDER, ":review"][number + 1]
    assert saved(walk.data)["answers"][kind.prompt] == {"not-answered": "skipped"}
    _go_to(walk, kind)


def _check_not_answers(walk: Walking, kind: Kind) -> None:
    allowed = PROMPTS[kind.prompt].get("not_answers", [])
    for name in ("dont-know", "not-applicable"):
        if name in allowed:
            _check_not_answer(walk, kind, f":{name}", name)
        else:
            assert ":prefer-not" in walk.refused(f":{name}")
    _check_not_answer(walk, kind, ":prefer-not", "prefer-not-to-say")


def _check_not_answer(walk: Walking, kind: Kind, typed: str, reason: str) -> None:
    walk.type(typed)
    assert saved(walk.data)["answers"][kind.prompt] == {"not-answered": reason}
    assert saved(walk.data)["at"] != kind.step
    _go_to(walk, kind)
    assert "So far" in walk.shown


def _check_colon_and_clear(walk: Walking, kind: Kind) -> None:
    if kind.colon is not REFUSED:
        walk.type("::x")
        response = saved(walk.data)
        steps = [action["step"] for action in response.get("actions", [])]
        assert (steps if kind.prompt == "plan" else response["answers"][kind.prompt]) == kind.colon
        walk.type(f":go {kind.prompt}")
        assert ":x" in walk.shown
    walk.type(":clear")
    assert kind.prompt not in saved(walk.data).get("answers", {})
    assert "actions" not in saved(walk.data)
    _check_place(walk, kind)


@pytest.mark.thorough
def test_back_is_one_step_and_goes_all_the_way(tmp_path: Path) -> None:
    data = tmp_path / "data"
    there, back = [], []
    with Walking(data, "start", KINDS) as walk:
        walk.type("A line.", "", "y", "1", "1", "", "4", "2027-01-08", "1 2 3", "1wi", "own", "w", "")
        walk.type("tea", "", "calm", "n", "", "", "y", "less", "Anna", "1", "12", "", "")
        walk.type("3", "")
        walk.type("1", "", "Ana", "", "", "")
        before = saved(data)
        while "first question" not in walk.type(":back"):
            back.append(saved(data)["at"])
        assert "A line." in walk.type(":help")
        while "Review" not in walk.shown:
            there.append(saved(data)["at"])
            walk.type("")
        assert there == back[::-1]
        assert len(there) == len(set(there)) > 30
        assert saved(data)["answers"] == before["answers"]
        assert saved(data)["actions"] == before["actions"]


def test_in_the_middle_of_a_text(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type("One.")
        for command in (":help", ":why", ":list", ":support"):
            walk.type(command)
            assert "ordinary Tuesday" in walk.shown, command
        walk.type(":hide", "")
        assert "ordinary Tuesday" in walk.shown
        walk.refused(":nope")
        walk.type("Two.", "-", "::three", "Yes :pause")
        assert saved(data)["answers"]["words"] == "One.\nTwo.\n-\n:three\nYes :pause"
        walk.type(":clear", "New.", ":skip")
        assert saved(data)["answers"]["words"] == "New."
        walk.refused(":go")
        walk.type(":go words", "-")
        assert "words" not in saved(data).get("answers", {})
        assert saved(data)["at"] == "words"
        assert "There is nothing to take out." in walk.type("-")
        walk.type(":go words", "Again.", ":back")
        assert "first question" in walk.shown
        walk.type("Once more.", ":pause")
        assert saved(data)["answers"]["words"] == "Again.\nOnce more."


@pytest.mark.thorough
def test_at_the_review(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type(":go plan", "")
        assert "Review" in walk.shown
        assert "Enter finishes" not in walk.shown, "the questions above have not come up"
        walk.type("")
        assert "ordinary Tuesday" in walk.shown
        walk.type(":back")
        for number in range(1, len(ORDER)):
            walk.type(f":go {number}", ":skip")
        walk.type(":go plan", "")
        for command in (":help", ":list", ":support"):
            walk.type(command)
            assert "Enter finishes" in walk.shown
        walk.type(":hide", "")
        assert "Enter finishes" in walk.shown
        for refused in (":why", ":editor", ":skip", ":clear", ":dont-know", ":prefer-not", "99", "x", "::x"):
            walk.refused(refused)
            assert "The review:" in walk.type("")
        walk.type("2")
        assert "Is there a roster" in walk.shown
        walk.type("n")
        assert "Review" in walk.shown
        walk.type(":go given")
        assert "ordinary Tuesday" in walk.shown
        walk.type(":skip")
        assert "Review" in walk.shown
        walk.type(":back")
        assert "What will you do next?" in walk.shown
        walk.type(":go 2", ":pause")
        assert walk.end() == 0
    assert saved(data)["answers"]["roster"] is False


def test_a_line_that_was_refused_can_be_mended(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type(":go shifts")
        walk.refused("44")
        walk.press("\x1b[A\x7f\r")
        assert saved(data)["answers"]["shifts"] == 4
        walk.refused("2027-13-08")
        walk.press("\x1b[A\x1b[D\x1b[D\x1b[D\x7f2\r")
        assert str(saved(data)["answers"]["review-day"]) == "2027-12-08"
        walk.refused(":skpi")
        walk.press("\x1b[A\x7f\x7fip\r")
        assert saved(data)["at"] == "support"
        walk.press("\x1b[A\r")
        assert saved(data)["at"] == "support.breaks", "nothing of another question comes back: it was Enter"


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """An editor that notes what it was given and how well that is kept, and writes something else."""
    program = tmp_path / "editor"
    program.write_text(
        f'#!/bin/sh\ncp "$1" {tmp_path}/given\nstat -c "%a %n" "$1" "$(dirname "$1")" >> {tmp_path}/modes\n'
        'touch "$1~"\nprintf "From the editor.\\n\\n:pause\\n" > "$1"\n'
    )
    program.chmod(0o700)
    return program


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("has_runtime_folder", [True, False])
def test_the_editor(tmp_path: Path, editor: Path, has_runtime_folder: bool) -> None:  # noqa: FBT001
    data, runtime = tmp_path / "data", tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    environ = {"EDITOR": str(editor)} | ({"XDG_RUNTIME_DIR": str(runtime)} if has_runtime_folder else {})
    written = "From the editor.\n\n:pause"
    with Walking(data, "start", KINDS, environ=environ) as walk:
        walk.type("Typed.", ":editor")
        assert (tmp_path / "given").read_text() == "Typed.\n"
        assert "Is there a roster" in walk.shown
        walk.type(":go wishes", ":editor", "", ":go days", ":editor", ":go agencies", ":editor")
        walk.type(":go rooms", "1", ":editor", "", ":go plan", "", ":editor", ":pause")
        assert walk.end() == 0
        assert walk.is_tidy
    response = saved(data)
    assert response["answers"]["words"] == written
    assert response["answers"]["wishes"] == [written]
    assert response["answers"]["days"] == {"monday": {"mood": written}}
    assert response["answers"]["agencies"] == [{"name": written, "id": "row-1"}]
    assert response["answers"]["rooms"][1]["other"] == written
    assert response["actions"][0]["step"] == written
    modes = [line.split(maxsplit=1) for line in (tmp_path / "modes").read_text().splitlines()]
    assert {mode for mode, _ in modes[::2]} == {"600"}
    assert {mode for mode, _ in modes[1::2]} == {"700"}
    assert {str(Path(name).parent) for _, name in modes[1::2]} == {
        str(runtime if has_runtime_folder else data)
    }
    assert not any(Path(name).exists() for _, name in modes)
    assert list(runtime.iterdir()) == []


@pytest.mark.thorough
def test_an_editor_that_fails_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    empty = tmp_path / "empty"
    empty.mkdir()
    for environ in (
        {"EDITOR": "false"},
        {"EDITOR": "/no/such/editor"},
        {"EDITOR": "'"},
        {"PATH": str(empty)},
    ):
        with Walking(data, "start", KINDS, environ=environ) as walk:
            walk.type("Typed.", ":editor")
            assert "ditor" in walk.shown
            assert "ordinary Tuesday" in walk.shown
            walk.type("More.", ":pause")
            assert walk.end() == 0
            assert walk.is_tidy
        for path in (data / "responses").glob("*.toml"):
            assert tomllib.loads(path.read_text())["answers"]["words"] == "Typed.\nMore."
            path.unlink()
