"""Every way a walk can be cut off, at a question of every kind: nothing but the line being typed is lost."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from walking import CTRL_C, CTRL_D, Walking, run, saved, saved_files, short_id

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = str(Path(__file__).with_name("kinds.toml"))
HALF = "half of a li"


@dataclass(frozen=True)
class Stop:
    """Where a walk is cut off: what is typed to get there, what is saved then, and what is typed to go on."""

    prompt: str
    step: str
    shows: tuple[str, ...]
    onward: tuple[str, ...]
    lines: tuple[str, ...] = ()
    answer: Any = None
    actions: list[dict[str, Any]] = field(default_factory=list)


STOPS = (
    Stop("words", "words", ("ordinary Tuesday", "line one"), ("line two", ""), ("line one",), "line one"),
    Stop("roster", "roster", ("Is there a roster",), ("y",)),
    Stop("branch", "branch", ("Which branch", "North branch"), ("1",)),
    Stop("rooms", "rooms.+", ("Which rooms",), ("",), ("1,2",), ["hall", "attic"]),
    Stop("shifts", "shifts", ("How many late shifts",), ("4",)),
    Stop("review-day", "review-day", ("When will you look",), ("2027-01-08",)),
    Stop("feel", "feel.stacks", ("How does each", "The stacks"), ("1", "3"), ("", "2"), {"desk": 2}),
    Stop(
        "support",
        "support.thanks",
        ("What is there for", "Thanks"),
        ("w", "", ""),
        ("", "wi"),
        {"well": ["breaks"], "improve": ["breaks"]},
    ),
    Stop("wishes", "wishes.+", ("Which wishes",), ("tea", ""), ("peace",), ["peace"]),
    Stop(
        "days",
        "days.monday.busy",
        ("How are these two days?", "Monday: is it busy?"),
        ("n", "", "", "", ""),
        ("calm",),
        {"monday": {"mood": "calm"}},
    ),
    Stop(
        "agencies",
        "agencies.row-1.kind",
        ("Whom could you call?", "what kind is it?", "Near"),
        ("2", "", "", ""),
        ("Anna",),
        [{"name": "Anna", "id": "row-1"}],
    ),
    Stop(
        "order",
        "order.+",
        ("Which of these would help first?", "A kettle", "Which comes second?"),
        ("1",),
        ("3",),
        ["curtain"],
    ),
    Stop(
        "plan",
        "plan.a1.who",
        ("What will you do next?", "Who?"),
        ("Ana", "", "", ""),
        ("1", ""),
        actions=[{"id": "a1", "step": "Put a sign up in the hall", "from": "rooms.hall"}],
    ),
    Stop(":review", ":review", ("Review", "line one\n   line two", "- Put a sign up in the hall"), ()),
)


def press(keys: str) -> Callable[[Walking], int]:
    def cut_off(walk: Walking) -> int:
        walk.press(keys)
        return walk.end()

    return cut_off


def send(number: signal.Signals) -> Callable[[Walking], int]:
    def cut_off(walk: Walking) -> int:
        return walk.kill(number)

    return cut_off


def pause(walk: Walking) -> int:
    walk.type(":pause")
    return walk.end()


@dataclass(frozen=True)
class Way:
    """A way to cut a walk off: how, whether in the middle of a line, and what comes of it."""

    cut_off: Callable[[Walking], int]
    status: int
    half: bool = True
    says_how: bool = True
    tidies: bool = True


WAYS = {
    "Ctrl-C": Way(press(CTRL_C), 130),
    "Ctrl-D": Way(press(CTRL_D), 0, half=False),
    "pause": Way(pause, 0, half=False),
    "terminated": Way(send(signal.SIGTERM), 143),
    "hung up": Way(send(signal.SIGHUP), 129),
    "window closed": Way(Walking.hang_up, 129, says_how=False, tidies=False),
    "killed": Way(send(signal.SIGKILL), -signal.SIGKILL, says_how=False, tidies=False),
}


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_cut_off_at_a_question_of_every_kind(tmp_path: Path, way: Way) -> None:
    data = tmp_path / "data"
    arguments: tuple[str, ...] = ("start", KINDS)
    last = Stop("", "", (), ())
    for stop in STOPS:
        with Walking(data, *arguments) as walk:
            _check_goes_on(walk, last)
            walk.type(*last.onward, *stop.lines)
            if way.half:
                walk.half(HALF)
            status = way.cut_off(walk)
            _check_end(walk, way, status, data)
        _check_saved(data, stop)
        arguments, last = ("resume",), stop
    with Walking(data, "resume") as walk:
        _check_goes_on(walk, last)
        walk.type("")
        assert walk.end() == 0
    assert saved(data)["status"] == "complete"
    assert run(data, "doctor").returncode == 0


def _check_goes_on(walk: Walking, last: Stop) -> None:
    for words in last.shows:
        assert words in walk.shown, last.prompt


def _check_end(walk: Walking, way: Way, status: int, data: Path) -> None:
    assert status == way.status
    if way.tidies:
        assert walk.is_tidy
    if way.says_how:
        assert walk.lines()[-1].endswith(f"resume {short_id(data)}")
    assert "Traceback" not in walk.raw
    assert "bug" not in walk.shown


def _check_saved(data: Path, stop: Stop) -> None:
    (path,) = saved_files(data)
    assert HALF not in path.read_text()
    response = saved(data)
    assert response["status"] == "draft"
    assert response.get("at", "words") == stop.step
    assert response.get("answers", {}).get(stop.prompt) == stop.answer
    for expected, action in zip(stop.actions, response.get("actions", []), strict=False):
        assert expected.items() <= action.items()


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("way", "status"), [("Ctrl-C", 130), ("Ctrl-D", 1), ("terminated", 143), ("hung up", 129)]
)
def test_cut_off_before_the_first_question_changes_nothing(tmp_path: Path, way: str, status: int) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type("line one", ":pause")
    before = saved_files(data)[0].read_bytes()
    with Walking(data, "start", KINDS) as walk:
        assert "Go on with it?" in walk.shown
        assert WAYS[way].cut_off(walk) == status
        assert walk.is_tidy
        assert "bug" not in walk.shown
    assert saved_files(data)[0].read_bytes() == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_cut_off_with_the_editor_open(tmp_path: Path, number: signal.Signals) -> None:
    data = tmp_path / "data"
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "EDITING $$"\nexec sleep 60\n')
    editor.chmod(0o700)
    with Walking(data, "start", KINDS, environ={"EDITOR": str(editor)}) as walk:
        walk.type("line one")
        walk.child.send(":editor\r")
        walk.child.expect(rb"EDITING (\d+)")
        child = int(walk.child.match[1])
        if number is signal.SIGKILL:
            walk.child.kill(number)
            os.kill(child, signal.SIGTERM)  # nobody is left to do it, and it holds the terminal
            assert walk.end() == -number
        else:
            assert walk.kill(number) == 128 + number
            assert walk.is_tidy
            assert walk.lines()[-1].endswith(f"resume {short_id(data)}")
            assert not list(data.glob("libwell-*"))
    assert saved(data)["answers"]["words"] == "line one"
