"""Tables in the shape of instruments, walked on a real terminal with mistakes and corrections.

A maturity model of 22 rows, an audit of 40 with evidence and who and when, and a budget of 100 points.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from build import OPEN, worksheet_text
from walking import Walking, run, saved

if TYPE_CHECKING:
    from pathlib import Path

SCALE = (
    'scale = { min = 0, max = 4, labels = ["not begun", "talked about", "tried", "in place", "how we work"] }'
)
SIZES = pytest.mark.parametrize("columns", [40, 80])


def rows(count: int, text: str) -> str:
    return ", ".join(f'{{ id = "r{number}", text = "{text} {number}" }}' for number in range(1, count + 1))


MATURITY = f"""id = "levels", kind = "table", ask = "How far are we?", rows = [{rows(22, "Practice")}],
    columns = [
    {{ id = "now", ask = "Now", kind = "rating", {SCALE} }},
    {{ id = "target", ask = "In a year", kind = "rating", {SCALE} }} ]"""
NOT_MET = 'when = { column = "met", is = ["partly", "no"] }'
AUDIT = f"""id = "audit", kind = "table", ask = "Is it so?", rows = [{rows(40, "Door")}], columns = [
    {{ id = "met", ask = "Met?", kind = "choice", options = [{{ id = "yes", text = "yes" }},
        {{ id = "partly", text = "in part" }}, {{ id = "no", text = "no" }}] }},
    {{ id = "proof", ask = "What shows it?", when = {{ column = "met", is = ["yes", "partly"] }} }},
    {{ id = "fix", ask = "What would mend it?", offer = true, {NOT_MET} }},
    {{ id = "owner", ask = "Who?", becomes = "who", {NOT_MET} }},
    {{ id = "by", ask = "By when?", kind = "date", becomes = "due", {NOT_MET} }} ]"""
BUDGET = """id = "budget", kind = "table", ask = "What matters most?",
    total = { column = "points", is = 100 },
    rows = [{ id = "late", text = "Late evenings" }, { id = "calm", text = "A calm room" }], columns = [
    { id = "points", ask = "How many?", kind = "number", min = 0, max = 100, step = 1, unit = "points" }]"""


def walking(folder: Path, *prompts: str, columns: int) -> Walking:
    file = folder / "test.toml"
    file.write_text(worksheet_text(*prompts, head=OPEN), encoding="utf-8")
    return Walking(folder / "data", "start", str(file), columns=columns)


def heard(walk: Walking, line: str) -> str:
    """What a line is answered with, unfolded."""
    return " ".join(walk.type(line).split())


@pytest.mark.thorough
@SIZES
def test_a_maturity_model(tmp_path: Path, columns: int) -> None:
    with walking(tmp_path, MATURITY, columns=columns) as walk:
        assert walk.shown.count("0 is not begun") == 1
        assert "2 of 4, tried. Practice 1: in a year >" in heard(walk, "2")
        walk.refused("5")
        assert "3 of 4, in place. Practice 2: now >" in heard(walk, "in")
        assert "1 of 4, talked about." in heard(walk, "1")
        assert "So far: 1 of 4, talked about" in heard(walk, ":back")
        assert "0 of 4, not begun. Practice 2: in a year" in heard(walk, "0")
        assert "Practice 3: now" in heard(walk, ":skip row")
        walk.type(*["3", "4"] * 20)
        assert "Review" in walk.shown
        assert max(map(len, walk.lines())) <= columns
        walk.type("")
        assert walk.status == 0
    levels = saved(tmp_path / "data")["answers"]["levels"]
    assert levels["r1"] == {"now": 2, "target": 3}
    assert levels["r2"] == {"now": 0}
    assert len(levels) == 22


@pytest.mark.thorough
@SIZES
def test_an_audit_whose_steps_know_who_and_when(tmp_path: Path, columns: int) -> None:
    with walking(tmp_path, AUDIT, 'id = "plan", kind = "plan", ask = "What next?"', columns=columns) as walk:
        assert "Door 1: what shows it?" in heard(walk, "yes")
        assert "Door 2: met?" in heard(walk, "A photo")
        assert "Door 2: what would mend it?" in heard(walk, "no")
        assert "Door 2: who?" in heard(walk, "A new hinge")
        assert "Door 2: by when?" in heard(walk, "Ana")
        walk.refused("soon")
        assert "Door 3: met?" in heard(walk, "1 Mar 2027")
        walk.type("no", "Oil", ":back", ":back")
        assert "Door 3: what shows it?" in heard(walk, "1")  # it was met after all
        walk.type(":skip row")
        walk.type(*["yes", "Seen"] * 37)
        assert "1. A new hinge. For: Door 2. Who: Ana. By: Monday, March 1, 2027" in " ".join(
            walk.shown.split()
        )
        assert "Oil" not in walk.shown
        assert "So far: A new hinge" in heard(walk, "1")
        assert "So far: Ana" in heard(walk, "")
        assert "So far: Monday, March 1, 2027" in heard(walk, "")
        walk.type("", "", "", "")
        assert walk.status == 0
    response = saved(tmp_path / "data")
    assert response["answers"]["audit"]["r3"] == {"met": "yes", "fix": "Oil"}
    (action,) = response["actions"]
    assert (action["step"], action["who"], action["due"]) == ("A new hinge", "Ana", dt.date(2027, 3, 1))
    shown = run(tmp_path / "data", "export", "latest").stdout
    assert (
        "- Door 2\\\n  Met? no; What would mend it? A new hinge; Who? Ana; By when? Monday, March 1, 2027"
        in shown
    )
    assert "- Door 3\\\n  Met? yes\n" in shown


@SIZES
def test_a_budget_that_adds_up(tmp_path: Path, columns: int) -> None:
    with walking(tmp_path, BUDGET, columns=columns) as walk:
        walk.refused("120")
        assert "Points so far: 60 of 100, 40 left." in heard(walk, "60")
        assert "Points so far: 130 of 100, 30 too many." in heard(walk, "70")
        asked_again = heard(walk, "")
        assert "The numbers at “How many?” are to add up to 100 points." in asked_again
        assert asked_again.count("Points so far: 130 of 100, 30 too many.") == 1
        assert "Points so far: 100 of 100, 0 left." in heard(walk, "30")
        walk.type("", "")
        assert walk.status == 0
    assert saved(tmp_path / "data")["answers"]["budget"] == {"late": {"points": 30}, "calm": {"points": 70}}
