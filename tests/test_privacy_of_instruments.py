"""Nothing leaves of what is made of something private: rows, cells for the plan, own items, orders, scores.

A canary stands in every place where a person can write in private, and a number of its own in each private
score; none is at a way out, in a shared copy, or in what a team makes of it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from build import NOW, mistakes_in, response_for, worksheet_from
from libwell.rules.privacy import for_audience, private_prompts
from libwell.storage.responses import response_text
from walking import run
from ways import WAYS

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

COLUMNS = """columns = [
  { id = "c", ask = "What?", offer = true },
  { id = "rt", ask = "How far?", kind = "rating", scale = "points" },
  { id = "n", ask = "How many?", kind = "number", min = 0, max = 1000, unit = "points" },
  { id = "w", ask = "Who?", becomes = "who" },
  { id = "k", ask = "How will we know?", becomes = "know" },
  { id = "d", ask = "By when?", becomes = "due" },
  { id = "x", ask = "Notes?", becomes = "notes", when = { column = "rt", is = [2, 3] } },
]
rows = [{ id = "i", text = "One", suggest = "Do one" }, { id = "j", text = "Two" }]
add_rows = true
total = { column = "n", at_most = 1000 }"""
SHEET = f"""
libwell = "worksheet/1"
id = "guarded"
version = "1.0"
title = "Guarded"
private = false
scales = [{{ id = "points", min = 0, max = 9, labels = ["low", "high"] }}]

[[sections]]
id = "closed"
title = "Closed"
private = true

[[sections.prompts]]
id = "p-table"
kind = "table"
ask = "In private?"
{COLUMNS}

[[sections.prompts]]
id = "p-picks"
kind = "choices"
ask = "Which?"
other = true
options = [{{ id = "a", text = "A" }}, {{ id = "b", text = "B" }}]

[[sections.prompts]]
id = "p-rated"
kind = "rating"
ask = "How good?"
scale = "points"
items = [{{ id = "calm", text = "Calm" }}]
add_items = true
offer_at_most = 4

[[sections]]
id = "telling"
title = "Telling"

[[sections.prompts]]
id = "t-order"
kind = "ranking"
ask = "In which order?"
options_from = "p-picks"

[[sections.prompts]]
id = "t-rows"
kind = "table"
ask = "What of these?"
rows_from = "p-rated"
rated_at_most = 4
columns = [{{ id = "h", ask = "How?", offer = true }}]

[[sections.prompts]]
id = "t-recall"
kind = "text"
ask = "What else?"
recall = ["p-table.c", "t-order"]

[[sections.prompts]]
id = "care"
kind = "text"
ask = "How are you?"
support = "now"

[[sections]]
id = "open"
title = "Open"

[[sections.prompts]]
id = "o-table"
kind = "table"
ask = "In the open?"
{COLUMNS}

[[sections.prompts]]
id = "o-asked"
kind = "text"
ask = "Asked by a score?"
when = {{ score = "o-sum", at_least = 1 }}

[[sections.prompts]]
id = "plan"
kind = "plan"
ask = "What next?"

[[scores]]
id = "p-each"
title = "canary-900-tweet"
method = "sum"
items = ["p-table.*.n"]
each_row = true

[[scores]]
id = "p-share"
title = "canary-901-tweet"
method = "share"
items = ["p-table.*.rt"]

[[scores]]
id = "p-mixed"
title = "canary-902-tweet"
method = "sum"
items = ["o-table.i.n", "p-table.i.n"]

[[scores]]
id = "p-of-scores"
title = "canary-903-tweet"
method = "mean"
scores = ["p-share"]

[[scores]]
id = "o-sum"
title = "The open sum"
method = "sum"
items = ["o-table.i.n"]

[[scores]]
id = "o-each"
title = "The open rows"
method = "sum"
items = ["o-table.*.n"]
each_row = true
offer_at_least = 3
"""
CANARY = re.compile(r"canary-\d+-tweet")
PRIVATE_IDS = {"p-table", "p-picks", "p-rated", "t-order", "t-rows", "t-recall", "care"}
PRIVATE_NUMBERS = ("731", "734", "734.0")


def cells(first: int, number: int) -> str:
    """A row in which each text is a canary."""
    words = ", ".join(
        f'{key} = "canary-{first + place}-tweet"' for place, key in enumerate(("c", "w", "k", "d", "x"))
    )
    return f"{{ {words}, rt = 3, n = {number} }}"


ANSWERS = f"""
p-picks = ["a", {{ other = "canary-1-tweet" }}]
p-rated = {{ calm = 2, ":own" = [{{ other = "canary-2-tweet", point = 1 }}] }}
t-order = ["other-1", "a"]
t-rows = {{ calm = {{ h = "canary-3-tweet" }}, other-1 = {{ h = "canary-4-tweet" }} }}
t-recall = "canary-5-tweet"
care = "canary-6-tweet"
o-asked = "Because it was asked"
o-table.i = {{ c = "Open the window", w = "Everybody", n = 3 }}
o-table.row-1 = {{ row = "An open row", n = 5 }}

