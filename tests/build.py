"""Worksheets, prompts, responses and a fixed world out of small inline TOML, for tests of every floor.

Everything here goes the way a file goes: TOML is parsed and examined as libwell does it.
"""

from __future__ import annotations

import datetime as dt
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from libwell.errors import LibwellError
from libwell.export.markdown import render
from libwell.flows.fill import Filler
from libwell.flows.opened import parse_response, read_response
from libwell.flows.world import World
from libwell.kinds.steps import Around
from libwell.model.response import SHARED_ID_LETTERS, Response
from libwell.model.shared import Shared
from libwell.rules.answers import with_numbers
from libwell.rules.asked_now import asked
from libwell.rules.documents import response_document
from libwell.rules.privacy import for_audience
from libwell.rules.walk import Walk
from libwell.storage.definitions import definition_of
from libwell.storage.fill_keys import FillKeys
from libwell.storage.responses import response_text
from libwell.storage.worksheets import Shelf, examine_text

if TYPE_CHECKING:
    from libwell.errors import Mistake
    from libwell.flows.opened import Opened
    from libwell.kinds.base import Prompt
    from libwell.kinds.steps import Key
    from libwell.model.worksheet import AnyPrompt, Worksheet
    from libwell.rules.mistakes.examining import Examined
    from libwell.storage.responses import ResponseFolder

NOW = dt.datetime(2026, 11, 21, 18, 2, 11, 120934, tzinfo=dt.UTC)
TODAY = NOW.date()
"""A Saturday."""

SECTION = 'id = "first"\ntitle = "First"'
OPEN = "private = false"


def section_text(*prompts: str, keys: str = SECTION) -> str:
    """A section. Each prompt is given by its keys, as inside `{ }`; `ask` is added where it is left out."""
    tables = "".join(f"  {{ {_with_ask(given)} }},\n" for given in prompts)
    return f"[[sections]]\n{keys}\nprompts = [\n{tables}]\n"


def _with_ask(keys: str) -> str:
    keys = " ".join(keys.split())
    return keys if "ask =" in keys.partition("columns")[0] else f'ask = "What?", {keys}'


def things(*names: str) -> str:
    """A list of options, items or rows; each has its id for a text, with a capital."""
    tables = (f'{{ id = "{name}", text = "{name.capitalize()}" }}' for name in names)
    return f"[{', '.join(tables)}]"


def sheet_text(*sections: str, head: str = OPEN, name: str = "test") -> str:
    """A worksheet of the sections given as text. `head` holds keys beside those that have to be there."""
    first = f'libwell = "worksheet/1"\nid = "{name}"\nversion = "1.0"\ntitle = "Test"\n{head}\n'
    return "\n".join([first, *sections])


def worksheet_text(*prompts: str, head: str = OPEN, section: str = SECTION) -> str:
    """A worksheet of one section."""
    return sheet_text(section_text(*prompts, keys=section), head=head)


def examine(text: str) -> Examined:
    """A worksheet's text, examined; it includes nothing."""
    return examine_text(text, file="test.toml", load=_load_nothing)


def _load_nothing(name: str) -> Worksheet:
    raise LibwellError(f"There is no worksheet {name}.")


def mistakes_in(text: str) -> list[Mistake]:
    """The mistakes in a worksheet's text, hints left out."""
    return [mistake for mistake in examine(text).mistakes if not mistake.hint]


def worksheet_from(text: str) -> Worksheet:
    """A worksheet without mistakes."""
    return _sound(examine_text(text, file="test.toml", load=_load_nothing, for_author=False))


def _sound(examined: Examined) -> Worksheet:
    wrong = [mistake.text("test.toml") for mistake in examined.mistakes if not mistake.hint]
    assert not wrong, "\n".join(wrong)
    assert examined.worksheet is not None
    return examined.worksheet


def worksheet_of(*prompts: str, head: str = OPEN, section: str = SECTION) -> Worksheet:
    """A worksheet of one section, without mistakes."""
    return worksheet_from(worksheet_text(*prompts, head=head, section=section))


def prompt_of(keys: str) -> AnyPrompt:
    """One prompt, called `it` unless its keys begin with another id."""
    keys = " ".join(keys.split())
    name = "" if keys.startswith("id =") else 'id = "it", '
    return worksheet_of(name + keys).sections[0].prompts[0]


def prompts_of(*prompts: str) -> tuple[AnyPrompt, ...]:
    """The prompts of a worksheet of one section."""
    return worksheet_of(*prompts).sections[0].prompts


