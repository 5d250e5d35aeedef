"""The instruments of `tests/instruments` from the first question to the last file, on a real terminal.

Their scores are worked by hand in `tests/rules/test_instruments.py`; here they are walked, listened to,
filled, printed, exported, shared, compared, and gone on with after their worksheet changed.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w

from instrument_files import FOLDER, NAMES, path_of, sheet, text_of
from readers import READERS
from walking import Walking, run, saved

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NO_STEP = ("", "")
TYPED: dict[str, list[str]] = {
    # Signs 1 and 4 with a lead, hours 2 and 3 without, twenty rows that are where they should be.
    "maturity": ["1", "4", "Joy", "2", "3", "", *["2"] * 40, *NO_STEP],
    "agreement": ["4 4 3 5", "2 4 3 1", "2 3 2 1", "5 5 4 4", "3 3 3 3", "A say in the roster.", ""],
    "visit": ["5 4 3 2 1 3", "3 0 2 2 1 1 3", "1 2 3 4 5 3"],
    # Met; half met with all that follows; not met; does not apply; and 36 that are met.
    "audit": [
        *("yes", "Measured in May", "partly", "A button", "Move it", "Joy", "2027-03-01"),
        *("no", "Buy one", "", "", "na", *["yes", ""] * 36, ""),
        *("1", "", "", "", "", ""),
    ],
    "risks": [
        *("4", "3", "Joy", "A wet floor", "5", "5", "", "", "2", "2", "", "", "5", "", "", ""),
        *("", "", "", "", "A crowd", "3", "5", "", "", "", *NO_STEP),
    ],
    "priorities": ["40", "30", "20", "10", "0", "5,1", "", "Because.", "", *NO_STEP],
}
BY_ONE = {
    "agreement": [*"4435", *"2431", *"2321", *"5544", *"3333", "A say in the roster.", ""],
    "visit": [*"543213", *"3022113", *"123453"],
}
"""The same where items are asked one by one."""
SAID: dict[str, list[str]] = {
    "maturity": ["Signs at the door: 3.", "Where we are: 1.95 of 4.", "Where we want to be: 2.14 of 4."],
    # 4 + 2 + 2 + 4.5 + 3 = 15.5, of five: 3.1.
    "agreement": ["A say: 2, on a scale from 1 to 5.", "All five sides: 3.1, on a scale from 1 to 5."],
    "visit": ["A weekday: 71.43 of 100.", "The visit as a whole: 57.14 of 100."],
    # 37 + 0.5 of 39: 96.15.
    "audit": ["What is there, of what applies: 96.15 percent."],
    "risks": ["A day without power: 25. Act on it first.", "A crowd: 15.", "Water in the cellar: 12."],
    "priorities": ["Longer hours: 40 of 100.", "A reading garden: 0 of 100."],
}


def walked(data: Path, name: str, *, columns: int = 80, aloud: bool = False) -> list[str]:
    """Walk to the end, and give every line that was shown."""
    environ = {"ACCESSIBLE": "1"} if aloud else {}
    lines = BY_ONE.get(name, TYPED[name]) if aloud else TYPED[name]
    with Walking(data, "start", str(path_of(name)), columns=columns, environ=environ) as walk:
        walk.type(*lines)
        assert "Review" in walk.shown, walk.shown
        walk.type("")
        assert walk.status == 0
        assert max(map(len, walk.lines())) <= columns
        return walk.lines()


def unfolded(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())


@pytest.mark.each_value_once
@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("name", NAMES)
def test_it_is_walked_to_its_end(tmp_path: Path, name: str, columns: int) -> None:
    shown = unfolded(walked(tmp_path / "data", name, columns=columns))
    for words in SAID[name]:
        assert words in shown


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", NAMES)
def test_a_listener_hears_words_in_order_and_no_bars(tmp_path: Path, name: str) -> None:
    shown = unfolded(walked(tmp_path / "data", name, aloud=True))
    assert not set("█░") & set(shown)
    places = [shown.index(words) for words in SAID[name]]
    assert places == sorted(places)
    assert run(tmp_path / "data", "view", "latest", environ={"ACCESSIBLE": "1"}).stdout.count("█") == 0
    assert "█" in run(tmp_path / "data", "view", "latest").stdout


# --- the same answers from a file -----------------------------------------------------------------


def filled(folder: Path, name: str) -> Path:
    """What was walked, filled in from a file; the data folder of that."""
    first, second = folder / "walked", folder / "filled"
    walked(first, name)
    answers = {"worksheet": str(path_of(name)), "answers": saved(first)["answers"]}
    (folder / "answers.toml").write_text(tomli_w.dumps(answers), encoding="utf-8")
    done = run(second, "fill", str(folder / "answers.toml"))
    assert (done.returncode, done.stderr) == (0, "")
    return second


def scores_in(data: Path) -> Any:
    return json.loads(run(data, "export", "latest", "--format", "json").stdout)["scores"]


def score_rows(text: str) -> list[tuple[str, str, str]]:
    """Score, row and number of each row of a sheet that is one of a score."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return [(row["score"], row["item"], row["number"]) for row in rows if row["kind"] == "score"]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", NAMES)
