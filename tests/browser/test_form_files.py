"""What leaves a page as files: libwell's own readers take them, and nothing private is in a copy."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import rtoml
import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from build import fill, fixed_world, response_for, shelf_in, worksheet_from
from forms import draft_of, engine, plain
from hostile import HOSTILE
from libwell.model.response import Sharing
from libwell.model.shared import Withdrawal
from libwell.rules.form import form_data
from libwell.rules.privacy import is_private_action, private_prompts
from libwell.rules.share_preview import staying
from libwell.rules.sharing import Wish, shared_copy
from libwell.storage.definitions import definition_of
from libwell.storage.responses import ResponseFolder
from libwell.storage.shared import SharedFile, parse_shared, read_shared
from random_files import answers, worksheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet
    from libwell.storage.worksheets import Shelf

    Call = Callable[[str, Any], Any]

NAMES = """tomlText, withDays, answersFile, copyOf, withdrawalOf, drawnSharing, drawnBelow, readDraft,
draftText, copyInWords, stayingLines, whyNothingLeaves, printed"""
CASES = 80
WISHES = [Wish(named, with_text) for named, with_text in product((False, True), repeat=2)]


@pytest.fixture(scope="module")
def call(chromium: Browser) -> Iterator[Call]:
    """Calls a function of JavaScript, given the modules' names and a value, in a page that holds nothing."""
    page = chromium.new_page()
    page.evaluate(f"() => {{ window.rules = {engine(NAMES)}; }}")
    yield lambda function, value: page.evaluate(f"(value) => ({function})(window.rules, value)", value)
    page.close()


# --- TOML -----------------------------------------------------------------------------------------

SPECIAL = st.sampled_from(
    [
        *"\0\b\t\n\f\r\x1b\x7f\x85\"'\\#=[]{}é図\u2028\u202e\ufeff\U000e0001😀",
        '"""',
        "'''",
        "\r\n",
        '\\"',
        " ",
    ]
)
TEXTS = st.lists(SPECIAL | st.text(max_size=3), max_size=12).map("".join)
"""Texts with all that TOML or an editor could stumble over."""
NUMBERS = [0, 1, -1, 2.5, -0.25, 1e-7, 1e21, 2**53 - 1, -(2**53), 12345678.9, 1e300]


def _written(call: Call, record: Any) -> str:
    text: str = call(
        "({ tomlText, withDays }, one) => tomlText(withDays(JSON.parse(one)))", json.dumps(record)
    )
    return text


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXTS, min_size=20, max_size=100))
def test_texts_come_back_from_toml_as_they_were(call: Call, texts: list[str]) -> None:
    inside = {"a": texts[1], "b": [texts[2], [texts[4], {}]], "c": {"d": texts[3], texts[5]: []}}
    record = {"one": texts[0], "inside": inside, "rows": [{"row": text, text: text} for text in texts]}
    text = _written(call, record)
    for read in (tomli.loads, tomllib.loads, rtoml.loads):
        assert read(text) == record
    assert tomli.loads(text.replace("\n", "\r\n")) == record


def test_numbers_and_days_come_back_from_toml(call: Call) -> None:
    record = {"numbers": NUMBERS, "day": {":day": "2027-03-01"}, "yes": True, "rows": [{"no": False}]}
    read = tomli.loads(_written(call, record))
    assert plain(read) == record
    assert [type(number) for number in read["numbers"][:3]] == [int] * 3


def test_half_a_sign_is_replaced(call: Call) -> None:
    text = _written(call, {"one": "a\ud800\nb", "\udfff": "c\udfff"})
    assert tomli.loads(text) == {"one": "a\ufffd\nb", "\ufffd": "c\ufffd"}


# --- random worksheets and answers ----------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A worksheet, a response that `fill` made, and both as the page has them."""

    worksheet: Worksheet
    response: Response
    form: Any
    draft: str
    shelf: Shelf


def _case(seed: int, folder: Path) -> Case:
    """A case of a number; every text in it that somebody wrote has a word of its own."""
    rng = Random(seed)
    sheet = worksheet(rng, f"any-{seed}")
    data = answers(rng, sheet)
    data.pop("key", None)
    ids = set(re.findall(r'"id": "([^"]+)"', json.dumps(sheet)))
    marked = _marked(data, ids, count(seed * 1000))
    shelf = shelf_in(folder / "sheets", tomli_w.dumps(sheet))
    made = _filled(tomli_w.dumps(marked), folder / str(seed), shelf)
    whole = worksheet_from(tomli_w.dumps(sheet))
    form = form_data(whole, definition_of(whole), version="1", support=())
    return Case(whole, made, form, draft_of(made, whole), shelf)


