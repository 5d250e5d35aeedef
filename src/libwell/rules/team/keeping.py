"""A team's plan that lives on: new copies bring steps and supporters, and what a person set stays as it is.

A withdrawal takes steps, names and words out, as far as nobody made them their own. Pure: finding the plan,
and saving it, are the flow's. Supporters are numbers, and come only from the plan, which tells what may be.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from libwell.errors import UsageError
from libwell.model.base import TEXT_LIMIT
from libwell.model.response import Action, KeptStep
from libwell.rules.team.plans import Comparing, fold_step, read_join

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from libwell.model.response import Response
    from libwell.rules.planning import Planned
    from libwell.rules.team.plans import TeamPlan, TeamStep
    from libwell.rules.team.tally import Tally

_TEXTS = ("step", "who", "due", "know", "notes")
"""The parts of a step that hold words or names."""
_PARTS = (*_TEXTS, "level", "status")
_MOST_NEAR = 5
"""Pairs of near steps that are told of."""


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def stand_in_for_place(worksheet: str, address: str) -> str:
    """What stands for a place of a worksheet, by its id, where a step of a kept plan was offered."""
    return _digest(f"{worksheet} {address}")


class News(NamedTuple):
    """What a run changed in a kept plan, by the ids of its steps.

    `joined` are steps that count as another from now on. `counted` have another told number of supporters.
    `near` are new steps that may be the same as others.
    `cleared` lost names or words with a withdrawal; so many steps were `taken_out` with one.
    """

    new: tuple[str, ...] = ()
    joined: tuple[tuple[str, str], ...] = ()
    counted: tuple[str, ...] = ()
    near: tuple[tuple[str, str], ...] = ()
    cleared: tuple[str, ...] = ()
    taken_out: int = 0


class Keeping:
    """A kept plan that is met with new copies: first `join`, then `take` the plan made of them."""

    def __init__(self, response: Response, tally: Tally) -> None:
        self._before = response
        self._actions = {action.id: action for action in response.actions}
        self._kept = dict(response.kept or {})
        self._last = response.highest_action
        self._joined: list[tuple[str, str]] = []
        self._wordings, self._shared_by, self._withdrawn = _who_shared(tally)

    @property
    def response(self) -> Response:
        """The response with its steps as they are now."""
        changes = {"actions": tuple(self._actions.values()), "kept": self._kept, "last_action": self._last}
        return self._before.model_copy(update=changes)

    def _known(self) -> dict[str, str]:
        """The id of the step that each wording stands for, by its digest; as shared before as worded now."""
        shared = {key: name for name, kept in self._kept.items() for key in kept.keys}
        now = {_key_of(action): name for name, action in self._actions.items()}
        return now | shared

    # --- joining ----------------------------------------------------------------------------------

    def join(self, joins: Iterable[str]) -> list[str]:
        """Note which wordings count as a step of the plan. Each join reads `A=B`: the step A counts as B.

        Returns the joins by which the copies are to be made one plan. Raises UsageError for one that names no
        two steps, and where both are in the plan already and the first is not as it was shared.
        """
        wordings = {*self._wordings.values(), *(fold_step(action.step) for action in self._actions.values())}
        others = []
        for join in joins:
            first, second = read_join(join, wordings)
            known = self._known()
            one, other = known.get(_digest(first)), known.get(_digest(second))
            if one and other:
                self._fold(one, other)
            elif one or other:
                wording = second if one else first
                self._note(one or other or "", {_digest(wording)})
            else:
                others.append(join)
        return [*self._joined_before(), *others]

    def _fold(self, one: str, other: str) -> None:
        """Count a step of the plan as another one, and take it out, unless somebody changed it."""
        if one == other:
            return
        action = self._actions.get(one)
        if action and not self._is_untouched(action):
            step = self._before.action_id(one)
            remedy = f"Join it the other way round, or let it go: libwell actions set {step} --status let-go"
            raise UsageError(f"The step {step} was changed here, so it stays in the plan.", remedy)
        gone = self._kept.pop(one, KeptStep())
        if self._actions.pop(one, None):
            self._joined.append((one, other))
        self._note(other, set(gone.keys), gone.by, origins=gone.origins)

    def _joined_before(self) -> Iterator[str]:
        """The joins of those wordings here that count as one step of the plan."""
        for name, kept in self._kept.items():
            here = [*filter(None, map(self._wordings.get, kept.keys))]
            now = fold_step(self._actions[name].step) if name in self._actions else ""
            here.sort(key=lambda wording: wording != now)
            yield from (f"{other}={here[0]}" for other in here[1:])

    # --- new copies -------------------------------------------------------------------------------

    def take(self, plan: TeamPlan) -> News:
        """Take in what a plan of the copies has, and what was withdrawn."""
        new: list[str] = []
        counted: list[str] = []
        here: dict[str, TeamStep] = {}
        known = self._known()
        for step in plan.steps:
            keys = {_digest(step.key), *(_digest(fold_step(other)) for other in step.others)}
            name = next((known[key] for key in sorted(keys) if key in known), "")
            if not name:
                name = self._add(step)
                new.append(name)
            known |= dict.fromkeys(keys - known.keys(), name)
            origins = {stand_in_for_place(*one) for one in step.origins}
            by = set().union(*(self._shared_by.get(key, ()) for key in keys))
            before = self._note(name, keys, by, support=step.support, origins=origins)
            if name not in new and name in self._actions and before != self._kept[name].support:
                counted.append(name)
            here.setdefault(name, step)
        cleared, taken_out = self._take_back(here)
        near = tuple(self._near(new))
        return News(tuple(new), tuple(self._joined), tuple(counted), near, tuple(cleared), taken_out)

    def _add(self, step: TeamStep) -> str:
        self._last += 1
        name = f"a{self._last}"
        action = Action.model_validate({"id": name, **_as_shared(step)})
        self._actions[name] = action
        self._kept[name] = KeptStep(made=_made(action))
        return name

    def _note(
        self,
        name: str,
        keys: set[str],
        by: Iterable[str] = (),
        *,
        support: int | None = None,
        origins: Iterable[str] = (),
    ) -> int | None:
        """Know of more wordings and supporters of a step. Returns the number of supporters told before."""
        kept = self._kept.get(name, KeptStep())
        changes = {
            "keys": tuple(sorted({*kept.keys, *keys})),
            "by": tuple(sorted({*kept.by, *by})),
            "origins": tuple(sorted({*kept.origins, *origins})),
            # Copies are deleted once they are told of, and who withdraws one must not be seen by a number.
            "support": max(support or 0, kept.support or 0) or None,
        }
        self._kept[name] = kept.model_copy(update=changes)
        return kept.support

    def _near(self, new: Sequence[str]) -> Iterator[tuple[str, str]]:
        """New steps that may be the same as one that was there before them."""
        comparing, found = Comparing(), 0
        folded = {name: fold_step(action.step) for name, action in self._actions.items()}
        for name in new:
            for other, wording in folded.items():
                if other == name or found == _MOST_NEAR:
                    break
                if comparing.are_near(folded[name], wording):
                    found += 1
                    yield name, other

    # --- withdrawals ------------------------------------------------------------------------------

    def _take_back(self, here: Mapping[str, TeamStep]) -> tuple[list[str], int]:
        """Take out what was withdrawn. Returns the steps that lost names or words, and how many are gone."""
        cleared, taken_out = [], 0
        for name, kept in list(self._kept.items()):
            gone = {_supporter(key, one) for key in kept.keys for one in self._withdrawn}
            left = tuple(one for one in kept.by if one not in gone)
            if left == kept.by:
                continue
            action = self._actions.get(name)
            if not left and (action is None or self._is_untouched(action)):
                del self._kept[name]
                taken_out += self._actions.pop(name, None) is not None
                continue
            self._kept[name] = kept.model_copy(update={"by": left})
            if action and self._clear(action, here.get(name)):
                cleared.append(name)
        return cleared, taken_out

    def _clear(self, action: Action, step: TeamStep | None) -> bool:
        """Leave of names and words only what is shared still, or what a person set. Says whether any went."""
        kept, shared = self._kept[action.id], _as_shared(step) if step else {"step": action.step}
        made, changes = _made(action), dict[str, object]()
        for part in _TEXTS:
            said, is_ours = getattr(action, part), kept.made.get(part) == made.get(part)
            if said and is_ours and isinstance(said, str):
                changes[part] = shared.get(part, None if part == "due" else "")
        cleared = action.model_copy(update=changes)
        now = _made(cleared)
        ours = {part: now[part] for part in now if kept.made.get(part) == made.get(part)}
        self._actions[action.id] = cleared
        self._kept[action.id] = kept.model_copy(update={"made": ours})
        return cleared != action

    def _is_untouched(self, action: Action) -> bool:
        """Whether a step is as it was made of copies."""
        kept = self._kept.get(action.id, KeptStep())
        return kept.made == _made(action) and action.private is None


def _who_shared(tally: Tally) -> tuple[dict[str, str], Mapping[str, set[str]], set[str]]:
    """The folded wordings here by their digests, who shared each, and the ids of withdrawn copies."""
    wordings, by, withdrawn = dict[str, str](), defaultdict[str, set[str]](set), set[str]()
    for name, entry in tally.entries.items():
        if entry.contribution is None:
            withdrawn.add(name)
            continue
        for step in entry.contribution.steps:
            wording = fold_step(step.step)
            key = _digest(wording)
            wordings[key] = wording
            by[key].add(_supporter(key, name))
    return wordings, by, withdrawn


def _supporter(key: str, shared_id: str) -> str:
    """What stands for a copy beside one wording: another for each, so that nobody sees who shared two."""
    return _digest(f"{key} {shared_id}")


def _key_of(action: Action) -> str:
    return _digest(fold_step(action.step))


def _made(action: Action) -> dict[str, str]:
    """A digest of each part of a step that says something, of those that are made of copies."""
    return {part: _digest(str(getattr(action, part))) for part in _PARTS if getattr(action, part)}


def _as_shared(step: TeamStep) -> dict[str, object]:
    """The parts of a step as those said it who shared it; further words for a day stand in the notes."""
    words = _fitting(step.due_words, "; ")
    return {
        "step": step.step,
        "who": _fitting(step.who, ", "),
        "due": step.due or words or None,
        "know": _fitting(step.know, "\n"),
        "notes": f"By when, in other words: {words}"[:TEXT_LIMIT] if step.due and words else "",
        "level": step.level,
        "status": step.status,
    }


def _fitting(texts: Iterable[str], between: str) -> str:
    """Texts as one, as many of them as there is room for."""
    said = ""
    for text in texts:
        longer = f"{said}{between}{text}" if said else text
        if len(longer) <= TEXT_LIMIT:
            said = longer
    return said


# --- how far it is ----------------------------------------------------------------------------------

HOW_FAR = {
    "overdue": "overdue",
    "doing": "under way",
    "open": "open",
    "done": "done",
    "handed-over": "handed over",
    "not-now": "not now",
    "let-go": "let go",
}
"""How far a step of a kept plan is, in the order in which that is told. What is overdue is nothing else."""


def _by_day(one: Planned) -> tuple[bool, str]:
    return one.action.day is None, str(one.action.day)


def by_how_far(steps: Iterable[Planned], today: dt.date) -> dict[str, list[Planned]]:
    """The steps of a plan by how far they are, by the day they are due; nothing where there are none."""
    found: defaultdict[str, list[Planned]] = defaultdict(list)
    for one in sorted(steps, key=_by_day):
        is_overdue = one.is_current and (one.action.day or today) < today
        found["overdue" if is_overdue else one.action.status].append(one)
    return {name: found[name] for name in sorted(found, key=[*HOW_FAR].index)}
