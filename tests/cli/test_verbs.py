"""Verbs that look: `list`, `responses`, `doctor`, `blank`, and what is said when one is typed wrongly."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from build import NOW, OPEN, response_for, worksheet_from, worksheet_text
from libwell import __version__
from libwell.flows.formats import FORMATS
from libwell.storage.locks import lock
from libwell.storage.places import shipped_worksheets
from libwell.storage.responses import response_text
from walking import ASCII, LIBWELL, Walking, environment, run, saved_files, squeezed

*_FIRST, _LAST = FORMATS
FORMAT_NAMES = f"{', '.join(_FIRST)} or {_LAST}"
SHIPPED = sorted(path for path in shipped_worksheets().glob("*.toml") if path.stem != "resources")
WORKSHEET = worksheet_text('id = "words", kind = "text"', head=OPEN)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def own(data: Path, name: str, text: str) -> Path:
    """A worksheet in the person's own folder."""
    path = data / "worksheets" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    data.chmod(0o700)
    path.write_text(text, encoding="utf-8")
    return path


def filled(data: Path, count: int = 1) -> list[Path]:
    """Saved responses."""
    answers = data.parent / "answers.toml"
    answers.write_text('worksheet = "policy-review"\n', encoding="utf-8")
    run(data, "fill", *[str(answers)] * count)
    return saved_files(data)


