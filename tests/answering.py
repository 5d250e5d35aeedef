"""Somebody who answers whatever a worksheet asks: knows its prompts, and the place that is saved."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from libwell.kinds.rating import RatingPrompt

if TYPE_CHECKING:
    from libwell.model.worksheet import AnyPrompt, Worksheet


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
        if not key or (key[0] == "+" and not first):
            return ""
        kinds = {column.id: column.kind for column in getattr(prompt, "columns", ())}
        words = {"text": self._words(), "choice": "1", "number": "3", "date": "in 2 weeks", "yes-no": "n"}
        return words.get(kinds.get(key[1], ""), "1")

    def _plan(self, key: list[str], *, first: bool) -> str:
        if key == ["pick"]:
            return "1"
        if key == ["+"]:
            return self._words() if first else ""
        return {"who": "Ana", "due": "2027-03-01", "know": "It shows", "level": "me"}.get(key[1], "")
