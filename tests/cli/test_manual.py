"""The manual page is that of the program's own help, and one that `man` can read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from manual_page import beginning, escaped, manual

import libwell
from libwell.cli.app import VERBS, load_verb

PAGE = Path(libwell.__file__).with_name("libwell.1")


@pytest.fixture(scope="module")
def page(pytestconfig: pytest.Config) -> str:
    if pytestconfig.getoption("--snapshot-update"):
        PAGE.write_text(manual(), encoding="ascii")
    return PAGE.read_text(encoding="ascii")


def test_the_page_is_what_is_made_of_the_help(page: str) -> None:
    assert page == manual(), "pytest tests/cli/test_manual.py --snapshot-update writes it anew"


def commands(command: Any, path: str) -> dict[str, Any]:
    inner = getattr(command, "commands", {})
    found = {path: command}
    for name, one in inner.items():
        found |= commands(one, f"{path} {name}")
    return found


def test_it_has_every_verb_and_every_option(page: str) -> None:
    plain = page.replace("\\-", "-")
    for name in VERBS:
        for path, command in commands(load_verb(name), f"libwell {name}").items():
            assert f"\\fB{path}\\fR" in plain
            for one in command.params:
                assert one.hidden or one.opts[0] in plain or one.metavar in plain


def test_it_has_no_path_of_this_machine(page: str) -> None:
    assert str(Path.home()) not in page or Path.home() == Path("/")
    assert str(PAGE.parents[2]) not in page


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a-b", "a\\-b"),
        ("\\fB", "\\efB"),
        ("it's", "it\\(aqs"),
        ('say "x"', "say \\(dqx\\(dq"),
        ("~/`^", "\\(ti/\\(ga\\(ha"),
        ("é …", "\\[u00E9] \\[u2026]"),
        (".TH", "\\&.TH"),
        ("'TH", "\\(aqTH"),
    ],
)
def test_what_roff_would_act_on_stands_for_itself(text: str, written: str) -> None:
    assert beginning(escaped(text)) == written


def shown(page: str, *command: str) -> str:
    done = subprocess.run(
        command,
        input=page,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return re.sub(".\b", "", done.stdout)


@pytest.mark.skipif(not shutil.which("man") or not shutil.which("groff"), reason="man is not installed")
def test_man_shows_it_without_a_warning(page: str) -> None:
    text = shown(page, "man", "--warnings=all", "--local-file", "-")
    assert "LIBWELL(1)" in text
    assert 'libwell actions set k3f9.a1 --status done --again "in 1 month"' in text
    assert "~/.config/libwell/config.toml" in text
    assert "\\" not in text


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
def test_mandoc_finds_nothing_wrong(page: str) -> None:
    assert shown(page, "mandoc", "-T", "lint", "-W", "warning") == ""
