"""Many saved responses to one small worksheet, for what is done with very many."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from build import response_for, section_text, sheet_text, things, worksheet_from
from libwell.model.response import Action
from libwell.storage.responses import response_text

if TYPE_CHECKING:
    from pathlib import Path

SHEET = sheet_text(
    section_text(
        'id = "open", kind = "text"',
        f'id = "marks", kind = "checklist", items = {things("one", "two")}, add_items = true',
        f'id = "table", kind = "table", rows = {things("row")}, columns = [{{ id = "what", ask = "What?" }}]',
        'id = "closed", kind = "text", private = true',
        'id = "plan", kind = "plan"',
    )
)


def make(folder: Path, count: int) -> Path:
    """Save responses as the walk would, each with words of its own."""
    worksheet = worksheet_from(SHEET)
    folder.mkdir(parents=True)
    for number in range(count):
        answers = f'open = "Words {number} *and* more\\n\\n<b>"\nclosed = "c"\n'
        answers += f'marks = {{ yes = ["one", {{ other = "own {number}" }}] }}\n'
        answers += f'table = {{ row = {{ what = "cell {number}" }} }}\n'
        action = Action(
            id="a1", step=f"Step {number}", due=dt.date(2026, 12, 1), changed=dt.date(2026, 11, 1)
        )
        made = response_for(worksheet, answers, id=f"test-2026-11-21-{number:05d}", actions=(action,))
        (folder / f"{made.id}.toml").write_text(response_text(made), encoding="utf-8")
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
