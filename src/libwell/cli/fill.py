"""`libwell fill`."""

from __future__ import annotations

from typing import Annotated

import typer

from libwell.cli.common import answers_text
from libwell.cli.session import Session
from libwell.cli.told_failures import telling_failures
from libwell.errors import LibwellError
from libwell.terminal.output import Output


def command(
    context: typer.Context,
    answers: Annotated[
        list[str], typer.Argument(help="Answers files; - reads standard input.", metavar="ANSWERS")
    ],
    worksheet: Annotated[str, typer.Option(help="The worksheet, if the file does not name it.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Save as a draft, to go on with resume.")] = False,
) -> None:
    """Make responses from answers files, without prompts; prints one id a line.

    Example:
        libwell fill answers.toml
    """
    session: Session = context.obj
    ids = _Ids(session.output)
    with telling_failures(lambda line: session.output.message(line, style="error")) as told:
        for name in answers:
            try:
                ids.say(_fill(session, name, worksheet, draft=draft))
            except LibwellError as error:
                if len(answers) == 1:
                    raise
                told.tell(error, name)
    done = len(answers) - told.number
    if told.number:
        session.output.message(f"{done} filled, {told.number} failed")
    ids.end()
    raise typer.Exit(told.status(done=done))


class _Ids:
    """Prints ids, one a line. When they can't be printed, what is left to do is done before that is told."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._failure: OSError | None = None
        self._unsaid: list[str] = []

    def say(self, name: str) -> None:
        """Print an id, or keep it back once one could not be printed."""
        try:
            if self._failure is None:
                self._output.data(f"{name}\n")
                return
        except OSError as error:
            self._failure = error
        self._unsaid.append(name)

    def end(self) -> None:
        """Raise the OSError that stopped the printing, once the ids it kept back are said otherwise.

        A reader that left, as `head` does, wants no more of them.
        """
        if self._failure is None:
            return
        if not isinstance(self._failure, BrokenPipeError):
            self._output.message(f"Saved, but not printed: {' '.join(self._unsaid)}", style="warning")
        raise self._failure


def _fill(session: Session, name: str, worksheet: str, *, draft: bool) -> str:
    """Fill one and give the id of the response. Raises LibwellError."""
    from libwell.flows.fill import fill

    text, file = answers_text(session, name)
    saved = fill(
        text,
        file=file,
        shelf=session.shelf,
        folder=session.folder,
        world=session.world,
        worksheet=worksheet,
        draft=draft,
    )
    return saved.response.id
