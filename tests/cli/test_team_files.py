"""What comes back by mail: every file in a folder is counted, or named with the reason why not."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from build import response_for, section_text, shared_for, sheet_text, worksheet_of
from libwell.model.shared import Withdrawal
from libwell.storage.responses import response_text
from libwell.storage.shared import shared_text
from walking import run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

CANARY = "canary-7f3a"
SHEET = worksheet_of('id = "it", kind = "yes-no"', 'id = "own", kind = "text", private = true')


def team(folder: Path, verb: str, *options: str) -> subprocess.CompletedProcess[str]:
    return run(folder.parent / "told", "team", verb, str(folder), *options)


def status(folder: Path, *options: str) -> Any:
    return json.loads(team(folder, "status", "--json", *options).stdout)


def not_counted(folder: Path) -> dict[str, str]:
    """Why each file is not counted, by its name in the folder."""
    found = {one["file"]: one["why"] for one in status(folder)["not_counted"]}
    return {name.removeprefix(f"{folder}/"): why for name, why in found.items()}


def text_of(number: int = 0, answer: str = "true", **changes: Any) -> str:
    return shared_text(shared_for(SHEET, f"it = {answer}", number=number, **changes))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder with one copy in it."""
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "first.toml").write_text(text_of())
    return folder


# --- ten colleagues -------------------------------------------------------------------------------

TEAMS = {"North": [0, 1, 2, 3], "South": [4, 5, 6], "East": [7, 8, 9]}
WRITTEN = {1: "north ", 2: "\uff2eorth", 3: "No\u200brth"}
"""Names of a team that are the same one, by who wrote them so."""
WORKSHEETS = ("first", "second")
CALM = {("first", number): bool(number % 3) for number in range(10)} | {
    ("second", number): number > 5 for number in range(10)
}


def shared_by_ten(place: Path) -> dict[tuple[str, int], Path]:
    """Ten people answer two worksheets and share them by name; their files by worksheet and person."""
    data, answers = place / "data", place / "answers"
    (data / "worksheets").mkdir(parents=True)
    answers.mkdir()
    for name in WORKSHEETS:
        prompts = 'id = "calm", kind = "yes-no"', 'id = "own", kind = "text", private = true'
        (data / "worksheets" / f"{name}.toml").write_text(sheet_text(section_text(*prompts), name=name))
    for (name, number), calm in CALM.items():
        of = WRITTEN.get(number) or next(one for one, people in TEAMS.items() if number in people)
        person = f'[person]\nname = "P{number}"\nteam = "{of}"\n'
        given = f'[answers]\ncalm = {str(calm).lower()}\nown = "{CANARY}"\n'
        text = f'libwell = "answers/1"\nworksheet = "{name}"\n{person}{given}'
        (answers / f"{name}-{number}.toml").write_text(text, encoding="utf-8")
    assert run(data, "fill", "--draft", str(answers)).returncode == 0
    done = run(data, "share", "--all", "--named", "--yes", "--output", f"{place / 'shared'}/")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 20)
    found = {}
    for path in sorted((place / "shared").iterdir()):
        who = path.read_text("utf-8").partition('name = "P')[2][0]
        found[path.name.split("-")[1], int(who)] = path
    assert found.keys() == CALM.keys()
    return found


