"""Responses on disk: nothing is lost there and back, and each keeps the worksheet it was asked from."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st

from build import (
    NOW,
    exported,
    fixed_world,
    prompts_of,
    response_for,
    saved_and_read,
    shelf_in,
    things,
    worksheet_from,
    worksheet_of,
    worksheet_text,
)
from counting import counted
from hostile import HOSTILE
from libwell.errors import FileRefusedError, LibwellError, NotFoundError, SaveError
from libwell.flows.opened import find_response, judge, new_response, open_all, parse_response, read_response
from libwell.model.response import Person, Retired
from libwell.rules.privacy import for_audience
from libwell.storage.definitions import FILE_LIMIT, definition_of, read_definition
from libwell.storage.responses import ResponseFolder, backup_of, head, read, response_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

SCALE = 'scale = { min = 0, max = 3, labels = ["not yet", "in place"] }'
NOTS = 'not_answers = ["dont-know", "not-applicable"]'
SHEET = worksheet_of(
    f'id = "words", kind = "text", {NOTS}',
    f'id = "sure", kind = "yes-no", {NOTS}',
    f'id = "hours", kind = "number", {NOTS}',
    f'id = "day", kind = "date", {NOTS}',
    f'id = "place", kind = "choice", other = true, options = {things("branch", "van")}, {NOTS}',
    f'id = "areas", kind = "choices", other = true, options = {things("space", "signs")}, {NOTS}',
    f'id = "practice", kind = "rating", {SCALE}, items = {things("signs", "crowding")}, {NOTS}',
    f'id = "care", kind = "checklist", add_items = true, items = {things("breaks")}, {NOTS}',
    f'id = "names", kind = "list", {NOTS}',
    'id = "people", kind = "table", columns = [{ id = "name", ask = "?" }, { id = "tel", ask = "?" }]',
    'id = "goals", kind = "table", rows_from = "areas", columns = [{ id = "goal", ask = "?" }]',
    'id = "plan", kind = "plan"',
)

# --- text and values ------------------------------------------------------------------------------

PIECES = (
    *("\r\n", "\r", "\n", " ", "\t", "'", '"', "'''", '"""', "\\", "\\n", "\\u0041", "#", "=", "[x]", "\x7f"),
    *("\x00", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\U0001f600", "e\u0301", "\u202e", "a", "0", "    "),
)
TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.lists(st.sampled_from(PIECES)).map("".join)
    | st.sampled_from(HOSTILE)
)
NOT_ANSWERS = st.sampled_from(["skipped", "prefer-not-to-say", "dont-know", "not-applicable"]).map(
    lambda reason: {"not-answered": reason}
)
OWN = TEXTS.map(lambda text: {"other": text})
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(-1e14, 1e14)
PLAIN = TEXTS | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.dates()
KEYS = TEXTS.map(lambda text: f"x{text[:200]}")
ANYTHING = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "words": TEXTS | NOT_ANSWERS,
        "sure": st.booleans() | NOT_ANSWERS,
        "hours": NUMBERS | NOT_ANSWERS,
        "day": st.dates() | NOT_ANSWERS,
        "place": st.sampled_from(["branch", "van"]) | OWN | NOT_ANSWERS,
        "areas": st.lists(OWN | st.just("signs"), max_size=3, unique_by=str) | NOT_ANSWERS,
        "practice": st.fixed_dictionaries(
            {}, optional={"signs": st.integers(0, 3) | NOT_ANSWERS, "crowding": NOT_ANSWERS}
        ),
        "care": st.fixed_dictionaries({"yes": st.lists(OWN | st.just("breaks"), max_size=3, unique_by=str)}),
        "names": st.lists(TEXTS, max_size=3) | NOT_ANSWERS,
        "people": st.lists(st.fixed_dictionaries({}, optional={"name": TEXTS, "tel": TEXTS}), max_size=3),
        "goals": st.fixed_dictionaries({}, optional={"other-3": st.fixed_dictionaries({"goal": TEXTS})}),
    },
)
UNKNOWN = st.dictionaries(KEYS, ANYTHING, max_size=2)
ACTIONS = st.lists(
    st.fixed_dictionaries(
        {"step": TEXTS.filter(bool)},
        optional={
            "who": TEXTS,
            "know": TEXTS,
            "notes": TEXTS,
            "due": st.dates() | TEXTS,
            "level": st.sampled_from(["me", "team", "organisation", "community"]),
            "status": st.sampled_from(["open", "doing", "done", "not-now", "handed-over", "let-go"]),
            "private": st.booleans(),
            "changed": st.dates(),
            "x-mine": ANYTHING,
        },
    ),
    max_size=3,
)


