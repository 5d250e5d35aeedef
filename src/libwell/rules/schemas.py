"""JSON Schemas of files and of what verbs print: editors complete keys with them, programs check by them.

They are made from the models. What a model decides between its keys it says once more in its `model_config`.
They tell less than `check` does, and never refuse what it accepts. It opens no file.

Draft 7 is what TOML editors know: taplo (in Even Better TOML) reads no later one, and Tombi reads it too.
Three more things follow taplo: no `allOf`, beside which it sees no keys; `properties` in no branch of a
`oneOf`, whose keys it would complete twice; no default of null, which stops it.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from libwell.kinds.values import NOT_ANSWERED, NOT_ANSWERS
from libwell.model import log_records, verb_records
from libwell.model.base import ID_PATTERN, TEXT_LIMIT, Model
from libwell.model.comparison_records import ComparisonRecord, ComparisonsRecord
from libwell.model.export_records import ExportsRecord, ResponseRecord
from libwell.model.report_records import ReportRecord
from libwell.model.response import AnswersFile
from libwell.model.trend_records import TrendRecord
from libwell.model.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import core_schema

Schema = dict[str, Any]

_DIALECT = "http://json-schema.org/draft-07/schema#"
_OWN_NOTE = {"description": "A note of your own; libwell leaves it alone."}


class _WithoutTitles(GenerateJsonSchema):
    """Pydantic's schema without a title for each field."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A key is its own title."""
        del schema
        return False


class _ForReaders(_WithoutTitles):
    """Pydantic's schema, with what stands at each place of a pair as draft 7 says it."""

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        """Name the places of a pair `items`; later drafts have `prefixItems`."""
        made = super().tuple_schema(schema)
        made["items"] = made.pop("prefixItems")
        return made


class _ForEditors(_WithoutTitles):
    """Pydantic's schema without what TOML has not or nobody reads, and with what goes between keys."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """TOML has no null: what may be None may be left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Keep a default that an author can choose by: true or false, a number, one of several words."""
        made = super().default_schema(schema)
        default = made.pop("default", None)
        if isinstance(default, bool | int) or default in made.get("enum", ()):
            made["default"] = default
        return made

    def union_schema(self, schema: core_schema.UnionSchema) -> JsonSchemaValue:
        """A number is enough where a whole number may stand as well."""
        made = super().union_schema(schema)
        kinds = [one for one in made.get("anyOf", ()) if one != {"type": "integer"}]
        if {"type": "number"} not in kinds:
            return made
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """The kinds of prompt, without the mapping that only OpenAPI reads."""
        return {"oneOf": super().tagged_union_schema(schema)["oneOf"]}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Close a table but for `x-…`, and say what goes between its keys."""
        model = schema["cls"]
        made = super().model_schema(schema)
        made["description"] = " ".join((model.__doc__ or "").partition("\n\n")[0].split())
        made["additionalProperties"] = False
        if issubclass(model, Model):
            made["patternProperties"] = {"^x-": _OWN_NOTE}
        if "const" in (kind := made["properties"].get("kind", {})):
            kind.pop("enum", None)
            kind["description"] = f"{kind['const']}: {made['description']}"
        return made


# --- what an answer can look like, whatever the prompt ------------------------------------------------


def _table(description: str, **keys: Any) -> Schema:
    return {"type": "object", "description": description, **keys}


_TEXT: Schema = {"type": "string", "maxLength": TEXT_LIMIT}
_DATE: Schema = {"type": "string", "format": "date"}  # a text to taplo, a kind of its own to Tombi
_NUMBER: Schema = {"type": "number"}
_OWN: Schema = {"$ref": "#/definitions/OwnEntry"}
_REASON: Schema = {"$ref": "#/definitions/NotAnswer"}
_ROW: Schema = {"$ref": "#/definitions/Row"}
_BY_ID: Schema = {"pattern": f"^{ID_PATTERN.pattern}$", "not": {"enum": ["other", NOT_ANSWERED]}}
_PICKS: Schema = {"type": "array", "items": {"anyOf": [_TEXT, _OWN]}}
_PLAIN = (_TEXT, _DATE, _NUMBER, {"type": "boolean"}, _OWN)

