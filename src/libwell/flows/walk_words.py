"""What the walk says, line by line: the opening, sections, questions, the review, and what comes after.

Nothing is redrawn and nothing is boxed, so that a screen reader can follow. Color only adds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from libwell.flows.already_told import AlreadyTold
from libwell.flows.conversation import Question
from libwell.flows.review_words import MARK, tell_list, tell_review
from libwell.flows.section_ends import SectionEnds
from libwell.kinds.steps import NEW, ONE_BY_ONE
from libwell.kinds.values import NOT_ANSWERS, not_answer
from libwell.model.characters import counted, shortened, unwrapped
from libwell.rules.commands import HELP
from libwell.rules.documents import epigraph_source
from libwell.rules.learning import to_read_on
from libwell.rules.privacy import private_prompts
from libwell.rules.recalling import recall_lines, recalled
from libwell.rules.support import ADD_OWN, SUPPORT_HEAD
from libwell.rules.wording import say_what_can_be_shared, say_what_is_private, say_what_is_private_in
from libwell.rules.works import resource_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from libwell.flows.world import World
    from libwell.kinds.steps import Step
    from libwell.model.worksheet import Section, Worksheet
    from libwell.rules.asked_now import Asked
    from libwell.rules.walk import Turn, Walk
    from libwell.terminal.prompter import Prompter

_A_SITTING = 60
"""Minutes that one can ask of somebody at once."""
_SHORT_NAME = 60
_BRIEF = 400
"""Characters of an answer shown in one line, at most."""
_BRIEF_STATE = 200
"""Characters of it where only how far a question is is said, at most."""


class Teller:
    """Tells one walk; remembers what was told, so that nothing is told twice."""

    def __init__(self, prompter: Prompter, worksheet: Worksheet, world: World) -> None:
        self._prompter = prompter
        self._world = world
        self._worksheet = worksheet
        self._private = private_prompts(worksheet)
        self._told = AlreadyTold(aloud=world.aloud)
        self._section: Section | None = None
        self._prompt = ""
        self._prompt_is_new = False
        self._supported = False
        self._counted: set[str] | None = None
        self._in_full = False
        self._has_recalled = False
        self._by_name = False
        self._reviewed: dict[str, tuple[str, ...]] = {}
        self._ends = SectionEnds(worksheet, draws=not world.aloud)

    def knows(self, walk: Walk) -> None:
        """Take sections somebody has been in before as told; their words are not said again."""
        everything, here, stands_in = walk.asked(), None, None
        if not walk.at_review:
            turn = walk.turn()
            stands_in = turn.asked.section
            if all(one.entry is None for one in everything[turn.number :]):
                here = stands_in  # else it was left before, as what is behind was reached
        self._ends.know(everything, but=here)
        self._told.new(self._worksheet.notice)
        begun = [one.section for one in everything if one.entry is not None]
        begun += [stands_in] if stands_in and walk.response.at else []
        for section in begun:
            self._know(section, is_left=section is not stands_in)

    def _know(self, section: Section, *, is_left: bool) -> None:
        """Take the words of a part as told, and where it is private and was left, whom to turn to."""
        told = self._told
        told.parts.add(section.id)
        told.new(section.notice)
        told.new(section.intro)
        if not self._is_private(section):
            told.new(say_what_can_be_shared(self._worksheet))
        elif is_left:
            told.left.add(section.id)
            self._supported = True

    def _is_private(self, section: Section) -> bool:
        return self._private.issuperset(prompt.id for prompt in section.prompts)

    def opening(self, walk: Walk) -> None:
        """Title, how long, the notice, what stays private and what that means, where help is.

        The notice is not the last word: it may say what is not so.
        """
        say, worksheet = self._prompter.say, self._worksheet
        say(worksheet.title, style="strong")
        minutes = worksheet.short_minutes if walk.is_short else worksheet.minutes
        sittings = ", in sittings" if minutes and minutes > _A_SITTING else ""
        how_long = f"About {minutes} minutes{sittings}. " if minutes else ""
        if walk.is_short:
            questions = counted(len(walk.asked()), "question", "questions")
            how_long = f"The short way: {questions}, about {minutes} minutes. "
        say(f"{how_long}Every line is saved; :pause stops.")
        if worksheet.notice:
            say(self._told.new(worksheet.notice), style="quiet")
        say(say_what_is_private(worksheet))
        say(f"Enter goes on; {self._repeats}:help, :why, :support work at every question.")

    @property
    def _repeats(self) -> str:
        return "? says a question again, whole; " if self._world.aloud else ""

    def going_on(self, *, privacy: bool) -> None:
        """Title, and how to get help, for somebody who comes back; with `privacy` what stays private."""
        say = self._prompter.say
        say(self._worksheet.title, style="strong")
        if privacy:
            say(say_what_is_private(self._worksheet))
        say(f":help shows what you can type; {self._repeats}:pause stops.")

    def question(self, walk: Walk) -> None:
        """The question asked now, as far as it was not told yet: section, place, prompt, step."""
        if self._is_said_by_name(walk):
            return
        turn = walk.turn()
        one = turn.asked
        if not turn.going_on:
            self._tell_count(walk)
        if one.section is not self._section:
            self._leave_section(walk)
            self._enter_section(one.section, is_short=walk.is_short)
        if turn.going_on and self._prompt == one.prompt.id:
            return
        self._prompt_is_new = self._prompt != one.prompt.id
        if self._prompt_is_new and not self._world.terse:
            self._told.forget_hints()
        if self._prompt_is_new or (turn.is_first_step and not turn.once_more):
            self._tell_prompt(turn, walk.asked())
        self._prompt = one.prompt.id
        self._tell_step(turn)

    def _tell_count(self, walk: Walk) -> None:
        """How many questions more, or fewer, are asked now than when one was told last, or that others are.

        Going beside the short way makes no more of them.
        """
        now = {one.prompt.id for one in walk.asked() if one.prompt.core or not walk.is_short}
        before = now if self._counted is None else self._counted
        self._counted, more = now, len(now) - len(before)
        if now == before:
            return
        several = f"{abs(more)} {'more questions' if more > 0 else 'questions fewer'}"
        change = {1: "One more question", -1: "One question fewer"}.get(more, several)
        if now - before and before - now:
            change = "Other questions"
        given = walk.response.answers
        had = [name for name in before - now if name in given and not not_answer(given[name])]
        kept = " What you had answered there is kept." if had else ""
        self._prompter.say(f"{change} now, because of your answer.{kept}")

    def _leave_section(self, walk: Walk) -> None:
        """Close a section with its scores and words given back; a private one with whom to turn to."""
        left, say = self._section, self._prompter.say
        if left is None:
            return
        for lines in self._ends.tell(left, walk.asked()):
            say()
            _tell_lines(self._prompter, self._told.lines(left.id, lines, again=False), lead="")
        if self._is_private(left) and left.id not in self._told.left:
            self._told.left.add(left.id)
            say()
            if self._supported:
                say(":support shows whom you can turn to.")
            else:
                say("This comes after every private part, whatever you said.", style="quiet")
                self.support()

    def _enter_section(self, section: Section, *, is_short: bool) -> None:
        say = self._prompter.say
        self._section = section
        say()
        say(section.title, style="strong")
        if section.id in self._told.parts:
            return
        self._told.parts.add(section.id)
        if section.epigraph and not is_short:
            words = unwrapped(section.epigraph.text)
            say(words if section.epigraph.paraphrase else f"“{words}”", style="quiet")
            source = epigraph_source(section.epigraph)
            if source:
                say(f"— {source}", style="quiet")
        self._tell_who_sees(section)
        if intro := self._told.new(section.intro):
            say(intro.partition("\n\n")[0] if is_short else intro)

    def _tell_who_sees(self, section: Section) -> None:
        """A section's notice, whether it is private or can be shared; how to go past it."""
        private = say_what_is_private_in(section, self._worksheet)
        said = " ".join(filter(None, (self._told.new(section.notice), private)))
        if said:
            skips = self._told.hints(":skip part goes past it.", again=not self._world.terse)
            self._prompter.say(f"{said} {skips}".rstrip())
        shared = "" if self._is_private(section) else say_what_can_be_shared(self._worksheet)
        if shared := self._told.new(shared):
            self._prompter.say(shared)

    def _tell_prompt(self, turn: Turn, everything: tuple[Asked, ...]) -> None:
        """Number, question and state; and what is not known of it: help, what it builds on, its legend."""
        say, prompt = self._prompter.say, turn.asked.prompt
        is_known = self._told.knows(prompt.id) and not self._in_full
        say()
        say(f"Question {turn.number} of {turn.total}{MARK[prompt.id in self._private]}", style="quiet")
        say(unwrapped(prompt.ask), style="strong")
        if prompt.help and not is_known:
            say(unwrapped(prompt.help))
        if not self._has_recalled:
            lines = recall_lines(recalled(prompt, everything, self._private))
            _tell_lines(self._prompter, self._told.lines(prompt.id, lines, again=self._in_full))
        self._has_recalled = False
        if state := self._state(turn, is_known=is_known):
            say(state)
        # The legend is told also where the walk goes on in the middle of a question.
        if self._in_full:
            _tell_lines(self._prompter, turn.step.legend)
        elif not is_known:
            _tell_lines(self._prompter, self._told.legend(turn.step.legend, turn.step.hint))

    def _state(self, turn: Turn, *, is_known: bool) -> str:
        """Why a question has no answer; to a listener also what is there, where no one step says it."""
        one = turn.asked
        if one.not_answer:
            return f"So far: {NOT_ANSWERS[one.not_answer]}."
        if not self._world.aloud:
            return ""
        if one.value is None:
            return "So far: not answered." if is_known else ""
        brief = one.prompt.brief(one.value, one.around) if len(turn.steps) > 1 else ""
        return f"So far: {shortened(brief, _BRIEF_STATE)}" if brief else ""

    def _tell_step(self, turn: Turn) -> None:
        """The step; in full where nothing of this question was told just before."""
        step, name, in_full = turn.step, turn.asked.prompt.id, self._in_full
        if step.about and self._prompt_is_new:
            self._prompter.say(step.about)
        if self._prompt_is_new and step.reminder:
            _tell_lines(self._prompter, self._told.lines(name, step.reminder, again=in_full))
        elif in_full and not turn.is_first_step:
            _tell_lines(self._prompter, turn.steps[0].lines)
        if self._prompt_is_new and step.whole:
            step = replace(step, label=step.whole)
        elif turn.once_more and step.key == (NEW,):  # what is there was shown
            step = replace(step, lines=())
        self._in_full = False
        # What helps with a column helps in each row: the first says it, and `?` says it again.
        again = in_full or (self._prompt_is_new and not self._world.aloud)
        lines = self._told.lines(name, step.lines, again=in_full)
        help_, label = self._told.hints(step.help, again=again), step.label
        label = self._told.label(name, label, again=in_full or self._prompt_is_new)
        step = replace(step, label=label, help=help_, lines=lines)
        tell_step(self._prompter, step, self._hint(turn, in_full=in_full))

    def _hint(self, turn: Turn, *, in_full: bool) -> str:
        """What can be typed, as far as it was not told; the first step of a question says all of it."""
        hint, prompt, keeps, other = turn.step.hint, turn.asked.prompt, "", ""
        if turn.step.answer and ONE_BY_ONE in hint:
            hint = hint.replace(ONE_BY_ONE, f"- to empty all, {ONE_BY_ONE}")
        elif turn.step.answer and not hint.startswith("Enter keeps"):
            keeps = "Enter keeps it, - empties it."
        if turn.is_first_step and (prompt.not_answers or prompt.id in self._private):
            other = f"Or answer :{' or :'.join((*prompt.not_answers, 'prefer-not'))}."
        is_asked_for = in_full or (turn.is_first_step and not self._world.terse)
        return self._told.hints(keeps, hint, other, again=is_asked_for)

    def again(self) -> None:
        """Let the next question be told once more."""
        self._prompt = ""

    def in_full(self) -> None:
        """Let the next question be told with all it has: the list of its items too."""
        self.again()
        self._in_full = True

    def aside(self) -> None:
        """Let the question be told once more behind something else; to a listener by its name alone."""
        self.again()
        self._by_name = self._world.aloud

    def _is_said_by_name(self, walk: Walk) -> bool:
        """Say behind an aside where the listener still is; whether that was to be done."""
        by_name, self._by_name = self._by_name, False
        if by_name:
            self._prompt = "" if walk.at_review else walk.turn().asked.prompt.id
            self._prompter.say()
            self._prompter.say(question_at(walk).name)
        return by_name

    def why(self, walk: Walk) -> None:
        """Why this is asked, at the first question also what the worksheet is about; where to read on."""
        say, turn = self._prompter.say, walk.turn()
        about = self._worksheet.about if turn.number == 1 else ""
        reasons = filter(None, map(unwrapped, (turn.asked.prompt.why, about)))
        say("\n\n".join(reasons) or "The worksheet does not say more about this question.")
        resources = to_read_on(turn.asked.section, self._worksheet)
        if resources:
            say("To read on:")
            _tell_lines(self._prompter, map(resource_line, resources), lead="- ")

    def recall(self, walk: Walk) -> None:
        """The earlier answers that help here, in full; the question that follows does not begin with them."""
        found = recalled(walk.turn().asked.prompt, walk.asked(), self._private)
        for one in found:
            self._prompter.say(f"{one.number}. {one.question}{MARK[one.is_private]}")
            _tell_lines(self._prompter, one.lines)
        if not found:
            self._prompter.say("There is no earlier answer to show here.")
        self._has_recalled = True

    def help(self) -> None:
        """What can be typed."""
        for typed, does in HELP:
            self._prompter.say(f"{typed:<16} {does}")

    def support(self) -> None:
        """Whom to turn to."""
        self._supported = True
        tell_support(self._prompter, self._world)

    def overview(self, walk: Walk) -> None:
        """All questions with how far each is."""
        tell_list(self._prompter, walk, self._private)

    def review(self, walk: Walk) -> None:
        """Everything given, before it is finished; to a listener once, and then what has changed."""
        if self._is_said_by_name(walk):
            return
        self._tell_count(walk)
        self._leave_section(walk)
        self._section = None
        self.again()
        heard = self._reviewed if self._world.aloud and not self._in_full else None
        self._in_full = False
        self._prompter.say()
        self._reviewed = tell_review(self._prompter, walk, self._private, heard=heard)


