"""What the README and the pages of docs say holds: every example is typed, every verb and link is there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pexpect
import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from build import shared_for
from libwell import __version__, load_worksheet
from libwell.cli.app import VERBS
from libwell.flows.formats import FORMATS
from libwell.rules.commands import HELP, OTHER_NAMES
from libwell.storage.places import shipped_worksheets
from libwell.storage.shared import put_in_place
from walking import run

README = Path(__file__).parents[1] / "README.md"
BEGINS, ENDS = "<!-- look: begins -->\n", "<!-- look: ends -->"


def page(name: str) -> str:
    return (README.parent / "docs" / f"{name}.md").read_text(encoding="utf-8")


PLANNED = ("1", "", "Ana and Joy", "in 2 weeks")
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
    text = re.sub(r"\w+day, \w+ \d+, \d{4}, in 14 days\.", "DAY, in 14 days.", text)
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
    text = page("staff")
    described = re.findall(r"^- `libwell ([a-z]+)", text, re.MULTILINE)
    assert described == list(VERBS)


def test_every_command_of_a_walk_is_one() -> None:
    table = page("staff").split("| typed | does |")[1].split("\n\n")[0]
    known = {typed.split()[0] for typed, _ in HELP} | {f":{name}" for name in OTHER_NAMES}
    assert set(re.findall(r"`(:[a-z-]+)", table)) <= known


def test_every_format_has_its_line() -> None:
    assert re.findall(r"^\| `([a-z]+)` \|", page("scripts"), re.MULTILINE) == [
        "md",
        "html",
        "docx",
        "csv",
        "ics",
        "json",
        "jsonl",
    ]
    assert FORMATS.keys() == {"md", "html", "docx", "csv", "ics", "json", "jsonl"}


def test_every_verb_that_a_page_names_is_one() -> None:
    for one in PAGES:
        prose = FENCE.sub("", one.read_text(encoding="utf-8"))
        assert set(re.findall(r"`libwell ([a-z]+)", prose)) <= set(VERBS), one.name


# --- every example ----------------------------------------------------------------------------------

PAGES = [README, *sorted((README.parent / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TRIED = {"console", "sh", "sh terminal", "sh install", "sh duckdb", "python"}
"""What the test below types; the second word behind a fence is read by no reader."""
FORMAT = "worksheet named prompt score resources answers response shared withdrawal config"
ELSEWHERE = {
    "README.md": {"text", "powershell install", "powershell terminal"},  # the look; PowerShell below
    "authoring.md": {"toml worksheet", "toml prompt", "toml score", "toml resources", "text check"},
    "format.md": {f"toml {name}" for name in FORMAT.split()},
    "installing.md": {  # .ci/installing.py; PowerShell and the Mac below
        *("sh uv", "sh pipx", "sh pip", "sh delete", "sh mac", "powershell pip", "powershell delete"),
    },
    "scripts.md": {"text cron", "text container"},  # tests/test_unattended.py
    "staff.md": {"toml"},  # tests/cli/test_config.py
    "windows.md": {"powershell", "powershell libwell"},  # what Windows itself takes; tests/windows
}
"""What other tests try."""
INSTALLING = re.compile(r"^python3 -m venv \.venv && \.venv/bin/pip install \S+ .*?&& ")


class Block(NamedTuple):
    """A fenced example: its language with the second word behind the fence, and what stands in it."""

    mark: str
    text: str


def blocks(page: Path) -> list[Block]:
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [Block(f"{language} {word}".strip(), text) for language, word, text in found]


def stable(text: str) -> str:
    """Leave out what differs from day to day and from place to place: days, ids, folders."""
    text = re.sub(r"\w+day, \w+ \d+, \d{4}", "DAY", text)
    text = re.sub(r"(?:By|Was for) DAY|DAY, in \d+ days", "DAY", text)
    text = re.sub(r"\b(?:\d{4}-\d{2}-\d{2}-)?[a-z]\d[a-z]\d\b", "ID", text)
    return re.sub(r"Written: \S*/", "Written: ", text)


def commands(block: Block) -> list[tuple[str, str | None]]:
    """Each command of an example, with what comes out where that is shown."""
    if block.mark == "python":
        return [(f"python -c {shlex.quote(block.text)}", None)]
    if block.mark == "console":
        parts = [part.partition("\n") for part in block.text.split("$ ")[1:]]
        return [(command, shown) for command, _, shown in parts]
    lines = [line for line in block.text.splitlines() if line.strip()]
    if block.mark == "sh install":  # which `.ci/run` does; what is tried here is installed already
        lines = [INSTALLING.sub("", line) for line in lines]
        lines = [f"{line} --version" if "pytest" in line else line for line in lines]
    return [(line, None) for line in lines]


@dataclass(frozen=True)
class Desk:
    """A fresh folder in which examples are typed as a person would, with libwell installed."""

    folder: Path

    def __post_init__(self) -> None:
        (self.folder / "examples").symlink_to(README.parent / "examples")
        (self.folder / ".venv").mkdir()
        (self.folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
        duckdb = self.folder / "bin" / "duckdb"
        duckdb.parent.mkdir()
        duckdb.write_text("#!/bin/sh\nexec python -c 'import duckdb, sys; duckdb.sql(sys.stdin.read())'\n")
        duckdb.chmod(0o700)

    @property
    def environ(self) -> dict[str, str]:
        return {
            "PATH": f"{Path(sys.executable).parent}:{self.folder / 'bin'}:/usr/bin:/bin",
            "LIBWELL_DATA_DIR": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "configuration"),
            "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1",
            "TERM": "xterm",
        }

    def type(self, command: str) -> tuple[str, int]:
        """Type a command without a terminal: everything that comes out, and the exit status."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout, done.returncode

    def begin(self, command: str) -> int | None:
        """Type a command on a terminal, and `:pause` at its first question. Returns the exit status.

        The draft goes elsewhere, as other examples count what is there.
        """
        environ = {**self.environ, "LIBWELL_DATA_DIR": str(self.folder / "drafts")}
        child = pexpect.spawn("bash", ["-c", command], cwd=str(self.folder), env=environ, timeout=60)
        child.expect("\n> ")
        child.sendline(":pause")
        child.expect(pexpect.EOF)
        child.close()
        status: int | None = child.exitstatus
        return status

    def gather(self) -> None:
        """Put copies of twelve people each into folders of four rounds, and make a response of one's own."""
        worksheet = load_worksheet(shipped_worksheets() / "staff-care.toml")
        for place, folder in enumerate(("shared", "spring", "autumn", "next-spring")):
            (self.folder / folder).mkdir()
            for number in range(12):
                step = "Ask for an hour to learn" if number % 2 else "Ask for one hour to learn"
                answers = (
                    f'supports = {{ well = ["check-ins"] }}\n[[actions]]\nstep = "{step}"\nprivate = false'
                )
                team = {"team": f"Branch {number % 2}"}
                copy = shared_for(worksheet, answers, number=100 * place + number, person=team)
                put_in_place(self.folder / folder / f"copy-{number}.toml", copy)
        self.type("libwell fill examples/staff-care.toml")


