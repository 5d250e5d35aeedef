"""Walks as a screen reader tells them: each question once, nothing drawn, nothing said again unasked."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from answering import Answers
from by_ear import (
    AT_REVIEW,
    ByEar,
    Listener,
    RedrawnError,
    Spoken,
    listen,
    passages,
    transcript,
)
from instrument_files import NAMES, path_of
from libwell import load_worksheet
from walking import saved, short_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KINDS = str(Path(__file__).with_name("kinds.toml"))
FOLDER = Path(__file__).parents[2] / "worksheets"
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.toml") if "\n[[sections]]" in path.read_text("utf-8"))
MANY = 60
MOST_LINES = 1500


# --- the listener ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "drawn",
    [
        "Working\rDone   \r\n",
        "One\r\n\x1b[ATwo\r\n",
        "One\x1b[K\r\n",
        "One\x08\x08Two\r\n",
        "\x1b[H\x1b[2J\x1b[3J",
        "> typed\r\n\x1b[H\x1b[2J\x1b[3J",
        "> typed\r> typed more\r\n",
        "> \x08 \x08",
        "\x1b[?1049h",
    ],
)
def test_what_is_drawn_is_no_speech(drawn: str) -> None:
    with pytest.raises(RedrawnError):
        listen(drawn)


def test_color_is_silent_and_what_was_rubbed_out_is_gone() -> None:
    typed = "> \x1b[0mAnnna\x08 \x08\x08\x1b[Ka\r\n"
    raw = f"\x1b[?2004h\x1b[1mWho?\x1b[0m\r\n\r\n\x1b[1m{typed}Kept.\r\n"
    assert listen(raw) == [Spoken("Who?"), Spoken("Anna", is_typed=True, after_pause=True), Spoken("Kept.")]
    assert listen("> :hide\r\n\x1b[H\x1b[2J\x1b[3JHidden.\r\n")[-1] == Spoken("Hidden.")


def test_a_folded_paragraph_is_said_in_one_breath_and_a_new_line_is_not() -> None:
    raw = "Take a line for\r\na walk.\r\nHere ends it.\r\n   1. One that is\r\n      folded\r\n   2. Two\r\n"
    assert [one.text for one in listen(raw, columns=16)] == [
        "Take a line for a walk.",
        "Here ends it.",
        "1. One that is folded",
        "2. Two",
    ]


def _told(*said: tuple[str, str, str]) -> list[str]:
    """What a listener holds against passages: what was typed, where the walk stands then, what is heard."""
    heard = [
        one
        for number, (typed, _, text) in enumerate(said)
        for one in ([Spoken(typed, is_typed=True)] if number else []) + listen(text)
    ]
    return Listener().hear(passages(heard, [place for _, place, _ in said])).again


ASKED = "\nQuestion 1 of 2\nWhat?\nSay a little.\n"


def test_a_listener_notices_what_is_said_again() -> None:
    assert _told(("", "a", ASKED), ("x", "b", "Kept.\n\nQuestion 2 of 2\nWho?\nSay a lot.\n")) == []
    assert _told(("", "a", ASKED), ("x", "b", "Kept.\n\nQuestion 2 of 2\nWho?\nSay a little.\n")) == [
        "at b behind 'x': Say a little."
    ]
    assert len(_told(("", "a", ASKED), ("x", "a", ASKED))) == 2  # its number, and its help
    assert _told(("", "a", ASKED), ("?", "a", ASKED)) == []
    assert _told(("", "a", ASKED), (":back", "a", "\nQuestion 1 of 2\nWhat?\nSo far: x\n")) == []
    assert _told(("", "a", ASKED), ("x", "b", "\nWho?\n"), ("y", "a", "\nWhat?\n")) == [
        "at a behind 'y': the name of the place"
    ]


# --- whole walks ----------------------------------------------------------------------------------

FIRST_SITTING = [
    *("2", "A hard shift.", "And the schedule.", ""),
    *("", "w", "q9", "w", ":back", ":back", "", "wi", "?", "", "w", "", "i", "quiet room", "i", ""),
    ":pause",
]
SECOND_SITTING = [
    *("1w 2wi 4i", "w", "", "", "i", ":skip"),
    *("", ":why", "i", ":skip"),
    *("A table by the window.", "", ":prefer-not"),
    *("1,5", "", "Ana and Joy", "end of term", "It is on the schedule"),
    *("Ask which task may stop this month", "the branch manager", "", ""),
    *("Ask for a quiet room", "the director", "", "There is a door to close", "3", ""),
    *("1", "4", ":go supports-why", "And time to read.", "", ""),
]


def test_staff_care_as_it_is_heard(
    tmp_path: Path, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole of it, as a text to read aloud."""
    monkeypatch.chdir(tmp_path)  # the folder is named in what is heard
    data, heard = Path("data"), ""
    for line, typed in (("start staff-care", FIRST_SITTING), ("resume", SECOND_SITTING)):
        with ByEar(data, *line.split()) as walk:
            walk.type(*typed)
            assert walk.status == 0
            again = Listener().hear(walk.passages).again
            assert again == [], "\n".join(again)
            heard += f"$ libwell {line}\n{transcript(listen(walk.raw))}\n"
    assert saved(data)["status"] == "complete"
    heard = heard.replace("python -m libwell --data-dir data", "libwell").replace(short_id(data), "k3f9")
    golden("staff-care-by-ear.txt", re.sub(r"\d{4}-\d\d-\d\d", "2026-11-24", heard))


