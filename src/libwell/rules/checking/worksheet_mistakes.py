"""Mistakes in a worksheet that its shape alone does not show: ids, addresses, conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from libwell.errors import Mistake
from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choice import PickingPrompt
from libwell.kinds.plan import PlanPrompt
from libwell.kinds.table import TablePrompt
from libwell.rules.addresses import fault
from libwell.rules.checking.condition_mistakes import Scope, condition_mistakes
from libwell.rules.checking.naming import name_mistakes
from libwell.rules.checking.score_mistakes import score_mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from libwell.model.worksheet import AnyPrompt, Worksheet
    from libwell.rules.checking.naming import Brought

Path = tuple[str | int, ...]


def check(
    worksheet: Worksheet, *, unread: frozenset[str] = frozenset(), brought: Sequence[Brought | None] = ()
) -> list[Mistake]:
    """Every mistake between the parts of a worksheet.

    `unread` holds the ids of prompts that are in the file but could not be read: what points to them is
    no mistake of its own. `brought` says for each section which include it came with.
    """
    found = [*name_mistakes(worksheet, brought), *_plans(worksheet)]
    above: dict[str, AnyPrompt] = {}
    everything = {prompt.id: prompt for _, prompt in worksheet.prompts()}
    scope = Scope(above, everything, unread)
    for number, section in enumerate(worksheet.sections):
        within = scope.of_section(prompt.id for prompt in section.prompts)
        found += condition_mistakes(section.when, ("sections", number, "when"), within)
        for position, prompt in enumerate(section.prompts):
            path: Path = ("sections", number, "prompts", position)
            here = scope.of_prompt(prompt.id)
            found += condition_mistakes(prompt.when, (*path, "when"), here)
            found += _prompt(prompt, path, here)
            above[prompt.id] = prompt
    return [*found, *score_mistakes(worksheet, unread=unread)]


def _plans(worksheet: Worksheet) -> Iterator[Mistake]:
    plans = [
        ("sections", number, "prompts", position)
        for number, section in enumerate(worksheet.sections)
        for position, prompt in enumerate(section.prompts)
        if isinstance(prompt, PlanPrompt)
    ]
    for path in plans[1:]:
        yield Mistake("a worksheet has one plan.", path, "Leave this one out.")


def _prompt(prompt: AnyPrompt, path: Path, scope: Scope) -> Iterator[Mistake]:
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


def _source(name: str, path: Path, scope: Scope) -> Iterator[Mistake]:
    wrong = scope.fault(name)
    if wrong:
        yield Mistake(wrong[0], path, wrong[1])
    elif name in scope.above and not isinstance(scope.above[name], PickingPrompt | ChecklistPrompt):
        yield Mistake(f"nothing can be picked at {name}.", path, "Name a choice, choices or checklist.")


def _collected(address: str, path: Path, scope: Scope) -> Iterator[Mistake]:
    name = address.split(".", 1)[0]
    wrong = scope.fault(name)
    if wrong:
        yield Mistake(wrong[0], path, wrong[1])
    elif name in scope.above and fault(address, scope.above):
        yield Mistake(fault(address, scope.above), path, "Name a prompt, or something in it.")


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
