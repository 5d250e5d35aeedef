"""`libwell share` of many responses at once: one preview, one yes, one file each."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from build import section_text, sheet_text
from walking import Walking, run

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "canary-7f3a"
SHEETS = {
    "mine": sheet_text(
        section_text(
            'id = "own", kind = "text", private = true',
            'id = "calm", kind = "yes-no"',
            'id = "plan", kind = "plan"',
        ),
        name="mine",
    ),
    "closed": sheet_text(section_text('id = "own", kind = "text", private = true'), name="closed"),
}
ANSWERS = {
    "calm.toml": 'worksheet = "mine"\n[answers]\n'
    f'own = "{CANARY}"\ncalm = true\n[[actions]]\nstep = "Rest"\n',
    "short.toml": 'worksheet = "mine"\n[person]\nteam = "North"\n[answers]\ncalm = false\n',
    "empty.toml": 'worksheet = "mine"\n',
    "closed.toml": f'worksheet = "closed"\n[answers]\nown = "{CANARY}"\n',
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with four responses, of which two have something to share."""
    folder = tmp_path / "data"
    (folder / "worksheets").mkdir(parents=True)
    for name, text in SHEETS.items():
        (folder / "worksheets" / f"{name}.toml").write_text(text)
    for name, text in ANSWERS.items():
        (tmp_path / name).write_text(text)
        done = run(folder, "fill", "--draft", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
    monkeypatch.chdir(tmp_path)
    return folder


def shared(folder: Path) -> dict[str, dict[str, object]]:
    return {path.name: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}


@pytest.mark.thorough
def test_one_preview_and_one_yes_write_a_file_each(data: Path) -> None:
    with Walking(data, "share", "--all", "--output", "out") as person:
        shown = " ".join(person.shown.split())
        assert "Write 2 files to out/?" in shown
        assert shown.count("leaves: 1 answer") == 2
        assert "leaves: 1 answer, 1 step; stays: 1 private answer" in shown
        assert shown.count("(not finished, today") == 2
        assert not (data.parent / "out").exists()
        person.type("yes")
        assert person.end() == 0
    assert CANARY not in person.raw
    files = shared(data.parent / "out")
    assert len(files) == 2
    assert all(re.fullmatch(r"shared-mine-[a-z]+-[a-z]+-[a-z2-7]{4}\.toml", name) for name in files)
    assert sorted(one["answers"]["calm"] for one in files.values()) == [False, True]  # type: ignore[index]


@pytest.mark.thorough
def test_anything_but_yes_writes_nothing(data: Path) -> None:
    with Walking(data, "share", "--all", "--output", "out") as person:
        person.type("y")
        assert person.end() == 1
    assert not (data.parent / "out").exists()


@pytest.mark.thorough
def test_what_has_nothing_to_share_is_named_and_skipped(data: Path) -> None:
    done = run(data, "share", "--all", "--yes", "--output", "out/")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert re.search(r"closed-\S+: All that you gave here is private", done.stderr)
    assert re.search(r"mine-\S+: There is nothing to share yet", done.stderr)
    assert done.stderr.count("not finished") == 2
    assert CANARY not in done.stdout + done.stderr


@pytest.mark.thorough
def test_shared_again_the_same_files_are_there_and_withdrawals_beside_them(data: Path) -> None:
    run(data, "share", "--all", "--yes", "--output", "out")
    before = shared(data.parent / "out")
    run(data, "share", "--all", "--yes", "--output", "out")
    assert shared(data.parent / "out") == before
    done = run(data, "share", "--all", "--withdraw", "--yes", "--output", "out")
    assert (done.returncode, len(shared(data.parent / "out"))) == (0, 4)
    assert done.stderr.count("never shared") == 2


@pytest.mark.thorough
def test_some_are_chosen_by_team(data: Path) -> None:
    done = run(data, "share", "--team", "north", "--yes", "--output", "out")
    assert (done.returncode, len(shared(data.parent / "out"))) == (0, 1)
    assert "Send it to whoever" in done.stderr  # one file
    done = run(data, "share", "--team", "South", "--yes", "--output", "out")
    assert (done.returncode, "No response is like that." in done.stderr) == (0, True)


@pytest.mark.thorough
def test_one_that_can_not_be_shared_does_not_stop_the_others(data: Path) -> None:
    (data / "responses" / "mine-2026-01-01-aaaa.toml").write_text("nonsense")
    done = run(data, "share", "--all", "--yes", "--output", "out")
    assert (done.returncode, len(shared(data.parent / "out"))) == (3, 2)
    assert "mine-2026-01-01-aaaa.toml" in done.stderr


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    "arguments", [(), ("latest", "--all"), ("--all", "--output", "all.toml"), ("--all", "--output", "-")]
)
def test_one_or_many_have_to_be_named_and_many_go_to_a_folder(data: Path, arguments: tuple[str, ...]) -> None:
    done = run(data, "share", *arguments, "--yes")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.thorough
def test_the_kept_plan_of_a_team_never_leaves(data: Path) -> None:
    assert run(data, "share", "--all", "--yes", "--output", "out").returncode == 0
    assert run(data, "team", "plan", "out", "--keep", "North").returncode == 0
    done = run(data, "share", "--all", "--yes", "--output", "again")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert re.search(r"team-plan-\S+ is a team's plan, made of what people shared", done.stderr)
    assert run(data, "share", "latest:team-plan", "--yes", "--output", "again").returncode == 1
