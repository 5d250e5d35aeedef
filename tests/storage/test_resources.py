"""Resources on disk: every mistake in a file with its line, and which file hides what of which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from build import mistakes_in, section_text, sheet_text, shelf_in
from libwell.errors import FileRefusedError
from libwell.rules.learning import to_read_on
from libwell.storage.definitions import definition_of, read_definition
from libwell.storage.places import SHIPPED, shipped_worksheets
from libwell.storage.resources import find_resources, read_resources
from libwell.storage.worksheets import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.errors import Mistake

HEAD = 'libwell = "resources/1"\nintro = "Read on."\n'
GIVEN = {
    "provider": '"A library"',
    "kind": '"course"',
    "audience": '["staff"]',
    "about": '"What it is about."',
}


def entry(name: str, **keys: str) -> str:
    """One resource; `keys` are as they stand in the file, and an empty one is left out."""
    given = {"id": f'"{name}"', **GIVEN, "title": f'"A course {name}"', **keys}
    lines = (f"{key} = {text}" for key, text in given.items() if text)
    return "\n[[resources]]\n" + "\n".join(lines) + "\n"


def mistakes(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(FileRefusedError) as caught:
        read_resources(text, file="resources.toml")
    assert caught.value.status == 4
    return caught.value.mistakes


# --- one file -------------------------------------------------------------------------------------


def test_a_file_of_resources() -> None:
    keys = {"topics": '["burnout", "rest"]', "country": '"US"', "url": '"https://example.org"', "x-note": "1"}
    found = read_resources(HEAD + entry("988-line", **keys) + entry("a"), file="resources.toml")
    assert found.intro == "Read on."
    first, second = found.resources
    assert (first.id, first.topics, first.country) == ("988-line", ("burnout", "rest"), "US")
    assert (second.topics, second.country, second.url) == ((), "", "")


def test_a_file_may_hold_no_resources() -> None:
    assert read_resources('libwell = "resources/1"', file="resources.toml").resources == ()


# Behind each line that is wrong stands the key that is named, and a part of what is said.
MANY = (
    HEAD
    + """
colour = "red"                                  # colour: there is no such key here. Known here: libwell

[[resources]]
id = "a"
title = "One"
provider = "P"
kind = "cours"                                  # resources[1].kind: One of: course, training, webinar
audience = ["staff", "everyone"]                # resources[1].audience[2]: One of: staff, patrons, leaders.
about = "A"

[[resources]]
id = "B"                                        # resources[2].id: made of small letters, digits and hyphens
title = " "                                     # resources[2].title: this text is empty
provider = 3                                    # resources[2].provider: a text in quotes was expected.
kind = "helpline"
audience = []                                   # resources[2].audience: at least one is needed.
about = "A"
country = "usa"                                 # resources[2].country: a country is two capital letters
url = true                                      # resources[2].url: a text in quotes was expected.

