"""What the guide for authors says holds: its examples are sound, and it names every kind and every key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
import tomli

from build import examine, fixed_world
from libwell.cli.app import VERBS
from libwell.errors import Mistake
from libwell.flows.checking import check
from libwell.flows.fill import answers_mistakes
from libwell.flows.opened import read_response
from libwell.flows.reflect import start
from libwell.kinds.base import Prompt
from libwell.kinds.columns import CellCondition, Column
from libwell.kinds.rating import Group
from libwell.kinds.registry import KINDS as NAMES
from libwell.kinds.registry import kind_of_prompt
from libwell.kinds.scale import Scale
from libwell.kinds.totals import Total
from libwell.model.base import Item, Option, PointedOption
from libwell.model.conditions import Condition
from libwell.model.named_parts import NamedScale, OptionSet
from libwell.model.resources import Audience, Resource, ResourceKind, Resources
from libwell.model.response import Person
from libwell.model.scores import Band, Example, Range, Score
from libwell.model.worksheet import Epigraph, Section, Source, Worksheet
from libwell.rules.commands import HELP
from libwell.storage.places import SHIPPED, shipped_worksheets
from libwell.storage.resources import read_resources
from libwell.storage.responses import ResponseFolder
from libwell.storage.worksheets import Shelf
from support import ScriptedPrompter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

GUIDE = Path(__file__).parents[1] / "docs" / "authoring.md"
TEXT = GUIDE.read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`]+)`")
NEEDED = re.compile(r"((?:`[^`]+`(?:, | and ))*)`([^`]+)` \((all |both )?needed\)")
MARKS = {"toml worksheet", "toml prompt", "toml score", "toml resources", "text check"}
KINDS: tuple[type[Prompt], ...] = tuple(map(kind_of_prompt, NAMES))


@dataclass(frozen=True)
class Block:
    """A fenced example. The second word behind the fence says what it is; no reader sees it."""

    mark: str
    text: str


BLOCKS = [Block(f"{language} {mark}", text) for language, mark, text in FENCE.findall(TEXT)]
PROSE = FENCE.sub("", TEXT)


def blocks(mark: str) -> list[str]:
    return [block.text for block in BLOCKS if block.mark == mark]


def part(heading: str) -> str:
    """What stands under a heading, without fenced examples."""
    (found,) = re.findall(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PROSE, re.MULTILINE | re.DOTALL)
    return str(found)


def words(text: str) -> set[str]:
    """Every word in inline code."""
    return set(re.findall(r"[a-z_]+", " ".join(CODE.findall(text))))


def needed(text: str) -> set[str]:
    """Every key that is said to be needed."""
    found = set()
    for before, last, each in NEEDED.findall(text):
        found |= words(f"{before if each else ''}`{last}`")
    return found


def rows(text: str) -> Iterator[list[str]]:
    """The rows of a part's tables, without their heads."""
    for line in text.splitlines():
        if line.startswith("| ") and "`" in line:
            yield [cell.strip() for cell in line.strip("|").split("|")]


def whole(fragments: str = "") -> str:
    """The guide's smallest worksheet, with a section of fragments behind it."""
    return f'{blocks("toml worksheet")[0]}\n[[sections]]\nid = "more"\ntitle = "More"\n\n{fragments}'


def all_prompts() -> str:
    return "\n".join(blocks("toml prompt"))


def mistakes(text: str) -> list[str]:
    return [found.text("guide") for found in examine(text).mistakes if not found.hint]


def hints(text: str) -> list[str]:
    return [found.message for found in examine(text).mistakes if found.hint]


def own_keys(kind: type[Prompt]) -> set[str]:
    return set(kind.model_fields) - set(Prompt.model_fields) - {"kind"}


def kind_of(kind: type[Prompt]) -> str:
    return str(get_args(kind.model_fields["kind"].annotation)[0])


# --- examples -------------------------------------------------------------------------------------


def test_every_example_says_what_it_is_and_is_tested() -> None:
    assert {block.mark for block in BLOCKS} == MARKS
    assert TEXT.count("```") == 2 * len(BLOCKS)


def test_whole_worksheets_are_sound(tmp_path: Path) -> None:
    shelf = guide_shelf(tmp_path)
    found = list(check([tmp_path], shelf=shelf, world=fixed_world()))
    assert len(found) == len(blocks("toml worksheet")) == 2
    assert [mistake for one in found for mistake in one.mistakes if not mistake.hint] == []
    assert [Path(one.file).stem for one in found if not one.mistakes] == [tomli.loads(BLOCKS[-1].text)["id"]]