def question_at(walk: Walk) -> Question:
    """What the walk asks now, for the conversation that takes a line for it."""
    at = walk.response.at
    if walk.at_review:
        return Question(at, "The review: type a number to change that answer, or Enter to go on.")
    turn = walk.turn()
    name = turn.step.label or shortened(turn.asked.prompt.ask, _SHORT_NAME)
    name = f"Question {turn.number} of {turn.total}: {name}"
    return Question(at, name, way_on=":skip", legend=" · ".join(turn.step.legend))


def tell_step(prompter: Prompter, step: Step, hint: str) -> None:
    """Tell one thing asked: its label, its lines, what stands there, and the `hint` what can be typed."""
    say = prompter.say
    if step.label:
        say()
        say(step.label)
    if step.help:
        say(f"   {unwrapped(step.help)}", style="quiet")
    _tell_lines(prompter, step.lines)
    if "\n" in step.answer or len(step.answer) > _BRIEF:
        say("So far:")
        say(step.answer)
    elif step.answer:
        say(f"So far: {step.answer}")
    if hint:
        say(hint, style="quiet")


def tell_support(prompter: Prompter, world: World) -> None:
    """Tell whom one can turn to, inside a walk or before it; how to add somebody is for another moment."""
    prompter.say(SUPPORT_HEAD)
    _tell_lines(prompter, (line for line in world.support() if line != ADD_OWN), lead="- ")


def _tell_lines(prompter: Prompter, lines: Iterable[str], *, lead: str = "   ") -> None:
    for line in lines:
        prompter.say(f"{lead}{line}")
