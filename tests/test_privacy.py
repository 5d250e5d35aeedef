"""What is private leaves only when it is asked for: a canary in every private place, none at a way out."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from build import NOW, fixed_world, response_for, worksheet_from
from libwell.cli.app import run
from libwell.cli.ending import ending
from libwell.flows.opened import read_response
from libwell.flows.reflect import resume
from libwell.model.response import Person, Retired
from libwell.rules.asked_now import asked
from libwell.rules.composing import compose
from libwell.rules.documents import response_document
from libwell.rules.privacy import for_audience, private_prompts
from libwell.storage.responses import ResponseFolder, response_text
from libwell.storage.worksheets import Shelf
from libwell.terminal.blocks import render as render_blocks
from libwell.terminal.output import Output
from support import ScriptedPrompter
from tiers import examples
from ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from libwell.model.response import Action, Response
    from libwell.model.worksheet import Worksheet
    from libwell.rules.privacy import Excerpt

CANARY = re.compile(r"canary-\d+-tweet")


def canary(number: int) -> str:
    return f"canary-{number}-tweet"


def canaries(text: str | bytes) -> set[str]:
    return set(CANARY.findall(text if isinstance(text, str) else text.decode("utf-8", "replace")))


# --- a response with a canary in every private place ----------------------------------------------

OPTIONS = [{"id": "a", "text": "First", "offer": True}, {"id": "b", "text": "Second"}]
COLUMNS: list[dict[str, Any]] = [
    {"id": "c", "ask": "How?", "offer": True},
    {"id": "d", "ask": "Which?", "kind": "choice"},
]
COLUMNS[1] |= {"options": OPTIONS, "other": True}
ITEMS = [{"id": "i", "text": "One"}, {"id": "j", "text": "Two"}]
KINDS: dict[str, dict[str, Any]] = {
    "text": {},
    "choice": {"options": OPTIONS, "other": True},
    "choices": {"options": OPTIONS, "other": True},
    "checklist": {"items": ITEMS, "add_items": True, "marks": [{"id": "m", "text": "Mark", "offer": True}]},
    "list": {},
    "table": {"columns": COLUMNS, "rows": ITEMS},
}
"""Every kind in which a person can write words."""


def words_for(kind: str, word: str) -> Any:
    """An answer of this kind with the word wherever words can be; a yes-no has room for none."""
    own, cells = {"other": word}, {"c": word, "d": {"other": word}}
    answers = {
        "text": word,
        "choice": own,
        "choices": ["a", own],
        "checklist": {"m": ["i", own]},
        "list": [word, f"and {word}"],
        "table": {"i": cells, "j": {"c": word}},
        "yes-no": True,
    }
    return answers[kind]


def prompt(name: str, kind: str = "text", **keys: Any) -> dict[str, Any]:
    return {"id": name, "kind": kind, "ask": f"Ask {name}?", **KINDS.get(kind, {}), **keys}


def sheet() -> dict[str, Any]:
    """Private prompts of every kind, and prompts that say they are public but tell of a private one."""
    private = [prompt(f"p-{kind}", kind, private=True) for kind in KINDS]
    wordless: list[dict[str, Any]] = [
        {"id": "p-number", "kind": "number", "ask": "How many?", "unit": "-canary"},
        {"id": "p-date", "kind": "date", "ask": "When?"},
        {"id": "p-yes", "kind": "yes-no", "ask": "Is it?"},
        {
            "id": "p-rating",
            "kind": "rating",
            "ask": "How good?",
            "scale": {"min": 40, "max": 60, "labels": ["low", "high"]},
        },
    ]
    telling = [
        prompt("t-when", private=False, when={"prompt": "p-yes", "is": True}),
        prompt("t-not", private=False, when={"not": {"prompt": "p-text", "answered": False}}),
        prompt("t-again", private=False, when={"any": [{"prompt": "t-when", "answered": True}]}),
        {**prompt("t-rows", "table", private=False, rows_from="p-choices"), "rows": []},
        {**prompt("t-options", "choices", private=False, options_from="p-checklist"), "options": []},
        prompt("t-order", "ranking", private=False, options_from="p-checklist"),
    ]
    for one in telling:
        for key in ("rows", "options"):
            if one.get(key) == []:
                del one[key]
    looking = {
        "id": "looking",
        "title": "L",
        "private": False,
        "when": {"prompt": "p-date", "answered": True},
    }
    sections = [
        {
            "id": "open",
            "title": "Open",
            "private": False,
            "prompts": [prompt(f"o-{kind}", kind) for kind in KINDS],
        },
        {"id": "closed", "title": "Closed", "prompts": [*private, *wordless]},
        {"id": "telling", "title": "Telling", "private": False, "prompts": telling},
        {**looking, "prompts": [prompt("t-section")]},
        {
            "id": "end",
            "title": "End",
            "private": False,
            "prompts": [{"id": "plan", "kind": "plan", "ask": "Next?"}],
        },
    ]
    head = {"libwell": "worksheet/1", "id": "canaries", "version": "1", "title": "Canaries"}
    return {**head, "private": True, "sections": sections}


def response() -> tuple[Response, set[str]]:
    """A response to it, with a canary of its own in every private place; and those canaries."""
    count = iter(range(1, 1000))

    def hidden() -> str:
        return canary(next(count))

    answers: dict[str, Any] = {f"o-{kind}": words_for(kind, f"public {kind}") for kind in KINDS}
    answers |= {f"p-{kind}": words_for(kind, hidden()) for kind in KINDS}
    answers |= {"p-number": 20, "p-date": NOW.date(), "p-yes": True, "p-rating": 50}
    answers |= {name: hidden() for name in ("t-when", "t-not", "t-again", "t-section")}
    answers |= {"t-rows": {"a": {"c": hidden()}}, "t-options": ["i"], "t-order": ["other-1", "i"]}
    actions = [
        {"step": "public step", "from": "o-choices.a", "who": "public who", "know": "public know"},
        {"step": "public in spite of it", "from": "gone.i", "private": False},
        {"step": "public day", "from": "o-choices.a", "due": NOW.date()},
        {"step": hidden(), "who": hidden(), "due": NOW.date(), "know": hidden(), "from": "p-choices.a"},
        *(
            {"step": hidden(), "who": hidden(), "due": hidden(), "know": hidden(), "notes": hidden(), **more}
            for more in (
                {"from": "p-choices.a"},
                {"from": "t-rows.a.c"},
                {"private": True},
                {"from": "o-choices.a", "private": True, "status": "not-now"},
                {"from": "gone.a", "status": "done"},
            )
        ),
    ]
    worksheet = worksheet_from(tomli_w.dumps(sheet()))
    made = response_for(
        worksheet,
        tomli_w.dumps({**answers, "actions": actions}),
        person=Person(name="Public Name", diary=hidden()),
        retired={"gone": Retired(ask=hidden(), answer=[hidden()], private=True)},
        my_notes=hidden(),
        at=hidden(),
    )
    return made, canaries(response_text(made))


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, set[str]]:
    """A data folder with that response, and its canaries."""
    made, hidden = response()
    path = tmp_path / "data" / "responses" / f"{made.id}.toml"
    path.parent.mkdir(parents=True, mode=0o700)
    path.parent.parent.chmod(0o700)
    path.write_text(response_text(made), encoding="utf-8")
    path.chmod(0o600)
    return tmp_path / "data", hidden


@contextmanager
def piped() -> Iterator[Callable[[], tuple[str, str]]]:
    """Let the program run here, with its streams in pipes."""
    before = sys.stdin, sys.stdout, sys.stderr
    handlers = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.StringIO()
    sys.stdout, sys.stderr = (io.TextIOWrapper(stream, "utf-8", write_through=True) for stream in (out, err))
    try:
        yield lambda: (out.getvalue().decode("utf-8", "surrogateescape"), err.getvalue().decode())
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
        for number, handler in handlers.items():
            signal.signal(number, handler)


def call(*arguments: str | Path) -> tuple[int, str, str]:
    with piped() as written:
        status = run([str(argument) for argument in arguments])
        return (status, *written())


WITHHELD = 6 + 4 + 7 + 6 + 1  # private kinds with words and without, what tells of them, actions, set aside


def test_the_response_is_full_of_canaries() -> None:
    made, hidden = response()
    assert len(hidden) == 6 + 4 + 1 + 3 + 5 * 5 + 5
    assert len(private_prompts(worksheet_from(tomli_w.dumps(sheet())))) == 6 + 4 + 7
    everything = for_audience(made, worksheet_from(made.definition.worksheet), private=True)
    assert len(canaries(repr(everything))) == 6 + 4 + 1 + 3 + 5 * 5 + 2


@pytest.mark.parametrize(
    "line",
    [
        "export latest",
        "export latest --format html",
        "export latest --output -",
        "export RESPONSE",
        "view latest",
        "view latest --json",
        "view RESPONSE",
        "responses",
        "responses --json",
        "check RESPONSE",
        "check RESPONSE --json",
        "doctor",
        "doctor --json",
        "actions",
        "actions --all --json",
        "actions --status done",
        "actions set latest.a3 --status done",
        "actions set latest.a3 --who canary-800-tweet",
        "actions set latest.a3 --note canary-800-tweet",
        "actions set latest.a99 --status done",
        "actions add latest",
        "actions add latest --answers RESPONSE",
        "resume latest",
        "delete latest",
        "view k3f8",
        "list",
        "fill RESPONSE",
        "show RESPONSE",
        "blank RESPONSE",
    ],
)
def test_no_canary_comes_out_in_a_pipe(saved: tuple[Path, set[str]], line: str) -> None:
    data, hidden = saved
    (path,) = (data / "responses").iterdir()
    words = [str(path) if word == "RESPONSE" else word for word in line.split()]
    status, out, err = call("--data-dir", data, *words)
    assert status != 70
    assert canaries(out + err) == set()
    assert path.exists()
    if words[0] in ("export", "view") and status == 0:
        assert "Public Name" in out
        assert all(f"public {kind}" in out for kind in KINDS)
        assert "public step" in out
        assert "public in spite of it" in out
        assert err == f"{WITHHELD} private answers and steps were left out; --private puts them in.\n"
        assert len(hidden) > 30


IN_ANSWERS, IN_ACTIONS, WITH_A_DAY = 6 + 4 + 1 + 2, 3 + 5 * 5, 3
CANARIES = {"csv": IN_ACTIONS, "csv-answers": IN_ANSWERS, "jsonl": IN_ANSWERS}
CANARIES |= dict.fromkeys(("ics", "ics-todo"), WITH_A_DAY)
"""How many a format has a place for, where it has not for all."""


@pytest.mark.parametrize("way", WAYS)
def test_no_format_holds_a_canary_unless_it_is_asked_for(saved: tuple[Path, set[str]], way: str) -> None:
    line: tuple[str | Path, ...] = ("--data-dir", saved[0], "export", "latest", *WAYS[way].options)
    read = WAYS[way].read
    status, out, err = call(*line)
    assert status == 0
    assert canaries(out + err + read(out)) == set()
    assert "public" in read(out)
    assert f"{WITHHELD} private answers and steps were left out" in err
    own = read(call(*line, "--private")[1])
    assert len(canaries(own)) == CANARIES.get(way, IN_ANSWERS + IN_ACTIONS)


@pytest.mark.parametrize("more", ["", "--json"])
def test_of_actions_a_pipe_gets_those_that_are_not_private(saved: tuple[Path, set[str]], more: str) -> None:
    data, _ = saved
    status, out, err = call("--data-dir", data, "actions", "--all", *more.split())
    assert (status, err) == (0, "6 private steps were left out; --private puts them in.\n")
    assert "public step" in out
    assert "public in spite of it" in out
    assert "p-checklist" not in out
    _, out, err = call("--data-dir", data, "actions", "--all", "--private", *more.split())
    shown = 5 * 3 + 2 if not more else 5 * 5 + 3  # step, who and when; as JSON also know and notes
    assert (len(canaries(out)), err) == (shown, "")


@pytest.mark.parametrize(
    "line",
    [
        "export latest --private",
        "export latest --private --format html",
        "view latest --private",
        "view latest --json --private",
    ],
)
def test_every_canary_of_an_answer_comes_out_when_asked_for(saved: tuple[Path, set[str]], line: str) -> None:
    data, hidden = saved
    status, out, err = call("--data-dir", data, *line.split())
    assert (status, err) == (0, "")
    told_nowhere = 3  # the keys libwell does not know, and where the walk stands
    assert len(canaries(out)) == len(hidden) - told_nowhere
    assert "-canary" in out or '"p-number"' in out


def test_json_says_nothing_about_where_an_action_came_from_in_private(saved: tuple[Path, set[str]]) -> None:
    _, out, _ = call("--data-dir", saved[0], "view", "latest", "--json")
    data = json.loads(out)
    assert {action["step"]: action["from"] for action in data["actions"]} == {
        "public step": "o-choices.a",
        "public in spite of it": None,
        "public day": "o-choices.a",
    }
    assert data["withheld"] == WITHHELD
    assert {answer["id"] for answer in data["answers"]} == {f"o-{kind}" for kind in KINDS}


def test_a_batch_writes_no_canary_and_counts_what_it_left_out(
    saved: tuple[Path, set[str]], tmp_path: Path
) -> None:
    data, _ = saved
    made, _ = response()
    other = made.model_copy(update={"id": "canaries-2026-11-21-b3b3"})
    (data / "responses" / f"{other.id}.toml").write_text(response_text(other), encoding="utf-8")
    status, out, err = call("--data-dir", data, "export", "--all", "--output", tmp_path / "out")
    assert (status, out) == (0, "")
    assert err.startswith(f"{2 * WITHHELD} private answers and steps were left out;")
    for path in [*(tmp_path / "out").iterdir(), data / "exports.db"]:
        assert canaries(path.read_bytes()) == set()


def test_one_that_is_left_out_is_told_in_the_singular(tmp_path: Path) -> None:
    worksheet = worksheet_from(tomli_w.dumps(sheet()))
    for answers in ({"p-text": canary(1)}, {"p-text": {"not-answered": "prefer-not-to-say"}}):
        made = response_for(worksheet, tomli_w.dumps(answers))
        path = tmp_path / "one.toml"
        path.write_text(response_text(made), encoding="utf-8")
        _, _, err = call("export", path)
        assert err == "1 private answer or step was left out; --private puts them in.\n"
    path.write_text(response_text(response_for(worksheet, 'p-text = { not-answered = "skipped" }')))
    assert call("export", path)[2] == ""


# --- scores ---------------------------------------------------------------------------------------

HUNDRED = {"min": 0, "max": 100, "labels": ["none", "all"]}


def rating(name: str, **keys: Any) -> dict[str, Any]:
    return {"id": name, "kind": "rating", "ask": f"Rate {name}?", "scale": HUNDRED, **keys}


def score(name: str, number: int, *items: str) -> dict[str, Any]:
    """A score with a canary for its title and one for what is said of it."""
    said = {"title": canary(number), "bands": [{"say": canary(number + 1)}]}
    return {"id": name, "method": "mean", "minimum_answered": 1, "items": list(items), **said}


def scored_sheet() -> dict[str, Any]:
    """Ratings that are private by their own word, by their section's, by a condition, and shared ones."""
    yes = {"prompt": "asks", "is": True}
    first = {"id": "asks", "kind": "yes-no", "ask": "Is it?", "private": True}
    items = {"items": [{"id": "i", "text": "One"}, {"id": "j", "text": "Two"}]}
    sections = [
        {"id": "open", "title": "Open", "prompts": [rating("shared"), rating("own", private=True), first]},
        {"id": "closed", "title": "Closed", "private": True, "prompts": [rating("inside", **items)]},
        {"id": "told", "title": "Told", "prompts": [rating("telling", when=yes), rating("also", **items)]},
        {"id": "later", "title": "Later", "when": yes, "prompts": [rating("looking")]},
    ]
    scores = [
        score("open-score", 900, "shared", "also.i", "also.j"),
        score("own-score", 10, "own"),
        score("mixed", 20, "shared", "own"),
        score("of-a-section", 30, "inside.i", "inside.j"),
        score("of-a-condition", 40, "telling"),
        score("of-a-section-that-looks", 50, "shared", "looking"),
        score("not-asked", 60, "also.i", "inside.j"),
    ]
    head = {"libwell": "worksheet/1", "id": "scored", "version": "1", "title": "Scored", "private": False}
    return {**head, "sections": sections, "scores": scores}


