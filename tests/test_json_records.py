"""Records that leave: each field of them is described, and a closed schema of each takes what is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from build import things, worksheet_of
from libwell.export.json import render
from libwell.model import verb_records
from libwell.model.report_records import ReportRecord
from libwell.rules.team.report_data import read_earlier, report_data
from team_build import Facilitator, copies_of

VERBS = {
    "list": verb_records.ListRecord,
    "show": verb_records.ShowRecord,
    "responses": verb_records.ResponsesRecord,
    "actions": verb_records.ActionsRecord,
    "resources": verb_records.ResourcesRecord,
    "check": verb_records.CheckRecord,
    "doctor": verb_records.DoctorRecord,
}
RECORDS: list[Any] = [*VERBS.values(), ReportRecord]


def closed(record: Any) -> Draft202012Validator:
    """What takes the JSON of a record with every field it says, and with no other."""
    schema = TypeAdapter(record).json_schema()
    for table in (schema, *schema["$defs"].values()):
        if "properties" in table:
            table["additionalProperties"] = False
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_is_described(record: Any) -> None:
    schema = TypeAdapter(record).json_schema()
    for table in (schema, *schema["$defs"].values()):
        assert table.get("description") or "properties" not in table
        for name, field in table.get("properties", {}).items():
            assert "description" in field or "$ref" in field, name


def test_a_report_is_its_record() -> None:
    sheet = worksheet_of(
        f"""id = "rated", kind = "rating", items = {things("a")},
            scale = {{ min = 0, max = 3, labels = ["no", "yes"] }}""",
        'id = "words", kind = "text"',
    )
    desk = Facilitator()
    given = [f'rated = {{ a = {point} }}\nwords = "So"' for point in (0, 0, 0, 3, 3, 3)]
    before = json.loads(render(report_data(desk.report(copies_of(sheet, *given)))))
    closed(ReportRecord).validate(before)
    earlier = read_earlier(before)
    after = json.loads(render(report_data(desk.report(copies_of(sheet, *given), earlier=earlier))))
    closed(ReportRecord).validate(after)
    told = [group["earlier"] for place in after["worksheets"][0]["places"] for group in place["groups"]]
    assert all(told)
