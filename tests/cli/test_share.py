"""`libwell share` as a person and as a script meet it."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from build import section_text, sheet_text
from libwell.storage.locks import lock
from libwell.storage.responses import response_text
from test_privacy import call, canaries, canary, response
from walking import CTRL_C, CTRL_D, Walking, run, saved, saved_files, short_id

if TYPE_CHECKING:
    from pathlib import Path

SHEET = sheet_text(
    section_text(
        'id = "own", ask = "How are you?", kind = "text", private = true',
        'id = "calm", ask = "Is it calm?", kind = "yes-no"',
        'id = "why", ask = "Why?", kind = "text"',
        'id = "plan", kind = "plan"',
    ),
    name="mine",
)
ANSWERS = """
worksheet = "mine"
[person]
name = "Ana"
[answers]
own = "Secretly tired"
calm = true
why = "The table by the window"
[[actions]]
step = "Ask for a break"
who = "Ana and Joy"
"""


def filled(folder: Path, answers: str = ANSWERS, sheet: str = SHEET) -> Path:
    (folder / "worksheets").mkdir(parents=True)
    (folder / "worksheets" / "mine.toml").write_text(sheet)
    (folder.parent / "answers.toml").write_text(answers)
    done = run(folder, "fill", "--draft", str(folder.parent / "answers.toml"))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one response; shared files go into the empty folder `out`, where one stands."""
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    return filled(tmp_path / "data")


def share(data: Path, *arguments: str) -> tuple[int, str, str]:
    done = run(data, "share", "latest", *arguments)
    return done.returncode, done.stdout, done.stderr


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def content(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def out(data: Path) -> Path:
    return data.parent / "out"


# --- on a terminal --------------------------------------------------------------------------------


def test_what_leaves_is_shown_and_asked_before_anything_is_written(data: Path, out: Path) -> None:
    before = saved(data)
    with Walking(data, "share", "latest") as person:
        shown = person.shown
        assert (files_in(out), saved(data)) == ([], before)
        person.type("yes")
        assert person.end() == 0
        assert person.is_tidy
    leaves, stays = shown.split("What stays here")
    assert "Is it calm?\n    Yes" in leaves.replace("yes", "Yes")
    assert "[ ] Ask for a break" in leaves
    assert "Private: How are you?" in stays
    assert "In your own words: Why?" in stays
    assert "Secretly" not in person.raw
    assert "window" not in person.raw
    (path,) = files_in(out)
    assert re.fullmatch(r"shared-mine-[a-z]+-[a-z]+-[a-z2-7]{4}\.toml", path.name)
    assert path.name in person.shown
    assert f"share {short_id(data)} --withdraw" in " ".join(person.shown.split())
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("Ana", "tired", "window", saved(data)["id"], "2026-") if word in text]


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("keys", ["\r", "no\r", "n\r", "y es\r", CTRL_D])
def test_anything_but_yes_writes_nothing(data: Path, out: Path, keys: str) -> None:
    before = saved(data)
    with Walking(data, "share", "latest") as person:
        person.press(keys)
        assert person.end() == 1
        assert "Nothing was written; nothing leaves." in person.shown
    assert (files_in(out), saved(data)) == ([], before)


def test_interrupted_at_the_question_nothing_is_written(data: Path, out: Path) -> None:
    before = saved(data)
    with Walking(data, "share", "latest") as person:
        person.press(CTRL_C)
        assert person.end() == 130
        assert person.is_tidy
    assert (files_in(out), saved(data)) == ([], before)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("typed", ["y", "yes please", "Y", "ok", ""])
def test_only_the_word_that_is_asked_for_writes(data: Path, out: Path, typed: str) -> None:
    with Walking(data, "share", "latest") as person:
        person.type(typed)
        assert person.end() == 1
    assert files_in(out) == []


