"""A shared copy of a response, and the withdrawal of one: what may lie on somebody else's desk.

Unlike a response it keeps nothing it does not know. What goes into a copy, and what is taken of one, is
`rules.sharing`'s to say; nothing here knows a worksheet.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from libwell.kinds.values import Value
from libwell.model.response import Action, Definition, Person, Pseudonym, SharedId, SharedRevision


class _Dropping(BaseModel):
    """Frozen and strict, and drops what it does not know."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", hide_input_in_errors=True)


class SharedPerson(Person):
    """Who it is from, as far as they let it be known."""

    model_config = ConfigDict(extra="ignore")


class SharedAction(Action):
    """One step of the plan."""

    model_config = ConfigDict(extra="ignore")


class SharedDefinition(Definition):
    """The worksheet as it was asked."""

    model_config = ConfigDict(extra="ignore")


class Shared(_Dropping):
    """A copy of a response without what is private.

    All copies of one response have one `shared_id` and one `key`, which no other file holds (copies made
    before there was one have none). The `revision` rises when something else is shared. Of `answers` only
    those are there that were given and may leave; `person.name` and `who` of an action are empty unless they
    were shared by name.
    """

    libwell: Literal["shared/1"] = "shared/1"
    shared_id: SharedId
    revision: SharedRevision
    pseudonym: Pseudonym
    key: SharedId | Literal[""] = ""
    person: SharedPerson = Field(default_factory=SharedPerson)
    answers: dict[str, Value] = Field(default_factory=dict)
    actions: tuple[SharedAction, ...] = Field(default=(), strict=False)
    definition: SharedDefinition


class Withdrawal(_Dropping):
    """Says that no copy with this `shared_id` and a lower revision counts any more."""

    libwell: Literal["withdrawal/1"] = "withdrawal/1"
    shared_id: SharedId
    revision: SharedRevision
