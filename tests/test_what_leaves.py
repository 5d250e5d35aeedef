"""What the screen called private is in nothing that leaves, whatever the worksheet and whatever was given."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args

import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st

from build import SHARED_ID, TODAY, fixed_world, response_for, worksheet_from, worksheet_of
from libwell.cli.actions import ListFormat
from libwell.flows.actions import action_entry, actions_text, list_text
from libwell.flows.comparing import compare_saved, comparison_as_data
from libwell.flows.formats import FORMATS
from libwell.flows.opened import Opened
from libwell.flows.walk_words import Teller
from libwell.model.response import Sharing
from libwell.rules.documents import response_document, worksheet_document
from libwell.rules.planning import planned
from libwell.rules.privacy import for_audience
from libwell.rules.sharing import Wish, shared_copy
from libwell.rules.walk import Walk
from libwell.storage.definitions import definition_of
from libwell.storage.shared import shared_text
from libwell.terminal.blocks import render
from support import ScriptedPrompter
from test_privacy import call, canaries, canary, made_of, responses, worksheets
from tiers import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.response import Response
    from libwell.model.worksheet import Worksheet

PEOPLE = "abc"
"""Copies of as many people as a report tells of at the least; all gave the same."""


def with_words_beside(made: Response) -> Response:
    """The response with a canary in every word beside a step; every other step has a day for a calendar."""
    hundreds = {"who": 500, "know": 600, "notes": 700, "due": 800}
    actions = []
    for number, action in enumerate(made.actions):
        words: dict[str, object] = {part: canary(hundred + number) for part, hundred in hundreds.items()}
        actions.append(action.model_copy(update=words | ({"due": TODAY} if number % 2 else {})))
    return made.model_copy(update={"actions": tuple(actions)})


@st.composite
def given_anywhere(draw: st.DrawFn) -> tuple[Worksheet, Response]:
    data = draw(worksheets())
    worksheet = worksheet_from(tomli_w.dumps(data))
    return worksheet, with_words_beside(draw(responses(data, worksheet)))


# --- what the screen says -------------------------------------------------------------------------


def marked_questions(worksheet: Worksheet) -> set[str]:
    """The questions that `show` and the walk mark as private, by their ids."""
    shown = render(worksheet_document(worksheet, facilitator=False))
    marked = set(re.findall(r"- Ask (\S+)\? \(private", shown))
    return marked | ({"plan"} if re.search(r"- Next\? \(private", shown) else set())


def marked_in_walk(worksheet: Worksheet, made: Response) -> tuple[set[str], set[str]]:
    """The questions that `:list` marks, and the steps that the review does."""
    prompter = ScriptedPrompter()
    teller, walk = Teller(prompter, worksheet, fixed_world()), Walk(worksheet, made, TODAY)
    teller.overview(walk)
    listed = set(re.findall(r"\d+\. Ask (\S+)\? \(private", prompter.text))
    teller.review(walk)
    steps = [line for line in prompter.text.splitlines() if line.startswith("   - ")]
    return listed, {step for line in steps if line.endswith(" (private)") for step in canaries(line[:30])}


def called_private(worksheet: Worksheet, made: Response) -> set[str]:
    """Every canary in an answer to a question marked private; and of steps, all beside them too.

    A step is called private if it says so, if its plan is marked, or if the question it came from is; where
    neither is there and it says nothing, too.
    """
    marked = marked_questions(worksheet)
    there = {prompt.id for _, prompt in worksheet.prompts()}
    found = {word for name in marked & made.answers.keys() for word in canaries(repr(made.answers[name]))}
    for action in made.actions:
        is_gone = action.from_ not in there if action.from_ else worksheet.private and "plan" not in there
        is_unknown = is_gone and action.private is None
        if action.private or "plan" in marked or action.from_ in marked or is_unknown:
            found |= canaries(repr(action))
    return found


# --- what leaves ----------------------------------------------------------------------------------


def copies(made: Response, worksheet: Worksheet) -> Iterator[str]:
    """What several people shared who gave the same, with all that can be shared."""
    definition = definition_of(worksheet)
    for letter in PEOPLE:
        sharing = Sharing(shared_id=SHARED_ID[:-1] + letter, revision=1, pseudonym="Amber Heron")
        wish = Wish(named=True, with_text=True)
        yield shared_text(shared_copy(made, worksheet, wish, sharing=sharing, definition=definition))


def leaving(worksheet: Worksheet, made: Response) -> str:
    """All that leaves without `--private`: exports, a pipe, lists, copies, a team's plan and report."""
    excerpt = for_audience(made, worksheet, private=False)
    steps = list(planned(excerpt))
    saved = Opened(Path("any.toml"), made, worksheet)
    (compared,) = map(comparison_as_data, compare_saved(saved, saved, private=False))
    shared = list(copies(made, worksheet))
    out = [made_of(excerpt), list_text(steps, TODAY), repr([*map(action_entry, steps), compared]), *shared]
    out += [str(actions_text(steps, FORMATS[name])) for name in get_args(ListFormat)]
    with TemporaryDirectory() as folder:
        for letter, text in zip(PEOPLE, shared, strict=True):
            Path(folder, f"{letter}.toml").write_text(text)
        out += call("team", "plan", folder, "--format", "json")[1:]
        out += call("team", "report", folder, "--format", "json", "--min-group", "3")[1:]
    return "\n".join(out)


BURNT = worksheet_of(
    'id = "q-1", kind = "yes-no", private = true, ask = "Ask q-1?"',
    'id = "q-2", kind = "text", ask = "Ask q-2?"',
    'id = "plan", kind = "plan", ask = "Next?", when = { prompt = "q-1", is = true }',
)
STEP = f'q-1 = true\nq-2 = "Open"\n[[actions]]\nstep = "{canary(100)}"\nfrom = "q-2"\nprivate = false'


@examples(300, quick=10)  # each makes plan and report of a team of its own
@given(given_anywhere())
@example((BURNT, response_for(BURNT, STEP)))
def test_what_the_screen_called_private_is_in_nothing_that_leaves(both: tuple[Worksheet, Response]) -> None:
    worksheet, made = both
    private = called_private(worksheet, made)
    listed, steps = marked_in_walk(worksheet, made)
    assert listed <= marked_questions(worksheet)
    assert steps == private & {action.step for action in made.actions}
    own = render(response_document(for_audience(made, worksheet, private=True)))
    assert {step for step in steps if f"{step} (private)" not in own} == set()

    left = canaries(leaving(worksheet, made))
    assert left & private == set()
    assert left >= {action.step for action in made.actions} - private
