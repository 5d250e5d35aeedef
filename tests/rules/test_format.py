"""docs/format.md, sentence by sentence: a small worksheet shows each.

A comment that begins with `>` quotes the page, lines behind it go on; a test sees that it does stand there.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from build import (
    OPEN,
    SECTION,
    TODAY,
    around,
    asked_ids,
    examine,
    exported,
    hear,
    mistakes_in,
    reopened,
    response_for,
    saved_and_read,
    section_text,
    sheet_text,
    shelf_in,
    things,
    walk_for,
    worksheet_from,
    worksheet_of,
    worksheet_text,
)
from libwell.errors import MOST_MISTAKES, FileRefusedError
from libwell.model.document import Paragraph
from libwell.rules.answers import missing, problems
from libwell.rules.asked_now import asked, while_answering
from libwell.rules.documents import worksheet_document
from libwell.rules.privacy import for_audience, private_prompts
from libwell.storage.definitions import read_definition

if TYPE_CHECKING:
    from libwell.kinds.values import Value
    from libwell.model.base import Offer
    from libwell.model.worksheet import Worksheet
    from libwell.rules.scoring import Scored

SCALE = 'scale = { min = 0, max = 3, labels = ["not yet", "in place"] }'
AREAS = f'id = "areas", kind = "choices", other = true, options = {things("space", "signs")}'
SUPPORTS = (
    'id = "supports", kind = "checklist", add_items = true, '
    f"marks = {things('well', 'improve')}, items = {things('breaks', 'learning')}"
)
ABOVE = (
    'id = "sure", kind = "yes-no", not_answers = ["dont-know"]',
    f'id = "place", kind = "choice", other = true, options = {things("branch", "van")}',
    AREAS,
    SUPPORTS,
    'id = "hours", kind = "number"',
    f'id = "calm", kind = "rating", {SCALE}',
    f'id = "practice", kind = "rating", {SCALE}, items = {things("signs", "crowding")}',
    'id = "words", kind = "text"',
    f'id = "urgent", kind = "ranking", options = {things("roof", "door", "lamp")}',
)
PLAN = 'id = "plan", kind = "plan"'


def keys_of(text: str) -> list[str]:
    return [mistake.key for mistake in mistakes_in(text)]


def wrong_answers(worksheet: Worksheet, answers: str) -> list[str]:
    return [mistake.key for mistake in problems(worksheet, response_for(worksheet, answers))]


def is_shown(worksheet: Worksheet, answers: str, text: str) -> bool:
    """Whether a text stands in what a person sees of their own response."""
    return text in exported(worksheet, response_for(worksheet, answers), private=True)


# --- the page ---------------------------------------------------------------------------------------


PAGE = Path(__file__).parents[2] / "docs" / "format.md"
QUOTATION = re.compile(r"^ *# > (.*(?:\n *# (?!>).*)*)", re.MULTILINE)


def in_one_line(text: str) -> str:
    """Text without marks of code and of tables, and without line breaks."""
    return " ".join(text.replace("`", "").replace("|", "").split())


def test_what_is_quoted_here_stands_on_the_page() -> None:
    found = QUOTATION.findall(Path(__file__).read_text(encoding="utf-8"))
    quoted = [in_one_line(re.sub(r"\n *# ", " ", one)) for one in found]
    page = in_one_line(PAGE.read_text(encoding="utf-8"))
    assert len(quoted) > 70
    assert [one for one in quoted if one not in page] == []


# --- File formats ---------------------------------------------------------------------------------


# > The first key, libwell, says what a file is and in which version of its format.
@pytest.mark.parametrize("word", ['"answers/1"', '"worksheet"', '"worksheet/0"', '"worksheet/one"', "1"])
def test_a_worksheet_says_that_it_is_one(word: str) -> None:
    text = worksheet_text(*ABOVE).replace('"worksheet/1"', word)
    with pytest.raises(FileRefusedError, match="does not say that it is a worksheet"):
        examine(text)


# > A version newer than libwell knows is refused with status 4, and the file stays as it is, byte for byte.
def test_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, worksheet_text(*ABOVE).replace("worksheet/1", "worksheet/2"))
    before = (tmp_path / "test.toml").read_bytes()
    with pytest.raises(FileRefusedError, match=r"newer libwell \(worksheet/2\)") as caught:
        shelf.load("test")
    assert caught.value.status == 4
    assert (tmp_path / "test.toml").read_bytes() == before


# > A byte-order mark and CRLF line ends are read as well.
def test_a_byte_order_mark_and_crlf_are_accepted(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    text = worksheet_text('id = "words", kind = "text"', head='private = false\nnotice = """\none\ntwo"""')
    (tmp_path / "test.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert shelf.load("test") == worksheet_from(text)


# > An id matches [a-z][a-z0-9-]{0,63} from end to end.
IDS = {"a": True, "quiet-room": True, "a1-": True, "a" * 64: True}
NO_IDS = {
    "": False,
    "A": False,
    "1a": False,
    "-a": False,
    "a_b": False,
    "a.b": False,
    "a b": False,
    "é": False,
}
NO_IDS |= {"a" * 65: False, "a\\n": False}
# > Reserved everywhere: other, other-1 and so on, row-1 and so on, not-answered, true, false.
RESERVED = dict.fromkeys(("other", "other-1", "row-1", "not-answered", "true", "false"), False)


@pytest.mark.parametrize(("name", "is_id"), (IDS | NO_IDS | RESERVED).items(), ids=repr)
def test_ids_of_prompts_sections_and_items(name: str, *, is_id: bool) -> None:
    as_prompt = worksheet_text(f'id = "{name}", kind = "text"')
    as_section = worksheet_text('id = "words", kind = "text"', section=f'id = "{name}"\ntitle = "First"')
    item = f'items = [{{ id = "{name}", text = "One" }}, {{ id = "more", text = "More" }}]'
    as_item = worksheet_text(f'id = "list", kind = "checklist", {item}')
    expected = {"sections[1].prompts[1].id", "sections[1].id", "sections[1].prompts[1].items[1].id"}
    found = {*keys_of(as_prompt), *keys_of(as_section), *keys_of(as_item)}
    assert found == (set() if is_id else expected)


# > Inside a prompt everything that begins with other- or row- is reserved.
@pytest.mark.parametrize("name", ["other-people", "row-of-houses"])
def test_inside_a_prompt_every_id_that_looks_like_an_own_entry_is_reserved(name: str) -> None:
    item = f'items = [{{ id = "{name}", text = "One" }}]'
    found = mistakes_in(worksheet_text(f'id = "list", kind = "checklist", {item}'))
    assert [mistake.key for mistake in found] == ["sections[1].prompts[1].items[1].id"]
    assert "reserved" in found[0].message


# > Values are read strictly. true is not a number, a date is not a text, and a date has no time. nan and inf
# are refused.
STRICT = {
    'kind = "number", min = true': "min",
    'kind = "number", min = "1"': "min",
    'kind = "number", max = nan': "max",
    'kind = "number", max = inf': "max",
    'kind = "number", max = -inf': "max",
    'kind = "list", max = 2.0': "max",
    'kind = "list", max = true': "max",
    'kind = "date", not_before = 2026-01-01T00:00:00': "not_before",
    'kind = "date", not_before = 2026-01-01T00:00:00Z': "not_before",
    'kind = "date", not_before = "2026-01-01"': "not_before",
    'kind = "date", not_after = 07:32:00': "not_after",
    'kind = "text", ask = 2026-01-01': "ask",
    'kind = "text", ask = 3': "ask",
    'kind = "text", ask = true': "ask",
    'kind = "text", help = ["a"]': "help",
    'kind = "text", required = 1': "required",
    'kind = "text", required = "true"': "required",
    'kind = "text", private = 0': "private",
    'kind = "text", not_answers = "dont-know"': "not_answers",
    'kind = "text", when = { prompt = "sure", is = 2026-01-01 }': "when.is",
    'kind = "text", when = { prompt = "hours", at_least = true }': "when.at_least",
    'kind = "text", when = { prompt = "hours", at_least = nan }': "when.at_least",
    'kind = "text", when = { prompt = "words", answered = 1 }': "when.answered",
}


@pytest.mark.parametrize(("keys", "wrong"), STRICT.items())
def test_values_are_read_strictly(keys: str, wrong: str) -> None:
    assert keys_of(worksheet_text(*ABOVE, f'id = "it", {keys}')) == [
        f"sections[1].prompts[{len(ABOVE) + 1}].{wrong}"
    ]


ANSWERS = {
    "sure": ({"true", "false"}, {"1", '"true"', "[]", "{}", "2026-01-01"}),
    "hours": ({"0", "-1", "2.5"}, {"true", '"3"', "nan", "inf", "-inf", "2026-01-01", "[3]"}),
    "calm": ({"0", "3"}, {"true", "1.0", "nan", '"1"', "4", "-1", "{}", "[1]"}),
    "practice": (
        {"{ signs = 1 }", '{ signs = 1, crowding = { not-answered = "skipped" } }'},
        {"1", "{ signs = true }", "{ signs = 1.0 }", "{ other = 1 }", "{ crowding = 4 }", "[]"},
    ),
    "words": ({'"x"', '""', '" "'}, {"1", "true", "2026-01-01", "[]", '["x"]'}),
    "place": ({'"van"', '{ other = "x" }'}, {'"bus"', '["van"]', "true", "{ other = 1 }", '{ van = "x" }'}),
    "areas": ({'["space"]', '[{ other = "x" }, "signs"]'}, {'"space"', '["x"]', "[1]", '["space", "space"]'}),
    "supports": (
        {'{ well = ["breaks"], improve = ["breaks", { other = "x" }] }'},
        {'["breaks"]', '{ bad = ["breaks"] }', '{ well = "breaks" }', '{ well = ["x"] }'},
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_read_strictly(name: str) -> None:
    worksheet = worksheet_of(*ABOVE)
    good, bad = ANSWERS[name]
    assert not [value for value in good if wrong_answers(worksheet, f"{name} = {value}")]
    assert not [value for value in bad if not wrong_answers(worksheet, f"{name} = {value}")]


# > An empty line begins a paragraph, and a single line break is a space.
def test_text_in_worksheets_is_folded_to_paragraphs() -> None:
    section = f'{SECTION}\nintro = """\nOne\ntwo.\n\nThree\n  four."""'
    document = worksheet_document(worksheet_of(*ABOVE, section=section), facilitator=False)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert "One two.\n\nThree four." in texts


# > Text in a worksheet is plain text and never markup.
def test_text_in_worksheets_is_never_markup() -> None:
    worksheet = worksheet_of('id = "words", kind = "text", ask = "*What* is <b>this</b>?"')
    shown = exported(worksheet, response_for(worksheet, 'words = "x"'))
    assert r"\*What\* is \<b>this\</b>?" in shown


# > In a worksheet, in an answers file, in resources and in settings it is a mistake, with the nearest known
# key as a remedy.
def test_an_unknown_key_is_a_mistake_with_a_suggestion() -> None:
    (found,) = mistakes_in(worksheet_text('id = "words", kind = "text", requierd = true'))
    assert found.key == "sections[1].prompts[1].requierd"
    assert found.remedy == "Did you mean required?"


# > A key that begins with x- is the author's own and is passed over.
def test_keys_that_begin_with_x_are_ignored_everywhere() -> None:
    text = f"""
