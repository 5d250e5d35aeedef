"""Shared copies and withdrawals on disk: read as the hostile files they may be, and written.

Nothing private is taken of a copy, whoever put it there, and no mistake quotes what somebody answered. What a
person's own responses are is `responses`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.errors import FileRefusedError, LibwellError, Mistake, NotFoundError, SaveError
from libwell.model.shared import Shared, Withdrawal
from libwell.rules.answers import problems, with_numbers
from libwell.rules.sharing import as_response, asked_in, measured, without_private
from libwell.storage import files
from libwell.storage.definitions import (
    FILE_LIMIT,
    lacks_end,
    naming_file,
    parse_with_definition,
    read_definition,
    text_with_definition,
)
from libwell.storage.file_types import kind_of, refuse_other_kinds, validated
from libwell.storage.places import followed
from libwell.storage.positions import refused
from libwell.storage.shared_folders import HOLDING, LIKE_A_DRAFT
from libwell.storage.toml import holds_too_much
from libwell.storage.worksheets import TEAM_PLAN

if TYPE_CHECKING:
    from pathlib import Path

    from libwell.model.worksheet import Worksheet
    from libwell.rules.asked_now import Asked
    from libwell.storage.worksheets import Shelf


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A shared copy as it was read, the worksheet in it, and the prompts that it says something of.

    `dropped` counts the private answers and actions that stood in it and were left out.
    """

    path: Path
    shared: Shared
    worksheet: Worksheet
    asked: tuple[Asked, ...]
    dropped: int = 0


def read_shared(path: Path, shelf: Shelf) -> SharedFile | Withdrawal:
    """Read a shared copy, or a withdrawal.

    What is private is left out: by the worksheet in it, and by those of the same id on the shelf.
    Raises FileRefusedError with every mistake, also for a whole response or an answers file; NotFoundError
    and LibwellError as every reading does.
    """
    if path.suffix.lower() in HOLDING:
        what, remedy = HOLDING[path.suffix.lower()]
        raise FileRefusedError(str(path), (Mistake(f"this is {what}; copies may be in it.", remedy=remedy),))
    return parse_shared(files.read_text(path, limit=FILE_LIMIT, may_be_pipe=True), path, shelf)


def parse_shared(text: str, path: Path, shelf: Shelf) -> SharedFile | Withdrawal:
    """Read a text as `read_shared` reads a file; `path` is only named in mistakes."""
    try:
        return _parse(text, path, shelf)
    except FileRefusedError:
        if text.lstrip().startswith(_COPY) and lacks_end(text):
            raise FileRefusedError(str(path), (_CUT,)) from None
        raise


def _parse(text: str, path: Path, shelf: Shelf) -> SharedFile | Withdrawal:
    if LIKE_A_DRAFT.match(text):
        raise FileRefusedError(str(path), (_DRAFT,))
    data = parse_with_definition(text, file=str(path))
    match kind_of(data)[0]:
        case "response":
            raise refused(path, text, [_WHOLE])
        case "answers":
            raise refused(path, text, [_MINE])
        case "withdrawal":
            refuse_other_kinds(data, file=str(path), kind="withdrawal")
            return validated(Withdrawal, data, text, file=path)
    refuse_other_kinds(data, file=str(path), kind="shared")
    shared = validated(Shared, data, text, file=path)
    with naming_file(path, text, "copy"):
        worksheet = read_definition(shared.definition.worksheet, from_others=True)
    if worksheet.id == TEAM_PLAN and all(prompt.holds_actions for _, prompt in worksheet.prompts()):
        raise refused(path, text, [_A_TEAMS])
    # What is private is left out before anything is said of what is there.
    shared, dropped = without_private(shared, worksheet, shelf.all_with_id(worksheet.id))
    response = with_numbers(as_response(shared), worksheet)
    everything = asked_in(response, worksheet)
    wrong = problems(worksheet, response, everything=everything)
    if wrong:
        raise refused(path, text, wrong)
    shared = shared.model_copy(update={"answers": response.answers, "actions": response.actions})
    return SharedFile(path, shared, worksheet, measured(everything), dropped)


_COPY = 'libwell = "shared/'
_CUT = Mistake("the end of this file is missing.", remedy="Ask for it again.")
_WHOLE = Mistake(
    "this is a whole response, with what is private in it; nothing of it was taken.",
    ("libwell",),
    "`libwell share` makes a copy that may leave.",
)

_ASK_FOR_COPY = "Delete it, and ask for the copy for the team."
_MINE = Mistake(
    "this is a whole answers file, with what is private in it; nothing of it was taken.",
    ("libwell",),
    _ASK_FOR_COPY,
)
_DRAFT = Mistake(
    "this is a draft out of a browser, with what is private in it; nothing of it was taken.",
    remedy=_ASK_FOR_COPY,
)

_A_TEAMS = Mistake(
    "this is a team's plan, and no single person's; nothing of it was taken.",
    ("definition", "worksheet"),
    "It is made of what people share.",
)


# --- writing --------------------------------------------------------------------------------------


def shared_text(shared: Shared | Withdrawal) -> str:
    """A copy or a withdrawal as TOML."""
    head = {name: getattr(shared, name) for name in ("libwell", "shared_id", "revision")}
    if isinstance(shared, Withdrawal):
        import tomli_w  # only to write

        return tomli_w.dumps(head)
    dumped = shared.model_dump(by_alias=True, exclude_defaults=True, exclude={"definition"})
    return text_with_definition({**head, **dumped}, shared.definition)


def see_replaceable(path: Path, made: Shared | Withdrawal) -> None:
    """Raise LibwellError unless nothing stands here yet, or an earlier file of the same `shared_id`.

    So it does where that can't be told.
    """
    with files.saving(path):
        followed(path)
    try:
        data = parse_with_definition(files.read_text(path, limit=FILE_LIMIT), file=str(path))
    except NotFoundError:
        return
    except FileRefusedError:
        data = {}
    if kind_of(data)[0] not in ("shared", "withdrawal") or data.get("shared_id") != made.shared_id:
        raise LibwellError(
            f"{files.one_line_name(path)} is there already, and is no earlier copy of this response.",
            "It stays as it is. Choose another name: --output FILE.",
        )


def put_in_place(path: Path, made: Shared | Withdrawal) -> None:
    """Write a copy or a withdrawal, readable by this account alone. Raises LibwellError, SaveError."""
    text = shared_text(made)
    data = text.encode()
    if len(data) > FILE_LIMIT or holds_too_much(text):
        raise SaveError("The copy is too large to be opened again.", "Share it without --with-text.")
    see_replaceable(path, made)
    try:
        files.create_exclusively(path, data)
    except FileExistsError:
        files.write_durably(path, data)
