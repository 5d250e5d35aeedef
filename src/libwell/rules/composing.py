"""`include`: a worksheet with its parts from other worksheets put in, as it will be asked.

What is included brings its own privacy, level, sources and scores, and its notice where the including
worksheet has none. The including worksheet can make it more private, never less. Plan prompts are left out,
and sections left empty by that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from operator import add
from typing import TYPE_CHECKING

from libwell.errors import LibwellError, Mistake
from libwell.model.base import ID_PATTERN
from libwell.model.conditions import Condition
from libwell.model.nearest import some_of
from libwell.model.scores import prompts_behind
from libwell.model.worksheet import AnyPrompt, Section, Source, Worksheet
from libwell.rules.asked_now import looks_at
from libwell.rules.mistakes.limits import MOST_DEEP, SPLIT, too_many
from libwell.rules.mistakes.name_mistakes import Brought

if TYPE_CHECKING:
    from libwell.model.resources import Resource
    from libwell.model.scores import Score

Load = Callable[[str], Worksheet]
"""Read a worksheet by its id, includes unresolved. Raises LibwellError."""

_MOST_BROUGHT = 200_000
"""What includes bring in, in all, as `spend` counts it: a few of them inside of each other make millions."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A worksheet with every include resolved.

    A part that can't be included is left out, and named in the mistakes. `own` is the including worksheet,
    as it stands in its file. `origins` says for each section which section of it that came from,
    `score_origins` the same for the scores that were included; they stand behind the worksheet's own. It
    `is_cut` where it became too large: the rest was not put together.
    """

    worksheet: Worksheet
    own: Worksheet
    mistakes: tuple[Mistake, ...] = ()
    origins: tuple[int, ...] = ()
    score_origins: tuple[int, ...] = ()
    is_cut: bool = False

    def place(self, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """Where in the including file something stands that was found in the composed worksheet.

        Of what an include brings only its `when` can stand in the file.
        """
        match path:
            case ("scores", int(number), *_):
                included = number - len(self.own.scores)
                return path if included < 0 else ("sections", self.score_origins[included], "include")
            case ("sections", int(number), *inside):
                return self._place_in_section(number, tuple(inside))
        return path

    def _place_in_section(self, number: int, inside: tuple[str | int, ...]) -> tuple[str | int, ...]:
        there, section = ("sections", self.origins[number]), self.own.sections[self.origins[number]]
        is_own_when = inside[:1] == ("when",) and self.worksheet.sections[number].when is section.when
        if section.include is None or is_own_when:
            return (*there, *inside)
        if section.when is not None and inside[:3] == ("when", "all", 0):
            return (*there, "when", *inside[3:])
        return (*there, "include")

    @property
    def brought(self) -> tuple[Brought | None, ...]:
        """What each section came with; None for the worksheet's own."""
        includes = {
            number: Brought(number, section.include.partition("#")[0], section.prefix)
            for number, section in enumerate(self.own.sections)
            if section.include is not None
        }
        return tuple(map(includes.get, self.origins))


@dataclass
class _Composition:
    """What has been put together so far. `left` is what more may be brought in, in all."""

    load: Load
    sources: dict[Source, None]
    resources: dict[Resource, None]
    mistakes: list[Mistake] = field(default_factory=list)
    loaded: dict[str, Worksheet | LibwellError] = field(default_factory=dict)
    left: int = _MOST_BROUGHT

    def worksheet(self, name: str) -> Worksheet:
        """Load a worksheet, once however often it is included. Raises LibwellError."""
        if name not in self.loaded:
            try:
                self.loaded[name] = self.load(name)
            except LibwellError as error:
                self.loaded[name] = error
        found = self.loaded[name]
        if isinstance(found, LibwellError):
            raise found
        return found

    def spend(self, worksheet: Worksheet, whole: _Part, parts: Iterable[Section]) -> None:
        """Take from what is left: for what is looked through, and more for the parts that come along.

        These cost their prompts, what is in them and recalled there, and the tests of conditions.
        """
        cost = len(whole.sections) + len(worksheet.sources) + len(worksheet.resources)
        cost += sum(len(score.parts) + len(score.examples) for score in whole.scores)
        for part in parts:
            cost += sum(10 + len(list(prompt.names())) + len(prompt.recall) for prompt in part.prompts)
            conditions = filter(None, (part.when, *(prompt.when for prompt in part.prompts)))
            cost += sum(len(list(condition.tests())) for condition in conditions)
        self.left -= cost
        if self.left < 0:
            raise LibwellError("the includes bring in too much.", "Include each part once.")


