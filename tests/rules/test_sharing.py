"""What is in a shared copy: whatever a response holds, nothing private leaves, and nobody's name unasked."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from build import SHARED_ID, response_for, shared_for, worksheet_from, worksheet_of
from libwell.errors import FileRefusedError
from libwell.model.response import Person, Retired, Sharing
from libwell.rules.asked_now import asked
from libwell.rules.share_preview import leaving_document, staying
from libwell.rules.sharing import Wish, content_digest, draw_pseudonym, shared_copy, stand_ins
from libwell.storage.definitions import definition_of
from libwell.storage.shared import SharedFile, parse_shared, shared_text
from libwell.storage.worksheets import Shelf
from libwell.terminal.blocks import render
from test_privacy import (
    canaries,
    canary,
    expected_private,
    response,
    responses,
    sheet,
    split_actions,
    worksheets,
)
from tiers import examples

if TYPE_CHECKING:
    from libwell.model.response import Response
    from libwell.model.shared import Shared
    from libwell.model.worksheet import Worksheet

SHARING = Sharing(shared_id=SHARED_ID, revision=1, pseudonym="Amber Heron")
WISHES = [Wish(named=named, with_text=text) for named, text in itertools.product((False, True), repeat=2)]
LEAST, MOST = WISHES[0], WISHES[-1]


def copy_of(made: Response, worksheet: Worksheet, wish: Wish) -> Shared:
    definition = definition_of(worksheet)
    return shared_copy(made, worksheet, wish, sharing=SHARING, definition=definition)


def preview(made: Response, worksheet: Worksheet, copy: Shared, *, is_draft: bool = False) -> str:
    stays = staying(made, worksheet, copy)
    return render(leaving_document(copy, worksheet, stays, is_draft=is_draft))


def read_back(text: str) -> SharedFile:
    found = parse_shared(text, Path("shared.toml"), Shelf([]))
    assert isinstance(found, SharedFile)
    return found


def read_or_refused(text: str) -> SharedFile | str:
    try:
        return read_back(text)
    except FileRefusedError as error:
        return str(error)


# --- whatever a response holds --------------------------------------------------------------------

NAME, KEPT_ELSEWHERE = canary(300), {canary(number) for number in range(400, 410)}


def with_everything(made: Response) -> Response:
    """The response with a name, retired answers, unknown keys, and for each step words beside it."""
    kept = iter(sorted(KEPT_ELSEWHERE))
    definition = made.definition.model_copy(
        update={"worksheet": f"# {next(kept)}\n{made.definition.worksheet}"}
    )
    data = made.model_dump(by_alias=True, exclude_unset=True)
    data |= {
        "person": Person(name=NAME, team="Branch 4", diary=next(kept)),
        "retired": {
            "old": Retired(ask=next(kept), answer=[next(kept)], private=False),
            "older": Retired(ask=next(kept), said=next(kept), private=True),
        },
        "at": next(kept),
        "my-notes": {"more": next(kept)},
        "completed": dt.date(2026, 11, 22),
        "status": "complete",
        "definition": definition.model_copy(update={"note": next(kept)}),
        "actions": [
            {
                **action,
                "who": canary(500 + number),
                "know": canary(600 + number),
                "notes": canary(700 + number),
                "due": canary(800 + number),
                "changed": dt.date(2026, 11, 23),
                "more": next(kept) if number == 0 else "",
            }
            for number, action in enumerate(data["actions"])
        ],
    }
    return type(made).model_validate(data)


def expected(data: dict[str, Any], made: Response, worksheet: Worksheet, wish: Wish) -> set[str]:
    """The canaries that leave: of open answers, and of open steps."""
    private = expected_private(data)
    shown = {
        one.prompt.id: canaries(repr(one.value)) for one in asked(worksheet, made) if one.prompt.id != "plan"
    }
    _, steps = split_actions(data, made, private)
    numbers = [number for number, action in enumerate(made.actions) if action.step in steps]
    leaving = set(steps)
    if wish.named:
        leaving |= {NAME, *(canary(500 + number) for number in numbers)}
    if wish.with_text:
        leaving |= {canary(hundred + number) for hundred in (600, 700, 800) for number in numbers}
        leaving |= set().union(*(shown[name] for name in shown if name not in private), set())
    return leaving


@pytest.mark.thorough
@examples(300)
@given(st.data(), st.sampled_from(WISHES))
def test_nothing_private_and_nobodys_name_leaves(source: st.DataObject, wish: Wish) -> None:
    data = source.draw(worksheets())
    worksheet = worksheet_from(tomli_w.dumps(data))
    made = with_everything(source.draw(responses(data, worksheet)))
    copy = copy_of(made, worksheet, wish)
    text = shared_text(copy)
    assert canaries(text) == expected(data, made, worksheet, wish)
    assert not expected_private(data) & {*copy.answers, *(one.from_.split(".")[0] for one in copy.actions)}
    assert made.id not in text
    assert not re.search(r"\d{4}-\d\d-\d\d", text)

    found = read_back(text)
    assert (found.shared, found.dropped) == (copy, 0)
    assert [one.prompt.id for one in found.asked] == [
        p.id for _, p in worksheet.prompts() if p.id in copy.answers
    ]
    assert shared_text(found.shared) == text
    told = preview(made, worksheet, copy)
    assert canaries(told) == canaries(text)


@pytest.mark.thorough
@examples(150)
@given(st.data())
def test_nothing_private_is_taken_of_a_copy_whoever_put_it_there(source: st.DataObject) -> None:
    data = source.draw(worksheets())
    worksheet = worksheet_from(tomli_w.dumps(data))
    made, private = source.draw(responses(data, worksheet)), expected_private(data)
    answers = tomli_w.dumps(made.answers)
    actions = [one.model_dump(by_alias=True, exclude_defaults=True) for one in made.actions]
    found = read_or_refused(shared_text(shared_for(worksheet, answers, actions=actions)))
    if isinstance(found, str):  # rows that nothing was picked for, an origin that leads nowhere
        assert canaries(found) == set()
        return
    hidden, steps = split_actions(data, made, private)
    kept = {name: value for name, value in made.answers.items() if name not in private}
    assert found.shared.answers == kept
    assert {one.step for one in found.shared.actions} == steps
    assert found.dropped == len(made.answers) - len(kept) + len(hidden)


@pytest.mark.parametrize("wish", WISHES)
def test_of_a_response_full_of_canaries_none_leaves(wish: Wish) -> None:
    made, hidden = response()
    worksheet = worksheet_from(tomli_w.dumps(sheet()))
    text = shared_text(copy_of(made, worksheet, wish))
    assert len(hidden) > 30
    assert canaries(text) == set()
    assert "public in spite of it" in text
    assert ("public text" in text, "public checklist" in text, "public know" in text) == (wish.with_text,) * 3
    assert ("Public Name" in text, "public who" in text) == (wish.named,) * 2


# --- steps ----------------------------------------------------------------------------------------

PICKS = 'id = "picks", kind = "choices", other = true, options = [{ id = "a", text = "A" }]'
CELLS = (
    'id = "cells", kind = "table", rows = [{ id = "r", text = "R" }], columns = [{ id = "c", ask = "C?" }]'
)
CLOSED = 'id = "closed", kind = "yes-no", private = true'
PLAN = 'id = "plan", kind = "plan"'


def steps(answers: str, wish: Wish) -> list[tuple[str, str, str]]:
    """The id, step and origin of every step in the copy of these answers, as they are read again."""
    worksheet = worksheet_of(PICKS, CELLS, CLOSED, PLAN)
    copy = copy_of(response_for(worksheet, answers), worksheet, wish)
    found = read_back(shared_text(copy))
    assert found.shared.actions == copy.actions
    return [(one.id, one.step, one.from_) for one in copy.actions]


STEPS = """
picks = ["a", { other = "mine" }]
cells = { r = { c = "mine" } }
closed = true
[[actions]]
step = "private"
from = "closed"
[[actions]]
step = "of a pick"
from = "picks.a"
[[actions]]
step = "of own words"
from = "picks.other-1"
[[actions]]
step = "of a cell"
from = "cells.r.c"
[[actions]]
step = "not told, whatever it says"
from = "closed"
private = false
[[actions]]
step = "told, as its question is gone"
from = "gone"
private = false
[[actions]]
step = "private by its own word"
private = true
"""


def test_steps_are_numbered_anew_and_say_where_they_come_from_if_that_leaves_too() -> None:
    assert steps(STEPS, LEAST) == [
        ("a1", "of a pick", "picks.a"),
        ("a2", "of own words", ""),
        ("a3", "of a cell", ""),
        ("a4", "told, as its question is gone", ""),
    ]
    assert [origin for _, _, origin in steps(STEPS, MOST)] == ["picks.a", "picks.other-1", "cells.r.c", ""]


def test_a_step_from_a_question_without_an_answer_does_not_say_so() -> None:
    assert steps('[[actions]]\nstep = "x"\nfrom = "picks.a"', LEAST) == [("a1", "x", "")]


BURNT = 'id = "burnt", kind = "yes-no", private = true'
CLOSED_PLANS = {
    "by its own word": (PICKS, f"{PLAN}, private = true"),
    "by what it looks at": (BURNT, PICKS, f'{PLAN}, when = {{ prompt = "burnt", is = true }}'),
}
LEAVING = """
picks = ["a"]
[[actions]]
step = "Talk about my leaving"
from = "picks.a"
private = false
[[actions]]
step = "Ask Ana"
"""


@pytest.mark.parametrize("closed", CLOSED_PLANS)
def test_of_a_private_plan_no_step_leaves_or_is_taken_of_a_copy(closed: str) -> None:
    worksheet = worksheet_of(*CLOSED_PLANS[closed])
    made = response_for(worksheet, LEAVING)
    copy = copy_of(made, worksheet, MOST)
    assert copy.actions == ()
    assert staying(made, worksheet, copy).steps == 2
    forged = read_back(shared_text(shared_for(worksheet, LEAVING)))
    assert (forged.shared.actions, forged.dropped) == ((), 2)


def test_a_day_always_leaves_and_words_for_one_only_with_text() -> None:
    worksheet = worksheet_of('id = "plan", kind = "plan"')
    actions = '[[actions]]\nstep = "x"\ndue = 2027-03-01\n[[actions]]\nstep = "y"\ndue = "end of term"'
    made = response_for(worksheet, actions)
    assert [one.due for one in copy_of(made, worksheet, LEAST).actions] == [dt.date(2027, 3, 1), None]
    assert [one.due for one in copy_of(made, worksheet, MOST).actions] == [dt.date(2027, 3, 1), "end of term"]


def test_a_full_not_answer_leaves_and_a_skip_does_not() -> None:
    worksheet = worksheet_of(
        'id = "a", kind = "text"', 'id = "b", kind = "text"', 'id = "plan", kind = "plan"'
    )
    skipped = 'a = { not-answered = "prefer-not-to-say" }\nb = { not-answered = "skipped" }'
    made = response_for(worksheet, f'{skipped}\nplan = {{ not-answered = "prefer-not-to-say" }}')
    copy = copy_of(made, worksheet, LEAST)
    assert copy.answers == {"a": {"not-answered": "prefer-not-to-say"}}
    assert [one.not_answer for one in read_back(shared_text(copy)).asked] == ["prefer-not-to-say"]


# --- the definition, the name ---------------------------------------------------------------------


def test_the_worksheet_written_anew_is_the_same() -> None:
    worksheet = worksheet_from(tomli_w.dumps(sheet()))
    kept = definition_of(worksheet)
    assert definition_of(worksheet_from(kept.worksheet)) == kept


def test_every_made_up_name_there_can_be_is_two_plain_words() -> None:
    drawn: list[list[str]] = []

    def note(some: Any) -> str:
        drawn.append(list(some))
        return str(some[0])

    draw_pseudonym(note)
    for words in drawn:
        assert len(words) > 50
        assert len(set(words)) == len(words)
    for first, second in itertools.product(*drawn):
        sharing = Sharing(shared_id=SHARED_ID, revision=1, pseudonym=f"{first} {second}")
        assert sharing.pseudonym == f"{first} {second}"


# --- telling copies apart -------------------------------------------------------------------------


def test_a_copy_stands_for_the_same_while_what_it_shares_is_the_same() -> None:
    one = shared_for(worksheet_of('id = "it", kind = "yes-no"'), "it = true")
    again = one.model_copy(update={"revision": 7, "pseudonym": "Calm Otter"})
    other = one.model_copy(update={"answers": {"it": False}})
    assert (content_digest(again), stand_ins(again)) == (content_digest(one), stand_ins(one))
    assert content_digest(other) != content_digest(one)
    assert stand_ins(other)[0] == stand_ins(one)[0]
    assert stand_ins(other)[1] != stand_ins(one)[1]


def test_what_stands_for_a_person_can_not_be_found_without_the_key() -> None:
    one = shared_for(worksheet_of('id = "it", kind = "yes-no"'), "it = true")
    keyed = one.model_copy(update={"key": SHARED_ID[::-1]})
    assert set(stand_ins(keyed)).isdisjoint(stand_ins(one))


# --- what is shown before -------------------------------------------------------------------------

SHOWN = """
open = "Words of mine"
picks = ["a", { other = "a mine" }]
closed = true
[[actions]]
step = "Ask for a break"
who = "Ana"
due = 2027-03-01
level = "team"
know = "There is one"
from = "picks.a"
[[actions]]
step = "A step of my own"
private = true
"""


def shown(wish: Wish, *, is_draft: bool = False) -> str:
    worksheet = worksheet_of('id = "open", ask = "What now?", kind = "text"', PICKS, CLOSED, PLAN)
    made = response_for(worksheet, SHOWN, person=Person(name="Ana", library="Riverside"))
    made = made.model_copy(update={"retired": {"old": Retired(ask="Old?", answer="x", private=True)}})
    return preview(made, worksheet, copy_of(made, worksheet, wish), is_draft=is_draft)


def test_what_leaves_and_what_stays_is_shown() -> None:
    assert (
        shown(LEAST, is_draft=True)
        == """\
A copy to share: Test

  From: Amber Heron, a name made up for this copy
  Library: Riverside

  This is still a draft: what leaves is what is there now. You can share it again later.


What leaves

  Your answers:
  - What?
    A

  Your steps, word for word. If there is a name in one, it goes along:

  [ ] Ask for a break
      By when: Monday, March 1, 2027
      Level: for the team

  And the questions of the worksheet, as they were asked.


What stays here

  - Private: What?
  - 1 private step of your plan
  - Your name, and who does what (to share them: --named)
  - In your own words: What now? (to share it: --with-text)
  - In your own words: What? (to share it: --with-text)
  - How you will know, notes, and days given in words (to share them: --with-text)
  - Answers to questions that are no longer asked
  - When you answered, and what this response is called here
"""
    )


def test_what_is_let_leave_is_shown_as_leaving() -> None:
    text = shown(MOST)
    leaves, stays = text.split("What stays here")
    for words in (
        "From: Ana (Amber Heron)",
        "What now?\n    Words of mine",
        "A; a mine",
        "Who: Ana",
        "There is one",
    ):
        assert words in leaves
    assert "--" not in stays
    assert "A step of my own" not in text
