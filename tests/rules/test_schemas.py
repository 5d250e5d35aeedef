"""The JSON Schemas: what they accept and refuse agrees with the models, and editors can use them."""

from __future__ import annotations

import copy
import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from libwell import load_worksheet
from libwell.flows.blank import blank_answers
from libwell.rules.mistakes.tolerant_reading import read_data
from libwell.rules.schemas import SCHEMAS, schema_text
from libwell.storage.file_types import kind_of
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "worksheets" / "worksheet.schema.json"
KINDS = ROOT / "tests" / "cli" / "kinds.toml"
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))


def read(path: Path) -> dict[str, Any]:
    return tomli.loads(path.read_text(encoding="utf-8"))


WORKSHEETS = [
    *(path for path in sorted((ROOT / "worksheets").glob("*.toml")) if kind_of(read(path))[0] == "worksheet"),
    KINDS,
]


@cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads(schema_text(name)), format_checker=Draft7Validator.FORMAT_CHECKER)


def faults(name: str, data: dict[str, Any]) -> list[str]:
    """What the schema says against TOML data, seen as an editor sees it: dates are texts."""
    seen = json.loads(json.dumps(data, default=lambda day: day.isoformat()))
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(seen)]


def is_taken(data: dict[str, Any]) -> bool:
    """Whether libwell takes it for a worksheet without mistakes in its shape."""
    return kind_of(data) == ("worksheet", 1) and not read_data(data).mistakes


# --- the file beside the worksheets -------------------------------------------------------------------


def test_the_schema_beside_the_worksheets_is_the_one_made_now(pytestconfig: pytest.Config) -> None:
    made = schema_text("worksheet")
    if pytestconfig.getoption("--snapshot-update"):
        SHIPPED.write_text(made, encoding="utf-8")
    assert SHIPPED.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("path", WORKSHEETS[:-1], ids=lambda path: path.stem)
