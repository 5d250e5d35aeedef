"""Sharing many responses: one preview of what leaves of each and what stays, one yes, one file each.

What is written is what was shown: a response that was changed in between is left out. One that can't be
shared does not stop the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from libwell.errors import LibwellError
from libwell.flows.opened import hold, read_response, say_when
from libwell.flows.sharing import NothingLeavesError, propose, write_agreed
from libwell.model.characters import counted, one_line
from libwell.model.document import Document, Listing, Paragraph
from libwell.model.shared import Withdrawal
from libwell.storage.files import one_line_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from libwell.flows.opened import Opened
    from libwell.flows.sharing import Proposal
    from libwell.flows.world import World
    from libwell.model.document import Block
    from libwell.rules.sharing import Wish
    from libwell.storage.responses import ResponseFolder

_WORD_FOR_WORD = (
    "Steps leave word for word: if there is a name in one, it goes along. The questions leave as they were "
    "asked. To see all that leaves of one: `libwell share` with its last four letters."
)
_WITHDRAWN = (
    "These files say that your copies no longer count. Steps, words and names are gone from the reports and "
    "plans made from then on. Numbers told before may stay as they are."
)


@dataclass
class SharingOfMany:
    """What would be written of many responses.

    `skipped` names those of which nothing leaves, and says why; `failed` says which can't be shared.
    """

    planned: list[tuple[Opened, Proposal]] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    failed: list[LibwellError] = field(default_factory=list)


def plan_sharing(paths: Iterable[Path], output: str, wish: Wish | None, *, world: World) -> SharingOfMany:
    """What would be written of these responses; without a wish withdrawals."""
    found = SharingOfMany()
    for path in paths:
        try:
            saved = read_response(path)
            found.planned.append((saved, propose(saved, output, wish, world=world)))
        except NothingLeavesError as error:
            found.skipped.append((one_line(path.stem), str(error)))
        except LibwellError as error:
            found.failed.append(error)
    return found


def sharing_document(sharing: SharingOfMany, world: World) -> Document:
    """What leaves and what stays, in a line or two for each response."""
    files = counted(len(sharing.planned), "file", "files")
    blocks: list[Block] = [Listing(tuple(_line(*one, world) for one in sharing.planned))]
    is_back = any(isinstance(proposal.made, Withdrawal) for _, proposal in sharing.planned)
    blocks.append(Paragraph(_WITHDRAWN if is_back else _WORD_FOR_WORD))
    return Document(f"To share: {files}", tuple(blocks))


def _line(saved: Opened, proposal: Proposal, world: World) -> str:
    """A response: what it is, and how much leaves and stays."""
    response = saved.response
    draft = "not finished, " if response.status == "draft" else ""
    when = f"{draft}{say_when(response.updated, world)}, {response.short_id}"
    about = f"{one_line(saved.worksheet.title)} ({when})"
    made, stays = proposal.made, proposal.stays
    if isinstance(made, Withdrawal) or stays is None:
        return f"{about}\ntaken back"
    going = [(len(made.answers), "answer", "answers"), (len(made.actions), "step", "steps")]
    kept = [
        (len(stays.private), "private answer", "private answers"),
        (stays.steps, "private step", "private steps"),
        (len(stays.words), "answer in your own words", "answers in your own words"),
    ]
    leave, stay = (", ".join(counted(*one) for one in some if one[0]) for some in (going, kept))
    name = f", your name ({one_line(made.person.name)})" if made.person.name else ""
    return f"{about}\nleaves: {leave}{name}; stays: {stay or 'nothing private'}"


def write_all(
    sharing: SharingOfMany, output: str, *, folder: ResponseFolder, world: World
) -> Iterator[Proposal | LibwellError]:
    """Write each file, and give it; or why it could not be written."""
    for saved, proposal in sharing.planned:
        try:
            with hold(saved.path, folder, world) as held:
                _see_unchanged(held.opened, saved)
                write_agreed(held, proposal, output)
            yield proposal
        except LibwellError as error:
            yield error


def _see_unchanged(now: Opened, shown: Opened) -> None:
    if now.response != shown.response:
        words = f"{one_line_name(now.path)} was changed while you looked, so it was not shared."
        raise LibwellError(words, "Share it again to see what leaves now.")