def _stroll(walk: ByEar, answers: Answers, chance: random.Random, *, forward: bool = False) -> None:
    """Answer what comes, mostly; else pass by, go back, mistype and ask; or only go `forward`."""
    asides = ("", ":skip", ":zz", "?", ":why", ":list", ":recall", ":back", ":go 1", "-", ":clear")
    for typed in range(MOST_LINES):
        if walk.status is not None:
            return
        at = str(saved(walk.data).get("at", ""))
        line = "" if at == AT_REVIEW else answers.to(at)
        if "Not taken: " in walk.shown:
            line = ":skip"
        elif line[:1].isdigit() and chance.random() < 0.8:
            line = line.split()[0]  # the next item is asked
        if at != AT_REVIEW and not forward and typed < MOST_LINES // 4 and chance.random() < 0.2:
            line = chance.choice(asides)
        walk.type(line)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


@pytest.mark.each_value_once
@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("name", [*SHIPPED, "kinds", *NAMES])
def test_nothing_is_heard_again_unasked(tmp_path: Path, name: str, seed: int) -> None:
    """The second walk is read key by key, on a terminal that can do nothing."""
    file = {"kinds": Path(KINDS)}.get(name, FOLDER / f"{name}.toml" if name in SHIPPED else path_of(name))
    worksheet = load_worksheet(file)
    environ = {"TERM": "dumb"} if seed == 1 else {}
    with ByEar(tmp_path / "data", "start", str(file), environ=environ) as walk:
        _stroll(walk, Answers(worksheet), random.Random(f"{name} {seed}"))
        assert walk.status == 0
        again = Listener(list(_texts(worksheet.model_dump()))).hear(walk.passages).again
        assert again == [], "\n".join(again)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("name", [*SHIPPED, *NAMES])
def test_each_question_is_heard_once_with_its_number(tmp_path: Path, name: str) -> None:
    file = FOLDER / f"{name}.toml" if name in SHIPPED else path_of(name)
    with ByEar(tmp_path / "data", "start", str(file)) as walk:
        _stroll(walk, Answers(load_worksheet(file)), random.Random(name), forward=True)
        heard = [one.text for one in listen(walk.raw)]
    numbers = [int(found[1]) for one in heard if (found := re.match(r"Question (\d+) of", one))]
    plans = [one.id for _, one in load_worksheet(file).prompts() if one.holds_actions]
    assert numbers == list(range(1, len({*saved(tmp_path / "data")["answers"], *plans}) + 1))


# --- what is short the second time ----------------------------------------------------------------