def test_filled_it_gives_the_same_scores_in_every_format(tmp_path: Path, name: str) -> None:
    data = filled(tmp_path, name)
    told = scores_in(data)
    assert told == scores_in(tmp_path / "walked")
    told_rows = [
        (score["id"], row["id"], row["value"])
        for score in told
        for row in score["rows"] or [{"id": "", "value": score["value"]}]
    ]
    sheet = ("export", "latest", "--what", "answers", "--format")
    assert [(*row[:2], float(row[2])) for row in score_rows(run(data, *sheet, "csv").stdout)] == told_rows
    lines = map(json.loads, run(data, "export", "latest", "--format", "jsonl").stdout.splitlines())
    found = [(one["score"], one["item"] or "", one["number"]) for one in lines if one["kind"] == "score"]
    assert found == told_rows
    for suffix in ("md", "html"):
        read = " ".join(READERS[suffix](run(data, "export", "latest", "--format", suffix).stdout).split())
        assert all(one["title"] in read for one in told)
        assert all(row["title"] in read for one in told for row in one["rows"])


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", NAMES)
def test_it_is_printed_empty_in_every_format(tmp_path: Path, name: str) -> None:
    worksheet = sheet(name)
    for suffix in ("md", "html"):
        done = run(tmp_path / "data", "blank", str(path_of(name)), "--format", suffix)
        read = " ".join(READERS[suffix](done.stdout).split())
        assert all(prompt.ask in read for _, prompt in worksheet.prompts())
    empty = tmp_path / "empty.toml"
    assert run(tmp_path / "data", "blank", str(path_of(name)), "--output", str(empty)).returncode == 0
    for verb in ("check", "fill"):
        done = run(tmp_path / "data", verb, str(empty), environ={"LIBWELL_WORKSHEETS": str(FOLDER)})
        assert done.returncode == 0, done.stdout + done.stderr


IN_MARKDOWN: dict[str, list[str]] = {
    "agreement": [
        "**Trust:** 4, on a scale from 1 to 5 ███████████████░░░░░\\",
        "**Workload:** 2, on a scale from 1 to 5 █████░░░░░░░░░░░░░░░\\",
        "**A say:** 2, on a scale from 1 to 5 █████░░░░░░░░░░░░░░░\\",
        "**Rooms and tools:** 4.5, on a scale from 1 to 5 ██████████████████░░\\",
        "**Learning:** 3, on a scale from 1 to 5 ██████████░░░░░░░░░░\\",
        "**All five sides:** 3.1, on a scale from 1 to 5 ███████████░░░░░░░░░",
        "*Trust: Here is something to build on.*",
        "*Workload: Here is something to talk about.*",
        "*A say: Here is something to talk about.*",
        "*Rooms and tools: Here is something to build on.*",
        "*Learning: Here is something to build on.*",
    ],
    "audit": [
        "**What is there, of what applies:** 96.15 percent █████████░",
        "*What is there, of what applies: Keep what is there in order.*",
    ],
    "visit": [
        "**Rooms:** 50 of 100 █████░░░░░\\",
        "**A weekday:** 71.43 of 100 ███████░░░\\",
        "**Words:** 50 of 100 █████░░░░░\\",
        "**The visit as a whole:** 57.14 of 100 ██████░░░░",
        "*The visit as a whole: What makes it go well?*",
    ],
    "risks": [
        "### Likelihood times impact, on a scale from 1 to 25",
        "**A day without power:** 25. Act on it first. ██████████\\",
        "**A crowd:** 15. Act on it first. ██████░░░░\\",
        "**Water in the cellar:** 12. Plan for it. █████░░░░░\\",
        "**A fire in the kitchen:** 4. Keep an eye on it. █░░░░░░░░░",
    ],
    "priorities": [
        "### Where the points went",
        "**Longer hours:** 40 of 100 ████░░░░░░\\",
        "**More books:** 30 of 100 ███░░░░░░░\\",
        "**More seats:** 20 of 100 ██░░░░░░░░\\",
        "**Courses:** 10 of 100 █░░░░░░░░░\\",
        "**A reading garden:** 0 of 100 ░░░░░░░░░░",
    ],
}


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", IN_MARKDOWN)
def test_the_scores_on_paper(tmp_path: Path, name: str) -> None:
    exported = run(filled(tmp_path, name), "export", "latest").stdout
    part = exported.partition("## Scores\n")[2].partition("\n## ")[0]
    assert [line for line in part.splitlines() if line] == IN_MARKDOWN[name]


