"""A kept plan meets new copies again and again: it grows, and nothing that a person set in it is lost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import TODAY, response_for, saved_and_read, worksheet_of
from libwell.errors import UsageError
from libwell.export.markdown import render
from libwell.kinds.steps import NEW
from libwell.model.shared import Withdrawal
from libwell.rules.documents import response_document
from libwell.rules.planning import Changes, OpenPlan, change_action, planned
from libwell.rules.privacy import for_audience
from libwell.rules.team.keeping import Keeping, by_how_far
from libwell.rules.team.plans import fold_step, plan
from libwell.rules.team.tally import gather
from libwell.rules.team.told import Told
from team_build import copy_of
from tiers import examples

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

    from libwell.model.response import Action, Response
    from libwell.rules.team.contributions import Copy
    from libwell.rules.team.keeping import News

SHEET = worksheet_of('id = "plan", kind = "plan"')
KETTLE, HOUR, HOUR_TOO, ROOM = "Buy a kettle", "Ask for an hour", "Ask for one hour", "Find a quiet room"
ADDED = "Ring the city"


def copy(number: int, *lines: str, revision: int = 1) -> Copy:
    """What a person shared: each line is a step; keys may follow after a bar."""
    parts = (line.partition(" | ") for line in lines)
    answers = "".join(f'[[actions]]\nstep = "{step}"\n{keys}\n' for step, _, keys in parts)
    return copy_of(SHEET, answers, number=number, revision=revision)


def withdrawal(one: Copy) -> Withdrawal:
    return Withdrawal(shared_id=one.shared.shared_id, revision=one.shared.revision + 1)


class Team:
    """A kept plan, and a facilitator who runs `--keep` again and again and changes steps in between."""

    def __init__(self) -> None:
        self.response: Response = response_for(SHEET, kept={})
        self.told = Told()

    def run(self, everything: Iterable[Copy | Withdrawal], *joins: str) -> News:
        """Meet these copies, through a file."""
        tally = gather(everything)
        keeping = Keeping(self.response, tally)
        made, self.told = plan(tally, told=self.told, minimum=3, joins=keeping.join(joins))
        news = keeping.take(made)
        self.response = saved_and_read(keeping.response)
        return news

    def change(self, name: str, **changes: Any) -> None:
        """Do `libwell actions set`."""
        opened = OpenPlan(self.response, SHEET, TODAY)
        change_action(opened, name, Changes(**changes))
        self.response = opened.response

    def reword(self, name: str, text: str) -> None:
        """Type another wording in the walk; `-` takes the step out."""
        opened = OpenPlan(self.response, SHEET, TODAY)
        opened.take((name, "step"), text)
        self.response = opened.response

    def add(self, text: str) -> str:
        """Do `libwell actions add`."""
        opened = OpenPlan(self.response, SHEET, TODAY)
        opened.take(NEW_KEY, text)
        self.response = opened.response
        return self.response.actions[-1].id

    def action(self, name: str) -> Action:
        return next(one for one in self.response.actions if one.id == name)

    def named(self, wording: str) -> str:
        """The id of the step that is worded so."""
        return next(one.id for one in self.response.actions if fold_step(one.step) == fold_step(wording))

    @property
    def steps(self) -> dict[str, str]:
        return {one.id: one.step for one in self.response.actions}

    def supports(self) -> dict[str, int | None]:
        """How many support each step, as a document tells it."""
        kept = for_audience(self.response, SHEET, private=False).response.kept or {}
        return {name: one.support for name, one in kept.items()}


NEW_KEY = (NEW,)


def test_new_copies_bring_steps_and_supporters_and_touch_nothing_else() -> None:
    team = Team()
    first = [copy(n, f"{KETTLE} | who = 'P{n}'") for n in range(3)]
    assert team.run(first).new == ("a1",)
    before = team.action("a1")
    assert (before.who, before.level, team.supports()) == ("P0, P1, P2", "team", {"a1": 3})
    news = team.run([*first, *(copy(n, f"{KETTLE}! | who = 'Q'\ndue = 2027-01-01", ROOM) for n in (3, 4, 5))])
    assert (news.new, news.counted) == (("a2",), ("a1",))
    assert team.action("a1") == before
    assert team.supports() == {"a1": 6, "a2": 3}
    assert team.run([]) == team.run(first)
    assert (team.steps, team.supports()) == ({"a1": KETTLE, "a2": ROOM}, {"a1": 6, "a2": 3})


def test_a_reworded_step_is_found_by_its_old_wording_and_by_its_new_one() -> None:
    team = Team()
    team.run([copy(0, KETTLE)])
    team.reword("a1", "Get a better kettle")
    assert not team.run([copy(1, "buy a kettle"), copy(2, "get a better kettle")]).new
    assert team.steps == {"a1": "Get a better kettle"}


def test_a_step_that_the_facilitator_added_is_not_there_twice() -> None:
    team = Team()
    name = team.add(ROOM)
    assert not team.run([copy(0, f"{ROOM} | who = 'Ana'")]).new
    assert (team.steps, team.action(name).who) == ({name: ROOM}, "")


def test_a_step_that_was_taken_out_does_not_come_back() -> None:
    team = Team()
    team.run([copy(0, KETTLE), copy(1, ROOM)])
    gone = team.named(KETTLE)
    team.reword(gone, "-")
    assert not team.run([copy(0, KETTLE), copy(2, KETTLE), copy(1, ROOM)]).new
    assert list(team.steps.values()) == [ROOM]
    assert team.run([copy(3, HOUR)]).new == ("a3",)


def test_a_status_that_was_shared_is_taken_over_once() -> None:
    team = Team()
    team.run([copy(0, f"{KETTLE} | status = 'doing'")])
    assert team.action("a1").status == "doing"
    team.run([copy(0, f"{KETTLE} | status = 'done'", revision=2)])
    assert team.action("a1").status == "doing"


def test_of_several_days_the_first_counts_and_words_for_it_stand_in_the_notes() -> None:
    team = Team()
    days = ("due = 2027-03-01", "due = 2027-02-01", "due = 'after exams'")
    team.run([copy(n, f"{KETTLE} | {due}") for n, due in enumerate(days)])
    action = team.action("a1")
    assert (action.due, action.notes) == (dt.date(2027, 2, 1), "By when, in other words: after exams")


# --- joining --------------------------------------------------------------------------------------


def test_near_steps_are_told_of_and_joined_across_runs() -> None:
    team = Team()
    team.run([copy(0, HOUR)])
    news = team.run([copy(0, HOUR), copy(1, HOUR_TOO)])
    assert (news.new, news.near) == (("a2",), (("a2", "a1"),))
    join = f"{HOUR_TOO}={HOUR}"
    news = team.run([copy(0, HOUR), copy(1, HOUR_TOO)], join)
    assert (news.joined, team.steps) == ((("a2", "a1"),), {"a1": HOUR})
    for joins in ((join,), ()):  # said again, and remembered
        news = team.run([copy(0, HOUR), copy(1, HOUR_TOO), copy(2, HOUR_TOO)], *joins)
        assert (news.new, news.joined, team.steps) == ((), (), {"a1": HOUR})
    assert team.supports() == {"a1": 3}


def test_a_new_wording_is_joined_to_a_kept_step_before_it_is_there() -> None:
    team = Team()
    team.run([copy(0, HOUR)])
    team.reword("a1", "Time to learn")
    assert not team.run([copy(1, HOUR_TOO)], f"{HOUR_TOO}=Time to learn").new
    assert not team.run([copy(2, f"{HOUR_TOO}!")]).new
    assert team.steps == {"a1": "Time to learn"}


def test_joins_of_what_is_new_go_on_from_one_to_the_next() -> None:
    team = Team()
    team.run([copy(0, KETTLE)])
    team.run([copy(0, KETTLE), copy(1, "Tea"), copy(2, "Hot tea")], "Hot tea=Tea", f"Tea={KETTLE}")
    assert team.steps == {"a1": KETTLE}
    assert team.supports() == {"a1": 3}


def test_a_step_that_was_changed_is_not_joined_away() -> None:
    team = Team()
    both = [copy(0, HOUR), copy(1, HOUR_TOO)]
    team.run(both)
    one, other = team.named(HOUR), team.named(HOUR_TOO)
    team.change(other, who="Ana")
    before = team.response
    with pytest.raises(UsageError, match="the other way round"):
        team.run(both, f"{HOUR_TOO}={HOUR}")
    assert team.response == before
    team.run(both, f"{HOUR}={HOUR_TOO}")
    assert (team.steps, one != other) == ({other: HOUR_TOO}, True)


@pytest.mark.parametrize("join", ["Nothing like it=Buy a kettle", "Buy a kettle", "="])
def test_a_join_that_makes_no_sense_is_refused(join: str) -> None:
    team = Team()
    team.run([copy(0, KETTLE)])
    with pytest.raises(UsageError):
        team.run([copy(0, KETTLE)], join)


# --- withdrawals ----------------------------------------------------------------------------------


def test_a_withdrawal_takes_the_steps_that_nobody_else_shared() -> None:
    team = Team()
    own, others = copy(0, KETTLE, ROOM), copy(1, ROOM)
    team.run([own, others])
    news = team.run([withdrawal(own), others])
    assert (news.taken_out, list(team.steps.values())) == (1, [ROOM])
    kept = team.response.kept or {}
    assert kept.keys() == team.steps.keys()


def test_a_copy_that_is_not_here_any_more_is_no_withdrawal() -> None:
    team = Team()
    team.run([copy(0, f"{KETTLE} | who = 'Ana'")])
    before = team.response
    team.run([])
    assert team.response == before


@pytest.mark.parametrize("here", [True, False])
def test_a_withdrawal_takes_names_and_words_that_nobody_made_their_own(*, here: bool) -> None:
    team = Team()
    ana = copy(0, f"{KETTLE} | who = 'Ana'\nknow = 'Ana drinks tea'\ndue = 'after the holidays'")
    ben = copy(1, f"{KETTLE} | who = 'Ben'")
    team.run([ana, ben])
    news = team.run([withdrawal(ana), *([ben] if here else [])])
    action = team.action("a1")
    assert (action.who, action.know, action.due) == ("Ben" if here else "", "", None)
    assert (news.cleared, news.taken_out) == (("a1",), 0)
    assert team.run([withdrawal(ana), ben]).cleared == ()


def test_what_a_person_set_stays_after_a_withdrawal() -> None:
    team = Team()
    ana = copy(0, f"{KETTLE} | who = 'Ana'\nknow = 'Ana drinks tea'")
    team.run([ana])
    team.change("a1", who="Cleo", status="doing")
    team.run([withdrawal(ana)])
    action = team.action("a1")
    assert (action.step, action.who, action.know, action.status) == (KETTLE, "Cleo", "", "doing")
    assert "Supported by" not in render(response_document(for_audience(team.response, SHEET, private=True)))


def test_a_joined_step_is_withdrawn_with_all_who_shared_it() -> None:
    team = Team()
    both = [copy(0, HOUR), copy(1, HOUR_TOO)]
    team.run(both, f"{HOUR_TOO}={HOUR}")
    team.run([both[0], withdrawal(both[1])])
    assert team.steps == {"a1": HOUR}
    team.run([withdrawal(both[0])])
    assert team.steps == {}


def test_no_number_says_who_took_something_back() -> None:
    team = Team()
    copies = [copy(n, KETTLE) for n in range(6)]
    team.run(copies)
    team.run([*copies[:3], *map(withdrawal, copies[3:])])
    assert team.supports() == {"a1": 6}


# --- whatever happens -----------------------------------------------------------------------------

WORDINGS = (KETTLE, "buy a KETTLE!", HOUR, HOUR_TOO, ROOM, "Ask the board = soon")
people = st.integers(0, 5)
batches = st.lists(st.sets(people, min_size=1), min_size=1, max_size=4)
shared_steps = st.lists(st.sets(st.sampled_from(WORDINGS)).map(sorted), min_size=6, max_size=6)


class Hand(NamedTuple):
    """Something that a facilitator does to one of the steps, the `number`th of those there."""

    what: str
    number: int


hands = st.builds(
    Hand, st.sampled_from(("reword", "who", "due", "know", "status", "add", "remove")), st.integers(0, 5)
)


class ByHand:
    """Everything that was set by hand, to be found again whatever comes."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.set: dict[str, dict[str, object]] = {}
        self.removed: set[str] = set()

    def do(self, hand: Hand) -> None:
        team = self.team
        if hand.what == "add":
            name = team.add(f"{ADDED} {hand.number}")
            self.set[name] = {"step": f"{ADDED} {hand.number}"}
            return
        if not team.steps:
            return
        name = sorted(team.steps)[hand.number % len(team.steps)]
        match hand.what:
            case "reword":
                team.reword(name, f"In our words {hand.number}")
                part = "step"
            case "remove":
                team.reword(name, "-")
                self.removed.add(name)
                self.set.pop(name, None)
                return
            case "due":
                team.change(name, due=f"2027-01-0{hand.number + 1}")
                part = "due"
            case "status":
                team.change(name, status=("done", "doing", "let-go", "not-now")[hand.number % 4])
                part = "status"
            case part:
                team.change(name, **{part: f"set {hand.number}"})
        self.set.setdefault(name, {})[part] = getattr(team.action(name), part)

    def is_all_there(self) -> bool:
        """Whether each is as it was set, and nothing that was taken out came back."""
        parts = [
            (self.team.action(name), part, value)
            for name, set_ in self.set.items()
            for part, value in set_.items()
        ]
        return not self.removed & self.team.steps.keys() and all(
            getattr(action, part) == value for action, part, value in parts
        )


