"""A key that is not known is told where it belongs, a word which are known: whole lines"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build import SECTION, fixed_world, mistakes_in, sheet_text, shelf_in, things, worksheet_text
from libwell.flows.fill import answers_mistakes
from libwell.kinds.base import Prompt
from libwell.kinds.registry import KINDS, kind_of_prompt
from libwell.model.worksheet import Worksheet
from libwell.rules.mistakes.known_keys import keys_of, models_in

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

NO_KEY = "there is no such key here."
TO_HEAD = "It belongs to the head of the file, above the first heading in [[ ]]."
RATING = (
    f'id = "r", kind = "rating", scale = {{ min = 0, max = 2, labels = ["a", "b"] }}, items = {things("x")}'
)
TABLE = 'id = "t", kind = "table", columns = [{ id = "a", ask = "A?", %s }]'
SCORE = 'id = "s"\ntitle = "S"\nitems = ["r.x"]\nmethod = "mean"'


def lines(text: str) -> list[str]:
    """What is said of each mistake, from its key on."""
    return [mistake.said + f" {mistake.remedy}" for mistake in mistakes_in(text)]


IN_PROMPT = {
    f'{RATING}, labels = ["a", "b"]': f"labels: {NO_KEY} It belongs inside scale.",
    f"{RATING}, min = 0": f"min: {NO_KEY} It belongs inside scale.",
    f'{RATING}, suggest = "x"': f"suggest: {NO_KEY} It belongs inside items.",
    f"{RATING}, columns = []": f"columns: {NO_KEY} It goes with kind table.",
    'id = "a", kind = "text", min = 3': f"min: {NO_KEY} It goes with kind choices, number, list or table.",
    'id = "a", kind = "text", items = []': f"items: {NO_KEY} It goes with kind rating or checklist.",
    'id = "a", kind = "text", type = "x"': f"type: {NO_KEY} Did you mean kind?",
    'id = "a", kind = "text", title = "x"': f"title: {NO_KEY} Did you mean ask?",
    'id = "a", kind = "text", question = "x"': f"question: {NO_KEY} Did you mean ask?",
    'id = "a", kind = "text", intro = "x"': (
        f"intro: {NO_KEY} It belongs to the section, above the first [[sections.prompts]]."
    ),
    'id = "a", kind = "text", notice = "x"': (
        f"notice: {NO_KEY} It belongs above the first [[sections.prompts]] of its section, "
        "or to the head of the file."
    ),
    'id = "a", kind = "text", minutes = 3': f"minutes: {NO_KEY} {TO_HEAD}",
    TABLE % "add_rows = true": f"columns[1].add_rows: {NO_KEY} It belongs beside columns, not inside.",
    TABLE % 'label = "x"': f"columns[1].label: {NO_KEY} Did you mean ask?",
}


@pytest.mark.parametrize("keys", IN_PROMPT)
def test_a_key_that_a_prompt_does_not_know(keys: str) -> None:
    assert lines(worksheet_text(keys)) == [f"sections[1].prompts[1].{IN_PROMPT[keys]}"]


UNDER = "It belongs under [[sections.prompts]]."
BEGUN = f"[[sections]]\n{SECTION}"
ELSEWHERE = {
    f'ask = "x"\n{BEGUN}': f"ask: {NO_KEY} {UNDER}",
    f'name = "x"\n{BEGUN}': f"name: {NO_KEY} Did you mean title?",
    f"[[options]]\n{BEGUN}": f"options: {NO_KEY} Its heading is [[sections.prompts.options]].",
    f"[[prompts]]\n{BEGUN}": f"prompts: {NO_KEY} Its heading is [[sections.prompts]].",
    f'{BEGUN}\nkind = "x"': f"sections[1].kind: {NO_KEY} {UNDER}",
    f"{BEGUN}\nminutes = 3": f"sections[1].minutes: {NO_KEY} {TO_HEAD}",
    f"{BEGUN}\n[[sections.questions]]": f"sections[1].questions: {NO_KEY} Did you mean prompts?",
    f"{BEGUN}\n[[sections.scores]]": f"sections[1].scores: {NO_KEY} Its heading is [[scores]] alone.",
}


def test_a_key_of_a_column_of_another_kind() -> None:
    assert [line.strip() for line in lines(worksheet_text(TABLE % "min = 3"))] == [
        "sections[1].prompts[1].columns[1]: min goes with kind number."
    ]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_key_that_stands_somewhere_else(text: str) -> None:
    assert lines(sheet_text(text)) == [ELSEWHERE[text]]


IN_SCORE = {
    "up_to = 1": f"up_to: {NO_KEY} It belongs inside bands.",
    "band = []": f"band: {NO_KEY} Did you mean bands?",
    'bands = [{ say = "x", items = "x" }]': f"bands[1].items: {NO_KEY} It belongs beside bands, not inside.",
}


@pytest.mark.parametrize("keys", IN_SCORE)
def test_a_key_that_a_score_does_not_know(keys: str) -> None:
    text = worksheet_text(RATING) + f"[[scores]]\n{SCORE}\n{keys}\n"
    assert lines(text) == [f"scores[1].{IN_SCORE[keys]}"]


def every_model(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """The model and every model in it, with those of all kinds."""
    kinds = list(map(kind_of_prompt, KINDS)) if model is Prompt else []
    for other in [model, *kinds]:
        if other not in seen:
            seen.add(other)
            for annotation in keys_of(other).values():
                for inner in models_in(annotation):
                    every_model(inner, seen)
    return seen


EVERY_KEY = sorted({key for model in every_model(Worksheet, set()) for key in keys_of(model)})


@pytest.mark.parametrize("under", ["columns", "items", "options", "marks", "rows", "scale", "when", ""])
@pytest.mark.parametrize("kind", KINDS)
def test_no_key_is_answered_with_itself(kind: str, under: str) -> None:
    everything = ", ".join(f'{key} = "x"' for key in EVERY_KEY)
    inside = f"{{ {everything} }}" if under in ("scale", "when") else f"[{{ {everything} }}]"
    others = ", ".join(f'{key} = "x"' for key in EVERY_KEY if key not in ("kind", under))
    keys = f'{under} = {inside}, kind = "{kind}"' if under else f'{others}, kind = "{kind}"'
    found = [mistake for mistake in mistakes_in(worksheet_text(keys)) if mistake.message == NO_KEY]
    assert found
    assert [one.key for one in found if f" {one.path[-1]}?" in one.remedy] == []


# --- words ----------------------------------------------------------------------------------------

WORDS = {
    'id = "a", kind = "text", level = "boss"': (
        "level: “boss” is not known here. One of: me, team, organisation, community."
    ),
    'id = "a", kind = "text", not_answers = ["na"]': (
        "not_answers[1]: “na” is not known here. One of: dont-know, not-applicable."
    ),
    'id = "a", kind = "likert"': "kind: “likert” is no kind. Did you mean list?",
    'id = "a", kind = "text", not_answers = [3]': (
        "not_answers[1]: “3” is not known here. One of: dont-know, not-applicable."
    ),
}


@pytest.mark.parametrize("keys", WORDS)
def test_an_authors_word_that_is_not_known_is_named(keys: str) -> None:
    assert lines(worksheet_text(keys)) == [f"sections[1].prompts[1].{WORDS[keys]}"]


def test_a_word_that_is_endless_is_cut() -> None:
    (line,) = lines(worksheet_text(f'id = "a", kind = "text", level = "{"x" * 5000}\\nx"'))
    assert f"level: “{'x' * 39}…” is not known here." in line


def test_nothing_that_a_person_answered_is_named(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, worksheet_text('id = "a", kind = "text"'))
    action = 'step = "x"\nlevel = "canary"\nstatus = "canary"\n'
    states = "open, doing, done, not-now, handed-over, let-go"
    text = f'worksheet = "test"\n[answers]\na = "x"\n[[actions]]\n{action}'
    found = [one.text("") for one in answers_mistakes(text, file="", shelf=shelf, world=fixed_world())]
    assert found == [
        ":6: actions[1].level: this word is not known here. One of: me, team, organisation, community.",
        f":7: actions[1].status: this word is not known here. One of: {states}.",
    ]


# --- conditions, and headings that are missing ----------------------------------------------------

FOR_TWO = "for two write all = [{ … }, { … }]."
WHEN = {
    '{ prompt = "a", is = true, answered = true }': (
        "when: a test says one of: is, includes, marked and/or with, at_least, at_most, answered; " + FOR_TWO
    ),
    '{ prompt = "a", is = true, all = [{ prompt = "a", is = true }] }': (
        "when: all, any and not stand alone; put each test into { } of its own: all = [{ … }, { … }]."
    ),
    '{ prompt = ["a", "b"], is = true }': (
        "when.prompt: a text in quotes was expected. Name one; for several write all = [{ … }, { … }]."
    ),
    '[{ prompt = "a", is = true }]': (
        'when: a table was expected. Write it as { prompt = "…", is = … }; '
        "several as { all = [{ … }, { … }] }."
    ),
    '{ prompts = ["a"], is = true }': f"when.prompts: {NO_KEY} Did you mean prompt?",
}


@pytest.mark.parametrize("when", WHEN)
def test_a_condition_of_several_tests_is_shown_its_all(when: str) -> None:
    text = worksheet_text('id = "a", kind = "yes-no"', f'id = "b", kind = "text", when = {when}')
    assert [line.strip() for line in lines(text)] == [f"sections[1].prompts[2].{WHEN[when]}"]


def test_a_section_that_was_not_begun() -> None:
    text = sheet_text('[[sections.prompts]]\nid = "a"\nkind = "text"\nask = "?"\n')
    assert lines(text) == [
        "sections: there is no [[sections]] above this. Write it, with its id and its title."
    ]


SHAPES = {
    'kind = "rating"': ('scale: this key is missing. Add scale = { min = 0, max = 3, labels = ["…", "…"] }.'),
    'kind = "table"': 'columns: this key is missing. Add columns = [{ id = "…", ask = "…" }].',
    'kind = "plan", collect = "a"': "collect: a list in [ ] was expected. Put [ ] around it.",
    'kind = "text", when = { not = true }': (
        'when.not: a table was expected. Write it as { prompt = "…", is = … }.'
    ),
    'kind = "text", when = { all = ["a"] }': (
        'when.all[1]: a table was expected. Write it as { prompt = "…", is = … }.'
    ),
    'kind = "text", when = { any = { prompt = "a", is = true } }': (
        "when.any: a list in [ ] was expected. Put [ ] around it."
    ),
}


@pytest.mark.parametrize("keys", SHAPES)
def test_what_is_missing_or_of_another_shape_is_shown(keys: str) -> None:
    text = worksheet_text('id = "a", kind = "yes-no"', f'id = "b", {keys}')
    assert lines(text) == [f"sections[1].prompts[2].{SHAPES[keys]}"]
