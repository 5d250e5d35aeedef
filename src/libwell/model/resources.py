"""Where to read on and whom to turn to: courses, books, guides, helplines."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from libwell.errors import LibwellError
from libwell.model.base import Many, Model, NotTooMany, Said, Text

ResourceKind = Literal[
    "course", "training", "webinar", "book-list", "article", "guide", "task-force", "helpline"
]
Audience = Literal["staff", "patrons", "leaders"]
_RESOURCE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_COUNTRY = re.compile(r"([A-Z]{2})?")


def _check_resource_id(text: str) -> str:
    if not _RESOURCE_ID.fullmatch(text):
        raise ValueError(
            "the id of a resource is made of small letters, digits and hyphens, such as 988-lifeline"
        )
    return text


def check_country(text: str) -> str:
    """Return a country's two letters (ISO 3166-1). Raises ValueError."""
    if not _COUNTRY.fullmatch(text):
        raise ValueError("a country is two capital letters, such as US, CA or DE")
    return text


ResourceId = Annotated[
    str,
    AfterValidator(_check_resource_id),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{_RESOURCE_ID.pattern}$",
            "description": "A short name for addresses, such as 988-lifeline.",
        }
    ),
]
"""Unlike other ids it may begin with a digit: helplines are called by their numbers."""
Country = Annotated[
    str,
    AfterValidator(check_country),
    WithJsonSchema({"type": "string", "pattern": f"^{_COUNTRY.pattern}$"}),
]


def _check_day(value: object) -> object:
    """A day as its text, also where a file has it without quotation marks. Raises ValueError."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, str) and value:
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError("a day is written as 2026-11-27: year, month, day") from None
    return value


Day = Annotated[Text, BeforeValidator(_check_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day as text, such as 2026-11-27; empty: none."""


class Resource(Model):
    """One place to read on or to turn to. A helpline without a country is there everywhere."""

    id: ResourceId
    title: Said = Field(description="What it is called.")
    provider: Said = Field(description="Who offers it.")
    kind: ResourceKind = Field(description="What it is.")
    audience: Annotated[Many[Audience], Field(min_length=1)] = Field(description="Whom it is for.")
    topics: Many[Said] = Field(default=(), description="What it is about, in single words.")
    about: Said = Field(description="What it is about, in a sentence or two.")
    country: Country = Field(
        default="", description="Where it is there: two letters such as US. Left out: everywhere."
    )
    url: Text = Field(default="", description="Its address.")
    looked_up: Day = Field(default="", description="The day somebody last looked it up, such as 2026-11-27.")
    without_voice: Many[Said] = Field(
        default=(), description="Of a helpline: ways without a voice, such as chat or TTY, one each."
    )


class Resources(Model):
    """A file of resources, with a few words before them."""

    libwell: str
    intro: Text = ""
    resources: Annotated[Many[Resource], NotTooMany] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The resources at hand with the words before them, and what could not be read."""

    intro: str
    resources: tuple[Resource, ...]
    failed: tuple[LibwellError, ...]
