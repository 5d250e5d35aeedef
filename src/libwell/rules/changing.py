"""A draft taken over into its worksheet as it is now: what stays in place, what is set aside, what is told.

Nothing given is lost: what does not fit any more goes to `retired`, and comes back if its question does.
Nothing private becomes shared. Asking, saving and telling are the flow's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from libwell.kinds.own_entries import entry_id, is_own
from libwell.kinds.steps import Around
from libwell.kinds.values import Value, is_own_id, is_row_id, not_answer
from libwell.model.characters import one_line
from libwell.model.response import Action, Response, Retired
from libwell.rules.addresses import origin_remedy
from libwell.rules.answers import with_numbers
from libwell.rules.asked_now import asked, pickable, wrong_with
from libwell.rules.privacy import is_private_action, private_prompts, with_private

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from libwell.model.worksheet import AnyPrompt, Worksheet

    Path = tuple[str | int, ...]
    Place = TypeVar("Place", str, int)

_ROUNDS = 50
"""Of taking out what does not fit; an answer that needs more of them is set aside whole."""
_ALIKE = 0.8
"""From here on two wordings differ in spelling, or in a word or two, and below they may differ in meaning."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A draft in its worksheet as it is now, and what changed for the person, by the words of the questions.

    `worksheet` is how it is asked in this response: the one now, and more private where an answer needs it.
    The response's definition is still the earlier one. `gone` had no answer; what is `set_aside` had one
    that does not fit any more, and of what is `kept_in_part` something still does; what is `brought_back` was
    set aside before. `opened` was private and is not any more; `kept_private` is so only as it may not be
    opened. In what has `other_lines`, a line that was answered says something else now, under the same id;
    what has `more_lines` was answered before those were there.
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
    other_lines: tuple[str, ...] = ()
    more_lines: tuple[str, ...] = ()

    @property
    def is_noticeable(self) -> bool:
        """Whether there is anything to tell."""
        answers = (self.kept_in_part, self.set_aside, self.brought_back)
        questions = (self.new, self.gone, self.reworded, self.opened, self.kept_private)
        lines = (self.other_lines, self.more_lines)
        return any((*answers, *questions, *lines, self.version_before != self.version_now))


