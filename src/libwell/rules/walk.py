"""The guided walk as a state machine: no input, no output, no clock.

`question` says what to ask now; `hear` takes one typed line or paste, and changes the response and the
place in it. Saving, showing and the editor are the flow's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError, UnclearError
from libwell.kinds.base import DONE, NOT_ANSWERED, Key, Step, Taken, Value
from libwell.kinds.plan import PlanPrompt
from libwell.model.characters import paragraphs_in
from libwell.model.response import AT_REVIEW, Response
from libwell.rules.answers import unfinished, with_value
from libwell.rules.asked_now import Asked, asked
from libwell.rules.commands import (
    NOT_ANSWER_COMMANDS,
    Command,
    plain_command,
    read_command,
    unescaped,
)
from libwell.rules.turns import Heard, Question

if TYPE_CHECKING:
    import datetime as dt

    from libwell.model.worksheet import Section, Worksheet

REMARK: Key = (":remark",)
_NOTHING_YET = "There is nothing to answer here yet."
_KEPT_AS_WORDS = "Kept as your words. To stop, type :pause; :help shows what else there is."


@dataclass
class Walk:
    """One person's way through a worksheet. `response` is always what has been given so far.

    `country` is the one configured (empty: none): it says which day `1/12` is. With `one_by_one` items are
    asked one by one, without a list of all before.
    """

    worksheet: Worksheet
    response: Response
    today: dt.date
    country: str = ""
    one_by_one: bool = False
    _prompt: str = field(default="", init=False)
    _key: Key = field(default=(), init=False)
    _going_on: bool = field(default=False, init=False)
    _once_more: bool = field(default=False, init=False)
    _gaps: int = field(default=0, init=False)
    _joined: bool = field(default=False, init=False)
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
        return asked(
            self.worksheet,
            self.response,
            today=self.today,
            remark=not self._remarked,
            one_by_one=self.one_by_one,
        )

    def question(self) -> Question:
        """What to ask now; not to be called at the review."""
        everything = self.asked()
        number, one = self._here(everything)
        steps = self._steps(one)
        step = next((step for step in steps if step.key == self._key), steps[0])
        return Question(
            one,
            step,
            steps[0].lines,
            number,
            len(everything),
            first_step=step is steps[0],
            going_on=self._going_on,
            once_more=self._once_more,
        )

    def hear(self, text: str, *, pasted: bool = False, whole: bool = False, followed: bool = False) -> Heard:
        """Take one line. Raises CannotReadError, with nothing changed, if it can't be read here.

        A pasted text is never a command; a `whole` text replaces what was there; an empty line that is
        `followed` by more at once does not end an answer of several lines.
        """
        if (pasted or whole) and text != "":  # a paste of nothing is Enter
            return self._hear_number(text) if self.at_review else self._take(text, whole=whole)
        command = read_command(text)
        if command:
            return self._obey_behind(command)
        if self.at_review:
            return self._hear_at_review(text)
        if not text.strip():
            return self._enter(followed=followed)
        if text.strip() == "-" and not self._going_on:
            return self._empty()
        return self._hear_typed(unescaped(text))

    def _hear_typed(self, text: str) -> Heard:
        """Take a typed line; a plain word such as quit is a command where it is no answer."""
        command = plain_command(text)
        try:
            heard = self._take(text)
        except UnclearError:
            raise
        except CannotReadError:
            if command is None:
                raise
            return self._obey(command)
        return replace(heard, said=(*heard.said, _KEPT_AS_WORDS)) if command and heard.in_words else heard

    def _obey_behind(self, command: Command) -> Heard:
        """Obey a command; empty lines before it ended the answer."""
        if self._gaps:
            self._enter()
        return self._obey(command)

    # --- answers ---------------------------------------------------------------------------------

    def _enter(self, *, followed: bool = False) -> Heard:
        one = self._one()
        if followed and self._going_on:
            self._gaps += 1
            return Heard()
        written = self._step(one).many_lines and one.value is not None
        joined = self._joined
        keys = [step.key for step in self._steps(one)]
        following = self._behind(keys)
        self._move(following, one)
        if following == DONE and one.entry is None:
            return Heard(("Skipped.",))
        if joined:
            return Heard((f"Taken as one answer, {paragraphs_in(str(one.value))}. :back to mend.",))
        return Heard(("Kept.",) if written else ())

    def _empty(self) -> Heard:
        one = self._one_with_steps()
        if not self._step(one).answer and one.not_answer in (None, "skipped"):
            return Heard(("There is nothing to take out.",))
        taken = one.prompt.empty(self._key, one.kept, one.around)
        self._store(one, taken.value)
        self._go_on(replace(taken, next=self._key) if taken.next is None else taken, one.prompt.id)
        return Heard((taken.said or "Emptied.",))

    def _take(self, text: str, *, whole: bool = False) -> Heard:
        one = self._one_with_steps()
        many_lines = self._step(one).many_lines
        before = None if whole and many_lines else one.kept
        text = "\n" * self._gaps + text
        taken = one.prompt.take(self._key, text, before, replace(one.around, country=self.country))
        self._store(one, taken.value)
        if many_lines and not whole:
            joined = self._joined or self._gaps > 0
            self._stand(one.prompt.id, self._key)  # also at the first question, where `at` is still empty
            self._going_on, self._joined = True, joined
        else:
            self._go_on(taken, one.prompt.id)
        return Heard((taken.said,) if taken.said else (), in_words=taken.in_words)

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

    def _store(self, one: Asked, value: Value) -> None:
        """Put the prompt's new value into the response."""
        self._replace(**with_value(self.response, one, value, today=self.today))

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
        before = self._key
        following = self._behind(keys) if taken.next is None else taken.next
        self._move(following if following in keys else DONE, one)
        self._once_more = (self._prompt, self._key) == (prompt, before)

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
        self._prompt, self._key = prompt, key
        self._going_on, self._once_more, self._joined, self._gaps = False, False, False, 0
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
        here = self._one()
        match what.casefold():
            case "":
                self._leave(here)
            case "part":
                self._skip_section(here.section)
            case "row" if len(self._key) > 1:
                self._skip_row(here)
            case "row":
                raise CannotReadError(":skip row is for tables. Type :skip for this question.")
            case _:
                raise CannotReadError(
                    "Type :skip for this question, or :skip part for the rest of this part."
                )
        return Heard()

    def _skip_row(self, one: Asked) -> None:
        """Go on with what is asked behind the row, which has the same first part in each key."""
        keys = [step.key for step in self._steps(one)]
        behind = [key for key in keys[keys.index(self._key) :] if key[0] != self._key[0]]
        self._move(behind[0] if behind else DONE, one)

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
        command = plain_command(text)
        if command:
            return self._obey(command)
        return self._hear_number(text) if text.strip() else self._finish()

    def _hear_number(self, text: str) -> Heard:
        if not text.strip().isdecimal():
            raise CannotReadError("Type a number to change that answer, or Enter to go on.")
        return self.go(text)

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
