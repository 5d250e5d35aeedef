"""A key in an answers file: filled in again, the response it made is found, and nothing is made twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from build import OPEN, fixed_world, section_text, sheet_text, shelf_in, things
from libwell.errors import FileRefusedError, LibwellError
from libwell.flows.fill import Filler
from libwell.flows.opened import hold, read_response
from libwell.flows.sharing import share
from libwell.rules.privacy import private_prompts
from libwell.rules.sharing import Wish
from libwell.storage.fill_keys import FillKeys
from libwell.storage.responses import ResponseFolder, backup_of, key_of

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.flows.fill import Filled
    from libwell.flows.world import World
    from libwell.model.response import Response
    from libwell.storage.worksheets import Shelf

PROMPTS = (
    'id = "words", kind = "text"',
    f'id = "areas", kind = "choices", other = true, options = {things("space", "signs")}',
    'id = "goals", kind = "table", rows_from = "areas", columns = [{ id = "goal", ask = "Goal?" }]',
    'id = "plan", kind = "plan"',
)
SHEET = sheet_text(section_text(*PROMPTS), name="sheet", head=OPEN)
OTHER = sheet_text(section_text('id = "words", kind = "text"'), name="another", head=OPEN)
FIRST = 'key = "form-7"\nworksheet = "sheet"\n[answers]\nwords = "One."\n'
SECOND = FIRST.replace("One", "Two")


@dataclass
class Nights:
    """A folder of responses that is filled night after night, each a run of its own."""

    folder: ResponseFolder
    shelf: Shelf
    world: World = field(default_factory=fixed_world)

    def fill(self, *texts: str, **options: Any) -> list[Filled]:
        """Fill in texts in one run; each is a file of its own."""
        with FillKeys(self.folder) as keys:
            filler = Filler(self.shelf, self.folder, keys, self.world, **options)
            return [filler.fill(text, file=f"{number}.toml") for number, text in enumerate(texts, 1)]

    def outcomes(self, *texts: str, **options: Any) -> list[str]:
        """What becomes of texts that are filled in, in one run."""
        return [filled.outcome for filled in self.fill(*texts, **options)]

    def saved(self) -> Response:
        """The only response."""
        (path,) = self.folder.paths()
        return read_response(path).response

    def change(self, **changes: Any) -> None:
        """Change the only response, as a person would."""
        (path,) = self.folder.paths()
        with hold(path, self.folder, self.world) as held:
            held.save(held.opened.response.model_copy(update=changes))


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    shelf = shelf_in(tmp_path / "worksheets", SHEET, OTHER)
    return Nights(ResponseFolder(tmp_path / "responses"), shelf)


def test_the_same_bytes_change_nothing(nights: Nights) -> None:
    (made,) = nights.fill(FIRST)
    before = made.path.read_bytes()
    assert made.outcome == "made"
    assert nights.fill(FIRST) == [("unchanged", made.path, made.response)]
    assert nights.outcomes(FIRST, FIRST) == ["unchanged", "unchanged"]
    assert [path.read_bytes() for path in nights.folder.paths()] == [before]


def test_changed_bytes_update_the_response_they_made(nights: Nights) -> None:
    (made,) = nights.fill(FIRST)
    (updated,) = nights.fill(SECOND)
    assert (updated.outcome, updated.path) == ("updated", made.path)
    after = nights.saved()
    assert after == updated.response
    assert (after.id, after.created, after.revision) == (made.response.id, made.response.created, 2)
    assert after.answers == {"words": "Two."}
    assert nights.outcomes(SECOND) == ["unchanged"]
    assert not backup_of(made.path).exists()


def test_without_a_key_each_is_made_anew(nights: Nights) -> None:
    text = FIRST.partition("\n")[2]
    assert nights.outcomes(text, text) == ["made", "made"]
    assert len(nights.folder.paths()) == 2
    assert nights.fill(text)[0].response.filled is None


def test_a_key_can_be_given_beside_the_file(nights: Nights) -> None:
    text = FIRST.partition("\n")[2]
    assert nights.outcomes(text, key="form-7") == ["made"]
    assert nights.outcomes(text, key="form-7") == ["unchanged"]
    assert nights.outcomes(FIRST, key="form-7") == ["updated"]
    assert nights.saved().key == "form-7"
    with pytest.raises(FileRefusedError, match=r"1\.toml:1: key: this is not the key that --key gives"):
        nights.fill(FIRST, key="form-8")


@pytest.mark.parametrize("options", [{"draft": True}, {"worksheet": "sheet"}])
def test_what_else_decides_counts_as_a_change(nights: Nights, options: dict[str, Any]) -> None:
    nights.fill(FIRST)
    assert nights.outcomes(FIRST, **options) == ["updated"]
    assert nights.outcomes(FIRST, **options) == ["unchanged"]
    assert nights.saved().status == ("draft" if "draft" in options else "complete")


# --- what a person did meanwhile --------------------------------------------------------------------


def test_what_somebody_went_on_with_is_not_touched(nights: Nights) -> None:
    (made,) = nights.fill(FIRST)
    nights.change(answers={"words": "By hand."})
    before = made.path.read_bytes()
    assert nights.outcomes(FIRST) == nights.outcomes(FIRST, force=True) == ["unchanged"]
    with pytest.raises(LibwellError) as caught:
        nights.fill(SECOND)
    assert made.response.id in caught.value.message
    assert "--force" in caught.value.remedy
    assert "form-7" not in str(caught.value)
    assert made.path.read_bytes() == before


def test_force_replaces_it_and_keeps_what_was_there(nights: Nights) -> None:
    (made,) = nights.fill(FIRST)
    nights.change(answers={"words": "By hand."})
    before = made.path.read_bytes()
    assert nights.outcomes(SECOND, force=True) == ["updated"]
    assert nights.saved().answers == {"words": "Two."}
    assert backup_of(made.path).read_bytes() == before
    assert nights.outcomes(FIRST) == ["updated"]


def test_what_was_deleted_is_made_again(nights: Nights) -> None:
    (made,) = nights.fill(FIRST)
    made.path.unlink()
    assert nights.outcomes(FIRST) == ["made"]
    with FillKeys(nights.folder) as keys:
        filler = Filler(nights.shelf, nights.folder, keys, nights.world)
        filler.fill(FIRST, file="1.toml").path.unlink()
        assert filler.fill(FIRST, file="1.toml").outcome == "made"


def test_a_shared_copy_is_no_change_and_stays_linked(nights: Nights, tmp_path: Path) -> None:
    nights.fill(FIRST)
    wish = Wish(with_text=True)

    def copy() -> None:
        share("latest", f"{tmp_path}/", wish, folder=nights.folder, world=nights.world, agree=lambda _: True)

    copy()
    shared = nights.saved().shared
    assert shared is not None
    assert nights.outcomes(SECOND) == ["updated"]
    assert nights.saved().shared == shared
    copy()
    copy()
    after = nights.saved().shared
    assert after is not None
    assert (after.shared_id, after.revision) == (shared.shared_id, shared.revision + 1)
    assert nights.outcomes(FIRST) == ["updated"]


def test_a_response_keeps_what_libwell_does_not_know(nights: Nights) -> None:
    (made,) = nights.fill(FIRST)
    made.path.write_text(f"x-mine = 3\n{made.path.read_text(encoding='utf-8')}", encoding="utf-8")
    nights.fill(SECOND)
    assert "x-mine = 3\n" in made.path.read_text(encoding="utf-8")


# --- ids --------------------------------------------------------------------------------------------


def steps(*words: str) -> str:
    return FIRST + "".join(f'[[actions]]\nstep = "{word}"\n' for word in words)


def test_a_step_with_the_same_words_keeps_its_id(nights: Nights) -> None:
    def numbered(text: str) -> list[tuple[str, str]]:
        (filled,) = nights.fill(text)
        assert filled.response == nights.saved()
        return [(action.id, action.step) for action in filled.response.actions]

    assert numbered(steps("Ask", "Rest", "Rest")) == [("a1", "Ask"), ("a2", "Rest"), ("a3", "Rest")]
    assert numbered(steps("Rest", "Tell")) == [("a2", "Rest"), ("a4", "Tell")]
    assert numbered(steps("Ask", "Tell")) == [("a5", "Ask"), ("a4", "Tell")]
    assert numbered(f'{steps("Tell")}[[actions]]\nid = "a4"\nstep = "Mine"\n') == [
        ("a6", "Tell"),
        ("a4", "Mine"),
    ]


def test_own_entries_are_counted_as_the_file_has_them(nights: Nights) -> None:
    text = FIRST + 'areas = [{ other = "Light" }]\ngoals = { other-1 = { goal = "More of it" } }\n'
    nights.fill(text)
    assert nights.outcomes(f"{text}# again\n") == ["updated"]
    assert nights.saved().answers["areas"] == [{"other": "Light", "id": "other-1"}]
    nights.fill(f'{FIRST}areas = [{{ other = "Air" }}, {{ other = "Light" }}]')
    nights.fill(f'{FIRST}areas = ["space"]')
    assert nights.saved().last_own["areas"] == 2


def test_what_was_private_stays_private(nights: Nights, tmp_path: Path) -> None:
    closed = SHEET.replace('kind = "text"', 'kind = "text", private = true')
    nights.shelf = shelf_in(tmp_path / "worksheets", closed)
    (made,) = nights.fill(FIRST)
    nights.shelf = shelf_in(tmp_path / "worksheets", SHEET)
    assert nights.outcomes(FIRST) == ["unchanged"]
    nights.fill(SECOND)
    assert "words" in private_prompts(read_response(made.path).worksheet)


# --- whose key it is ----------------------------------------------------------------------------------


def test_a_key_belongs_to_its_worksheet(nights: Nights) -> None:
    nights.fill(FIRST)
    with pytest.raises(FileRefusedError) as caught:
        nights.fill(FIRST.replace('"sheet"', '"another"') + "nope = 1\n")
    assert [(mistake.line, mistake.key) for mistake in caught.value.mistakes] == [
        (1, "key"),
        (5, "answers.nope"),
    ]
    assert "another worksheet, sheet." in caught.value.mistakes[0].message


def test_a_key_is_of_one_file_in_a_run(nights: Nights) -> None:
    with pytest.raises(FileRefusedError, match=r"2\.toml:1: key: 1\.toml has the same key\."):
        nights.fill(FIRST, SECOND)
    assert nights.saved().answers == {"words": "One."}


def test_a_key_that_two_responses_have_is_refused(nights: Nights) -> None:
    (made,) = nights.fill(FIRST)
    copy = made.path.with_name("sheet-2026-11-21-z9z9.toml")
    copy.write_text(made.path.read_text(encoding="utf-8").replace(made.response.short_id, "z9z9"))
    with pytest.raises(LibwellError, match=r"Several responses have this key: .*z9z9") as caught:
        nights.fill(FIRST)
    assert "form-7" not in str(caught.value)


@pytest.mark.parametrize("key", ['""', '"a\\nb"', '"a\\u2028b"', f'"{"x" * 201}"', "7", "[]", '"a\\u0000"'])
def test_what_is_no_key_is_a_mistake_beside_the_others(nights: Nights, key: str) -> None:
    with pytest.raises(FileRefusedError) as caught:
        nights.fill(FIRST.replace('"form-7"', key) + "nope = 1\n")
    assert [mistake.key for mistake in caught.value.mistakes] == ["key", "answers.nope"]
    assert nights.folder.paths() == []


@pytest.mark.parametrize("key", ["x" * 200, "Zoë and 春", "7", "'", '"""', "[[key]]", "\\"])
def test_any_other_text_on_one_line_is_a_key(nights: Nights, key: str) -> None:
    text = FIRST.partition("\n")[2]
    assert [nights.outcomes(text, key=key) for _ in range(2)] == [["made"], ["unchanged"]]


