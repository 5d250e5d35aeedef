"""What every model shares: strict reading, ids, levels, and the tables that options and items are.

No rule lives here that needs more than one file's own text to decide.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from libwell.model.action_words import LEVEL_NAMES, LEVELS, LevelName

TEXT_LIMIT = 100_000
"""Characters in one text, at most."""

ID_PATTERN = re.compile(r"[a-z][a-z0-9-]{0,63}")
_RESERVED = re.compile(r"other|(?:other|row)-\d+|not-answered|true|false")
_RESERVED_INSIDE = re.compile(r"other|other-.*|row-.*|not-answered|true|false")


def _level_kept(value: Any) -> Any:
    """A level as files keep it: `organization` is read too."""
    return LEVEL_NAMES.get(value, value) if isinstance(value, str) else value


Level = Annotated[
    LevelName,
    BeforeValidator(_level_kept),
    WithJsonSchema(
        {
            "type": "string",
            "enum": [*LEVELS, "organization"],
            "description": "Whose step it is. Left out: as around it, else the team's.",
        }
    ),
]

_MOST_TABLES = 5_000

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Strict(strict=False)]
"""A TOML array, kept as a tuple."""


def _check_count(value: Any) -> Any:
    if isinstance(value, list) and len(value) > _MOST_TABLES:
        raise ValueError(f"at most {_MOST_TABLES:,} of these are read")
    return value


class OrName:
    """Tells schemas that a name can stand in the place of a value, as it is replaced before it is read."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the value, or a name."""
        return {"anyOf": [handler(schema), {"type": "string", "pattern": f"^{ID_PATTERN.pattern}$"}]}


NotTooMany = BeforeValidator(_check_count)
"""For tables that lack many keys at once: tens of thousands of them are refused before each is told of."""


def _check_id(text: str) -> str:
    if not ID_PATTERN.fullmatch(text):
        raise ValueError(
            "an id is a small letter, then up to 63 small letters, digits and hyphens, such as quiet-room"
        )
    if _RESERVED.fullmatch(text):
        raise ValueError(f"the id {text} is reserved; choose another")
    return text


def _check_inner_id(text: str) -> str:
    if _RESERVED_INSIDE.fullmatch(text):
        raise ValueError(f"the id {text} is reserved for own entries and added rows; choose another")
    return text


def check_text(text: str) -> str:
    """Return a text that is not too long. Raises ValueError."""
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"a text has at most {TEXT_LIMIT:,} characters")
    return text


def _check_not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("this text is empty; write it, or leave the key out")
    return text


def _id_schema(reserved: re.Pattern[str]) -> WithJsonSchema:
    """Show an editor what an id is."""
    return WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{ID_PATTERN.pattern}$",
            "not": {"pattern": f"^({reserved.pattern})$"},
            "description": "A short name for files and addresses: small letters, digits and hyphens.",
        }
    )


Id = Annotated[str, AfterValidator(_check_id), _id_schema(_RESERVED)]
InnerId = Annotated[Id, AfterValidator(_check_inner_id), _id_schema(_RESERVED_INSIDE)]
"""An id inside a prompt, where own entries (`other-1`) and added rows (`row-1`) have theirs."""
_TEXT_SCHEMA = {"type": "string", "maxLength": TEXT_LIMIT}
Text = Annotated[str, AfterValidator(check_text), WithJsonSchema(_TEXT_SCHEMA)]
Said = Annotated[Text, AfterValidator(_check_not_blank), WithJsonSchema(_TEXT_SCHEMA | {"pattern": r"\S"})]
"""A text that has to say something."""

Distance = Annotated[int | float, Field(gt=0), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
"""How far apart numbers are."""


class Model(BaseModel):
    """Frozen, strict about types, refusing unknown keys; keys that begin with `x-` are ignored."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        hide_input_in_errors=True,
        allow_inf_nan=False,
        defer_build=True,  # most are only read inside others
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_extensions(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if not str(key).startswith("x-")}
        return data


class Item(Model):
    """An item, a row or a column: what it is called, and the first step it suggests."""

    id: InnerId
    text: Said = Field(description="What is shown.")
    help: Text = Field(default="", description="A few words more.")
    suggest: Text = Field(default="", description="The first wording of its step at the plan.")
    level: Level | None = None


class Option(Item):
    """Something that can be picked; with `offer` its pick is put before the person at the plan."""

    offer: bool = Field(default=False, description="true: what gets it is put before the person at the plan.")


class PointedOption(Option):
    """An option that may count for a score."""

    points: int | float | None = Field(
        default=None, description="What it counts for in a score. Left out: it is left out of the score."
    )


@dataclass(frozen=True, slots=True)
class Pick:
    """A thing picked elsewhere that makes a row or an option here. `id` may be an own entry's.

    `suggest` and `level` are those of the item it is, `point` is what it was rated, `marks` what it carries.
    """

    id: str
    text: str
    help: str = ""
    suggest: str = ""
    level: Level | None = None
    point: int | None = None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to put before the person at the plan.

    `address` says where it comes from, `step` is the first wording, `about` names it in the worksheet's
    words, `level` is the nearest one said inside the prompt (None: the prompt's own), `marks` the marks
    of a checklist that made it an offer. `who`, `due`, `know` and `notes` are what else was said of the step.
    """

    address: str
    step: str
    about: str
    level: Level | None = None
    marks: frozenset[str] = frozenset()
    who: str = ""
    due: dt.date | str | None = None
    know: str = ""
    notes: str = ""
