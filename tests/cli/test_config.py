"""`libwell config`, and settings where other verbs use them."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from build import OPEN, worksheet_text
from configured import HEAD, Setup, contact
from libwell.storage.locks import lock
from walking import CTRL_C, CTRL_D, Walking, saved, saved_files

WORKSHEET = worksheet_text('id = "words", kind = "text"', head=OPEN)
TELL = "These are your library's settings: tell whoever looks after them. libwell goes on without."
KEYS = ("country", "name", "team", "library", "data_dir", "worksheets", "terse", "accessible")
CONTACT_KEYS = ("name", "role", "reach", "hours", "sees")
PAGE = Path(__file__).parents[2] / "docs" / "staff.md"


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return Setup(tmp_path)


def settings(setup: Setup) -> dict[str, Any]:
    """What the person's file says."""
    return tomllib.loads(setup.own.read_text(encoding="utf-8"))


# --- get ------------------------------------------------------------------------------------------


def test_get_prints_what_holds(setup: Setup) -> None:
    setup.share('country = "CA"\nname = "N"\nworksheets = ["/a", "~/b"]\n')
    setup.write('name = "Ana"\n')
    assert setup.told("config", "get", "name") == (0, "Ana\n", "")
    assert setup.told("config", "get", "country") == (0, "CA\n", "")
    assert setup.told("config", "get", "worksheets") == (0, "/a\n~/b\n", "")


def test_get_says_what_is_not_set(setup: Setup) -> None:
    said = "team is not set. To set it: libwell config set team VALUE.\n"
    assert setup.told("config", "get", "team") == (1, "", said)
    setup.write('team = ""\n')
    assert setup.told("config", "get", "team") == (1, "", said)


@pytest.mark.parametrize("verb", [("get",), ("set", "x")])
def test_an_unknown_key_gets_the_nearest(setup: Setup, verb: tuple[str, ...]) -> None:
    name, *value = verb
    assert setup.told("config", name, "county", *value) == (
        2,
        "",
        "There is no setting county. Did you mean country?\n",
    )
    assert setup.told("config", name, "zzz", *value)[2] == (
        f"There is no setting zzz. There are {', '.join(KEYS)}.\n"
    )
    assert "libwell config support add" in setup.told("config", name, "support", *value)[2]
    assert not setup.own.exists()


def test_get_prints_one_line_that_only_can_be_read(setup: Setup) -> None:
    setup.write(r'name = "A\nna\u001b[2J\u202e"' + "\n")
    assert setup.told("config", "get", "name") == (0, "A na[U+001B][2J[U+202E]\n", "")


# --- set ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("country", "us", "US"),
        ("country", " de ", "DE"),
        ("name", "  Ana  Díaz ", "Ana Díaz"),
        ("team", 'Branch "4" # \\', 'Branch "4" # \\'),
        ("library", "Riverside\nLibrary", "Riverside Library"),
        ("data_dir", "/somewhere/else", "/somewhere/else"),
        ("data-dir", "~/libwell data", "~/libwell data"),
    ],
)
def test_set_keeps_a_value_and_says_where(setup: Setup, key: str, typed: str, kept: str) -> None:
    status, out, err = setup.told("config", "set", key, typed)
    name = key.replace("-", "_")
    assert (status, out) == (0, "")
    assert err.startswith(f"{name} is now {kept}, in {setup.own}.")
    assert settings(setup) == {"libwell": "config/1", name: kept}
    assert setup.told("config", "get", name) == (0, f"{kept}\n", "")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("typed", "kept"), [("true", True), ("Yes", True), ("false", False), ("no", False)])
def test_set_keeps_a_yes_or_no(setup: Setup, typed: str, *, kept: bool) -> None:
    status, _, err = setup.told("config", "set", "terse", typed)
    said = str(kept).lower()
    assert status == 0
    assert err.startswith(f"terse is now {said}, in {setup.own}. If true, a walk says what can be typed once")
    assert settings(setup) == {"libwell": "config/1", "terse": kept}
    assert setup.told("config", "get", "terse") == (0, f"{said}\n", "")
    setup.told("config", "set", "terse", "-")
    assert settings(setup) == {"libwell": "config/1"}