[p-table]
i = {cells(10, 731)}
row-1 = {{ row = "canary-20-tweet", n = 2 }}
"""
STEPS = "".join(
    f'[[actions]]\nstep = "canary-{number}-tweet"\nwho = "canary-{number}-tweet"\nfrom = "{origin}"\n'
    for number, origin in enumerate(
        (
            *("p-table.i.c", "p-table.i", "p-table.row-1", "p-rated.calm", "p-rated.other-1"),
            *("t-rows.calm.h", "t-order", "care"),
        ),
        start=30,
    )
)
STEPS += '[[actions]]\nstep = "Open the window"\nwho = "Everybody"\nfrom = "o-table.i"\n'


def sheet() -> Worksheet:
    return worksheet_from(SHEET)


def response() -> Response:
    return response_for(sheet(), ANSWERS + STEPS, status="complete", completed=NOW.date())


def canaries(text: str) -> set[str]:
    return set(CANARY.findall(text))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with that response."""
    folder = tmp_path / "data" / "responses"
    folder.mkdir(parents=True, mode=0o700)
    (folder / f"{response().id}.toml").write_text(response_text(response()), encoding="utf-8")
    return tmp_path / "data"


def test_what_tells_of_something_private_is_private() -> None:
    assert private_prompts(sheet()) == PRIVATE_IDS
    assert len(canaries(response_text(response()))) == 6 + 5 + 1 + 8 + 4


@pytest.mark.parametrize("way", WAYS)
def test_no_format_holds_any_of_it(way: str) -> None:
    excerpt = for_audience(response(), sheet(), private=False)
    text = WAYS[way].text_of(excerpt)
    assert canaries(repr(excerpt.asked) + repr(excerpt.actions) + repr(excerpt.scores) + text) == set()
    assert not [number for number in PRIVATE_NUMBERS if number in text]


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("way", WAYS)
def test_not_even_when_asked_for_do_scores_and_what_is_asked_for_safety_leave(data: Path, way: str) -> None:
    path = data.parent / "exported"
    done = run(data, "export", "latest", *WAYS[way].options, "--private", "--output", str(path))
    assert done.returncode == 0
    text = WAYS[way].read(path.read_bytes())
    assert bool(canaries(text)) == (not way.startswith("ics"))  # no step has a day
    assert not canaries(text) & {f"canary-{number}-tweet" for number in (6, 37, 900, 901, 902, 903)}
    assert "734" not in text  # 731 and 3, the sum over what is private and what is open


@pytest.mark.parametrize(
    "line",
    [
        "export latest",
        "view latest",
        "view latest --json",
        "responses --json",
        "actions --all --json",
        "doctor --json",
        "compare latest latest --json",
        "compare latest latest --format md",
    ],
)
def test_no_pipe_holds_any_of_it(data: Path, line: str) -> None:
    done = run(data, *line.split())
    assert canaries(done.stdout + done.stderr) == set()
    assert "734" not in done.stdout
    if line.startswith(("export", "view")):
        assert "The open sum" in done.stdout
        assert "An open row" in done.stdout


@pytest.mark.thorough
def test_a_copy_and_a_team_hold_none_of_it(data: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    made = response()
    for number in range(6):
        one = made.model_copy(update={"id": f"guarded-2026-11-21-k{number}b3"})
        (data / "responses" / f"{one.id}.toml").write_text(response_text(one), encoding="utf-8")
        path = copies / f"{number}.toml"
        shared = ("share", one.id, "--yes", "--named", "--with-text", "--output", str(path))
        done = run(data, *shared)
        assert done.returncode == 0, done.stderr
        copy = path.read_text(encoding="utf-8")
        given = copy.partition("[definition]")[0]
        assert canaries(done.stdout + done.stderr + given) == set()
        assert not [name for name in PRIVATE_IDS if name in given]
    for line in ("report --format json", "report --format html", "plan --format json", "plan --format md"):
        done = run(data, "team", *line.split(), str(copies))
        assert done.returncode == 0, done.stderr
        assert canaries(done.stdout) == set()
    told = json.loads(run(data, "team", "report", "--format", "json", str(copies)).stdout)
    ids = {one["id"] for one in told["worksheets"][0]["questions"]}
    assert (
        ids & {*PRIVATE_IDS, "score:p-each", "score:p-share", "score:p-mixed", "score:p-of-scores"} == set()
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('title = "canary-901-tweet"', 'title = "S"\nbands = [{ say = "So it is." }]'),
        ('title = "canary-900-tweet"', 'title = "S"\noffer_at_least = 3'),
        ('when = { score = "o-sum"', 'when = { score = "p-share"'),
    ],
)
def test_no_score_of_it_says_offers_or_asks_anything(before: str, after: str) -> None:
    assert mistakes_in(SHEET) == []
    assert mistakes_in(SHEET.replace(before, after)) != []
