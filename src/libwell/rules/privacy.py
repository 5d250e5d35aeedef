"""Who may see what. The one place where privacy is decided.

Exports, JSON, sharing and teams take only the result of `for_audience`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from libwell.model.characters import one_line
from libwell.model.response import Action, KeptStep, Person, Response, Retired
from libwell.rules.asked_now import Asked, asked, level_of, looks_at, prompt_ids
from libwell.rules.caching import cached_by_identity
from libwell.rules.scoring import Scored, prompts_of_scores, scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from libwell.model.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What an audience may see of a response: prompts asked, in order, scores, and actions.

    Answers that were set aside when the worksheet changed are there only where all is: what kept them private
    may not be known any more.

    `withheld` counts the private answers and actions that are not in it; `private` holds the ids of
    private prompts that are.
    """

    response: Response
    worksheet: Worksheet
    asked: tuple[Asked, ...]
    actions: tuple[Action, ...]
    private: frozenset[str]
    withheld: int = 0
    scores: tuple[Scored, ...] = ()
    retired: tuple[Retired, ...] = ()

    @property
    def name(self) -> str:
        """The person's name; empty where there are scores, as no number stands beside a name."""
        return "" if any(score.is_there for score in self.scores) else self.response.person.name

    @property
    def questions(self) -> Iterator[Asked]:
        """The prompts asked but for the plan, whose actions stand by themselves."""
        return (one for one in self.asked if not one.prompt.holds_actions)

    @property
    def measured(self) -> list[Asked]:
        """The prompts with an answer, or a full not-answer, that is measured: all that a copy can share."""
        return [one for one in self.asked if one.is_answered and one.prompt.measure]

    def question_of(self, action: Action) -> str:
        """The question an action came from, in one line; empty if it may not be seen."""
        origin = action.from_.partition(".")[0]
        return next((one_line(one.prompt.ask) for one in self.asked if one.prompt.id == origin), "")

    def is_private(self, action: Action) -> bool:
        """Whether an action is private."""
        return is_private_action(action, self.worksheet, self.private)


def for_audience(
    response: Response,
    worksheet: Worksheet,
    *,
    private: bool,
    everything: tuple[Asked, ...] | None = None,
) -> Excerpt:
    """Cut out of a response what may be seen; private answers and actions only with `private`.

    The response inside the result holds no answers, actions, retired answers or unknown keys: what is
    not handed out by name does not leave. `everything` is what `asked` gives, where that is known already.
    """
    closed = private_prompts(worksheet)
    if everything is None:
        everything = asked(worksheet, response)
    head, told = _head(response), scores(worksheet, everything)
    if private:
        seen = tuple(map(_handed_out, everything))
        named = response.retired.items()
        retired = tuple(one.model_copy(update={"prompt": one.prompt or name}) for name, one in named)
        return Excerpt(head, worksheet, seen, response.actions, closed, 0, told, retired)
    seen = tuple(_handed_out(one) for one in everything if one.prompt.id not in closed)
    can_leave = closed - _staying(worksheet)
    hidden = [one for one in everything if one.prompt.id in can_leave and not one.prompt.holds_actions]
    actions = tuple(
        _without_origin(action, worksheet)
        for action in response.actions
        if not is_private_action(action, worksheet, closed)
    )
    steps = [action for action in response.actions if not _stays(action, worksheet)]
    withheld = sum(one.is_answered for one in hidden) + len(steps) - len(actions) + len(response.retired)
    told = tuple(score for score in told if score.id not in personal_scores(worksheet))
    return Excerpt(head, worksheet, seen, actions, frozenset(), withheld, told)


def _head(response: Response) -> Response:
    return Response(
        id=response.id,
        status=response.status,
        revision=response.revision,
        created=response.created,
        updated=response.updated,
        completed=response.completed,
        person=Person(name=response.person.name, team=response.person.team, library=response.person.library),
        kept=_told_support(response),
        definition=response.definition,
    )


def _told_support(response: Response) -> dict[str, KeptStep] | None:
    """Of what a kept plan knows of its steps, how many support those that came from copies."""
    if response.kept is None:
        return None
    return {name: KeptStep(support=one.support) for name, one in response.kept.items() if one.by}


def _handed_out(one: Asked) -> Asked:
    """A prompt with what counts of its answer, and nothing else; actions are handed out apart."""
    is_all = one.entry is one.value and not one.problems
    if is_all and not one.around.offers and not one.prompt.holds_actions:
        return one
    value = None if one.prompt.holds_actions else one.value
    entry = one.entry if one.not_answer else value
    around = replace(one.around, offers=()) if one.around.offers else one.around
    return Asked(one.section, one.prompt, around, value, entry)


def _without_origin(action: Action, worksheet: Worksheet) -> Action:
    """An action that may be seen, without an origin that is not there now, as that may have been private."""
    is_there = action.from_.partition(".")[0] in prompt_ids(worksheet)
    return action if is_there or not action.from_ else action.model_copy(update={"from_": ""})


