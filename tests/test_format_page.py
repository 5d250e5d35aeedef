"""What docs/format.md says holds: its examples are sound, and it names every key, column, field and limit."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
import tomli

from build import examine, fixed_world
from libwell.cli.app import run
from libwell.errors import MOST_MISTAKES, FileRefusedError
from libwell.flows.checking import check
from libwell.flows.formats import FORMATS
from libwell.kinds.base import Prompt
from libwell.kinds.columns import CellCondition, Column
from libwell.kinds.rating import Group
from libwell.kinds.registry import KINDS as ALL_KINDS
from libwell.kinds.registry import kind_of_prompt
from libwell.kinds.scale import Scale
from libwell.kinds.totals import Total
from libwell.kinds.values import NOT_ANSWERS
from libwell.model.action_words import LEVELS, STATUS_WORDS
from libwell.model.base import TEXT_LIMIT, Item, Option, PointedOption
from libwell.model.comparison_records import ComparisonsRecord, NumberOverTimeRecord
from libwell.model.conditions import Condition
from libwell.model.named_parts import OptionSet
from libwell.model.resources import Audience, Resource, ResourceKind, Resources
from libwell.model.response import Action, AnswersFile, KeptStep, Person, Response, Retired, Sharing
from libwell.model.scores import Band, Example, Range, Score
from libwell.model.settings import Contact, Settings
from libwell.model.shared import Shared, Withdrawal
from libwell.model.worksheet import Epigraph, Section, Source, Worksheet
from libwell.rules.mistakes import limits
from libwell.rules.records import ANSWER_COLUMNS, PLAN_COLUMNS
from libwell.rules.schemas import SCHEMAS
from libwell.rules.team.plan_document import COLUMNS as TEAM_PLAN_COLUMNS
from libwell.rules.team.report_data import COLUMNS as TEAM_REPORT_COLUMNS
from libwell.rules.team.trend_data import COLUMNS as TEAM_TREND_COLUMNS
from libwell.storage.definitions import FILE_LIMIT
from libwell.storage.places import SHIPPED, shipped_worksheets
from libwell.storage.settings import parse_settings
from libwell.storage.worksheets import WORKSHEET_LIMIT, Shelf
from test_json_records import VERBS, closed

if TYPE_CHECKING:
    from pydantic import BaseModel

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```toml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = FENCE.findall(TEXT)
PROSE = FENCE.sub("", TEXT)
FILES = {"worksheet", "answers", "response", "shared", "withdrawal", "resources", "config"}
KINDS = tuple(map(kind_of_prompt, ALL_KINDS))


def examples(mark: str) -> list[str]:
    return [text for found, text in EXAMPLES if found == mark]


def part(heading: str) -> str:
    """What stands under a heading of any depth, up to the next one of that depth or less; no examples."""
    level = f"{{1,{len(heading) - len(heading.lstrip('#'))}}}"
    (found,) = re.findall(rf"^{re.escape(heading)}\n(.*?)(?=^#{level} |\Z)", PROSE, re.MULTILINE | re.DOTALL)
    return str(found)


def words(text: str) -> set[str]:
    """Every word in inline code."""
    return set(re.findall(r"[A-Za-z_-]+", " ".join(re.findall(r"`([^`]+)`", text))))


def whole() -> str:
    """The first worksheet with every prompt and score of the page behind it."""
    section = '[[sections]]\nid = "more"\ntitle = "More"\n'
    marks = ("named", "prompt", "score")
    return "\n".join((examples("worksheet")[0], section, *chain.from_iterable(map(examples, marks))))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Every file that the page shows, the first worksheet with all its prompts."""
    for mark in FILES:
        for number, text in enumerate(examples(mark)):
            name = tomli.loads(text)["id"] if mark == "worksheet" else f"{mark}-{number}"
            is_first = (mark, number) == ("worksheet", 0)
            (tmp_path / f"{name}.toml").write_text(whole() if is_first else text, encoding="utf-8")
    return tmp_path


# --- examples -------------------------------------------------------------------------------------


def test_there_is_an_example_of_every_file_and_each_is_tested() -> None:
    assert {mark for mark, _ in EXAMPLES} == {*FILES, "named", "prompt", "score"}
    assert TEXT.count("```") == 2 * len(EXAMPLES)


def test_check_finds_no_mistake_in_them(files: Path) -> None:
    shelf = Shelf([(files, "page"), (shipped_worksheets(), SHIPPED)])
    found = list(check([files], shelf=shelf, world=fixed_world()))
    assert len(found) == len(FILES) + 1
    assert [one for one in found if not one.is_sound] == []
    hinted = {Path(one.file).stem for one in found if one.mistakes}
    assert hinted <= {"quiet-corner", "two-rooms"}  # small, and no model of a worksheet


