"""What is pasted is one answer, whole, and never a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from walking import Walking, paste, saved

KINDS = str(Path(__file__).with_name("kinds.toml"))
PARAGRAPHS = "First: a table by the window.\n\nSecond, \u201ctea\u201d \u2013 at three.\n\n\nThird\tand last."
LONG = "".join(f"{number:09d} " for number in range(1000))


@pytest.mark.thorough
def test_pastes_into_a_long_text(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type(paste(PARAGRAPHS))
        assert saved(data)["answers"]["words"] == PARAGRAPHS
        walk.type(paste(LONG))
        assert saved(data)["answers"]["words"] == f"{PARAGRAPHS}\n{LONG}"
        walk.type(paste(":pause"), paste("before\n:pause\n:back\n"))
        expected = f"{PARAGRAPHS}\n{LONG}\n:pause\nbefore\n:pause\n:back"
        assert saved(data)["answers"]["words"].rstrip("\n") == expected
        walk.type("")
        assert "roster" in walk.shown
        walk.type(":back")
        assert "0000999" in walk.shown.replace("\n", "")
        walk.type(":clear", f"typed, then {paste(LONG)} and more", "")
        assert saved(data)["answers"]["words"] == f"typed, then {LONG} and more"
        walk.type(":pause")
        assert walk.is_tidy


@pytest.mark.thorough
def test_a_long_typed_line_is_not_cut(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type(LONG.strip())
        assert saved(data)["answers"]["words"] == LONG.strip()


@pytest.mark.thorough
def test_pastes_into_every_place_for_words(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type(":go branch", paste(":south"))
        walk.type(":go rooms", "1", paste(":list\nthe garden"), "")
        walk.type(":go support", "1i", paste(":quiet room"), "i", "")
        walk.type(":go wishes", paste(PARAGRAPHS), paste(LONG), "")
        walk.type(":go days", paste(":skip"), "", paste(LONG), "", "", "")
        walk.type(":go agencies", paste("Anna\n"), "", "", "", "")
        walk.type(":go plan", "", paste(":pause\n\nfor five minutes"), paste(":me"), paste(":soon"), "", "")
        answers = saved(data)["answers"]
        assert answers["branch"]["other"] == ":south"
        assert [entry["other"] for entry in answers["rooms"][1:]] == [":list\nthe garden"]
        assert [entry["other"] for entry in answers["support"]["improve"][1:]] == [":quiet room"]
        assert answers["wishes"] == [PARAGRAPHS, LONG]
        assert answers["days"] == {"monday": {"mood": ":skip", "change": LONG}}
        assert answers["agencies"] == [{"name": "Anna", "id": "row-1"}]
        (action,) = saved(data)["actions"]
        assert action["step"] == ":pause\n\nfor five minutes"
        assert (action["who"], action["due"]) == (":me", ":soon")
        assert walk.status is None


def test_a_paste_behind_a_line_that_was_refused_is_neither_a_command_nor_glued_to_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.refused(":halp")
        walk.press(f"{paste(PARAGRAPHS)}\r")
        walk.refused(":nope")
        walk.press(f"{paste(':pause')}\r")
        assert saved(data)["answers"]["words"] == f"{PARAGRAPHS}\n:pause"
        walk.type("")
        assert "roster" in walk.shown
        walk.refused("maybe")
        assert "y for yes" in walk.refused(paste(":pause"))
        walk.type("y")
        assert saved(data)["answers"]["roster"] is True


@pytest.mark.thorough
def test_pastes_where_no_words_are_asked_for(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Walking(data, "start", KINDS) as walk:
        walk.type(":go roster", paste("no\n"))
        walk.type(":go rooms", paste("1, 3"), "")
        walk.type(paste("7"), paste("2027-01-08\n"), "", paste("3"))
        answers = saved(data)["answers"]
        assert answers["roster"] is False
        assert answers["rooms"] == ["hall", "cellar"]
        assert (answers["shifts"], str(answers["review-day"])) == (7, "2027-01-08")
        assert answers["feel"] == {"desk": 3}
        walk.type(":go roster", paste("yes\n\nof course"))
        assert "y for yes" in walk.shown
        assert saved(data)["answers"]["roster"] is False
