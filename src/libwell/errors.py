"""Every failure a person can meet, with its exit status.

An error says in one sentence what went wrong and in another what to do. It never holds an answer,
a name or any other text from inside a response. It prints nothing: `cli` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class LibwellError(Exception):
    """What libwell could not do (exit status 1: not done, not found, locked, declined).

    `message` says what is wrong and where; `remedy` says what to do about it and may be empty. `file` is the
    file it is about, as the message names it; empty where it is none.
    """

    status: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str = "", *, file: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy
        self.file = file

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class NotFoundError(LibwellError):
    """No worksheet, response or file by that name."""


class LockedError(LibwellError):
    """Another process has the response open for changing."""


class SaveError(LibwellError):
    """A file could not be written; what was there before is as it was."""


class CannotReadError(LibwellError):
    """A typed line that is no answer to this question; `message` says what was expected."""


class UnclearError(CannotReadError):
    """A typed line that could be several of the answers to this question."""


class UsageError(LibwellError):
    """Used wrongly, or input needed where none can be asked for (exit status 2)."""

    status = 2


KeyPath = tuple[str | int, ...]
"""Keys and list positions, starting at 0, that lead to a place in a file."""
MOST_MISTAKES = 2_000
"""Mistakes that are told of one file: nobody reads more, and a hostile file has hundreds of thousands."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in a file.

    `path` leads to it, `line` counts from 1 and is 0 where it is not known. A `hint` is advice: the file can
    be used as it is.
    """

    message: str
    path: KeyPath = ()
    remedy: str = ""
    line: int = 0
    hint: bool = False

    @property
    def key(self) -> str:
        """The path as a person would say it: `sections[2].prompts[1].kind`, counted from 1."""
        parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in self.path]
        return "".join(parts).removeprefix(".")

    @property
    def said(self) -> str:
        """The key, if it is about one, and the message."""
        return f"{self.key}: {self.message}" if self.path else self.message

    def place(self, file: str) -> str:
        """The file and, where it is known, the line: `my.toml:12`."""
        return f"{file}:{self.line}" if self.line else file

    def text(self, file: str) -> str:
        """File, line, key, message and remedy in one line."""
        text = f"{self.place(file)}: {self.said} {self.remedy}".rstrip()
        return " ".join(text.splitlines())  # names and keys may have line ends in them


class FileRefusedError(LibwellError):
    """A file libwell can't accept (exit status 4), with every mistake that was found in it."""

    status = 4

    def __init__(self, file: str, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(mistake.text(file) for mistake in mistakes), file=file)
        self.mistakes = mistakes

    def __reduce__(self) -> tuple[type[FileRefusedError], tuple[str, tuple[Mistake, ...]]]:
        """Go from one process to another with its mistakes."""
        return type(self), (self.file, self.mistakes)
