"""Kind `plan`: next steps, who, when, and how we will know. Value: the file's `[[actions]]`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, cast

from pydantic import Field

from libwell.errors import CannotReadError
from libwell.kinds.base import Prompt
from libwell.kinds.forms import ROWS, Above, InFile
from libwell.kinds.measures import AnswerPlaces
from libwell.kinds.picking import is_numbers, read_numbers
from libwell.kinds.steps import ADD, DONE, NEW, Around, Key, Step, Taken, behind, check_length
from libwell.kinds.values import Given, Problem, Value, as_entries, as_tables
from libwell.kinds.yes_no import read_yes_no
from libwell.model.action_words import DELETE_BY_HAND, IN_NO_CALENDAR, LEVEL_NAMES, LevelName, say_due
from libwell.model.base import Many, Offer
from libwell.model.characters import counted, first_words, one_line
from libwell.model.dates import say_day_read
from libwell.model.document import Block, Table

_PICK = ("pick",)
_REMARK = (":remark",)
_PARTS = ("step", "who", "due", "know")
_SAID = ("who", "due", "know", "notes")
"""What an offer can say of a step, beside the step itself."""
_BRIEF = 60
"""Characters shown of each of these, at most."""
_LEAVES_OPEN = " Enter leaves it open."
_AGREED = {"y", "yes", "ok", "okay"}
_NO_STEP = {"n", "no", "none", "nothing", "nope"}
_HINTS = {
    "step": "Enter keeps it; type to change it; - takes it out.",
    "who": f"Names or roles.{_LEAVES_OPEN}",
    "due": f"Such as Dec 1, next Friday, in 2 weeks, or in your own words.{_LEAVES_OPEN}",
    "know": f"One sentence.{_LEAVES_OPEN}",
    "level": "1 mine, 2 the team's, 3 the organization's, 4 the community's.",
}
_WHOSE = {
    "me": "mine",
    "team": "the team's",
    "organisation": "the organization's",
    "community": "the community's",
}
"""A level as an answer: the words of the hint."""
_LABELS = {
    "step": "Your step:",
    "who": "Who?",
    "due": "By when?",
    "know": "How will you know it worked?",
    "level": "Whose step is it?",
}

_Table = dict[str, Value]


class PlanPrompt(Prompt):
    """The plan: picks among what was offered, then actions of one's own."""

    measure = None
    holds_actions = True
    kind: Literal["plan"]
    collect: Many[str] | None = Field(
        default=None, description="Addresses of what is offered. Left out: everything offered above."
    )

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        actions = as_tables(value)
        steps = [_pick_step(actions, around)] if around.offers else []
        abouts = _same_wordings(around.offers)
        for action in actions:
            steps += _action_steps(action, about=abouts.get(str(action.get("from")), ""))
        steps.append(_add_step(actions))
        wider, levels = _for_others(actions, around), {action.get("level") for action in actions}
        if around.remark and wider and levels == {"me"}:
            steps.append(_remark_step(wider[0]))
        return tuple(steps)

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        actions = as_tables(value)
        if key == _PICK:
            return _take_picks(text, actions, around)
        if key == ADD:
            action = _new_action(around, 1, level=around.level, step=_read_wording(text))
            return Taken([*actions, action], next=(_id(action), "who"), in_words=True)
        if key == _REMARK:
            return _take_remark(text, actions, around)
        return _take_part(key, text, actions, around)

    def empty(self, key: Key, value: Value | None, around: Around) -> Taken:
        """Empty one part; an action whose step is emptied is taken out of the plan."""
        if key in (_PICK, ADD, _REMARK):
            return Taken(value)
        actions, (name, part) = as_tables(value), key
        said = _said_of_day(actions, name) if part in ("step", "due") else ""
        if part != "step":
            return Taken(_with_part(actions, name, part, None), said=said)
        following = behind(list(map(_id, actions)), name)
        left = [action for action in actions if _id(action) != name]
        next_key = ADD if following == NEW else (following, "step")
        return Taken(left or None, said=f"Taken out of the plan. {said}".strip(), next=next_key)

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        """An answer of its own is none: the actions stand in the file as `[[actions]]`."""
        yield Problem("a plan has no answer of its own.", (), "Write its steps as [[actions]].")

    def brief(self, value: Value, around: Around) -> str:
        count = len(as_entries(value))
        return counted(count, "step", "steps") if count else ""

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        """Show nothing here: the plan stands first in every document."""
        return ()

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        """Give nothing: the steps are actions, and handed out as such."""
        yield from ()

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        yield Table(("Step", "Who", "By when", "How we will know"), (("", "", "", ""),) * ROWS)

    def in_file(self, above: Above | None) -> InFile:
        """Never asked: the actions stand in the file as `[[actions]]`."""
        return InFile("")

    def places(self) -> AnswerPlaces:
        return AnswerPlaces()

    def collected(self) -> tuple[str, ...]:
        return self.collect or ()

    def takes_up(self, offers: list[Offer]) -> tuple[Offer, ...]:
        if self.collect is None:
            return tuple(offers)
        return tuple(offer for offer in offers if any(_is_in(offer, address) for address in self.collect))


