"""The instruments of `tests/instruments` from the first question to the last file, on a real terminal.

Their scores are worked by hand in `tests/rules/test_instruments.py`; here they are walked, listened to,
filled, printed, exported, shared, compared, and gone on with after their worksheet changed.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w

from build import worksheet_from
from readers import READERS
from walking import Walking, run, saved

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parents[1] / "instruments"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
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


def path_of(name: str) -> str:
    return str(FOLDER / f"{name}.toml")


def walked(data: Path, name: str, *, columns: int = 80, heard: bool = False) -> list[str]:
    """Walk to the end, and give every line that was shown."""
    environ = {"ACCESSIBLE": "1"} if heard else {}
    lines = BY_ONE.get(name, TYPED[name]) if heard else TYPED[name]
    with Walking(data, "start", path_of(name), columns=columns, environ=environ) as walk:
        walk.type(*lines)
        assert "Review" in walk.shown, walk.shown
        walk.type("")
        assert walk.status == 0
        assert max(map(len, walk.lines())) <= columns
        return walk.lines()


def unfolded(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("name", NAMES)
def test_it_is_walked_to_its_end(tmp_path: Path, name: str, columns: int) -> None:
    shown = unfolded(walked(tmp_path / "data", name, columns=columns))
    for words in SAID[name]:
        assert words in shown


@pytest.mark.parametrize("name", NAMES)
def test_a_listener_hears_words_in_order_and_no_bars(tmp_path: Path, name: str) -> None:
    shown = unfolded(walked(tmp_path / "data", name, heard=True))
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
    answers = {"worksheet": path_of(name), "answers": saved(first)["answers"]}
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
    lines = map(json.loads, run(data, *sheet, "jsonl").stdout.splitlines())
    found = [(one["score"], one["item"] or "", one["number"]) for one in lines if one["kind"] == "score"]
    assert found == told_rows
    for suffix in ("md", "html"):
        read = " ".join(READERS[suffix](run(data, "export", "latest", "--format", suffix).stdout).split())
        assert all(one["title"] in read for one in told)
        assert all(row["title"] in read for one in told for row in one["rows"])


@pytest.mark.parametrize("name", NAMES)
def test_it_is_printed_empty_in_every_format(tmp_path: Path, name: str) -> None:
    worksheet = worksheet_from((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for suffix in ("md", "html"):
        done = run(tmp_path / "data", "blank", path_of(name), "--format", suffix)
        read = " ".join(READERS[suffix](done.stdout).split())
        assert all(prompt.ask in read for _, prompt in worksheet.prompts())
    empty = tmp_path / "empty.toml"
    assert run(tmp_path / "data", "blank", path_of(name), "--output", str(empty)).returncode == 0
    assert run(tmp_path / "data", "check", str(empty)).returncode == 0
    assert run(tmp_path / "data", "fill", str(empty)).returncode == 0
