"""Reading a line with GNU readline: the line editing a person knows from their shell.

What was pasted is told apart from what was typed. Answers are private, so there is no history: the arrow up
brings back only what is handed in. It must not change the terminal's settings itself (`modes` does) or know
what a command is.
"""

from __future__ import annotations

import codecs
import io
import locale
import os
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from libwell.terminal.posix.typed_bytes import AT_ONCE, PASTE_END, recover, something_comes, with_line_feeds
from libwell.terminal.prompter import EndOfInput, Entry, entry_of
from libwell.terminal.screen_text import degrade

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from libwell.terminal.output import Output
    from libwell.terminal.posix.modes import Modes

_OLDEST = 0x0700  # the first that knows bracketed paste
_SETTINGS = (
    "set enable-bracketed-paste off",  # `modes` switches it, once; readline would at every line
    "set enable-active-region off",  # shows a paste in reverse video
    "set convert-meta off",  # or what is not ASCII is lost in an ASCII locale
    "set input-meta on",
    "set output-meta on",
    "set bell-style none",
    "set disable-completion off",  # the keys below use it
)
# A key can't tell Python that it was pressed, but a completion can: it calls `_notice`, which never completes
# anything. So the beginning of a paste is bound to one. The colon and the line feed are bound to two things
# in a row, a completion of a type of its own and what they do anyhow, by sequences that no keyboard sends.
_PASTE_KEYS = (
    r'"\e[200~": insert-completions',
    r'"\e[9200?": possible-completions',
    r'"\e[9200j": accept-line',
    r'"\C-j": "\e[9200?\e[9200j"',
)
_TYPING_KEYS = (
    r'"\e[": skip-csi-sequence',  # a key that means nothing leaves no signs
    r'"\e[9200%": menu-complete',
    r'"\e[9200:": self-insert',
    r'":": "\e[9200%\e[9200:"',
    "tab: self-insert",  # no completion of file names
)
_KEYMAPS = (  # a person in vi mode begins each line in vi-insert, whatever is set last
    ("vi-command", _PASTE_KEYS),
    ("vi-insert", _PASTE_KEYS + _TYPING_KEYS),
    ("emacs", _PASTE_KEYS + _TYPING_KEYS),
)
_IS_PASTE, _IS_LINE_FEED = ord("*"), ord("?")  # the types of insert-completions and possible-completions
_PASTE_PAUSE = 2.0  # seconds without a byte after which a paste whose end never came is over


def can_use(stdin: TextIO, output: Output) -> bool:
    """Whether Python has GNU readline, and these are the streams it works on; both have to be a terminal.

    On one that can't move its cursor up, readline writes a long line anew each time it reaches the edge.
    """
    if stdin is not sys.stdin or output.stream is not sys.stdout or not output.is_capable:
        return False
    try:
        import readline  # only for a conversation
    except ImportError:
        return False
    is_gnu = "libedit" not in str(readline.__doc__)
    return is_gnu and getattr(readline, "_READLINE_RUNTIME_VERSION", 0) >= _OLDEST


class GnuReader:
    """Lines from standard input through GNU readline; `modes` has taken the terminal over meanwhile."""

    def __init__(self, stdin: TextIO, output: Output, modes: Modes) -> None:
        import readline  # only for a conversation

        self._readline = readline
        self._output = output
        self._modes = modes
        self._encoding = stdin.encoding
        self._descriptor = stdin.fileno()
        self._prompt: str | None = None
        self._begins_pasted = False
        self._by_line_feed = False
        self._after_return = False  # a line feed now belongs to the return that ended the line before
        self._interrupted: BaseException | None = None
        if isinstance(stdin, io.TextIOWrapper):
            with suppress(io.UnsupportedOperation):  # what was read before is still in it
                stdin.reconfigure(errors="surrogateescape")
        for setting in _SETTINGS:
            readline.parse_and_bind(setting)
        for keymap, keys in _KEYMAPS:
            readline.parse_and_bind(f"set keymap {keymap}")
            for key in keys:
                readline.parse_and_bind(key)
        readline.set_completer_delims("")
        readline.set_completer(self._notice)
        readline.set_auto_history(False)

    def read(self, prompt: str, refused: Sequence[str] = ()) -> Entry:
        """Ask for a line; the arrow up brings back those that were refused, for this line only.

        Raises EndOfInput on Ctrl-D in an empty one.
        """
        for line in refused:
            self._readline.add_history(_as_readline_takes_it(line))
        self._prompt = prompt
        try:
            with self._modes.echoing():
                text = self._line(prompt)
        except EOFError:
            raise EndOfInput from None
        finally:
            self._readline.clear_history()
            self._prompt = None
        comes = partial(something_comes, self._descriptor, AT_ONCE)
        return entry_of(text, begins_pasted=self._begins_pasted, comes=comes)

    def _line(self, prompt: str) -> str:
        """One line as readline gives it; the line feed of a return and line feed ends none of its own."""
        while True:
            self._begins_pasted = self._by_line_feed = False
            text = recover(input(self._marked(prompt)), self._encoding)
            if self._interrupted:
                interrupted, self._interrupted = self._interrupted, None
                raise interrupted
            was_after_return, self._after_return = self._after_return, not self._by_line_feed
            if text or not (self._by_line_feed and was_after_return):
                return text

    def show_again(self) -> None:
        """Show prompt and line once more, if one is being asked for."""
        if self._prompt is not None:
            self._output.prompt(self._prompt)
            self._output.echo(recover(self._readline.get_line_buffer(), self._encoding))

    def _notice(self, _word: str, _state: int) -> None:
        kind, is_first = self._readline.get_completion_type(), self._readline.get_endidx() == 0
        if kind == _IS_LINE_FEED:
            self._by_line_feed = True
            return
        if is_first:
            self._begins_pasted = kind == _IS_PASTE
        if kind == _IS_PASTE:
            try:
                self._readline.insert_text(self._paste())
            except BaseException as error:  # noqa: BLE001 - readline would drop it; it is raised after the line
                self._interrupted = error

    def _paste(self) -> str:
        """Take everything up to the end of a paste; readline's own way makes two breaks of a CR and LF."""
        taken = bytearray()
        while not taken.endswith(PASTE_END) and something_comes(self._descriptor, _PASTE_PAUSE):
            byte = os.read(self._descriptor, 1)  # no more: what comes after it is readline's
            if not byte:
                break
            taken += byte
        text = bytes(taken).removesuffix(PASTE_END).decode(locale.getencoding(), "surrogateescape")
        return with_line_feeds(text).replace("\0", "")  # readline takes none

    def _marked(self, prompt: str) -> str:
        """Mark for readline, which counts columns, the parts of a styled prompt that take none."""
        styled = self._output.styled(prompt, "strong")
        if styled == prompt:
            return prompt
        before, _, after = styled.partition(prompt)
        return f"\1{before}\2{prompt}\1{after}\2"


def _as_readline_takes_it(line: str) -> str:
    """A line as readline takes it, which knows only the C library's locale.

    Where that is ASCII it takes the bytes of UTF-8, and gives them back.
    """
    encoding = locale.getencoding()
    if codecs.lookup(encoding).name == "ascii":
        return line.encode("utf-8", "surrogateescape").decode("ascii", "surrogateescape")
    return degrade(line, encoding)
