"""What the README says holds: the look is the program's own, the verbs are those of the help."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

from libwell.cli.app import VERBS
from libwell.flows.formats import FORMATS
from libwell.rules.commands import HELP, OTHER_NAMES
from libwell.rules.records import ANSWER_COLUMNS, PLAN_COLUMNS
from walking import run

if TYPE_CHECKING:
    import pytest

README = Path(__file__).parents[1] / "README.md"
BEGINS, ENDS = "<!-- look: begins -->\n", "<!-- look: ends -->"
PLANNED = ("1", "", "Ana and Joy", "in 2 weeks", "It is on the roster")
TYPED = (":go supports", "1w 2i", ":go plan", *PLANNED, ":pause")


def _walk(folder: Path) -> str:
    """What a terminal of 76 columns shows of a short walk."""
    here = str(Path(sys.executable).parent)
    environ = {
        "PATH": f"{here}:/usr/bin:/bin",
        "LIBWELL_DATA_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder / "no-configuration"),
        "TERM": "xterm",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
    }
    child = pexpect.spawn(
        "libwell", ["start", "staff-care"], dimensions=(60, 76), encoding="utf-8", env=environ, timeout=60
    )
    shown = ""
    for line in TYPED:
        child.expect("\n> ")
        shown += child.before + "\n> "
        child.sendline(line)
    child.expect(pexpect.EOF)
    shown += child.before
    child.close()
    return re.sub(r"\x1b\[\?2004[hl]\r?", "", shown).replace("\r", "")


def _stable(text: str) -> str:
    """Leave out what differs from day to day: the date read back and the id."""
    text = re.sub(r"\w+day, \d+ \w+ \d{4}, in 14 days\.", "DAY, in 14 days.", text)
    return re.sub(r"resume \w+", "resume ID", text)


def test_the_look_is_what_the_program_shows(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    shown = _walk(tmp_path)
    look = "```text\n" + shown[shown.index("Question 3 of") :].rstrip() + "\n```\n"
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGINS)
    present, after = rest.split(ENDS)
    if pytestconfig.getoption("--snapshot-update"):
        README.write_text(before + BEGINS + look + ENDS + after, encoding="utf-8")
        present = look
    assert _stable(present) == _stable(look)


def test_every_verb_has_its_line_and_no_other_has() -> None:
    text = README.read_text(encoding="utf-8")
    described = re.findall(r"^- `libwell ([a-z]+)", text, re.MULTILINE)
    assert described == list(VERBS)


def test_every_command_in_the_readme_is_one() -> None:
    table = README.read_text(encoding="utf-8").split("| typed | does |")[1].split("\n\n")[0]
    known = {typed.split()[0] for typed, _ in HELP} | {f":{name}" for name in OTHER_NAMES}
    assert set(re.findall(r"`(:[a-z-]+)", table)) <= known


def test_the_columns_of_the_tables_are_those_listed() -> None:
    text = README.read_text(encoding="utf-8")
    for columns in (PLAN_COLUMNS, ANSWER_COLUMNS):
        assert f"`{' '.join(columns)}`" in text


def test_every_format_has_its_line() -> None:
    text = README.read_text(encoding="utf-8")
    assert not [name for name in FORMATS if f"`{name}`" not in text and f"--format {name}`" not in text]


# --- the three ways in ----------------------------------------------------------------------------


def stable(text: str) -> str:
    """Leave out what differs from day to day and from place to place: days, ids, folders."""
    text = re.sub(r"\w+day, \d+ \w+ \d{4}", "DAY", text)
    text = re.sub(r"(?:By|Was for) DAY|DAY, in \d\d days", "DAY", text)
    text = re.sub(r"\b(?:\d{4}-\d{2}-\d{2}-)?[a-z]\d[a-z]\d\b", "ID", text)
    return re.sub(r"Written: \S*/", "Written: ", text)


def conversations() -> list[tuple[str, str]]:
    """Each command that a console in the README shows, with what comes out."""
    text = README.read_text(encoding="utf-8")
    consoles = re.findall(r"^```console\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    parts = [part for console in consoles for part in console.split("$ ")[1:]]
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


def test_the_worked_examples_come_out_as_they_stand_there(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(README.parent / "examples")
    environ = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "LIBWELL_DATA_DIR": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "no-configuration"),
        "LC_ALL": "C.UTF-8",
    }
    commands = conversations()
    assert len(commands) >= 10
    for command, shown in commands:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert (stable(done.stdout), done.returncode) == (stable(shown), 0), command


def test_each_way_in_has_its_example() -> None:
    text = README.read_text(encoding="utf-8").split("## Three ways in")[1].split("\n## The worksheets")[0]
    ways = text.split("\n### ")[1:]
    assert [way.partition(":")[0] for way in ways] == ["Staff", "Facilitators", "Scripts"]
    assert all("```console\n$ libwell " in way for way in ways)


# --- the pages beside it --------------------------------------------------------------------------

PAGES = [README, *sorted((README.parent / "docs").glob("*.md"))]


def test_links_lead_to_what_a_packager_gets_too() -> None:
    settings = tomllib.loads(README.with_name("pyproject.toml").read_text(encoding="utf-8"))
    held = [
        README.parent / one for one in settings["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    ]
    for page in PAGES:
        links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        for target in [(page.parent / link).resolve() for link in links]:
            assert target.exists(), f"{page.name}: {target}"
            assert any(target.is_relative_to(one) for one in held), f"{page.name}: {target}"


def test_the_privacy_page_names_all_that_lies_in_the_data_folder(tmp_path: Path) -> None:
    data, page = tmp_path / "data", (README.parent / "docs" / "privacy.md").read_text(encoding="utf-8")
    run(data, "fill", str(README.parent / "examples" / "staff-care.toml"))
    run(data, "actions")
    run(data, "actions", "set", "latest.a1", "--status", "done")
    run(data, "export", "latest", "--output", str(tmp_path / "plan.md"))
    found = {one.suffix if one.suffix in (".toml", ".bak") else one.name for one in data.rglob("*")}
    assert found >= {"responses", ".toml", "exports.db", ".actions"}
    assert [name for name in found if name not in page] == []