@dataclass
class _Part:
    """Sections with how many prompts they have, and the scores that go with them."""

    sections: list[Section]
    scores: list[Score]
    prompts: int = 0

    def add(self, other: _Part) -> str:
        """Put another part behind this one. Returns what there is too much of then; empty if nothing."""
        self.sections += other.sections
        self.scores += other.scores
        self.prompts += other.prompts
        return too_many(len(self.sections), self.prompts)


def compose(worksheet: Worksheet, load: Load) -> Composed:
    """Resolve every include, also those inside what is included.

    `load` reads a worksheet by its id, each once. What can't be included is named in the result's mistakes.
    """
    if all(section.include is None for section in worksheet.sections):
        return Composed(worksheet, worksheet, origins=tuple(range(len(worksheet.sections))))
    work = _Composition(load, dict.fromkeys(worksheet.sources), dict.fromkeys(worksheet.resources))
    whole = _Part([], list(worksheet.scores))
    origins: list[int] = []
    score_origins: list[int] = []
    is_cut = False
    for number, section in enumerate(worksheet.sections):
        part = _Part([], [])
        try:
            part = _part(section, worksheet, work, (worksheet.id,))
        except LibwellError as error:
            work.mistakes.append(Mistake(error.message, ("sections", number, "include"), error.remedy))
        fault = whole.add(part)
        origins += [number] * len(part.sections)
        score_origins += [number] * len(part.scores)
        if fault:
            work.mistakes.append(Mistake(fault, ("sections", number), SPLIT))
        is_cut = bool(fault) or work.left < 0
        if is_cut:
            break
    changes = {
        "sections": tuple(whole.sections),
        "sources": tuple(work.sources),
        "scores": tuple(whole.scores),
        "resources": tuple(work.resources),
    }
    composed = worksheet.model_copy(update=changes)
    places = tuple(origins), tuple(score_origins)
    return Composed(composed, worksheet, tuple(work.mistakes), *places, is_cut=is_cut)


def _part(including: Section, above: Worksheet, work: _Composition, trail: tuple[str, ...]) -> _Part:
    """The section itself, or what it includes; it stands in the worksheet `above`.

    Raises LibwellError if that can't be included.
    """
    if including.include is None:
        return _Part([including], [], len(including.prompts))
    name, mark, wanted = including.include.partition("#")
    if name in trail:
        circle = " → ".join([*trail[trail.index(name) :], name])
        raise LibwellError(f"the includes run in a circle: {circle}.", "Leave one of them out.")
    if len(trail) > MOST_DEEP:
        raise LibwellError(
            f"the includes go more than {MOST_DEEP} deep.", "Include what is needed of them directly."
        )
    worksheet = work.worksheet(name)
    whole = _Part([], list(worksheet.scores))
    for section in worksheet.sections:
        if fault := whole.add(_part(section, worksheet, work, (*trail, name))):
            raise LibwellError(f"{name} is too large: {fault}", SPLIT)
    parts = _wanted(whole.sections, name, mark, wanted)
    work.spend(worksheet, whole, parts)
    scores = _scores_within(parts, whole.scores, name)
    work.sources |= dict.fromkeys(worksheet.sources)
    work.resources |= dict.fromkeys(worksheet.resources)
    dressed = [part for one in parts if (part := _dressed(one, worksheet, including)).prompts]
    if not dressed:
        raise LibwellError(
            "this adds nothing: a plan is not included.", "Leave it out; ask for a plan of your own."
        )
    dressed[0] = _headed(dressed[0], worksheet, including, above)
    scores = [_renamed_score(score, including.prefix) for score in scores]
    named: list[Section | AnyPrompt | Score] = []
    for part in dressed:
        named += [part, *part.prompts]
    for one in (*named, *scores):
        if not ID_PATTERN.fullmatch(one.id):
            raise LibwellError(f"with the prefix the id {one.id} is too long.", "Shorten the prefix.")
    return _Part(dressed, scores, sum(len(part.prompts) for part in dressed))


