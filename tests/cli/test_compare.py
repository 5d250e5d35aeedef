"""`libwell compare`: what goes to which stream, what stays private, and the shape of its JSON."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from build import NOW, response_for, worksheet_from
from libwell.storage.responses import response_text
from walking import Walking, run

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "canary-tweet"
SHEET = """
libwell = "worksheet/1"
id = "care"
version = "1.0"
title = "Care"
minutes = 5
private = false

[[sections]]
id = "s"
title = "Section"
prompts = [
  { id = "marks", kind = "checklist", ask = "What helps?", add_items = true, items = [
    { id = "tea", text = "Tea" }, { id = "talk", text = "A talk" } ] },
  { id = "rate", kind = "rating", ask = "How is it?",
    scale = { min = 0, max = 3, labels = ["low", "high"] } },
  { id = "words", kind = "text", ask = "What else?" },
  { id = "closed", kind = "text", ask = "What is closed?", private = true },
  { id = "when", kind = "date", ask = "When?" },
]

[[scores]]
id = "score"
title = "Score"
method = "sum"
items = ["rate"]
"""
NEWER = SHEET.replace('"1.0"', '"1.1"').replace('id = "words", kind = "text"', 'id = "words", kind = "list"')
CLOSED_NOW = SHEET.replace('ask = "What else?"', 'ask = "What else?", private = true')

THEN = f"""
marks = {{ yes = ["tea", {{ other = "Quiet" }}] }}
rate = 2
words = "{CANARY}-words"
closed = "{CANARY}-1"
when = 2026-12-01
[[actions]]
step = "Open it"
[[actions]]
step = "{CANARY}-2"
private = true
"""
NOW_GIVEN = f"""
marks = {{ yes = ["talk", {{ other = "quiet" }}] }}
rate = 1
closed = "{CANARY}-3"
when = 2026-12-01
[[actions]]
step = "open it"
status = "done"
changed = 2026-12-24
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def save(data: Path, last: str, given: str = NOW_GIVEN, *, sheet: str = SHEET, **changes: Any) -> Path:
    """Save a response, as the walk would."""
    made = response_for(worksheet_from(sheet), given, id=f"care-2026-11-21-{last}", **changes)
    path = data / "responses" / f"{made.id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    data.chmod(0o700)
    path.write_text(response_text(made), encoding="utf-8")
    path.chmod(0o600)
    return path


def save_both(data: Path, *, sheet: str = SHEET) -> None:
    """Save `k3f9` and, later, `m2p4`."""
    later = NOW + dt.timedelta(days=40)
    save(data, "k3f9", THEN)
    save(data, "m2p4", sheet=sheet, created=later, updated=later)


def test_a_pipe_gets_then_and_now_without_what_is_private(data: Path) -> None:
    save_both(data)
    done = run(data, "compare", "k3f9", "latest")
    assert done.returncode == 0
    for words in (
        "Then and now: Care",
        "Newly marked:\n  - A talk",
        "No longer marked:\n  - Tea",
        "Difference: -1",
        "[x] open it",
    ):
        assert words in done.stdout
    assert f"{CANARY}-words" in done.stdout
    assert done.stdout.count(CANARY) == 1
    assert done.stderr == "3 private answers and steps were left out; --private puts them in.\n"


@pytest.mark.parametrize("options", [[], ["--json"], ["--format", "md"]], ids=["pipe", "json", "md"])
def test_what_is_private_in_one_of_them_leaves_only_when_asked(data: Path, options: list[str]) -> None:
    save_both(data, sheet=CLOSED_NOW)
    done = run(data, "compare", "k3f9", "m2p4", *options)
    assert done.returncode == 0
    assert CANARY not in done.stdout + done.stderr
    assert done.stderr == "4 private answers and steps were left out; --private puts them in.\n"
    asked = run(data, "compare", "k3f9", "m2p4", "--private", *options)
    assert (asked.returncode, asked.stderr) == (0, "")
    for number in ("-words", "-1", "-2", "-3"):
        assert CANARY + number in asked.stdout


def test_three_are_held_each_against_the_one_before(data: Path) -> None:
    save_both(data)
    later = NOW + dt.timedelta(days=80)
    save(data, "x9z2", THEN.replace("rate = 2", "rate = 3"), created=later, updated=later)
    done = run(data, "compare", "k3f9", "m2p4", "latest")
    assert done.returncode == 0
    assert "k3f9, then m2p4" in done.stdout
    assert "m2p4, then x9z2" in done.stdout
    table = done.stdout.partition("Numbers\n")[2].partition("k3f9, then")[0]
    assert " ".join(table.split()).startswith(
        "- Score k3f9: 2 m2p4: 1 x9z2: 3 Since the one before: +2 Since the first: +1"
    )
    assert f"{CANARY}-1" not in done.stdout + done.stderr
    assert done.stderr == "5 private answers and steps were left out; --private puts them in.\n"
    record = json.loads(run(data, "compare", "k3f9", "m2p4", "latest", "--json").stdout)
    assert record["schema"] == "libwell.compare/2"
    assert record["comparisons"][0] == json.loads(run(data, "compare", "k3f9", "m2p4", "--json").stdout)


