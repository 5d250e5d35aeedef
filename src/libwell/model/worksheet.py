"""A worksheet: its head, its sections, its prompts, as docs/format.md has them.

What can be judged by one file's own shape is judged here; what looks from one place to another
(addresses, conditions, includes) is `rules.mistakes`'s and `rules.composing`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from libwell.kinds.base import Prompt
from libwell.kinds.registry import OfAnyKind
from libwell.model.base import ID_PATTERN, Id, Level, Many, Model, NotTooMany, Said, Text
from libwell.model.between_keys import ID_OR_EMPTY, TRUE, between, having, only
from libwell.model.conditions import Condition
from libwell.model.named_parts import NamedScale, OptionSet, written_out
from libwell.model.resources import Resource, ResourceId
from libwell.model.scores import Score

AnyPrompt = Annotated[Prompt, OfAnyKind]
"""A prompt of any kind."""

FORMAT_VERSION = 1
_BESIDE_INCLUDE = {"include", "title", "intro", "when", "private", "prefix"}


class Source(Model):
    """Where something comes from (`source`), where to read on (`further`), or a published `instrument`."""

    model_config = between(
        if_=having("role", role={"const": "instrument"}),
        then=having("key", "licence"),
        else_=having(key={"maxLength": 0}, licence={"maxLength": 0}),
    )

    title: Said = Field(description="The title of the book, course or page.")
    author: Text = Field(default="", description="Who wrote it.")
    publisher: Text = Field(default="", description="Who published it.")
    year: int | None = Field(default=None, description="When it was published.")
    url: Text = Field(default="", description="Its address.")
    note: Text = Field(default="", description="A few words about it.")
    role: Literal["source", "further", "instrument"] = Field(
        default="source",
        description="source: this worksheet comes from it; further: to read on; instrument: it is this one.",
    )
    key: Text = Field(default="", description="Of an instrument: where its scoring is laid down.")
    licence: Text = Field(default="", description="Of an instrument: under which it is used.")

    @model_validator(mode="after")
    def _check_instrument(self) -> Self:
        if self.role == "instrument" and not (self.key.strip() and self.licence.strip()):
            raise ValueError("an instrument needs its `key` and its `licence`")
        if self.role != "instrument" and (self.key or self.licence):
            raise ValueError('`key` and `licence` go with role = "instrument"')
        return self


class Epigraph(Model):
    """A sentence to begin with, and whose it is."""

    text: Said = Field(description="The sentence.")
    source: Text = Field(default="", description="Whose it is.")
    paraphrase: bool = Field(default=False, description="true: not in the words of the source.")


class Section(Model):
    """Prompts that belong together, or an `include` of another worksheet's sections."""

    model_config = between(
        if_=having("include"),
        then=only("include", beside="title intro when private prefix")
        | having(private=TRUE, prefix=ID_OR_EMPTY),
        else_=having("id", "title", prefix={"maxLength": 0}),
    )

    id: Id = ""
    title: Said = Field(default="", description="Its heading.")
    intro: Text = Field(default="", description="A few words before its first question.")
    notice: Text = Field(default="", description="What to know before going on.")
    facilitator: Text = Field(default="", description="For those who lead a group through it.")
    private: bool | None = Field(
        default=None, description="Whether its answers are private. Left out: as the worksheet has it."
    )
    level: Level | None = None
    when: Condition | None = None
    learn_more: Many[ResourceId] = Field(default=(), description="Ids of resources to read on.")
    epigraph: Epigraph | None = None
    prompts: Many[AnyPrompt] = Field(default=(), description="The questions, in the order asked.")
    include: str | None = Field(
        default=None, description="A worksheet whose sections stand here: its id, or id#section for one."
    )
    prefix: str = Field(default="", description="With include: goes before every id in it, such as care-.")

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

    def map_prompts(self, function: Callable[[Prompt], Prompt | None], **changes: object) -> Self:
        """Give the section with each prompt replaced by what the function gives; None drops it.

        `changes` holds other keys to change.
        """
        prompts = tuple(filter(None, map(function, self.prompts)))
        return self.model_copy(update={"prompts": prompts, **changes})


class Worksheet(Model):
    """What is asked. Names of scales and option sets are replaced by what they stand for as it is read.

    `resources` holds what its sections name in `learn_more`, so that it can be read where the worksheet is.
    """

    libwell: str = Field(
        description="What this file is, and in which version of the format.",
        json_schema_extra={"const": f"worksheet/{FORMAT_VERSION}"},
    )
    id: Id
    version: Said = Field(description="Its own version, such as 1.0.")
    title: Said = Field(description="What it is called.")
    summary: Text = Field(default="", description="What it is about, in a sentence.")
    minutes: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="About how long it takes."
    )
    language: Said = Field(default="en", description="The language it is written in. Left out: en.")
    private: bool = Field(
        default=True, description="Whether answers are private, where section and prompt do not say."
    )
    level: Level = "team"
    notice: Text = Field(default="", description="Read before the first question.")
    about: Text = Field(
        default="", description="More on what it is and why; shown to those who type :why at its beginning."
    )
    short_minutes: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="About how long the short way takes: its core questions."
    )
    facilitator: Text = Field(
        default="", description="For those who lead a group through it: purpose, agreements, timing, closing."
    )
    sources: Many[Source] = Field(default=(), description="Where it comes from, and where to read on.")
    scales: Annotated[Many[NamedScale], NotTooMany] = Field(
        default=(), exclude=True, description="Scales with a name, which ratings then have by that name."
    )
    option_sets: Annotated[Many[OptionSet], NotTooMany] = Field(
        default=(), exclude=True, description="Options with a name, for prompts and columns that have them."
    )
    sections: Annotated[Many[Section], Field(min_length=1)] = Field(description="What is asked, in order.")
    scores: Annotated[Many[Score], NotTooMany] = Field(
        default=(), description="What is counted of ratings, and what to say of it."
    )
    resources: Annotated[Many[Resource], NotTooMany] = Field(
        default=(), description="Resources that learn_more names in a section."
    )

    @model_validator(mode="before")
    @classmethod
    def _write_out_names(cls, data: Any) -> Any:
        return written_out(data)

    @property
    def has_short_way(self) -> bool:
        """Whether some questions make a short way, and it says how long that takes."""
        return self.short_minutes is not None and any(prompt.core for _, prompt in self.prompts())

    def prompts(self) -> Iterator[tuple[Section, Prompt]]:
        """Every prompt with its section, in the order asked."""
        for section in self.sections:
            for prompt in section.prompts:
                yield section, prompt

    def placed(self) -> Iterator[tuple[tuple[str | int, ...], Prompt]]:
        """Every prompt with its path in the file, in the order asked."""
        for number, section in enumerate(self.sections):
            for position, prompt in enumerate(section.prompts):
                yield ("sections", number, "prompts", position), prompt

    def map_prompts(self, function: Callable[[Prompt], Prompt | None]) -> Self:
        """Give the worksheet with each prompt replaced by what the function gives; None drops it."""
        sections = tuple(section.map_prompts(function) for section in self.sections)
        return self.model_copy(update={"sections": sections})

    def by_id(self) -> dict[str, Prompt]:
        """The prompts by their ids, in the order asked."""
        return {prompt.id: prompt for _, prompt in self.prompts()}

    def find(self, prompt_id: str | None) -> Prompt | None:
        """The prompt with this id; None where there is none, or no id."""
        return self.by_id().get(prompt_id or "")