def _is_in(offer: Offer, address: str) -> bool:
    prompt, *wanted = address.split(".")
    first, *parts = offer.address.split(".")
    return prompt == first and set(wanted) <= {*parts, *offer.marks}


def _offer_line(offer: Offer) -> str:
    """A step with what it is for, and what was said of it before: `Add a ramp. Who: Ana. By: 2026-12-01`."""
    about = "" if offer.step == offer.about else offer.about
    due, know, notes = say_due(offer.due), offer.know, offer.notes
    details = (("For", about), ("Who", offer.who), ("By", due), ("We will know", know), ("Notes", notes))
    said = [f"{lead}: {first_words(text, _BRIEF)}" for lead, text in details if text]
    *parts, last = offer.step, *said
    return " ".join([*map(_closed, parts), last])


def _closed(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _taken_up(actions: list[_Table]) -> set[Value | None]:
    """The addresses of the offers that actions come from."""
    return {action.get("from") for action in actions}


def _pick_step(actions: list[_Table], around: Around) -> Step:
    taken, lines = _taken_up(actions), []
    for number, offer in enumerate(around.offers, 1):
        mark = " (in your plan)" if offer.address in taken else ""
        lines.append(f"{number}. {_offer_line(offer)}{mark}")
    label = "From what you said, steps could be these. Type the numbers you want."
    hint = "For example 1,3. " if len(lines) > 2 else ""
    hint += "Enter adds none" + (", and keeps your plan as it is." if actions else ".")
    return Step(_PICK, label, lines=tuple(lines), hint=hint)


def _take_picks(text: str, actions: list[_Table], around: Around) -> Taken:
    if not is_numbers(text):
        raise CannotReadError("Type numbers from this list, such as 1,3. Your own steps come next.")
    taken = _taken_up(actions)
    picked = [around.offers[number - 1] for number in read_numbers(text, len(around.offers))]
    fresh = [offer for offer in picked if offer.address not in taken]
    every = [*actions, *(_from_offer(offer, count, around) for count, offer in enumerate(fresh, 1))]
    addresses = {offer.address for offer in picked}
    following = ((_id(action), "step") for action in every if action.get("from") in addresses)
    return Taken(every or None, next=next(following, None))


def _take_remark(text: str, actions: list[_Table], around: Around) -> Taken:
    agreed = read_yes_no(text)
    if agreed is None:
        raise CannotReadError("Type y to add it, or Enter to leave your plan as it is.")
    if not agreed:
        return Taken(actions, next=DONE)
    action = _from_offer(_for_others(actions, around)[0], 1, around)
    return Taken([*actions, action], next=(_id(action), "step"))


def _from_offer(offer: Offer, count: int, around: Around) -> _Table:
    level = offer.level or around.level
    said = {part: given for part in _SAID if (given := getattr(offer, part))}
    return _new_action(around, count, step=offer.step, level=level) | said | {"from": offer.address}


def _new_action(around: Around, count: int, *, step: str, level: LevelName) -> _Table:
    """An open action; `count` says how many behind the last one it is."""
    name = f"a{around.last_action + count}"
    return {"id": name, "step": step, "status": "open", "changed": around.today, "level": level}


def _id(action: _Table) -> str:
    return str(action["id"])


def _same_wordings(offers: Sequence[Offer]) -> dict[str, str]:
    """What each offer is about, by its address, where another one has the same first wording."""
    times = Counter(offer.step for offer in offers)
    return {offer.address: offer.about for offer in offers if times[offer.step] > 1}


def _action_steps(action: _Table, *, about: str) -> Iterator[Step]:
    """Ask for each part of a step; `about` tells it from another of the same wording, where there is one."""
    for_step = f"For the step: {action['step']}"
    parts = _PARTS if "from" in action else (*_PARTS, "level")
    for part in parts:
        answer = say_due(cast("dt.date | str | None", action.get(part)))
        answer = _WHOSE.get(answer, answer) if part == "level" else answer
        hint = _HINTS[part].removesuffix(_LEAVES_OPEN) if answer else _HINTS[part]
        yield Step(
            (_id(action), part),
            _LABELS[part],
            hint=hint,
            answer=answer,
            help=f"For: {about}" if about and part == "step" else "",
            about="" if part == "step" else for_step,
            written=part in ("step", "who", "know"),
        )


def _add_step(actions: list[_Table]) -> Step:
    label = "Another step of your own?" if actions else "A step of your own?"
    help_ = "Such as “Ask for …”, and then who can decide it. What you type stands in your plan as it is."
    return Step(ADD, label, help_, hint="Type it, or Enter to go on.", written=True)


def _for_others(actions: list[_Table], around: Around) -> list[Offer]:
    taken, wide = _taken_up(actions), ("team", "organisation")
    return [o for o in around.offers if (o.level or around.level) in wide and o.address not in taken]


def _remark_step(offer: Offer) -> Step:
    label = (
        "All of this rests on you alone. You also marked things for the team or the organization. "
        f"Would you like to add: {offer.step}"
    )
    return Step(_REMARK, label, hint="y adds it; Enter leaves your plan as it is. Both are fine.")


def _take_part(key: Key, text: str, actions: list[_Table], around: Around) -> Taken:
    name, part = key
    value: dt.date | str
    if part == "step":
        if text.strip().casefold() in _AGREED:
            return Taken(actions, said="Kept.")
        value, said = _read_wording(text), f"Your step: {one_line(text)}"
    elif part == "due":
        value, said = _read_due(text, around)
        if isinstance(value, str):
            said = f"{said} {_said_of_day(actions, name)}".strip()
    elif part == "level":
        value, said = _read_level(text), ""
    else:
        value, said = check_length(text), ""
    return Taken(_with_part(actions, name, part, value), said=said, in_words=value == text)


def _said_of_day(actions: list[_Table], name: str) -> str:
    """What to say where the day of an action is taken out; nothing if it had none."""
    had_day = any(_id(action) == name and isinstance(action.get("due"), dt.date) for action in actions)
    return DELETE_BY_HAND if had_day else ""


def _read_wording(text: str) -> str:
    """A step in words of one's own; a number that was meant for the list above is none, nor is "none"."""
    if text.strip(" .!").casefold() in _NO_STEP:
        raise CannotReadError("That is no step. Enter alone goes on.")
    if is_numbers(text):
        raise CannotReadError("A number alone is no step. Say in a few words what is to happen.")
    return check_length(text)


def _read_due(text: str, around: Around) -> tuple[dt.date | str, str]:
    from libwell.model.days.asked import DayAsked  # only when somebody types a day
    from libwell.model.days.reading import read_day

    day = read_day(text, DayAsked(around.today, around.country))
    if day is None:
        return check_length(text), f"Kept in your words. {IN_NO_CALENDAR}"
    return day, f"{say_day_read(day, around.today)}."


def _read_level(text: str) -> LevelName:
    words = text.casefold().replace("the ", "").replace("mine", "me").replace("my", "me").split()
    wanted = next(iter(words), NEW)  # NEW begins no level
    for number, (name, level) in enumerate(LEVEL_NAMES.items(), 1):
        if wanted == str(number) or name.startswith(wanted) or level.startswith(wanted):
            return level
    raise CannotReadError(f"Type a number: {_HINTS['level']}")


def _with_part(actions: list[_Table], name: str, part: str, value: Value | None) -> list[_Table]:
    """The actions with one part of one of them changed (None: left out)."""
    changed = {_id(action): action for action in actions}
    changed[name] = {key: given for key, given in {**changed[name], part: value}.items() if given is not None}
    return list(changed.values())
