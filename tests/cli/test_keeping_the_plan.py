"""What is offered after a private response was exported whole: to keep its plan and delete the answers."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import tomllib
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from build import section_text, sheet_text, things
from libwell.errors import LockedError
from libwell.storage.export_record import ExportRecord
from libwell.storage.seen import Noted, Seen, digest_of
from walking import CTRL_C, CTRL_D, LIBWELL, Walking, environment, run, saved, saved_files, short_id, squeezed

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

CANARY = "canary-1-tweet"
SCALE = 'scale = { min = 0, max = 3, labels = ["a", "b"] }'
PROMPTS = (
    'id = "words", kind = "text", long = false',
    f'id = "kind", kind = "choices", other = true, options = {things("rest")}',
    'id = "each", kind = "table", rows_from = "kind", columns = [{ id = "how", ask = "How?" }]',
    f'id = "cup", kind = "rating", {SCALE}, items = {things("one")}',
)
PLAN = section_text('id = "plan", kind = "plan"', keys='id = "end"\ntitle = "End"')
SCORE = '[[scores]]\nid = "cup"\ntitle = "Cup"\nmethod = "sum"\nitems = ["cup.one"]\n'
SHEET = sheet_text(section_text(*PROMPTS), PLAN, SCORE, head="private = true", name="mine")
ANSWERS = f"""
worksheet = "mine"
[answers]
words = "My own {CANARY}."
kind = ["rest", {{ other = "{CANARY}" }}]
cup = {{ one = 2 }}

[answers.each.rest]
how = "With {CANARY}."

[[actions]]
step = "Ask for a break"
from = "each.rest.how"
[[actions]]
step = "Sit down"
from = "kind.other-1"
who = "me"
"""
OFFERED = "Type delete to delete the answers here and keep the plan; anything else keeps both."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one finished, private response."""
    return filled(tmp_path)


def filled(tmp_path: Path, sheet: str = SHEET, *, draft: bool = False) -> Path:
    data, answers = tmp_path / "data", tmp_path / "answers.toml"
    data.mkdir(mode=0o700)
    (data / "worksheets").mkdir()
    (data / "worksheets" / "mine.toml").write_text(sheet, encoding="utf-8")
    answers.write_text(ANSWERS, encoding="utf-8")
    done = run(data, "fill", str(answers), *(["--draft"] if draft else []))
    assert (done.returncode, done.stderr) == (0, "")
    return data


def export(data: Path, target: Path | str, *more: str, ready: bool = True) -> Walking:
    return Walking(data, "export", "latest", "--private", "--output", str(target), *more, ready=ready)


def holding(folder: Path) -> set[str]:
    """The names of the files with something in them that was answered."""
    return {one.name for one in folder.rglob("*") if one.is_file() and CANARY.encode() in one.read_bytes()}


def everything(data: Path) -> dict[str, bytes]:
    """Every file in the data folder but the record of exports."""
    return {one.name: one.read_bytes() for one in data.rglob("*.toml*")}


def deleted(data: Path, target: Path) -> dict[str, Any]:
    """Export, take the offer, and give the response."""
    with export(data, target) as walk:
        walk.type("delete")
        assert walk.status == 0
    return saved(data)


# --- the offer ------------------------------------------------------------------------------------


def test_it_is_offered_and_says_what_it_does(tmp_path: Path, data: Path) -> None:
    with export(data, tmp_path / "mine.md") as walk:
        shown = " ".join(walk.shown.split())
        begins = f"Written: {tmp_path}/mine.md This worksheet is private. libwell can delete"
        assert squeezed(shown).startswith(squeezed(begins))  # a long path is folded
        assert "your answers from the saved response and keep the steps of your plan. Nothing is" in shown
        assert "This is no secure erasure:" in shown
        assert "What you exported stays where you put it." in shown
        assert OFFERED in shown
        walk.type("delete")
        (path,) = saved_files(data)
        assert f"Deleted the answers of {path.stem}. Its plan is kept." in " ".join(walk.shown.split())
        assert walk.status == 0
        assert walk.is_tidy


