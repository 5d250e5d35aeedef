"""A rating with `add_items`: things in a person's own words beside its items, rated like them."""

from __future__ import annotations

from typing import Any

import pytest

from build import (
    around,
    exported,
    hear,
    keys_at,
    mistakes_in,
    places_wrong,
    prompt_of,
    reopened,
    response_for,
    take,
    things,
    walk_for,
    worksheet_from,
    worksheet_of,
    worksheet_text,
)
from libwell.errors import CannotReadError
from libwell.kinds.steps import DONE
from libwell.model.document import ROOM, Table
from libwell.rules.answers import problems
from libwell.rules.asked_now import asked, while_answering
from libwell.rules.scoring import scores

ENDS = 'scale = { min = 0, max = 3, labels = ["not yet", "in place"] }'
KEYS = f'kind = "rating", {ENDS}, add_items = true, not_answers = ["dont-know"]'
ITEMS = f"items = {things('signs', 'crowding')}"
RATING = f'id = "ease", {KEYS}, {ITEMS}, offer_at_most = 1'
PROMPT = prompt_of(RATING)
OWN_ONLY = prompt_of(f'id = "ease", {KEYS}')
SMELL: Any = {"other": "Smell", "id": "other-1", "point": 1}
NOISE: Any = {"other": "Noise", "id": "other-2"}
VALUE: Any = {"signs": 3, ":own": [SMELL, NOISE]}


def test_own_entries_are_asked_behind_the_items_and_more_at_last() -> None:
    items = [(), ("signs",), ("crowding",)]
    assert keys_at(PROMPT) == [*items, ("+",)]
    assert keys_at(PROMPT, VALUE) == [*items, ("other-1",), ("other-2",), ("+",)]
    assert keys_at(OWN_ONLY) == [("+",)]


def test_an_own_entry_is_not_rated_until_it_is_given_a_point() -> None:
    added = take(PROMPT, "Noise", {"signs": 3, ":own": [SMELL]}, key=("+",), last_own=1)
    assert added.value == VALUE
    assert added.said == "Added, not rated so far."
    assert added.next == ("other-2",)
    assert take(PROMPT, "2", added.value, key=added.next).value == {
        "signs": 3,
        ":own": [SMELL, {**NOISE, "point": 2}],
    }
    step = {step.key: step for step in PROMPT.steps(VALUE, around())}["other-2",]
    assert (step.label, step.answer) == ("“Noise”", "not rated yet")


def test_what_is_there_is_shown_where_more_can_be_added() -> None:
    assert PROMPT.steps(VALUE, around())[-1].lines == ("“Smell”", "“Noise”")


@pytest.mark.parametrize("line", ["3", "1 2", "-1", "in place", " IN PLACE "])
def test_what_is_meant_for_the_scale_is_no_entry(line: str) -> None:
    with pytest.raises(CannotReadError, match=r"is for the scale\. Add something in your own words"):
        take(PROMPT, line, VALUE, key=("+",))


def test_a_pair_typed_at_the_end_mends_an_item() -> None:
    taken = take(PROMPT, "2=1", VALUE, key=("+",))
    assert taken.value == {**VALUE, "crowding": 1}
    assert taken.next == ("+",)


def test_points_for_all_items_lead_to_the_own_entries_and_then_to_more() -> None:
    assert take(PROMPT, "3 0", VALUE).next == ("other-1",)
    assert take(PROMPT, "3 0").next == ("+",)
    assert take(prompt_of(f'kind = "rating", {ENDS}, {ITEMS}'), "3 0").next == DONE


def test_an_own_entry_takes_a_reason_and_can_be_taken_out() -> None:
    reason = {"not-answered": "dont-know"}
    unknown = PROMPT.take_not_answer(("other-1",), "dont-know", VALUE).value
    assert unknown == {"signs": 3, ":own": [{**SMELL, "point": reason}, NOISE]}
    without = PROMPT.empty(("other-1",), VALUE, around())
    assert without.value == {"signs": 3, ":own": [NOISE]}
    assert without.next == ("other-2",)
    assert PROMPT.empty(("other-2",), without.value, around()).value == {"signs": 3}
    assert PROMPT.empty(("signs",), VALUE, around()).value == {":own": [SMELL, NOISE]}
    assert PROMPT.empty((), VALUE, around()).value is None


