"""Export of many responses into one file: one table, one calendar, one document.

It is written as the responses are read, so that no more of them are in memory than are at work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast

from libwell.errors import LibwellError
from libwell.flows.exporting import Written, another_response
from libwell.flows.rendering import rendered
from libwell.storage import files, leftovers
from libwell.storage.new_versions import digest_of_file, new_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from libwell.flows.batch import Chosen
    from libwell.flows.exporting import Exported
    from libwell.flows.formats import Rendered
    from libwell.flows.rendering import Made, Rendering
    from libwell.storage.export_record import ExportRecord


@dataclass
class Joining:
    """Many exports joined into one text, in the order in which the responses were named.

    `rendering` is of a form `of_many`. `tell` is told what became of each response; one named twice is there
    once, and of two different ones with the same id the second fails. `known` holds the ids of those that are
    in it so far, each with the hash of its text.
    """

    chosen: Chosen
    rendering: Rendering
    tell: Callable[[Written], None]
    jobs: int = 1
    known: dict[str, int] = field(default_factory=dict, init=False)

    def pieces(self) -> Iterator[str]:
        """The text, piece by piece. Raises LibwellError at its end if all there was failed."""
        return filter(None, self.rendering.form.join(self._parts()))

    def _parts(self) -> Iterator[str]:
        failed = 0
        all_made = rendered(self.chosen, self.rendering, jobs=self.jobs)
        for made in cast("Iterator[Made]", all_made):  # as nothing but names went in
            exported = made.exported
            if isinstance(exported, LibwellError):
                failed += 1
                self.tell(Written(made.named, made.named, None, "failed", error=exported))
            elif exported.response not in self.known:
                self.known[exported.response] = hash(exported.rendered)
                self.tell(_written(exported))
                yield str(exported.rendered)  # as only texts have a part
            elif self.known[exported.response] != hash(exported.rendered):
                failed += 1
                self.tell(_another(exported))
        if failed and not self.known:
            raise LibwellError("None of these could be exported.")


def _written(one: Exported) -> Written:
    return Written(one.response, str(one.source), None, "written", one.withheld, one.undated)


def _another(one: Exported) -> Written:
    error = another_response(one.source, one.response)
    return Written(one.response, str(one.source), None, "failed", error=error)


def write_one_file(
    pieces: Iterable[Rendered], path: Path, record: ExportRecord, *, responses: Iterable[str], force: bool
) -> Literal["written", "unchanged"]:
    """Write pieces to a file, which is replaced once the new version is whole.

    `responses` are the ids of those in it; they are asked for when all of it was written. Raises LibwellError
    if another file is in the way; whatever is raised, the file is as it was. An empty one is in nobody's way.
    """
    digest_of_file(path)  # what is no file is told before anything is read
    leftovers.sweep_abandoned(path.parent, suffix=path.name)
    with new_version(path) as version:
        for piece in pieces:
            version.write(files.encoded(piece))
        before = digest_of_file(path)
        is_same = before == version.digest
        if before and not (is_same or force or record.may_replace_many(path, before)):
            raise LibwellError(
                f"{files.one_line_name(path)} is there already, and is not as libwell wrote it.",
                "--force replaces it, or choose another name.",
            )
        record.note_many(path, version.digest, responses)
        if not is_same:
            version.take_place()
    record.forget_before(path, b"" if is_same else before)
    return "unchanged" if is_same else "written"
