"""Every verb on Windows: it does and says there what it does and says on Linux."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from many_responses import files_in, make
from walking import CTRL_C, PATIENCE, environment, run, saved_files
from wine import BED, PYTHON, InConsole, in_windows, run_script, run_windows

pytestmark = pytest.mark.usefixtures("bed")

TESTS = Path(__file__).parents[1]
EVERY_VERB = Path(__file__).with_name("every_verb.py")


def said(text: str) -> str:
    """What was said, but for how a path is written and where settings lie."""
    return text.replace("\\", "/").replace("FOLDER/AppData/Local/", "FOLDER/.config/")


def test_every_verb_does_and_says_the_same(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    environ = environment(tmp_path / "data") | {"PYTHONPATH": str(TESTS)}
    subprocess.run([sys.executable, str(EVERY_VERB), str(here)], env=environ, check=True)
    done = run_script(tmp_path / "data", EVERY_VERB, in_windows(there), patience=300)
    assert done.returncode == 0, done.stderr.decode()
    expected, made = (
        {line: said(text) for line, text in json.loads(path.read_text(encoding="utf-8")).items()}
        for path in (here, there)
    )
    assert made == expected


def test_all_is_well_after_it(tmp_path: Path) -> None:
    done = run_windows(tmp_path / "data", "doctor")
    assert done.returncode == 0
    assert done.stdout.endswith(b"\nAll is well.\n")


def test_a_name_with_a_star_stands_for_files(tmp_path: Path) -> None:
    """PowerShell and cmd leave that to libwell; words with a star that fit no file stay as they are."""
    for name in ("one [1].toml", "two.toml", "three.txt"):
        (tmp_path / name).write_text('worksheet = "staff-care"\n')
    done = run_windows(tmp_path / "data", "fill", "*.toml", folder=tmp_path)
    assert len(done.stdout.splitlines()) == 2, done.stderr
    done = run_windows(tmp_path / "data", "config", "set", "name", "Ana *", folder=tmp_path)
    assert done.returncode == 0
    done = run_windows(tmp_path / "data", "config", "get", "name")
    assert done.stdout == b"Ana *\n"


HOME = "HOME HOMEPATH HOMEDRIVE USERPROFILE APPDATA LOCALAPPDATA WIN_PD_OVERRIDE_LOCAL_APPDATA"


@pytest.mark.parametrize("verb", ["list", "support", "config path", "doctor"])
def test_without_the_names_of_a_home(tmp_path: Path, verb: str) -> None:
    """A service has neither LOCALAPPDATA nor USERPROFILE; Windows itself knows where its files lie."""
    code = (
        "import os, sys\n"
        f"for name in {HOME.split()!r}:\n"
        "    os.environ.pop(name, None)\n"
        "from libwell.cli import main\n"
        f"sys.argv = ['libwell', *{verb.split()!r}]\n"
        "main()\n"
    )
    done = run_windows(tmp_path / "data", "-c", code, command=PYTHON)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


# --- many exports ---------------------------------------------------------------------------------

MANY = 600


@pytest.fixture(scope="module")
def responses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with many responses."""
    data = tmp_path_factory.mktemp("many") / "data"
    make(data / "responses", MANY)
    return data


@pytest.fixture(scope="module")
def expected(responses: Path) -> dict[str, bytes]:
    """What they are as Markdown, made on Linux."""
    folder = responses.parent / "expected"
    assert run(responses, "export", "--all", "--jobs", "1", "--output", f"{folder}/").returncode == 0
    return files_in(folder)


def exporting(folder: Path) -> tuple[str, ...]:
    return ("export", "--all", "--jobs", "2", "--output", in_windows(folder) + "\\")


def test_many_are_written_on_several_processes(
    responses: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    done = run_windows(responses, *exporting(tmp_path / "out"))
    assert (done.returncode, done.stderr.decode().splitlines()[-1]) == (
        0,
        f"{MANY} written, 0 unchanged, 0 failed",
    )
    assert files_in(tmp_path / "out") == expected


CUT_OFF = re.compile(r"\.test-.+\.md\.[0-9]+-[0-9a-f]{8}\.tmp")
"""What a process was writing when Windows ended it; its number comes again soon in Wine."""


def exports_in(folder: Path) -> dict[str, bytes]:
    """The exports; each of the two processes may have left what it was writing beside them, hidden."""
    found = files_in(folder)
    cut_off = [name for name in found if CUT_OFF.fullmatch(name)]
    assert len(cut_off) <= 2
    return {name: content for name, content in found.items() if name not in cut_off}


def test_interrupted_it_leaves_whole_files_and_goes_on(
    responses: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with InConsole(responses, *exporting(out), ready=False) as console:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and len(list(out.glob("*.md"))) < 130:
            time.sleep(0.005)
        console.child.send(CTRL_C)
        assert console.end() == 130
    assert "Stopped. Every file that is there is whole; the same command goes on." in console.shown
    left = exports_in(out)
    assert 0 < len(left) < MANY
    assert left.items() <= expected.items()
    assert run_windows(responses, *exporting(out)).returncode == 0
    assert exports_in(out) == expected


def test_a_bar_says_how_far_it_is_and_goes(responses: Path, tmp_path: Path) -> None:
    """In a console that is wide enough for the sequences too, which Wine's shows."""
    with InConsole(responses, *exporting(tmp_path / "out"), ready=False) as console:
        assert console.end() == 0
    assert f"/{MANY}" in console.raw
    assert "━" in console.raw
    assert "━" not in "".join(console.screen())
    assert f"{MANY} written, 0 unchanged" in " ".join(console.screen())


# --- on the console -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "environ", "has_color"),
    [
        ((), {"NO_COLOR": ""}, True),
        (("--no-color",), {"NO_COLOR": ""}, False),
        ((), {"NO_COLOR": "1"}, False),
    ],
)
def test_color_is_left_out_where_nobody_wants_it(
    tmp_path: Path, option: tuple[str, ...], environ: dict[str, str], *, has_color: bool
) -> None:
    with InConsole(tmp_path / "data", *option, "view", "nobody", environ=environ, ready=False) as console:
        assert console.end() == 1
    assert "There is no response nobody." in console.raw
    assert ("[1;31m" in console.raw) == has_color


@pytest.mark.parametrize(
    ("path", "called"), [("", in_windows(BED / "python" / "python")), (in_windows(BED / "python"), "python")]
)
def test_it_says_how_to_call_it_again(tmp_path: Path, path: str, called: str) -> None:
    done = run_windows(tmp_path / "data", "new", "front-door", folder=tmp_path, environ={"WINEPATH": path})
    assert f"{called} -m libwell --data-dir {in_windows(tmp_path / 'data')} " in done.stderr.decode()
    assert "/" not in done.stderr.decode().replace("and/or", "")


def test_what_mends_a_response_works_in_cmd(tmp_path: Path) -> None:
    data = tmp_path / "my data"
    example = in_windows(TESTS.parent / "examples" / "staff-care.toml")
    assert run_windows(data, "fill", example).returncode == 0
    (path,) = saved_files(data)
    whole = path.read_bytes()
    path.with_name(f"{path.name}.bak").write_bytes(whole)
    path.write_bytes(whole[: len(whole) // 2])
    told = run_windows(data, "doctor").stdout.decode()
    (command,) = re.findall(r"go back to the version before: (copy .*) \(or move it away\)", told)
    script = tmp_path / "mend.bat"
    script.write_text(f"{command}\n", encoding="utf-8")
    run_windows(data, "/c", in_windows(script), command=("wine", "cmd"))
    assert path.read_bytes() == whole