def test_set_takes_folders_as_the_environment_does(setup: Setup) -> None:
    typed = os.pathsep.join(["/one", "two", "", "~/three"])
    status, _, err = setup.told("config", "set", "worksheets", typed)
    folders = ["/one", str(setup.home / "two"), "~/three"]
    assert (status, err) == (0, f"worksheets is now {', '.join(folders)}, in {setup.own}.\n")
    assert settings(setup)["worksheets"] == folders


@pytest.mark.thorough
def test_set_takes_the_words_of_a_value_together(setup: Setup) -> None:
    assert setup.told("config", "set", "name", "Ana", "Ruiz")[0] == 0
    assert settings(setup)["name"] == "Ana Ruiz"
    assert setup.told("config", "set", "worksheets", "/one", f"/two{os.pathsep}/three")[0] == 0
    assert settings(setup)["worksheets"] == ["/one", "/two", "/three"]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("key", "variable"), [("data_dir", "LIBWELL_DATA_DIR"), ("worksheets", "LIBWELL_WORKSHEETS")]
)
def test_set_says_what_of_the_environment_goes_first(setup: Setup, key: str, variable: str) -> None:
    setup.share(f"{key} = {['/b'] if key == 'worksheets' else chr(34) + '/b' + chr(34)}\n")
    first = f" But {variable} is set, and goes first: what holds for now is /first.\n"
    for value, said in (("/new", "is now /new, in"), ("", "is taken out of")):
        err = setup.told("config", "set", key, value, **{variable: "/first"})[2]
        assert err == f"{key} {said} {setup.own}.{first}"
    assert " goes first" not in setup.told("config", "set", key, "/new", **{variable: ""})[2]


def test_get_says_where_responses_lie_if_no_folder_is_set(setup: Setup) -> None:
    said = (
        f"Responses lie in {setup.data / 'responses'}\n"
        "data_dir is not set. To set it: libwell config set data_dir VALUE.\n"
    )
    assert setup.told("config", "get", "data_dir") == (1, "", said)


@pytest.mark.thorough
def test_an_empty_value_takes_a_setting_out(setup: Setup) -> None:
    setup.write('country = "DE"\nname = "Ana"\n')
    assert setup.told("config", "set", "name", "") == (0, "", f"name is taken out of {setup.own}.\n")
    assert settings(setup) == {"libwell": "config/1", "country": "DE"}
    setup.share('country = "CA"\n')
    said = f"country is taken out of {setup.own}. What {setup.library} says holds now.\n"
    assert setup.told("config", "set", "country", " ") == (0, "", said)
    assert setup.told("config", "get", "country") == (0, "CA\n", "")


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        (
            "country",
            "Germany",
            "country: write its two letters, such as US, CA, GB, IE, AU, NZ or DE. To find yours",
        ),
        ("country", "U1", "country: write its two letters"),
        ("data_dir", "~no-such-person-here/x", "there is no such home folder"),
        ("worksheets", "/ok:~no-such-person-here/x", "there is no such home folder"),
        ("terse", "sometimes", "terse is true or false. Such as: libwell config set terse true."),
        ("data_dir", "a-file", "data_dir: this is a file; responses need a folder. Name a folder."),
        ("name", "A" * 100_001, "name: a text has at most 100,000 characters."),
        ("name", os.fsdecode(b"\xff"), "name: this is not UTF-8 text."),
    ],
)
def test_set_refuses_what_can_not_be_used(setup: Setup, key: str, typed: str, said: str) -> None:
    (setup.home / "a-file").touch()
    before = setup.write('name = "Ana"\n')
    status, out, err = setup.told("config", "set", key, typed)
    assert (status in (1, 2), out) == (True, "")
    assert said in err
    assert "Germany" not in err
    assert setup.own.read_text(encoding="utf-8") == before