def test_a_terminal_shows_what_is_private_and_marks_it(data: Path) -> None:
    save_both(data)
    with Walking(data, "compare", "k3f9", "m2p4", ready=False, lines=90) as compared:
        assert compared.end() == 0
        assert "What is closed? (private)" in compared.shown
        assert f"{CANARY}-3" in compared.shown
        assert f"{CANARY}-2 (private)" in compared.shown


@pytest.mark.parametrize("options", [["--json"], ["--format", "md"]], ids=["json", "md"])
def test_a_format_has_nothing_private_in_a_terminal_either(data: Path, options: list[str]) -> None:
    save_both(data)
    with Walking(data, "compare", "k3f9", "m2p4", *options, ready=False, lines=90) as compared:
        assert compared.end() == 0
        assert "A talk" in compared.shown
        assert f"{CANARY}-1" not in compared.shown


def test_markdown_is_a_whole_document(data: Path) -> None:
    save_both(data)
    done = run(data, "compare", "k3f9", "m2p4", "--format", "md")
    assert done.stdout.startswith("# Then and now: Care\n\n**Worksheet:** Care (care, version 1.0)")
    assert "**Newly marked**\n\n- A talk\n" in done.stdout
    assert (
        "- [x] open it\n  - Then: open\n  - Now: done\n  - Done on: Thursday, December 24, 2026\n"
        in done.stdout
    )
    assert run(data, "compare", "k3f9", "m2p4", "--format", "md").stdout == done.stdout


def test_json_names_its_schema_and_lists_what_has_an_id(data: Path) -> None:
    save_both(data, sheet=NEWER)
    told = json.loads(run(data, "compare", "k3f9", "m2p4", "--json").stdout)
    assert told["schema"] == "libwell.compare/1"
    assert told["worksheet"] == {"id": "care", "title": "Care"}
    assert (told["then"]["id"], told["then"]["version"]) == ("care-2026-11-21-k3f9", "1.0")
    assert (told["now"]["id"], told["now"]["version"]) == ("care-2026-11-21-m2p4", "1.1")
    marks, rate, when = told["answers"]
    assert (marks["id"], marks["title"], marks["kind"], marks["unchanged"]) == (
        "marks",
        "What helps?",
        "checklist",
        False,
    )
    assert [(one["id"], one["title"], one["mark"], one["change"]) for one in marks["changes"]] == [
        ("tea", "Tea", "yes", "lost"),
        ("talk", "A talk", "yes", "gained"),
        ("other", "quiet", "yes", "kept"),
    ]
    assert [one["id"] for one in marks["then"]["given"]] == ["tea", "other-1"]
    (points,) = rate["changes"]
    assert (points["then"], points["now"], points["difference"]) == (2, 1, -1)
    assert (when["unchanged"], when["changes"]) == (True, [])
    assert when["now"]["given"][0]["value"] == "2026-12-01"
    assert told["scores"] == [
        {
            "id": "score",
            "title": "Score",
            "private": False,
            "then": {"value": 2, "text": "2 of 3"},
            "now": {"value": 1, "text": "1 of 3"},
            "difference": -1,
        }
    ]
    assert told["actions"] == [
        {
            "title": "open it",
            "outcome": "done",
            "private": False,
            "then": {"id": "k3f9.a1", "status": "open", "changed": None},
            "now": {"id": "m2p4.a1", "status": "done", "changed": "2026-12-24"},
        }
    ]
    (apart,) = told["not_compared"]
    assert (apart["what"], apart["id"], apart["title"], apart["reason"]) == (
        "prompt",
        "words",
        "What else?",
        "another-kind",
    )
    assert told["withheld"] == 3


def test_that_the_second_is_older_is_said_in_one_line_and_the_order_kept(data: Path) -> None:
    save_both(data)
    done = run(data, "compare", "m2p4", "k3f9", "--private")
    assert done.returncode == 0
    assert done.stderr == "k3f9 is older than m2p4; they stand in the order you named them.\n"
    assert "Difference: +1" in done.stdout


def test_the_same_response_twice(data: Path) -> None:
    path = save(data, "k3f9", THEN)
    done = run(data, "compare", "k3f9", str(path), "--private")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Unchanged") == 4
    assert "newly marked" not in done.stdout.casefold()


def test_different_worksheets_are_refused(data: Path) -> None:
    save(data, "k3f9", THEN)
    save(data, "m2p4", sheet=SHEET.replace('"care"', '"rest"'))
    done = run(data, "compare", "k3f9", "m2p4")
    assert (done.returncode, done.stdout) == (1, "")
    assert "k3f9 answers care, m2p4 answers rest." in done.stderr
    assert CANARY not in done.stderr


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("k3f9", 2, "Missing argument"),
        ("k3f9 k3f9 --format html", 2, "--format takes md."),
        ("k3f9 k3f9 --format md --json", 2, "--json and --format don't go together. Leave one out."),
        ("k3f9 k3f8", 1, "There is no response k3f8. Did you mean k3f9?"),
    ],
)
def test_what_cannot_be_done_is_said(data: Path, typed: str, status: int, said: str) -> None:
    save(data, "k3f9", THEN)
    done = run(data, "compare", *typed.split())
    assert (done.returncode, done.stdout == "") == (status, "--json" not in typed)
    assert said in done.stderr
