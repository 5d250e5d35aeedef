"""What leaves with a shared copy and what stays, told to the person it is about, before anything is written.

What leaves is read off the copy itself. Of what stays only questions and numbers are told, never an answer;
even so it is for the person's own screen alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.kinds.values import NOT_ANSWERS
from libwell.model.characters import counted, one_line
from libwell.model.document import Document, Facts, Heading, Listing, Paragraph, filled
from libwell.rules.documents import task_of
from libwell.rules.privacy import for_audience, is_private_action
from libwell.rules.sharing import as_response, asked_in, measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.document import Block
    from libwell.model.response import Action, Response
    from libwell.model.shared import Shared
    from libwell.model.worksheet import Worksheet


WITHDRAWAL = (
    "This file says that your copy no longer counts. Send it to whoever has the copy. Reports and plans made "
    "from then on leave out your steps, your words and your name. What was never told is never told. Numbers "
    "told before may stay as they are: to take one person out of them would show what that person answered. "
    "What somebody has read, it can't take back."
)
"""What a withdrawal does, and what it can't do."""


@dataclass(frozen=True, slots=True)
class Staying:
    """What of a response is not in its copy.

    Questions with a private answer; questions with own words that stay; answers no longer asked for; private
    steps; whether names, or words beside steps, stay.
    """

    private: tuple[str, ...]
    words: tuple[str, ...]
    unasked: int
    steps: int
    names: bool
    beside_steps: bool

    @property
    def count(self) -> int:
        """How many private answers and steps stay."""
        return len(self.private) + self.steps


def staying(response: Response, worksheet: Worksheet, copy: Shared) -> Staying:
    """What of a response stays here when this copy of it leaves."""
    own = for_audience(response, worksheet, private=True)
    steps = [one for one in own.actions if not is_private_action(one, own.worksheet, own.private)]
    private, words = [], []
    for one in own.measured:
        if one.prompt.id in own.private:
            private.append(one_line(one.prompt.ask))
        elif copy.answers.get(one.prompt.id) != one.entry:
            words.append(one_line(one.prompt.ask))
    return Staying(
        private=tuple(private),
        words=tuple(words),
        unasked=len(response.retired) + len(response.answers.keys() - {one.prompt.id for one in own.asked}),
        steps=len(own.actions) - len(steps),
        names=bool(response.person.name and not copy.person.name) or _lacks(steps, copy, ("who",)),
        beside_steps=_lacks(steps, copy, ("know", "notes", "due")),
    )


def _lacks(steps: list[Action], copy: Shared, names: tuple[str, ...]) -> bool:
    """Whether one of these is there in a step that leaves, and not in the copy."""
    pairs = zip(steps, copy.actions, strict=True)
    return any(getattr(a, name) and not getattr(b, name) for a, b in pairs for name in names)


def leaving_document(copy: Shared, worksheet: Worksheet, stays: Staying, *, is_draft: bool) -> Document:
    """What leaves and what stays. Answers stand in it as they leave, in short, and steps in full."""
    name, team, library = map(one_line, (copy.person.name, copy.person.team, copy.person.library))
    made_up = f"{name} ({copy.pseudonym})" if name else f"{copy.pseudonym}, a name made up for this copy"
    blocks: list[Block] = [Facts(filled(("From", made_up), ("Team", team), ("Library", library)))]
    if is_draft:
        draft = "This is still a draft: what leaves is what is there now. You can share it again later."
        blocks.append(Paragraph(draft))
    blocks += [Heading(2, "What leaves"), *_leaves(copy, worksheet)]
    blocks += [Heading(2, "What stays here"), Listing(tuple(_stays(stays)))]
    return Document(f"A copy to share: {one_line(worksheet.title)}", tuple(blocks), worksheet.language)


def _leaves(copy: Shared, worksheet: Worksheet) -> Iterator[Block]:
    said = []
    for one in measured(asked_in(as_response(copy), worksheet)):
        reason = one.not_answer
        brief = f"({NOT_ANSWERS[reason]})" if reason else one_line(one.prompt.answer(one.value, one.around))
        said.append(f"{one_line(one.prompt.ask)}\n{brief}")
    if said:
        yield Listing(tuple(said), title="Your answers")
    if copy.actions:
        yield Paragraph("Your steps, word for word. If there is a name in one, it goes along:")
        yield from map(task_of, copy.actions)
    yield Paragraph("And the questions of the worksheet, as they were asked.")


def _stays(stays: Staying) -> Iterator[str]:
    yield from map("Private: {}".format, stays.private)
    if stays.steps:
        yield f"{counted(stays.steps, 'private step', 'private steps')} of your plan"
    if stays.names:
        yield "Your name, and who does what (to share them: --named)"
    yield from map("In your own words: {} (to share it: --with-text)".format, stays.words)
    if stays.beside_steps:
        yield "How you will know, notes, and days given in words (to share them: --with-text)"
    if stays.unasked:
        yield "Answers to questions that are no longer asked"
    yield "When you answered, and what this response is called here"
