"""Mistakes and hints in a worksheet that its shape alone does not show: ids, addresses, conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from libwell.errors import Mistake
from libwell.model.nearest import did_you_mean
from libwell.model.prompts.checklist import ChecklistPrompt
from libwell.model.prompts.choice import ChoicePrompt, PickingPrompt
from libwell.model.prompts.choices import ChoicesPrompt
from libwell.model.prompts.number import NumberPrompt
from libwell.model.prompts.plan import PlanPrompt
from libwell.model.prompts.rating import RatingPrompt
from libwell.model.prompts.table import TablePrompt
from libwell.model.prompts.yes_no import YesNoPrompt
from libwell.rules.addresses import fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from libwell.model.conditions import Condition
    from libwell.model.worksheet import AnyPrompt, Section, Worksheet

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The prompts a place in the worksheet can look at (`above`), and those it can't."""

    above: Mapping[str, AnyPrompt]
    everything: Mapping[str, AnyPrompt]
    unread: frozenset[str]

    def fault(self, name: str) -> tuple[str, str] | None:
        """Say why a prompt can't be looked at from here, and the remedy; None if it can."""
        if name in self.above or name in self.unread:
            return None
        if name in self.everything:
            message = f"“{name}” stands below; only prompts above can be looked at."
            return message, "Move it up, or look at another."
        return f"there is no prompt {name}.", did_you_mean(name, self.everything) or "Name a prompt above."


def check(worksheet: Worksheet, *, unread: frozenset[str] = frozenset()) -> list[Mistake]:
    """Every mistake between the parts of a worksheet, then the hints.

    `unread` holds the ids of prompts that are in the file but could not be read: what points to them is
    no mistake of its own.
    """
    found = [*_names(worksheet), *_plans(worksheet)]
    above: dict[str, AnyPrompt] = {}
    scope = _Scope(above, {prompt.id: prompt for _, prompt in worksheet.prompts()}, unread)
    for number, section in enumerate(worksheet.sections):
        found += _condition(section.when, ("sections", number, "when"), scope)
        for position, prompt in enumerate(section.prompts):
            path: Path = ("sections", number, "prompts", position)
            found += _condition(prompt.when, (*path, "when"), scope)
            found += _prompt(prompt, path, scope)
            above[prompt.id] = prompt
    return [*found, *_hints(worksheet)]


def _placed(worksheet: Worksheet) -> Iterator[tuple[Path, tuple[AnyPrompt, Section]]]:
    for number, section in enumerate(worksheet.sections):
        for position, prompt in enumerate(section.prompts):
            yield ("sections", number, "prompts", position), (prompt, section)


def _names(worksheet: Worksheet) -> Iterator[Mistake]:
    """Ids of sections and prompts, each once; a section may be called as a prompt of its own."""
    prompts: dict[str, str] = {}
    for path, (prompt, section) in _placed(worksheet):
        if prompt.id in prompts:
            yield Mistake(f"another prompt has the id {prompt.id}.", (*path, "id"), "Give it one of its own.")
        prompts.setdefault(prompt.id, section.id)
    seen: set[str] = set()
    for number, section in enumerate(worksheet.sections):
        taken = section.id in seen or prompts.get(section.id, section.id) != section.id
        if section.id and taken:
            place = ("sections", number, "id")
            yield Mistake(f"the id {section.id} is used elsewhere.", place, "Give it one of its own.")
        seen.add(section.id)


def _plans(worksheet: Worksheet) -> Iterator[Mistake]:
    plans = [path for path, (prompt, _) in _placed(worksheet) if isinstance(prompt, PlanPrompt)]
    for path in plans[1:]:
        yield Mistake("a worksheet has one plan.", path, "Leave this one out.")


def _prompt(prompt: AnyPrompt, path: Path, scope: _Scope) -> Iterator[Mistake]:
    yield from _inner_names(prompt, path)
    if prompt.source is not None:
        key = "rows_from" if isinstance(prompt, TablePrompt) else "options_from"
        yield from _source(prompt.source, (*path, key), scope)
    if isinstance(prompt, PlanPrompt):
        for number, address in enumerate(prompt.collect or ()):
            yield from _collected(address, (*path, "collect", number), scope)


def _inner_names(prompt: AnyPrompt, path: Path) -> Iterator[Mistake]:
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for name, key in prompt.names():
        position = counts.get(key, 0)
        counts[key] = position + 1
        if name in seen:
            place = (*path, key, position, "id")
            yield Mistake(f"the id {name} is used twice in this prompt.", place, "Give each its own.")
        seen.add(name)


def _source(name: str, path: Path, scope: _Scope) -> Iterator[Mistake]:
    wrong = scope.fault(name)
    if wrong:
        yield Mistake(wrong[0], path, wrong[1])
    elif name in scope.above and not isinstance(scope.above[name], PickingPrompt | ChecklistPrompt):
        yield Mistake(f"nothing can be picked at {name}.", path, "Name a choice, choices or checklist.")


def _collected(address: str, path: Path, scope: _Scope) -> Iterator[Mistake]:
    name = address.split(".", 1)[0]
    wrong = scope.fault(name)
    if wrong:
        yield Mistake(wrong[0], path, wrong[1])
    elif name in scope.above and fault(address, scope.above):
        yield Mistake(fault(address, scope.above), path, "Name a prompt, or something in it.")


# --- conditions -----------------------------------------------------------------------------------


