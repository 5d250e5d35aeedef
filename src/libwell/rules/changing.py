"""A draft taken over into its worksheet as it is now: what stays in place, what is set aside, what is told.

Nothing given is lost: what does not fit any more goes to `retired`, and comes back if its question does.
Nothing private becomes shared. Asking, saving and telling are the flow's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from libwell.kinds.steps import Around
from libwell.kinds.values import Value, not_answer
from libwell.model.characters import one_line
from libwell.model.response import Action, Response, Retired
from libwell.rules.addresses import Origins
from libwell.rules.answers import with_numbers
from libwell.rules.asked_now import asked, pickable, wrong_with
from libwell.rules.privacy import is_private_action, private_prompts, with_private
from libwell.rules.trimming import pruned, without, without_own

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.model.worksheet import AnyPrompt, Worksheet

_ROUNDS = 50
"""Of taking out what does not fit; an answer that needs more of them is set aside whole."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A draft in its worksheet as it is now, and what changed for the person, by the words of the questions.

    `worksheet` is how it is asked in this response: the one now, and more private where an answer needs it.
    The response's definition is still the earlier one. `gone` had no answer; what is `set_aside` had one
    that does not fit any more, and of what is `kept_in_part` something still does; what is `brought_back` was
    set aside before. `opened` was private and is not any more; `kept_private` is so only as it may not be
    opened.
    """

    response: Response
    worksheet: Worksheet
    version_before: str
    version_now: str
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    kept_in_part: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    brought_back: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    kept_private: tuple[str, ...] = ()

    @property
    def is_noticeable(self) -> bool:
        """Whether there is anything to tell."""
        answers = (self.kept_in_part, self.set_aside, self.brought_back)
        questions = (self.new, self.gone, self.reworded, self.opened, self.kept_private)
        return any((*answers, *questions)) or self.version_before != self.version_now


def carry_over(response: Response, before: Worksheet, after: Worksheet, *, may_open: bool = False) -> Carried:
    """Take a draft that fits the worksheet as it was over into the worksheet as it is now.

    What was private stays so, unless questions `may_open`; answers and steps stay private even then.
    """
    move = _Move(response, _Sheet(before), _Sheet(after))
    move.keep_what_fits()
    move.bring_back()
    kept = _Sheet(with_private(after, move.to_close()))
    opened = move.opened(kept)
    if not may_open:
        kept = _Sheet(with_private(kept.worksheet, opened.keys()))
    changes = {
        "answers": move.answers,
        "retired": move.retired,
        "actions": _Actions(move, kept).moved(),
    }
    carried = with_numbers(move.response.model_copy(update=changes), kept.worksheet)
    return Carried(
        carried,
        kept.worksheet,
        version_before=before.version,
        version_now=after.version,
        new=move.new(),
        gone=move.gone(),
        kept_in_part=tuple(given.ask for given in move.kept_in_part),
        set_aside=tuple(given.ask for given in move.set_aside),
        brought_back=tuple(given.ask for given in move.brought_back),
        reworded=move.reworded(),
        opened=tuple(opened.values()) if may_open else (),
        kept_private=() if may_open else tuple(opened.values()),
    )


class _Sheet:
    """A worksheet, and what of an answer fits it."""

    def __init__(self, worksheet: Worksheet) -> None:
        self.worksheet = worksheet
        self.prompts: dict[str, AnyPrompt] = worksheet.by_id()
        self.private = private_prompts(worksheet)
        self._pickable = pickable(worksheet)

    def has(self, name: str, kind: str) -> bool:
        """Whether a prompt is there, and of this kind."""
        return name in self.prompts and self.prompts[name].kind == kind

    def given(self, name: str, answer: Value, *, said: str) -> Retired:
        """An answer with all that has to be known of it to set it aside."""
        prompt = self.prompts[name]
        return Retired(
            prompt=name,
            ask=prompt.ask,
            kind=prompt.kind,
            version=self.worksheet.version,
            private=name in self.private,
            source=self._sources(name),
            said=said,
            answer=answer,
        )

    def fits(self, given: Retired) -> bool:
        """Whether all of an answer fits."""
        return given.answer is not None and self.left_of(given) == given.answer

    def left_of(self, given: Retired) -> Value:
        """What of an answer fits; None if nothing does."""
        if not self.has(given.prompt, given.kind):
            return None
        value = given.answer
        sources = self._sources(given.prompt)
        if sources and given.source != sources:
            others = without_own(value)
            value = value if others == value else pruned(others)
        return None if value is None else self._fitting(value, self.prompts[given.prompt])

    def _fitting(self, value: Value, prompt: AnyPrompt) -> Value:
        around = Around(dt.date.min, pickable=self._pickable.get(prompt.id))
        for _ in range(_ROUNDS):
            wrong = list(wrong_with(prompt, value, around))
            if not wrong:
                return value
            paths = {problem.path for problem in wrong if problem.path}
            value = pruned(without(value, paths)) if paths else None
            if value is None:
                return None
        return None

    def _sources(self, name: str) -> tuple[str, ...]:
        """The prompts that rows or options come from, the nearest first."""
        sources: list[str] = []
        while source := self.prompts[name].source:
            sources.append(source)
            name = source
        return tuple(sources)


@dataclass
class _Move:
    """The answers on their way from the worksheet as it was (`old`) to the one as it is (`now`)."""

    response: Response
    old: _Sheet
    now: _Sheet
    answers: dict[str, Value] = field(default_factory=dict, init=False)
    retired: dict[str, Retired] = field(init=False)
    earlier: dict[str, list[Retired]] = field(init=False)
    said: dict[str, str] = field(init=False)
    kept_in_part: list[Retired] = field(default_factory=list, init=False)
    set_aside: list[Retired] = field(default_factory=list, init=False)
    brought_back: list[Retired] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.retired = dict(self.response.retired)
        self.earlier = by_prompt(self.response.retired)
        self.said = {
            one.prompt.id: one.prompt.brief(one.value, one.around)
            for one in asked(self.old.worksheet, self.response)
            if one.value is not None and not (one.prompt.holds_actions or one.prompt.says_itself)
        }

    def keep_what_fits(self) -> None:
        """Keep answers to prompts still there as far as they fit; set aside all that do not fit whole."""
        for name, answer in self.response.answers.items():
            given = self.old.given(name, answer, said=self.said.get(name, ""))
            left = self.now.left_of(given)
            if left is not None:
                self.answers[name] = left
            if left != answer and not _is_skipped(answer):
                (self.set_aside if left is None else self.kept_in_part).append(given)
                self._retire(given)

    def _retire(self, given: Retired) -> None:
        """File an answer under its prompt's id, or a name beside it; the same one is not kept twice."""
        for key, other in list(self.retired.items()):
            if _is_same(given, key, other):
                del self.retired[key]
                given = other.model_copy(update=dict(given) | {"private": given.private or other.private})
        key, number = given.prompt, 1
        while key in self.retired:
            number += 1
            key = f"{given.prompt}-{number}"
        self.retired[key] = given.model_copy(update={"prompt": "" if key == given.prompt else given.prompt})

    def bring_back(self) -> None:
        """Put answers that fit again, and did not before, into their places; those set aside last first."""
        for key, other in reversed(list(self.retired.items())):
            given = named(key, other)
            if self.now.fits(given) and not self.old.fits(given) and self._is_free_for(given):
                self.answers[given.prompt] = given.answer
                self.brought_back.append(given)
                del self.retired[key]

    def _is_free_for(self, given: Retired) -> bool:
        """Whether nothing was answered since, or there is just what was left of it."""
        there = self.answers.get(given.prompt)
        return there is None or _is_skipped(there) or there == self.old.left_of(given)

    def to_close(self) -> frozenset[str]:
        """The prompts that would be shared now, and hold or led to something that was given as private."""
        hold = {*self.answers, *(action.from_.split(".")[0] for action in self.response.actions)}
        closed = {name for name in hold if name in self.now.prompts and self._was_private(name)}
        closed |= {given.prompt for given in self.brought_back if given.private}
        return frozenset(closed - self.now.private)

    def _was_private(self, name: str) -> bool:
        kind = self.now.prompts[name].kind
        if self.old.has(name, kind):
            return name in self.old.private
        return any(given.private for given in self.earlier.get(name, ()) if given.kind == kind)

    # --- what is told ------------------------------------------------------------------------------

    def new(self) -> tuple[str, ...]:
        """The questions that are new, and have no answer yet."""
        back = {given.prompt for given in self.brought_back}
        return _asks(p for p in _missing(self.now, self.old) if p.id not in back)

    def gone(self) -> tuple[str, ...]:
        """The questions that are gone, and had no answer."""
        answers = self.response.answers
        return _asks(p for p in _missing(self.old, self.now) if _is_skipped(answers.get(p.id)))

    def reworded(self) -> tuple[str, ...]:
        """The questions that are there still, in other words."""
        before = self.old.prompts
        return _asks(p for p in self._still_there() if one_line(p.ask) != one_line(before[p.id].ask))

    def opened(self, kept: _Sheet) -> dict[str, str]:
        """The questions, by their ids, that were private and would not be any more."""
        names = self.old.private - kept.private
        return {name: prompt.ask for name, prompt in kept.prompts.items() if name in names}

    def _still_there(self) -> Iterator[AnyPrompt]:
        return (prompt for prompt in self.now.prompts.values() if self.old.has(prompt.id, prompt.kind))


