"""JSON Schema of what goes between the keys of a table, for editors: said beside the validator it repeats.

It decides nothing: what a model takes is its validators' to say.
"""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from libwell.model.base import ID_PATTERN

Schema = dict[str, Any]

SOME: Schema = {"minItems": 1}
NONE: Schema = {"maxItems": 0}
FALSE: Schema = {"const": False}
TRUE: Schema = {"const": True}
ID_OR_EMPTY: Schema = {"pattern": f"^({ID_PATTERN.pattern})?$"}


def between(**rules: Any) -> ConfigDict:
    """Give the configuration of a model whose JSON Schema has these rules as well."""
    return ConfigDict(json_schema_extra={name.strip("_"): rule for name, rule in rules.items()})


def having(*needed: str, **keys: Schema | bool) -> Schema:
    """A table in which these keys are needed, and these are so. Tombi wants to hear that it is left open."""
    required = {"required": [*needed]} if needed else {}
    return {**required, "properties": keys, "additionalProperties": True}


def only(*needed: str, beside: str = "") -> Schema:
    """A table with these keys, and no others but those that may stand beside them."""
    names = "|".join([*needed, *beside.split()])
    return having(*needed) | {"propertyNames": {"pattern": f"^({names}|x-.*)$"}}
