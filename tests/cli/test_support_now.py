"""Whom to turn to is shown at once where a question asks about harming oneself, whatever was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from walking import Walking, run

if TYPE_CHECKING:
    from pathlib import Path

SHEET = """
libwell = "worksheet/1"
id = "hard-days"
version = "1"
title = "Hard days"
private = false
[[sections]]
id = "days"
title = "Days"
prompts = [
  { id = "harm", kind = "yes-no", ask = "Have you thought of hurting yourself?", support = "now" },
  { id = "rest", kind = "yes-no", ask = "Is there a room to rest in?" },
]
"""
HELPLINE = "988"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "hard-days.toml"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("line", ["y", "n", ":skip", ":prefer-not"])
def test_it_is_shown_before_the_next_question_and_after_no_other(
    tmp_path: Path, sheet: Path, line: str
) -> None:
    run(tmp_path / "data", "config", "set", "country", "US")
    environ = {"LIBWELL_CONFIG": "", "XDG_CONFIG_HOME": str(tmp_path / ".config")}
    with Walking(tmp_path / "data", "start", str(sheet), environ=environ) as walk:
        walk.refused("perhaps")
        assert HELPLINE not in walk.shown
        shown = walk.type(line)
        assert HELPLINE in shown
        assert shown.index(HELPLINE) < shown.index("Is there a room to rest in?")
        assert HELPLINE not in walk.type("y")


@pytest.mark.thorough
def test_its_answer_is_in_no_file_and_no_pipe_also_with_private(tmp_path: Path, sheet: Path) -> None:
    data, answers = tmp_path / "data", tmp_path / "answers.toml"
    answers.write_text(f"worksheet = '{sheet}'\n[answers]\nharm = true\nrest = true\n", encoding="utf-8")
    assert run(data, "fill", str(answers)).returncode == 0
    for options in (("md",), ("html",), ("json",), ("csv", "--what", "answers"), ("jsonl",)):
        done = run(data, "export", "latest", "--private", "--format", *options)
        assert "hurting" not in done.stdout
        assert "room to rest" in done.stdout
        assert "--private puts them in" not in done.stderr
    assert "hurting" not in run(data, "view", "latest", "--private", "--json").stdout
    for more in ((), ("--json",), ("--format", "md")):
        assert "hurting" not in run(data, "compare", "latest", "latest", "--private", *more).stdout


@pytest.mark.thorough
def test_a_step_that_came_of_it_is_in_no_list_for_programs(tmp_path: Path, sheet: Path) -> None:
    data, answers = tmp_path / "data", tmp_path / "answers.toml"
    sheet.write_text(
        SHEET + '[[sections]]\nid = "end"\ntitle = "End"\n'
        'prompts = [{ id = "plan", kind = "plan", ask = "What next?" }]\n',
        encoding="utf-8",
    )
    steps = '[[actions]]\nstep = "Call Joy"\nfrom = "harm"\n[[actions]]\nstep = "Ask for a room"\n'
    answers.write_text(f"worksheet = '{sheet}'\n[answers]\nharm = true\n{steps}", encoding="utf-8")
    assert run(data, "fill", str(answers)).returncode == 0
    for options in ((), ("--private",), ("--json", "--private")):
        done = run(data, "actions", *options)
        assert "Call Joy" not in done.stdout
        assert "Ask for a room" in done.stdout
        assert done.stderr == ""
