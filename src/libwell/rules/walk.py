"""The guided walk as a state machine: no input, no output, no clock.

`question` says what to ask now; `hear` takes one typed line or paste, and changes the response and the
place in it. Saving, showing and the editor are the flow's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError
from libwell.model.prompts.base import DONE, NOT_ANSWERED, Key, Step, Taken, Value, highest_own
from libwell.model.prompts.plan import PlanPrompt
from libwell.model.response import AT_REVIEW, Action, Response
from libwell.rules.answers import unfinished
from libwell.rules.asking import Asked, asked
from libwell.rules.commands import NOT_ANSWER_COMMANDS, Command, read_command, unescaped

if TYPE_CHECKING:
    import datetime as dt

    from libwell.model.worksheet import Section, Worksheet

REMARK: Key = (":remark",)
_NOTHING_YET = "There is nothing to answer here yet."


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked now: the prompt, its step, and where it stands among all that are asked."""

    asked: Asked
    step: Step
    number: int
    total: int
    first_step: bool
    going_on: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a line: sentences to say back, and what the flow is to do (empty: ask on).

    `act` is one of `pause`, `finish`, or a command that shows something or opens the editor.
    """

    said: tuple[str, ...] = ()
    act: str = ""


@dataclass
class Walk:
    """One person's way through a worksheet. `response` is always what has been given so far.

    `country` is the one configured (empty: none): it says which day `1/12` is.
    """

    worksheet: Worksheet
    response: Response
    today: dt.date
    country: str = ""
    _prompt: str = field(default="", init=False)
    _key: Key = field(default=(), init=False)
    _going_on: bool = field(default=False, init=False)
    _to_review: bool = field(default=False, init=False)
    _remarked: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Take the place where the response was left."""
        self._take_up(self.response.at)

    @property
    def at_review(self) -> bool:
        """Whether every prompt was passed and the review is next."""
        return self._prompt == AT_REVIEW

    def asked(self) -> tuple[Asked, ...]:
        """Every prompt asked now, in order."""
        return asked(self.worksheet, self.response, today=self.today, remark=not self._remarked)

    def question(self) -> Question:
        """What to ask now; not to be called at the review."""
        everything = self.asked()
        number, one = self._here(everything)
        steps = self._steps(one)
        step = next((step for step in steps if step.key == self._key), steps[0])
        return Question(one, step, number, len(everything), step is steps[0], self._going_on)

    def hear(self, text: str, *, pasted: bool = False, whole: bool = False) -> Heard:
        """Take one line. Raises CannotReadError, with nothing changed, if it can't be read here.

        A pasted text is never a command; a `whole` text replaces what was there.
        """
        literal = (pasted or whole) and text != ""  # a paste of nothing is Enter
        command = None if literal else read_command(text)
        if command:
            return self._obey(command)
        if self.at_review:
            return self._hear_at_review(text)
        if not literal and not text.strip():
            return self._enter()
        if not literal and text.strip() == "-" and not self._going_on:
            return self._empty()
        return self._take(text if literal else unescaped(text), whole=whole)

    # --- answers ---------------------------------------------------------------------------------

    def _enter(self) -> Heard:
        one = self._one()
        written = self._step(one).many_lines and one.value is not None
        keys = [step.key for step in self._steps(one)]
        following = self._behind(keys)
        self._move(following, one)
        if following == DONE and one.entry is None:
            return Heard(("Skipped.",))
        return Heard(("Kept.",) if written else ())

    def _empty(self) -> Heard:
        one = self._one_with_steps()
        taken = one.prompt.empty(self._key, one.kept, one.around)
        self._store(one, taken.value)
        self._go_on(taken, one.prompt.id)
        return Heard((taken.said or "Emptied.",))

    def _take(self, text: str, *, whole: bool) -> Heard:
        one = self._one_with_steps()
        many_lines = self._step(one).many_lines
        before = None if whole and many_lines else one.kept
        taken = one.prompt.take(self._key, text, before, replace(one.around, country=self.country))
        self._store(one, taken.value)
        if many_lines and not whole:
            self._stand(one.prompt.id, self._key)  # also at the first question, where `at` is still empty
            self._going_on = True
        else:
            self._go_on(taken, one.prompt.id)
        return Heard((taken.said,) if taken.said else ())

    def _take_not_answer(self, name: str) -> Heard:
        reason = NOT_ANSWER_COMMANDS[name]
        one = self._one()
        if reason != "prefer-not-to-say" and reason not in one.prompt.not_answers:
            raise CannotReadError(f"This question does not take :{name}. :skip and :prefer-not always work.")
        taken = one.prompt.take_not_answer(self._key, reason, one.kept)
        written = len(self._steps(one)) > 1 or self._step(one).many_lines
        if one.kept is not None and taken.next == DONE and written:
            raise CannotReadError("There is an answer here already. :clear empties it first; :skip goes on.")
        self._store(one, taken.value)
        self._go_on(taken, one.prompt.id)
        return Heard()

    def _store(self, one: Asked, value: object) -> None:
        """Put the prompt's new value into the response."""
        if isinstance(one.prompt, PlanPrompt) and not isinstance(value, dict):
            self._store_actions(one.prompt.id, value)
            return
        answers = self._answers_without(one.prompt.id)
        if value is not None:
            answers[one.prompt.id] = value
        before = self.response.last_own.get(one.prompt.id, 0)
        last = max(before, highest_own(one.entry), highest_own(value))
        last_own = {**self.response.last_own, one.prompt.id: last} if last else self.response.last_own
        self._replace(answers=answers, last_own=last_own)

    def _answers_without(self, prompt: str) -> dict[str, Value]:
        return {name: given for name, given in self.response.answers.items() if name != prompt}

    def _store_actions(self, prompt: str, value: object) -> None:
        before = {action.id: action for action in self.response.actions}
        tables = value if isinstance(value, list) else []
        actions = []
        for table in tables:
            action = Action.model_validate(table)
            same = action == before.get(action.id)
            actions.append(action if same else action.model_copy(update={"changed": self.today}))
        last = max([self.response.last_action, *(int(action.id[1:]) for action in actions)])
        answers = self._answers_without(prompt)
        self._replace(actions=tuple(actions), last_action=last, answers=answers)

    def _replace(self, **changes: object) -> None:
        if self.response.status == "complete" and changes.keys() - {"at"}:
            changes = {"status": "draft", "completed": None, **changes}
        self.response = self.response.model_copy(update=changes)

    # --- the place ---------------------------------------------------------------------------------

    def _here(self, everything: tuple[Asked, ...]) -> tuple[int, Asked]:
        for number, one in enumerate(everything, 1):
            if one.prompt.id == self._prompt:
                return number, one
        return 1, everything[0]

    def _one(self) -> Asked:
        return self._here(self.asked())[1]

    def _one_with_steps(self) -> Asked:
        """What is asked now, if a line can answer it: rows and options may come from picks not made yet."""
        one = self._one()
        if not one.prompt.steps(one.kept, one.around):
            raise CannotReadError(f"{_NOTHING_YET} Enter goes on.")
        return one

    def _steps(self, one: Asked) -> tuple[Step, ...]:
        return one.prompt.steps(one.kept, one.around) or (Step(hint=_NOTHING_YET),)

    def _step(self, one: Asked) -> Step:
        steps = self._steps(one)
        return next((step for step in steps if step.key == self._key), steps[0])

    def _behind(self, keys: list[Key]) -> Key:
        if self._key not in keys:
            return DONE
        position = keys.index(self._key) + 1
        return keys[position] if position < len(keys) else DONE

    def _go_on(self, taken: Taken, prompt: str) -> None:
        one = next(one for one in self.asked() if one.prompt.id == prompt)
        keys = [step.key for step in self._steps(one)]
        following = self._behind(keys) if taken.next is None else taken.next
        self._move(following if following in keys else DONE, one)

    def _move(self, key: Key, one: Asked) -> None:
        if key != DONE:
            self._stand(one.prompt.id, key)
        else:
            self._leave(one)

    def _leave(self, one: Asked) -> None:
        """Go on to the next prompt, or to the review; what was passed by without an answer is skipped."""
        if one.entry is None:
            self._replace(answers={**self.response.answers, one.prompt.id: {NOT_ANSWERED: "skipped"}})
        everything = self.asked()
        number, _ = self._here(everything)
        if self._to_review or number >= len(everything):
            self._stand(AT_REVIEW)
        else:
            self._stand_before(everything[number])

    def _stand_before(self, one: Asked) -> None:
        self._stand(one.prompt.id, self._steps(one)[0].key)

    def _stand(self, prompt: str, key: Key = ()) -> None:
        self._remarked = self._remarked or self._key == REMARK
        self._prompt, self._key, self._going_on = prompt, key, False
        if prompt == AT_REVIEW:
            self._to_review = False
        at = ".".join((prompt, *key))
        if self.response.at != at:
            self._replace(at=at)

    def _take_up(self, at: str) -> None:
        """Stand where `at` says, or else at the first prompt that was never reached."""
        prompt, *key = at.split(".")
        everything = self.asked()
        if not everything or prompt == AT_REVIEW or (not at and self.response.status == "complete"):
            self._prompt = AT_REVIEW
            return
        one = next((one for one in everything if one.prompt.id == prompt), None)
        if one is None:
            one = next((one for one in everything if one.entry is None), everything[0])
        keys = [step.key for step in self._steps(one)]
        self._prompt, self._key = one.prompt.id, tuple(key) if tuple(key) in keys else keys[0]

    # --- commands ----------------------------------------------------------------------------------

    def _obey(self, command: Command) -> Heard:
        if command.name in NOT_ANSWER_COMMANDS and not self.at_review:
            return self._take_not_answer(command.name)
        match command.name:
            case "back":
                return self._back()
            case "go":
                return self.go(command.argument)
            case "skip" | "clear" if not self.at_review:
                return self._skip(command.argument) if command.name == "skip" else self._clear()
            case "why" | "editor" | "skip" | "clear" | "dont-know" | "not-applicable" | "prefer-not" if (
                self.at_review
            ):
                raise CannotReadError("This is the review. Type :go and a number to change an answer.")
            case "editor" if not self._step(self._one()).written:
                raise CannotReadError("The editor is for answers in your own words.")
        return Heard(act=command.name)

    def _back(self) -> Heard:
        everything = self.asked()
        if self.at_review:
            number, step = len(everything) + 1, 0
        else:
            number, one = self._here(everything)
            step = [step.key for step in self._steps(one)].index(self._step(one).key)
        if step:
            self._stand(one.prompt.id, self._steps(one)[step - 1].key)
        elif number > 1:
            before = everything[number - 2]
            self._stand(before.prompt.id, self._steps(before)[-1].key)
        else:
            return Heard(("This is the first question.",))
        return Heard()

    def go(self, where: str) -> Heard:
        """Jump to a question by its number or id. Raises CannotReadError if there is none."""
        everything = self.asked()
        wanted = where.strip()
        number = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 0
        if 1 <= number <= len(everything):
            target = everything[number - 1]
        else:
            found = [one for one in everything if wanted in (one.prompt.id, one.section.id)]
            if not found:
                raise CannotReadError(
                    f"Type :go with a number from 1 to {len(everything)}, or with an id. :list shows them."
                )
            target = next((one for one in found if one.prompt.id == wanted), found[0])
        to_review = self._to_review or self.at_review
        self._stand_before(target)
        self._to_review = to_review
        return Heard()

    def _skip(self, what: str) -> Heard:
        if what and what.casefold() != "part":
            raise CannotReadError("Type :skip for this question, or :skip part for the rest of this part.")
        here = self._one()
        if what:
            self._skip_section(here.section)
        else:
            self._leave(here)
        return Heard()

    def _skip_section(self, section: Section) -> None:
        """Pass by what of a section has no answer yet, and go on behind it, or back to the review."""
        to_review, self._to_review = self._to_review, False
        while not self.at_review and self._one().section.id == section.id:
            self._leave(self._one())
        if to_review:
            self._stand(AT_REVIEW)

    def _clear(self) -> Heard:
        one = self._one()
        if isinstance(one.prompt, PlanPrompt) and self._key[1:] and self._key[1:] != ("step",):
            raise CannotReadError("Type - to empty this line. :clear would take out every step of your plan.")
        self._store(one, None)
        self._stand_before(self._one())
        return Heard(("Emptied.",))

    # --- the review --------------------------------------------------------------------------------

    def _hear_at_review(self, text: str) -> Heard:
        if text.strip().isdecimal():
            return self.go(text)
        if text.strip():
            raise CannotReadError("Type a number to change that answer, or Enter to go on.")
        return self._finish()

    def _finish(self) -> Heard:
        everything = self.asked()
        for one in everything:
            reason = "" if one.entry is None else unfinished(one)
            if reason or one.entry is None:
                self._stand_before(one)
                self._to_review = True
                return Heard((reason or "This question has not come up yet.",))
        self._replace(status="complete", completed=self.today, at="")
        return Heard(act="finish")
