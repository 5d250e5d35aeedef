"""The kinds of prompt there are, each imported when a worksheet has one.

A new kind is a file beside this one and a line here. It must not know what a kind does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pkgutil import resolve_name
from typing import Annotated, Any, Union

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError
from pydantic_core.core_schema import no_info_plain_validator_function

from libwell.kinds.base import Prompt

KINDS: Mapping[str, str] = {
    "text": "libwell.kinds.text:TextPrompt",
    "yes-no": "libwell.kinds.yes_no:YesNoPrompt",
    "choice": "libwell.kinds.choice:ChoicePrompt",
    "choices": "libwell.kinds.choices:ChoicesPrompt",
    "number": "libwell.kinds.number:NumberPrompt",
    "date": "libwell.kinds.date:DatePrompt",
    "rating": "libwell.kinds.rating:RatingPrompt",
    "ranking": "libwell.kinds.ranking:RankingPrompt",
    "checklist": "libwell.kinds.checklist:ChecklistPrompt",
    "list": "libwell.kinds.list:ListPrompt",
    "table": "libwell.kinds.table:TablePrompt",
    "plan": "libwell.kinds.plan:PlanPrompt",
}
"""The class of each kind, by the word that a worksheet has for it."""


@cache
def kind_of_prompt(name: str) -> type[Prompt]:
    """Import a kind.

    `name` is one of `KINDS`. Raises KeyError for any other.
    """
    kind: type[Prompt] = resolve_name(KINDS[name])
    return kind


def read_prompt(data: Any) -> Prompt:
    """Read a prompt's table as its kind has it, or take a prompt as it is. Raises what pydantic reports."""
    if isinstance(data, Prompt):
        return data
    if not isinstance(data, Mapping):
        raise PydanticKnownError("model_attributes_type")
    if "kind" not in data:
        raise PydanticKnownError("union_tag_not_found", {"discriminator": "'kind'"})
    name = data["kind"]
    if not isinstance(name, str) or name not in KINDS:
        expected = ", ".join(f"'{kind}'" for kind in KINDS)
        context = {"discriminator": "'kind'", "tag": str(name), "expected_tags": expected}
        raise PydanticKnownError("union_tag_invalid", context)
    return kind_of_prompt(name).model_validate(data)


class OfAnyKind:
    """Tells pydantic that a prompt is read as its kind, and schemas that it is one of all kinds."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Prompt], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read by `read_prompt`."""
        return no_info_plain_validator_function(read_prompt)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe every kind."""
        every: Any = Union[tuple(map(kind_of_prompt, KINDS))]  # noqa: UP007 - made of a tuple
        union: TypeAdapter[Prompt] = TypeAdapter(Annotated[every, Field(discriminator="kind")])
        return handler(union.core_schema)