@cached_by_identity
def private_prompts(worksheet: Worksheet) -> frozenset[str]:
    """The ids of the private prompts.

    The nearest word wins (prompt, section, worksheet), and a prompt whose being there, or whose rows or
    options, tell something of a private one is private whatever it says. So is one that recalls it.
    """
    return _private_prompts(worksheet, frozenset())


def is_all_private(worksheet: Worksheet) -> bool:
    """Whether nothing of a worksheet can ever be shared."""
    return private_prompts(worksheet) == prompt_ids(worksheet)


def private_in_any(worksheet: Worksheet, known: Iterable[Worksheet]) -> frozenset[str]:
    """The ids of the prompts that are private here or, by the same id, in a worksheet known to us.

    For files from others: no definition that comes with one makes anything less private.
    """
    elsewhere = frozenset(name for one in known for name in private_prompts(one))
    here = private_prompts(worksheet)
    return here if elsewhere <= here else _private_prompts(worksheet, elsewhere)


def with_private(worksheet: Worksheet, closed: AbstractSet[str]) -> Worksheet:
    """The worksheet with these prompts private by their own word; itself if they are private already."""
    if closed <= private_prompts(worksheet):
        return worksheet
    return worksheet.map_prompts(
        lambda prompt: prompt.model_copy(update={"private": True}) if prompt.id in closed else prompt
    )


def _private_prompts(worksheet: Worksheet, known: frozenset[str]) -> frozenset[str]:
    private, behind = set(known), prompts_of_scores(worksheet)
    for section, prompt in worksheet.prompts():
        words = (prompt.private, section.private, worksheet.private)
        says_so = next(word for word in words if word is not None)
        tells_of = {
            *looks_at(section.when, behind),
            *looks_at(prompt.when, behind),
            prompt.source,
            *prompt.recalls,
        }
        if says_so or prompt.support or not private.isdisjoint(tells_of):
            private.add(prompt.id)
    return frozenset(private)


@cached_by_identity
def personal_scores(worksheet: Worksheet) -> frozenset[str]:
    """The ids of the scores that are for the person alone: over private answers, or of level `me`.

    They are shown once at the end and in `view`, and leave in no copy, report, comparison or export.
    """
    own = {
        prompt.id for section, prompt in worksheet.prompts() if level_of(prompt, section, worksheet) == "me"
    }
    closed = private_prompts(worksheet) | own
    return frozenset(name for name, behind in prompts_of_scores(worksheet).items() if behind & closed)


def says_own_bands(worksheet: Worksheet) -> bool:
    """Whether it is a published instrument, with its key and licence, whose bands are said to the person."""
    return any(source.role == "instrument" for source in worksheet.sources)


def guarded(worksheet: Worksheet) -> Worksheet:
    """The worksheet without what scores for the person alone may not have: bands, and offers."""
    own = personal_scores(worksheet)
    silent: dict[str, object] = {"offer_at_least": None, "offer_at_most": None}
    if not says_own_bands(worksheet):
        silent["bands"] = ()
    kept = [score.model_copy(update=silent) if score.id in own else score for score in worksheet.scores]
    return worksheet.model_copy(update={"scores": tuple(kept)}) if own else worksheet


def leaving(excerpt: Excerpt) -> Excerpt:
    """What of an excerpt may go into a file or to a program, whoever asks for it.

    Scores for the person alone stay behind, and so do answers after which whom to turn to is shown, with the
    steps that came of them. They are never among what is `withheld`: nothing puts them in.
    """
    own = personal_scores(excerpt.worksheet)
    stay = _staying(excerpt.worksheet)
    if not own and not stay:
        return excerpt
    return replace(
        excerpt,
        asked=tuple(one for one in excerpt.asked if one.prompt.id not in stay),
        actions=tuple(action for action in excerpt.actions if not _stays(action, excerpt.worksheet)),
        scores=tuple(score for score in excerpt.scores if score.id not in own),
        retired=tuple(one for one in excerpt.retired if one.prompt not in stay),
    )


@cached_by_identity
def _staying(worksheet: Worksheet) -> frozenset[str]:
    """The ids of the prompts whose answers leave in nothing."""
    return frozenset(prompt.id for _, prompt in worksheet.prompts() if prompt.support)


def _stays(action: Action, worksheet: Worksheet) -> bool:
    return action.from_.partition(".")[0] in _staying(worksheet)


def is_private_action(action: Action, worksheet: Worksheet, private: frozenset[str]) -> bool:
    """Whether a step is private. `private` holds the ids of the private prompts.

    It is if it says so, if the plan is, or if the prompt it came from is. A step from a prompt that is gone
    is private too, unless it says `private = false`, which counts nowhere else.
    """
    origin, plan = action.from_.partition(".")[0], _plan(worksheet)
    if action.private or not private.isdisjoint({plan, origin}):
        return True
    if action.private is False or origin in prompt_ids(worksheet):
        return False
    return bool(origin) or (worksheet.private and not plan)


@cached_by_identity
def _plan(worksheet: Worksheet) -> str:
    """The id of the plan; empty if there is none."""
    return next((prompt.id for _, prompt in worksheet.prompts() if prompt.holds_actions), "")