def test_there_is_an_example_of_every_kind_and_an_answer_to_each() -> None:
    sections = tomli.loads(whole())["sections"]
    kinds = {prompt["id"]: prompt["kind"] for section in sections for prompt in section["prompts"]}
    assert set(kinds.values()) == set(map(kind_of, KINDS))
    (answers,) = map(tomli.loads, examples("answers"))
    assert answers["answers"].keys() == {name for name, kind in kinds.items() if kind != "plan"}
    assert answers["actions"]


def test_every_key_of_a_prompt_is_in_an_example() -> None:
    shown = set(re.findall(r"\b([a-z_]+)(?: = |\]\])", "\n".join(text for _, text in EXAMPLES)))
    parts: tuple[type[BaseModel], ...] = (
        Item,
        Option,
        Column,
        Scale,
        Group,
        CellCondition,
        Total,
        Condition,
        Score,
        Range,
        Band,
        Example,
    )
    assert set().union(*map(names, (*KINDS, *parts))) - shown == set()


def test_a_digest_is_that_of_its_definition() -> None:
    for mark in ("response", "shared"):
        (one,) = map(tomli.loads, examples(mark))
        text = one["definition"]["worksheet"]
        assert one["definition"]["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_mistake_in_an_example_would_be_found() -> None:
    assert not examine(whole().replace('kind = "rating"', 'kind = "ratin"')).is_sound


# --- keys -----------------------------------------------------------------------------------------


def names(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


def kind_of(kind: type[Prompt]) -> str:
    return str(get_args(kind.model_fields["kind"].annotation)[0])


PLACES: list[tuple[str, tuple[type[BaseModel], ...]]] = [
    ("## Worksheets", (Worksheet, Source, Section, Epigraph, Prompt, Item, PointedOption)),
    ("### Named scales and option sets", (OptionSet,)),
    ("### rating", (Scale, Group)),
    ("### table", (Column, CellCondition, Total)),
    ("## Conditions", (Condition,)),
    ("## Scores", (Score, Range, Band, Example)),
    ("## Resources", (Resources, Resource)),
    ("## Answers files", (AnswersFile, Person)),
    ("## Actions", (Action,)),
    ("## Responses", (Response, Retired, Sharing, KeptStep)),
    ("## Shared copies", (Shared,)),
    ("## Settings", (Settings, Contact)),
]


@pytest.mark.parametrize(("heading", "models"), PLACES)
def test_every_key_is_named_where_it_belongs(heading: str, models: tuple[type[BaseModel], ...]) -> None:
    assert set().union(*map(names, models)) - words(part(heading)) == set()


@pytest.mark.parametrize("kind", KINDS, ids=kind_of)
def test_every_kind_has_its_part_with_its_own_keys(kind: type[Prompt]) -> None:
    own = names(kind) - names(Prompt) - {"kind"}
    assert own - words(part(f"### {kind_of(kind)}")) == set()


def test_a_withdrawal_has_the_keys_shown() -> None:
    assert set(tomli.loads(examples("withdrawal")[0])) == names(Withdrawal)


def test_every_word_that_can_stand_for_something_is_named() -> None:
    assert {*get_args(ResourceKind), *get_args(Audience)} <= words(part("## Resources"))
    assert {*STATUS_WORDS} <= words(part("## Actions"))
    assert {*NOT_ANSWERS} <= words(part("## What is not answered"))
    assert {*LEVELS} <= words(part("## Privacy and level"))


# --- what is written ------------------------------------------------------------------------------


def first_column(text: str, head: str) -> list[str]:
    """The code in the first cells of the table with this head."""
    table = text.partition(f"| {head} | ")[2].partition("\n\n")[0]
    cells = [line.partition(" | ")[0] for line in table.splitlines()[2:]]
    return [code for cell in cells for code in re.findall(r"`([^`]+)`", cell)]


def test_the_columns_are_those_listed() -> None:
    plan, answers = part("### CSV").split("With `--what answers`")
    assert sorted(first_column(plan, "column")) == sorted(PLAN_COLUMNS)
    assert sorted(first_column(answers, "column")) == sorted(ANSWER_COLUMNS)
    for columns in (TEAM_PLAN_COLUMNS, TEAM_REPORT_COLUMNS, TEAM_TREND_COLUMNS):
        assert f"`{' '.join(columns)}`" in part("## Plans and reports of a team")


def test_the_fields_of_an_export_are_those_listed() -> None:
    rows = [words(line.partition(" | ")[0]) for line in part("### JSON").splitlines()]
    schema = SCHEMAS["export"]()
    assert schema["properties"].keys() in rows
    for name in ("Answer", "Given", "Score", "Action", "Retired"):
        assert schema["definitions"][f"{name}Record"]["properties"].keys() in rows, name


def test_every_format_has_its_part() -> None:
    headings = {"csv": "CSV", "jsonl": "JSON Lines", "json": "JSON", "ics": "iCalendar"}
    assert FORMATS.keys() == {*headings, "md", "html", "docx"}
    assert all(f"\n### {heading}\n" in TEXT for heading in headings.values())


def fields(text: str) -> dict[str, set[str]]:
    """Every name that the table of schemas has for each."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `libwell.")]
    return {schema.strip("`"): words(names) for schema, names in rows}


def test_the_json_of_each_verb_has_the_fields_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = fields(part("## JSON of other verbs"))
    data, shared = tmp_path / "data", tmp_path / "shared"
    example = str(ROOT / "examples" / "staff-care.toml")

    def run_here(*arguments: str) -> str:
        run(["--data-dir", str(data), "--no-input", *arguments])
        return capsys.readouterr().out

    run_here("fill", example, example)
    run_here("share", "latest", "--yes", "--output", f"{shared}/")
    short = [path.stem for path in sorted((data / "responses").glob("*.toml"))]
    verbs = {
        "list": ("list",),
        "show": ("show", "staff-care"),
        "responses": ("responses",),
        "actions": ("actions",),
        "compare": ("compare", *short),
        "resources": ("resources", "burnout"),
        "check": ("check", str(ROOT / "docs" / "format.md")),
        "doctor": ("doctor",),
        "team-status": ("team", "status", str(shared)),
        "team-told": ("team", "told"),
    }
    assert listed.keys() == {*(f"libwell.{name}/1" for name in (*verbs, "error")), "libwell.compare/2"}
    several: dict[str, Any] = json.loads(run_here("compare", *short, short[0], "--json"))
    closed(ComparisonsRecord).validate(several)
    numbers = NumberOverTimeRecord.__annotations__.keys()
    assert {*several, *numbers} - {"schema"} <= listed["libwell.compare/2"]
    for name, arguments in verbs.items():
        document: dict[str, Any] = json.loads(run_here(*arguments, "--json"))
        closed(VERBS[name]).validate(document)
        named = listed[document.pop("schema")]
        assert document.keys() <= named, name
        if name in ENTRIES:
            assert document[ENTRIES[name]][0].keys() <= named, name


ENTRIES = {"list": "worksheets", "show": "prompts", "responses": "responses", "team-status": "worksheets"}
"""Where the table lists the fields of the entries too."""


# --- limits ---------------------------------------------------------------------------------------


def said_limits() -> dict[str, str]:
    rows = [line.strip("| ").split(" | ") for line in part("## Limits").splitlines() if line.startswith("| ")]
    return dict(rows[1:])


def test_the_limits_are_those_of_the_program() -> None:
    mebibyte = 2**20
    assert list(said_limits().values())[:8] == [
        f"{WORKSHEET_LIMIT // mebibyte} MiB",
        f"{FILE_LIMIT // mebibyte} MiB",
        f"{TEXT_LIMIT:,} characters",
        f"{limits.MOST_SECTIONS:,}",
        f"{limits.MOST_PROMPTS:,}",
        f"{limits.MOST_DEEP}",
        f"{limits.MOST_WRITTEN_OUT:,} characters",
        f"{limits.MOST_SCORE_PARTS:,}",
    ]
    assert said_limits()["mistakes that are told"] == f"{MOST_MISTAKES:,}"


HOW_LARGE = {
    "scores, resources, contacts in a file": lambda most: (
        'libwell = "config/1"\n' + '[[support]]\nname = "A"\nreach = "B"\n' * most
    ),
    "tables and lists inside of each other": lambda most: (
        'libwell = "config/1"\nx-deep = ' + "[" * (most - 1) + "]" * (most - 1)
    ),
    "parts of a dotted key": lambda most: 'libwell = "config/1"\nx-a' + ".b" * (most - 1) + " = 1",
    "characters of a key or number outside of quotation marks": lambda most: (
        'libwell = "config/1"\nx-' + "a" * (most - 2) + " = 1"
    ),
    "lines in a file": lambda most: 'libwell = "config/1"\n' + "\n" * (most - 1),
}
"""By what is limited, a file of settings that has so much of it."""


@pytest.mark.parametrize("what", HOW_LARGE)
def test_so_much_is_read_and_no_more(what: str) -> None:
    most = int(re.sub(r"\D", "", said_limits()[what]))
    assert parse_settings(HOW_LARGE[what](most), file="config.toml")
    with pytest.raises(FileRefusedError):
        parse_settings(HOW_LARGE[what](most + 1), file="config.toml")