def test_a_key_is_found_however_its_file_is_written(nights: Nights) -> None:
    (made,) = nights.fill(FIRST)
    text = made.path.read_text(encoding="utf-8")
    made.path.write_text(f"note = '''\n[not a table]\n'''\n{text}", encoding="utf-8")
    assert key_of(made.path) == "form-7"
    made.path.write_text(text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert key_of(made.path) == "form-7"
    made.path.write_text(text.replace('key = "form-7"\n', "").replace("[filled]", '[filled]\nkey = "form-7"'))
    assert key_of(made.path) == ""
    made.path.write_bytes(b"\xff key")
    assert key_of(made.path) == ""


def test_a_response_that_can_not_be_read_is_named_and_no_other_made(nights: Nights) -> None:
    (made,) = nights.fill(FIRST)
    text = made.path.read_text(encoding="utf-8")
    made.path.write_text(text[: text.index("[definition]")], encoding="utf-8")
    with pytest.raises(FileRefusedError, match=made.path.name):
        nights.fill(SECOND)
    assert nights.folder.paths() == [made.path]


def test_due_in_words_stays_words_though_it_looks_like_a_day(nights: Nights) -> None:
    text = f'{FIRST}[[actions]]\nstep = "a"\ndue = "2027-03-01"\n[[actions]]\nstep = "b"\ndue = 2027-03-01\n'
    nights.fill(text)
    assert [type(action.due).__name__ for action in nights.saved().actions] == ["str", "date"]