@pytest.mark.thorough
def test_a_changed_data_folder_is_used_and_the_old_responses_stay_where_they_are(setup: Setup) -> None:
    other = setup.home / "other"
    _, _, err = setup.told("config", "set", "data_dir", str(other), LIBWELL_DATA_DIR="")
    assert "those you have stay where they are" in err
    with_it = setup.told("doctor", LIBWELL_DATA_DIR="")[1]
    assert f"Responses: {other / 'responses'}\n" in with_it
    assert f"Responses: {setup.data / 'responses'}\n" in setup.told("doctor")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "name", "Joy"),
        ("support", "add", "--name", "Joy", "--reach", "1"),
        ("support", "remove", "1"),
        ("get", "country"),
        ("support", "list"),
    ],
)
def test_a_broken_file_is_told_and_left_alone(setup: Setup, arguments: tuple[str, ...]) -> None:
    before = setup.write(f'nmae = "PRIVATE"\nteam = 3\n{contact("PRIVATE")}')
    status, out, err = setup.told("config", *arguments)
    assert (status, out) == (4, "")
    assert err == (
        f"{setup.own}:2: nmae: there is no such key here. Did you mean name?\n"
        f"{setup.own}:3: team: a text in quotes was expected.\n"
    )
    assert setup.own.read_text(encoding="utf-8") == before
    assert [one.name for one in setup.own.parent.iterdir()] == ["config.toml"]


def test_ones_own_file_can_be_changed_although_the_librarys_is_broken(setup: Setup) -> None:
    setup.library.write_text("broken", encoding="utf-8")
    assert setup.told("config", "set", "country", "de")[0] == 0
    assert setup.told("config", "support", "add", "--name", "Ana", "--reach", "1")[0] == 0
    assert settings(setup)["country"] == "DE"


def test_a_file_somebody_else_changes_is_left_alone(setup: Setup) -> None:
    before = setup.write("")
    with lock(setup.own):
        status, out, err = setup.told("--wait", "0", "config", "set", "name", "Ana")
    assert (status, out) == (1, "")
    assert "is open in another libwell" in err
    assert setup.own.read_text(encoding="utf-8") == before


# --- path, help, verbs ----------------------------------------------------------------------------


def test_path_is_told_whatever_is_there(setup: Setup) -> None:
    assert setup.told("config", "path") == (0, f"{setup.own}\n", "")
    setup.write("broken")
    setup.library.write_text("broken", encoding="utf-8")
    said = f"Under it lies that of your library: {setup.library}\n"
    assert setup.told("config", "path") == (0, f"{setup.own}\n", said)


@pytest.mark.parametrize("line", ["--help", "config --help", "config set --help", "config support --help"])
def test_help_is_there_whatever_is_broken(setup: Setup, line: str) -> None:
    setup.write("broken")
    status, out, err = setup.told(*line.split())
    assert (status, err) == (0, "")
    assert out.startswith("Usage: libwell ")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("config", ("  get      Print a setting.\n", "  support  Show and change whom to turn to.\n")),
        ("config support", ("  add     Add somebody to turn to.\n", "  list  ", "  remove  ")),
        ("config get", ("Usage: libwell config get [OPTIONS] KEY\n", "      libwell config get country\n")),
        (
            "config set",
            ("Usage: libwell config set [OPTIONS] KEY VALUE...\n", "  VALUE  What it is to be"),
        ),
        ("config support remove", ("remove [OPTIONS] NUMBER|NAME\n", "libwell config support remove 2\n")),
    ],
)
def test_verbs_of_verbs_have_plain_help(setup: Setup, line: str, shown: tuple[str, ...]) -> None:
    out = setup.run(*line.split(), "--help").stdout
    assert [part for part in shown if part not in out] == []
    assert out.isascii()


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("config", "config needs one of get, set, path, support. See libwell config --help."),
        (
            "config support",
            "config support needs one of add, list, remove. See libwell config support --help.",
        ),
        ("config gte", "There is no verb config gte. Did you mean get?"),
        ("config support zzz", "There is no verb config support zzz. See libwell config support --help."),
        ("config get", "Missing argument 'KEY'. See libwell config get --help."),
        ("config set name", "Missing argument 'VALUE'. See libwell config set --help."),
        (
            "config get --quiet name",
            (
                "No such option of config get: --quiet. "
                "Options such as --quiet go before the verb: libwell --quiet config get …"
            ),
        ),
    ],
)
def test_what_was_typed_wrongly_is_said(setup: Setup, line: str, said: str) -> None:
    assert setup.told(*line.split()) == (2, "", f"{said}\n")