libwell = "worksheet/1"
id = "test"
version = "1"
title = "Test"
x-head = 1
sources = [{{ title = "T", x-source = 1 }}]
[[sections]]
id = "first"
title = "First"
x-section = {{ a = 1 }}
epigraph = {{ text = "…", x-epigraph = 1 }}
prompts = [
  {{ id = "a", kind = "choice", ask = "?", x-prompt = nan, options = [{{ id = "b", text = "B", x-o = 1 }}] }},
  {{ id = "c", kind = "rating", ask = "?", {SCALE.replace(" }", ", x-scale = 1 }")} }},
  {{ id = "t", kind = "table", ask = "?", columns = [{{ id = "d", ask = "?", x-column = 1 }}] }},
  {{ id = "e", kind = "text", ask = "?", when = {{ prompt = "a", answered = true, x-when = 1 }} }},
]
"""
    assert mistakes_in(text) == []


# > A response keeps every key it does not know.
def test_unknown_keys_are_kept_in_a_response() -> None:
    worksheet = worksheet_of(*ABOVE, PLAN)
    response = response_for(worksheet, '[[actions]]\nstep = "x"\nmine = 1').model_copy(
        update={"mine": {"deep": [1, {"a": TODAY}]}}
    )
    read = saved_and_read(response)
    assert read.model_extra == {"mine": {"deep": [1, {"a": TODAY}]}}
    assert read.actions[0].model_extra == {"mine": 1}


# > a worksheet, a file of resources, a file of settings 1 MiB
# > A file is measured before it is read
def test_a_worksheet_has_at_most_one_mebibyte(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    text = worksheet_text(*ABOVE) + "# "
    full = text + "x" * (2**20 - len(text.encode()))
    (tmp_path / "test.toml").write_text(full, encoding="utf-8")
    assert shelf.load("test")
    (tmp_path / "test.toml").write_text(full + "x", encoding="utf-8")
    with pytest.raises(FileRefusedError, match="larger than 1 MiB"):
        shelf.load("test")


# > one text 100,000 characters
def test_one_text_has_at_most_100_000_characters() -> None:
    longest = "é" * 100_000
    assert keys_of(worksheet_text(f'id = "words", kind = "text", help = "{longest}"')) == []
    too_long = worksheet_text(f'id = "words", kind = "text", help = "{longest}x"')
    assert keys_of(too_long) == ["sections[1].prompts[1].help"]
    worksheet = worksheet_of(*ABOVE, PLAN)
    for answers in ('words = "{}"', 'areas = [{{ other = "{}" }}]', 'place = {{ other = "{}" }}'):
        assert wrong_answers(worksheet, answers.format(longest)) == []
        assert len(wrong_answers(worksheet, answers.format(longest + "x"))) == 1


# --- 1. Worksheet ---------------------------------------------------------------------------------


# > Left out in the head it is true: all is private until the worksheet says otherwise.
@pytest.mark.parametrize(
    ("worksheet", "section", "prompt", "is_private"),
    [
        ("", "", "", True),
        ("true", "", "", True),
        ("false", "", "", False),
        # > The nearest word wins: prompt, section, worksheet.
        ("false", "true", "", True),
        ("true", "false", "", False),
        ("", "false", "", False),
        ("true", "false", "true", True),
        ("false", "true", "false", False),
        ("", "", "false", False),
    ],
)
def test_the_nearest_word_on_privacy_wins(
    worksheet: str,
    section: str,
    prompt: str,
    *,
    is_private: bool,
) -> None:
    keys = f", private = {prompt}" if prompt else ""
    made = worksheet_of(
        f'id = "words", kind = "text"{keys}',
        head=f"private = {worksheet}" if worksheet else "",
        section=f"{SECTION}\nprivate = {section}" if section else SECTION,
    )
    assert private_prompts(made) == ({"words"} if is_private else set())


# > A prompt that looks at a private one, by when, rows_from or options_from, is private whatever it says, as
# its being there tells something.
LOOKS = {
    "when": 'id = "it", kind = "text", private = false, when = { prompt = "areas", answered = false }',
    "when, deep inside": 'id = "it", kind = "text", private = false, '
    'when = { all = [{ prompt = "open", answered = true }, { not = { any = ['
    '{ prompt = "areas", includes = "space" }] } }] }',
    "rows_from": 'id = "it", kind = "table", private = false, rows_from = "areas", '
    'columns = [{ id = "a", ask = "?" }]',
    "options_from": 'id = "it", kind = "choice", private = false, options_from = "areas"',
}


@pytest.mark.parametrize("keys", LOOKS.values(), ids=LOOKS)
def test_what_looks_at_a_private_prompt_is_private(keys: str) -> None:
    follows = 'id = "after", kind = "text", private = false, when = { prompt = "it", answered = true }'
    prompts = ('id = "open", kind = "text"', f"{AREAS}, private = true", keys, follows)
    assert private_prompts(worksheet_of(*prompts)) == {"areas", "it", "after"}


# > So is one that recalls a private one,
def test_what_recalls_a_private_prompt_is_private() -> None:
    worksheet = worksheet_of(
        'id = "words", kind = "text", private = true',
        'id = "it", kind = "text", private = false, recall = ["words"]',
    )
    assert private_prompts(worksheet) == {"words", "it"}


# > and each prompt of a section whose when looks at one.
def test_a_section_that_looks_at_a_private_prompt_is_private() -> None:
    second = 'id = "second"\ntitle = "Second"\nprivate = false\nwhen = { prompt = "words", answered = true }'
    text = sheet_text(
        section_text('id = "words", kind = "text", private = true'),
        section_text('id = "more", kind = "text", private = false', keys=second),
    )
    assert private_prompts(worksheet_from(text)) == {"words", "more"}


# > What is private is in no export, pipe, JSON or shared copy. Only --private puts it into an export
def test_what_is_private_is_not_exported() -> None:
    worksheet = worksheet_of('id = "words", kind = "text", private = true', 'id = "more", kind = "text"')
    response = response_for(worksheet, 'words = "secret"\nmore = "open"')
    assert "secret" not in exported(worksheet, response)
    assert "open" in exported(worksheet, response)
    assert "secret" in exported(worksheet, response, private=True)


# > The nearest word wins: item, prompt, section, worksheet. Left out everywhere it is "team".
# > "organization" is read as "organisation", which is what is written.
@pytest.mark.parametrize(
    ("worksheet", "section", "prompt", "item", "level"),
    [
        ("", "", "", "", "team"),
        ("me", "", "", "", "me"),
        ("me", "organisation", "", "", "organisation"),
        ("me", "organisation", "community", "", "community"),
        ("me", "organisation", "community", "team", "team"),
        ("", "", "", "me", "me"),
        ("organization", "", "", "", "organisation"),
        ("me", "", "", "organization", "organisation"),
    ],
)
def test_the_nearest_word_on_level_wins(
    worksheet: str, section: str, prompt: str, item: str, level: str
) -> None:
    said = [f'level = "{word}"' if word else "" for word in (worksheet, section, prompt, item)]
    keys = f'id = "c", kind = "checklist", marks = [{{ id = "do", text = "do", offer = true }}], {said[2]}'
    items = f'items = [{{ id = "one", text = "One", {said[3]} }}]'.replace(", }", " }")
    made = worksheet_of(
        f"{keys}, {items}".replace(", ,", ","),
        PLAN,
        head=f"{OPEN}\n{said[0]}",
        section=f"{SECTION}\n{said[1]}",
    )
    walk = hear(walk_for(made, 'c = { do = ["one"] }', at="plan"), "1")
    assert walk.response.actions[0].level == level


# > Sections and prompts of a worksheet share one set of ids, each used once; only a section and a prompt
# inside it may have the same.
def test_sections_and_prompts_share_one_set_of_names() -> None:
    first = section_text('id = "words", kind = "text"', 'id = "words", kind = "list"')
    assert keys_of(sheet_text(first)) == ["sections[1].prompts[2].id"]
    second = section_text('id = "more", kind = "text"', keys='id = "words"\ntitle = "Second"')
    assert keys_of(sheet_text(section_text('id = "words", kind = "text"'), second)) == ["sections[2].id"]
    twice = section_text('id = "more", kind = "text"')
    assert keys_of(sheet_text(section_text('id = "words", kind = "text"'), twice)) == ["sections[2].id"]


# --- Prompt kinds ---------------------------------------------------------------------------------


# > In the place of any answer can stand { not-answered = "…" }, alone, with a reason: skipped,
# prefer-not-to-say, dont-know or not-applicable. The first two are always allowed, the other two where
# not_answers lists them.
@pytest.mark.parametrize(
    ("reason", "sure", "words"),
    [
        ("skipped", True, True),
        ("prefer-not-to-say", True, True),
        ("dont-know", True, False),
        ("not-applicable", False, False),
        ("never", False, False),
    ],
)
def test_not_answers(reason: str, *, sure: bool, words: bool) -> None:
    worksheet = worksheet_of(*ABOVE)
    for name, allowed in (("sure", sure), ("words", words)):
        wrong = wrong_answers(worksheet, f'{name} = {{ not-answered = "{reason}" }}')
        assert wrong == ([] if allowed else [f"answers.{name}.not-answered"])


def test_a_not_answer_stands_alone() -> None:
    worksheet = worksheet_of(*ABOVE)
    answers = 'practice = { not-answered = "skipped", signs = 1 }'
    assert wrong_answers(worksheet, answers) == ["answers.practice"]


# > A prompt nobody came to has no entry at all.
def test_what_was_never_reached_has_no_entry() -> None:
    worksheet = worksheet_of(*ABOVE)
    walk = hear(walk_for(worksheet), ":skip", ":go hours")
    assert walk.response.answers == {"sure": {"not-answered": "skipped"}}


# > both may be passed over in the walk, and are asked for again before finishing.
def test_required_and_min_are_asked_for_again_before_finishing() -> None:
    worksheet = worksheet_of(
        'id = "words", kind = "text", required = true, long = false',
        'id = "names", kind = "list", min = 2',
        'id = "last", kind = "yes-no"',
    )
    walk = hear(walk_for(worksheet), "", "one", "", "")
    assert walk.at_review
    heard = walk.hear("")
    assert "needs an answer" in heard.said[0]
    assert walk.turn().asked.prompt.id == "words"
    hear(walk, "something")
    assert walk.at_review
    assert walk.hear("").said == ("Give at least 2.",)
    hear(walk, ":go names", "", "two", "")
    assert walk.at_review
    assert walk.hear("").act == "finish"


# > A file whose status is complete lacks neither.
def test_a_complete_response_lacks_nothing_required() -> None:
    worksheet = worksheet_of(
        'id = "words", kind = "text", required = true, not_answers = ["dont-know"]',
        f"{AREAS}, min = 2",
        'id = "names", kind = "list", min = 1',
        'id = "rows", kind = "table", min = 2, columns = [{ id = "a", ask = "?" }]',
        'id = "hidden", kind = "text", required = true, when = { prompt = "words", answered = true }',
    )

    def lacks(answers: str) -> list[str]:
        return [mistake.key for mistake in missing(asked(worksheet, response_for(worksheet, answers)))]

    assert lacks("") == ["answers.words"]
    assert lacks('words = { not-answered = "skipped" }') == ["answers.words"]
    assert lacks('words = { not-answered = "prefer-not-to-say" }') == []
    assert lacks('words = { not-answered = "dont-know" }') == []
    assert lacks('words = "x"') == ["answers.hidden"]
    full = 'words = "x"\nhidden = "y"\n'
    assert lacks(full + 'areas = ["space"]\nrows = [{ a = "1" }]') == ["answers.areas", "answers.rows"]
    assert lacks(full + 'areas = ["space", { other = "x" }]\nrows = [{ a = "1" }, { a = "2" }]') == []


# > needed in each row that was begun
def test_a_required_cell_is_needed_in_every_row_that_was_begun() -> None:
    columns = 'columns = [{ id = "a", ask = "A?", required = true }, { id = "b", ask = "B?" }]'
    worksheet = worksheet_of(f'id = "rows", kind = "table", {columns}')
    (found,) = missing(asked(worksheet, response_for(worksheet, 'rows = [{ a = "1" }, { b = "2" }]')))
    assert "A?" in found.message
    assert missing(asked(worksheet, response_for(worksheet, 'rows = [{ a = "1" }]'))) == []
    assert missing(asked(worksheet, response_for(worksheet, ""))) == []


# --- Own entries ----------------------------------------------------------------------------------


# > When it is saved, each own entry gets an id, such as { other = "Blinds", id = "other-1" }, and each added
# row gets one such as id = "row-1".
def test_own_entries_and_rows_get_their_ids() -> None:
    worksheet = worksheet_of(*ABOVE, 'id = "rows", kind = "table", columns = [{ id = "a", ask = "?" }]')
    response = response_for(
        worksheet,
        'place = { other = "p" }\nareas = ["space", { other = "q" }, { other = "r" }]\n'
        'supports = { improve = [{ other = "s" }] }\nrows = [{ a = "1" }, { a = "2" }]',
    )
    assert saved_and_read(response).answers == {
        "place": {"other": "p", "id": "other-1"},
        "areas": ["space", {"other": "q", "id": "other-1"}, {"other": "r", "id": "other-2"}],
        "supports": {"improve": [{"other": "s", "id": "other-1"}]},
        "rows": [{"a": "1", "id": "row-1"}, {"a": "2", "id": "row-2"}],
    }


# > Ids are given in order and never used again, also when an entry is taken out.
def test_ids_of_own_entries_are_given_in_order_and_never_used_again() -> None:
    walk = hear(walk_for(worksheet_of(AREAS)), "1", "one", "two", "", ":go areas", "", "", "-")
    assert walk.response.answers["areas"] == ["space", {"other": "one", "id": "other-1"}]
    walk = hear(reopened(walk), ":go areas", "", "-", "three")
    assert walk.response.answers["areas"] == ["space", {"other": "three", "id": "other-3"}]
    walk = hear(reopened(walk), ":go areas", ":clear", "four")
    assert walk.response.answers["areas"] == [{"other": "four", "id": "other-4"}]


def test_ids_of_rows_are_never_used_again() -> None:
    worksheet = worksheet_of('id = "rows", kind = "table", columns = [{ id = "a", ask = "?" }]')
    walk = hear(walk_for(worksheet), "one", "two", "", ":go rows", "", "-")
    walk = hear(reopened(walk), ":go rows", "", "three")
    assert walk.response.answers["rows"] == [{"a": "one", "id": "row-1"}, {"a": "three", "id": "row-3"}]


def test_ids_of_actions_are_never_used_again() -> None:
    walk = hear(walk_for(worksheet_of(PLAN)), "one", ":go plan", "-")
    assert walk.response.actions == ()
    walk = hear(reopened(walk), ":go plan", "two")
    assert [action.id for action in walk.response.actions] == ["a2"]


# > The same words under two marks of a checklist are one entry.
def test_the_same_words_under_two_marks_are_one_entry() -> None:
    response = response_for(
        worksheet_of(SUPPORTS),
        'supports = { well = [{ other = "x" }], improve = [{ other = "x" }, { other = "y" }] }',
    )
    assert saved_and_read(response).answers["supports"] == {
        "well": [{"other": "x", "id": "other-1"}],
        "improve": [{"other": "x", "id": "other-1"}, {"other": "y", "id": "other-2"}],
    }


GOAL = 'columns = [{{ id = "goal", ask = "Goal?", offer = true }}]'
ROWS = f'id = "goals", kind = "table", rows_from = "{{}}", {GOAL}'


# > one row for each thing picked at that choice, choices, ranking or checklist above
@pytest.mark.parametrize(
    ("source", "answer", "rows"),
    [
        ("areas", '["signs", { other = "Quiet" }, "space"]', ["Space", "Signs", "Quiet"]),
        ("place", '"van"', ["Van"]),
        ("place", '{ other = "Quiet" }', ["Quiet"]),
        (
            "supports",
            '{ improve = [{ other = "Quiet" }, "learning"], well = ["breaks"] }',
            ["Breaks", "Learning", "Quiet"],
        ),
        ("areas", '{ not-answered = "skipped" }', []),
        ("urgent", '["lamp", "roof"]', ["Lamp", "Roof"]),
    ],
)
def test_one_row_for_each_thing_picked(source: str, answer: str, rows: list[str]) -> None:
    worksheet = worksheet_of(*ABOVE, ROWS.format(source))
    one = asked(worksheet, response_for(worksheet, f"{source} = {answer}"))[-1]
    assert [step.label for step in one.prompt.steps(None, one.around)] == [f"{row}: goal?" for row in rows]


# > An own entry can make a row and can be pointed at by its address.
def test_an_own_entry_makes_a_row_and_can_be_pointed_at() -> None:
    worksheet = worksheet_of(AREAS, ROWS.format("areas"), PLAN)
    walk = hear(walk_for(worksheet), "Quiet room", "", "Find a room", "1", "", "Ana")
    assert walk.response.answers["goals"] == {"other-1": {"goal": "Find a room"}}
    assert walk.response.actions[0].from_ == "goals.other-1.goal"
    assert problems(worksheet, walk.response) == []


# > A row or an option whose pick was taken back is kept in the file, and is neither shown nor exported; it
# comes back with its pick.
def test_a_row_whose_pick_is_withdrawn_is_kept_but_not_shown_and_comes_back() -> None:
    worksheet = worksheet_of(AREAS, ROWS.format("areas"), PLAN)
    walk = hear(walk_for(worksheet), "1,2", "", "wide aisles", "big letters", ":go areas", "1", "")
    walk = reopened(walk)
    assert walk.response.answers["goals"] == {
        "space": {"goal": "wide aisles"},
        "signs": {"goal": "big letters"},
    }
    shown = exported(worksheet, walk.response, private=True)
    assert "wide aisles" in shown
    assert "big letters" not in shown
    assert [
        step.answer
        for step in asked(worksheet, walk.response)[1].prompt.steps(
            walk.response.answers["goals"], asked(worksheet, walk.response)[1].around
        )
    ] == ["wide aisles"]
    assert [offer.step for offer in offers(worksheet, walk.response.answers)] == ["wide aisles"]
    walk = hear(walk, ":go areas", "1,2")
    assert "big letters" in exported(worksheet, walk.response, private=True)


# > So is a row whose rating or mark makes none any more.

# > What is not rated, or has a not-answer, makes no row.

# That is shown in tests/kinds/test_table_rows.py.

# > A cell that is not asked keeps in the file what it has. It is neither shown nor exported nor counted.

# > A total is asked for again before finishing, as min is.

# > Cells of its row that have becomes fill that part of the step too; later changes there do not change the
# step.

# That is shown in tests/kinds/test_table_cells.py.


@pytest.mark.parametrize(
    ("kind", "answer"), [("choice", '"signs"'), ("choices", '["signs"]'), ("ranking", '["signs"]')]
)
def test_an_option_whose_pick_is_withdrawn_is_kept_but_not_shown_and_comes_back(
    kind: str, answer: str
) -> None:
    worksheet = worksheet_of(
        AREAS, f'id = "it", kind = "{kind}", ask = "Which first?", options_from = "areas"'
    )
    walk = walk_for(worksheet, f'areas = ["signs"]\nit = {answer}')
    assert "Signs" in exported(worksheet, walk.response).partition("Which first?")[2]
    walk = reopened(hear(walk, ":go areas", "1"))
    assert walk.response.answers["it"] == ("signs" if kind == "choice" else ["signs"])
    assert "Which first?" not in exported(worksheet, walk.response, private=True)
    assert walk.turn().step.answer == ""
    walk = hear(walk, ":go areas", "1,2")
    assert "Signs" in exported(worksheet, walk.response).partition("Which first?")[2]


# > options are what was picked at that choice, choices, ranking or checklist above
def test_options_come_from_picks_own_entries_too() -> None:
    worksheet = worksheet_of(AREAS, 'id = "it", kind = "choice", options_from = "areas"')
    walk = hear(walk_for(worksheet), "2", "Quiet", "")
    assert walk.turn().step.lines == ("1. Signs", "2. Quiet")
    hear(walk, "quiet")
    assert walk.response.answers["it"] == "other-1"
    assert "Quiet" in exported(worksheet, walk.response).partition("What?")[2].partition("What?")[2]


def test_rows_and_options_that_were_never_there_are_mistakes() -> None:
    worksheet = worksheet_of(
        AREAS,
        ROWS.format("areas"),
        'id = "it", kind = "choices", options_from = "areas"',
        'id = "last", kind = "choice", options_from = "it"',
    )
    answers = 'areas = ["space"]\ngoals = { spcae = { goal = "x" } }\nit = ["signs"]\nlast = "sgins"'
    assert wrong_answers(worksheet, answers) == ["answers.goals.spcae", "answers.last"]


@pytest.mark.parametrize("areas", ['["spcae", "space"]', '"space"', '{ not-answered = "no" }'])
def test_rows_and_options_from_a_wrong_answer_are_no_mistakes_of_their_own(areas: str) -> None:
    worksheet = worksheet_of(
        AREAS,
        ROWS.format("areas"),
        'id = "it", kind = "choices", options_from = "areas"',
        'id = "last", kind = "choice", required = true, options_from = "it"',
    )
    rest = 'goals = { spcae = { goal = "x" } }\nit = ["sings"]\nlast = "sgins"'
    (wrong,) = wrong_answers(worksheet, f"areas = {areas}\n{rest}")
    assert wrong.startswith("answers.areas")
    shaped = wrong_answers(worksheet, f"areas = {areas}\n{rest}".replace('"x"', "1").replace('"sgins"', "1"))
    assert shaped[1:] == ["answers.goals.spcae.goal", "answers.last"]
    response = response_for(worksheet, f"areas = {areas}\n{rest}")
    assert missing(asked(worksheet, response)) == []


# --- Addresses ------------------------------------------------------------------------------------

TABLE = (
    'id = "rota", kind = "table", rows = [{ id = "mon", text = "Monday" }], '
    'columns = [{ id = "who", ask = "Who?", offer = true }, { id = "day", ask = "Day?", kind = "date" }]'
)


# > An address names a place: prompt, prompt.part or prompt.row.column. A part is an option, an item, a mark,
# a row or a column.
@pytest.mark.parametrize(
    ("address", "leads_somewhere"),
    [
        ("supports", True),
        ("supports.breaks", True),
        ("supports.improve", True),
        ("areas.space", True),
        ("practice.signs", True),
        ("rota.who", True),
        ("rota.mon", True),
        ("rota.mon.who", True),
        ("words", True),
        ("nothing", False),
        ("", False),
        ("supports.nothing", False),
        ("words.more", False),
        ("rota.mon.nothing", False),
        ("rota.mon.who.more", False),
        ("rota.", False),
        ("supports.breaks.improve", False),
    ],
)
def test_addresses(address: str, *, leads_somewhere: bool) -> None:
    text = worksheet_text(*ABOVE, TABLE, f'id = "plan", kind = "plan", collect = ["{address}"]')
    assert keys_of(text) == ([] if leads_somewhere else [f"sections[1].prompts[{len(ABOVE) + 2}].collect[1]"])


TWICE = things("b", "b")


# > Within one prompt all these ids differ.
@pytest.mark.parametrize(
    ("keys", "wrong"),
    [
        ('kind = "choice", options = [{ id = "a", text = "A" }, { id = "a", text = "B" }]', "options[2].id"),
        (
            'kind = "checklist", marks = [{ id = "a", text = "A" }], items = [{ id = "a", text = "A" }]',
            "items[1].id",
        ),
        (
            f'kind = "rating", {SCALE}, items = [{{ id = "a", text = "A" }}, {{ id = "a", text = "B" }}]',
            "items[2].id",
        ),
        (
            'kind = "table", columns = [{ id = "a", ask = "A" }], rows = [{ id = "a", text = "A" }]',
            "rows[1].id",
        ),
        (
            f'kind = "table", columns = [{{ id = "a", ask = "A", kind = "choice", options = {TWICE} }}]',
            "columns[1]",
        ),
    ],
)
def test_ids_within_one_prompt_differ(keys: str, wrong: str) -> None:
    assert keys_of(worksheet_text(f'id = "it", {keys}')) == [f"sections[1].prompts[1].{wrong}"]


# --- Offers ---------------------------------------------------------------------------------------


def offers(worksheet: Worksheet, answers: str | dict[str, Value]) -> tuple[Offer, ...]:
    """What is put before the person at the plan."""
    text, given = (answers, {}) if isinstance(answers, str) else ("", answers)
    response = response_for(worksheet, text)
    response = response.model_copy(update={"answers": {**response.answers, **given}})
    everything = asked(worksheet, response)
    plan = next(one for one in everything if one.prompt.id == "plan")
    return while_answering(plan, everything, worksheet, response, now=around()).around.offers


OFFERING = (
    """id = "care", kind = "checklist", add_items = true,
    marks = [{ id = "well", text = "well" }, { id = "improve", text = "improve", offer = true },
    { id = "ask", text = "ask", offer = true }],
    items = [{ id = "breaks", text = "Breaks", suggest = "Ask for breaks" },
    { id = "learning", text = "Learning" }]""",
    """id = "one", kind = "choice", other = true, options = [
    { id = "here", text = "Here", offer = true, suggest = "Begin here" },
    { id = "there", text = "There" }]""",
    """id = "many", kind = "choices", other = true, options = [
    { id = "red", text = "Red", offer = true }, { id = "blue", text = "Blue" }]""",
    f"""id = "low", kind = "rating", {SCALE}, offer_at_most = 1, add_items = true, items = [
    {{ id = "signs", text = "Signs", suggest = "Hang up signs" }},
    {{ id = "crowding", text = "Crowding" }}]""",
    f'id = "high", kind = "rating", {SCALE}, offer_at_least = 3, ask = "How loud is it?"',
    f"""id = "both", kind = "rating", {SCALE}, offer_at_most = 0, offer_at_least = 3,
    items = {things("a", "b", "c")}""",
    f"""id = "rota", kind = "table", rows = {things("mon", "tue")}, columns = [
    {{ id = "step", ask = "Step?", offer = true }}, {{ id = "note", ask = "Note?" }}]""",
    'id = "added", kind = "table", columns = [{ id = "step", ask = "Step?", offer = true }]',
)


# > It is offered if the mark, the option or the text column has offer = true, or if its point is at or below
# offer_at_most, or at or above offer_at_least. Own entries are offered under a mark that has offer, in a
# rating like its items, and in a choice or choices where any option has it. The first wording of a step is
# the suggest of the item or option, else its text. Of an own entry or a cell it is the person's own text. Of
# a rating without items it is the question.
@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            'care = { improve = ["breaks", "learning"] }',
            {"care.breaks": "Ask for breaks", "care.learning": "Learning"},
        ),
        ('care = { well = ["breaks"] }', {}),
        (
            'care = { well = ["breaks"], ask = ["breaks"], improve = ["breaks"] }',
            {"care.breaks": "Ask for breaks"},
        ),
        (
            'care = { improve = [{ other = "Quiet room" }], well = [{ other = "Tea" }] }',
            {"care.other-1": "Quiet room"},
        ),
        ('one = "here"', {"one.here": "Begin here"}),
        ('one = "there"', {}),
        ('one = { other = "Elsewhere" }', {"one.other-1": "Elsewhere"}),
        ('many = ["blue", "red"]', {"many.red": "Red"}),
        ("low = { signs = 1, crowding = 2 }", {"low.signs": "Hang up signs"}),
        ('low = { signs = { not-answered = "skipped" }, crowding = 0 }', {"low.crowding": "Crowding"}),
        (
            'low = { ":own" = [{ other = "Smell", point = 1 }, { other = "Sun", point = 2 }] }',
            {"low.other-1": "Smell"},
        ),
        ("high = 3", {"high": "How loud is it?"}),
        ("high = 2", {}),
        ("both = { a = 0, b = 1, c = 3 }", {"both.a": "A", "both.c": "C"}),
        ('rota = { mon = { step = "Swap", note = "x" }, tue = { note = "y" } }', {"rota.mon.step": "Swap"}),
        (
            'added = [{ step = "Call" }, { step = "Write" }]',
            {"added.row-1.step": "Call", "added.row-2.step": "Write"},
        ),
        ('care = { not-answered = "prefer-not-to-say" }', {}),
    ],
)
def test_offers(answers: str, expected: dict[str, str]) -> None:
    found = offers(worksheet_of(*OFFERING, PLAN), answers)
    assert {offer.address: offer.step for offer in found} == expected


# > offer boolean, false with kind text
@pytest.mark.parametrize("kind", ["number", "date", "yes-no"])
def test_only_text_columns_offer(kind: str) -> None:
    keys = f'id = "t", kind = "table", columns = [{{ id = "a", ask = "?", kind = "{kind}", offer = true }}]'
    assert keys_of(worksheet_text(keys)) == ["sections[1].prompts[1].columns[1]"]


# > fill makes no steps of offers.

# That is shown in tests/flows/test_fill.py.


def test_a_pick_at_the_plan_begins_with_the_words_of_the_offer() -> None:
    walk = hear(walk_for(worksheet_of(*OFFERING, PLAN), 'one = "here"', at="plan"), "1")
    assert walk.response.actions[0].step == "Begin here"
    assert walk.response.actions[0].from_ == "one.here"


# > what is offered at the plan; left out: everything offered above it
COLLECTED = (
    'care = { improve = ["breaks"], ask = ["learning"] }\none = "here"\nmany = ["red"]\nhigh = 3\n'
    'rota = { mon = { step = "Swap" }, tue = { step = "Call" } }'
)
ALL = ["care.breaks", "care.learning", "one.here", "many.red", "high", "rota.mon.step", "rota.tue.step"]


@pytest.mark.parametrize(
    ("collect", "addresses"),
    [
        (None, ALL),
        ([], []),
        (["care"], ["care.breaks", "care.learning"]),
        (["high", "one"], ["one.here", "high"]),
        (["care.learning"], ["care.learning"]),
        (["one.here", "one.there"], ["one.here"]),
        (["rota.step"], ["rota.mon.step", "rota.tue.step"]),
        (["rota.tue"], ["rota.tue.step"]),
        (["rota.mon.step"], ["rota.mon.step"]),
        (["care.ask"], ["care.learning"]),
        (["care.improve", "care"], ["care.breaks", "care.learning"]),
        (["care.well"], []),
        (["low"], []),
    ],
)
def test_collect_narrows_what_is_offered(collect: list[str] | None, addresses: list[str]) -> None:
    keys = "" if collect is None else f", collect = {collect}"
    found = offers(worksheet_of(*OFFERING, f'id = "plan", kind = "plan"{keys}'), COLLECTED)
    assert [offer.address for offer in found] == addresses


# > collect narrows what is offered to the addresses it lists, which are of prompts above the plan.
def test_a_plan_collects_only_from_above() -> None:
    text = worksheet_text('id = "plan", kind = "plan", collect = ["one"]', OFFERING[1])
    (found,) = mistakes_in(text)
    assert found.key == "sections[1].prompts[1].collect[1]"
    assert "stands below" in found.message


# --- Conditions -----------------------------------------------------------------------------------


DEEP = """any = [{ all = [{ prompt = "sure", is = true }, { not = { prompt = "hours", is = 1 } }] },
{ prompt = "words", answered = true }]"""

CONDITIONS = [
    # > { prompt, is = value } yes-no, choice, number the answer is that value, in type and value; an own
    # entry is "other"
    ('prompt = "sure", is = true', "sure = true", True),
    ('prompt = "sure", is = true', "sure = false", False),
    ('prompt = "sure", is = false', "sure = false", True),
    ('prompt = "place", is = "van"', 'place = "van"', True),
    ('prompt = "place", is = "van"', 'place = "branch"', False),
    ('prompt = "place", is = "van"', 'place = { other = "van" }', False),
    ('prompt = "place", is = "other"', 'place = { other = "Home" }', True),
    ('prompt = "place", is = "other"', 'place = "van"', False),
    ('prompt = "hours", is = 1', "hours = 1", True),
    ('prompt = "hours", is = 0', "hours = 0", True),
    ('prompt = "hours", is = 1', "hours = 2", False),
    ('prompt = "hours", is = 2.5', "hours = 2.5", True),
    # > { prompt, includes = "id" } choices, ranking that option is picked, or has a place; "other": an own
    # entry
    ('prompt = "urgent", includes = "lamp"', 'urgent = ["roof", "lamp"]', True),
    ('prompt = "urgent", includes = "lamp"', 'urgent = ["roof", "door"]', False),
    ('prompt = "areas", includes = "space"', 'areas = ["signs", "space"]', True),
    ('prompt = "areas", includes = "space"', 'areas = ["signs"]', False),
    ('prompt = "areas", includes = "other"', 'areas = [{ other = "space" }]', True),
    ('prompt = "areas", includes = "space"', 'areas = [{ other = "space" }]', False),
    # > { prompt, marked = "item", with = "mark" } checklist that item carries that mark { prompt, marked =
    # "item" } checklist that item carries any mark; "other": an own entry does
    ('prompt = "supports", marked = "breaks", with = "improve"', 'supports = { improve = ["breaks"] }', True),
    ('prompt = "supports", marked = "breaks", with = "improve"', 'supports = { well = ["breaks"] }', False),
    (
        'prompt = "supports", marked = "breaks", with = "improve"',
        'supports = { well = ["breaks"], improve = ["learning"] }',
        False,
    ),
    ('prompt = "supports", marked = "breaks"', 'supports = { well = ["breaks"] }', True),
    ('prompt = "supports", marked = "breaks"', 'supports = { well = ["learning"] }', False),
    # > { prompt, with = "mark" } checklist anything carries that mark
    ('prompt = "supports", with = "improve"', 'supports = { improve = ["learning"] }', True),
    ('prompt = "supports", with = "improve"', 'supports = { improve = [{ other = "x" }] }', True),
    ('prompt = "supports", with = "improve"', 'supports = { well = ["learning"] }', False),
    ('prompt = "supports", marked = "other"', 'supports = { well = [{ other = "x" }] }', True),
    # > { prompt, at_least = 2, at_most = 3 } number, rating without items the answer is within; one bound is
    # enough
    # > { prompt, item = "item", at_least = 2, at_most = 3 } rating with items the point of that item is
    # within
    ('prompt = "hours", at_least = 3', "hours = 3", True),
    ('prompt = "hours", at_least = 3', "hours = 2.9", False),
    ('prompt = "hours", at_most = 3', "hours = 3", True),
    ('prompt = "hours", at_most = 3', "hours = 4", False),
    ('prompt = "hours", at_least = 1, at_most = 3', "hours = 2", True),
    ('prompt = "hours", at_least = 1, at_most = 3', "hours = 0", False),
    ('prompt = "calm", at_least = 2', "calm = 2", True),
    ('prompt = "calm", at_most = 0', "calm = 0", True),
    ('prompt = "practice", item = "signs", at_most = 1', "practice = { signs = 1 }", True),
    ('prompt = "practice", item = "signs", at_most = 1', "practice = { signs = 2, crowding = 0 }", False),
    ('prompt = "practice", item = "signs", at_most = 1', "practice = { crowding = 0 }", False),
    (
        'prompt = "practice", item = "signs", at_most = 1',
        'practice = { signs = { not-answered = "skipped" } }',
        False,
    ),
    # > { prompt, answered = true } all kinds there is an answer; false: there is none
    ('prompt = "words", answered = true', 'words = "x"', True),
    ('prompt = "words", answered = false', 'words = "x"', False),
    ('prompt = "words", answered = true', "", False),
    ('prompt = "words", answered = false', "", True),
    # > A prompt that is hidden, skipped or not answered fails every test but answered = false.
    ('prompt = "sure", answered = true', 'sure = { not-answered = "dont-know" }', False),
    ('prompt = "sure", answered = false', 'sure = { not-answered = "skipped" }', True),
    ('prompt = "sure", is = false', 'sure = { not-answered = "skipped" }', False),
    ('prompt = "hours", at_most = 3', "", False),
    ('prompt = "hours", at_most = 3', 'hours = { not-answered = "prefer-not-to-say" }', False),
    ('prompt = "areas", includes = "space"', "", False),
    ('prompt = "supports", with = "well"', "", False),
    ('not = { prompt = "hours", at_most = 3 }', "", True),
    # > or one of all = […], any = […] and not = {…}, which hold conditions themselves.
    ('all = [{ prompt = "sure", is = true }, { prompt = "hours", is = 1 }]', "sure = true\nhours = 1", True),
    ('all = [{ prompt = "sure", is = true }, { prompt = "hours", is = 1 }]', "sure = true", False),
    ('any = [{ prompt = "sure", is = true }, { prompt = "hours", is = 1 }]', "hours = 1", True),
    ('any = [{ prompt = "sure", is = true }, { prompt = "hours", is = 1 }]', "", False),
    ('not = { prompt = "sure", is = true }', "sure = false", True),
    ('not = { prompt = "sure", is = true }', "sure = true", False),
    (
        DEEP,
        "sure = true\nhours = 2",
        True,
    ),
    (
        DEEP,
        "sure = true\nhours = 1",
        False,
    ),
]


# > when on a section or a prompt says when it is asked.
@pytest.mark.parametrize(("when", "answers", "holds"), CONDITIONS)
def test_a_prompt_is_asked_while_its_condition_holds(when: str, answers: str, *, holds: bool) -> None:
    second = f'id = "second"\ntitle = "Second"\nwhen = {{ {when} }}'
    worksheet = worksheet_from(
        sheet_text(
            section_text(*ABOVE, f'id = "below", kind = "text", when = {{ {when} }}'),
            section_text('id = "inside", kind = "text"', keys=second),
        )
    )
    assert asked_ids(worksheet, answers)[len(ABOVE) :] == (["below", "inside"] if holds else [])


HIDES = (
    'id = "sure", kind = "yes-no"',
    'id = "why", kind = "text", ask = "Why?", when = { prompt = "sure", is = true }',
    'id = "how", kind = "text", ask = "How?", when = { prompt = "why", answered = true }',
    'id = "else", kind = "text", ask = "Else?", when = { prompt = "why", answered = false }',
)


def test_a_hidden_prompt_is_not_answered() -> None:
    given = 'why = "x"\nhow = "y"'
    assert asked_ids(worksheet_of(*HIDES), f"sure = true\n{given}") == ["sure", "why", "how"]
    assert asked_ids(worksheet_of(*HIDES), f"sure = false\n{given}") == ["sure", "else"]


# > An answer whose condition no longer holds stays in the file. It is neither shown nor exported
def test_an_answer_whose_condition_turns_false_stays_in_the_draft_and_is_not_shown() -> None:
    worksheet = worksheet_of(*HIDES)
    walk = hear(walk_for(worksheet), "y", "because", "", ":go sure", "n")
    walk = reopened(walk)
    assert walk.response.answers["why"] == "because"
    assert "because" not in exported(worksheet, walk.response, private=True)
    assert "Why?" not in exported(worksheet, walk.response, private=True)
    walk = hear(walk, ":go sure", "y")
    assert "because" in exported(worksheet, walk.response)


# > and has to fit its prompt all the same.
def test_an_answer_that_is_hidden_has_to_fit_all_the_same() -> None:
    assert wrong_answers(worksheet_of(*HIDES), "sure = false\nwhy = 3") == ["answers.why"]


# > A condition looks only upwards: that of a prompt at prompts above it
@pytest.mark.parametrize("looks_at", ["below", "it"])
def test_conditions_look_only_upwards(looks_at: str) -> None:
    text = worksheet_text(
        f'id = "it", kind = "text", when = {{ prompt = "{looks_at}", answered = true }}',
        'id = "below", kind = "text"',
    )
    (found,) = mistakes_in(text)
    assert found.key == "sections[1].prompts[1].when.prompt"
    assert "only prompts above" in found.message


# > that of a section at sections above it.
def test_a_section_looks_only_at_sections_above() -> None:
    when = 'when = { prompt = "words", answered = true }'
    assert keys_of(worksheet_text('id = "words", kind = "text"', section=f"{SECTION}\n{when}")) == [
        "sections[1].when.prompt"
    ]


# Each test goes with its kinds, and names what is there.
@pytest.mark.parametrize(
    ("when", "wrong"),
    [
        ('prompt = "sure", is = "yes"', "is"),
        ('prompt = "sure", is = 1', "is"),
        ('prompt = "hours", is = true', "is"),
        ('prompt = "hours", is = "1"', "is"),
        ('prompt = "place", is = "bus"', "is"),
        ('prompt = "words", is = "x"', "is"),
        ('prompt = "place", includes = "van"', "includes"),
        ('prompt = "areas", includes = "nothing"', "includes"),
        ('prompt = "areas", marked = "space"', "marked"),
        ('prompt = "supports", marked = "nothing"', "marked"),
        ('prompt = "supports", with = "nothing"', "with"),
        ('prompt = "practice", at_least = 1', ""),
        ('prompt = "practice", item = "nothing", at_least = 1', "item"),
        ('prompt = "hours", item = "signs", at_least = 1', "item"),
        ('prompt = "words", at_least = 1', "at_least"),
        ('prompt = "words", at_most = 1', "at_most"),
        ('prompt = "nothing", answered = true', "prompt"),
        ("answered = true", ""),
        ('prompt = "words"', ""),
        ('prompt = "words", answered = true, is = "x"', ""),
        ('prompt = "words", item = "x", answered = true', ""),
        ('all = [{ prompt = "words", answered = true }], any = []', ""),
        ('all = [{ prompt = "nothing", answered = true }]', "all[1].prompt"),
        (
            'any = [{ prompt = "sure", is = true }, { not = { prompt = "words", at_least = 1 } }]',
            "any[2].not.at_least",
        ),
        ('prompt = "words", answerd = true', "answerd"),
    ],
)
def test_mistakes_in_conditions(when: str, wrong: str) -> None:
    key = f"sections[1].prompts[{len(ABOVE) + 1}].when.{wrong}".removesuffix(".")
    assert keys_of(worksheet_text(*ABOVE, f'id = "it", kind = "text", when = {{ {when} }}')) == [key]


# --- Include --------------------------------------------------------------------------------------

CARE = sheet_text(
    section_text(
        'id = "sure", kind = "yes-no"',
        'id = "why", kind = "text", when = { prompt = "sure", is = true }',
        keys='id = "care"\ntitle = "Care"\nintro = "Of care."\nnotice = "Mind."\nfacilitator = "Gently."',
    ),
    section_text(AREAS, ROWS.format("areas"), keys='id = "places"\ntitle = "Places"'),
    section_text(PLAN, keys='id = "steps"\ntitle = "Steps"'),
    name="care-sheet",
    head='private = true\nlevel = "organisation"\nnotice = "This is no test."\nfacilitator = "Take time."\n'
    'sources = [{ title = "A book" }, { title = "Another" }]',
)


def including(folder: Path, *sections: str, parts: tuple[str, ...] = (CARE,), head: str = OPEN) -> Worksheet:
    """A worksheet that includes, as it will be asked; it has no mistakes."""
    text = sheet_text(*sections, head=head, name="outer")
    return shelf_in(folder, *parts, text).load("outer")


def refusal(folder: Path, *sections: str, parts: tuple[str, ...] = (CARE,)) -> str:
    """Why a worksheet can't include, with the key."""
    shelf = shelf_in(folder, *parts, sheet_text(*sections, name="outer"))
    (found,) = [mistake for mistake in shelf.examine(folder / "outer.toml").mistakes if not mistake.hint]
    assert not shelf.examine(folder / "outer.toml").is_sound
    return f"{found.key}: {found.message} {found.remedy}"


