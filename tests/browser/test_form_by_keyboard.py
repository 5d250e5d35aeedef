"""Whole worksheets answered by keyboard alone, saved, filled in with libwell, and exported."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from at_the_keyboard import AtTheKeyboard, Place
from forms import page_of
from libwell import load_worksheet
from walking import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
MINE, COPY = "MINE-do-not-send.txt", "COPY-FOR-MY-TEAM.txt"


@contextmanager
def sitting_at(chromium: Browser, folder: Path, name: str) -> Iterator[AtTheKeyboard]:
    """Somebody before the page of a worksheet, as it was opened from a stick."""
    path = folder / "page.html"
    path.write_text(page_of(load_worksheet(ROOT / "worksheets" / f"{name}.toml")), encoding="utf-8")
    context = chromium.new_context(accept_downloads=True, locale="en-US")
    tab, heard = context.new_page(), []
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("request", lambda request: heard.append(request.url))
    tab.goto(path.as_uri())
    yield AtTheKeyboard(tab, folder)
    assert [one for one in heard if not one.startswith("blob:")] == [path.as_uri()]
    context.close()


Reply = tuple["Callable[[Place], bool]", "Callable[[Place], object]"]
"""Where something is done, and what."""


def answering(someone: AtTheKeyboard, *replies: Reply) -> Callable[[Place], None]:
    """Do what the first reply that fits a place does; then save what leaves, one file after the other."""
    leaving: tuple[Reply, ...] = (
        (lambda place: place.label == f"Save {MINE}", lambda _: someone.save(MINE)),
        (lambda place: place.label == "Show what would leave", lambda _: someone.press("Enter")),
        (lambda place: place.label == f"Save {COPY}", lambda _: someone.save(COPY)),
    )

    def answer(place: Place) -> None:
        acts = (act for fits, act in (*replies, *leaving) if fits(place))
        next(acts, str)(place)

    return answer


def made_of(someone: AtTheKeyboard, folder: Path) -> tuple[dict[str, Any], str, str]:
    """The response that libwell makes of the answers file, its export, and the export without private."""
    filled = run(folder, "fill", str(someone.saved[MINE]))
    assert filled.returncode == 0, filled.stderr
    (saved,) = (folder / "responses").glob("*.toml")
    everything, told = (run(folder, "export", "latest", *more).stdout for more in (("--private",), ()))
    return tomli.loads(saved.read_text("utf-8")), everything, told


def is_ticked(place: Place, groups: str) -> bool:
    return place.type == "checkbox" and re.search(groups, place.groups) is not None


def takes_words(place: Place) -> bool:
    return place.is_text and not place.value and "in your own words" not in place.label


def test_a_whole_staff_care_by_keyboard_alone(chromium: Browser, tmp_path: Path) -> None:
    ticked = "check-ins|workload|Moral safety|steps could be these"
    with sitting_at(chromium, tmp_path, "staff-care") as someone:

        def add(place: Place) -> None:
            if someone.places.count(place) > 1:
                return
            someone.press("Enter")
            someone.type("Ask for tea" if "step" in place.label else "A kettle")

        someone.go_through(
            answering(
                someone,
                (
                    lambda place: "strength" in place.groups and place.label[:1] == "1",
                    lambda _: someone.press("Space", "ArrowDown"),
                ),
                (
                    lambda place: is_ticked(place, ticked) and "Or:" not in place.groups,
                    lambda _: someone.press("Space"),
                ),
                (
                    lambda place: (
                        place.label == "Add one of your own" and "What does your library" in place.groups
                    ),
                    add,
                ),
                (
                    lambda place: is_ticked(place, "Of your own") and "better" in place.label,
                    lambda _: someone.press("Space"),
                ),
                (lambda place: place.type == "date", lambda _: someone.type("12012027")),
                (lambda place: place.label == "Add a step of your own", add),
                (takes_words, lambda place: someone.type(f"words about {place.label} {place.groups[-20:]}")),
            )
        )
        copy = someone.saved[COPY].read_text("utf-8")
        response, everything, told = made_of(someone, tmp_path)
    answers = response["answers"]
    assert answers["energy"] == 2
    assert answers["supports"]["improve"] == ["check-ins", {"other": "A kettle", "id": "other-1"}]
    assert answers["supports"]["well"] == ["check-ins", {"other": "A kettle", "id": "other-1"}][:1]
    assert answers["employer"]["improve"] == ["workload"]
    assert answers["supports-why"].startswith("words about")
    assert response["status"] == "complete"
    assert [one["step"] for one in response["actions"]][-1] == "Ask for tea"
    assert {str(one.get("due")) for one in response["actions"]} == {"2027-12-01"}
    assert "words about" in everything
    assert answers["on-my-mind"] not in told + copy
    assert tomli.loads(copy)["answers"]["supports"]["improve"] == ["check-ins"]
    assert "Ask for tea" in copy


def test_a_whole_policy_review_by_keyboard_alone(chromium: Browser, tmp_path: Path) -> None:
    policies = ("Sleeping in the library", "Food and drink", "Strong odor")
    with sitting_at(chromium, tmp_path, "policy-review") as someone:
        someone.go_through(
            answering(
                someone,
                (
                    lambda place: place.type == "checkbox" and place.label in policies,
                    lambda _: someone.press("Space"),
                ),
                (
                    lambda place: place.type == "radio" and place.label == policies[0],
                    lambda _: someone.press("Space", "ArrowDown"),
                ),
                (lambda place: is_ticked(place, "steps could be these"), lambda _: someone.press("Space")),
                (takes_words, lambda place: someone.type(f"words on {place.label} {place.groups[:20]}")),
            )
        )
        response, everything, _ = made_of(someone, tmp_path)
    answers = response["answers"]
    assert answers["areas"] == ["sleeping", "food-drink", "odor"]
    assert answers["one-policy"] == "food-drink"
    assert {*answers["area-review"]} == {"sleeping", "food-drink", "odor"}
    assert all(
        {*row} == {"happens", "need", "change", "harm", "enforcing"}
        for row in answers["area-review"].values()
    )
    assert len(answers["principles"]) == 7
    assert response["status"] == "complete"
    assert len(response["actions"]) == 10
    assert "words on" in everything
