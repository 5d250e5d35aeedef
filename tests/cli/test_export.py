"""`libwell export` and `fill` from a script: names on standard input, folders, counts, what is in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import tomli_w

from build import NOW, response_for, worksheet_from
from libwell.model.response import Action
from libwell.storage.responses import response_text
from walking import LIBWELL, PATIENCE, Walking, environment, run, saved_files

ANSWERS = 'worksheet = "policy-review"\n[person]\nname = "Ana"\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def answers(tmp_path: Path) -> list[str]:
    """Three answers files."""
    paths = [tmp_path / f"{name}.toml" for name in "abc"]
    for path in paths:
        path.write_text(ANSWERS, encoding="utf-8")
    return [str(path) for path in paths]


@pytest.fixture
def ids(data: Path, answers: list[str]) -> list[str]:
    """Three saved responses."""
    return run(data, "fill", *answers).stdout.split()


def given(data: Path, names: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run libwell with something on standard input."""
    return subprocess.run(
        [*LIBWELL, "--data-dir", str(data), *arguments],
        env=environment(data),
        input=names,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


# --- names on standard input ----------------------------------------------------------------------


@pytest.mark.thorough
def test_a_list_holds_ids_and_paths(data: Path, ids: list[str], tmp_path: Path) -> None:
    path = data / "responses" / f"{ids[2]}.toml"
    names = f"{ids[0]}\r\n\n{ids[1].rpartition('-')[2]}\n{path}".encode()
    done = given(data, names, "export", "-", "--output", str(tmp_path / "plans"))
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.splitlines()[-1] == b"3 written, 0 unchanged, 0 failed"
    assert {one.stem for one in (tmp_path / "plans").iterdir()} == {ids[0], ids[1], path.stem}


@pytest.mark.thorough
def test_a_list_of_one_goes_to_a_folder_too(data: Path, ids: list[str], tmp_path: Path) -> None:
    given(data, ids[0].encode(), "export", "-", "--output", str(tmp_path / "plans"))
    assert [one.name for one in (tmp_path / "plans").iterdir()] == [f"{ids[0]}.md"]
    done = given(data, ids[0].encode(), "export", "-")
    assert done.stdout.startswith(b"# ")


@pytest.mark.thorough
def test_a_name_that_is_not_there_fails_alone(data: Path, ids: list[str], tmp_path: Path) -> None:
    names = f"{ids[0]}\nzzzz\n./no.toml\n{ids[1]}\n".encode()
    done = given(data, names, "export", "-", "--output", str(tmp_path / "plans"))
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == b"2 written, 0 unchanged, 2 failed"
    assert b"There is no response zzzz." in done.stderr


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("names", [b"a\0b\n", b"x" * 5000 + b"\n", b"\0" * 100_000])
def test_what_is_no_list_is_refused_in_a_line(
    data: Path, ids: list[str], tmp_path: Path, names: bytes
) -> None:
    done = given(data, f"{ids[0]}\n".encode() + names, "export", "-", "--output", str(tmp_path / "plans"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.strip().endswith(b"Give one name a line.")
    assert len(done.stderr) < 100
    assert not (tmp_path / "plans").exists()


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("line", [b"\n", b"x\n", b"x" * 4000 + b"\n"])
def test_more_names_than_anybody_has_are_refused(data: Path, tmp_path: Path, line: bytes) -> None:
    names = line * (100_001 if len(line) < 10 else 5_000)
    done = given(data, names, "export", "-", "--output", str(tmp_path / "plans"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.strip() == b"Standard input has too many names. Name the folder they are in."


@pytest.mark.thorough
def test_a_name_that_is_no_utf_8_is_a_file_name(data: Path, ids: list[str], tmp_path: Path) -> None:
    done = given(
        data, ids[0].encode() + b"\n/\xff.toml\n", "export", "-", "--output", str(tmp_path / "plans")
    )
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == b"1 written, 0 unchanged, 1 failed"


# --- folders and files ----------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_name_with_a_slash_is_a_folder(data: Path, ids: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "p7"
    done = run(data, "export", ids[0], "--output", f"{folder}/")
    assert done.stderr.splitlines()[0] == f"Written: {folder}/{ids[0]}.md"
    again = run(data, "export", ids[0], "--output", str(folder))
    assert again.stderr.splitlines()[0] == f"Unchanged: {folder}/{ids[0]}.md"
    (tmp_path / "file").touch()
    refused = run(data, "export", ids[0], "--output", f"{tmp_path}/file/")
    assert refused.returncode == 2
    assert "is a file." in refused.stderr


@pytest.mark.parametrize("name", ["plan.md", "plan.HTML", "plan.htm"])
def test_several_pages_do_not_go_to_one_file(data: Path, ids: list[str], tmp_path: Path, name: str) -> None:
    done = run(data, "export", ids[0], ids[1], "--output", str(tmp_path / name))
    assert done.returncode == 2
    assert f"--output {tmp_path / Path(name).stem}/" in done.stderr
    assert not (tmp_path / name).exists()


@pytest.mark.thorough
def test_a_folder_may_be_called_anything(data: Path, ids: list[str], tmp_path: Path) -> None:
    for name in ("plans.2026", "plans.md/"):
        assert run(data, "export", *ids, "--output", f"{tmp_path}/{name}").returncode == 0
        assert len(list((tmp_path / name).iterdir())) == 3


@pytest.mark.thorough
def test_the_whole_path_is_said(data: Path, ids: list[str], tmp_path: Path) -> None:
    done = run(data, "export", ids[0], "--output", "plan.md", cwd=tmp_path)
    assert done.stderr.splitlines()[0] == f"Written: {tmp_path}/plan.md"
    (tmp_path / "plan.md").write_text("mine", encoding="utf-8")
    refused = run(data, "export", ids[0], "--output", "plan.md", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith("--force replaces it, or choose another name.")
    assert (tmp_path / "plan.md").read_text(encoding="utf-8") == "mine"
    assert run(data, "export", ids[0], "--output", "plan.md", "--force", cwd=tmp_path).returncode == 0


# --- batches --------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_response_named_twice_is_written_once(data: Path, ids: list[str], tmp_path: Path) -> None:
    path = str(saved_files(data)[0])
    for named in (
        ["--all", "latest"],
        [*ids, path, ids[0]],
        ["--all", str(data / "responses" / ".." / "responses")],
    ):
        done = run(data, "export", *named, "--output", str(tmp_path / "plans"), "--force")
        assert done.returncode == 0
        counted = [int(part.split()[0]) for part in done.stderr.splitlines()[-1].split(", ")]
        assert sum(counted) == 3
    assert run(data, "export", ids[0], ids[0]).stdout.startswith("# ")


def test_a_copy_with_the_same_id_is_no_second_name(data: Path, ids: list[str], tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_bytes(saved_files(data)[0].read_bytes())
    done = run(data, "export", "--all", str(copy), "--output", str(tmp_path / "plans"))
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == f"{len(ids)} written, 0 unchanged, 1 failed"


def test_quiet_is_quiet_about_a_batch(data: Path, ids: list[str], tmp_path: Path) -> None:
    assert ids
    done = run(data, "--quiet", "export", "--all", "--output", str(tmp_path / "plans"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(list((tmp_path / "plans").iterdir())) == 3


def test_levels_in_plain_words(data: Path, tmp_path: Path) -> None:
    steps = [
        f'[[actions]]\nstep = "{level}"\nlevel = "{level}"\nprivate = false\n'
        for level in ("me", "team", "organisation", "community")
    ]
    (tmp_path / "a.toml").write_text(ANSWERS + "".join(steps), encoding="utf-8")
    run(data, "fill", str(tmp_path / "a.toml"))
    words = ("for me", "for the team", "for the organization", "with the community")
    for shown in (run(data, "export", "latest").stdout, run(data, "view", "latest").stdout):
        assert [line.partition("Level: ")[2] for line in shown.splitlines() if "Level: " in line] == [*words]


def test_data_on_a_terminal_is_not_folded(data: Path, tmp_path: Path) -> None:
    long = " ".join(["wonderful"] * 60)
    text = f'{ANSWERS}[[actions]]\nstep = "{long}"\nprivate = false\n'
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    run(data, "fill", str(tmp_path / "a.toml"))
    with Walking(data, "export", "latest", columns=40, ready=False) as walk:
        assert walk.end() == 0
        assert long in walk.raw


# --- fill -----------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_rest_is_filled_when_the_reader_leaves(data: Path, answers: list[str]) -> None:
    script = "import os, sys; os.read(0, 1); os.close(0)"
    fill = subprocess.Popen(
        [*LIBWELL, "--data-dir", str(data), "fill", *answers * 20],
        env=environment(data),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with fill:
        subprocess.run([sys.executable, "-c", script], stdin=fill.stdout, check=True)
        assert fill.stdout is not None
        assert fill.stderr is not None
        fill.stdout.close()
        assert fill.stderr.read() == b"60 made\n"
    assert fill.returncode == 141
    assert len(saved_files(data)) == 60


@pytest.mark.thorough
def test_what_failed_is_counted_last(data: Path, answers: list[str], tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("worksheet = 3\n", encoding="utf-8")
    done = run(data, "fill", answers[0], str(tmp_path / "bad.toml"), "no.toml", *answers[1:])
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == "3 made, 2 failed"
    assert done.stdout.split() == [
        path.stem for path in sorted(saved_files(data), key=lambda path: done.stdout.index(path.stem))
    ]
    all_well = run(data, "fill", *answers)
    assert (all_well.returncode, all_well.stderr) == (0, "3 made\n")
    alone = run(data, "fill", "no.toml")
    assert (alone.returncode, alone.stdout) == (1, "")
    assert "failed" not in alone.stderr
    assert run(data, "fill", "no.toml", "nor-this.toml").returncode == 1


# --- the contract of export, line by line ---------------------------------------------------------

SHEET = """
libwell = "worksheet/1"
id = "two"
version = "1.0"
title = "Two questions"
private = false

[[sections]]
id = "s"
title = "Section"
prompts = [
  { id = "open", kind = "text", ask = "What is open?" },
  { id = "closed", kind = "text", ask = "What is closed?", private = true },
]
"""


def save(data: Path, last: str, words: str = "some words", **changes: object) -> Path:
    """Save a response to that worksheet, as the walk would."""
    answers = tomli_w.dumps({"open": words, "closed": "kept"})
    made = response_for(worksheet_from(SHEET), answers, id=f"two-2026-11-21-{last}", **changes)
    path = data / "responses" / f"{made.id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(response_text(made), encoding="utf-8")
    path.chmod(0o600)
    return path


LEFT_OUT = "1 private answer or step was left out; --private puts them in.\n"


@pytest.mark.thorough
def test_one_goes_to_standard_output_and_what_was_left_out_is_counted_beside_it(data: Path) -> None:
    save(data, "a1a1")
    plain = run(data, "export", "a1a1")
    assert (plain.returncode, plain.stderr) == (0, LEFT_OUT)
    assert plain.stdout.startswith("# Two questions\n")
    assert plain.stdout.endswith("\n")
    assert "What is closed?" not in plain.stdout
    everything = run(data, "export", "a1a1", "--private")
    assert (everything.returncode, everything.stderr) == (0, "")
    assert "### What is closed? (private)\n\nkept\n" in everything.stdout
    for name in ("latest", "two-2026-11-21-a1a1", str(saved_files(data)[0])):
        assert run(data, "export", name, "--output", "-", "--format", "md").stdout == plain.stdout


def test_a_path_needs_no_data_folder_and_makes_none(data: Path, tmp_path: Path) -> None:
    path = save(tmp_path / "elsewhere", "a1a1")
    done = run(data, "export", str(path))
    assert (done.returncode, done.stderr) == (0, LEFT_OUT)
    assert not data.exists()


def test_a_file_is_written_for_its_owner_alone_and_left_alone_while_it_is_the_same(
    data: Path, tmp_path: Path
) -> None:
    save(data, "a1a1")
    target = tmp_path / "plan.md"
    done = run(data, "export", "latest", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith(LEFT_OUT)
    assert target.read_text(encoding="utf-8") == run(data, "export", "latest").stdout
    assert target.stat().st_mode & 0o777 == 0o600
    before = target.stat()
    again = run(data, "export", "latest", "--output", str(target))
    assert (again.returncode, "nchanged" in again.stderr) == (0, True)
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.thorough
def test_several_need_a_folder(data: Path, tmp_path: Path) -> None:
    save(data, "a1a1")
    save(data, "b1b1")
    for output in ([], ["--output", "-"]):
        for named in (["--all"], ["a1a1", "b1b1"], [str(data / "responses")]):
            done = run(data, "export", *named, *output, cwd=tmp_path)
            assert (done.returncode, done.stdout) == (2, "")
            assert "--output DIR" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.thorough
def test_a_batch_makes_a_private_folder_and_a_file_for_each(data: Path, tmp_path: Path) -> None:
    for last in ("a1a1", "b1b1", "c1c1"):
        save(data, last, f"words of {last}")
    (data / "responses" / "two-2026-11-21-a1a1.toml.bak").write_text("no", encoding="utf-8")
    (data / "responses" / ".hidden.toml").write_text("no", encoding="utf-8")
    (data / "responses" / "notes.txt").write_text("no", encoding="utf-8")
    folder = tmp_path / "new" / "plans"
    done = run(data, "export", "--all", "--output", str(folder))
    assert (done.returncode, done.stdout) == (0, "")
    withheld, last_line = done.stderr.splitlines()
    assert withheld.startswith("3 private answers and steps were left out")
    assert last_line == "3 written, 0 unchanged, 0 failed"
    assert folder.stat().st_mode & 0o777 == 0o700
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"two-2026-11-21-{last}.md" for last in ("a1a1", "b1b1", "c1c1")]
    for last in ("a1a1", "b1b1", "c1c1"):
        text = (folder / f"two-2026-11-21-{last}.md").read_text(encoding="utf-8")
        assert text == run(data, "export", last).stdout
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    again = run(data, "export", str(data / "responses"), "--output", str(folder))
    assert again.stderr.splitlines()[-1] == "0 written, 3 unchanged, 0 failed"
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.thorough
def test_its_own_earlier_revision_is_replaced_and_nothing_else_is(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    one = folder / "two-2026-11-21-a1a1.md"
    for last in ("a1a1", "b1b1"):
        save(data, last, revision=1)
    run(data, "export", "--all", "--output", str(folder))

    for last in ("a1a1", "b1b1"):
        save(data, last, "other words", revision=2)
    done = run(data, "export", "--all", "--output", str(folder))
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "2 written, 0 unchanged, 0 failed")
    assert "other words" in one.read_text(encoding="utf-8")

    one.write_text("edited by hand\n", encoding="utf-8")
    for last in ("a1a1", "b1b1"):
        save(data, last, "third words", revision=3)
    refused = run(data, "export", "--all", "--output", str(folder))
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (3, "1 written, 0 unchanged, 1 failed")
    assert str(one) in refused.stderr
    assert "--force" in refused.stderr
    assert one.read_text(encoding="utf-8") == "edited by hand\n"
    assert "third words" in (folder / "two-2026-11-21-b1b1.md").read_text(encoding="utf-8")

    forced = run(data, "export", "--all", "--output", str(folder), "--force")
    assert (forced.returncode, forced.stderr.splitlines()[-1]) == (0, "1 written, 1 unchanged, 0 failed")


def test_the_export_of_another_response_is_not_replaced(data: Path, tmp_path: Path) -> None:
    save(data, "a1a1", "first words")
    save(data, "b1b1", "second words")
    target = tmp_path / "plan.md"
    run(data, "export", "a1a1", "--output", str(target))
    done = run(data, "export", "b1b1", "--output", str(target))
    assert (done.returncode, done.stdout) == (1, "")
    assert "first words" in target.read_text(encoding="utf-8")


@pytest.mark.thorough
def test_the_same_revision_asked_for_otherwise_replaces_what_was_written(data: Path, tmp_path: Path) -> None:
    save(data, "a1a1", revision=1)
    target = tmp_path / "plan.md"
    run(data, "export", "a1a1", "--private", "--output", str(target))
    assert "kept" in target.read_text(encoding="utf-8")
    assert run(data, "export", "a1a1", "--output", str(target)).returncode == 0
    assert "kept" not in target.read_text(encoding="utf-8")
    target.write_text("mine", encoding="utf-8")
    assert run(data, "export", "a1a1", "--output", str(target)).returncode == 1
    assert target.read_text(encoding="utf-8") == "mine"


@pytest.mark.thorough
def test_without_its_record_nothing_is_replaced_unasked(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.md"
    for record in (b"", b"\xff{", b"[1]", b'{"a": 3}', b"{" * 100_000):
        save(data, "a1a1", "first words")
        run(data, "export", "a1a1", "--output", str(target), "--force")
        save(data, "a1a1", "second words", revision=2)
        (data / "exports.db").write_bytes(record)
        done = run(data, "export", "a1a1", "--output", str(target))
        assert done.returncode == 1, record[:9]
        assert "first words" in target.read_text(encoding="utf-8")


def test_a_bad_file_among_many_does_not_stop_the_rest(data: Path, tmp_path: Path) -> None:
    for last in ("a1a1", "b1b1"):
        save(data, last)
    bad = data / "responses" / "a-bad.toml"
    bad.write_text("broken", encoding="utf-8")
    newer = data / "responses" / "z-newer.toml"
    newer.write_text('libwell = "response/2"\n', encoding="utf-8")
    folder = tmp_path / "plans"
    done = run(data, "export", "--all", "a1a1", str(tmp_path / "gone.toml"), "--output", str(folder))
    assert (done.returncode, done.stdout) == (3, "")
    lines = done.stderr.splitlines()
    assert lines[-1] == "2 written, 0 unchanged, 3 failed"
    for named in (f"{bad}:1: ", f"{newer}:1: libwell: ", str(tmp_path / "gone.toml")):
        assert any(line.startswith(named) for line in lines), named
    assert len(list(folder.iterdir())) == 2


def test_a_file_is_not_named_as_another_format_is(data: Path, tmp_path: Path) -> None:
    save(data, "k3f9")
    done = run(data, "export", "k3f9", "--format", "ics", "--output", "plan.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "plan.md is named as md is, and this would be written as ics. Write --format md, or choose another "
        "name.\n"
    )
    assert not (tmp_path / "plan.md").exists()


@pytest.mark.thorough
def test_a_file_is_written_as_it_is_named(data: Path, tmp_path: Path) -> None:
    save(data, "k3f9")
    for name, begin in {"a.html": "<!DOCTYPE html>", "a.csv": "\ufeffresponse", "a.txt": "# "}.items():
        assert run(data, "export", "k3f9", "--output", name, cwd=tmp_path).returncode == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)
    answers = run(data, "export", "k3f9", "--what", "answers", "--output", "b.csv", cwd=tmp_path)
    assert answers.returncode == 0
    for name in ("a.pdf", "a.odt"):
        done = run(data, "export", "k3f9", "--output", name, cwd=tmp_path)
        assert (done.returncode, done.stdout, (tmp_path / name).exists()) == (2, "", False)
        assert ".md, .html, .docx, .csv, .json, .jsonl, .ics" in done.stderr
    notes = run(data, "export", "k3f9", "--format", "md", "--output", "notes.pdf", cwd=tmp_path)
    assert notes.returncode == 0
    many = run(data, "export", "--all", "--output", "plans.v2", cwd=tmp_path)
    assert (many.returncode, [path.suffix for path in (tmp_path / "plans.v2").iterdir()]) == (0, [".md"])


def test_a_folder_named_without_a_slash_is_told_how_to_name_it(data: Path, tmp_path: Path) -> None:
    save(data, "k3f9")
    (tmp_path / "many").mkdir()
    done = run(data, "export", "many", cwd=tmp_path)
    assert done.returncode == 1
    assert "./many" in done.stderr


@pytest.mark.thorough
def test_one_alone_fails_by_its_own_status(data: Path, tmp_path: Path) -> None:
    save(data, "k3f9")
    near = run(data, "export", "k3f8")
    assert (near.returncode, near.stdout) == (1, "")
    assert "Did you mean k3f9?" in near.stderr
    (tmp_path / "bad.toml").write_text("=", encoding="utf-8")
    bad = run(data, "export", str(tmp_path / "bad.toml"), "--output", str(tmp_path / "plan.md"))
    assert bad.returncode == 4
    assert bad.stderr.startswith(f"{tmp_path}/bad.toml:1: ")
    assert not (tmp_path / "plan.md").exists()
    assert run(data, "export", "latest", "--format", "odt").returncode == 2
    assert run(data, "export").returncode == 2
    assert run(data, "export", "latest", "--output", str(tmp_path / "no" / "plan.md")).returncode == 1


def test_of_an_empty_library_there_is_nothing_to_export_and_nothing_wrong(tmp_path: Path) -> None:
    done = run(tmp_path / "empty", "export", "--all", "--output", str(tmp_path / "plans"))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Nothing is saved yet, so nothing was exported.\n"


@pytest.mark.quick_cases(3)
@pytest.mark.parametrize(
    "name", ["with blanks.toml", "caf\u00e9.toml", "quote'\".toml", "\u2028line.toml", "\x0bx.toml"]
)
def test_any_file_name_can_stand_in_a_list(data: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    save(tmp_path / "other", "a1a1").rename(path)
    listed = given(data, f"\n{path}\n\n".encode(), "export", "-")
    assert (listed.returncode, listed.stdout) == (0, run(data, "export", str(path)).stdout.encode())


@pytest.mark.thorough
def test_a_link_is_written_through_only_when_told_to_and_never_to_nowhere(data: Path, tmp_path: Path) -> None:
    save(data, "a1a1")
    precious, link = tmp_path / "precious", tmp_path / "plan.md"
    precious.write_text("precious", encoding="utf-8")
    link.symlink_to(precious)
    assert run(data, "export", "latest", "--output", str(link)).returncode == 1
    assert precious.read_text(encoding="utf-8") == "precious"
    assert run(data, "export", "latest", "--output", str(link), "--force").returncode == 0
    assert link.is_symlink()
    assert precious.read_text(encoding="utf-8").startswith("# ")
    precious.unlink()
    done = run(data, "export", "latest", "--output", str(link), "--force")
    assert (done.returncode, "is a symbolic link to a file that isn't there" in done.stderr) == (1, True)


PLACES = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "COLUMNS": "20"},
    {"TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "LC_ALL": "", "PYTHONHASHSEED": "3", "FORCE_COLOR": "1"},
    {"TZ": "UTC", "LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONHASHSEED": "4"},
)


@pytest.mark.thorough
def test_the_same_bytes_come_out_in_every_time_zone_and_language(data: Path, tmp_path: Path) -> None:
    actions = [Action(id="a1", step="Tee trinken \u2014 \u8336", due=NOW.date(), changed=NOW.date())]
    save(data, "a1a1", "\u00dcber Tee", completed=NOW.date(), status="complete", actions=tuple(actions))
    outputs = set()
    for number, place in enumerate(PLACES):
        folder = tmp_path / f"cwd-{number}"
        folder.mkdir()
        command = [*LIBWELL, "--data-dir", str(data), "export", "latest", "--private"]
        environ = environment(data) | place
        one = subprocess.run(command, env=environ, cwd=folder, capture_output=True, check=True)
        subprocess.run(
            [*command, "--output", "plan.md"], env=environ, cwd=folder, capture_output=True, check=True
        )
        outputs |= {one.stdout, (folder / "plan.md").read_bytes()}
    (only,) = outputs
    assert "Tee trinken \u2014 \u8336" in only.decode()
    assert b"November 21, 2026" in only


@pytest.mark.thorough
def test_the_reader_of_the_pipe_may_leave(data: Path) -> None:
    save(data, "a1a1")
    reading, writing = os.pipe()
    os.close(reading)
    command = [*LIBWELL, "--data-dir", str(data), "export", "latest"]
    done = subprocess.run(command, env=environment(data), stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_told_without_a_traceback(data: Path) -> None:
    save(data, "a1a1")
    command = [*LIBWELL, "--data-dir", str(data), "export", "latest"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, env=environment(data), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=str,
)
def test_a_signal_ends_it_with_its_own_status(data: Path, number: signal.Signals, status: int) -> None:
    save(data, "a1a1")
    with subprocess.Popen(
        [*LIBWELL, "--data-dir", str(data), "export", "-"],
        env=environment(data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as export:
        wait_until_reading(export.pid)
        export.send_signal(number)
        out, err = export.communicate(timeout=PATIENCE)
    assert (export.returncode, out) == (status, b"")
    assert b"Traceback" not in err


def wait_until_reading(process: int) -> None:
    """Wait until a process sleeps in a read of a pipe; where that can't be seen, long enough."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        with suppress(OSError):
            if Path(f"/proc/{process}/wchan").read_text() in {"pipe_read", "anon_pipe_read"}:
                return
        time.sleep(0.01)