def names(worksheet: Worksheet) -> list[str]:
    return [prompt.id for _, prompt in worksheet.prompts()]


# > A section with include = "staff-care" stands for all sections of that worksheet
# > Plans stay behind, and so do sections that are empty without them.
def test_include_brings_all_sections_without_plans(tmp_path: Path) -> None:
    own = section_text('id = "own", kind = "text"', keys='id = "mine"\ntitle = "Mine"')
    worksheet = including(tmp_path, own, '[[sections]]\ninclude = "care-sheet"')
    assert [section.id for section in worksheet.sections] == ["mine", "care", "places"]
    assert names(worksheet) == ["own", "sure", "why", "areas", "goals"]


# > and with include = "staff-care#care" for that one.
def test_include_brings_one_section(tmp_path: Path) -> None:
    worksheet = including(tmp_path, '[[sections]]\ninclude = "care-sheet#places"')
    assert names(worksheet) == ["areas", "goals"]


# > title, intro in the place of those of the first section when holds for all of it, besides its own
def test_beside_include_stand_title_intro_when_private_and_prefix(tmp_path: Path) -> None:
    own = section_text('id = "own", kind = "yes-no"', keys='id = "mine"\ntitle = "Mine"')
    include = (
        '[[sections]]\ninclude = "care-sheet"\ntitle = "Ours"\nintro = "Hello."\nprefix = "c-"\n'
        'private = true\nwhen = { prompt = "own", is = true }\nx-note = 1'
    )
    worksheet = including(tmp_path, own, include)
    assert [(section.title, section.intro) for section in worksheet.sections[1:]] == [
        ("Ours", "Hello."),
        ("Places", ""),
    ]
    assert asked_ids(worksheet, "own = false") == ["own"]
    assert asked_ids(worksheet, "own = true\nc-sure = true") == [
        "own",
        "c-sure",
        "c-why",
        "c-areas",
        "c-goals",
    ]