def made(
    answers: dict[str, Any], actions: list[dict[str, Any]], person: dict[str, Any], more: dict[str, Any]
) -> Response:
    """A response made of plain values, as out of a file."""
    plain = response_for(SHEET)
    data = {
        "libwell": "response/1",
        "id": plain.id,
        "created": NOW,
        "updated": NOW,
        "person": person,
        "answers": answers,
        "actions": actions,
        **more,
        "definition": plain.definition.model_dump(),
    }
    return parse_response(tomli_w.dumps(data), Path("made.toml")).response


@settings(max_examples=80)
@given(
    ANSWERS,
    ACTIONS,
    st.fixed_dictionaries({}, optional={"name": TEXTS, "team": TEXTS, "x": ANYTHING}),
    UNKNOWN,
)
@example({"words": "a\r\nb"}, [], {}, {})
@example({"words": "\r"}, [{"step": "a\rb"}], {"name": "\r\n"}, {})
@example({"words": '"""\\"""', "names": ["'''", "'", "\\", " ", "\n"]}, [], {}, {})
@example({"words": " \n \n"}, [], {}, {"x\r\n": "\r\n"})
def test_nothing_is_lost_on_the_way_to_a_file_and_back(
    answers: dict[str, Any], actions: list[dict[str, Any]], person: dict[str, Any], more: dict[str, Any]
) -> None:
    response = made(answers, actions, person, more)
    text = response_text(response)
    read = parse_response(text, Path("r.toml")).response
    assert read == response
    assert response_text(read) == text
    for name in ("words", "names", "hours", "sure", "day"):
        assert read.answers.get(name) == answers.get(name)
    assert [action.step for action in read.actions] == [action["step"] for action in actions]
    kept = read.person.model_dump()
    assert {name: kept[name] for name in person} == person
    assert read.model_extra == more


@pytest.mark.parametrize(
    "text", [*HOSTILE[:40], "a\r\nb", "\r", " ", "\n\n", "'''", '"""', "\\", ""], ids=repr
)
def test_bytes_on_the_disk_hold_the_text_as_it_was_typed(tmp_path: Path, text: str) -> None:
    folder = ResponseFolder(tmp_path)
    response = made({"words": text, "place": {"other": text}}, [], {}, {})
    path = tmp_path / "r.toml"
    folder.save(path, response)
    assert read_response(path).response == response
    assert tomli.loads(path.read_bytes().decode())["answers"]["words"] == text


@pytest.mark.thorough
@given(TEXTS.filter(lambda text: bool(text.strip())), TEXTS)
def test_a_definition_holds_every_wording(ask: str, help_: str) -> None:
    data = {"id": "a", "kind": "text", "ask": ask, "help": help_, "why": ask}
    head = {"libwell": "worksheet/1", "id": "test", "version": "1", "title": ask}
    section = {"id": "s", "title": ask, "intro": help_, "prompts": [data]}
    worksheet = worksheet_from(tomli_w.dumps({**head, "sections": [section]}))
    response = response_for(worksheet)
    read = parse_response(response_text(response), Path("r.toml"))
    assert read.response == response
    assert read.worksheet.sections[0].prompts[0].ask == ask.replace("\r\n", "\n")


def test_the_file_begins_with_what_it_is_and_ends_with_the_definition() -> None:
    lines = response_text(response_for(SHEET, 'words = "x"')).splitlines()
    assert lines[:4] == [
        'libwell = "response/1"',
        'id = "test-2026-11-21-k3f9"',
        'status = "draft"',
        "revision = 0",
    ]
    assert lines.index("[definition]") > lines.index("[answers]")
    assert lines[lines.index("[definition]") + 2] == "worksheet = '''"


def test_a_file_with_crlf_and_a_byte_order_mark_is_the_same_response(tmp_path: Path) -> None:
    response = response_for(SHEET, 'words = "one\\ntwo"\nnames = ["a"]')
    path = tmp_path / "r.toml"
    path.write_bytes(b"\xef\xbb\xbf" + response_text(response).replace("\n", "\r\n").encode())
    assert read_response(path).response == response