def guide_shelf(folder: Path) -> Shelf:
    """The guide's whole worksheets in a folder, and the shipped ones behind it."""
    for text in blocks("toml worksheet"):
        (folder / f"{tomli.loads(text)['id']}.toml").write_text(text, encoding="utf-8")
    return Shelf([(folder, "guide"), (shipped_worksheets(), SHIPPED)])


def test_each_fragment_is_sound_behind_those_above_it() -> None:
    fragments = blocks("toml prompt")
    for count in range(1, len(fragments) + 1):
        assert mistakes(whole("\n".join(fragments[:count]))) == []
    assert mistakes(whole(all_prompts() + "\n" + "\n".join(blocks("toml score")))) == []
    assert blocks("toml score")


def test_examples_are_no_reason_for_a_hint() -> None:
    assert hints(whole("\n".join((all_prompts(), *blocks("toml score"))))) == hints(whole())


SHORT = [
    code
    for row in rows(part("All the TOML you need"))
    for code in CODE.findall(row[0])
    if " = " in code and not code.endswith('"""')
]
SHORT_IN = {"not_before": "date", "collect": "plan", "scale": "rating"}


@pytest.mark.parametrize("code", SHORT)
def test_every_short_example_can_stand_where_its_key_does(code: str) -> None:
    key = code.split(" = ", maxsplit=1)[0]
    if key in Worksheet.model_fields:
        others = re.sub(rf"^{key} = .*\n", "", whole(), count=1, flags=re.MULTILINE)
        text = f"{code}\n{others}"
    else:
        others = all_prompts().rpartition("[[sections.prompts]]")[0]
        last = f'[[sections.prompts]]\nid = "last"\nkind = "{SHORT_IN[key]}"\nask = "And?"\n{code}\n'
        text = whole(others + last)
    assert mistakes(text) == []


@pytest.mark.parametrize(
    ("written", "instead", "said", "is_hint"),
    [
        ('title = "Our evenings"', 'title = "Our\nevenings"', "A text is not closed", False),
        ("private = false", "private = false\nx-mine = { a = 1, }", "TOML 1.1", True),
    ],
)
def test_what_check_says_of_toml(
    tmp_path: Path, written: str, instead: str, said: str, *, is_hint: bool
) -> None:
    file = tmp_path / "evening-opening.toml"
    file.write_text(blocks("toml worksheet")[0].replace(written, instead), encoding="utf-8")
    (one,) = check([file], shelf=Shelf([]), world=fixed_world())
    assert is_hint in {found.hint for found in one.mistakes if said in found.message}
    assert said in part("All the TOML you need")


def test_there_is_an_example_of_every_kind() -> None:
    shown = {prompt["kind"] for text in (whole(all_prompts()),) for prompt in _prompts(text)}
    assert shown == {kind_of(kind) for kind in KINDS}


def _prompts(text: str) -> list[dict[str, str]]:
    return [prompt for section in tomli.loads(text)["sections"] for prompt in section["prompts"]]


def test_resources_can_be_read() -> None:
    (text,) = blocks("toml resources")
    assert read_resources(text, file="resources.toml").resources[0].id == "night-bus"


def test_what_check_says_is_what_the_guide_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = blocks("toml worksheet")[0].replace('"yes-no"', '"yesno"')
    Path("evening-opening.toml").write_text(text, encoding="utf-8")
    (one,) = check([Path("evening-opening.toml")], shelf=Shelf([]), world=fixed_world())
    said = "".join(f"{'hint: ' if found.hint else ''}{found.text(one.file)}\n" for found in one.mistakes)
    assert blocks("text check") == [said]


def saved_examples() -> list[str]:
    return [code for row in rows(part("Questions")) if len(row) == 4 for code in CODE.findall(row[3])]


@pytest.mark.parametrize("saved", [code for code in saved_examples() if code != "[[actions]]"])
def test_what_is_saved_is_an_answer(tmp_path: Path, saved: str) -> None:
    (tmp_path / "evening-opening.toml").write_text(whole(all_prompts()), encoding="utf-8")
    answers = f'worksheet = "evening-opening"\n[answers]\n{saved}\n'
    shelf = Shelf([(tmp_path, "guide")])
    found = answers_mistakes(answers, file="answers.toml", shelf=shelf, world=fixed_world())
    assert [mistake for mistake in found if not mistake.hint] == []


def test_there_is_something_saved_for_every_kind() -> None:
    prompts = {prompt["id"]: prompt["kind"] for prompt in _prompts(whole(all_prompts()))}
    kinds = [prompts[code.split(" = ")[0]] for code in saved_examples() if code != "[[actions]]"]
    assert set(kinds) == {kind_of(kind) for kind in KINDS} - {"plan"}


