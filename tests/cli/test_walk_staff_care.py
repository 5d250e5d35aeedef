"""Ana walks through staff-care, in two sittings, and exports her plan."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

import ana
from walking import Walking, run, saved, saved_files, short_id

if TYPE_CHECKING:
    from pathlib import Path


def test_a_whole_walk_with_a_pause_in_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, *ana.BEGIN) as walk:
        ana.first_sitting(walk)
        assert walk.end() == 0
        assert walk.is_tidy
    ana.check_first_sitting(data)
    with Walking(data, "resume") as walk:
        assert short_id(data) in walk.shown
        assert "How does your library look after each of these kinds of safety?" in walk.shown
        ana.second_sitting(walk)
        assert walk.end() == 0
        assert walk.is_tidy
        for verb in ("export", "view", "resume"):
            assert f"{walk.call} {verb} {short_id(data)}" in " ".join(walk.shown.split())
    _check_export(data)


def _check_export(data: Path) -> None:
    response = saved(data)
    assert response["status"] == "complete"
    assert response["answers"]["energy"] == 4
    assert response["answers"]["supports-why"] == "A table by the window.\nAnd time to read."
    assert response["answers"]["beyond-self"] == {"not-answered": "prefer-not-to-say"}
    open_to_all = run(data, "export", "latest")
    assert open_to_all.returncode == 0
    assert ana.PLAN in open_to_all.stdout
    assert "hard shift" not in open_to_all.stdout
    assert "private" in open_to_all.stderr
    everything = run(data, "export", "latest", "--private")
    assert "A hard shift." in everything.stdout
    assert ana.PLAN.splitlines()[2] in everything.stdout


def test_going_on_with_a_draft_or_not(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", "staff-care") as walk:
        walk.type("5", "carrying a secret", ":pause")
    first = short_id(data)
    with Walking(data, "start", "staff-care", "--name", "Joy") as walk:
        assert "Staff care, self-care" in walk.shown
        assert "2 of 7 answered" in walk.shown
        assert "secret" not in walk.shown
        walk.type("what?")
        assert "Go on with it?" in walk.shown
        walk.type("")
        assert "What are you carrying into this?" in walk.shown
        assert "carrying a secret" in walk.shown
        walk.type(":pause")
    assert short_id(data) == first
    assert saved(data)["person"] == {"name": "Joy"}
    with Walking(data, "start", "staff-care", "--team", "Branch 5") as walk:
        walk.type("No")
        assert "How much strength do you have today?" in walk.shown
        walk.type("1", ":pause")
    responses = {path.stem: tomllib.loads(path.read_text()) for path in saved_files(data)}
    assert sorted(one["answers"]["energy"] for one in responses.values()) == [1, 5]
    assert {"team": "Branch 5"} in [one["person"] for one in responses.values()]
    with Walking(data, "start", "community-connections") as walk:
        assert "Which local services" in walk.shown, "a draft of another worksheet is not asked about"
        walk.type(":pause")
    with Walking(data, "resume", first, "--at", "employer") as walk:
        assert "What does your employer put in place for staff?" in walk.shown
        walk.type(":pause")
    with Walking(data, "resume", first, "--at", "employr", ready=False) as walk:
        assert walk.end() == 1
        assert "employer" in walk.shown


@pytest.mark.thorough
def test_a_finished_response_opens_at_the_review(tmp_path: Path) -> None:
    data = tmp_path / "data"
    answers = tmp_path / "answers.toml"
    rest = ("on-my-mind", "supports", "safety-kinds", "employer", "beyond-self", "plan")
    passed_by = "".join(f'{name} = ""\n' for name in rest)
    answers.write_text(f'worksheet = "staff-care"\n[answers]\nenergy = 3\n{passed_by}')
    assert run(data, "fill", str(answers)).returncode == 0
    assert saved(data)["status"] == "complete"
    with Walking(data, "resume", short_id(data)) as walk:
        assert "Review" in walk.shown
        walk.type(":pause")
        assert walk.end() == 0
    assert saved(data)["status"] == "complete"
    with Walking(data, "resume", "latest", ready=False) as walk:
        assert walk.end() == 1, "latest means drafts here, and there is none"
    with Walking(data, "resume", short_id(data)) as walk:
        walk.type("1", "5")
        assert saved(data)["status"] == "draft"
        walk.type("")
        assert walk.end() == 0
    assert saved(data)["status"] == "complete"
    assert saved(data)["answers"]["energy"] == 5
