"""`--wait`: several at once wait for each other and lose nothing; one that waits in vain says for whom."""

from __future__ import annotations

import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from build import section_text, sheet_text
from libwell.storage.locks import lock
from walking import LIBWELL, Walking, environment, run, saved, saved_files, short_id, squeezed

if TYPE_CHECKING:
    from pathlib import Path

AT_ONCE = 8
SHEET = sheet_text(
    section_text('id = "words", kind = "text"', 'id = "plan", kind = "plan"'),
    name="mine",
    head="private = false\n",
)
STEPS = "".join(f'[[actions]]\nstep = "Step {number}"\n' for number in range(AT_ONCE))
ANSWERS = f'worksheet = "mine"\n{STEPS}[answers]\nwords = "Some."\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one finished response that has as many steps as there are processes."""
    folder = tmp_path / "data"
    (folder / "worksheets").mkdir(parents=True)
    (folder / "worksheets" / "mine.toml").write_text(SHEET)
    (tmp_path / "answers.toml").write_text(ANSWERS)
    assert run(folder, "fill", str(tmp_path / "answers.toml")).returncode == 0
    return folder


def started(data: Path, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own that has begun."""
    return subprocess.Popen(
        [*LIBWELL, "--data-dir", str(data), *arguments],
        env=environment(data),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=data.parent,
    )


def ended(processes: list[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    """The status and output of each, once all of them have ended; of one that fails, standard error."""
    told = [process.communicate(timeout=240) for process in processes]
    return [
        (process.returncode, out if process.returncode == 0 else err)
        for process, (out, err) in zip(processes, told, strict=True)
    ]


def statuses(processes: list[subprocess.Popen[str]]) -> list[int]:
    return [status for status, _ in ended(processes)]


def actions(data: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = saved(data)["actions"]
    return found


def left_over(data: Path) -> list[str]:
    return [one.name for one in (data / "responses").iterdir() if one.name.endswith((".lock", ".tmp"))]


# --- several at once ------------------------------------------------------------------------------


def test_changes_of_one_response_at_once_are_all_made(data: Path) -> None:
    name = short_id(data)
    together = [
        started(data, "actions", "set", f"{name}.a{number + 1}", "--who", f"Person {number}")
        for number in range(AT_ONCE)
    ]
    assert statuses(together) == [0] * AT_ONCE
    assert [one["who"] for one in actions(data)] == [f"Person {number}" for number in range(AT_ONCE)]
    assert saved(data)["revision"] == AT_ONCE + 1
    assert left_over(data) == []


@pytest.mark.thorough
def test_steps_added_at_once_are_all_there(data: Path) -> None:
    files = []
    for number in range(AT_ONCE):
        files.append(data.parent / f"{number}.toml")
        files[-1].write_text(f'[[actions]]\nstep = "Added {number}"\n')
    together = [started(data, "actions", "add", "latest", "--answers", str(file)) for file in files]
    told = ended(together)
    assert [status for status, _ in told] == [0] * AT_ONCE
    assert len({printed for _, printed in told}) == AT_ONCE
    assert {one["step"] for one in actions(data)} >= {f"Added {number}" for number in range(AT_ONCE)}


@pytest.mark.thorough
def test_what_is_filled_at_once_is_all_saved(data: Path) -> None:
    answers = str(data.parent / "answers.toml")
    told = ended([started(data, "fill", answers) for _ in range(AT_ONCE)])
    assert [status for status, _ in told] == [0] * AT_ONCE
    assert len({printed for _, printed in told}) == AT_ONCE
    assert len(saved_files(data)) == AT_ONCE + 1


@pytest.mark.thorough
def test_a_response_shared_at_once_is_one_persons_copy(data: Path) -> None:
    together = [started(data, "share", "latest", "--yes", "--output", "copies/") for _ in range(AT_ONCE)]
    assert statuses(together) == [0] * AT_ONCE
    (copy,) = (data.parent / "copies").glob("*.toml")
    assert tomllib.loads(copy.read_text())["shared_id"] == saved(data)["shared"]["shared_id"]


@pytest.mark.thorough
def test_settings_changed_at_once_are_all_kept(data: Path) -> None:
    together = [
        started(data, "config", "support", "add", "--name", f"Person {number}", "--reach", "1")
        for number in range(AT_ONCE)
    ]
    assert statuses(together) == [0] * AT_ONCE
    listed = run(data, "config", "support", "list").stdout
    assert all(f"Person {number}" in listed for number in range(AT_ONCE))


@pytest.mark.thorough
def test_one_that_is_killed_in_between_holds_nobody_up(data: Path) -> None:
    name = short_id(data)
    together = [
        started(data, "actions", "set", f"{name}.a{number + 1}", "--status", "done")
        for number in range(AT_ONCE)
    ]
    together[0].wait(timeout=240)
    together[-1].kill()
    *others, killed = statuses(together)
    assert others == [0] * (AT_ONCE - 1)
    assert killed in {0, -9}
    assert all(one["status"] == "done" for one in actions(data)[:-1])
    assert run(data, "actions", "set", f"{name}.a1", "--who", "Ana").returncode == 0
    assert left_over(data) == []


@pytest.mark.thorough
def test_who_changes_several_responses_in_any_order_waits_for_nobody_in_a_circle(data: Path) -> None:
    assert run(data, "fill", str(data.parent / "answers.toml")).returncode == 0
    first, second = (path.stem.rpartition("-")[2] for path in saved_files(data))
    for _ in range(3):
        one_way = started(data, "--wait", "60", "actions", "set", f"{first}.a1", f"{second}.a1", "--who", "A")
        other_way = started(
            data, "--wait", "60", "actions", "set", f"{second}.a1", f"{first}.a1", "--who", "B"
        )
        assert statuses([one_way, other_way]) == [0, 0]


# --- in vain --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        ("0", "is open in another libwell (process"),
        ("0.2", ") after 0.2 seconds. Finish or pause it there first, or wait longer: libwell --wait 60"),
    ],
)
def test_what_stays_open_is_told_with_who_has_it(data: Path, seconds: str, words: str) -> None:
    (path,) = saved_files(data)
    before = path.read_bytes()
    with lock(path):
        done = run(data, "--wait", seconds, "actions", "done", "a1")
    assert (done.returncode, done.stdout, path.read_bytes()) == (1, "", before)
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_on_a_terminal_nothing_is_waited_for_unless_asked(data: Path) -> None:
    (path,) = saved_files(data)
    with lock(path), Walking(data, "actions", "done", "a1", ready=False) as once:
        assert once.end() == 1
        assert "isopeninanotherlibwell" in squeezed(once.shown)


@pytest.mark.thorough
def test_on_a_terminal_a_wait_is_said_once_and_ends_when_the_other_lets_go(data: Path) -> None:
    (path,) = saved_files(data)
    with lock(path):
        waiting = Walking(data, "--wait", "100", "actions", "done", "a1", ready=False)
        waiting.child.expect(r"up\s+to\s+100\s+seconds")
    with waiting:
        assert waiting.end() == 0
    assert [one["status"] for one in actions(data)[:1]] == ["done"]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("word", ["-1", "3601", "nan", "inf", "1e3", "ten", "", " 1", "1_0", "9" * 5000])
def test_a_wait_is_a_number_of_seconds(data: Path, word: str) -> None:
    done = run(data, f"--wait={word}", "responses")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--wait takes a number of seconds from 0 to 3600.\n"


def test_behind_the_verb_wait_is_told_where_it_goes(data: Path) -> None:
    done = run(data, "responses", "--wait", "3")
    assert done.returncode == 2
    assert "libwell --wait responses" in done.stderr
