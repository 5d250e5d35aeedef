"""Every shipped worksheet, from its first question to its end: once with every answer, once with none."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from libwell import load_worksheet
from libwell.kinds.rating import RatingPrompt
from libwell.rules.privacy import private_prompts
from walking import Walking, run, saved, saved_files, short_id, squeezed

if TYPE_CHECKING:
    from libwell.model.worksheet import AnyPrompt, Worksheet

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


class Answers:
    """Something to type at every step, told from the prompt's kind and the place that is saved.

    Where a list or a table could go on for ever, it takes one entry and then Enter.
    """

    def __init__(self, worksheet: Worksheet) -> None:
        self._prompts = {prompt.id: prompt for _, prompt in worksheet.prompts()}
        conditions = (when for section, prompt in worksheet.prompts() for when in (section.when, prompt.when))
        tests = (test for condition in conditions if condition for _, test in condition.tests())
        self._waited_for = {(test.prompt, test.is_) for test in tests}
        self._times: Counter[str] = Counter()

    def to(self, at: str) -> str:
        """The line to type at a place; the empty one goes on."""
        name, *key = at.split(".") if at else [next(iter(self._prompts))]
        if ":" in "".join((name, *key)):  # the review, or a remark
            return ""
        self._times[at or name] += 1
        first = self._times[at or name] == 1
        prompt = self._prompts[name]
        if prompt.kind == "choice":
            return self._choice(prompt)
        if prompt.kind == "table":
            return self._cell(prompt, key, first=first)
        if isinstance(prompt, RatingPrompt):
            point = prompt.scale.min + (self._times.total() % 2)
            return " ".join([str(point)] * max(1, len(prompt.items)))
        if prompt.kind == "plan":
            return self._plan(key, first=first)
        return self._entry(prompt, key, first=first)

    def _entry(self, prompt: AnyPrompt, key: list[str], *, first: bool) -> str:
        if prompt.kind == "checklist" and key != ["+"]:
            return self._marks(prompt, key)
        if prompt.kind == "choices" and not key:
            return f"1-{getattr(prompt, 'max', None) or len(getattr(prompt, 'options', ()))}"
        if prompt.kind == "yes-no":
            return "y"
        return self._words() if first and key != ["other-1"] else ""

    def _marks(self, prompt: AnyPrompt, key: list[str]) -> str:
        """Every mark, on all items in one line or on the one that is asked."""
        every_mark = "".join(mark.id[0] for mark in getattr(prompt, "marks", ()))
        numbers = range(1, len(getattr(prompt, "items", ())) + 1)
        is_list = not key and len(numbers) > 1
        return " ".join(f"{number}{every_mark}" for number in numbers) if is_list else every_mark

    def _words(self) -> str:
        return f"In my own words, number {self._times.total()}"

    def _choice(self, prompt: AnyPrompt) -> str:
        """Choose what another prompt waits for, so that it is asked as well."""
        for option in getattr(prompt, "options", ()):
            if (prompt.id, option.id) in self._waited_for:
                return str(option.text)
        return "1"

    def _cell(self, prompt: AnyPrompt, key: list[str], *, first: bool) -> str:
        if key[0] == "+" and not first:
            return ""
        column = next(column for column in getattr(prompt, "columns", ()) if column.id == key[1])
        kinds = {"text": self._words(), "choice": "1", "number": "3", "date": "in 2 weeks", "yes-no": "n"}
        return kinds[column.kind]

    def _plan(self, key: list[str], *, first: bool) -> str:
        if key == ["pick"]:
            return "1"
        if key == ["+"]:
            return self._words() if first else ""
        return {"who": "Ana", "due": "2027-03-01", "know": "It shows", "level": "me"}.get(key[1], "")