def named(key: str, retired: Retired) -> Retired:
    """An answer that was set aside, with the id of its prompt said, be it the name it stands under."""
    return retired if retired.prompt else retired.model_copy(update={"prompt": key})


def by_prompt(retired: dict[str, Retired]) -> dict[str, list[Retired]]:
    """What is set aside, by the id of its prompt."""
    found: dict[str, list[Retired]] = {}
    for key, given in retired.items():
        found.setdefault(given.prompt or key, []).append(given)
    return found


def _is_same(given: Retired, key: str, other: Retired) -> bool:
    here = (other.prompt or key, other.kind, other.answer)
    return (given.prompt, given.kind, given.answer) == here


def _missing(here: _Sheet, there: _Sheet) -> list[AnyPrompt]:
    """The prompts of one worksheet that the other does not have."""
    return [prompt for prompt in here.prompts.values() if not there.has(prompt.id, prompt.kind)]


def _asks(prompts: Iterable[AnyPrompt]) -> tuple[str, ...]:
    return tuple(prompt.ask for prompt in prompts)


def _is_skipped(answer: Value) -> bool:
    """Whether there is no answer, and none was refused."""
    return answer is None or not_answer(answer) == "skipped"


# --- actions --------------------------------------------------------------------------------------


class _Actions:
    """The actions, with where they came from and who may see them as before."""

    def __init__(self, move: _Move, kept: _Sheet) -> None:
        self._move = move
        self._kept = kept
        self._origins = Origins(kept.worksheet)
        self._aside = by_prompt(move.retired)

    def moved(self) -> tuple[Action, ...]:
        """Every action, in order."""
        return tuple(map(self._moved, self._move.response.actions))

    def _moved(self, action: Action) -> Action:
        old, kept = self._move.old, self._kept
        moved = _with_origin(action, self._origin(action.from_))
        was_private = is_private_action(action, old.worksheet, old.private)
        is_private = is_private_action(moved, kept.worksheet, kept.private)
        if was_private and not is_private:
            return moved.model_copy(update={"private": True})
        if is_private and not was_private and action.from_ and not self._is_there(action.from_):
            return moved.model_copy(update={"private": False})
        return moved

    def _origin(self, address: str) -> str:
        """The address as far as it leads somewhere now, be it to what was set aside; empty if it does not."""
        name, *_ = address.split(".")
        if name not in self._kept.prompts:
            return address if self._is_set_aside(name) else ""
        while address and (not self._is_there(address) or self._origins.remedy(address)):
            address = address.rpartition(".")[0]
        return address

    def _is_set_aside(self, name: str) -> bool:
        """Whether an answer of a prompt is kept that says by its privacy what the prompt's was."""
        was_private = name in self._move.old.private
        kept = self._aside.get(name, ())
        return name in self._move.retired and any(given.private or not was_private for given in kept)

    def _is_there(self, address: str) -> bool:
        """Whether the prompt something came from is there, and not another by its id."""
        name, *_ = address.split(".")
        if name in self._move.old.prompts:
            return self._kept.has(name, self._move.old.prompts[name].kind)
        return any(self._kept.has(name, given.kind) for given in self._move.earlier.get(name, ()))


def _with_origin(action: Action, origin: str) -> Action:
    if origin == action.from_:
        return action
    table = action.model_dump(by_alias=True, exclude_unset=True)
    del table["from"]
    return Action.model_validate(table | ({"from": origin} if origin else {}))