# Unknown keys: … kept as they are in a response.
def test_unknown_keys_are_kept_everywhere() -> None:
    text = response_text(response_for(SHEET, '[[actions]]\nstep = "x"'))
    text = text.replace('step = "x"', 'step = "x", mine = [1, { a = "b" }]')
    text = text.replace(
        "[definition]", '[person]\nrole = "page"\n\n[zone]\na = 1979-05-27\n\n[definition]\nmore = "kept"'
    )
    first = parse_response(text, Path("r.toml")).response
    read = saved_and_read(first)
    assert read == first
    assert read.model_extra == {"zone": {"a": dt.date(1979, 5, 27)}}
    assert read.person.model_extra == {"role": "page"}
    assert read.actions[0].model_extra == {"mine": [1, {"a": "b"}]}
    assert read.definition.model_extra == {"more": "kept"}


def test_what_a_person_wrote_by_hand_gets_its_ids_and_keeps_those_it_has() -> None:
    text = response_text(response_for(SHEET, 'areas = ["signs", { other = "one" }]'))
    text = text.replace('other = "one"', 'other = "two" }, { other = "one"')
    read = saved_and_read(parse_response(text, Path("r.toml")).response)
    assert read.answers["areas"] == [
        "signs",
        {"other": "two", "id": "other-2"},
        {"other": "one", "id": "other-1"},
    ]


def test_times_without_a_zone_can_be_compared_with_those_that_have_one(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    text = response_text(response_for(SHEET))
    (tmp_path / "a-1.toml").write_text(text, encoding="utf-8")
    (tmp_path / "b-2.toml").write_text(text.replace("+00:00", "").replace("Z", ""), encoding="utf-8")
    (tmp_path / "c-3.toml").write_text(
        text.replace("18:02:11.120934+00:00", "20:02:11.2+02:00"), encoding="utf-8"
    )
    assert find_response("latest", folder).path.name == "c-3.toml"


# --- definitions ----------------------------------------------------------------------------------

OPEN_SHEET, CLOSED_SHEET = (
    worksheet_text('id = "words", kind = "text"', head=f"private = {word}") for word in ("false", "true")
)


# remembered by the string itself, never by the digest a file claims: a false digest must not lend one file
# another's privacy
def test_a_false_digest_lends_no_file_anothers_privacy() -> None:
    opened, closed = worksheet_from(OPEN_SHEET), worksheet_from(CLOSED_SHEET)
    digest = definition_of(opened).sha256
    for first, second in ((opened, closed), (closed, opened)):
        texts = [response_text(response_for(sheet, 'words = "secret"')) for sheet in (first, second)]
        texts = [text.replace(definition_of(closed).sha256, digest) for text in texts]
        assert all(digest in text for text in texts)
        read = [parse_response(text, Path("r.toml")) for text in texts]
        shown = ["secret" in exported(one.worksheet, one.response) for one in read]
        assert shown == [first is opened, second is opened]


def test_the_digest_is_that_of_the_text() -> None:
    definition = definition_of(SHEET)
    assert definition.sha256 == hashlib.sha256(definition.worksheet.encode()).hexdigest()


def test_a_definition_is_read_once() -> None:
    text = definition_of(SHEET).worksheet
    assert read_definition(text) is read_definition("".join(list(text)))


def test_a_response_keeps_the_wording_it_was_asked_in(tmp_path: Path) -> None:
    old = worksheet_text('id = "words", kind = "text", ask = "The old question?"')
    shelf = shelf_in(tmp_path / "worksheets", old)
    folder, world = ResponseFolder(tmp_path / "responses"), fixed_world()
    saved = folder.create(new_response(shelf.load("test"), Person(), world), world.last_part)
    folder.save(saved.path, saved.response.model_copy(update={"answers": {"words": "mine"}}))
    path = tmp_path / "worksheets" / "test.toml"
    path.write_text(old.replace("old", "new").replace('kind = "text"', 'kind = "list"'), encoding="utf-8")
    for _ in range(2):
        read = read_response(saved.path)
        assert "The old question?" in exported(read.worksheet, read.response)
        path.unlink(missing_ok=True)


def test_a_definition_includes_nothing() -> None:
    text = response_text(response_for(SHEET)).replace("'''\n", "'''\n[[sections]]\ninclude = \"other\"\n", 1)
    with pytest.raises(FileRefusedError, match=r"definition\.worksheet"):
        parse_response(text, Path("r.toml"))


def test_a_definition_that_cannot_be_read_says_where_to_go() -> None:
    text = response_text(response_for(SHEET)).replace('kind = "text"', 'kind = "txt"')
    with pytest.raises(
        FileRefusedError, match=r"the worksheet kept in this response can't be read.*libwell doctor"
    ):
        parse_response(text, Path("r.toml"))


# --- versions and limits --------------------------------------------------------------------------


# A newer version than libwell knows: status 4, the file left byte for byte as it was.
@pytest.mark.parametrize("version", ["2", "10", "99999"])
def test_a_newer_version_is_refused_and_left_byte_for_byte(tmp_path: Path, version: str) -> None:
    path = tmp_path / "r-k3f9.toml"
    path.write_bytes(response_text(response_for(SHEET)).replace("response/1", f"response/{version}").encode())
    before, modified = path.read_bytes(), path.stat().st_mtime_ns
    folder = ResponseFolder(tmp_path)
    with pytest.raises(FileRefusedError, match=f"newer libwell .response/{version}.") as caught:
        find_response("k3f9", folder)
    assert caught.value.status == 4
    opened, failed = open_all(folder)
    assert (opened, [type(one) for one in failed]) == ([], [FileRefusedError])
    with pytest.raises(NotFoundError):
        find_response("latest", folder)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, modified)