def _wanted(sections: list[Section], name: str, mark: str, wanted: str) -> list[Section]:
    """The sections that `name#wanted` means. Raises LibwellError if there is none."""
    found = [section for section in sections if wanted in (section.id, "")]
    some = some_of(section.id for section in sections)
    if mark and not wanted:
        raise LibwellError("no section is named behind the #.", f"Leave the # out, or name one of: {some}.")
    if wanted and not found:
        raise LibwellError(f"{name} has no section {wanted}.", f"Name one of its own: {some}.")
    return found


def _scores_within(parts: list[Section], scores: list[Score], name: str) -> list[Score]:
    """The scores made of what is included.

    Raises LibwellError where a part or a score looks at a prompt that does not come with it.
    """
    inside = {prompt.id for part in parts for prompt in part.prompts}
    behind = prompts_behind(scores)
    together = "Include the section it stands in as well, or all of the worksheet."
    for part in parts:
        seen = set(looks_at(part.when, behind))
        for prompt in part.prompts:
            if not prompt.holds_actions:  # which stays behind
                seen.update(looks_at(prompt.when, behind), filter(None, [prompt.source]), prompt.recalls)
        if outside := some_of(sorted(seen - inside)):
            message = f"the section {part.id} of {name} looks at {outside}, which is not included."
            raise LibwellError(message, together)
    within = [score for score in scores if behind[score.id] & inside]
    for score in within:
        if outside := some_of(sorted(behind[score.id] - inside)):
            message = f"the score {score.id} of {name} is also made of {outside}, which is not included."
            raise LibwellError(message, together)
    return within


def _renamed_score(score: Score, prefix: str) -> Score:
    prefixed = partial(add, prefix)
    changes = {
        "id": prefixed(score.id),
        "items": tuple(map(prefixed, score.items)),
        "scores": tuple(map(prefixed, score.scores)),
        "reverse": tuple(map(prefixed, score.reverse)),
        "examples": tuple(
            example.model_copy(update={"given": {prefixed(name): one for name, one in example.given.items()}})
            for example in score.examples
        ),
    }
    return score.model_copy(update=changes)


def _dressed(part: Section, worksheet: Worksheet, including: Section) -> Section:
    """The part as it is included: renamed, without a plan, with the level its own worksheet gives it.

    It is as private as there, or as the include is, and there only where the include's `when` holds as well.
    """
    prefix, private = including.prefix, worksheet.private if part.private is None else part.private
    when = _renamed_condition(part.when, prefix)
    if including.when and when:
        when = Condition.model_construct(all_=(including.when, when))

    def dressed(prompt: AnyPrompt) -> AnyPrompt | None:
        changes: dict[str, object] = {
            "id": prefix + prompt.id,
            "when": _renamed_condition(prompt.when, prefix),
            "private": including.private or prompt.private,
            "recall": tuple(prefix + address for address in prompt.recall),
            "core": False,  # a short way is its own worksheet's
        }
        if prompt.source:
            changes[prompt.source_key] = prefix + prompt.source
        return None if prompt.holds_actions else prompt.model_copy(update=changes)

    return part.map_prompts(
        dressed,
        id=prefix + part.id,
        private=including.private or private,
        level=part.level or worksheet.level,
        when=when or including.when,
    )


def _headed(first: Section, worksheet: Worksheet, including: Section, above: Worksheet) -> Section:
    """The first part with the include's title and words, and what its worksheet says before all.

    A notice of its worksheet is left out where the one above has its own: people have read that.
    """
    notice = "" if above.notice else worksheet.notice
    words = {
        "title": including.title or first.title,
        "intro": including.intro or first.intro,
        "notice": "\n\n".join(filter(None, (notice, first.notice))),
        "facilitator": "\n\n".join(filter(None, (worksheet.facilitator, first.facilitator))),
    }
    return first.model_copy(update=words)


def _renamed_condition(condition: Condition | None, prefix: str) -> Condition | None:
    if condition is None:
        return None
    changes: dict[str, object] = {"not_": _renamed_condition(condition.not_, prefix)}
    for key in ("prompt", "score"):
        if getattr(condition, key) is not None:
            changes[key] = prefix + getattr(condition, key)
    for key in ("all_", "any_"):
        if getattr(condition, key) is not None:
            changes[key] = tuple(_renamed_condition(part, prefix) for part in getattr(condition, key))
    return condition.model_copy(update=changes)