def test_names_and_words_are_shown_where_they_leave(data: Path, out: Path) -> None:
    with Walking(data, "share", "latest", "--named", "--with-text", lines=60) as person:
        leaves = person.shown.split("What stays here")[0]
        person.type("Yes ")
        assert person.end() == 0
    for words in ("From: Ana (", "The table by the window", "Who: Ana and Joy"):
        assert words in leaves
    (path,) = files_in(out)
    shared = content(path)
    assert shared["person"] == {"name": "Ana"}
    assert shared["answers"] == {"calm": True, "why": "The table by the window"}
    assert [one["who"] for one in shared["actions"]] == ["Ana and Joy"]


def test_with_yes_it_is_shown_and_not_asked(data: Path) -> None:
    with Walking(data, "share", "latest", "--yes", ready=False) as person:
        assert person.end() == 0
        assert "What stays here" in person.shown
        assert "Type yes" not in person.shown


@pytest.mark.thorough
def test_a_withdrawal_says_what_it_can_and_what_it_cannot(data: Path, out: Path) -> None:
    share(data, "--yes")
    with Walking(data, "share", "latest", "--withdraw") as person:
        assert "it can't take back" in " ".join(person.shown.split())
        person.type("yes")
        assert person.end() == 0
    assert [path.name.split("-")[0] for path in files_in(out)] == ["shared", "withdrawal"]


# --- in a pipe ------------------------------------------------------------------------------------


def test_without_a_terminal_and_without_yes_nothing_is_made(data: Path, out: Path) -> None:
    for arguments in ((), ("--withdraw",)):
        status, stdout, stderr = share(data, *arguments)
        assert (status, stdout) == (2, "")
        assert "--yes" in stderr
    assert files_in(out) == []
    assert "shared" not in saved(data)


def test_a_pipe_gets_the_path_and_counts_and_no_questions(data: Path, out: Path) -> None:
    status, stdout, stderr = share(data, "--yes")
    (path,) = files_in(out)
    assert (status, stdout) == (0, f"{path.name}\n")
    assert "1 private answer or step stays here." in stderr
    assert "How are you?" not in stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_this_account_can_read_what_is_written(data: Path, out: Path) -> None:
    share(data, "--yes")
    share(data, "--withdraw", "--yes")
    assert [stat.S_IMODE(path.stat().st_mode) for path in files_in(out)] == [0o600] * 2


@pytest.mark.thorough
def test_shared_again_it_is_the_same_copy_at_a_higher_revision(data: Path, out: Path) -> None:
    share(data, "--yes")
    (path,) = files_in(out)
    first = content(path)
    assert share(data, "--yes", "--with-text")[0] == 0
    assert files_in(out) == [path]
    second = content(path)
    share(data, "--withdraw", "--yes")
    (withdrawal,) = (content(one) for one in files_in(out) if one != path)
    for name in ("shared_id", "pseudonym"):
        assert first[name] == second[name] == saved(data)["shared"][name]
    assert withdrawal == {"libwell": "withdrawal/1", "shared_id": first["shared_id"], "revision": 3}
    assert [one["revision"] for one in (first, second, saved(data)["shared"])] == [1, 2, 3]


@pytest.mark.thorough
def test_what_is_shared_again_without_a_change_is_the_same_copy(data: Path, out: Path) -> None:
    share(data, "--yes")
    (path,) = files_in(out)
    before, response = path.read_bytes(), saved_files(data)[0].read_bytes()
    assert share(data, "--yes")[0] == 0
    assert (path.read_bytes(), saved_files(data)[0].read_bytes()) == (before, response)


@pytest.mark.thorough
def test_what_is_shared_again_after_it_was_withdrawn_counts_again(data: Path, out: Path) -> None:
    share(data, "--yes")
    share(data, "--withdraw", "--yes")
    assert share(data, "--yes")[0] == 0
    assert max(content(path)["revision"] for path in files_in(out)) == saved(data)["shared"]["revision"] == 3