HELP = "Mark what you do well, what you would like to see done better, or both."
ITEM = "Frequent check-ins and staff meetings, so that people feel supported"


def _last(walk: ByEar) -> list[str]:
    """What was heard last: each paragraph."""
    return [one.text for one in walk.passages[-1].heard]


def test_going_back_is_short_and_says_how_far_a_question_is(tmp_path: Path) -> None:
    with ByEar(tmp_path / "data", "start", "staff-care") as walk:
        walk.type("2", "", ":back")
        assert _last(walk) == [
            *(
                "Arriving",
                "Question 2 of 7 (private)",
                "What are you carrying into this?",
                "So far: skipped.",
            ),
        ]
        walk.type(":back")
        assert _last(walk) == [
            *("Question 1 of 7 (private)", "How much strength do you have today?", "So far: 2 of 5"),
            "Enter keeps it, - empties it.",
        ]
        walk.type(":go 3", "w", ":go 5", ":go supports")
        assert _last(walk) == [
            *("Question 3 of 7", "What does your library do to support its staff?"),
            *(f"So far: we do this well: {ITEM}", f"1 of 6: {ITEM}"),
            *("So far: we do this well", "Type w, i, wi to change it."),
        ]
        walk.type(":go 5")
        assert _last(walk)[2] == "So far: not answered."
        walk.type(":pause")


@pytest.mark.parametrize("aside", [":help", ":list", ":why", ":recall", ":support"])
def test_behind_what_one_asked_for_the_question_is_only_named(tmp_path: Path, aside: str) -> None:
    name = "Question 5 of 7: 1 of 7: Professional development in trauma-informed practice"
    with ByEar(tmp_path / "data", "start", "staff-care") as walk:
        walk.type(":go employer", aside)
        assert _last(walk)[-1] == name
        assert walk.passages[-1].text.count("What does your employer put in place") == (aside == ":list")
        walk.type("?")
        assert "What does your employer put in place for staff?" in _last(walk)
        assert "w = we do this well" in _last(walk)
        walk.type(":hide", "")
        assert "What does your employer put in place for staff?" in _last(walk)
        walk.type(":pause")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("aside", [":help", ":list"])
def test_the_review_is_heard_whole_once_and_again_when_asked(tmp_path: Path, aside: str) -> None:
    with ByEar(tmp_path / "data", "start", "after-a-hard-moment") as walk:
        while "Review" not in walk.shown:
            walk.type("")
        whole = _last(walk)[_last(walk).index("Review") :]
        walk.type(aside)
        assert _last(walk)[-1] == "The review: type a number to change that answer, or Enter to go on."
        walk.type("1", "1")
        assert [one[:2] for one in _last(walk) if one[:1].isdigit()] == ["1."]
        walk.type("?")
        assert len(_last(walk)) >= len(whole)
        assert "Enter finishes. To change an answer, type its number." in _last(walk)


def test_coming_back_one_hears_where_one_is_and_no_introduction(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with ByEar(data, "start", "staff-care") as walk:
        walk.type("2", "", "w", ":pause")
    for line in (("resume",), ("start", "staff-care")):
        with ByEar(data, *line) as walk:
            if line[0] == "start":
                walk.type("")
            heard = _last(walk)
            assert heard[heard.index("Staff care, self-care") :] == [
                "Staff care, self-care",
                ":help shows what you can type; ? says a question again, whole; :pause stops.",
                "What we do well, what we could do better",
                *("Question 3 of 7", "What does your library do to support its staff?"),
                f"{HELP} Leave the rest blank, and add your own.",
                f"So far: we do this well: {ITEM}",
                *("w = we do this well", "i = I'd like to see this done better", "wi = both"),
                "2 of 6: Training that matters, with time set aside just for learning",
                "w, i, wi, or Enter for none.",
            ]
            walk.type(":pause")
    with ByEar(data, "resume") as walk:
        walk.type(":go plan")
        assert not any("can be shared" in one for one in _last(walk))
        walk.type(":pause")