def test_the_answers_are_gone_and_the_plan_is_kept(tmp_path: Path, data: Path) -> None:
    before, target = saved(data), tmp_path / "mine.md"
    after = deleted(data, target)
    assert holding(data) == set()
    assert target.read_text(encoding="utf-8").replace("\\", "").count(CANARY) == 3
    assert "answers" not in after
    assert after["actions"] == before["actions"]
    assert after["definition"] == before["definition"]
    assert (after["status"], after["completed"]) == ("complete", before["completed"])
    assert after["revision"] == before["revision"] + 1


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("answer", ["delete", "DELETE", "  Delete  "])
def test_the_earlier_version_goes_too(tmp_path: Path, data: Path, answer: str) -> None:
    with Walking(data, "resume", short_id(data)) as walk:
        walk.type("1", f"Once more {CANARY}.", "")
        assert walk.status == 0
    (path,) = saved_files(data)
    assert holding(data) == {path.name, f"{path.name}.bak"}
    with export(data, tmp_path / "mine.md") as walk:
        walk.type(answer)
        assert walk.status == 0
    assert holding(data) == set()
    assert not path.with_name(f"{path.name}.bak").exists()


@pytest.mark.thorough
def test_what_is_left_can_be_read_shown_exported_and_gone_on_with(tmp_path: Path, data: Path) -> None:
    deleted(data, tmp_path / "mine.md")
    (path,) = saved_files(data)
    assert run(data, "check", str(path)).returncode == 0
    assert run(data, "doctor").returncode == 0
    for verb in ("view", "export"):
        done = run(data, verb, "latest", "--private")
        assert done.returncode == 0
        assert "Ask for a break" in done.stdout
        assert "Sit down" in done.stdout
        assert "Cup" not in done.stdout
    (one,) = json.loads(run(data, "responses", "--json").stdout)["responses"]
    assert one["status"] == "complete"
    with Walking(data, "resume", short_id(data)) as walk:
        assert "Review" in walk.shown
        walk.type("1", "New words.")
        walk.type(":pause")
        assert walk.status == 0
    assert saved(data)["answers"]["words"] == "New words."


@pytest.mark.thorough
def test_it_is_offered_once(tmp_path: Path, data: Path) -> None:
    deleted(data, tmp_path / "mine.md")
    with export(data, tmp_path / "again.md", ready=False) as walk:
        assert walk.end() == 0
        assert OFFERED not in walk.raw


# --- what keeps everything ------------------------------------------------------------------------


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("answer", ["", "yes", "delete it", ":pause", "deletee"])
def test_anything_else_keeps_everything(tmp_path: Path, data: Path, answer: str) -> None:
    before = everything(data)
    with export(data, tmp_path / "mine.md") as walk:
        walk.type(answer)
        assert walk.status == 0
        assert "Your answers are kept." in walk.shown
    assert everything(data) == before


@pytest.mark.parametrize(("key", "status"), [(CTRL_D, 0), (CTRL_C, 130)])
def test_a_key_that_ends_it_keeps_everything(tmp_path: Path, data: Path, key: str, status: int) -> None:
    before = everything(data)
    with export(data, tmp_path / "mine.md") as walk:
        walk.press(key)
        assert walk.status == status
        assert walk.is_tidy
    assert everything(data) == before
    assert CANARY in (tmp_path / "mine.md").read_text(encoding="utf-8").replace("\\", "")


def test_a_terminal_that_is_closed_keeps_everything(tmp_path: Path, data: Path) -> None:
    before = everything(data)
    with export(data, tmp_path / "mine.md") as walk:
        assert walk.hang_up() in (0, 129, -1)
    assert everything(data) == before


# --- where nothing is asked -----------------------------------------------------------------------


def not_asked(data: Path, *line: str) -> str:
    """Export at a terminal, where nothing is asked and nothing deleted. Returns what was shown."""
    before = everything(data)
    with Walking(data, *line, ready=False) as walk:
        assert walk.end() == 0
        assert "Type delete" not in walk.raw
    assert everything(data) == before
    return " ".join(walk.lines())