# --- what comes after -----------------------------------------------------------------------------


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_it_holds_points_and_no_words(tmp_path: Path, name: str) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.toml"
    walked(data, name)
    assert run(data, "share", "latest", "--yes", "--output", str(copy)).returncode == 0
    assert run(data, "check", str(copy)).returncode == 0
    answers = tomli.loads(copy.read_text(encoding="utf-8"))["answers"]
    given = saved(data)["answers"]
    assert set(answers) == {key for key in given if key not in ("first", "why", "plan")}
    for word in ("Joy", "A wet floor", "A crowd", "Because", "Measured", "A say in the roster"):
        assert word not in str(answers)


NOW_GIVEN = {
    "agreement": "trust = { trust-1 = 5, trust-2 = 5, trust-3 = 5, trust-4 = 5 }",
    "audit": '[audit]\nramp.met = "yes"\ndoor.met = "yes"\nmat.met = "no"\nlift.met = "no"',
    "maturity": "levels = { signs = { now = 3, target = 4 }, hours = { now = 3, target = 3 } }",
    "priorities": 'budget = { hours = { points = 20 }, books = { points = 80 } }\ntop = ["hours", "garden"]',
    "risks": "risks = { water = { likelihood = 1, impact = 3 }, power = { likelihood = 5, impact = 5 } }",
    "visit": "room = { room-1 = 5, room-2 = 5, room-3 = 5, room-4 = 5, room-5 = 5, room-6 = 5 }",
}
CHANGED = {
    # An item that reads otherwise, a row that is gone, a row that is new: what was given stays.
    "agreement": ("Questions are welcome at every desk", "Questions are welcome at each desk"),
    "audit": ('  { id = "staff", text = "Staff who know all this" },\n', ""),
    "maturity": ("Signs at the door", "Signs at every door"),
    "priorities": ("Courses", "Courses and talks"),
    "risks": ("A fire in the kitchen", "A fire in the staff kitchen"),
    "visit": ("The door is easy to open", "The door opens easily"),
}
MOVED: dict[str, list[tuple[str, float | None, float | None]]] = {
    "agreement": [("Trust", 4, 5)],
    # 37.5 of 39, and 2 of 4.
    "audit": [("What is there, of what applies", 96.15, 50)],
    # 3 and 1 before; 4-3 and 3-3 now.
    "maturity": [("Signs at the door", 3, 1), ("Opening hours that can be found", 1, 0)],
    "priorities": [("Longer hours", 40, 20), ("More books", 30, 80)],
    "risks": [("Water in the cellar", 12, 3), ("A day without power", 25, 25)],
    "visit": [("Rooms", 50, 100)],
}


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", NAMES)
def test_then_and_now(tmp_path: Path, name: str) -> None:
    data, later = tmp_path / "data", tmp_path / "later.toml"
    walked(data, name)
    first = saved(data)["id"]
    given = {"worksheet": str(path_of(name)), "answers": tomli.loads(NOW_GIVEN[name])}
    later.write_text(tomli_w.dumps(given), encoding="utf-8")
    assert run(data, "fill", "--draft", str(later)).returncode == 0
    second = json.loads(run(data, "responses", "--json").stdout)["responses"]
    (other,) = [one["id"] for one in second if one["id"] != first]
    found = json.loads(run(data, "compare", first, other, "--json").stdout)["scores"]
    moved = {one["title"].rpartition(": ")[2]: (one["then"]["value"], one["now"]["value"]) for one in found}
    for title, then, now in MOVED[name]:
        assert moved[title] == pytest.approx((then, now), abs=0.005)
    assert "from 0 of" not in run(data, "compare", first, other).stdout


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("name", NAMES)
def test_it_goes_on_after_its_worksheet_changed(tmp_path: Path, name: str) -> None:
    data, file = tmp_path / "data", tmp_path / f"{name}.toml"
    text = text_of(name)
    file.write_text(text, encoding="utf-8")
    typed = BY_ONE.get(name, TYPED[name])
    with Walking(data, "start", str(file), environ={"ACCESSIBLE": "1"}) as walk:
        walk.type(*typed[:5], ":pause")
        assert walk.status == 0
    before = saved(data)["answers"]
    old, new = CHANGED[name]
    assert old in text
    file.write_text(text.replace(old, new).replace('version = "1.0"', 'version = "2.0"'), encoding="utf-8")
    assert run(data, "check", str(file)).returncode == 0
    with Walking(data, "start", str(file), environ={"ACCESSIBLE": "1"}) as walk:
        assert "The worksheet has changed since you began" in walk.type("y")
        walk.type(*typed[5:])
        assert "Review" in walk.shown, walk.shown
    assert is_within(before, saved(data)["answers"])


