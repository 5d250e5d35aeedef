"""Standard output that is full, closed or left: what was done is said in a line, the status is documented."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from walking import LIBWELL, environment, in_shell, run, saved_files

SAVED, CLOSED = "Saved, but not printed: ", "This could not be written: standard output is closed.\n"
FULL = "This could not be written: No space left on device.\n"
FAILING = [
    pytest.param(">&-", CLOSED, id="closed"),
    pytest.param(
        ">/dev/full",
        FULL,
        id="full",
        marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device"),
    ),
]
ALONE = ["--version", "--help", "list --help", "list", "schema", "config path"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def shell(data: Path, line: str, redirected: str, **environ: str) -> tuple[int, str, str]:
    """Run libwell as a shell does, its streams redirected; give status, standard output and error."""
    words = [*LIBWELL, "--data-dir", str(data), *shlex.split(line)]
    return in_shell(data, f"{shlex.join(words)} {redirected}", **environ)


def answers(data: Path) -> str:
    """An answers file, with a step."""
    path = data.parent / "answers.toml"
    text = 'worksheet = "policy-review"\n[[actions]]\nstep = "Ask"\n'
    path.write_text(text, encoding="utf-8")
    return shlex.quote(str(path))


def ids(data: Path) -> list[str]:
    return [path.stem for path in saved_files(data)]


@pytest.mark.quick_cases(4)
@pytest.mark.parametrize("line", ALONE)
@pytest.mark.parametrize(("redirected", "said"), FAILING)
def test_what_can_not_be_printed_is_a_failure_in_one_line(
    data: Path, line: str, redirected: str, said: str
) -> None:
    assert shell(data, line, redirected) == (1, "", said)
    assert shell(data, line, f"{redirected} 2>&-") == (1, "", "")


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("word", ["--version", "source_bash", "complete_zsh"])
@pytest.mark.parametrize(("redirected", "said"), FAILING)
def test_what_is_answered_before_all_else_fails_alike(
    data: Path, word: str, redirected: str, said: str
) -> None:
    is_option = word.startswith("-")
    command = shlex.join([*LIBWELL, word if is_option else ""])
    environ = environment(data) | ({} if is_option else {"_LIBWELL_COMPLETE": word})
    for more, expected in (("", said), (" 2>&-", "")):
        done = subprocess.run(
            ["sh", "-c", f"{command} {redirected}{more}"],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, expected)


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", ">&- 2>&-"])
@pytest.mark.parametrize(("line", "status"), [("frobnicate", 2), ("view nothing", 1), ("fill gone gone", 1)])
def test_an_error_that_can_not_be_said_keeps_its_status(
    data: Path, line: str, status: int, redirected: str
) -> None:
    assert shell(data, line, redirected) == (status, "", "")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("redirected", "said"), FAILING)
def test_fill_names_what_it_saved_where_it_can_not_print_it(data: Path, redirected: str, said: str) -> None:
    file = answers(data)
    assert shell(data, f"fill {file}", redirected) == (1, "", f"{SAVED}{ids(data)[0]}\n{said}")
    status, _, err = shell(data, f"fill {file} {file}.gone {file}", redirected)
    *_, named, last = err.splitlines()
    assert (status, f"{last}\n") == (1, said)
    assert len(ids(data)) == 3
    assert set(named.removeprefix(SAVED).split()) < set(ids(data))


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("redirected", "said"), FAILING)
def test_other_verbs_say_what_they_did_where_they_can_not_print_it(
    data: Path, redirected: str, said: str
) -> None:
    file = answers(data)
    run(data, "fill", shlex.split(file)[0])
    (name,) = ids(data)
    more = data.parent / "more.toml"
    more.write_text('[[actions]]\nstep = "Ask again"\n', encoding="utf-8")
    lines = {
        f"actions add latest --answers {shlex.quote(str(more))}": f"Added, but not printed: {name[-4:]}.a2\n",
        "share latest --yes --output copy.toml": "Written: copy.toml. Nothing was sent.\n",
        "new front-door": "Written: front-door.toml.\n",
        "export latest --output plan.md --log jsonl": f"Written: {data.parent / 'plan.md'}\n",
        "export --all --output plans --log jsonl": (
            "1 written, 0 unchanged, 0 failed. Stopped. Every file that is there is whole; "
            "the same command goes on.\n"
        ),
        "team plan copy.toml": (
            "It was not printed; what it tells counts as told all the same. Ask again to see it.\n"
        ),
    }
    for line, done in lines.items():
        assert shell(data, line, redirected) == (1, "", f"{done}{said}")
    assert all((data.parent / one).exists() for one in ("copy.toml", "front-door.toml", "plan.md", "plans"))