def damage(folder: Path, copies: dict[tuple[str, int], Path], data: Path) -> None:
    """What mail, and people, make of the copies; of the first worksheet number 3 withdraws, 9 is cut off."""
    first = {number: path for (name, number), path in copies.items() if name == "first"}
    texts = {number: path.read_text("utf-8") for number, path in first.items()}
    first[0].write_bytes(texts[0].replace("\n", "\r\n").encode())
    first[1].write_bytes(texts[1].encode("utf-8-sig"))
    first[2].rename(folder / "copy (2).toml")
    id_of_3 = texts[3].partition('shared_id = "')[2][:26]
    (folder / "withdrawal.toml").write_text(shared_text(Withdrawal(shared_id=id_of_3, revision=2)))
    first[4].rename(folder / f"{first[4].name}.txt")
    first[5].rename(folder / "no-suffix")
    (folder / "again.toml").write_text(texts[6])
    assert "calm = true" in texts[7]
    (folder / "later.toml").write_text(texts[7].replace("revision = 1", "revision = 2"))
    first[7].write_text(texts[7].replace("calm = true", "calm = false"))
    with zipfile.ZipFile(folder / "copies.zip", "w") as packed:
        packed.writestr("copy.toml", texts[8])
    first[9].write_text(texts[9][: len(texts[9]) // 2])
    (folder / "empty.toml").write_text("")
    whole = next((data / "responses").glob("first-*.toml"))
    (folder / "whole.toml").write_bytes(whole.read_bytes())
    for name in ("minutes.pdf", "photo.JPG", "notes.txt", ".hidden"):
        (folder / name).write_text("hello")
    (folder / "2023").mkdir()


def counted(worksheet: str, people: list[int]) -> list[list[Any]]:
    """Counted by hand, from what was answered."""
    calm = Counter(str(CALM[worksheet, number]).lower() for number in people)
    return [["true", calm["true"]], ["false", calm["false"]]]


def told(made: Any, worksheet: str) -> dict[str | None, Any]:
    """What a report tells of the one question, by team; None is everybody."""
    (place,) = next(one for one in made["worksheets"] if one["id"] == worksheet)["places"]
    return {group["team"]: group["counts"] for group in place["groups"]}


@pytest.mark.thorough
def test_ten_colleagues_and_what_mail_did_to_their_files(tmp_path: Path) -> None:
    copies = shared_by_ten(tmp_path)
    folder = tmp_path / "shared"
    damage(folder, copies, tmp_path / "data")
    here = [number for number in range(10) if number not in (3, 9)]

    found = status(folder, "--expected", "10")
    assert {one["worksheet"]: one["people"] for one in found["worksheets"]} == {"first": 8, "second": 10}
    assert (found["withdrawn"], found["expected"], found["alike_teams"]) == (1, 10, [])
    names = {path.name for path in folder.iterdir() if path.name[0] != "."}
    named = {one["file"].removeprefix(f"{folder}/") for one in (*found["failed"], *found["not_counted"])}
    assert {one["file"].removeprefix(f"{folder}/") for one in found["failed"]} == {
        *("copies.zip", "empty.toml", "whole.toml", copies["first", 9].name)
    }
    assert not_counted(folder) == {
        copies["first", 3].name: "withdrawn",
        copies["first", 6].name: "twice",
        copies["first", 7].name: "replaced",
        "minutes.pdf": "document",
        "photo.JPG": "picture",
        "notes.txt": "other",
        "2023": "folder",
    }
    assert named <= names
    assert len(names - named) == 8 + 10 + 1  # the last one is the withdrawal

    done = team(folder, "report", "--by", "team", "--min-group", "3", "--format", "json")
    assert (done.returncode, CANARY in done.stdout + done.stderr) == (3, False)
    made = json.loads(done.stdout)
    by_team: dict[str | None, Any] = {
        name.lower(): counted("second", people) for name, people in TEAMS.items()
    }
    assert told(made, "second") == by_team | {None: counted("second", [*range(10)])}
    assert told(made, "first")[None] == counted("first", here)
    assert "Passed over, as they are no shared copies:" in done.stderr
    assert "copies.zip: this is an archive; copies may be in it. Unpack it first." in done.stderr
    assert f"{copies['first', 9].name}: the end of this file is missing. Ask for it again." in done.stderr
    for name in ("minutes.pdf", "photo.JPG", "notes.txt", "2023", copies["first", 7].name):
        assert name in done.stderr
        assert name not in done.stdout


# --- one by one -----------------------------------------------------------------------------------


def test_a_copy_is_known_by_how_it_begins_whatever_its_name(shared: Path) -> None:
    for number, name in enumerate(("a.txt", "b.toml.txt", "c", "d.toml (2)", "e.TOML", "f.download"), 1):
        (shared / name).write_text("\n" + text_of(number))
    assert status(shared)["worksheets"][0]["people"] == 7
    assert not_counted(shared) == {}


def test_documents_pictures_and_folders_are_named_and_change_no_status(shared: Path) -> None:
    for name in ("a.pdf", "b.docx", "c.md", "d.html", "e.png", "notes.txt", "Thumbs.db"):
        (shared / name).write_text("hello")
    (shared / ".DS_Store").write_text(text_of(1))
    (shared / "2023").mkdir()
    (shared / "2023" / "inside.toml").write_text(text_of(2))
    done = team(shared, "status")
    assert (done.returncode, done.stdout.split()[-2:]) == (0, ["1", "0"])
    assert f"Passed over, as they are no shared copies: {shared}/Thumbs.db" in done.stderr
    assert "and 4 more." in done.stderr
    assert f"Folders inside are not read: {shared}/2023. Name one to read it, too." in done.stderr
    assert "DS_Store" not in done.stderr + json.dumps(not_counted(shared))
    assert len(not_counted(shared)) == 8


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.zip", b"PK", "Unpack it first."),
        ("a.toml", text_of()[:-9].encode(), "the end of this file is missing. Ask for it again."),
        ("a.txt", text_of()[:90].encode(), "the end of this file is missing. Ask for it again."),
        ("a.eml", b"From: Ana", "Save the file that came with it."),
        ("a.toml", b"", "this file is empty. Ask for it again."),
        ("a.txt", b" \r\n", "this file is empty. Ask for it again."),
        ("a.txt", text_of().encode("utf-16"), "Save it as UTF-8."),
        ("a.txt", response_text(response_for(SHEET, f'own = "{CANARY}"')).encode(), "a whole response"),
    ],
)
def test_what_may_hold_a_copy_and_can_not_be_taken_is_named(
    shared: Path, name: str, content: bytes, why: str
) -> None:
    (shared / name).write_bytes(content)
    done = team(shared, "status")
    assert (done.returncode, why in done.stderr, name in done.stderr) == (3, True, True)
    assert "1 file was left out of 2." in done.stderr
    assert CANARY not in done.stdout + done.stderr


