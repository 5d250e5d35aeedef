"""Words that a person is told to type can be typed: in a shell of Linux, and in PowerShell and cmd."""

from __future__ import annotations

import shlex
from functools import partial

import pytest

from libwell.model.shell_words import as_typed, copying, program_as_typed, removing

ANA = r"C:\Users\Ana Lopez"
SCRIPTS = ANA + r"\AppData\Python\Scripts"


@pytest.mark.parametrize("word", ["plan.md", "a b", "it's", 'say "so"', "$HOME", "~", "", "grün"])
def test_a_word_is_one_word_in_a_shell(word: str) -> None:
    assert shlex.split(as_typed(word, windows=False)) == [word]


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        (r"C:\libwell\plan.md", r"C:\libwell\plan.md"),
        (ANA, rf'"{ANA}"'),
        ("it's", '"it\'s"'),
        ("a,b", '"a,b"'),  # two words for PowerShell
        ("a&b", '"a&b"'),
        ("", '""'),
        ("grün", "grün"),
    ],
)
def test_a_word_is_one_word_in_powershell_and_cmd(word: str, typed: str) -> None:
    assert as_typed(word, windows=True) == typed


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (SCRIPTS + r"\libwell", r'C:\Users\"Ana Lopez"\AppData\Python\Scripts\libwell'),
        (SCRIPTS + r"\python.exe", r'C:\Users\"Ana Lopez"\AppData\Python\Scripts\python'),
        (ANA + r"\work\.venv\Scripts\libwell", r".\.venv\Scripts\libwell"),
        (r"c:\users\ana lopez\WORK\my tools\libwell", r'.\"my tools"\libwell'),
        (ANA + r"\work\libwell", r".\libwell"),
        (r"C:\TOOLS\bin\libwell", "libwell"),  # on PATH, in other letters
        (r"C:\Tools\Bin\python.exe", "python"),
        ("libwell", "libwell"),
        ("python", "python"),
    ],
)
def test_a_program_of_windows_begins_a_line(path: str, typed: str) -> None:
    on_path = ["C:\\tools\\Bin\\", r"D:\other"]
    assert program_as_typed(path, on_path=on_path, folder=ANA + r"\work", windows=True) == typed


def test_a_program_elsewhere_is_called_as_it_was() -> None:
    typed = partial(program_as_typed, on_path=["/usr/bin"], folder="/home/ana", windows=False)
    assert typed("/usr/bin/libwell") == "libwell"
    assert typed(".venv/bin/libwell") == ".venv/bin/libwell"
    assert typed("/home/ana/my tools/libwell") == '"/home/ana/my tools/libwell"'


def test_what_mends_a_file() -> None:
    assert copying("a b", "c", windows=False) == 'cp "a b" c'
    assert copying(r"C:\a b", r"C:\c", windows=True) == r'copy "C:\a b" C:\c'
    assert removing("/tmp/a b", windows=False) == 'rm -r "/tmp/a b"'
    assert removing(r"C:\a b", windows=True) == "delete this folder."