def shelf_in(folder: Path, *texts: str) -> Shelf:
    """Worksheets in a folder, each in a file named by its id."""
    folder.mkdir(exist_ok=True)
    for text in texts:
        (folder / f"{tomli.loads(text)['id']}.toml").write_text(text, encoding="utf-8")
    return Shelf([(folder, "test")])


def fill(
    text: str, *, file: str, shelf: Shelf, folder: ResponseFolder, world: World, **options: Any
) -> Opened:
    """A response saved of an answers file's text, read again; the options are those of `Filler`."""
    with FillKeys(folder) as keys:
        return read_response(Filler(shelf, folder, keys, world, **options).fill(text, file=file).path)


def response_for(worksheet: Worksheet, answers: str = "", **changes: Any) -> Response:
    """A draft. `answers` is TOML: answers by prompt id, and `[[actions]]`."""
    data: dict[str, Any] = tomli.loads(answers)
    response = Response(
        id="test-2026-11-21-k3f9",
        created=NOW,
        updated=NOW,
        actions=data.pop("actions", ()),
        answers=data,
        definition=definition_of(worksheet),
    )
    return with_numbers(response, worksheet).model_copy(update=changes)


def walk_for(worksheet: Worksheet, answers: str = "", **changes: Any) -> Walk:
    """A walk through a worksheet, at its beginning unless `at` says otherwise."""
    return Walk(worksheet, response_for(worksheet, answers, **changes), TODAY)


def hear(walk: Walk, *lines: str) -> Walk:
    """Type lines, one after the other."""
    for line in lines:
        walk.hear(line)
    return walk


def reopened(walk: Walk) -> Walk:
    """The walk after its response went through a file."""
    return Walk(walk.worksheet, saved_and_read(walk.response), TODAY)


def saved_and_read(response: Response) -> Response:
    """The response as it comes back from a file."""
    return parse_response(response_text(response), Path("response.toml")).response


def asked_ids(worksheet: Worksheet, answers: str = "") -> list[str]:
    """The ids of the prompts asked now."""
    return [one.prompt.id for one in asked(worksheet, response_for(worksheet, answers))]


def exported(worksheet: Worksheet, response: Response, *, private: bool = False) -> str:
    """The response as Markdown; with `private` as its own person sees it."""
    return render(response_document(for_audience(response, worksheet, private=private)))


def below_areas(keys: str) -> Prompt:
    """A prompt whose rows or options come from the one above it, at which areas are picked or named."""
    areas = f'id = "areas", kind = "choices", other = true, options = {things("space", "signs")}'
    return prompts_of(areas, f'id = "it", {keys}')[-1]


def around(**changes: Any) -> Around:
    """What a prompt knows of the rest of the response: nothing, but for the changes."""
    return Around(TODAY, **changes)


def take(prompt: Prompt, text: str, value: Any = None, *, key: Key = (), **changes: Any) -> Any:
    """Type a line at a step of a prompt: a `Taken`, whose value a test reads as what it has to be."""
    return prompt.take(key, text, value, around(**changes))


def keys_at(prompt: Prompt, value: Any = None, **changes: Any) -> list[Key]:
    """The keys of the steps asked."""
    return [step.key for step in prompt.steps(value, around(**changes))]


def places_wrong(prompt: Prompt, value: Any, **changes: Any) -> list[tuple[str | int, ...]]:
    """Where inside a value something is wrong."""
    found = list(prompt.problems(value, around(**changes)))
    assert all(problem.message.endswith(".") and problem.remedy for problem in found)
    return [problem.path for problem in found]


def fixed_world() -> World:
    """A world in which it is always `NOW`, and chance goes in order: ids end in a2a2, b3b3, c4c4, …"""
    drawn = count()
    return World(
        now=lambda: NOW,
        choose=lambda some: some[next(drawn) // 4 % len(some)],
        local=lambda moment: moment.astimezone(dt.UTC),
    )


SHARED_ID = "a2b3c4d5e6f7a2b3c4d5e6aaaa"


def shared_for(worksheet: Worksheet, answers: str = "", *, number: int = 0, **changes: Any) -> Shared:
    """A shared copy with these answers and `[[actions]]`, private or not; `number` tells copies apart."""
    response = response_for(worksheet, answers)
    last = "".join(SHARED_ID_LETTERS[number >> shift & 31] for shift in (15, 10, 5, 0))
    data = {
        "shared_id": SHARED_ID[:-4] + last,
        "revision": 1,
        "pseudonym": "Amber Heron",
        "answers": response.answers,
        "actions": [one.model_dump(by_alias=True, exclude_defaults=True) for one in response.actions],
        "definition": response.definition.model_dump(),
    }
    return Shared.model_validate({**data, **changes})