RATED = """
shared = 20
asks = true
own = 83
inside = { i = 87, j = { not-answered = "skipped" } }
telling = 91
looking = 97
also = { i = 30, j = 40 }
"""
PRIVATE_NUMBERS = ("83", "87", "91", "97", "51.5", "58.5")
"""What was rated in private, and the means that can be made of it."""


@pytest.mark.parametrize(
    "line",
    [
        "export latest",
        "view latest",
        "view latest --json",
        "responses --json",
        "check RESPONSE",
        "doctor",
        "compare RESPONSE RESPONSE",
        "compare RESPONSE RESPONSE --format md",
    ],
)
def test_no_private_score_comes_out_in_a_pipe(tmp_path: Path, line: str) -> None:
    worksheet = worksheet_from(tomli_w.dumps(scored_sheet()))
    made = response_for(worksheet, RATED)
    path = tmp_path / "data" / "responses" / f"{made.id}.toml"
    path.parent.mkdir(parents=True, mode=0o700)
    path.write_text(response_text(made), encoding="utf-8")
    words = [str(path) if word == "RESPONSE" else word for word in line.split()]
    status, out, err = call("--data-dir", tmp_path / "data", *words)
    assert status in (0, 1)
    assert canaries(out + err) <= {canary(900), canary(901)}
    # A folder, an id or a day may hold these digits by chance.
    by_chance = rf'(?<![^\s"])/\S+|{made.id}|\d{{4}}-\d\d-\d\d\S*'
    assert not [number for number in PRIVATE_NUMBERS if number in re.sub(by_chance, "", out)]
    assert not [name for name in ("own-score", "mixed", "of-a-", "not-asked") if name in out]
    if words[0] in ("export", "view"):
        assert canaries(out) == {canary(900), canary(901)}
        assert "30 of 100" in out
        shown = call("--data-dir", tmp_path / "data", *words, "--private")[1]
        is_seen = words == ["view", "latest"]  # by the person alone, and without a word on what it means
        assert len(canaries(shown)) == (2 + 6 if is_seen else 2)
        assert ("51.5 of 100" in shown) == is_seen