def is_within(part: Any, whole: Any) -> bool:
    """Whether all of one answer is in another, which may hold more."""
    if isinstance(part, dict):
        return all(key in whole and is_within(value, whole[key]) for key, value in part.items())
    return bool(part == whole)


# --- as a screen reader hears it ------------------------------------------------------------------


LISTENING = {"ACCESSIBLE": "1"}


def heard(walk: Walking, *lines: str) -> list[str]:
    """Type lines, and give what is heard of the last: every line but what was typed, and the prompt."""
    walk.type(*lines)
    return [line for line in walk.shown.split("\n")[1:] if line.strip() and line != "> "]


@pytest.mark.thorough
def test_a_listener_gives_out_points_and_puts_three_in_order(tmp_path: Path) -> None:
    with Walking(tmp_path / "data", "start", str(path_of("priorities")), environ=LISTENING) as walk:
        assert "Longer hours: points\nType a number from 0 to 100, in steps of 5 (points)." in walk.shown
        assert heard(walk, "40") == ["Points so far: 40 of 100, 60 left.", "More books: points"]
        assert heard(walk, "70") == ["Points so far: 110 of 100, 10 too many.", "More seats: points"]
        assert heard(walk, ":back")[:2] == ["More books: points", "So far: 70 points"]
        assert heard(walk, "30") == ["Points so far: 70 of 100, 30 left.", "More seats: points"]
        assert heard(walk, "20", "10", "0") == [
            "Points so far: 100 of 100, 0 left.",
            "Question 2 of 4",
            "Which three would change most for readers?",
            *("   1. Longer hours", "   2. More books", "   3. More seats", "   4. Courses"),
            "   5. A reading garden",
            "Type 3 numbers in your order, such as 3,1,2, or one at a time.",
        ]
        assert heard(walk, "garden") == [
            "Which comes second?",
            "So far: 1. A reading garden.",
            "Enter keeps it so, - takes the last one back, ? shows what is left.",
        ]
        assert heard(walk, "5")[0].startswith("Not taken: 5 comes first already.")
        assert heard(walk, "1") == [
            "Which comes third?",
            "So far: 1. A reading garden. 2. Longer hours.",
        ]
        assert heard(walk, "2")[0] == "1. A reading garden. 2. Longer hours. 3. More books."


@pytest.mark.thorough
@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("name", "once"),
    [
        ("maturity", ["0 is not begun, 1 is first tries, 2 is in place, 3 is steady"]),
        ("audit", ["1 is yes, 2 is in part, 3 is no, 4 is does not apply", "Such as 2026-12-01"]),
        ("risks", ["1 is rare, 2 is unlikely", "1 is a nuisance, 2 is a day lost"]),
    ],
)
def test_a_listener_hears_once_what_can_be_typed_in_a_table(
    tmp_path: Path, name: str, once: list[str]
) -> None:
    with Walking(tmp_path / "data", "start", str(path_of(name)), environ=LISTENING) as walk:
        walk.type(*TYPED[name][:16])
        shown = unfolded(walk.lines())
        assert [shown.count(words) for words in once] == [1] * len(once)
        walk.type(":pause")


def test_a_question_mark_says_it_again(tmp_path: Path) -> None:
    with Walking(tmp_path / "data", "start", str(path_of("maturity")), environ=LISTENING) as walk:
        assert "0 is not begun" not in walk.type("1", "2")
        assert "0 is not begun" in walk.type("?")
        walk.type(":pause")
