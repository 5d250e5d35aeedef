"""What the schema of a record has against one; closed, also a field that it does not say."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft7Validator

from libwell.rules.schemas import schema_text


def closed(schema: Any) -> Any:
    """The schema with no place for a field it does not say."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    more = (
        {"additionalProperties": False} if "properties" in schema and schema.get("type") == "object" else {}
    )
    return {name: closed(part) for name, part in schema.items()} | more


@cache
def validators(name: str) -> tuple[Draft7Validator, Draft7Validator]:
    """The schema as it is published, and closed."""
    schema = json.loads(schema_text(name))
    checker = Draft7Validator.FORMAT_CHECKER
    open_, shut = (Draft7Validator(one, format_checker=checker) for one in (schema, closed(schema)))
    return open_, shut


def faults(name: str, data: Any) -> list[str]:
    """What the closed schema has against a record."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validators(name)[1].iter_errors(data)]
