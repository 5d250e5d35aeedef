"""The schema of an export holds of real ones, and says every field of them: closed, it takes them too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w

from build import NOW, OPEN, response_for, worksheet_from, worksheet_of
from effort import shipped
from libwell.flows.exporting import form
from libwell.model.response import Action, Person, Retired
from libwell.rules.privacy import for_audience
from schema_check import faults, validators
from test_hostile import SHORT, hostile_excerpts

if TYPE_CHECKING:
    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

KINDS = Path(__file__).parents[1] / "cli" / "kinds.toml"
WORKSHEETS = {one.id: one for one in (*shipped(), worksheet_from(KINDS.read_text(encoding="utf-8")))}


def exported(worksheet: Worksheet, response: Response, *, private: bool = True) -> Any:
    return json.loads(form("json").render(for_audience(response, worksheet, private=private)))


# --- any worksheet, answered ------------------------------------------------------------------------


def names_in(prompt: Any) -> list[str]:
    return [thing.id for key in ("options", "items", "rows") for thing in getattr(prompt, key, ())]


def answer_to(prompt: Any, picked: list[str]) -> Any:
    """An answer to a prompt of any kind; `picked` are ids that its rows or options can come from."""
    names = names_in(prompt) or picked
    match prompt.kind:
        case "rating":
            points = dict.fromkeys(names_in(prompt), prompt.scale.min)
            return {**points, names[-1]: {"not-answered": "skipped"}} if points else prompt.scale.max
        case "checklist":
            own = [{"other": "in my words", "id": "other-1"}] if prompt.add_items else []
            return {mark.id: [*names, *own] for mark in prompt.marks}
        case "table":
            cells = {column.id: answer_to(column, []) for column in prompt.columns}
            return [{**cells, "id": "row-1"}] if prompt.only_added else {names[0]: cells}
        case "choices" | "ranking":
            return names[:1]
        case "choice":
            return {"other": "in my words"} if prompt.other else names[0]
    plain = {"text": "One\ntwo", "yes-no": True, "date": NOW.date(), "list": ["a", "b"]}
    return getattr(prompt, "min", None) or 0 if prompt.kind == "number" else plain[prompt.kind]


def answered(worksheet: Worksheet, **changes: Any) -> Response:
    """A response with something in every place."""
    prompts = {prompt.id: prompt for _, prompt in worksheet.prompts()}
    answers = {
        name: answer_to(prompt, names_in(prompts.get(prompt.source or "")))
        for name, prompt in prompts.items()
        if prompt.kind != "plan"
    }
    steps = [
        {
            "step": "Ask",
            "who": "Ana",
            "due": NOW.date(),
            "level": "team",
            "know": "It is there",
            "notes": "n",
        },
        {"step": "Rest", "due": "end of term", "from": f"{next(iter(prompts))}.x", "private": True},
        {"step": "Thank", "status": "handed-over", "changed": NOW.date(), "notes": "By phone"},
    ]
    return response_for(worksheet, tomli_w.dumps({**answers, "actions": steps}), **changes)


@pytest.mark.parametrize("name", WORKSHEETS)
@pytest.mark.parametrize("private", [True, False])
def test_every_worksheet_finished_answered_and_not_begun(name: str, *, private: bool) -> None:
    worksheet = WORKSHEETS[name]
    person = Person(name="Ana", team="Branch 4", library="Riverside")
    whole = answered(worksheet, person=person, status="complete", completed=NOW.date())
    for response in (whole, answered(worksheet), response_for(worksheet)):
        assert faults("export", exported(worksheet, response, private=private)) == []


def test_these_worksheets_show_every_kind_of_prompt_and_every_definition() -> None:
    seen = json.dumps([exported(one, answered(one)) for one in WORKSHEETS.values()])
    for words in ('"other": "in my words"', '"not_answered": "skipped"', '"role": "further"', '"provider"'):
        assert words in seen
    kinds = {
        answer["kind"] for one in WORKSHEETS.values() for answer in exported(one, answered(one))["answers"]
    }
    assert len(kinds) >= 8


def test_answers_set_aside_are_in_it() -> None:
    worksheet = worksheet_of('id = "it", kind = "text"')
    retired = {"a": Retired(ask="Before?", private=True, answer=[1, {"x": "y"}], kind="list", version="0.9")}
    data = exported(worksheet, response_for(worksheet, retired=retired))
    assert faults("export", data) == []
    assert data["retired"][0]["text"] == "1; x: y"


@pytest.mark.thorough
def test_every_kind_full_of_hostile_texts() -> None:
    assert len(hostile_excerpts()) == len(SHORT)
    for text, excerpt in hostile_excerpts()[::5]:
        assert faults("export", json.loads(form("json").render(excerpt))) == [], text


def test_a_score_without_a_value_is_in_it() -> None:
    scores = 'scores = [{ id = "sc", title = "S", method = "sum", items = ["it"] }]'
    scale = 'scale = { min = 0, max = 3, labels = ["low", "high"] }'
    worksheet = worksheet_of(f'id = "it", kind = "rating", {scale}', head=f"{OPEN}\n{scores}")
    data = exported(worksheet, response_for(worksheet))
    assert faults("export", data) == []
    assert data["scores"][0]["value"] is None


# --- what it refuses --------------------------------------------------------------------------------


def an_export() -> Any:
    worksheet = worksheet_of(
        'id = "it", kind = "list"',
        'id = "plan", kind = "plan"',
        head=f'{OPEN}\nsources = [{{ title = "A" }}]',
    )
    actions = (Action(id="a1", step="x"),)
    return exported(worksheet, response_for(worksheet, 'it = ["a"]', actions=actions))


PLACES = ("", "worksheet", "person", "sections", "answers", "answers.given", "actions", "sources")


def at(data: Any, place: str) -> dict[str, Any]:
    """The object at a place; of a list the first."""
    for name in filter(None, place.split(".")):
        data = data[name]
        data = data[0] if isinstance(data, list) else data
    found: dict[str, Any] = data
    return found


@pytest.mark.parametrize("place", PLACES)
def test_a_field_is_never_missing_and_a_new_one_is_no_fault_of_the_published_schema(place: str) -> None:
    published, _ = validators("export")
    assert faults("export", an_export()) == []
    for name in at(an_export(), place):
        data = an_export()
        del at(data, place)[name]
        assert not published.is_valid(data), name
        data = an_export()
        at(data, place)[name] = {"of": ["another", "kind"]}
        assert not published.is_valid(data), name
    data = an_export()
    at(data, place)["new"] = 1
    assert published.is_valid(data)
    assert faults("export", data)


def test_it_is_the_schema_of_view_as_well_and_of_nothing_else() -> None:
    published, _ = validators("export")
    data = an_export()
    assert published.is_valid(data | {"schema": "libwell.view/1"})
    assert not published.is_valid(data | {"schema": "libwell.list/1"})
    assert not published.is_valid(data | {"completed": "yesterday"})


def test_own_entries_of_a_rating_have_their_points_in_it() -> None:
    scale = 'scale = { min = 0, max = 3, labels = ["low", "high"] }'
    prompt = f'id = "it", kind = "rating", {scale}, items = [{{ id = "a", text = "A" }}], add_items = true'
    given = '":own" = [{ other = "B", point = 2 }, { other = "C", point = { not-answered = "skipped" } }]'
    worksheet = worksheet_of(prompt, head=OPEN)
    data = exported(worksheet, response_for(worksheet, f"it = {{ a = 1, {given} }}"))
    assert faults("export", data) == []
    rated, skipped = data["answers"][0]["value"][1]["value"]
    assert (rated["other"], rated["point"]) == ("B", 2)
    assert (skipped["other"], skipped["point"], skipped["not_answered"]) == ("C", None, "skipped")
