"""Verbs that look: `list`, `responses`, `doctor`, `blank`, and what is said when one is typed wrongly."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from build import OPEN, worksheet_text
from walking import LIBWELL, PATIENCE, environment, run, saved_files

if TYPE_CHECKING:
    from pathlib import Path

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
    return subprocess.run(
        [*LIBWELL, "--data-dir", str(data), *arguments],
        env=environment(data) | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


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
    assert line.endswith(f"your own (hides {hidden})")
    (entry,) = (
        one for one in json.loads(run(data, "list", "--json").stdout)["worksheets"] if one["id"] == "test"
    )
    assert (entry["path"], entry["hides"], entry["hidden"]) == (str(first), ["your own"], [str(hidden)])


def test_responses_name_worksheet_and_path(data: Path) -> None:
    (path,) = filled(data)
    (entry,) = json.loads(run(data, "responses", "--json").stdout)["responses"]
    assert entry["path"] == str(path)
    assert entry["worksheet"].keys() == {"id", "version"}
    assert entry["worksheet"]["id"] == "policy-review"


# --- typed wrongly --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "list --quiet",
            "No such option of list: --quiet. "
            "Options such as --quiet go before the verb: libwell --quiet list …",
        ),
        ("view", "Missing argument 'RESPONSE'. See libwell view --help."),
        ("export x --format pdf", "--format takes md."),
        ("blank staff-care --format pdf", "--format takes md or toml."),
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


def test_two_worksheets_with_one_id(data: Path, tmp_path: Path) -> None:
    other, used = own(data, "other.toml", WORKSHEET), own(data, "test.toml", WORKSHEET)
    expected = f"{other}: it has the id test, and so has {used}, which is the one that is used.\n"
    assert diagnosed(data).startswith(expected)
    other.unlink()
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "test.toml").write_text(WORKSHEET, encoding="utf-8")
    found = diagnosed(data, LIBWELL_WORKSHEETS=str(tmp_path / "set"))
    assert found.startswith(f"{used}: it has the id test, and so has {tmp_path}/set/test.toml, which")


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


def test_a_blank_file_says_how_to_lead_it(data: Path) -> None:
    plain = run(data, "blank", "staff-care", "--format", "toml").stdout
    led = run(data, "blank", "staff-care", "--format", "toml", "--facilitator").stdout
    assert "# For facilitators: " in led
    assert "# For facilitators: " not in plain
    path = data.parent / "led.toml"
    path.write_text(led, encoding="utf-8")
    assert run(data, "fill", str(path)).returncode == 0