def _filled(text: str, folder: Path, shelf: Shelf) -> Response:
    saved = fill(
        text, file="answers.toml", shelf=shelf, folder=ResponseFolder(folder), world=fixed_world(), draft=True
    )
    return saved.response


def _marked(value: Any, ids: set[str], numbers: Iterator[int], key: str = "") -> Any:
    """The same with a word that nothing else has behind every text that is no id."""
    if isinstance(value, dict):
        return {name: _marked(inside, ids, numbers, name) for name, inside in value.items()}
    if isinstance(value, list):
        return [_marked(inside, ids, numbers, key) for inside in value]
    is_word = (
        isinstance(value, str)
        and key not in ("from", "level", "worksheet", "not-answered")
        and value not in ids
    )
    return f"{value} canary{next(numbers)}x" if is_word else value


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("cases")
    return [_case(seed, folder) for seed in range(CASES)]


def _all(call: Call, cases: list[Case], function: str) -> list[Any]:
    """What a function of the modules, a form and a response gives for each case."""
    each = f"""(rules, all) => all.map(([form, draft]) => (
        ({function})(rules, form, rules.withDays(JSON.parse(draft)))))"""
    found: list[Any] = call(each, [[case.form, case.draft] for case in cases])
    return found


def test_the_answers_file_is_filled_in_as_it_was_given(call: Call, cases: list[Case], tmp_path: Path) -> None:
    texts = _all(call, cases, "({ answersFile }, form, response) => answersFile(form, response)")
    for number, (case, text) in enumerate(zip(cases, texts, strict=True)):
        sent = text.replace("\n", "\r\n") if number % 2 else text
        filled = _filled(sent, tmp_path / str(number), case.shelf)
        for name in ("answers", "actions", "last_own", "last_action", "person"):
            assert getattr(filled, name) == getattr(case.response, name), text


def test_no_words_break_out_of_a_file(call: Call, tmp_path: Path) -> None:
    texts = [text for text in HOSTILE if text.strip() and "\0" not in text]
    prompts = [{"id": f"q-{n}", "kind": "text", "ask": text} for n, text in enumerate(texts)]
    section = {"id": "all", "title": "All", "private": False, "prompts": prompts}
    sheet = {
        "libwell": "worksheet/1",
        "id": "hostile",
        "version": "1",
        "title": texts[0],
        "sections": [section],
    }
    written = tomli_w.dumps(sheet)
    shelf, whole = shelf_in(tmp_path / "sheets", written), worksheet_from(written)
    given = {f"q-{n}": text for n, text in enumerate(texts)}
    response = response_for(whole, tomli_w.dumps(given))
    form = form_data(whole, definition_of(whole), version="1", support=())
    case = Case(whole, response, form, draft_of(response, whole), shelf)
    (text,) = _all(call, [case], "({ answersFile }, form, response) => answersFile(form, response)")
    assert _filled(text.replace("\n", "\r\n"), tmp_path / "made", shelf).answers == given
    (copies,) = _all(call, [case], COPIES)
    read = parse_shared(copies[1]["text"], Path("copy.txt"), shelf)
    assert isinstance(read, SharedFile)
    assert read.shared.answers == given


# --- copies ---------------------------------------------------------------------------------------

COPIES = """({ copyOf, drawnSharing, copyInWords, stayingLines, whyNothingLeaves }, form, response) => (
    [[false, false], [false, true], [true, false], [true, true]].map(([named, withText]) => {
        const copy = copyOf(form, response, { named, withText }, drawnSharing(form));
        const again = copyOf(form, { ...response, sharing: copy.sharing }, { named, withText });
        const words = copyInWords(form, copy.record);
        return { ...copy, again: again.text, words, why: whyNothingLeaves(copy.stays) };
    }))"""


def test_a_copy_holds_what_libwell_shares(call: Call, cases: list[Case]) -> None:
    for case, copies in zip(cases, _all(call, cases, COPIES), strict=True):
        for wish, made in zip(WISHES, copies, strict=True):
            text = made["text"]
            read = parse_shared(text.replace("\n", "\r\n"), Path("copy.txt"), case.shelf)
            assert isinstance(read, SharedFile)
            assert read.dropped == 0
            known = Sharing.model_validate(made["sharing"])
            assert known.revision == 1
            definition = definition_of(case.worksheet)
            expected = shared_copy(case.response, case.worksheet, wish, sharing=known, definition=definition)
            assert read.shared == expected
            assert made["leaves"] == bool(expected.answers or expected.actions)
            assert made["again"] == text
            _see_staying(made["stays"], staying(case.response, case.worksheet, expected))
            assert [one["ask"] for one in made["words"]] == [
                " ".join(one.prompt.ask.split()) for one in read.asked
            ]


