"""What verbs print as JSON: each field is described; a closed schema of each takes what is printed."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from libwell.model import verb_records
from libwell.model.comparison_records import ComparisonRecord

VERBS = {
    "list": verb_records.ListRecord,
    "show": verb_records.ShowRecord,
    "responses": verb_records.ResponsesRecord,
    "actions": verb_records.ActionsRecord,
    "resources": verb_records.ResourcesRecord,
    "check": verb_records.CheckRecord,
    "compare": ComparisonRecord,
    "doctor": verb_records.DoctorRecord,
    "team-plan": verb_records.TeamPlanRecord,
    "team-status": verb_records.TeamStatusRecord,
    "team-told": verb_records.TeamToldRecord,
}


def closed(record: Any) -> Draft202012Validator:
    """What takes the JSON of a record with every field it says, and with no other."""
    schema = TypeAdapter(record).json_schema()
    for table in (schema, *schema["$defs"].values()):
        if "properties" in table:
            table["additionalProperties"] = False
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("record", VERBS.values(), ids=lambda record: record.__name__)
def test_every_field_is_described(record: Any) -> None:
    schema = TypeAdapter(record).json_schema()
    for table in (schema, *schema["$defs"].values()):
        assert table.get("description") or "properties" not in table
        for name, field in table.get("properties", {}).items():
            assert "description" in field or "$ref" in field, name
