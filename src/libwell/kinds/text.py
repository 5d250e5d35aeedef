"""Kind `text`: words, as many lines as a person likes. Value: `"…"`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from libwell.kinds.base import Prompt
from libwell.kinds.forms import ROWS, Above, InFile, write_on
from libwell.kinds.measures import AnswerPlaces
from libwell.kinds.steps import Around, Key, Step, Taken, check_length
from libwell.kinds.values import Given, Problem, Value, as_words, text_problems
from libwell.model.base import TEXT_LIMIT
from libwell.model.characters import one_line
from libwell.model.document import Block, Paragraph


class TextPrompt(Prompt):
    """Free text; with `long = false` one line."""

    measure = "words"
    says_itself = True
    kind: Literal["text"]
    long: bool = Field(default=True, description="false: one line only.")
    max_length: int = Field(default=TEXT_LIMIT, ge=1, le=TEXT_LIMIT, description="Characters, at most.")

    def steps(self, value: Value | None, around: Around) -> tuple[Step, ...]:
        hint = "Enter starts a new line, an empty line ends." if self.long else ""
        if value and self.long:
            hint = f"What you type is added below. {hint}"
        return (Step(hint=hint, answer=as_words(value), many_lines=self.long, written=True),)

    def take(self, key: Key, text: str, value: Value | None, around: Around) -> Taken:
        """Add a line to a long text; replace a short one."""
        whole = f"{value}\n{text}" if value and self.long else text
        return Taken(check_length(whole, self.max_length), in_words=True)

    def problems(self, value: Value, around: Around) -> Iterator[Problem]:
        return text_problems(value, self.max_length)

    def brief(self, value: Value, around: Around) -> str:
        return one_line(as_words(value))

    def show(self, value: Value, around: Around) -> tuple[Block, ...]:
        return (Paragraph(as_words(value), tone="answer"),)

    def given(self, value: Value, around: Around) -> Iterator[Given]:
        yield Given(value=as_words(value), text=as_words(value), written=True)

    def on_paper(self, above: Above | None) -> Iterator[Block]:
        yield write_on(ROWS if self.long else 1)

    def in_file(self, above: Above | None) -> InFile:
        return InFile()

    def places(self) -> AnswerPlaces:
        return AnswerPlaces()