WITH_COPIES = {"facilitators.md", "form.md", "scripts.md"}


def test_every_example_is_typed_somewhere() -> None:
    marks = {page.name: {block.mark for block in blocks(page)} - TRIED for page in PAGES}
    assert {name: found for name, found in marks.items() if found} == ELSEWHERE
    assert all(page.read_text(encoding="utf-8").count("```") == 2 * len(blocks(page)) for page in PAGES)
    assert sum(len(commands(block)) for page in PAGES for block in blocks(page) if block.mark in TRIED) >= 35


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_comes_out_as_it_stands_there(page: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    if page.name in WITH_COPIES:
        desk.gather()
    for block in blocks(page):
        if block.mark not in TRIED or (block.mark == "sh duckdb" and find_spec("duckdb") is None):
            continue
        for command, shown in commands(block):
            if block.mark == "sh terminal":
                assert desk.begin(command) == 0, command
                continue
            came, status = desk.type(command)
            assert status == 0, (command, came)
            assert shown is None or stable(came) == stable(shown), command


def test_each_way_in_has_its_example() -> None:
    text = README.read_text(encoding="utf-8").split("## Three ways in")[1].split("\n## The worksheets")[0]
    ways = text.split("\n### ")[1:]
    assert [way.partition(":")[0] for way in ways] == ["Staff", "Facilitators", "Scripts"]
    assert all("```console\n$ libwell " in way for way in ways)


IN_POWERSHELL = {
    "rm -r": "Remove-Item -Recurse",
    "python3 -m": "py -m",
    "&&": ";",
    " ;": ";",
    "/bin/": "/Scripts/",
    "/": "\\",
}


def in_powershell(line: str) -> str:
    """A line for Linux as Windows PowerShell takes it; `&&` is not known there before version 7."""
    for here, there in IN_POWERSHELL.items():
        line = line.replace(here, there)
    return line


@pytest.mark.parametrize("name", ["README.md", "docs/installing.md"])
def test_what_powershell_takes_is_what_linux_takes(name: str) -> None:
    ways = {"install", "terminal", "pip"}
    every = [(*block.mark.split(), block.text) for block in blocks(README.parent / name)]
    found = [block for block in every if block[1] in ways]
    linux = [in_powershell(line) for shell, _, line in found if shell == "sh" and "pytest" not in line]
    assert [line for shell, _, line in found if shell == "powershell"] == linux
    assert len(linux) >= 2


def test_every_line_of_installing_is_typed_before_a_change_lands() -> None:
    script = (README.parent / ".ci" / "installing.py").read_text(encoding="utf-8")
    assert ".ci/installing.py" in (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    text = page("installing")
    sections = [section for section in re.split(r"^#+ ", text, flags=re.MULTILINE) if "```sh uv" in section]
    assert len(sections) == 7
    for section in sections:
        assert section.count("```sh pipx") == section.count("```sh pip\n") == 1
        assert f'"{section.partition(chr(10))[0]}"' in script
    assert set(re.findall(r"libwell-(.+?)-py3", text)) == {__version__}


def test_what_stays_is_told_of_where_libwell_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/joy")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    linux, mac = Unix("libwell", appauthor=False), MacOS("libwell", appauthor=False)
    assert mac.user_data_dir == mac.user_config_dir
    text = page("installing")
    lines = text.partition("| Linux | Mac | Windows |\n")[2].splitlines()[1:3]
    data, settings = [line.strip(" |").split(" | ")[1:] for line in lines]
    folders = [linux.user_data_dir, mac.user_data_dir, r"%LOCALAPPDATA%\libwell"]
    assert data == [f"`{folder}`".replace("/home/joy", "~") for folder in folders]
    assert settings == [f"`{linux.user_config_dir}`".replace("/home/joy", "~"), *["the same folder"] * 2]


def test_the_readme_is_short_and_its_two_commands_are_those_that_ci_takes() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.split()) <= 1350
    lines = [block.text for block in blocks(README) if block.mark == "sh install"]
    taken = re.findall(r"grep -m1 '(.*)' README\.md", (README.parent / ".ci" / "run").read_text())
    assert len(taken) == len(lines) == 2
    for pattern, line in zip(taken, lines, strict=True):
        assert re.findall(pattern, text, re.MULTILINE) == re.findall(pattern, line, re.MULTILINE)
        assert re.search(pattern, line, re.MULTILINE)
    assert "on CPython for Windows under Wine; not yet by us on a Windows computer" in text


# --- the pages beside it --------------------------------------------------------------------------


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


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_into_a_page_lead_to_a_heading() -> None:
    found = 0
    for one in PAGES:
        links = re.findall(r"\]\(([^)#:]*)#([^)]+)\)", one.read_text(encoding="utf-8"))
        for link, anchor in links:
            there = (one.parent / link) if link else one
            assert anchor in anchors(there.read_text(encoding="utf-8")), f"{one.name}: {link}#{anchor}"
        found += len(links)
    assert found >= 20


@pytest.mark.thorough
def test_the_privacy_page_names_all_that_lies_in_the_data_folder(tmp_path: Path) -> None:
    data, text = tmp_path / "data", page("privacy")
    run(data, "fill", str(README.parent / "examples" / "staff-care.toml"))
    run(data, "actions")
    run(data, "actions", "set", "latest.a1", "--status", "done")
    run(data, "export", "latest", "--output", str(tmp_path / "plan.md"))
    found = {one.suffix if one.suffix in (".toml", ".bak") else one.name for one in data.rglob("*")}
    assert found >= {"responses", ".toml", "exports.db", ".actions"}
    assert [name for name in found if name not in text] == []
