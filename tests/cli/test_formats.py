"""`libwell export --format`: what each format is given as, what is said beside it, and that it stays so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, get_args

import pytest
import time_machine
import tomli_w

from build import NOW, response_for, worksheet_from
from libwell.cli.team_copies import ReportFormat
from libwell.cli.team_plan import PlanFormat
from libwell.flows.exporting import export, form
from libwell.flows.formats import FORMATS, TASKS, FormatName
from libwell.flows.opened import read_response
from libwell.model.document import CalendarEntry, Document, Task
from libwell.model.response import Person
from libwell.model.sheet import Sheet
from libwell.storage.responses import response_text
from readers import MARK, READERS, read_entries, read_rows
from walking import LIBWELL, PATIENCE, Walking, environment, run
from ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.flows.formats import Content

ROOT = Path(__file__).parents[2]
KINDS = (ROOT / "tests" / "cli" / "kinds.toml").read_text(encoding="utf-8")
GIVEN: dict[str, Any] = {
    "words": "Quiet.",
    "shifts": 3,
    "support": {"improve": ["breaks"]},
    "actions": [
        {"step": "Ask for a break", "due": NOW.date(), "from": "support.breaks"},
        {"step": "Thank Joy", "due": "end of term"},
        {"step": "Rest"},
    ],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def save(data: Path, last: str = "k3f9", given: dict[str, Any] = GIVEN, **changes: Any) -> Path:
    """Save a response to a worksheet with every kind of question."""
    name = f"kinds-2026-11-21-{last}"
    response = response_for(worksheet_from(KINDS), tomli_w.dumps(given), id=name, **changes)
    folder = data / "responses"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    data.chmod(0o700)
    path = folder / f"{name}.toml"
    path.write_text(response_text(response), encoding="utf-8")
    path.chmod(0o600)
    return path


def exported(data: Path, *options: str) -> str:
    """What `export latest` writes to a pipe, every byte of it."""
    command = [*LIBWELL, "--data-dir", str(data), "export", "latest", *options]
    done = subprocess.run(command, env=environment(data), capture_output=True, check=True, timeout=PATIENCE)
    return done.stdout.decode("utf-8", "surrogateescape")


def test_the_command_line_knows_every_format() -> None:
    assert get_args(FormatName) == (*FORMATS,)
    assert FORMATS.keys() >= {*get_args(PlanFormat), *get_args(ReportFormat)}


def test_every_file_of_export_is_a_format_and_every_format_is_there() -> None:
    room = import_module("libwell.export")
    files = {one.name for one in iter_modules(room.__path__)} - {
        "form"
    }  # a page to answer on, and no document
    assert {one.renderer.partition(".")[0] for one in FORMATS.values()} == files
    task = Task("Rest", due=NOW.date(), entry=CalendarEntry("a1", "open", NOW.date(), 1))
    document, sheet = Document("Test", (task,)), Sheet(("step",), (("Rest",),))
    things: dict[str, Content] = {"document": document, "sheet": sheet, "data": {"step": "Rest"}}
    assert [one.suffix for one in FORMATS.values()] == [f".{name}" for name in FORMATS]
    for one in (*FORMATS.values(), TASKS):
        assert "Rest" in READERS[one.suffix[1:]](one.write(things[one.takes]))


@pytest.mark.parametrize("way", WAYS)
def test_every_format_goes_to_standard_output_and_to_a_file_of_its_ending(data: Path, way: str) -> None:
    save(data)
    options = WAYS[way].options
    text = exported(data, *options)
    assert re.search(r"Ask for a break|Quiet\.", WAYS[way].read(text))
    folder = data.parent / "out"
    assert run(data, "export", "--all", *options, "--output", str(folder)).returncode == 0
    (path,) = folder.iterdir()
    assert path.name == f"kinds-2026-11-21-k3f9{WAYS[way].form.format.suffix}"
    assert path.read_bytes().decode("utf-8", "surrogateescape") == text


BY_HAND = "If one had a day before, delete it there by hand."


@pytest.mark.thorough
def test_a_calendar_says_how_many_steps_have_no_day(data: Path, tmp_path: Path) -> None:
    save(data)
    done = run(data, "export", "latest", "--format", "ics")
    assert done.stderr == f"2 steps without a day are not in the calendar. {BY_HAND}\n"
    (entry,) = read_entries(exported(data, "--format", "ics"))
    assert entry["SUMMARY"] == "Ask for a break"
    save(data, "b3b3", {"actions": [{"step": "Rest"}]})
    done = run(data, "export", "b3b3", "--format", "ics", "--todo")
    assert done.stderr == f"1 step without a day is not in the calendar. {BY_HAND}\n"
    assert done.stdout.splitlines()[0::4] == ["BEGIN:VCALENDAR", "END:VCALENDAR"]
    for outcome in ("2 written, 0 unchanged", "0 written, 2 unchanged"):
        done = run(data, "export", "--all", "--format", "ics", "--output", str(tmp_path / "out"))
        undated = f"3 steps without a day are not in the calendar. {BY_HAND}"
        assert done.stderr == f"{undated}\n{outcome}, 0 failed\n"
    assert run(data, "export", "latest", "--format", "csv").stderr == ""


@pytest.mark.thorough
def test_a_table_is_of_the_plan_unless_answers_are_asked_for(data: Path) -> None:
    save(data)
    plain, plan, answers = (
        exported(data, "--format", "csv", *more) for more in ((), ("--what", "plan"), ("--what", "answers"))
    )
    assert plain == plan
    assert [row["action"] for row in read_rows(plan)] == ["k3f9.a1", "k3f9.a2", "k3f9.a3"]
    assert [row["due"] for row in read_rows(plan)] == ["2026-11-21", "end of term", ""]
    assert [(row["prompt"], row["value"]) for row in read_rows(answers)] == [
        *(("words", "Quiet."), ("shifts", "3"), ("support", "true")),
    ]


def test_a_word_file_goes_to_no_screen_and_not_with_others_into_one_file(data: Path, tmp_path: Path) -> None:
    save(data)
    for line in ("export latest --format docx", "blank staff-care --format docx --output -"):
        with Walking(data, *line.split(), ready=False) as walk:
            assert walk.end() == 2
            said = " ".join(walk.shown.split())
            assert said == "This is a Word file, which a screen can't show. Name a file: --output plan.docx"
    done = run(data, "export", "--all", "--output", str(tmp_path / "all.docx"))
    assert (done.returncode, "can't go to one file" in done.stderr) == (2, True)
    assert not (tmp_path / "all.docx").exists()


@pytest.mark.thorough
def test_where_python_docx_is_missing_the_remedy_is_named_before_anything_is_done(data: Path) -> None:
    save(data)
    without = "import sys; sys.modules['docx'] = None; from libwell.cli import main; main()"
    lines = (
        "export latest --format docx",
        "blank staff-care --output a.docx",
        "export --all --format docx",
    )
    for line in lines:
        command = [sys.executable, "-c", without, "--data-dir", str(data), *line.split()]
        done = subprocess.run(command, env=environment(data), capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            "Word files need python-docx. Add it: pip install python-docx. "
            "With uv or pipx, see docs/installing.md.\n"
        )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--what answers", "--what goes with --format csv. Add that, or leave --what out."),
        ("--format json --what plan", "--what goes with --format csv. Add that, or leave --what out."),
        ("--todo", "--todo goes with --format ics. Add that, or leave --todo out."),
        ("--format csv --todo", "--todo goes with --format ics. Add that, or leave --todo out."),
        ("--format csv --what steps", "--what takes plan or answers."),
    ],
)
def test_an_option_that_does_not_go_with_the_format_is_told(data: Path, options: str, said: str) -> None:
    save(data)
    done = run(data, "export", "latest", *options.split())
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")


def test_a_terminal_shows_no_byte_order_mark(data: Path) -> None:
    save(data)
    with Walking(data, "export", "latest", "--format", "csv", columns=400, ready=False) as walking:
        assert walking.end() == 0
        assert walking.raw.startswith("response,action,worksheet,step,")
        assert "U+" not in walking.raw
    assert run(data, "export", "latest", "--format", "csv").stdout.startswith(MARK)


def test_view_as_json_is_the_export_under_another_name(data: Path) -> None:
    save(data)
    viewed = json.loads(run(data, "view", "latest", "--json").stdout)
    exported = json.loads(run(data, "export", "latest", "--format", "json").stdout)
    assert (viewed.pop("schema"), exported.pop("schema")) == ("libwell.view/1", "libwell.export/1")
    assert viewed == exported


# --- the same at any time and place -----------------------------------------------------------------


@pytest.fixture
def time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize("way", WAYS)
def test_the_same_bytes_come_out_on_any_day_in_any_time_zone(
    data: Path, time_zone: pytest.MonkeyPatch, way: str
) -> None:
    path = save(data, completed=NOW.date(), status="complete")
    outputs = set()
    for zone, day in (
        ("Pacific/Kiritimati", "2026-11-22"),
        ("Etc/GMT+12", "2031-02-28"),
        ("UTC", "1999-12-31"),
    ):
        time_zone.setenv("TZ", zone)
        time.tzset()
        with time_machine.travel(f"{day} 23:59:59+00:00", tick=False):
            outputs.add(export(read_response(path), WAYS[way].form, private=True).rendered)
    assert len(outputs) == 1


def test_a_later_revision_changes_what_is_in_a_calendar_and_adds_nothing(data: Path) -> None:
    changed = {**GIVEN["actions"][0], "step": "Ask for two breaks", "status": "done", "changed": NOW.date()}
    exports = (
        export(read_response(save(data, given=given, revision=number)), form("ics"), private=True)
        for number, given in ((3, GIVEN), (3, GIVEN), (4, {**GIVEN, "actions": [changed]}))
    )
    before, again, after = (read_entries(str(one.rendered)) for one in exports)
    assert before == again
    assert [one["UID"] for one in before] == [one["UID"] for one in after]
    assert (before[0]["SEQUENCE"], after[0]["SEQUENCE"]) == (3, 4)
    assert after[0]["SUMMARY"] == "Done: Ask for two breaks"


# --- many libraries ---------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("output", ["answers", "answers/riverside.jsonl"])
def test_the_recipe_reads_the_answers_of_many_libraries(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    for number in range(12):
        marks: dict[str, list[Any]] = {"improve": ["breaks", {"other": "a quiet room"}]}
        if number < 6:
            marks = {"well": ["thanks"], "improve": ["breaks", "training"]}
        if number < 4:
            marks["well"].append("breaks")  # too few to be shown
        given = {"support": marks, "words": "Quiet."}
        save(data, f"k{number:03}", given, person=Person(library=f"Library {number % 3}"))
    save(data, "k900", {"support": {"not-answered": "prefer-not-to-say"}})
    save(data, "k901", {"words": "Nothing else."})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers").mkdir()
    assert run(data, "export", "--all", "--format", "jsonl", "--output", output).returncode == 0
    recipe = (ROOT / "examples" / "many-libraries.sql").read_text(encoding="utf-8")
    import duckdb

    read = duckdb.execute(recipe)
    assert [name for name, *_ in read.description or ()] == [
        *("question", "item", "mark", "percent", "marked", "responses", "libraries"),
    ]
    better, well = "I'd like to see this done better", "we do this well"
    assert [row[1:] for row in read.fetchall()] == [
        ("Breaks that can be taken", better, 100, 12, 12, 3),
        ("Thanks", well, 50, 6, 12, 3),
        ("Training", better, 50, 6, 12, 3),
    ]


def test_the_recipe_says_how_its_folder_is_made() -> None:
    recipe = (ROOT / "examples" / "many-libraries.sql").read_text(encoding="utf-8")
    assert re.search(r"libwell export --all --output answers/\w+\.jsonl\n", recipe)
    assert "'answers/*.jsonl'" in recipe