# --- support --------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_add_takes_everything_as_options(setup: Setup) -> None:
    given = {"name": "Ana  Díaz", "role": "counsellor", "reach": "ext 2", "hours": "9 to 4", "sees": "nobody"}
    options = [word for key, text in given.items() for word in (f"--{key}", text)]
    status, out, err = setup.told("config", "support", "add", *options)
    assert (status, out) == (0, "")
    assert err == f"Added, in {setup.own}. `libwell support` shows it among the first.\n"
    assert settings(setup)["support"] == [{**given, "name": "Ana Díaz"}]
    shown = "Ana Díaz, counsellor: ext 2; 9 to 4; who can see that you asked: nobody\n"
    assert setup.told("config", "support", "list") == (0, f"1. {shown}", "")
    assert setup.run("support").stdout.splitlines()[1] == f"- {shown.strip()}"


@pytest.mark.thorough
def test_add_of_the_very_same_contact_adds_nothing(setup: Setup) -> None:
    setup.share(contact("Ana"))
    same = ("config", "support", "add", "--name", " Ana", "--reach", "ext 1")
    assert setup.told(*same)[2].startswith("Added, in ")
    before = setup.own.read_bytes()
    assert setup.told(*same) == (0, "", f"That is in {setup.own} already; nothing was added.\n")
    assert setup.own.read_bytes() == before
    assert setup.told(*same, "--hours", "9 to 4")[2].startswith("Added, in ")
    assert [one.get("hours") for one in settings(setup)["support"]] == [None, "9 to 4"]


@pytest.mark.parametrize("options", [(), ("--name", "Ana"), ("--reach", "1", "--name", " ")])
def test_add_without_a_terminal_names_the_options(setup: Setup, options: tuple[str, ...]) -> None:
    status, out, err = setup.told("config", "support", "add", *options)
    assert (status, out) == (2, "")
    assert err == (
        "This needs a terminal to ask questions on. "
        "Without one: --name and --reach; --role, --hours and --sees if you like.\n"
    )
    assert not setup.own.exists()


@pytest.mark.parametrize("key", ["name", "sees"])
@pytest.mark.parametrize("text", [os.fsdecode(b"\xff"), "A" * 100_001])
def test_add_refuses_what_can_not_be_kept_without_quoting_it(setup: Setup, key: str, text: str) -> None:
    options = {"--name": "PRIVATE", "--reach": "PRIVATE", f"--{key}": text}
    status, out, err = setup.told("config", "support", "add", *[w for pair in options.items() for w in pair])
    assert (status, out) == (2, "")
    assert err.startswith(f"--{key}: this is ")
    assert len(err) < 60
    assert not setup.own.exists()


@pytest.mark.thorough
def test_add_asks_on_a_terminal_and_enter_leaves_out(setup: Setup) -> None:
    with Walking(setup.data, "config", "support", "add", environ=setup.environ) as walk:
        assert "Who is it?" in walk.shown
        assert "This one is needed." in walk.type("")
        assert "What do they do?" in walk.type("Ana")
        assert "How do you reach them?" in walk.type("")
        assert "When?" in walk.type("ext 2")
        assert "Enter leaves it out." in walk.type("9 to 4")
        assert "Added, in" in walk.type("")
        assert walk.end() == 0
        assert walk.is_tidy
    assert settings(setup)["support"] == [{"name": "Ana", "reach": "ext 2", "hours": "9 to 4"}]


