"""Every shipped worksheet, from its first question to its end: once with every answer, once with none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from answering import Answers
from libwell import load_worksheet
from libwell.rules.privacy import private_prompts
from walking import Walking, run, saved, saved_files, short_id, squeezed

FOLDER = Path(__file__).parents[2] / "worksheets"
IDS = [
    path.stem
    for path in sorted(FOLDER.glob("*.toml"))
    if '\nlibwell = "worksheet/' in path.read_text(encoding="utf-8")
]
MOST_LINES = 1000


def test_there_are_worksheets() -> None:
    assert len(IDS) == 9


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("name", IDS)
def test_answering_everything(tmp_path: Path, name: str) -> None:
    data = tmp_path / "data"
    worksheet = load_worksheet(FOLDER / f"{name}.toml")
    answers = Answers(worksheet)
    with Walking(data, "start", name) as walk:
        lines = 0
        while walk.status is None and lines < MOST_LINES:
            walk.type(answers.to(saved(data).get("at", "")))
            lines += 1
        assert walk.status == 0
        assert walk.is_tidy
        shown = squeezed("".join(walk.lines()))
    response = saved(data)
    assert response["status"] == "complete"
    assert not _not_answered(response["answers"])
    for section, prompt in worksheet.prompts():
        assert prompt.kind == "plan" or prompt.id in response["answers"]
        for text in (section.title, section.intro, section.notice, prompt.ask, prompt.help):
            assert squeezed(text) in shown, text
    plans = [prompt for _, prompt in worksheet.prompts() if prompt.holds_actions]
    assert len(response.get("actions", ())) == 2 * len(plans)
    exported = run(data, "export", short_id(data), "--private").stdout
    for action in response.get("actions", ()):
        assert squeezed(action["step"]) in squeezed(exported)
    assert squeezed(exported).count("Inmyownwords") >= _count_words(response["answers"])
    _check_that_all_can_be_read(data)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("name", IDS)
def test_skipping_everything(tmp_path: Path, name: str) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", name) as walk:
        walk.type(*[""] * MOST_LINES)
        assert walk.status == 0
        assert walk.is_tidy
    response = saved(data)
    assert response["status"] == "complete"
    assert all(value == {"not-answered": "skipped"} for value in response["answers"].values())
    assert "actions" not in response
    exported = run(data, "export", "latest")
    assert exported.returncode == 0
    worksheet = load_worksheet(FOLDER / f"{name}.toml")
    is_open = "plan" in worksheet.by_id().keys() - private_prompts(worksheet)
    assert ("No steps here." in exported.stdout) == is_open
    assert exported.stderr == ""
    _check_that_all_can_be_read(data)


def _check_that_all_can_be_read(data: Path) -> None:
    (path,) = saved_files(data)
    checked = run(data, "check", str(path))
    assert checked.returncode == 0, checked.stdout
    listed = json.loads(run(data, "responses", "--json").stdout)["responses"]
    assert [one["status"] for one in listed] == ["complete"]


def _not_answered(value: Any) -> bool:
    if isinstance(value, dict):
        return "not-answered" in value or any(map(_not_answered, value.values()))
    return isinstance(value, list) and any(map(_not_answered, value))


def _count_words(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_count_words, value.values()))
    if isinstance(value, list):
        return sum(map(_count_words, value))
    return isinstance(value, str) and value.startswith("In my own words")