def _see_staying(said: Any, known: Any) -> None:
    assert (*said["private"],) == known.private
    assert (*said["words"],) == known.words
    numbers = (said["unasked"], said["steps"], said["names"], said["besideSteps"])
    assert numbers == (known.unasked, known.steps, known.names, known.beside_steps)


def test_nothing_is_in_a_copy_that_was_not_to_leave(call: Call, cases: list[Case]) -> None:
    seen = 0
    for case, copies in zip(cases, _all(call, cases, COPIES), strict=True):
        private, words, names = _canaries(case)
        seen += len(private)
        for wish, made in zip(WISHES, copies, strict=True):
            kept = private | (set() if wish.with_text else words) | (set() if wish.named else names)
            written = json.dumps([made["text"], made["words"], made["sharing"], made["stays"], made["why"]])
            assert not kept & set(re.findall(r"canary\d+x", written))
    assert seen > CASES


def _canaries(case: Case) -> tuple[set[str], set[str], set[str]]:
    """The marks in what is private, in own words that may leave if that is wished, and in names."""
    closed = private_prompts(case.worksheet)
    response = case.response

    def found(value: Any) -> set[str]:
        return set(re.findall(r"canary\d+x", json.dumps(value, default=str)))

    private = found([value for name, value in response.answers.items() if name in closed])
    words = found([value for name, value in response.answers.items() if name not in closed])
    names = found(response.person.name)
    for action in response.actions:
        if is_private_action(action, case.worksheet, closed):
            private |= found(action.model_dump())
        else:
            names |= found(action.who)
            words |= found([action.know, action.notes, "" if action.day else action.due])
    return private, words, names


REVISIONS = """({ copyOf, drawnSharing, withdrawalOf }, form, response) => {
    const wish = { named: false, withText: false };
    const first = copyOf(form, response, wish, drawnSharing(form));
    const known = { ...response, sharing: first.sharing };
    const other = { ...known, person: { ...known.person, team: "Another" } };
    const second = copyOf(form, other, wish);
    const withdrawal = withdrawalOf({ ...other, sharing: second.sharing });
    const after = copyOf(form, { ...other, sharing: withdrawal.sharing }, wish);
    return [first, copyOf(form, known, wish), second, withdrawal, after];
}"""


def test_a_revision_rises_with_what_leaves(call: Call, cases: list[Case], tmp_path: Path) -> None:
    (made,) = _all(call, cases[:1], REVISIONS)
    assert [one["sharing"]["revision"] for one in made] == [1, 1, 2, 3, 4]
    assert len({one["sharing"]["shared_id"] for one in made}) == 1
    path = tmp_path / "WITHDRAWAL-FOR-MY-TEAM.txt"
    path.write_text(made[3]["text"], encoding="utf-8", newline="\r\n")
    withdrawal = read_shared(path, cases[0].shelf)
    assert withdrawal == Withdrawal(shared_id=made[0]["sharing"]["shared_id"], revision=3)


def test_ids_and_names_are_drawn_by_chance(call: Call, cases: list[Case]) -> None:
    drawn = call(
        "({ drawnSharing }, form) => Array.from({ length: 300 }, () => drawnSharing(form))", cases[0].form
    )
    assert all(Sharing.model_validate(one) for one in drawn)
    assert len({one[name] for one in drawn for name in ("shared_id", "key")}) == 600
    assert len({one["pseudonym"] for one in drawn}) > 200
    numbers = call("({ drawnBelow }) => Array.from({ length: 3000 }, () => drawnBelow(3))", None)
    assert all(900 < numbers.count(number) < 1100 for number in (0, 1, 2))


# --- drafts ---------------------------------------------------------------------------------------

DRAFTS = """({ draftText, readDraft, withDays }, form, response) => {
    const text = draftText(form, response);
    const { response: read, problems } = readDraft(form, text);
    return [text, read && draftText(form, read), problems];
}"""
READ = """(rules, [form, texts]) => texts.map((text) => {
    const { response, problems } = rules.readDraft(form, text);
    return { draft: response && JSON.parse(rules.draftText(form, response)), problems };
})"""


def test_a_draft_comes_back_as_it_was(call: Call, cases: list[Case]) -> None:
    for case, (text, again, problems) in zip(cases, _all(call, cases, DRAFTS), strict=True):
        before, after = json.loads(text), json.loads(again)
        assert before == json.loads(case.draft)
        assert problems == []
        for one in before["actions"]:
            one.pop("status", None)
        before["last_own"] = {name: number for name, number in before["last_own"].items() if number}
        assert after == before