def test_add_asks_only_what_was_not_given(setup: Setup) -> None:
    arguments = ("config", "support", "add", "--name", "Ana", "--role", "union", "--sees", "nobody")
    with Walking(setup.data, *arguments, environ=setup.environ) as walk:
        assert "How do you reach them?" in walk.shown
        walk.type("ext 2", "")
        assert walk.end() == 0
    (kept,) = settings(setup)["support"]
    assert kept == {"name": "Ana", "role": "union", "reach": "ext 2", "sees": "nobody"}


@pytest.mark.parametrize(("key", "status"), [(CTRL_D, 1), (CTRL_C, 130)])
def test_add_stopped_in_the_middle_adds_nothing(setup: Setup, key: str, status: int) -> None:
    with Walking(setup.data, "config", "support", "add", environ=setup.environ) as walk:
        walk.type("Ana", "", "ext 2")
        walk.press(key)
        assert walk.end() == status
        assert walk.is_tidy
    assert not setup.own.exists()


@pytest.mark.thorough
def test_add_asks_although_the_librarys_file_is_broken(setup: Setup) -> None:
    setup.library.write_text("broken", encoding="utf-8")
    with Walking(setup.data, "config", "support", "add", environ=setup.environ) as walk:
        walk.type("Ana", "", "1", "", "")
        assert walk.end() == 0
    assert settings(setup)["support"] == [{"name": "Ana", "reach": "1"}]


def test_list_numbers_all_and_marks_the_librarys(setup: Setup) -> None:
    assert setup.told("config", "support", "list") == (
        0,
        "",
        "There is nobody yet. To add somebody: libwell config support add\n",
    )
    setup.share(contact("Desk"))
    setup.write(contact("Ana") + contact("Joy"))
    assert setup.told("config", "support", "list") == (
        0,
        f"1. Desk: ext 1 (from your library: {setup.library})\n2. Ana: ext 1\n3. Joy: ext 1\n",
        "",
    )


@pytest.mark.parametrize("which", ["2", "ana", "  ANA "])
def test_remove_takes_a_number_or_a_name(setup: Setup, which: str) -> None:
    setup.share(contact("Desk"))
    setup.write(contact("Ana") + contact("Joy"))
    assert setup.told("config", "support", "remove", which) == (
        0,
        "",
        f"Removed number 2, from {setup.own}.\n",
    )
    assert [one["name"] for one in settings(setup)["support"]] == ["Joy"]


def test_remove_takes_ones_own_of_two_with_a_name(setup: Setup) -> None:
    setup.share(contact("Ana"))
    setup.write(contact("Ana"))
    assert setup.told("config", "support", "remove", "Ana")[0] == 0
    assert "support" not in settings(setup)


@pytest.mark.parametrize("which", ["1", "desk"])
def test_remove_leaves_the_librarys_and_says_which_file(setup: Setup, which: str) -> None:
    shared, before = setup.share(contact("Desk")), setup.write(contact("Ana"))
    status, out, err = setup.told("config", "support", "remove", which)
    assert (status, out) == (1, "")
    assert err.startswith(f"This contact stands in your library's file, {setup.library}. ")
    assert "Desk" not in err
    assert setup.library.read_text(encoding="utf-8") == shared
    assert setup.own.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("which", "status", "said"),
    [
        ("0", 1, "There is no contact of that number."),
        ("4", 1, "There is no contact of that number."),
        ("9" * 5000, 1, "There is no contact of that number."),
        ("An", 1, "There is no contact of that name."),
        ("joy", 2, "Several contacts have that name. Say which by its number;"),
    ],
)
def test_remove_says_what_it_can_not_find_and_names_nobody(
    setup: Setup, which: str, status: int, said: str
) -> None:
    before = setup.write(contact("Ana") + contact("Joy") + contact("Joy"))
    found, out, err = setup.told("config", "support", "remove", which)
    assert (found, out) == (status, "")
    assert err.startswith(said)
    assert "libwell config support list" in err
    assert not {"Ana", "Joy"} & set(err.split())
    assert setup.own.read_text(encoding="utf-8") == before


