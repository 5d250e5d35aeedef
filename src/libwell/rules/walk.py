"""The guided walk as a state machine: no input, no output, no clock.

`turn` says what to ask now; `hear` takes one typed line or paste, and changes the response and the
place in it. Saving, showing and the editor are the flow's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from operator import is_not
from typing import TYPE_CHECKING

from libwell.errors import CannotReadError, UnclearError
from libwell.kinds.steps import DONE, Around, Key, Step, Taken
from libwell.kinds.values import NOT_ANSWERED, NOT_ANSWERS, Value
from libwell.model.characters import counted, paragraphs_in
from libwell.model.response import AT_REVIEW, Response
from libwell.rules.answers import unfinished, with_value
from libwell.rules.asked_now import Asked, asked, while_answering
from libwell.rules.commands import NOT_ANSWER_COMMANDS, Command, plain_command, read_command, unescaped

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from libwell.model.worksheet import Worksheet

REMARK: Key = (":remark",)
_NOTHING_YET = "There is nothing to answer here yet. Enter goes on."
_KEPT_AS_WORDS = "Kept as your words. To stop, type :pause; :help shows what else there is."
_OF_A_QUESTION = ("why", "recall", "editor", "skip", "clear", *NOT_ANSWER_COMMANDS)
"""Commands that mean nothing at the review."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is asked now: the prompt, its steps and the one of them, and where it stands among all asked.

    `going_on` is true while an answer of several lines is typed, `once_more` where a line was taken and the
    step is asked again.
    """

    asked: Asked
    steps: tuple[Step, ...]
    step: Step
    number: int
    total: int
    going_on: bool
    once_more: bool

    @property
    def is_first_step(self) -> bool:
        """Whether it is the prompt's first step, which lists all its items or options."""
        return self.step is self.steps[0]


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a line: sentences to say back, and what the flow is to do (empty: ask on).

    `act` is one of `pause`, `finish`, or a command that shows something or opens the editor. `in_words` is
    true where the line was kept in the person's own words.
    """

    said: tuple[str, ...] = ()
    act: str = ""
    in_words: bool = False


class Walk:
    """One person's way through a worksheet. `response` is always what has been given so far.

    `country` is the one configured (empty: none): it says which day `1/12` is. With `one_by_one` items are
    asked one by one, without a list of all before.

    It begins at the place where the response was left, or else at the first prompt that was never reached.
    """

    def __init__(
        self,
        worksheet: Worksheet,
        response: Response,
        today: dt.date,
        *,
        country: str = "",
        one_by_one: bool = False,
    ) -> None:
        self.worksheet, self.response, self.today = worksheet, response, today
        self._now = Around(today, one_by_one=one_by_one, country=country)
        self._going_on, self._once_more, self._joined, self._gaps = False, False, False, 0
        self._to_review, self._catching_up = False, False
        self._given: tuple[object, ...] = (None, None)
        self._prompt, *key = response.at.split(".")
        everything = self.asked()
        self._key: Key = tuple(key)
        if not everything or (not response.at and response.status == "complete"):
            self._prompt = AT_REVIEW
        if self.at_review:
            return
        if self._prompt not in {one.prompt.id for one in everything}:
            unseen = (one for one in everything if one.entry is None)
            self._prompt = next(unseen, everything[0]).prompt.id
        self._key = self.turn().step.key

    @property
    def at_review(self) -> bool:
        """Whether every prompt was passed and the review is next."""
        return self._prompt == AT_REVIEW

    @property
    def is_short(self) -> bool:
        """Whether only the core prompts are asked."""
        return self.response.short and self.worksheet.has_short_way

    def asked(self) -> tuple[Asked, ...]:
        """Every prompt on the way, in order: what is asked now, or on the short way the core of that.

        What the person went to beside the short way belongs to it from then on.
        """
        everything = self.everything()
        if not self.is_short:
            return everything
        came_up = (one.entry is not None or one.prompt.id == self._prompt for one in everything)
        return tuple(one for one, came in zip(everything, came_up, strict=True) if came or one.prompt.core)

    def everything(self) -> tuple[Asked, ...]:
        """Every prompt asked now, also beside the short way; worked out once for the same answers."""
        given = self.response.answers, self.response.actions
        if any(map(is_not, given, self._given)):
            self._given, self._everything = given, asked(self.worksheet, self.response)
        return self._everything

    def turn(self) -> Turn:
        """What to ask now; not to be called at the review."""
        everything = self.asked()
        number = [one.prompt.id for one in everything].index(self._prompt)
        one, steps = self._answering(everything[number])
        step = {step.key: step for step in steps}.get(self._key, steps[0])
        return Turn(one, steps, step, number + 1, len(everything), self._going_on, self._once_more)

    def hear(self, text: str, *, pasted: bool = False, whole: bool = False, followed: bool = False) -> Heard:
        """Take one line. Raises CannotReadError, with nothing changed, if it can't be read here.

        A pasted text is never a command; a `whole` text replaces what was there; an empty line that is
        `followed` by more at once does not end an answer of several lines.
        """
        if (pasted or whole) and text != "":  # a paste of nothing is Enter
            return self._hear_number(text) if self.at_review else self._take(text, whole=whole)
        command = read_command(text) or (plain_command(text) if self.at_review else None)
        if command:
            if self._gaps:  # empty lines before a command ended the answer
                self._enter()
            return self._obey(command)
        if self.at_review:
            return self._hear_number(text) if text.strip() else self._finish()
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
        except CannotReadError as error:
            if command is None or isinstance(error, UnclearError):
                raise
            return self._obey(command)
        return replace(heard, said=(*heard.said, _KEPT_AS_WORDS)) if command and heard.in_words else heard

    # --- answers ---------------------------------------------------------------------------------

    def _enter(self, *, followed: bool = False) -> Heard:
        if followed and self._going_on:
            self._gaps += 1
            return Heard()
        turn, joined = self.turn(), self._joined
        one, following = turn.asked, self._behind(turn.steps)
        self._move(following)
        if following == DONE and one.entry is None:
            return Heard(("Skipped.",))
        if not turn.step.many_lines or one.value is None:
            return Heard()
        kept = f"Taken as one answer, {paragraphs_in(str(one.value))}. :back to mend." if joined else "Kept."
        return Heard((kept,))

    def _empty(self) -> Heard:
        turn = self._answerable()
        one = turn.asked
        if not turn.step.answer and one.not_answer in (None, "skipped"):
            return Heard(("There is nothing to take out.",))
        taken = one.prompt.empty(self._key, one.kept, one.around)
        self._store(one, taken.value)
        self._go_on(replace(taken, next=self._key) if taken.next is None else taken)
        return Heard((taken.said or "Emptied.",))

    def _take(self, text: str, *, whole: bool = False) -> Heard:
        turn = self._answerable()
        one, many_lines = turn.asked, turn.step.many_lines
        before = None if whole and many_lines else one.kept
        taken = one.prompt.take(self._key, "\n" * self._gaps + text, before, one.around)
        self._store(one, taken.value)
        if many_lines and not whole:
            joined = self._joined or self._gaps > 0
            self._stand(one.prompt.id, self._key)  # also at the first question, where `at` is still empty
            self._going_on, self._joined = True, joined
        else:
            self._go_on(taken)
        return Heard(tuple(filter(None, [taken.said])), in_words=taken.in_words)

    def _take_not_answer(self, name: str) -> Heard:
        reason, turn = NOT_ANSWER_COMMANDS[name], self.turn()
        one = turn.asked
        if reason not in ("prefer-not-to-say", *one.prompt.not_answers):
            raise CannotReadError(f"This question does not take :{name}. :skip and :prefer-not always work.")
        taken = one.prompt.take_not_answer(self._key, reason, one.kept)
        written = len(turn.steps) > 1 or turn.step.many_lines
        if one.kept is not None and taken.next == DONE and written:
            raise CannotReadError("There is an answer here already. :clear empties it first; :skip goes on.")
        self._store(one, taken.value)
        self._go_on(taken)
        return Heard((f"Kept: {NOT_ANSWERS[reason]}.",))

    def _store(self, one: Asked, value: Value | None) -> None:
        """Put the prompt's new value into the response."""
        self._replace(**with_value(self.response, one, value, today=self.today))

    def _replace(self, **changes: object) -> None:
        if self.response.status == "complete" and changes.keys() - {"at"}:
            changes = {"status": "draft", "completed": None, **changes}
        self.response = self.response.model_copy(update=changes)

    # --- the place ---------------------------------------------------------------------------------

    def _answering(self, one: Asked) -> tuple[Asked, tuple[Step, ...]]:
        """A prompt with all that a line for it needs, and its steps."""
        one = while_answering(one, self.asked(), self.worksheet, self.response, now=self._now)
        return one, one.prompt.steps(one.kept, one.around) or (Step(hint=_NOTHING_YET),)

    def _answerable(self) -> Turn:
        """The turn, if a line can answer it: rows and options may come from picks not made yet."""
        turn = self.turn()
        if turn.step.hint == _NOTHING_YET:
            raise CannotReadError(_NOTHING_YET)
        return turn

    def _behind(self, steps: tuple[Step, ...]) -> Key:
        """The key of the step behind the one where the walk stands."""
        return dict(pairwise((*(step.key for step in steps), DONE))).get(self._key, DONE)

    def _go_on(self, taken: Taken) -> None:
        turn = self.turn()
        before = self._prompt, self._key
        following = self._behind(turn.steps) if taken.next is None else taken.next
        if following not in {step.key for step in turn.steps}:
            following = DONE
        self._move(following)
        self._once_more = (self._prompt, self._key) == before

    def _move(self, key: Key = DONE) -> None:
        """Go on in this prompt, or (`DONE`) to the next one or the review.

        What was passed by without an answer is skipped.
        """
        if key != DONE:
            self._stand(self._prompt, key)
            return
        turn = self.turn()
        if turn.asked.entry is None:
            self._replace(answers={**self.response.answers, self._prompt: {NOT_ANSWERED: "skipped"}})
        behind = [one for one in self.asked()[turn.number :] if one.entry is None or not self._catching_up]
        if self._to_review or not behind:
            self._stand(AT_REVIEW)
        else:
            self._stand_at(behind[0])

    def _stand_at(self, one: Asked, step: int = 0) -> None:
        """Stand at a step of a prompt, by its place among them: the first, or -1 for the last."""
        self._stand(one.prompt.id, self._answering(one)[1][step].key)

    def _stand(self, prompt: str, key: Key = ()) -> None:
        if self._key == REMARK:
            self._now = replace(self._now, remark=False)
        self._prompt, self._key = prompt, key
        self._going_on, self._once_more, self._joined, self._gaps = False, False, False, 0
        self._to_review &= prompt != AT_REVIEW
        self._catching_up &= prompt != AT_REVIEW
        self._replace(at=".".join((prompt, *key)))

    # --- commands ----------------------------------------------------------------------------------

    def _obey(self, command: Command) -> Heard:
        name = command.name
        if self.at_review and name in _OF_A_QUESTION:
            raise CannotReadError("At the review, type a number to change that answer, or Enter to go on.")
        obey: dict[str, Callable[[], Heard]] = {
            "back": self._back,
            "go": partial(self.go, command.argument),
            "skip": partial(self._skip, command.argument),
            "clear": self._clear,
            "editor": self._open_editor,
            **dict.fromkeys(NOT_ANSWER_COMMANDS, partial(self._take_not_answer, name)),
        }
        return obey.get(name, partial(Heard, act=name))()

    def _open_editor(self) -> Heard:
        if not self.turn().step.written:
            raise CannotReadError("The editor is for answers in your own words.")
        return Heard(act="editor")

    def _back(self) -> Heard:
        before = self.asked()
        if not self.at_review:
            turn = self.turn()
            before = before[: turn.number - 1]
            if earlier := turn.steps[: turn.steps.index(turn.step)]:
                self._stand(self._prompt, earlier[-1].key)
                return Heard()
        if not before:
            return Heard(("This is the first question.",))
        self._stand_at(before[-1], step=-1)
        return Heard()

    def go(self, where: str) -> Heard:
        """Jump to a question by its number or id. Raises CannotReadError if there is none."""
        way, wanted = self.asked(), where.strip()
        if wanted.isdecimal() and len(wanted) < 6:
            wanted = str(int(wanted))
        known = {one.section.id: one for one in reversed((*way, *self.everything()))}
        known |= {one.prompt.id: one for one in self.everything()}
        known |= {str(number): one for number, one in enumerate(way, 1)}
        if wanted not in known:
            raise CannotReadError(
                f"Type :go with a number from 1 to {len(way)}, or with an id. :list shows them."
            )
        self._to_review |= self.at_review
        self._stand_at(known[wanted])
        return Heard()

    def _skip(self, what: str) -> Heard:
        skips = {"": self._skip_question, "row": self._skip_row, "part": self._skip_section}
        if what.casefold() not in skips:
            raise CannotReadError("Type :skip for this question, or :skip part for the rest of this part.")
        return Heard((skips[what.casefold()](),))

    def _skip_question(self) -> str:
        is_there = self.turn().asked.entry is not None
        self._move()
        return "Skipped; what is there stays." if is_there else "Skipped."

    def _skip_row(self) -> str:
        """Pass by what is left of a row of a table: its keys have the same first part."""
        if len(self._key) < 2:
            raise CannotReadError(":skip row is for tables. Type :skip for this question.")
        turn = self.turn()
        behind = turn.steps[turn.steps.index(turn.step) :]
        keys = (step.key for step in behind if step.key[0] != self._key[0])
        self._move(next(keys, DONE))
        return "Past the rest of this row."

    def _skip_section(self) -> str:
        """Pass by what of a section has no answer yet, and go on behind it, or back to the review."""
        section, skipped = self.turn().asked.section.id, 0
        to_review, self._to_review = self._to_review, False
        while not self.at_review and self.turn().asked.section.id == section:
            skipped += self.turn().asked.entry is None
            self._move()
        if to_review:
            self._stand(AT_REVIEW)
        return f"{counted(skipped, 'question', 'questions')} skipped." if skipped else "Past this part."

    def _clear(self) -> Heard:
        one = self.turn().asked
        if one.prompt.holds_actions and self._key[1:] not in ((), ("step",)):
            raise CannotReadError("Type - to empty this line. :clear would take out every step of your plan.")
        self._store(one, None)
        self._stand_at(self.turn().asked)
        return Heard(("Emptied.",))

    # --- the review --------------------------------------------------------------------------------

    def _hear_number(self, text: str) -> Heard:
        if not text.strip().isdecimal():
            raise CannotReadError("Type a number to change that answer, or Enter to go on.")
        return self.go(text)

    def _finish(self) -> Heard:
        for one in self.asked():
            reason = "This question has not come up yet." if one.entry is None else unfinished(one)
            if reason:
                self._stand_at(one)
                self._catching_up = one.entry is None
                self._to_review = not self._catching_up
                return Heard((reason,))
        self._replace(status="complete", completed=self.today, at="")
        return Heard(act="finish")
