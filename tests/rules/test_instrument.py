"""A whole instrument: thirty items in three subscales of ten, five of them reversed, sums with bands.

It asks about rooms, and is made up here. Its key is worked out by hand for ten people, and what libwell makes
of their answers has to be the same, from an answers file to JSON and Markdown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w

from build import mistakes_in, response_for, worksheet_from
from libwell.rules.asked_now import asked
from libwell.rules.scoring import scores
from walking import run

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.rules.scoring import Scored

ITEMS = (
    "The lamps are bright enough to read by",
    "I can hear a quiet voice across the desk",
    "I find the way to any shelf at once",
    "Daylight reaches the place where I sit",
    "The telephone can be heard from the back room",
    "The doors are wide enough for a book truck",
    "A screen mirrors the window behind it",  # reversed
    "A reading corner stays quiet while a group meets",
    "The signs can be read from the entrance",
    "A lamp flickers",  # reversed
    "The hall does not echo",
    "The lift comes within a minute",
    "The stairs are lit after dark",
    "The air system drowns out what people say",  # reversed
    "A pram can pass between the tables",
    "Blinds can be drawn where they are needed",
    "The street is not heard inside",
    "The floor is even from end to end",
    "The lights go on when somebody comes in",
    "A door closes softly",
    "Boxes stand in the corridor",  # reversed
    "The colours of two book labels can be told apart",
    "The loudspeaker can be understood in every room",
    "The shortest way is also the one that is marked",
    "The entrance is lit before we open",
    "Chairs scrape on the floor",  # reversed
    "Somebody new finds the toilets without asking",
    "A lamp that is out is changed within a week",
    "Two talks can be held side by side",
    "The way out is seen from every table",
)
# Every third item belongs together: 1, 4, 7 … are about light, 2, 5, 8 … about sound, 3, 6, 9 … about ways.
SUBSCALES = {"light": range(1, 31, 3), "sound": range(2, 31, 3), "ways": range(3, 31, 3)}
REVERSED = (7, 10, 14, 21, 26)
SAY = {"low": "Much could be made easier here.", "middle": "Some of it works.", "high": "Keep it as it is."}
BANDS = [{"up_to": 22, "say": SAY["low"]}, {"up_to": 41, "say": SAY["middle"]}, {"say": SAY["high"]}]


@dataclass(frozen=True)
class Case:
    """What a person rated, ten signs for each subscale in the order asked, and the sums that it makes.

    `.` was passed by, `?` is "don't know". A sum of None is no score; then `rated` counts what there is.
    """

    light: str
    sound: str
    ways: str
    sums: tuple[int | None, int | None, int | None]
    bands: tuple[str, str, str]
    rated: tuple[int, int, int] = (10, 10, 10)


# The scale goes from 1 to 5, so a reversed item counts 6 less what was rated. Reversed are, within their
# subscale, the 3rd and 4th of light (items 7 and 10), the 5th and 9th of sound (14 and 26), and the 7th of
# ways (21).
CASES = {
    # light and sound: eight 1s and two reversed 1s, which are 5s: 8 + 10 = 18. ways: nine 1s and a 5: 14.
    "all ones": Case(
        "1111111111", "1111111111", "1111111111", sums=(18, 18, 14), bands=("low", "low", "low")
    ),
    # light and sound: eight 5s and two 1s: 40 + 2 = 42. ways: nine 5s and a 1: 46.
    "all fives": Case(
        "5555555555", "5555555555", "5555555555", sums=(42, 42, 46), bands=("high", "high", "high")
    ),
    # The middle of the scale stays where it is when it is turned round: ten 3s are 30.
    "all threes": Case(
        "3333333333", "3333333333", "3333333333", sums=(30, 30, 30), bands=("middle", "middle", "middle")
    ),
    # 1 wherever it counts as it is, 5 wherever it is reversed: ten 1s, the lowest there is.
    "the lowest": Case(
        "1155111111", "1111511151", "1111115111", sums=(10, 10, 10), bands=("low", "low", "low")
    ),
    # The other way round: ten 5s, the highest there is.
    "the highest": Case(
        "5511555555", "5555155515", "5555551555", sums=(50, 50, 50), bands=("high", "high", "high")
    ),
    # light: 2+2 + (5+5) + 2+2+1+1+1+1 = 4 + 10 + 8 = 22, the last of the lower band.
    # sound: 3+2+2+2 + (5) + 1+1+1 + (5) + 1 = 9 + 5 + 3 + 5 + 1 = 23, the first of the middle band.
    # ways: 5+4+4+4+4+4 + (6-2=4) + 4+4+4 = 25 + 4 + 12 = 41, the last of the middle band.
    "at the borders": Case(
        "2211221111", "3222111111", "5444442444", sums=(22, 23, 41), bands=("low", "middle", "middle")
    ),
    # light: 5+5 + (4+4) + 4*6 = 10 + 8 + 24 = 42, the first of the upper band.
    # sound: 4*4 + (5) + 4*3 + (5) + 4 = 16 + 5 + 12 + 5 + 4 = 42.
    # ways: 2*6 + (5) + 2*3 = 12 + 5 + 6 = 23.
    "at the other borders": Case(
        "5522444444", "4444144414", "2222221222", sums=(42, 42, 23), bands=("high", "high", "middle")
    ),
    # light: 1+2 + (6-3=3) + (6-4=2) + 5+1+2+3+4+5 = 3 + 5 + 20 = 28.
    # sound: 5+4+3+2 + (6-1=5) + 5+4+3 + (6-2=4) + 1 = 14 + 5 + 12 + 4 + 1 = 36.
    # ways: 2+4+2+4+2+4 + (6-2=4) + 4+2+4 = 18 + 4 + 10 = 32.
    "mixed": Case(
        "1234512345", "5432154321", "2424242424", sums=(28, 36, 32), bands=("middle", "middle", "middle")
    ),
    # light: eight 2s and two reversed 2s, which are 4s: 16 + 8 = 24. sound: the last was passed by, so there
    # is no sum. ways: nine 4s and a reversed 4, which is a 2: 38.
    "one passed by": Case(
        "2222222222",
        "222222222.",
        "4444444444",
        sums=(24, None, 38),
        bands=("middle", "", "middle"),
        rated=(10, 9, 10),
    ),
    # light: a "don't know" at a reversed item. sound: nothing at all.
    # ways: 5*6 + (6-5=1) + 5+5+1 = 30 + 1 + 11 = 42.
    "much not known": Case(
        "33?3333333",
        "..........",
        "5555555551",
        sums=(None, None, 42),
        bands=("", "", "high"),
        rated=(9, 0, 10),
    ),
}
EACH_CASE = pytest.mark.parametrize("name", CASES)


def instrument(*, private: bool = False, reverse: tuple[int, ...] = REVERSED) -> str:
    """The instrument as a worksheet, with the first and the last case as worked examples."""
    rooms = {
        "id": "rooms",
        "kind": "rating",
        "ask": "How often is it so in the rooms you work in?",
        "scale": {"min": 1, "max": 5, "labels": ["never", "seldom", "at times", "often", "always"]},
        "not_answers": ["dont-know"],
        "items": [{"id": f"q{number}", "text": text} for number, text in enumerate(ITEMS, 1)],
    }
    data = {
        "libwell": "worksheet/1",
        "id": "rooms-we-work-in",
        "version": "1.0",
        "title": "The rooms we work in",
        "private": private,
        "sections": [{"id": "all", "title": "Light, sound and ways", "prompts": [rooms]}],
        "scores": [score(name, numbers, reverse) for name, numbers in SUBSCALES.items()],
    }
    return tomli_w.dumps(data)


def score(name: str, numbers: range, reverse: tuple[int, ...]) -> dict[str, Any]:
    turned = [f"rooms.q{number}" for number in numbers if number in reverse]
    return {
        "id": name,
        "title": name.capitalize(),
        "items": [f"rooms.q{number}" for number in numbers],
        "reverse": turned,
        "method": "sum",
        "bands": BANDS,
        "examples": [example(name, CASES["at the borders"]), example(name, CASES["much not known"])],
    }


def example(name: str, case: Case) -> dict[str, Any]:
    total = case.sums[list(SUBSCALES).index(name)]
    return {"given": answers(case), **({} if total is None else {"score": total})}


def answers(case: Case) -> dict[str, Any]:
    """The answers of a case, as they stand in an answers file."""
    given: dict[str, Any] = {}
    for name, numbers in SUBSCALES.items():
        for number, sign in zip(numbers, getattr(case, name), strict=True):
            if sign != ".":
                given[f"q{number}"] = {"not-answered": "dont-know"} if sign == "?" else int(sign)
    return {"rooms": {name: given[name] for name in sorted(given, key=lambda name: int(name[1:]))}}


def text_of(case: Case, place: int) -> str:
    total = case.sums[place]
    if total is None:
        return f"no score yet: {case.rated[place]} of 10 answered, and it takes 10"
    return f"{total}, on a scale from 10 to 50"


def scored(case: Case) -> tuple[Scored, ...]:
    worksheet = worksheet_from(instrument())
    return scores(worksheet, asked(worksheet, response_for(worksheet, tomli_w.dumps(answers(case)))))


def test_it_has_thirty_items_in_three_subscales_and_five_are_reversed() -> None:
    worksheet = worksheet_from(instrument())
    items = [address for score in worksheet.scores for address in score.items]
    assert [len(score.items) for score in worksheet.scores] == [10, 10, 10]
    assert len(ITEMS) == len(set(items)) == 30
    assert [address for score in worksheet.scores for address in score.reverse] == [
        *("rooms.q7", "rooms.q10", "rooms.q14", "rooms.q26", "rooms.q21"),
    ]
    assert len(CASES) == 10


@EACH_CASE
def test_it_scores_as_its_key_says(name: str) -> None:
    case = CASES[name]
    found = scored(case)
    assert tuple(one.value for one in found) == case.sums
    assert tuple(one.answered for one in found) == case.rated
    assert tuple(one.say for one in found) == tuple(SAY.get(band, "") for band in case.bands)
    assert tuple(one.text for one in found) == tuple(text_of(case, place) for place in range(3))
    assert {(one.low, one.high, one.needed, one.total) for one in found} == {
        (Fraction(10), Fraction(50), 10, 10)
    }


@pytest.mark.parametrize("forgotten", REVERSED)
def test_an_item_that_is_not_turned_round_is_noticed_by_its_examples(forgotten: int) -> None:
    found = mistakes_in(instrument(reverse=tuple(number for number in REVERSED if number != forgotten)))
    place = next(place for place, numbers in enumerate(SUBSCALES.values(), 1) if forgotten in numbers)
    assert {mistake.key.partition("]")[0] for mistake in found} == {f"scores[{place}"}
    assert all(mistake.message.startswith("these answers give ") for mistake in found)


def filled(tmp_path: Path, name: str, *, private: bool = False) -> Path:
    """Fill the answers of a case in, and give the data folder."""
    data = tmp_path / "data"
    (data / "worksheets").mkdir(parents=True)
    (data / "worksheets" / "rooms-we-work-in.toml").write_text(instrument(private=private), encoding="utf-8")
    path = tmp_path / "answers.toml"
    given = {"worksheet": "rooms-we-work-in", "answers": answers(CASES[name])}
    path.write_text(tomli_w.dumps(given), encoding="utf-8")
    done = run(data, "fill", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    return data


@pytest.mark.parametrize("name", ["at the borders", "one passed by", "much not known"])
def test_the_whole_way_from_an_answers_file(tmp_path: Path, name: str) -> None:
    case, data = CASES[name], filled(tmp_path, name)
    found = json.loads(run(data, "view", "latest", "--json").stdout)["scores"]
    for place, (one, title) in enumerate(zip(found, SUBSCALES, strict=True)):
        assert one == {
            "id": title,
            "title": title.capitalize(),
            "value": case.sums[place],
            "low": 10,
            "high": 50,
            "answered": case.rated[place],
            "needed": 10,
            "total": 10,
            "text": text_of(case, place),
            "say": SAY.get(case.bands[place], ""),
            "private": False,
            "rows": [],
        }
    _check_markdown(run(data, "export", "latest").stdout, case)


def _check_markdown(markdown: str, case: Case) -> None:
    for place, title in enumerate(SUBSCALES):
        line = next(line for line in markdown.splitlines() if line.startswith(f"**{title.capitalize()}:**"))
        assert line.startswith(f"**{title.capitalize()}:** {text_of(case, place)}")
        assert ("\u2588" in line or "\u2591" in line) == (case.sums[place] is not None)
    titles = zip(SUBSCALES, case.bands, strict=True)
    said = [f"*{title.capitalize()}: {SAY[band]}*" for title, band in titles if band]
    ends = tuple(f"{text}*" for text in SAY.values())
    assert [line for line in markdown.splitlines() if line.endswith(ends)] == said


@pytest.mark.thorough
def test_an_instrument_is_named_with_its_key_and_license_wherever_sources_stand(tmp_path: Path) -> None:
    data = filled(tmp_path, "at the borders")
    source = {"title": "The rooms", "role": "instrument", "key": "Its manual, page 4", "licence": "CC BY 4.0"}
    named = tomli.loads(instrument()) | {"sources": [source]}
    sheet = tmp_path / "named.toml"
    sheet.write_text(tomli_w.dumps(named | {"id": "rooms-named"}), encoding="utf-8")
    given = {"worksheet": str(sheet), "answers": answers(CASES["at the borders"])}
    (tmp_path / "named-answers.toml").write_text(tomli_w.dumps(given), encoding="utf-8")
    assert run(data, "fill", str(tmp_path / "named-answers.toml")).returncode == 0
    lines = ["view latest", "export latest --format md", "export latest --format html"]
    for line in (*lines, f"show {sheet}", f"blank {sheet} --format md", f"blank {sheet} --format html"):
        done = run(data, *line.split())
        assert "The rooms. Scoring: Its manual, page 4. License: CC BY 4.0." in done.stdout


@pytest.mark.thorough
def test_a_private_one_is_scored_for_its_own_person_only(tmp_path: Path) -> None:
    data = filled(tmp_path, "at the borders", private=True)
    for line in ("view latest --json", "view latest", "export latest"):
        shown = run(data, *line.split())
        assert "on a scale" not in shown.stdout
        assert not any(say in shown.stdout for say in SAY.values())
        assert shown.stderr == "1 private answer or step was left out; --private puts them in.\n"
    own = run(data, "view", "latest", "--private").stdout
    assert "22, on a scale from 10 to 50" in own
    assert not any(say in own for say in SAY.values())
    assert json.loads(run(data, "view", "latest", "--private", "--json").stdout)["scores"] == []
    for suffix in ("md", "html", "json", "csv", "jsonl"):
        left = run(data, "export", "latest", "--private", "--format", suffix, "--what", "answers").stdout
        assert "on a scale" not in left
        assert "score," not in left
        assert not any(say in left for say in SAY.values())