@pytest.mark.thorough
def test_a_copy_has_a_key_of_its_own_that_no_withdrawal_holds(data: Path, out: Path) -> None:
    share(data, "--yes")
    (path,) = files_in(out)
    key = content(path)["key"]
    assert len(key) == len(content(path)["shared_id"])
    share(data, "--withdraw", "--yes")
    (withdrawal,) = (one for one in files_in(out) if one != path)
    assert key not in withdrawal.read_text()
    share(data, "--yes", "--with-text")
    assert content(path)["key"] == key


def test_what_was_shared_before_there_was_a_key_goes_on_without_one(data: Path, out: Path) -> None:
    share(data, "--yes")
    (path,) = files_in(out)
    (saved_file,) = saved_files(data)
    lines = saved_file.read_text().splitlines(keepends=True)
    saved_file.write_text("".join(line for line in lines if not line.startswith(("key = ", "digest = "))))
    assert share(data, "--yes")[0] == 0
    again = content(path)
    assert ("key" in again, again["revision"]) == (False, 2)


@pytest.mark.thorough
def test_two_responses_share_nothing_that_tells_they_are_one_persons(data: Path, out: Path) -> None:
    run(data, "fill", "--draft", str(data.parent / "answers.toml"))
    for path in saved_files(data):
        assert run(data, "share", str(path), "--yes").returncode == 0
    first, second = map(content, files_in(out))
    assert first["shared_id"] != second["shared_id"]


def test_what_was_never_shared_cannot_be_withdrawn(data: Path, out: Path) -> None:
    status, _, stderr = share(data, "--withdraw", "--yes")
    assert (status, files_in(out)) == (1, [])
    assert "never shared" in stderr


@pytest.mark.thorough
def test_output_names_a_file_or_a_folder(data: Path, out: Path) -> None:
    (out / "team").mkdir()
    assert share(data, "--yes", "--output", "team/mine.toml")[0] == 0
    assert share(data, "--yes", "--output", "team")[0] == 0
    names = [path.name for path in files_in(out / "team")]
    assert "mine.toml" in names
    assert len(names) == 2
    status, _, stderr = share(data, "--yes", "--output", "nowhere")
    assert (status, "--output nowhere.toml" in stderr) == (2, True)
    assert not (out / "nowhere").exists()
    assert share(data, "--yes", "--output", "nowhere/")[0] == 0
    assert len(files_in(out / "nowhere")) == 1
    assert stat.S_IMODE((out / "nowhere").stat().st_mode) == 0o700


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize("kind", ["text", "response", "another", "broken", "link"])
def test_no_other_file_is_replaced(data: Path, out: Path, kind: str) -> None:
    target = out / "taken.toml"
    (path,) = saved_files(data)
    if kind == "another":
        run(data, "fill", "--draft", str(data.parent / "answers.toml"))
        run(data, "share", "latest", "--yes", "--output", str(target))
    elif kind == "link":
        target.symlink_to(path)
    else:
        texts = {
            "text": "hello",
            "response": path.read_text(),
            "broken": 'libwell = "shared/1"\nshared_id = ',
        }
        target.write_text(texts[kind])
    kept = target.read_bytes()
    done = run(data, "share", str(path), "--yes", "--output", str(target))
    assert done.returncode == 1
    assert "is there already" in done.stderr
    assert target.read_bytes() == kept
    assert "shared" not in content(path)


def test_a_withdrawal_holds_no_answers_to_ask_for(data: Path) -> None:
    assert share(data, "--withdraw", "--named", "--yes")[0] == 2


def test_a_response_that_is_open_elsewhere_is_not_shared(data: Path, out: Path) -> None:
    (path,) = saved_files(data)
    with lock(path):
        done = run(data, "--wait", "0", "share", "latest", "--yes")
    assert (done.returncode, files_in(out)) == (1, [])
    assert done.stderr


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ('own = "Secretly tired"', "is private, and stays here"),
        ('why = "The table by the window"', "--with-text"),
        ("", "nothing to share yet"),
        ('calm = { not-answered = "skipped" }', "nothing to share yet"),
    ],
)
def test_where_nothing_would_leave_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: str, words: str
) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    data = filled(tmp_path / "data", f'worksheet = "mine"\n[answers]\n{answers}\n')
    status, stdout, stderr = share(data, "--yes")
    assert (status, stdout, files_in(tmp_path / "out")) == (1, "", [])
    assert words in stderr
    assert "shared" not in saved(data)