# > No other key has a place there, private = false neither.
@pytest.mark.parametrize(
    "key", ['id = "x"', 'level = "me"', 'notice = "x"', "prompts = []", 'facilitator = "x"']
)
def test_nothing_else_stands_beside_include(tmp_path: Path, key: str) -> None:
    found = refusal(tmp_path, f'[[sections]]\ninclude = "care-sheet"\n{key}')
    assert "no place for" in found


# > prefix goes before every id of a section, prompt and score in it, and before what points to them
def test_a_prefix_goes_before_every_id_and_what_points_to_it(tmp_path: Path) -> None:
    include = '[[sections]]\ninclude = "care-sheet"\nprefix = "{}"'
    worksheet = including(tmp_path, include.format("one-"), include.format("two-"))
    assert [section.id for section in worksheet.sections] == [
        "one-care",
        "one-places",
        "two-care",
        "two-places",
    ]
    assert names(worksheet)[4:] == ["two-sure", "two-why", "two-areas", "two-goals"]
    assert asked_ids(worksheet, "two-sure = true") == [
        "one-sure", "one-areas", "one-goals", "two-sure", "two-why", "two-areas", "two-goals",
    ]  # fmt: skip
    answers = 'two-areas = ["space"]\ntwo-goals = { space = { goal = "wide aisles" } }'
    assert is_shown(worksheet, answers, "wide aisles")