def test_without_a_terminal_nothing_is_asked(tmp_path: Path, data: Path) -> None:
    before = everything(data)
    done = run(data, "export", "latest", "--private", "--output", str(tmp_path / "mine.md"))
    assert (done.returncode, done.stderr) == (0, f"Written: {tmp_path}/mine.md\n")
    assert everything(data) == before


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("stdin", ["", "delete\n"])
def test_what_stands_in_a_pipe_is_no_answer(tmp_path: Path, data: Path, stdin: str) -> None:
    before = everything(data)
    command = [*LIBWELL, "--data-dir", str(data), "export", "latest", "--private"]
    command += ["--output", str(tmp_path / "mine.md")]
    done = subprocess.run(
        command, input=stdin, env=environment(data), capture_output=True, text=True, check=True
    )
    assert "delete" not in done.stdout + done.stderr
    assert everything(data) == before


def test_where_it_says_not_to_ask_nothing_is_asked(tmp_path: Path, data: Path) -> None:
    line = ("export", "latest", "--private", "--output", str(tmp_path / "mine.md"))
    assert "Written" in not_asked(data, "--no-input", *line)


@pytest.mark.parametrize("output", [(), ("--output", "-")])
def test_for_standard_output_nothing_is_asked(data: Path, output: tuple[str, ...]) -> None:
    assert "Ask for a break" in not_asked(data, "export", "latest", "--private", *output)


def test_without_what_is_private_nothing_is_asked(tmp_path: Path, data: Path) -> None:
    assert "left out" in not_asked(data, "export", "latest", "--output", str(tmp_path / "mine.md"))


@pytest.mark.parametrize("names", [("--all",), ("FOLDER",), ("latest", "FILE")])
def test_for_a_batch_nothing_is_asked(tmp_path: Path, data: Path, names: tuple[str, ...]) -> None:
    (path,) = saved_files(data)
    places = {"FOLDER": str(path.parent), "FILE": str(path)}
    given = [places.get(name, name) for name in names]
    shown = not_asked(data, "export", *given, "--private", "--output", str(tmp_path / "out"))
    assert "1 written, 0 unchanged, 0 failed" in shown


SHARED = {
    "shared": SHEET.replace("private = true", "private = false"),
    "one section": SHEET.replace('title = "First"', 'title = "First"\nprivate = false'),
    "one question": SHEET.replace('id = "words", ', 'id = "words", private = false, '),
    "the plan": SHEET.replace('title = "End"', 'title = "End"\nprivate = false'),
}


@pytest.mark.parametrize("name", SHARED)
def test_where_a_part_is_shared_nothing_is_asked(tmp_path: Path, name: str) -> None:
    assert SHARED[name] != SHEET
    data = filled(tmp_path, SHARED[name])
    assert "Written" in not_asked(
        data, "export", "latest", "--private", "--output", str(tmp_path / "mine.md")
    )


def test_where_every_question_is_private_it_is_asked(tmp_path: Path) -> None:
    sheet = SHEET.replace("private = true", "private = false")
    sheet = sheet.replace('title = "First"', 'title = "First"\nprivate = true')
    data = filled(tmp_path, sheet.replace('title = "End"', 'title = "End"\nprivate = true'))
    assert "answers" not in deleted(data, tmp_path / "mine.md")


def test_for_a_draft_nothing_is_asked(tmp_path: Path) -> None:
    data = filled(tmp_path, draft=True)
    not_asked(data, "export", "latest", "--private", "--output", str(tmp_path / "mine.md"))


def test_where_the_export_fails_nothing_is_asked(tmp_path: Path, data: Path) -> None:
    (tmp_path / "mine.md").write_text("Somebody's own.", encoding="utf-8")
    with export(data, tmp_path / "mine.md", ready=False) as walk:
        assert walk.end() == 1
        assert "Type delete" not in walk.raw
    assert holding(data) != set()


# --- the file with the answers --------------------------------------------------------------------


@pytest.mark.thorough
def test_the_file_is_not_written_over_afterwards(tmp_path: Path, data: Path) -> None:
    target = tmp_path / "mine.md"
    deleted(data, target)
    before = target.read_bytes()
    for private in ((), ("--private",)):
        done = run(data, "export", "latest", "--output", str(target), *private)
        assert done.returncode == 1
        assert "--force replaces it" in done.stderr
        assert target.read_bytes() == before
    assert run(data, "export", "latest", "--output", str(tmp_path / "plan.md")).returncode == 0
    assert run(data, "export", "latest", "--output", str(target), "--force").returncode == 0
    assert target.read_bytes() != before


