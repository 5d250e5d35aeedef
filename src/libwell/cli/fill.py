"""`libwell fill`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from libwell.cli.session import Session
from libwell.errors import LibwellError, UsageError


def command(
    context: typer.Context,
    answers: Annotated[list[str], typer.Argument(help="Answers files; - reads standard input.")],
    worksheet: Annotated[str, typer.Option(help="The worksheet, if the file does not name it.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Save as a draft, to go on with resume.")] = False,
) -> None:
    """Make responses from answers files, without prompts; prints one id a line.

    Example:
        libwell fill answers.toml
    """
    session: Session = context.obj
    failed = [error for name in answers if (error := _fill(session, name, worksheet, draft=draft))]
    if len(answers) == 1 and failed:
        raise failed[0]
    for error in failed:
        session.output.message(str(error), style="error")
    raise typer.Exit(3 if failed else 0)


def _fill(session: Session, name: str, worksheet: str, *, draft: bool) -> LibwellError | None:
    """Fill one; give back why it could not be done."""
    from libwell.flows.fill import fill, read_answers_text  # noqa: PLC0415

    try:
        text = _standard_input(session) if name == "-" else read_answers_text(Path(name))
        saved = fill(
            text,
            file="standard input" if name == "-" else name,
            shelf=session.shelf,
            folder=session.folder,
            world=session.world,
            worksheet=worksheet,
            draft=draft,
        )
    except LibwellError as error:
        return error
    session.output.data(f"{saved.response.id}\n")
    return None


def _standard_input(session: Session) -> str:
    if session.stdin is None:
        raise UsageError("There is no standard input.", "Name a file.")
    try:
        return session.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("Standard input is not UTF-8.", "Save it as UTF-8.") from None