@pytest.mark.parametrize("row", [*rows(part("When a question is asked"))], ids=lambda row: row[0])
def test_every_condition_can_be_written_so(row: list[str]) -> None:
    for code in CODE.findall(row[0]):
        if code.startswith("{"):
            last = f'[[sections.prompts]]\nid = "last"\nkind = "text"\nask = "And?"\nwhen = {code}\n'
            scores = "\n".join(blocks("toml score"))
            assert mistakes(whole(f"{all_prompts()}\n{last}\n{scores}")) == []


def test_the_last_example_is_made_of_several_and_can_be_walked(tmp_path: Path) -> None:
    shelf = guide_shelf(tmp_path)
    last = BLOCKS[-1]
    assert last.mark == "toml worksheet"
    assert all(key in last.text for key in ("include = ", "prefix = ", "when = "))
    worksheet = shelf.load(tomli.loads(last.text)["id"])
    prompter = ScriptedPrompter(["1,2", "y", *[""] * 60])
    folder = ResponseFolder(tmp_path / "responses")
    me, world = Person(), fixed_world()
    assert start(worksheet, me, folder=folder, prompter=prompter, world=world, usual=me)
    (path,) = folder.folder.glob("*.toml")
    response = read_response(path).response
    assert response.status == "complete"
    assert response.answers["hours-open-late"] is True
    assert {"care-supports", "care-employer"} <= response.answers.keys()


# --- words ----------------------------------------------------------------------------------------

PLACES: list[tuple[str, type[BaseModel]]] = [
    ("The head", Worksheet),
    ("The head", Source),
    ("Sections", Section),
    ("Sections", Epigraph),
    ("Questions", Prompt),
    ("Questions", Total),
    ("What can be picked, marked and offered", Item),
    ("What can be picked, marked and offered", PointedOption),
    ("When a question is asked", Condition),
    ("Scores", Score),
    ("Scores", Range),
    ("Scores", Band),
    ("Scores", Example),
]
IN_EXAMPLES: list[tuple[str, type[BaseModel]]] = [
    ("toml prompt", Scale),
    ("toml prompt", NamedScale),
    ("toml prompt", OptionSet),
    ("toml prompt", Group),
    ("toml prompt", Column),
    ("toml prompt", CellCondition),
    ("toml resources", Resources),
    ("toml resources", Resource),
]