@pytest.mark.thorough
def test_nor_is_any_other_file_of_this_response(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "out"
    assert run(data, "export", "--all", "--private", "--output", str(folder)).returncode == 0
    (path,) = folder.iterdir()
    before = path.read_bytes()
    deleted(data, tmp_path / "mine.md")
    done = run(data, "export", "--all", "--private", "--output", str(folder))
    assert done.returncode == 1
    assert path.read_bytes() == before


@pytest.mark.thorough
def test_a_file_of_another_response_is_as_before(tmp_path: Path, data: Path) -> None:
    other = tmp_path / "other.md"
    (first,) = saved_files(data)
    assert run(data, "fill", str(tmp_path / "answers.toml")).returncode == 0
    (second,) = (path for path in saved_files(data) if path != first)
    assert run(data, "export", second.stem, "--private", "--output", str(other)).returncode == 0
    with Walking(data, "export", first.stem, "--private", "--output", str(tmp_path / "mine.md")) as walk:
        walk.type("delete")
        assert walk.status == 0
    with Walking(data, "resume", second.stem) as walk:
        walk.type("1", "Other words.", "")
        assert walk.status == 0
    assert run(data, "export", second.stem, "--private", "--output", str(other)).returncode == 0
    assert "Other words." in other.read_text(encoding="utf-8")


# --- somebody else --------------------------------------------------------------------------------


@pytest.mark.thorough
def test_while_it_is_open_elsewhere_nothing_is_deleted(tmp_path: Path, data: Path) -> None:
    with Walking(data, "resume", short_id(data)) as other:
        before = everything(data)
        with export(data, tmp_path / "mine.md") as walk:
            walk.type("delete")
            assert walk.status == 1
            assert "open" in walk.shown
            assert "Deleted" not in walk.shown
            assert walk.is_tidy
        assert everything(data) == before
        other.press(CTRL_D)
        assert other.status == 0


@pytest.mark.thorough
def test_what_was_changed_meanwhile_is_not_deleted(tmp_path: Path, data: Path) -> None:
    with export(data, tmp_path / "mine.md") as walk:
        with Walking(data, "resume", short_id(data)) as other:
            other.type("1", "New words, not in the export.", "")
            assert other.status == 0
        before = everything(data)
        walk.type("delete")
        assert walk.status == 1
        shown = " ".join(walk.shown.split())
        assert "The response was changed meanwhile, so nothing was deleted. Export it again first." in shown
    assert everything(data) == before
    assert saved(data)["answers"]["words"] == "New words, not in the export."


def test_unless_it_can_be_kept_that_the_file_is_ones_own_nothing_is_deleted(tmp_path: Path) -> None:
    target = tmp_path / "mine.md"

    def may_replace() -> bool:
        with closing(ExportRecord(tmp_path / "exports.db")) as record:
            return record.may_replace(target, "mine-1", 4, b"x")

    with closing(ExportRecord(tmp_path / "exports.db", patience=0)) as record:
        source, unread = tmp_path / "mine-1.toml", Seen(None, b"")
        seen = Seen(None, digest_of(b"x"))
        record.note(Noted(target, source, "mine-1", 3, "md", 0, 0, written=seen, read=unread))
        record.save()
        with closing(sqlite3.connect(tmp_path / "exports.db")) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LockedError):
                record.disown("mine-1")
        assert record.may_replace(target, "mine-1", 4, b"x")
    assert may_replace()
    with closing(ExportRecord(tmp_path / "exports.db")) as record:
        record.disown("mine-1")
    assert not may_replace()


def test_a_response_given_by_its_path_keeps_its_plan_there(tmp_path: Path, data: Path) -> None:
    (path,) = saved_files(data)
    elsewhere = tmp_path / "stick" / path.name
    elsewhere.parent.mkdir()
    path.rename(elsewhere)
    target = str(tmp_path / "mine.md")
    with Walking(data, "export", str(elsewhere), "--private", "--output", target) as walk:
        walk.type("delete")
        assert walk.status == 0
    after = tomllib.loads(elsewhere.read_text(encoding="utf-8"))
    assert "answers" not in after
    assert len(after["actions"]) == 2
    assert saved_files(data) == []
