"""An answers file to fill in with an editor: every question and id as comments, accepted by `fill` as it is.

A worksheet to fill in by hand is `rules.handout`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomli_w

from libwell.kinds.checklist import ChecklistPrompt
from libwell.kinds.choice import ChoicePrompt, PickingPrompt
from libwell.kinds.rating import RatingPrompt
from libwell.kinds.table import TablePrompt
from libwell.model.characters import make_visible, one_line, unwrapped
from libwell.rules.privacy import private_prompts
from libwell.rules.wording import say_condition, say_what_is_private

if TYPE_CHECKING:
    from collections.abc import Iterator

    from libwell.kinds.table import Column
    from libwell.model.base import Item
    from libwell.model.worksheet import AnyPrompt, Worksheet

_DATE = "a date such as 2026-12-01, without quotes"
_NEEDED = " (needed)"


def blank_answers(worksheet: Worksheet, *, facilitator: bool = False) -> str:
    """An answers file with every question and id as comments; with `facilitator` also how to lead it."""
    private = private_prompts(worksheet)
    lines = [*_head(worksheet)]
    if facilitator:
        lines += _told(worksheet.facilitator, "For facilitators: ")
    lines += ["", tomli_w.dumps({"worksheet": worksheet.id}).rstrip(), "", *_PERSON, "", "[answers]"]
    for section in worksheet.sections:
        lines += ["", *_comment(f"== {section.title} =="), *_comment(say_condition(section.when, worksheet))]
        if facilitator:
            lines += _told(section.facilitator, "For facilitators: ")
        for prompt in section.prompts:
            if prompt.kind != "plan":
                lines += ["", *_prompt(worksheet, prompt, is_private=prompt.id in private)]
    return "\n".join([*lines, "", *_actions(worksheet), ""])


_PERSON = ("[person]", 'name = ""', 'team = ""', 'library = ""')


def _head(worksheet: Worksheet) -> Iterator[str]:
    yield f"# {make_visible(one_line(worksheet.title))}"
    yield "# Fill in what you like; what stays empty is skipped. Then: libwell fill THIS-FILE"
    yield from _told(worksheet.notice, "")
    yield from _told(say_what_is_private(worksheet), "")


def _actions(worksheet: Worksheet) -> Iterator[str]:
    """One action, as comments; where it comes from is shown by a real id."""
    asked = [prompt.id for _, prompt in worksheet.prompts() if prompt.kind != "plan"]
    yield "# The plan: one block for each step, without the # in front."
    yield "# [[actions]]"
    yield '# step = "…"'
    yield '# who = "…"'
    yield '# due = 2027-03-01      # or in your own words: "end of term"'
    yield '# know = "…"            # how you will know it worked'
    yield '# level = "team"        # me, team, organisation, community'
    yield "# private = true        # leave it out of what is shared"
    if asked:
        yield f'# from = "{asked[0]}"      # the id of the question it came from'


def _comment(text: str) -> list[str]:
    return [f"# {make_visible(line)}".rstrip() for line in text.splitlines()]


def _told(text: str, label: str) -> list[str]:
    """Longer text of the worksheet, as comments after an empty one."""
    return ["#", *_comment(label + unwrapped(text))] if text.strip() else []


def _prompt(worksheet: Worksheet, prompt: AnyPrompt, *, is_private: bool) -> Iterator[str]:
    needed = _NEEDED if prompt.required else ""
    yield from _comment(unwrapped(prompt.ask) + needed + (" (private)" if is_private else ""))
    yield from _comment(say_condition(prompt.when, worksheet))
    yield from _comment(unwrapped(prompt.help))
    yield from _comment("\n".join(_choices(worksheet, prompt)))
    reasons = ", ".join(
        ['"skipped"', '"prefer-not-to-say"', *(f'"{reason}"' for reason in prompt.not_answers)]
    )
    yield f"# Not an answer: {{ not-answered = … }} with one of {reasons}"
    yield f"{prompt.id} = {_empty(prompt)}"


def _empty(prompt: AnyPrompt) -> str:
    if isinstance(prompt, TablePrompt) and prompt.adds_rows:
        return "[]"
    if isinstance(prompt, RatingPrompt) and not prompt.items:
        return '""'
    return _EMPTY.get(prompt.kind, "")


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
    "date": f'""      # {_DATE}',
}


# --- what can be put there ------------------------------------------------------------------------


def _choices(worksheet: Worksheet, prompt: AnyPrompt) -> Iterator[str]:
    """What can be put there, with the ids."""
    if isinstance(prompt, PickingPrompt):
        yield from _options(worksheet, prompt)
    elif isinstance(prompt, RatingPrompt):
        yield from _rating(prompt)
    elif isinstance(prompt, ChecklistPrompt):
        yield from _checklist(prompt)
    elif isinstance(prompt, TablePrompt):
        yield from _table(worksheet, prompt)
    elif prompt.kind == "list":
        yield '  such as: ["…", "…"]'


def _named(thing: Item, lead: str) -> Iterator[str]:
    """An option, item, mark or row with its id, its help on a line of its own."""
    yield f"{lead}{thing.id}: {one_line(thing.text)}"
    yield from _help(thing.help)


def _help(text: str) -> Iterator[str]:
    if text.strip():
        yield f"      {one_line(text)}"


def _options(worksheet: Worksheet, prompt: PickingPrompt) -> Iterator[str]:
    source = worksheet.find(prompt.options_from or "")
    if source is not None:
        yield f"  one of the ids given at {source.id}"
        yield from _own_entries(worksheet, source)
    for option in prompt.options:
        yield from _named(option, "  ")
    if prompt.other:
        yield '  or in your own words: { other = "…" }'
    ids = [option.id for option in prompt.options] or _ids(worksheet, source)
    first, second = [*ids, "id", "id"][:2] if ids else ("id", "id")
    if isinstance(prompt, ChoicePrompt):
        yield f'  such as: "{first}"'
    else:
        yield f'  such as: ["{first}", "{second}"]' if len(ids) != 1 else f'  such as: ["{first}"]'


def _rating(prompt: RatingPrompt) -> Iterator[str]:
    yield f"  {prompt.scale.lines()[0]}"
    for item in prompt.items:
        yield from _named(item, "  ")
    example = str(prompt.scale.max)
    yield f"  such as: {{ {prompt.items[0].id} = {example} }}" if prompt.items else f"  such as: {example}"


def _checklist(prompt: ChecklistPrompt) -> Iterator[str]:
    for mark in prompt.marks:
        yield from _named(mark, "  mark ")
    for item in prompt.items:
        yield from _named(item, "  ")
    own = ', { other = "…" }' if prompt.add_items else ""
    first = f'"{prompt.items[0].id}"' if prompt.items else ""
    yield f"  such as: {{ {prompt.marks[0].id} = [{first}{own}] }}".replace("[, ", "[")


def _table(worksheet: Worksheet, prompt: TablePrompt) -> Iterator[str]:
    for row in prompt.rows:
        yield from _named(row, "  row ")
    for column in prompt.columns:
        yield from _column(column)
    source = worksheet.find(prompt.rows_from or "")
    if source is not None:
        yield f"  rows: the ids given at {source.id}"
        yield from _own_entries(worksheet, source)
    cell = f"{prompt.columns[0].id} = {_cell(prompt.columns[0])}"
    first = [*(row.id for row in prompt.rows), *_ids(worksheet, source), "other-1"][0]
    yield f"  such as: [{{ {cell} }}]" if prompt.adds_rows else f"  such as: {{ {first} = {{ {cell} }} }}"


def _column(column: Column) -> Iterator[str]:
    needed = _NEEDED if column.required else ""
    yield f"  column {column.id} ({column.kind}): {one_line(column.ask)}{needed}"
    yield from _help(column.help)
    for option in column.options:
        yield from _named(option, "    ")
    if column.other:
        yield '    or in your own words: { other = "…" }'
    if column.kind in _CELLS:
        yield f"    {_CELLS[column.kind][1]}"


_CELLS = {
    "date": ("2026-12-01", _DATE),
    "number": ("3", "a number, without quotes"),
    "yes-no": ("true", "true or false"),
}


def _cell(column: Column) -> str:
    """An example of what a cell holds."""
    if column.options:
        return f'"{column.options[0].id}"'
    if column.other:
        return '{ other = "…" }'
    return _CELLS[column.kind][0] if column.kind in _CELLS else '"…"'


def _ids(worksheet: Worksheet, source: AnyPrompt | None) -> list[str]:
    """The ids that can be given at the question that rows or options come from."""
    if source is None:
        return []
    if source.source:
        return _ids(worksheet, worksheet.find(source.source))
    return [name for name, key in source.names() if key in {"options", "items"}]


def _own_entries(worksheet: Worksheet, source: AnyPrompt) -> Iterator[str]:
    """Say what entries of the person's own are called, if there can be any."""
    first = worksheet.find(source.source or "")
    if getattr(source, "other", False) or getattr(source, "add_items", False):
        yield f"  own entries given at {source.id} are called other-1, other-2 …, in their order"
    elif first is not None:
        yield from _own_entries(worksheet, first)
