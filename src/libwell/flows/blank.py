"""An empty worksheet: to print (a Document), or to fill in with an editor (an answers file)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomli_w

from libwell.model.characters import make_visible, one_line
from libwell.model.prompts.checklist import ChecklistPrompt
from libwell.model.prompts.choice import ChoicePrompt, PickingPrompt
from libwell.model.prompts.rating import RatingPrompt
from libwell.model.prompts.table import TablePrompt
from libwell.rules.documents import unwrapped
from libwell.rules.privacy import private_prompts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.model.worksheet import AnyPrompt, Worksheet


def blank_answers(worksheet: Worksheet) -> str:
    """An answers file with every question and id as comments, accepted by `fill` as it is."""
    private = private_prompts(worksheet)
    lines = [
        f"# {make_visible(one_line(worksheet.title))}",
        "# Fill in what you like; what stays empty is skipped. Then: libwell fill THIS-FILE",
        "",
        tomli_w.dumps({"worksheet": worksheet.id}).rstrip(),
        "",
        "[person]",
        'name = ""',
        'team = ""',
        'library = ""',
        "",
        "[answers]",
    ]
    for section in worksheet.sections:
        lines += ["", *_comment(f"== {section.title} ==")]
        for prompt in section.prompts:
            if prompt.kind != "plan":
                mark = " (private)" if prompt.id in private else ""
                lines += ["", *_comment(unwrapped(prompt.ask) + mark), *_prompt(worksheet, prompt)]
    return "\n".join([*lines, "", *_ACTIONS, ""])


_ACTIONS = (
    "# The plan: one block for each step, without the # in front.",
    "# [[actions]]",
    '# step = "…"',
    '# who = "…"',
    '# due = 2027-03-01      # or in your own words: "end of term"',
    '# know = "…"            # how you will know it worked',
    '# level = "team"        # me, team, organisation, community',
)


def _comment(text: str) -> list[str]:
    return [f"# {make_visible(line)}".rstrip() for line in text.splitlines()]


def _prompt(worksheet: Worksheet, prompt: AnyPrompt) -> Iterator[str]:
    if prompt.help:
        yield from _comment(unwrapped(prompt.help))
    yield from _comment("\n".join(_choices(worksheet, prompt)))
    reasons = ", ".join(
        ['"skipped"', '"prefer-not-to-say"', *(f'"{reason}"' for reason in prompt.not_answers)]
    )
    yield f"# Not an answer: {{ not-answered = … }} with one of {reasons}"
    yield f"{prompt.id} = {_EMPTY.get(prompt.kind, '')}"


_EMPTY = {
    "text": '""',
    "choices": "[]",
    "list": "[]",
    "checklist": "{}",
    "rating": "{}",
    "table": "{}",
    "yes-no": '""      # true or false',
    "choice": '""',
    "number": '""      # a number, without quotes',
    "date": '""      # a date such as 2026-12-01, without quotes',
}


def _choices(worksheet: Worksheet, prompt: AnyPrompt) -> Iterator[str]:
    """What can be put there, with the ids."""
    if isinstance(prompt, PickingPrompt):
        source = worksheet.find(prompt.options_from or "")
        if source is not None:
            yield f"  one of the ids given at {source.id}"
        for option in prompt.options:
            yield f"  {option.id}: {one_line(option.text)}"
        if prompt.other:
            yield '  or in your own words: { other = "…" }'
        yield '  such as: "id"' if isinstance(prompt, ChoicePrompt) else '  such as: ["id", "id"]'
    elif isinstance(prompt, RatingPrompt):
        yield f"  {prompt.scale.lines()[0]}"
        for item in prompt.items:
            yield f"  {item.id}: {one_line(item.text)}"
        yield (
            f"  such as: {{ {prompt.items[0].id} = {prompt.scale.max} }}"
            if prompt.items
            else f"  such as: {prompt.scale.max}"
        )
    elif isinstance(prompt, ChecklistPrompt):
        yield from _checklist(prompt)
    elif isinstance(prompt, TablePrompt):
        yield from _table(worksheet, prompt)
    elif prompt.kind == "list":
        yield '  such as: ["…", "…"]'


def _checklist(prompt: ChecklistPrompt) -> Iterator[str]:
    for mark in prompt.marks:
        yield f"  mark {mark.id}: {one_line(mark.text)}"
    for item in prompt.items:
        yield f"  {item.id}: {one_line(item.text)}"
    own = ', { other = "…" }' if prompt.add_items else ""
    first = f'"{prompt.items[0].id}"' if prompt.items else ""
    yield f"  such as: {{ {prompt.marks[0].id} = [{first}{own}] }}".replace("[, ", "[")


def _table(worksheet: Worksheet, prompt: TablePrompt) -> Iterator[str]:
    for row in prompt.rows:
        yield f"  row {row.id}: {one_line(row.text)}"
    for column in prompt.columns:
        yield f"  column {column.id} ({column.kind}): {one_line(column.ask)}"
        for option in column.options:
            yield f"    {option.id}: {one_line(option.text)}"
    source = worksheet.find(prompt.rows_from or "")
    if source is not None:
        yield f"  rows: the ids given at {source.id}"
    name = prompt.columns[0].id
    first = prompt.rows[0].id if prompt.rows else "row"
    yield (
        f'  such as: [{{ {name} = "…" }}]'
        if prompt.adds_rows
        else f'  such as: {{ {first} = {{ {name} = "…" }} }}'
    )
