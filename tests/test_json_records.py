"""What verbs print as JSON: each field is described; a closed schema of each takes what is printed.

The published schemas are tried on what is really printed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from libwell.rules.schemas import PRINTED
from schema_check import faults
from walking import run, saved_files

EXAMPLE = str(Path(__file__).parents[1] / "examples" / "staff-care.toml")

VERBS = {name: record for name, (record, _) in PRINTED.items()}


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


# --- what is really printed -----------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two responses that can be read and one that can't, and an own broken worksheet."""
    folder = tmp_path / "data"
    assert run(folder, "fill", EXAMPLE, EXAMPLE).returncode == 0
    first, *_ = saved_files(folder)
    bad = first.read_text(encoding="utf-8").replace('libwell = "response/1"', "libwell = 3")
    (first.parent / "bad.toml").write_text(bad, encoding="utf-8")
    (folder / "worksheets").mkdir()
    (folder / "worksheets" / "broken.toml").write_text("=", encoding="utf-8")
    return folder


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("list", "list --json"),
        ("show", "show staff-care --json"),
        ("responses", "responses --json"),
        ("view", "view latest --json"),
        ("actions", "actions --json"),
        ("resources", "resources --json"),
        ("check", "check data --json"),
        ("doctor", "doctor --json"),
        ("team-status", "team status data/responses --json"),
        ("team-told", "team told --json"),
        ("exports", "export --all --format json --output -"),
        ("error", "view nope --json"),
        ("error", "check --json"),
        ("error", "export nope --log jsonl --output plans/"),
    ],
)
def test_the_published_schema_takes_what_is_printed_with_every_field(
    data: Path, name: str, line: str
) -> None:
    printed = json.loads(run(data, *line.split(), cwd=data.parent).stdout)
    assert faults(name, printed) == []
    assert faults(name, {**printed, "schema": "libwell.other/1"})


def test_it_takes_two_responses_side_by_side(data: Path) -> None:
    first, second = (path.stem for path in saved_files(data) if path.stem != "bad")
    assert faults("compare", json.loads(run(data, "compare", first, second, "--json").stdout)) == []


def test_it_takes_every_line_of_a_log(data: Path) -> None:
    done = run(data, "export", "--all", "--output", "plans", "--log", "jsonl", cwd=data.parent)
    lines = list(map(json.loads, done.stdout.splitlines()))
    assert sorted(one["outcome"] for one in lines) == ["failed", "written", "written"]
    assert [faults("log", one) for one in lines] == [[]] * 3


def test_it_takes_every_line_of_what_was_filled_in_and_there_is_no_other(data: Path) -> None:
    done = run(data, "fill", "nothing.toml", "--log", "jsonl", cwd=data.parent)
    (failed,) = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, failed["outcome"], faults("fill-log", failed)) == (1, "failed", [])
    (made,) = map(json.loads, run(data, "fill", EXAMPLE, "--log", "jsonl").stdout.splitlines())
    assert (made["outcome"], faults("fill-log", made)) == ("made", [])