def carry_over(response: Response, before: Worksheet, after: Worksheet, *, may_open: bool = False) -> Carried:
    """Take a draft that fits the worksheet as it was over into the worksheet as it is now.

    What was private stays so, unless questions `may_open`; answers and steps stay private even then.
    """
    move = _Move(response, _Sheet(before), _Sheet(after))
    move.keep_what_fits()
    move.bring_back()
    worksheet = with_private(after, move.to_close())
    opened = move.old.private - private_prompts(worksheet)
    asks = tuple(prompt.ask for name, prompt in move.now.prompts.items() if name in opened)
    if not may_open:
        worksheet = with_private(worksheet, opened & move.now.prompts.keys())
    actions = tuple(map(_Steps(move, _Sheet(worksheet)).moved, response.actions))
    changes = {"answers": move.answers, "retired": move.retired, "actions": actions}
    return Carried(
        with_numbers(response.model_copy(update=changes), worksheet),
        worksheet,
        version_before=before.version,
        version_now=after.version,
        **{"opened" if may_open else "kept_private": asks},
        **move.told(),
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

    def left_of(self, given: Retired) -> Value | None:
        """What of an answer fits; None if nothing does."""
        if not self.has(given.prompt, given.kind):
            return None
        value = given.answer
        sources = self.sources(given.prompt)
        if sources and given.source != sources:
            others = _without_own(value)
            value = value if others == value else _pruned(others)
        around = Around(dt.date.min, pickable=self._pickable.get(given.prompt))
        for _ in range(_ROUNDS):
            wrong = wrong_with(self.prompts[given.prompt], value, around)
            if not wrong:
                return value
            paths = {problem.path for problem in wrong if problem.path}
            value = _pruned(_without(value, paths)) if paths else None
        return None

    def sources(self, name: str) -> tuple[str, ...]:
        """The prompts that rows or options come from, the nearest first."""
        sources: list[str] = []
        while source := self.prompts[name].source:
            sources.append(source)
            name = source
        return tuple(sources)


class _Move:
    """The answers on their way from the worksheet as it was (`old`) to the one as it is (`now`)."""

    def __init__(self, response: Response, old: _Sheet, now: _Sheet) -> None:
        self.response, self.old, self.now = response, old, now
        self.answers: dict[str, Value] = {}
        self.retired = dict(response.retired)
        self.earlier = _by_prompt(response.retired)
        self.kept_in_part: list[Retired] = []
        self.set_aside: list[Retired] = []
        self.brought_back: list[Retired] = []

    def keep_what_fits(self) -> None:
        """Keep answers to prompts still there as far as they fit; set aside all that do not fit whole."""
        said = {
            one.prompt.id: one.prompt.brief(one.value, one.around)
            for one in asked(self.old.worksheet, self.response)
            if one.value is not None and not (one.prompt.holds_actions or one.prompt.says_itself)
        }
        for name, answer in self.response.answers.items():
            prompt = self.old.prompts[name]
            given = Retired(
                prompt=name,
                ask=prompt.ask,
                kind=prompt.kind,
                version=self.old.worksheet.version,
                private=name in self.old.private,
                source=self.old.sources(name),
                said=said.get(name, ""),
                answer=answer,
            )
            left = self.now.left_of(given)
            if left is not None:
                self.answers[name] = left
            if left != answer and not _is_skipped(answer):
                (self.set_aside if left is None else self.kept_in_part).append(given)
                self._retire(given)

    def _retire(self, given: Retired) -> None:
        """File an answer under its prompt's id, or a name beside it; the same one is not kept twice."""
        for key, other in list(self.retired.items()):
            here = (other.prompt or key, other.kind, other.answer)
            if here == (given.prompt, given.kind, given.answer):
                del self.retired[key]
                given = other.model_copy(update=dict(given) | {"private": given.private or other.private})
        key, number = given.prompt, 1
        while key in self.retired:
            number += 1
            key = f"{given.prompt}-{number}"
        self.retired[key] = given.model_copy(update={"prompt": "" if key == given.prompt else given.prompt})

    def bring_back(self) -> None:
        """Put answers that fit again, and did not before, into their places; those set aside last first.

        Nothing else was answered there since, or there is just what was left of it.
        """
        for key, other in reversed(list(self.retired.items())):
            given = other.model_copy(update={"prompt": other.prompt or key})
            there, before = self.answers.get(given.prompt), self.old.left_of(given)
            fits_again = self.now.left_of(given) == given.answer != before
            if fits_again and given.answer is not None and (_is_skipped(there) or there == before):
                self.answers[given.prompt] = given.answer
                self.brought_back.append(given)
                del self.retired[key]

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

    def told(self) -> dict[str, tuple[str, ...]]:
        """What changed, but for who may see it: the words of questions under the names of `Carried`."""
        there = {p.id: p for p in self.now.prompts.values() if self.old.has(p.id, p.kind)}
        answered = {name for name, answer in self.response.answers.items() if not _is_skipped(answer)}
        known = there.keys() | {given.prompt for given in self.brought_back}
        before = self.old.prompts
        changed: Mapping[str, Sequence[AnyPrompt | Retired]] = {
            "new": [p for p in self.now.prompts.values() if p.id not in known],
            "gone": [p for p in before.values() if p.id not in there.keys() | answered],
            "reworded": [p for p in there.values() if one_line(p.ask) != one_line(before[p.id].ask)],
            "kept_in_part": self.kept_in_part,
            "set_aside": self.set_aside,
            "brought_back": self.brought_back,
            "other_lines": [p for p in there.values() if self._says_something_else(p)],
            "more_lines": [
                p for p in there.values() if self._is_answered(p) and _lines(p).keys() - _lines(before[p.id])
            ],
        }
        return {name: tuple(one.ask for one in ones) for name, ones in changed.items()}

    def _is_answered(self, prompt: AnyPrompt) -> bool:
        answer = self.answers.get(prompt.id)
        return answer is not None and not not_answer(answer)

    def _says_something_else(self, prompt: AnyPrompt) -> bool:
        """Whether a line that was answered, such as an item that was rated, has other words now."""
        before, given = _lines(self.old.prompts[prompt.id]), set(_names_in(self.answers.get(prompt.id)))
        return any(
            line in before and line[1] in given and not _is_alike(before[line], text)
            for line, text in _lines(prompt).items()
        )


def _lines(prompt: AnyPrompt) -> dict[tuple[str, str], str]:
    """What stands inside a prompt, such as items, options or columns, by its list and its id."""
    lists = {key: ones for key, ones in prompt.model_dump().items() if isinstance(ones, list | tuple)}
    return {
        (key, one["id"]): one.get("text") or one.get("ask", "")
        for key, ones in lists.items()
        for one in ones
        if isinstance(one, dict) and "id" in one
    }


def _names_in(value: Value | None) -> Iterator[str]:
    """The ids in an answer, wherever they stand in it."""
    if isinstance(value, dict):
        yield from value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _names_in(part)
    if isinstance(value, str):
        yield value


def _is_alike(before: str, now: str) -> bool:
    """Whether words say the same but for their spelling, or for a word or two."""
    from difflib import SequenceMatcher  # only where a worksheet has changed

    return SequenceMatcher(None, one_line(before), one_line(now)).ratio() >= _ALIKE


def _by_prompt(retired: dict[str, Retired]) -> dict[str, list[Retired]]:
    """What is set aside, by the id of its prompt."""
    found: dict[str, list[Retired]] = {}
    for key, given in retired.items():
        found.setdefault(given.prompt or key, []).append(given)
    return found


def _is_skipped(answer: Value | None) -> bool:
    """Whether there is no answer, and none was refused."""
    return answer is None or not_answer(answer) == "skipped"


class _Steps:
    """The actions, with where they came from and who may see them as before."""

    def __init__(self, move: _Move, kept: _Sheet) -> None:
        self._move = move
        self._kept = kept
        self._aside = _by_prompt(move.retired)

    def moved(self, action: Action) -> Action:
        """The action in the worksheet as it is now."""
        old, kept, moved = self._move.old, self._kept, action
        origin = self._origin(action.from_)
        if origin != action.from_:
            table = action.model_dump(by_alias=True, exclude_unset=True, exclude={"from_"})
            moved = Action.model_validate(table | ({"from": origin} if origin else {}))
        was_private = is_private_action(action, old.worksheet, old.private)
        is_private = is_private_action(moved, kept.worksheet, kept.private)
        if was_private and not is_private:
            return moved.model_copy(update={"private": True})
        if is_private and not was_private and action.from_ and not self._is_there(action.from_):
            return moved.model_copy(update={"private": False})
        return moved

    def _origin(self, address: str) -> str:
        """The address as far as it leads somewhere now, be it to what was set aside; empty if it does not."""
        name = address.split(".", maxsplit=1)[0]
        if name not in self._kept.prompts:
            return address if self._is_set_aside(name) else ""
        while address and (not self._is_there(address) or origin_remedy(address, self._kept.worksheet)):
            address = address.rpartition(".")[0]
        return address

    def _is_set_aside(self, name: str) -> bool:
        """Whether an answer of a prompt is kept that says by its privacy what the prompt's was."""
        was_private = name in self._move.old.private
        kept = self._aside.get(name, ())
        return name in self._move.retired and any(given.private or not was_private for given in kept)

    def _is_there(self, address: str) -> bool:
        """Whether the prompt something came from is there, and not another by its id."""
        name = address.split(".", maxsplit=1)[0]
        if name in self._move.old.prompts:
            return self._kept.has(name, self._move.old.prompts[name].kind)
        return any(self._kept.has(name, given.kind) for given in self._move.earlier.get(name, ()))


# --- parts of an answer ---------------------------------------------------------------------------


def _without(value: Value | None, paths: AbstractSet[Path]) -> Value | None:
    """The value without what stands at the paths."""
    if isinstance(value, list):
        return [part for _, part in _left(enumerate(value), paths)]
    return dict(_left(value.items(), paths)) if isinstance(value, dict) else value


def _left(parts: Iterable[tuple[Place, Value]], paths: AbstractSet[Path]) -> Iterator[tuple[Place, Value]]:
    """The parts of a list or a table, each with its place, without what stands at the paths."""
    inside: dict[str | int, set[Path]] = {}
    for first, *rest in paths:
        inside.setdefault(first, set()).add(tuple(rest))
    for name, part in parts:
        if (name,) not in paths:
            yield name, cast("Value", _without(part, inside[name])) if name in inside else part


def _pruned(value: Value | None) -> Value | None:
    """The value without empty lists and tables in it; None if nothing is left."""
    if isinstance(value, dict):
        parts = {name: left for name, part in value.items() if (left := _pruned(part)) is not None}
        is_bare = parts.keys() == {"id"} and is_own_id(entry_id(parts))
        return None if is_bare else parts or None
    if isinstance(value, list):
        return [left for part in value if (left := _pruned(part)) is not None] or None
    return value


def _without_own(value: Value | None) -> Value | None:
    """The value without own entries, and without what hangs on some.

    Where rows or options come from elsewhere now, an own entry there may have the same id.
    """
    if isinstance(value, list):
        return [entry for entry in value if not is_own_id(entry_id(entry))]
    if isinstance(value, dict) and not is_own(value):
        return {name: part for name, part in value.items() if is_row_id(name) or not is_own_id(name)}
    return None if is_own_id(entry_id(value)) else value