def test_comments_of_ones_own_are_kept_beside_it(setup: Setup) -> None:
    before = setup.write("# Joy told me this\n" + contact("Ana"))
    setup.run("config", "support", "remove", "1")
    assert setup.own.with_name("config.toml.bak").read_text(encoding="utf-8") == before


# --- other verbs ----------------------------------------------------------------------------------


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("verb", ["list", "responses", "show staff-care", "view latest", "export latest"])
def test_other_verbs_stop_at_broken_settings_of_ones_own(setup: Setup, verb: str) -> None:
    setup.write("team = 3\nnmae = 4\n")
    setup.share('country = "x"\n')
    status, out, err = setup.told(*verb.split())
    assert (status, out) == (4, "")
    assert [line.partition(" ")[0] for line in err.splitlines()] == [
        f"{setup.own}:2:",
        f"{setup.own}:3:",
    ]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("verb", ["config get name", "config support list", "support", "config path"])
def test_verbs_that_touch_no_response_go_on_with_what_is_good_in_the_librarys_file(
    setup: Setup, verb: str
) -> None:
    setup.write('name = "Ana"\n')
    setup.share(contact("Desk"))
    sound = setup.told(*verb.split())
    setup.library.write_text(f'{HEAD}country = "Germany"\nnmae = 1\n{contact("Desk")}', encoding="utf-8")
    status, out, err = setup.told(*verb.split())
    assert (status, out) == sound[:2]
    said = f"{setup.library}:2: country: a country is two capital letters, such as US, CA or DE. {TELL}\n"
    assert err == ("" if verb == "config path" else said) + sound[2]
    assert setup.told("--quiet", *verb.split()) == (0, out, "")


CLOSED = (
    f"{TELL.removesuffix(' libwell goes on without.')} Until then responses stay closed, as it may say where "
    "they lie. `libwell support` still answers."
)
HOMELESS = (
    "LIBWELL_CONFIG begins with ~, and there is no such home folder. "
    "Write the path in full, beginning with /."
)
VERBS = [
    "list",
    "fill answers.toml",
    "responses",
    "view latest",
    "actions",
    "export --all --output plans",
    "delete latest --yes",
    "team told",
]


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("verb", VERBS)
def test_what_reads_or_writes_responses_stops_at_a_librarys_file_with_a_mistake(
    setup: Setup, verb: str
) -> None:
    (setup.home / "answers.toml").write_text('worksheet = "staff-care"\n', encoding="utf-8")
    setup.share('country = "PRIVATE"\nnmae = 1\n')
    status, out, err = setup.told(*verb.split())
    assert (status, out) == (4, "")
    assert err == (
        f"{setup.library}:2: country: a country is two capital letters, such as US, CA or DE.\n"
        f"{setup.library}:3: nmae: there is no such key here. Did you mean name?\n"
        f"{setup.library}: {CLOSED}\n"
    )
    assert not setup.data.exists()


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("named", "status", "said"),
    [
        ("gone.toml", 1, "{named} isn't there. LIBWELL_CONFIG names it: correct that, or take it away."),
        ("~no-such-person-here/x", 1, HOMELESS),
        ("", 4, "{named}: This is a folder. Name a file.\n{named}:"),
    ],
)
def test_responses_stay_closed_where_the_librarys_file_can_not_be_read(
    setup: Setup, named: str, status: int, said: str
) -> None:
    path = named if named.startswith("~") else str(setup.home / named)
    for verb in ("list", "responses"):
        told = setup.told(verb, LIBWELL_CONFIG=path)
        assert told == (status, "", f"{said.format(named=path)} {CLOSED}\n")
    assert setup.told("responses", LIBWELL_CONFIG="")[0] == 0
    for verb in ("support", "check library.toml", "doctor"):
        setup.library.write_text(HEAD, encoding="utf-8")
        done, out, err = setup.told(*verb.split(), LIBWELL_CONFIG=path)
        assert (done, "Traceback" in out + err) == (1 if verb == "doctor" else 0, False)
    _, _, err = setup.told("config", "get", "data_dir", LIBWELL_CONFIG=path)
    assert (err.count(TELL), "Responses lie in" in err) == (1, False)
    done, _, err = setup.told("config", "set", "name", "Ana", LIBWELL_CONFIG=path)
    assert (done, err.count(TELL)) == (0, 1)
    assert settings(setup)["name"] == "Ana"