def test_without_a_prefix_ids_must_not_be_used_twice(tmp_path: Path) -> None:
    own = section_text('id = "sure", kind = "text"', keys='id = "mine"\ntitle = "Mine"')
    assert "another prompt has the id sure" in refusal(
        tmp_path, own, '[[sections]]\ninclude = "care-sheet#care"'
    )


@pytest.mark.parametrize("prefix", ["Care-", "-", "9", "é", "a" * 60])
def test_with_the_prefix_the_ids_are_still_ids(tmp_path: Path, prefix: str) -> None:
    assert "prefix" in refusal(tmp_path, f'[[sections]]\ninclude = "care-sheet"\nprefix = "{prefix}"')


def test_a_prefix_goes_with_include() -> None:
    assert keys_of(worksheet_text(*ABOVE, section=f'{SECTION}\nprefix = "a-"')) == ["sections[1]"]


# > What is included brings its own privacy, level, sources, facilitator text, resources and scores, and its
# > notice where the including worksheet has none.
def test_what_is_included_brings_its_own_privacy_level_sources_and_notice(tmp_path: Path) -> None:
    head = 'private = false\nlevel = "me"\nsources = [{ title = "A book" }, { title = "Ours" }]'
    worksheet = including(tmp_path, '[[sections]]\ninclude = "care-sheet"', head=head)
    assert private_prompts(worksheet) == {"sure", "why", "areas", "goals"}
    assert {section.level for section in worksheet.sections} == {"organisation"}
    assert [source.title for source in worksheet.sources] == ["A book", "Ours", "Another"]
    assert worksheet.sections[0].notice == "This is no test.\n\nMind."
    assert worksheet.sections[0].facilitator == "Take time.\n\nGently."
    noticed = including(tmp_path, '[[sections]]\ninclude = "care-sheet"', head=f'{head}\nnotice = "Ours."')
    assert (noticed.notice, noticed.sections[0].notice) == ("Ours.", "Mind.")


