"""What a verb needs of the outside: environment, streams, places, clock, chance. Made once, at the start."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from libwell.errors import FileRefusedError, LibwellError, Mistake, UsageError
from libwell.model.shell_words import as_typed, program_as_typed
from libwell.storage.places import SHIPPED, Places, find_places, shipped_worksheets, split_folders
from libwell.terminal.output import Output
from libwell.terminal.prompter import types

if TYPE_CHECKING:
    from libwell.flows.configuring import Support
    from libwell.flows.world import World
    from libwell.storage.locks import Patience
    from libwell.storage.responses import ResponseFolder
    from libwell.storage.settings import Configuration
    from libwell.storage.worksheets import Shelf
    from libwell.terminal.lines import TerminalPrompter


_PATIENCE = 10
"""Seconds to wait for another libwell where nobody can be asked, unless --wait says otherwise."""


@dataclass(eq=False)
class Session:
    """One run of libwell.

    `program` is what it was called as, `data_dir` the folder given with --data-dir, `wait` the seconds given
    with --wait; `stdin` is None where it was closed. What is read from the disk is read when first asked for,
    and once.
    """

    environ: Mapping[str, str]
    output: Output
    stdin: TextIO | None
    program: str
    data_dir: Path | None
    no_input: bool
    wait: float | None = None

    @cached_property
    def configuration(self) -> Configuration:
        """What is configured, as far as it can be read."""
        from libwell.storage.settings import read_configuration

        return replace(read_configuration(self.environ), patience=self.patience)

    def sound_configuration(self) -> Configuration:
        """What is configured, to look at or change. Raises LibwellError with every mistake in the own file.

        What is wrong with the library's file is only said: whoever meets it can rarely mend it.
        """
        self.configuration.demand()
        self.warn_of_library()
        return self.configuration

    def warn_of_library(self) -> None:
        """Say what is wrong with the library's file, if anything is."""
        error = self.configuration.library_error
        if error is not None:
            from libwell.flows.configuring import say_library_error

            said = say_library_error(error)
            self.output.message(said, style="strong")  # not "warning": --quiet keeps it back

    @cached_property
    def places(self) -> Places:
        """Where things lie. Raises LibwellError with every mistake in any settings, which may say where."""
        error = self.configuration.demand().library_error
        if error is not None:
            from libwell.flows.configuring import library_refusal

            raise library_refusal(error)
        return self.places_as_far_as_known()

    def places_as_far_as_known(self) -> Places:
        """Where things lie, by what of the configuration can be read."""
        return find_places(self.environ, self.data_dir, configured=self.configuration.folders)

    @cached_property
    def shelf(self) -> Shelf:
        """The worksheets at hand. Says which folders of them are not where the settings say."""
        from libwell.storage.places import lost_folders
        from libwell.storage.worksheets import Shelf

        for lost in lost_folders(self.places):
            self.output.message(f"{lost.path}: {lost.message} {lost.remedy}", style="warning")
        return Shelf(self.places.worksheets)

    @cached_property
    def found_support(self) -> Support:
        """Whom to turn to, out of all that can be read, and the errors of what could not be."""
        return self.support_in("")

    def support_in(self, country: str) -> Support:
        """Whom to turn to in a country; where none is given, in the configured one. Raises UsageError."""
        from libwell.flows.configuring import gather_support
        from libwell.storage.worksheets import Shelf

        try:
            folders = self.places_as_far_as_known().worksheets
        except LibwellError:  # no home folder: there is still what came with libwell
            folders = ((shipped_worksheets(), SHIPPED),)
        return gather_support(self.configuration, Shelf(folders), country=country)

    @cached_property
    def folder(self) -> ResponseFolder:
        """The saved responses."""
        from libwell.storage.responses import ResponseFolder

        return ResponseFolder(self.places.responses, self.patience)

    @property
    def patience(self) -> Patience:
        """How long to wait for what another libwell has open: not at all where somebody can look after it."""
        from libwell.storage.locks import Patience

        say = self.output.message if self.is_on_terminal else None
        return Patience(self._seconds(on_terminal=0), say)

    @property
    def short_patience(self) -> float:
        """How many seconds to wait for what is never held but for a moment, whoever uses it."""
        return self._seconds(on_terminal=5)

    def _seconds(self, *, on_terminal: float) -> float:
        unasked = on_terminal if self.can_ask else _PATIENCE
        return unasked if self.wait is None else self.wait

    @property
    def scratch_folders(self) -> tuple[Path, ...]:
        """Where the file of an editor can lie; a new one is made in the first."""
        from libwell.storage.scratch import scratch_folders

        return scratch_folders(self.environ, self.places_as_far_as_known().data)

    def sweep_after_editors(self) -> None:
        """Remove what an editor left that was open when libwell was killed, and say so."""
        from libwell.storage.scratch import sweep

        if sweep(self.scratch_folders):
            self.output.message("Your editor was cut off before; the text it left on the disk is removed.")

    @cached_property
    def world(self) -> World:
        """Clock and chance."""
        import secrets  # a third of a start of Python; only where something is made or dated

        from libwell.flows.world import World

        return World(
            lambda: dt.datetime.now().astimezone(),
            secrets.choice,
            self._call(),
            lambda: self.found_support.lines,
            country=self.configuration.text("country"),
            aloud=self.aloud,
            terse=self.aloud or self.configuration.text("terse") == "true",
        )

    @property
    def aloud(self) -> bool:
        """Whether somebody listens to what is shown: each thing is said once, and nothing is drawn."""
        said = self.environ.get("ACCESSIBLE", "")
        return said != "0" if said else self.configuration.text("accessible") == "true"

    def _call(self) -> str:
        """How to call libwell again for the same files, as it was called this time."""
        on_path = split_folders(self.environ.get("PATH", ""))
        folder = str(Path.cwd()) if sys.platform == "win32" else ""  # which may be gone elsewhere
        if Path(self.program).name != "__main__.py":
            called = program_as_typed(self.program, on_path=on_path, folder=folder)
        elif sys.platform == "win32":  # one Python of many, which `py` need not find
            called = f"{program_as_typed(sys.orig_argv[0], on_path=on_path, folder=folder)} -m libwell"
        else:
            called = "python -m libwell"
        return f"{called} --data-dir {as_typed(str(self.data_dir))}" if self.data_dir else called

    @property
    def is_on_terminal(self) -> bool:
        """Whether standard input and output are a terminal."""
        is_terminal = self.stdin is not None and not self.stdin.closed and self.stdin.isatty()
        return is_terminal and self.output.is_terminal

    @property
    def can_ask(self) -> bool:
        """Whether there is somebody to ask: on a terminal, unless --no-input was given."""
        return self.is_on_terminal and not self.no_input

    def need_to_ask(self, remedy: str) -> None:
        """Raise UsageError, with what to use instead, where nothing can be asked."""
        if not self.can_ask:
            raise UsageError("This needs a terminal to ask questions on.", remedy)

    def standard_input(self) -> str:
        """All of standard input, as text; no more is read of it than of a file.

        Raises UsageError if there is none, or if it is not UTF-8; FileRefusedError if it is longer.
        """
        from libwell.storage.definitions import FILE_LIMIT

        if self.stdin is None:
            raise UsageError("There is no standard input.", "Name a file.")
        data = self.stdin.buffer.read(FILE_LIMIT + 1)
        if len(data) > FILE_LIMIT:
            mistake = Mistake(f"This is larger than {FILE_LIMIT >> 20} MiB.", remedy="Make it shorter.")
            raise FileRefusedError("standard input", (mistake,))
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError("Standard input is not UTF-8.", "Save it as UTF-8.") from None

    def prompter(self, *, editor: bool = True) -> TerminalPrompter:
        """A conversation on the terminal; for one with an editor, what an earlier one left is removed.

        Raises UsageError if there is no standard input.
        """
        from libwell.storage.scratch import scratch_file
        from libwell.terminal.lines import TerminalPrompter

        if self.stdin is None:
            raise UsageError("There is no standard input to read answers from.")
        scratch = None
        if editor:
            self.sweep_after_editors()
            scratch = partial(scratch_file, self.scratch_folders[0])
        return TerminalPrompter(self.stdin, self.output, self.environ, scratch=scratch)

    def confirms(self, word: str, *lines: str) -> bool:
        """Say the lines, and ask: whether the person types this one word; the end of the input is a no."""
        with self.prompter(editor=False) as prompter:
            for line in lines:
                prompter.say(line)
            return types(prompter, word)