[[resources]]                                   # resources[3].about: this key is missing. Add it.
id = "a"                                        # resources[3].id: another resource has the id a.
title = "Three"
provider = "P"
kind = "guide"
audience = "staff"                              # resources[3].audience: a list in [ ] was expected.
topics = ["one", 2]                             # resources[3].topics[2]: a text in quotes was expected.
countri = "US"                                  # resources[3].countri: Did you mean country?
"""
)


def test_every_mistake_is_named_at_once_with_its_line() -> None:
    expected = [
        (number, match[1], match[2])
        for number, line in enumerate(MANY.splitlines(), 1)
        if (match := re.search(r" # (\S+): (.*)$", line))
    ]
    found = mistakes(MANY)
    assert [(one.line, one.key) for one in found] == [(line, key) for line, key, _ in expected]
    for mistake, (_, _, said) in zip(found, expected, strict=True):
        assert said in f"{mistake.message} {mistake.remedy}"


@pytest.mark.parametrize("country", ["us", "USA", "U1", "U", "Us", "ÉÉ", "US\\n"])
def test_a_country_is_two_capital_letters(country: str) -> None:
    (found,) = mistakes(HEAD + entry("a", country=f'"{country}"'))
    assert (found.key, found.line) == ("resources[1].country", 11)


@pytest.mark.parametrize("name", ["", "A", "-a", "a b", "é", "a.b", "a" * 65])
def test_what_is_no_id(name: str) -> None:
    (found,) = mistakes(HEAD + entry(name))
    assert (found.key, found.line) == ("resources[1].id", 5)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("", "", "this file is empty"),
        ("intro = ''", "libwell", "does not say that it is a file of resources"),
        ('libwell = "worksheet/1"', "libwell", "does not say that it is a file of resources"),
        ('libwell = "resources/2"', "libwell", "newer libwell (resources/2)"),
        ("libwell =", "", "The value is missing"),
        (f"{HEAD}[resources]\nid = 'a'", "resources", "Write the heading with two brackets: [[resources]]."),
        (f"{HEAD}resources = 3", "resources", "a list in [ ] was expected."),
        (f"{HEAD}resources = ['a']", "resources[1]", 'Write it as { id = "…", title = "…" }.'),
        (f"{HEAD}[[resources]]\nid = ['a']", "resources[1].id", "a text in quotes was expected."),
        ("libwell = 'resources/1'\nintro = 1", "intro", "a text in quotes was expected."),
    ],
)
def test_what_is_no_file_of_resources(text: str, key: str, said: str) -> None:
    found = mistakes(text)
    assert said in " ".join(f"{one.key} {one.message} {one.remedy}" for one in found if one.key == key)


# --- several folders ------------------------------------------------------------------------------


def folder_with(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "resources.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_first_folder_that_has_an_id_hides_the_others(tmp_path: Path) -> None:
    own = folder_with(tmp_path / "own", HEAD + entry("b", title='"Ours"') + entry("c"))
    theirs = folder_with(tmp_path / "theirs", HEAD.replace("Read", "Go") + entry("a") + entry("b"))
    found = find_resources([own, theirs])
    assert [(one.id, one.title) for one in found.resources] == [
        ("b", "Ours"),
        ("c", "A course c"),
        ("a", "A course a"),
    ]
    assert (found.intro, found.failed) == ("Read on.", ())
    assert find_resources([theirs, own]).intro == "Go on."


def test_a_folder_without_resources_is_passed_by(tmp_path: Path) -> None:
    theirs = folder_with(tmp_path / "theirs", HEAD + entry("a"))
    (tmp_path / "odd" / "resources.toml").mkdir(parents=True)
    found = find_resources([tmp_path / "nothing", tmp_path / "odd", theirs])
    assert ([one.id for one in found.resources], found.failed) == (["a"], ())
    assert find_resources([]).resources == ()


def test_the_words_before_come_from_the_first_file_that_has_some(tmp_path: Path) -> None:
    own = folder_with(tmp_path / "own", 'libwell = "resources/1"' + entry("a"))
    theirs = folder_with(tmp_path / "theirs", HEAD)
    assert find_resources([own, theirs]).intro == "Read on."


@pytest.mark.parametrize("text", ["libwell = [", HEAD + entry("a", kind='"cours"'), "x" * 1_100_000])
def test_a_broken_file_is_named_and_the_others_are_read(tmp_path: Path, text: str) -> None:
    own = folder_with(tmp_path / "own", text)
    found = find_resources([own, folder_with(tmp_path / "theirs", HEAD + entry("b"))])
    assert [one.id for one in found.resources] == ["b"]
    (failed,) = found.failed
    assert str(own / "resources.toml") in str(failed)


def test_the_shipped_ones_can_be_read() -> None:
    found = find_resources([shipped_worksheets()])
    assert len(found.resources) == 27
    assert found.intro
    assert found.failed == ()


# --- with a worksheet -----------------------------------------------------------------------------

ONE = section_text('id = "words", kind = "text"', keys='id = "first"\ntitle = "F"\nlearn_more = ["b", "a"]')
TWO = section_text('id = "more", kind = "text"', keys='id = "second"\ntitle = "S"\nlearn_more = ["a"]')


def shelf_with(folder: Path, resources: str, *texts: str) -> Shelf:
    shelf = shelf_in(folder, *texts)
    (folder / "resources.toml").write_text(resources, encoding="utf-8")
    return shelf


def test_a_worksheet_brings_what_its_sections_name_and_nothing_else(tmp_path: Path) -> None:
    shelf = shelf_with(tmp_path, HEAD + entry("a") + entry("b") + entry("c"), sheet_text(ONE, TWO))
    worksheet = shelf.load("test")
    assert [one.id for one in worksheet.resources] == ["b", "a"]
    assert [[one.id for one in to_read_on(section, worksheet)] for section in worksheet.sections] == [
        ["b", "a"],
        ["a"],
    ]
    kept = read_definition(definition_of(worksheet).worksheet)
    assert kept.resources == worksheet.resources
    assert kept == worksheet


def test_a_worksheet_that_names_none_brings_none(tmp_path: Path) -> None:
    own = sheet_text(section_text('id = "words", kind = "text"'), entry("own"))
    shelf = shelf_with(tmp_path, HEAD + entry("a"), own)
    assert shelf.load("test").resources == ()
    assert "resources" not in definition_of(shelf.load("test")).worksheet


def test_a_worksheet_may_bring_its_own(tmp_path: Path) -> None:
    own = sheet_text(ONE, entry("b", title='"Our own"') + entry("unused"))
    shelf = shelf_with(tmp_path, HEAD + entry("a") + entry("b"), own)
    assert [(one.id, one.title) for one in shelf.load("test").resources] == [
        ("b", "Our own"),
        ("a", "A course a"),
    ]


def test_one_that_leads_nowhere_is_a_mistake_with_the_nearest_and_its_line(tmp_path: Path) -> None:
    text = sheet_text(ONE.replace('"a"]', '"burnuot"]'), TWO.replace('["a"]', '[\n  "a",\n  "zzz",\n]'))
    shelf = shelf_with(tmp_path, HEAD + entry("a") + entry("b") + entry("burnout"), text)
    first, second = (one for one in shelf.examine(tmp_path / "test.toml").mistakes if not one.hint)
    assert (first.key, first.message) == ("sections[1].learn_more[2]", "there is no resource burnuot.")
    assert first.remedy == "Did you mean burnout?"
    assert (second.key, second.message) == ("sections[2].learn_more[2]", "there is no resource zzz.")
    assert second.remedy == "`libwell resources` shows what there is."
    lines = text.splitlines()
    assert (lines[first.line - 1], lines[second.line - 1]) == ('learn_more = ["b", "burnuot"]', '  "zzz",')
    with pytest.raises(FileRefusedError, match="there is no resource burnuot"):
        shelf.load("test")


@pytest.mark.parametrize("name", ["A", "", "a b"])
def test_what_can_be_no_id_of_a_resource(name: str) -> None:
    (found,) = mistakes_in(sheet_text(ONE.replace('"b"', f'"{name}"')))
    assert found.key == "sections[1].learn_more[1]"


def test_with_a_broken_file_of_ones_own_the_built_in_worksheets_start(tmp_path: Path) -> None:
    own = folder_with(tmp_path / "own", "libwell = [")
    shelf = Shelf([(own, "your own"), (shipped_worksheets(), SHIPPED)])
    worksheet = shelf.load("staff-care")
    named = {name for section in worksheet.sections for name in section.learn_more}
    assert {one.id for one in worksheet.resources} == named != set()


def test_ones_own_hide_the_built_in_ones_for_every_worksheet(tmp_path: Path) -> None:
    shipped = Shelf([(shipped_worksheets(), SHIPPED)]).load("staff-care")
    name = shipped.resources[0].id
    own = folder_with(tmp_path / "own", HEAD + entry(name, title='"Ours"'))
    worksheet = Shelf([(own, "your own"), (shipped_worksheets(), SHIPPED)]).load("staff-care")
    assert worksheet.resources[0].title == "Ours"
    assert worksheet.resources[1:] == shipped.resources[1:]


def test_what_is_included_brings_its_resources(tmp_path: Path) -> None:
    including = sheet_text('[[sections]]\ninclude = "test"\nprefix = "p-"', name="outer")
    shelf = shelf_with(tmp_path, HEAD + entry("a") + entry("b") + entry("c"), sheet_text(ONE, TWO), including)
    worksheet = shelf.load("outer")
    assert [section.learn_more for section in worksheet.sections] == [("b", "a"), ("a",)]
    assert [one.id for one in worksheet.resources] == ["b", "a"]


def test_a_mistake_in_what_is_included_is_told_at_the_include(tmp_path: Path) -> None:
    own = section_text('id = "own", kind = "text"', keys='id = "mine"\ntitle = "Mine"')
    including = sheet_text(own, '[[sections]]\ninclude = "test"', name="outer")
    shelf = shelf_with(tmp_path, HEAD + entry("a"), sheet_text(ONE), including)
    (found,) = [one for one in shelf.examine(tmp_path / "outer.toml").mistakes if not one.hint]
    assert (found.key, found.message) == ("sections[2].include", "there is no resource b.")
    assert including.splitlines()[found.line - 1] == 'include = "test"'


def test_what_a_worksheet_by_path_names_is_looked_for_beside_it_first(tmp_path: Path) -> None:
    including = sheet_text('[[sections]]\ninclude = "part"', ONE, name="outer")
    own, other = (
        sheet_text(section_text(f'id = "{name}", kind = "text"', keys='id = "p"\ntitle = "P"'), name="part")
        for name in ("beside", "elsewhere")
    )
    shelf = shelf_with(tmp_path / "shelf", HEAD + entry("a") + entry("b"), other)
    shelf_with(tmp_path / "desk", HEAD + entry("b", title='"Ours"'), own, including)
    worksheet = shelf.load(str(tmp_path / "desk" / "outer.toml"))
    assert [prompt.id for _, prompt in worksheet.prompts()] == ["beside", "words"]
    assert [(one.id, one.title) for one in worksheet.resources] == [("b", "Ours"), ("a", "A course a")]


@pytest.mark.parametrize("text", ["libwell = [", 'libwell = "resources/1"\ncolour = "red"\n'])
def test_with_a_broken_file_beside_it_a_worksheet_is_asked_without_and_check_says_so(
    tmp_path: Path, text: str
) -> None:
    shelf_with(tmp_path / "desk", text, sheet_text(ONE))
    shelf, path = shelf_with(tmp_path / "shelf", HEAD + entry("b")), tmp_path / "desk" / "test.toml"
    assert [one.id for one in shelf.load(str(path)).resources] == ["b"]
    (found,) = [one for one in shelf.examine(path).mistakes if not one.hint]
    assert (found.key, found.message) == ("sections[1].learn_more[2]", "there is no resource a.")
    broken = path.with_name("resources.toml")
    assert found.remedy == f"A file of resources could not be read. To see why: libwell check {broken}"
