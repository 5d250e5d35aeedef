"""A conversation on a real terminal: the Prompter that flows speak to in life.

It joins what the other modules here do: the keyboard of this system, the editor, the one gate to the screen.
It must not know what is asked or what a command is.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from libwell.errors import LibwellError
from libwell.terminal.editor import NoEditorError, edit_text, how_to_come_back
from libwell.terminal.output import Output, Switch
from libwell.terminal.prompter import EndOfInput, Prompter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from libwell.terminal.editor import Scratch
    from libwell.terminal.prompter import Entry, Keyboard


class TerminalPrompter(Prompter):
    """Asks on the terminal, and shows through `output`.

    Use it as a context manager: it takes the terminal over and gives it back as it was at every exit. Both
    `stdin` and standard output have to be a terminal. `scratch` makes the editor's private file; without it
    there is no editor. `plain_keys` reads without GNU readline also where that is at hand.
    """

    def __init__(
        self,
        stdin: TextIO,
        output: Output,
        environ: Mapping[str, str],
        *,
        scratch: Scratch | None = None,
        plain_keys: bool = False,
    ) -> None:
        self._output = output
        self._environ = environ
        self._scratch = scratch
        self._keyboard = _keyboard(stdin, output, plain_keys=plain_keys)

    def __enter__(self) -> Self:
        try:
            self._keyboard.enter()
        except BaseException:
            self._keyboard.leave()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._keyboard.leave()

    def say(self, text: str = "", *, style: str = "") -> None:
        """Show text, folded to the width."""
        self._output.say(text, style=style)

    def ask(self, prompt: str, *, refused: Sequence[str] = ()) -> Entry:
        """Ask for one line or one paste. Raises EndOfInput on Ctrl-D, KeyboardInterrupt on Ctrl-C.

        A prompt longer than a line is folded; its last line is where the person types.
        """
        before, _, last = self._output.wrapped(prompt).rpartition("\n")
        if before:
            self.say(before, style="strong")
        blanks = prompt[len(prompt.rstrip(" ")) :]
        try:
            return self._keyboard.read(last.rstrip(" ") + blanks, refused)
        except BaseException:
            with suppress(OSError):  # the terminal may be gone
                self._output.echo("\n")
            raise

    def edit(self, text: str) -> str | None:
        """Open the person's editor on text; None if it could not be used, which has been said then."""
        try:
            if self._scratch is None:
                raise NoEditorError("There is no editor here.")
            self.say(how_to_come_back(self._environ), style="quiet")
            with self._keyboard.lent():
                wait = self._wait_for_window if sys.platform == "win32" else None
                edited, is_all = edit_text(text, self._scratch, self._environ, wait=wait)
        except LibwellError as error:
            self.say(str(error), style="warning")
            return None
        if not is_all:
            self.say("The text was too long; only its beginning was taken.", style="warning")
        return edited

    def _wait_for_window(self) -> None:
        """Have the person say when they are done in a window that an editor had open already."""
        self._keyboard.enter()
        with suppress(EndOfInput):
            self.ask("When you have saved and closed it, press Enter here. > ")
        self._keyboard.leave()

    def hide(self) -> None:
        """Clear screen and scrollback; where the terminal can't, push them out of sight and say so."""
        if not self._output.switch(Switch.CLEAR):
            self.say("\n" * self._output.height)
            self.say("This terminal can't be cleared: what was shown is still there above.", style="warning")


def _keyboard(stdin: TextIO, output: Output, *, plain_keys: bool) -> Keyboard:
    """The keyboard of this system."""
    if sys.platform == "win32":
        from libwell.terminal.windows.console import Console

        keyboard: Keyboard = Console(stdin, output)
    else:
        from libwell.terminal.posix.keyboard import PosixKeyboard

        keyboard = PosixKeyboard(stdin, output, plain_keys=plain_keys)
    return keyboard
