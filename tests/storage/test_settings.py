"""Files of settings: read with every mistake named, merged, and changed without losing anything."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libwell.errors import FileRefusedError, LibwellError, LockedError, NotFoundError, SaveError
from libwell.storage.locks import lock
from libwell.storage.settings import (
    DOCUMENTED,
    SETTINGS_LIMIT,
    Configuration,
    change_settings,
    parse_settings,
    read_configuration,
    settings_text,
)

HEAD = 'libwell = "config/1"\n'
ANA = '[[support]]\nname = "Ana"\nreach = "ext 12"\n'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own file, in a folder that is there; the file is not."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "config" / "libwell" / "config.toml"
    path.parent.mkdir(parents=True, mode=0o700)
    return path


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.toml"


def configured(library: Path | None = None) -> Configuration:
    return read_configuration({"LIBWELL_CONFIG": str(library)} if library else {})


def set_name(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "name": "Joy"}


# --- one file -------------------------------------------------------------------------------------


def test_every_mistake_is_named_with_line_key_and_remedy_and_none_is_quoted() -> None:
    text = (
        f'{HEAD}county = "PRIVATE"\ncountry = "Germany"\ndata_dir = "rel/PRIVATE"\nworksheets = ["ok", ""]\n'
        '[[support]]\nname = "PRIVATE"\nphone = "PRIVATE"\n'
    )
    with pytest.raises(FileRefusedError) as caught:
        parse_settings(text, file="c.toml")
    assert caught.value.status == 4
    assert str(caught.value).splitlines() == [
        "c.toml:2: county: there is no such key here. Did you mean country?",
        "c.toml:3: country: a country is two capital letters, such as US, CA or DE.",
        "c.toml:4: data_dir: a folder is written in full here, beginning with / or ~.",
        "c.toml:5: worksheets[1]: a folder is written in full here, beginning with / or ~.",
        "c.toml:5: worksheets[2]: this text is empty; write it, or leave the key out.",
        "c.toml:6: support[1].reach: this key is missing. Add it.",
        "c.toml:8: support[1].phone: there is no such key here. Known here: name, role, reach, hours, sees.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "c.toml: this file is empty. Name another file, or write it anew."),
        ("name = 'Ana'", "c.toml:1: libwell: this file does not say that it is a configuration file"),
        ('libwell = "worksheet/1"\n', "is a configuration file"),
        ('libwell = "config/2"\n', "made for a newer libwell (config/2). Update libwell"),
        (f"{HEAD}name = Ana\n", "c.toml:2: The value is missing, or is a text without quotation marks"),
        (f'{HEAD}[support]\nname = "A"\n', "Write the heading with two brackets: [[support]]."),
        (f'{HEAD}data_dir = "~no-such-person-here/x"\n', "c.toml:2: data_dir: this begins with ~"),
    ],
)
def test_what_is_no_file_of_settings_is_refused(text: str, said: str) -> None:
    with pytest.raises(FileRefusedError) as caught:
        parse_settings(text, file="c.toml")
    assert said in str(caught.value)


def test_a_home_nobody_has_is_told_beside_every_other_mistake() -> None:
    text = (
        f'{HEAD}data_dir = "~no-such-person-here/x"\nteam = 3\nworksheets = ["~no-such-person-here", "/ok"]\n'
    )
    with pytest.raises(FileRefusedError) as caught:
        parse_settings(text, file="c.toml")
    assert [mistake.key for mistake in caught.value.mistakes] == ["data_dir", "team", "worksheets[1]"]


def test_keys_of_other_programs_are_left_alone() -> None:
    settings = parse_settings(f"{HEAD}x-color = 1\n{ANA}x-more = 2\n", file="c.toml")
    assert settings.support[0].name == "Ana"


# --- what holds -----------------------------------------------------------------------------------


def test_without_files_nothing_is_configured(own: Path) -> None:
    found = configured()
    assert (found.text("country"), found.contacts, found.errors) == ("", (), ())
    assert [file.path for file in found.files] == [own]
    assert found.folders.data is None
    assert found.demand() is found


def test_the_persons_word_goes_before_the_librarys(own: Path, library: Path) -> None:
    own.write_text(f'{HEAD}name = "Ana"\nteam = ""\nworksheets = ["/mine"]\n', encoding="utf-8")
    library.write_text(
        f'{HEAD}name = "N"\nteam = "T"\ncountry = "CA"\nworksheets = ["/a", "~/b"]\n', encoding="utf-8"
    )
    found = configured(library)
    assert [found.text(key) for key in ("name", "team", "country", "library")] == ["Ana", "T", "CA", ""]
    assert found.find("worksheets") == ("/mine",)


def test_home_is_written_with_a_tilde(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    own.write_text(f'{HEAD}data_dir = "~/data"\nworksheets = ["~", "/x"]\n', encoding="utf-8")
    folders = configured().folders
    assert (folders.data, folders.worksheets) == (Path("/home/ana/data"), (Path("/home/ana"), Path("/x")))


def test_the_librarys_contacts_come_before_the_persons(own: Path, library: Path) -> None:
    own.write_text(f"{HEAD}{ANA}", encoding="utf-8")
    library.write_text(f"{HEAD}{ANA}{ANA}".replace("Ana", "Desk"), encoding="utf-8")
    assert [(contact.name, file.is_own) for contact, file in configured(library).contacts] == [
        ("Desk", False),
        ("Desk", False),
        ("Ana", True),
    ]


def test_a_file_that_is_both_counts_once(own: Path, tmp_path: Path) -> None:
    own.write_text(f"{HEAD}{ANA}", encoding="utf-8")
    link = tmp_path / "link.toml"
    link.symlink_to(own)
    assert len(configured(link).contacts) == 1


def test_a_file_that_is_named_but_not_there_is_said(own: Path, library: Path) -> None:
    own.write_text(f'{HEAD}name = "Ana"\n', encoding="utf-8")
    found = configured(library)
    assert found.text("name") == "Ana"
    assert found.demand() is found
    assert isinstance(found.library_error, NotFoundError)
    assert str(found.library_error).startswith(f"{library} isn't there. LIBWELL_CONFIG names it")


def test_a_home_nobody_has_is_said(own: Path) -> None:
    found = read_configuration({"LIBWELL_CONFIG": "~no-such-person-here/config.toml"})
    assert [file.path for file in found.files] == [own]
    assert found.demand() is found
    assert str(found.library_error).startswith("LIBWELL_CONFIG begins with ~")


def test_only_the_persons_own_file_is_demanded_and_both_are_told_apart(own: Path, library: Path) -> None:
    own.write_text(f'{HEAD}nmae = "PRIVATE"\n', encoding="utf-8")
    library.write_text(f'{HEAD}team = 3\ncountry = "ca"\n', encoding="utf-8")
    found = configured(library)
    with pytest.raises(FileRefusedError) as caught:
        found.demand()
    assert str(caught.value) == f"{own}:2: nmae: there is no such key here. Did you mean name?"
    assert found.errors == (found.own_error, found.library_error)
    assert [line.startswith(f"{library}:") for line in str(found.library_error).splitlines()] == [True, True]


# --- what is good in a file with mistakes ---------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "mistakes"),
    [
        ("county = 1\n", 1),
        ('country = "Germany"\nlibrary = 3\nteam = []\n', 3),
        ('data_dir = "rel"\n', 1),
        ('data_dir = "~no-such-person-here/x"\n', 1),
        ("x-ours = 1\nlibwel = 2\n", 1),
        ('[[support]]\nname = "Gone"\n', 1),
        ('[[support]]\nname = ""\nreach = 4\nphone = 3\n', 3),
        ('[[support]]\n[[support]]\n[[support]]\nreach = "1"\n', 5),
    ],
)
@pytest.mark.parametrize("is_own", [True, False])
def test_only_what_is_wrong_is_left_out(
    own: Path, library: Path, wrong: str, mistakes: int, *, is_own: bool
) -> None:
    file = own if is_own else library
    file.write_text(f'{HEAD}name = "N"\n{wrong}{ANA}{ANA.replace("Ana", "Joy")}', encoding="utf-8")
    found = configured(None if is_own else library)
    (error,) = found.errors
    assert isinstance(error, FileRefusedError)
    assert len(error.mistakes) == mistakes
    assert found.text("name") == "N"
    assert [found.text(key) for key in ("country", "team", "library", "data_dir")] == [""] * 4
    assert [contact.name for contact, _ in found.contacts] == ["Ana", "Joy"]


def test_a_contact_and_a_list_keep_what_is_good_in_them(library: Path) -> None:
    library.write_text(
        f'{HEAD}worksheets = ["/a", "rel", "/b", "", "~no-such-person-here"]\n'
        f'{ANA}hours = 3\ncountry = "CA"\n',
        encoding="utf-8",
    )
    found = configured(library)
    assert found.find("worksheets") == ("/a", "/b")
    ((contact, _),) = found.contacts
    assert (contact.name, contact.reach, contact.hours) == ("Ana", "ext 12", "")


def test_the_country_is_kept_in_a_file_that_forgets_to_say_what_it_is(library: Path) -> None:
    library.write_text(f'country = "CA"\n{ANA}', encoding="utf-8")
    found = configured(library)
    assert (found.text("country"), len(found.contacts), len(found.errors)) == ("CA", 1, 1)


@pytest.mark.parametrize(
    "text", [f'{HEAD}country = "CA"\nbroken', 'libwell = "config/2"\ncountry = "CA"\n', "libwell = 3\n"]
)
def test_what_is_no_toml_or_says_it_is_something_else_gives_nothing(library: Path, text: str) -> None:
    library.write_text(text, encoding="utf-8")
    found = configured(library)
    assert (found.text("country"), found.contacts, len(found.errors)) == ("", (), 1)


def test_what_can_be_read_holds_although_the_other_can_not(own: Path, library: Path) -> None:
    own.write_text("broken", encoding="utf-8")
    library.write_text(f"{HEAD}{ANA}", encoding="utf-8")
    found = configured(library)
    assert [contact.name for contact, _ in found.contacts] == ["Ana"]
    assert [error.status for error in found.errors] == [4]


@pytest.mark.parametrize("kind", ["folder", "fifo", "large"])
def test_what_is_no_file_to_read_is_refused_and_never_waited_for(own: Path, kind: str) -> None:
    if kind == "folder":
        own.mkdir()
    elif kind == "fifo":
        os.mkfifo(own)
    else:
        own.write_bytes(b" " * (SETTINGS_LIMIT + 1))
    (error,) = configured().errors
    assert (type(error), error.status) == (FileRefusedError, 4)


# --- changing -------------------------------------------------------------------------------------


def test_a_first_change_makes_a_private_file_that_explains_every_key(tmp_path: Path) -> None:
    path = tmp_path / "new" / "libwell" / "config.toml"
    change_settings(path, set_name)
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]
    lines = path.read_text(encoding="utf-8").splitlines()
    for key, (words, example) in DOCUMENTED.items():
        said = 'name = "Joy"' if key == "name" else f"# {key} = {example}"
        assert lines[lines.index(f"# {words}") + 1] == said
    assert "# [[support]]" in lines
    assert [line for line in lines if not line.startswith("#") and line] == [HEAD.strip(), 'name = "Joy"']
    assert [one.name for one in path.parent.iterdir()] == ["config.toml"]


def test_every_example_is_one_that_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    change_settings(path, dict)
    text = path.read_text(encoding="utf-8")
    used = [line.removeprefix("# ") if " = " in line or "# [[" in line else line for line in text.split("\n")]
    settings = parse_settings("\n".join(used), file="config.toml")
    assert all(getattr(settings, key) for key in (*DOCUMENTED, "support"))


def test_what_was_there_stays(own: Path) -> None:
    own.write_text(
        f'{HEAD}country = "CA"\nx-a = 1\n{ANA}hours = ""\nx-b = {{ c = 2 }}\n[x-d]\ne = 3\n', encoding="utf-8"
    )
    change_settings(own, set_name)
    assert tomllib.loads(own.read_text(encoding="utf-8")) == {
        "libwell": "config/1",
        "country": "CA",
        "name": "Joy",
        "x-a": 1,
        "support": [{"name": "Ana", "reach": "ext 12", "x-b": {"c": 2}}],
        "x-d": {"e": 3},
    }


@pytest.mark.parametrize(
    "comment",
    [
        "# mine\n",
        'team = "T" # mine\n',
        'team = """\n"""# mine\n',
        "team = 'T\"' # mine\n",
        "worksheets = [\n  # mine\n]\n",
    ],
)
def test_comments_of_the_persons_own_are_kept_in_the_version_before(own: Path, comment: str) -> None:
    before = f"{HEAD}{comment}"
    own.write_text(before, encoding="utf-8")
    own.chmod(0o644)
    change_settings(own, set_name)
    backup = own.with_name("config.toml.bak")
    assert backup.read_text(encoding="utf-8") == before
    assert stat.S_IMODE(backup.stat().st_mode) == stat.S_IMODE(own.stat().st_mode) == 0o600
    change_settings(own, lambda data: {**data, "name": "Ana"})
    assert backup.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("text", ['team = "# no comment"\n', "team = '''\n# none\n'''\n", 'team = "T"\r\n'])
def test_where_no_comment_would_be_lost_no_version_is_kept(own: Path, text: str) -> None:
    own.write_bytes(f"{HEAD}{text}".encode())
    change_settings(own, set_name)
    change_settings(own, lambda data: {**data, "name": ""})
    assert [one.name for one in own.parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize("text", [f"{HEAD}nmae = 1\n", "libwell = \n", 'libwell = "config/9"\n', "\udcff"])
def test_a_file_with_mistakes_stays_byte_for_byte(own: Path, text: str) -> None:
    before = text.encode("utf-8", "surrogateescape")
    own.write_bytes(before)
    with pytest.raises(FileRefusedError) as caught:
        change_settings(own, set_name)
    assert caught.value.file == str(own)
    assert own.read_bytes() == before
    assert [one.name for one in own.parent.iterdir()] == ["config.toml"]


def test_a_change_that_could_not_be_read_again_is_not_saved(own: Path) -> None:
    own.write_text(HEAD, encoding="utf-8")
    with pytest.raises(FileRefusedError):
        change_settings(own, lambda data: {**data, "country": "Canada"})
    many = [{"name": "n", "reach": "r" * 90_000}] * 12
    with pytest.raises(SaveError, match="too large"):
        change_settings(own, lambda data: {**data, "support": many})
    assert own.read_text(encoding="utf-8") == HEAD


def test_only_one_changes_it_at_a_time(own: Path) -> None:
    with lock(own), pytest.raises(LockedError):
        change_settings(own, set_name)
    assert not own.exists()


def test_a_link_to_settings_kept_elsewhere_stays(own: Path, tmp_path: Path) -> None:
    real = tmp_path / "kept" / "settings.toml"
    real.parent.mkdir()
    real.write_text(HEAD, encoding="utf-8")
    own.symlink_to(real)
    change_settings(own, set_name)
    assert own.is_symlink()
    assert tomllib.loads(real.read_text(encoding="utf-8"))["name"] == "Joy"


def test_a_change_that_changes_nothing_writes_nothing(own: Path) -> None:
    change_settings(own, set_name)
    before = own.stat()
    change_settings(own, set_name)
    assert own.stat().st_ino == before.st_ino


def test_a_link_that_leads_in_a_circle_is_said(own: Path) -> None:
    own.symlink_to(own)
    with pytest.raises(LibwellError, match="symbolic link"):
        change_settings(own, set_name)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PLAIN = st.one_of(TEXTS, st.integers(-9, 9), st.booleans(), st.lists(TEXTS, max_size=3))
EXTRA = st.dictionaries(
    st.sampled_from(["x-one", "x-two"]),
    st.one_of(PLAIN, st.dictionaries(TEXTS, PLAIN, max_size=2), st.lists(st.just({"a": 1}), max_size=2)),
)
SAYING = TEXTS.filter(str.strip)
CONTACTS = st.lists(
    st.builds(
        lambda extra, **fields: {**fields, **extra},
        EXTRA,
        name=SAYING,
        reach=SAYING,
        hours=SAYING,
        sees=SAYING,
    ),
    max_size=3,
)


@pytest.mark.thorough
@given(TEXTS.filter(bool), CONTACTS, EXTRA)
def test_what_is_written_is_read_again(
    name: str, contacts: list[dict[str, Any]], extra: dict[str, Any]
) -> None:
    data = {"libwell": "config/1", "name": name, **extra} | ({"support": contacts} if contacts else {})
    written = settings_text(data)
    assert tomllib.loads(written) == data
    assert written.startswith("# ")
