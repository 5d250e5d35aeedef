"""The text of a new worksheet: sound as it is, also with what stands in comments; and the id it is given."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from build import examine, hear, walk_for, worksheet_from
from libwell.errors import UsageError
from libwell.flows.template import mended_id, template_text
from libwell.kinds.registry import KINDS
from libwell.rules.checking.reading import worksheet_grade
from libwell.rules.privacy import private_prompts
from libwell.rules.scoring import scores

TEXT = template_text("front-door")
MORE = re.compile(r"^# \[\[sections\]\]\n.*?^# \]\n", re.MULTILINE | re.DOTALL)
SCORE = re.compile(r"^# \[\[scores\]\]\n.*", re.MULTILINE | re.DOTALL)
IN_COMMENTS = re.findall(r"^# [a-z_]+ = .*$", SCORE.sub("", MORE.sub("", TEXT)), re.MULTILINE)
ALL = [
    "1w 2wb 3b",
    "",
    "Half an hour of quiet.",
    "",
    "",
    "1",
    "2",
    ":dont-know",
    "Parents",
    "Chairs",
    "",
    "1,2",
]


def without_marks(commented: re.Match[str]) -> str:
    return re.sub("^# ", "", commented[0], flags=re.MULTILINE)


def with_more_kinds() -> str:
    """The text with the commented section taken out of its comments."""
    return MORE.sub(without_marks, TEXT)


def test_the_text_has_neither_mistakes_nor_hints() -> None:
    assert examine(TEXT).mistakes == ()
    assert tomli.loads(TEXT)["id"] == "front-door"
    assert tomli.loads(TEXT)["title"] == "Front door"


def test_with_its_comments_taken_away_it_asks_every_kind() -> None:
    worksheet = worksheet_from(with_more_kinds())
    assert {prompt.kind for _, prompt in worksheet.prompts()} == set(KINDS)
    assert examine(with_more_kinds()).mistakes == ()


@pytest.mark.parametrize("line", IN_COMMENTS)
def test_what_stands_in_a_comment_can_be_used(line: str) -> None:
    assert examine(TEXT.replace(line, line.removeprefix("# "))).mistakes == ()


def test_the_score_in_comments_can_be_used_once_answers_are_not_private() -> None:
    open_ = TEXT.replace("# private = false", "private = false")
    text = SCORE.sub(without_marks, open_)
    assert examine(text).mistakes == ()
    walk = hear(walk_for(worksheet_from(text)), *ALL)
    (score,) = scores(walk.worksheet, walk.asked())
    assert (score.value, bool(score.say)) == (Fraction(3, 2), True)


def test_there_are_keys_in_comments() -> None:
    keys = [line.split()[1] for line in IN_COMMENTS]
    assert keys == ["private", "about", "author", "publisher", "year", "url", "note", "learn_more"]


def test_the_line_for_editors_is_a_comment_in_the_first_block() -> None:
    first = TEXT.split("\n\n")[0]
    assert "\n# #:schema worksheet.schema.json" in first
    assert all(line.startswith("# ") or line == "#" for line in first.splitlines())


def test_all_is_private_until_said_otherwise() -> None:
    worksheet = worksheet_from(TEXT)
    assert private_prompts(worksheet) == {prompt.id for _, prompt in worksheet.prompts()}
    assert not private_prompts(worksheet_from(TEXT.replace("# private = false", "private = false")))


def test_every_private_question_takes_not_applicable() -> None:
    kept = [prompt for _, prompt in worksheet_from(TEXT).prompts() if prompt.kind != "plan"]
    assert all("not-applicable" in prompt.not_answers for prompt in kept)


def test_it_reads_easily_and_shows_how_to_lead_it() -> None:
    worksheet = worksheet_from(TEXT)
    grade = worksheet_grade(worksheet)
    assert grade is not None
    assert grade <= 9
    parts = (
        "Purpose",
        "Agreements",
        "Timing",
        "To talk about",
        "Never read aloud",
        "To close",
        "Looking again",
    )
    assert [line.partition(":")[0] for line in worksheet.facilitator.split("\n\n")] == list(parts)


def test_everything_in_it_is_reached_in_a_walk() -> None:
    walk = hear(walk_for(worksheet_from(TEXT)), *ALL)
    assert walk.response.answers.keys() == {"welcome", "good-day", "ease", "who-comes"}
    assert len(walk.response.actions) == 2


def test_it_can_be_walked_without_a_single_answer() -> None:
    walk = hear(walk_for(worksheet_from(TEXT)), *[""] * 11)
    assert walk.at_review


# --- ids ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("My Check", "my-check"),
        ("my_check", "my-check"),
        ("my-check.toml", "my-check"),
        ("drafts/my-check.toml", "my-check"),
        ("-Über uns-", "uber-uns"),
        ("2026", "my-2026"),
        ("other", "my-other"),
        ("row-1", "my-row-1"),
        ("true", "my-true"),
        ("a" * 70, "a" * 64),
        ("", ""),
        ("проверка", ""),
    ],
)
def test_a_name_that_is_no_id_is_refused_with_one_that_is(typed: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        template_text(typed)
    assert caught.value.remedy == (
        f"Did you mean {meant}?" if meant else "Choose another, such as front-door."
    )
    assert mended_id(typed) == meant


@given(st.text())
def test_a_suggested_id_can_be_taken(typed: str) -> None:
    meant = mended_id(typed)
    assert not meant or template_text(meant)