RATED = sheet_text(
    section_text(f'id = "calm", kind = "rating", {SCALE}', keys='id = "house"\ntitle = "House"'),
    section_text(
        f'id = "practice", kind = "rating", {SCALE}, items = {things("signs", "light")}',
        keys='id = "work"\ntitle = "Work"',
    ),
    section_text(f'id = "pace", kind = "rating", {SCALE}', keys='id = "pace-part"\ntitle = "Pace"'),
    '[[scores]]\nid = "works"\ntitle = "Work"\nmethod = "mean"\n'
    'items = ["practice.signs", "practice.light"]\nreverse = ["practice.light"]\n'
    "examples = [{ given = { practice = { signs = 3, light = 0 } }, score = 3 }]",
    '[[scores]]\nid = "rest"\ntitle = "Rest"\nmethod = "sum"\nitems = ["calm", "pace"]\n'
    "examples = [{ given = { calm = 3 } }]",
    name="rated",
)


def scores_of(worksheet: Worksheet) -> list[tuple[str, tuple[str, ...]]]:
    return [(score.id, score.items) for score in worksheet.scores]


def test_include_brings_the_scores(tmp_path: Path) -> None:
    own = section_text(f'id = "own", kind = "rating", {SCALE}', keys='id = "mine"\ntitle = "Mine"')
    mine = '[[scores]]\nid = "mine"\ntitle = "Mine"\nmethod = "sum"\nitems = ["own", "p-calm"]'
    include = '[[sections]]\ninclude = "rated"\nprefix = "p-"'
    worksheet = including(tmp_path, own, include, mine, parts=(RATED,))
    assert scores_of(worksheet) == [
        ("mine", ("own", "p-calm")),
        ("p-works", ("p-practice.signs", "p-practice.light")),
        ("p-rest", ("p-calm", "p-pace")),
    ]
    assert worksheet.scores[1].reverse == ("p-practice.light",)
    assert worksheet.scores[1].examples[0].given == {"p-practice": {"signs": 3, "light": 0}}
    answers = "own = 1\np-calm = 2\np-pace = 3\np-practice = { signs = 1, light = 1 }"
    assert [score.text for score in scored(worksheet, answers)] == ["3 of 6", "1.5 of 3", "5 of 6"]


# > What it looks at has to be included too, and so does all that a score is made of.
def test_include_of_a_section_brings_the_scores_made_of_it_alone(tmp_path: Path) -> None:
    include = '[[sections]]\ninclude = "rated#{}"'
    work = including(tmp_path, include.format("work"), parts=(RATED,))
    assert scores_of(work) == [("works", ("practice.signs", "practice.light"))]
    for name, outside in {"house": "pace", "pace-part": "calm"}.items():
        assert refusal(tmp_path, include.format(name), parts=(RATED,)) == (
            f"sections[1].include: the score rest of rated is also made of {outside}, which is not included. "
            "Include the section it stands in as well, or all of the worksheet."
        )


def test_scores_nest_as_includes_do(tmp_path: Path) -> None:
    middle = sheet_text('[[sections]]\ninclude = "rated"\nprefix = "b-"', name="middle")
    whole = including(tmp_path, '[[sections]]\ninclude = "middle"\nprefix = "a-"', parts=(RATED, middle))
    assert [name for name, _ in scores_of(whole)] == ["a-b-works", "a-b-rest"]
    part = including(tmp_path, '[[sections]]\ninclude = "middle#b-work"', parts=(RATED, middle))
    assert scores_of(part) == [("b-works", ("b-practice.signs", "b-practice.light"))]
    found = refusal(tmp_path, '[[sections]]\ninclude = "middle#b-house"', parts=(RATED, middle))
    assert "the score b-rest of middle is also made of b-pace" in found


def test_scores_that_are_included_have_ids_of_their_own(tmp_path: Path) -> None:
    other = sheet_text(
        section_text(f'id = "calm", kind = "rating", {SCALE}', keys='id = "house"\ntitle = "House"'),
        '[[scores]]\nid = "works"\ntitle = "Calm"\nmethod = "sum"\nitems = ["calm"]',
        name="another",
    )
    includes = ('[[sections]]\ninclude = "rated#work"', '[[sections]]\ninclude = "another"')
    found = refusal(tmp_path, *includes, parts=(RATED, other))
    assert found.startswith("sections[2].include: another score has the id works.")
    assert "prefix" in found
    mine = '[[scores]]\nid = "works"\ntitle = "Mine"\nmethod = "sum"\nitems = ["practice.signs"]'
    found = refusal(tmp_path, '[[sections]]\ninclude = "rated#work"', mine, parts=(RATED,))
    assert found.startswith("sections[1].include: another score has the id works.")


