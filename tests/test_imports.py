"""What each verb imports: a library costs its start, so it comes in where it is used and nowhere else.

What Python itself reports (`-X importtime`) is read, from a process of its own.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

import libwell
from build import shared_for, worksheet_of
from libwell.storage.shared import shared_text

WORKSHEETS = Path(libwell.__file__).parents[2] / "worksheets"
COMMAND = (sys.executable, "-X", "importtime", "-c", "from libwell.cli import main; main()")
PATIENCE = 60

# No verb needs these.
NEVER = {
    "click",
    "dateutil",
    "docx",
    "lxml",
    "icalendar",
    "jinja2",
    "rich",
    "sqlite3",
    "asyncio",
    "ssl",
    "textual",
    "rjsmin",
    "rcssmin",
    "tomlkit",
    "multiprocessing",
    "concurrent",
}
TYPED_DATES, LINE_NUMBERS, LOCKS, WRITING, RECORD = (
    {"libwell.model.days.reading"},
    {"tree_sitter", "tree_sitter_toml", "tomli"},
    {"filelock"},
    {"tomli_w"},
    {"sqlite3"},
)
PAGE = {"jinja2"}
SHORT = {"rjsmin", "rcssmin"}
WORD = {"docx", "lxml"}
ADVICE = {f"libwell.rules.checking{one}" for one in ("", ".advice", ".hints", ".reading")}
KEYS = {"readline", "termios", "libwell.terminal.lines", "libwell.terminal.posix.keys"}
MODELS = {"libwell.model.worksheet", "libwell.model.response", "libwell.rules.walk"}
WALK = {"libwell.rules.walk", "libwell.flows.reflect", "libwell.flows.walk_words"}
LOOKS_ON = NEVER | TYPED_DATES | LINE_NUMBERS | LOCKS | WRITING | KEYS | WALK | ADVICE
TELLS = LOOKS_ON - RECORD

NEEDLESS = {
    "--help": LOOKS_ON | MODELS | {"pydantic", "tomli", "json", "libwell.storage.files"},
    "list": LOOKS_ON | MODELS | {"json", "libwell.export.markdown", "libwell.model.settings"},
    "show staff-care": LOOKS_ON | {"json", "libwell.storage.responses", "libwell.export.markdown"},
    "blank staff-care": LOOKS_ON | {"json", "libwell.flows.blank", "libwell.storage.responses"},
    "blank staff-care --format toml": LOOKS_ON - WRITING | {"libwell.export.markdown"},
    "blank staff-care --format html": LOOKS_ON - PAGE | {"libwell.export.markdown"},
    "form staff-care --output -": LOOKS_ON - PAGE - WRITING - SHORT
    | {"libwell.export.markdown", "libwell.export.docx"},
    "check WORKSHEET": LOOKS_ON - ADVICE | {"json", "libwell.export.markdown"},
    "check RESPONSE": LOOKS_ON | {"json", "libwell.export.markdown"},
    "new front-door --output -": LOOKS_ON | MODELS | {"json", "libwell.export.markdown"},
    "new front-door --output FOLDER": LOOKS_ON | {"json", "libwell.export.markdown"},
    "schema": LOOKS_ON | {"tomli", "platformdirs", "libwell.storage.worksheets", "libwell.export.markdown"},
    "responses": LOOKS_ON | {"json", "libwell.export.markdown"},
    "view latest": LOOKS_ON | {"json", "libwell.export.markdown", "libwell.rules.records"},
    "compare latest latest": LOOKS_ON | {"json", "libwell.export.markdown"},
    "resources burnout": LOOKS_ON | MODELS | {"json", "libwell.storage.responses", "libwell.export.markdown"},
    "actions": LOOKS_ON | {"json", "libwell.export.markdown", "libwell.terminal.blocks"},
    "actions set latest.a1 --status done": LOOKS_ON - LOCKS - WRITING | {"json", "libwell.export.markdown"},
    "actions add latest --answers ANSWERS": LOOKS_ON - LOCKS - WRITING | {"json", "libwell.export.markdown"},
    "export latest": LOOKS_ON | {"json", "libwell.terminal.blocks", "libwell.terminal.pager"},
    "export latest --format html": LOOKS_ON - PAGE | {"libwell.export.markdown", "libwell.terminal.blocks"},
    "export latest --format docx": LOOKS_ON - WORD | {"json", "libwell.export.html"},
    "export latest --format csv": LOOKS_ON | {"json", "libwell.export.markdown", "libwell.export.json"},
    "export latest --format jsonl": LOOKS_ON | {"libwell.export.markdown", "libwell.export.csv"},
    "export latest --format ics": LOOKS_ON - {"icalendar", "dateutil"} | {"libwell.export.markdown"},
    "share latest --yes --output SHARED": LOOKS_ON - LOCKS - WRITING | {"json", "libwell.export.markdown"},
    "export latest --output FILE": TELLS | {"json", "libwell.terminal.blocks"},
    "support": LOOKS_ON | MODELS | {"json", "libwell.export.markdown"},
    "config path": LOOKS_ON | MODELS | {"json", "libwell.model.settings"},
    "config set name Ana": LOOKS_ON - LOCKS - WRITING | MODELS | {"json"},
    "config support list": LOOKS_ON | MODELS | {"json", "libwell.storage.worksheets"},
    "doctor": LOOKS_ON | {"json", "libwell.export.markdown"},
    "team report COPY": TELLS | {"json", "libwell.export.markdown", "libwell.rules.team.plans"},
    "team report COPY --format html": TELLS - PAGE | {"libwell.export.markdown", "libwell.export.csv"},
    "team plan COPY": LOOKS_ON - RECORD
    | {"json", "libwell.export.markdown", "libwell.rules.team.report_data"},
    "fill ANSWERS --draft": LOOKS_ON - WRITING | {"json", "libwell.export.markdown"},
    "delete latest --yes": LOOKS_ON - LOCKS - RECORD | {"json", "libwell.export.markdown"},
}
START = (
    NEVER
    | TYPED_DATES
    | LINE_NUMBERS
    | ADVICE
    | {"json", "libwell.export.markdown", "libwell.terminal.pager"}
)


@dataclass(frozen=True)
class Place:
    """A data folder with one response, and answers to make another."""

    folder: Path
    answers: Path

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIBWELL_")}
        places = {"LIBWELL_DATA_DIR": "data", "XDG_CONFIG_HOME": "config"}
        return kept | {name: str(self.folder / place) for name, place in places.items()} | {"TERM": "xterm"}

    def imported(self, line: str) -> set[str]:
        """Run a command, and give the modules imported by it."""
        response = next((self.folder / "data" / "responses").glob("*.toml"), "")
        paths = {
            "WORKSHEET": WORKSHEETS / "staff-care.toml",
            "RESPONSE": response,
            "ANSWERS": self.answers,
            "COPY": self.folder / "copy.toml",
            "FILE": self.folder / "plan.md",
            "FOLDER": self.folder,
            "SHARED": self.folder / "shared.toml",
        }
        arguments = [str(paths.get(word, word)) for word in line.split()]
        done = subprocess.run([*COMMAND, *arguments], env=self.environ, check=True, capture_output=True)
        return modules(done.stderr.decode())


def modules(report: str) -> set[str]:
    lines = (line for line in report.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.fixture(scope="session")
def brought_in() -> set[str]:
    """Give json where importlib.metadata, which pydantic reads, imports it (Python 3.12 and later)."""
    command = [*COMMAND[:3], "-c", "import importlib.metadata"]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return {"json"} & modules(report)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    answers = tmp_path / "answers.toml"
    answers.write_text('worksheet = "staff-care"\n[[actions]]\nstep = "s"\n')
    copy = shared_for(worksheet_of('id = "it", kind = "yes-no"'), "it = true")
    (tmp_path / "copy.toml").write_text(shared_text(copy))
    place = Place(tmp_path, answers)
    place.imported("fill ANSWERS --draft")
    return place


def test_the_version_is_told_before_anything_is_imported(tmp_path: Path) -> None:
    bare = subprocess.run([*COMMAND[:3], "-c", "pass"], check=True, capture_output=True, text=True)
    imported = Place(tmp_path, tmp_path).imported("--version") - modules(bare.stderr)
    assert imported == {"libwell", "libwell.cli", "__future__"}


@pytest.mark.quick_cases(8)
@pytest.mark.parametrize("line", NEEDLESS)
def test_a_verb_imports_what_it_uses_and_no_more(place: Place, brought_in: set[str], line: str) -> None:
    imported = place.imported(line) - brought_in
    assert imported & NEEDLESS[line] == set()
    assert imported >= {"typer", "libwell.cli.app"}


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("line", ["view ", "start ", "actions set ", "export --format "])
def test_completing_a_line_imports_no_model_and_runs_nothing(place: Place, line: str) -> None:
    place.imported("actions")
    environ = place.environ | {"_LIBWELL_COMPLETE": "complete_bash"}
    done = subprocess.run(
        [*COMMAND, *line.split(" ")], env=environ, check=True, capture_output=True, text=True
    )
    assert done.stdout
    imported = modules(done.stderr)
    assert imported & (LOOKS_ON | MODELS | {"pydantic", "json", "libwell.storage.responses"}) == set()
    assert imported >= {"libwell.cli.completion"}


@pytest.mark.thorough
def test_line_numbers_are_looked_up_only_for_a_mistake(place: Place) -> None:
    broken = place.folder / "broken.toml"
    broken.write_text((WORKSHEETS / "staff-care.toml").read_text().replace("minutes", "minuets", 1))
    done = subprocess.run(
        [*COMMAND, "check", str(broken)], env=place.environ, check=False, capture_output=True
    )
    assert done.returncode == 4
    assert modules(done.stderr.decode()) >= LINE_NUMBERS


@pytest.mark.thorough
def test_up_to_the_first_prompt_nothing_waits_for_what_comes_later(
    place: Place, brought_in: set[str]
) -> None:
    report = place.folder / "report"
    environ = place.environ | {"LIBWELL_DATA_DIR": str(place.folder / "empty")}
    terminal, theirs = pty.openpty()
    with report.open("wb") as errors:
        start = subprocess.Popen(
            [*COMMAND, "start", "staff-care"], env=environ, stdin=theirs, stdout=theirs, stderr=errors
        )
    os.close(theirs)
    shown, end = b"", time.monotonic() + PATIENCE
    while b"> " not in shown and time.monotonic() < end:
        shown += os.read(terminal, 65536)
    imported = modules(report.read_text())
    os.write(terminal, b"\x04")
    with suppress(OSError):  # Linux says so when the other side is closed
        while os.read(terminal, 65536):
            pass
    os.close(terminal)
    assert start.wait() == 0
    assert imported & (START - brought_in) == set()
    assert imported >= {"libwell.rules.walk", "filelock"}