def test_every_shipped_worksheet_names_it_in_its_first_line(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith(f"#:schema {SHIPPED.name}\n")


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_the_same_bytes_each_time(name: str) -> None:
    text = schema_text(name)
    Draft7Validator.check_schema(json.loads(text))
    assert schema_text(name) == text
    assert text.isascii()
    assert text.endswith("}\n")
    assert text.count("://") == 1  # its dialect's; it names no other place


# --- what editors need ----------------------------------------------------------------------------------


def tables(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    schema = json.loads(schema_text(name))
    yield from schema["definitions"].items()
    yield "the file", schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_says_what_it_is_for(name: str) -> None:
    described = {f"#/definitions/{table}" for table, schema in tables(name) if schema.get("description")}
    for table, schema in tables(name):
        for key, of in schema.get("properties", {}).items():
            assert of.get("description") or of.get("$ref") in described, f"{key} of {table}"
            assert "\n" not in of.get("description", "")


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(part)


@pytest.mark.parametrize("name", SCHEMAS)
def test_nothing_is_in_it_that_taplo_stumbles_over(name: str) -> None:
    for part in parts(json.loads(schema_text(name))):
        assert "allOf" not in part
        assert part.get("default", "") is not None
        assert set(part) == {"$ref"} or "$ref" not in part  # what stands beside it is not read


# --- worksheets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKSHEETS, ids=lambda path: path.stem)
def test_worksheets_are_accepted(path: Path) -> None:
    assert faults("worksheet", read(path)) == []


GOOD = """
libwell = "worksheet/1"
id = "good"
version = "1.0"
title = "Good"
minutes = 15
private = false
level = "team"

[[sources]]
title = "A book"
year = 2020
role = "further"

[[sections]]
id = "first"
title = "First"
learn_more = ["988-lifeline"]
epigraph = { text = "Ask.", source = "A librarian" }

[[sections.prompts]]
id = "sure"
kind = "yes-no"
ask = "Sure?"
not_answers = ["dont-know"]

[[sections.prompts]]
id = "words"
kind = "text"
ask = "In words?"
max_length = 500

[[sections.prompts]]
id = "place"
kind = "choice"
ask = "Where?"
options = [{ id = "branch", text = "Branch" }]
when = { prompt = "sure", is = true }

[[sections.prompts]]
id = "areas"
kind = "choices"
ask = "Which areas?"
options_from = "place"
min = 1
max = 2

[[sections.prompts]]
id = "hours"
kind = "number"
ask = "Hours?"
step = 0.5

[[sections.prompts]]
id = "day"
kind = "date"
ask = "Which day?"
not_before = 2026-12-01

[[sections.prompts]]
id = "calm"
kind = "rating"
ask = "How calm?"
scale = { min = 0, max = 3, labels = ["not at all", "very"] }
items = [{ id = "desk", text = "The desk" }]
when = { all = [{ prompt = "sure", answered = true }] }

[[sections.prompts]]
id = "given"
kind = "rating"
ask = "How is it?"
scale = { min = 1, max = 2, labels = ["no", "yes"] }
items = [{ id = "here", text = "Here" }]
give_back = [{ title = "All", items = ["here"] }]

[[sections.prompts]]
id = "marks"
kind = "checklist"
ask = "What is there?"
marks = [{ id = "well", text = "well" }]
items = [{ id = "breaks", text = "Breaks", suggest = "Ask for breaks", level = "me" }]

[[sections.prompts]]
id = "wishes"
kind = "list"
ask = "Wishes?"
max = 3

[[sections.prompts]]
id = "added"
kind = "table"
ask = "Whom could you call?"
min = 1
columns = [
  { id = "name", ask = "Name?", offer = true },
  { id = "near", ask = "Near?", kind = "choice", options = [{ id = "yes-near", text = "Yes" }] },
]

[[sections.prompts]]
id = "fixed"
kind = "table"
ask = "Each day?"
columns = [{ id = "mood", ask = "Mood?" }]
rows = [{ id = "monday", text = "Monday" }]

[[sections]]
include = "staff-care"
prefix = "care-"
private = true

[[sections]]
id = "next"
title = "Next"

[[sections.prompts]]
id = "plan"
kind = "plan"
ask = "What next?"
collect = ["marks"]

[[scores]]
id = "calmness"
title = "Calm"
items = ["calm.desk"]
method = "mean"
minimum_answered = 1
bands = [{ up_to = 1.5, say = "Low." }, { say = "High." }]
examples = [{ given = { calm = { desk = 3 } }, score = 3.0 }]

[[resources]]
id = "988-lifeline"
title = "Lifeline"
provider = "988"
kind = "helpline"
audience = ["staff"]
about = "Somebody to talk to."
country = "US"
"""


def test_the_good_worksheet_is_good() -> None:
    data = tomli.loads(GOOD)
    assert faults("worksheet", data) == []
    assert is_taken(data)


def changed(text: str, old: str, new: str) -> dict[str, Any]:
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return tomli.loads(text.replace(old, new))


BAD = {
    # keys
    "a key nobody knows": ("minutes = 15", "minuets = 15"),
    "a key nobody knows in a section": ('title = "First"', 'title = "First"\nlearnmore = []'),
    "a key nobody knows in a prompt": ('ask = "Sure?"', 'ask = "Sure?"\nhlep = "x"'),
    "a key nobody knows in an option": ('text = "Branch" }', 'text = "Branch", lable = "x" }'),
    "a key nobody knows in a source": ("year = 2020", "yaer = 2020"),
    "a key nobody knows in a condition": ("is = true }", "is = true, iz = true }"),
    "a key nobody knows in a score": ('method = "mean"', 'method = "mean"\nmethods = "mean"'),
    "a key of another kind of prompt": ("max_length = 500", "max = 500"),
    "no libwell": ('libwell = "worksheet/1"', ""),
    "no version": ('version = "1.0"', ""),
    "a section without an id": ('id = "first"', ""),
    "a section without a title": ('title = "First"', ""),
    "a prompt without an id": ('id = "words"', ""),
    "a prompt without a question": ('ask = "In words?"', ""),
    "a prompt without a kind": ('kind = "list"', ""),
    "an option without a text": (', text = "Branch" }', " }"),
    "a rating without a scale": ('scale = { min = 0, max = 3, labels = ["not at all", "very"] }', ""),
    "a table without columns": ('columns = [{ id = "mood", ask = "Mood?" }]', ""),
    "a source without a title": ('title = "A book"', ""),
    "a resource without a provider": ('provider = "988"', ""),
    # what is a file, a kind, a word
    "a newer format": ("worksheet/1", "worksheet/2"),
    "another file": ("worksheet/1", "answers/1"),
    "no such kind": ('kind = "text"', 'kind = "txt"'),
    "no such kind of column": ('kind = "choice", options', 'kind = "choices", options'),
    "no such level": ('level = "team"', 'level = "group"'),
    "no such not-answer": ('["dont-know"]', '["skipped"]'),
    "no such role": ('role = "further"', 'role = "farther"'),
    "no such method": ('method = "mean"', 'method = "median"'),
    "no such audience": ('audience = ["staff"]', 'audience = ["people"]'),
    # types
    "a text for a number": ("minutes = 15", 'minutes = "15"'),
    "a part of a minute": ("minutes = 15", "minutes = 1.5"),
    "a number for a text": ('version = "1.0"', "version = 1.0"),
    "a word for true": ("private = false", 'private = "no"'),
    "a text for a list": ('collect = ["marks"]', 'collect = "marks"'),
    "a list for a text": ('ask = "Sure?"', 'ask = ["Sure?"]'),
    "a table for a list of tables": ("[[sources]]", "[sources]"),
    "a text for an option": ('[{ id = "branch", text = "Branch" }]', '["branch"]'),
    "a list where one value is tested": ("is = true }", "is = [true] }"),
    "a text for a day": ("2026-12-01", '"soon"'),
    "a day with a time": ("2026-12-01", "2026-12-01T10:00:00"),
    # ids
    "an id with a capital": ('id = "good"', 'id = "Good"'),
    "an id with an underscore": ('id = "words"', 'id = "my_words"'),
    "an id that is too long": ('id = "words"', f'id = "{"w" * 65}"'),
    "an empty id": ('id = "first"', 'id = ""'),
    "a reserved id": ('id = "words"', 'id = "other"'),
    "an id as libwell gives it": ('id = "words"', 'id = "row-1"'),
    "an option's id kept for own entries": ('id = "branch"', 'id = "other-branch"'),
    "a row's id kept for added rows": ('id = "monday"', 'id = "row-a"'),
    "a mark that reads as a value": ('id = "well"', 'id = "true"'),
    "a resource's id with a blank": ('id = "988-lifeline"', 'id = "988 lifeline"'),
    "a country in small letters": ('country = "US"', 'country = "us"'),
    # what is empty, what is out of bounds
    "no sections": (GOOD[GOOD.index("[[sections]]") : GOOD.index("[[scores]]")], "[[sections]]\n"),
    "an empty title": ('title = "Good"', 'title = ""'),
    "a question of blanks": ('ask = "Sure?"', 'ask = " "'),
    "a text too long": ('source = "A librarian"', f'source = "{"a" * 100_001}"'),
    "no minutes at all": ("minutes = 15", "minutes = 0"),
    "too many minutes": ("minutes = 15", "minutes = 10001"),
    "a text of no length": ("max_length = 500", "max_length = 0"),
    "a step of nothing": ("step = 0.5", "step = 0"),
    "a negative minimum": ("min = 1\nmax = 2", "min = -1\nmax = 2"),
    "at most none": ("max = 3\n", "max = 0\n"),
    "no options": ('options = [{ id = "branch", text = "Branch" }]', "options = []"),
    "no marks": ('marks = [{ id = "well", text = "well" }]', "marks = []"),
    "no columns": ('columns = [{ id = "mood", ask = "Mood?" }]', "columns = []"),
    "one label": ('["not at all", "very"]', '["very"]'),
    "a group of nothing": ('items = ["here"]', "items = []"),
    "a score of nothing": ('items = ["calm.desk"]', "items = []"),
    "a score of none answered": ("minimum_answered = 1", "minimum_answered = 0"),
    "for nobody": ('audience = ["staff"]', "audience = []"),
    # what goes together
    "options missing": ('options_from = "place"', ""),
    "options twice": (
        'options_from = "place"',
        'options_from = "place"\noptions = [{ id = "a", text = "A" }]',
    ),
    "nothing to mark": (
        'items = [{ id = "breaks", text = "Breaks", suggest = "Ask for breaks", level = "me" }]',
        "add_items = false",
    ),
    "groups without items": ('items = [{ id = "here", text = "Here" }]', ""),
    "a column that chooses from nothing": (', options = [{ id = "yes-near", text = "Yes" }]', ""),
    "options beside another kind of column": ('kind = "choice", options', 'kind = "number", options'),
    "own words beside another kind of column": ('ask = "Mood?" }', 'ask = "Mood?", other = true }'),
    "an offer out of no text": ('ask = "Name?", offer', 'ask = "Name?", kind = "number", offer'),
    "an offer out of a choice": ('kind = "choice", options', 'kind = "choice", offer = true, options'),
    "rows twice": ('rows = [{ id = "monday"', 'rows_from = "areas"\nrows = [{ id = "monday"'),
    "bounds of fixed rows": ('rows = [{ id = "monday"', 'max = 3\nrows = [{ id = "monday"'),
    "bounds of rows from elsewhere": ("min = 1\ncolumns", 'min = 1\nrows_from = "areas"\ncolumns'),
    "a prefix without an include": ('title = "First"', 'title = "First"\nprefix = "first-"'),
    "a prefix that begins no id": ('prefix = "care-"', 'prefix = "Care-"'),
    "an include made less private": ('prefix = "care-"\nprivate = true', "private = false"),
    "a notice beside an include": ('prefix = "care-"', 'notice = "Care."'),
    "prompts beside an include": ('prefix = "care-"', 'prompts = [{ id = "x", kind = "text", ask = "?" }]'),
    # conditions
    "a condition of nothing": ('when = { prompt = "sure", is = true }', "when = {}"),
    "a condition without a prompt": ('{ prompt = "sure", is = true }', "{ is = true }"),
    "a condition without a test": ('prompt = "sure", is = true', 'prompt = "sure"'),
    "two tests at once": ("is = true }", "is = true, answered = true }"),
    "an item beside another test": ("is = true }", 'is = true, item = "desk" }'),
    "a test beside all": (
        'all = [{ prompt = "sure", answered = true }]',
        'prompt = "sure", all = [{ prompt = "sure", answered = true }]',
    ),
    "all of nothing": ('all = [{ prompt = "sure", answered = true }]', "all = []"),
    "something wrong deep in a condition": ("answered = true }]", 'answered = "yes" }]'),
}


@pytest.mark.parametrize("name", BAD)
def test_mistakes_are_refused_by_the_schema_as_by_the_models(name: str) -> None:
    data = changed(GOOD, *BAD[name])
    assert faults("worksheet", data) != []
    assert not is_taken(data)


ALLOWED = {
    "a note of one's own": ("minutes = 15", 'x-minutes = "about"'),
    "a note in a section": ('id = "first"', 'id = "first"\nx-old = 1'),
    "a note in a prompt": ('ask = "Sure?"', 'ask = "Sure?"\nx-by = ["Ana"]'),
    "a note in an option": ('text = "Branch" }', 'text = "Branch", x-de = "Filiale" }'),
    "a note in a condition": ("is = true }", "is = true, x-why = {} }"),
    "a note beside an include": ('prefix = "care-"', 'x-prefix = "care-"'),
    "an include of nothing more": ('prefix = "care-"\nprivate = true', ""),
    "all that may stand beside an include": (
        'prefix = "care-"',
        'title = "Care"\nintro = "Now."\nwhen = { prompt = "sure", is = true }\nprefix = ""',
    ),
    "an empty prefix without an include": ('title = "First"', 'title = "First"\nprefix = ""'),
    "no options but from elsewhere": ('options_from = "place"', 'options_from = "place"\noptions = []'),
    "options from nowhere": ('text = "Branch" }]', 'text = "Branch" }]\noptions_from = ""'),
    "items only of one's own": (
        'items = [{ id = "breaks", text = "Breaks", suggest = "Ask for breaks", level = "me" }]',
        "add_items = true",
    ),
    "a table that asks for no rows": ('rows = [{ id = "monday"', 'min = 0\nrows = [{ id = "monday"'),
    "no rows but from elsewhere": (
        'rows = [{ id = "monday", text = "Monday" }]',
        'rows = []\nrows_from = ""',
    ),
    "a section of no prompts": (
        'title = "Next"',
        'title = "Next"\n[[sections]]\nid = "last"\ntitle = "Last"',
    ),
    "an id that begins like a reserved one": ('id = "words"', 'id = "other-words"'),
    "an item with a mark": ("is = true }", "x-is = true, marked = 'breaks', with = 'well' }"),
    "only a mark": ("is = true }", "with = 'well' }"),
    "both bounds of an item": ("is = true }", "at_least = 1, at_most = 2.5, item = 'desk' }"),
    "not any": ("is = true }", "is = true }\nx-a = 1"),
    "conditions in conditions": (
        'when = { prompt = "sure", is = true }',
        'when = { not = { any = [{ prompt = "hours", is = 3 }, { prompt = "areas", includes = "other" }] } }',
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_unusual_but_right_is_accepted(name: str) -> None:
    data = changed(GOOD, *ALLOWED[name])
    assert faults("worksheet", data) == []
    assert is_taken(data)


KEYS = sorted({key for _, table in tables("worksheet") for key in table.get("properties", {})} | {"x-note"})
VALUES: list[Any] = [
    *("", " ", "a", "A", "other", "other-1", "text", "choice", "me", "x.y", "worksheet/1"),
    *(True, False, 0, 1, 2, -1, 0.5, 10**6, dt.date(2026, 12, 1), [], {}, [""], ["a"], ["a", "a"], [{}]),
    *([{"id": "a", "text": "A"}], {"prompt": "a", "answered": True}, {"text": "a"}),
]


def tables_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from tables_in(part)


def change(data: dict[str, Any], draw: st.DataObject) -> None:
    """Delete, rename or fill a key of some table, or give it one more."""
    table = draw.draw(st.sampled_from(list(tables_in(data))))
    deed = draw.draw(st.sampled_from(["delete", "rename", "fill", "add"] if table else ["add"]))
    if deed == "add":
        table[draw.draw(st.sampled_from(KEYS))] = copy.deepcopy(draw.draw(st.sampled_from(VALUES)))
        return
    key = draw.draw(st.sampled_from(sorted(table)))
    value = table.pop(key)
    if deed == "rename":
        table[draw.draw(st.sampled_from(KEYS))] = value
    elif deed == "fill":
        table[key] = copy.deepcopy(draw.draw(st.sampled_from(VALUES)))


@pytest.mark.thorough
@examples(1500)
@given(st.data())
def test_what_the_models_accept_the_schema_accepts(draw: st.DataObject) -> None:
    data = copy.deepcopy(draw.draw(st.sampled_from(SOURCES)))
    section = draw.draw(st.sampled_from(data["sections"]))
    if "prompts" in section:  # a small file, so that a change is likely to matter
        section["prompts"] = [draw.draw(st.sampled_from(section["prompts"]))]
    data["sections"] = [section]
    for _ in range(draw.draw(st.integers(1, 3))):
        change(data, draw)
    if is_taken(data):
        assert faults("worksheet", data) == []


SOURCES = [tomli.loads(GOOD), *map(read, WORKSHEETS)]


# --- answers files --------------------------------------------------------------------------------------

GIVEN = """
libwell = "answers/1"
worksheet = "staff-care"

[person]
name = "Ana"

[answers]
words = "A table by the window"
sure = true
hours = 2.5
day = 2026-12-01
calm = { not-answered = "prefer-not-to-say" }
place = { other = "the van" }
areas = ["space", { other = "quiet room", id = "other-1" }]
wishes = ["time", "tea"]
marks = { well = ["breaks"], improve = [{ other = "lockers" }] }
ratings = { desk = 3, stacks = { not-answered = "dont-know" } }
days = { monday = { mood = "fine", busy = true, by = 2026-12-01 }, other-1 = { place = { other = "here" } } }
agencies = [{ name = "The pantry", people = 3 }, { name = "The clinic", id = "row-2" }]
skipped = ""
none = []
nothing = {}

[[actions]]
step = "Ask for an hour"
due = 2027-03-01
level = "team"
from = "marks.breaks"
private = false

[[actions]]
step = "Ask again"
due = "end of term"
"""


def test_every_shape_of_an_answer_is_accepted() -> None:
    assert faults("answers", tomli.loads(GIVEN)) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_accepted(path: Path) -> None:
    assert faults("answers", read(path)) == []


@pytest.mark.parametrize("path", WORKSHEETS, ids=lambda path: path.stem)
def test_an_empty_answers_file_is_accepted(path: Path) -> None:
    empty = tomli.loads(blank_answers(load_worksheet(path)))
    assert empty["worksheet"] == path.stem
    assert faults("answers", empty) == []


BAD_ANSWERS = {
    "another file": ("answers/1", "worksheet/1"),
    "a key nobody knows": ('worksheet = "staff-care"', 'worksheets = "staff-care"'),
    "a key nobody knows of a person": ('name = "Ana"', 'naem = "Ana"'),
    "a key nobody knows of an action": ('level = "team"', 'levle = "team"'),
    "an action without a step": ('step = "Ask again"', ""),
    "an action of an empty step": ('step = "Ask again"', 'step = ""'),
    "no such level": ('level = "team"', 'level = "us"'),
    "a number for a date": ('due = "end of term"', "due = 3"),
    "no such not-answer": ("prefer-not-to-say", "rather-not"),
    "no such not-answer of an item": ('"dont-know"', '"perhaps"'),
    "a not-answer with something beside it": ('"prefer-not-to-say" }', '"skipped", why = "busy" }'),
    "a not-answer misspelt": ('{ not-answered = "prefer', '{ not_answered = "prefer'),
    "an own entry that is no text": ('{ other = "the van" }', "{ other = 3 }"),
    "an own entry with an id of one's own": ('id = "other-1"', 'id = "mine"'),
    "a number among picks": ('["space", ', '["space", 3, '),
    "one item instead of a list": ('well = ["breaks"]', 'well = "breaks"'),
    "a list in a cell": ('mood = "fine"', 'mood = ["fine"]'),
    "no id of a prompt": ("words = ", "Words = "),
    "no table of answers": ("[answers]", "[[answers]]"),
    "words for true": ("private = false", 'private = "no"'),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_mistakes_in_answers_are_refused(name: str) -> None:
    assert faults("answers", changed(GIVEN, *BAD_ANSWERS[name])) != []