@pytest.mark.thorough
@examples(600, quick=60)
@given(shared_steps, st.lists(st.one_of(st.sets(people), hands, people), max_size=12))
def test_nothing_that_was_set_by_hand_is_lost_whatever_comes(
    steps: list[list[str]], events: Sequence[set[int] | Hand | int]
) -> None:
    team = Team()
    by_hand, gone = ByHand(team), set[int]()
    copies = [copy(n, *(f"{step} | who = 'P{n}'" for step in lines)) for n, lines in enumerate(steps)]
    for event in events:
        if isinstance(event, Hand):
            by_hand.do(event)
        elif isinstance(event, int):
            gone.add(event)
        else:
            here = [
                withdrawal(one) if n in gone else one for n, one in enumerate(copies) if n in event | gone
            ]
            before = set(team.steps)
            news = team.run(here)
            assert set(team.steps) - before == set(news.new)
            assert len(before - set(team.steps)) == news.taken_out
        assert by_hand.is_all_there()
    for name, action in ((one.id, one) for one in team.response.actions):
        set_here = by_hand.set.get(name, {})
        if team.run([*map(withdrawal, copies)]) and name in team.steps:
            left = team.action(name)
            assert left.who == ("" if "who" not in set_here else action.who)


@pytest.mark.thorough
@examples(300, quick=40)
@given(shared_steps, batches, st.randoms(use_true_random=False))
def test_in_whatever_order_copies_come_the_same_is_there_in_the_end(
    steps: list[list[str]], some: list[set[int]], chance: random.Random
) -> None:
    copies = [copy(n, *lines) for n, lines in enumerate(steps)]
    ends = []
    for _ in range(2):
        team, here = Team(), set[int]()
        for batch in some:
            here |= batch
            team.run([copies[number] for number in sorted(here, key=lambda _: chance.random())])
        for name in list(team.steps)[:1]:  # a hand in between changes nothing of that
            team.change(name, status="doing")
        team.run([copies[number] for number in here])
        kept = team.response.kept or {}
        ends.append({(fold_step(step), kept[name].by) for name, step in team.steps.items()})
        chance.shuffle(some)
    assert ends[0] == ends[1]


def test_the_steps_of_a_plan_by_how_far_they_are() -> None:
    team = Team()
    lines = (f"{KETTLE} | due = 2026-11-20", ROOM, "One", "Two", "Three")
    team.run([copy(0, *lines, f"{HOUR} | due = 2026-11-21")])
    for wording, status in (("One", "done"), ("Two", "let-go"), ("Three", "doing")):
        team.change(team.named(wording), status=status)
    steps = list(planned(for_audience(team.response, SHEET, private=True)))
    found = {name: [one.action.step for one in some] for name, some in by_how_far(steps, TODAY).items()}
    assert found.pop("overdue") == [KETTLE]
    assert found.pop("open") == [HOUR, ROOM]  # the one with a day first
    assert found == {"doing": ["Three"], "done": ["One"], "let-go": ["Two"]}
