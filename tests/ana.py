"""Ana, who walks through staff-care in two sittings: what she types, what she sees, what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walking import saved, short_id, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from walking import Walking

BEGIN = ("start", "staff-care", "--name", "Ana", "--team", "Branch 4", "--library", "Riverside")
PLAN = """\
## Action plan

- [ ] Ask for one hour of learning time on next month's schedule
  - Who: Ana and Joy
  - By when: Monday, March 1, 2027
  - Level: for the team
  - How we will know: It is on the schedule
  - From: What does your library do to support its staff?
- [ ] Ask which task may stop this month
  - Who: the branch manager
  - By when: end of term
  - Level: for the organization
  - From: What does your employer put in place for staff?
- [ ] Ask for a quiet room, to: the director
  - Who: the director
  - Level: for the organization
  - How we will know: There is a door to close

## What we do well, what we could do better
"""


def first_sitting(walk: Walking) -> None:
    assert ":help, :why, :support" in walk.shown
    assert "Question 1 of" in walk.shown
    assert "(private)" in walk.shown
    walk.type("2")
    assert "What are you carrying into this?" in walk.shown
    walk.type("A hard shift.", "And the schedule.", "")
    assert "What does your library do to support its staff?" in walk.shown
    walk.type("", "w", "w")
    assert "3 of 6: HR policies" in walk.shown
    walk.type(":back", ":back")
    assert "1 of 6: Frequent check-ins" in walk.shown
    assert "we do this well" in walk.shown
    walk.type("", "wi", "", "w", "", "i", "quiet room", "i", "")
    assert "kinds of safety" in walk.shown
    walk.type(":pause")
    assert f"{walk.call} resume {short_id(walk.data)}" in " ".join(walk.shown.split())


def check_first_sitting(data: Path) -> None:
    response = saved(data)
    assert response["status"] == "draft"
    assert response["person"] == {"name": "Ana", "team": "Branch 4", "library": "Riverside"}
    assert response["answers"] == {
        "energy": 2,
        "on-my-mind": "A hard shift.\nAnd the schedule.",
        "supports": {
            "well": ["check-ins", "learning-time", "praise"],
            "improve": ["learning-time", "safety", {"other": "quiet room", "id": "other-1"}],
        },
    }


def second_sitting(walk: Walking) -> None:
    walk.type("1w 2wi 4i")
    assert "What does your employer put in place for staff?" in walk.shown
    walk.type("4i", "")
    assert "ordinary Tuesday" in walk.shown
    walk.type("A table by the window.", "")
    walk.type(":prefer-not")
    assert "What will you do next?" in walk.shown
    offers = squeezed(walk.shown)
    assert squeezed("2. Put our safety principles on the agenda of the next meeting") in offers
    walk.type("1,6")
    assert "Ask for one hour of learning time on next month's schedule" in " ".join(walk.shown.split())
    walk.type("", "Ana and Joy", "2027-03-01")
    assert "Monday, March 1, 2027" in walk.shown
    walk.type("It is on the schedule")
    assert "Ask who can decide which task may stop or wait this month" in " ".join(walk.shown.split())
    walk.type("Ask which task may stop this month", "the branch manager", "end of term", "")
    walk.type("Ask for a quiet room, to: the director", "the director", "", "There is a door to close", "3")
    walk.type("")
    _review(walk)


def _review(walk: Walking) -> None:
    assert "Review" in walk.shown
    assert "Ask for a quiet room, to: the director" in walk.shown
    walk.type("1")
    assert "How much strength do you have today?" in walk.shown
    assert "2 of 5" in walk.shown
    walk.type("4")
    assert "Review" in walk.shown
    assert "4 of 5" in walk.shown
    walk.type(":go supports-why", "And time to read.", "")
    assert "Review" in walk.shown
    walk.type("")
    assert walk.status == 0