_ANSWER: Mapping[str, Schema] = {
    "Answer": {
        "anyOf": [
            *_PLAIN,
            _REASON,
            {
                "type": "array",
                "description": "Picks, entries, or rows that you add.",
                "items": {"anyOf": [_TEXT, _OWN, _ROW]},
            },
            _table(
                "What is given for each item, mark or row, under its id.",
                propertyNames=_BY_ID,
                additionalProperties={"anyOf": [_NUMBER, _REASON, _PICKS, _ROW]},
            ),
        ]
    },
    "NotAnswer": _table(
        "Why there is no answer.",
        properties={NOT_ANSWERED: {"description": "Why there is none.", "enum": [*NOT_ANSWERS]}},
        required=[NOT_ANSWERED],
        additionalProperties=False,
    ),
    "OwnEntry": _table(
        "An entry in your own words.",
        properties={
            "other": _TEXT | {"description": "Your own words."},
            "id": {
                "description": "Leave it out; libwell gives it.",
                "type": "string",
                "pattern": "^other-[1-9][0-9]{0,5}$",
            },
        },
        required=["other"],
        additionalProperties=False,
    ),
    "Row": _table(
        "The cells of a row, each under the id of its column.",
        propertyNames=_BY_ID,
        additionalProperties={"anyOf": [*_PLAIN]},
    ),
}


# --- the schemas ----------------------------------------------------------------------------------------


def _schema_of(shape: Any, title: str, generator: type[GenerateJsonSchema] = _ForEditors) -> Schema:
    made = TypeAdapter(shape).json_schema(ref_template="#/definitions/{model}", schema_generator=generator)
    definitions = made.pop("$defs", {})
    for one in definitions.values():
        one.pop("title", None)  # the model's name, which means nothing to an author
    return {"$schema": _DIALECT, **made, "title": title, "definitions": definitions}


def _answers() -> Schema:
    schema = _schema_of(AnswersFile, "A libwell answers file")
    schema["properties"]["answers"] |= {
        "additionalProperties": {"$ref": "#/definitions/Answer"},
        "propertyNames": {"pattern": f"^{ID_PATTERN.pattern}$"},
    }
    schema["definitions"] |= _ANSWER
    return schema


def _by_json(verb: str) -> str:
    return f"What libwell {verb} --json prints"


PRINTED: Mapping[str, tuple[Any, str]] = {
    "exports": (ExportsRecord, "Libwell exports, many in one document"),
    "list": (verb_records.ListRecord, _by_json("list")),
    "show": (verb_records.ShowRecord, _by_json("show")),
    "responses": (verb_records.ResponsesRecord, _by_json("responses")),
    "view": (ResponseRecord, _by_json("view")),
    "actions": (verb_records.ActionsRecord, _by_json("actions")),
    "compare": (ComparisonRecord, _by_json("compare")),
    "comparisons": (ComparisonsRecord, "What libwell compare --json prints of more than two"),
    "resources": (verb_records.ResourcesRecord, _by_json("resources")),
    "check": (verb_records.CheckRecord, _by_json("check")),
    "doctor": (verb_records.DoctorRecord, _by_json("doctor")),
    "team-plan": (verb_records.TeamPlanRecord, "A team's plan as JSON"),
    "team-status": (verb_records.TeamStatusRecord, _by_json("team status")),
    "team-told": (verb_records.TeamToldRecord, _by_json("team told")),
    "team-trend": (TrendRecord, "A team's trend as JSON"),
    "log": (log_records.ExportLogRecord, "A line of the log of libwell export"),
    "fill-log": (log_records.FillLogRecord, "A line of the log of libwell fill"),
    "error": (log_records.FailureRecord, "What is printed as JSON where nothing could be done"),
}
"""What programs read besides exports and reports: its record, and what the schema is called."""

SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "worksheet": partial(_schema_of, Worksheet, "A libwell worksheet"),
    "answers": _answers,
    "export": partial(_schema_of, ResponseRecord, "A libwell export", _ForReaders),
    "report": partial(_schema_of, ReportRecord, "A libwell team report", _ForReaders),
    **{name: partial(_schema_of, record, title, _ForReaders) for name, (record, title) in PRINTED.items()},
}
"""What there is a schema of, by the word that asks for it."""


def schema_text(name: str) -> str:
    """The JSON Schema of one of SCHEMAS, the same bytes each time."""
    return json.dumps(_sorted(SCHEMAS[name]()), indent=2) + "\n"


def _sorted(schema: Any, *, are_keys: bool = False) -> Any:
    """Sort what is said of a table; its own keys stay in the order in which a person writes them."""
    if isinstance(schema, list):
        return [_sorted(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    names = schema if are_keys else sorted(schema)
    return {name: _sorted(schema[name], are_keys=name == "properties" and not are_keys) for name in names}