# --- with the other verbs -------------------------------------------------------------------------


@pytest.mark.thorough
def test_check_takes_copies_and_withdrawals_and_hints_at_what_is_private(data: Path, out: Path) -> None:
    share(data, "--yes")
    share(data, "--withdraw", "--yes")
    done = run(data, "check", *map(str, files_in(out)))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 files, 0 mistakes, 0 hints.\n")
    path = files_in(out)[0]
    path.write_text(path.read_text().replace("[answers]\n", '[answers]\nown = "Secretly tired"\n'))
    done = run(data, "check", str(path))
    assert done.returncode == 0
    assert "1 private answer or step stands in this copy." in done.stdout + done.stderr
    assert "Secretly" not in done.stdout + done.stderr


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("verb", ["view", "export", "share", "compare"])
def test_a_copy_is_no_response(data: Path, out: Path, verb: str) -> None:
    share(data, "--yes")
    (path,) = files_in(out)
    more = {"share": ["--yes"], "compare": ["latest"]}.get(verb, [])
    done = run(data, verb, str(path), *more)
    assert done.returncode == 4
    assert "this is a shared copy; it holds no response." in done.stderr


@pytest.mark.thorough
def test_what_a_response_knows_of_its_copies_is_never_exported(data: Path) -> None:
    everything = ("export", "latest", "--format", "json", "--private")
    before = run(data, *everything).stdout
    share(data, "--yes")
    known = saved(data)["shared"]
    for arguments in (everything, ("view", "latest", "--private")):
        text = run(data, *arguments).stdout
        assert known["shared_id"] not in text
        assert known["pseudonym"] not in text
    changing = re.compile(r'"(revision|updated)": [^\n]*')
    assert changing.sub("", run(data, *everything).stdout) == changing.sub("", before)


# --- nothing private, anywhere --------------------------------------------------------------------


@pytest.mark.thorough
def test_of_fifty_responses_no_canary_leaves_by_any_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor into a message, or any file but the responses themselves."""
    data, out = tmp_path / "data", tmp_path / "out"
    folder = data / "responses"
    folder.mkdir(parents=True, mode=0o700)
    out.mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(out)
    made, hidden = response()
    paths = [folder / f"canaries-2026-11-21-k{number}.toml" for number in range(50)]
    for path in paths:
        path.write_text(response_text(made.model_copy(update={"id": path.stem})), encoding="utf-8")
    ways = (("--yes",), ("--yes", "--with-text"), ("--yes", "--named"), ("--yes", "--withdraw"))
    for number, path in enumerate(paths):
        status, stdout, stderr = call("--data-dir", data, "share", path, *ways[0])
        assert (status, canaries(stdout + stderr)) == (0, set())
        status, stdout, stderr = call("--data-dir", data, "share", path, *ways[number % 4])
        assert (status, canaries(stdout + stderr)) == (0, set())
    holding = {one for one in tmp_path.rglob("*") if one.is_file() and canaries(one.read_bytes())}
    assert holding == set(paths)
    assert len(hidden) > 30
    written = files_in(out)
    assert len(written) > 50
    assert all(b"public step" in one.read_bytes() for one in written if one.name.startswith("shared"))


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    "old", ["calm = true", 'step = "Ask for a break"', 'why = "The table by the window"', "revision = 1"]
)
def test_a_refused_copy_is_not_quoted(data: Path, out: Path, old: str) -> None:
    share(data, "--yes", "--with-text")
    (path,) = files_in(out)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, f'{old.split(" = ", maxsplit=1)[0]} = ["{canary(1)}", 1]'))
    done = run(data, "check", str(path))
    assert done.returncode == 4
    assert canaries(done.stdout + done.stderr) == set()
