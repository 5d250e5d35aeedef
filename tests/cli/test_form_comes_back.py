"""What a page saves, as mail brings it: answers filled in, copies counted, the wrong file never taken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from build import response_for, shared_for, worksheet_of
from forms import draft_of
from libwell.storage.shared import shared_text
from walking import run, saved, saved_files

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

CANARY = "canary-7f3a"
HEAD = (
    '# Everything you answered, private too. Keep it.\n\nlibwell = "answers/1"\nworksheet = "policy-review"\n'
)
MINE = f'{HEAD}[person]\nname = "{CANARY}"\n\n[[actions]]\nstep = "{CANARY}"\n# The end.\n'
SHEET = worksheet_of('id = "it", kind = "yes-no"', 'id = "own", kind = "text", private = true')
DRAFT = draft_of(response_for(SHEET, f'own = "{CANARY}"'), SHEET)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


# --- my answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["MINE-do-not-send.txt", "MINE-do-not-send (2).txt", "MINE-do-not-send.toml.txt", "mine"]
)
@pytest.mark.parametrize(
    "content", [MINE.encode(), crlf(MINE), MINE.encode("utf-8-sig")], ids=["lf", "crlf", "bom"]
)
def test_fill_takes_it_under_any_name(data: Path, name: str, content: bytes) -> None:
    (data.parent / name).write_bytes(content)
    done = run(data, "fill", "--draft", name, cwd=data.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert saved(data)["actions"][0]["step"] == CANARY


def test_of_a_folder_it_takes_what_begins_as_answers_do(data: Path) -> None:
    inbox = data.parent / "inbox"
    inbox.mkdir()
    taken = {
        "MINE-do-not-send.txt": MINE.encode(),
        "MINE-do-not-send (1).TXT": crlf(MINE),
        "b.toml.txt": MINE.encode("utf-8-sig"),
        "c.toml": b'worksheet = "policy-review"\n[[actions]]\nstep = "s"\n',
    }
    left = {
        "notes.txt": b"libwell is nice\n",
        "worksheet.txt": b'worksheet = "policy-review"\n',
        "COPY-FOR-MY-TEAM.txt": shared_text(shared_for(SHEET, "it = true")).encode(),
        "draft.json": DRAFT.encode(),
        "later.txt": b"\n" * 5000 + MINE.encode(),
        ".hidden.txt": MINE.encode(),
    }
    for name, content in {**taken, **left}.items():
        (inbox / name).write_bytes(content)
    (inbox / "folder.txt").mkdir()
    done = run(data, "fill", "--draft", "--log", "jsonl", "inbox", cwd=data.parent)
    assert done.returncode == 0
    told = [json.loads(line)["file"] for line in done.stdout.splitlines()]
    assert told == sorted(f"inbox/{name}" for name in taken)
    assert len(saved_files(data)) == len(taken)


@pytest.mark.parametrize("verb", ["fill", "check"])
def test_a_draft_is_told_to_be_one(data: Path, verb: str) -> None:
    (data.parent / "draft.json").write_text(DRAFT)
    done = run(data, verb, "draft.json", cwd=data.parent)
    assert (done.returncode, "this is a draft out of a browser" in done.stdout + done.stderr) == (4, True)
    assert CANARY not in done.stdout + done.stderr


# --- copies ---------------------------------------------------------------------------------------


def team(folder: Path, verb: str, *options: str) -> subprocess.CompletedProcess[str]:
    return run(folder.parent / "told", "team", verb, str(folder), *options)


def status(folder: Path) -> Any:
    return json.loads(team(folder, "status", "--json").stdout)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder of five people's copies, under the names that browsers and mail give them."""
    folder = tmp_path / "shared"
    folder.mkdir()
    texts = [shared_text(shared_for(SHEET, "it = true", number=number)) for number in range(5)]
    (folder / "COPY-FOR-MY-TEAM.txt").write_bytes(texts[0].encode())
    (folder / "COPY-FOR-MY-TEAM (1).txt").write_bytes(crlf(texts[1]))
    (folder / "COPY-FOR-MY-TEAM(2).TXT").write_bytes(texts[2].encode("utf-8-sig"))
    (folder / "Copy of COPY-FOR-MY-TEAM.toml.txt").write_bytes(f"# For the team.\n{texts[3]}".encode())
    (folder / "COPY-FOR-MY-TEAM").write_bytes(texts[4].encode())
    return folder


def test_every_verb_of_a_team_counts_them(shared: Path) -> None:
    (found,) = status(shared)["worksheets"]
    assert found["people"] == 5
    report = json.loads(team(shared, "report", "--format", "json").stdout)
    assert [one["people"] for one in report["worksheets"]] == [5]
    assert team(shared, "plan").returncode == 0


WRONG = {
    "MINE-do-not-send.txt": (
        MINE,
        "this is a whole answers file, with what is private in it; nothing of it was taken.",
    ),
    "MINE-do-not-send (2).txt": (crlf(MINE).decode(), "this is a whole answers file"),
    "mine.toml": (MINE.partition("\n\n")[2], "this is a whole answers file"),
    "draft.json": (
        DRAFT,
        "this is a draft out of a browser, with what is private in it; nothing of it was taken.",
    ),
    "draft.txt": (f"\ufeff{DRAFT}", "this is a draft out of a browser"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_wrong_file_is_named_and_nothing_of_it_taken(shared: Path, name: str) -> None:
    text, said = WRONG[name]
    (shared / name).write_bytes(text.encode())
    for verb in ("status", "plan", "report"):
        for options in (
            ((), ("--format", "html"), ("--format", "json")) if verb != "status" else ((), ("--json",))
        ):
            done = team(shared, verb, *options)
            assert done.returncode == 3
            assert said in done.stderr
            assert name in done.stderr
            assert "Delete it, and ask for the copy for the team." in done.stderr
            assert CANARY not in done.stdout + done.stderr
    assert status(shared)["worksheets"][0]["people"] == 5
    alone = run(shared.parent / "told", "team", "report", str(shared / name))
    assert (alone.returncode, CANARY in alone.stdout + alone.stderr) == (4, False)
    written = [
        path.read_text("utf-8", "replace") for path in (shared.parent / "told").rglob("*") if path.is_file()
    ]
    assert CANARY not in "".join(written)


def test_other_json_is_passed_over_as_before(shared: Path) -> None:
    (shared / "report.json").write_text('{"schema": "libwell.report/1"}')
    done = team(shared, "status")
    assert (done.returncode, "report.json" in done.stderr) == (0, True)