def _condition(condition: Condition | None, path: Path, scope: _Scope) -> Iterator[Mistake]:
    if condition is None:
        return
    for key, parts in (("all", condition.all_), ("any", condition.any_)):
        for number, part in enumerate(parts or ()):
            yield from _condition(part, (*path, key, number), scope)
    yield from _condition(condition.not_, (*path, "not"), scope)
    if condition.prompt is None:
        return
    wrong = scope.fault(condition.prompt)
    if wrong:
        yield Mistake(wrong[0], (*path, "prompt"), wrong[1])
    elif condition.prompt in scope.above:
        yield from _test(condition, scope.above[condition.prompt], path)


def _test(test: Condition, prompt: AnyPrompt, path: Path) -> Iterator[Mistake]:
    if test.answered is not None:
        return
    if test.is_ is not None:
        yield from _is(test, prompt, path)
    elif test.includes is not None:
        known = _options(prompt) if isinstance(prompt, ChoicesPrompt) else None
        yield from _named(test.includes, known, (*path, "includes"), f"{prompt.id} is no choices prompt.")
    elif test.marked is not None or test.with_ is not None:
        own = {"other"} if isinstance(prompt, ChecklistPrompt) and prompt.add_items else set()
        items = {item.id for item in prompt.items} | own if isinstance(prompt, ChecklistPrompt) else None
        marks = {mark.id for mark in prompt.marks} if isinstance(prompt, ChecklistPrompt) else None
        no_checklist = f"{prompt.id} is no checklist."
        if test.marked is not None:
            yield from _named(test.marked, items, (*path, "marked"), no_checklist)
        if test.with_ is not None:
            yield from _named(test.with_, marks, (*path, "with"), no_checklist)
    else:
        yield from _bounds(test, prompt, path)


def _options(prompt: PickingPrompt) -> set[str] | None:
    """The ids that can be picked; empty means any (they come from picks above)."""
    own = {"other"} if prompt.other else set()
    return {option.id for option in prompt.options} | own if prompt.options else set()


def _is(test: Condition, prompt: AnyPrompt, path: Path) -> Iterator[Mistake]:
    place = (*path, "is")
    if isinstance(prompt, YesNoPrompt):
        if not isinstance(test.is_, bool):
            yield Mistake(f"{prompt.id} is answered by true or false.", place, "Write true or false.")
    elif isinstance(prompt, NumberPrompt):
        if isinstance(test.is_, bool | str):
            yield Mistake(f"{prompt.id} is answered by a number.", place, "Write a number without quotes.")
    elif isinstance(prompt, ChoicePrompt):
        yield from _named(str(test.is_), _options(prompt), place, "")
    else:
        yield Mistake("is goes with yes-no, choice and number.", place, f"{prompt.id} is a {prompt.kind}.")


def _named(name: str, known: set[str] | None, place: Path, otherwise: str) -> Iterator[Mistake]:
    if known is None:
        yield Mistake(otherwise, place, "Test it in another way.")
    elif known and name not in known:
        near = did_you_mean(name, known) or f"One of: {', '.join(sorted(known))}."
        yield Mistake(f"there is no “{name}” there.", place, near)


def _bounds(test: Condition, prompt: AnyPrompt, path: Path) -> Iterator[Mistake]:
    if not isinstance(prompt, NumberPrompt | RatingPrompt):
        key = "at_least" if test.at_least is not None else "at_most"
        yield Mistake(f"{key} goes with number and rating.", (*path, key), f"{prompt.id} is a {prompt.kind}.")
        return
    items = {item.id for item in prompt.items} if isinstance(prompt, RatingPrompt) else set()
    if test.item is None and items:
        yield Mistake(f"{prompt.id} has items.", path, "Say which one: item = …")
    elif test.item is not None and test.item not in items:
        near = did_you_mean(test.item, items) or "Name one of its items."
        yield Mistake(f"there is no item “{test.item}” in {prompt.id}.", (*path, "item"), near)


# --- hints ----------------------------------------------------------------------------------------


def _hints(worksheet: Worksheet) -> Iterator[Mistake]:
    if not worksheet.sources:
        yield Mistake("no source is named.", ("sources",), "Say where it comes from: [[sources]].", hint=True)
    if not worksheet.facilitator:
        remedy = "A few lines help those who lead a team through it."
        yield Mistake("there is no text for facilitators.", ("facilitator",), remedy, hint=True)
    if worksheet.minutes is None:
        remedy = "People like to know how long it takes."
        yield Mistake("minutes is not given.", ("minutes",), remedy, hint=True)
    has_plan = any(isinstance(prompt, PlanPrompt) for _, prompt in worksheet.prompts())
    for path, (prompt, _) in _placed(worksheet):
        if has_plan and isinstance(prompt, ChecklistPrompt) and not any(mark.offer for mark in prompt.marks):
            remedy = "Say offer = true on the mark that calls for a step."
            yield Mistake("nothing marked here is offered at the plan.", (*path, "marks"), remedy, hint=True)


def pointers(data: Any) -> frozenset[str]:
    """The ids of all prompts that stand in a worksheet's raw data, readable or not."""
    sections = data.get("sections") if isinstance(data, dict) else None
    names = set()
    for section in sections if isinstance(sections, list) else []:
        prompts = section.get("prompts") if isinstance(section, dict) else None
        for prompt in prompts if isinstance(prompts, list) else []:
            if isinstance(prompt, dict) and isinstance(prompt.get("id"), str):
                names.add(prompt["id"])
    return frozenset(names)