@pytest.mark.parametrize("options", [(), ("--private",)])
def test_json_has_only_scores_that_are_not_for_the_person_alone(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    made = response_for(worksheet_from(tomli_w.dumps(scored_sheet())), RATED)
    path = tmp_path / "one.toml"
    path.write_text(response_text(made), encoding="utf-8")
    (seen,) = json.loads(call("view", path, "--json", *options)[1])["scores"]
    assert (seen["id"], seen["value"], seen["private"]) == ("open-score", 30, False)


def test_a_private_score_tells_nothing_by_a_prompt_that_is_hidden() -> None:
    """Also where no private item of it is asked: it stays private, since its being there would tell."""
    worksheet = worksheet_from(tomli_w.dumps(scored_sheet()))
    excerpt = for_audience(response_for(worksheet, "asks = false\nshared = 1"), worksheet, private=False)
    assert [one.id for one in excerpt.scores] == ["open-score"]


@st.composite
def scored_worksheets(draw: st.DrawFn) -> dict[str, Any]:
    """A worksheet of ratings with any words about privacy, and scores of any of them."""
    sections: list[dict[str, Any]] = []
    above: list[tuple[str, str]] = []
    for number in range(draw(st.integers(1, 3))):
        prompts = []
        for place in range(draw(st.integers(1, 3))):
            when = draw(conditions(above)) if above and draw(st.integers(0, 2)) == 0 else None
            one = rating(f"q{number}-{place}", private=draw(WORDS), when=when)
            prompts.append(without_none(one))
            above.append((one["id"], "rating"))
        words = {"id": f"s{number}", "title": "S", "private": draw(WORDS)}
        sections.append({**without_none(words), "prompts": prompts})
    names = [name for name, _ in above]
    scores = [
        score(
            f"score-{number}", 10 * number, *draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        )
        for number in range(1, draw(st.integers(2, 5)))
    ]
    head = {"libwell": "worksheet/1", "id": "any", "version": "1", "title": "Any", "private": draw(WORDS)}
    return without_none({**head, "sections": sections, "scores": scores})


@examples(200)
@given(scored_worksheets(), st.data())
def test_for_audience_lets_no_private_score_through(data: dict[str, Any], source: st.DataObject) -> None:
    worksheet = worksheet_from(tomli_w.dumps(data))
    private = expected_private(data)
    names = [one.id for _, one in worksheet.prompts()]
    rated = source.draw(st.dictionaries(st.sampled_from(names), st.integers(0, 100)))
    given_response = response_for(worksheet, tomli_w.dumps(rated))
    shown = {one.prompt.id for one in asked(worksheet, given_response)}
    excerpt = for_audience(given_response, worksheet, private=False)
    seen = {one["id"] for one in data["scores"] if shown & {*one["items"]} and not private & {*one["items"]}}
    assert {one.id for one in excerpt.scores} == seen
    titles = {one["title"] for one in data["scores"] if one["id"] in seen}
    said = {one["bands"][0]["say"] for one in data["scores"] if one["id"] in seen}
    assert titles <= canaries(made_of(excerpt)) <= titles | said
    assert len(for_audience(given_response, worksheet, private=True).scores) >= len(seen)


# --- errors, bugs and files -----------------------------------------------------------------------


@pytest.mark.thorough
def test_no_mistake_in_a_file_quotes_what_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made, _ = response()
    word = canary(7)
    wrong: list[Any] = [
        word,
        [word],
        {"other": word},
        {"m": word},
        {"i": {"c": [word]}},
        [{"other": [word]}],
        [[word]],
    ]
    wrong += [
        {"not-answered": word},
        {"other": word, "id": word},
        [{"id": word, "c": 1}],
        {"m": [{"other": word, "x": 1}]},
    ]
    names = [one.id for _, one in worksheet_from(tomli_w.dumps(sheet())).prompts() if one.kind != "plan"]
    data = made.model_dump(by_alias=True, exclude_unset=True)
    (tmp_path / "sheet.toml").write_text(tomli_w.dumps(sheet()), encoding="utf-8")
    for number, value in enumerate(wrong):
        answers = dict.fromkeys(names, value)
        for action in (
            {"step": [word]},
            {"step": word, "due": [word]},
            {"step": word, "from": word, "level": word},
        ):
            bad = {
                **data,
                "answers": answers,
                "actions": [{"id": "a1", **action}],
                "person": {"name": [word]},
            }
            (tmp_path / f"r-{number}.toml").write_text(tomli_w.dumps(bad), encoding="utf-8")
            fill = {"worksheet": str(tmp_path / "sheet.toml"), "answers": answers, "actions": [action]}
            (tmp_path / f"a-{number}.toml").write_text(tomli_w.dumps(fill), encoding="utf-8")
            for line in ("check .", "check . --json", f"fill a-{number}.toml"):
                status, out, err = call("--data-dir", tmp_path / "data", *line.split())
                assert status == 4
                assert canaries(out + err) == set()


@pytest.mark.parametrize(
    "tail", ["\nwords = canary-1-tweet", '\nx = "canary-1-tweet\n', "\n[answers]\ncanary-1-tweet"]
)
def test_no_mistake_in_the_toml_quotes_what_stands_there(tmp_path: Path, tail: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(response_text(response()[0]) + tail, encoding="utf-8")
    for verb in ("check", "view", "export", "fill"):
        status, out, err = call("--data-dir", tmp_path / "data", verb, path)
        assert status == 4
        assert canaries(out + err) == set()


def stumble(answer: str) -> None:
    try:
        os.environ[answer]
    except KeyError as error:
        raise ValueError(f"could not read {answer}") from error


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_bug_tells_its_place_and_no_answer(debug: str) -> None:
    with piped() as written:
        output = Output(sys.stdout, sys.stderr, {})
        with ending(output, {"LIBWELL_DEBUG": debug}) as end:
            stumble(canary(1))
        out, err = written()
    assert end.status == 70
    assert canaries(out + err) == set()
    assert "ValueError" in err
    assert ("test_privacy.py:" in err) == bool(debug)


@pytest.mark.thorough
def test_a_walk_that_fails_leaves_no_answer_in_its_message(tmp_path: Path) -> None:
    """A real bug far down, in a process of its own, with answers in every frame on the way."""
    code = (
        "import libwell.export.markdown as m, libwell.cli\n"
        "def broken(document):\n    raise RuntimeError(repr(document))\n"
        "m.render = broken\nlibwell.cli.main()"
    )
    made, _ = response()
    path = tmp_path / "response.toml"
    path.write_text(response_text(made), encoding="utf-8")
    command = [sys.executable, "-c", code, "export", str(path), "--private"]
    environ = {**os.environ, "LIBWELL_DEBUG": "1", "LIBWELL_DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert "RuntimeError" in done.stderr
    assert canaries(done.stdout + done.stderr) == set()


def test_nothing_but_the_response_holds_a_canary_on_the_disk(tmp_path: Path) -> None:
    made, hidden = response()
    data, home = tmp_path / "data", tmp_path / "home"
    path = data / "responses" / f"{made.id}.toml"
    path.parent.mkdir(parents=True, mode=0o700)
    path.write_text(response_text(made), encoding="utf-8")
    for name in ("tmp", "run"):
        (home / name).mkdir(parents=True, mode=0o700)
    dirs = {"HOME": home, "TMPDIR": home / "tmp", "XDG_RUNTIME_DIR": home / "run", "LIBWELL_DATA_DIR": data}
    environ = {**os.environ, **{name: str(folder) for name, folder in dirs.items()}, "LIBWELL_DEBUG": "1"}
    for line in (
        "view latest --private",
        "export latest --private",
        "export --all --output out",
        "actions --private",
        "actions set latest.a4 --who nobody",
        "doctor",
        "responses",
    ):
        command = [sys.executable, "-m", "libwell", *line.split()]
        subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, check=False)
    holding = {one for one in tmp_path.rglob("*") if one.is_file() and canaries(one.read_bytes())}
    assert holding == {path}
    assert len(hidden - canaries(path.read_bytes())) == 1  # who it was before
    assert (data / "responses" / ".actions").read_text().startswith(f"{made.short_id}.a1\n")


def test_the_walk_leaves_canaries_in_the_response_and_its_backup_only(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path / "data" / "responses")
    folder.prepare()
    made, _ = response()
    path = folder.folder / f"{made.id}.toml"
    path.write_text(response_text(made.model_copy(update={"at": "", "revision": 3})), encoding="utf-8")
    prompter = ScriptedPrompter([canary(900), "", ":pause"])
    opened, world = read_response(path), fixed_world()
    resume(opened, folder=folder, prompter=prompter, world=world, shelf=Shelf([]), at="p-text")
    holding = {one.name for one in tmp_path.rglob("*") if one.is_file() and canaries(one.read_bytes())}
    assert holding == {path.name, f"{path.name}.bak"}
    assert canary(900) in path.read_text(encoding="utf-8")


# --- any worksheet --------------------------------------------------------------------------------

Word = bool | None
WORDS: st.SearchStrategy[Word] = st.sampled_from([None, None, True, False])


@st.composite
def worksheets(draw: st.DrawFn) -> dict[str, Any]:
    """A worksheet of a few sections with any words about privacy, and prompts that look at others above."""
    above: list[tuple[str, str]] = []
    sections = []
    for number in range(draw(st.integers(1, 3))):
        looks = bool(above) and draw(st.booleans())
        when = draw(conditions(above)) if looks else None
        prompts = []
        for place in range(draw(st.integers(1, 4))):
            one = draw(prompts_looking_at(f"q{number}-{place}", above))
            prompts.append(one)
            above.append((one["id"], one["kind"]))
        sections.append(
            without_none({"id": f"s{number}", "title": "S", "private": draw(WORDS), "when": when})
        )
        sections[-1]["prompts"] = prompts
    if draw(st.booleans()):
        when = draw(conditions(above)) if draw(st.booleans()) else None
        plan = without_none(
            {"id": "plan", "kind": "plan", "ask": "Next?", "private": draw(WORDS), "when": when}
        )
        sections.append(without_none({"id": "end", "title": "E", "private": draw(WORDS), "prompts": [plan]}))
    head = {"libwell": "worksheet/1", "id": "any", "version": "1", "title": "Any", "sections": sections}
    return without_none({**head, "private": draw(WORDS)})


def without_none(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value is not None}


@st.composite
def conditions(draw: st.DrawFn, above: list[tuple[str, str]], depth: int = 4) -> dict[str, Any]:
    """A condition that may hold or not; mostly it holds, so that something is asked.

    It is not nested more than `depth` deep: a file may not be, far beyond that.
    """
    name, _ = draw(st.sampled_from(above))
    test: dict[str, Any] = {"prompt": name, "answered": draw(st.sampled_from([True, True, True, False]))}
    match draw(st.integers(0, 4 if depth else 0)):
        case 0:
            return {"not": {"prompt": name, "answered": False}}
        case 1:
            return {"all": [test, draw(conditions(above, depth - 1))]}
        case 2:
            return {"any": [draw(conditions(above, depth - 1)), test]}
    return test


@st.composite
def prompts_looking_at(draw: st.DrawFn, name: str, above: list[tuple[str, str]]) -> dict[str, Any]:
    kind = draw(st.sampled_from([*sorted(KINDS), "yes-no"]))
    sources = [other for other, other_kind in above if other_kind in ("choice", "choices", "checklist")]
    one = prompt(name, kind, private=draw(WORDS))
    if sources and kind in ("table", "choices") and draw(st.booleans()):
        del one["rows" if kind == "table" else "options"]
        one["rows_from" if kind == "table" else "options_from"] = draw(st.sampled_from(sources))
    if above and draw(st.integers(0, 3)) == 0:
        one["when"] = draw(conditions(above))
    return without_none(one)


def looked_at(condition: dict[str, Any] | None) -> set[str]:
    if condition is None:
        return set()
    inner = [
        *condition.get("all", ()),
        *condition.get("any", ()),
        *([condition["not"]] if "not" in condition else ()),
    ]
    return {condition["prompt"]} if "prompt" in condition else set().union(*map(looked_at, inner))


def expected_private(data: dict[str, Any]) -> set[str]:
    """What FORMAT says is private: by the nearest word, or because it tells of something private above."""
    private: set[str] = set()
    for section in data["sections"]:
        for one in section["prompts"]:
            nearest = [
                word
                for word in (one.get("private"), section.get("private"), data.get("private"))
                if word is not None
            ]
            seen = looked_at(section.get("when")) | looked_at(one.get("when"))
            seen |= {one[key] for key in ("rows_from", "options_from") if key in one}
            if (nearest or [True])[0] or seen & private:
                private.add(one["id"])
    return private


@st.composite
def responses(draw: st.DrawFn, data: dict[str, Any], worksheet: Worksheet) -> Response:
    """Answers to all of it, each with the canary of its number, and actions from anywhere."""
    ids = [one["id"] for section in data["sections"] for one in section["prompts"] if one["kind"] != "plan"]
    kinds = {one["id"]: one for section in data["sections"] for one in section["prompts"]}
    answers: dict[str, Any] = {}
    for number, name in enumerate(ids):
        if draw(st.integers(0, 5)):
            answers[name] = words_for(kinds[name]["kind"], canary(number))
            if "rows_from" in kinds[name]:
                answers[name] = {pick: {"c": canary(number)} for pick in ("a", "i")}
            elif "options_from" in kinds[name]:
                answers[name] = [{"other": canary(number)}]
    actions = [
        without_none(
            {
                "step": canary(100 + number),
                "notes": canary(100 + number),
                "from": origin,
                "private": draw(WORDS),
            }
        )
        for number, origin in enumerate(draw(st.lists(st.sampled_from([None, *ids, "gone"]), max_size=4)))
    ]
    return response_for(worksheet, tomli_w.dumps({**answers, "actions": actions}))


def ways_out(excerpt: Excerpt) -> str:
    """Everything a way out could take from an excerpt, and everything they make of it."""
    return f"{excerpt!r}\n{made_of(excerpt)}"


def made_of(excerpt: Excerpt) -> str:
    """Everything the ways out make of an excerpt."""
    exported = [way.text_of(excerpt) for way in WAYS.values()]
    return "\n".join([render_blocks(response_document(excerpt)), *exported])


@examples(400)
@given(st.data())
def test_for_audience_lets_nothing_private_through(source: st.DataObject) -> None:
    data = source.draw(worksheets())
    worksheet = worksheet_from(tomli_w.dumps(data))
    private = expected_private(data)
    assert private_prompts(worksheet) == private

    given_response = source.draw(responses(data, worksheet))
    answers = {
        one.prompt.id: one.value for one in asked(worksheet, given_response) if one.prompt.id != "plan"
    }
    shown = {name: canaries(repr(value)) for name, value in answers.items()}
    hidden_answers = set().union(*(shown[name] for name in shown if name in private), set())
    open_answers = set().union(*(shown[name] for name in shown if name not in private), set())
    hidden_actions, open_actions = split_actions(data, given_response, private)

    excerpt = for_audience(given_response, worksheet, private=False)
    assert canaries(ways_out(excerpt)) == open_answers | open_actions
    assert not private & {one.prompt.id for one in excerpt.asked}
    told = {prompt.id for _, prompt in worksheet.prompts()} - private
    assert {action.from_ for action in excerpt.actions} <= {"", *told}
    answered = [name for name in private & answers.keys() if answers[name] is not None]
    assert excerpt.withheld == len(answered) + len(hidden_actions)

    everything = for_audience(given_response, worksheet, private=True)
    assert canaries(ways_out(everything)) == hidden_answers | open_answers | hidden_actions | open_actions
    assert everything.withheld == 0


def split_actions(data: dict[str, Any], one: Response, private: set[str]) -> tuple[set[str], set[str]]:
    """The canaries of private and of open actions."""
    ids = {each["id"] for section in data["sections"] for each in section["prompts"]}
    split: tuple[set[str], set[str]] = set(), set()
    for action in one.actions:
        split[0 if is_closed(action, data, ids, private) else 1].add(action.step)
    return split


def is_closed(action: Action, data: dict[str, Any], ids: set[str], private: set[str]) -> bool:
    """What FORMAT says of a step: its word, the plan, its origin close; its word opens what is gone."""
    if action.private or "plan" in private or action.from_ in private:
        return True
    if action.from_ in ids or action.private is False:
        return False
    return bool(action.from_) or ("plan" not in ids and bool(data.get("private", True)))


@pytest.mark.thorough
@examples(150)
@given(worksheets(), WORDS, WORDS, st.sampled_from(["", "x-"]))
def test_an_include_is_never_less_private_than_what_it_includes(
    data: dict[str, Any], including: Word, section: Word, prefix: str
) -> None:
    part = worksheet_from(tomli_w.dumps(data))
    include = without_none({"include": "any", "private": section or None, "prefix": prefix or None})
    head = {"libwell": "worksheet/1", "id": "whole", "version": "1", "title": "Whole", "sections": [include]}
    whole = worksheet_from_include(without_none({**head, "private": including}), part)
    kept = {one.id for _, one in part.prompts() if one.kind != "plan"}
    expected = kept if section else private_prompts(part) & kept
    assert private_prompts(whole) == {prefix + name for name in expected}


def worksheet_from_include(data: dict[str, Any], part: Worksheet) -> Worksheet:
    from libwell.rules.mistakes.tolerant_reading import read_data

    read = read_data(data).worksheet
    assert read is not None
    return compose(read, lambda _: part).worksheet
