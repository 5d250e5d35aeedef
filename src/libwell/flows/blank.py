"""An answers file to fill in with an editor: every question and id as comments, accepted by `fill` as it is.

A worksheet to fill in by hand is `rules.paper`'s.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

import tomli_w

from libwell.model.characters import make_visible, one_line, unwrapped
from libwell.model.shell_words import as_typed
from libwell.rules.paper import above
from libwell.rules.privacy import private_prompts
from libwell.rules.wording import say_condition, say_recall, say_what_can_be_shared, say_what_is_private

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.kinds.base import Prompt
    from libwell.model.worksheet import Worksheet


def blank_answers(worksheet: Worksheet, *, file: str = "", facilitator: bool = False) -> str:
    """The text of an answers file to fill in, with every question and id as comments.

    `file` is the worksheet's, if it was named by path: `fill` has to be told of it. With `facilitator` the
    worksheet's notes on how to lead it are in it too.
    """
    named = f"--worksheet {as_typed(file)} " if file else ""
    private = private_prompts(worksheet)
    lines = [
        f"# {make_visible(one_line(worksheet.title))}",
        *_comment(f"Fill in what you like; what stays empty is skipped. Then: libwell fill {named}THIS-FILE"),
        *_told(worksheet.about),
        *_told(worksheet.notice),
        *_told(say_what_is_private(worksheet)),
        *_told(say_what_can_be_shared(worksheet)),
    ]
    if facilitator:
        lines += _told(worksheet.facilitator, "For facilitators: ")
    lines += ["", tomli_w.dumps({"worksheet": worksheet.id}).rstrip(), _KEY, "", *_PERSON, "", "[answers]"]
    for section in worksheet.sections:
        lines += ["", *_comment(f"== {section.title} =="), *_comment(say_condition(section.when, worksheet))]
        if facilitator:
            lines += _told(section.facilitator, "For facilitators: ")
        for prompt in section.prompts:
            if not prompt.holds_actions:
                lines += ["", *_prompt(worksheet, prompt, is_private=prompt.id in private)]
    return "\n".join([*lines, "", *_actions(worksheet), ""])


_KEY = '# key = "…"              # for scripts: with the same key again, fill updates the response'
_PERSON = ("[person]", 'name = ""', 'team = ""', 'library = ""')


def _actions(worksheet: Worksheet) -> Iterator[str]:
    """One action, as comments; where it comes from is shown by a real id."""
    asked = [prompt.id for _, prompt in worksheet.prompts() if not prompt.holds_actions]
    yield "# The plan: one block for each step, without the # in front."
    yield "# [[actions]]"
    yield '# step = "…"'
    yield '# who = "…"'
    yield '# due = 2027-03-01      # or in your own words: "end of term"'
    yield '# know = "…"            # how you will know it worked'
    yield '# level = "team"        # me, team, organization, community'
    yield "# private = true        # leave it out of what is shared"
    if asked:
        yield f'# from = "{asked[0]}"      # the id of the question it came from'


def _comment(text: str) -> list[str]:
    return [f"# {make_visible(line)}".rstrip() for line in text.splitlines()]


def _told(text: str, label: str = "") -> list[str]:
    """Longer text of the worksheet behind its label, as comments after an empty one."""
    return ["#", *_comment(label + unwrapped(text))] if text.strip() else []


def _prompt(worksheet: Worksheet, prompt: Prompt, *, is_private: bool) -> Iterator[str]:
    marks = compress((" (needed)", " (private)"), (prompt.required, is_private))
    yield from _comment("".join((unwrapped(prompt.ask), *marks)))
    yield from _comment(say_condition(prompt.when, worksheet))
    yield from _comment(unwrapped(prompt.help))
    yield from _comment(say_recall(prompt, worksheet))
    form = prompt.in_file(above(worksheet, prompt))
    yield from _comment("\n".join(form.comments))
    reasons = '", "'.join(("skipped", "prefer-not-to-say", *prompt.not_answers))
    yield f'# Not an answer: {{ not-answered = … }} with one of "{reasons}"'
    yield f"{prompt.id} = {form.empty}"