def test_a_file_named_by_a_person_is_judged_as_a_copy(shared: Path) -> None:
    document = shared / "notes.md"
    document.write_text("hello")
    done = run(shared.parent / "told", "team", "status", str(shared), str(document))
    assert (done.returncode, "notes.md" in done.stderr) == (3, True)
    assert "Passed over" not in done.stderr


def test_a_folder_without_copies_says_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    (folder / "unpacked").mkdir(parents=True)
    done = team(folder, "report")
    assert (done.returncode, done.stdout) == (2, "")
    assert "unpacked" in done.stderr
    assert "There are no shared files there." in done.stderr


def test_two_contents_under_one_revision_are_pointed_out(shared: Path) -> None:
    (shared / "second.toml").write_text(text_of(answer="false"))
    assert not_counted(shared) == {"first.toml": "differs", "second.toml": "differs"}
    assert status(shared)["worksheets"][0]["people"] == 1
    assert "says something else; one of the two counts. Ask for it again." in team(shared, "status").stderr


def test_of_many_of_a_kind_the_first_are_named_and_the_rest_is_counted(shared: Path) -> None:
    for number in range(9):
        (shared / f"more{number}.toml").write_text(text_of())
    done = team(shared, "status")
    assert done.stderr.count("sent twice, counted once.") == 4
    assert "… and 6 more like this: sent twice, counted once." in done.stderr
    assert len(not_counted(shared)) == 9


def test_a_hostile_name_does_nothing(shared: Path) -> None:
    name = "a\n\x1b[31mb\u202ec"
    (shared / f"{name}.pdf").write_text("hello")
    (shared / f"{name}.toml").write_text(text_of())
    done = team(shared, "status")
    assert "\x1b" not in done.stderr + done.stdout
    assert "\u202e" not in done.stderr + done.stdout
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.thorough
def test_teams_that_look_alike_are_pointed_out_where_teams_are_told_of(shared: Path) -> None:
    for number, name in enumerate(("North", "N\u043erth", "Branch 4", "Branch4", "No\u200brth"), 1):
        (shared / f"{number}.toml").write_text(text_of(number, person={"team": name}))
    said = "and “N\u043erth” look alike and are counted as 2 teams. If they are one, change the line"
    alike = status(shared)["alike_teams"]
    assert [len(names) for names in alike] == [2, 2]
    assert alike[0] == ["Branch 4", "Branch4"]
    for verb, options, is_said in (
        ("status", (), True),
        ("plan", (), True),
        ("report", ("--by", "team"), True),
        ("report", (), False),
    ):
        done = team(shared, verb, *options)
        assert (done.returncode, said in done.stderr, "look alike" in done.stdout) == (0, is_said, False)


@pytest.mark.thorough
def test_what_may_be_two_rounds_is_pointed_out(shared: Path) -> None:
    newer = SHEET.model_copy(update={"version": "2"})
    (shared / "second.toml").write_text(shared_text(shared_for(newer, "it = true", number=1)))
    for verb in ("status", "plan", "report"):
        done = team(shared, verb, "--expected", "1")
        assert "2 people answered “Test” and 1 was asked: are two rounds in this folder?" in done.stderr
        assert "People answered “Test” in versions 1.0 and 2: are two rounds" in done.stderr
        assert "two rounds" not in done.stdout
    done = team(shared, "status", "--expected", "2")
    assert ("asked" in done.stderr, "2 of 2" in done.stdout) == (False, True)
