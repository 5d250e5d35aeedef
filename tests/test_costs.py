"""What one hostile file costs, counted in comparisons and in what is told; the seconds are in `benchmarks`.

What a person answered already stays readable, however large.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import pytest

from build import (
    OPEN,
    fill,
    fixed_world,
    response_for,
    section_text,
    shared_for,
    sheet_text,
    shelf_in,
    things,
    worksheet_of,
    worksheet_text,
)
from counting import counted
from libwell.errors import MOST_MISTAKES, FileRefusedError, SaveError
from libwell.flows.checking import check
from libwell.flows.opened import parse_response
from libwell.kinds.own_entries import texts_of
from libwell.rules.asked_now import asked
from libwell.storage.definitions import read_definition
from libwell.storage.responses import ResponseFolder, response_text
from libwell.storage.shared import parse_shared, shared_text
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.errors import Mistake
    from libwell.model.worksheet import Worksheet

MOST_COMPARED = 12_000
MORE = "there is more than is told here."


def questions(count: int, kind: str = 'kind = "text"') -> tuple[str, ...]:
    return tuple(f'id = "question-{number}", {kind}' for number in range(count))


def checked(folder: Path, text: str, *worksheets: str) -> tuple[Mistake, ...]:
    """The mistakes and hints in a file, beside these worksheets."""
    shelf = shelf_in(folder / "worksheets", *worksheets)
    path = folder / "file.toml"
    path.write_text(text, encoding="utf-8")
    (found,) = check([path], shelf=shelf, world=fixed_world())
    return found.mistakes


def larger(count: int) -> Worksheet:
    """A worksheet of more prompts than any that is asked now, as one may have been."""
    return read_definition(sheet_text(section_text(*questions(count)), head=OPEN))


# --- how large ------------------------------------------------------------------------------------


def test_a_response_of_ones_own_is_read_however_many_prompts_it_has(tmp_path: Path) -> None:
    response = response_for(larger(1_500), 'question-1400 = "Kept."')
    read = parse_response(response_text(response), tmp_path / "response.toml")
    assert read.response.answers == {"question-1400": "Kept."}
    assert len(read.asked or ()) == 1_500
    ResponseFolder(tmp_path).save(tmp_path / "test-2026-11-21-k3f9.toml", read.response)
    assert checked(tmp_path, response_text(response)) == ()


def test_a_copy_from_others_has_at_most_1000(tmp_path: Path) -> None:
    for count in (1_000, 1_001):
        text = shared_text(shared_for(larger(count)))
        if count == 1_000:
            assert parse_shared(text, tmp_path / "copy.toml", Shelf([]))
            continue
        with pytest.raises(FileRefusedError, match="at most 1,000 prompts") as error:
            parse_shared(text, tmp_path / "copy.toml", Shelf([]))
        assert len(error.value.mistakes) == 1


def test_a_worksheet_that_is_too_large_is_told_so_once(tmp_path: Path) -> None:
    (mistake,) = checked(tmp_path, worksheet_text(*questions(1_001), *questions(50)))
    assert "at most 1,000 prompts" in mistake.message
    assert mistake.remedy == "Split it into several worksheets."


# --- names that lead nowhere ----------------------------------------------------------------------


@pytest.mark.thorough
def test_thousands_of_unknown_prompts_are_compared_within_a_budget(tmp_path: Path) -> None:
    known = worksheet_text(*questions(1_000), head=f'id = "many"\n{OPEN}').replace('id = "test"\n', "")
    answers = "\n".join(f"questoin-{number} = 1" for number in range(3_000))
    with counted(SequenceMatcher.set_seq1) as counts:
        found = checked(tmp_path, f'worksheet = "many"\n[answers]\n{answers}', known)
    assert counts["set_seq1"] < MOST_COMPARED
    assert found[0].remedy == "Did you mean question-0?"
    assert found[-2].remedy == "Take it out, or use the id of a prompt."
    assert (len(found), found[-1].message) == (MOST_MISTAKES + 1, MORE)


IT = 'id = "it", kind = "text"'
KEYS = "\n".join(f"unknown-{number} = 1" for number in range(5_000))


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize(
    "text",
    [
        worksheet_text(IT, head=f"{OPEN}\n{KEYS}"),
        f"{worksheet_text(IT)}\n[more]\n{KEYS}",
        f'worksheet = "known"\n{KEYS}',
        f'worksheet = "known"\n[person]\n{KEYS}',
        f'worksheet = "known"\n[[actions]]\nstep = "x"\n{KEYS}',
        'worksheet = "known"\n' + '[[actions]]\nstep = ""\n' * 5_000,
        f'libwell = "resources/1"\n{KEYS}',
        f'libwell = "config/1"\n{KEYS}',
    ],
    ids=["head", "table", "answers", "person", "action", "actions", "resources", "settings"],
)
def test_of_thousands_of_unknown_keys_as_many_are_told_as_can_be_read(tmp_path: Path, text: str) -> None:
    known = sheet_text(section_text(IT), name="known")
    with counted(SequenceMatcher.set_seq1) as counts:
        found = checked(tmp_path, text, known)
    assert counts["set_seq1"] < MOST_COMPARED
    assert 0 < len(found) <= MOST_MISTAKES + 1
    assert not all(mistake.hint for mistake in found)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "test", ['{ prompt = "question-%d", is = true }', '{ prompt = "picks", includes = "thing-%d" }']
)
def test_thousands_of_tests_that_lead_nowhere_are_compared_within_a_budget(tmp_path: Path, test: str) -> None:
    many = ", ".join(test % number for number in range(1_000, 4_000))
    text = worksheet_text(
        f'id = "picks", kind = "choices", options = {things(*(f"thing-{number}" for number in range(900)))}',
        *questions(500),
        f'id = "last", kind = "text", when = {{ any = [{many}] }}',
    )
    with counted(SequenceMatcher.set_seq1) as counts:
        found = checked(tmp_path, text)
    assert counts["set_seq1"] < MOST_COMPARED
    assert len(found) == MOST_MISTAKES + 1
    assert max(len(mistake.remedy) for mistake in found) < 1_000


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ('kind = "choices", options = THINGS', "[{}]"),
        ('kind = "checklist", items = THINGS', "{{ yes = [{}] }}"),
    ],
)
def test_wrong_picks_everywhere_are_compared_within_a_budget(tmp_path: Path, kind: str, answer: str) -> None:
    kind = kind.replace("THINGS", things(*(f"thing-{number}" for number in range(20))))
    worksheet = worksheet_of(*questions(60, kind))
    wrong = answer.format(", ".join(f'"thign-{number}"' for number in range(90)))
    response = response_for(worksheet, "\n".join(f"question-{number} = {wrong}" for number in range(60)))
    with counted(SequenceMatcher.set_seq1) as counts, pytest.raises(FileRefusedError) as error:
        parse_response(response_text(response), tmp_path / "response.toml")
    assert counts["set_seq1"] < 2 * MOST_COMPARED  # the ids and the texts
    assert len(error.value.mistakes) == MOST_MISTAKES + 1


# --- much in one answer ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["choices", "checklist"])
def test_what_was_picked_is_looked_up_in_one_list_of_words(kind: str) -> None:
    worked_out = []
    for count in (10, 300):
        names = [f"thing-{number}" for number in range(count)]
        key = "options" if kind == "choices" else "items"
        worksheet = worksheet_of(f'id = "it", kind = "{kind}", {key} = {things(*names)}')
        given = str(names) if kind == "choices" else f"{{ yes = {names} }}"
        with counted(texts_of) as counts:
            (one,) = asked(worksheet, response_for(worksheet, f"it = {given}"))
            assert one.value is not None
            one.prompt.show(one.value, one.around)
            assert len(list(one.prompt.given(one.value, one.around))) == count
        worked_out.append(counts["texts_of"])
    assert worked_out[0] == worked_out[1]


@pytest.mark.thorough
def test_what_holds_too_much_to_be_opened_again_is_not_saved(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path / "responses")
    shelf = shelf_in(
        tmp_path / "worksheets", sheet_text(section_text('id = "it", kind = "list"'), name="one")
    )
    entries = ",".join(["'x'"] * 150_000)
    text = f'worksheet = "one"\n[answers]\nit = [{entries}]'
    assert fill(text, file="a.toml", shelf=shelf, folder=folder, world=fixed_world())
    (path,) = folder.paths()
    saved = parse_response(path.read_text(encoding="utf-8"), path).response
    more = saved.model_copy(update={"answers": {"it": ["x"] * 250_000}})
    with pytest.raises(SaveError, match="too many answers"):
        folder.save(path, more)
    assert parse_response(path.read_text(encoding="utf-8"), path).response == saved