@pytest.mark.parametrize(
    ("own", "place"),
    [
        (3, (":own",)),
        ([3], (":own",)),
        (["signs"], (":own",)),
        ([{"point": 1}], (":own",)),
        ([{"other": "Smell", "point": 4}], (":own", 0, "point")),
        ([{"other": "Smell", "point": "1"}], (":own", 0, "point")),
        (
            [{"other": "Smell", "point": {"not-answered": "not-applicable"}}],
            (":own", 0, "point", "not-answered"),
        ),
        ([{"other": "Smell", "points": 1}], (":own", 0)),
        ([{"other": 3}], (":own", 0, "other")),
        ([{"other": "Smell", "id": "mine"}], (":own", 0, "id")),
        ([SMELL, SMELL], (":own",)),
    ],
)
def test_what_is_wrong_with_own_entries_is_named_where_it_is(own: object, place: tuple[str, ...]) -> None:
    assert places_wrong(PROMPT, {":own": own}) == [place]


def test_where_no_items_can_be_added_there_are_no_own_entries() -> None:
    bare = prompt_of(f'kind = "rating", {ENDS}, {ITEMS}')
    assert places_wrong(bare, {":own": [SMELL]}) == [(":own",)]
    assert places_wrong(PROMPT, VALUE) == []


def test_ids_are_never_used_again() -> None:
    walk = hear(walk_for(worksheet_of(RATING)), "3 2", "Smell", "1", ":back", "-", "Noise", "2")
    entry = {"other": "Noise", "id": "other-2", "point": 2}
    assert walk.response.answers["ease"] == {"signs": 3, "crowding": 2, ":own": [entry]}
    assert reopened(walk).response.answers == walk.response.answers


def test_without_their_words_own_points_mean_nothing() -> None:
    assert PROMPT.without_words(VALUE) == {"signs": 3}
    assert PROMPT.without_words({":own": [SMELL]}) is None
    assert prompt_of(f'kind = "rating", {ENDS}').without_words(2) == 2


def test_what_was_rated_low_is_offered_in_the_persons_own_words() -> None:
    offers = {offer.address: offer.step for offer in PROMPT.offers(VALUE, around())}
    assert offers == {"ease.other-1": "Smell"}


def test_a_step_can_come_from_an_own_entry() -> None:
    worksheet = worksheet_of(RATING, 'id = "plan", kind = "plan"')
    step = '[[actions]]\nstep = "Open a window"\nfrom = "ease.other-1"'
    answers = f'ease = {{ ":own" = [{{ other = "Smell", point = 1 }}] }}\n{step}'
    response = response_for(worksheet, answers)
    assert problems(worksheet, response) == []
    everything = asked(worksheet, response)
    plan = while_answering(everything[-1], everything, worksheet, response, now=around())
    assert [offer.address for offer in plan.around.offers] == ["ease.other-1"]


def test_scores_count_the_items_of_the_worksheet_alone() -> None:
    score = '[[scores]]\nid = "all"\ntitle = "All"\nitems = ["ease.signs", "ease.crowding"]\nmethod = "sum"'
    text = worksheet_text(RATING) + score
    assert mistakes_in(text) == []
    worksheet = worksheet_from(text)
    answers = 'ease = { signs = 3, crowding = 2, ":own" = [{ other = "Smell", point = 1 }] }'
    (told,) = scores(worksheet, asked(worksheet, response_for(worksheet, answers)))
    assert told.value == 5


@pytest.mark.parametrize("item", ["ease", "ease.other-1"])
def test_no_score_is_made_of_own_entries(item: str) -> None:
    score = f'[[scores]]\nid = "all"\ntitle = "All"\nitems = ["{item}"]\nmethod = "sum"'
    (mistake,) = mistakes_in(worksheet_text(f'id = "ease", {KEYS}') + score)
    assert mistake.remedy


def test_own_groups_do_not_go_with_words_given_back() -> None:
    every = 'scale = { min = 0, max = 1, labels = ["no", "yes"] }'
    groups = 'give_back = [{ title = "All", items = ["signs", "crowding"] }]'
    (mistake,) = mistakes_in(
        worksheet_text(f'id = "it", kind = "rating", {every}, {ITEMS}, {groups}, add_items = true')
    )
    assert "leave add_items out" in mistake.message


def test_on_paper_there_is_room_for_own_entries() -> None:
    (table,) = [block for block in PROMPT.on_paper(None) if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["Signs", "Crowding", ROOM, ROOM, ROOM]


def test_it_is_shown_and_exported_like_the_items() -> None:
    worksheet = worksheet_of(RATING)
    text = exported(
        worksheet, response_for(worksheet, 'ease = { signs = 3, ":own" = [{ other = "Smell", point = 1 }] }')
    )
    assert "| Signs | 3 of 3, in place |" in text
    assert "| Smell | 1 of 3 |" in text
    assert PROMPT.brief(VALUE, around()) == "Signs: 3 of 3, in place; Smell: 1 of 3; Noise: not rated yet"