def test_an_empty_worksheet_names_whom_the_library_names(setup: Setup) -> None:
    setup.share(f'country = "DE"\n{contact("Desk")}')
    status, out, err = setup.told("blank", "staff-care")
    assert (status, err) == (0, "")
    _, _, end = out.partition("\n## Whom you can turn to\n\n- Desk: ext 1\n")
    assert "helpline number for DE" in end
    assert "988" not in end


def test_an_empty_worksheet_says_that_ones_own_people_stand_on_it(setup: Setup) -> None:
    setup.write(contact("Ana"))
    _, out, err = setup.told("blank", "staff-care")
    assert "\n- Ana: ext 1\n" in out
    assert err == "The people you added stand at its end; think of that before you hand it on.\n"
    assert setup.told("blank", "staff-care", "--format", "toml")[2] == ""


def test_configured_folders_are_looked_in_unless_the_environment_names_others(setup: Setup) -> None:
    for name in ("configured", "named"):
        (setup.home / name).mkdir()
        (setup.home / name / "test.toml").write_text(WORKSHEET, encoding="utf-8")
    setup.run("config", "set", "worksheets", "configured")

    def origin(**environ: str) -> str:
        listed = json.loads(setup.run("list", "--json", **environ).stdout)["worksheets"]
        (entry,) = (one for one in listed if one["id"] == "test")
        assert not entry["hides"]
        return str(entry["from"])

    assert origin() == "configuration"
    assert origin(LIBWELL_WORKSHEETS=str(setup.home / "named")) == "LIBWELL_WORKSHEETS"


@pytest.mark.thorough
def test_a_configured_data_folder_comes_after_flag_and_environment(setup: Setup) -> None:
    places = {name: setup.home / name for name in ("configured", "environment", "flag")}
    setup.write(f'data_dir = "{places["configured"]}"\n')
    answers = setup.home / "answers.toml"
    answers.write_text('worksheet = "policy-review"\n', encoding="utf-8")
    for name, arguments, environ in (
        ("configured", (), ""),
        ("environment", (), str(places["environment"])),
        ("flag", ("--data-dir", str(places["flag"])), str(places["environment"])),
    ):
        assert not places[name].exists()
        assert setup.told(*arguments, "fill", str(answers), LIBWELL_DATA_DIR=environ)[0] == 0
        assert len(saved_files(places[name])) == 1


def start(setup: Setup, *options: str, typed: tuple[str, ...] = (":pause",)) -> dict[str, str]:
    """Begin a worksheet on a terminal, and give what the response says of the person."""
    path = setup.home / "test.toml"
    path.write_text(WORKSHEET, encoding="utf-8")
    with Walking(setup.data, "start", str(path), *options, environ=setup.environ) as walk:
        walk.type(*typed)
        assert walk.end() == 0
    person: dict[str, str] = saved(setup.data).get("person", {})
    return person


def test_start_takes_from_the_settings_who_begins(setup: Setup) -> None:
    setup.share('library = "Riverside"\nteam = "T"\n')
    setup.write('name = "Ana"\n')
    assert start(setup, "--team", "Branch 4") == {"name": "Ana", "team": "Branch 4", "library": "Riverside"}