def test_with_the_prefix_the_id_of_a_score_is_still_an_id(tmp_path: Path) -> None:
    long = RATED.replace('id = "works"', f'id = "{"w" * 60}"')
    found = refusal(tmp_path, '[[sections]]\ninclude = "rated"\nprefix = "five-"', parts=(long,))
    assert found.startswith(f"sections[1].include: with the prefix the id five-{'w' * 60} is too long.")
    worksheet = including(tmp_path, '[[sections]]\ninclude = "rated"\nprefix = "i-i-"', parts=(long,))
    assert read_definition(response_for(worksheet).definition.worksheet).scores[0].id == f"i-i-{'w' * 60}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("score = 3 }", "score = 2 }", "these answers give 3, and not 2."),
        ('items = ["practice.signs", ', 'items = ["practice.sings", ', "there is no item “sings” in"),
        (
            'reverse = ["practice.light"]',
            'reverse = ["practice.lihgt"]',
            "practice.lihgt is none of the items",
        ),
    ],
)
def test_a_mistake_in_a_score_that_is_included_is_told_at_the_include(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in RATED
    own = section_text('id = "own", kind = "text"', keys='id = "mine"\ntitle = "Mine"')
    mine = '[[scores]]\nid = "mine"\ntitle = "Mine"\nmethod = "sum"\nitems = ["calm"]'
    part = RATED.replace(old, new)
    found = refusal(tmp_path, own, '[[sections]]\ninclude = "rated"', mine, parts=(part,))
    assert found.startswith("sections[2].include: ")
    assert said in found


# > An include can make it more private, never less.
def test_a_score_is_as_private_as_its_items_are_where_they_are_included(tmp_path: Path) -> None:
    for key, seen in {"": ["works", "rest"], "private = true": []}.items():
        include = f'[[sections]]\ninclude = "rated"\n{key}'
        worksheet = including(tmp_path, include, parts=(RATED,))
        response = response_for(worksheet, "calm = 1")
        assert [score.id for score in for_audience(response, worksheet, private=False).scores] == seen


@pytest.mark.parametrize("key", ["", "private = true"])
def test_an_include_is_more_private_never_less(tmp_path: Path, key: str) -> None:
    part = sheet_text(
        section_text(
            'id = "a", kind = "text"',
            'id = "b", kind = "text", private = true',
            'id = "c", kind = "text", private = false',
        ),
        name="part",
    )
    worksheet = including(
        tmp_path, f'[[sections]]\ninclude = "part"\n{key}', parts=(part,), head="private = true"
    )
    assert private_prompts(worksheet) == ({"a", "b", "c"} if key else {"b"})


def test_an_include_cannot_say_private_false(tmp_path: Path) -> None:
    assert "never less" in refusal(tmp_path, '[[sections]]\ninclude = "care-sheet"\nprivate = false')


def test_a_private_answer_above_makes_what_is_included_private(tmp_path: Path) -> None:
    part = sheet_text(section_text('id = "a", kind = "text", private = false'), name="part")
    own = section_text('id = "own", kind = "yes-no", private = true', keys='id = "mine"\ntitle = "Mine"')
    include = '[[sections]]\ninclude = "part"\nwhen = { prompt = "own", is = true }'
    assert private_prompts(including(tmp_path, own, include, parts=(part,))) == {"own", "a"}


# > What it looks at has to be included too
@pytest.mark.parametrize(
    "second",
    [
        section_text(
            'id = "b", kind = "text", when = { prompt = "areas", answered = true }',
            keys='id = "second"\ntitle = "S"',
        ),
        section_text(
            'id = "b", kind = "text"',
            keys='id = "second"\ntitle = "S"\nwhen = { prompt = "areas", answered = true }',
        ),
        section_text('id = "b", kind = "choice", options_from = "areas"', keys='id = "second"\ntitle = "S"'),
        section_text(ROWS.format("areas"), keys='id = "second"\ntitle = "S"'),
    ],
    ids=["when of a prompt", "when of a section", "options_from", "rows_from"],
)
def test_what_points_outside_the_part_is_a_mistake(tmp_path: Path, second: str) -> None:
    part = sheet_text(section_text(AREAS), second, name="part")
    found = refusal(tmp_path, '[[sections]]\ninclude = "part#second"', parts=(part,))
    assert found.startswith("sections[1].include: the section second of part looks at areas")
    assert including(tmp_path, '[[sections]]\ninclude = "part"', parts=(part,))


def test_what_points_to_a_plan_that_is_left_out_is_a_mistake(tmp_path: Path) -> None:
    part = sheet_text(
        section_text(PLAN, 'id = "b", kind = "text", when = { prompt = "plan", answered = true }'),
        name="part",
    )
    assert "there is no prompt plan" in refusal(tmp_path, '[[sections]]\ninclude = "part"', parts=(part,))


@pytest.mark.parametrize(
    ("include", "said"),
    [
        ("care-shet", "Did you mean care-sheet?"),
        ("care-sheet#nothing", "has no section nothing"),
        ("care-sheet#steps#care", "has no section"),
        ("", "There is no worksheet"),
        ("../care-sheet", "There is no worksheet"),
    ],
)
def test_what_is_included_has_to_be_there(tmp_path: Path, include: str, said: str) -> None:
    assert said in refusal(tmp_path, f'[[sections]]\ninclude = "{include}"')


def test_what_is_included_has_to_be_sound_and_not_newer(tmp_path: Path) -> None:
    include = '[[sections]]\ninclude = "care-sheet"'
    assert "mistakes of its own" in refusal(tmp_path, include, parts=(CARE.replace("intro", "into"),))
    newer = CARE.replace("worksheet/1", "worksheet/2")
    assert "newer libwell" in refusal(tmp_path, include, parts=(newer,))


# > Includes may include.
def test_includes_nest(tmp_path: Path) -> None:
    middle = sheet_text(
        section_text('id = "mid", kind = "yes-no"', keys='id = "middle"\ntitle = "Middle"'),
        '[[sections]]\ninclude = "care-sheet#places"\nprefix = "b-"\nwhen = { prompt = "mid", is = true }',
        name="middle-sheet",
        head='private = false\nsources = [{ title = "Middle book" }]',
    )
    include = '[[sections]]\ninclude = "middle-sheet"\nprefix = "a-"'
    worksheet = including(tmp_path, include, parts=(CARE, middle))
    assert names(worksheet) == ["a-mid", "a-b-areas", "a-b-goals"]
    assert asked_ids(worksheet, "a-mid = false") == ["a-mid"]
    assert private_prompts(worksheet) == {"a-b-areas", "a-b-goals"}
    assert {source.title for source in worksheet.sources} == {"Middle book", "A book", "Another"}
    one = including(
        tmp_path,
        '[[sections]]\ninclude = "middle-sheet#b-places"',
        parts=(CARE, middle.replace('\nwhen = { prompt = "mid", is = true }', "")),
    )
    assert names(one) == ["b-areas", "b-goals"]


# > A circle is a mistake, and check shows the circle.
def test_a_circle_is_a_mistake_that_shows_the_circle(tmp_path: Path) -> None:
    shelf = shelf_in(
        tmp_path,
        *(sheet_text(f'[[sections]]\ninclude = "{b}"', name=a) for a, b in ("ab", "bc", "ca", "dd", "eb")),
    )
    for name, circle in {"a": "a → b → c → a", "d": "d → d", "e": "b → c → a → b"}.items():
        (found,) = [m for m in shelf.examine(tmp_path / f"{name}.toml").mistakes if not m.hint]
        assert found.key == "sections[1].include"
        assert found.message == f"the includes run in a circle: {circle}."


# > worksheet: the worksheet with its includes put in, as one text
def test_a_definition_holds_what_was_included(tmp_path: Path) -> None:
    own = section_text('id = "own", kind = "yes-no"', keys='id = "mine"\ntitle = "Mine"')
    include = '[[sections]]\ninclude = "care-sheet"\nprefix = "c-"\nwhen = { prompt = "own", is = true }'
    worksheet = including(tmp_path, own, include)
    assert read_definition(response_for(worksheet).definition.worksheet) == worksheet


# --- Actions --------------------------------------------------------------------------------------


# > A step is private if it says so, if the plan is, or if the prompt in from is. A step whose from leads to a
# prompt that is gone is private too
# > Only these two can private = false open.
@pytest.mark.parametrize(
    ("action", "plan", "is_private"),
    [
        ("", "", False),
        ("", ", private = true", True),
        ('from = "care.breaks"', "", False),
        ('from = "care.breaks"', ", private = true", True),
        ('from = "care.breaks"\nprivate = false', ", private = true", True),
        ('from = "closed"', "", True),
        ('from = "closed"\nprivate = false', "", True),
        ('from = "gone"', "", True),
        ('from = "gone"\nprivate = false', "", False),
        ('from = "gone"\nprivate = false', ", private = true", True),
        ('from = "care.breaks"\nprivate = true', "", True),
        ("private = false", ", private = true", True),
    ],
)
def test_privacy_of_actions(action: str, plan: str, *, is_private: bool) -> None:
    worksheet = worksheet_of(
        OFFERING[0], 'id = "closed", kind = "text", private = true', f'id = "plan", kind = "plan"{plan}'
    )
    response = response_for(worksheet, f'[[actions]]\nstep = "Do it"\n{action}')
    assert ("Do it" not in exported(worksheet, response)) == is_private
    assert "Do it" in exported(worksheet, response, private=True)
    assert for_audience(response, worksheet, private=False).withheld == is_private


# > under its own id stands nothing but a not-answer.
def test_the_actions_are_all_the_answer_a_plan_has() -> None:
    worksheet = worksheet_of(PLAN)
    for value in ('"x"', '["x"]', '[{ step = "x" }]', "true"):
        assert wrong_answers(worksheet, f"plan = {value}") == ["answers.plan"]
    assert wrong_answers(worksheet, 'plan = { not-answered = "prefer-not-to-say" }') == []


def test_from_leads_somewhere() -> None:
    worksheet = worksheet_of(*OFFERING, PLAN)
    good = ("care", "care.breaks", "care.other-1", "added.row-3.step", "rota.mon.step")
    bad = ("nothing", "care.breaks.more", "rota.mon.nothing", "a.b.c.d")
    found = [wrong_answers(worksheet, f'[[actions]]\nstep = "x"\nfrom = "{address}"') for address in good]
    assert found == [[]] * len(good)
    found = [wrong_answers(worksheet, f'[[actions]]\nstep = "x"\nfrom = "{address}"') for address in bad]
    assert found == [["actions[1].from"]] * len(bad)


def test_no_two_actions_have_the_same_id() -> None:
    answers = '[[actions]]\nid = "a1"\nstep = "x"\n[[actions]]\nid = "a1"\nstep = "y"'
    assert wrong_answers(worksheet_of(PLAN), answers) == ["actions[2].id"]


# --- Scores ---------------------------------------------------------------------------------------

PRACTICE = section_text(
    f'id = "practice", kind = "rating", {SCALE}, not_answers = ["dont-know"], '
    f"items = {things('calm-space', 'signs', 'crowding')}",
    'id = "open", kind = "yes-no"',
    f'id = "bare", kind = "rating", {SCALE}, when = {{ prompt = "open", is = true }}',
)
SAFETY = """
[[scores]]
id = "safety"
title = "Safety"
items = ["practice.calm-space", "practice.signs", "practice.crowding"]     # rating items (or bare ratings)
reverse = ["practice.crowding"]
method = "mean"                # "sum" | "mean"
minimum_answered = 2           # default: all; "sum" needs all
bands = [ { up_to = 1.0, say = "low" }, { up_to = 2.0, say = "middle" }, { say = "high" } ]      # inclusive
examples = [ { given = { practice = { calm-space = 3, signs = 3, crowding = 0 } }, score = 3.0 } ]
"""


def scored(worksheet: Worksheet, answers: str, *, private: bool = True) -> tuple[Scored, ...]:
    return for_audience(response_for(worksheet, answers), worksheet, private=private).scores


def with_score(*changes: tuple[str, str], section: str = PRACTICE) -> Worksheet:
    text = SAFETY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return worksheet_from(sheet_text(section, text))


def test_scores() -> None:
    (found,) = scored(with_score(), "practice = { calm-space = 3, signs = 2, crowding = 3 }")
    assert (found.id, found.title, found.say) == ("safety", "Safety", "middle")
    assert found.text == "1.67 of 3"


# > those that are turned round: the highest counts as the lowest
def test_the_method_and_what_is_turned_round() -> None:
    answers = "practice = { calm-space = 3, signs = 2, crowding = 1 }"
    alone = ("minimum_answered = 2", ""), ("examples =", "x-examples =")
    as_it_is = ('reverse = ["practice.crowding"]', "reverse = []")
    assert scored(with_score(), answers)[0].value == Fraction(7, 3)
    assert scored(with_score(as_it_is, *alone), answers)[0].value == 2
    assert scored(with_score(('method = "mean"', 'method = "sum"'), *alone), answers)[0].value == 7
    assert scored(with_score(as_it_is, ('method = "mean"', 'method = "sum"'), *alone), answers)[0].value == 6


# > What is not answered is never a zero.
@pytest.mark.parametrize("other", ["", ', crowding = { not-answered = "dont-know" }'])
def test_what_is_not_answered_is_never_a_zero(other: str) -> None:
    answers = f"practice = {{ calm-space = 2, signs = 1{other} }}"
    assert scored(with_score(), answers)[0].value == 1.5
    all_needed = scored(with_score(("minimum_answered = 2", "")), answers)[0]
    assert (all_needed.value, all_needed.needed) == (None, 3)


# > with fewer answers there is no score; left out, all are needed, and of a share one
def test_a_sum_needs_all() -> None:
    sum_of_all = with_score(('"mean"', '"sum"'), ("minimum_answered = 2", ""), ("score = 3.0", "score = 9"))
    assert scored(sum_of_all, "practice = { calm-space = 2, signs = 1 }")[0].value is None


# > up_to is inclusive; the last band has none
@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((0, 2, 3), "low"),
        ((1, 1, 2), "low"),
        ((1, 2, 2), "middle"),
        ((2, 2, 1), "middle"),
        ((2, 2, 0), "high"),
    ],
)
def test_bands_are_inclusive(points: tuple[int, int, int], said: str) -> None:
    given = dict(zip(("calm-space", "signs", "crowding"), points, strict=True))
    cells = ", ".join(f"{name} = {point}" for name, point in given.items())
    assert scored(with_score(), f"practice = {{ {cells} }}")[0].say == said


# > the score they give, or the greatest of a row; without score they give none. check works them out
def test_an_example_has_to_come_out() -> None:
    assert keys_of(sheet_text(PRACTICE, SAFETY)) == []
    for score in ("score = 2.9", "score = 0", ""):
        text = sheet_text(PRACTICE, SAFETY.replace(", score = 3.0", f", {score}" if score else ""))
        assert keys_of(text) == ["scores[1].examples[1].score"]


# > a rating without items and an item of a rating, by its point
def test_bare_ratings_are_items() -> None:
    items = ('items = ["practice.calm-space", "practice.signs", "practice.crowding"]', 'items = ["bare"]')
    only = with_score(
        items, ('reverse = ["practice.crowding"]', ""), ("minimum_answered = 2", ""), ("examples", "x-e")
    )
    assert scored(only, "open = true\nbare = 2")[0].value == 2
    assert scored(only, "open = false\nbare = 2") == ()
    wrong = SAFETY.replace('"practice.signs"', '"practice"')
    assert keys_of(sheet_text(PRACTICE, wrong)) == ["scores[1].items[2]"]


# > With too few answers there is no score, and a line says so.
def test_too_little_answered_is_said_in_a_line() -> None:
    worksheet, answers = with_score(), "practice = { signs = 3 }"
    assert scored(worksheet, answers)[0].value is None
    shown = exported(worksheet, response_for(worksheet, answers))
    assert "\n**Safety:** no score yet: 1 of 3 answered, and it takes 2\n" in shown
    assert not any(word in shown for word in ("low", "middle", "high"))


# > Documents begin with all scores, side by side
def test_documents_begin_with_the_scores_of_which_something_is_said() -> None:
    first = section_text(f'id = "a", kind = "rating", {SCALE}', 'id = "b", kind = "text"')
    second = section_text(
        f'id = "c", kind = "rating", {SCALE}', 'id = "d", kind = "text"', keys='id = "second"\ntitle = "2nd"'
    )
    score = '[[scores]]\nid = "s"\ntitle = "Both"\nmethod = "mean"\nminimum_answered = 1\nitems = ["a", "c"]'
    worksheet = worksheet_from(sheet_text(first, second, score))
    ends = {
        "a = 1\nb = 'x'\nc = 3\nd = 'y'": "2 of 3 ███████░░░",
        "a = 1\nb = 'x'\nc = { not-answered = 'skipped' }": "1 of 3 ███░░░░░░░",
        "c = 3\nd = 'y'": "3 of 3 ██████████",
    }
    for answers, told in ends.items():
        shown = exported(worksheet, response_for(worksheet, answers))
        assert f"\n\n## Scores\n\n**Both:** {told}\n\n## " in shown
        assert shown.count("**Both:**") == 1
    assert "Both" not in exported(worksheet, response_for(worksheet, "b = 'x'"))


NOW_AND_AIM = ", ".join(
    f'{{ id = "{name}", ask = "?", kind = "rating", {SCALE} }}' for name in ("now", "aim")
)
COUNTED = section_text(
    f'id = "a", kind = "rating", {SCALE}',
    'id = "b", kind = "yes-no"',
    'id = "c", kind = "choice", options = [{ id = "x", text = "X", points = 4 }, { id = "na", text = "N" }]',
    'id = "n", kind = "number", min = 0, max = 10',
    'id = "free", kind = "number"',
    f'id = "t", kind = "table", rows = {things("r", "s")}, columns = [{NOW_AND_AIM}]',
)
RATED_ROWS = "t = { r = { now = 1, aim = 3 }, s = { now = 2, aim = 2 } }"
GIVEN = f'a = 2\nb = true\nc = "x"\nn = 5\nfree = 7\n{RATED_ROWS}'