def names(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


@pytest.mark.parametrize(("heading", "model"), PLACES)
def test_every_key_is_named_where_it_belongs(heading: str, model: type[BaseModel]) -> None:
    assert names(model) - words(part(heading)) == set()


@pytest.mark.parametrize(("mark", "model"), IN_EXAMPLES)
def test_every_other_key_is_shown_in_an_example(mark: str, model: type[BaseModel]) -> None:
    shown = "\n".join(blocks(mark))
    assert names(model) - set(re.findall(r"\b([a-z_]+)(?: = |\]\])", shown)) == set()


NEEDED_IN: list[tuple[str, tuple[type[BaseModel], ...]]] = [
    ("The head", (Worksheet, Source)),
    ("Sections", (Section, Epigraph)),
    ("What can be picked, marked and offered", (Item, PointedOption)),
    ("Scores", (Score, Range, Band, Example)),
    ("Reading on", (Resources, Resource)),
]
BY_RULE: dict[type[BaseModel], set[str]] = {Section: {"id", "title"}}
"""Needed without being so by type: not where something is included."""


def required(model: type[BaseModel]) -> set[str]:
    fields = model.model_fields.items()
    return {info.alias or name for name, info in fields if info.is_required()} | BY_RULE.get(model, set())


@pytest.mark.parametrize(("heading", "models"), NEEDED_IN)
def test_the_keys_that_have_to_be_there_are_marked(heading: str, models: tuple[type[BaseModel], ...]) -> None:
    assert needed(part(heading)) == set().union(*map(required, models))


@pytest.mark.parametrize("kind", KINDS, ids=kind_of)
def test_the_keys_that_each_kind_needs_are_marked(kind: type[Prompt]) -> None:
    table = {row[0]: row for row in rows(part("Questions"))}
    common = required(Prompt) | {"kind"}
    assert needed(" ".join(table["`id`, `kind`, `ask` (all needed)"])) == common
    own_keys_said = table[f"`{kind_of(kind)}`"][2]
    inside = models_in(kind, set()) - {kind, Item, Option, PointedOption, Condition}
    assert needed(own_keys_said) == (required(kind) - common).union(*map(required, inside))
    bare = f'[[sections.prompts]]\nid = "bare"\nkind = "{kind_of(kind)}"\nask = "?"\n'
    assert bool(mistakes(whole(bare))) == ("needed)" in own_keys_said)


def test_every_model_of_a_worksheet_is_looked_at() -> None:
    looked_at = {model for _, model in (*PLACES, *IN_EXAMPLES)} | {Option, *KINDS}
    assert set(models_in(Worksheet, set())) - looked_at == set()


def models_in(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """The model and every model in it."""
    seen.add(model)
    for info in model.model_fields.values():
        for other in _models(info.annotation):
            if other not in seen:
                models_in(other, seen)
    return seen


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        yield annotation
    for inner in (*get_args(annotation), getattr(annotation, "__origin__", None)):
        if inner is not None and not isinstance(inner, str) and inner is not annotation:
            yield from _models(inner)


def test_every_kind_has_its_row_with_its_own_keys() -> None:
    found = {row[0].strip("`"): words(row[2]) for row in rows(part("Questions")) if len(row) == 4}
    assert found.keys() == {kind_of(kind) for kind in KINDS}
    for kind in KINDS:
        assert own_keys(kind) <= found[kind_of(kind)], kind_of(kind)


def test_every_word_that_can_stand_for_a_resource_is_named() -> None:
    named = set(CODE.findall(part("Reading on")))
    assert {*get_args(ResourceKind), *get_args(Audience)} <= named


def test_every_command_in_the_guide_is_one() -> None:
    assert set(re.findall(r"`libwell ([a-z]+)", TEXT)) <= set(VERBS)
    known = {typed.split()[0] for typed, _ in HELP}
    assert set(re.findall(r"`(:[a-z-]+)", TEXT)) <= known


def test_the_readme_leads_here_and_installing_says_what_the_first_step_types() -> None:
    assert "(docs/authoring.md)" in (GUIDE.parents[1] / "README.md").read_text(encoding="utf-8")
    activate = "`source .venv/bin/activate`"
    assert activate in TEXT
    assert activate in GUIDE.with_name("installing.md").read_text(encoding="utf-8")


# --- from paper to a worksheet --------------------------------------------------------------------

PAPER = [
    line.strip("| ").split(" | ")
    for line in part("From paper to a worksheet").splitlines()[5:]
    if "|" in line
]
LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
VALUES = {"points", "before", "after", "true", "difference", "share", "product", "libwell", "compare", "team"}
VALUES |= {"trend"}


def test_the_guide_begins_with_what_people_have_on_paper() -> None:
    assert re.findall(r"^## (.*)$", PROSE, re.MULTILINE)[0] == "From paper to a worksheet"
    assert len(PAPER) == 10
    assert all(len(row) == 3 for row in PAPER)


@pytest.mark.parametrize("row", PAPER, ids=lambda row: row[0])
def test_each_shape_on_paper_names_keys_there_are_and_something_to_look_at(row: list[str]) -> None:
    models = models_in(Worksheet, set()).union(*(models_in(kind, set()) for kind in KINDS))
    every = set().union(*map(names, models))
    kinds = {kind_of(kind) for kind in KINDS}
    assert words(row[1]) - every - kinds - VALUES == set()
    for link in LINK.findall(row[2]):
        file, _, heading = link.partition("#")
        assert (GUIDE.parent / file).exists()
        assert not heading or part(heading.replace("-", " ").capitalize())


def test_a_worksheet_can_stand_there_once_for_each_branch(tmp_path: Path) -> None:
    part_ = blocks("toml worksheet")[0]
    head = part_.partition("notice")[0].replace("evening-opening", "branches")
    sections = [
        f'[[sections]]\ninclude = "evening-opening"\ntitle = "{name}"\nprefix = "{prefix}-"\n'
        for name, prefix in (("Main library", "main"), ("West", "west"))
    ]
    (tmp_path / "evening-opening.toml").write_text(part_, encoding="utf-8")
    (tmp_path / "branches.toml").write_text(head + "".join(sections), encoding="utf-8")
    worksheet = Shelf([(tmp_path, "here")]).load("branches")
    assert [section.title for section in worksheet.sections] == ["Main library", "West"]
    assert [prompt.id for _, prompt in worksheet.prompts()] == ["main-open-late", "west-open-late"]


def test_a_mistake_in_an_example_would_be_found() -> None:
    assert mistakes(whole('[[sections.prompts]]\nid = "a"\nkind = "tezt"\nask = "?"\n')) != []
    assert isinstance(examine(whole()).mistakes[0], Mistake)
