"""Reading a line with GNU readline: the line editing a person knows from their shell.

What was pasted is told apart from what was typed. Nothing is remembered: answers are private, so there is no
history. It must not change the terminal's settings itself (`modes` does) or know what a command is.
"""

from __future__ import annotations

import codecs
import io
import locale
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from libwell.model.characters import make_visible
from libwell.terminal.decoding import recover
from libwell.terminal.degrading import degrade
from libwell.terminal.prompter import EndOfInput, Entry

if TYPE_CHECKING:
    from typing import TextIO

    from libwell.terminal.modes import Modes
    from libwell.terminal.output import Output

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
# A key can't tell Python that it was pressed, but a completion can: it calls `_notice`. So the beginning of a
# paste and the colon are each bound to two things in a row: a completion, of a type of its own, which never
# completes anything, and what they do anyhow. The sequences in between are none that a keyboard sends.
_PASTE_KEYS = (
    r'"\e[9200*": insert-completions',
    r'"\e[9200p": bracketed-paste-begin',
    r'"\e[200~": "\e[9200*\e[9200p"',
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
_IS_PASTE = ord("*")  # the type that insert-completions has


def can_use(stdin: TextIO, output: Output) -> bool:
    """Whether Python has GNU readline, and these are the streams it works on."""
    if stdin is not sys.stdin or output.stdout is not sys.stdout:
        return False
    try:
        import readline  # only for a conversation
    except ImportError:
        return False
    is_gnu = "libedit" not in (readline.__doc__ or "")
    is_new = getattr(readline, "_READLINE_RUNTIME_VERSION", 0) >= _OLDEST
    return is_gnu and is_new and stdin.isatty() and output.is_terminal


class GnuReader:
    """Lines from standard input through GNU readline."""

    def __init__(self, stdin: TextIO, output: Output, modes: Modes) -> None:
        import readline  # only for a conversation

        self._readline = readline
        self._output = output
        self._modes = modes
        self._encoding = stdin.encoding
        self._prompt: str | None = None
        self._begins_pasted = False
        self._stands = 0  # how much of the line stood there before anything was typed
        if isinstance(stdin, io.TextIOWrapper):
            with suppress(io.UnsupportedOperation):  # what was read before is still in it
                stdin.reconfigure(errors="surrogateescape")
        self._set_up()

    def read(self, prompt: str, prefill: str) -> Entry:
        """Ask for a line; raises EndOfInput on Ctrl-D in an empty one."""
        shown, inserted = _insertion(prefill)
        self._prompt, self._begins_pasted, self._stands = prompt, False, len(inserted)
        self._readline.set_startup_hook(lambda: self._readline.insert_text(inserted))
        try:
            with self._modes.echoing():
                text = recover(input(self._marked(prompt)), self._encoding)
        except EOFError:
            raise EndOfInput from None
        finally:
            self._readline.set_startup_hook(None)
            self._prompt = None
        if text == shown:
            return Entry(prefill)
        return Entry(text.removesuffix("\n"), pasted=self._begins_pasted or "\n" in text)

    def show_again(self) -> None:
        """Show prompt and line once more, if one is being asked for."""
        if self._prompt is not None:
            self._output.prompt(self._prompt)
            self._output.echo(recover(self._readline.get_line_buffer(), self._encoding))

    def _set_up(self) -> None:
        for setting in _SETTINGS:
            self._readline.parse_and_bind(setting)
        for keymap, keys in _KEYMAPS:
            self._readline.parse_and_bind(f"set keymap {keymap}")
            for key in keys:
                self._readline.parse_and_bind(key)
        self._readline.set_completer_delims("")
        self._readline.set_completer(self._notice)
        self._readline.set_auto_history(False)

    def _notice(self, _word: str, _state: int) -> None:
        if self._readline.get_endidx() in {0, self._stands}:
            self._begins_pasted = self._readline.get_completion_type() == _IS_PASTE

    def _marked(self, prompt: str) -> str:
        """Mark for readline, which counts columns, the parts of a styled prompt that take none."""
        styled = self._output.styled(prompt, "strong")
        if styled == prompt:
            return prompt
        before, _, after = styled.partition(prompt)
        return f"\1{before}\2{prompt}\1{after}\2"


def _insertion(prefill: str) -> tuple[str, str]:
    """Give a prefill as a person sees it, and as readline takes it, which knows only the C library's locale.

    Where that is ASCII it takes the bytes of UTF-8, and gives them back.
    """
    encoding = locale.getencoding()
    shown = make_visible(prefill)
    if codecs.lookup(encoding).name == "ascii":
        return shown, shown.encode().decode("ascii", "surrogateescape")
    shown = degrade(shown, encoding)
    return shown, shown
