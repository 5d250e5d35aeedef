"""What is said when a walk ends: done, with what to do next, or paused, with how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from libwell.model.characters import counted
from libwell.model.shell_words import as_typed
from libwell.rules.asked_now import asked
from libwell.rules.privacy import personal_scores, private_prompts
from libwell.rules.profile import profile_lines
from libwell.rules.scoring import scores

if TYPE_CHECKING:
    from libwell.flows.world import World
    from libwell.rules.walk import Walk
    from libwell.terminal.prompter import Prompter


def tell_finished(prompter: Prompter, walk: Walk, name: str, *, world: World) -> None:
    """Tell what to do next. `name` is what commands find the response by."""
    say, call, response = prompter.say, world.call, walk.response
    prompts, private = walk.worksheet.by_id(), private_prompts(walk.worksheet)
    say()
    say("Done, and saved. Thank you for taking the time.", style="strong")
    _tell_profile(prompter, walk, draws=not world.aloud)
    plans = [name for name, prompt in prompts.items() if prompt.holds_actions]
    held, file = ("Your plan and answers", "plan.md") if plans else ("Your answers", "answers.md")
    if private.issuperset(plans or prompts):
        say(f"{held}, what is private too: {call} export {name} --private")
        say(f"Into a file: {call} export {name} --private --output {file}")
    else:
        say(f"{held}, without what is private: {call} export {name}")
        say(f"Into a file: {call} export {name} --output {file}")
        say(f"A copy for your team, which shows first what leaves: {call} share {name}")
    say(f"Read it here: {call} view {name}")
    if response.actions:
        say(f"Your next steps, by the day they are due: {call} actions")
    waiting = sum(one.entry is None for one in walk.everything())
    what = f"{counted(waiting, 'more question', 'more questions')}, if you like" if waiting else ""
    say(f"{what or 'Change something'}: {call} resume {name}")
    if private.issuperset(prompts):  # now that :support is out of reach
        say(f"Whom you can turn to: {call} support")


def _tell_profile(prompter: Prompter, walk: Walk, *, draws: bool) -> None:
    """All scores side by side; of one alone that was told before there is nothing new to say.

    Unless it `draws`, somebody listens, who has heard all but the personal ones where they came out.
    """
    own = personal_scores(walk.worksheet)
    found = scores(walk.worksheet, asked(walk.worksheet, walk.response))
    told = [one for one in found if (one.answered or one.is_there) and (draws or one.id in own)]
    lines = list(profile_lines(told, draws=draws, said_now=own))
    if len(lines) > 1 or any(score.id in own for score in told):
        prompter.say()
        prompter.say("The scores, side by side:" if len(lines) > 1 else "The score:")
        for line in lines:
            prompter.say(f"   {line}")


def tell_resuming(prompter: Prompter, name: str, *, world: World) -> None:
    """Tell how to go on later. `name` is what commands find the response by."""
    prompter.say()
    if world.file:
        prompter.say(f"If you change the worksheet's file first: {world.call} start {as_typed(world.file)}")
    prompter.say(f"Saved. To go on: {world.call} resume {name}")
