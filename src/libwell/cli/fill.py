"""`libwell fill`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from libwell.cli.common import answers_text
from libwell.cli.session import Session
from libwell.cli.told_failures import telling_failures
from libwell.errors import LibwellError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from libwell.cli.told_failures import ToldFailures
    from libwell.flows.fill import Filled, Filler
    from libwell.terminal.progress import Progress


def command(
    context: typer.Context,
    answers: Annotated[
        list[str],
        typer.Argument(help="Answers files, or folders of them; - reads standard input.", metavar="ANSWERS"),
    ],
    worksheet: Annotated[str, typer.Option(help="The worksheet, if the file does not name it.")] = "",
    key: Annotated[
        str,
        typer.Option(help="The same key again updates the response, if the file has no key.", metavar="KEY"),
    ] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Save as a draft, to go on with resume.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Update responses too that somebody has changed since.")
    ] = False,
    log: Annotated[
        Literal["jsonl"] | None, typer.Option(help="Tell of each file on standard output, a line each.")
    ] = None,
) -> None:
    """Make responses from answers files, without prompts; prints one id a line.

    Example:
        libwell fill answers.toml
    """
    from libwell.flows.fill import Filler
    from libwell.storage.fill_keys import FillKeys
    from libwell.terminal.progress import progress

    session: Session = context.obj
    files = list(_files(session, answers))
    if key:
        _see_key(key, files)
    with (
        FillKeys(session.folder) as keys,
        progress(session.output, "Filling in", len(files), aloud=session.aloud) as shown,
    ):
        filler = Filler(
            session.shelf, session.folder, keys, session.world, worksheet, key, draft=draft, force=force
        )
        run = _Run(session, filler, shown, has_log=log is not None)
        with telling_failures(lambda line: shown.message(line, style="error")) as told:
            run.fill(files, told)
        run.end()
    raise typer.Exit(told.status(done=run.done))


def _files(session: Session, names: Iterable[str]) -> Iterator[str]:
    """Each file that was named, and of a folder every answers file in it. Says of a folder without any."""
    from libwell.storage.files import one_line_name
    from libwell.storage.places import is_folder
    from libwell.storage.shared_folders import answers_in

    for name in names:
        if name == "-" or not is_folder(Path(name)):
            yield name
            continue
        found = answers_in(Path(name))
        if not found:
            nothing = "no file here ends in .toml, and no .txt holds answers."
            session.output.message(f"{one_line_name(Path(name))}: {nothing}")
        yield from map(str, found)


def _see_key(key: str, files: list[str]) -> None:
    """Raise UsageError for what can't be the key of one response."""
    from libwell.model.response import check_key

    if len(files) != 1:
        raise UsageError("--key is for one file.", 'In each of several stands its own: key = "…".')
    try:
        check_key(key)
    except ValueError as error:
        raise UsageError(f"--key: {error}.") from None


class _Run:
    """Files filled in one after the other, each told of in a line.

    When lines can't be printed, what is left to do is done before that is told.
    """

    def __init__(self, session: Session, filler: Filler, shown: Progress, *, has_log: bool) -> None:
        self._session = session
        self._filler = filler
        self._shown = shown
        self._has_log = has_log
        self._tally: Counter[str] = Counter()
        self._failure: OSError | None = None
        self._unsaid: list[str] = []

    @property
    def done(self) -> int:
        """How many did not fail."""
        return self._tally.total() - self._tally["failed"]

    def fill(self, files: list[str], told: ToldFailures) -> None:
        """Fill in each; what stops one is told and does not stop the rest."""
        for name in files:
            try:
                text, file = answers_text(self._session, name)
                self._tell(name, self._filler.fill(text, file=file))
            except LibwellError as error:
                self._tell_failure(name, error)
                told.tell(error, name)
            self._shown.advance()

    def _tell(self, name: str, filled: Filled) -> None:
        """Print the id of the response, or the line of the log."""
        self._tally[filled.outcome] += 1
        response = filled.response.id
        line = _log_line(name, filled.outcome, response) if self._has_log else f"{response}\n"
        if not self._print(line) and filled.outcome != "unchanged":
            self._unsaid.append(response)

    def _tell_failure(self, name: str, error: LibwellError) -> None:
        self._tally["failed"] += 1
        if self._has_log:
            self._print(_log_line(name, "failed", None, error))

    def _print(self, line: str) -> bool:
        """Print a line unless one before could not be. Returns whether it was printed."""
        try:
            if self._failure is None:
                self._shown.data(line)
        except OSError as error:
            self._failure = error
        return self._failure is None

    def end(self) -> None:
        """Count several. Raises the OSError that stopped the printing, once what was saved is said.

        A reader that left, as `head` does, wants no more of it.
        """
        if self._tally.total() > 1:
            words = ("made", "updated", "unchanged", "failed")
            counts = [f"{self._tally[word]} {word}" for word in words if self._tally[word]]
            self._shown.message(", ".join(counts))
        if self._failure is None:
            return
        if self._unsaid and not isinstance(self._failure, BrokenPipeError):
            self._shown.message(f"Saved, but not printed: {' '.join(self._unsaid)}", style="warning")
        raise self._failure


def _log_line(
    name: str,
    outcome: Literal["made", "updated", "unchanged", "failed"],
    response: str | None,
    error: LibwellError | None = None,
) -> str:
    """One file as a JSON object on a line. Its keys are only ever added to."""
    import json  # only with --log

    from libwell.model.log_records import FillLogRecord, why_failed

    record: FillLogRecord = {
        "schema": "libwell.fill-log/1",
        "file": name,
        "outcome": outcome,
        "response": response,
        "mistakes": why_failed(error, "standard input" if name == "-" else name) if error else [],
    }
    return json.dumps(record) + "\n"
