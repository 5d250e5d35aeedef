"""Every word a person reads is spelled as in American English: worksheets, pages, help and messages."""

from __future__ import annotations

import ast
import re
import tomllib
import warnings
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from spylls.hunspell import Dictionary

from libwell.cli.app import VERBS
from libwell.flows.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "libwell"

# What the dictionary doesn't know: the field's words, the computer's, tools, birds and places.
_ALLOWED = """
    libwell
    de else's hotspots journaling quartiles responders shelvers textphone unclosed unescaped unterminated
    changelog chmod config cp Ctrl docstring Esc fg
    keymap libedit macOS nano na pipx readline scrollback tmux url uv viminfo zsh
    npm schemas Taplo Tombi Neovim
    Orca Speakup
    Avocet Dunlin Goldcrest Nightjar Ochre Redwing Siskin
    Caseyville Fi Wi
"""
ALLOWED = frozenset(_ALLOWED.split())

INSTEAD = {
    "carer": "caregiver",
    "carers": "caregivers",
    "council": "city or county",
    "councils": "cities or counties",
    "fortnight": "two weeks",
    "rota": "schedule",
    "roster": "schedule",
    "rosters": "schedules",
    "timetable": "schedule",
    "toilet": "restroom",
    "toilets": "restrooms",
    "towards": "toward",
    "whilst": "while",
}
"""What the dictionary knows, and Americans say otherwise."""

# What is no prose: code, addresses, names of options and files, walk commands, placeholders, ids.
_NO_PROSE = re.compile(
    r"```.*?```|`[^`]*`|\S+@\S+|https?://\S+|www\.\S+|(?<=\]\()[^)]*|\{[^}]*\}"
    r"|(?<!\w)(?:--?|[:.$])[a-z][\w-]*|[\w/-]*\.(?:py|toml|md|html|csv|json|jsonl|ics|bak|sql)\b|\w*[\d_]\w*",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_ABBREVIATION = re.compile(r"[A-Z]{2,}\w*|\w*[a-z][A-Z]\w*")  # JSON, and names such as iCloud
_ID = re.compile(r"[a-z][a-z0-9]*(?:[-./][a-z0-9]+)+")
_NO_TEXT = {"id", "level", "url"}
_COMMENT = re.compile(r"(?:^|\s)# (.*)$", re.MULTILINE)
_ROFF = re.compile(r"^\.[A-Z]+|^[.']\\\".*|\\f.|\\\(..|\\[&e]|\\", re.MULTILINE)
_CODE = re.compile(r"[$\\|]|<html")


@cache
def dictionary() -> Dictionary:
    """American English."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its own files open
        return Dictionary.from_files("en_US")


@cache
def names() -> frozenset[str]:
    """Words of the program itself and of what it cites: verbs, formats, packages, people, publishers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    packages = [*project["dependencies"], *chain.from_iterable(extras)]
    cited = [
        str(table[key])
        for folder in ("worksheets", "examples")
        for file in (ROOT / folder).rglob("*.toml")
        for table in tables(tomllib.loads(file.read_text(encoding="utf-8")))
        for key in ("author", "publisher", "provider", "name")
        if key in table
    ]
    found = _WORD.findall(" ".join([*VERBS, *FORMATS, *packages]))
    return frozenset(found) | {word for word in _WORD.findall(" ".join(cited)) if word[0].isupper()}


def wrong(text: str) -> Iterator[str]:
    """The words of a text that are not spelled as here, with what to write where that is known."""
    for word in _WORD.findall(_NO_PROSE.sub(" ", text)):
        plain = word.replace("\u2019", "'").removesuffix("'s")
        if plain.lower() in INSTEAD:
            yield f"{plain}: {INSTEAD[plain.lower()]}"
        elif not (
            {plain, plain.lower()} & (ALLOWED | names())
            or _ABBREVIATION.fullmatch(plain)
            or dictionary().lookup(plain)
        ):
            yield plain


# --- what is read ---------------------------------------------------------------------------------


def tables(value: Any) -> Iterator[dict[str, Any]]:
    """Every table in a TOML value."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield value
    for one in inside:
        yield from tables(one)


def strings(value: Any) -> Iterator[str]:
    """Every text in a TOML value: no id, no address."""
    if isinstance(value, str) and not _ID.fullmatch(value):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from () if key in _NO_TEXT else strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def toml_texts(source: str) -> Iterator[str]:
    """The texts and comments of a TOML file."""
    yield from strings(tomllib.loads(source))
    yield from (re.sub(r'"[^" ]*"', " ", comment) for comment in _COMMENT.findall(source))


def messages(source: str) -> Iterator[str]:
    """The strings of a module that are sentences or headings; no docstring, no expression."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            text = node.value
            if (" " in text or re.match(r"[A-Z][a-z]", text)) and not _CODE.search(text):
                yield text


def texts_of(file: Path) -> Iterable[str]:
    """All that a person reads in a file."""
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".toml":
        return toml_texts(source)
    if file.suffix == ".py":
        return messages(source)
    return [_ROFF.sub(" ", source.replace("\\-", "-"))] if file.suffix == ".1" else [source]


FILES = [
    *sorted((ROOT / "worksheets").glob("*.toml")),
    *sorted((ROOT / "examples").rglob("*.toml")),
    SOURCE / "flows" / "template.toml",
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    SOURCE / "libwell.1",  # the help of every verb
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_word_is_american_english(file: Path) -> None:
    assert sorted({word for text in texts_of(file) for word in wrong(text)}) == []


@pytest.mark.thorough
def test_every_message_is_american_english() -> None:
    modules = sorted(SOURCE.rglob("*.py"))
    found = {f"{file.name}: {word}" for file in modules for text in texts_of(file) for word in wrong(text)}
    assert sorted(found) == []


# --- the check itself -----------------------------------------------------------------------------


def test_a_british_word_and_a_slip_are_found_wherever_they_stand() -> None:
    british = 'title = "Ask the organisation"\n[[x]]\nid = "programme"\ntext = "Programme"\n# the neigbour\n'
    assert [word for text in toml_texts(british) for word in wrong(text)] == [
        "organisation",
        "Programme",
        "neigbour",
    ]
    module = (
        '"""The colour."""\nNAME = "colour"\ndef f(n):\n    "Behaviour."\n    say(f"{n} was cancceled.")\n'
    )
    assert [word for text in messages(module) for word in wrong(text)] == ["cancceled"]
    assert list(wrong("Put it on the roster\u2019s page")) == ["roster: schedule"]


@pytest.mark.parametrize("text", ["`licence`", "https://example.org/colour", "--behaviour", "sha256 tomli"])
def test_code_and_names_are_no_prose(text: str) -> None:
    assert list(wrong(text)) == []


def test_no_word_is_allowed_that_the_dictionary_knows() -> None:
    assert [word for word in sorted(ALLOWED) if dictionary().lookup(word)] == []