def test_a_response_has_at_most_eight_mebibytes(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    text = response_text(response_for(SHEET))
    path.write_bytes(text.encode() + b"#" * (FILE_LIMIT - len(text.encode())))
    assert read_response(path)
    with path.open("ab") as file:
        file.write(b"#")
    with pytest.raises(FileRefusedError, match="larger than 8 MiB"):
        read_response(path)


# checked … before a save replaces anything, so nothing can be saved that cannot be opened again
@pytest.mark.parametrize("words", ["x" * FILE_LIMIT, "\ud800"], ids=["too large", "no character"])
def test_what_could_not_be_opened_again_replaces_nothing(tmp_path: Path, words: str) -> None:
    folder = ResponseFolder(tmp_path)
    path = tmp_path / "r.toml"
    response = response_for(SHEET, 'words = "kept"')
    folder.save(path, response)
    before = path.read_bytes()
    with pytest.raises(SaveError):
        folder.save(path, response.model_copy(update={"answers": {"words": words}}), backup=True)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["r.toml"]


# --- the folder -----------------------------------------------------------------------------------


def drawing(*lasts: str) -> Callable[[], str]:
    """Draw these last parts of ids, the last one again and again."""
    drawn = chain(lasts, repeat(lasts[-1]))
    return lambda: next(drawn)


def create(folder: ResponseFolder, *lasts: str, worksheet: Worksheet = SHEET) -> str:
    saved = folder.create(new_response(worksheet, Person(name="Ana"), fixed_world()), drawing(*lasts))
    assert saved.response == read_response(saved.path).response
    return saved.response.id


# made by exclusive creation, tried again on a clash
def test_a_new_response_never_takes_anothers_place(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path / "new" / "folder")
    assert create(folder, "k3f9") == "test-2026-11-21-k3f9"
    before = (folder.folder / "test-2026-11-21-k3f9.toml").read_bytes()
    assert create(folder, "k3f9", "k3f9", "m4x2") == "test-2026-11-21-m4x2"
    assert (folder.folder / "test-2026-11-21-k3f9.toml").read_bytes() == before
    with pytest.raises(LibwellError, match="No free id"):
        create(folder, "k3f9")
    assert len(folder.paths()) == 2


def test_no_two_responses_have_the_same_last_part(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    create(folder, "k3f9")
    other = worksheet_of('id = "a", kind = "text"', head='private = false\nlanguage = "de"')
    assert create(folder, "k3f9", "z9z9", worksheet=other).endswith("-z9z9")


def test_a_response_is_found_by_id_last_part_or_path(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    name = create(folder, "k3f9")
    create(folder, "m4x2")
    path = tmp_path / f"{name}.toml"
    assert [folder.find(given) for given in (name, "k3f9", str(path))] == [path] * 3
    assert find_response("k3f9", folder).response.id == name


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("k3f8", "Did you mean k3f9?"),
        ("test-2026-11-21-k3f", "Did you mean test-2026-11-21-k3f9?"),
        ("qqqq", "`libwell responses` shows what is saved."),
        ("", "`libwell responses` shows what is saved."),
        ("test", "`libwell responses` shows what is saved."),
    ],
)
def test_what_is_not_found_suggests_the_nearest(tmp_path: Path, given: str, near: str) -> None:
    folder = ResponseFolder(tmp_path)
    create(folder, "k3f9")
    with pytest.raises(NotFoundError) as caught:
        folder.find(given)
    assert caught.value.remedy == near


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        find_response("./nothing.toml", ResponseFolder(tmp_path))


# latest (greatest updated; of drafts for resume)
def test_the_latest_is_the_one_changed_last(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    names = [create(folder, last) for last in ("a2a2", "b3b3", "c4c4")]
    for hours, (name, status) in enumerate(zip(names, ("draft", "complete", "draft"), strict=True)):
        path = folder.find(name)
        moment = NOW + dt.timedelta(hours=[2, 3, 1][hours])
        folder.save(
            path, read_response(path).response.model_copy(update={"updated": moment, "status": status})
        )
    assert find_response("latest", folder).response.id == names[1]
    assert find_response("latest", folder, draft=True).response.id == names[0]


def test_taking_the_lock_clears_what_killed_saves_of_this_response_left(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    path = folder.find(create(folder, "k3f9"))
    names = (path.name, backup_of(path).name, "other.toml")
    left = [tmp_path / f".{name}.99-0a1b2c3d.tmp" for name in names]
    for one in left:
        one.write_text("x", encoding="utf-8")
    with folder.lock(path):
        assert [one.exists() for one in left] == [False, False, True]


def test_making_a_response_clears_what_killed_processes_left_of_making_others(tmp_path: Path) -> None:
    names = ("other.toml", "new.toml", "other.md")
    old, new, export = [tmp_path / f".{name}.999999999-0a1b2c3d.tmp" for name in names]
    for one in (old, new, export):
        one.write_text("x", encoding="utf-8")
    for one in (old, export):
        os.utime(one, (0, 0))
    create(ResponseFolder(tmp_path), "k3f9")
    assert [one.exists() for one in (old, new, export)] == [False, True, True]


def test_a_head_is_what_the_whole_response_says(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    path = folder.find(create(folder, "k3f9"))
    saved, found = read_response(path), head(path)
    assert (found.path, found.id, found.status) == (path, saved.response.id, "draft")
    assert (found.updated, found.worksheet) == (saved.response.updated, saved.worksheet.id)


def test_a_head_is_read_and_a_file_is_read_without_judging_the_answers(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text(response_text(response_for(SHEET, "words = 1")), encoding="utf-8")
    assert head(path).worksheet == SHEET.id
    file = read(path)
    assert file.response.answers == {"words": 1}
    with pytest.raises(FileRefusedError, match=r"answers\.words"):
        judge(file)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('status = "draft"', 'status = "PRIVATE"', "r.toml:3: status: this word is not known here"),
        ('id = "test-2026-11-21-k3f9"\n', "", "r.toml:1: id: this key is missing"),
        ("[definition]\n", "[definitions]\n", "r.toml:1: definition.worksheet: this key is missing"),
        ("libwell = 'worksheet/1'", "libwell = ", "the worksheet kept in this response can't be read"),
        ("libwell = 'worksheet/1'", "PRIVATE = 1", "the worksheet kept in this response can't be read"),
        ("response/1", "response/2", "newer libwell"),
    ],
)
def test_a_head_with_mistakes_is_refused_as_the_whole_is(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = tmp_path / "r.toml"
    text = response_text(response_for(SHEET)).replace('libwell = "worksheet/1"', "libwell = 'worksheet/1'")
    path.write_text(text.replace(old, new), encoding="utf-8")
    for reading in (head, read_response):
        with pytest.raises(FileRefusedError) as caught:
            reading(path)
        assert "PRIVATE" not in str(caught.value)
        assert reading is read_response or said in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        '[person]\nteam = "Ours"\n[answers]\nwords = "w"',
        '[answers]\nwords = "w"\n[person]\nteam = "Ours"',
        '[answers]\nwords = "w"\n\n [ "person" ]\nteam = "Ours"',
        '[answers]\nwords = "w"\n["\\u0070erson"]\nteam = "Ours"',
        '[person]\nteam = "Ours"\nname = """\n[answers]\nstatus = 7\n"""\n[answers]\nwords = "w"',
        '[answers]\nwords = """\n[person]\nteam = \'Theirs\'\n"""\n[person]\nteam = "Ours"',
        'person = { team = "Ours" }\n[answers]\nwords = "w"',
        'person.team = "Ours"\nanswers.words = "w"',
    ],
)
def test_a_head_says_what_the_whole_says_wherever_its_answers_stand(tmp_path: Path, body: str) -> None:
    made = response_text(response_for(SHEET))
    above, end, definition = made.partition("\n[definition]\n")
    path = tmp_path / "r.toml"
    path.write_text(f"{above}\n{body}\n{end}{definition}", encoding="utf-8")
    whole = read_response(path).response
    assert (
        (head(path).person.team, head(path).status) == (whole.person.team, whole.status) == ("Ours", "draft")
    )


def test_the_latest_is_one_that_can_be_read_and_no_other_is_judged(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    for number, answers in enumerate(("words = 1", 'words = "old"', 'words = "new"', "words = 2")):
        moment = NOW + dt.timedelta(hours=number)
        response = response_for(SHEET, answers).model_copy(update={"updated": moment})
        (tmp_path / f"r-{number}.toml").write_text(response_text(response), encoding="utf-8")
    assert [one.path.name for one in folder.heads()] == ["r-3.toml", "r-2.toml", "r-1.toml", "r-0.toml"]
    with counted(judge) as counts:
        assert find_response("latest", folder).path.name == "r-2.toml"
    assert counts["judge"] == 2


def test_where_none_can_be_read_the_latest_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    response = response_for(SHEET, "words = 1")
    (tmp_path / "r-1.toml").write_text(response_text(response), encoding="utf-8")
    with pytest.raises(FileRefusedError, match=r"r-1\.toml:\d+: answers\.words: a text was expected"):
        find_response("latest", ResponseFolder(tmp_path))


def test_without_responses_there_is_no_latest(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path / "none")
    for draft, what in ((False, "There is no saved response"), (True, "There is no draft to go on with")):
        with pytest.raises(NotFoundError, match=what):
            find_response("latest", folder, draft=draft)
    assert folder.paths() == []
    assert open_all(folder) == ([], [])


def test_one_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    name = create(folder, "k3f9")
    (tmp_path / "broken.toml").write_text("libwell =", encoding="utf-8")
    (tmp_path / "worksheet.toml").write_text(OPEN_SHEET, encoding="utf-8")
    opened, failed = open_all(folder)
    assert [one.response.id for one in opened] == [name]
    assert [type(one) for one in failed] == [FileRefusedError] * 2
    assert find_response("latest", folder).response.id == name


def test_the_version_before_is_kept_only_if_asked_for(tmp_path: Path) -> None:
    folder = ResponseFolder(tmp_path)
    path = folder.find(create(folder, "k3f9"))
    first = path.read_bytes()
    response = read_response(path).response
    folder.save(path, response.model_copy(update={"revision": 1}), backup=True)
    assert backup_of(path).read_bytes() == first
    folder.save(path, response.model_copy(update={"revision": 2}))
    assert backup_of(path).read_bytes() == first
    assert folder.paths() == [path]
    folder.delete(path)
    assert list(tmp_path.iterdir()) == []


# --- answers that do not fit ----------------------------------------------------------------------


def test_a_response_with_answers_that_do_not_fit_is_refused_with_every_one() -> None:
    text = response_text(response_for(SHEET, 'words = 1\nsure = "x"\nnothing = 1'))
    with pytest.raises(FileRefusedError) as caught:
        parse_response(text, Path("r.toml"))
    assert [mistake.key for mistake in caught.value.mistakes] == [
        "answers.words",
        "answers.sure",
        "answers.nothing",
    ]
    assert all(mistake.line for mistake in caught.value.mistakes)


def test_what_an_audience_may_not_see_is_not_handed_on() -> None:
    sheet = worksheet_from(CLOSED_SHEET)
    response = response_for(
        sheet, 'words = "secret"', retired={"old": Retired(private=False, answer="secret")}
    ).model_copy(update={"mine": "secret"})
    excerpt = for_audience(response, sheet, private=False)
    assert "secret" not in str(excerpt)
    assert excerpt.withheld == 2
    assert prompts_of('id = "words", kind = "text"')[0].private is None


def test_a_head_is_refused_in_our_own_words_whatever_stands_between_it_and_the_definition(
    tmp_path: Path,
) -> None:
    path = tmp_path / "broken.toml"
    beginning = 'libwell = "response/1"\nid = "x-2026-11-21-k3f9"\nupdated = 2026-11-21T18:02:11Z\n'
    path.write_text(f"{beginning}\n[answers]\nwords = 1\n[\nx]\n\n[definition]\nworksheet = 'id = = 1'\n")
    with pytest.raises(FileRefusedError, match="the worksheet kept in this response can't be read"):
        head(path)
