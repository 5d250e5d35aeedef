"""Mistakes that the shape of a worksheet alone does not show: ids, addresses, conditions, scores."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from libwell.errors import KeyPath, Mistake
from libwell.rules.addresses import fault
from libwell.rules.asked_now import pickable
from libwell.rules.mistakes.condition_mistakes import Scope, condition_mistakes
from libwell.rules.mistakes.limits import list_in
from libwell.rules.mistakes.name_mistakes import name_mistakes
from libwell.rules.mistakes.score_mistakes import score_mistakes
from libwell.rules.scoring import prompts_of_scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from libwell.model.worksheet import AnyPrompt, Worksheet
    from libwell.rules.mistakes.name_mistakes import Brought


def check(
    worksheet: Worksheet,
    *,
    unread: frozenset[str] = frozenset(),
    brought: Sequence[Brought | None] = (),
    for_author: bool = False,
) -> list[Mistake]:
    """Find every mistake between the parts of a worksheet.

    `unread` holds the ids of prompts that are in the file but could not be read: what points to them is
    no mistake of its own. `brought` says for each section which include it came with. Tests that no answer
    can pass are looked for only `for_author`.
    """
    found = [*name_mistakes(worksheet, brought)]
    plans = [path for path, prompt in worksheet.placed() if prompt.holds_actions]
    found += [Mistake("a worksheet has one plan.", path, "Leave this one out.") for path in plans[1:]]
    above: dict[str, AnyPrompt] = {}
    everything = worksheet.by_id()
    picks = pickable(worksheet) if for_author else {}
    scores = {score.id: score for score in worksheet.scores}
    scope = Scope(
        above, everything, unread, picks, scores, prompts_of_scores(worksheet), for_author=for_author
    )
    for number, section in enumerate(worksheet.sections):
        within = replace(scope, within=frozenset(prompt.id for prompt in section.prompts))
        found += condition_mistakes(section.when, ("sections", number, "when"), within)
        for position, prompt in enumerate(section.prompts):
            path: KeyPath = ("sections", number, "prompts", position)
            here = replace(scope, itself=prompt.id)
            found += condition_mistakes(prompt.when, (*path, "when"), here)
            found += _prompt_mistakes(prompt, path, here)
            above[prompt.id] = prompt
    return [*found, *score_mistakes(worksheet, unread=unread, for_author=for_author)]


def _prompt_mistakes(prompt: AnyPrompt, path: KeyPath, scope: Scope) -> Iterator[Mistake]:
    """Ids used twice inside a prompt, and what it takes from prompts above."""
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for name, key in prompt.names():
        if name in seen:
            place = (*path, key, counts[key], "id")
            yield Mistake(f"the id {name} is used twice in this prompt.", place, "Give each its own.")
        counts[key] += 1
        seen.add(name)
    if prompt.source is not None:
        place = (*path, prompt.source_key)
        yield from scope.faults(prompt.source, place)
        if prompt.source in scope.above:
            yield from _inside(path, prompt.source_mistakes(scope.above[prompt.source]))
    yield from _inside(path, prompt.inner_mistakes(for_author=scope.for_author))
    for number, address in enumerate(prompt.collected()):
        yield from _address_mistakes(address, (*path, "collect", number), scope)
    for number, address in enumerate(prompt.recall):
        place, name = (*path, "recall", number), address.partition(".")[0]
        yield from _address_mistakes(address, place, scope)
        if address in prompt.recall[:number]:
            yield Mistake("this is recalled twice.", place, "Name it once.")
        if name in scope.above and scope.above[name].holds_actions:
            yield Mistake("a plan can't be recalled.", place, "Name a question above.")


def _address_mistakes(address: str, path: KeyPath, scope: Scope) -> Iterator[Mistake]:
    """Why an address, written at `path`, does not lead to a prompt above or to something in it."""
    name = address.partition(".")[0]
    yield from scope.faults(name, path)
    if name in scope.above and fault(address, scope.above):
        yield Mistake(fault(address, scope.above), path, "Name a prompt, or something in it.")


def _inside(path: KeyPath, found: Iterable[Mistake]) -> Iterator[Mistake]:
    """The same mistakes of a larger table, in which theirs stands at `path`."""
    return (replace(one, path=(*path, *one.path)) for one in found)


def prompt_ids_in(data: Any) -> frozenset[str]:
    """The ids of all prompts in a worksheet's data, as its TOML gives it, readable or not."""
    prompts = (prompt for section in list_in(data, "sections") for prompt in list_in(section, "prompts"))
    ids = (prompt.get("id") for prompt in prompts if isinstance(prompt, dict))
    return frozenset(name for name in ids if isinstance(name, str))
