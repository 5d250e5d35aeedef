"""The names that a line on the command line can be completed with: worksheets, responses, actions.

It opens no response. Responses are known by the names of their files; the ids of actions, and nothing else of
them, stand in a small file of their own, which whoever has read the responses brings up to date.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from libwell.errors import LibwellError
from libwell.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_ACTIONS = ".actions"
_LIMIT = 1024 * 1024
"""Bytes of a file that is looked into, at most."""
_RESPONSE = re.compile(r"[a-z0-9-]{1,160}")
_OF_WORKSHEET = re.compile(r"(.+)-\d{4}-\d{2}-\d{2}-", re.ASCII)
_ACTION = re.compile(r"[a-z0-9]{1,64}\.a[1-9][0-9]{0,5}")
_ID = re.compile(rb"""^id\s*=\s*["']([a-z][a-z0-9-]{0,63})["']\s*(?:#.*)?$""", re.MULTILINE)
_KIND = re.compile(rb"""^libwell\s*=\s*["']worksheet/""", re.MULTILINE)


def worksheet_ids(folders: Sequence[Path]) -> list[str]:
    """The ids of the worksheets in these folders, as they stand in the heads of their files."""
    found: set[str] = set()
    for folder in folders:
        for name in _names(folder):
            with suppress(LibwellError):
                head = files.read_file(folder / name, limit=_LIMIT).partition(b"\n[")[0]
                named = _ID.search(head)
                if named and _KIND.search(head):
                    found.add(named[1].decode())
    return sorted(found)


def response_ids(folder: Path) -> list[str]:
    """The ids of the saved responses, by the names of their files."""
    names = (name.removesuffix(".toml") for name in _names(folder))
    return list(filter(_RESPONSE.fullmatch, names))


def answered_worksheets(responses: Iterable[str]) -> list[str]:
    """The ids of the worksheets that these responses answer; the id of a response begins with it."""
    found = filter(None, map(_OF_WORKSHEET.match, responses))
    return sorted({one[1] for one in found})


def _names(folder: Path) -> list[str]:
    with suppress(LibwellError):
        return files.list_names(folder, suffix=".toml")
    return []


def action_ids(folder: Path) -> list[str]:
    """The ids of actions that were noted, as far as their response is still there."""
    there = {name.rpartition("-")[2] for name in response_ids(folder)}
    return [name for name in _noted(folder) if name.partition(".")[0] in there]


def note_actions(folder: Path, ids: Iterable[str], *, of: str = "") -> None:
    """Note the ids of all actions, or only those `of` a response, by the last part of its id.

    Nothing is made where there is no folder yet, and what can't be written is left for the next time.
    """
    kept = [name for name in _noted(folder) if of and name.partition(".")[0] != of]
    noted = sorted({*kept, *ids}, key=_by_number)
    if noted == _noted(folder):
        return
    with suppress(LibwellError):
        files.write_durably(folder / _ACTIONS, "".join(f"{name}\n" for name in noted).encode())


def _noted(folder: Path) -> list[str]:
    with suppress(LibwellError, UnicodeDecodeError):
        lines = files.read_file(folder / _ACTIONS, limit=_LIMIT).decode().splitlines()
        return list(filter(_ACTION.fullmatch, lines))
    return []


def _by_number(name: str) -> tuple[str, int]:
    """Order `k3f9.a2` before `k3f9.a10`."""
    response, _, action = name.partition(".a")
    return response, int(action)
