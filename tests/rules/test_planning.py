"""Actions after the worksheet: which are asked for, in what order, how they are said, how one is changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from build import (
    TODAY,
    exported,
    response_for,
    saved_and_read,
    section_text,
    sheet_text,
    things,
    worksheet_from,
)
from libwell.errors import CannotReadError, NotFoundError, UsageError
from libwell.model.action_words import say_status
from libwell.rules.planning import (
    Changes,
    OpenPlan,
    Planned,
    Wanted,
    change_action,
    due_words,
    in_order,
    planned,
)
from libwell.rules.privacy import for_audience

if TYPE_CHECKING:
    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

SHEET = sheet_text(
    section_text(
        f'id = "open", kind = "choices", options = {things("rest")}',
        'id = "closed", kind = "text", private = true',
        'id = "plan", kind = "plan", level = "organisation"',
    )
)
WORKSHEET = worksheet_from(SHEET)
PLANLESS = worksheet_from(sheet_text(section_text('id = "words", kind = "text"'), head='level = "me"'))


def response(*actions: str, **changes: Any) -> Response:
    return response_for(WORKSHEET, "".join(f"[[actions]]\n{keys}\n" for keys in actions), **changes)


def plan(*actions: str) -> list[Planned]:
    return list(planned(for_audience(response(*actions), WORKSHEET, private=True)))


def steps(*actions: str, **wanted: Any) -> list[str]:
    return [one.action.step for one in in_order(plan(*actions)) if Wanted(**wanted).takes(one)]


def changed(before: Response, name: str = "a1", **changes: Any) -> tuple[dict[str, Any], str]:
    """The action after a change, and what was said."""
    made, said = change(before, name, **changes)
    after = saved_and_read(made)
    assert after == made
    action = next(one for one in after.actions if one.id == name)
    return action.model_dump(by_alias=True, exclude_unset=True), said


def change(
    before: Response, name: str = "a1", worksheet: Worksheet = WORKSHEET, **changes: Any
) -> tuple[Response, str]:
    """The response after a change, and what was said."""
    taken_up = OpenPlan(before, worksheet, TODAY)
    said = change_action(taken_up, name, Changes(**changes))
    return taken_up.response, said


# --- which, and in what order ---------------------------------------------------------------------


def test_by_day_then_in_words_then_without_and_what_is_not_open_last() -> None:
    given = (
        'step = "none"',
        'step = "words"\ndue = "end of term"',
        'step = "later"\ndue = 2027-01-02',
        'step = "done"\ndue = 2026-01-01\nstatus = "done"',
        'step = "past"\ndue = 2026-11-20\nstatus = "doing"',
        'step = "empty words"\ndue = ""',
    )
    assert steps(*given) == ["past", "later", "words", "none", "empty words"]
    assert steps(*given, everything=True)[-1] == "done"


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ({"who": "JOY"}, ["a"]),
        ({"who": "  ana and  joy "}, ["a"]),
        ({"level": "team"}, ["a"]),
        ({"status": "let-go"}, ["d"]),
        ({"status": "doing"}, ["b"]),
        ({"due_before": dt.date(2026, 12, 1)}, ["a"]),
        ({"due_before": dt.date(2026, 12, 2)}, ["a", "b"]),
        ({"due_before": dt.date(2026, 12, 2), "everything": True}, ["a", "b", "d"]),
        ({"who": "joy", "level": "me"}, []),
    ],
)
def test_what_narrows_the_list(wanted: dict[str, Any], taken: list[str]) -> None:
    given = (
        'step = "a"\nwho = "Ana and Joy"\nlevel = "team"\ndue = 2026-11-30',
        'step = "b"\nlevel = "me"\ndue = 2026-12-01\nstatus = "doing"',
        'step = "c"\ndue = "before 2026-12-01"',
        'step = "d"\nstatus = "let-go"\ndue = 2026-11-01',
    )
    assert steps(*given, **wanted) == taken


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("due = 2026-11-20", "was for Friday, November 20, 2026"),
        ("due = 2026-11-21", "for today, Saturday, November 21, 2026"),
        ("due = 2026-11-22", "for tomorrow, Sunday, November 22, 2026"),
        ("due = 2026-11-23", "by Monday, November 23, 2026"),
        ('due = 2026-11-20\nstatus = "done"', "for Friday, November 20, 2026"),
        ('due = "end of\\n term"', "by when: end of term"),
        ("", "no day set"),
    ],
)
def test_when_it_is_due_is_said_without_blame(keys: str, said: str) -> None:
    (one,) = plan(f'step = "s"\n{keys}')
    assert due_words(one, TODAY) == said


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("", ""),
        ('status = "doing"\nchanged = 2026-12-03', "under way since Thursday, December 3, 2026"),
        ('status = "done"\nchanged = 2026-12-03', "done on Thursday, December 3, 2026"),
        ('status = "done"', "done"),
        ('status = "not-now"\nchanged = 2026-12-03', "not now, since Thursday, December 3, 2026"),
        ('status = "handed-over"\nchanged = 2026-12-03', "handed over on Thursday, December 3, 2026"),
    ],
)
def test_how_far_it_is_is_said_with_its_day(keys: str, said: str) -> None:
    (one,) = plan(f'step = "s"\n{keys}')
    assert say_status(one.action.status, one.action.changed) == said
    assert (said in exported(WORKSHEET, response(f'step = "s"\n{keys}'))) is True


def test_private_ones_are_marked_and_left_out_of_an_excerpt_without_them() -> None:
    given = response('step = "a"\nfrom = "closed"', 'step = "b"', 'step = "c"\nprivate = true')
    everything = planned(for_audience(given, WORKSHEET, private=True))
    assert [one.is_private for one in everything] == [True, False, True]
    seen = planned(for_audience(given, WORKSHEET, private=False))
    assert [one.id for one in seen] == ["k3f9.a2"]


# --- changing -------------------------------------------------------------------------------------

FULL = 'step = "s"\nwho = "Ana"\ndue = 2027-01-01\nknow = "k"\nnotes = "one"\nx-own = 1\nchanged = 2026-01-01'


@pytest.mark.parametrize(
    ("changes", "keys", "said"),
    [
        (
            {"status": "done"},
            {"status": "done", "changed": TODAY},
            "k3f9.a1: done on Saturday, November 21, 2026.",
        ),
        ({"status": "open"}, {}, "k3f9.a1: open."),
        ({"who": "Joy"}, {"who": "Joy"}, "k3f9.a1: who noted."),
        (
            {"due": "1 Dec"},
            {"due": dt.date(2026, 12, 1)},
            "k3f9.a1: due Tuesday, December 1, 2026, in 10 days.",
        ),
        (
            {"due": "2026-11-01"},
            {"due": dt.date(2026, 11, 1)},
            "k3f9.a1: due Sunday, November 1, 2026, 20 days ago: that day is past.",
        ),
        (
            {"due": "end of term"},
            {"due": "end of term"},
            (
                "k3f9.a1: by when, kept in your words. It will be in no calendar, and not among what is due. "
                "If it stands in a calendar, delete it there by hand."
            ),
        ),
        ({"know": "It hums"}, {"know": "It hums"}, "k3f9.a1: how you will know noted."),
        ({"note": "two"}, {"notes": "one\ntwo"}, "k3f9.a1: note added."),
    ],
)
def test_a_change_changes_that_and_nothing_else(
    changes: dict[str, str], keys: dict[str, Any], said: str
) -> None:
    before = response(FULL, 'step = "other"')
    table, told = changed(before, **changes)
    untouched, _ = changed(before, name="a1", status="open")
    assert table == untouched | keys
    assert told == said


def test_the_only_action_taken_out_leaves_none_and_its_id_stays_used() -> None:
    taken_up = OpenPlan(response('step = "s"'), WORKSHEET, TODAY)
    taken_up.take(("a1", "step"), "-")
    assert (taken_up.response.actions, taken_up.response.last_action) == ((), 1)


BY_HAND = "If it stands in a calendar, delete it there by hand."


@pytest.mark.parametrize("empties", ["", "-", " - "])
def test_what_is_emptied_is_gone(empties: str) -> None:
    table, said = changed(response(FULL), who=empties, due=empties, know=empties)
    assert not table.keys() & {"who", "due", "know"}
    assert said == f"k3f9.a1: who left open; how you will know left open; by when left open. {BY_HAND}"


def test_a_day_that_is_taken_out_is_to_be_deleted_in_a_calendar_by_hand() -> None:
    dated, undated = response('step = "s"\ndue = 2026-12-01'), response('step = "s"')
    assert changed(dated, due="when it snows")[1].endswith(f"not among what is due. {BY_HAND}")
    assert BY_HAND not in changed(dated, due="in 2 weeks")[1]
    assert BY_HAND not in changed(dated, status="done")[1]
    assert BY_HAND not in changed(undated, due="-")[1]


def test_the_next_one_is_the_same_but_open_with_an_id_never_used() -> None:
    before = response(
        'step = "s"\nwho = "Ana"\nlevel = "me"\nknow = "k"\nnotes = "n"\nfrom = "closed"\nprivate = true\n'
        "due = 2026-11-20",
        last_action=7,
    )
    done, said = change(before, status="done", again="in 1 month")
    assert said.endswith("The next one is k3f9.a8, due Monday, December 21, 2026, in 30 days.")
    old, new = done.actions
    assert (old.status, old.notes) == ("done", "n")
    assert new.model_dump(by_alias=True, exclude_unset=True) == {
        "id": "a8",
        "step": "s",
        "who": "Ana",
        "level": "me",
        "know": "k",
        "from": "closed",
        "private": True,
        "status": "open",
        "changed": TODAY,
        "due": dt.date(2026, 12, 21),
    }
    assert done.last_action == 8


def test_the_next_one_is_made_once() -> None:
    first, _ = change(response('step = "s"\nwho = "Ana"'), status="done", again="in 1 month")
    second, said = change(first, status="done", again="in 2 months")
    assert said.endswith("The next one is there already: k3f9.a2, due Monday, December 21, 2026, in 30 days.")
    assert second == first


def test_only_what_is_done_is_done_again() -> None:
    with pytest.raises(UsageError, match="--status done"):
        changed(response('step = "s"'), again="tomorrow")
    _, said = changed(response('step = "s"\nstatus = "done"'), again="end of term")
    assert said == (
        "k3f9.a1: done. The next one is k3f9.a2, by when, kept in your words. "
        "It will be in no calendar, and not among what is due."
    )


def test_what_is_not_there_suggests_the_nearest() -> None:
    with pytest.raises(NotFoundError, match=r"Did you mean k3f9\.a1\?"):
        changed(response('step = "s"'), name="a11", who="x")
    with pytest.raises(NotFoundError, match="none yet"):
        changed(response(), who="x")


def test_what_is_too_long_changes_nothing() -> None:
    before = response(f'step = "s"\nnotes = "{"n" * 60_000}"')
    with pytest.raises(CannotReadError):
        changed(before, note="n" * 60_000)
    with pytest.raises(CannotReadError):
        changed(before, who="n" * 100_001)


def test_a_worksheet_that_asks_for_no_plan_has_actions_all_the_same() -> None:
    before = response_for(PLANLESS, '[[actions]]\nstep = "s"\n')
    done, _ = change(before, worksheet=PLANLESS, due="1 Dec")
    assert done.actions[0].due == dt.date(2026, 12, 1)