def counted(keys: str, answers: str = GIVEN) -> Scored:
    text = f'[[scores]]\nid = "it"\ntitle = "It"\n{keys}\n'
    (found,) = scored(worksheet_from(sheet_text(COUNTED, text)), answers)
    return found


def score_keys(keys: str, more: str = "") -> list[str]:
    return keys_of(sheet_text(COUNTED, f'[[scores]]\nid = "it"\ntitle = "It"\n{keys}\n{more}'))


# > These count as an item: a rating without items and an item of a rating, by its point, but not where there
# is give_back; a number; a yes-no, by 1 and 0; a choice, by the points of its option; and cells of a table
# that are one of these. audit.*.met are the cells of all rows, audit.ramp.met is one.
@pytest.mark.parametrize(
    ("item", "value"), [("a", 2), ("b", 1), ("c", 4), ("n", 5), ("free", 7), ("t.r.aim", 3), ("t.*.now", 3)]
)
def test_what_counts(item: str, value: int) -> None:
    assert counted(f'items = ["{item}"]\nmethod = "sum"').value == value


# > What is not answered is never a zero. It is left out, and so is an option without points.
@pytest.mark.parametrize("answer", ['c = "na"', "", 'c = { not-answered = "skipped" }'])
def test_an_option_without_points_is_left_out(answer: str) -> None:
    found = counted('items = ["n", "c"]\nmethod = "share"', f"n = 5\n{answer}")
    assert (found.text, found.answered) == ("50 percent", 1)


# > sum the sum. With minimum_answered what lacks counts as the mean of the rest, and that is said
def test_a_sum_that_is_worked_out_says_so() -> None:
    keys = 'items = ["a", "t.r.now", "t.r.aim"]\nmethod = "sum"\nminimum_answered = 2'
    assert counted(keys, "a = 2\nt = { r = { now = 1 } }").text == "4.5 of 9, worked out from 2 of 3 answers"
    assert score_keys('items = ["a", "n"]\nmethod = "sum"\nminimum_answered = 1') == ["scores[1].items"]


# > mean the mean. All parts have the same scale. With as they may differ: each is put on that first
def test_a_mean_mixes_no_scales() -> None:
    assert score_keys('items = ["a", "n"]\nmethod = "mean"') == ["scores[1].items"]
    part = '[[scores]]\nid = "{0}"\ntitle = "P"\nitems = ["{0}"]\nmethod = "sum"\nas = {{min = 0, max = 9}}\n'
    parts = part.format("a") + part.format("n")
    assert score_keys('scores = ["a", "n"]\nmethod = "mean"', parts) == []
    mixed = 'items = ["a", "n"]\nmethod = "mean"\nas = { min = 0, max = 100 }'
    assert score_keys(mixed) == []
    assert counted(mixed, "a = 3\nn = 0").text == "50 of 100"


# > share the points given of the points possible, in percent
def test_a_share_is_in_percent() -> None:
    found = counted('items = ["a", "n"]\nmethod = "share"')
    assert found.text == "53.85 percent"


# > difference the first of two parts, less the second
def test_a_difference_is_of_two() -> None:
    assert counted('items = ["n", "a"]\nmethod = "difference"').text == "3, on a scale from -3 to 10"
    assert score_keys('items = ["n", "a", "b"]\nmethod = "difference"') == ["scores[1]"]


# > product all parts multiplied
def test_a_product_multiplies() -> None:
    assert counted('items = ["n", "a"]\nmethod = "product"').text == "10 of 30"


# > as { min, max }, both needed the scale it is told on: the lowest and the highest there can be become these
def test_a_score_is_told_on_another_scale() -> None:
    assert counted('items = ["n"]\nmethod = "mean"\nas = { min = 0, max = 100 }').text == "50 of 100"
    assert score_keys('items = ["n"]\nmethod = "mean"\nas = { min = 0 }') == ["scores[1].as.max"]


# > A number without min and max is neither turned round, nor told as something else, nor part of a share.
@pytest.mark.parametrize(
    "keys",
    ['reverse = ["free"]\nmethod = "sum"', 'as = { min = 0, max = 1 }\nmethod = "sum"', 'method = "share"'],
)
def test_a_number_without_bounds(keys: str) -> None:
    assert score_keys(f'items = ["free"]\n{keys}') == ["scores[1].items[1]"]


# > every row of a table has a value, the greatest is told first
def test_each_row_has_a_value() -> None:
    found = counted('items = ["t.*.aim", "t.*.now"]\nmethod = "difference"\neach_row = true')
    assert [f"{row.id} {row.value}" for row in found.rows] == ["r 2", "s 0"]
    assert found.value is None


# > With each_row all items are cells of one table, named with *.
def test_each_row_takes_cells_of_one_table() -> None:
    assert score_keys('items = ["a"]\nmethod = "sum"\neach_row = true') == ["scores[1].items[1]"]


# > A row that a score offers has its own address, such as levels.website.
@pytest.mark.parametrize(
    ("bound", "addresses"),
    [
        ("offer_at_least = 2", ["t.r"]),
        ("offer_at_least = 0", ["t.r", "t.s"]),
        ("offer_at_most = 2", ["t.s", "t.r"]),
        ("offer_at_least = 3", []),
    ],
)
def test_rows_are_offered_by_a_score_the_farthest_first(bound: str, addresses: list[str]) -> None:
    keys = f'items = ["t.*.aim", "t.*.now"]\nmethod = "difference"\neach_row = true\n{bound}'
    text = f'[[scores]]\nid = "it"\ntitle = "It"\n{keys}\n'
    plan = section_text(PLAN, keys='id = "last"\ntitle = "Last"')
    worksheet = worksheet_from(sheet_text(COUNTED, plan, text))
    response = response_for(worksheet, GIVEN)
    everything = asked(worksheet, response)
    now = while_answering(everything[-1], everything, worksheet, response, now=everything[-1].around)
    assert [offer.address for offer in now.around.offers] == addresses


# > A score that has a value for each row is no part of another. Scores are made of scores up to 8 deep, and
# none of itself.
def test_scores_of_scores() -> None:
    rows = '[[scores]]\nid = "rows"\ntitle = "R"\nitems = ["t.*.now"]\nmethod = "sum"\neach_row = true\n'
    assert score_keys('scores = ["rows"]\nmethod = "sum"', rows) == ["scores[1].scores[1]"]
    assert score_keys('scores = ["it"]\nmethod = "sum"') == ["scores[1].scores[1]"]
    one = '[[scores]]\nid = "s{}"\ntitle = "S"\n{}\nmethod = "sum"\n'
    below = [one.format(number, f'scores = ["s{number - 1}"]') for number in range(1, 8)]
    chain_ = one.format(0, 'items = ["a"]') + "".join(below)
    assert score_keys('scores = ["s6"]\nmethod = "sum"', chain_) == []
    assert score_keys('scores = ["s7"]\nmethod = "sum"', chain_) == ["scores[1].scores[1]"]


LOOKING = 'id = "looking", kind = "text", when = { score = "it", at_least = 2, at_most = 3 }'
LATER = section_text(LOOKING, keys='id = "later"\ntitle = "Later"')


# > { score, at_least = 2, at_most = 3 } score it is within; one bound is enough; with too few answers it is
# not
@pytest.mark.parametrize(
    ("answers", "is_asked"), [("a = 2", True), ("a = 3", True), ("a = 1", False), ("", False)]
)
def test_a_condition_looks_at_a_score(answers: str, *, is_asked: bool) -> None:
    text = '[[scores]]\nid = "it"\ntitle = "It"\nitems = ["a"]\nmethod = "mean"\n'
    worksheet = worksheet_from(sheet_text(COUNTED, LATER, text))
    names = [one.prompt.id for one in asked(worksheet, response_for(worksheet, answers))]
    assert ("looking" in names) == is_asked


# > All that a score is made of has to stand above too, and a score with a value for each row is not looked
# at.
def test_a_condition_looks_at_a_score_above() -> None:
    first = LATER.replace('"later"', '"first-of-all"')
    score = '[[scores]]\nid = "it"\ntitle = "It"\nitems = ["a"]\nmethod = "mean"\n'
    assert keys_of(sheet_text(first, COUNTED, score)) == ["sections[1].prompts[1].when.score"]
    rows = '[[scores]]\nid = "it"\ntitle = "It"\nitems = ["t.*.now"]\nmethod = "sum"\neach_row = true\n'
    assert keys_of(sheet_text(COUNTED, LATER, rows)) == ["sections[2].prompts[1].when.score"]
    other = LATER.replace('"it"', '"ti"')
    assert keys_of(sheet_text(COUNTED, other, score)) == ["sections[2].prompts[1].when.score"]


# > To look at a score is to look at all that it is made of.
def test_what_looks_at_a_score_is_as_private_as_the_score() -> None:
    text = '[[scores]]\nid = "it"\ntitle = "It"\nitems = ["a"]\nmethod = "mean"\n'
    private = sheet_text(COUNTED.replace('id = "a", ', 'id = "a", private = true, '), LATER, text, head=OPEN)
    found = examine(private)
    assert found.worksheet is not None
    assert [one.key for one in found.mistakes if not one.hint] == ["sections[2].prompts[1].when.score"]
    assert "looking" in private_prompts(found.worksheet)
    assert "looking" not in private_prompts(worksheet_from(sheet_text(COUNTED, LATER, text, head=OPEN)))


# > A score is private if any of its items is.
@pytest.mark.parametrize(
    ("section", "is_private"),
    [
        (PRACTICE, False),
        (PRACTICE.replace('id = "practice", ', 'id = "practice", private = true, '), True),
        (PRACTICE.replace('title = "First"', 'title = "First"\nprivate = true'), True),
    ],
)
def test_a_score_is_private_if_any_of_its_items_is(section: str, *, is_private: bool) -> None:
    worksheet = with_score(section=section)
    answers = "practice = { calm-space = 3, signs = 2, crowding = 3 }"
    assert (scored(worksheet, answers, private=False) == ()) == is_private
    assert len(scored(worksheet, answers)) == 1
    assert ("Safety" in exported(worksheet, response_for(worksheet, answers))) != is_private


# > mistakes that are told 2,000
def test_of_a_hostile_file_not_every_mistake_is_named() -> None:
    worksheet = worksheet_of(f'id = "it", kind = "checklist", items = {things("space")}')
    marked = ", ".join(f'"spcae-{number}"' for number in range(5000))
    actions = '[[actions]]\nstep = "x"\nfrom = "it.spcae"\n' * 5000
    found = wrong_answers(worksheet, f"it = {{ yes = [{marked}] }}\n{actions}")
    assert len(found) == MOST_MISTAKES + 1  # by which it is known that there are more


URL = '\n[[sources]]\ntitle = "A book"\nurl = "{}"'


# > Any other is a mistake for `check`; it stays text, and the worksheet can be used.
@pytest.mark.parametrize("url", ["www.example.org", "https://example.org/a b", "javascript:alert(1)"])
def test_an_address_that_can_not_be_followed_is_a_mistake_and_the_worksheet_is_used(
    tmp_path: Path, url: str
) -> None:
    text = worksheet_text('id = "words", kind = "text"') + URL.format(url)
    (found,) = mistakes_in(text)
    assert found.key == "sources[1].url"
    assert found.message == "this is no address that can be followed."
    assert found.remedy.startswith("Write it in full, such as https://example.org/page")
    assert url not in f"{found.message} {found.remedy}"
    worksheet = shelf_in(tmp_path, text).load("test")
    shown = exported(worksheet, response_for(worksheet, 'words = "x"'))
    assert "<https" not in shown
    assert "A book." in shown
    assert mistakes_in(text.replace(url, "https://example.org/a%20b")) == []