def run_with(data: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run libwell with more in its environment."""
    return run(data, *arguments, environ=environ)


def diagnosed(data: Path, **environ: str) -> str:
    """What `doctor` found; no path stands twice in a line."""
    done = run_with(data, "doctor", **environ)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr == ""
    _, _, found = done.stdout.partition("\nWorksheets, libwell: ")
    for line in found.splitlines():
        paths = [word.strip(":,.") for word in line.split() if "/" in word]
        assert len(paths) == len(set(paths)), line
    return found.partition("\n")[2]


# --- list, responses ------------------------------------------------------------------------------


def test_lists_end_with_their_last_line(data: Path) -> None:
    filled(data)
    for verb in ("list", "responses"):
        shown = run(data, verb).stdout
        assert shown.endswith("\n")
        assert "" not in shown.removesuffix("\n").split("\n")


def test_a_long_title_stays_whole_in_a_pipe(data: Path) -> None:
    title = " ".join(["wonderful"] * 60)
    own(data, "test.toml", WORKSHEET.replace('"Test"', f'"{title}"'))
    assert title in run(data, "list").stdout


def test_a_hidden_file_is_named_by_its_path(data: Path) -> None:
    first = own(data, "a.toml", WORKSHEET)
    hidden = own(data, "b.toml", WORKSHEET)
    (line,) = (line for line in run(data, "list").stdout.splitlines() if line.startswith("test "))
    assert f"your own (hides {hidden})  Test" in line
    (entry,) = (
        one for one in json.loads(run(data, "list", "--json").stdout)["worksheets"] if one["id"] == "test"
    )
    assert (entry["path"], entry["hides"], entry["hidden"]) == (str(first), ["your own"], [str(hidden)])


def test_a_screen_shows_a_line_a_worksheet_and_whence_only_those_from_elsewhere(data: Path) -> None:
    with Walking(data, "list", lines=60) as walk:
        table, _, more = walk.shown.partition("More of one:")
        head, *lines = table.strip().splitlines()
        assert (head.split(), len(lines)) == (["id", "minutes", "asks"], len(SHIPPED))
        assert all(len(line) <= 80 for line in lines)
        assert more.strip().endswith("start")
    own(data, "test.toml", WORKSHEET)
    with Walking(data, "list", lines=60) as walk:
        head, *lines = walk.shown.strip().splitlines()
        assert head.split() == ["id", "minutes", "asks", "from"]
        assert [line.split()[0] for line in lines if line.endswith("your own")] == ["test"]


def test_a_narrow_screen_shows_worksheets_whole_one_thing_below_the_other(data: Path) -> None:
    with Walking(data, "list", columns=40, lines=200) as walk:
        assert len([line for line in walk.shown.splitlines() if line.startswith("id: ")]) == len(SHIPPED)
        assert all(len(line) <= 40 for line in walk.shown.splitlines())
        assert "\u2026" not in walk.shown


@pytest.mark.thorough
def test_a_screen_shows_responses_by_their_short_ids_and_whole_ones_where_asked(data: Path) -> None:
    (path,) = filled(data)
    for columns, arguments, is_whole in ((80, (), False), (80, ("--long",), True), (140, (), True)):
        with Walking(data, "responses", *arguments, columns=columns) as walk:
            assert path.stem.rpartition("-")[2] in walk.shown
            assert (path.stem in walk.shown) is is_whole
    assert run(data, "responses").stdout.splitlines()[0].split()[-1] == "id"


def test_responses_name_worksheet_and_path(data: Path) -> None:
    (path,) = filled(data)
    (entry,) = json.loads(run(data, "responses", "--json").stdout)["responses"]
    assert entry["path"] == str(path)
    assert entry["worksheet"].keys() == {"id", "version"}
    assert entry["worksheet"]["id"] == "policy-review"


# --- typed wrongly --------------------------------------------------------------------------------


@pytest.mark.quick_cases(4)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "list --quiet",
            (
                "No such option of list: --quiet. "
                "Options such as --quiet go before the verb: libwell --quiet list …"
            ),
        ),
        ("view", "Missing argument 'RESPONSE'. See libwell view --help."),
        ("export x --format pdf", f"--format takes {FORMAT_NAMES}."),
        ("blank staff-care --format pdf", "--format takes md, html, docx or toml."),
        ("list --bogus", "No such option: --bogus"),
        ("--bogus list", "No such option: --bogus"),
        ("list extra", "Got unexpected extra argument(s) (extra)"),
    ],
)
def test_what_was_typed_wrongly_is_said(data: Path, typed: str, said: str) -> None:
    done = run(data, *typed.split())
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")


@pytest.mark.parametrize(
    ("verb", "usage", "argument"),
    [
        ("show", "WORKSHEET", "WORKSHEET"),
        ("resume", "[RESPONSE]", "RESPONSE"),
        ("export", "[RESPONSE|PATH]...", "RESPONSE|PATH"),
        ("fill", "ANSWERS...", "ANSWERS"),
        ("check", "PATH...", "PATH"),
    ],
)
def test_arguments_are_named_as_in_the_table_of_verbs(
    data: Path, verb: str, usage: str, argument: str
) -> None:
    text = run(data, verb, "--help").stdout
    assert text.splitlines()[0] == f"Usage: libwell {verb} [OPTIONS] {usage}"
    assert f"\nArguments:\n  {argument}  " in text
    assert "\n  Example:\n      libwell " in text
    assert "<str>" not in text.partition("Options:")[0]


# --- doctor ---------------------------------------------------------------------------------------


def test_all_is_well(data: Path) -> None:
    filled(data)
    own(data, "staff-care.toml", WORKSHEET.replace('id = "test"', 'id = "staff-care"'))
    done = run(data, "doctor")
    assert done.returncode == 0
    assert done.stdout.endswith("\nAll is well.\n")


def test_own_worksheets_with_mistakes(data: Path) -> None:
    path = own(data, "test.toml", WORKSHEET.replace('kind = "text"', 'kind = "poem"'))
    assert diagnosed(data) == (
        f"worksheet test: it has mistakes, and can't be used.\n  Name them: libwell check {path}\n"
    )
    path.write_text("libwell = ", encoding="utf-8")
    assert f"{path}:1" in diagnosed(data)


@pytest.mark.thorough
def test_two_worksheets_with_one_id(data: Path, tmp_path: Path) -> None:
    other, used = own(data, "other.toml", WORKSHEET), own(data, "test.toml", WORKSHEET)
    expected = f"{other}: it has the id test, and so has {used}, which is the one that is used.\n"
    assert diagnosed(data).startswith(expected)
    other.unlink()
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "test.toml").write_text(WORKSHEET, encoding="utf-8")
    found = diagnosed(data, LIBWELL_WORKSHEETS=str(tmp_path / "set"))
    assert found.startswith(f"{used}: it has the id test, and so has {tmp_path}/set/test.toml, which")


@pytest.mark.thorough
def test_a_folder_of_worksheets_that_is_not_there(data: Path, tmp_path: Path) -> None:
    filled(data)
    (tmp_path / "file").touch()
    folders = os.pathsep.join([f"{tmp_path}/no", f"{tmp_path}/file"])
    found = diagnosed(data, LIBWELL_WORKSHEETS=folders)
    assert f"{tmp_path}/no: this folder of LIBWELL_WORKSHEETS isn't there.\n" in found
    assert f"{tmp_path}/file: this folder of LIBWELL_WORKSHEETS is no folder.\n" in found


def test_a_data_folder_that_is_a_file(data: Path) -> None:
    data.touch(mode=0o600)
    found = diagnosed(data)
    assert found.startswith(f"{data}: this is a file; responses need a folder.\n")
    assert len(found.splitlines()) == 2


def test_a_copy_of_a_response(data: Path) -> None:
    (path,) = filled(data)
    copy = path.with_name("copy.toml")
    copy.write_bytes(path.read_bytes())
    copy.chmod(0o600)
    assert diagnosed(data) == (
        f"{copy}: it holds the response {path.stem}, so it looks like a copy.\n"
        "  Move it out of this folder.\n"
    )
    path.unlink()
    assert f"call it {path.name}." in diagnosed(data)


@pytest.mark.parametrize("order", [("a.toml", "x.toml"), ("x.toml", "a.toml")])
def test_all_verbs_name_the_same_of_two_worksheets_with_one_id(data: Path, order: tuple[str, str]) -> None:
    elsewhere = data.parent / "elsewhere"
    elsewhere.mkdir()
    text = WORKSHEET.replace('id = "test"', 'id = "x"')
    (elsewhere / order[0]).write_text(text.replace("Test", "First"), encoding="utf-8")
    for name in ("x.toml", "z.toml"):
        own(data, name, text)
    environ = {"LIBWELL_WORKSHEETS": str(elsewhere)}
    listed = json.loads(run_with(data, "list", "--json", **environ).stdout)["worksheets"]
    (path,) = [one["path"] for one in listed if one["id"] == "x"]
    assert path == str(elsewhere / order[0])
    out = run_with(data, "doctor", **environ).stdout
    assert out.count(f"it has the id x, and so has {path}, which is the one that is used.") == 2


@pytest.mark.thorough
def test_a_folder_of_worksheets_that_is_none_is_said_and_the_rest_is_listed(
    data: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    named = {"file": "is no folder.", "gone": "isn't there.", "~no-such-person-here/x": "isn't there."}
    for name, said in named.items():
        path = name if name.startswith("~") else str(tmp_path / name)
        done = run_with(data, "list", LIBWELL_WORKSHEETS=path)
        assert (done.returncode, "staff-care" in done.stdout) == (3, True)
        assert done.stderr.startswith(f"{path}: this folder of LIBWELL_WORKSHEETS {said} ")
        assert run_with(data, "show", "staff-care", LIBWELL_WORKSHEETS=path).returncode == 0


@pytest.mark.thorough
def test_doctor_tries_whether_files_can_be_written(data: Path) -> None:
    filled(data)
    before = sorted(path.name for path in data.rglob("*"))
    words = shlex.join([*LIBWELL, "--data-dir", str(data), "doctor"])
    done = subprocess.run(
        ["sh", "-c", f"ulimit -f 20; {words}"],
        env=environment(data) | {"PYTHONDONTWRITEBYTECODE": "1"},  # which the limit would cut short
        capture_output=True,
        text=True,
        check=False,
    )
    said = "nothing can be written here. File too large.\n  Choose another folder."
    assert (done.returncode, f"{data}: {said}" in done.stdout) == (1, True)
    assert sorted(path.name for path in data.rglob("*")) == before


@pytest.mark.parametrize("name", ["", "responses", "worksheets"])
def test_doctor_names_a_file_where_a_folder_should_be(data: Path, name: str) -> None:
    (data / name).parent.mkdir(mode=0o700, exist_ok=True)
    (data / name).touch()
    done = run(data, "doctor")
    assert (done.returncode, f"{data / name}: this is a file" in done.stdout) == (1, True)


def test_no_chmod_through_a_link(data: Path, tmp_path: Path) -> None:
    path, other = filled(data, 2)
    other.chmod(0o644)
    path.rename(tmp_path / "elsewhere.toml")
    path.symlink_to(tmp_path / "elsewhere.toml")
    (tmp_path / "elsewhere.toml").chmod(0o644)
    found = diagnosed(data)
    assert f"{path}: this is a link; others may be able to look into what it leads to.\n" in found
    assert f"chmod 600 {other}\n" in found
    assert f"chmod 600 {path}" not in found


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("left", [0, 10, -200, -5, -2])
def test_a_response_cut_short(data: Path, left: int) -> None:
    (path,) = filled(data)
    whole = path.read_bytes()
    path.write_bytes(whole[:left])
    found = diagnosed(data)
    assert "  It looks cut short; move it away. An earlier version is not there.\n" in found
    backup = path.with_name(f"{path.name}.bak")
    backup.write_bytes(whole)
    backup.chmod(0o600)
    back = f"  It looks cut short; go back to the version before: cp {backup} {path} (or move it away)\n"
    assert back in diagnosed(data)


def test_a_response_with_a_mistake_is_not_called_cut_short(data: Path) -> None:
    (path,) = filled(data)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('status = "complete"', 'status = "finished"'), encoding="utf-8")
    found = diagnosed(data)
    assert found.startswith(f"{path}:3")
    assert "cut short" not in found
    assert "  Mend the line it names with an editor, or move it away." in found


# --- blank ----------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_blank_page_has_room_to_write_and_says_how_to_lead_it(data: Path, tmp_path: Path) -> None:
    plain = run(data, "blank", "staff-care", "--format", "html").stdout
    assert plain.startswith("<!DOCTYPE html>")
    assert "room to write" in plain
    assert "For facilitators" not in plain
    target = tmp_path / "page.html"
    run(data, "blank", "staff-care", "--format", "html", "--facilitator", "--output", str(target))
    assert "<h2>For facilitators</h2>" in target.read_text(encoding="utf-8")


@pytest.mark.thorough
def test_a_blank_page_is_written_as_its_file_is_named(data: Path, tmp_path: Path) -> None:
    for name, begin in {"a.html": "<!DOCTYPE html>", "a.toml": "#", "a.md": "# "}.items():
        assert run(data, "blank", "staff-care", "--output", name, cwd=tmp_path).returncode == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)
    done = run(data, "blank", "staff-care", "--output", "a.odt", cwd=tmp_path)
    assert (done.returncode, ".md, .html, .docx, .toml" in done.stderr) == (2, True)


def test_a_blank_file_says_how_to_lead_it(data: Path) -> None:
    plain = run(data, "blank", "staff-care", "--format", "toml").stdout
    led = run(data, "blank", "staff-care", "--format", "toml", "--facilitator").stdout
    assert "# For facilitators: " in led
    assert "# For facilitators: " not in plain
    path = data.parent / "led.toml"
    path.write_text(led, encoding="utf-8")
    assert run(data, "fill", str(path)).returncode == 0


# --- the contract of the other verbs, line by line -------------------------------------------------

TWO = """
libwell = "worksheet/1"
id = "two"
version = "1.0"
title = "Two questions"
minutes = 5
private = false
facilitator = "Begin on time."
sources = [{ title = "A guide" }]

[[sections]]
id = "s"
title = "Section"
prompts = [
  { id = "open", kind = "text", ask = "What is open?", required = true },
  { id = "closed", kind = "choice", ask = "What is closed?", private = true, options = [
    { id = "door", text = "The door" }, { id = "desk", text = "The desk" } ] },
]
"""


def save(data: Path, last: str = "k3f9", **changes: object) -> Path:
    """Save a response to that worksheet, as the walk would."""
    given = 'open = "some words"\nclosed = "door"\n[[actions]]\nstep = "Open it"\nfrom = "open"\n'
    made = response_for(worksheet_from(TWO), given, id=f"two-2026-11-21-{last}", **changes)
    path = data / "responses" / f"{made.id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    data.chmod(0o700)
    path.write_text(response_text(made), encoding="utf-8")
    path.chmod(0o600)
    return path


def document(done: subprocess.CompletedProcess[str], verb: str) -> dict[str, Any]:
    """The one JSON document a verb printed."""
    data: dict[str, Any] = json.loads(done.stdout)
    assert data.pop("schema") == f"libwell.{verb}/1"
    return data


@pytest.mark.parametrize("name", ["-h", "--help", ""])
def test_help_of_the_whole(data: Path, name: str) -> None:
    done = subprocess.run(
        [*LIBWELL, *name.split()], env=environment(data), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    verbs = (
        "list",
        "show",
        "start",
        "resume",
        "responses",
        "view",
        "export",
        "fill",
        "blank",
        "check",
        "doctor",
    )
    groups = ("Reflect", "Plan", "Script", "Author", "Set up")
    assert all(f"\n  {verb} " in done.stdout for verb in verbs)
    assert all(f"\n{group}:\n" in done.stdout for group in groups)


def test_version_is_told_before_and_among_other_options(data: Path) -> None:
    assert run(data, "--version").stdout == f"libwell {__version__}\n"
    alone = subprocess.run(
        [*LIBWELL, "--version"], env=environment(data), capture_output=True, text=True, check=True
    )
    assert (alone.stdout, alone.stderr) == (f"libwell {__version__}\n", "")


@pytest.mark.quick_cases(4)
@pytest.mark.parametrize(
    ("line", "status", "near"),
    [
        ("lst", 2, "list"),
        ("exprot latest", 2, "export"),
        ("show staff-car", 1, "staff-care"),
        ("blank policy-reviw", 1, "policy-review"),
        ("view k3f8", 1, "k3f9"),
        ("export two-2026-11-21-k3f8", 1, "two-2026-11-21-k3f9"),
        ("delete --yes k3f8", 1, "k3f9"),
    ],
)
def test_what_is_not_found_suggests_the_nearest(data: Path, line: str, status: int, near: str) -> None:
    path = save(data)
    done = run(data, *line.split())
    assert (done.returncode, done.stdout) == (status, "")
    assert f"Did you mean {near}?" in done.stderr
    assert path.exists()


@pytest.mark.thorough
def test_list_looks_in_three_places_in_order(data: Path, tmp_path: Path) -> None:
    def put(folder: Path, title: str) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        text = TWO.replace('id = "two"', 'id = "staff-care"').replace("Two questions", title)
        (folder / "staff-care.toml").write_text(text, encoding="utf-8")
        return folder

    def title(**environ: str) -> tuple[str, str, int]:
        done = run_with(data, "list", "--json", **environ)
        assert (done.returncode, done.stderr) == (0, "")
        (entry,) = (one for one in document(done, "list")["worksheets"] if one["id"] == "staff-care")
        shown = run_with(data, "show", "staff-care", **environ).stdout.splitlines()[0]
        assert shown == entry["title"]
        return entry["title"], entry["from"], len(entry["hides"])

    assert title() == ("Staff care, self-care", "libwell", 0)
    put(data / "worksheets", "Mine")
    assert title() == ("Mine", "your own", 1)
    one, other = put(tmp_path / "one", "One"), put(tmp_path / "other", "Other")
    assert title(LIBWELL_WORKSHEETS=str(one)) == ("One", "LIBWELL_WORKSHEETS", 2)
    assert title(LIBWELL_WORKSHEETS=os.pathsep.join([str(other), str(one)])) == (
        "Other",
        "LIBWELL_WORKSHEETS",
        3,
    )
    by_path = run_with(data, "show", str(one / "staff-care.toml"), LIBWELL_WORKSHEETS=str(other))
    assert by_path.stdout.startswith("One\n")


def test_list_tells_what_it_could_not_read_and_shows_the_rest(data: Path) -> None:
    broken = own(data, "broken.toml", "libwell = ")
    own(data, "notes.toml", 'about = "something else"\n')
    for arguments in (["list"], ["list", "--json"]):
        done = run(data, *arguments)
        assert done.returncode == 3
        assert done.stderr.startswith(f"{broken}:1: ")
        assert "staff-care" in done.stdout
    told = document(run(data, "list", "--json"), "list")
    assert [one["file"] for one in told["failed"]] == [str(broken)]
    assert str(broken) not in [one["path"] for one in told["worksheets"]]


def test_show_tells_what_it_asks_and_what_stays_private(data: Path) -> None:
    path = own(data, "two.toml", TWO)
    done = run(data, "show", "two")
    assert (done.returncode, done.stderr) == (0, "")
    assert "- What is open?\n" in done.stdout
    assert "- What is closed? (private)\n" in done.stdout
    assert "A guide" in done.stdout
    assert "Begin on time." not in done.stdout
    assert "Begin on time." in run(data, "show", str(path), "--facilitator").stdout
    told = document(run(data, "show", "two", "--json"), "show")
    assert [(one["id"], one["title"], one["kind"], one["private"]) for one in told["prompts"]] == [
        ("open", "What is open?", "text", False),
        ("closed", "What is closed?", "choice", True),
    ]


def test_responses_are_listed_the_latest_first(data: Path) -> None:
    assert run(data, "responses").stdout == ""
    assert document(run(data, "responses", "--json"), "responses") == {"responses": [], "failed": []}
    save(data, "a1a1", updated=NOW - dt.timedelta(days=2), status="complete")
    save(data, "b1b1", updated=NOW)
    save(data, "c1c1", updated=NOW - dt.timedelta(days=1))
    bad = save(data, "d1d1")
    bad.write_text("=", encoding="utf-8")
    done = run(data, "responses")
    assert done.returncode == 3
    assert done.stderr.startswith(f"{bad}:1: ")
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == ["b1b1", "c1c1", "a1a1"]
    entries = document(run(data, "responses", "--json"), "responses")["responses"]
    assert [(one["id"][-4:], one["status"], one["answered"], one["asked"]) for one in entries] == [
        ("b1b1", "draft", 2, 2),
        ("c1c1", "draft", 2, 2),
        ("a1a1", "complete", 2, 2),
    ]


@pytest.mark.thorough
def test_view_gives_a_pipe_what_is_private_only_when_asked(data: Path) -> None:
    path = save(data)
    save(data, "a1a1", updated=NOW - dt.timedelta(days=2))
    for name in ("latest", "k3f9", "two-2026-11-21-k3f9", str(path)):
        done = run(data, "view", name)
        assert done.returncode == 0
        assert "some words" in done.stdout
        assert "The door" not in done.stdout
        assert done.stderr == "1 private answer or step was left out; --private puts them in.\n"
    done = run(data, "view", "latest", "--private")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The door" in done.stdout
    told = document(run(data, "view", "latest", "--json"), "view")
    assert [(one["id"], one["title"], one["value"]) for one in told["answers"]] == [
        ("open", "What is open?", "some words")
    ]
    assert [(one["id"], one["step"], one["from"]) for one in told["actions"]] == [
        ("k3f9.a1", "Open it", "open")
    ]
    assert told["withheld"] == 1
    everything = document(run(data, "view", "latest", "--json", "--private"), "view")
    assert [(one["id"], one["value"], one["private"]) for one in everything["answers"]] == [
        ("open", "some words", False),
        ("closed", "door", True),
    ]


def test_a_terminal_shows_what_is_private_and_marks_it(data: Path) -> None:
    save(data)
    with Walking(data, "view", "latest", ready=False, lines=60) as view:
        assert view.end() == 0
        assert "What is closed? (private)" in view.shown
        assert "The door" in view.shown


@pytest.mark.thorough
def test_check_tells_mistakes_from_hints(data: Path, tmp_path: Path) -> None:
    sound = tmp_path / "sound.toml"
    sound.write_text(TWO.replace("minutes = 5\n", ""), encoding="utf-8")
    done = run(data, "check", str(sound))
    assert done.returncode == 0
    assert done.stdout.startswith(f"hint: {sound}:1: minutes: ")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        TWO.replace('kind = "text"', 'kind = "poem"').replace('title = "Section"', 'tilte = "Section"')
    )
    for paths in ([str(sound), str(wrong)], [str(tmp_path)]):
        done = run(data, "check", *paths)
        assert done.returncode == 4
        mistakes = [line for line in done.stdout.splitlines() if not line.startswith("hint: ")]
        assert len(mistakes) >= 2
        assert all(line.startswith(f"{wrong}:") for line in mistakes)
        assert any("Did you mean title?" in line for line in mistakes)
    told = document(run(data, "check", str(tmp_path), "--json"), "check")
    assert [file["file"] for file in told["files"]] == [str(sound), str(wrong)]
    mistakes = told["files"][1]["mistakes"]
    assert {"line", "key", "message", "remedy", "hint"} <= mistakes[0].keys()
    assert any(
        mistake["line"] == 15 and mistake["key"].startswith("sections[1].prompts[1]") for mistake in mistakes
    )


@pytest.mark.thorough
def test_check_reads_every_kind_of_file(data: Path, tmp_path: Path) -> None:
    own(data, "two.toml", TWO)
    path = save(data)
    answers = tmp_path / "answers.toml"
    answers.write_text('worksheet = "two"\n[answers]\nopen = "x"\nclosed = "window"\n', encoding="utf-8")
    assert run(data, "check", str(path), str(data / "worksheets")).returncode == 0
    done = run(data, "check", str(answers))
    assert done.returncode == 4
    assert done.stdout.startswith(f"{answers}:4: answers.closed: ")
    path.write_text(
        path.read_text(encoding="utf-8").replace('closed = "door"', "closed = 3"), encoding="utf-8"
    )
    done = run(data, "check", str(path))
    assert done.returncode == 4
    assert ": answers.closed: " in done.stdout


@pytest.mark.thorough
def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(data: Path, tmp_path: Path) -> None:
    path = save(data)
    newer = path.read_text(encoding="utf-8").replace("response/1", "response/2")
    path.write_text(newer, encoding="utf-8")
    sheet = own(data, "two.toml", TWO.replace("worksheet/1", "worksheet/2"))
    answers = tmp_path / "answers.toml"
    answers.write_text('libwell = "answers/2"\nworksheet = "two"\n', encoding="utf-8")
    for line in (
        ["view", "k3f9"],
        ["export", str(path)],
        ["check", str(path)],
        ["show", str(sheet)],
        ["check", str(sheet)],
        ["fill", str(answers)],
    ):
        done = run(data, *line)
        assert done.returncode == 4, line
        assert "newer" in done.stderr + done.stdout
    assert path.read_text(encoding="utf-8") == newer
    assert len(saved_files(data)) == 1


def test_delete_takes_the_version_kept_beside_it_too(data: Path) -> None:
    path, other = save(data), save(data, "b1b1")
    backup = path.with_name(f"{path.name}.bak")
    backup.write_bytes(path.read_bytes())
    for arguments in (["delete", "k3f9"], ["--no-input", "delete", "k3f9"]):
        refused = run(data, *arguments)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "--yes" in refused.stderr
    assert path.exists()
    done = run(data, "delete", "k3f9", "--yes")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no secure erasure" in done.stderr
    assert "What you exported stays where you put it." in done.stderr
    assert sorted(path.parent.iterdir()) == [other]


@pytest.mark.thorough
def test_delete_says_what_was_exported_and_the_record_forgets_it(data: Path) -> None:
    save(data)
    out = data.parent / "out"
    out.mkdir()
    for name in ("plan.md", "gone.md", "li\nne.md"):
        assert run(data, "export", "k3f9", "--output", f"{out}/{name}").returncode == 0
    (out / "gone.md").unlink()
    done = run(data, "delete", "k3f9", "--yes")
    assert f"  {out}/plan.md\n" in done.stderr
    assert f"  {out}/li ne.md\n" in done.stderr
    assert "gone.md" not in done.stderr
    assert "What you exported" not in done.stderr  # it is said by name
    kept = (data / "exports.db").read_bytes()
    assert b"plan.md" not in kept
    assert b"k3f9" not in kept
    assert (out / "plan.md").exists()


def test_to_delete_a_copy_forgets_nothing_of_the_response_itself(data: Path) -> None:
    path, out = save(data), data.parent / "plan.md"
    run(data, "export", "k3f9", "--output", str(out))
    copy = data.parent / "copy.toml"
    copy.write_bytes(path.read_bytes())
    assert run(data, "delete", str(copy), "--yes").returncode == 0
    assert str(out) in run(data, "delete", "k3f9", "--yes").stderr


def test_before_it_deletes_it_says_what_stays(data: Path) -> None:
    path = save(data)
    out = data.parent / "plan.md"
    run(data, "export", "k3f9", "--output", str(out))
    with Walking(data, "delete", "k3f9") as walk:
        assert str(out) in "".join(walk.shown.split())
        walk.type("no")
        assert walk.end() == 1
    assert path.exists()


@pytest.mark.parametrize("verb", ["check", "doctor", "fill", "team"])
def test_the_name_of_a_file_acts_on_nothing_also_in_a_pipe(data: Path, verb: str) -> None:
    name = "ev\x1b[2Jil\nAll is well\u202e.toml"
    folder = data / "worksheets" if verb == "doctor" else data.parent
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text('libwell = "worksheet/1"\nid = "own"\n', encoding="utf-8")
    paths = {"doctor": [], "team": ["plan", str(folder / name)]}.get(verb, [str(folder / name)])
    done = run(data, verb, *paths)
    shown = done.stdout + done.stderr
    assert "ev[U+001B][2Jil" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\nAll is well" not in shown


def test_nothing_locked_is_deleted_or_taken_up(data: Path) -> None:
    path = save(data)
    with lock(path):
        done = run(data, "--wait", "0", "delete", "k3f9", "--yes")
        assert (done.returncode, done.stdout) == (1, "")
        with Walking(data, "resume", "k3f9", ready=False) as resume:
            assert resume.end() == 1
        assert run(data, "export", "k3f9").returncode == 0
    assert path.exists()


@pytest.mark.parametrize("line", ["start staff-care", "resume latest", "resume", "delete latest"])
def test_nothing_is_asked_where_nobody_can_answer(data: Path, line: str) -> None:
    path = save(data)
    before = path.read_bytes()
    for words in (line.split(), ["--no-input", *line.split()]):
        done = run(data, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert "libwell" in done.stderr or "--yes" in done.stderr
    with Walking(data, "--no-input", *line.split(), ready=False) as asked:
        assert asked.end() == 2
    assert saved_files(data) == [path]
    assert path.read_bytes() == before


@pytest.mark.thorough
def test_blank_makes_what_fill_takes(data: Path, tmp_path: Path) -> None:
    own(data, "two.toml", TWO)
    printed = run(data, "blank", "two")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout.startswith("# Two questions\n")
    target = tmp_path / "answers.toml"
    done = run(data, "blank", "two", "--format", "toml", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8") == run(data, "blank", "two", "--format", "toml").stdout
    assert run(data, "blank", "two", "--format", "toml", "--output", str(target)).returncode == 1
    refused = run(data, "fill", str(target))
    assert (refused.returncode, refused.stdout) == (4, "")
    assert ": answers.open: " in refused.stderr
    draft = run(data, "fill", str(target), "--draft")
    assert (draft.returncode, draft.stderr) == (0, "")
    assert saved_files(data)[0].stem == draft.stdout.strip()
    target.write_text(
        target.read_text(encoding="utf-8").replace('open = ""', 'open = "words"'), encoding="utf-8"
    )
    complete = run(data, "fill", str(target))
    assert (complete.returncode, len(saved_files(data))) == (0, 2)
    assert saved_files(data)[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.thorough
def test_fill_reads_standard_input_and_takes_the_worksheet_by_name(data: Path) -> None:
    own(data, "two.toml", TWO)
    command = [*LIBWELL, "--data-dir", str(data), "fill", "-"]
    for text, options, status in (
        (b'[answers]\nopen = "x"\n', ["--worksheet", "two"], 0),
        (b'\xef\xbb\xbfworksheet = "two"\r\n[answers]\r\nopen = "x"\r\n', [], 0),
        (b'[answers]\nopen = "x"\n', [], 4),
        (b"[answers\n", ["--worksheet", "two"], 4),
        (b"\xff", ["--worksheet", "two"], 2),
        (b'worksheet = "tow"\n', [], 4),
        (b"", ["--worksheet", "tow"], 1),
    ):
        done = subprocess.run(
            [*command, *options], env=environment(data), input=text, capture_output=True, check=False
        )
        assert done.returncode == status, (text, done.stderr)
        assert bool(done.stdout) == (status == 0)
        assert bool(done.stderr) == (status != 0)
    assert len(saved_files(data)) == 2


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    "arguments", [["fill", "-"], ["actions", "add", "latest", "--answers", "-"]], ids=["fill", "actions"]
)
def test_standard_input_without_an_end_is_read_as_far_as_a_file(data: Path, arguments: list[str]) -> None:
    save(data)
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [*LIBWELL, "--data-dir", str(data), *arguments],
            env=environment(data),
            stdin=endless,
            capture_output=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.strip() == b"standard input: This is larger than 8 MiB. Make it shorter."


@pytest.mark.thorough
def test_quiet_keeps_data_and_errors(data: Path) -> None:
    save(data)
    for line in ("view latest", "export latest", "responses", "list"):
        loud, quiet = run(data, *line.split()), run(data, "--quiet", *line.split())
        assert (quiet.stdout, quiet.stderr, quiet.returncode) == (loud.stdout, "", 0)
    assert run(data, "--quiet", "view", "zzzz").stderr != ""
    assert run(data, "--quiet", "delete", "latest", "--yes").stderr == ""


@pytest.mark.thorough
def test_the_data_folder_is_the_flags_then_the_environments(data: Path, tmp_path: Path) -> None:
    save(data, "a1a1")
    save(tmp_path / "other", "b1b1")
    command = [*LIBWELL, "responses", "--json"]
    environ = environment(data) | {"LIBWELL_DATA_DIR": str(tmp_path / "other")}
    by_environment = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert "b1b1" in by_environment.stdout
    by_flag = run_with(data, "responses", "--json", LIBWELL_DATA_DIR=str(tmp_path / "other"))
    assert "a1a1" in by_flag.stdout
    assert "b1b1" not in by_flag.stdout
    save(tmp_path / ".local" / "share" / "libwell", "c1c1")
    usual = subprocess.run(command, env=environment(data), capture_output=True, text=True, check=True)
    assert "c1c1" in usual.stdout


@pytest.mark.thorough
def test_the_data_folder_may_be_given_from_home_or_from_here(data: Path, tmp_path: Path) -> None:
    save(tmp_path / "here", "a1a1")
    for place in ("~/here", "here"):
        environ = environment(data) | {"LIBWELL_DATA_DIR": place}
        done = subprocess.run(
            [*LIBWELL, "responses"], env=environ, cwd=tmp_path, capture_output=True, check=True
        )
        assert b"a1a1" in done.stdout


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(
    "line",
    [
        "list",
        "show staff-care",
        "responses",
        "view latest",
        "blank staff-care",
        "doctor",
        "check .",
        "--help",
    ],
)
def test_the_reader_of_the_pipe_may_leave(data: Path, line: str) -> None:
    save(data)
    (data / "wrong.toml").write_text("=", encoding="utf-8")
    words = [str(data) if word == "." else word for word in line.split()]
    reading, writing = os.pipe()
    os.close(reading)
    command = [*LIBWELL, "--data-dir", str(data), *words]
    done = subprocess.run(command, env=environment(data), stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("line", ["list", "export latest", "view latest --json"])
def test_closed_streams_are_told_without_a_traceback(data: Path, line: str) -> None:
    save(data)
    command = " ".join(shlex.quote(word) for word in [*LIBWELL, "--data-dir", str(data), *line.split()])
    for closing, status in ((">&-", 1), ("2>&-", 0), ("<&-", 0), (">&- 2>&- <&-", 1)):
        done = subprocess.run(
            ["sh", "-c", f"{command} {closing}"],
            env=environment(data),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, (closing, done)
        assert "Traceback" not in done.stderr


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    "environ", [ASCII, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"}]
)
def test_any_locale_gets_the_same_data(data: Path, environ: dict[str, str]) -> None:
    own(data, "two.toml", TWO.replace("Two questions", "Zwei Fragen \u2014 \u00fcber \u8336 \U0001f600"))
    for line in ("list", "show two", "blank two", "blank two --format toml", "show two --json"):
        usual, other = run(data, *line.split()), run_with(data, *line.split(), **environ)
        assert (other.returncode, other.stdout, other.stderr) == (0, usual.stdout, "")
        assert "\u8336" in other.stdout


def test_loose_modes_are_warned_of_and_closed_by_the_remedy(data: Path) -> None:
    path = save(data)
    assert run(data, "doctor").returncode == 0
    data.chmod(0o755)
    path.chmod(0o644)
    told = document(run(data, "doctor", "--json"), "doctor")
    assert {one["about"] for one in told["findings"]} == {str(data), str(path)}
    assert told["data"] == str(data)
    assert {"from", "path"} <= told["worksheets"][0].keys()
    for one in told["findings"]:
        assert one["remedy"].startswith("Close it: chmod ")
        subprocess.run(shlex.split(one["remedy"].removeprefix("Close it: ")), check=True)
    assert run(data, "doctor").stdout.endswith("All is well.\n")


def test_a_lock_left_behind_is_told(data: Path) -> None:
    path = save(data)
    stale = path.with_name(f".{path.name}.lock")
    stale.write_text("99999999", encoding="utf-8")
    stale.chmod(0o600)
    told = document(run(data, "doctor", "--json"), "doctor")
    assert [one["about"] for one in told["findings"]] == [str(stale)]
    with lock(path):
        assert run(data, "doctor").returncode == 0


def closing(walk: Walking, *commands: str) -> bool:
    """Whether a walk says to close something with just these commands."""
    told, said = squeezed(walk.shown), "maybeabletolookintoit.Closeit:"
    return told.count(said) == len(commands) and all(said + squeezed(one) in told for one in commands)


def test_going_on_with_a_loose_response_says_so(data: Path) -> None:
    path = save(data)
    path.chmod(0o644)
    with Walking(data, "resume", "k3f9") as walk:
        assert closing(walk, f"chmod 600 {path}")
        walk.type(":go open", "more words", ":pause")
        assert walk.status == 0
    assert path.stat().st_mode & 0o777 == 0o600  # what was saved anew is private again


@pytest.mark.each_value_once
@pytest.mark.parametrize("verb", ["start staff-care", "resume"])
@pytest.mark.parametrize("mode", [0o755, 0o711, 0o750, 0o702])
def test_a_folder_that_others_can_enter_is_said_in_the_walk(data: Path, verb: str, mode: int) -> None:
    save(data)
    folders = [data, data / "responses"]
    for folder in folders:
        folder.chmod(mode)
    commands = [f"chmod 700 {folder}" for folder in folders]
    with Walking(data, *verb.split()) as walk:
        assert closing(walk, *commands)
    for command in commands:
        subprocess.run(shlex.split(command), check=True)
    with Walking(data, "resume") as walk:
        assert closing(walk)


@pytest.mark.thorough
def test_of_a_folder_that_somebody_chose_only_the_response_is_looked_at(data: Path, tmp_path: Path) -> None:
    path = save(data)
    elsewhere = tmp_path / "elsewhere" / path.name
    elsewhere.parent.mkdir(mode=0o755)
    path.rename(elsewhere)
    data.chmod(0o755)
    with Walking(data, "resume", str(elsewhere)) as walk:
        assert closing(walk)
    elsewhere.chmod(0o640)
    with Walking(data, "resume", str(elsewhere)) as walk:
        assert closing(walk, f"chmod 600 {elsewhere}")
