"""A worksheet: its head, its sections, its prompts, as FORMAT has them.

What can be judged by one file's own shape is judged here; what looks from one place to another
(addresses, conditions, includes) is `rules.checking`'s and `rules.composing`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from libwell.model.base import ID_PATTERN, Id, Level, Many, Model, Said, Text
from libwell.model.conditions import Condition
from libwell.model.prompts.checklist import ChecklistPrompt
from libwell.model.prompts.choice import ChoicePrompt
from libwell.model.prompts.choices import ChoicesPrompt
from libwell.model.prompts.date import DatePrompt
from libwell.model.prompts.list import ListPrompt
from libwell.model.prompts.number import NumberPrompt
from libwell.model.prompts.plan import PlanPrompt
from libwell.model.prompts.rating import RatingPrompt
from libwell.model.prompts.table import TablePrompt
from libwell.model.prompts.text import TextPrompt
from libwell.model.prompts.yes_no import YesNoPrompt

AnyPrompt = Annotated[
    TextPrompt
    | YesNoPrompt
    | ChoicePrompt
    | ChoicesPrompt
    | NumberPrompt
    | DatePrompt
    | RatingPrompt
    | ChecklistPrompt
    | ListPrompt
    | TablePrompt
    | PlanPrompt,
    Field(discriminator="kind"),
]
"""One line here for each kind."""

FORMAT_VERSION = 1
_BESIDE_INCLUDE = {"include", "title", "intro", "when", "private", "prefix"}


class Source(Model):
    """Where something comes from (`source`), or where to read on (`further`)."""

    title: Said
    author: Text = ""
    publisher: Text = ""
    year: int | None = None
    url: Text = ""
    note: Text = ""
    role: Literal["source", "further"] = "source"


class Epigraph(Model):
    """A sentence to begin with, and whose it is."""

    text: Said
    source: Text = ""
    paraphrase: bool = False


class Section(Model):
    """Prompts that belong together, or an `include` of another worksheet's sections."""

    id: Id = ""
    title: Said = ""
    intro: Text = ""
    notice: Text = ""
    facilitator: Text = ""
    private: bool | None = None
    level: Level | None = None
    when: Condition | None = None
    learn_more: Many[Id] = ()
    epigraph: Epigraph | None = None
    prompts: Many[AnyPrompt] = ()
    include: str | None = None
    prefix: str = ""

    @model_validator(mode="after")
    def _check_include(self) -> Self:
        if self.include is None:
            missing = [name for name in ("id", "title") if not getattr(self, name)]
            if missing:
                raise ValueError(f"a section needs {' and '.join(missing)}")
            if self.prefix:
                raise ValueError("prefix goes with include")
            return self
        beside = self.model_fields_set - _BESIDE_INCLUDE
        if beside:
            raise ValueError(f"beside include there is no place for {', '.join(sorted(beside))}")
        if self.prefix and not ID_PATTERN.fullmatch(self.prefix):
            raise ValueError("a prefix is the beginning of an id, such as care-")
        if self.private is False:
            raise ValueError("an include can make a part more private, never less: leave private out")
        return self


class Worksheet(Model):
    """What is asked."""

    libwell: str
    id: Id
    version: Said
    title: Said
    summary: Text = ""
    minutes: Annotated[int, Field(ge=1, le=10_000)] | None = None
    language: Said = "en"
    private: bool = True
    level: Level = "team"
    notice: Text = ""
    facilitator: Text = ""
    sources: Many[Source] = ()
    sections: Annotated[Many[Section], Field(min_length=1)]

    def prompts(self) -> Iterator[tuple[Section, AnyPrompt]]:
        """Every prompt with its section, in the order asked."""
        for section in self.sections:
            for prompt in section.prompts:
                yield section, prompt

    def find(self, prompt_id: str) -> AnyPrompt | None:
        """The prompt with this id."""
        return next((prompt for _, prompt in self.prompts() if prompt.id == prompt_id), None)