JUNK: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        1.5,
        10**400,
        "",
        "x",
        "x" * 100_001,
        "\ud800",
        [],
        [[]],
        {},
        [None],
        {"other": "x"},
    ),
    *({"__proto__": {"id": "x"}}, {"constructor": 1}, {":day": "2026-02-30"}, {":day": 5}, {"id": "other-1"}),
    *(
        [{"other": "x", "id": "other-0"}],
        [{"other": 1, "id": "other-1"}],
        {"not-answered": "skipped", "x": 1},
    ),
    *({"not-answered": "toString"}, {":own": [{"other": "x", "id": "other-1", "point": "x"}]}, {":own": {}}),
    *([{"other": "x", "id": "other-9999999"}], {"toString": "x"}, {"row-1": {"row": "x", "valueOf": 1}}),
)


def _spoilt(rng: Random, value: Any) -> Any:
    """The same with junk at one place by chance."""
    if isinstance(value, dict) and value and rng.random() < 0.8:
        name = rng.choice(sorted(value))
        if rng.random() < 0.15:
            return {**value, rng.choice(("__proto__", "constructor", "other", "id", name)): rng.choice(JUNK)}
        return {**value, name: _spoilt(rng, value[name])}
    if isinstance(value, list) and value and rng.random() < 0.8:
        place = rng.randrange(len(value))
        return [*value[:place], _spoilt(rng, value[place]), *value[place + 1 :]]
    return rng.choice(JUNK)


def test_of_a_spoilt_draft_what_fits_is_taken(call: Call, cases: list[Case], tmp_path: Path) -> None:
    for number, case in enumerate(cases[:40]):
        rng, draft = Random(number), json.loads(case.draft)
        spoilt = [json.dumps(_spoilt(rng, draft)) for _ in range(30)]
        taken = [one["draft"] for one in call(READ, [case.form, spoilt]) if one["draft"]]
        again = call(READ, [case.form, [json.dumps(one) for one in taken]])
        assert [one["draft"] for one in again] == taken
        kept = [one for one in taken if one["answers"].keys() == draft["answers"].keys()]
        for place, one in enumerate(taken[:3]):
            text = call(
                "({ answersFile, withDays }, [form, one]) => answersFile(form, withDays(one))",
                [case.form, one],
            )
            filled = _filled(text, tmp_path / f"{number}-{place}", case.shelf)
            assert plain(filled.answers) == one["answers"]
        assert len(kept) > 0


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "{",
            "null",
            "[]",
            '"x"',
            "0",
            "{}",
            '{"libwell": 1}',
            '{"libwell": "libwell-form/1"}',
            "\0",
            "[" * 10**6,
        ),
        *(
            '{"a":' * 10**5,
            'libwell = "answers/1"\n',
            "x" * (9 * 2**20),
            '{"__proto__": {"libwell": "libwell-form/1"}}',
        ),
        '{"libwell": "libwell-form/2"}',
    ],
)
def test_what_is_no_draft_is_refused_in_a_sentence(call: Call, cases: list[Case], text: str) -> None:
    (read,) = call(READ, [cases[0].form, [text]])
    assert read["draft"] is None
    (said,) = read["problems"]
    assert said.endswith(".")


def test_a_draft_of_another_edition_gives_what_fits(call: Call, cases: list[Case]) -> None:
    case = next(one for one in cases if len(one.response.answers) > 3 and one.response.actions)
    draft = json.loads(case.draft)
    name = next(iter(draft["answers"]))
    draft |= {"sha256": "0" * 64, "answers": {**draft["answers"], name: 10**6, "gone": 1}}
    draft["actions"] = [
        {"id": "a1", "step": "Ask", "from": "gone.one"},
        {"id": "a2", "step": "Sit", "from": f"{name}.gone"},
    ]
    (read,) = call(READ, [case.form, [json.dumps(draft)]])
    assert read["draft"]["answers"].keys() == draft["answers"].keys() - {name, "gone"}
    assert "another edition" in read["problems"][0]
    assert " ".join(case.worksheet.by_id()[name].ask.split()) in read["problems"][1]
    assert read["draft"]["actions"] == [
        {"id": "a1", "step": "Ask", "private": True},
        {"id": "a2", "step": "Sit", "from": name},
    ]
    other = json.dumps({**draft, "worksheet": "another"})
    (read,) = call(READ, [case.form, [other]])
    assert "another worksheet" in read["problems"][0]
