"""Sharing a response: a copy of what may leave, or a withdrawal of it, written once the person has agreed.

The response remembers its `shared_id` before anything is written, so that its copies never pass for
several people's. What may leave is `rules.sharing`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import LibwellError
from libwell.flows.formats import named_file_at
from libwell.flows.opened import Held, Opened, find_response, hold
from libwell.model.document import Document, Paragraph
from libwell.model.response import (
    SHARED_ID_LENGTH,
    SHARED_ID_LETTERS,
    SHARED_REVISION_LIMIT,
    Sharing,
)
from libwell.model.shared import Withdrawal
from libwell.rules.share_preview import WITHDRAWAL, Staying, leaving_document, staying
from libwell.rules.sharing import Wish, content_digest, draw_pseudonym, shared_copy
from libwell.storage.definitions import definition_of
from libwell.storage.files import make_private_folder
from libwell.storage.places import is_folder_name
from libwell.storage.shared import put_in_place, see_replaceable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from libwell.flows.world import World
    from libwell.model.response import Response
    from libwell.model.shared import Shared
    from libwell.storage.responses import ResponseFolder

    Agree = Callable[["Proposal"], bool]


class NothingLeavesError(LibwellError):
    """Nothing of a response may leave, or was ever shared: there is nothing to write."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written and where. `document` tells it in full to the person it is about.

    `made` is what the file will hold, `sharing` what the response will know of its copies then. `name` finds
    the response again, also when another is the latest. `stays` is what is not in the copy; None for a
    withdrawal.
    """

    path: Path
    document: Document
    made: Shared | Withdrawal
    sharing: Sharing
    name: str
    stays: Staying | None = None


def share(
    name: str, output: str, wish: Wish | None, *, folder: ResponseFolder, world: World, agree: Agree
) -> Proposal:
    """Write a copy of a response if the person agrees; without a wish a withdrawal of its copies.

    `name` is an id, its last part, `latest…` or a path. `output` is a file or a folder, made if it ends in a
    slash; empty: a file in the current one. What is shared again without a change is the same copy, at the
    same revision. Returns what was written. Raises NotFoundError, LockedError while another process has the
    response open, and LibwellError if nothing would leave or was ever shared, if they decline or if another
    file is in the way.
    """
    # The response is held from what is shown to what is written, so that the two are the same.
    with hold(find_response(name, folder).path, folder, world) as held:
        proposal = propose(held.opened, output, wish, world=world)
        if not agree(proposal):
            raise LibwellError(DECLINED)
        write_agreed(held, proposal, output)
    return proposal


DECLINED = "Nothing was written; nothing leaves."


def propose(saved: Opened, output: str, wish: Wish | None, *, world: World) -> Proposal:
    """What would be written of a response. Raises as `share` does."""
    if saved.response.kept is not None:
        message = f"{saved.response.id} is a team's plan, made of what people shared, so it stays here."
        remedy = "To share your answers: libwell share latest:WORKSHEET. To hand on the plan: libwell export."
        raise NothingLeavesError(message, remedy)
    proposal = _copy(saved, output, wish, world) if wish else _withdrawal(saved, output)
    see_replaceable(proposal.path, proposal.made)
    return proposal


def write_agreed(held: Held, proposal: Proposal, output: str) -> None:
    """Write what the person agreed to; the response knows of it before. Raises LibwellError, SaveError."""
    if is_folder_name(output):
        make_private_folder(proposal.path.parent)
    held.save(_remembering(held.opened.response, proposal.sharing))
    put_in_place(proposal.path, proposal.made)


def _remembering(response: Response, sharing: Sharing) -> Response:
    """A response that knows of its copies; as `fill` made it, it is so all the same."""
    changes: dict[str, object] = {"shared": sharing}
    if response.filled and response.is_as_filled and sharing != response.shared:
        changes["filled"] = response.filled.model_copy(update={"revision": response.revision + 1})
    return response.model_copy(update=changes)


def _first_sharing(world: World) -> Sharing:
    """A made-up name, an id and a key for the first copy."""
    letters = [SHARED_ID_LETTERS] * SHARED_ID_LENGTH
    drawn, key = "".join(map(world.choose, letters)), "".join(map(world.choose, letters))
    return Sharing(shared_id=drawn, revision=0, pseudonym=draw_pseudonym(world.choose), key=key)


def _risen(before: Sharing, *, digest: str) -> Sharing:
    """The same at its next revision; `digest` is that of what leaves with it."""
    revision = min(before.revision + 1, SHARED_REVISION_LIMIT)
    return before.model_copy(update={"revision": revision, "digest": digest})


def _copy(saved: Opened, output: str, wish: Wish, world: World) -> Proposal:
    response, worksheet = saved.response, saved.worksheet
    sharing = response.shared or _first_sharing(world)
    copy = shared_copy(response, worksheet, wish, sharing=sharing, definition=definition_of(worksheet))
    digest = content_digest(copy)
    if digest != sharing.digest:
        sharing = _risen(sharing, digest=digest)
        copy = copy.model_copy(update={"revision": sharing.revision})
    stays = staying(response, worksheet, copy)
    if not (copy.answers or copy.actions):
        raise _nothing_leaves(stays)
    document = leaving_document(copy, worksheet, stays, is_draft=response.status == "draft")
    path = _place(output, "shared", sharing, worksheet=worksheet.id)
    return Proposal(path, document, copy, sharing, response.short_id, stays)


def _nothing_leaves(stays: Staying) -> NothingLeavesError:
    """Why there is no copy to write."""
    if stays.words or stays.beside_steps:
        words = "Nothing would leave but what you wrote in your own words."
        return NothingLeavesError(words, "To let that leave: --with-text.")
    if stays.count:
        return NothingLeavesError("All that you gave here is private, and stays here. No copy was written.")
    return NothingLeavesError("There is nothing to share yet. No copy was written.")


def _withdrawal(saved: Opened, output: str) -> Proposal:
    if saved.response.shared is None:
        raise NothingLeavesError("This response was never shared, so there is nothing to withdraw.")
    sharing = _risen(saved.response.shared, digest="")
    made = Withdrawal(shared_id=sharing.shared_id, revision=sharing.revision)
    document = Document(f"A withdrawal: {sharing.pseudonym}", (Paragraph(WITHDRAWAL),))
    path = _place(output, "withdrawal", sharing, worksheet=saved.worksheet.id)
    return Proposal(path, document, made, sharing, saved.response.short_id)


def _place(output: str, what: str, sharing: Sharing, *, worksheet: str) -> Path:
    """Where to write. In a team's folder no two names are the same, and none says who it is from."""
    pseudonym = sharing.pseudonym.casefold().replace(" ", "-")
    name = f"{what}-{worksheet}-{pseudonym}-{sharing.shared_id[:4]}.toml"
    return named_file_at(output, name, what="What is shared is a file that")
