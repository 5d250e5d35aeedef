"""Removing exports whose responses are gone, where nobody changed them since."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from libwell.errors import FileRefusedError, LibwellError, NotFoundError
from libwell.flows.exporting import LARGEST, Written, written
from libwell.storage import files
from libwell.storage.places import is_link, is_there
from libwell.storage.seen import digest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from libwell.storage.export_record import ExportRecord
    from libwell.storage.seen import Noted


def prune(output: Path, record: ExportRecord, *, sources: Collection[Path], suffix: str) -> Iterator[Written]:
    """Remove what libwell wrote into a folder for responses that are gone.

    Gone is what has no file any more in one of the folders `sources`, and what was deleted with libwell, of
    which only files that end in `suffix` are looked for. A file that somebody changed is kept, and told of
    once. To be called after the export that it belongs to. Raises LibwellError if the folder can't be read.
    """
    gone = [one for one in record.written_into(output) if one.source.parent in sources and _is_gone(one)]
    for noted in gone:
        yield from _prune_one(noted, record)
    for path in files.list_files(output, suffix=suffix):
        if not record.source_of(path) and _was_forgotten(path, record):
            yield _removed(Written(path.stem, "", path, "removed"))


def _is_gone(noted: Noted) -> bool:
    return not (is_there(noted.source) or is_link(noted.source))


def _was_forgotten(path: Path, record: ExportRecord) -> bool:
    with suppress(LibwellError):
        return record.was_forgotten(path, files.read_file(path, limit=LARGEST))
    return False


def _prune_one(noted: Noted, record: ExportRecord) -> Iterator[Written]:
    """Remove a file that was written, and forget it; one that is gone already is only forgotten."""
    gone = written(noted, "removed")
    try:
        is_ours = digest_of(files.read_file(noted.path, limit=LARGEST)) == noted.written.digest
    except NotFoundError:
        record.strike(noted.path)
        return
    except FileRefusedError:  # a folder, or a pipe, stands in its place
        is_ours = False
    except LibwellError as error:
        yield _failed(gone, error)
        return
    done = _removed(gone) if is_ours else written(noted, "kept")
    if done.outcome != "failed":
        record.strike(noted.path)
    yield done


def _removed(gone: Written) -> Written:
    try:
        if gone.path is not None:
            files.remove_file(gone.path)
    except LibwellError as error:
        return _failed(gone, error)
    return gone


def _failed(gone: Written, error: LibwellError) -> Written:
    return Written(gone.response, gone.source, gone.path, "failed", error=error)
