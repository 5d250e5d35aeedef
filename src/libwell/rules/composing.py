"""`include`: a worksheet with its parts from other worksheets put in, as it will be asked.

What is included brings its own privacy, level, sources and notice; the including worksheet can make it
more private, never less. Plan prompts are left out, and sections left empty by that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from libwell.errors import LibwellError, Mistake
from libwell.model.base import ID_PATTERN
from libwell.model.conditions import Condition
from libwell.model.worksheet import AnyPrompt, Section, Source, Worksheet
from libwell.rules.conditions import looks_at

Load = Callable[[str], Worksheet]
"""Read a worksheet by its id, includes unresolved. Raises LibwellError."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A worksheet with every include resolved.

    A part that can't be included is left out, and named in the mistakes. `origins` says for each section
    which section of the including worksheet it came from.
    """

    worksheet: Worksheet
    mistakes: tuple[Mistake, ...] = ()
    origins: tuple[int, ...] = ()

    def place(self, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """Where in the including file something stands that was found in the composed worksheet."""
        if len(path) < 2 or path[0] != "sections" or not isinstance(path[1], int):
            return path
        return ("sections", self.origins[path[1]], *path[2:])


@dataclass
class _Composition:
    """What has been put together so far."""

    load: Load
    sources: list[Source]
    mistakes: list[Mistake] = field(default_factory=list)


def compose(worksheet: Worksheet, load: Load) -> Composed:
    """Resolve every include, also those inside what is included."""
    work = _Composition(load, list(worksheet.sources))
    sections: list[Section] = []
    origins: list[int] = []
    for number, section in enumerate(worksheet.sections):
        parts = _parts(section, number, work, (worksheet.id,))
        sections += parts
        origins += [number] * len(parts)
    changes = {"sections": tuple(sections), "sources": tuple(work.sources)}
    return Composed(worksheet.model_copy(update=changes), tuple(work.mistakes), tuple(origins))


def _parts(section: Section, number: int, work: _Composition, trail: tuple[str, ...]) -> list[Section]:
    """The section itself, or what it includes."""
    if section.include is None:
        return [section]
    try:
        return _included(section, work, trail)
    except LibwellError as error:
        if len(trail) > 1:
            raise
        work.mistakes.append(Mistake(error.message, ("sections", number, "include"), error.remedy))
        return []


def _included(including: Section, work: _Composition, trail: tuple[str, ...]) -> list[Section]:
    name, mark, wanted = (including.include or "").partition("#")
    if name in trail:
        circle = " → ".join([*trail[trail.index(name) :], name])
        raise LibwellError(f"the includes run in a circle: {circle}.", "Leave one of them out.")
    worksheet = work.load(name)
    sections = [
        part
        for number, section in enumerate(worksheet.sections)
        for part in _parts(section, number, work, (*trail, name))
    ]
    if mark and not wanted:
        some = ", ".join(section.id for section in sections)
        raise LibwellError("no section is named behind the #.", f"Leave the # out, or name one of: {some}.")
    if wanted:
        sections = [section for section in sections if section.id == wanted]
        if not sections:
            raise LibwellError(f"{name} has no section {wanted}.", "Name one of its sections behind the #.")
    parts = [_own_words(section, worksheet) for section in sections]
    _check_closed(parts, name)
    work.sources += [source for source in worksheet.sources if source not in work.sources]
    kept = [part for part in map(_without_plan, parts) if part.prompts]
    if not kept:
        raise LibwellError(
            "this adds nothing: a plan is not included.", "Leave it out; ask for a plan of your own."
        )
    return _dressed(kept, including, worksheet)


def _own_words(section: Section, worksheet: Worksheet) -> Section:
    """The section with the privacy and the level it has in its own worksheet, said by itself."""
    private = worksheet.private if section.private is None else section.private
    return section.model_copy(update={"private": private, "level": section.level or worksheet.level})


def _without_plan(section: Section) -> Section:
    prompts = tuple(prompt for prompt in section.prompts if prompt.kind != "plan")
    return section.model_copy(update={"prompts": prompts})


def _check_closed(parts: list[Section], name: str) -> None:
    """Refuse a part that looks at a prompt which does not come with it."""
    inside = {prompt.id for part in parts for prompt in part.prompts}
    for part in parts:
        seen = looks_at(part.when)
        for prompt in part.prompts:
            seen |= looks_at(prompt.when) | ({prompt.source} if prompt.source else frozenset())
        outside = sorted(seen - inside)
        if outside:
            raise LibwellError(
                f"the section {part.id} of {name} looks at {', '.join(outside)}, which is not included.",
                "Include the section it stands in as well, or all of the worksheet.",
            )


def _dressed(parts: list[Section], including: Section, worksheet: Worksheet) -> list[Section]:
    """Give the parts what stands beside the include: the first its title and words, all the rest of it."""
    dressed = [_renamed(part, including.prefix) for part in parts]
    _check_length(dressed)
    dressed = [_narrowed(part, including) for part in dressed]
    if dressed:
        first = dressed[0]
        words = {
            "title": including.title or first.title,
            "intro": including.intro or first.intro,
            "notice": "\n\n".join(filter(None, (worksheet.notice, first.notice))),
            "facilitator": "\n\n".join(filter(None, (worksheet.facilitator, first.facilitator))),
        }
        dressed[0] = first.model_copy(update=words)
    return dressed


def _check_length(parts: list[Section]) -> None:
    names = [name for part in parts for name in (part.id, *(prompt.id for prompt in part.prompts))]
    too_long = [name for name in names if not ID_PATTERN.fullmatch(name)]
    if too_long:
        raise LibwellError(f"with the prefix the id {too_long[0]} is too long.", "Shorten the prefix.")


def _narrowed(part: Section, including: Section) -> Section:
    changes: dict[str, object] = {}
    if including.when is not None:
        both = [condition for condition in (including.when, part.when) if condition is not None]
        changes["when"] = both[0] if len(both) == 1 else Condition.model_construct(all_=tuple(both))
    if including.private:
        changes["private"] = True
        changes["prompts"] = tuple(prompt.model_copy(update={"private": True}) for prompt in part.prompts)
    return part.model_copy(update=changes)


def _renamed(part: Section, prefix: str) -> Section:
    if not prefix:
        return part
    prompts = tuple(_renamed_prompt(prompt, prefix) for prompt in part.prompts)
    when = _renamed_condition(part.when, prefix)
    return part.model_copy(update={"id": prefix + part.id, "prompts": prompts, "when": when})


def _renamed_prompt(prompt: AnyPrompt, prefix: str) -> AnyPrompt:
    changes: dict[str, object] = {"id": prefix + prompt.id, "when": _renamed_condition(prompt.when, prefix)}
    for key in ("rows_from", "options_from"):
        if getattr(prompt, key, None):
            changes[key] = prefix + getattr(prompt, key)
    return prompt.model_copy(update=changes)


def _renamed_condition(condition: Condition | None, prefix: str) -> Condition | None:
    if condition is None:
        return None
    changes: dict[str, object] = {}
    if condition.prompt is not None:
        changes["prompt"] = prefix + condition.prompt
    for key in ("all_", "any_"):
        if getattr(condition, key) is not None:
            changes[key] = tuple(_renamed_condition(part, prefix) for part in getattr(condition, key))
    if condition.not_ is not None:
        changes["not_"] = _renamed_condition(condition.not_, prefix)
    return condition.model_copy(update=changes)