def test_a_name_given_as_empty_is_none(setup: Setup) -> None:
    setup.write('name = "Ana"\nteam = "T"\n')
    assert start(setup, "--name", "") == {"team": "T"}


def test_a_draft_that_is_taken_up_keeps_its_names(setup: Setup) -> None:
    setup.write('name = "Ana"\n')
    start(setup, "--name", "Joy")
    assert start(setup, "--team", "T", typed=("", ":pause")) == {"name": "Joy", "team": "T"}


def test_check_names_the_mistakes_of_settings(setup: Setup) -> None:
    path = setup.home / "other.toml"
    path.write_text(f'{HEAD}country = "Germany"\nnmae = 1\n{contact("Ana")}', encoding="utf-8")
    status, out, _ = setup.told("check", str(path))
    assert status == 4
    assert out == (
        f"{path}:2: country: a country is two capital letters, such as US, CA or DE.\n"
        f"{path}:3: nmae: there is no such key here. Did you mean name?\n"
    )
    path.write_text(HEAD + contact("Ana"), encoding="utf-8")
    assert setup.told("check", str(path)) == (0, "", "1 file, 0 mistakes, 0 hints.\n")


def test_check_names_the_mistakes_of_the_file_that_holds(setup: Setup) -> None:
    setup.write('country = "Germany"\nnmae = "PRIVATE"\n')
    status, out, said = setup.told("check", str(setup.own))
    assert (status, said) == (4, "1 file, 2 mistakes, 0 hints.\n")
    assert out == (
        f"{setup.own}:2: country: a country is two capital letters, such as US, CA or DE.\n"
        f"{setup.own}:3: nmae: there is no such key here. Did you mean name?\n"
    )


def test_doctor_shows_the_files_of_settings_and_what_is_wrong_with_them(setup: Setup) -> None:
    setup.write(f'nmae = "PRIVATE"\nworksheets = ["{setup.home / "gone"}"]\n')
    setup.share(f'worksheets = ["{setup.home / "gone"}"]\n{contact("PRIVATE")}')
    setup.own.chmod(0o644)
    status, out, err = setup.told("doctor")
    assert (status, err) == (1, "")
    assert f"Configuration, your own: {setup.own}\nConfiguration, LIBWELL_CONFIG: {setup.library}\n" in out
    assert f"{setup.own}:2: nmae: there is no such key here.\n  Did you mean name?\n" in out
    assert f"chmod 600 {setup.own}\n" in out
    assert f"{setup.home / 'gone'}: this folder of worksheets in the configuration isn't there.\n" in out
    assert "PRIVATE" not in out
    told = json.loads(setup.run("doctor", "--json").stdout)
    assert told["configuration"] == [
        {"from": "your own", "path": str(setup.own)},
        {"from": "LIBWELL_CONFIG", "path": str(setup.library)},
    ]
    assert len(told["findings"]) == 3


def test_doctor_is_content_with_sound_settings_and_with_none(setup: Setup) -> None:
    assert setup.told("doctor")[1].endswith("\nAll is well.\n")
    setup.write(contact("Ana"))
    status, out, _ = setup.told("doctor", LIBWELL_CONFIG=str(setup.home / "gone.toml"))
    assert status == 1
    assert f"{setup.home / 'gone.toml'} isn't there." in out


# --- what the page for staff says -----------------------------------------------------------------


def test_the_page_for_staff_names_every_key_and_its_example_is_sound(setup: Setup) -> None:
    _, _, rest = PAGE.read_text(encoding="utf-8").partition("\n## Support and settings\n")
    section, _, _ = rest.partition("\n## ")
    assert [key for key in (*KEYS, *CONTACT_KEYS) if f"`{key}`" not in section] == []
    example = section.partition("```toml\n")[2].partition("```")[0]
    setup.library.write_text(example, encoding="utf-8")
    assert setup.told("check", str(setup.library))[0] == 0
    assert set(CONTACT_KEYS) == set(tomllib.loads(example)["support"][0])
    assert section.count("\n") <= 30
